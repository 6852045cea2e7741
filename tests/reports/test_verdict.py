from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from revplan.reports.sprint_plan_json import document
from tests.support.filling import planned
from tests.support.plans import plan

if TYPE_CHECKING:
    from revplan.model.plan import Plan

TEAM: dict[str, Any] = {"ana": {"hours_per_week": "40", "skills": {"copy": "3"}}}


def task(hours: str) -> dict[str, Any]:
    return {"write": {"skill": "copy", "hours": hours}}


def december() -> Plan:
    tactics: dict[str, Any] = {"page": {"impact": "8", "tasks": task("6")}, "mail": {"impact": "2", "tasks": task("6")}}
    return plan(team=TEAM, tactics=tactics)


def test_the_day_of_half_the_value_and_the_day_on_average() -> None:
    """Ana has 8 hours a day, less what is kept back: the page is done on the first day, the mail on the second.

    December 1, 2026 is a Tuesday, so they are workdays 1 and 2: (8 × 1 + 2 × 2) / 10.
    """
    found = planned(december(), sprint_id="2026-12")
    assert [(one.tactic, one.due) for one in found.finish_days] == [
        ("page", date(2026, 12, 1)),
        ("mail", date(2026, 12, 2)),
    ]
    assert (found.half_value_by, found.value_weighted_finish) == (date(2026, 12, 1), Fraction(12, 10))
    assert document(december(), found)["sequence"] == {"half_value_by": "2026-12-01", "value_weighted_finish": 1.2}


def test_what_holds_nothing_has_no_such_day() -> None:
    nothing = plan(team=TEAM)
    found = planned(nothing, sprint_id="2026-12")
    assert (found.half_value_by, found.value_weighted_finish) == (None, None)
    assert document(nothing, found)["sequence"] == {"half_value_by": None, "value_weighted_finish": None}
