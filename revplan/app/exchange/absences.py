"""`revplan import absences`: time off from a calendar, a personnel system, or any table, by member.

Why somebody is away is nobody's business where it is about health or family: such reasons are not kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from revplan.app.editing.entries import require
from revplan.app.exchange.columns import read_fields, without_twins
from revplan.app.exchange.fields import Field
from revplan.app.exchange.figures import Figure, settle_figures
from revplan.app.exchange.files import Fault, normalise_header
from revplan.app.exchange.memory import Import
from revplan.app.exchange.source import export_headers
from revplan.model.base import ONE_DAY, DateRange, Ref
from revplan.model.numbers import round_half_up, strip_zeros
from revplan.reports.import_preview import Preview, read_columns
from revplan.wording import join_names, plural

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from revplan.app.exchange.columns import Asked, Record, TableReading
    from revplan.app.exchange.files import TableFile
    from revplan.app.exchange.memory import Memory, Prefer
    from revplan.app.exchange.source import Export
    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.days_off import Absence
    from revplan.model.team import Member

SOURCE = "absences"
"""What absences are remembered under, with the program's name."""
AWAY = "away"
"""What is kept of a reason that is nobody's business."""
FIELDS = (
    Field("member", "text", ("employee", "employee name", "member", "person", "full name", "name")),
    Field("first_name", "text", ("first name",)),
    Field("last_name", "text", ("last name",)),
    Field("email", "text", ("email", "work email", "employee email", "e-mail")),
    Field("start", "date", ("start date", "from", "first day", "start", "date"), "", is_required=True),
    Field("end", "date", ("end date", "to", "last day", "end", "until")),
    Field("days", "number", ("amount", "days", "duration", "requested", "amount of days", "days requested")),
    Field("unit", "text", ("unit", "units")),
    Field("half_start", "text", ("half day start", "start half day", "half day")),
    Field("half_end", "text", ("half day end", "end half day")),
    Field("reason", "text", ("absence type", "time off type", "leave type", "type", "category", "reason", "policy")),
    Field("state", "text", ("status", "approval status", "state")),
)
_PRIVATE = re.compile(
    r"sick|ill(ness)?\b|medical|doctor|hospital|parent|matern|patern|bereave|krank|arzt|mutterschutz|eltern|maladie",
    re.IGNORECASE,
)
_OVER = frozenset(("cancelled", "canceled", "rejected", "declined", "denied", "superseded", "withdrawn", "abgelehnt"))
_OPEN = frozenset(("requested", "pending", "planned", "draft", "waiting", "offen"))
_YES = frozenset(("true", "yes", "1", "x", "ja", "half", "halfday", "am", "pm", "morning", "afternoon"))
_HALF = Decimal("0.5")


class AbsenceOptions(NamedTuple):
    """What the user asks for.

    Attributes:
        member: whose absences they are; None where the table says so.
        prefer: theirs or ours; None to list what differs.
    """

    member: str | None = None
    prefer: Prefer | None = None


class AbsentDays(NamedTuple):
    """Days on which somebody is away.

    Attributes:
        part: what the plan writes beside the days: a reason, or {hours, reason} for a part of a day.
        is_over: whether it was cancelled there.
    """

    member: str
    days: DateRange
    part: Data
    is_over: bool = False


@dataclass(slots=True)
class Absences:
    """What a file says of absences, of whatever kind it is."""

    found: list[AbsentDays] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    strangers: dict[str, int] = field(default_factory=dict)
    reading: TableReading | None = None


def absence_headers(exports: Sequence[Export]) -> tuple[str, ...]:
    """Return every header that a table of absences is known by."""
    return export_headers(exports, FIELDS)


def read_absences(
    context: Context, table: TableFile, export: Export, asked: Asked, options: AbsenceOptions
) -> Absences:
    """Read a table of absences.

    Raises:
        InputError: the table lacks the first day.
        UnknownIdError: there is no such member.
    """
    reading = read_fields(without_twins(table), export.fields(FIELDS), asked)
    found = Absences(faults=list(reading.faults), notes=[f"read as {export.title}", *reading.notes], reading=reading)
    reader = _AbsenceReader(context, reading, options, found)
    for record in reading.records:
        try:
            reader.read(record)
        except ValueError as error:
            found.faults.append(Fault(record.number, *error.args))
    if reader.asked_for:
        found.notes.append(f"{plural(reader.asked_for, 'request')} not approved yet, left out")
    return found


