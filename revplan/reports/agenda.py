"""What all agendas have in common: items with their time, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from revplan import phrases
from revplan.analysis.changes import changes
from revplan.reports import agenda_promises
from revplan.reports.change_words import entity_in_words
from revplan.reports.document import Heading, Items, Line, Section, dim, words
from revplan.reports.frame import Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from revplan.model.context import Context
    from revplan.model.meetings import Meeting, MeetingKind
    from revplan.model.plan import Plan
    from revplan.reports.document import Block

_SHORTEST = 5
"""Minutes that an item keeps, however short the meeting is."""
_MINUTES_PER_HOUR = 60
MOST_CHANGES = 12
"""Changes of the plan that an agenda lists."""
_SHOWN_ANYWAY = frozenset(("todo", "issue", "meeting"))
"""Kinds that every agenda has in full."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of an agenda.

    Attributes:
        minutes: how long it takes.
    """

    title: str
    minutes: int
    blocks: tuple[Block, ...]


def report(kind: MeetingKind, title: str, items: Sequence[Item], minutes: int) -> Report:
    """Return an agenda as a report; its longest item takes what the meeting has more or less time than the items."""
    fitted = _fitted(items, minutes)
    return Report(
        name=f"agenda-{kind}",
        title=f"{title}, {phrases.count(minutes)} minutes",
        sections=tuple(_sections(fitted)),
        workings=(),
        data={"kind": kind, "items": [{"title": item.title, "minutes": item.minutes} for item in fitted]},
    )


def _fitted(items: Sequence[Item], minutes: int) -> list[Item]:
    spare = minutes - sum(item.minutes for item in items)
    longest = max(range(len(items)), key=lambda number: items[number].minutes)
    taken = max(_SHORTEST, items[longest].minutes + spare)
    return [replace(item, minutes=taken) if number == longest else item for number, item in enumerate(items)]


def _sections(items: Sequence[Item]) -> Iterator[Section]:
    begun = 0
    for item in items:
        clock = f"{begun // _MINUTES_PER_HOUR}:{begun % _MINUTES_PER_HOUR:02}"
        title = words(f"{clock} {item.title}", dim(f" ({phrases.plural(item.minutes, 'minute')})"))
        yield Section(title, item.blocks)
        begun += item.minutes


def inside(sections: Sequence[Section]) -> Iterator[Block]:
    """Yield sections of a report as blocks of an item."""
    for section in sections:
        yield Heading(section.title)
        yield from section.blocks


def last_meeting(context: Context, kind: MeetingKind) -> Meeting | None:
    """Return the last meeting of a kind before the context's day; None where none is written."""
    held = [meeting for meeting in context.plan.meetings.values() if meeting.kind == kind]
    past = [meeting for meeting in held if meeting.date < context.today]
    return max(past, key=lambda meeting: meeting.date, default=None)


def recalled(context: Context, kind: MeetingKind, before: Plan | None) -> Iterator[Block]:
    """Yield what the last meeting of a kind decided, what was solved and done since, and what else changed in the plan.

    Args:
        context: the plan and the day.
        kind: which meeting.
        before: the plan as it stood at the last meeting; None where that is not known.
    """
    meeting = last_meeting(context, kind)
    if meeting is not None:
        yield from _decided(meeting)
        yield from agenda_promises.kept(context.plan, kind, meeting.date)
        if before is not None:
            yield from _changed(before, context.plan, meeting.date)


def _changed(before: Plan, after: Plan, since: date) -> Iterator[Block]:
    found = [change for change in changes(before, after) if change.ref.kind not in _SHOWN_ANYWAY]
    if not found:
        return
    yield Heading(words(f"Changed in the plan since {phrases.long_date(since)}"))
    yield Items(tuple(entity_in_words(before, after, change) for change in found[:MOST_CHANGES]))
    if len(found) > MOST_CHANGES:
        yield Line(words(dim(f"And {len(found) - MOST_CHANGES} more: `revplan diff` tells all.")))


def _decided(meeting: Meeting) -> Iterator[Block]:
    if meeting.decisions:
        yield Heading(words(f"Decided on {phrases.long_date(meeting.date)}"))
        yield Items(tuple(words(decision) for decision in meeting.decisions))
    if meeting.rating:
        mean = phrases.count(Fraction(sum(meeting.rating.values()), len(meeting.rating)))
        yield Line(words(dim(f"The last meeting was rated {mean} of 10.")))
