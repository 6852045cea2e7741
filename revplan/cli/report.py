"""`revplan report` and `revplan agenda`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, clock, day
from revplan.cli.output import FormatChoice, Output, TableChoice, show, show_all
from revplan.errors import InputError
from revplan.formats.table import DocumentFormat


def _names(incomplete: str) -> list[str]:
    from revplan.reports.catalog import NAMES

    return [name for name in NAMES if name.startswith(incomplete)]


def report(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="scoreboard, goals, forecast, capacity, team, sprint, parking-lot, backlog, results, strategy,"
            " campaigns, stack, company, roadmap or guide.",
            autocompletion=_names,
            show_default=False,
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Every report: as a site or files in the folder -o names.")
    ] = False,
    year: Annotated[
        int | None,
        typer.Option(
            "--year", metavar="YEAR", help="Another fiscal year, of scoreboard, goals or forecast.", show_default=False
        ),
    ] = None,
    plan: PlanFolder = None,
    today: Today = None,
    explain: Annotated[bool, typer.Option("--explain", help="End with where each figure comes from.")] = False,
    output_format: FormatChoice = DocumentFormat.TERMINAL,
    table: TableChoice = None,
    output: Output = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show a report: revenue, goals, forecast, people, campaigns, the roadmap and more.

    Revenue heads every one of them. A figure that the plan does not give is shown as missing, never as zero.

    Example: revplan report --all --format html -o site
    """
    from revplan.app.open import context_of, open_plan
    from revplan.app.reporting import report as reports
    from revplan.cli.output import progress

    if every == (name is not None):
        raise InputError("name one report, or ask for --all", hint="such as `revplan report goals`")
    if every and table is not None:
        raise InputError("--table is for one report", hint="--all --format csv -o FOLDER writes every table")
    if every and year is not None:
        raise InputError("--year is for one report", hint="such as `revplan report scoreboard --year 2026`")
    loaded = open_plan(plan, Path.cwd())
    context = context_of(loaded, day(today), clock())
    if name is None:
        with progress() as tell:
            documents = (reports.explain_all if explain else reports.all_reports)(loaded, context, tell)
        title = f"{context.plan.settings.company} · reports"
        show_all(title, documents, output_format, output, lambda: reports.first_page(context))
    else:
        with progress() as tell:
            document = (reports.explain_report if explain else reports.report)(loaded, context, name, tell, year)
        show(document, output_format, output, color, table)


class AgendaKind(StrEnum):
    """Which meeting."""

    WEEKLY = "weekly"
    SPRINT = "sprint"
    QUARTER = "quarter"


def agenda(
    kind: Annotated[AgendaKind, typer.Argument(help="Which meeting.")],
    plan: PlanFolder = None,
    today: Today = None,
    output_format: FormatChoice = DocumentFormat.TERMINAL,
    output: Output = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show the agenda of a meeting, prefilled with what the plan knows.

    Every item has its time. What is to be written down has room: print it, or fill in the Markdown and hand it to
    `revplan meeting close`.

    Example: revplan agenda weekly --format markdown -o monday.md
    """
    from revplan.app.open import context_of, open_plan
    from revplan.app.reporting import report as agendas
    from revplan.cli.output import progress

    loaded = open_plan(plan, Path.cwd())
    context = context_of(loaded, day(today), clock())
    before = agendas.at_last_meeting(loaded, context, kind.value)
    match kind:
        case AgendaKind.WEEKLY:
            document = agendas.weekly(context, before)
        case AgendaKind.SPRINT:
            with progress() as tell:
                document = agendas.sprint(loaded, context, before, tell)
        case AgendaKind.QUARTER:
            document = agendas.quarter(context, before)
    show(document, output_format, output, color)
