"""Why each candidate that was not placed is parked.

First by arithmetic on what the placed tactics leave: what it requires, what it excludes, cash and shares. Then by
a maximum flow, which names the skills that are short and by how much at least.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.planning.network import network
from revplan.planning.placed_flow import piece, pieces, placed_flow
from revplan.planning.reasons import Reason, Short
from revplan.planning.windows import Window, windows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from revplan.planning.flow import Flow
    from revplan.planning.network import Task
    from revplan.planning.problem import Allocation, Assignment, Candidate, SprintProblem

    Look = Callable[[SprintProblem, Mapping[str, Candidate], Candidate], Reason | None]


def explain(problem: SprintProblem, allocation: Allocation) -> dict[str, Reason]:
    """Return the reason of every candidate that is not placed, by tactic."""
    names = frozenset(allocation.placed)
    placed = {candidate.id: candidate for candidate in problem.candidates if candidate.id in names}
    hours = _Hours(problem, allocation)
    return {
        candidate.id: _what_binds(_by_arithmetic(problem, placed, candidate), hours, number)
        for number, candidate in enumerate(problem.candidates)
        if candidate.id not in placed
    }


def explain_in_passing(problem: SprintProblem, allocation: Allocation) -> dict[str, Reason]:
    """Return the same by arithmetic alone; what that does not keep out is said to be outranked, fit or not."""
    names = frozenset(allocation.placed)
    placed = {candidate.id: candidate for candidate in problem.candidates if candidate.id in names}
    parked = (candidate for candidate in problem.candidates if candidate.id not in placed)
    return {one.id: _by_arithmetic(problem, placed, one) or Reason("outranked") for one in parked}


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


def _by_arithmetic(problem: SprintProblem, placed: Mapping[str, Candidate], candidate: Candidate) -> Reason | None:
    reasons = (look(problem, placed, candidate) for look in LOOKS)
    return next((reason for reason in reasons if reason is not None), None)


def _requires(_problem: SprintProblem, placed: Mapping[str, Candidate], candidate: Candidate) -> Reason | None:
    """Something it requires is parked."""
    missing = tuple(sorted(name for name in candidate.requires if name not in placed))
    return Reason("requires", blockers=missing) if missing else None


def _excludes(_problem: SprintProblem, placed: Mapping[str, Candidate], candidate: Candidate) -> Reason | None:
    """An alternative to it is placed."""
    chosen = tuple(sorted(name for name in candidate.excludes if name in placed))
    return Reason("excludes", blockers=chosen) if chosen else None


def _budget(problem: SprintProblem, placed: Mapping[str, Candidate], candidate: Candidate) -> Reason | None:
    """The placed tactics leave less cash, in the sprint or on its budget line, than it costs."""
    if not candidate.cost:
        return None
    paying = [other for other in placed.values() if other.cost]
    on_line = [other for other in paying if other.line is not None and other.line == candidate.line]
    line_limit = dict(problem.lines).get(candidate.line) if candidate.line is not None else None
    short: list[Short] = []
    blockers: set[str] = set()
    for of, limit, spenders in (("sprint", problem.budget, paying), (candidate.line or "", line_limit, on_line)):
        missing = 0 if limit is None else candidate.cost + sum(other.cost for other in spenders) - limit
        if missing > 0:
            short.append(Short("cash", of, missing))
            blockers.update(other.id for other in spenders)
    return Reason("budget", tuple(sorted(short, key=_by_name)), tuple(sorted(blockers))) if short else None


def _share(problem: SprintProblem, placed: Mapping[str, Candidate], candidate: Candidate) -> Reason | None:
    """A share's limit leaves less than its hours."""
    short: list[Short] = []
    blockers: set[str] = set()
    for share in problem.shares:
        if candidate.id in share.candidates:
            counted = [placed[name] for name in share.candidates if name in placed]
            missing = candidate.minutes + sum(other.minutes for other in counted) - share.limit
            if missing > 0:
                short.append(Short("hours", share.of, missing))
                blockers.update(other.id for other in counted)
    return Reason("share", tuple(sorted(short, key=_by_name)), tuple(sorted(blockers))) if short else None


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
        by_worker: dict[str, list[Assignment]] = {}
        for assignment in allocation.assignments:
            by_worker.setdefault(assignment.worker, []).append(assignment)
        self._of_worker = [by_worker.get(worker.id, []) for worker in problem.workers]
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

    def _dead(self, anywhere: Sequence[tuple[Task, Window]]) -> Reason:
        """Return why a candidate could not be placed even in an empty sprint."""
        too_large: dict[str, int] = {}
        for task, _ in anywhere:
            totals = [self._network.calendars[worker].total[-1] for worker in task.workers]
            most = sum(totals) if task.job.split else max(totals, default=0)
            if task.job.minutes > most:
                too_large[_name(task)] = max(too_large.get(_name(task), 0), task.job.minutes - most)
        missing = too_large or self._missing(self._empty, anywhere)
        return Reason("capacity", _short(missing)) if missing else Reason("no-time")

    def _missing(self, flow: Flow, work: Iterable[tuple[Task, Window]]) -> dict[str, int]:
        """Return the minutes that find no room in the flow, by skill, or by member where one is named."""
        ordered = sorted(work, key=lambda entry: (_name(entry[0]), entry[0].number))
        pieces = [(piece(task, window), task.job.minutes) for task, window in ordered]
        missing: dict[str, int] = {}
        for (task, _), minutes in zip(ordered, flow.unmet(pieces), strict=True):
            if minutes:
                missing[_name(task)] = missing.get(_name(task), 0) + minutes
        return missing

    def _in_the_way(self, work: Iterable[tuple[Task, Window]]) -> tuple[str, ...]:
        """Return the placed tactics that take hours of those who could do the work, within its days."""
        return tuple(
            sorted(
                {
                    assignment.tactic
                    for task, window in work
                    for worker in task.workers
                    for assignment in self._of_worker[worker]
                    if assignment.start <= window.deadline and assignment.due >= window.release
                }
            )
        )


def _name(task: Task) -> str:
    return task.job.owner or task.job.skill


def _short(missing: Mapping[str, int]) -> tuple[Short, ...]:
    return tuple(Short("hours", of, minutes) for of, minutes in sorted(missing.items()))
