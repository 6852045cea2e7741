"""Which sprint is due and why, where it is not obvious; before that, the sprints that ended and are not closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.periods import following, last_workday
from revplan.analysis.sprint_due import due_sprint
from revplan.model.calendar import company_calendar
from revplan.reports.document import Line, Section, strong, warn, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.analysis.sprint_due import DueSprint
    from revplan.model.context import Context
    from revplan.model.sprints import Sprint
    from revplan.reports.document import Words


def lines(context: Context, due: DueSprint) -> Iterator[Words]:
    """Yield what is to be said before a sprint is shown as the one that is due."""
    yield from unclosed_lines(due)
    why = _why(context, due)
    if why is not None:
        yield words(why)


def unclosed_lines(due: DueSprint) -> Iterator[Words]:
    """Yield a line for each sprint that has ended and is not closed."""
    for sprint in due.unclosed:
        yield words(
            warn(f"Sprint {sprint.id} ended on {wording.long_date(sprint.end)} and is not closed"),
            ": ",
            strong(f"`revplan sprint close {sprint.id}`"),
            ".",
        )


def before(context: Context) -> tuple[Section, ...]:
    """Return the notes above a report of the due sprint; empty where it is obvious which sprint is due."""
    return _first_of_all([*lines(context, due_sprint(context))])


def before_written(context: Context, shown: Sprint | None) -> tuple[Section, ...]:
    """Return the notes above a written sprint that nobody named; empty where it is obvious which sprint is shown."""
    due = due_sprint(context)
    found = [*unclosed_lines(due)]
    if shown is not None and not due.is_written and due.period.start <= context.today:
        runs = f"{due.period.id} runs until {wording.long_date(due.period.end)} and has no sprint yet"
        found.append(words(f"{runs}: `revplan sprint plan --write` fills it."))
    return _first_of_all(found)


def _first_of_all(found: Sequence[Words]) -> tuple[Section, ...]:
    return (Section(words("First of all"), tuple(map(Line, found))),) if found else ()


def data(due: DueSprint | None) -> dict[str, Any] | None:
    """Return which sprint is due as plain data."""
    if due is None:
        return None
    return {
        "why": due.why,
        "instead_of": due.running.id if due.running is not None else None,
        "unclosed": [sprint.id for sprint in due.unclosed],
    }


def _why(context: Context, due: DueSprint) -> str | None:
    """Say why this sprint is due; None where it is the one that anybody would expect."""
    own, settings = due.period, context.plan.settings
    match due.why:
        case "active" if context.today > last_workday(settings, own):
            last = wording.long_date(last_workday(settings, own))
            return f"{own.id} is active; its last workday was {last}. {_the_next(context, due)}"
        case "running" if not due.is_written and context.today > own.start:
            days = wording.plural(
                sum(company_calendar(settings).is_workday(day) for day in own.days if day >= context.today), "workday"
            )
            said = f"{own.id} is under way and has no sprint yet: it is due before the next, with {days} left"
            return f"{said}. {_the_next(context, due)}"
        case "over" | "written":
            return _why_not_running(context, due)
    return None


def _why_not_running(context: Context, due: DueSprint) -> str:
    passed = due.running
    assert passed is not None
    if due.why == "over":
        last = min(passed.end, last_workday(context.plan.settings, passed))
        return f"{passed.id} had its last workday on {wording.long_date(last)}, so the next sprint is due."
    until = f"{passed.id} runs until {wording.long_date(passed.end)} without a sprint"
    way_back = f"`revplan sprint plan {passed.id}` plans what is left of it"
    return f"{until}; {due.period.id} is written, so it is due. {way_back}."


def _the_next(context: Context, due: DueSprint) -> str:
    return f"`revplan sprint plan {following(context.plan, due.period).id}` plans the one after it."
