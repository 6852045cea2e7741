"""`revplan report team`: who there is, what each can do, who is away, and whose contract ends."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.capacity import WORKS_ALONE
from revplan.model.calendar import work_calendar
from revplan.model.numbers import MINUTES_PER_HOUR
from revplan.reports import names
from revplan.reports.document import (
    Align,
    Column,
    Items,
    Line,
    Outline,
    Picture,
    Section,
    Table,
    dim,
    empty,
    warn,
    words,
)
from revplan.reports.figures import Measure, Ranking
from revplan.reports.frame import Report, Working
from revplan.reports.values import part_of_day
from revplan.wording import as_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context
    from revplan.model.team import Member
    from revplan.reports.document import Words

AHEAD = timedelta(days=60)
"""How far the report looks ahead for days off and contracts that end."""


def build(context: Context) -> Report:
    """Return the team as it is on the context's day."""
    return Report(
        name="team",
        title="team",
        sections=tuple(_sections(context)),
        workings=(Working("Hours a week", "gross, on the report's day, before business as usual and meetings"),),
        data={"members": [_data(context, member) for member in context.plan.team.values()]},
    )


def _sections(context: Context) -> Iterator[Section]:
    team = context.plan.team
    if not team:
        hint = "`revplan team add` adds people: their function, hours a week, and skills with levels from 1 to 4."
        yield Section(words("Nobody is in the team yet"), (empty(Outline.BARS, hint),))
        return
    columns = (
        Column("Who"),
        Column("Kind"),
        Column("Function"),
        Column("Hours"),
        Column("As usual", Align.RIGHT),
        Column("Skills, with levels", share=3),
    )
    rows = tuple(_row(context, member) for member in team.values())
    levels = "Levels: 1 is learning, 2 works alone, 3 leads, 4 teaches."
    pictures = tuple(_week_bars(context))
    title = words(f"{wording.plural(len(team), 'member')}")
    yield Section(title, (*pictures, Table(columns, rows), Line(words(dim(levels)))))
    away = tuple(_away(context))
    if away:
        yield Section(words(f"Away in the next {AHEAD.days} days"), (Items(away),))
    ending = tuple(_ending(context))
    if ending:
        yield Section(words("Contracts that end soon"), (Items(ending),))


def _week_bars(context: Context) -> Iterator[Picture]:
    """Yield the hours of each member's week and what business as usual leaves of them; retainers have no week."""
    weeks = [(member, _week(context, member)) for member in context.plan.team.values()]
    measures = tuple(
        Measure(
            names.member(context.plan, member.id),
            max(0, minutes - member.business_as_usual) / MINUTES_PER_HOUR,
            f"{wording.hours(max(0, minutes - member.business_as_usual))} of {wording.hours(minutes)} h",
            whole=minutes / MINUTES_PER_HOUR,
        )
        for member, minutes in weeks
        if minutes and member.minutes_per_month is None
    )
    if measures:
        yield Picture("Hours of a week that business as usual leaves, of all that there are.", Ranking(measures))


def _row(context: Context, member: Member) -> tuple[Words, ...]:
    return (
        words(member.name),
        words(member.kind),
        words(names.function(context.plan, member.function)),
        words(_hours(context, member)),
        words(wording.hours(member.business_as_usual)),
        words(", ".join(_skills(member)) or dim(wording.MISSING)),
    )


def _week(context: Context, member: Member) -> int:
    weeks = _weeks(context, member)
    return round(sum(weeks) / len(weeks))


def _weeks(context: Context, member: Member) -> tuple[int, ...]:
    """Return the minutes of a week on the context's day; of even and of odd weeks where they are worked by turns."""
    calendar = work_calendar(context.plan.settings, member)
    if not calendar.is_under_contract(context.today):
        return (0,)
    this = round(calendar.pattern(context.today).week)
    by_turns = [entry for entry in member.week or () if entry.since is None or entry.since <= context.today]
    if not by_turns or by_turns[-1].odd is None:
        return (this,)
    return (sum(by_turns[-1].minutes), sum(by_turns[-1].odd))


def _hours(context: Context, member: Member) -> str:
    if member.until is not None and member.until < context.today:
        return f"left {wording.short_date(member.until)} {member.until.year}"
    if member.from_ is not None and member.from_ > context.today:
        return f"from {wording.short_date(member.from_)} {member.from_.year}"
    if member.minutes_per_month is not None:
        return f"{wording.hours(member.minutes_per_month)} a month"
    return f"{'/'.join(map(wording.hours, _weeks(context, member)))} a week"


def _skills(member: Member) -> Iterator[str]:
    for skill, level in sorted(member.skills.items(), key=lambda entry: (-entry[1], entry[0])):
        yield f"{skill} {level}" if level >= WORKS_ALONE else f"{skill} {level} (learning)"


def _away(context: Context) -> Iterator[Words]:
    until = context.today + AHEAD
    entries = [
        (days.first, days.last, member.name, absence)
        for member in context.plan.team.values()
        for days, absence in work_calendar(context.plan.settings, member).time_off_within(context.today, until)
    ]
    for start, end, name, absence in sorted(entries, key=lambda entry: entry[:3]):
        span = wording.span(start, end)
        part = f", {part_of_day(absence)}" if absence.minutes is not None else ""
        yield words(f"{name}: {span}{part}", dim(f", {absence.reason}" if absence.reason else ""))


def _ending(context: Context) -> Iterator[Words]:
    for member in context.plan.team.values():
        if member.until is not None and context.today <= member.until <= context.today + AHEAD:
            yield words(f"{member.name}: ", warn(wording.long_date(member.until)))


def _data(context: Context, member: Member) -> dict[str, Any]:
    return {
        "member": member.id,
        "name": member.name,
        "kind": member.kind,
        "function": member.function,
        "calendar": member.calendar,
        "hours_per_week": as_hours(_week(context, member)),
        "business_as_usual_hours": as_hours(member.business_as_usual),
        "skills": dict(member.skills),
        "until": member.until.isoformat() if member.until is not None else None,
    }
