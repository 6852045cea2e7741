"""Why each candidate that was not placed is parked.

First by arithmetic on what the placed tactics leave: what it requires, what it excludes, cash and shares. Then by
a maximum flow, which names the skills that are short and by how much at least.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from revplan.planning.explain.claims import Reason, Short
from revplan.planning.explain.flow import piece, pieces, placed_flow
from revplan.planning.network import network
from revplan.planning.windows import Window, windows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from revplan.planning.explain.flow import MaximumFlow
    from revplan.planning.network import NumberedTask
    from revplan.planning.problem import Allocation, Candidate, SprintProblem, TaskAssignment

    Kind = Literal["cash", "hours"]
    Look = Callable[["_Placed", Candidate], Reason | None]


def explain(problem: SprintProblem, allocation: Allocation) -> dict[str, Reason]:
    """Return the reason of every candidate that is not placed, by tactic."""
    placed = _Placed(problem, allocation)
    hours = _Hours(problem, allocation)
    return {
        candidate.id: _what_binds(_by_arithmetic(placed, candidate), hours, number)
        for number, candidate in enumerate(problem.candidates)
        if candidate.id not in placed.names
    }


def explain_in_passing(problem: SprintProblem, allocation: Allocation) -> dict[str, Reason]:
    """Return the same by arithmetic alone; what that does not keep out is said to be outranked, fit or not."""
    placed = _Placed(problem, allocation)
    parked = (candidate for candidate in problem.candidates if candidate.id not in placed.names)
    return {one.id: _by_arithmetic(placed, one) or Reason("outranked") for one in parked}


def _what_binds(found: Reason | None, hours: _Hours, number: int) -> Reason:
    """Return the reason found; hours come before a share that lacks no more of them, for they are what is done."""
    if found is not None and found.code != "share":
        return found
    by_hours = hours.reason(number)
    return by_hours if found is None or _minutes(by_hours) >= _minutes(found) else found


def _minutes(reason: Reason) -> int:
    """Return the most that is lacking: a tactic counts in each of several shares, but each skill does its own part."""
    lacking = [short.at_least for short in reason.short]
    return max(lacking, default=0) if reason.code == "share" else sum(lacking)


# --- by arithmetic -----------------------------------------------------------------------------------------------


class _Limit(NamedTuple):
    """What the placed tactics leave of cash or of a share's hours, below 0 where they take more.

    Attributes:
        kind: cash or hours.
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


class _Placed:
    """The placed tactics, and what they leave of each limit.

    Attributes:
        names: of the placed tactics.
        limits: the sprint's budget, the budget lines and the shares.
    """

    def __init__(self, problem: SprintProblem, allocation: Allocation) -> None:
        self.names = frozenset(allocation.placed)
        cost = {one.id: one.cost for one in problem.candidates if one.cost}
        minutes = {one.id: one.minutes for one in problem.candidates}
        cash = [("sprint", problem.budget, cost)] if problem.budget is not None else []
        for line, most in problem.lines:
            takes = {one.id: one.takes(line) for one in problem.candidates if line in one.purses}
            cash.append((line, most, {name: cents for name, cents in takes.items() if cents}))
        shares = [(share.of, frozenset(share.candidates), share.limit) for share in problem.shares]
        self.limits = (
            *(self._limit("cash", of, frozenset(takes), most, takes) for of, most, takes in cash),
            *(self._limit("hours", of, counted, most, minutes) for of, counted, most in shares),
        )
        self._takers: dict[tuple[int, ...], tuple[str, ...]] = {}

    def _limit(self, kind: Kind, of: str, counted: frozenset[str], most: int, takes: Mapping[str, int]) -> _Limit:
        takers = tuple(sorted(counted & self.names))
        return _Limit(kind, of, counted, most - sum(takes[name] for name in takers), takers)

    def tight(self, kind: Kind, candidate: Candidate) -> tuple[int, ...]:
        """Return the positions of the limits of a kind that leave a tactic less than it needs."""
        return tuple(
            number
            for number, limit in enumerate(self.limits)
            if limit.kind == kind and candidate.id in limit.counted and _need(limit, candidate) > limit.left
        )

    def short(self, limits: tuple[int, ...], candidate: Candidate) -> tuple[Short, ...]:
        """Return what each of these limits lacks of what a tactic needs, sorted."""
        tight = (self.limits[limit] for limit in limits)
        lacking = (Short(one.kind, one.of, _need(one, candidate) - one.left) for one in tight)
        return tuple(sorted(lacking, key=_by_name))

    def takers(self, limits: tuple[int, ...]) -> tuple[str, ...]:
        """Return the placed tactics that take of any of these limits, by position, sorted: the same for most parked."""
        if limits not in self._takers:
            self._takers[limits] = tuple(sorted({name for limit in limits for name in self.limits[limit].takers}))
        return self._takers[limits]


