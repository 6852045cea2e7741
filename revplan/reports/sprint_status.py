"""How a sprint is going: what is done against what its dates ask for, who has too much left, and what is late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.commitment import commitment
from revplan.analysis.outcome import outcome
from revplan.analysis.pace import is_started, pace, reserve_of_sprint
from revplan.analysis.periods import Period
from revplan.analysis.sprint_due import due_sprint
from revplan.analysis.workload import work_log
from revplan.model.base import ONE_WEEK
from revplan.model.calendar import company_calendar
from revplan.reports import names, sprint_board, sprint_pictures, sprint_tables, which_sprint, work_pictures
from revplan.reports.document import (
    Align,
    Bar,
    Bars,
    Column,
    Document,
    Line,
    Picture,
    Section,
    Table,
    bad,
    dim,
    good,
    strong,
    warn,
    words,
)
from revplan.reports.look import look
from revplan.wording import as_hours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.analysis.capacity import Reserve
    from revplan.analysis.pace import MemberPace, Pace, TaskPace
    from revplan.analysis.workload import LoggedWork
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint
    from revplan.reports.document import Run, Words

SCHEMA = "revplan/sprint-status/2"


def layout(context: Context, sprint: Sprint) -> Document:
    """Lay out how a sprint stands on the context's day."""
    found = pace(context, sprint)
    reserve = reserve_of_sprint(context.plan, sprint)
    return Document(
        title=names.sprint(context.plan, sprint.id),
        lead=tuple(which_sprint.unclosed_lines(due_sprint(context))),
        sections=(
            _course(context, sprint, found, reserve),
            *_sections(context.plan, found),
            *_week_by_week(context, sprint),
            *_timeline(context, sprint),
            *sprint_tables.log_sections(context.plan, _lately(context, sprint), " in the last seven days"),
        ),
        data=_data(context, sprint, found, reserve),
        look=look(context.plan),
    )


def _course(context: Context, sprint: Sprint, found: Pace, reserve: Reserve) -> Section:
    """Return the burn-up, and below it the same in words."""
    pictures = sprint_pictures.draw_burn_up(context, sprint)
    return Section(words(_day(context, sprint)), (*pictures, *map(Line, _words(context, sprint, found, reserve))))


def _week_by_week(context: Context, sprint: Sprint) -> Iterator[Section]:
    """Yield who is how full in which week, for formats that draw."""
    grid = work_pictures.heat_map(context, Period(sprint.id, sprint.start, sprint.end), sprint.start)
    if grid.rows:
        caption = f"{work_pictures.say_load(context, sprint)}: more than full is marked."
        yield Section(words("Week by week"), (Picture(caption, grid),))


def _timeline(context: Context, sprint: Sprint) -> Iterator[Section]:
    """Yield the days of what is under way or begins within a week, for formats that draw."""
    soon = context.today + ONE_WEEK
    tasks = [one for one in sprint_board.open_tasks(sprint) if (one.row.start or sprint.start) <= soon]
    if tasks:
        caption = "What is to be done or begun within a week, from its first to its last day; the line is today."
        drawing = sprint_board.timeline(context, sprint, tasks)
        yield Section(words(f"Days of {wording.plural(len(tasks), 'open task')}"), (Picture(caption, drawing),))


def _lately(context: Context, sprint: Sprint) -> tuple[LoggedWork, ...]:
    """Return the work logged for the last seven days."""
    since = context.today - ONE_WEEK
    return tuple(one for one in work_log(sprint) if since < one.day <= context.today)


# --- the whole ---------------------------------------------------------------------------------------------------


def _words(context: Context, sprint: Sprint, found: Pace, reserve: Reserve) -> Iterator[Words]:
    if sprint.goal is not None:
        yield words("Goal: ", strong(sprint.goal))
    yield sprint_tables.commitment(commitment(sprint))
    if (said := sprint_tables.reserve(reserve)) is not None:
        yield said
    planned = sum(task.planned for task in found.tasks)
    earned = sum(task.earned for task in found.tasks)
    spent = outcome(context.plan, sprint).total.spent or 0
    left = sum(task.left for task in found.tasks)
    done, whole, rest = wording.done_whole_left(earned, planned, left)
    yield words(
        f"Done: {done} of {whole} h of planned work ",
        f"({wording.percent(earned, planned)}), ",
        _ahead(found.ahead),
        f" by working time; {wording.hours(spent)} h spent, {rest} h left.",
    )