def absences_from(
    context: Context, name: str, program: str, absences: Absences, options: AbsenceOptions, memory: Memory
) -> Import:
    """Tell absences apart from what is here. Nothing is written.

    Args:
        context: the plan and the day.
        name: the file's name.
        program: what they are remembered under.
        absences: what the file says.
        options: what the user asks for.
        memory: what sources said last.
    """
    source = f"{SOURCE}-{program}"
    figures = list(_figures(context, source, absences, memory))
    entries, changes = settle_figures(figures, source, memory, options.prefer)
    faults = tuple(sorted(absences.faults, key=lambda fault: fault.row))
    reading = absences.reading
    columns = read_columns(reading.columns) if reading is not None else ()
    preview = Preview(name, entries, tuple(map(str, faults)), columns, SOURCE)
    notes = list(absences.notes)
    if absences.strangers:
        notes.append(f"nobody of the team: {join_names(sorted(absences.strangers))}")
    gone = _no_longer_there(source, absences, memory)
    if gone:
        notes.append(f"here and no longer there, so look yourself: {join_names(gone)}")
    unread = reading.unread if reading is not None else ()
    return Import(preview.with_notes(unread, notes), faults, changes, memory)


def _figures(context: Context, source: str, absences: Absences, memory: Memory) -> Iterator[Figure]:
    """Yield time off by member and days; days that the member is off already are not written twice."""
    seen: set[tuple[str, DateRange]] = set()
    moved = _moved_days(source, absences, memory)
    for member, days in moved:
        own = context.plan.team[member]
        yield Figure(Ref("member", member, ("time_off", str(days))), None, _as_data(own.time_off.get(days)), own.name)
    for each in sorted(absences.found, key=lambda one: (one.member, one.days, one.is_over)):
        own = context.plan.team[each.member]
        ref = Ref("member", each.member, ("time_off", str(each.days)))
        ours = _as_data(own.time_off.get(each.days))
        if (each.member, each.days) in seen:
            continue
        seen.add((each.member, each.days))
        known = memory.last(f"{source}:member/{each.member}", f"time_off.{each.days}")
        if each.is_over:
            if isinstance(known, str | dict):
                yield Figure(ref, None, ours, own.name)
        elif ours is not None or not _is_covered(own, each, moved):
            yield Figure(ref, each.part, ours, own.name)


def _moved_days(source: str, absences: Absences, memory: Memory) -> list[tuple[str, DateRange]]:
    """Return absences that were taken before and have other days there now: new ones of the member overlap them."""
    there = {(each.member, each.days) for each in absences.found}
    before = _days_of_memory(source, memory)
    new = there - set(before)
    return [
        (member, days)
        for member, days in before
        if (member, days) not in there
        and any(member == own and days.first <= other.last and other.first <= days.last for own, other in new)
    ]


def _days_of_memory(source: str, memory: Memory) -> list[tuple[str, DateRange]]:
    """Return the absences that were taken from this source and not ended since, sorted."""
    prefix, found = f"{source}:member/", []
    for (key, name), value in memory.said.items():
        if key.startswith(prefix) and value is not None:
            start, _, end = name.removeprefix("time_off.").partition("..")
            days = DateRange(date.fromisoformat(start), date.fromisoformat(end or start))
            found.append((key.removeprefix(prefix), days))
    return sorted(found)


def _is_covered(member: Member, absence: AbsentDays, moved: Collection[tuple[str, DateRange]]) -> bool:
    """Tell whether a member is off the whole of these days already, by days that are not moved."""
    whole = [days for days, own in member.time_off.items() if own.minutes is None and (member.id, days) not in moved]
    day = absence.days.first
    while day <= absence.days.last:
        if not any(day in days for days in whole):
            return False
        day += ONE_DAY
    return True


def _as_data(absence: Absence | None) -> Data:
    """Return a day off as imports write it."""
    if absence is None:
        return None
    if absence.minutes is None:
        return absence.reason
    hours = "half day" if absence.half else strip_zeros(Decimal(absence.minutes) / 60)
    return {"hours": hours, "reason": absence.reason} if absence.reason else {"hours": hours}


def _no_longer_there(source: str, absences: Absences, memory: Memory) -> list[str]:
    """Return what was imported before, lies among the file's days, and is not in it."""
    if not absences.found:
        return []
    first, last = min(each.days.first for each in absences.found), max(each.days.last for each in absences.found)
    known = {(each.member, each.days) for each in absences.found} | set(_moved_days(source, absences, memory))
    return [
        f"{member} {days}"
        for member, days in _days_of_memory(source, memory)
        if (member, days) not in known and first <= days.first and days.last <= last
    ]


