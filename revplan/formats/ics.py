"""Days of a plan as an iCalendar file (RFC 5545), for any calendar."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from revplan.formats.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from revplan.analysis.calendar import Event

_LONGEST = 75
"""Octets of a line, after which it is folded."""
_ONE_DAY = timedelta(days=1)


def draw(company: str, events: Sequence[Event], names: Mapping[str, str], today: date) -> str:
    """Return a calendar.

    Args:
        company: whose it is.
        events: what is in it.
        names: what members are called, by id.
        today: the day it is made; the same plan on the same day gives the same file.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//revplan//revplan//EN",
        f"X-WR-CALNAME:{_text(f'{company}: revenue plan')}",
        *(line for event in events for line in _event(event, names, today)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _event(event: Event, names: Mapping[str, str], today: date) -> Iterator[str]:
    people = ", ".join(names.get(member, member) for member in event.people)
    details = "\n".join(part for part in (event.details, people) if part)
    yield "BEGIN:VEVENT"
    yield f"UID:{event.id}@revplan"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
    yield from _span(event)
    yield f"SUMMARY:{_text(event.title)}"
    if details:
        yield f"DESCRIPTION:{_text(details)}"
    yield "TRANSP:TRANSPARENT" if event.starts is None else "TRANSP:OPAQUE"
    yield "END:VEVENT"


def _span(event: Event) -> Iterator[str]:
    """Yield when an event begins and ends: whole days, or the reader's local time (RFC 5545, 3.3.5, form 1)."""
    if event.starts is None:
        yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.last + _ONE_DAY:%Y%m%d}"
        return
    begin = datetime.combine(event.first, event.starts)
    yield f"DTSTART:{begin:%Y%m%dT%H%M%S}"
    yield f"DTEND:{begin + timedelta(minutes=event.minutes):%Y%m%dT%H%M%S}"


def _text(plain: str) -> str:
    """Escape text so that it can neither end its line nor begin another value."""
    lines = (visible(line) for line in plain.split("\n"))
    return "\\n".join(line.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,") for line in lines)


def _fold(line: str) -> str:
    """Return a line so that no part of it is longer than allowed; the parts after the first begin with a space."""
    parts, part, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _LONGEST:
            parts.append(part)
            part, size = " ", 1
        part, size = part + character, size + octets
    return "\r\n".join((*parts, part))
