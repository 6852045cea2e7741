"""The goals report's months as data are those of its table, and add up to what closes in the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from revplan.analysis.drivers import drivers
from revplan.analysis.levers import judge, levers
from revplan.app.open import context_of
from revplan.formats.table import DocumentFormat, Screen
from revplan.model.goals import Goal
from revplan.reports.document import Document
from revplan.reports.goals_by_month import months_data, months_to_come, ways_to_green
from revplan.store.load import read
from tests.support.plans import HARBOURLINE, on, plan


@pytest.mark.parametrize("year", ["2026", "2027"])
def test_months_add_up_to_what_closes(year: str) -> None:
    context = context_of(read(HARBOURLINE), None, date(2026, 11, 28))
    goal = context.plan.goals[year]
    judgement = judge(context, goal)
    months = months_to_come(context, goal, judgement)
    assert judgement.outlook.closing is not None
    assert months[-1].so_far == sum((each.closing for each in months), Fraction(0)) == judgement.outlook.closing
    data = months_data(context, goal, judgement)
    assert [each["month"] for each in data] == [str(each.month) for each in months]
    assert all(isinstance(each["customers_closing"], float | int) for each in data)


def test_a_year_that_is_forecast_without_a_budget_names_the_one_that_would_do_by_the_plan() -> None:
    """240k are 20 customers of 12k, 80 opportunities of which one in four is won at once: 80k of programs."""
    goal = Goal.model_validate(
        {
            "id": "2027",
            "measure": "recurring",
            "start_revenue": "1M",
            "target_revenue": "1.24M",
            "acv": "12k",
            "close_rate": "25%",
            "close_lag": ["1"],
            "net_revenue_retention": "100%",
            "cost_per_opportunity": "1000",
            "open_opportunities": "0",
        }
    )
    lines = {"ads": {"category": "programs", "function": "marketing", "annual": "0", "year": "2027"}}
    context = on("2027-01-04", replace(plan(budget=lines), goals={"2027": goal}))
    assert drivers(context, goal) is not None
    found = levers(context, goal)
    assert "budget" not in [each.name for each in found]
    document = Document("goals", (), (ways_to_green(context, goal, found),))
    said = " ".join(DocumentFormat.TERMINAL.draw(document, Screen(100, color=False)).decode().split())
    assert "By the plan, with chance left out: budget $80,000, not $0: funding 100%, attainment 100%" in said
