"""The first step of every command: find the plan, read the plan, and determine its day."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

from revplan.errors import InputError
from revplan.model.base import YEARS
from revplan.model.context import Context as Context  # noqa: PLC0414 - handed on, as Loaded and Plan: to name them by
from revplan.store.disk.written import COMMAND, CUT_OFF, WRITTEN
from revplan.store.files import find_plan, plan_at
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from revplan.model.plan import Plan as Plan  # noqa: PLC0414 - likewise
    from revplan.store.loaded import Loaded as Loaded  # noqa: PLC0414 - likewise


class OpenPlan(NamedTuple):
    """A plan that a command works on.

    Attributes:
        loaded: the plan as it was read.
        context: the plan and the day.
    """

    loaded: Loaded
    context: Context

    @property
    def plan(self) -> Plan:
        """The plan as it was read."""
        return self.context.plan

    @property
    def today(self) -> date:
        """The day to use as today."""
        return self.context.today


def plan_folder(folder: Path | None, here: Path) -> Path:
    """Return the plan's folder: the folder given, or the nearest plan folder at or above `here`.

    Raises:
        NoPlanError: there is no plan.
        UnreadablePlanError: the folder cannot be entered.
    """
    return plan_at(folder) if folder is not None else find_plan(here)


def open_plan(folder: Path | None, here: Path) -> Loaded:
    """Read the plan in a folder, or the plan that contains `here` if no folder is given.

    Raises:
        NoPlanError: there is no plan.
        UnreadablePlanError: the plan's folder cannot be read.
        WriteRefusedError: an interrupted write can be neither completed nor rolled back.
    """
    return read(plan_folder(folder, here))


def name_command(words: Sequence[str]) -> None:
    """Name the command line that runs. If it is cut off while it writes, what finishes the write can name it."""
    COMMAND.set(shlex.join(["revplan", *words]))


def files_written() -> tuple[str, ...]:
    """Return the names of the files that this process has written: each is whole, and no other is changed."""
    return tuple(WRITTEN)


def files_cut_off() -> tuple[str, ...]:
    """Return the names of files that are old or new: the next command finishes their write, or takes it back."""
    return tuple(CUT_OFF)


def context_of(loaded: Loaded, asked: date | None, clock: date) -> Context:
    """Return the plan with its day: the day asked for, else the day that the plan sets, else the clock's day.

    Raises:
        InputError: that is the clock's day, and it lies outside of all plans.
    """
    pinned = loaded.plan.settings.today
    today = asked or pinned or day_of_clock(clock)
    return Context(loaded.plan, today, pinned=asked is None and pinned is not None)


def day_of_clock(clock: date) -> date:
    """Return the clock's day, if a plan can be of that day.

    Raises:
        InputError: it lies outside of all plans.
    """
    if clock.year not in YEARS:
        hint = f"set the clock, or give --today; plans reach from {YEARS[0]} to {YEARS[-1]}"
        raise InputError(f"this machine's clock says {clock}, a day outside of all plans", hint=hint)
    return clock


def open_on(folder: Path | None, here: Path, asked: date | None, clock: date) -> OpenPlan:
    """Read a plan as `open_plan` does, and determine its day as `context_of` does. Errors are those of `open_plan`."""
    loaded = open_plan(folder, here)
    return OpenPlan(loaded, context_of(loaded, asked, clock))
