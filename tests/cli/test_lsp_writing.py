"""What an editor is told about the place where somebody writes: completion, hover, definition, references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_lsp import SETTINGS, TACTICS, TEAM
from tests.support.lsp_client import Editor, span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

METRICS = """\
metrics:
  leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 12, readings: {2026-11-27: 9}}
"""


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    client = Editor(today="2026-12-01")
    yield client
    assert client.leave() == 0


@pytest.fixture
def plan(make_plan: Callable[..., Path], editor: Editor) -> Path:
    root = make_plan({"revplan.yaml": SETTINGS, "team.yaml": TEAM, "tactics.yaml": TACTICS, "metrics.yaml": METRICS})
    for name in ("team.yaml", "tactics.yaml"):
        editor.open(root / name)
    return root


def place_of(text: str) -> tuple[str, int, int]:
    """Return a text without its cursor `|`, and the line and column of the cursor."""
    before, _, after = text.partition("|")
    return before + after, before.count("\n"), len(before) - (before.rfind("\n") + 1)


def completed(editor: Editor, file: Path, text: str) -> dict[str, dict[str, Any]]:
    """Type a text up to the cursor `|`, and return what may be written there, in order, by label."""
    whole, line, character = place_of(text)
    editor.type(file, whole)
    found = editor.at(file, line, character, "completion")
    return {
        each["label"]: each for each in sorted((found or {"items": []})["items"], key=lambda each: each["sortText"])
    }


def hovered(editor: Editor, file: Path, text: str) -> str:
    whole, line, character = place_of(text)
    editor.type(file, whole)
    found = editor.at(file, line, character, "hover")
    return "" if found is None else str(found["contents"]["value"])


NEW = "tactics:\n  new:\n    title: New\n"


def test_keys_come_with_what_they_mean_and_the_required_ones_first(editor: Editor, plan: Path) -> None:
    found = completed(editor, plan / "tactics.yaml", f"{NEW}    |\n    impact: 5\n")
    assert list(found)[:2] == ["function", "tasks"]
    assert "title" not in found
    assert "impact" not in found
    assert found["function"]["detail"] == "the id of a function, required"
    assert found["deadline"]["documentation"]["value"] == "The last day it may end."
    assert found["deadline"]["textEdit"] == {"newText": "deadline: ", "range": span(3, 4, 4)}


def test_a_key_that_has_its_colon_gets_no_second_one(editor: Editor, plan: Path) -> None:
    found = completed(editor, plan / "tactics.yaml", f"{NEW}    dead|: 2026-12-01\n")
    assert found["deadline"]["textEdit"] == {"newText": "deadline", "range": span(3, 4, 8)}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (f"{NEW}    function: ma|\n", "marketing"),
        (f"{NEW}    tier: |\n", "must"),
        (f"{NEW}    tasks:\n      do: {{skill: |", "copy"),
        (f"{NEW}    tasks:\n      do: {{skill: copy, owner: |}}\n", "ana"),
        (f"{NEW}    tasks:\n      do: {{skill: copy, ho|\n", "hours"),
        (f"{NEW}    tasks:\n      do: {{skill: copy}}\n      then: {{after: [|]}}\n", "do"),
        (f"{NEW}    tasks:\n      do: {{skill: copy}}\n      then:\n        after: |\n", "do"),
        (f"{TACTICS}{NEW.removeprefix('tactics:')}    requires: [|]\n".replace("\n\n", "\n"), "page"),
        (f"{TACTICS}{NEW.removeprefix('tactics:')}    requires:\n      - |\n".replace("\n\n", "\n"), "page"),
        (f"{NEW}    deadline: |\n", "2026-12-01"),
        (f"{NEW}    owner: 'an|'\n", None),
        (f"{NEW}    tasks:\n      do: {{owner: 'a|'}}\n", "ana"),
        (f"{NEW}    tasks:\n      do: {{split: |}}\n", "false"),
        (f"{NEW}    tasks:\n      do: {{split: tr|}}\n", "true"),
        ("|", "revplan"),
        ("tac|", "tactics"),
        (f"{TACTICS}stack:\n  rollouts:\n    crm:\n      install: {{task: |}}\n", "page/write"),
        ("team:\n  bo:\n    skills: {|}\n", "copy"),
        (f"{NEW}    title: New words |\n", None),
        (f"{NEW}    # a comm|\n", None),
    ],
)
def test_what_may_stand_there_is_offered(editor: Editor, plan: Path, text: str, first: str | None) -> None:
    found = completed(editor, plan / "tactics.yaml", text)
    assert next(iter(found), None) == first


def test_ids_come_with_what_they_are(editor: Editor, plan: Path) -> None:
    text = TACTICS.replace("owner: ana", "owner: |")
    found = completed(editor, plan / "tactics.yaml", text)
    assert found["ana"]["detail"].startswith("Ana, Marketing, ")
    assert found["ana"]["detail"].endswith(" h")


def test_an_id_that_was_only_just_typed_is_offered(editor: Editor, plan: Path) -> None:
    editor.type(plan / "team.yaml", TEAM.replace("  ana:", "  anouk:"))
    assert "anouk" in completed(editor, plan / "tactics.yaml", TACTICS.replace("owner: ana", "owner: a|"))


def test_hover_is_the_manual_of_a_key(editor: Editor, plan: Path) -> None:
    said = hovered(editor, plan / "tactics.yaml", TACTICS.replace("impact", "imp|act"))
    assert said == "**impact**: a whole number, 1 to 10, required\n\nHow much it would move, 1 to 10."


def test_hover_tells_what_a_thing_is(editor: Editor, plan: Path) -> None:
    file = plan / "tactics.yaml"
    member = hovered(editor, file, TACTICS.replace("owner: ana", "owner: a|na"))
    assert member.startswith("**Ana** · member `ana`\n\n- Employee, Marketing\n- Sprint 2026-12: ")
    assert "h plannable, 0 h allocated, " in member
    tactic = hovered(editor, file, TACTICS.replace("  page", "  pa|ge"))
    assert "- Score 6.7, rank 1 of 1, value 5\n- 6 h left of 6 h\n- Stands: ready" in tactic  # 5 / (6 h of 8)
    metric = hovered(editor, file, TACTICS.replace("impact: 5", "impact: 5\n    metric: lea|ds"))
    assert "Last reading 9 leads on 27 November 2026" in metric
    assert "Target 12 leads" in metric
    assert "State: red" in metric


def test_hover_says_why_something_is_found_there(editor: Editor, plan: Path) -> None:
    said = hovered(editor, plan / "tactics.yaml", TACTICS.replace("owner: ana", "owner: an|na"))
    assert "**RP207 unknown-member**: " in said


def test_the_plan_s_text_is_data_in_a_hover(editor: Editor, plan: Path) -> None:
    hostile = TACTICS.replace("title: A page", 'title: "[x](http://evil.example) <b> `c` **d** @ana"')
    said = hovered(editor, plan / "tactics.yaml", hostile.replace("  page", "  pa|ge"))
    assert r"\[x\](" in said
    assert "http://" not in said
    assert "<b>" not in said
    assert "**d**" not in said


@pytest.mark.parametrize(
    ("text", "file", "line"),
    [
        (TACTICS.replace("owner: ana", "owner: an|a"), "team.yaml", 1),
        (f"{TACTICS}stack:\n  rollouts:\n    crm:\n      install: {{task: page/wr|ite}}\n", "tactics.yaml", 6),
        (f"{TACTICS}stack:\n  rollouts:\n    crm:\n      install: {{task: pa|ge/write}}\n", "tactics.yaml", 1),
        (TACTICS.replace("  page", "  pa|ge"), "tactics.yaml", 1),
        (f"{TACTICS}      edit: {{skill: copy, hours: 1, after: wri|te}}\n", "tactics.yaml", 6),
    ],
)
def test_definitions_are_found(editor: Editor, plan: Path, text: str, file: str, line: int) -> None:
    whole, row, column = place_of(text)
    editor.type(plan / "tactics.yaml", whole)
    found = editor.at(plan / "tactics.yaml", row, column, "definition")
    assert (found["uri"], found["range"]["start"]["line"]) == ((plan / file).as_uri(), line)


@pytest.mark.parametrize(
    "text", [TACTICS.replace("owner: ana", "owner: an|na"), TACTICS.replace("marketing", "market|ing"), "# a| b\n", "|"]
)
def test_what_has_no_place_has_no_definition(editor: Editor, plan: Path, text: str) -> None:
    whole, row, column = place_of(text)
    editor.type(plan / "tactics.yaml", whole)
    assert editor.at(plan / "tactics.yaml", row, column, "definition") is None


def test_references_are_those_of_the_buffers(editor: Editor, plan: Path) -> None:
    editor.type(plan / "tactics.yaml", f"\n{TACTICS}")
    found = editor.at(plan / "team.yaml", 1, 3, "references", context={"includeDeclaration": True})
    places = {(each["uri"].rpartition("/")[2], each["range"]["start"]["line"]) for each in found}
    assert places == {("team.yaml", 1), ("tactics.yaml", 7), ("metrics.yaml", 1)}
    assert len(editor.at(plan / "team.yaml", 1, 3, "references", context={"includeDeclaration": False})) == 2


def test_a_file_that_is_not_open_can_be_asked_about(editor: Editor, plan: Path) -> None:
    found = editor.at(plan / "metrics.yaml", 1, METRICS.splitlines()[1].index("ana"), "definition")
    assert found["uri"] == (plan / "team.yaml").as_uri()


def test_a_file_in_no_plan_has_no_answers(editor: Editor, tmp_path: Path) -> None:
    for method in ("completion", "hover", "definition"):
        assert editor.at(tmp_path / "a.yaml", 0, 0, method) is None
