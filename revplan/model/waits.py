"""How long tasks wait after what they follow, as tactics and playbooks write it."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, NamedTuple

from pydantic import TypeAdapter

from revplan.model import notation
from revplan.model.base import is_single, quote, refuse
from revplan.model.notation import Notation


class Wait(NamedTuple):
    """How long a task waits after what it follows: calendar days, or workdays of the company."""

    days: int
    is_workdays: bool = False

    def __str__(self) -> str:
        return f"{self.days}{'w' if self.is_workdays else 'd'}"


_WAIT = re.compile(r"(\d{1,3})\s*([dw])", re.ASCII)
_WEEKS = re.compile(r"(\d{1,3})[\s-]*(?:weeks?|wks?)", re.ASCII | re.IGNORECASE)
_DAYS_OF_WEEK, _WORKDAYS_OF_WEEK = 7, 5
_LONGEST_WAIT = 366


def _read_wait(value: object) -> Wait:
    wait = _read_wait_or_none(value)
    if not wait.days:
        raise refuse("out_of_range", "a wait takes a day at least, and a year at most")
    return wait


def _read_wait_or_none(value: object) -> Wait:
    """Read a wait of any number of days; 0 says that it does not wait."""
    if isinstance(value, Wait):
        return value
    match = _WAIT.fullmatch(str(value).strip())
    weeks = _WEEKS.fullmatch(str(value).strip())
    if weeks is not None:
        days = int(weeks[1])
        instead = f"{_DAYS_OF_WEEK * days}d for days, or {_WORKDAYS_OF_WEEK * days}w for workdays"
        raise refuse("wrong_type", f"{quote(str(value))} is no wait; write {instead}")
    if match is None:
        raise refuse("wrong_type", f"{quote(str(value))} is no wait; write 3d for days, or 3w for workdays")
    days = int(match[1])
    if days > _LONGEST_WAIT:
        raise refuse("out_of_range", "a wait takes a day at least, and a year at most")
    return Wait(days, match[2] == "w")


WaitValue = Annotated[Wait, Notation(_read_wait, notation.WAIT)]
"""How long a task waits: `3d`, or `3w` for workdays."""
WaitAfterValue = Annotated[Wait, Notation(_read_wait_or_none, notation.WAIT_OR_NONE)]
"""How long a task waits after one that it follows; `0d` where it need not wait after that one."""


def after_reader(
    ids: TypeAdapter[tuple[str, ...]], waits: TypeAdapter[dict[str, Wait | None]]
) -> Callable[[object], tuple[str, ...] | dict[str, Wait | None]]:
    """Return the reader of what a task follows.

    Args:
        ids: reads ids of tasks, one or a list.
        waits: reads a mapping from ids to waits.
    """

    def read(value: object) -> tuple[str, ...] | dict[str, Wait | None]:
        if isinstance(value, dict):
            return waits.validate_python(value)
        return ids.validate_python([value] if is_single(value) else value)

    return read


def wait_after(after: Iterable[str], wait: Wait | None, first: str) -> Wait | None:
    """Return how long a task waits after one that it follows: its wait after that one, else after all; None for none.

    Args:
        after: what it follows, with or without waits.
        wait: its wait after all that it follows.
        first: one that it follows.
    """
    own = after.get(first) if isinstance(after, Mapping) else None
    if own is None:
        return wait
    return own if own.days else None
