"""`revplan report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from revplan.cli.documents import Format, FormatChoice, Output, show
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, clock, day


def report(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="scoreboard, goals, forecast, capacity, strategy, campaigns, stack, company, backlog or team.",
        ),
    ],
    plan: PlanFolder = None,
    today: Today = None,
    explain: Annotated[bool, typer.Option("--explain", help="End with where each figure comes from.")] = False,
    output_format: FormatChoice = Format.TERMINAL,
    output: Output = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show a report: revenue, goals, forecast, people, campaigns and more.

    Revenue heads every one of them. A figure that the plan does not give is shown as missing, never as zero.

    Example: revplan report goals --explain --format markdown -o goals.md
    """
    from revplan.app.open import context_of, open_plan
    from revplan.app.report import explained_report
    from revplan.app.report import report as plain_report

    context = context_of(open_plan(plan, Path.cwd()), day(today), clock())
    show((explained_report if explain else plain_report)(context, name), output_format, output, color)
