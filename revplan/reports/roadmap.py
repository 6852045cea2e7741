"""`revplan report roadmap`: the next sprints, what each holds, when the parked have their turn, and who is how full."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from revplan import wording
from revplan.analysis.revenue import gap
from revplan.analysis.standing import standings
from revplan.errors import RevplanError
from revplan.model.numbers import MINUTES_PER_HOUR
from revplan.reports import horizon, names, sprint_plan, sprint_tables, suggestions, which_sprint
from revplan.reports.document import (
    Align,
    Chart,
    Column,
    Items,
    Line,
    Outline,
    Picture,
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
from revplan.reports.figures import Gantt, Stretch
from revplan.reports.frame import Report, Working

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.planning.answer import MemberLoad, ParkedCandidate, PlacedTactic, SkillLoad, SprintPlan
    from revplan.planning.horizon import Horizon, Waiting
    from revplan.reports.document import Run, Words
    from revplan.reports.frame import Sources

NAME = "roadmap"
MOST_WAITING = 20
"""Tactics that only wait for their turn of which this many are named; the backlog has them all."""


def build(context: Context, found: Horizon) -> Report:
    """Return the roadmap of sprints that were planned one after another."""
    sprints = found.sprints
    return Report(
        name=NAME,
        title=f"roadmap, {wording.period(sprints[0].period.start, sprints[-1].period.end)}",
        sections=(*which_sprint.before(context), *_sections(context, found)),
        workings=tuple(_workings(found)),
        data={"policy": sprints[0].policy, **horizon.figures(found)},
    )


def build_from_sources(context: Context, sources: Sources) -> Report:
    """Plan the next sprints and return their roadmap; if they cannot be planned, say so."""
    try:
        found = sources.next_sprints()
    except RevplanError as error:
        return _unplanned_report(str(error))
    return build(context, found)


def _unplanned_report(why: str) -> Report:
    """Return the roadmap of a plan that cannot be planned with."""
    way_out = f"{why}; `revplan validate` says more."
    section = Section(
        words("Nothing can be planned yet"), (empty(Outline.TIMELINE, f"{way_out[0].upper()}{way_out[1:]}"),)
    )
    return Report(NAME, NAME, (section,), (), {"sprints": None})


def _sections(context: Context, found: Horizon) -> Iterator[Section]:
    plan, sprints = context.plan, found.sprints
    if not any(sprint.placed for sprint in sprints):
        yield Section(words("Nothing to be done"), (empty(Outline.TIMELINE, sprint_plan.why_empty(plan, sprints[0])),))
    else:
        yield _overview(context, found)
        yield from (_sprint(context, sprint) for sprint in sprints if sprint.placed)
    yield from _parked_section(context, found)
    if any(sprint.placed for sprint in sprints):
        yield from _loads(plan, sprints)
    first, last = sprints[0].period.start, sprints[-1].period.end
    dates = sorted((day, what) for day, what in _dates(context.plan) if first <= day <= last)
    if dates:
        yield _calendar(dates)


# --- the sprints --------------------------------------------------------------------------------------------------


def _overview(context: Context, found: Horizon) -> Section:
    columns = (
        Column("Sprint"),
        Column("Tactics", Align.RIGHT),
        Column("Value", Align.RIGHT),
        Column("h", Align.RIGHT),
        Column("Of", Align.RIGHT),
        Column("Parked", Align.RIGHT),
        Column("Revenue to reach", Align.RIGHT),
    )
    rows = tuple(_overview_row(context, sprint) for sprint in found.sprints)
    count = wording.plural(len(found.tactics), "tactic")
    title = words(f"{wording.plural(len(found.sprints), 'sprint')}, {count}")
    return Section(title, (*_whole(context, found), Table(columns, rows), *map(Line, _how(found))))


def _whole(context: Context, found: Horizon) -> Iterator[Picture]:
    """Yield all of the sprints on one timeline, with launches and what comes from outside."""
    first, last = found.sprints[0].period.start, found.sprints[-1].period.end
    days = [(day, what) for day, what in sorted(_dates(context.plan)) if first <= day <= last]
    placed = [_stretch(context.plan, entry) for sprint in found.sprints for entry in sprint.by_value]
    marks = [Stretch(f"◆ {what}", wording.short_date(day), day, day, is_moment=True) for day, what in days]
    stretches = sorted((*marks, *placed), key=lambda one: (one.start, one.end, one.label))
    caption = f"Every tactic of the sprints ahead{', with launches and what comes from outside (◆)' if marks else ''}."
    yield Picture(caption, Gantt(first, last, context.today, tuple(stretches)))


def _overview_row(context: Context, sprint: SprintPlan) -> tuple[Words, ...]:
    target, currency = gap(context, sprint.period), context.plan.settings.currency
    return (
        words(sprint.period.id),
        words(wording.count(len(sprint.placed))),
        words(wording.score(sprint.value)),
        words(wording.about(sum(load.allocated for load in sprint.members))),
        words(wording.about(sum(load.for_tactics for load in sprint.members))),
        words(wording.count(len(sprint.parked))),
        words(currency.say_briefly(target.target) if target is not None else dim(wording.MISSING)),
    )


def _how(found: Horizon) -> Iterator[Words]:
    yield words(dim("Each is planned as if those before it were carried out as planned. Nothing is written."))
    if found.sprints[0].policy == "rank":
        yield words(
            dim("So large a backlog is filled down the ranked list; "),
            dim(f"`revplan sprint plan --horizon {len(found.sprints)}` searches for better."),
        )


def _sprint(context: Context, sprint: SprintPlan) -> Section:
    stretches = tuple(_stretch(context.plan, entry) for entry in sprint.by_value)
    chart = Chart(
        caption=f"Sprint {sprint.period.id}: every tactic from its first to its last day, the most valuable first.",
        figure=Gantt(sprint.period.start, sprint.period.end, context.today, stretches),
        table=horizon.table(context.plan, sprint),
    )
    return Section(horizon.title(sprint), (chart,))


def _stretch(plan: Plan, entry: PlacedTactic) -> Stretch:
    first, last = min(task.start for task in entry.tasks), max(task.due for task in entry.tasks)
    must = " (must)" if entry.tier == "must" else ""
    hours, people = wording.hours(entry.minutes), horizon.owners(plan, entry)
    said = f"{wording.span(first, last)}, {hours} h, {', '.join(people)}"
    shorter = tuple(f"{hours} h, {who}" for who in names.fewer(people))
    return Stretch(f"{entry.title}{must}", said, first, last, shorter=shorter)


# --- what is parked -----------------------------------------------------------------------------------------------


def _parked_section(context: Context, found: Horizon) -> Iterator[Section]:
    """Yield the tactics that a new plan leaves out: first those of the written sprint, then those of no sprint."""
    first, stands = found.sprints[0].period.id, standings(context)
    committed = {name for name, own in stands.items() if own.state == "in-sprint"}
    if any(entry.tactic in committed for entry in found.sprints[0].parked):
        yield _endangered_section(context.plan, found, committed, first)
    later, waiting = _outside(found, committed)
    if later or waiting:
        yield _in_turn(context.plan, found, later, waiting)


def _outside(found: Horizon, committed: AbstractSet[str]) -> tuple[list[tuple[str, str]], list[Waiting]]:
    later = [entry for entry in found.later if entry[0] not in committed]
    return later, [each for each in found.waiting if each.entry.tactic not in committed]


def _endangered_section(plan: Plan, found: Horizon, committed: AbstractSet[str], sprint: str) -> Section:
    """Return the tactics that the written sprint has and that a new plan of today would leave out."""
    entries = [entry for entry in found.sprints[0].parked if entry.tactic in committed]
    turns = dict(found.later)
    columns = (Column("Tactic", share=2), Column("h", Align.RIGHT), Column("Planned anew"), Column("Why", share=3))
    rows = tuple(
        _row(
            entry,
            warn(f"in {turns[entry.tactic]}" if entry.tactic in turns else "out"),
            words(suggestions.why(plan, entry.reason)),
        )
        for entry in entries
    )
    count = wording.plural(len(rows), "tactic")
    title = f"In sprint {sprint} as it is written, but not if it were planned anew today: {count}"
    note = f"They stay in it until `revplan sprint plan {sprint} --write`; `revplan sprint status` tells what is late."
    return Section(words(title), (Table(columns, rows), Line(words(dim(note)))))


def _in_turn(plan: Plan, found: Horizon, turns: Sequence[tuple[str, str]], waiting: Sequence[Waiting]) -> Section:
    columns = (Column("Tactic", share=2), Column("h", Align.RIGHT), Column("Its turn"), Column("Why", share=3))
    entries = {entry.tactic: entry for entry in found.sprints[0].parked}
    later = (_row(entries[tactic], good(sprint), _why_not_yet(plan, found, tactic)) for tactic, sprint in turns)
    patient = [each for each in waiting if each.verdict == "waits"]
    others = (each for each in waiting if each.verdict != "waits")
    never = (
        _row(each.entry, _turn(each), horizon.why(plan, len(found.sprints), each))
        for each in (*others, *patient[:MOST_WAITING])
    )
    count = wording.plural(len(turns) + len(waiting), "tactic")
    table = Table(columns, (*later, *never))
    return Section(
        words(f"Parked, and when it is their turn: {count}"), (table, *_rest(patient), *_left_out_lines(found))
    )


def _row(entry: ParkedCandidate, turn: Run, why: Words) -> tuple[Words, ...]:
    title = bad(f"{entry.title} (must)") if entry.tier == "must" else entry.title
    return words(title), words(wording.hours(entry.minutes)), words(turn), why


def _why_not_yet(plan: Plan, found: Horizon, tactic: str) -> Words:
    first = found.sprints[0]
    reason = next(entry.reason for entry in first.parked if entry.tactic == tactic)
    if first.policy == "rank" and reason.code == "outranked":
        return words("what ranks higher has the hours")
    return words(suggestions.why(plan, reason))


def _turn(each: Waiting) -> Run:
    match each.verdict:
        case "waits":
            return dim("later")
        case "too-large":
            return bad("never")
        case "cannot":
            return warn("not as it is")


def _rest(patient: Sequence[Waiting]) -> Iterator[Line]:
    rest = patient[MOST_WAITING:]
    if rest:
        hours = wording.measure(Fraction(sum(each.entry.minutes for each in rest), MINUTES_PER_HOUR), 1)
        yield Line(words(dim(f"And {len(rest):,} more that wait, {hours} h: `revplan report backlog` ranks them all.")))


def _left_out_lines(found: Horizon) -> Iterator[Line]:
    first = found.sprints[0]
    if first.left_out:
        yield Line(words(dim(f"Not considered in {first.period.id}: {sprint_tables.left_out_in_words(first)}.")))


# --- who is how full ----------------------------------------------------------------------------------------------


def _loads(plan: Plan, sprints: Sequence[SprintPlan]) -> Iterator[Section]:
    members = [{load.member: load for load in sprint.members} for sprint in sprints]
    people = sorted({name for loads in members for name, load in loads.items() if load.plannable or load.overload})
    if people:
        rows = tuple(_people_row(plan, name, members) for name in people)
        note = Line(words(dim("Of plannable hours; standing loads are among what is taken.")))
        yield Section(words("Who is how full"), (Table(_by_sprint("Who", sprints), rows), note))
    skills = [{load.skill: load for load in sprint.skills} for sprint in sprints]
    asked = sorted({name for loads in skills for name, load in loads.items() if load.demand})
    if asked:
        rows = tuple((words(name), *(_skill(loads.get(name)) for loads in skills)) for name in asked)
        note = Line(words(dim("Hours. Whoever holds several skills counts in full for each.")))
        title = words("What is asked of each skill, of what there is")
        yield Section(title, (Table(_by_sprint("Skill", sprints), rows), note))


def _by_sprint(title: str, sprints: Sequence[SprintPlan]) -> tuple[Column, ...]:
    return Column(title), *(Column(sprint.period.id, Align.RIGHT, share=1) for sprint in sprints)


def _people_row(plan: Plan, name: str, sprints: Sequence[Mapping[str, MemberLoad]]) -> tuple[Words, ...]:
    return words(names.member(plan, name)), *(_load(loads.get(name)) for loads in sprints)


def _load(load: MemberLoad | None) -> Words:
    if load is None or not (load.plannable or load.overload):
        return words(dim(wording.MISSING))
    taken = load.plannable - load.for_tactics + load.allocated
    of = f"of {wording.about(load.plannable)} h"
    if load.overload:
        return words(bad(f"{wording.about(load.overload)} h over"), f" {of}")
    return words(f"{wording.percent(taken, load.plannable)} {of}")


def _skill(load: SkillLoad | None) -> Words:
    if load is None or not load.demand:
        return words(dim(wording.MISSING))
    figures = f"{wording.about(load.demand)} of {wording.about(load.supply)}"
    return words(warn(f"{figures}, short") if load.demand > load.supply else figures)


# --- what else lies in them ---------------------------------------------------------------------------------------


def _dates(plan: Plan) -> Iterator[tuple[date, str]]:
    """Yield the days on which campaigns begin and end and on which something comes from outside."""
    for campaign in plan.campaigns.values():
        yield campaign.start, f"{campaign.title} launches"
        yield campaign.end, f"{campaign.title} ends"
    for each in plan.strategy.inputs.values():
        yield each.date, each.title


def _calendar(dates: Sequence[tuple[date, str]]) -> Section:
    items = tuple(words(strong(wording.short_date(day)), f": {what}") for day, what in dates)
    return Section(words("Launches, and what comes from outside"), (Items(items),))


def _workings(found: Horizon) -> Iterator[Working]:
    for sprint in found.sprints:
        values = " + ".join(wording.score(entry.value) for entry in sprint.by_value)
        if len(sprint.placed) > 1:
            yield Working(f"Value of {sprint.period.id}", f"{values} = {wording.score(sprint.value)}")
    yield Working("Hours", "of placed tactics, of what is plannable less standing loads; `report capacity` has the way")