def _need(limit: _Limit, candidate: Candidate) -> int:
    """Return what a tactic takes of a limit: minutes of a share, cents of the sprint's cash or of a budget line."""
    if limit.kind == "hours":
        return candidate.minutes
    return candidate.cost if limit.of == "sprint" else candidate.takes(limit.of)


def _by_arithmetic(placed: _Placed, candidate: Candidate) -> Reason | None:
    reasons = (look(placed, candidate) for look in LOOKS)
    return next((reason for reason in reasons if reason is not None), None)


def _requires(placed: _Placed, candidate: Candidate) -> Reason | None:
    """Something it requires is parked."""
    missing = tuple(sorted(name for name in candidate.requires if name not in placed.names))
    return Reason("requires", blockers=missing) if missing else None


def _excludes(placed: _Placed, candidate: Candidate) -> Reason | None:
    """An alternative to it is placed."""
    chosen = tuple(sorted(name for name in candidate.excludes if name in placed.names))
    return Reason("excludes", blockers=chosen) if chosen else None


def _budget(placed: _Placed, candidate: Candidate) -> Reason | None:
    """The placed tactics leave less cash, in the sprint or on its budget line, than it costs."""
    tight = placed.tight("cash", candidate)
    return Reason("budget", placed.short(tight, candidate), placed.takers(tight)) if tight else None


def _share(placed: _Placed, candidate: Candidate) -> Reason | None:
    """A share's limit leaves less than its hours."""
    tight = placed.tight("hours", candidate)
    return Reason("share", placed.short(tight, candidate), placed.takers(tight)) if tight else None


LOOKS: tuple[Look, ...] = (_requires, _excludes, _budget, _share)
"""Tried in this order; the first that finds something gives the reason."""


def _by_name(short: Short) -> str:
    return short.of


# --- by hours ----------------------------------------------------------------------------------------------------


class _Hours:
    """The placed work as a flow, and what is missing for each candidate beside it."""

    def __init__(self, problem: SprintProblem, allocation: Allocation) -> None:
        self._network = network(problem)
        self._windows = windows(self._network)
        self._whole = Window(0, len(problem.days) - 1)
        by_worker: dict[str, list[TaskAssignment]] = {}
        for assignment in allocation.assignments:
            by_worker.setdefault(assignment.worker, []).append(assignment)
        self._of_worker = [by_worker.get(worker.id, []) for worker in problem.workers]
        self._busy: dict[tuple[tuple[int, ...], Window], frozenset[str]] = {}
        work = pieces(self._network, self._windows)
        self._empty = placed_flow(self._network, work, replace(allocation, assignments=()))
        self._flow = placed_flow(self._network, work, allocation)

    def reason(self, tactic: int) -> Reason:
        """Return why the candidate does not fit into people's hours beside what is placed."""
        tasks = [self._network.tasks[number] for number in self._network.of[tactic]]
        anywhere = [(task, self._whole) for task in tasks]
        given = [self._windows[task.number] for task in tasks]
        in_windows = [(task, window) for task, window in zip(tasks, given, strict=True) if window is not None]
        if len(in_windows) < len(tasks):
            return self._dead(anywhere)
        missing = self._missing(self._flow, in_windows)
        if not missing:
            return Reason("outranked", blockers=self._in_the_way(in_windows))
        is_short_anywhere = bool(self._missing(self._flow, anywhere))
        return Reason("capacity" if is_short_anywhere else "no-time", _short(missing))

    def _dead(self, anywhere: Sequence[tuple[NumberedTask, Window]]) -> Reason:
        """Return why a candidate could not be placed even in an empty sprint."""
        too_large: dict[str, int] = {}
        for task, _ in anywhere:
            totals = [self._network.calendars[worker].total[-1] for worker in task.workers]
            most = sum(totals) if task.job.split else max(totals, default=0)
            if task.job.minutes > most:
                too_large[_name(task)] = max(too_large.get(_name(task), 0), task.job.minutes - most)
        missing = too_large or self._missing(self._empty, anywhere)
        return Reason("capacity", _short(missing)) if missing else Reason("no-time")

    def _missing(self, flow: MaximumFlow, work: Iterable[tuple[NumberedTask, Window]]) -> dict[str, int]:
        """Return the minutes that find no room in the flow, by skill, or by member where one is named."""
        ordered = sorted(work, key=lambda entry: (_name(entry[0]), entry[0].number))
        pieces = [(piece(task, window), task.job.minutes) for task, window in ordered]
        missing: dict[str, int] = {}
        for (task, _), minutes in zip(ordered, flow.unmet(pieces), strict=True):
            if minutes:
                missing[_name(task)] = missing.get(_name(task), 0) + minutes
        return missing

    def _in_the_way(self, work: Iterable[tuple[NumberedTask, Window]]) -> tuple[str, ...]:
        """Return the placed tactics that take hours of those who could do the work, within its days."""
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


def _name(task: NumberedTask) -> str:
    return task.job.owner or task.job.skill


def _short(missing: Mapping[str, int]) -> tuple[Short, ...]:
    return tuple(Short("hours", of, minutes) for of, minutes in sorted(missing.items()))
