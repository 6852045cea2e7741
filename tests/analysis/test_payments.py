"""What tactics cost and when, against a slow simulation: a ledger that walks through the days one by one."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from revplan.analysis.budgets import budget_by_month
from revplan.analysis.payments import (
    committed_payments,
    first_payment,
    is_due_within,
    later_payments,
    paying_sprints,
    payments,
)
from revplan.model.base import Month
from tests.support.plans import on, plan, tactic

HALVES = {"2027-01": "4000", "2027-02": "4000"}
FIRST = date(2026, 11, 2)


def test_instalments_fall_in_their_months_and_what_is_late_at_once() -> None:
    fair = tactic("fair", cost=HALVES)
    assert fair.cash == 8000
    assert payments(fair, Month(2026, 12)) == {Month(2027, 1): 4000, Month(2027, 2): 4000}
    assert payments(fair, Month(2027, 2)) == {Month(2027, 2): 8000}
    assert payments(tactic("fair", cost="8k"), Month(2027, 2)) == {Month(2027, 2): 8000}
    assert payments(tactic("fair"), Month(2027, 2)) == {}


def test_instalments_need_a_month() -> None:
    with pytest.raises(ValidationError, match="instalments have a month at least"):
        tactic("fair", cost={})


@given(
    length=st.integers(1, 92),
    begins=st.integers(0, 5),
    cost=st.dictionaries(st.tuples(st.integers(2026, 2027), st.integers(1, 12)), st.integers(1, 900), min_size=1),
)
def test_sprints_pay_each_instalment_once(length: int, begins: int, cost: dict[tuple[int, int], int]) -> None:
    """Walk through the days: an instalment is paid on its month's first day, or when work begins if that is later."""
    fair = tactic("fair", cost={f"{year}-{month:02}": str(amount) for (year, month), amount in cost.items()})
    starts = [FIRST + timedelta(length * number) for number in range(begins, begins + 800 // length + 2)]
    sprints = [(start, following - timedelta(1)) for start, following in pairwise(starts)]
    paid = [first_payment(fair, *sprints[0])]
    left = later_payments(fair, *sprints[0])
    for start, end in sprints[1:]:
        paid.append(sum((own for month, own in left.items() if is_due_within(month, start, end)), Fraction(0)))
    slow = [0] * len(sprints)
    for (year, month), amount in cost.items():
        due = max(date(year, month, 1), sprints[0][0])
        number = next((place for place, (start, end) in enumerate(sprints) if start <= due <= end), None)
        if number is None:  # falls due after the days looked at
            continue
        slow[number] += amount
    assert paid == slow


def test_who_pays() -> None:
    begun = {"tasks": {"write": {"hours": "8", "spent": "1", "status": "started"}}}
    what = plan(
        tactics={
            **{name: {"cost": HALVES} for name in ("begun", "idle", "open", "out")},
            "gone": {"cost": HALVES, "status": "dropped"},
        },
        sprints={
            "2026-12": {"start": "2026-12-01", "end": "2026-12-31", "status": "closed"}
            | {"tactics": {"begun": begun, "idle": {}, "gone": begun, "out": {**begun, "dropped": "2026-12-09"}}},
            "2027-01": {"start": "2027-01-01", "end": "2027-01-31", "tactics": {"begun": {}, "idle": {}, "open": {}}},
        },
    )
    today = date(2027, 1, 4)
    assert {name: sprint.id for name, sprint in paying_sprints(what, today).items()} == {
        "begun": "2026-12",
        "idle": "2027-01",
        "open": "2027-01",
    }
    january, february = Month(2027, 1), Month(2027, 2)
    assert sorted(committed_payments(what, today)) == sorted(
        (name, month, 4000) for name in ("begun", "idle", "open") for month in (january, february)
    )


def test_the_budget_by_month_worked_out_by_hand() -> None:
    what = plan(
        tactics={
            "fair": {"cost": HALVES, "budget": "events"},
            "film": {"cost": "900", "budget": "media"},
            "own": {"cost": "70"},
        },
        budget={
            "events": {"category": "events", "function": "marketing", "annual": "24k", "actual": {"2027-01": "3.9k"}},
            "media": {"category": "programs", "function": "marketing", "monthly": {"2027-01": "1k"}},
        },
        sprints={
            "2027-01": {"start": "2027-01-01", "end": "2027-01-31"}
            | {"tactics": {"fair": {}, "film": {}, "own": {}, "unknown": {}}}
        },
    )
    january, february, *_, december = budget_by_month(on("2027-01-20", what), 2027)
    # 24k / 12 + 1k; 3.9k are known of the events line, so its instalment is no longer to come; the film is.
    assert (january.planned, january.spent, january.committed, january.left) == (3000, 3900, 900, 3000 - 3900 - 900)
    assert (february.planned, february.spent, february.committed, february.left) == (2000, 0, 4000, -2000)
    assert (december.planned, december.committed, december.left) == (2000, 0, 2000)
    assert budget_by_month(on("2027-01-20", plan()), 2027)[0].left is None
