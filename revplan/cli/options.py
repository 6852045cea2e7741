"""Options that several commands share."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Color(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


PlanFolder = Annotated[
    Path | None,
    typer.Option(
        "--plan",
        "-C",
        metavar="DIR",
        envvar="REVPLAN_PLAN",
        show_envvar=True,
        help="The plan's folder; else the one the current folder lies in.",
    ),
]
Today = Annotated[
    datetime | None,
    typer.Option("--today", metavar="DATE", formats=["%Y-%m-%d"], help="The day that counts as today."),
]
ColorChoice = Annotated[Color, typer.Option("--color", help="When to use colour; auto heeds NO_COLOR.")]


def day(asked: datetime | None) -> date | None:
    """Return the day a `--today` names."""
    return asked.date() if asked is not None else None


def clock() -> date:
    """Return the machine's day: the only place that asks for it."""
    return datetime.now().astimezone().date()
