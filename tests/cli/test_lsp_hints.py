"""What an editor shows between the lines, and the commands on sprints that it may run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.test_lsp import SETTINGS, TACTICS, TEAM
from tests.support.lsp_client import Editor, RequestError, apply_edits, span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SPRINT = """\
sprints:
  2026-11:
    start: 2026-11-01
    end: 2026-11-30
    status: active
    tactics:
      page: {tasks: {write: {owner: ana, hours: 6, status: done}}}
"""
DEFINED = TACTICS.replace("impact: 5", "impact: 5\n    done_when: It is there")
FILES = {"revplan.yaml": SETTINGS, "team.yaml": TEAM, "tactics.yaml": DEFINED, "sprints.yaml": SPRINT}
ALL = span(0, 0, 0, last=100)


@pytest.fixture
def editor() -> Iterator[Editor]:
    client = Editor(today="2026-12-01", capabilities={"workspace": {"inlayHint": {"refreshSupport": True}}})
    yield client
    assert client.leave() == 0


@pytest.fixture
def plan(make_plan: Callable[..., Path]) -> Iterator[Path]:
    root = make_plan(FILES)
    yield root
    assert {name: (root / name).read_text() for name in FILES} == FILES, "the server has written a file"


def test_hours_and_score_stand_beside_a_tactic(editor: Editor, plan: Path) -> None:
    more = TACTICS + TACTICS.removeprefix("tactics:\n").replace("page", "site").replace("hours: 6", "hours: 12")
    (plan / "sprints.yaml").write_text("")
    editor.open(plan / "tactics.yaml", more)
    found = editor.about(plan / "tactics.yaml", "inlayHint", range=ALL)
    assert [(each["position"], each["label"]) for each in found] == [
        ({"line": 1, "character": 7}, "6 h, score 6.7, rank 1"),  # 5 / (6 h of 8)
        ({"line": 7, "character": 7}, "12 h, score 3.3, rank 2"),
    ]
    assert len(editor.about(plan / "tactics.yaml", "inlayHint", range=span(0, 0, 0, last=3))) == 1
    (plan / "sprints.yaml").write_text(SPRINT)


def test_hints_are_left_out_where_nobody_wants_them(editor: Editor, plan: Path) -> None:
    editor.open(plan / "tactics.yaml")
    editor.notify("workspace/didChangeConfiguration", {"settings": {"revplan": {"inlayHints": False}}})
    assert editor.about(plan / "tactics.yaml", "inlayHint", range=ALL) == []
    assert "workspace/inlayHint/refresh" in [each["method"] for each in editor.heard]
    editor.notify("workspace/didChangeConfiguration", {"settings": {"revplan": {"inlayHints": True}}})
    assert len(editor.about(plan / "tactics.yaml", "inlayHint", range=ALL)) == 1


def test_hints_can_be_left_out_from_the_start(plan: Path) -> None:
    client = Editor(initializationOptions={"inlayHints": False})
    client.open(plan / "tactics.yaml")
    assert client.about(plan / "tactics.yaml", "inlayHint", range=ALL) == []
    assert client.leave() == 0


def test_a_sprint_has_its_commands(editor: Editor, plan: Path) -> None:
    editor.open(plan / "sprints.yaml")
    lenses = editor.about(plan / "sprints.yaml", "codeLens")
    commands = [(each["range"], each["command"]["title"], each["command"]["command"]) for each in lenses]
    assert commands == [
        (span(1, 2, 9), "Plan", "revplan.sprint.plan"),
        (span(1, 2, 9), "Status", "revplan.sprint.status"),
        (span(1, 2, 9), "Close", "revplan.sprint.close"),
    ]
    status = lenses[1]["command"]
    said = editor.request("workspace/executeCommand", {"command": status["command"], "arguments": status["arguments"]})
    assert said.startswith("## ")
    shown = [each["params"]["message"] for each in editor.heard if each["method"] == "window/showMessage"]
    assert "2026-11" in shown[0]


def test_a_sprint_is_planned_from_what_is_on_the_screen(editor: Editor, plan: Path) -> None:
    (plan / "sprints.yaml").write_text("")
    editor.open(plan / "tactics.yaml", TACTICS.replace("A page", "A page of the screen"))
    arguments = [(plan / "tactics.yaml").as_uri(), "2026-12"]
    said = editor.request("workspace/executeCommand", {"command": "revplan.sprint.plan", "arguments": arguments})
    assert "A page of the screen" in said
    (plan / "sprints.yaml").write_text(SPRINT)


def test_a_sprint_is_closed_by_the_client(editor: Editor, plan: Path) -> None:
    editor.open(plan / "sprints.yaml")
    arguments = [(plan / "sprints.yaml").as_uri(), "2026-11"]
    editor.request("workspace/executeCommand", {"command": "revplan.sprint.close", "arguments": arguments})
    (asked,) = [each["params"] for each in editor.heard if each["method"] == "workspace/applyEdit"]
    ((uri, edits),) = asked["edit"]["changes"].items()
    assert uri == (plan / "sprints.yaml").as_uri()
    closed = apply_edits(SPRINT, edits)
    assert "status: closed" in closed
    assert "RP306" not in [each["code"] for each in editor.type(plan / "sprints.yaml", closed)]


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("revplan.sprint.status", None),
        ("revplan.sprint.status", []),
        ("revplan.sprint.status", [1, 2]),
        ("revplan.sprint.status", ["untitled:1", "2026-11"]),
        ("revplan.sprint.status", ["URI", "2025-01"]),
        ("revplan.sprint.plan", ["URI", "../.."]),
        ("revplan.sprint.close", ["URI", "2026-12"]),
        ("rm -rf", ["URI", "2026-11"]),
    ],
)
def test_a_command_that_cannot_be_run_gets_an_error(
    editor: Editor, plan: Path, command: str, arguments: list[object] | None
) -> None:
    editor.open(plan / "sprints.yaml")
    given = [(plan / "sprints.yaml").as_uri() if each == "URI" else each for each in arguments or ()]
    with pytest.raises(RequestError):
        editor.request("workspace/executeCommand", {"command": command, "arguments": given if arguments else arguments})


def test_an_early_close_is_for_the_terminal(plan: Path) -> None:
    client = Editor(today="2026-11-10")
    client.open(plan / "sprints.yaml")
    arguments = [(plan / "sprints.yaml").as_uri(), "2026-11"]
    with pytest.raises(RequestError, match="workdays left"):
        client.request("workspace/executeCommand", {"command": "revplan.sprint.close", "arguments": arguments})
    assert client.leave() == 0


def test_addresses_are_links(editor: Editor, plan: Path) -> None:
    text = TACTICS.replace("impact: 5", "impact: 5\n    notes: see https://example.org/a?b=1, then ftp://x")
    editor.open(plan / "tactics.yaml", text)
    (link,) = editor.about(plan / "tactics.yaml", "documentLink")
    assert link["target"] == "https://example.org/a?b=1"
    assert link["range"] == span(5, 15, 15 + len(link["target"]))
