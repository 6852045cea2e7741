"""The tasks of a tactic that are still to be done, as jobs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.analysis.progress import has_begun
from revplan.analysis.waiting import day_after
from revplan.analysis.workload import split_rest
from revplan.model.calendar import company_calendar
from revplan.model.numbers import QUARTER_HOUR
from revplan.planning.problem import PART, Job

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from revplan.model.sprints import SprintTask
    from revplan.model.tactics import Task
    from revplan.model.waits import Wait
    from revplan.planning.situation import Situation


def jobs(situation: Situation, tactic: str, first: int, last: int, *, runs_over: bool = False) -> tuple[Job, ...]:
    """Return what is left of a tactic's tasks, sorted.

    Args:
        situation: what planning starts from.
        tactic: its id.
        first: number of the first day on which it may be worked on.
        last: number of the last day.
        runs_over: it has begun and cannot end in time, so its tasks' deadlines are past keeping.
    """
    progress = situation.progress[tactic]
    rows = progress.row.tasks if progress.row is not None and progress.row.dropped is None else {}
    found: list[Job] = []
    for name, minutes in progress.left.items():
        task = situation.plan.tactics[tactic].tasks[name]
        job = Job(
            id=name,
            skill=task.skill,
            minutes=minutes,
            level=task.level,
            owner=task.owner,
            split=task.split and task.people == 1,
            after=tuple(sorted(set(task.after) & progress.left.keys())),
            release=_release(situation, tactic, name),
            deadline=None if runs_over else _deadline(situation, tactic, name),
            waits=_waits(situation, tactic, name),
        )
        window = range(first, last + 1)
        if task.people > 1:
            found.extend(_parts(situation, job, task, progress.begun_rows.get(name), rows.get(name), window))
            continue
        if (
            job.owner is None
            and name in progress.hands_on
            and _can_go_on(situation, job, progress.hands_on[name], window)
        ):
            job = replace(job, owner=progress.hands_on[name])
        if name in rows:
            job = _as_written(situation, job, rows[name], window)
        found.append(job)
    return _after_all_parts(found)


def _parts(
    situation: Situation, job: Job, task: Task, begun: SprintTask | None, row: SprintTask | None, window: range
) -> Iterator[Job]:
    """Yield a job for each person of a task that several do at once.

    New work is as much for each. Whoever has begun goes on with what is left of their own part, where they still can.

    Args:
        situation: what planning starts from.
        job: the task as if one person did it all.
        task: as the backlog has it.
        begun: the task as the sprint has it in which it was begun last; None where it was not.
        row: the task as the sprint that is planned has it.
        window: the numbers of the days on which it may be worked on.
    """
    written = row.people if row is not None else {}
    span = _span(situation, row, window, job.minutes) if row is not None else None
    who = _rest(begun, job.minutes) if begun is not None else ()
    who = who or tuple((name, -(-job.minutes // task.people)) for name in _names(task, written))
    for place, (name, minutes) in enumerate(who, 1):
        part = replace(
            job,
            id=f"{job.id}{PART}{place}" if len(who) > 1 else job.id,
            minutes=minutes,
            owner=name if name in task.owners else None,
            of=job.id if len(who) > 1 else None,
        )
        if begun is not None and _can_go_on(situation, part, name, window):
            part = replace(part, owner=name)
        yield replace(part, written=((name, minutes),) if name in written else (), span=span)


def _rest(row: SprintTask, minutes: int) -> tuple[tuple[str, int], ...]:
    """Return what is left of a task of each of its people who has some of it left, sorted."""
    return tuple(sorted((name, own) for name, own in split_rest(row, minutes).items() if own))


def _names(task: Task, written: Mapping[str, int]) -> list[str]:
    """Return a name for each of the people of a task: whom it is pinned to, or whom the sprint has, else nobody's."""
    return [*(sorted(task.owners) or sorted(written)), *("" for _ in range(task.people))][: task.people]


