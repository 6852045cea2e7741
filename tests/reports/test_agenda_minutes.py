"""The items of an agenda take its minutes, whatever those are."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from revplan.analysis.periods import Period, period_on
from revplan.reports import agenda_quarter, agenda_sprint, agenda_weekly
from revplan.reports.agenda import LEAST, Item, fit
from tests.support.plans import on, plan

if TYPE_CHECKING:
    from revplan.reports.frame import Report

USUAL = {"weekly": 90, "sprint": 240, "quarter": 480}


def agenda(kind: str, minutes: int) -> Report:
    context = on("2026-12-02", plan({"meetings": {kind: {"minutes": str(minutes)}}}))
    if kind == "weekly":
        return agenda_weekly.build(context, None)
    if kind == "quarter":
        return agenda_quarter.build(context, None)
    period: Period = period_on(context.plan.settings, context.today)
    return agenda_sprint.build(context, None, period, ())


@given(kind=st.sampled_from(sorted(USUAL)), minutes=st.integers(1, 1000))
@example(kind="quarter", minutes=360)
@example(kind="weekly", minutes=15)
@example(kind="sprint", minutes=1)
def test_items_add_up_to_the_meeting_and_have_their_least_or_it_is_said(kind: str, minutes: int) -> None:
    data = agenda(kind, minutes).data
    taken = [item["minutes"] for item in data["items"]]
    assert sum(taken) == minutes
    assert data["too_long"] == (minutes < LEAST * len(taken)) == (min(taken) < LEAST)


@pytest.mark.parametrize("kind", sorted(USUAL))
def test_a_meeting_of_the_usual_length_has_the_usual_items(kind: str) -> None:
    usual = [item["minutes"] for item in agenda(kind, USUAL[kind]).data["items"]]
    double = [item["minutes"] for item in agenda(kind, 2 * USUAL[kind]).data["items"]]
    assert double == [2 * minutes for minutes in usual]


weights = st.lists(st.integers(1, 90), min_size=1, max_size=12)


@given(weights=weights, minutes=st.integers(1, 1000))
def test_an_item_with_more_never_gets_less(weights: list[int], minutes: int) -> None:
    fitted = [item.minutes for item in fit([Item("", weight, ()) for weight in weights], minutes)]
    pairs = sorted(zip(weights, fitted, strict=True))
    assert sum(fitted) == minutes
    for (weight, share), (more, larger) in itertools.pairwise(pairs):
        assert larger >= share or weight == more, "equal items differ by the odd minute alone"
    if minutes >= LEAST * len(weights):
        exact = [weight * minutes / sum(weights) for weight in weights]
        assert all(share <= max(LEAST, wanted + 1) for share, wanted in zip(fitted, exact, strict=True))
