"""The first step of every command: find the plan, read it, and know which day it is."""

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
    """Return the plan's folder: the one named, or the one that `here` lies in.

    Raises:
        NoPlanError: there is none.
        UnreadablePlanError: the folder cannot be entered.
    """
    return plan_at(folder) if folder is not None else find_plan(here)


def open_plan(folder: Path | None, here: Path) -> Loaded:
    """Read the plan in a folder, or the one that `here` lies in.

    Raises:
        NoPlanError: where there is none.
        UnreadablePlanError: where its folder cannot be read.
        WriteRefusedError: where a write that was cut off can be neither finished nor taken back.
    """
    return read(plan_folder(folder, here))


def context_of(loaded: Loaded, asked: date | None, clock: date) -> Context:
    """Return the plan with its day: the one asked for, else the one the plan pins, else the clock's."""
    pinned = loaded.plan.settings.today
    return Context(loaded.plan, asked or pinned or clock, pinned=asked is None and pinned is not None)
