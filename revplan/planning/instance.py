"""The sprint as an instance of numbered tasks: who may do each, what it follows, and how hours add up by day.

Searching by id in tuples is slow and clumsy, so the searches work on positions: candidates, workers and tasks
are numbered in the problem's own (canonical) order, and every choice between equals falls to the lower number.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from heapq import heapify, heappop, heappush
from itertools import accumulate, combinations
from typing import TYPE_CHECKING

from revplan.model.numbers import MINUTES_PER_HOUR
from revplan.planning.problem import is_at_once

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from revplan.model.waits import Wait
    from revplan.planning.problem import Candidate, Job, SprintProblem, Worker

LEAST_PIECE = MINUTES_PER_HOUR
"""Minutes in the least piece of a split task."""

REMEMBERED = 4
"""Problems whose numbers, windows and ranked fill are remembered: a search and what explains it ask for the same ones
again and again. On 10,000 x 1,000 that is 7 s of 45."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Minutes by day, with their running total for quick sums.

    Attributes:
        minutes: on each day.
        total: total[d] is the minutes of all days before day d, so it has one element more.
    """

    minutes: tuple[int, ...]
    total: tuple[int, ...]

    def within(self, first: int, last: int) -> int:
        """Return the minutes from the first to the last day, both included."""
        return max(0, self.total[last + 1] - self.total[first])

    def finish(self, first: int, work: int) -> int:
        """Return the day on which this much work is done if begun on the first day; the number of days if never."""
        return min(len(self.minutes), bisect_left(self.total, self.total[first] + work, lo=first) - 1)

    def latest_start(self, last: int, work: int) -> int:
        """Return the last day on which to begin this much work to end by the last day; -1 if there is none."""
        return bisect_right(self.total, self.total[last + 1] - work) - 1


def calendar(minutes: Sequence[int]) -> Calendar:
    """Return the calendar of these daily minutes."""
    return Calendar(tuple(minutes), tuple(accumulate(minutes, initial=0)))


@dataclass(frozen=True, slots=True)
class Lag:
    """The days between a task and one that waits for some time once it is complete.

    Attributes:
        opens: for each day on which the one is complete, the first day of the other; the number of days if never.
        closes: for each day on which the other starts, the last day on which the one is complete; -1 if there is none.
    """

    opens: tuple[int, ...]
    closes: tuple[int, ...]


def lag(problem: SprintProblem, wait: Wait) -> Lag:
    """Return the lag that a wait comes to in a sprint."""
    never = len(problem.days)
    if wait.is_workdays:
        later = (bisect_right(problem.workdays, day) + wait.days - 1 for day in range(never))
        opens = [problem.workdays[place] if place < len(problem.workdays) else never for place in later]
    else:
        opens = [min(never, day + wait.days) for day in range(never)]
    return Lag((*opens, never), tuple(bisect_right(opens, day) - 1 for day in range(never)))


@dataclass(frozen=True, slots=True)
class NumberedTask:
    """A job at its place in the instance.

    Attributes:
        number: its position among all tasks.
        tactic: position of its candidate.
        job: what there is to do.
        workers: positions of those who may own it, hours aside.
        before: tasks that must be complete first, of its own tactic or of those that one requires.
        after: tasks that wait for this one.
        release: first day on which it may start, by its own dates and its tactic's.
        deadline: last day on which it may end.
        beside: the other parts of a task that several people do at once; nobody owns two of them.
    """

    number: int
    tactic: int
    job: Job
    workers: tuple[int, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    release: int
    deadline: int
    beside: tuple[int, ...] = ()

    @property
    def least(self) -> int:
        """Minutes of the smallest piece an owner may have of it."""
        return min(LEAST_PIECE, self.job.minutes) if self.job.split else self.job.minutes


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """A problem with everything numbered.

    Attributes:
        problem: where the numbers come from.
        calendars: one for each worker.
        tasks: of all candidates, in the order of candidates and their jobs.
        of: the numbers of each candidate's tasks.
        requires: the positions of what each candidate requires; its own where what it requires is unknown.
        required_by: the positions of what requires each candidate directly.
        excludes: pairs of positions that exclude each other, the lower first.
        order: the tasks so that each comes after those it follows; tasks in or behind a circle are missing.
        lags: by (task, follower), where the follower waits for some time once the task is complete.
        strangers: of each part of a task for several people at once, the pairs with too few hours on common days.
    """

    problem: SprintProblem
    calendars: tuple[Calendar, ...]
    tasks: tuple[NumberedTask, ...]
    of: tuple[tuple[int, ...], ...]
    requires: tuple[tuple[int, ...], ...]
    required_by: tuple[tuple[int, ...], ...]
    excludes: tuple[tuple[int, int], ...]
    order: tuple[int, ...]
    lags: Mapping[tuple[int, int], Lag]
    strangers: Mapping[int, frozenset[tuple[int, int]]]

    @property
    def workers(self) -> tuple[Worker, ...]:
        """The problem's workers."""
        return self.problem.workers

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The problem's candidates."""
        return self.problem.candidates

    @property
    def pairs(self) -> int:
        """Pairs of a task and a member who may own it: how large the sprint is."""
        return sum(len(task.workers) for task in self.tasks)

    def may_meet(self, number: int, worker: int, other: int) -> bool:
        """Tell whether two members may do a task at once: both have the days."""
        return worker != other and (worker, other) not in self.strangers.get(number, ())

    def opens(self, first: int, then: int, day: int) -> int:
        """Return the first day on which a task may start if one that it follows is complete on a day."""
        found = self.lags.get((first, then))
        return day if found is None else found.opens[min(day, len(found.closes))]

    def closes(self, first: int, then: int, day: int) -> int:
        """Return the last day on which a task may be complete for one that follows it to start on a day."""
        found = self.lags.get((first, then))
        return day if found is None or day < 0 else found.closes[min(day, len(found.closes) - 1)]

    def with_requirements(self, *tactics: int, placed: Collection[int] = ()) -> tuple[int, ...]:
        """Return tactics and all they require, directly or not, what is required first.

        Args:
            tactics: where to begin.
            placed: neither these are returned, nor what only they require.
        """
        found: dict[int, None] = {}
        waiting = [(tactic, False) for tactic in reversed(tactics)]
        opened: set[int] = set()
        while waiting:
            current, is_done = waiting.pop()
            if is_done:
                found[current] = None
            elif current not in opened and current not in placed:
                opened.add(current)
                waiting.append((current, True))
                waiting.extend((required, False) for required in reversed(self.requires[current]))
        return tuple(found)

    def add_with_dependents(self, tactic: int, found: set[int]) -> None:
        """Add a tactic, and all that require it, directly or not, to those found before in the same way."""
        waiting = [tactic]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(self.required_by[current])


