"""The working calendar: the days on which a place works, and the hours that a member works on a day.

    company_calendar(settings)          the company's weekdays and holidays
    place_calendar(settings, place)     the same with the holidays of another place
    work_calendar(settings, member)     one member's pattern, holidays, time off and contract

Every question of the kind "does anybody work then" and "how long does she work then" is answered here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from revplan.model.base import WEEKDAYS, Month
from revplan.model.numbers import MINUTES_PER_HOUR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from revplan.model.base import DateRange, Weekday
    from revplan.model.days_off import Absence
    from revplan.model.settings import Settings
    from revplan.model.team import Member

_NOTHING = Fraction(0)


class Pattern(NamedTuple):
    """Minutes a member would work on a day and in the week around it, before anything is taken off."""

    day: Fraction
    week: Fraction


class DayMinutes(NamedTuple):
    """A member's minutes on one day, each figure with more taken off than the one before.

    Attributes:
        gross: what the working pattern says.
        worked: less holidays.
        present: less time off.
        contracted: nothing on days outside the contract.
    """

    gross: Fraction
    worked: Fraction
    present: Fraction
    contracted: Fraction


_NO_MINUTES = DayMinutes(_NOTHING, _NOTHING, _NOTHING, _NOTHING)


@dataclass(frozen=True, slots=True)
class PlaceCalendar:
    """The days on which the people of a place work.

    Attributes:
        weekdays: the days of the week on which they work.
        full_day: minutes of a full working day.
        holidays: time off of everybody, by single days.
        spans: the same of several days.
        days_by_month: full days worked in the months that were asked for.
    """

    weekdays: tuple[Weekday, ...]
    full_day: Fraction
    holidays: Mapping[date, Sequence[Absence]]
    spans: tuple[tuple[DateRange, Absence], ...] = ()
    days_by_month: dict[Month, Fraction] = field(default_factory=dict, compare=False, repr=False)

    def holidays_on(self, day: date) -> tuple[Absence, ...]:
        """Return the holidays of a day, those for part of it too."""
        spans = (absence for days, absence in self.spans if days.first <= day <= days.last)
        return (*self.holidays.get(day, ()), *spans)

    def is_workday(self, day: date) -> bool:
        """Tell whether the place works on the day: one of its weekdays, and no holiday for the whole day."""
        return WEEKDAYS[day.weekday()] in self.weekdays and not self.is_holiday(day)

    def is_holiday(self, day: date) -> bool:
        """Tell whether the whole day is a holiday."""
        return minutes_off(self.holidays_on(day), self.full_day) >= self.full_day

    def first_workday(self, days: Iterable[date]) -> date | None:
        """Return the first workday among the days, in their order; None where there is none."""
        return next((day for day in days if self.is_workday(day)), None)

    def without_holidays(self, day: date, minutes: Fraction) -> Fraction:
        """Return what holidays leave of a day's working minutes."""
        off = self.holidays_on(day)
        return minutes - minutes_off(off, minutes) if off else minutes

    def spread_over_month(self, minutes: int, day: date) -> Fraction:
        """Return the day's part of minutes that are spread evenly over the working time of its calendar month.

        A holiday has no part, and half a holiday half: the minutes are bought for the month, and the other days make
        up for it.
        """
        own = self._part_worked(day)
        if not own:
            return _NOTHING
        month = Month.of(day)
        if month not in self.days_by_month:
            days = (day.replace(day=number) for number in range(1, month.last.day + 1))
            self.days_by_month[month] = sum(map(self._part_worked, days), _NOTHING)
        return minutes * own / self.days_by_month[month]

    def _part_worked(self, day: date) -> Fraction:
        """Return the part of a full day that the place works, 0 to 1."""
        if WEEKDAYS[day.weekday()] not in self.weekdays:
            return _NOTHING
        return self.without_holidays(day, self.full_day) / self.full_day


def minutes_off(absences: Iterable[Absence], minutes: Fraction) -> Fraction:
    """Return how many of a day's minutes several absences take together: they add up, to all of them at most."""
    off = _NOTHING
    for each in absences:
        off += minutes if each.minutes is None else each.minutes + (minutes / 2 if each.half else 0)
    return min(minutes, off)


