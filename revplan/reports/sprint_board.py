"""`revplan report sprint`: the sprint at hand, by tactic and by member, planned against actual, and week by week."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from revplan import wording
from revplan.analysis.outcome import outcome
from revplan.analysis.sprint_due import current_sprint
from revplan.analysis.workload import assignments, by_member
from revplan.model.base import ONE_WEEK
from revplan.reports import names, sprint_pictures, sprint_tables, which_sprint
from revplan.reports.document import Chart, Column, Line, Outline, Section, Table, dim, empty, good, strong, words
from revplan.reports.figures import Gantt, Lane, SprintBars, Stretch
from revplan.reports.frame import Report, Working

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from revplan.analysis.outcome import Outcome
    from revplan.analysis.workload import Assignment
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint
    from revplan.reports.document import Words

_TO_SUNDAY = timedelta(days=6)


def build(context: Context) -> Report:
    """Return the sprint at hand: the active one, else the next planned one, else the last."""
    sprint = current_sprint(context)
    if sprint is None:
        hint = "`revplan sprint plan --write` fills the first one from the team's hours."
        nothing = Section(words("No sprint is written yet"), (empty(Outline.LINES, hint),))
        return Report("sprint", "sprint", (nothing,), (), {"sprint": None})
    found = outcome(context.plan, sprint)
    return Report(
        name="sprint",
        title=f"sprint {sprint.id}",
        sections=(*which_sprint.before_written(context, sprint), *_sections(context, sprint)),
        workings=(
            Working("Left", "hours as their owners judged them last; else what was planned, less what is spent"),
        ),
        data={"sprint": sprint.id, "status": sprint.status, "goal": sprint.goal, **sprint_tables.data(found)},
    )


def _sections(context: Context, sprint: Sprint) -> Iterator[Section]:
    plan = context.plan
    found = outcome(plan, sprint)
    yield _head(context, sprint, found)
    yield sprint_tables.by_tactic(plan, found)
    yield from sprint_tables.changes(plan, found.commitment)
    yield sprint_tables.by_member(plan, found)
    yield from sprint_tables.recurring(plan, found)
    if any(assignments(sprint)):
        yield _board(plan, sprint)
        yield _calendar(context, sprint)


def _head(context: Context, sprint: Sprint, found: Outcome) -> Section:
    days = wording.period(sprint.start, sprint.end)
    goal = words("Goal: ", strong(sprint.goal)) if sprint.goal is not None else words(dim("It has no goal yet."))
    return Section(
        words(f"{days}, {sprint.status}"),
        (*sprint_pictures.draw_burn_up(context, sprint), Line(goal), Line(sprint_tables.commitment(found.commitment))),
    )


# --- week by week -------------------------------------------------------------------------------------------------


def _board(plan: Plan, sprint: Sprint) -> Section:
    tasks = tuple(assignments(sprint))
    weeks = tuple(week for week in _weeks(sprint) if any(_touches(_days(sprint, one), week) for one in tasks))
    own = by_member(sorted(tasks, key=lambda one: _days(sprint, one)), lambda one: one.row.people)
    in_weeks = {member: [_in_week(sprint, tasks, week) for week in weeks] for member, tasks in own.items()}
    lanes = (
        Lane(names.member(plan, member), tuple(tuple(map(_on_board, tasks)) for tasks in by_week))
        for member, by_week in in_weeks.items()
    )
    columns = (Column("Who"), Column("Week"), Column("Tasks", share=1))
    rows = (row for member, by_week in in_weeks.items() for row in _rows(plan, member, weeks, by_week))
    chart = Chart(
        caption="A week holds the tasks that are worked on in it.",
        figure=SprintBars(tuple(wording.span(*week) for week in weeks), tuple(lanes)),
        table=Table(columns, tuple(rows)),
    )
    return Section(words("Who does what, week by week"), (chart,))


def _weeks(sprint: Sprint) -> Iterator[tuple[date, date]]:
    """Yield the first and the last day of each of the sprint's calendar weeks."""
    monday = sprint.start - timedelta(days=sprint.start.weekday())
    while monday <= sprint.end:
        yield max(monday, sprint.start), min(monday + _TO_SUNDAY, sprint.end)
        monday += ONE_WEEK