@lru_cache(maxsize=REMEMBERED)
def build_instance(problem: SprintProblem) -> Instance:
    """Number everything in the problem."""
    place = {candidate.id: number for number, candidate in enumerate(problem.candidates)}
    requires = tuple(
        tuple(place.get(required, number) for required in candidate.requires)
        for number, candidate in enumerate(problem.candidates)
    )
    owned = _numbers(problem)
    before = _before(problem, owned, requires)
    after = _reverse_links(before)
    able = _able(problem)
    beside = _beside(problem, owned)
    tasks = tuple(
        NumberedTask(
            number,
            tactic,
            job,
            able[job.skill, job.level, job.owner],
            before[number],
            after[number],
            *dates_of(problem, candidate, job),
            beside.get(number, ()),
        )
        for tactic, candidate in enumerate(problem.candidates)
        for number, job in zip(owned[tactic], candidate.jobs, strict=True)
    )
    return Instance(
        problem=problem,
        calendars=tuple(calendar(worker.minutes) for worker in problem.workers),
        tasks=tasks,
        of=owned,
        requires=requires,
        required_by=_reverse_links(requires),
        excludes=tuple(_pairs(problem, place)),
        order=_order(before, after),
        lags=_lags(problem, tasks),
        strangers=_strangers(problem, tasks),
    )


def dates_of(problem: SprintProblem, candidate: Candidate, job: Job) -> tuple[int, int]:
    """Return the first and the last day a job may have, by its own dates and its tactic's."""
    last = min(len(problem.days) - 1, candidate.deadline)
    return max(0, candidate.release, job.release), last if job.deadline is None else min(last, job.deadline)


def exclusions(instance: Instance) -> tuple[frozenset[int], ...]:
    """Return for each candidate those that it excludes, and that exclude it."""
    excluded: list[set[int]] = [set() for _ in instance.candidates]
    for one, other in instance.excludes:
        excluded[one].add(other)
        excluded[other].add(one)
    return tuple(frozenset(others) for others in excluded)


def _numbers(problem: SprintProblem) -> tuple[tuple[int, ...], ...]:
    """Number the tasks, and return those of each candidate."""
    starts = accumulate((len(candidate.jobs) for candidate in problem.candidates), initial=0)
    return tuple(
        tuple(range(start, start + len(candidate.jobs)))
        for start, candidate in zip(starts, problem.candidates, strict=False)
    )


