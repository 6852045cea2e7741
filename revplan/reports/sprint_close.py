"""What became of a sprint, told when it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import phrases
from revplan.analysis.calibration import known_skills
from revplan.analysis.outcome import outcome
from revplan.analysis.progress import progress
from revplan.reports import estimates, names, sprint_tables
from revplan.reports.document import Align, Column, Document, Line, Section, Table, dim, strong, words
from revplan.reports.plain import hours

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from revplan.analysis.outcome import Outcome
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint
    from revplan.reports.document import Words

SCHEMA = "revplan/sprint-close/1"
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
            *((estimates.section(known),) if known else ()),
        ),
        close=(words(dim(_NEXT)),),
        data={
            "schema": SCHEMA,
            "sprint": sprint.id,
            "closed": sprint.closed.on.isoformat() if sprint.closed is not None else None,
            **sprint_tables.data(found),
            "returned": [_back_data(sprint, name, minutes) for name, minutes in back.items()],
            "estimates": estimates.data(known),
        },
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
        last = phrases.long_date(sprint.end)
        yield f"{phrases.plural(workdays_left, 'workday')} {verb} left until its end on {last}."
    found = outcome(plan, sprint)
    if not found.unfinished:
        yield "Nothing in it is open."
        return
    left = phrases.hours(sum(entry.figures.left for entry in found.unfinished))
    titles = phrases.join_names([names.tactic(plan, entry.tactic) for entry in found.unfinished])
    yield f"Open with {left} h left: {titles}."
    carried = [name for name, row in sprint.tactics.items() if row.carry]
    if len(carried) == len(found.unfinished):
        yield "That comes first in the next sprint."
    elif carried:
        first = phrases.join_names([names.tactic(plan, name) for name in carried])
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
    on = f" on {phrases.long_date(sprint.closed.on)}" if sprint.closed is not None else ""
    yield words(f"Closed{on}: ", strong(f"{counts['done']} of {phrases.plural(total, 'tactic')} done"), f" ({came}).")
    yield sprint_tables.commitment(found.commitment)
    yield words(f"{sprint_tables.spent_cell(found.total)} h spent, {phrases.hours(found.total.left)} h left.")


def _remaining(context: Context, sprint: Sprint, found: Outcome) -> Mapping[str, int]:
    """Return the minutes left in the tactics that go back to the backlog."""
    standing = progress(context.plan, sprint.id, context.today)
    return {entry.tactic: standing[entry.tactic].minutes for entry in found.unfinished if entry.tactic in standing}


def _back(context: Context, sprint: Sprint, back: Mapping[str, int]) -> Section:
    if not back:
        return Section(words("Back to the backlog"), (Line(words(dim("Nothing: all of it is done."))),))
    total = phrases.hours(sum(back.values()))
    columns = (Column("Tactic", share=2), Column("Left h", Align.RIGHT), Column("Next sprint"))
    rows = tuple(
        (
            words(names.tactic(context.plan, name)),
            words(phrases.hours(minutes)),
            words(strong("comes first") if sprint.tactics[name].carry else "competes"),
        )
        for name, minutes in back.items()
    )
    title = words(f"Back to the backlog: {phrases.plural(len(back), 'tactic')}, {total} h")
    return Section(title, (Table(columns, rows),))


def _back_data(sprint: Sprint, name: str, minutes: int) -> dict[str, Any]:
    return {"tactic": name, "left": hours(minutes), "first": sprint.tactics[name].carry}
