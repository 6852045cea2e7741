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

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

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
        hint = "a region and a city, as in Europe/Berlin, America/New_York or Asia/Kolkata"
        yield Finding(CODE, Ref("revplan", "", ("timezone",)), f'no time zone is called "{name}"', hint)


def _is_known(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
