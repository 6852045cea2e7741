"""Pictures of work: who has how many hours, and what campaigns, claims and tools lack."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from revplan import wording
from revplan.analysis.bookings import is_under_way, plannable_days, planned_days
from revplan.analysis.capacity import STEPS, team_capacity
from revplan.analysis.health import carried_work, function_health
from revplan.analysis.strategy import shared_claims
from revplan.model.base import DAYS_PER_WEEK, Month
from revplan.model.campaigns import LAUNCH_CHECKLIST
from revplan.model.numbers import MINUTES_PER_HOUR
from revplan.model.stack import CORE_CATEGORIES
from revplan.reports import names
from revplan.reports.document import Items, Picture, Tone, words
from revplan.reports.figures import (
    MORE_THAN_FULL,
    Cell,
    Flow,
    Gantt,
    Grid,
    Link,
    Measure,
    Ranking,
    Stretch,
    Waterfall,
    WaterfallStep,
)
from revplan.reports.revenue_pictures import COLOR_TONES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from revplan.analysis.periods import Period
    from revplan.analysis.readiness import Readiness
    from revplan.analysis.staffing import Staffing
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint
    from revplan.model.stack import ToolStatus

_HEALTH_MONTHS = 6
_MOST_IN_GRID = 40
"""Rows and columns of a grid of two kinds: more cannot be read, and their product is more than a page can hold."""
_MARKS = {Tone.GOOD: "●", Tone.WARN: "◐", Tone.BAD: "✗", Tone.DIM: "–"}
_STATUS_TONES = {"live": Tone.GOOD, "building": Tone.WARN, "wanted": Tone.WARN, "broken": Tone.BAD}

_STAGE_REACHED: Mapping[ToolStatus, int] = {
    "retired": -1,
    "wanted": 0,
    "purchased": 1,
    "installed": 1,
    "configured": 1,
    "trained": 1,
    "deployed": 2,
}
"""How far a tool of a status has been brought in: wanted, on its way, in use."""


def say_hours(value: float) -> str:
    """Return hours as they are written beside an axis."""
    return f"{wording.measure(Fraction(value).limit_denominator(10), 1)} h"


def _hours(minutes: float) -> float:
    return minutes / MINUTES_PER_HOUR


# --- hours -------------------------------------------------------------------------------------------------------


def draw_hours(context: Context, found: Staffing) -> Iterator[Picture]:
    """Yield how gross hours become plannable ones, and who is how full in which week."""
    if not found.members:
        return
    gross = sum(own.gross for own in found.members)
    steps = [WaterfallStep("Gross", _hours(gross), say_hours(_hours(gross)), is_total=True)]
    for name in STEPS:
        minutes = sum(own.step(name) for own in found.members)
        if minutes:
            sign = "−" if minutes < 0 else "+"
            steps.append(WaterfallStep(name.capitalize(), _hours(minutes), f"{sign}{say_hours(_hours(abs(minutes)))}"))
    steps.append(WaterfallStep("Plannable", _hours(found.plannable), say_hours(_hours(found.plannable)), is_total=True))
    yield Picture("From everybody's gross hours to what can be planned.", Waterfall(tuple(steps)))
    if found.period.id in context.plan.sprints:
        load = say_load(context, context.plan.sprints[found.period.id])
        caption = f"{load}: stronger is fuller, more than full is marked."
    else:
        caption = "Plannable hours in each week: stronger is more. No sprint is written for it yet."
    yield Picture(caption, heat_map(context, found.period, found.since))


def say_load(context: Context, sprint: Sprint) -> str:
    """Say what a week's hours in a heat map are of."""
    left = ", from today on those that are left" if is_under_way(context, sprint) else ""
    return f"Hours planned in each week{left}, of those that are plannable"


def heat_map(context: Context, period: Period, since: date) -> Grid:
    """Return who is how full in each week of a period, by the written sprint's tasks and standing loads.

    What is due first is laid out first, within its written days. A week without plannable hours is blank. Where no
    sprint is written, the plannable hours from a day on are shown against the greatest of them.
    """
    plan = context.plan
    sprint = plan.sprints.get(period.id)
    if sprint is None:
        there = {name: own.minutes for name, own in team_capacity(plan, period, since).items()}
    else:
        there = plannable_days(context, sprint)
    planned = planned_days(context, sprint) if sprint is not None else {}
    load = {name: tuple(planned[name].values()) if name in planned else () for name in there}
    weeks = tuple((a, b) for a, b in _weeks(period) if sprint is not None or period.days[b - 1] >= since)
    most = max((sum(own[a:b]) for own in there.values() for a, b in weeks), default=0)
    rows = tuple(
        (
            names.member(plan, name),
            tuple(
                _full(load[name][a:b], own[a:b]) if sprint is not None else _free(sum(own[a:b]), most) for a, b in weeks
            ),
        )
        for name, own in there.items()
        if any(own) or any(load[name])
    )
    return Grid(tuple(wording.short_date(period.days[a]) for a, _ in weeks), rows, is_over_time=True)


