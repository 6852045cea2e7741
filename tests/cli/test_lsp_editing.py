"""What the editor changes for its user: rename, format, fixes and other actions. All of it on what is on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from revplan.analysis.workload import content_digest
from revplan.store.edit.canonical import canonical
from revplan.store.load import read, read_over
from tests.cli.test_lsp import SETTINGS, TACTICS, TEAM, errors
from tests.support.lsp_client import Editor, RequestError, apply_edits, span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

STACK = """\
stack:
  tools:
    crm: {name: Salesforce, category: crm, owner: ana, status: wanted}
"""
FILES = {"revplan.yaml": SETTINGS, "team.yaml": TEAM, "tactics.yaml": TACTICS, "stack.yaml": STACK}


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    client = Editor(today="2026-12-01")
    yield client
    assert client.leave() == 0


@pytest.fixture
def plan(make_plan: Callable[..., Path], editor: Editor) -> Iterator[Path]:
    root = make_plan(FILES)
    for name in ("team.yaml", "tactics.yaml"):
        editor.open(root / name)
    yield root
    assert {name: (root / name).read_text() for name in FILES} == FILES, "the server has written a file"


def after(root: Path, screen: dict[str, str], edit: dict[str, Any]) -> dict[str, str]:
    """Return the texts that an edit makes of what is on the screen, by file name."""
    names = {uri: uri.removeprefix(f"{root.as_uri()}/") for uri in edit["changes"]}
    return {names[uri]: apply_edits(screen[names[uri]], edits) for uri, edits in edit["changes"].items()}


def actions(editor: Editor, file: Path, place: dict[str, Any], only: list[str] | None = None) -> dict[str, Any]:
    context = {"diagnostics": [], **({"only": only} if only else {})}
    return {each["title"]: each for each in editor.about(file, "codeAction", range=place, context=context)}


def test_a_rename_goes_by_the_buffers(editor: Editor, plan: Path) -> None:
    team, tactics = f"# new\n{TEAM}", TACTICS + "      edit: {skill: copy, hours: 1, owner: ana}\n"
    editor.type(plan / "team.yaml", team)
    editor.type(plan / "tactics.yaml", tactics)
    asked = editor.at(plan / "tactics.yaml", 6, 45, "prepareRename")
    assert asked == {"range": span(6, 44, 47), "placeholder": "ana"}
    edit = editor.at(plan / "tactics.yaml", 6, 45, "rename", newName="anouk")
    assert after(plan, {"team.yaml": team, "tactics.yaml": tactics, "stack.yaml": STACK}, edit) == {
        "team.yaml": team.replace("ana:", "anouk:"),
        "tactics.yaml": tactics.replace("owner: ana", "owner: anouk"),
        "stack.yaml": STACK.replace("owner: ana", "owner: anouk"),
    }


SPRINT = """\
sprints:
  2026-10:
    start: 2026-10-01
    end: 2026-10-31
    status: closed
    tactics:
      page: {tasks: {write: {owner: ana, hours: 6, status: done}}}
    closed: {on: 2026-11-01, of: "0"}
