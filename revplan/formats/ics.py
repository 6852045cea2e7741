"""Days of a plan as an iCalendar file (RFC 5545), for any calendar."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from revplan.formats.text import visible
from revplan.model.base import ONE_DAY
from revplan.wording import transliterate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, tzinfo

    from revplan.analysis.events import Event

_LONGEST = 75
"""Octets of a line, after which it is folded."""


_UNCHANGED = "19700101T000000Z"
"""The stamp of an event of which no change is known: the day it is made is none, so that bytes stay from day to day."""
_REFRESH = "PT12H"


class Published(NamedTuple):
    """An event as a file has it already.

    Attributes:
        lines: what it says, without its sequence and stamp.
    """

    sequence: int
    stamp: str
    lines: tuple[str, ...]


def read_published(text: str) -> dict[str, Published]:
    """Return the events of a calendar that was written before, by their UIDs."""
    found: dict[str, Published] = {}
    lines = re.sub(r"\r?\n[ \t]", "", text).splitlines()
    for block in "\n".join(lines).split("BEGIN:VEVENT\n")[1:]:
        body = block.partition("\nEND:VEVENT")[0].split("\n")
        said = {name: value for name, _, value in (line.partition(":") for line in body)}
        kept = tuple(line for line in body if not line.startswith(("SEQUENCE:", "DTSTAMP:")))
        number = said.get("SEQUENCE", "0")
        if "UID" in said:
            found[said["UID"]] = Published(
                int(number) if number.isdigit() else 0, said.get("DTSTAMP", _UNCHANGED), kept
            )
    return found


def _name_by_digest(company: str) -> str:
    """Return a name for a company of whose own no letter is Latin, so that no two plans' events are the same."""
    return f"plan-{sha256(company.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def draw(
    company: str,
    events: Sequence[Event],
    names: Mapping[str, str],
    today: date,
    *,
    zone: tzinfo | None = None,
    published: Mapping[str, Published] | None = None,
) -> str:
    """Return a calendar.

    Unchanged events give the same bytes on every day. One that differs from what the file has counts one change more.

    Args:
        company: whose it is; its name is part of every UID.
        events: what is in it.
        names: what members are called, by id.
        today: the day that changes are stamped with.
        zone: the zone of the times of day; None for the reader's own.
        published: the events as the file has them, by UID.
    """
    plan = _OTHER.sub("-", transliterate(company)).strip("-") or _name_by_digest(company)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//revplan//revplan//EN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(f'{company}: revenue plan')}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{_REFRESH}",
        f"X-PUBLISHED-TTL:{_REFRESH}",
        *(line for event in events for line in _event(event, plan, names, today, zone, published or {})),
        "END:VCALENDAR",
    ]
    return "".join(f"{_fold(line)}\r\n" for line in lines)


_OTHER = re.compile(r"[^a-z0-9]+")


def _event(
    event: Event,
    plan: str,
    names: Mapping[str, str],
    today: date,
    zone: tzinfo | None,
    published: Mapping[str, Published],
) -> Iterator[str]:
    uid = f"{event.id}@{plan}.revplan"
    lines = (f"UID:{uid}", *_span(event, zone), *_words(event, names))
    before = published.get(uid)
    changed = before is not None and before.lines != lines
    sequence = 0 if before is None else before.sequence + changed
    stamp = f"{today:%Y%m%d}T000000Z" if changed else _UNCHANGED if before is None else before.stamp
    yield "BEGIN:VEVENT"
    yield from (lines[0], f"DTSTAMP:{stamp}", f"SEQUENCE:{sequence}", *lines[1:])
    yield "END:VEVENT"


def _words(event: Event, names: Mapping[str, str]) -> Iterator[str]:
    people = ", ".join(names.get(member, member) for member in event.people)
    details = "\n".join(part for part in (event.details, people) if part)
    yield f"SUMMARY:{_text(event.title)}"
    if details:
        yield f"DESCRIPTION:{_text(details)}"
    yield "TRANSP:TRANSPARENT" if event.starts is None else "TRANSP:OPAQUE"


def _span(event: Event, zone: tzinfo | None) -> Iterator[str]:
    """Yield when an event begins and ends: whole days; times in UTC, or in the reader's own zone (RFC 5545, 3.3.5)."""
    if event.starts is None:
        yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.last + ONE_DAY:%Y%m%d}"
        return
    begin = datetime.combine(event.first, event.starts, zone)
    begin = begin if zone is None else begin.astimezone(UTC)  # so that a meeting is as long when clocks change in it
    yield f"DTSTART:{_time(begin)}"
    yield f"DTEND:{_time(begin + timedelta(minutes=event.minutes))}"


def _time(when: datetime) -> str:
    return f"{when:%Y%m%dT%H%M%S}" if when.tzinfo is None else f"{when.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(plain: str) -> str:
    """Escape text so that it can neither end its line nor begin another value."""
    lines = (visible(line) for line in plain.split("\n"))
    return "\\n".join(line.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,") for line in lines)


def _fold(line: str) -> str:
    """Return a line so that no part of it is longer than allowed; the parts after the first begin with a space.

    It is folded sooner where a part would hold what a CI server takes for a command: `::` at its start, or `##[`.
    """
    parts, start, end, size = [], 0, 0, 0
    while end < len(line):
        size += len(line[end].encode())
        is_within = end > start and line.startswith("##[", end - 1)
        if size > _LONGEST or is_within:
            if not is_within:
                end = next(filter(lambda at: _is_inert(line, at), range(end, start + (end - start) // 2, -1)), end)
            parts.append(line[start:end])
            start, size = end, 1
        else:
            end += 1
    return "\r\n ".join((*parts, line[start:]))


def _is_inert(line: str, start: int) -> bool:
    """Tell whether the part of a line that starts there does not begin with a command of a CI server."""
    return not line[start : start + _LONGEST].lstrip().startswith("::")
