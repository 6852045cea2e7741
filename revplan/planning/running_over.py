"""Work that has begun and cannot end in its sprint runs over into the next: how far, when begun work goes first."""

from __future__ import annotations

from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from revplan.analysis.bookings import booked_minutes
from revplan.analysis.periods import Period, successive
from revplan.analysis.waiting import day_after
from revplan.model.calendar import company_calendar
from revplan.planning.situation import planning_inputs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from revplan.model.context import Context
    from revplan.model.waits import Wait
    from revplan.planning.problem import Candidate, Job
    from revplan.planning.situation import Situation

    Free = dict[str, list[int]]
    """Minutes that are free by member and day number."""

SPRINTS_AHEAD = 2
"""Sprints after this one into which begun work may run over."""


def look_ahead(context: Context, situation: Situation, running_over: Collection[str]) -> Situation:
    """Return the situation with the hours of the next sprints too, less what these have written down already."""
    minutes = {name: list(worker.minutes) for name, worker in situation.workers.items()}
    end = situation.period.end
    for period in successive(context.plan, situation.period, SPRINTS_AHEAD + 1)[1:]:
        between = [0] * ((period.start - end).days - 1)
        own = {
            name: list(worker.minutes)
            for name, worker in planning_inputs(context, period, period.start).workers.items()
        }
        sprint = context.plan.sprints.get(period.id)
        if sprint is not None:
            taken = booked_minutes(context, sprint, running_over)
            for name, minutes_by_day in own.items():
                minutes_of = zip(period.days, minutes_by_day, strict=True)
                own[name] = [max(0, there - taken.get(name, {}).get(day, 0)) for day, there in minutes_of]
        for name in minutes:
            minutes[name] += [*between, *own[name]]
        end = period.end
    days = Period(situation.period.id, situation.period.start, end).days
    ahead = {name: replace(worker, minutes=tuple(minutes[name])) for name, worker in situation.workers.items()}
    return replace(situation, days=days, ahead=ahead)


def last_day_of_two(situation: Situation, tactic: str) -> int:
    """Return the number of the last day of a tactic that may take this sprint and the next."""
    last = successive(situation.plan, situation.period, 2)[1].end
    deadline = situation.plan.tactics[tactic].deadline
    return situation.day_number(min(last, deadline) if deadline is not None else last)


def ends(
    situation: Situation, drafts: Mapping[str, Candidate], running_over: Collection[str], second: Collection[str] = ()
) -> dict[str, int]:
    """Return the last day number of each begun tactic that runs over: when it ends if begun work goes first.

    Begun work is laid out day by day, the earliest deadline first, each task with whoever has it, else with who ends
    it soonest. So neither new work nor a deadline that is far away puts off what has begun.

    Args:
        situation: what planning starts from.
        drafts: the tactics that compete.
        running_over: begun tactics that cannot end in the sprint.
        second: tactics whose second sprint this is of two that they may take: they end in it if they can.
    """
    free = {name: list(worker.minutes) for name, worker in situation.ahead.items()}
    begun = [draft for name, draft in drafts.items() if situation.is_kept(name) or name in second]
    found = {}
    for draft in sorted(begun, key=lambda one: (one.deadline, one.id)):
        before = {name: list(minutes) for name, minutes in free.items()} if draft.id in second else {}
        last = _take_hours(situation, draft, free, in_time=draft.id not in running_over)
        if draft.id in second and last is None:
            free = before
            last = _take_hours(situation, draft, free, in_time=False)
        elif draft.id in second:
            last = draft.deadline
        if last is not None and (draft.id in running_over or draft.id in second):
            found[draft.id] = last
    return found


def _take_hours(situation: Situation, draft: Candidate, free: Free, *, in_time: bool) -> int | None:
    """Take a tactic's hours from those that are free; return the day it ends, None where nobody can end it."""
    jobs = {job.id: job for job in draft.jobs}
    finished: dict[str, int] = {}
    beside: dict[str | None, set[str]] = {}
    for name in _in_turn(draft.jobs):
        known = (one for one in jobs[name].after if one in finished)
        begins = (_opens(situation, finished[one], dict(jobs[name].waits).get(one)) for one in known)
        first = max([draft.release, jobs[name].release, *begins])
        last = _last(draft, jobs[name]) if in_time else len(situation.days) - 1
        of = jobs[name].of
        taken = beside.setdefault(of, set()) if of is not None else set()
        end = _place(situation, jobs[name], free, range(first, last + 1), taken)
        if end is None:
            return None
        finished[name] = end
    return max(finished.values(), default=None)


def _opens(situation: Situation, day: int, wait: Wait | None) -> int:
    """Return the number of the first day of a task that waits for some time after a day."""
    if wait is None:
        return day
    return situation.day_number(day_after(company_calendar(situation.plan.settings), situation.days[day], wait))


def _last(draft: Candidate, job: Job) -> int:
    """Return the last day of a job that is to end in time."""
    return draft.deadline if job.deadline is None else min(draft.deadline, job.deadline)


def _in_turn(jobs: Iterable[Job]) -> tuple[str, ...]:
    try:
        return tuple(TopologicalSorter({job.id: job.after for job in jobs}).static_order())
    except CycleError:
        return ()


def _place(situation: Situation, job: Job, free: Free, days: range, beside: set[str]) -> int | None:
    """Give a job to whoever has it, else to who ends it soonest; return the day it ends.

    Args:
        situation: what planning starts from.
        job: the job.
        free: minutes that are left.
        days: on which it may be done.
        beside: who does it at once with whoever gets it, and so cannot be the same; that one is added.
    """
    skilled = (name for name, worker in situation.ahead.items() if worker.has(job.skill, job.level))
    able = [name for name in skilled if name not in beside]
    parts = dict(job.written) if job.split and len(job.written) > 1 else {}
    if parts and all(name in able for name in parts):
        done = [_take(free[name], minutes, days) for name, minutes in parts.items()]
        return max((day for day in done if day is not None), default=None)
    ending = {name: _end(free[name], job.minutes, days) for name in ([job.owner] if job.owner else able)}
    known = {name: day for name, day in ending.items() if day is not None}
    if not known:
        return None
    name = min(known, key=lambda name: (known[name], name))
    beside.add(name)
    return _take(free[name], job.minutes, days)


def _end(minutes: Sequence[int], work: int, days: range) -> int | None:
    """Return the day on which so many minutes are done; None where there are not so many."""
    for day in days:
        work -= minutes[day]
        if work <= 0:
            return day
    return None


def _take(minutes: list[int], work: int, days: range) -> int | None:
    """Take so many minutes from those of the days; return the last day that is touched, None where too few are left."""
    for day in days:
        taken = min(work, minutes[day])
        minutes[day] -= taken
        work -= taken
        if not work:
            return day
    return None


def minutes_after(situation: Situation, days: Iterable[tuple[int, int]]) -> int:
    """Return the minutes, given by day number, that lie after the sprint's end."""
    last = situation.day_number(situation.period.end)
    return sum(minutes for day, minutes in days if day > last)