"""


def test_a_closed_sprint_keeps_its_seal_when_a_buffer_differs(editor: Editor, plan: Path) -> None:
    """The new seal is computed from the buffers: with those of the disk it would be broken."""
    open_sprint = read_over(read(plan), {"sprints.yaml": SPRINT.encode()}).plan.sprints["2026-10"]
    sealed = SPRINT.replace('of: "0"', f"of: {content_digest(open_sprint)}")
    file = plan / "sprints.yaml"
    assert "RP306" in [each["code"] for each in editor.open(file, SPRINT)]
    assert "RP306" not in [each["code"] for each in editor.type(file, sealed)]
    edit = editor.at(plan / "tactics.yaml", 1, 3, "rename", newName="site")
    made = after(plan, {"sprints.yaml": sealed, "tactics.yaml": TACTICS}, edit)
    editor.type_blindly(plan / "tactics.yaml", made["tactics.yaml"])
    assert "  site: {tasks" in made["sprints.yaml"]
    assert errors(editor.type(file, made["sprints.yaml"])) == []
    editor.notify("textDocument/didClose", {"textDocument": {"uri": file.as_uri()}})


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("ana", 'there is a member "ana" already; choose another id'),
        ("No Id", '"No Id" is no id; ids are lower-case words, digits and single hyphens, .*; write it as no-id'),
        ("", '"" is no new id for ana; write it like ana-2'),
        ("x-own", '"x-own" is no id; what begins with x- is your own, and is not read'),
        ("a/b", '"a/b" is no new id for ana; write it like ana-2'),
    ],
)
def test_a_rename_that_cannot_be_is_told(editor: Editor, plan: Path, new: str, why: str) -> None:
    with pytest.raises(RequestError, match=why) as refused:
        editor.at(plan / "team.yaml", 1, 3, "rename", newName=new)
    assert refused.value.code == -32803


def test_nothing_is_renamed_where_nothing_is_named(editor: Editor, plan: Path) -> None:
    assert editor.at(plan / "tactics.yaml", 2, 13, "prepareRename") is None
    assert editor.at(plan / "tactics.yaml", 3, 16, "prepareRename") is None  # a function that revplan brings


def test_no_rename_beside_a_broken_file(editor: Editor, plan: Path) -> None:
    editor.type(plan / "team.yaml", TEAM + "  bo: [\n")
    with pytest.raises(RequestError, match="cannot be read"):
        editor.at(plan / "tactics.yaml", 1, 3, "rename", newName="site")


def test_formatting_is_that_of_fmt(editor: Editor, plan: Path) -> None:
    text = "tactics:\n    page:\n        impact: 5   \n        title: A page\n\n\n        function: marketing\n"
    text += "        tasks: {write: {skill: copy, hours: 6}}\n"
    editor.type(plan / "tactics.yaml", text)
    edits = editor.about(plan / "tactics.yaml", "formatting", options={"tabSize": 2, "insertSpaces": True})
    assert apply_edits(text, edits) == canonical(text) != text
    editor.type(plan / "tactics.yaml", TACTICS)
    assert editor.about(plan / "tactics.yaml", "formatting", options={"tabSize": 2, "insertSpaces": True}) == []


def test_what_is_broken_is_not_formatted(editor: Editor, plan: Path) -> None:
    editor.type(plan / "tactics.yaml", TACTICS + "   x\n")
    assert editor.about(plan / "tactics.yaml", "formatting", options={"tabSize": 2, "insertSpaces": True}) is None


def test_the_fix_of_a_slip_is_offered_first(editor: Editor, plan: Path) -> None:
    text = TACTICS.replace("function: marketing", "function: markting")
    (found,) = errors(editor.type(plan / "tactics.yaml", text))
    (action,) = actions(editor, plan / "tactics.yaml", found["range"]).values()
    assert (action["title"], action["kind"], action["isPreferred"]) == ("Write marketing", "quickfix", True)
    assert after(plan, {"tactics.yaml": text}, action["edit"]) == {"tactics.yaml": TACTICS}


def test_what_was_probably_meant_is_offered_where_nothing_is_sure(editor: Editor, plan: Path) -> None:
    text = TACTICS.replace("owner: ana", 'owner: "anna"')
    (found,) = errors(editor.type(plan / "tactics.yaml", text))
    found_actions = actions(editor, plan / "tactics.yaml", found["range"])
    (action,) = found_actions.values()
    assert action["title"] == 'Write "ana"'
    assert after(plan, {"tactics.yaml": text}, action["edit"])["tactics.yaml"] == text.replace("anna", "ana")


def test_a_finding_is_ignored_on_its_line(editor: Editor, plan: Path) -> None:
    text = TACTICS.replace("hours: 6", "hours: 60")
    told = [each for each in editor.type(plan / "tactics.yaml", text) if each["code"] == "RP420"]
    title = "Ignore long-task on this line"
    action = actions(editor, plan / "tactics.yaml", told[0]["range"])[title]
    (changed,) = after(plan, {"tactics.yaml": text}, action["edit"]).values()
    assert changed.splitlines()[6].endswith("# revplan: ignore[long-task]")
    assert "RP420" not in [each["code"] for each in editor.type(plan / "tactics.yaml", changed)]
    assert title not in actions(editor, plan / "tactics.yaml", span(1, 2, 3))  # an error that cannot be ignored


def test_what_cannot_be_ignored_is_not_offered_to_be(editor: Editor, plan: Path) -> None:
    (found,) = errors(editor.type(plan / "tactics.yaml", TACTICS.replace("impact: 5", "impact: 50")))
    assert not [title for title in actions(editor, plan / "tactics.yaml", found["range"]) if title.startswith("Ignore")]


def test_all_fixes_of_a_file_are_made_at_once_when_asked_for(editor: Editor, plan: Path) -> None:
    text = TACTICS.replace("function", "functoin").replace("impact:", "impakt:").replace("skill: copy", "skil: copy")
    editor.type(plan / "tactics.yaml", text)
    (action,) = actions(editor, plan / "tactics.yaml", span(0, 0, 0), ["source.fixAll"]).values()
    assert action["kind"] == "source.fixAll.revplan"
    assert after(plan, {"tactics.yaml": text}, action["edit"]) == {"tactics.yaml": TACTICS}
    assert "source.fixAll.revplan" not in [
        each["kind"] for each in actions(editor, plan / "tactics.yaml", span(0, 0, 0)).values()
    ]


def test_a_tactic_is_made_of_rollout_stages(editor: Editor, plan: Path) -> None:
    screen = {"tactics.yaml": f"# on the screen\n{TACTICS}", "stack.yaml": STACK}
    editor.type(plan / "tactics.yaml", screen["tactics.yaml"])
    found = editor.about(plan / "stack.yaml", "codeAction", range=span(2, 5, 5), context={"diagnostics": []})
    (action,) = [each for each in found if each["kind"] == "refactor.rewrite"]
    made = after(plan, screen, action["edit"])
    assert made["tactics.yaml"].startswith(screen["tactics.yaml"])
    assert "  rollout-crm:\n    title: Bring in Salesforce\n" in made["tactics.yaml"]
    assert (
        "install: {task: rollout-crm/install}" in made["stack.yaml"]
        or "task: rollout-crm/install" in made["stack.yaml"]
    )


def test_a_client_that_knows_versions_gets_them(plan: Path) -> None:
    client = Editor(today="2026-12-01", capabilities={"workspace": {"workspaceEdit": {"documentChanges": True}}})
    client.open(plan / "team.yaml", TEAM)
    edit = client.at(plan / "team.yaml", 1, 3, "rename", newName="anouk")
    versions = {
        each["textDocument"]["uri"].rpartition("/")[2]: each["textDocument"]["version"]
        for each in edit["documentChanges"]
    }
    assert versions == {"stack.yaml": None, "tactics.yaml": None, "team.yaml": 1}
    assert client.leave() == 0


def test_the_outline_is_keys_entries_and_what_belongs_to_them(editor: Editor, plan: Path) -> None:
    (top,) = editor.about(plan / "tactics.yaml", "documentSymbol")
    (page,) = top["children"]
    (task,) = page["children"]
    assert (top["name"], page["name"], page["detail"], task["name"]) == ("tactics", "page", "A page", "write")
    assert page["selectionRange"] == span(1, 2, 6)
    assert page["range"]["end"]["line"] == 6


def test_the_outline_of_a_broken_file_is_what_comes_before(editor: Editor, plan: Path) -> None:
    editor.type(plan / "tactics.yaml", TACTICS + "  more: [\n  x: }\n")
    (top,) = editor.about(plan / "tactics.yaml", "documentSymbol")
    assert top["children"][0]["name"] == "page"


def test_things_are_found_by_id_and_by_title(editor: Editor, plan: Path) -> None:
    found = editor.request("workspace/symbol", {"query": "A page"})
    own = [each for each in found if each["location"]["uri"].startswith(plan.as_uri())]
    assert [(each["name"], each["containerName"]) for each in own] == [("page: A page", "tactic")]
    assert own[0]["location"]["range"] == span(1, 2, 6)


def test_a_file_folds_by_its_indentation(editor: Editor, plan: Path) -> None:
    text = "# one\n# two\n" + TACTICS.replace("    tasks:\n", "    requires:\n    - a\n    - b\n    tasks:\n")
    editor.type(plan / "tactics.yaml", text)
    folds = editor.about(plan / "tactics.yaml", "foldingRange")
    assert [(each["startLine"], each["endLine"], each.get("kind")) for each in folds] == [
        (0, 1, "comment"),
        (2, 11, None),
        (3, 11, None),
        (7, 9, None),
        (10, 11, None),
    ]
