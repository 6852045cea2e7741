"""What a sprint was committed to at its start, and each change to that: the first commitment never moves.

In minutes, the steps add up: committed + added - dropped + re-estimated - continued = what is in the sprint now. Of a
task that goes on in the next sprint, each of the two counts its own part.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from revplan.model.sprints import Sprint, SprintTactic, SprintTask

    StepKind = Literal["committed", "added", "dropped", "re-estimated", "continued"]


class CommitmentStep(NamedTuple):
    """A change of a sprint's commitment on a day, in minutes.

    Attributes:
        day: when; None for what was there from the start, and where a plan does not tell.
        minutes: more (positive) or less (negative) work in the sprint.
    """

    day: date | None
    kind: StepKind
    tactic: str
    task: str
    minutes: int


class Commitment(NamedTuple):
    """A sprint's first commitment and what became of it, in minutes.

    Attributes:
        steps: in the order of their days, what was there from the start first.
    """

    steps: tuple[CommitmentStep, ...]

    @property
    def committed(self) -> int:
        """Minutes that were in the sprint at its start."""
        return self._sum("committed")

    @property
    def added(self) -> int:
        """Minutes that came in later."""
        return self._sum("added")

    @property
    def dropped(self) -> int:
        """Minutes that were taken out, as a positive number."""
        return -self._sum("dropped")

    @property
    def re_estimated(self) -> int:
        """Minutes that estimates went up by in all; negative where they went down."""
        return self._sum("re-estimated")

    @property
    def continued(self) -> int:
        """Minutes that turned out to go on in the next sprint, as a positive number."""
        return -self._sum("continued")

    @property
    def planned(self) -> int:
        """Minutes in the sprint now."""
        return sum(step.minutes for step in self.steps)

    def _sum(self, kind: StepKind) -> int:
        return sum(step.minutes for step in self.steps if step.kind == kind)


def commitment(sprint: Sprint) -> Commitment:
    """Return a sprint's first commitment with every recorded change to it."""
    steps = [
        step
        for tactic, body in sprint.tactics.items()
        for task, row in body.tasks.items()
        for step in _steps(tactic, body, task, row)
    ]
    return Commitment(tuple(sorted(steps, key=lambda step: (step.day is not None, step.day or sprint.start))))


def committed_minutes(body: SprintTactic, row: SprintTask) -> int:
    """Return a task's part of the first commitment: nothing of what came in later."""
    if not body.is_committed:
        return 0
    return row.first_minutes if row.continues_since is not None else max(0, row.first_minutes - row.continuing)


def planned_minutes(body: SprintTactic, row: SprintTask) -> int:
    """Return a task's minutes in the sprint now: nothing of what was dropped."""
    return row.own_minutes if body.dropped is None and row.dropped is None else 0


def continuing_minutes(body: SprintTactic, row: SprintTask) -> int:
    """Return a task's minutes that the next sprint counts: nothing of what was dropped."""
    return row.continuing if body.dropped is None and row.dropped is None else 0


def _steps(tactic: str, body: SprintTactic, task: str, row: SprintTask) -> Iterator[CommitmentStep]:
    history: list[tuple[date | None, int]] = _estimates(body.added, row)
    later = continuing_minutes(body, row)
    if later and row.continues_since is None:
        history = [(day, max(0, minutes - later)) for day, minutes in history]
    elif later:
        yield CommitmentStep(row.continues_since, "continued", tactic, task, -later)
    if history[0][1]:
        yield CommitmentStep(body.added, "committed" if body.is_committed else "added", tactic, task, history[0][1])
    for (_, before), (day, after) in pairwise(history):
        if after != before:
            yield CommitmentStep(day, "re-estimated" if before else "added", tactic, task, after - before)
    if (body.dropped is not None or row.dropped is not None) and row.minutes:
        yield CommitmentStep(row.dropped or body.dropped, "dropped", tactic, task, -row.minutes)


def _estimates(first: date | None, row: SprintTask) -> list[tuple[date | None, int]]:
    """Return what a task's planned minutes were and since when, in order: each day of `was` ends what stands there."""
    days = sorted(row.was)
    return list(zip([first, *days], [*(row.was[day] for day in days), row.minutes], strict=True))
