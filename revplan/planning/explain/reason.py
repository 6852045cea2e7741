"""Why each candidate that was not placed is parked.

Each constraint says in its own file what it finds short, in the order of their table: by arithmetic on what the placed
tactics leave (what a tactic requires and excludes, cash, shares), then by a maximum flow, which names the skills that
are short and by how much at least. What no constraint keeps out is outranked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from revplan.planning.constraints import CONSTRAINTS, hours, people
from revplan.planning.explain.claims import Reason, Short
from revplan.planning.explain.flow import piece, pieces, placed_flow
from revplan.planning.instance import build_instance
from revplan.planning.problem import is_at_once
from revplan.planning.windows import Window, windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from revplan.planning.explain.flow import MaximumFlow
    from revplan.planning.instance import NumberedTask
    from revplan.planning.problem import Allocation, Candidate, SprintProblem, TaskAssignment

    Kind = Literal["sprint", "line", "share"]


def explain(problem: SprintProblem, allocation: Allocation) -> dict[str, Reason]:
    """Return the reason of every candidate that is not placed, by tactic."""
    placed = Placed(problem, allocation, _Hours(problem, allocation))
    parked = (candidate for candidate in problem.candidates if candidate.id not in placed.names)
    return {one.id: _what_binds(placed, one) or placed.reason_by_value(one) for one in parked}


def explain_in_passing(problem: SprintProblem, allocation: Allocation) -> dict[str, Reason]:
    """Return the same by arithmetic alone; what that does not keep out is said to be outranked, fit or not."""
    placed = Placed(problem, allocation, None)
    parked = (candidate for candidate in problem.candidates if candidate.id not in placed.names)
    return {one.id: _ask(placed, one) or placed.reason_by_value(one) for one in parked}


def _what_binds(placed: Placed, candidate: Candidate) -> Reason | None:
    """Return the reason found; hours come before a share that lacks no more of them, for they are what is done."""
    found = _ask(placed, candidate)
    by_hours = hours.explain(placed, candidate) if found is not None and found.code == "share" else None
    return by_hours if found and by_hours and _minutes(by_hours) >= _minutes(found) else found


def _ask(placed: Placed, candidate: Candidate) -> Reason | None:
    """Return what the first constraint says that says anything, with what the next ones add of the same kind."""
    found: Reason | None = None
    for constraint in CONSTRAINTS:
        said = constraint.explain(placed, candidate)
        if found is None:
            found = said
        elif said is not None and said.code == found.code:
            short = tuple(sorted((*found.short, *said.short), key=lambda one: one.of))
            found = Reason(found.code, short, tuple(sorted({*found.blockers, *said.blockers})))
        else:
            break
    return found


def _minutes(reason: Reason) -> int:
    """Return the most that is lacking: a tactic counts in each of several shares, but each skill does its own part."""
    lacking = [short.at_least for short in reason.short]
    return max(lacking, default=0) if reason.code == "share" else sum(lacking)


# --- by arithmetic -----------------------------------------------------------------------------------------------


class _Limit(NamedTuple):
    """What the placed tactics leave of cash or of a share's hours, below 0 where they take more.

    Attributes:
        kind: the sprint's cash, a budget line or a share.
        of: the budget line, `sprint`, or the share.
        counted: the tactics it counts.
        left: cents or minutes.
        takers: the placed ones among those, sorted.
    """

    kind: Kind
    of: str
    counted: frozenset[str]
    left: int
    takers: tuple[str, ...]


class Placed:
    """The placed tactics, and what they leave: all that a constraint's `explain` may ask.

    Attributes:
        names: of the placed tactics.
        limits: the sprint's budget, the budget lines and the shares.
    """

    def __init__(self, problem: SprintProblem, allocation: Allocation, hours_left: _Hours | None) -> None:
        self.names = frozenset(allocation.placed)
        self._hours = hours_left
        self._number = {candidate.id: number for number, candidate in enumerate(problem.candidates)}
        cost = {one.id: one.cost for one in problem.candidates if one.cost}
        minutes = {one.id: one.minutes for one in problem.candidates}
        sums: list[tuple[Kind, str, int, dict[str, int]]] = []
        if problem.budget is not None:
            sums.append(("sprint", "sprint", problem.budget, cost))
        for line, most in problem.lines:
            takes = {one.id: one.takes(line) for one in problem.candidates if line in one.purses}
            sums.append(("line", line, most, {name: cents for name, cents in takes.items() if cents}))
        sums += (
            ("share", share.of, share.limit, {name: minutes[name] for name in share.candidates if name in minutes})
            for share in problem.shares
        )
        self.limits = tuple(self._limit(*one) for one in sums)
        self._takers: dict[tuple[int, ...], tuple[str, ...]] = {}

    def _limit(self, kind: Kind, of: str, most: int, takes: Mapping[str, int]) -> _Limit:
        takers = tuple(sorted(takes.keys() & self.names))
        return _Limit(kind, of, frozenset(takes), most - sum(takes[name] for name in takers), takers)

    def beyond(self, kind: Kind, candidate: Candidate) -> tuple[tuple[Short, ...], tuple[str, ...]]:
        """Return what the limits of a kind lack of what a tactic needs, sorted, and the placed tactics that take it."""
        tight = self.tight(kind, candidate)
        return self.short(tight, candidate), self.takers(tight)

    def short_of_hours(self, candidate: Candidate) -> Reason | None:
        """Return what people's hours lack for a tactic beside what is placed; None where they do, or are not asked."""
        return self._hours.reason(self._number[candidate.id]) if self._hours is not None else None

    def apart(self, candidate: Candidate) -> Reason | None:
        """Return that people have the hours for a tactic, but not on the same days; None where that is not so."""
        if self._hours is None or self.short_of_hours(candidate) is not None:
            return None
        tactic = self._number[candidate.id]
        found = self._hours.tasks_apart(tactic)
        return Reason("no-time", blockers=self._hours.in_the_way(tactic), apart=found) if found else None

    def reason_by_value(self, candidate: Candidate) -> Reason:
        """Return the reason of a tactic that would fit, but only in place of others."""
        blockers = self._hours.in_the_way(self._number[candidate.id]) if self._hours is not None else ()
        return Reason("outranked", blockers=blockers)

    def tight(self, kind: Kind, candidate: Candidate) -> tuple[int, ...]:
        """Return the positions of the limits of a kind that leave a tactic less than it needs."""
        return tuple(
            number
            for number, limit in enumerate(self.limits)
            if limit.kind == kind and candidate.id in limit.counted and _need(limit, candidate) > limit.left
        )

    def short(self, limits: tuple[int, ...], candidate: Candidate) -> tuple[Short, ...]:
        """Return what each of these limits lacks of what a tactic needs, sorted."""
        tight = [self.limits[limit] for limit in limits]
        lacking = (Short(_unit(one), one.of, _need(one, candidate) - one.left) for one in tight)
        return tuple(sorted(lacking, key=_by_name))

    def takers(self, limits: tuple[int, ...]) -> tuple[str, ...]:
        """Return the placed tactics that take of any of these limits, by position, sorted: the same for most parked."""
        if limits not in self._takers:
            self._takers[limits] = tuple(sorted({name for limit in limits for name in self.limits[limit].takers}))
        return self._takers[limits]


