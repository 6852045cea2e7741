from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.scoring import quadrant, rank, score, value
from revplan.model.numbers import half_up
from revplan.model.settings import ScoringSettings
from tests.support.plans import plan, tactic

DAY = 480
TODAY = date(2026, 11, 28)


def scoring(method: str, **weights: str) -> ScoringSettings:
    return ScoringSettings.model_validate({"method": method, "weights": weights})


def test_value_is_impact_times_confidence_times_the_objectives_weight() -> None:
    what = plan(strategy={"objectives": {"grow": {"title": "Grow", "weight": "1.5"}}})
    assert value(what, tactic("seo", impact="7", confidence="0.5"), TODAY) == 3500
    assert value(what, tactic("seo", impact="7", confidence="0.5", objective="grow"), TODAY) == 5250
    assert value(what, tactic("seo", impact="7", value="12.0005", objective="grow"), TODAY) == 12001


@pytest.mark.parametrize(
    ("objective", "today", "worth"),
    [
        ({"quarter": "2026-Q4"}, "2026-12-31", 7500),
        ({"quarter": "2026-Q4"}, "2027-01-01", 5000),
        ({"quarter": "2027-Q1"}, "2026-12-31", 7500),
        ({"status": "reached"}, "2026-12-31", 5000),
        ({"status": "missed", "quarter": "2027-Q1"}, "2026-12-31", 5000),
        ({}, "2030-01-01", 7500),
    ],
)
def test_an_objective_that_has_ended_has_no_weight(objective: dict[str, str], today: str, worth: int) -> None:
    what = plan(strategy={"objectives": {"grow": {"title": "Grow", "weight": "1.5", **objective}}})
    assert value(what, tactic("seo", impact="5", objective="grow"), date.fromisoformat(today)) == worth


def test_halves_are_rounded_up() -> None:
    assert [half_up(Fraction(number, 2)) for number in (1, 2, 3, -1)] == [1, 1, 2, 0]


FIELDS = {"confidence": "0.8", "ease": "6", "reach": "500", "potential": "8", "importance": "4"}


@pytest.mark.parametrize(
    ("method", "weights", "expected"),
    [
        ("impact-effort", {}, Fraction("2.8")),
        ("ice", {}, Fraction(7 + 8 + 6, 3)),
        ("ice", {"ease": "2"}, Fraction(7 + 8 + 12, 4)),
        ("rice", {}, 500 * Fraction("5.6") * 10),
        ("pie", {}, Fraction(8 + 4 + 6, 3)),
        ("pie", {"potential": "0", "importance": "0", "ease": "0"}, Fraction(0)),
        ("wsjf", {}, (Fraction("5.6") + 3 + 5) / 2),
        ("wsjf", {"urgency": "0.5"}, (Fraction("5.6") + Fraction("1.5") + 5) / 2),
    ],
)
def test_each_method_by_hand(method: str, weights: dict[str, str], expected: Fraction) -> None:
    what = tactic("seo", impact="7", urgency="3", risk_reduction="5", **FIELDS)
    assert score(scoring(method, **weights), what, 2 * DAY) == expected


def test_a_method_whose_field_is_missing_falls_back_and_says_so() -> None:
    what = plan({"scoring": {"method": "rice"}}, tactics={"seo": {}, "ads": {"reach": "10"}})
    ads, seo = rank(what, {"seo": DAY, "ads": DAY}, TODAY)
    assert (seo.method, seo.missing, seo.score) == ("impact-effort", ("reach",), 5)
    assert (ads.method, ads.missing) == ("rice", ())


def test_ties_go_by_deadline_then_hours_then_id() -> None:
    tactics: dict[str, dict[str, Any]] = {
        "d": {}, "c": {}, "b": {"impact": "10"}, "a": {"deadline": "2026-12-31"},
    }  # fmt: skip
    found = rank(plan(tactics=tactics), {"d": DAY, "c": DAY, "b": 2 * DAY, "a": DAY}, TODAY)
    assert [(entry.rank, entry.tactic) for entry in found] == [(1, "a"), (2, "c"), (3, "d"), (4, "b")]


@pytest.mark.parametrize(
    ("impact", "hours", "where"),
    [("9", 24, "quick-win"), ("9", 25, "big-bet"), ("5", 24, "fill-in"), ("5", 25, "hard-slog"), ("6", 8, "quick-win")],
)
def test_quadrants(impact: str, hours: int, where: str) -> None:
    assert quadrant(tactic("seo", impact=impact), hours * 60) == where


@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_the_ranking_does_not_depend_on_the_order_of_the_file(names: list[str]) -> None:
    bodies = {"a": "3", "b": "3", "c": "7", "d": "1", "e": "7"}
    what = plan(tactics={name: {"impact": bodies[name]} for name in names})
    assert [entry.tactic for entry in rank(what, dict.fromkeys(names, DAY), TODAY)] == ["c", "e", "a", "b", "d"]
