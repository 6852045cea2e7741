"""How long tasks wait after what they follow, in days of the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.model.base import ONE_DAY
from revplan.wording import plural

if TYPE_CHECKING:
    from datetime import date

    from revplan.model.calendar import PlaceCalendar
    from revplan.model.waits import Wait

_LONGEST = 3660
"""Days after which the search for a workday ends: a company whose year is one holiday has none."""


def in_words(wait: Wait) -> str:
    """Return a wait such as `3 days` or `1 workday`."""
    return plural(wait.days, "workday" if wait.is_workdays else "day")


def day_after(calendar: PlaceCalendar, day: date, wait: Wait) -> date:
    """Return the first day on which a task may start that waits so long after a day on which another was complete."""
    if not wait.is_workdays:
        return day + wait.days * ONE_DAY
    left = wait.days
    for _ in range(_LONGEST):
        if not left:
            break
        day += ONE_DAY
        left -= calendar.is_workday(day)
    return day
