"""A written sprint as it stands: planned against actual, every task, and what was parked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.outcome import outcome
from revplan.analysis.progress import minutes_left
from revplan.analysis.workload import assignments, by_day, work_log
from revplan.reports import names, sprint_pictures, sprint_tables
from revplan.reports.document import Align, Column, Document, Line, Section, Table, dim, good, strong, words
from revplan.reports.look import look
from revplan.wording import as_hours

if TYPE_CHECKING:
    from revplan.analysis.outcome import Outcome
    from revplan.analysis.workload import Assignment
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint, SprintTask
    from revplan.reports.document import Run, Words

SCHEMA = "revplan/sprint/2"


def layout(context: Context, sprint: Sprint) -> Document:
    """Lay out a written sprint: planned against actual on the context's day."""
    plan = context.plan
    found = outcome(plan, sprint)
    return Document(
        title=names.sprint(plan, sprint.id),
        lead=(),
        sections=(
            _course(context, sprint, found),
            sprint_tables.by_tactic(plan, found),
            *sprint_tables.changes(plan, found.commitment),
            sprint_tables.by_member(plan, found),
            _tasks(plan, sprint),
            *sprint_tables.recurring(plan, found),
            *((_parked_section(plan, sprint),) if sprint.parked else ()),
        ),
        data={
            "schema": SCHEMA,
            "sprint": sprint.id,
            "status": sprint.status,
            "goal": sprint.goal,
            **sprint_tables.data(found),
            "log": sprint_tables.log_data(work_log(sprint)),
            "tasks": [_task_data(one) for one in assignments(sprint)],
        },
        look=look(plan),
    )


def _course(context: Context, sprint: Sprint, found: Outcome) -> Section:
    """Return the burn-up, and below it what was committed."""
    goal = (words("Goal: ", strong(sprint.goal)),) if sprint.goal is not None else ()
    said = (*goal, sprint_tables.commitment(found.commitment))
    return Section(words(_state(sprint)), (*sprint_pictures.draw_burn_up(context, sprint), *map(Line, said)))


def _state(sprint: Sprint) -> str:
    stands = sprint.status.capitalize()
    if sprint.closed is not None:
        stands += f" on {wording.long_date(sprint.closed.on)}"
    return stands + (f"; planned on {wording.long_date(sprint.plan.on)}" if sprint.plan is not None else "")


def _tasks(plan: Plan, sprint: Sprint) -> Section:
    columns = (
        Column("Task", share=3),
        Column("Who", share=1),
        Column("Planned h", Align.RIGHT),
        Column("Spent h", Align.RIGHT),
        Column("Left h", Align.RIGHT),
        Column("Due"),
        Column("Stands"),
    )
    rows = tuple(_task(plan, one) for one in sorted(assignments(sprint), key=lambda one: by_day(sprint, one)))
    return Section(words(wording.plural(len(rows), "task")), (Table(columns, rows),))


def _task(plan: Plan, one: Assignment) -> tuple[Words, ...]:
    row = one.row
    return (
        words(str(one), dim(wording.going_on(row.continuing))),
        words(names.members(plan, row.people)),
        words(wording.hours(row.minutes)),
        words(wording.hours(row.spent) if row.spent is not None else dim(wording.MISSING)),
        words(wording.hours(minutes_left(row))),
        words(wording.short_date(row.due) if row.due is not None else dim(wording.MISSING)),
        words(_status(row)),
    )


def _status(row: SprintTask) -> Run | str:
    if row.status == "done":
        return good("done")
    return row.status if row.status == "started" else dim("planned")


def _task_data(one: Assignment) -> dict[str, Any]:
    row = one.row
    return {
        "task": str(one),
        "owners": {name: as_hours(minutes) for name, minutes in row.people.items()},
        "planned_hours": as_hours(row.minutes),
        "spent_hours": as_hours(row.spent) if row.spent is not None else None,
        "left_hours": as_hours(minutes_left(row)),
        "start": row.start.isoformat() if row.start is not None else None,
        "due": row.due.isoformat() if row.due is not None else None,
        "continues_hours": as_hours(row.continuing),
        "status": row.status,
        "done": row.done.isoformat() if row.done is not None else None,
    }


def _parked_section(plan: Plan, sprint: Sprint) -> Section:
    columns = (Column("Tactic", share=2), Column("Why"), Column("Short", share=1), Column("Look again"))
    rows = tuple(
        (
            words(names.tactic(plan, name)),
            words(row.reason),
            words("; ".join(f"{of} {wording.count(amount)}" for of, amount in row.short.items()) or wording.MISSING),
            words(wording.short_date(row.review) if row.review is not None else wording.MISSING),
        )
        for name, row in sprint.parked.items()
    )
    return Section(words(f"Parked: {wording.plural(len(rows), 'tactic')}"), (Table(columns, rows),))
