"""Sprints nobody would plan on purpose: told without a fault, every tactic in one place, with the reason that holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.room import on_a_terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

PLAIN = "{focus_factor: 1, reserve: 0}"
TITLE = r'"=cmd|x <b>&amp;</b> [red]x[/red] `x` | \u202e\x1b[31m \a ' + "ü" * 250 + '"'


def team(count: int = 1, week: str = "20", more: str = "") -> str:
    members = (
        f"  m{number}: {{name: M{number}, kind: employee, function: marketing, hours_per_week: {week},"
        f" skills: {{writing: 3, design: 3}}{more}}}\n"
        for number in range(count)
    )
    return "team:\n" + "".join(members)


def tactic(name: str, hours: float = 2, more: str = "", task: str = "", title: str = "T") -> str:
    work = f"{{skill: writing, hours: {hours}{task}}}"
    return f"  {name}: {{title: {title}, function: marketing, impact: 5{more}, tasks: {{a: {work}}}}}\n"


def plan(tactics: str, people: str | None = None, sprint: str = PLAIN, more: str = "") -> str:
    settings = f"revplan: {{format: 1, company: Adv, currency: USD, today: 2026-12-01, sprint: {sprint}{more}}}\n"
    return f"{settings}{people or team()}tactics:\n{tactics}"


def many(count: int, hours: float = 2, more: str = "", task: str = "") -> str:
    return "".join(tactic(f"t{number:02}", hours, more, task) for number in range(count))


SHORT = "{length: %s, starts: 2026-11-30, focus_factor: 1, reserve: 0}"
DAYS_OFF = ", holidays: {2026-11-30: A, 2026-12-01: B, 2026-12-02: C}"
AWAY = ", time_off: {2026-11-01..2027-02-28: away}"

SPRINTS: dict[str, tuple[str, int, int, set[str]]] = {
    "musts for five sprints": (plan(many(5, 60, ", tier: must")), 5, 1, {"capacity"}),
    "a minute each": (plan(many(5, 0.0167)), 5, 5, set()),
    "a sprint of one day": (plan(many(4), sprint=SHORT % 1), 4, 2, {"capacity"}),
    "a sprint of holidays": (plan(many(4), sprint=SHORT % 3, more=DAYS_OFF), 4, 0, {"capacity"}),
    "everybody away": (plan(tactic("a"), team(2, more=AWAY)), 1, 0, {"capacity"}),
    "a contract that is over": (plan(tactic("a"), team(more=", until: 2026-11-15")), 1, 0, {"capacity"}),
    "all pinned to one": (plan(many(8, 20, task=", owner: m0"), team(2)), 8, 4, {"capacity"}),
    "everything kept for nobody": (
        plan(many(4, 10), sprint="{focus_factor: 1, reserve: 0, shares: [{function: sales, least: 100%}]}"),
        4,
        0,
        {"share"},
    ),
    "no cash": (
        plan(tactic("a", more=", cost: 5") + tactic("b"), sprint="{focus_factor: 1, reserve: 0, budget: 0}"),
        2,
        1,
        {"budget"},
    ),
    "what it requires does not fit": (
        plan(tactic("a", 500) + tactic("b", more=", requires: [a]")),
        2,
        0,
        {"capacity", "requires"},
    ),
    "sixty alike": (plan(many(60, 4)), 60, 23, {"capacity"}),
    "all due on the first day": (plan(many(4, 3, ", deadline: 2026-12-01")), 4, 1, {"no-time"}),
    "pieces longer than a day": (
        plan(tactic("a", 20, task=", split: true") + tactic("b", 1, task=", split: true"), team(3, "0.5")),
        2,
        1,
        {"capacity"},
    ),
    "titles that mean harm": (plan(tactic("a", title=TITLE) + tactic("b", 900, title=TITLE)), 2, 1, {"capacity"}),
    "nobody there": (plan(tactic("a"), "team: {}\n"), 1, 0, {"no-skill"}),
    "no time for anything": (plan(tactic("a"), sprint="{focus_factor: 0, reserve: 0}"), 1, 0, {"capacity"}),
}


@pytest.mark.parametrize("name", SPRINTS)
def test_every_tactic_has_its_place_and_every_screen_is_drawn(
    name: str, run: Callable[..., Ran], make_plan: Callable[..., Path]
) -> None:
    text, tactics, placed, reasons = SPRINTS[name]
    root = make_plan({"revplan.yaml": text})
    here = ("-C", root, "--today", "2026-12-01")
    ran = run("sprint", "plan", "--format", "json", *here)
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    assert len(found["placed"]) == placed
    assert {entry["reason"] for entry in found["parked"]} == reasons
    assert len(found["placed"]) + len(found["parked"]) + len(found["left_out"]) == tactics
    first = (found["parked"] or found["placed"])[0]["tactic"]
    for command in (
        *(("sprint", "plan", "--format", form) for form in ("terminal", "markdown", "html", "csv")),
        ("sprint", "plan", "--horizon", "3"),
        ("explain", first),
    ):
        for columns in ("80", "200") if "terminal" in command else ("80",):
            drawn = run(*command, *here, environment={"COLUMNS": columns})
            assert drawn.code == 0, (command, drawn.err)
            assert not set(drawn.out) & {"\x1b", "\x07", "\u202e"}, command


# --- a sprint of nothing ---------------------------------------------------------------------------------------------

NOTHING = "  t: {title: T, function: marketing, impact: 5, tasks: {a: {skill: writing, hours: 200}}}\n"
ASKS = "Nothing fits. Write 2026-12 without tactics? [y/N]:"


@pytest.mark.parametrize(("said", "is_written"), [("", False), ("n", False), ("y", True)])
def test_on_a_terminal_a_sprint_without_work_is_asked_about(
    said: str, is_written: bool, make_plan: Callable[..., Path]
) -> None:
    root = make_plan({"revplan.yaml": plan(NOTHING)})
    code, screen = on_a_terminal(root, [said], "sprint", "plan", "2026-12", "--write")
    assert (code, ASKS in screen, "nothing is written" in screen) == (0, True, not is_written)
    assert (root / "sprints" / "2026-12.yaml").exists() == is_written
    if is_written:
        assert ASKS not in on_a_terminal(root, [], "sprint", "plan", "2026-12", "--write")[1], "it is written already"


def test_without_a_terminal_a_sprint_without_work_is_written_and_told(
    run: Callable[..., Ran], make_plan: Callable[..., Path]
) -> None:
    root = make_plan({"revplan.yaml": plan(NOTHING)})
    told = "2026-12 has no tactics: `revplan sprint plan 2026-12 --write` fills it once something fits"
    assert told in run("-C", root, "sprint", "plan", "2026-12", "--write").err
    assert told not in run("-C", root, "sprint", "plan", "2026-12", "--write").err
    full = make_plan({"revplan.yaml": plan(tactic("t"))})
    assert "has no tactics" not in run("-C", full, "sprint", "plan", "2026-12", "--write").err