def _weeks(period: Period) -> tuple[tuple[int, int], ...]:
    """Return the first day of each calendar week of a period, and the one after its last, as places among its days."""
    firsts = [0, *(place for place, day in enumerate(period.days) if place and day.weekday() == 0)]
    return tuple(zip(firsts, [*firsts[1:], len(period.days)], strict=True))


def _free(minutes: int, most: int) -> Cell:
    return Cell(say_hours(_hours(minutes)) if minutes else "", minutes / most if most else 0.0)


def _full(load: Sequence[float], free: Sequence[int]) -> Cell:
    there, taken = sum(free), sum(load)
    if not there and not round(taken):
        return Cell("", 0.0)
    share = taken / there if there else 2.0
    return Cell(
        f"{round(100 * share):,}%" if there else "over", share, Tone.BAD if share > MORE_THAN_FULL else Tone.PLAIN
    )


def draw_skills(found: Staffing) -> Iterator[Picture]:
    """Yield what the backlog asks of each skill, marked by what there is of it."""
    measures = tuple(
        Measure(
            own.skill,
            _hours(own.demand),
            f"{say_hours(_hours(own.demand))} of {say_hours(_hours(own.supply))}",
            _hours(own.supply),
            Tone.BAD if own.short else Tone.PLAIN,
        )
        for own in found.skills
    )
    if measures:
        yield Picture(
            "Hours that the backlog asks of each skill; the upright mark is what there is.", Ranking(measures)
        )


# --- campaigns, strategy, tools, functions -------------------------------------------------------------------------


def draw_campaigns(context: Context, found: Sequence[Readiness]) -> Iterator[Picture]:
    """Yield the campaigns' days, and what each has ready."""
    if not found:
        return
    today = context.today
    first = min(today, *(own.campaign.start for own in found)) - timedelta(days=DAYS_PER_WEEK)
    last = max(today, *(own.campaign.end for own in found))
    stretches = tuple(
        Stretch(
            own.campaign.title,
            wording.period(own.campaign.start, own.campaign.end),
            own.campaign.start,
            own.campaign.end,
        )
        for own in sorted(found, key=lambda each: (each.campaign.start, each.campaign.id))
    )
    yield Picture("When each campaign runs, from its launch to its end.", Gantt(first, last, today, stretches))
    yield Picture("What each campaign has ready, of what its launch waits for.", readiness_grid(found))


def readiness_grid(found: Sequence[Readiness]) -> Grid:
    """Return what each campaign has ready: its assets, its launch list, and whether nothing is missing."""
    rows = []
    for own in found:
        assets = len(own.campaign.assets)
        items = len(LAUNCH_CHECKLIST) + len(own.campaign.checklist.keys() - dict(LAUNCH_CHECKLIST).keys())
        late = sum(lack.is_late for lack in own.lacks)
        rows.append(
            (
                own.campaign.title,
                (
                    _of(own.assets_finished, assets),
                    _of(items - own.items_open, items),
                    Cell(str(len(own.lacks)), tone=Tone.WARN if own.lacks else Tone.GOOD),
                    Cell(str(late), tone=Tone.BAD if late else Tone.GOOD),
                ),
            )
        )
    return Grid(("Assets", "Launch list", "Missing", "Late"), tuple(rows))


def _of(part: int, whole: int) -> Cell:
    return Cell(f"{part} of {whole}", tone=Tone.GOOD if part >= whole else Tone.WARN if part else Tone.BAD)