def _day(context: Context, sprint: Sprint) -> str:
    calendar = company_calendar(context.plan.settings)
    days = list(filter(calendar.is_workday, Period(sprint.id, sprint.start, sprint.end).days))
    passed = sum(day < context.today for day in days)
    today = wording.long_date(context.today)
    pinned = ", the day the plan pins" if context.pinned else ""
    over = f"{passed} of {wording.plural(len(days), 'workday')} {wording.verb(passed)} over"
    return f"{sprint.status.capitalize()}; on {today}{pinned}, {over}"


def _ahead(minutes: int) -> Run:
    size = wording.about(abs(minutes))
    if size == "0":
        return good("on time")
    return good(f"{size} h ahead") if minutes > 0 else warn(f"{size} h behind")


# --- its parts ---------------------------------------------------------------------------------------------------


def _sections(plan: Plan, found: Pace) -> Iterator[Section]:
    if found.members:
        yield Section(words("Who is how far"), (Bars(tuple(_bar(plan, own) for own in found.members)),))
    late = [task for task in found.tasks if task.is_late]
    over = [task for task in found.tasks if task.over and task.left]
    started = [task for task in found.tasks if is_started(task) and not task.is_late]
    if late:
        yield _tasks(plan, words(bad(f"Late: {wording.plural(len(late), 'task')}")), late)
    if over:
        yield _tasks(plan, words(warn(f"Longer than planned: {wording.plural(len(over), 'task')}")), over)
    if started:
        yield _tasks(plan, words(f"Under way: {wording.plural(len(started), 'task')}"), started)
    done = sum(task.at.row.status == "done" for task in found.tasks)
    yield Section(words(f"Done: {done} of {wording.plural(len(found.tasks), 'task')}"), ())


def _bar(plan: Plan, own: MemberPace) -> Bar:
    done, whole, rest = wording.done_whole_left(own.earned, own.planned, own.left)
    left = f"{rest} h left"
    enough = wording.about(own.over) == "0"
    text = words(
        f"{done} of {whole} h, ",
        _ahead(own.earned - own.expected),
        dim(f", {left}") if enough else bad(f", {left}, time for {wording.about(own.free)}"),
    )
    return Bar(names.member(plan, own.member), own.earned, own.planned, text)


def _tasks(plan: Plan, title: Words, tasks: Sequence[TaskPace]) -> Section:
    columns = (
        Column("Task", share=2),
        Column("Who", share=1),
        Column("Planned h", Align.RIGHT),
        Column("Spent h", Align.RIGHT),
        Column("Left h", Align.RIGHT),
        Column("Due"),
    )
    return Section(title, (Table(columns, tuple(_task(plan, task) for task in tasks)),))


def _task(plan: Plan, task: TaskPace) -> tuple[Words, ...]:
    row = task.at.row
    return (
        words(str(task.at), dim(wording.going_on(row.continuing))),
        words(names.members(plan, row.people)),
        words(wording.hours(task.planned)),
        words(wording.hours(row.spent) if row.spent is not None else dim(wording.MISSING)),
        words(wording.hours(task.left)),
        words(wording.short_date(row.due) if row.due is not None else dim(wording.MISSING)),
    )


# --- for programs ------------------------------------------------------------------------------------------------


def _data(context: Context, sprint: Sprint, found: Pace, reserve: Reserve) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "today": context.today.isoformat(),
        "today_pinned": context.pinned,
        "sprint": sprint.id,
        "status": sprint.status,
        "ahead_hours": as_hours(found.ahead),
        "commitment": sprint_tables.commitment_data(commitment(sprint)),
        "reserve": sprint_tables.reserve_data(reserve),
        "tasks": [_task_data(task) for task in found.tasks],
        "log": sprint_tables.log_data(work_log(sprint)),
        "members": [
            {
                "member": own.member,
                "planned_hours": as_hours(own.planned),
                "done_hours": as_hours(own.earned),
                "expected_hours": as_hours(own.expected),
                "spent_hours": as_hours(own.spent),
                "left_hours": as_hours(own.left),
                "free_hours": as_hours(own.free),
                "over_hours": as_hours(own.over),
            }
            for own in found.members
        ],
    }


def _task_data(task: TaskPace) -> dict[str, Any]:
    row = task.at.row
    return {
        "task": str(task.at),
        "owners": list(row.people),
        "status": row.status,
        "planned_hours": as_hours(task.planned),
        "done_hours": as_hours(task.earned),
        "expected_hours": as_hours(task.expected),
        "spent_hours": as_hours(row.spent) if row.spent is not None else None,
        "left_hours": as_hours(task.left),
        "due": row.due.isoformat() if row.due is not None else None,
        "continues_hours": as_hours(row.continuing),
        "late": task.is_late,
    }