class WorkCalendar(NamedTuple):
    """When one member works.

    Attributes:
        member: whose calendar it is.
        place: the days on which the people of their place work.
    """

    member: Member
    place: PlaceCalendar

    def minutes(self, day: date) -> DayMinutes:
        """Return the member's minutes on a day."""
        gross = self.pattern(day).day
        if not gross:
            return _NO_MINUTES
        # A retainer's pattern leaves holidays out already: it is spread over the days that are worked.
        worked = gross if self.member.is_retained else self.place.without_holidays(day, gross)
        off = self.absences(day)
        present = worked - minutes_off(off, worked) if off else worked
        return DayMinutes(gross, worked, present, present if self.is_under_contract(day) else _NOTHING)

    def pattern(self, day: date) -> Pattern:
        """Return the member's working pattern on a day, in minutes; holidays, time off and contract aside."""
        member = self.member
        if member.minutes_per_month is not None:
            share = self.place.spread_over_month(member.minutes_per_month, day)
            return Pattern(share, share * len(self.place.weekdays))
        if member.week is not None:
            weeks = [entry for entry in member.week if entry.since is None or entry.since <= day]
            week = weeks[-1].week_of(day) if weeks else (0,) * len(WEEKDAYS)
            return Pattern(Fraction(week[day.weekday()]), Fraction(sum(week)))
        since = [entry.minutes for entry in member.minutes_per_week or () if entry.since is None or entry.since <= day]
        return self._even_week(since[-1] if since else 0, day)

    def _even_week(self, minutes: int, day: date) -> Pattern:
        weekdays = self.place.weekdays
        return _even_pattern(minutes, len(weekdays) if WEEKDAYS[day.weekday()] in weekdays else 0)

    def absences(self, day: date) -> tuple[Absence, ...]:
        """Return the member's own time off on a day."""
        return tuple(absence for days, absence in self.member.time_off.items() if days.first <= day <= days.last)

    def is_under_contract(self, day: date) -> bool:
        """Tell whether the day lies within the member's contract."""
        member = self.member
        return (member.from_ is None or member.from_ <= day) and (member.until is None or day <= member.until)

    def is_off(self, day: date) -> bool:
        """Tell whether the member's own time off takes the whole day."""
        absences = self.absences(day)
        return any(absence.minutes is None for absence in absences) or sum(absence.half for absence in absences) > 1

    def is_away(self, day: date) -> bool:
        """Tell whether the member is not there on a day: off, on holiday, outside the contract, or not a day of theirs.

        A member without working hours is there on the workdays of their place, except for time off.
        """
        if not self.is_under_contract(day) or self.is_off(day):
            return True
        if self.member.has_hours:
            return not self.minutes(day).contracted
        return not self.place.is_workday(day)

    def time_off_within(self, first: date, last: date) -> tuple[tuple[DateRange, Absence], ...]:
        """Return the member's own time off that touches the days from first to last, the earliest first."""
        entries = self.member.time_off.items()
        within = ((days, absence) for days, absence in entries if days.first <= last and days.last >= first)
        return tuple(sorted(within, key=lambda entry: entry[0]))


@lru_cache(maxsize=1024)
def _even_pattern(minutes: int, days: int) -> Pattern:
    """Return the pattern of a day of an even week of so many days; of a day off where there are none."""
    return Pattern(Fraction(minutes, days) if days else _NOTHING, Fraction(minutes))


def company_calendar(settings: Settings) -> PlaceCalendar:
    """Return the calendar of the company: its weekdays and its holidays."""
    return _with_holidays(settings, settings.holidays.items())


def place_calendar(settings: Settings, place: str | None) -> PlaceCalendar:
    """Return the calendar of a place by its id; the company's where there is none of that id."""
    own = settings.calendars.get(place) if place is not None else None
    if own is None:
        return company_calendar(settings)
    return _with_holidays(settings, (*(settings.holidays.items() if own.also else ()), *own.days.items()))


def _with_holidays(settings: Settings, entries: Iterable[tuple[DateRange, Absence]]) -> PlaceCalendar:
    holidays: dict[date, list[Absence]] = {}
    spans: list[tuple[DateRange, Absence]] = []
    for days, absence in entries:
        if days.first == days.last:
            holidays.setdefault(days.first, []).append(absence)
        else:
            spans.append((days, absence))
    full_day = Fraction(settings.sprint.hours_per_day) * MINUTES_PER_HOUR
    return PlaceCalendar(settings.sprint.workdays, full_day, holidays, tuple(spans))


def work_calendar(settings: Settings, member: Member) -> WorkCalendar:
    """Return the calendar of one member, with the holidays of their place."""
    return WorkCalendar(member, place_calendar(settings, member.calendar))
