"""Options that several commands share."""

from __future__ import annotations

import sys
import time
from datetime import MAXYEAR, MINYEAR, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from revplan.errors import InputError

if TYPE_CHECKING:
    from revplan.app.open import OpenPlan


class Color(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def _named_plan(ctx: typer.Context, folder: Path | None) -> Path | None:
    """Return the folder named after the command; else the one before it, or the one in the environment."""
    source = ctx.get_parameter_source("plan")
    if source is not None and source.name == "COMMANDLINE":
        return folder
    before: Path | None = ctx.find_root().params.get("plan")
    return before or folder


PlanFolder = Annotated[
    Path | None,
    typer.Option(
        "--plan",
        "-C",
        metavar="DIR",
        envvar="REVPLAN_PLAN",
        show_envvar=True,
        callback=_named_plan,
        help="The plan's folder; else the one the current folder lies in.",
    ),
]


def _day_asked(ctx: typer.Context, asked: datetime | None) -> datetime | None:
    """Return the day given after the command; else the one before it."""
    before: datetime | None = ctx.find_root().params.get("today")
    return asked or before


def _color_asked(ctx: typer.Context, asked: Color) -> Color:
    """Return the choice given after the command; else the one before it."""
    source = ctx.get_parameter_source("color")
    before: Color | None = ctx.find_root().params.get("color")
    return asked if before is None or (source is not None and source.name == "COMMANDLINE") else before


Today = Annotated[
    datetime | None,
    typer.Option(
        "--today",
        metavar="DATE",
        formats=["%Y-%m-%d"],
        callback=_day_asked,
        help="The day that counts as today.",
    ),
]
DAY_LIKE = "such as 2026-12-01, tomorrow, friday, next friday, +3d or end of month"
"""How a day may be written on the command line, for help; `--today` alone is always a date."""
DAYS_LIKE = "such as 2026-12-21..2026-12-23, tomorrow, or monday..friday"
ColorChoice = Annotated[
    Color, typer.Option("--color", callback=_color_asked, help="When to use colour; auto heeds NO_COLOR.")
]
TodayBefore = Annotated[
    datetime | None,
    typer.Option(
        "--today", metavar="DATE", formats=["%Y-%m-%d"], help="The day that counts as today, for any command."
    ),
]
"""`--today` before any command."""
ColorBefore = Annotated[Color | None, typer.Option("--color", help="When to use colour, for any command.")]
"""`--color` before any command."""


YEARS = range(1970, 2200)
"""The years that a plan may contain."""


def day(asked: datetime | None) -> date | None:
    """Return the day of an option such as `--today`; None if the option is not given.

    Raises:
        InputError: the year is outside YEARS.
    """
    if asked is not None and asked.year not in YEARS:
        hint = f"plans reach from {YEARS[0]} to {YEARS[-1]}"
        raise InputError(f"the day {asked.date()} lies outside of all plans", hint=hint)
    return asked.date() if asked is not None else None


def open_plan(folder: Path | None, today: datetime | None) -> OpenPlan:
    """Read the command line's plan, as of the day of `--today`.

    Raises:
        NoPlanError: there is no plan.
        UnreadablePlanError: the plan's folder cannot be read.
        InputError: the day lies outside of all plans.
    """
    from revplan.app.open import name_command, open_on

    name_command(sys.argv[1:])
    return open_on(folder, Path.cwd(), day(today), clock())


def clock() -> date:
    """Return the machine's day; the first or the last of all days if its clock is further off.

    No other function of the command line asks the clock for the day.
    """
    now = time.localtime()  # unlike a datetime it takes any TZ that the system takes
    if MINYEAR <= now.tm_year <= MAXYEAR:
        return date(now.tm_year, now.tm_mon, now.tm_mday)
    return date.min if now.tm_year < MINYEAR else date.max
