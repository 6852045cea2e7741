from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from revplan.analysis.budgets import month_budget, months_without_money, program_budget, to_date, year_budget
from revplan.analysis.unit_economics import Acquisition
from revplan.model.base import Month
from revplan.model.goals import BudgetLine
from tests.support.plans import plan

TODAY = date(2026, 11, 28)
SETTINGS = plan().settings


def line(**body: Any) -> BudgetLine:
    return BudgetLine.model_validate({"id": "ads", "category": "programs", "function": "marketing", **body})


def test_what_a_line_plans() -> None:
    assert month_budget(SETTINGS, line(annual="120k"), Month(2026, 3)) == 10_000
    assert month_budget(SETTINGS, line(monthly="2.5k"), Month(2026, 3)) == 2500
    assert year_budget(SETTINGS, line(monthly="2.5k"), 2027) == 30_000
    by_month = line(monthly={"2026-01": "1k", "2026-06": "4k"})
    assert month_budget(SETTINGS, by_month, Month(2026, 2)) is None
    assert year_budget(SETTINGS, by_month, 2026) == 5000
    assert year_budget(SETTINGS, by_month, 2027) is None
    assert year_budget(SETTINGS, line(annual="120k", year="2026"), 2027) is None


STEPS = {"from 2026-04": "1k", "2026-06": "250", "from 2026-09": "4k"}


def test_a_budget_in_steps_worked_out_by_hand() -> None:
    """April, May, July and August 1k, June 250, September to December 4k, and so on in 2027."""
    own = line(monthly=STEPS)
    months = [month_budget(SETTINGS, own, Month(2026, month)) for month in range(1, 13)]
    assert months == [None, None, None, 1000, 1000, 250, 1000, 1000, 4000, 4000, 4000, 4000]
    assert year_budget(SETTINGS, own, 2026) == 4 * 1000 + 250 + 4 * 4000
    assert year_budget(SETTINGS, own, 2027) == 12 * 4000
    assert year_budget(SETTINGS, own, 2025) is None
    assert month_budget(SETTINGS, line(monthly=STEPS, year="2026"), Month(2027, 1)) is None
    assert isinstance(own.monthly, dict)
    assert [str(key) for key in own.monthly] == ["from 2026-04", "2026-06", "from 2026-09"]


@pytest.mark.parametrize("key", ["from 2026-13", "from", "from 2026", "until 2026-07", "from2026-07"])
def test_a_step_is_from_a_month(key: str) -> None:
    with pytest.raises(ValidationError, match=r"is (not a|no) month"):
        line(monthly={key: "1k"})


@given(
    steps=st.dictionaries(st.integers(0, 35), st.integers(0, 9), max_size=4),
    months=st.dictionaries(st.integers(0, 35), st.integers(0, 9), max_size=4),
)
def test_steps_last_until_the_next(steps: dict[int, int], months: dict[int, int]) -> None:
    """Walk through three years month by month, and keep what the last step said."""
    start = Month(2025, 1)
    amounts = {f"from {start.plus(at)}": str(own) for at, own in steps.items()}
    amounts |= {str(start.plus(at)): str(own) for at, own in months.items()}
    if not amounts:
        return
    own, now = line(monthly=amounts), None
    for number in range(36):
        now = steps.get(number, now)
        assert month_budget(SETTINGS, own, start.plus(number)) == months.get(number, now)


def test_months_without_money() -> None:
    what = plan(
        budget={
            "ads": {
                "category": "programs",
                "function": "marketing",
                "monthly": {"2026-02": "1k", "from 2026-06": "1k"},
            },
            "fair": {"category": "events", "function": "sales", "monthly": {"2026-04": "0"}},
        }
    )
    assert months_without_money(what, 2026) == tuple(Month(2026, month) for month in (1, 3, 5))
    assert months_without_money(what, 2025) == ()
    assert months_without_money(what, 2027) == ()
    assert months_without_money(plan(), 2026) == ()


def test_the_program_budget_adds_up_lines_of_that_category_alone() -> None:
    what = plan(
        budget={
            "ads": {"category": "programs", "function": "marketing", "annual": "120k"},
            "outbound": {"category": "programs", "function": "sales", "monthly": "1k"},
            "fair": {"category": "events", "function": "marketing", "annual": "40k"},
        }
    )
    assert program_budget(what, 2027) == 132_000
    assert program_budget(plan(), 2027) is None


def test_spending_to_date_worked_out_by_hand() -> None:
    # January to October are over: 100k of 120k planned. 112k are spent: a tenth of the year ahead.
    found = to_date(SETTINGS, line(annual="120k", actual={"2026-03": "60k", "2026-10": "52k"}), TODAY)
    assert found is not None
    assert (found.through, found.last) == (Month(2026, 10), Month(2026, 10))
    assert (found.planned, found.spent, found.year) == (100_000, 112_000, 120_000)
    assert found.ahead == Fraction(1, 10)


def test_a_credit_comes_off_what_was_spent() -> None:
    found = to_date(SETTINGS, line(annual="120k", actual={"2026-03": "60k", "2026-10": "-1.5k"}), TODAY)
    assert found is not None
    assert (found.spent, found.last) == (58_500, Month(2026, 10))


@pytest.mark.parametrize(("spend", "cost"), [(100, 50), (0, 0), (-100, None)])
def test_nothing_won_a_customer_where_more_came_back(spend: int, cost: int | None) -> None:
    assert Acquisition(Fraction(spend), 2, Month(2026, 1)).cost == cost


def test_what_is_spent_of_nothing_is_all_ahead() -> None:
    spent, unspent = (to_date(SETTINGS, line(annual="0", actual={"2026-10": amount}), TODAY) for amount in ("1k", "0"))
    assert spent is not None
    assert unspent is not None
    assert (spent.ahead, unspent.ahead) == (1, 0)


def test_what_is_written_of_months_to_come_is_left_out_of_account() -> None:
    found = to_date(SETTINGS, line(annual="120k", actual={"2026-10": "100k", "2026-12": "50k"}), TODAY)
    assert found is not None
    assert (found.through, found.spent) == (Month(2026, 10), 100_000)


def test_a_month_under_way_counts_once_its_spending_is_known() -> None:
    found = to_date(SETTINGS, line(annual="120k", actual={"2026-11": "10k"}), TODAY)
    assert found is not None
    assert found.planned == 110_000


def test_without_figures_nothing_is_known_of_the_spending() -> None:
    assert to_date(SETTINGS, line(annual="120k"), TODAY) is None
    assert to_date(SETTINGS, line(annual="120k", actual={"2025-10": "10k", "2027-01": "1k"}), TODAY) is None


@given(st.dictionaries(st.integers(1, 10), st.integers(0, 10**6), min_size=1))
def test_an_unknown_month_never_makes_spending_larger_or_the_plan_smaller(actual: dict[int, int]) -> None:
    written = {f"2026-{month:02}": str(amount) for month, amount in actual.items()}
    found = to_date(SETTINGS, line(annual="120k", actual=written), TODAY)
    assert found is not None
    assert found.spent == sum(actual.values())
    assert found.planned == 100_000
