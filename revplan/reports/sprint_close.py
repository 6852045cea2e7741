"""What became of a sprint, told when it is closed, with how estimates turned out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.calibration import known_skills
from revplan.analysis.outcome import outcome
from revplan.analysis.progress import progress
from revplan.model.numbers import round_half_up, strip_zeros
from revplan.reports import names, sprint_tables
from revplan.reports.document import Align, Column, Document, Items, Line, Section, Table, dim, strong, words
from revplan.reports.look import look
from revplan.wording import as_hours, as_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from revplan.analysis.calibration import Calibration
    from revplan.analysis.outcome import Outcome
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint
    from revplan.reports.document import Words

_TITLE = words("Estimates by skill")


def section(calibrations: Sequence[Calibration]) -> Section:
    """Return how estimates turned out."""
    return Section(_TITLE, (Items(tuple(_line(own) for own in calibrations)),))


def calibration_section(calibrations: Sequence[Calibration]) -> Section:
    """Return how estimates turned out, with what the plan makes of new ones."""
    items = Items(tuple((*_line(own), *words(f": new work × {_factor(own)}")) for own in calibrations))
    return Section(_TITLE, (items, Line(words(dim("The hours of this plan are by this record.")))))


def data(calibrations: Sequence[Calibration]) -> list[dict[str, Any]]:
    """Return how estimates turned out as plain data."""
    return [
        {
            "skill": own.skill,
            "tasks": own.tasks,
            "estimated_hours": as_hours(own.estimated),
            "actual_hours": as_hours(own.actual),
            "factor": as_number(own.factor),
        }
        for own in calibrations
    ]


def _line(own: Calibration) -> Words:
    took = f"{wording.hours(own.estimated)} h took {wording.hours(own.actual)} h"
    return words(
        strong(own.skill), f" runs {_deviation(own.ratio)}", dim(f" ({wording.plural(own.tasks, 'task')} done, {took})")
    )


def _factor(own: Calibration) -> str:
    return strip_zeros(round_half_up(own.factor, 2))


def _deviation(ratio: Fraction) -> str:
    percent = round_half_up(abs(ratio - 1) * 100, 0)
    if not percent:
        return "as estimated"
    return f"{percent}% {'over' if ratio > 1 else 'under'}"


SCHEMA = "revplan/sprint-close/2"
_NEXT = (
    "The sprint is sealed: it is history now. Next: `revplan sprint plan --write`; `revplan sprint reopen` undoes this."
)


def layout(context: Context, sprint: Sprint) -> Document:
    """Lay out what became of a closed sprint; the context's plan holds it as it was before or after it was closed."""
    plan = context.plan
    found = outcome(plan, sprint)
    back = _remaining(context, sprint, found)
    known = tuple(known_skills(plan).values())
    return Document(
        title=names.sprint(plan, sprint.id),
        lead=tuple(_lead(sprint, found)),
        sections=(
            sprint_tables.by_tactic(plan, found),
            *sprint_tables.changes(plan, found.commitment),
            sprint_tables.by_member(plan, found),
            sprint_tables.by_skill(found),
            *sprint_tables.recurring(plan, found),
            _back(context, sprint, back),
            *((section(known),) if known else ()),
        ),
        close=(words(dim(_NEXT)),),
        data={
            "schema": SCHEMA,
            "sprint": sprint.id,
            "closed": sprint.closed.on.isoformat() if sprint.closed is not None else None,
            **sprint_tables.data(found),
            "returned": [_back_data(sprint, name, minutes) for name, minutes in back.items()],
            "estimates": data(known),
        },
        look=look(plan),
    )


def consequences(plan: Plan, sprint: Sprint, workdays_left: int) -> Iterator[str]:
    """Yield what closing a sprint means, in sentences: the days left, what is open, and what becomes of it.

    Args:
        plan: for the names of tactics.
        sprint: as it is once it is closed.
        workdays_left: its workdays after today.
    """
    if workdays_left:
        verb = "is" if workdays_left == 1 else "are"
        last = wording.long_date(sprint.end)
        yield f"{wording.plural(workdays_left, 'workday')} {verb} left until its end on {last}."
    found = outcome(plan, sprint)
    if not found.unfinished:
        yield "Nothing in it is open."
        return
    left = wording.hours(sum(entry.figures.left + entry.figures.continues for entry in found.unfinished))
    titles = wording.join_names([names.tactic(plan, entry.tactic) for entry in found.unfinished])
    yield f"Open with {left} h left: {titles}."
    carried = [entry.tactic for entry in found.unfinished if sprint.carries(entry.tactic)]
    if len(carried) == len(found.unfinished):
        yield "That comes first in the next sprint."
    elif carried:
        first = wording.join_names([names.tactic(plan, name) for name in carried])
        yield f"Of that comes first in the next sprint: {first}."
    else:
        yield "That competes again for the next sprint; --carry would put it first."


def _lead(sprint: Sprint, found: Outcome) -> Iterator[Words]:
    if sprint.goal is not None:
        yield words("Goal: ", strong(sprint.goal))
    counts = {fate: sum(entry.fate == fate for entry in found.tactics) for fate in ("done", "dropped")}
    added = sum(entry.origin == "added" for entry in found.tactics)
    carried = sum(entry.origin == "carried" for entry in found.tactics)
    total = len(found.tactics)
    came = f"{total - added - carried} committed, {carried} carried in, {added} added, {counts['dropped']} dropped"
    on = f" on {wording.long_date(sprint.closed.on)}" if sprint.closed is not None else ""
    yield words(f"Closed{on}: ", strong(f"{counts['done']} of {wording.plural(total, 'tactic')} done"), f" ({came}).")
    yield sprint_tables.commitment(found.commitment)
    on = f"; {wording.hours(found.total.continues)} h go on in the next sprint" if found.total.continues else ""
    yield words(f"{sprint_tables.spent_cell(found.total)} h spent, {wording.hours(found.total.left)} h left{on}.")


def _remaining(context: Context, sprint: Sprint, found: Outcome) -> Mapping[str, int]:
    """Return the minutes left in the tactics that go back to the backlog."""
    standing = progress(context.plan, sprint.id, context.today)
    return {entry.tactic: standing[entry.tactic].minutes for entry in found.unfinished if entry.tactic in standing}


def _back(context: Context, sprint: Sprint, back: Mapping[str, int]) -> Section:
    if not back:
        return Section(words("Back to the backlog"), (Line(words(dim("Nothing: all of it is done."))),))
    total = wording.hours(sum(back.values()))
    columns = (Column("Tactic", share=2), Column("Left h", Align.RIGHT), Column("Next sprint"))
    rows = tuple(
        (
            words(names.tactic(context.plan, name)),
            words(wording.hours(minutes)),
            words(strong("comes first") if sprint.carries(name) else "competes"),
        )
        for name, minutes in back.items()
    )
    title = words(f"Back to the backlog: {wording.plural(len(back), 'tactic')}, {total} h")
    return Section(title, (Table(columns, rows),))


def _back_data(sprint: Sprint, name: str, minutes: int) -> dict[str, Any]:
    return {"tactic": name, "left_hours": as_hours(minutes), "first": sprint.carries(name)}
