"""One page for one person: what to do in the sprint, why, by when, in what order, and who waits for whom."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any, NamedTuple

from revplan import wording
from revplan.analysis.meetings import meetings_held
from revplan.analysis.pace import pace
from revplan.analysis.periods import Period
from revplan.analysis.recurring import occurrences
from revplan.analysis.scoring import value
from revplan.analysis.sprint_due import due_sprint
from revplan.analysis.strategy import ending
from revplan.analysis.workload import assignments, by_member, people_still_at, task_order, work_log
from revplan.reports import names, sprint_tables, which_sprint
from revplan.reports.document import Align, Column, Document, Items, Line, Section, Table, bad, dim, strong, warn, words
from revplan.reports.look import look
from revplan.wording import as_hours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from revplan.analysis.meetings import Held
    from revplan.analysis.pace import MemberPace, TaskPace
    from revplan.analysis.workload import Assignment, LoggedWork, TaskOrder
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint
    from revplan.reports.document import Words

SCHEMA = "revplan/sprint-brief/2"
_FEW_DAYS = 6
"""Days that are named one by one on which recurring work comes round; a weekly one has five in a month."""


def members_of(context: Context, sprint: Sprint) -> tuple[str, ...]:
    """Return the members who have work in a sprint, in the order of the team."""
    working = {member for one in assignments(sprint) for member in one.row.people}
    return tuple(member for member in context.plan.team if member in working)


class _ByMember(NamedTuple):
    """What a sprint has of every member, worked out once for all of their pages.

    Attributes:
        order: which unfinished tasks follow which, of all members.
        paces: how far each is.
        tasks: of each, in the order of the sprint.
        log: the hours of each.
        meetings: those that each attends and that are still to come, by day and time.
    """

    order: TaskOrder
    paces: Mapping[str, MemberPace]
    tasks: Mapping[str, Sequence[TaskPace]]
    log: Mapping[str, Sequence[LoggedWork]]
    meetings: Mapping[str, Sequence[Held]]


def layout(context: Context, sprint: Sprint, member: str) -> Document:
    """Lay out a member's part of a written sprint."""
    return layouts(context, sprint, (member,))[member]


def layouts(context: Context, sprint: Sprint, members: Iterable[str]) -> dict[str, Document]:
    """Lay out the parts of several members of a written sprint, in the order given."""
    found = _find_by_member(context, sprint)
    return {member: _layout(context, sprint, member, found) for member in members}


def _find_by_member(context: Context, sprint: Sprint) -> _ByMember:
    found = pace(context, sprint)
    held = meetings_held(context.plan, Period(sprint.id, sprint.start, sprint.end))
    to_come = [each for each in held if each.day >= context.today]
    to_come.sort(key=lambda each: (each.day, each.starts or time.min, each.kind))
    return _ByMember(
        order=task_order(context.plan, sprint),
        paces={own.member: own for own in found.members},
        tasks=by_member(found.tasks, lambda task: task.at.row.people),
        log=by_member(work_log(sprint), lambda one: (one.member,)),
        meetings=by_member(to_come, lambda each: each.attendees),
    )


def _layout(context: Context, sprint: Sprint, member: str, found: _ByMember) -> Document:
    tasks = found.tasks.get(member, ())
    done = [task for task in tasks if task.at.row.status == "done" or _is_part_done(task, member)]
    to_do = [task for task in tasks if task not in done]
    return Document(
        title=f"{names.member(context.plan, member)} · {names.sprint(context.plan, sprint.id)}",
        lead=tuple(_lead(context, sprint, found.paces.get(member))),
        sections=tuple(_sections(context, sprint, member, found, to_do, done)),
        data=_data(context, sprint, member, found),
        look=look(context.plan),
    )


def _lead(context: Context, sprint: Sprint, own: MemberPace | None) -> Iterator[Words]:
    yield from which_sprint.unclosed_lines(due_sprint(context))
    if sprint.goal is not None:
        yield words("Goal: ", strong(sprint.goal))
    if own is None:
        yield words("No task of this sprint is yours.")
        return
    since = "from today on" if context.today > sprint.start else "in the sprint"
    yield words(
        strong(f"{wording.hours(own.left)} h to do"),
        f", {wording.about(own.free)} h to do it in {since}",
        bad(f": {wording.about(own.over)} h too many") if wording.about(own.over) != "0" else "",
        ".",
    )


