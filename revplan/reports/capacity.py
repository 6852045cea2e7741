"""`revplan report capacity`: from gross hours to plannable ones, and what the backlog asks of them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.pace import reserve_of_sprint
from revplan.analysis.sprint_due import due_sprint
from revplan.analysis.staffing import staffing
from revplan.errors import RevplanError
from revplan.model.numbers import MINUTES_PER_HOUR
from revplan.reports import bottlenecks, names, sprint_tables, which_sprint, work_pictures
from revplan.reports.document import (
    Align,
    Bar,
    Bars,
    Column,
    Items,
    Line,
    Outline,
    Section,
    Table,
    bad,
    dim,
    empty,
    good,
    strong,
    warn,
    words,
)
from revplan.reports.frame import Report, Working
from revplan.wording import as_hours, as_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from revplan.analysis.capacity import Capacity
    from revplan.analysis.periods import Period
    from revplan.analysis.staffing import FunctionBalance, Placeholder, SkillBalance, Staffing
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.reports.document import Picture, Run, Words
    from revplan.reports.frame import Sources

_SHOWN_STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Away", ("holidays", "time off", "contract")),
    ("Meetings", ("meetings",)),
    ("As usual", ("business as usual",)),
    ("Focus", ("focus factor",)),
    ("Reserve", ("reserve", "rounding")),
)
"""The columns of the table, and the steps that each adds up."""
_SKILLS = words("By skill: what the backlog asks, first what is short")
_RARE_STEPS = (("Beyond hours", "beyond hours"), ("No skills", "no skills"))
"""Columns that are shown where somebody has something in them."""


def build(context: Context) -> Report:
    """Return the hours of the sprint that is due, from today on where it is under way."""
    found, plan = staffing(context, due_sprint(context).period), context.plan
    since = f" from {wording.short_date(found.since)} on" if found.since > found.period.start else ""
    return Report(
        name="capacity",
        title=f"capacity in {found.period.id}{since}",
        sections=(
            *which_sprint.before(context),
            *_reserve(context, found),
            *_with_pictures(context, found),
        ),
        workings=tuple(_workings(context, found)),
        data={**_data(found), "reserve": _reserve_data(context, found), "velocity": sprint_tables.velocity_data(plan)},
    )


def _reserve(context: Context, found: Staffing) -> Iterator[Section]:
    """Yield what is left of a reserve that the period's written sprint takes hours of."""
    sprint = context.plan.sprints.get(found.period.id)
    said = sprint_tables.reserve(reserve_of_sprint(context.plan, sprint)) if sprint is not None else None
    if said is not None:
        yield Section(words("What is kept for the unforeseen"), (Line(said),))


def _with_pictures(context: Context, found: Staffing) -> Iterator[Section]:
    pictures = tuple(work_pictures.draw_hours(context, found))
    for section in _sections(context.plan, found, sprint_tables.velocity(context.plan), pictures):
        has_skills = section.title == _SKILLS and found.skills
        drawn = tuple(work_pictures.draw_skills(found)) if has_skills else ()
        yield replace(section, blocks=(*drawn, *section.blocks))


def hours_of(context: Context, period: Period) -> tuple[Section, ...]:
    """Return who has how many hours in a sprint, against what is asked by function and by skill."""
    return tuple(_sections(context.plan, staffing(context, period)))[:3]


def _reserve_data(context: Context, found: Staffing) -> dict[str, Any] | None:
    sprint = context.plan.sprints.get(found.period.id)
    return sprint_tables.reserve_data(reserve_of_sprint(context.plan, sprint)) if sprint is not None else None


def build_from_sources(context: Context, sources: Sources) -> Report:
    """Return the hours; if the sprint can be planned, with the value that more of each scarce resource would bring."""
    built = build(context)
    try:
        found = sources.bottlenecks(built.data["period"])
    except RevplanError:
        return built
    if found is None:
        return replace(built, sections=(*built.sections, bottlenecks.unplanned_section()))
    sections = (*built.sections, bottlenecks.section(context.plan, found)) if found else built.sections
    return replace(built, sections=sections, data={**built.data, "bottlenecks": bottlenecks.data(found)})


