"""Whether what was done has moved what it was to move, and what that says of the confidence in work like it."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.periods import in_order
from revplan.analysis.progress import finished_tactics, is_called_done, work_done
from revplan.analysis.scorecard import effective_metric, readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from revplan.analysis.scorecard import Reading
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.tactics import Tactic

READINGS_AFTER = 4
"""Readings after a tactic was done; from so many on, the reports ask whether the tactic moved its metric."""
MOST_READINGS = 8
"""Readings before, and after, that are looked at: what comes later has other causes."""
LEAST_FOR_TREND = 3
"""Readings before from which on there is a trend; with fewer, their mean is carried on."""
AS_GOOD_AS_KNOWN = Fraction(3)
"""Expected hits at which what was measured and the assumption that confidences are right weigh the same."""


class DoneTactic(NamedTuple):
    """A tactic that is done, with what it took.

    Attributes:
        day: when its last task was done, by sprints or by itself; None where neither tells.
        minutes: work done on it, in all sprints; None where nothing was logged.
    """

    tactic: Tactic
    day: date | None
    minutes: int | None


class MetricEvidence(NamedTuple):
    """A metric's readings around the day on which a tactic that was to move it was done. All in the metric's unit.

    Attributes:
        before: up to MOST_READINGS readings up to that day, the oldest first.
        after: up to MOST_READINGS readings after it.
        expected: the mean of the trend before, carried on to the days after; the mean before where there are fewer
            than LEAST_FOR_TREND readings; None where there is none.
        scatter: the standard error of the difference, from how far the readings before lie off their trend; None
            without a trend.
        others: other tactics that were to move the same metric and were done between the first and the last of these
            readings, sorted.
    """

    before: tuple[Reading, ...]
    after: tuple[Reading, ...]
    expected: Fraction | None
    scatter: float | None
    others: tuple[str, ...]

    @property
    def mean_after(self) -> Fraction | None:
        """The mean of the readings after; None where there is none."""
        return _mean([Fraction(each.value) for each in self.after])

    @property
    def difference(self) -> Fraction | None:
        """How far the readings after lie above the trend carried on; below zero where under it."""
        mean = self.mean_after
        return mean - self.expected if mean is not None and self.expected is not None else None


class Tally(NamedTuple):
    """What became of some done tactics.

    Attributes:
        done: how many are done.
        yes, no, unclear: how many of them moved their metric, did not, or cannot be told.
        expected: the sum of the confidences stated in those that did or did not: hits there should have been.
        minutes: work done on all of them; what was not logged is missing.
        cost: cash that all of them were to take.
    """

    done: int
    yes: int
    no: int
    unclear: int
    expected: Fraction
    minutes: int
    cost: Fraction

    @property
    def clear(self) -> int:
        """How many did or did not move their metric."""
        return self.yes + self.no

    @property
    def hit_rate(self) -> Fraction | None:
        """The part of the clear ones that moved; None where there is none."""
        return Fraction(self.yes, self.clear) if self.clear else None

    @property
    def confidence(self) -> Fraction | None:
        """The mean of the confidences stated in the clear ones; None where there is none."""
        return self.expected / self.clear if self.clear else None

    def factor(self, prior: Fraction = Fraction(1)) -> Fraction:
        """Return what a stated confidence is to be multiplied by.

        Hits over expected hits, shrunk toward a prior by how few were expected: (hits + K × prior) / (expected + K)
        with K = AS_GOOD_AS_KNOWN. Source: the credibility estimator of Bühlmann and Straub with expected hits for
        exposure; the mean of a gamma-distributed factor after Poisson-distributed hits.
        """
        return (self.yes + AS_GOOD_AS_KNOWN * prior) / (self.expected + AS_GOOD_AS_KNOWN)


# --- what is done --------------------------------------------------------------------------------------------------


def done_tactics(plan: Plan) -> tuple[DoneTactic, ...]:
    """Return the tactics that are done, those that recur left out, sorted by id; computed once a plan."""
    return plan.once(("done-tactics",), lambda: _done_tactics(plan))


def _done_tactics(plan: Plan) -> tuple[DoneTactic, ...]:
    days = _last_days(plan)
    return tuple(
        DoneTactic(plan.tactics[name], days.get(name, plan.tactics[name].done), work_done(plan, name))
        for name in sorted(finished_tactics(plan))
        if plan.tactics[name].recurring is None
    )


def _last_days(plan: Plan) -> dict[str, date]:
    """Return the day on which the last task of each tactic was done; its sprint's end where no day is written.

    Tasks that are done because the backlog calls their tactic done have no day of their own.
    """
    days: dict[str, date] = {}
    for sprint in in_order(plan):
        end = sprint.closed.on if sprint.closed is not None else sprint.end
        for name, row in sprint.tactics.items():
            usual = None if is_called_done(plan.tactics, name) else end
            for task in row.tasks.values():
                day = task.done or usual
                if task.status == "done" and day is not None:
                    days[name] = max(day, days.get(name, day))
    return days


def awaiting_judgement(context: Context) -> tuple[tuple[DoneTactic, MetricEvidence], ...]:
    """Return the done tactics that nobody has judged and whose metric was read often enough since; the oldest first."""
    found = []
    for done in done_tactics(context.plan):
        if done.tactic.result is None:
            known = evidence(context, done)
            if known is not None and len(known.after) >= READINGS_AFTER:
                found.append((done, known))
    return tuple(sorted(found, key=lambda pair: (pair[0].day, pair[0].tactic.id)))


# --- before and after ----------------------------------------------------------------------------------------------


def evidence(context: Context, done: DoneTactic) -> MetricEvidence | None:
    """Return what a tactic's metric was before and after it was done; None where metric or day are not known."""
    metric = context.plan.metrics.get(done.tactic.metric) if done.tactic.metric is not None else None
    if metric is None or done.day is None:
        return None
    taken = readings(effective_metric(context, metric), context.today)
    before = tuple(each for each in taken if each.day <= done.day)[-MOST_READINGS:]
    after = tuple(each for each in taken if each.day > done.day)[:MOST_READINGS]
    expected, scatter = _carry_on(before, after)
    return MetricEvidence(before, after, expected, scatter, _others(context, done, before, after))


