"""Every day of the plan that belongs into a calendar: meetings, days something is due, launches."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.campaigns import FINISHED, asset_statuses
from revplan.analysis.meetings import meetings_ahead, periods_ahead
from revplan.analysis.progress import done_tasks, open_tactics
from revplan.analysis.recurring import occurrences
from revplan.analysis.workload import open_sprints, people_still_at, unfinished_assignments
from revplan.wording import exact_hours, plural

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, time

    from revplan.model.context import Context

_TITLES = {"weekly": "Weekly revenue team meeting", "sprint": "Sprint planning", "quarter": "Strategy session"}


class Event(NamedTuple):
    """Something on a day, or on several.

    Attributes:
        id: the same for the same thing on every export, so that a calendar replaces what it has.
        people: members it concerns, by id.
        starts: the time of day at which it begins; None for what takes the whole day, or has no time.
        minutes: how long it takes from then on.
    """

    id: str
    title: str
    first: date
    last: date
    details: str = ""
    people: tuple[str, ...] = ()
    starts: time | None = None
    minutes: int = 0


def events(context: Context, member: str | None = None) -> tuple[Event, ...]:
    """Return in order the events of the present period and later, and open work however long it is overdue.

    What is past in the present period stays, so that the events are the same from day to day.

    Args:
        context: the plan and the day.
        member: whose events, and those that concern everybody; None for all.
    """
    start = periods_ahead(context)[0].start
    overdue = (*_tasks(context), *_todos(context))
    found = (
        *_meetings(context),
        *_recurring(context),
        *_deadlines(context),
        *_campaigns(context),
        *_from_outside(context),
    )
    ahead = (*overdue, *(event for event in found if event.last >= start))
    own = (event for event in ahead if member is None or not event.people or member in event.people)
    return tuple(sorted(own, key=lambda event: (event.first, event.id)))


def _meetings(context: Context) -> Iterator[Event]:
    for held in meetings_ahead(context):
        if held.away and not held.attendees:
            continue  # nobody is there
        yield Event(
            id=f"meeting-{held.kind}-{held.day}",
            title=_TITLES[held.kind],
            first=held.day,
            last=held.day,
            details=plural(held.minutes, "minute"),
            people=held.attendees,
            starts=held.starts,
            minutes=held.minutes,
        )


def _tasks(context: Context) -> Iterator[Event]:
    for sprint in open_sprints(context):
        for one in unfinished_assignments(sprint):
            if one.row.due is not None:
                tactic = context.plan.tactics.get(one.tactic)
                task = tactic.tasks.get(one.task) if tactic is not None else None
                called = task.title if task is not None and task.title else one.task
                title = f"{tactic.title if tactic is not None else one.tactic}: {called}"
                name = f"task-{sprint.id}-{one.tactic}-{one.task}"
                begins = one.row.start if task is not None and task.people > 1 else None
                details = f"Due in sprint {sprint.id}{f', at once from {begins} on' if begins is not None else ''}"
                if task is not None and task.deadline == one.row.due:
                    details += "; last day of the task"
                yield Event(name, title, one.row.due, one.row.due, details, people_still_at(one.row))


def _todos(context: Context) -> Iterator[Event]:
    for todo in context.plan.todos.values():
        if todo.status == "open" and todo.due is not None:
            people = (todo.owner,) if todo.owner is not None else ()
            yield Event(f"todo-{todo.id}", todo.title, todo.due, todo.due, "To-do", people)


def _recurring(context: Context) -> Iterator[Event]:
    """Yield an event for each day on which recurring work falls due. Daily work has none: it would fill every day."""
    standing = ((one, one.recurrence) for one in context.plan.with_status("ready"))
    rarer = [one for one, recurrence in standing if recurrence is not None and recurrence.unit != "day"]
    for period in periods_ahead(context) if rarer else ():
        for tactic in rarer:
            people = tuple(dict.fromkeys(owner for task in tactic.tasks.values() for owner in task.owners))
            details = f"{exact_hours(tactic.minutes)}, {tactic.recurring}"
            for day in occurrences(context.plan.settings, tactic, period, period.start):
                yield Event(f"recurring-{tactic.id}-{day}", tactic.title, day, day, details, people)


def _deadlines(context: Context) -> Iterator[Event]:
    """Yield the last days of tactics and tasks; not that of a task which is due on that day, and so entered already."""
    done = done_tasks(context.plan)
    unfinished = (one for sprint in open_sprints(context) for one in unfinished_assignments(sprint))
    entered = {(one.tactic, one.task, one.row.due) for one in unfinished}
    for tactic in open_tactics(context.plan):
        if tactic.deadline is not None:
            yield Event(
                f"deadline-{tactic.id}", tactic.title, tactic.deadline, tactic.deadline, "Last day of the tactic"
            )
        for name, task in tactic.tasks.items():
            if task.deadline is None or name in done.get(tactic.id, ()):
                continue
            if (tactic.id, name, task.deadline) not in entered:
                title = f"{tactic.title}: {task.title or name}"
                people = task.owners
                event = f"deadline-{tactic.id}-{name}"
                yield Event(event, title, task.deadline, task.deadline, "Last day of the task", people)


def _campaigns(context: Context) -> Iterator[Event]:
    for campaign in context.plan.campaigns.values():
        yield Event(
            f"launch-{campaign.id}", f"Launch: {campaign.title}", campaign.start, campaign.start, campaign.message
        )
        for day, text in campaign.milestones.items():
            yield Event(f"milestone-{campaign.id}-{day}", f"{campaign.title}: {text or 'milestone'}", day, day)
        for name, status in asset_statuses(context.plan, campaign).items():
            asset = campaign.assets[name]
            if asset.due is not None and status not in FINISHED:
                people = (asset.owner,) if asset.owner is not None else ()
                title = f"{campaign.title}: {asset.title or name}"
                yield Event(f"asset-{campaign.id}-{name}", title, asset.due, asset.due, f"For {asset.channel}", people)


def _from_outside(context: Context) -> Iterator[Event]:
    for name, each in context.plan.strategy.inputs.items():
        yield Event(f"input-{name}", each.title, each.date, each.date, each.kind.capitalize())
        if each.lead_days:
            begin = each.date - timedelta(days=each.lead_days)
            yield Event(f"begin-{name}", f"Begin to prepare: {each.title}", begin, begin, f"For {each.date}")
