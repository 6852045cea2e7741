"""The first step of every command: find the plan, read the plan, and determine its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.model.context import Context
from revplan.store.files import find_plan, plan_at
from revplan.store.load import read

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from revplan.store.loaded import Loaded


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


def context_of(loaded: Loaded, asked: date | None, clock: date) -> Context:
    """Return the plan with its day: the day asked for, else the day that the plan sets, else the clock's day."""
    pinned = loaded.plan.settings.today
    return Context(loaded.plan, asked or pinned or clock, pinned=asked is None and pinned is not None)
