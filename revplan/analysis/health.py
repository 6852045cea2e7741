"""How every function of the company does, who makes up for whom, and how the company keeps its promises."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.periods import first_of_quarter, fiscal_quarter, in_order, next_quarter
from revplan.analysis.scorecard import color_today, effective_metric, measures
from revplan.analysis.workload import assignments
from revplan.model.base import ONE_WEEK
from revplan.model.calendar import company_calendar
from revplan.model.context import Context

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from revplan.analysis.scorecard import Color
    from revplan.model.base import Quarter
    from revplan.model.company import Cover, Function, Touchpoint
    from revplan.model.meetings import Todo
    from revplan.model.plan import Plan
    from revplan.model.settings import Settings
    from revplan.model.sprints import Sprint


class Promises(NamedTuple):
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
    since = today - ONE_WEEK
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


STANDARD = 3
"""The rating from which on a touchpoint counts as up to its standard."""


class FunctionHealth(NamedTuple):
    """A function and what its measurables say.

    Attributes:
        colors: by metric, sorted; None where there is no reading that still counts, or no target.
    """

    id: str
    function: Function
    colors: Mapping[str, Color | None]

    @property
    def color(self) -> Color | None:
        """The worst of its measurables that are known; None where none is."""
        known = set(self.colors.values())
        return "red" if "red" in known else "amber" if "amber" in known else "green" if "green" in known else None


class Covering(NamedTuple):
    """One function making up for another.

    Attributes:
        days: for how many days it has gone on.
        past: days past its limit; 0 within it, None where it has none.
    """

    id: str
    cover: Cover
    days: int
    past: int | None


class CarriedWork(NamedTuple):
    """Work on one function's tactics that another function's people do, in minutes planned this quarter."""

    of: str
    by: str
    minutes: int


def function_health(plan: Plan, today: date) -> tuple[FunctionHealth, ...]:
    """Return every function the company names, in its order."""
    return tuple(
        FunctionHealth(name, function, {metric: _color(plan, metric, today) for metric in sorted(measures(plan, name))})
        for name, function in plan.company.functions.items()
    )


def _color(plan: Plan, metric: str, today: date) -> Color | None:
    return (
        color_today(effective_metric(Context(plan, today), plan.metrics[metric]), today)
        if metric in plan.metrics
        else None
    )


def below_standard(plan: Plan) -> tuple[tuple[str, Touchpoint], ...]:
    """Return the touchpoints rated below STANDARD, the lowest first."""
    touchpoints = plan.company.touchpoints
    rated = ((own.rating, name) for name, own in touchpoints.items() if own.rating is not None)
    return tuple((name, touchpoints[name]) for rating, name in sorted(rated) if rating < STANDARD)


def coverings(plan: Plan, today: date) -> tuple[Covering, ...]:
    """Return every cover that has begun, the longest past its limit first."""
    found = (_covering(name, cover, today) for name, cover in plan.company.cover.items() if cover.since <= today)
    return tuple(sorted(found, key=lambda own: (-(own.past or 0), own.cover.since, own.id)))


def _covering(name: str, cover: Cover, today: date) -> Covering:
    past = max(0, (today - cover.until).days) if cover.until is not None else None
    return Covering(name, cover, (today - cover.since).days, past)


def carried_work(context: Context) -> tuple[CarriedWork, ...]:
    """Return who carries whose work in the sprints of the fiscal quarter under way, the most first."""
    plan = context.plan
    minutes: dict[tuple[str, str], int] = {}
    for sprint in _quarters(context):
        for one in assignments(sprint):
            of = plan.tactics[one.tactic].function if one.tactic in plan.tactics else None
            for member, own in one.row.people.items():
                by = plan.team[member].function if member in plan.team else None
                if of is not None and by is not None and of != by:
                    minutes[of, by] = minutes.get((of, by), 0) + own
    found = (CarriedWork(of, by, own) for (of, by), own in minutes.items())
    return tuple(sorted(found, key=lambda own: (-own.minutes, own.of, own.by)))


def _quarters(context: Context) -> tuple[Sprint, ...]:
    """Return the written sprints that end in the fiscal quarter under way, or later."""
    settings = context.plan.settings
    first = first_of_quarter(settings, fiscal_quarter(settings, context.today))
    return tuple(sprint for sprint in in_order(context.plan) if sprint.end >= first)
