"""How past estimates turned out, by skill, and what the parking lot has held for how long."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.periods import in_order
from revplan.analysis.standing import is_parked_by, last_written, standings

if TYPE_CHECKING:
    from datetime import date

    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint

AS_GOOD_AS_KNOWN = 5
"""Number of done tasks at which the measured ratio weighs as much as the assumption that estimates are right."""


ENOUGH = 5
"""Done tasks from which on a skill's record is shown, and used where the plan asks for it."""


class Calibration(NamedTuple):
    """Estimates of a skill against what the work took, over tasks that are done and whose hours were logged.

    Attributes:
        tasks: how many there are.
        estimated: minutes, as they were first planned.
        actual: minutes spent, over all sprints that worked on them.
    """

    skill: str
    tasks: int
    estimated: int
    actual: int

    @property
    def ratio(self) -> Fraction:
        """Actual / estimated minutes: 1.25 where work takes a quarter more than its estimate."""
        return Fraction(self.actual, self.estimated)

    @property
    def factor(self) -> Fraction:
        """The ratio, shrunk toward 1 by how few tasks there are: what an estimate is to be multiplied by.

        Source: a weighted mean of the ratio and 1, with weights of n done tasks and AS_GOOD_AS_KNOWN (the shrinkage
        estimator of Bühlmann's credibility theory).
        """
        return (self.ratio * self.tasks + AS_GOOD_AS_KNOWN) / (self.tasks + AS_GOOD_AS_KNOWN)


@dataclass(slots=True)
class _Record:
    """The minutes of one task, summed over all sprints that contain the task."""

    estimated: int
    actual: int = 0
    is_done: bool = False


def calibrations(plan: Plan) -> dict[str, Calibration]:
    """Return how estimates turned out, by skill, sorted. Tasks the backlog no longer knows have no skill."""
    sums: dict[str, Calibration] = {}
    for (tactic, task), record in _records(plan).items():
        known = plan.tactics[tactic].tasks.get(task) if tactic in plan.tactics else None
        if known is not None and record.is_done and record.actual and record.estimated:
            before = sums.get(known.skill, Calibration(known.skill, 0, 0, 0))
            sums[known.skill] = Calibration(
                known.skill,
                before.tasks + 1,
                before.estimated + record.estimated,
                before.actual + record.actual,
            )
    return dict(sorted(sums.items()))


def known_skills(plan: Plan) -> dict[str, Calibration]:
    """Return the calibration of each skill with enough done tasks to count, sorted by skill."""
    return {skill: own for skill, own in calibrations(plan).items() if own.tasks >= ENOUGH}


def _records(plan: Plan) -> dict[tuple[str, str], _Record]:
    records: dict[tuple[str, str], _Record] = {}
    for sprint in in_order(plan):
        for tactic, body in sprint.tactics.items():
            for task, row in body.tasks.items():
                estimated = row.first_minutes if row.estimate is None else row.estimate
                record = records.setdefault((tactic, task), _Record(estimated))
                record.actual += row.spent or 0
                record.is_done |= row.status == "done"
    return records


class Parked(NamedTuple):
    """A tactic in the parking lot.

    Attributes:
        tactic: its id.
        review: the day on which it was to be looked at again.
        sprints: the written sprints that parked it one after the other up to the last, the earliest first.
    """

    tactic: str
    review: date | None
    sprints: tuple[str, ...]


def parking_lot(context: Context) -> tuple[Parked, ...]:
    """Return the tactics that stand as parked, in the order in which the last written sprint has them."""
    last = last_written(context.plan)
    if last is None:
        return ()
    stands, backwards = standings(context), in_order(context.plan)[::-1]
    return tuple(
        Parked(name, entry.review, tuple(sprint.id for sprint in _running(backwards, name))[::-1])
        for name, entry in last.parked.items()
        if name in stands and stands[name].state == "parked"
    )


def _running(backwards: tuple[Sprint, ...], tactic: str) -> tuple[Sprint, ...]:
    return tuple(takewhile(lambda sprint: is_parked_by(sprint, tactic), backwards))
