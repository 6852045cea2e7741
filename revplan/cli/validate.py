"""`revplan validate`."""

from __future__ import annotations

import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from revplan.cli import console
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, clock, day


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"


def validate(
    plan: PlanFolder = None,
    today: Today = None,
    output_format: Annotated[Format, typer.Option("--format", help="How findings are written.")] = Format.TEXT,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Tell everything that is wrong with the plan, in one run.

    Exits 0 where nothing is, 1 on errors, 2 where it could not run.

    Example: revplan validate -C examples/harbourline
    """
    from revplan.app.open import context_of, open_plan
    from revplan.app.validate import validate as check
    from revplan.diagnostics import Severity

    started = time.perf_counter()
    loaded = open_plan(plan, Path.cwd())
    validation = check(loaded, context_of(loaded, day(today), clock()))
    if output_format is Format.JSON:
        from revplan.formats import findings_json

        console.out(findings_json.findings(validation.diagnostics, validation.files))
    else:
        from revplan.formats import text

        console.out(text.findings(validation.diagnostics, console.paint_for(color, sys.stdout)))
        taken = time.perf_counter() - started
        console.say(f"{text.summary(validation.diagnostics, validation.files)} ({taken:.2f} s)")
    raise typer.Exit(1 if validation.has(Severity.ERROR) else 0)
