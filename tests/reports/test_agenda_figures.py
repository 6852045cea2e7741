"""The figures that `agenda sprint` and `agenda quarter` tell, added up by hand or another way."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from revplan.analysis.sprint_due import due_sprint
from revplan.formats.table import DocumentFormat, Screen
from revplan.model.context import Context
from revplan.reports import agenda_quarter, agenda_sprint
from revplan.reports.frame import frame
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from revplan.reports.frame import Report

SETTINGS = """\
revplan:
  format: 1
  company: Harbourline
  currency: USD
  sprint: {focus_factor: 1, reserve: 0}
  meetings: {quarter: {minutes: 240}, sprint: {minutes: 120}}
"""
PLAN = """\
team:
  ann: {name: Ann, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3},
    time_off: {2026-12-07..2026-12-11: holiday}}
  bob: {name: Bob, kind: employee, function: marketing, hours_per_week: 20, skills: {writing: 3}}
strategy:
  objectives:
    win: {title: Win ports, quarter: 2026-Q4, status: reached}
    keep: {title: Keep yards, quarter: 2026-Q4, status: missed}
    next: {title: Open the Baltic, quarter: 2027-Q1}
  inputs:
    fair: {title: Port fair, kind: event, date: 2027-02-01, lead_days: 40}
    law: {title: New law, kind: industry, date: 2026-12-30, lead_days: 40, response: page}
    past: {title: Past launch, kind: event, date: 2026-11-01}
goals:
  "2026":
    measure: recurring
    start_revenue: 1000000
    target_revenue: 1600000
    acv: 50000
    close_rate: 20%
    monthly: {2026-12: 1600000}
    actual: {2026-11: 1450000}
    history: {won: {2026-10: 3, 2026-11: 4}, lost: {2026-10: 9, 2026-11: 5}}
tactics:
  page: {title: Page, function: marketing, impact: 5,
    tasks: {draft: {skill: writing, hours: 10}, edit: {skill: writing, hours: 6}}}
  film: {title: Film, function: marketing, impact: 8, tasks: {shoot: {skill: writing, hours: 20}}}
sprints:
  2026-11:
    start: 2026-11-01
    end: 2026-11-30
    status: closed
    closed: {on: 2026-11-30, of: "0"}
    tactics:
      page:
        tasks:
          draft: {owner: ann, hours: 10, status: done, spent: 12}
          edit: {owner: bob, hours: 6, status: started, spent: 2, left: 5}
"""

TODAY = date(2026, 12, 1)
WORKDAYS = sum(date(2026, 12, day).weekday() < 5 for day in range(1, 32))


def drawn(report: Report, context: Context) -> str:
    return DocumentFormat.TERMINAL.draw(frame(context, report), Screen(200, color=False)).decode()


def agendas(make_plan: Callable[..., Path]) -> tuple[str, str]:
    """Return the agendas of the sprint and of the quarter, drawn."""
    context = Context(read(make_plan({"revplan.yaml": SETTINGS, "plan.yaml": PLAN})).plan, TODAY)
    sprint = agenda_sprint.build(context, None, due_sprint(context).period, ())
    return drawn(sprint, context), drawn(agenda_quarter.build(context, None), context)


def row(text: str, name: str) -> list[str]:
    """Return the cells of the table's row that begins with a name."""
    return next(re.split(r"  +", line.strip()) for line in text.splitlines() if line.strip().startswith(f"{name}  "))


def test_the_last_sprint_is_added_up(make_plan: Callable[..., Path]) -> None:
    text, _ = agendas(make_plan)
    assert row(text, "Page")[2:6] == [str(10 + 6), str(10 + 6), str(12 + 2), "5"]  # committed, planned, spent, left
    assert f"{10 + 6} h committed at the start" in text
    assert "Velocity: 10 h of planned work done in 2026-11" in text  # the edit is not done


def test_people_have_the_hours_of_the_months_workdays(make_plan: Callable[..., Path]) -> None:
    text, _ = agendas(make_plan)
    ann, bob = 8 * WORKDAYS, 4 * WORKDAYS
    off, meeting = 5 * 8, 2
    assert row(text, "Ann") == ["Ann", str(ann), f"−{off}", f"−{meeting}", "0", "0", "0", str(ann - off - meeting)]
    assert row(text, "Bob") == ["Bob", str(bob), "0", f"−{meeting}", "0", "0", "0", str(bob - meeting)]
    plannable, asked = ann + bob - off - 2 * meeting, 20 + 5  # the film, and what is left of the page
    assert f"{plannable} h plannable; the backlog asks for {asked} h" in text


def test_what_is_missing_is_the_months_target_without_the_last_actual(make_plan: Callable[..., Path]) -> None:
    text, _ = agendas(make_plan)
    assert f"${(1_600_000 - 1_450_000) // 1000}K are missing" in text


def test_the_items_of_an_agenda_fill_its_meeting(make_plan: Callable[..., Path]) -> None:
    """Each item begins when those before it end, and the last ends with the meeting."""
    for text, length in zip(agendas(make_plan), (120, 240), strict=True):
        items = re.findall(r"^(\d+):(\d\d) .*\((\d+) minutes\)$", text, re.MULTILINE)
        begins = [60 * int(hours) + int(minutes) for hours, minutes, _ in items]
        ends = [begin + int(minutes) for begin, (_, _, minutes) in zip(begins, items, strict=True)]
        assert [*begins, length] == [0, *ends]


def test_what_comes_from_outside_is_begun_its_lead_before(make_plan: Callable[..., Path]) -> None:
    _, text = agendas(make_plan)
    law, fair = (day - timedelta(days=40) for day in (date(2026, 12, 30), date(2027, 2, 1)))
    assert (law, fair) == (date(2026, 11, 20), date(2026, 12, 23))
    assert row(text, "New law") == ["New law", "industry", "30 Dec", f"{law.day} Nov, late", "Page"]
    assert row(text, "Port fair") == ["Port fair", "event", "1 Feb", f"{fair.day} Dec", "none yet"]
    assert "Past launch" not in text


def test_the_quarters_record_and_objectives_are_those_of_the_quarter(make_plan: Callable[..., Path]) -> None:
    _, text = agendas(make_plan)
    assert f"Won {3 + 4}, lost {9 + 5} of the opportunities" in text
    assert (row(text, "Win ports")[-3:-1], row(text, "Keep yards")[-3:-1]) == (
        ["reached", "nobody"],
        ["missed", "nobody"],
    )
    objectives = text.partition("Objectives: kept or missed")[2].partition("The strategy, section by section")[0]
    assert "Open the Baltic" not in objectives