def _sections(
    context: Context,
    sprint: Sprint,
    member: str,
    found: _ByMember,
    to_do: Sequence[TaskPace],
    done: Sequence[TaskPace],
) -> Iterator[Section]:
    plan = context.plan
    if to_do:
        yield _order(context, sprint, member, to_do)
    why = _why(context, to_do)
    if why is not None:
        yield why
    waits = tuple(_who_waits(plan, found.order, member, to_do))
    if waits:
        yield Section(words("Waiting"), (Items(waits),))
    recurring = [(name, own[member]) for name, own in sprint.recurring.items() if member in own]
    if recurring:
        items = tuple(
            words(f"{names.tactic(plan, name)}: {wording.hours(minutes)} h", dim(_comes_round(context, sprint, name)))
            for name, minutes in recurring
        )
        yield Section(words("Comes round again"), (Items(items),))
    if meetings := found.meetings.get(member):
        yield Section(words("Meetings"), (Line(words(_meetings_in_words(meetings))),))
    yield from sprint_tables.log_sections(plan, found.log.get(member, ()))
    if done:
        text = "; ".join(
            f"{names.task(plan, one.at.tactic, one.at.task)} ({names.tactic(plan, one.at.tactic)})" for one in done
        )
        yield Section(words("Done"), (Line(words(dim(text))),))


# --- what, why and when ------------------------------------------------------------------------------------------


def _order(context: Context, sprint: Sprint, member: str, tasks: Sequence[TaskPace]) -> Section:
    columns = (
        Column("#", Align.RIGHT),
        Column("What", share=3),
        Column("h left", Align.RIGHT),
        Column("From"),
        Column("Due"),
        Column("Value", Align.RIGHT),
    )
    plan = context.plan
    rows = []
    for number, task in enumerate(sorted(tasks, key=lambda task: _by_start(sprint, task)), start=1):
        row = task.at.row
        first, last = row.own_days(member)
        due = wording.short_date(last or sprint.end)
        rows.append(
            (
                words(str(number)),
                words(
                    strong(names.task(plan, task.at.tactic, task.at.task)),
                    f", {names.tactic(plan, task.at.tactic)}",
                    dim(names.task_dates(plan, task.at.tactic, task.at.task)),
                    dim(_at_once(plan, task, member)),
                    dim(wording.going_on(row.continuing)),
                ),
                words(wording.hours(_share(task, member))),
                words(wording.short_date(first or sprint.start)),
                words(bad(due) if task.is_late else due),
                words(_worth(context, task.at.tactic)),
            )
        )
    return Section(words("In this order"), (Table(columns, tuple(rows)),))


def _at_once(plan: Plan, task: TaskPace, member: str) -> str:
    """Say with whom a member does a task at once; nothing where they do it alone, or share its hours."""
    tactic = plan.tactics.get(task.at.tactic)
    own = tactic.tasks.get(task.at.task) if tactic is not None else None
    others = [name for name in people_still_at(task.at.row) if name != member]
    return f" (at once with {names.members(plan, others)})" if own is not None and own.people > 1 and others else ""


def _by_start(sprint: Sprint, task: TaskPace) -> tuple[object, ...]:
    row = task.at.row
    return row.start or sprint.start, row.due or sprint.end, task.at.tactic, task.at.task


def _is_part_done(task: TaskPace, member: str) -> bool:
    """Tell whether a member has worked off their part of a task that others still have to do."""
    return task.left > 0 and _share(task, member) == 0


def _share(task: TaskPace, member: str) -> int:
    return task.rest.get(member, 0)


def _worth(context: Context, tactic: str) -> str:
    known = context.plan.tactics.get(tactic)
    return wording.score(value(context.plan, known, context.today)) if known is not None else wording.MISSING


