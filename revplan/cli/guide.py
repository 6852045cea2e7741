"""`revplan guide`: where the system stands, what to do next, and the programme that sets it up."""

from __future__ import annotations

from typing import Annotated

import typer

from revplan.cli.editing import DryRun, edit_session
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day
from revplan.cli.output import FormatChoice, Output, show
from revplan.formats.table import DocumentFormat


def guide(
    write: Annotated[
        bool,
        typer.Option("--write", help="Put what is not set up yet into the backlog, as a programme of eight weeks."),
    ] = False,
    output_format: FormatChoice = DocumentFormat.TERMINAL,
    output: Output = None,
    dry_run: DryRun = False,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show how far the system is set up, by facts of the plan, what to do next, and about how long that takes.

    Six parts (process, strategy, tactics, campaigns, technology, resources) and the company's alignment. What is
    missing comes first, each with the workshop or the command that mends it.

    Example: revplan guide --write
    """
    from revplan.app.guide.programme import programme
    from revplan.app.reporting.report import report

    at = edit_session(plan, day(today), color, dry_run=dry_run)
    if not write:
        show(report(at.loaded, at.context, "guide", _tell_nothing), output_format, output, color)
        return
    at.apply(programme(at.loaded, at.context), "the programme is in the backlog")


def _tell_nothing(_step: str) -> None:
    """Tell no progress: nothing here takes long."""
