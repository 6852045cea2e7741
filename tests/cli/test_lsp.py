from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from lsprotocol import types
from pytest_lsp import make_test_lsp_client

from tests.support.lsp_client import Editor, RequestError, span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

SETTINGS = "revplan: {format: 1, company: Test, currency: USD, today: 2026-12-01}\n"
TEAM = "team:\n  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {copy: 3}}\n"
TACTICS = """\
tactics:
  page:
    title: A page
    function: marketing
    impact: 5
    tasks:
      write: {skill: copy, hours: 6, owner: ana}
"""


@pytest.fixture
def editor() -> Iterator[Editor]:
    client = Editor()
    yield client
    assert client.leave() == 0


@pytest.fixture
def plan(make_plan: Callable[..., Path]) -> Path:
    return make_plan({"revplan.yaml": SETTINGS, "team.yaml": TEAM, "tactics.yaml": TACTICS})


def codes(found: list[dict[str, Any]]) -> list[str]:
    return [each["code"] for each in found]


def errors(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in found if each["severity"] == 1]


def test_a_finding_is_told_with_place_code_severity_and_way_out(editor: Editor, plan: Path) -> None:
    (found,) = errors(editor.open(plan / "tactics.yaml", TACTICS.replace("owner: ana", "owner: anna")))
    assert found["code"] == "RP207"
    assert found["source"] == "revplan"
    assert found["range"] == span(6, 44, 48)
    assert found["data"] == {"slug": "unknown-member"}
    assert "anna" in found["message"]


def test_what_is_typed_counts_and_not_what_is_on_disk(editor: Editor, plan: Path) -> None:
    file = plan / "tactics.yaml"
    assert errors(editor.open(file)) == []
    assert codes(errors(editor.type(file, "anna", span(6, 44, 47)))) == ["RP207"]
    assert errors(editor.type(file, "ana", span(6, 44, 48))) == []
    assert file.read_text() == TACTICS


def test_all_open_buffers_are_laid_over_the_files(editor: Editor, plan: Path) -> None:
    team, tactics = plan / "team.yaml", plan / "tactics.yaml"
    editor.open(team, TEAM.replace("  ana:", "  anna:"))
    assert codes(errors(editor.open(tactics))) == ["RP207"]
    assert errors(editor.type(tactics, TACTICS.replace("owner: ana", "owner: anna"))) == []
    editor.notify("textDocument/didClose", {"textDocument": {"uri": team.as_uri()}})
    assert codes(errors(editor.type(tactics, TACTICS.replace("owner: ana", "owner: anna") + "\n"))) == ["RP207"]


def test_a_broken_file_silences_no_other(editor: Editor, plan: Path) -> None:
    editor.open(plan / "team.yaml", "team:\n  ana: [\n")
    assert codes(errors(editor.told[(plan / "team.yaml").as_uri()][1])) == ["RP002"]
    bad = TACTICS.replace("impact: 5", "impact: 50")
    assert codes(errors(editor.open(plan / "tactics.yaml", bad))) == ["RP104"]


def test_files_that_are_not_open_are_told_too_and_cleared(editor: Editor, plan: Path) -> None:
    editor.open(plan / "team.yaml", TEAM.replace("  ana:", "  anna:"))
    uri = (plan / "tactics.yaml").as_uri()
    assert codes(errors(editor.told[uri][1])) == ["RP207"]
    editor.type(plan / "team.yaml", TEAM)
    while codes(errors(editor.told[uri][1])):
        editor.receive()
    assert errors(editor.told[uri][1]) == []


def test_both_ends_of_a_double_are_told(editor: Editor, plan: Path) -> None:
    team = (plan / "team.yaml").as_uri()
    editor.open(plan / "tactics.yaml", TACTICS + TEAM)
    while team not in editor.told:
        editor.receive()
    (found,) = errors(editor.told[team][1])
    (other,) = found["relatedInformation"]
    assert (found["code"], found["range"]) == ("RP107", span(1, 2, 5))
    assert other["location"] == {"uri": (plan / "tactics.yaml").as_uri(), "range": span(8, 2, 5)}
    assert other["message"].startswith("ana: {name: Ana")


def test_columns_count_as_the_protocol_says(editor: Editor, plan: Path) -> None:
    text = TACTICS.replace("title: A page", 'title: "😀 page", impakt: 5').replace("    title", "    {title")
    text = 'tactics:\n  page: {title: "😀 é page", impakt: 5}\n'
    found = errors(editor.open(plan / "tactics.yaml", text))
    column = text.splitlines()[1].index("impakt") + 1  # 😀 takes two units of UTF-16
    assert span(1, column, column + 6) in [each["range"] for each in found]


@pytest.mark.parametrize(("encoding", "more"), [("utf-8", 3 + 1), ("utf-32", 0), ("utf-16", 1)])
def test_columns_count_as_the_client_asks(encoding: str, more: int, plan: Path) -> None:
    editor = Editor(capabilities={"general": {"positionEncodings": [encoding]}})
    assert editor.capabilities["positionEncoding"] == encoding
    text = 'tactics:\n  page: {title: "😀 é page", impakt: 5}\n'
    found = errors(editor.open(plan / "tactics.yaml", text))
    column = text.splitlines()[1].index("impakt") + more
    assert span(1, column, column + 6) in [each["range"] for each in found]
    fixed = editor.type(plan / "tactics.yaml", "impact", span(1, column, column + 6))
    assert "impakt" not in str(fixed)
    assert editor.leave() == 0


