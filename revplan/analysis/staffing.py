"""The team's hours and skills in the coming period against what the backlog asks, and what to hire or buy."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.capacity import WORKS_ALONE, by_function, by_skill, team_capacity
from revplan.analysis.periods import following, period_on
from revplan.analysis.progress import progress, ready_tactics
from revplan.analysis.recurring import occurrences, standing_loads
from revplan.analysis.workload import released_ahead
from revplan.model.calendar import company_calendar
from revplan.model.numbers import MINUTES_PER_HOUR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from revplan.analysis.capacity import Capacity
    from revplan.analysis.periods import Period
    from revplan.analysis.progress import Progress
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.tactics import Tactic, Task
    from revplan.model.team import Member


class Balance(NamedTuple):
    """What the backlog asks of a skill and what there is of it, in minutes."""

    skill: str
    demand: int
    supply: int


def coming_period(context: Context) -> Period:
    """Return the first period that starts today or later: the one whose hours are still all to be planned."""
    period = period_on(context.plan.settings, context.today)
    return period if period.start >= context.today else following(context.plan, period)


def balances(context: Context, period: Period) -> tuple[Balance, ...]:
    """Return demand and supply of each skill that the backlog asks for and somebody holds, sorted by skill.

    Whoever holds several skills counts in full for each of them.
    """
    plan = context.plan
    capacity = team_capacity(plan, period, period.start)
    supply = by_skill(plan, {name: own.plannable for name, own in capacity.items()})
    wanted = demand(context, period)
    held = best_levels(plan)
    return tuple(
        Balance(skill, wanted[skill], supply.get(skill, 0))
        for skill in sorted(wanted)
        if held.get(skill, 0) >= WORKS_ALONE
    )


def demand(context: Context, period: Period) -> dict[str, int]:
    """Return the minutes by skill that could be planned for a period: the ready backlog and the standing loads."""
    minutes: dict[str, int] = {}
    for tactic, task, left in work_to_plan(context, period):
        skill = tactic.tasks[task].skill
        minutes[skill] = minutes.get(skill, 0) + left
    return minutes


def work_to_plan(context: Context, period: Period) -> Iterator[tuple[Tactic, str, int]]:
    """Yield the tasks that could be planned for a period, with their tactic and the minutes left in them.

    A recurring tactic's count each time, from today on. What is unfinished in another open sprint is left out: it is
    counted there.
    """
    begun = _progress_of_begun(context, period)
    since = max(period.start, context.today)
    for tactic in ready_tactics(context.plan):
        standing = begun.get(tactic.id)
        if standing is not None and standing.open_in is not None:
            continue
        times = len(occurrences(context.plan.settings, tactic, period, since)) if tactic.recurring else 1
        for name, task in tactic.tasks.items():
            left = task.work if standing is None else standing.left.get(name, 0)
            yield tactic, name, left * times


def _progress_of_begun(context: Context, period: Period) -> dict[str, Progress]:
    """Return how far the tactics are that any sprint has had; the others are as the backlog says."""
    plan = context.plan
    names = {name for sprint in plan.sprints.values() for name in sprint.tactics}
    had = {name: tactic for name, tactic in plan.tactics.items() if name in names}
    return progress(replace(plan, tactics=had), period.id, context.today)


def best_levels(plan: Plan) -> dict[str, int]:
    """Return the highest level anybody has of each skill."""
    best: dict[str, int] = {}
    for member in plan.team.values():
        for skill, level in member.skills.items():
            best[skill] = max(level, best.get(skill, 0))
    return best


def lacks(member: Member, task: Task) -> str | None:
    """Return in words what a member has of a task's skill, where that is too little for it; else None."""
    level = member.skills.get(task.skill, 0)
    if level >= task.level:
        return None
    return f"{task.skill} at level {level}" if level else f"no {task.skill}"


def able(plan: Plan, task: Task) -> tuple[str, ...]:
    """Return the members who have a task's skill at its level, sorted."""
    return tuple(sorted(name for name, each in plan.team.items() if each.skills.get(task.skill, 0) >= task.level))


def working(plan: Plan, day: date) -> tuple[Member, ...]:
    """Return the members who have hours to plan and whose contract has not ended before the day."""
    return tuple(
        member for member in plan.team.values() if member.has_hours and (member.until is None or member.until >= day)
    )


def holders(plan: Plan, day: date) -> dict[str, tuple[str, ...]]:
    """Return who can work alone at each skill, of those who have hours on the day or later."""
    found: dict[str, tuple[str, ...]] = {}
    for member in working(plan, day):
        for skill, level in member.skills.items():
            if level >= WORKS_ALONE:
                found[skill] = (*found.get(skill, ()), member.id)
    return found


class SinglePoint(NamedTuple):
    """A skill that ready tactics take and one person holds.

    Attributes:
        tactics: how many tactics take it.
    """

    skill: str
    member: str
    tactics: int


def single_points(context: Context) -> tuple[SinglePoint, ...]:
    """Return the skills that rest on one person, sorted; none of a team of one."""
    if len(working(context.plan, context.today)) <= 1:
        return ()
    held = holders(context.plan, context.today)
    skills = ({task.skill for task in tactic.tasks.values()} for tactic in ready_tactics(context.plan))
    wanted = Counter(skill for own in skills for skill in own)
    return tuple(
        SinglePoint(skill, held[skill][0], count)
        for skill, count in sorted(wanted.items())
        if len(held.get(skill, ())) == 1
    )


class SkillBalance(NamedTuple):
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


class FunctionBalance(NamedTuple):
    """A function in a period: what its tactics ask for, and what its members have, in minutes."""

    function: str
    demand: int
    supply: int


class Placeholder(NamedTuple):
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


class Staffing(NamedTuple):
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
    """Return a sprint's hours against the backlog that could be planned; of a running sprint, those from today on."""
    plan, since = context.plan, max(period.start, context.today)
    capacity = team_capacity(plan, period, since, released_ahead(plan, period, since))
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
    if not rates:
        return None
    from statistics import median  # noqa: PLC0415 - slow to import, and few plans say what an hour costs outside

    return Fraction(median(rates))


def _full_time(plan: Plan, period: Period) -> int:
    """Return the plannable minutes of a person with full days and neither time off nor other duties, rounded down."""
    settings = plan.settings.sprint
    calendar = company_calendar(plan.settings)
    workdays = filter(calendar.is_workday, period.days)
    minutes = sum((calendar.without_holidays(day, calendar.full_day) for day in workdays), Fraction(0))
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
