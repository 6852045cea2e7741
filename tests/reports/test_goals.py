"""The figures of `report goals`, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from revplan.analysis.funnel import need
from revplan.model.goals import Goal
from revplan.reports.goals import build
from revplan.reports.revenue_pictures import year_funnel
from tests.support.plans import on, plan

GOAL = Goal.model_validate(
    {
        "id": "2027", "measure": "recurring", "start_revenue": "4.2M", "target_revenue": "5.2M", "acv": "24k",
        "close_rate": "20%", "close_lag": [".05", ".15", ".25", ".25", ".15", ".10", ".05"],
        "net_revenue_retention": "98%", "cost_per_opportunity": "1100", "open_opportunities": "54",
        "funnel": {"sql_to_opportunity": "70%"},
    }
)  # fmt: skip
ADS = {"ads": {"category": "programs", "function": "marketing", "annual": "250k"}}


def test_the_funnel_is_walked_back_and_held_against_the_budget() -> None:
    """Of a month's opportunities .05, .20, .45, .70, .85 and .95 close within 0 to 5 months, then all: 9.2 of 12."""
    (found,) = build(on("2026-11-28", replace(plan(budget=ADS), goals={"2027": GOAL}))).data["goals"]
    customers = 1_084_000 / 24_000
    assert found["new_revenue"] == 1_084_000, "5.2M − 0.98 × 4.2M"
    assert found["customers"] == pytest.approx(customers, abs=5e-5)
    assert found["opportunities"] == pytest.approx(customers / 0.2, abs=5e-5)
    assert found["stages"]["sqls"] == pytest.approx(customers / 0.2 / 0.7, abs=5e-5)
    assert found["spend"] == pytest.approx(customers / 0.2 * 1100, abs=5e-5)
    assert found["budget"] == 250_000
    assert found["affordable_opportunities"] == pytest.approx(250_000 / 1100, abs=5e-5)
    assert found["funding"] == pytest.approx(250_000 / 1100 / (customers / 0.2), abs=5e-5)
    closing = (250_000 / 1100 / 12 * 9.2 + 54) * 0.2
    assert found["closing_customers"] == pytest.approx(closing, abs=5e-5)
    assert found["attainment"] == pytest.approx(closing / customers, abs=5e-5)


def test_a_lever_that_is_told_makes_it_green_and_much_less_does_not() -> None:
    """The report is asked again with the budget that a lever names, and with 3% of today's less.

    A lever scales the opportunities that were drawn; a plan with that budget draws anew, so they may differ a little.
    """

    def asked(amount: float) -> dict[str, object]:
        lines = {"ads": {**ADS["ads"], "annual": f"{amount:.2f}"}}
        (found,) = build(on("2026-11-28", replace(plan(budget=lines), goals={"2027": GOAL}))).data["goals"]
        assert isinstance(found, dict)
        return found

    levers = asked(200_000)["levers"]
    assert isinstance(levers, list)
    (budget,) = (lever for lever in levers if lever["lever"] == "budget")
    assert asked(budget["needed"])["verdict"] == "green"
    assert asked(budget["needed"] - 6_000)["verdict"] != "green"


@pytest.mark.parametrize(
    ("history", "of_2026", "of_2027"),
    [
        ({"won": 38}, 38, None),
        ({"won": {"2026-03": 3, "2026-10": 4}}, 7, None),
        ({"won": {"2025-12": 9, "2026-10": 4}}, 4, None),
    ],
)
def test_a_year_s_funnel_has_the_customers_of_that_year_alone(
    history: dict[str, object], of_2026: int, of_2027: int | None
) -> None:
    of = GOAL.model_dump(exclude_none=True)
    before = Goal.model_validate({**of, "id": "2026", "history": history})
    context = on("2026-11-28", replace(plan(), goals={"2026": before, "2027": GOAL}))
    found = [year_funnel(context, goal, need(goal)).stages[-1] for goal in context.plan.goals.values()]
    assert [stage.label for stage in found] == ["New customers"] * 2
    assert [stage.actual for stage in found] == [of_2026, of_2027]
    assert found[0].text.startswith(f"{of_2026} of ")