def _after_all_parts(found: Sequence[Job]) -> tuple[Job, ...]:
    """Return jobs, sorted, each of which follows all the parts of a task that several people do at once."""
    parts: dict[str, list[str]] = {}
    for job in found:
        if job.of is not None:
            parts.setdefault(job.of, []).append(job.id)
    if not parts:
        return tuple(found)
    return tuple(
        sorted(
            (
                replace(
                    job,
                    after=tuple(sorted(one for first in job.after for one in parts.get(first, (first,)))),
                    waits=tuple(sorted((one, wait) for first, wait in job.waits for one in parts.get(first, (first,)))),
                )
                for job in found
            ),
            key=lambda job: job.id,
        )
    )


def _release(situation: Situation, tactic: str, name: str) -> int:
    """Return the first day by a task's own dates, and by its waits after what is complete; what has begun goes on."""
    if name in situation.progress[tactic].begun:
        return 0
    task = situation.plan.tactics[tactic].tasks[name]
    days = [task.not_before, *_ends_of_waits(situation, tactic, task)]
    return max([0, *(situation.day_number(day) for day in days if day is not None)])


def _ends_of_waits(situation: Situation, tactic: str, task: Task) -> Iterator[date]:
    """Yield the first day after each wait that began when something complete, or in another sprint, was done."""
    progress = situation.progress
    if task.after:
        ends = [(progress[tactic].ended.get(first), task.wait_after(first)) for first in task.after]
    else:
        requires = [name for name in situation.plan.tactics[tactic].requires if name in progress]
        ends = [(_end_of(situation, name), task.wait) for name in requires]
    for end, wait in ends:
        if end is not None and wait is not None:
            yield day_after(company_calendar(situation.plan.settings), end, wait)


def _end_of(situation: Situation, tactic: str) -> date | None:
    """Return the day on which a tactic is complete; None where it competes for the sprint, or no day is known."""
    progress = situation.progress[tactic]
    if progress.due is not None:
        return progress.due
    done = situation.plan.tactics[tactic].done
    return (
        max([*progress.ended.values(), *([done] if done else [])], default=None) if progress.is_done or done else None
    )


def _waits(situation: Situation, tactic: str, name: str) -> tuple[tuple[str, Wait], ...]:
    """Return how long a task waits after each task that is still to be done, and after what its tactic requires."""
    found = situation.plan.tactics[tactic]
    task = found.tasks[name]
    if name in situation.progress[tactic].begun:
        return ()
    if not task.after:
        return (("", task.wait),) if task.wait is not None and found.requires else ()
    waits = ((first, task.wait_after(first)) for first in sorted(situation.progress[tactic].left))
    return tuple((first, wait) for first, wait in waits if first in task.after and wait is not None)


def _deadline(situation: Situation, tactic: str, name: str) -> int | None:
    """Return the last day by a task's own dates; a deadline that has passed does not take out what has begun."""
    day = situation.plan.tactics[tactic].tasks[name].deadline
    if day is None or (day < situation.since and situation.is_kept(tactic)):
        return None
    return situation.day_number(day)


def _as_written(situation: Situation, job: Job, row: SprintTask, window: range) -> Job:
    """Return the job with its written owners and days; whoever has begun it keeps it, where they still can do it."""
    owner = job.owner
    if row.owner is not None and has_begun(row) and _can_go_on(situation, job, row.owner, window):
        owner = row.owner
    return replace(
        job,
        owner=owner,
        written=_rest(row, job.minutes),
        span=_span(situation, row, window, job.minutes),
    )


def _span(situation: Situation, row: SprintTask, window: range, minutes: int) -> tuple[int, int] | None:
    """Return what is left of the written days; None where they are not written, or over.

    A last quarter of an hour has one day, the last: it cannot begin on one and end on another.
    """
    if row.due is None or situation.day_number(row.due) not in window:
        return None
    due = situation.day_number(row.due)
    start = situation.day_number(row.start or row.due) if minutes > QUARTER_HOUR else due
    return max(start, window.start), due


def _can_go_on(situation: Situation, job: Job, member: str, window: range) -> bool:
    worker = situation.ahead.get(member)
    if worker is None or not worker.has(job.skill, job.level):
        return False
    return sum(worker.minutes[day] for day in window if 0 <= day < len(worker.minutes)) >= job.minutes