def draw_strategy(plan: Plan) -> Iterator[Picture]:
    """Yield which personas the campaigns speak to, and which competitors claim the same."""
    if plan.personas and plan.campaigns:
        from revplan.analysis.campaigns import target_personas  # noqa: PLC0415 - only where there are both

        campaigns, personas = sorted(plan.campaigns.items()), sorted(plan.personas.items())
        reached = {name: _personas_reached(own, target_personas(plan, own)) for name, own in campaigns[:_MOST_IN_GRID]}
        rows = tuple(
            (
                persona.name,
                tuple(
                    Cell("●" if name in people else "", tone=Tone.GOOD if name in people else Tone.PLAIN)
                    for people in reached.values()
                ),
            )
            for name, persona in personas[:_MOST_IN_GRID]
        )
        columns = tuple(plan.campaigns[name].title for name in reached)
        cut = _cut({"personas": personas, "campaigns": campaigns})
        yield Picture(
            f"Personas by campaign: whom each speaks to, by itself or by a variant{cut}.", Grid(columns, rows)
        )
    claims, others = list(plan.strategy.differentiators.items()), list(plan.strategy.competitors.items())
    if claims and others:
        shared = shared_claims(plan)
        rows = tuple(
            (
                own.claim,
                tuple(
                    Cell("same", tone=Tone.BAD) if (name, other) in shared else Cell("ours", tone=Tone.GOOD)
                    for other, _ in others[:_MOST_IN_GRID]
                ),
            )
            for name, own in claims[:_MOST_IN_GRID]
        )
        cut = _cut({"claims": claims, "competitors": others})
        yield Picture(
            f"What sets us apart, against what each competitor says{cut}.",
            Grid(tuple(other.name for _, other in others[:_MOST_IN_GRID]), rows),
        )


def _cut(whole: Mapping[str, Sequence[object]]) -> str:
    """Return in words what of a grid's rows and columns is left out; empty where nothing is."""
    long = {name: len(each) for name, each in whole.items() if len(each) > _MOST_IN_GRID}
    said = (f"the first {_MOST_IN_GRID} of {count:,} {name}" for name, count in long.items())
    return f" ({' and '.join(said)})" if long else ""


def _personas_reached(campaign: object, main: Iterable[str]) -> frozenset[str]:
    variants = getattr(campaign, "variants", {})
    return frozenset(main) | {variant.persona for variant in variants.values() if variant.persona is not None}


def draw_stack(plan: Plan) -> Iterator[Picture]:
    """Yield what passes from tool to tool."""
    tools = plan.stack.tools
    links = tuple(
        Link(
            tools[own.from_].name,
            tools[own.to].name,
            1.0,
            f"{', '.join(own.objects) or 'data'}, {own.status}",
            _STATUS_TONES[own.status],
        )
        for own in plan.stack.integrations.values()
        if own.from_ in tools and own.to in tools
    )
    if links:
        yield Picture("What passes from tool to tool; dashes are not live.", Flow(links))


def draw_categories(plan: Plan) -> Picture:
    """Return how far each core category has come: the furthest that one of its tools has been brought in."""
    stages = ("Wanted", "On its way", "In use")
    rows = []
    for category in CORE_CATEGORIES:
        own = (tool.status for tool in plan.stack.tools.values() if tool.category == category)
        last = max((_STAGE_REACHED[status] for status in own), default=-1)
        tone = Tone.GOOD if last == len(stages) - 1 else Tone.WARN
        cells = (Cell("●", tone=tone) if place <= last else Cell("") for place in range(len(stages)))
        rows.append((wording.category(category), tuple(cells)))
    caption = "Core categories, by how far a tool of theirs has been brought in."
    return Picture(caption, Grid(stages, tuple(rows)))


def health_grid(context: Context, months: int = _HEALTH_MONTHS) -> Grid:
    """Return how each function was at the end of the last months, and how it is today, by what was read until then."""
    this = Month.of(context.today)
    days = [(this.plus(1 - back).first - timedelta(days=1), this.plus(-back)) for back in range(months - 1, 0, -1)]
    columns = [(day, wording.month_name(month)[:3]) for day, month in days] + [(context.today, "Today")]
    by_day = [{own.id: own.color for own in function_health(context.plan, day)} for day, _ in columns]
    rows = tuple(
        (function.name, tuple(_health(found.get(name)) for found in by_day))
        for name, function in context.plan.company.functions.items()
    )
    return Grid(tuple(name for _, name in columns), rows, is_over_time=True)


def _health(color: str | None) -> Cell:
    tone = COLOR_TONES[color]
    return Cell(_MARKS[tone], tone=tone)


def draw_health(context: Context) -> Iterator[Picture]:
    """Yield how each function was and is."""
    if context.plan.company.functions:
        caption = "Health at each month's end: ● green, ◐ amber, ✗ red, – not known."
        yield Picture(caption, health_grid(context))


def draw_carried(context: Context) -> Iterator[Picture]:
    """Yield who carries whose work."""
    plan = context.plan
    links = tuple(
        Link(
            names.function(plan, own.by),
            names.function(plan, own.of),
            _hours(own.minutes),
            f"{wording.hours(own.minutes)} h",
        )
        for own in carried_work(context)
    )
    if links:
        caption = "Hours of one function's people, on the left, for another's tactics, on the right."
        said = Items(tuple(words(f"{link.source} for {link.target}: {link.text}") for link in links))
        yield Picture(caption, Flow(links), said)
