"""`revplan agenda sprint`: the planning of the next sprint, from what the last one taught to who confirms what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan import wording
from revplan.analysis.calibration import known_skills, parking_lot
from revplan.analysis.capacity import able_members
from revplan.analysis.outcome import outcome
from revplan.analysis.revenue import gap
from revplan.analysis.sprint_due import due_sprint, last_closed
from revplan.analysis.staffing import working
from revplan.reports import agenda as agenda_promises
from revplan.reports import agenda as minutes
from revplan.reports import backlog, capacity, names, sprint_close, sprint_tables, standing_words, which_sprint
from revplan.reports import (
    parking_lot as parking,
)
from revplan.reports.agenda import Item, away, inside, meeting_length, recall, report
from revplan.reports.document import Blank, Heading, Items, Line, Table, dim, strong, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.analysis.periods import Period
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.reports.document import Block, Section
    from revplan.reports.frame import Report

LENGTH = 240
_SHOWN = 15
"""Tactics of the ranked backlog, and parked ones, that are shown; the reports have them all."""
_GOAL = Blank("Goal of the sprint", "one sentence", 1)
_RISKS = Blank("Risks", "", 2)


def build(context: Context, before: Plan | None, period: Period, proposal: Sequence[Section]) -> Report:
    """Return the agenda of a sprint's planning.

    Args:
        context: the plan and the day.
        before: the plan as it stood at the last planning; None where that is not known.
        period: the sprint that is to be planned.
        proposal: what the planning proposes for it.
    """
    held = context.plan.settings.meetings.sprint
    lot = parking_lot(context)
    items = (
        Item("Check-in", 5, (*away(context, "sprint"), minutes.ATTENDED)),
        Item("What the last sprint brought", 30, (*recall(context, "sprint", before), *_last(context))),
        Item("What is missing to the month's target", 10, tuple(_missing(context, period))),
        Item("What people can take on", 20, tuple(_hours(context, period))),
        Item("What is parked", 25, tuple(inside((parking.section(context, lot, _SHOWN),)))),
        Item("Candidates, the best first", 30, tuple(_candidates(context))),
        Item("The proposal", 75, tuple(inside(proposal))),
        Item("Issues of the sprint", 25, (*agenda_promises.issues(context, "sprint"), minutes.SOLVED, minutes.ISSUES)),
        Item("Goal, risks, and everyone's word", 15, (_GOAL, _RISKS, *_confirmations(context, period))),
        Item("Conclude", 5, (minutes.TODOS, minutes.DECISIONS, minutes.MESSAGES, minutes.RATING)),
    )
    title = f"planning of sprint {period.id}"
    return report("sprint", title, items, *meeting_length(held, LENGTH))


def _last(context: Context) -> Iterator[Block]:
    yield from map(Line, which_sprint.lines(context, due_sprint(context)))
    sprint = last_closed(context)
    if sprint is None:
        yield Line(words(dim("No sprint has been closed yet; the next planning will have this one's results.")))
        return
    found = outcome(context.plan, sprint)
    goal = f": {sprint.goal}" if sprint.goal is not None else ""
    yield Line(words(strong(f"Sprint {sprint.id}"), goal))
    yield Line(sprint_tables.commitment(found.commitment))
    yield from sprint_tables.by_tactic(context.plan, found).blocks
    left = [names.tactic(context.plan, entry.tactic) for entry in found.unfinished]
    yield Line(words(f"Unfinished: {wording.join_names(left)}." if left else "Nothing is left over."))
    known = tuple(known_skills(context.plan).values())
    if known:
        yield from inside((sprint_close.section(known),))


def _hours(context: Context, period: Period) -> Iterator[Block]:
    yield from map(Line, sprint_tables.velocity(context.plan))
    yield from inside(capacity.hours_of(context, period))


def _missing(context: Context, period: Period) -> Iterator[Block]:
    yield from map(Line, standing_words.requests(context))
    found, currency = gap(context, period), context.plan.settings.currency
    if found is None:
        yield Line(words(dim("That month has no revenue target: write the year's goal under goals.")))
        return
    since = wording.month(found.since) if found.since is not None else "the year's start"
    target, actual = currency.say_briefly(found.target), currency.say_briefly(found.actual)
    line = f"{wording.month(found.month)} is to reach {target}; {since} had {actual}: "
    missing = currency.say_briefly(found.missing)
    yield Line(words(line, strong(f"{missing} are missing" if found.missing > 0 else "nothing is missing"), "."))


def _candidates(context: Context) -> Iterator[Block]:
    first = backlog.build(context).sections[0]
    for block in first.blocks:
        if isinstance(block, Table):
            yield Table(block.columns, block.rows[:_SHOWN])
            if len(block.rows) > _SHOWN:
                yield Line(words(dim(f"And {len(block.rows) - _SHOWN} more: `revplan report backlog`.")))
        else:
            yield block


def _confirmations(context: Context, period: Period) -> Iterator[Block]:
    able = able_members(context.plan)
    people = [member.name for member in working(context.plan, period.start) if member.id in able]
    if people:
        yield Heading(words("Everyone's word"))
        yield Items(tuple(words(f"{name} confirms their part: ", dim("yes / no, because …")) for name in people))