def _able(problem: SprintProblem) -> dict[tuple[str, int, str | None], tuple[int, ...]]:
    """Return, for all that jobs ask for, skill, level and owner, the positions of the workers who have it."""
    wanted = {(job.skill, job.level, job.owner) for candidate in problem.candidates for job in candidate.jobs}
    levels: dict[str, list[tuple[int, str, int]]] = {}
    for number, worker in enumerate(problem.workers):
        for skill, own in worker.skills:
            levels.setdefault(skill, []).append((number, worker.id, own))
    return {
        (skill, level, owner): tuple(
            number for number, name, own in levels.get(skill, ()) if own >= level and owner in (None, name)
        )
        for skill, level, owner in wanted
    }


def _reverse_links(links: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """Return for each number those that name it, sorted."""
    found: list[list[int]] = [[] for _ in links]
    for number, named in enumerate(links):
        for one in named:
            found[one].append(number)
    return tuple(tuple(numbers) for numbers in found)


def _before(
    problem: SprintProblem, owned: tuple[tuple[int, ...], ...], requires: tuple[tuple[int, ...], ...]
) -> tuple[tuple[int, ...], ...]:
    """Return for each task the tasks that must be complete first.

    `after` may name tasks that are done and so no longer jobs: they hold nothing up. Between tactics, it is
    enough that the first tasks of the one wait for the last tasks of the other.
    """
    before: list[set[int]] = []
    for candidate, numbers in zip(problem.candidates, owned, strict=True):
        known = dict(zip((job.id for job in candidate.jobs), numbers, strict=True))
        before.extend({known[first] for first in job.after if first in known} for job in candidate.jobs)
    inner = [frozenset(firsts) for firsts in before]
    for tactic, numbers in enumerate(owned):
        for required in requires[tactic]:
            followed = {first for number in owned[required] for first in inner[number]}
            lasts = set(owned[required]) - followed
            for number in numbers:
                if not inner[number]:
                    before[number] |= lasts
    return tuple(tuple(sorted(firsts)) for firsts in before)


def _lags(problem: SprintProblem, tasks: Sequence[NumberedTask]) -> dict[tuple[int, int], Lag]:
    """Return the lag of each pair of a task and a follower that waits; most pairs have none."""
    known: dict[Wait, Lag] = {}
    found = {}
    for task in tasks:
        waits = dict(task.job.waits)
        for first in task.before if waits else ():
            name = tasks[first].job.id if tasks[first].tactic == task.tactic else ""
            if name in waits:
                wait = waits[name]
                found[first, task.number] = known[wait] = known.get(wait) or lag(problem, wait)
    return found


def _beside(problem: SprintProblem, owned: tuple[tuple[int, ...], ...]) -> dict[int, tuple[int, ...]]:
    """Return the other parts of each part of a task that several people do at once; most tasks have none."""
    found = {}
    for candidate, numbers in zip(problem.candidates, owned, strict=True):
        parts = [(job.of, number) for job, number in zip(candidate.jobs, numbers, strict=True) if job.of is not None]
        for of, number in parts:
            found[number] = tuple(other for task, other in parts if task == of and other != number)
    return found


def _strangers(problem: SprintProblem, tasks: Sequence[NumberedTask]) -> dict[int, frozenset[tuple[int, int]]]:
    """Return the pairs of members who can never do a task at once, both ways round; most tasks have none."""

    @cache
    def minutes(worker: int, other: int, release: int, deadline: int) -> int:
        days = slice(release, deadline + 1)
        return sum(map(min, problem.workers[worker].minutes[days], problem.workers[other].minutes[days]))

    found = {}
    for task in tasks:
        parts = [task, *(tasks[other] for other in task.beside)]
        if task.beside and is_at_once(part.job for part in parts):
            pairs = combinations(sorted({worker for part in parts for worker in part.workers}), 2)
            apart = [pair for pair in pairs if minutes(*pair, task.release, task.deadline) < task.job.minutes]
            found[task.number] = frozenset(apart) | {(other, worker) for worker, other in apart}
    return found


def _pairs(problem: SprintProblem, place: dict[str, int]) -> Iterator[tuple[int, int]]:
    """Yield each pair that may not be placed together, once."""
    pairs = {
        (min(number, place[other]), max(number, place[other]))
        for number, candidate in enumerate(problem.candidates)
        for other in candidate.excludes
        if other in place
    }
    yield from sorted(pairs)


def _order(before: Sequence[Sequence[int]], after: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Sort the tasks so that none comes before what it follows, the lower number first (Kahn's method)."""
    open_ends = [len(firsts) for firsts in before]
    ready = [number for number, count in enumerate(open_ends) if count == 0]
    heapify(ready)
    order = []
    while ready:
        number = heappop(ready)
        order.append(number)
        for follower in after[number]:
            open_ends[follower] -= 1
            if open_ends[follower] == 0:
                heappush(ready, follower)
    return tuple(order)
