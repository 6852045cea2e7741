"""Whether what was done moved its metric: readings before and after, and confidences held against hits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from math import exp, isclose, log, sqrt
from statistics import linear_regression, mean
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.results import (
    AS_GOOD_AS_KNOWN,
    Tally,
    awaiting_judgement,
    done_tactics,
    evidence,
    learning,
    tally,
)
from revplan.model.context import Context
from revplan.model.metrics import Metric
from revplan.model.plan import Plan
from tests.support.plans import plan, tactic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TODAY = date(2026, 11, 28)
DONE_ON = date(2026, 10, 1)
WEEK = timedelta(days=7)


def metric(before: Sequence[float], after: Sequence[float], cadence: str = "weekly") -> Metric:
    step = WEEK if cadence == "weekly" else timedelta(days=30)
    first = DONE_ON - step * (len(before) - 1)
    readings = {str(first + step * number): str(value) for number, value in enumerate([*before, *after])}
    body = {"name": "Leads", "unit": "leads", "direction": "up", "owner": "ana", "cadence": cadence}
    return Metric.model_validate({**body, "id": "leads", "target": "40", "readings": readings})


def looked_at(of: Metric, tactics: Mapping[str, dict[str, Any]], today: date = TODAY) -> Context:
    usual = {"metric": "leads", "status": "done", "done": str(DONE_ON)}
    base = plan(tactics={name: usual | body for name, body in tactics.items()})
    return Context(replace(base, metrics={"leads": of}), today)


def test_readings_before_and_after_with_the_trend_carried_on() -> None:
    at = looked_at(metric([10, 12, 14, 16], [20, 22, 24, 26]), {"guide": {}})
    found = evidence(at, done_tactics(at.plan)[0])
    assert found is not None
    assert [each.value for each in found.before] == [10, 12, 14, 16]
    # The line 10, 12, 14, 16 goes on as 18, 20, 22, 24: 21 on average; the readings are 23 on average.
    assert (found.expected, found.mean_after, found.difference, found.scatter) == (21, 23, 2, 0)


@given(
    st.lists(st.integers(0, 100), min_size=3, max_size=8),
    st.lists(st.integers(0, 100), min_size=1, max_size=8),
)
def test_the_trend_is_the_line_of_least_squares(before: list[int], after: list[int]) -> None:
    at = looked_at(metric(before, after), {"guide": {}}, date(2027, 6, 1))
    found = evidence(at, done_tactics(at.plan)[0])
    assert found is not None
    assert found.expected is not None
    days = [7.0 * number for number in range(len(before))]
    later = [7.0 * (len(before) + number) for number in range(len(after))]
    slope, intercept = linear_regression(days, before)
    assert isclose(float(found.expected), intercept + slope * mean(later), abs_tol=1e-9)
    residuals = [value - intercept - slope * day for value, day in zip(before, days, strict=True)]
    error = sqrt(sum(each * each for each in residuals) / (len(before) - 2))
    spread = sum((day - mean(days)) ** 2 for day in days)
    far = (mean(later) - mean(days)) ** 2 / spread
    assert found.scatter is not None
    assert isclose(found.scatter, error * sqrt(1 / len(after) + 1 / len(before) + far), abs_tol=1e-9)


def test_with_fewer_than_three_readings_their_mean_is_carried_on() -> None:
    at = looked_at(metric([10, 20], [30, 30, 30, 30]), {"guide": {}})
    found = evidence(at, done_tactics(at.plan)[0])
    assert found is not None
    assert (found.expected, found.difference, found.scatter) == (15, 15, None)


def test_without_a_reading_before_there_is_nothing_to_compare_with() -> None:
    at = looked_at(metric([], [30, 30, 30, 30]), {"guide": {"done": "2026-09-20"}})
    found = evidence(at, done_tactics(at.plan)[0])
    assert found is not None
    assert (found.before, found.expected, found.difference) == ((), None, None)


def test_it_is_asked_after_four_readings_and_not_before_nor_twice() -> None:
    tactics: dict[str, dict[str, Any]] = {
        "guide": {},
        "told": {"result": {"moved": "no", "on": "2026-11-01"}},
        "other": {"metric": None},
    }
    three = looked_at(metric([1, 2, 3], [4, 5, 6]), tactics)
    assert awaiting_judgement(three) == ()
    four = looked_at(metric([1, 2, 3], [4, 5, 6, 7]), tactics)
    assert [each.tactic.id for each, _ in awaiting_judgement(four)] == ["guide"]
    early = looked_at(metric([1, 2, 3], [4, 5, 6, 7]), tactics, DONE_ON + 3 * WEEK)
    assert awaiting_judgement(early) == ()
    monthly = looked_at(metric([1, 2, 3], [4, 5, 6], "monthly"), tactics, date(2027, 2, 1))
    assert awaiting_judgement(monthly) == ()


def test_others_for_the_same_metric_in_that_time_are_named() -> None:
    tactics: dict[str, dict[str, Any]] = {
        "guide": {},
        "beside": {"done": "2026-10-08"},
        "before": {"done": "2026-09-20"},
        "long-ago": {"done": "2026-01-08"},
        "elsewhere": {"done": "2026-10-08", "metric": None},
    }
    at = looked_at(metric([1, 2, 3], [4, 5, 6, 7]), tactics)
    guide = next(each for each in done_tactics(at.plan) if each.tactic.id == "guide")
    found = evidence(at, guide)
    assert found is not None
    assert found.others == ("before", "beside")


def test_a_sprint_tells_the_day_and_the_hours() -> None:
    row = {"owner": "ana", "hours": "8", "status": "done", "done": "2026-11-10", "spent": "9.5"}
    sprint = {"start": "2026-11-01", "end": "2026-11-30", "tactics": {"guide": {"tasks": {"write": row}}}}
    found = done_tactics(plan(tactics={"guide": {"done": "2026-01-01"}}, sprints={"2026-11": sprint}))
    assert [(each.tactic.id, each.day, each.minutes) for each in found] == [("guide", date(2026, 11, 10), 570)]


# --- hit rates and factors -----------------------------------------------------------------------------------------


def judged(name: str, moved: str, confidence: str = "0.5", **body: Any) -> dict[str, dict[str, Any]]:
    return {name: {"status": "done", "confidence": confidence, "result": {"moved": moved}, **body}}


def test_hit_rate_beside_the_stated_confidence() -> None:
    tactics = {
        **judged("a", "yes", "0.9"),
        **judged("b", "no", "0.5"),
        **judged("c", "unclear"),
        **judged("d", "yes", "1"),
    }
    found = tally(done_tactics(plan(tactics={**tactics, "e": {"status": "done", "cost": "300"}})), TODAY)
    assert (found.done, found.yes, found.no, found.unclear) == (5, 2, 1, 1)
    assert found.hit_rate == Fraction(2, 3)
    assert found.confidence == Fraction(8, 10)
    assert found.cost == 300
    assert found.factor() == (2 + AS_GOOD_AS_KNOWN) / (Fraction(24, 10) + AS_GOOD_AS_KNOWN)


def test_what_was_judged_later_than_the_day_is_not_known_on_it() -> None:
    at = plan(tactics={"a": {"status": "done", "result": {"moved": "yes", "on": "2026-12-01"}}})
    assert tally(done_tactics(at), TODAY).yes == 0
    assert tally(done_tactics(at), date(2026, 12, 1)).yes == 1


@given(st.integers(0, 20), st.integers(1, 200), st.integers(5, 20))
def test_the_factor_is_the_mean_of_what_is_likely_after_the_hits(hits: int, expected: int, prior: int) -> None:
    """Weigh factors by how likely the hits are by each, on a grid: gamma before, Poisson hits."""
    stated, mean_before = expected / 10, prior / 10
    own = Tally(hits, hits, 0, 0, Fraction(expected, 10), 0, Fraction(0))
    rate = float(AS_GOOD_AS_KNOWN)
    shape = rate * mean_before + hits
    peak = (shape - 1) / (rate + stated)
    end = (shape + 12 * sqrt(shape)) / (rate + stated)
    grid = [end * (number + 0.5) / 4000 for number in range(4000)]

    def density(factor: float) -> float:
        """Return the density at a factor against that at the peak."""
        return exp((shape - 1) * log(factor / peak) - (rate + stated) * (factor - peak))

    weights = [density(factor) for factor in grid]
    found = sum(weight * factor for weight, factor in zip(weights, grid, strict=True)) / sum(weights)
    assert isclose(float(own.factor(Fraction(prior, 10))), found, rel_tol=0.001)


def test_one_lucky_hit_changes_little_and_many_change_much() -> None:
    one = plan(tactics=judged("a", "yes", "0.2"))
    many = plan(tactics={key: body for number in range(20) for key, body in judged(f"a{number}", "yes", "0.2").items()})
    open_one = tactic("next", confidence="0.2")
    assert Fraction(1, 5) < learning(one, TODAY).confidence(open_one) < Fraction(13, 50)
    assert learning(many, TODAY).confidence(open_one) > Fraction(3, 5)


def test_a_confidence_is_never_more_than_certain() -> None:
    many = plan(tactics={key: body for number in range(50) for key, body in judged(f"a{number}", "yes", "0.2").items()})
    assert learning(many, TODAY).confidence(tactic("next", confidence="0.9")) == 1


def test_a_playbook_is_held_against_the_functions_other_work() -> None:
    tactics = {
        **judged("a", "yes", playbook="webinar"),
        **judged("b", "yes", playbook="webinar"),
        **judged("c", "no"),
        **judged("d", "no", function="sales"),
    }
    found = learning(plan(tactics=tactics), TODAY)
    others = Fraction(3) / (Fraction(1, 2) + 3)
    assert found.functions == {"marketing": Fraction(2 + 3) / (Fraction(3, 2) + 3), "sales": others}
    assert found.playbooks == {("webinar", "marketing"): (2 + 3 * others) / (1 + 3)}
    assert found.factor(tactic("x", playbook="webinar")) == (2 + 3 * others) / 4
    assert found.factor(tactic("x", playbook="trade-show")) == found.functions["marketing"]
    assert found.factor(tactic("x", function="service")) == 1


def test_a_plan_is_asked_once_for_a_day() -> None:
    at = plan(tactics=judged("a", "yes"))
    assert learning(at, TODAY) is learning(at, TODAY)
    assert isinstance(at, Plan)


def test_eight_readings_at_most_are_looked_at_the_nearest_ones() -> None:
    at = looked_at(metric([*range(10)], [*range(10, 20)]), {"guide": {}}, date(2027, 6, 1))
    found = evidence(at, done_tactics(at.plan)[0])
    assert found is not None
    assert [each.value for each in found.before] == [2, 3, 4, 5, 6, 7, 8, 9]
    assert [each.value for each in found.after] == [10, 11, 12, 13, 14, 15, 16, 17]


def test_others_on_the_first_and_the_last_day_of_the_readings_are_named() -> None:
    first, last = DONE_ON - 2 * WEEK, DONE_ON + 4 * WEEK
    days = {"first": first, "last": last, "too-early": first - timedelta(days=1), "too-late": last + timedelta(days=1)}
    tactics: dict[str, dict[str, Any]] = {"guide": {}, **{name: {"done": str(day)} for name, day in days.items()}}
    at = looked_at(metric([1, 2, 3], [4, 5, 6, 7]), tactics)
    guide = next(each for each in done_tactics(at.plan) if each.tactic.id == "guide")
    found = evidence(at, guide)
    assert found is not None
    assert found.others == ("first", "last")


def test_what_recurs_is_never_done() -> None:
    both = {"once": {"status": "done"}, "ever": {"status": "done", "recurring": "monthly"}}
    assert [each.tactic.id for each in done_tactics(plan(tactics=both))] == ["once"]


def test_a_tactic_is_done_on_the_day_of_its_last_task() -> None:
    days = {"write": "2026-11-20", "send": "2026-11-10"}
    tasks = {name: {"owner": "ana", "hours": "4", "status": "done", "done": day} for name, day in days.items()}
    sprint = {"start": "2026-11-01", "end": "2026-11-30", "tactics": {"guide": {"tasks": tasks}}}
    body = {"tasks": {name: {"skill": "writing", "hours": "4"} for name in days}}
    found = done_tactics(plan(tactics={"guide": body}, sprints={"2026-11": sprint}))
    assert [each.day for each in found] == [date(2026, 11, 20)]


def test_a_task_without_a_day_was_done_when_its_sprint_was_closed_or_ended() -> None:
    def day(tactic: dict[str, Any], sprint: dict[str, Any]) -> date | None:
        rows = {"guide": {"tasks": {"write": {"hours": "4", "status": "done"}}}}
        whole = {"start": "2026-11-01", "end": "2026-11-30", "tactics": rows, **sprint}
        return done_tactics(plan(tactics={"guide": tactic}, sprints={"2026-11": whole}))[0].day

    assert day({}, {}) == date(2026, 11, 30)
    assert day({}, {"status": "closed", "closed": {"on": "2026-11-27", "of": "x"}}) == date(2026, 11, 27)
    assert day({"status": "done", "done": "2026-11-04"}, {}) == date(2026, 11, 4), "the backlog says the day"
    assert day({"status": "done"}, {}) is None
