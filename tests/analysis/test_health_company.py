from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from revplan.analysis.health import last_weeks_promises, quarters_sprints, working_functions
from revplan.model.base import Quarter
from revplan.model.meetings import Todo
from tests.support.plans import plan

TODAY = date(2026, 11, 28)
Q4 = Quarter(2026, 4)


def todos(**bodies: dict[str, str]) -> Any:
    found = {name: Todo.model_validate({"id": name, "title": name, **body}) for name, body in bodies.items()}
    return replace(plan(), todos=found)


def test_last_week_are_the_seven_days_before_today() -> None:
    what = todos(
        early={"due": "2026-11-20", "status": "open"},
        first={"due": "2026-11-21", "status": "done"},
        last={"due": "2026-11-27", "status": "open"},
        off={"due": "2026-11-27", "status": "dropped"},
        today={"due": "2026-11-28", "status": "open"},
        never={"status": "open"},
    )
    found = last_weeks_promises(what, TODAY)
    assert (found.done, found.undone) == (("first",), ("last",))
    assert found.rate == Fraction(1, 2)


def test_where_nothing_fell_due_there_is_no_rate() -> None:
    assert last_weeks_promises(plan(), TODAY).rate is None


def months(*names: str, **rows: dict[str, Any]) -> dict[str, Any]:
    ends = {"2026-10": "31", "2026-11": "30", "2026-12": "31"}
    bodies = {name: {"start": f"{name}-01", "end": f"{name}-{ends[name]}"} for name in names}
    return {name: {**body, "tactics": rows if name == "2026-12" else {}} for name, body in bodies.items()}


def test_a_quarter_is_planned_once_every_workday_is_in_a_sprint() -> None:
    assert quarters_sprints(plan(sprints=months("2026-10", "2026-11")), Q4) is None
    found = quarters_sprints(plan(sprints=months("2026-10", "2026-11", "2026-12")), Q4)
    assert found is not None
    assert [sprint.id for sprint in found] == ["2026-10", "2026-11", "2026-12"]


def test_a_sprint_belongs_to_a_quarter_by_its_first_or_last_day() -> None:
    sprints = {
        "2026-09-14": {"start": "2026-09-14", "end": "2026-09-30"},
        "2026-10-01": {"start": "2026-10-01", "end": "2026-12-30"},
        "2026-12-31": {"start": "2026-12-31", "end": "2027-01-29"},
        "2027-01-01": {"start": "2027-01-01", "end": "2027-01-29"},
    }
    found = quarters_sprints(plan(sprints=sprints), Q4)
    assert [sprint.id for sprint in found or ()] == ["2026-10-01", "2026-12-31"]
    late = {"2026-09-14": {"start": "2026-09-14", "end": "2026-10-01"}, **months("2026-11", "2026-12")}
    late["2026-10"] = {"start": "2026-10-02", "end": "2026-10-30"}  # the last day of October is a Saturday
    found = quarters_sprints(plan(sprints=late), Q4)
    assert [sprint.id for sprint in found or ()] == ["2026-09-14", "2026-10", "2026-11", "2026-12"]


def test_a_function_works_by_its_tactics_and_by_its_members() -> None:
    row = {"tasks": {"write": {"owner": "kwame", "hours": "8"}}}
    stranger = {"tasks": {"write": {"owner": "nobody", "hours": "8"}}}
    what = plan(
        team={"kwame": {"function": "service"}, "tomas": {"function": "sales"}},
        tactics={"guide": {}, "survey": {"function": "product"}},
        sprints=months("2026-12", guide=row, survey={**row, "dropped": "2026-12-02"}, unknown=stranger),
    )
    assert working_functions(what, tuple(what.sprints.values())) == {"marketing", "service"}


def test_a_function_works_by_standing_loads_too() -> None:
    sprint = {**months("2026-12")["2026-12"], "recurring": {"letter": {"tomas": "4", "nobody": "1"}, "gone": {}}}
    what = plan(
        team={"tomas": {"function": "sales"}},
        tactics={"letter": {"function": "product", "recurring": "weekly"}},
        sprints={"2026-12": sprint},
    )
    assert working_functions(what, tuple(what.sprints.values())) == {"product", "sales"}
