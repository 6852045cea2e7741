"""`revplan import holidays`: a place's public holidays as dates in the settings, so that reading needs no library."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.app.exchange.figures import Figure, settle_figures
from revplan.app.exchange.memory import Import
from revplan.errors import InputError
from revplan.model.base import Ref, is_id
from revplan.reports.import_preview import Preview
from revplan.spelling import did_you_mean
from revplan.wording import join_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from revplan.app.exchange.memory import Memory, Prefer
    from revplan.model.change import Data
    from revplan.model.context import Context

SOURCE = "holidays"
"""What holidays are remembered under."""
YEARS = range(1990, 2100)
"""Years that may be asked for."""
_ENGLISH = "en_US"


class HolidayPlace(NamedTuple):
    """A place whose holidays are wanted.

    Attributes:
        calendar: the calendar's id in the settings.
        country: its code, such as DE.
        part: the part of the country, such as BY; None for the whole of it.
    """

    calendar: str
    country: str
    part: str | None


def parse_place(written: str) -> HolidayPlace:
    """Read `DE-BY`, `US`, or `bavaria=DE-BY`, which names the calendar.

    Raises:
        InputError: it is written otherwise, or the calendar's name is no id.
    """
    name, _, code = written.rpartition("=")
    country, _, part = code.strip().upper().partition("-")
    calendar = name.strip() or code.strip().lower()
    if not country.isalpha() or not is_id(calendar):
        raise InputError(f'"{written}" names no place', hint="such as DE-BY, US-CA, IN-KA, or bavaria=DE-BY")
    return HolidayPlace(calendar, country, part or None)


def years_of(context: Context, years: Sequence[int]) -> tuple[int, ...]:
    """Return the years asked for: this one and the next, where none are.

    Raises:
        InputError: one lies too far off.
    """
    for year in years:
        if year not in YEARS:
            raise InputError(f"the year {year} is outside {YEARS[0]} to {YEARS[-1]}")
    return tuple(sorted(set(years))) or (context.today.year, context.today.year + 1)


def holidays_of(place: HolidayPlace, years: Iterable[int], language: str | None = None) -> dict[date, str]:
    """Return a place's public holidays, in order; in English where the library knows them so.

    Raises:
        InputError: the library is not installed, or knows no such place or language.
    """
    try:
        import holidays  # noqa: PLC0415 - an extra
    except ImportError:
        hint = "pip install 'revplan[holidays]', or write the dates into `calendars` of the settings"
        raise InputError("what knows the holidays of places is not installed", hint=hint) from None
    known: Mapping[str, Sequence[str]] = holidays.list_supported_countries()
    if place.country not in known:
        hint = did_you_mean(place.country, known) or "a country's two letters, and its part's: DE-BY, US-CA, IN-KA"
        raise InputError(f'no country "{place.country}" is known', hint=hint)
    if place.part is not None and place.part not in known[place.country]:
        parts = known[place.country]
        hint = f"{place.country} has {join_names(list(parts))}" if parts else f"{place.country} has no parts"
        raise InputError(f'no part "{place.part}" of {place.country} is known', hint=hint)
    languages: Sequence[str] = holidays.list_localized_countries().get(place.country, [])
    if language is not None and language not in languages:
        hint = f"one of {join_names(list(languages))}"
        raise InputError(f'no language "{language}" is known of {place.country}', hint=hint)
    own = language or (_ENGLISH if _ENGLISH in languages else None)
    found = holidays.country_holidays(place.country, subdiv=place.part, years=list(years), language=own)
    return {day: str(name) for day, name in sorted(found.items()) if day.year in years}


def holidays_from(
    context: Context,
    places: Sequence[HolidayPlace],
    years: tuple[int, ...],
    memory: Memory,
    prefer: Prefer | None,
    language: str | None = None,
) -> Import:
    """Tell the holidays of places apart from those of the settings' calendars. Nothing is written.

    Raises:
        InputError: the library is not installed, or knows no such place or language.
    """
    figures = [figure for place in places for figure in _figures(context, place, years, memory, language)]
    entries, changes = settle_figures(figures, SOURCE, memory, prefer)
    name = ", ".join("-".join(filter(None, (place.country, place.part))) for place in places)
    preview = Preview(name, entries, (), (), f"holidays of {join_names([str(year) for year in years])}")
    return Import(preview.with_notes((), tuple(_notes(context, places))), (), changes, memory)


def _figures(
    context: Context, place: HolidayPlace, years: tuple[int, ...], memory: Memory, language: str | None
) -> Iterator[Figure]:
    known = context.plan.settings.calendars.get(place.calendar)
    ours = {days.first: each.reason for days, each in known.days.items() if days.first == days.last} if known else {}
    found = holidays_of(place, years, language)
    ref = Ref("revplan", "", ("calendars", place.calendar))
    for day, name in found.items():
        yield Figure(ref.at(str(day)), name, _name_of_day(ours, day), place.calendar)
    for day in sorted(ours.keys() - found.keys()):
        name = f"calendars.{place.calendar}.{day}"
        if day.year in years and isinstance(memory.last(f"{SOURCE}:revplan/", name), str):
            yield Figure(ref.at(str(day)), None, _name_of_day(ours, day), place.calendar)


def _name_of_day(ours: Mapping[date, str | None], day: date) -> Data:
    return ours[day] or "" if day in ours else None


def _notes(context: Context, places: Sequence[HolidayPlace]) -> Iterator[str]:
    for place in places:
        members = [own for own, member in context.plan.team.items() if member.calendar == place.calendar]
        if members:
            yield f"{place.calendar}: {join_names(members)}"
        else:
            yield f"no member has it yet: `revplan team edit ID --set calendar={place.calendar}`"
    yield "a calendar stands in place of the company's `holidays`; `also: true` adds it to them"