def _why(context: Context, tasks: Sequence[TaskPace]) -> Section | None:
    """Return the objectives that the tasks serve, each with its tactics; an ended objective is marked as ended."""
    plan = context.plan
    served: dict[str, dict[str, None]] = {}
    over: dict[str, str] = {}
    for task in tasks:
        tactic = plan.tactics.get(task.at.tactic)
        if tactic is not None and tactic.objective in plan.strategy.objectives:
            served.setdefault(tactic.objective, {})[tactic.title] = None
            ended = ending(plan, tactic, context.today)
            if ended is not None:
                over[tactic.objective] = ended
    items = tuple(
        words(
            strong(plan.strategy.objectives[objective].title),
            warn(f" ({over[objective]})") if objective in over else "",
            f": {'; '.join(titles)}",
        )
        for objective, titles in served.items()
    )
    return Section(words("Why"), (Items(items),)) if items else None


def _comes_round(context: Context, sprint: Sprint, name: str) -> str:
    """Return how often a recurring tactic comes round, and the days that are still to come where they are few."""
    tactic = context.plan.tactics.get(name)
    if tactic is None or tactic.recurring is None:
        return ""
    period = Period(sprint.id, sprint.start, sprint.end)
    days = occurrences(context.plan.settings, tactic, period, max(sprint.start, context.today))
    said = wording.join_names([wording.short_date(day) for day in days]) if len(days) <= _FEW_DAYS else ""
    ahead = "; still to come" if context.today > sprint.start else ""
    return f", {tactic.recurring}{f'{ahead}: {said}' if said else ''}"


# --- who waits for whom ------------------------------------------------------------------------------------------


def _who_waits(plan: Plan, order: TaskOrder, member: str, tasks: Sequence[TaskPace]) -> Iterator[Words]:
    for task in tasks:
        before = _of_others(order.waits_for(task.at), member)
        after = _of_others(order.followers_of(task.at), member)
        said = []
        if before:
            said.append(f"waits for {_whose(plan, before)}")
        if after:
            said.append(f"{_whose(plan, after)} wait{'s' if len(after) == 1 else ''} for it")
        if said:
            name = f"{names.task(plan, task.at.tactic, task.at.task)} ({names.tactic(plan, task.at.tactic)})"
            yield words(strong(name), f": {'; '.join(said)}")


def _of_others(tasks: Sequence[Assignment], member: str) -> list[Assignment]:
    return [task for task in tasks if set(people_still_at(task.row)) != {member}]


def _whose(plan: Plan, tasks: Sequence[Assignment]) -> str:
    return wording.join_names([_whose_task(plan, one) for one in tasks])


def _whose_task(plan: Plan, one: Assignment) -> str:
    due = f" ({wording.short_date(one.row.due)})" if one.row.due is not None else ""
    return f"{names.members(plan, people_still_at(one.row))}'s {names.task(plan, one.tactic, one.task)}{due}"


# --- meetings ----------------------------------------------------------------------------------------------------


def _meetings_in_words(meetings: Sequence[Held]) -> str:
    total = wording.hours(sum(each.minutes for each in meetings))
    return f"{total} h: " + ", ".join(map(_meeting, meetings))


def _meeting(held: Held) -> str:
    at = f" at {held.starts.hour}:{held.starts.minute:02}" if held.starts is not None else ""
    return f"{wording.short_date(held.day)}{at} {wording.hours(held.minutes)} h"


# --- for programs ------------------------------------------------------------------------------------------------


def _data(context: Context, sprint: Sprint, member: str, found: _ByMember) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "today": context.today.isoformat(),
        "sprint": sprint.id,
        "member": member,
        "log": sprint_tables.log_data(found.log.get(member, ())),
        "tasks": [
            {
                "task": str(task.at),
                "status": task.at.row.status,
                "left_hours": as_hours(_share(task, member)),
                "start": task.at.row.start.isoformat() if task.at.row.start is not None else None,
                "due": task.at.row.due.isoformat() if task.at.row.due is not None else None,
                "waits_for": [str(each) for each in found.order.waits_for(task.at)],
                "waited_for_by": [str(each) for each in found.order.followers_of(task.at)],
            }
            for task in found.tasks.get(member, ())
        ],
        "meetings": [
            {
                "meeting": held.kind,
                "day": held.day.isoformat(),
                "starts": f"{held.starts:%H:%M}" if held.starts is not None else None,
                "hours": as_hours(held.minutes),
            }
            for held in found.meetings.get(member, ())
        ],
    }
