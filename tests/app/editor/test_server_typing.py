"""Bursts of typing, positions and edits, without a pipe."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from revplan.app.editor import workspace
from revplan.app.editor.actions import MOST_FINDINGS
from revplan.app.editor.edits import text_edits
from revplan.app.editor.positions import UTF_8, UTF_16, UTF_32, TextPositions, apply_changes
from revplan.app.editor.server import LONGEST_WAIT, SHORTEST_WAIT, EditorServer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = date(2026, 12, 1)
TEXTS = st.text(alphabet="ab \n\ré😀\u2028", max_size=30)


class Clock:
    """A timer whose time passes when the test says so."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self.pending: list[Callable[[], None]] = []

    def __call__(self, wait: float, action: Callable[[], None]) -> Clock:
        self.waits.append(wait)
        self.pending.append(action)
        return self

    def cancel(self) -> None:
        self.pending.pop()

    def run(self) -> None:
        while self.pending:
            self.pending.pop()()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> tuple[EditorServer, Clock, list[Any]]:
    clock, told = Clock(), list[Any]()
    own = EditorServer(lambda: (None, TODAY), None, clock)
    monkeypatch.setattr(own, "publish", lambda uri, version, found: told.append((uri, version, len(found))))
    return own, clock, told


def change(uri: str, version: int, text: str) -> types.DidChangeTextDocumentParams:
    document = types.VersionedTextDocumentIdentifier(version, uri)
    return types.DidChangeTextDocumentParams(document, [types.TextDocumentContentChangeWholeDocument(text)])


def test_a_burst_of_typing_is_checked_once(
    server: tuple[EditorServer, Clock, list[Any]], make_plan: Callable[..., Path]
) -> None:
    own, clock, told = server
    root = make_plan({"revplan.yaml": "revplan: {format: 1, company: Test, currency: USD}\n", "team.yaml": ""})
    uri = (root / "team.yaml").as_uri()
    own.did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "yaml", 1, "")))
    assert told == [(uri, 1, 0)]
    for version, text in enumerate(("t", "te", "tea", "team", "team: 5"), start=2):
        own.did_change(change(uri, version, text))
    assert told == [(uri, 1, 0)]
    clock.run()
    assert told == [(uri, 1, 0), (uri, 6, 1)]
    assert all(SHORTEST_WAIT <= wait <= LONGEST_WAIT for wait in clock.waits)


@pytest.mark.parametrize("took", [0.0, 0.1, 60.0])
def test_the_wait_is_half_as_long_as_the_last_check_took(
    server: tuple[EditorServer, Clock, list[Any]], make_plan: Callable[..., Path], took: float
) -> None:
    own, clock, _ = server
    root = make_plan({"revplan.yaml": "revplan: {format: 1, company: Test, currency: USD}\n"})
    uri = (root / "revplan.yaml").as_uri()
    own.did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "yaml", 1, "")))
    own.took[root.resolve()] = took
    own.did_change(change(uri, 2, "a"))
    assert clock.waits == [min(LONGEST_WAIT, max(SHORTEST_WAIT, took / 2))]


def test_a_clock_outside_of_all_plans_is_shown_once(
    monkeypatch: pytest.MonkeyPatch, make_plan: Callable[..., Path]
) -> None:
    clock, told, shown, days = Clock(), list[Any](), list[str](), [date(2200, 1, 1)]
    own = EditorServer(lambda: (None, days[0]), None, clock)
    monkeypatch.setattr(own, "publish", lambda uri, version, found: told.append((uri, version, len(found))))
    monkeypatch.setattr(own.ls, "window_show_message", lambda params: shown.append(params.message))
    uri = (make_plan({"revplan.yaml": "revplan: {format: 1, company: Test, currency: USD}\n"}) / "a.yaml").as_uri()
    own.did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "yaml", 1, "team: 5")))
    own.did_change(change(uri, 2, "team: 6"))
    clock.run()
    why = "this machine's clock says 2200-01-01, a day outside of all plans; set the clock, or give --today; "
    assert (shown, told) == ([why + "plans reach from 1970 to 2199"], [])
    for version, day in enumerate((TODAY, date(1969, 12, 31)), start=3):
        days[0] = day
        own.did_change(change(uri, version, "team: 7"))
        clock.run()
    assert [each.partition(", ")[0] for each in shown] == [
        "this machine's clock says 2200-01-01", "this machine's clock says 1969-12-31"
    ]  # fmt: skip
    assert told == [(uri, 3, 1), (uri, 4, 0)]


