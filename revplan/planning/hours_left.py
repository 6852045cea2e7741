"""Who has hours left in a planned sprint, and which tasks of parked tactics they could take.

A parked tactic waits for what it lacks, which is often another skill. Whoever has hours left sees here what of it they
could begin with, and so whose help is worth looking for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.model.numbers import MINUTES_PER_HOUR
from revplan.planning.answer import ParkedCandidate, ParkedTask
from revplan.planning.instance import dates_of
from revplan.planning.problem import TIERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from revplan.planning.problem import Candidate, Job, SprintProblem, Worker

HALF_A_DAY = 4 * MINUTES_PER_HOUR
"""Minutes that are worth a word: less than half a day is left over in every plan."""
_MOST_GIVEN = 10
"""Nobody who has less than one of so many parts of their hours left is named: of a hundred hours, four are little."""


_LACKS_HOURS = frozenset(("capacity", "no-time", "outranked"))
"""Why a tactic is parked that more of people's hours could bring in; a share, cash or another tactic stops others."""


def has_hours_left(free: int, left: int) -> bool:
    """Tell whether so many minutes left, of those free for tactics, are worth a word."""
    return left >= HALF_A_DAY and left * _MOST_GIVEN >= free


class ParkedCandidates(NamedTuple):
    """The parked candidates, by tier, then by rank.

    Attributes:
        short: those that lack hours and nothing else.
        others: those that lack something else: no hours bring them in.
    """

    short: tuple[Candidate, ...]
    others: tuple[Candidate, ...]


def tell_apart(problem: SprintProblem, parked: Iterable[ParkedCandidate]) -> ParkedCandidates:
    """Return the parked candidates that lack hours, and those that lack something else.

    Args:
        problem: the sprint, with the tactics that are parked before it is solved.
        parked: what is parked.
    """
    codes = {one.tactic: one.reason.code for one in parked}
    found = sorted(
        (candidate for candidate in problem.candidates if candidate.id in codes),
        key=lambda candidate: (TIERS.index(candidate.tier), candidate.rank),
    )
    return ParkedCandidates(
        tuple(candidate for candidate in found if codes[candidate.id] in _LACKS_HOURS),
        tuple(candidate for candidate in found if codes[candidate.id] not in _LACKS_HOURS),
    )


def could_take(
    problem: SprintProblem, worker: Worker, left: Sequence[int], parked: Sequence[Candidate]
) -> Iterator[ParkedTask]:
    """Yield the tasks of parked tactics that a member has the skill and the hours for, each by itself.

    Args:
        problem: the sprint.
        worker: the member.
        left: minutes that they have left on each day of the problem.
        parked: the tactics, in the order in which they are told.
    """
    for candidate in parked:
        theirs = (job for job in candidate.jobs if _is_theirs(job, worker))
        by_task = {job.task: job for job in theirs}  # one person's part of what several do at once
        for task, job in by_task.items():
            first, last = dates_of(problem, candidate, job)
            if job.minutes <= sum(left[first : last + 1]):
                yield ParkedTask(candidate.id, task, job.minutes)


def _is_theirs(job: Job, worker: Worker) -> bool:
    return job.owner in {None, worker.id} and worker.has(job.skill, job.level)
