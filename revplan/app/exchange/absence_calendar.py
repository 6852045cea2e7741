"""Absences from an iCalendar file (RFC 5545), as calendars and personnel systems give them out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from revplan.app.exchange.absences import Absences, AbsentDays, find_member, part_of
from revplan.app.exchange.files import Fault
from revplan.errors import InputError
from revplan.model.base import ONE_DAY, DateRange
from revplan.model.numbers import round_half_up, strip_zeros
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from revplan.model.context import Context

BEGINNING = b"BEGIN:VCALENDAR"
_LINE = re.compile(r"(?P<name>[A-Z0-9-]+)(?:;[^:;=]+=(?:\"[^\"]*\"|[^:;]*))*:(?P<value>.*)", re.IGNORECASE)
_DURATION = re.compile(r"\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.ASCII)
_STAMP = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})[0-9]{2}(Z?))?")
_ESCAPES = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}
_BETWEEN = " \t:–—-|·,()[]/"
_SHORTEST_ID = 3
_MOST_HOURS = 24


@dataclass(slots=True)
class _CalendarEvent:
    """An event with its lines, by name: the last of each; addresses of all who attend."""

    row: int
    values: dict[str, str] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)

    @property
    def summary(self) -> str:
        return self.values.get("SUMMARY", "").strip()


def is_calendar(content: bytes) -> bool:
    """Tell whether a file is an iCalendar file."""
    return content.lstrip(b"\xef\xbb\xbf \r\n\t")[: len(BEGINNING)].upper() == BEGINNING


def read_calendar(context: Context, file: Path, member: str | None) -> Absences:
    """Read the events of a calendar as absences.

    Whose it is says the event: by an address of those who attend, or a member's name in its title.

    Args:
        context: the plan and the day.
        file: the file.
        member: whose events they all are; None where they say so themselves.

    Raises:
        InputError: it is no text.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read: {error}") from None
    found = Absences(notes=["read as a calendar"])
    events = list(_events(text))
    found.notes.append(plural(len(events), "event"))
    for event in events:
        try:
            _take(context, event, member, found)
        except ValueError as error:
            found.faults.append(Fault(event.row, "event", str(error)))
    return found


def _events(text: str) -> Iterator[_CalendarEvent]:
    event: _CalendarEvent | None = None
    inner = 0
    for row, line in _unfold(text):
        found = _LINE.fullmatch(line)
        if found is None:
            continue
        name, value = found["name"].upper(), found["value"]
        if name == "BEGIN":
            inner += value.upper() != "VEVENT" and event is not None
            event = _CalendarEvent(row) if value.upper() == "VEVENT" else event
        elif name == "END" and value.upper() == "VEVENT" and event is not None:
            yield event
            event = None
        elif name == "END":
            inner -= event is not None and inner > 0
        elif event is not None and not inner:
            if name in ("ATTENDEE", "ORGANIZER"):
                event.addresses.append(value.lower().removeprefix("mailto:"))
            event.values[name] = re.sub(r"\\.", lambda each: _ESCAPES.get(each[0], each[0]), value)


def _unfold(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines with the number of their first, those that were folded as one."""
    whole, first = "", 1
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if line[:1] in (" ", "\t"):
            whole += line[1:]
            continue
        if whole:
            yield first, whole
        whole, first = line, number
    if whole:
        yield first, whole


def _take(context: Context, event: _CalendarEvent, member: str | None, found: Absences) -> None:
    """Take an event's absence.

    Raises:
        ValueError: the event cannot be used; the message is the reason.
    """
    own = member or _whose(context, event)
    if own is None:
        name = event.summary or "an event without a title"
        found.strangers[name] = found.strangers.get(name, 0) + 1
        return
    if event.values.keys() & {"RRULE", "RDATE"}:
        raise ValueError(f'"{event.summary}" comes again and again: write its days into `week`, or as single days')
    days, hours = _days(context, event)
    part = part_of(_reason(context, event, own), hours=hours)
    is_over = event.values.get("STATUS", "").upper() == "CANCELLED"
    found.found.append(AbsentDays(own, days, part, is_over))


def _whose(context: Context, event: _CalendarEvent) -> str | None:
    by_title = {own for own, pattern in _names(context) if pattern.search(event.summary)}
    if len(by_title) == 1:
        return by_title.pop()
    return find_member(context, event.addresses)


def _names(context: Context) -> Iterator[tuple[str, re.Pattern[str]]]:
    for own, member in context.plan.team.items():
        names = (member.name, *((own,) if len(own) >= _SHORTEST_ID else ()))
        yield own, re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names), re.IGNORECASE)


def _reason(context: Context, event: _CalendarEvent, own: str) -> str:
    """Return an event's title without the member's name."""
    patterns = dict(_names(context))
    return patterns[own].sub("", event.summary).strip(_BETWEEN)


def _days(context: Context, event: _CalendarEvent) -> tuple[DateRange, str | None]:
    """Return an event's days, and its hours where it is a part of one.

    Raises:
        ValueError: it has no beginning, or ends before it begins.
    """
    start, end = (_moment(context, event.values.get(name, "")) for name in ("DTSTART", "DTEND"))
    if start is None:
        raise ValueError(f'"{event.summary}" has no day')
    if end is None and "DURATION" in event.values:
        end = start + _duration(event)
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        first = start.date() if isinstance(start, datetime) else start
        last = first if end is None or isinstance(end, datetime) else end - ONE_DAY
        last = max(last, first) if end == start else last
        return _range(event, first, last), None
    hours = (end - start) / timedelta(hours=1)
    if start.date() == (end - timedelta(minutes=1)).date() and 0 < hours < _MOST_HOURS:
        full = float(context.plan.settings.sprint.hours_per_day)
        text = strip_zeros(round_half_up(Fraction((end - start) // timedelta(minutes=1), 60), 2))
        return DateRange(start.date(), start.date()), text if hours < full else None
    return _range(event, start.date(), (end - timedelta(minutes=1)).date()), None


def _duration(event: _CalendarEvent) -> timedelta:
    """Return how long an event takes that says so instead of its end (RFC 5545, 3.3.6).

    Raises:
        ValueError: it does not say so.
    """
    found = _DURATION.fullmatch(event.values["DURATION"].strip())
    if found is None or not any(found.groups()):
        raise ValueError(f'"{event.summary}" takes "{event.values["DURATION"]}", which is no duration')
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def _range(event: _CalendarEvent, first: date, last: date) -> DateRange:
    if last < first:
        raise ValueError(f'"{event.summary}" ends before it begins')
    return DateRange(first, last)


def _moment(context: Context, written: str) -> date | datetime | None:
    found = _STAMP.fullmatch(written.strip())
    if found is None:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
        if found[4] is None:
            return day
        moment = datetime(day.year, day.month, day.day, int(found[4]), int(found[5]))  # noqa: DTZ001 - local
    except ValueError:
        return None
    zone = context.plan.settings.timezone
    if not found[6] or zone is None:
        return moment
    try:
        return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return moment
