"""A time zone that the time zone database does not have.

What: the `timezone` of the settings is no name of the time zone database, such as Europe/Berlin. Where a machine has no
such database, nothing is told.
Why: `revplan export ics` cannot say when a meeting begins, and absences of a calendar fall on the wrong day.

Bad:
    revplan: {format: 1, company: Example, currency: EUR, timezone: Europe/Berln}

Good:
    revplan: {format: 1, company: Example, currency: EUR, timezone: Europe/Berlin}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP316"
SLUG = "unknown-time-zone"
SEVERITY = Severity.WARNING
_EVERYWHERE = "Etc/UTC"
"""A zone that every database has."""


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding if the settings' time zone is unknown."""
    name = context.plan.settings.timezone
    if name is not None and not _is_known(name) and _is_known(_EVERYWHERE):
        alike = sorted(zone for zone in available_timezones() if zone.lower().rpartition("/")[2] == _city(name))
        near = [f'did you mean "{zone}"?' for zone in alike if "/" in zone]
        hint = near[0] if near else _of_place(name)
        yield Finding(CODE, Ref("revplan", "", ("timezone",)), f'no time zone is called "{name}"', hint)


def _of_place(name: str) -> str:
    """Return how to write a zone by its place, for a difference such as UTC+1 or an abbreviation such as PST."""
    letters = _DIFFERENCE.fullmatch(name.strip())
    place = _PLACES.get((letters[1] if letters is not None else name).strip().upper())
    if letters is not None and letters[2]:
        whose = f"such as {place}" if place is not None else "such as Europe/Berlin"
        return f"write the place, {whose}: hours after or before another zone know no change of the clocks"
    if place is not None:
        return f"write the place, such as {place}"
    return "a region and a city, as in Europe/Berlin, America/New_York or Asia/Kolkata"


_DIFFERENCE = re.compile(r"([A-Za-z]*)\s*([+-]\s*\d{1,2}(?::?\d\d)?)", re.ASCII)
_PLACES = {
    **dict.fromkeys(("CET", "CEST", "MEZ", "MESZ"), "Europe/Berlin"),
    **dict.fromkeys(("EST", "EDT", "ET"), "America/New_York"),
    **dict.fromkeys(("CT", "CDT"), "America/Chicago"),
    **dict.fromkeys(("MT", "MDT"), "America/Denver"),
    **dict.fromkeys(("PST", "PDT", "PT"), "America/Los_Angeles"),
    **dict.fromkeys(("AEST", "AEDT"), "Australia/Sydney"),
    "JST": "Asia/Tokyo",
    "SGT": "Asia/Singapore",
}
"""A place of each abbreviation that stands for one zone."""


def _city(name: str) -> str:
    """Return the city of a time zone's name, as databases write it."""
    return name.rpartition("/")[2].strip().lower().replace(" ", "_")


def _is_known(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
