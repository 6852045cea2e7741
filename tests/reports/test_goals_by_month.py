"""The goals report's months as data are those of its table, and add up to what closes in the year."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from revplan.analysis.levers import judge
from revplan.app.open import context_of
from revplan.reports.goals_by_month import months_data, months_to_come
from revplan.store.load import read
from tests.support.plans import HARBOURLINE


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
