"""The figures that `agenda weekly` tells of the sprint, added up by hand."""

from __future__ import annotations

from typing import Any

from revplan.formats.table import DocumentFormat, Screen
from revplan.reports.agenda_weekly import build
from revplan.reports.frame import frame
from tests.support.plans import on, plan

TASKS = {name: {"skill": "writing", "hours": "10"} for name in ("draft", "edit", "print")}
ROWS: dict[str, Any] = {
    "draft": {"owner": "ann", "hours": "10", "status": "done", "spent": "14"},
    "edit": {"owner": "ann", "hours": "10", "status": "started", "spent": "4", "due": "2026-12-04"},
    "print": {"owner": "ann", "hours": "20"},
}


def test_hours_behind_us_are_those_planned_of_what_is_done() -> None:
    """Of 40 planned hours the 10 of the draft are earned, though it took 14, and 4 of the 10 of the edit."""
    sprint = {"start": "2026-12-01", "end": "2026-12-31", "status": "active", "tactics": {"page": {"tasks": ROWS}}}
    what = plan(team={"ann": {}}, tactics={"page": {"tasks": TASKS}}, sprints={"2026-12": sprint})
    context = on("2026-12-09", what)
    told = DocumentFormat.TERMINAL.draw(frame(context, build(context, None)), Screen(200, color=False)).decode()
    assert "14 of 40 planned hours are behind us (35%)" in told
    assert "Late: page/edit, Ann, 6 h left, due 4 Dec" in told


def test_hours_that_go_on_in_the_next_sprint_are_the_next_ones() -> None:
    """Of 40 hours 15 go on in January: 25 are December's, and the 14 that are earned are of those."""
    rows = {**ROWS, "print": {**ROWS["print"], "continues": "15"}}
    sprint = {"start": "2026-12-01", "end": "2026-12-31", "status": "active", "tactics": {"page": {"tasks": rows}}}
    context = on("2026-12-09", plan(team={"ann": {}}, tactics={"page": {"tasks": TASKS}}, sprints={"2026-12": sprint}))
    told = DocumentFormat.TERMINAL.draw(frame(context, build(context, None)), Screen(200, color=False)).decode()
    assert "14 of 25 planned hours are behind us (56%)" in told
