from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.gits import commit, repository

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

SETTINGS = "revplan: {format: 1, company: Test, currency: USD}\n"
MEETING = "meetings:\n  2026-11-23-weekly: {kind: weekly, date: 2026-11-23, decisions: [Fewer tools]}\n"
TACTIC = "tactics:\n  page: {title: A page, function: sales, impact: %s, tasks: {w: {skill: copy, hours: 4}}}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = repository(tmp_path / "plan")
    commit(folder, {"revplan.yaml": SETTINGS, "tactics.yaml": TACTIC % 4, "meetings.yaml": MEETING}, day="2026-11-22")
    commit(folder, {"tactics.yaml": TACTIC % 7, "todos.yaml": "todos: {}\n"}, day="2026-11-25")
    return folder


def test_what_changed_since_the_last_meeting_is_told_by_git(run: Callable[..., Ran], root: Path) -> None:
    out = run("agenda", "weekly", "-C", root, "--today", "2026-11-30").out
    assert "Decided on 23 November 2026\n  - Fewer tools" in out
    assert "Changed in the plan since 23 November 2026\n  - changed: tactic page: impact 4 → 7" in out


def test_where_nothing_changed_nothing_is_said(run: Callable[..., Ran], root: Path) -> None:
    (root / "tactics.yaml").write_text(TACTIC % 4, encoding="utf-8")
    assert "Changed in the plan" not in run("agenda", "weekly", "-C", root, "--today", "2026-11-30").out


def test_a_kind_of_meeting_that_was_never_held_has_nothing_to_compare_with(run: Callable[..., Ran], root: Path) -> None:
    assert "Changed in the plan" not in run("agenda", "quarter", "-C", root, "--today", "2026-11-30").out


def test_without_git_the_agenda_does_without(run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    ran = run(
        "agenda", "weekly", "-C", make_plan({"revplan.yaml": SETTINGS, "m.yaml": MEETING}), "--today", "2026-11-30"
    )
    assert ran.code == 0
    assert "Fewer tools" in ran.out


def test_red_metrics_raise_issues_by_themselves(run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    metric = (
        "{name: Calls, unit: calls, direction: up, owner: ana, cadence: weekly, target: 10, readings: {2026-11-27: 2}}"
    )
    team = "team:\n  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40}\n"
    out = run("agenda", "weekly", "-C", make_plan(f"{team}metrics:\n  calls: {metric}\n")).out
    assert "Red: Calls (raised by the scoreboard)" in " ".join(out.split())


def test_the_items_fit_a_meeting_that_is_shorter(run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    settings = "revplan: {format: 1, company: T, currency: USD, today: 2026-11-28, meetings: {weekly: {minutes: 60}}}\n"
    out = run("agenda", "weekly", "-C", make_plan({"revplan.yaml": settings})).out
    assert "0:20 Identify, discuss, solve (37 minutes)" in out
    assert "0:57 Conclude (3 minutes)" in out


MEETINGS = (
    "revplan: {format: 1, company: T, currency: USD, today: 2026-11-28, "
    'meetings: {weekly: {minutes: %d, time: "09:30"}, sprint: {minutes: %d}, quarter: {minutes: %d}}}\n'
)


def test_an_agenda_begins_when_the_meeting_does(run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    out = run("agenda", "weekly", "-C", make_plan({"revplan.yaml": MEETINGS % (90, 240, 480)})).out
    assert "9:30 Check-in (5 minutes)" in out
    assert "10:55 Conclude (5 minutes)" in out


def test_an_agenda_says_when_its_list_is_too_long(run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    out = run("agenda", "weekly", "-C", make_plan({"revplan.yaml": MEETINGS % (9, 9, 9)})).out
    assert "7 items take 14 minutes at least; the meeting has 9." in " ".join(out.split())
    assert "Conclude (no time)" in out


def test_who_is_away_this_week_is_told_and_not_who_is_in_the_next(
    run: Callable[..., Ran], make_plan: Callable[..., Path]
) -> None:
    """Wednesday the 2nd to Sunday the 6th; on Saturday no workday of the week is left, so the next one is shown."""
    team = (
        "team:\n"
        "  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, time_off: {2026-12-04: {hours: 2}}}\n"
        "  bo: {name: Bo, kind: employee, function: sales, hours_per_week: 40, time_off: {2026-12-07: Off}}\n"
        "  cy: {name: Cy, kind: employee, function: sales, hours_per_week: 40, time_off: {2026-12-01: Off}}\n"
    )
    plan = make_plan({"revplan.yaml": MEETINGS % (90, 240, 480), "team.yaml": team})
    out = " ".join(run("agenda", "weekly", "-C", plan, "--today", "2026-12-02").out.split())
    assert "Away this week: Ana (4 Dec, 2 h)." in out
    assert "Away on Monday, 7 December 2026: Bo." in out or "Away on 7 December 2026: Bo." in out
    out = " ".join(run("agenda", "weekly", "-C", plan, "--today", "2026-12-05").out.split())
    assert "Away next week: Bo (7 Dec)." in out


def test_a_plan_that_cannot_be_planned_with_says_so_in_the_agenda(
    run: Callable[..., Ran], make_plan: Callable[..., Path]
) -> None:
    ran = run("agenda", "sprint", "-C", make_plan((TACTIC % 4).replace("function: sales", "function: nowhere")))
    assert ran.code == 0
    assert "Nothing can be proposed yet" in ran.out


def test_the_session_judges_the_quarters_objectives(run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    objectives = (
        "{a: {title: Found, status: reached}, b: {title: Kept, status: missed}, c: {title: Loved, status: dropped}}"
    )
    out = run("agenda", "quarter", "-C", make_plan(f"strategy: {{objectives: {objectives}}}\n")).out
    said = " ".join(out.split())
    assert "Found nothing – – reached nobody" in said
    assert "Kept nothing – – missed nobody" in said
    assert "Loved nothing – – dropped nobody" in said