def _unit(limit: _Limit) -> Literal["hours", "cash"]:
    return "hours" if limit.kind == "share" else "cash"


def _need(limit: _Limit, candidate: Candidate) -> int:
    """Return what a tactic takes of a limit: minutes of a share, cents of the sprint's cash or of a budget line."""
    if limit.kind == "share":
        return candidate.minutes
    return candidate.cost if limit.kind == "sprint" else candidate.takes(limit.of)


def _by_name(short: Short) -> str:
    return short.of


# --- by hours ----------------------------------------------------------------------------------------------------


class _Hours:
    """The placed work as a flow, and what is missing for each candidate beside it."""

    def __init__(self, problem: SprintProblem, allocation: Allocation) -> None:
        self._instance = build_instance(problem)
        self._windows = windows(self._instance)
        by_worker: dict[str, list[TaskAssignment]] = {}
        for assignment in allocation.assignments:
            by_worker.setdefault(assignment.worker, []).append(assignment)
        self._of_worker = [by_worker.get(worker.id, []) for worker in problem.workers]
        self._busy: dict[tuple[tuple[int, ...], Window], frozenset[str]] = {}
        work = pieces(self._instance, self._windows)
        self._empty = placed_flow(self._instance, work, replace(allocation, assignments=()))
        self._flow = placed_flow(self._instance, work, allocation)

    def reason(self, tactic: int) -> Reason | None:
        """Return why the candidate does not fit into people's hours beside what is placed; None where it does."""
        tasks = [self._instance.tasks[number] for number in self._instance.of[tactic]]
        last = self._instance.problem.last_day(self._instance.candidates[tactic])
        anywhere = [(task, Window(0, last)) for task in tasks]
        in_windows = [(task, self._windows[task.number]) for task in tasks if task.number in self._windows]
        if len(in_windows) < len(tasks):
            return self._dead(anywhere)
        missing = self._missing(self._flow, in_windows)
        if not missing:
            return None
        is_short_anywhere = bool(self._missing(self._flow, anywhere))
        return Reason("capacity" if is_short_anywhere else "no-time", _short(missing))

    def tasks_apart(self, tactic: int) -> tuple[str, ...]:
        """Return the tasks of a candidate whose people are free for as long, but not on the same days."""
        instance, found = self._instance, []
        for group in people.groups(instance, instance.of[tactic]):
            tasks = [instance.tasks[number] for number in group]
            window = self._windows.get(group[0])
            if window is not None and is_at_once(task.job for task in tasks):
                free = [{instance.workers[one].id: self._free(one, window) for one in task.workers} for task in tasks]
                if not people.can_meet(free, tasks[0].job.minutes):
                    found.append(tasks[0].job.task)
        return tuple(sorted(found))

    def _free(self, worker: int, window: Window) -> list[int]:
        """Return the minutes that what is placed leaves a member on each day of a window."""
        left = [*self._instance.workers[worker].minutes]
        for assignment in self._of_worker[worker]:
            for day, minutes in assignment.days:
                left[day] -= minutes
        return left[window.release : window.deadline + 1]

    def _dead(self, anywhere: Sequence[tuple[NumberedTask, Window]]) -> Reason:
        """Return why a candidate could not be placed even in an empty sprint."""
        too_large: dict[str, int] = {}
        for task, _ in anywhere:
            totals = [self._instance.calendars[worker].total[-1] for worker in task.workers]
            most = sum(totals) if task.job.split else max(totals, default=0)
            if task.job.minutes > most:
                too_large[_name(task)] = max(too_large.get(_name(task), 0), task.job.minutes - most)
        missing = too_large or self._missing(self._empty, anywhere)
        return Reason("capacity", _short(missing)) if missing else Reason("no-time")

    def _missing(self, flow: MaximumFlow, work: Iterable[tuple[NumberedTask, Window]]) -> dict[str, int]:
        """Return the minutes that find no room in the flow, by skill, or by member where one is named.

        Tasks with the least choice come first: what is left of a named member goes to their own task, not to one that
        others could do too. The sum is the same in any order.
        """
        ordered = sorted(work, key=_by_choice)
        pieces = [(piece(task, window), task.job.minutes) for task, window in ordered]
        missing: dict[str, int] = {}
        for (task, _), minutes in zip(ordered, flow.unmet(pieces), strict=True):
            if minutes:
                missing[_name(task)] = missing.get(_name(task), 0) + minutes
        return missing

    def in_the_way(self, tactic: int) -> tuple[str, ...]:
        """Return the placed tactics that take hours of those who could do the candidate's work, within its days."""
        tasks = [self._instance.tasks[number] for number in self._instance.of[tactic]]
        work = ((task, self._windows[task.number]) for task in tasks if task.number in self._windows)
        return tuple(sorted(set().union(*(self._busy_with(task.workers, window) for task, window in work))))

    def _busy_with(self, workers: tuple[int, ...], window: Window) -> frozenset[str]:
        """Return the placed tactics that these workers work on in these days; the same is asked for many tasks."""
        if (workers, window) not in self._busy:
            self._busy[workers, window] = frozenset(
                assignment.tactic
                for worker in workers
                for assignment in self._of_worker[worker]
                if assignment.start <= window.deadline and assignment.due >= window.release
            )
        return self._busy[workers, window]


def _by_choice(work: tuple[NumberedTask, Window]) -> tuple[object, ...]:
    """Order tasks by who could do them: a named member, then few members, then more."""
    task = work[0]
    return task.job.owner is None, len(task.workers), _name(task), task.number


def _name(task: NumberedTask) -> str:
    return task.job.owner or task.job.skill


def _short(missing: Mapping[str, int]) -> tuple[Short, ...]:
    return tuple(Short("hours", of, minutes) for of, minutes in sorted(missing.items()))