def _sections(
    plan: Plan, found: Staffing, lines: Iterable[Words] = (), pictures: tuple[Picture, ...] = ()
) -> Iterator[Section]:
    """Yield the sections; `pictures` stand above the hours of the members, `lines` below."""
    yield _members(plan, found, lines, pictures)
    if found.functions:
        yield _functions(plan, found)
    if found.skills:
        yield _skills(plan, found)
    if found.placeholders:
        yield _placeholders(plan, found)
    if found.skills and len(found.members) > 1:
        yield _single_points(plan, found)


# --- by member ---------------------------------------------------------------------------------------------------


def _members(plan: Plan, found: Staffing, lines: Iterable[Words], pictures: tuple[Picture, ...] = ()) -> Section:
    if not found.members:
        hint = "`revplan team add` adds people: hours a week, what business as usual takes, and their skills."
        return Section(words("No hours to plan with yet"), (empty(Outline.GRID, hint),))
    columns = (
        Column("Hours of", share=1),
        Column("Gross", Align.RIGHT),
        *(Column(title, Align.RIGHT) for title, _ in _shown_steps(found)),
        Column("Plannable", Align.RIGHT),
    )
    shown = _shown_steps(found)
    rows = [tuple(map(words, _cells(plan.team[own.member].name, (own,), shown))) for own in found.members]
    rows.append(tuple(words(strong(cell)) for cell in _cells("All", found.members, shown)))
    asked = f"{_hours(found.plannable)} h plannable; the backlog asks for {_hours(found.demand)} h"
    below = tuple(Line(line) for line in lines)
    return Section(words(f"From gross to plannable: {asked}"), (*pictures, Table(columns, tuple(rows)), *below))


def _shown_steps(found: Staffing) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rare = tuple((title, (step,)) for title, step in _RARE_STEPS if any(own.step(step) for own in found.members))
    return (*_SHOWN_STEPS[:2], *rare, *_SHOWN_STEPS[2:])


def _cells(name: str, those: tuple[Capacity, ...], shown: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, ...]:
    return (
        name,
        _hours(sum(own.gross for own in those)),
        *(_hours(sum(own.step(step) for own in those for step in steps)) for _, steps in shown),
        _hours(sum(own.plannable for own in those)),
    )


def _hours(minutes: int) -> str:
    return wording.measure(Fraction(minutes, MINUTES_PER_HOUR), 1)


# --- by function and skill ---------------------------------------------------------------------------------------


def _functions(plan: Plan, found: Staffing) -> Section:
    bars = tuple(
        Bar(names.function(plan, own.function), own.demand, own.supply, _against(own)) for own in found.functions
    )
    return Section(words("By function: its tactics' hours against its people's"), (Bars(bars),))


def _against(own: FunctionBalance) -> Words:
    figures = f"{_hours(own.demand)} of {_hours(own.supply)} h"
    return words(figures, warn(f", {_hours(own.demand - own.supply)} h short") if own.demand > own.supply else "")


def _skills(plan: Plan, found: Staffing) -> Section:
    columns = (
        Column("Skill", share=1),
        Column("Asked", Align.RIGHT),
        Column("There is", Align.RIGHT),
        Column("Short", Align.RIGHT),
        Column("Held by", share=3),
    )
    rows = tuple(_skill_row(plan, own) for own in found.skills)
    note = Line(words(dim("Hours. Whoever holds several skills counts in full for each; levels from 2 count.")))
    return Section(_SKILLS, (Table(columns, rows), note))


def _skill_row(plan: Plan, own: SkillBalance) -> tuple[Words, ...]:
    held = ", ".join(names.member(plan, name) for name in own.holders)
    return (
        words(own.skill),
        words(_hours(own.demand)),
        words(_hours(own.supply)),
        words(bad(_hours(own.short)) if own.short else dim("0")),
        words(held or bad("nobody")),
    )