def _in_week(sprint: Sprint, tasks: Sequence[Assignment], week: tuple[date, date]) -> list[Assignment]:
    return [one for one in tasks if _touches(_days(sprint, one), week)]


def _touches(days: tuple[date, date], week: tuple[date, date]) -> bool:
    return days[0] <= week[1] and days[1] >= week[0]


def _on_board(one: Assignment) -> Words:
    return words(good(f"{one}, done") if one.row.status == "done" else str(one))


def _rows(
    plan: Plan, member: str, weeks: Sequence[tuple[date, date]], by_week: Sequence[list[Assignment]]
) -> Iterator[tuple[Words, ...]]:
    called = names.member(plan, member)
    for week, tasks in zip(weeks, by_week, strict=True):
        if tasks:
            yield words(called), words(wording.span(*week)), words(*_list_tasks(tasks))
            called = ""


def _days(sprint: Sprint, one: Assignment) -> tuple[date, date]:
    start = one.row.start or sprint.start
    return start, max(start, one.row.due or sprint.end)


def _list_tasks(tasks: list[Assignment]) -> Iterator[str]:
    for number, one in enumerate(tasks):
        yield f"{', ' if number else ''}{one}"


# --- as a calendar ------------------------------------------------------------------------------------------------


def _calendar(context: Context, sprint: Sprint) -> Section:
    tasks = sorted(assignments(sprint), key=lambda one: (*_days(sprint, one), str(one)))
    columns = (Column("Task", share=2), Column("Who", share=1), Column("Days"), Column("Stands"))
    rows = tuple(_row(context.plan, sprint, one) for one in tasks)
    chart = Chart(
        caption="Every task from its first to its last day, filled as far as it is done; what follows what, and today.",
        figure=timeline(context, sprint, tasks),
        table=Table(columns, rows),
    )
    return Section(words(f"When: {wording.plural(len(tasks), 'task')}"), (chart,))


def timeline(context: Context, sprint: Sprint, tasks: Sequence[Assignment]) -> Gantt:
    """Return tasks of a sprint from their first to their last day, as far as each is done, with what follows what."""
    done, orders = sprint_pictures.progress_of(context, sprint), sprint_pictures.orders_of(context.plan, tasks)
    stretches = tuple(
        replace(_stretch(context.plan, sprint, one), part=done.get(str(one), 0.0), after=order)
        for one, order in zip(tasks, orders, strict=True)
    )
    return Gantt(sprint.start, sprint.end, context.today, stretches)


def open_tasks(sprint: Sprint) -> tuple[Assignment, ...]:
    """Return the tasks of a sprint that are not done, by their days."""
    found = (one for one in assignments(sprint) if one.row.status != "done")
    return tuple(sorted(found, key=lambda one: (*_days(sprint, one), str(one))))


def _stretch(plan: Plan, sprint: Sprint, one: Assignment) -> Stretch:
    first, last = _days(sprint, one)
    who, people = names.members(plan, one.row.people), [names.member(plan, name) for name in one.row.people]
    said, is_done = f"{wording.span(first, last)}, {who}", one.row.status == "done"
    return Stretch(str(one), said, first, last, is_done=is_done, shorter=names.fewer(people) if people else ())


def stretches_by_member(plan: Plan, sprint: Sprint) -> dict[str, tuple[Stretch, ...]]:
    """Return every task's days under the name of each member who has a part in it."""
    tasks = sorted(assignments(sprint), key=lambda one: (*_days(sprint, one), str(one)))
    return {
        names.member(plan, member): tuple(_stretch(plan, sprint, one) for one in own)
        for member, own in by_member(tasks, lambda one: one.row.people).items()
    }


def _row(plan: Plan, sprint: Sprint, one: Assignment) -> tuple[Words, ...]:
    status = one.row.status
    return (
        words(str(one)),
        words(names.members(plan, one.row.people)),
        words(wording.span(*_days(sprint, one))),
        words(good(status) if status == "done" else status),
    )