def test_the_lines_of_a_file_are_counted_once_however_many_places_are_told(
    monkeypatch: pytest.MonkeyPatch, server: tuple[EditorServer, Clock, list[Any]], make_plan: Callable[..., Path]
) -> None:
    own, clock, _ = server
    team = "team: {ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40}}\n"
    todo = "  call-{0}: {{title: Call {0}, owner: ana, due: 2026-12-24}}\n"
    text = team + "todos:\n" + "".join(map(todo.format, range(50)))
    uri = (make_plan({"revplan.yaml": "revplan: {format: 1, company: Test, currency: USD}\n"}) / "a.yaml").as_uri()
    own.did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "yaml", 1, text)))
    counted = list[str]()

    def count(text: str, encoding: str) -> TextPositions:
        counted.append(text)
        return TextPositions(text, encoding)

    monkeypatch.setattr(workspace, "TextPositions", count)
    document, start = types.TextDocumentIdentifier(uri), types.Position(0, 8)
    asked = types.ReferenceParams(types.ReferenceContext(True), document, start)
    assert len(own.references(asked)) == 51
    assert len(own.workspace_symbols(types.WorkspaceSymbolParams("call"))) == 50
    assert counted == []
    own.did_change(change(uri, 2, f"# first\n{text}"))
    clock.run()
    assert {place.range.start.line for place in own.references(asked)} == set()
    asked.position = types.Position(1, 8)
    assert {place.range.start.line for place in own.references(asked)} == {1, *range(3, 53)}
    assert len(counted) == 1


def test_an_action_is_for_its_own_finding_and_there_are_no_more_than_are_read(
    monkeypatch: pytest.MonkeyPatch, server: tuple[EditorServer, Clock, list[Any]], make_plan: Callable[..., Path]
) -> None:
    own, _, _ = server
    own.ls.protocol.client_capabilities = types.ClientCapabilities()
    found: list[types.Diagnostic] = []
    monkeypatch.setattr(own, "publish", lambda _uri, _version, told: found.extend(told))
    todo = "  call-{0}: {{title: Call {0}, ownr: ana, due: 2026-12-24}}\n"
    text = "todos:\n" + "".join(map(todo.format, range(MOST_FINDINGS + 30)))
    uri = (make_plan({"revplan.yaml": "revplan: {format: 1, company: Test, currency: USD}\n"}) / "a.yaml").as_uri()
    own.did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "yaml", 1, text)))
    whole = types.Range(types.Position(0, 0), types.Position(500, 0))
    document, context = types.TextDocumentIdentifier(uri), types.CodeActionContext(found, ["quickfix"])
    actions = own.code_actions(types.CodeActionParams(document, whole, context))
    places = [each.range for action in actions for each in action.diagnostics or ()]
    assert len(places) == len(actions)
    assert 0 < len({str(place) for place in places}) <= MOST_FINDINGS < len(found)


@pytest.mark.parametrize("encoding", [UTF_8, UTF_16, UTF_32])
@given(text=TEXTS)
def test_every_offset_has_a_position_that_leads_back(encoding: str, text: str) -> None:
    positions = TextPositions(text, encoding)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] != "\r\n":  # no position lies between the two
            assert positions.offset(positions.position(offset)) == offset


@given(text=TEXTS, line=st.integers(0, 40), character=st.integers(0, 2**31 - 1))
def test_every_position_has_an_offset(text: str, line: int, character: int) -> None:
    assert 0 <= TextPositions(text).offset(types.Position(line, character)) <= len(text)


@given(old=TEXTS, new=TEXTS)
def test_edits_make_one_text_of_the_other(old: str, new: str) -> None:
    edits = text_edits(TextPositions(old), old, new)
    made = old
    for edit in reversed(edits):  # all places are those of the text before
        change = types.TextDocumentContentChangePartial(range=edit.range, text=edit.new_text)
        made = apply_changes(made, [change], UTF_16)
    assert made == new


def test_a_byte_order_mark_counts_for_the_client_and_not_for_the_plan() -> None:
    positions = TextPositions("\ufeffteam: 5\n")
    assert positions.position(0) == types.Position(0, 1)
    assert positions.offset(types.Position(0, 1)) == 0
    assert positions.offset(types.Position(1, 0)) == len("team: 5\n")
