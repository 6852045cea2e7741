"""The team's hours in a sprint against what the backlog asks, and what to hire or buy where they do not do."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

from revplan.analysis.capacity import by_function, by_skill, team_capacity
from revplan.analysis.recurring import standing_loads
from revplan.analysis.skills import able, demand, holders, single_points, work_to_plan
from revplan.model.base import MINUTES_PER_HOUR
from revplan.model.calendar import company_calendar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from revplan.analysis.capacity import Capacity
    from revplan.analysis.periods import Period
    from revplan.analysis.skills import SinglePoint
    from revplan.model.context import Context
    from revplan.model.plan import Plan


@dataclass(frozen=True, slots=True)
class SkillBalance:
    """A skill in a period, in minutes. Whoever holds several skills counts in full for each of them.

    Attributes:
        holders: who can work alone at it.
    """

    skill: str
    demand: int
    supply: int
    holders: tuple[str, ...]

    @property
    def short(self) -> int:
        """Minutes asked for beyond what there is."""
        return max(0, self.demand - self.supply)


@dataclass(frozen=True, slots=True)
class FunctionBalance:
    """A function in a period: what its tactics ask for, and what its members have, in minutes."""

    function: str
    demand: int
    supply: int


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Work that nobody on the team can do at the level it takes: hours to hire or to buy.

    Attributes:
        minutes: what is left of it.
        tactics: the tactics that wait for it, sorted.
        cash: what it costs to buy, in the plan's currency; None where no rate is known.
        hires: people to hire for it full time, in the period.
    """

    skill: str
    level: int
    minutes: int
    tactics: tuple[str, ...]
    cash: Fraction | None
    hires: Fraction


@dataclass(frozen=True, slots=True)
class Staffing:
    """A period's hours. Minutes throughout.

    Attributes:
        since: the first day that counts: the period's first, or today where it is under way.
        members: gross to plannable, by member; those with neither hours nor meetings are left out.
        standing: what recurring tactics take, by member.
        demand: what the ready backlog asks for in all.
        rate: what an hour costs outside, in the plan's currency: the median of the rates in the plan.
        full_time: plannable minutes of one more person, full time.
    """

    period: Period
    since: date
    members: tuple[Capacity, ...]
    standing: Mapping[str, int]
    functions: tuple[FunctionBalance, ...]
    skills: tuple[SkillBalance, ...]
    single_points: tuple[SinglePoint, ...]
    placeholders: tuple[Placeholder, ...]
    demand: int
    rate: Fraction | None
    full_time: int

    @property
    def plannable(self) -> int:
        """Plannable minutes of everybody together."""
        return sum(own.plannable for own in self.members)


def staffing(context: Context, period: Period) -> Staffing:
    """Return a sprint's hours, from today on where it is under way, against the backlog that could be planned."""
    plan, since = context.plan, max(period.start, context.today)
    capacity = team_capacity(plan, period, since)
    loads = standing_loads(plan, period, since, capacity)
    wanted = demand(context, period)
    rate, full_time = outside_rate(plan), _full_time(plan, period)
    return Staffing(
        period=period,
        since=since,
        members=tuple(own for own in capacity.values() if own.gross or own.meetings),
        standing={name: load.minutes for name, load in loads.items() if load.minutes},
        functions=_functions(context, period, capacity),
        skills=_skills(context, wanted, capacity),
        single_points=single_points(context),
        placeholders=tuple(_placeholders(context, period, rate, full_time)),
        demand=sum(wanted.values()),
        rate=rate,
        full_time=full_time,
    )


def outside_rate(plan: Plan) -> Fraction | None:
    """Return what an hour costs outside: the median of contractors' and agencies' rates; None where none is known."""
    rates = [Fraction(member.rate) for member in plan.team.values() if member.rate is not None]
    return Fraction(median(rates)) if rates else None


def _full_time(plan: Plan, period: Period) -> int:
    """Return the plannable minutes of a person with full days and neither time off nor other duties, rounded down."""
    settings = plan.settings.sprint
    calendar = company_calendar(plan.settings)
    minutes = sum(map(calendar.is_workday, period.days)) * calendar.full_day
    return int(minutes * Fraction(settings.focus_factor) * (1 - Fraction(settings.reserve)))


def _skills(context: Context, wanted: Mapping[str, int], capacity: Mapping[str, Capacity]) -> tuple[SkillBalance, ...]:
    supply = by_skill(context.plan, {name: own.plannable for name, own in capacity.items()})
    held = holders(context.plan, context.today)
    balances = (
        SkillBalance(skill, wanted.get(skill, 0), supply.get(skill, 0), held.get(skill, ()))
        for skill in sorted(wanted.keys() | held.keys())
    )
    return tuple(sorted(balances, key=lambda own: (-own.short, own.skill)))


def _functions(context: Context, period: Period, capacity: Mapping[str, Capacity]) -> tuple[FunctionBalance, ...]:
    supply = by_function(context.plan, {name: own.plannable for name, own in capacity.items()})
    asked: dict[str, int] = {}
    for tactic, _, minutes in work_to_plan(context, period):
        asked[tactic.function] = asked.get(tactic.function, 0) + minutes
    names = sorted(name for name in supply.keys() | asked.keys() if supply.get(name) or asked.get(name))
    return tuple(FunctionBalance(name, asked.get(name, 0), supply.get(name, 0)) for name in names)


def _placeholders(context: Context, period: Period, rate: Fraction | None, full_time: int) -> Iterator[Placeholder]:
    lacking: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for tactic, name, minutes in work_to_plan(context, period):
        task = tactic.tasks[name]
        if minutes and not able(context.plan, task):
            lacking.setdefault((task.skill, task.level), []).append((tactic.id, minutes))
    for (skill, level), work in sorted(lacking.items()):
        minutes = sum(own for _, own in work)
        cash = rate * Fraction(minutes, MINUTES_PER_HOUR) if rate is not None else None
        hires = Fraction(minutes, full_time) if full_time else Fraction(0)
        yield Placeholder(skill, level, minutes, tuple(sorted({tactic for tactic, _ in work})), cash, hires)
