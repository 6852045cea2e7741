"""What a change makes of a sprint, and what comes after it: `sprint plan --what-if …` and `--horizon`, and `swap`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from revplan.cli import console
from revplan.cli.documents import DocumentFormatName, FormatChoice, Output, show
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, clock, day
from revplan.cli.progress import progress
from revplan.cli.unsound import show_errors

if TYPE_CHECKING:
    from revplan.app.request import Request
    from revplan.model.context import Context
    from revplan.store.loaded import Loaded


@dataclass(frozen=True, slots=True)
class WhatIfTarget:
    """Where a comparison goes.

    Attributes:
        format: how it is written.
        output: to which file; None for stdout.
        write: whether the change is saved too.
    """

    format: DocumentFormatName
    output: Path | None
    color: Color
    write: bool


def swap(
    tactic_in: Annotated[str, typer.Argument(metavar="IN", help="The parked tactic that is to come in.")],
    tactic_out: Annotated[str, typer.Argument(metavar="OUT", help="The placed tactic that is to leave for it.")],
    sprint: Annotated[
        str | None, typer.Option("--sprint", metavar="SPRINT", help="In which sprint; else the one due.")
    ] = None,
    plan: PlanFolder = None,
    today: Today = None,
    write: Annotated[bool, typer.Option("--write", help="Save the sprint with the swap.")] = False,
    output_format: FormatChoice = DocumentFormatName.TERMINAL,
    output: Output = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show what swapping one tactic for another makes of the sprint: both plans side by side.

    Everything else is planned anew around it. Nothing is written without --write; the swap then stands in the written
    sprint until what it is computed from changes.

    Example: revplan swap case-studies onboarding-playbook
    """
    from revplan.app.open import context_of, open_plan
    from revplan.app.request import Request

    loaded = open_plan(plan, Path.cwd())
    context = context_of(loaded, day(today), clock())
    request = Request(sprint, pins=(tactic_in,), aside=(tactic_out,))
    compare(loaded, context, request, (), WhatIfTarget(output_format, output, color, write=write))


def compare(loaded: Loaded, context: Context, request: Request, changes: tuple[str, ...], target: WhatIfTarget) -> None:
    """Show a sprint without and with changes, and save them where that is asked for.

    Exits with 1 where a tactic that is to be in cannot be: what is short is shown, and nothing is written.
    """
    from revplan.app.what_if import what_if, write_what_if
    from revplan.reports.what_if import data, layout

    with show_errors(target.color), progress() as tell:
        tried = what_if(loaded, context, request, changes, tell)
    files = write_what_if(loaded, context, tried) if target.write and not tried.unmet else ()
    if target.format is DocumentFormatName.JSON:
        console.write(
            json.dumps(data(tried.difference, tried.unmet), indent=2, ensure_ascii=False) + "\n", target.output
        )
    else:
        document = layout(tried.supposed.context.plan, tried.difference, tried.unmet)
        show(document, target.format, target.output, target.color)
    for file in files:
        console.say(f"wrote {file}")
    if tried.unmet:
        raise typer.Exit(1)


def look_ahead(
    loaded: Loaded, context: Context, request: Request, count: int, changes: tuple[str, ...], target: WhatIfTarget
) -> None:
    """Show so many sprints, planned one after another."""
    from revplan.app.horizon import plan_horizon
    from revplan.errors import InputError
    from revplan.reports.horizon import data, layout

    if changes or request.pins or request.without or target.write:
        hint = "write the first sprint, or try the change in it, and look ahead from there"
        raise InputError("--horizon only looks ahead: it takes no change and writes nothing", hint=hint)
    with show_errors(target.color), progress() as tell:
        found = plan_horizon(loaded, context, request, count, tell)
    if target.format is DocumentFormatName.JSON:
        console.write(json.dumps(data(found), indent=2, ensure_ascii=False) + "\n", target.output)
    else:
        show(layout(loaded.plan, found), target.format, target.output, target.color)