# --- what is missing ---------------------------------------------------------------------------------------------


def _placeholders(plan: Plan, found: Staffing) -> Section:
    items = tuple(words(*_placeholder(plan, each)) for each in found.placeholders)
    return Section(words("What nobody can do: hours to hire or to buy"), (Items(items),))


def _placeholder(plan: Plan, each: Placeholder) -> Iterator[Run | str]:
    yield strong(f"{_hours(each.minutes)} h of {each.skill}")
    yield f" at level {each.level}, for {wording.join_names([names.tactic(plan, tactic) for tactic in each.tactics])}: "
    currency = plan.settings.currency
    bought = f"{currency.say(each.cash)} outside" if each.cash is not None else "no outside rate is known"
    yield f"{bought}; {wording.rate(each.hires, 0)} of a full-time month" if each.hires else bought


def _single_points(plan: Plan, found: Staffing) -> Section:
    title = words("Skills that rest on one person")
    if not found.single_points:
        return Section(title, (Line(words(good("No skill that the backlog takes."))),))
    items = tuple(
        words(
            strong(point.skill), f": {names.member(plan, point.member)}, for {wording.plural(point.tactics, 'tactic')}"
        )
        for point in found.single_points
    )
    return Section(title, (Items(items),))


# --- where it comes from, and plain data -------------------------------------------------------------------------


def _workings(context: Context, found: Staffing) -> Iterator[Working]:
    settings = context.plan.settings.sprint
    for own in found.members:
        steps = "".join(
            f" {'−' if step.minutes < 0 else '+'} {_hours(abs(step.minutes))} {step.name}"
            for step in own.steps
            if step.minutes
        )
        how = f"{_hours(own.gross)} h gross{steps} = {_hours(own.plannable)} h"
        yield Working(context.plan.team[own.member].name, how)
    focus = (
        f"focus factor {wording.rate(settings.focus_factor)}, or their own; reserve {wording.rate(settings.reserve)}"
    )
    yield Working(
        "Plannable hours", f"(hours − time off − meetings − business as usual) × focus × (1 − reserve); {focus}"
    )
    yield Working("Asked", f"hours left in the ready tactics, standing loads of {found.period.id} among them")
    if found.rate is not None:
        rate = context.plan.settings.currency.say_price(found.rate)
        yield Working("Outside rate", f"{rate} an hour, the median of contractors' and agencies' rates")
    yield Working("Full time", f"one more person has {_hours(found.full_time)} plannable hours in {found.period.id}")


def _data(found: Staffing) -> dict[str, Any]:
    return {
        "period": found.period.id,
        "start": found.period.start.isoformat(),
        "end": found.period.end.isoformat(),
        "plannable_hours": as_hours(found.plannable),
        "demand_hours": as_hours(found.demand),
        "members": [_member_data(found, own) for own in found.members],
        "functions": [
            {"function": own.function, "demand_hours": as_hours(own.demand), "supply_hours": as_hours(own.supply)}
            for own in found.functions
        ],
        "skills": [
            {
                "skill": own.skill,
                "demand_hours": as_hours(own.demand),
                "supply_hours": as_hours(own.supply),
                "short_hours": as_hours(own.short),
                "holders": list(own.holders),
            }
            for own in found.skills
        ],
        "single_points": [point._asdict() for point in found.single_points],
        "placeholders": [
            {
                "skill": each.skill,
                "level": each.level,
                "hours": as_hours(each.minutes),
                "tactics": list(each.tactics),
                "cash": as_number(each.cash),
                "hires": as_number(each.hires),
            }
            for each in found.placeholders
        ],
    }


def _member_data(found: Staffing, own: Capacity) -> dict[str, Any]:
    return {
        "member": own.member,
        "gross_hours": as_hours(own.gross),
        "meeting_hours": as_hours(own.meetings),
        "steps": [{"step": step.name, "hours": as_hours(step.minutes)} for step in own.steps],
        "plannable_hours": as_hours(own.plannable),
        "recurring_hours": as_hours(found.standing.get(own.member, 0)),
    }
