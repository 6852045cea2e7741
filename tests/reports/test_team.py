"""The figures of `report team`, as the plan has them on the day."""

from __future__ import annotations

from revplan.reports.team import build
from tests.support.plans import on, plan


def test_hours_a_week_are_those_of_the_day() -> None:
    team = {
        "raise": {"hours_per_week": {"2026-01-01": "20", "2026-12-01": "30"}, "business_as_usual": "2.5"},
        "turns": {"week": {"even": {"mon": "8", "tue": "8"}, "odd": {"wed": "4"}}, "until": "2026-12-31"},
    }
    before, after = (build(on(day, plan(team=team))).data["members"] for day in ("2026-11-30", "2026-12-01"))
    assert [own["hours_per_week"] for own in before] == [20, 10], "of 16 and 4 hours by turns"
    assert [own["hours_per_week"] for own in after] == [30, 10]
    assert [(own["business_as_usual_hours"], own["until"]) for own in after] == [(2.5, None), (0, "2026-12-31")]
