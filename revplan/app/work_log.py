"""Logs of work as values, hours by day and member, and the changes that make a plan file say them.

Everything that writes hours worked goes through here: `sprint log`, and whatever reads them from elsewhere as task,
person, day and minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.errors import LogError
from revplan.model.change import Change
from revplan.planning.changes import hours_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from revplan.model.base import Ref
    from revplan.model.sprints import WorkLog


def add(log: WorkLog, member: str, day: date, minutes: int) -> WorkLog:
    """Return the log with minutes of a member on a day on top of those that are there; entries of none are left out."""
    by_member = {**log.get(day, {}), member: log.get(day, {}).get(member, 0) + minutes}
    kept = {name: own for name, own in by_member.items() if own}
    return {key: value for key, value in {**log, day: kept}.items() if value}


def take_back(log: WorkLog, undated: int, member: str, minutes: int) -> tuple[WorkLog, int]:
    """Take minutes of a member back, from the latest day first and then from hours without a day.

    Returns:
        The log and the minutes without a day as they are then.

    Raises:
        LogError: fewer are logged.
    """
    logged = sum(by_member.get(member, 0) for by_member in log.values())
    if minutes > logged + undated:
        raise LogError(f"only {hours_text(logged + undated)} h are logged", hint="take back no more than that")
    for day in sorted(log, reverse=True):
        part = min(minutes, log[day].get(member, 0))
        log, minutes = (add(log, member, day, -part) if part else log), minutes - part
    return log, undated - minutes


def take_back_on(log: WorkLog, member: str, day: date, minutes: int) -> WorkLog:
    """Take minutes of a member on a day back.

    Raises:
        LogError: fewer are logged on that day.
    """
    logged = log.get(day, {}).get(member, 0)
    if minutes > logged:
        message = f"only {hours_text(logged)} h of {member} are logged on {day}"
        raise LogError(message, hint="take back no more than that, or leave out --date: the latest hours go first")
    return add(log, member, day, -minutes)


def log_changes(place: Ref, before: WorkLog, after: WorkLog) -> Iterator[Change]:
    """Yield the changes from a log to another; `place` is the log itself."""
    if before and not after:
        yield Change(place, None)
        return
    for day in sorted(before.keys() | after.keys()):
        old, new = before.get(day, {}), after.get(day, {})
        if old and not new:
            yield Change(place.at(str(day)), None)
            continue
        for member in dict.fromkeys((*old, *new)):
            if old.get(member) != new.get(member):
                minutes = new.get(member)
                yield Change(place.at(str(day), member), hours_text(minutes) if minutes is not None else None)