def _others(context: Context, done: DoneTactic, before: Sequence[Reading], after: Sequence[Reading]) -> tuple[str, ...]:
    if not after:
        return ()
    first = before[0].day if before else done.day
    return tuple(
        other.tactic.id
        for other in done_tactics(context.plan)
        if other.tactic.id != done.tactic.id
        and other.tactic.metric == done.tactic.metric
        and other.day is not None
        and first is not None
        and first <= other.day <= after[-1].day
    )


def _carry_on(before: Sequence[Reading], after: Sequence[Reading]) -> tuple[Fraction | None, float | None]:
    """Return the trend before as it would be after, on average, and the standard error of a difference from it.

    The trend is the least-squares line through the readings by day. With n readings before, m after, residual variance
    s² on n − 2 degrees of freedom and Sxx = Σ(x − x̄)², the error of the mean of m new readings at mean day x̄' is
    s · sqrt(1/m + 1/n + (x̄' − x̄)² / Sxx), as for any prediction by simple regression.
    """
    if not before or not after:
        return _mean([Fraction(each.value) for each in before]), None
    days = [Fraction(each.day.toordinal()) for each in before]
    values = [Fraction(each.value) for each in before]
    count = len(before)
    day, value = sum(days, Fraction(0)) / count, sum(values, Fraction(0)) / count
    spread = sum(((each - day) ** 2 for each in days), Fraction(0))
    if count < LEAST_FOR_TREND or not spread:
        return value, None
    slope = sum(((x - day) * (y - value) for x, y in zip(days, values, strict=True)), Fraction(0)) / spread
    ahead = Fraction(sum(each.day.toordinal() for each in after), len(after)) - day
    off = sum(((y - value - slope * (x - day)) ** 2 for x, y in zip(days, values, strict=True)), Fraction(0))
    variance = off / (count - 2) * (Fraction(1, len(after)) + Fraction(1, count) + ahead**2 / spread)
    return value + slope * ahead, sqrt(variance)


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


# --- what was stated against what came -----------------------------------------------------------------------------


def tally(done: Iterable[DoneTactic], today: date) -> Tally:
    """Return what became of some done tactics, by what was judged up to a day."""
    yes = no = unclear = count = minutes = 0
    expected = cost = Fraction(0)
    for each in done:
        count += 1
        minutes += each.minutes or 0
        cost += Fraction(each.tactic.cash)
        match metric_judgement(each.tactic, today):
            case "yes":
                yes, expected = yes + 1, expected + Fraction(each.tactic.confidence)
            case "no":
                no, expected = no + 1, expected + Fraction(each.tactic.confidence)
            case "unclear":
                unclear += 1
            case _:
                pass
    return Tally(count, yes, no, unclear, expected, minutes, cost)


def metric_judgement(tactic: Tactic, today: date) -> str | None:
    """Return whether a tactic moved its metric, as it was judged up to a day; None where it was not judged then."""
    result = tactic.result
    return result.moved if result is not None and (result.on is None or result.on <= today) else None


def group_by(done: Iterable[DoneTactic], field: str) -> dict[str, tuple[DoneTactic, ...]]:
    """Return done tactics grouped by the value of a field, sorted by value; tactics without a value are left out."""
    groups: dict[str, list[DoneTactic]] = {}
    for each in done:
        name = getattr(each.tactic, field)
        if name is not None:
            groups.setdefault(name, []).append(each)
    return {name: tuple(groups[name]) for name in sorted(groups)}


class Learning(NamedTuple):
    """By what stated confidences are to be multiplied, as results say.

    Attributes:
        functions: by function, shrunk toward 1.
        playbooks: by playbook and function, shrunk toward what the function's other tactics say.
    """

    functions: Mapping[str, Fraction]
    playbooks: Mapping[tuple[str, str], Fraction]

    def factor(self, tactic: Tactic) -> Fraction:
        """Return the factor for a tactic: its playbook's where results of it are there, else its function's, else 1."""
        of_function = self.functions.get(tactic.function, Fraction(1))
        if tactic.playbook is None:
            return of_function
        return self.playbooks.get((tactic.playbook, tactic.function), of_function)

    def confidence(self, tactic: Tactic) -> Fraction:
        """Return the confidence in a tactic's impact, as results say: 1 at most."""
        return min(Fraction(1), Fraction(tactic.confidence) * self.factor(tactic))


def learning(plan: Plan, today: date) -> Learning:
    """Return what results up to a day say of stated confidences; computed once a plan and day."""
    return plan.once(("learning", today), lambda: _learn(plan, today))


def _learn(plan: Plan, today: date) -> Learning:
    judged = [each for each in done_tactics(plan) if metric_judgement(each.tactic, today) in ("yes", "no")]
    functions, playbooks = {}, {}
    for function, own in group_by(judged, "function").items():
        functions[function] = tally(own, today).factor()
        for playbook, these in group_by(own, "playbook").items():
            others = tally((each for each in own if each.tactic.playbook != playbook), today).factor()
            playbooks[playbook, function] = tally(these, today).factor(others)
    return Learning(functions, playbooks)
