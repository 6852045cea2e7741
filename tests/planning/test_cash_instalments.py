"""Instalments in planning: what the sprint pays, what later purses must hold, and what has begun commits."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.sprint_due import due_sprint
from revplan.planning.backlog import formulate
from revplan.planning.constraints import violations
from revplan.planning.explain.claims import Reason, Short
from revplan.planning.explain.reason import explain
from revplan.planning.solve import best
from tests.support.filling import planned
from tests.support.plans import on, plan

if TYPE_CHECKING:
    from revplan.model.plan import Plan
    from revplan.planning.backlog import Formulation

PRIYA = {"priya": {"skills": {"writing": "3"}}}
HALVES = {"2026-12": "400", "2027-01": "600"}
Body = dict[str, Any]


def formulated(what: Plan, day: str = "2026-11-28", sprint_id: str = "2026-12") -> Formulation:
    context = on(day, what)
    return formulate(context, due_sprint(context, sprint_id).period)


def media(**line: Any) -> Body:
    return {"media": {"category": "programs", "function": "marketing", **line}}


def test_a_sprint_pays_what_falls_in_its_months() -> None:
    what = plan(
        {"sprint": {"budget": "500"}},
        team=PRIYA,
        tactics={"film": {"cost": HALVES, "budget": "media"}, "late": {"cost": {"2026-10": "70", "2026-12": "20"}}},
        budget=media(monthly="600"),
    )
    problem = formulated(what).problem
    film, late = problem.candidate("film"), problem.candidate("late")
    assert (film.cost, film.line, film.later) == (40000, "media", (("media 2027-01", 60000),))
    assert (late.cost, late.later) == (9000, ())
    assert problem.lines == (("media", 60000), ("media 2027-01", 60000))


@pytest.mark.parametrize(
    ("line", "later", "lines"),
    [
        # December and January are of one calendar year's line each.
        ({"annual": "900"}, (("media 2027", 60000),), (("media", 90000), ("media 2027", 90000))),
        ({"annual": "900", "year": "2026"}, (), (("media", 90000),)),  # nobody has a budget for 2027 yet
        ({"monthly": {"2026-12": "900"}}, (), (("media", 90000),)),
        (
            {"monthly": {"2026-12": "900", "2027-01": "700"}},
            (("media 2027-01", 60000),),
            (("media", 90000), ("media 2027-01", 70000)),
        ),
    ],
)
def test_later_instalments_are_paid_by_later_purses(line: Body, later: Any, lines: Any) -> None:
    what = plan(team=PRIYA, tactics={"film": {"cost": HALVES, "budget": "media"}}, budget=media(**line))
    problem = formulated(what).problem
    assert problem.candidate("film").later == later
    assert problem.lines == lines


def test_all_instalments_of_a_fiscal_year_come_off_its_annual_line() -> None:
    what = plan(
        {"fiscal_year_start": "7"},
        team=PRIYA,
        tactics={"film": {"cost": HALVES, "budget": "media"}, "fits": {"cost": "999", "budget": "media"}},
        budget=media(annual="999"),
    )
    found = formulated(what)
    assert found.parked["film"] == Reason("budget", (Short("cash", "media", 100),))  # 400 + 600 of 999
    assert [one.id for one in found.problem.candidates] == ["fits"]


def test_what_has_begun_is_paid_on_whether_its_work_goes_on_or_not() -> None:
    begun = {"tasks": {"write": {"hours": "8", "spent": "1", "status": "started"}}}
    what = plan(
        {"sprint": {"budget": "1000"}},
        team=PRIYA,
        tactics={
            "film": {"cost": HALVES, "budget": "media"},
            "seo": {"cost": "300", "budget": "media"},
            "dear": {"cost": "500", "budget": "media"},
        },
        budget=media(monthly="1000"),
        sprints={
            "2026-12": {"start": "2026-12-01", "end": "2026-12-31", "status": "closed", "tactics": {"film": begun}}
        },
    )
    found = formulated(what, "2027-01-04", "2027-01")
    assert found.problem.budget == (1000 - 600) * 100
    assert dict(found.problem.lines) == {"media": (1000 - 600) * 100}
    assert found.problem.candidate("film").cost == 0
    assert found.parked["dear"].short == (Short("cash", "media", 10000), Short("cash", "sprint", 10000))
    sprint = planned(what, "2027-01-04", "2027-01")
    assert sprint.committed == 60000
    assert [(each.tactic, each.cost, each.later) for each in sprint.by_value] == [
        ("film", 0, ()),
        ("seo", 30000, ()),
    ]


def test_a_tactic_parked_for_a_later_month_says_which() -> None:
    what = plan(
        team=PRIYA,
        tactics={name: {"cost": {"2026-12": "1", "2027-02": "60"}, "budget": "media"} for name in ("ads", "film")},
        budget=media(monthly="100"),
    )
    problem = formulated(what).problem
    found = best(problem)
    (placed,) = found.placed
    ((_, reason),) = explain(problem, found).items()
    assert reason == Reason("budget", (Short("cash", "media 2027-02", 2000),), (placed,))


AMOUNTS = st.dictionaries(st.sampled_from(["2026-11", "2026-12", "2027-01", "2027-02"]), st.integers(1, 9), min_size=1)


@given(
    costs=st.lists(AMOUNTS, min_size=1, max_size=4),
    impacts=st.lists(st.integers(1, 9), min_size=4, max_size=4),
    month=st.integers(0, 20),
    budget=st.integers(0, 20),
)
def test_the_best_choice_is_that_of_all_choices(
    costs: list[dict[str, int]], impacts: list[int], month: int, budget: int
) -> None:
    """Try every choice: the sprint pays what is due by December, the line's months pay what falls in them."""
    names = [f"t{number}" for number in range(len(costs))]
    what = plan(
        {"sprint": {"budget": str(budget)}},
        team=PRIYA,
        tactics={
            name: {
                "cost": {month: str(amount) for month, amount in cost.items()},
                "budget": "media",
                "impact": str(impacts[place]),
            }
            for place, (name, cost) in enumerate(zip(names, costs, strict=True))
        },
        budget=media(monthly=str(month)),
    )
    problem = formulated(what).problem
    found = best(problem)
    assert violations(problem, found) == ()
    slow = 0
    for count in range(len(names) + 1):
        for chosen in combinations(range(len(names)), count):
            due = {"2026-12": 0, "2027-01": 0, "2027-02": 0}
            for place in chosen:
                for when, amount in costs[place].items():
                    due[max(when, "2026-12")] += amount
            if due["2026-12"] <= budget and max(due.values()) <= month:
                slow = max(slow, sum(impacts[place] for place in chosen))
    assert found.value == slow * 1000