def test_lines_end_where_the_protocol_says(editor: Editor, plan: Path) -> None:
    text = "tactics:\r\n  page:\r\n    title: A\u2028page\x85\r\n    impakt: 5\r\n"
    found = errors(editor.open(plan / "tactics.yaml", text))
    assert any(each["range"] == span(3, 4, 10) for each in found)
    assert "impakt" not in str(editor.type(plan / "tactics.yaml", "impact", span(3, 4, 10)))


def test_files_outside_of_plans_are_none_of_its_business(editor: Editor, plan: Path, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    for uri in (
        "untitled:Untitled-1",
        "git:/plan/tactics.yaml",
        (outside / "a.yaml").as_uri(),
        "",
        "file://%00/a.yaml",
    ):
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": "tactics: {a: 1}"}
        editor.notify("textDocument/didOpen", {"textDocument": document})
        editor.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    editor.open(plan / "team.yaml")
    assert all(uri.startswith(plan.as_uri()) for uri in editor.told)


def test_a_folder_s_name_may_hold_anything(editor: Editor, make_plan: Callable[..., Path]) -> None:
    root = make_plan({"revplan.yaml": SETTINGS, "Größe & 50%/täctics#1;v?.yaml": TACTICS})
    file = root / "Größe & 50%" / "täctics#1;v?.yaml"
    assert codes(errors(editor.open(file))) == ["RP207"]


def test_a_new_file_counts_before_it_is_saved(editor: Editor, plan: Path) -> None:
    bad = "tactics: {other: {title: Other, function: marketing, impact: 5, tasks: {do: {skill: copy, hours: many}}}}\n"
    assert codes(errors(editor.open(plan / "new" / "more.yaml", bad))) == ["RP103"]


def test_what_the_settings_exclude_is_left_alone(editor: Editor, plan: Path) -> None:
    (plan / "revplan.yaml").write_text(SETTINGS.replace("format: 1", "format: 1, exclude: [old]"))
    assert editor.open(plan / "old" / "more.yaml", "tactics: 5\n") == []


def test_one_plan_only_where_one_is_named(plan: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "revplan.yaml").write_text(SETTINGS)
    editor = Editor("-C", str(other))
    editor.notify(
        "textDocument/didOpen",
        {"textDocument": {"uri": (plan / "team.yaml").as_uri(), "languageId": "yaml", "version": 1, "text": "team: 5"}},
    )
    editor.open(other / "team.yaml", "team: 5\n")
    assert all(uri.startswith(other.as_uri()) for uri in editor.told)
    assert editor.leave() == 0


def test_changes_on_disk_are_seen_when_the_client_tells_them(plan: Path) -> None:
    editor = Editor(capabilities={"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}})
    editor.open(plan / "tactics.yaml")
    assert "client/registerCapability" in [each["method"] for each in editor.heard]
    (plan / "team.yaml").write_text(TEAM.replace("  ana:", "  anna:"))
    change = {"uri": (plan / "team.yaml").as_uri(), "type": 2}
    editor.notify("workspace/didChangeWatchedFiles", {"changes": [change]})
    uri = (plan / "tactics.yaml").as_uri()
    while codes(errors(editor.told[uri][1])) != ["RP207"]:
        editor.receive()
    assert editor.leave() == 0


def test_a_plan_that_goes_away_is_no_end(editor: Editor, plan: Path) -> None:
    editor.open(plan / "tactics.yaml", TACTICS.replace("owner: ana", "owner: anna"))
    plan.rename(plan.with_name("gone"))
    assert errors(editor.type(plan / "tactics.yaml", TACTICS)) == []


def test_an_unknown_request_and_a_malformed_one_get_errors(editor: Editor) -> None:
    with pytest.raises(RequestError) as unknown:
        editor.request("textDocument/colour", {})
    assert unknown.value.code == -32601
    with pytest.raises(RequestError) as malformed:
        editor.request("initialize", {"capabilities": 5})
    assert malformed.value.code == -32600


def test_it_ends_with_its_client(plan: Path) -> None:
    editor = Editor()
    editor.open(plan / "team.yaml")
    assert editor.end() == 1  # without a word


def test_it_says_which_extra_it_needs() -> None:
    code = "import sys; sys.modules['pygls'] = None; from revplan.cli import process; process()"
    ran = subprocess.run([sys.executable, "-c", code, "lsp"], input=b"", capture_output=True, check=False)
    assert ran.returncode == 2
    assert b"revplan[lsp]" in ran.stderr
    assert b"Traceback" not in ran.stderr


def test_no_other_command_imports_its_libraries() -> None:
    code = (
        "import sys, pkgutil, importlib, revplan.cli, revplan.app.api\n"
        "for each in pkgutil.iter_modules(revplan.cli.__path__): importlib.import_module('revplan.cli.' + each.name)\n"
        "print(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    assert "revplan.cli.lsp" in loaded
    assert loaded.isdisjoint(("pygls", "lsprotocol", "cattrs", "attrs", "asyncio"))


def test_every_message_of_it_is_one_of_the_protocol(plan: Path) -> None:
    """A client that holds each message against the protocol's own description finds nothing wrong with it."""
    bad = TACTICS.replace("owner: ana", "owner: anna")
    found = asyncio.run(strict_session(plan / "tactics.yaml", bad))
    assert [each.code for each in found if each.severity == 1] == ["RP207"]


async def strict_session(file: Path, text: str) -> Sequence[types.Diagnostic]:
    client = make_test_lsp_client()
    await client.start_io(sys.executable, "-m", "revplan", "lsp")
    await client.initialize_session(types.InitializeParams(capabilities=types.ClientCapabilities()))
    document = types.TextDocumentItem(file.as_uri(), "yaml", 1, text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(document))
    while file.as_uri() not in client.diagnostics:
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    found = client.diagnostics[file.as_uri()]
    await client.shutdown_session()
    return found
