"""How the company keeps its promises: who had work in the quarter, and which to-dos were done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.analysis.periods import first_of_quarter, in_order, next_quarter
from revplan.model.calendar import company_calendar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from revplan.model.base import Quarter
    from revplan.model.meetings import Todo
    from revplan.model.plan import Plan
    from revplan.model.settings import Settings
    from revplan.model.sprints import Sprint

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Promises:
    """The to-dos that fell due in the seven days before a day. Dropped ones do not count.

    Attributes:
        since: the first of the seven days.
        done: those that are done, by id.
        undone: those that are not.
    """

    since: date
    done: tuple[str, ...]
    undone: tuple[str, ...]

    @property
    def rate(self) -> Fraction | None:
        """The part that is done; None where nothing fell due."""
        count = len(self.done) + len(self.undone)
        return Fraction(len(self.done), count) if count else None


def last_weeks_promises(plan: Plan, today: date) -> Promises:
    """Return the to-dos that fell due in the seven days before today."""
    since = today - WEEK
    due = [todo for todo in plan.todos.values() if _fell_due(todo, since, today)]
    done = tuple(todo.id for todo in due if todo.status == "done")
    return Promises(since, done, tuple(todo.id for todo in due if todo.status == "open"))


def _fell_due(todo: Todo, since: date, today: date) -> bool:
    return todo.due is not None and since <= todo.due < today and todo.status != "dropped"


def quarters_sprints(plan: Plan, quarter: Quarter) -> tuple[Sprint, ...] | None:
    """Return the sprints of a fiscal quarter, in order; None where they do not yet cover all of its workdays."""
    days = tuple(_days(plan.settings, quarter))
    sprints = tuple(sprint for sprint in in_order(plan) if sprint.start <= days[-1] and sprint.end >= days[0])
    workdays = filter(company_calendar(plan.settings).is_workday, days)
    return sprints if all(any(sprint.runs_on(day) for sprint in sprints) for day in workdays) else None


def _days(settings: Settings, quarter: Quarter) -> Iterator[date]:
    first, end = first_of_quarter(settings, quarter), first_of_quarter(settings, next_quarter(quarter))
    return (first + timedelta(days=number) for number in range((end - first).days))


def working_functions(plan: Plan, sprints: tuple[Sprint, ...]) -> frozenset[str]:
    """Return the functions with work in any of the sprints: their tactics are in it, or their members do tasks."""
    tactics = {name for sprint in sprints for name, row in sprint.tactics.items() if row.dropped is None}
    tactics |= {name for sprint in sprints for name in sprint.recurring}
    members = {name for sprint in sprints for name in _people(sprint)}
    own = {plan.tactics[name].function for name in tactics if name in plan.tactics}
    return frozenset(own | {plan.team[name].function for name in members if name in plan.team})


def _people(sprint: Sprint) -> Iterator[str]:
    for row in sprint.tactics.values():
        if row.dropped is None:
            for task in row.tasks.values():
                if task.dropped is None:
                    yield from task.people
    for load in sprint.recurring.values():
        yield from load
