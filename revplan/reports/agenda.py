"""What all agendas have in common: items with their time, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.reports import phrases
from revplan.reports.document import Items, Line, Section, dim, strong, words
from revplan.reports.frame import Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.model.context import Context
    from revplan.model.meetings import Meeting, MeetingKind
    from revplan.reports.document import Block

_SHORTEST = 5
"""Minutes that an item keeps, however short the meeting is."""
_MINUTES_PER_HOUR = 60


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
        yield Line(words(strong("".join(run.text for run in section.title))))
        yield from section.blocks


def last_meeting(context: Context, kind: MeetingKind) -> Meeting | None:
    """Return the last meeting of a kind before the context's day; None where none is written."""
    held = [meeting for meeting in context.plan.meetings.values() if meeting.kind == kind]
    past = [meeting for meeting in held if meeting.date < context.today]
    return max(past, key=lambda meeting: meeting.date, default=None)


def decided(meeting: Meeting | None) -> Iterator[Block]:
    """Yield what the last meeting decided, and how good those who were there found it."""
    if meeting is None:
        return
    if meeting.decisions:
        yield Line(words(strong(f"Decided on {phrases.long_date(meeting.date)}")))
        yield Items(tuple(words(decision) for decision in meeting.decisions))
    if meeting.rating:
        mean = phrases.count(Fraction(sum(meeting.rating.values()), len(meeting.rating)))
        yield Line(words(dim(f"The last meeting was rated {mean} of 10.")))