def part_of(reason: str, *, hours: str | None) -> Data:
    """Return what the plan writes beside days off; reasons of health and family are not kept."""
    own = AWAY if not reason.strip() or _PRIVATE.search(reason) else " ".join(reason.split())
    return own if hours is None else {"hours": hours, "reason": own}


def find_member(context: Context, names: Iterable[str]) -> str | None:
    """Return the member that any of the names is: an id, a name, an address."""
    wanted = {name.strip().casefold() for name in names if name.strip()}
    turned = {" ".join(reversed(name.split(", "))) for name in wanted if ", " in name}
    for own, member in context.plan.team.items():
        if (wanted | turned).intersection((own, member.name.casefold(), (member.email or "\n").casefold())):
            return own
    return None


class _AbsenceReader:
    """Reads row after row of a table."""

    def __init__(self, context: Context, reading: TableReading, options: AbsenceOptions, found: Absences) -> None:
        self.context = context
        self.reading = reading
        self.found = found
        self.asked_for = 0
        plan = context.plan
        self.member = require(plan, "member", options.member) if options.member is not None else None

    def read(self, record: Record) -> None:
        """Take a row's absence.

        Raises:
            ValueError: the row is refused, with the column and the reason.
        """
        if record.refused.intersection(("start", "end", "days")):
            return
        state = normalise_header(record.text("state"))
        if state in _OPEN:
            self.asked_for += 1
            return
        member = self._member(record)
        start = record.day("start")
        if member is None:
            return
        if start is None:
            raise ValueError(self.reading.header("start"), "there is no first day")
        end = record.day("end") or start
        if end < start:
            raise ValueError(self.reading.header("end"), f"{end} comes before {start}")
        self.found.found += [
            AbsentDays(member, days, part, state in _OVER) for days, part in self._parts(record, DateRange(start, end))
        ]

    def _member(self, record: Record) -> str | None:
        if self.member is not None:
            return self.member
        full = " ".join(filter(None, (record.text("first_name"), record.text("last_name"))))
        names = [name for name in (record.text("member"), full, record.text("email")) if name]
        own = find_member(self.context, names)
        if own is None and not names:
            raise ValueError(self.reading.header("member"), "nobody is named; add --member ID")
        if own is None:
            self.found.strangers[names[0]] = self.found.strangers.get(names[0], 0) + 1
        return own

    def _parts(self, record: Record, days: DateRange) -> Iterator[tuple[DateRange, Data]]:
        """Yield the days of a row, a half day at either end by itself."""
        reason = record.text("reason")
        hours = self._hours(record, days)
        if hours is not None:
            yield days, part_of(reason, hours=hours)
            return
        first_half = normalise_header(record.text("half_start")) in _YES
        last_half = normalise_header(record.text("half_end")) in _YES
        first, last = days
        if first_half or (last_half and first == last):
            yield DateRange(first, first), part_of(reason, hours="half day")
            first += ONE_DAY
        if last_half and first <= last:
            yield DateRange(last, last), part_of(reason, hours="half day")
            last -= ONE_DAY
        if first <= last:
            yield DateRange(first, last), part_of(reason, hours=None)

    def _hours(self, record: Record, days: DateRange) -> str | None:
        """Return the part of a single day that an amount says: `half day`, or hours; None for whole days.

        Raises:
            ValueError: the amount is a part of several days, and nothing says of which.
        """
        amount = record.amount("days")
        if amount is None or amount <= 0:
            return None
        full = self.context.plan.settings.sprint.hours_per_day
        in_hours = normalise_header(record.text("unit")) in ("hours", "hour", "h", "stunden")
        if days.first != days.last:
            self._check_whole(record, days, amount, full if in_hours else None)
            return None
        if in_hours:
            return strip_zeros(amount) if amount < full else None
        if amount >= 1:
            return None
        return "half day" if amount == _HALF else strip_zeros(round_half_up(Fraction(amount * full), 2))

    def _check_whole(self, record: Record, days: DateRange, amount: Decimal, full: Decimal | None) -> None:
        """Refuse an amount that is no number of whole days, where no column says which of them is half a day."""
        halves = (
            normalise_header(record.text("half_start")) in _YES or normalise_header(record.text("half_end")) in _YES
        )
        is_part = amount < full if full is not None else amount % 1 != 0
        if is_part and not halves:
            unit = "hours" if full is not None else "days"
            reason = (
                f"{strip_zeros(amount)} {unit} of {days}, and nothing says on which days: write a row for each part"
            )
            raise ValueError(self.reading.header("days"), reason)
