"""`revplan report` and `revplan agenda`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, clock, day
from revplan.cli.output import FormatChoice, MailChoice, Output, TableChoice, show, show_all
from revplan.errors import InputError
from revplan.formats.table import DocumentFormat

if TYPE_CHECKING:
    from collections.abc import Callable

_EVERY = 1.0
"""Seconds between two looks at a plan that is watched."""


def _names(incomplete: str) -> list[str]:
    from revplan.app.completion import report_names

    return [name for name in report_names() if name.startswith(incomplete)]


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
    opens: Annotated[bool, typer.Option("--open", help="Open the HTML that -o names in the browser.")] = False,
    watches: Annotated[
        bool, typer.Option("--watch", help="Write what -o names anew whenever the plan changes, until Ctrl-C.")
    ] = False,
) -> None:
    """Show a report: revenue, goals, forecast, people, campaigns, the roadmap and more.

    Revenue heads every one of them. A figure that the plan does not give is shown as missing, never as zero.

    Example: revplan report --all --format html -o site
    """
    from revplan.app.open import context_of, open_plan
    from revplan.app.reporting import report as reports
    from revplan.app.reporting.watch import logo_files
    from revplan.cli.output import progress

    if every == (name is not None):
        raise InputError("name one report, or ask for --all", hint="such as `revplan report goals`")
    if every and table is not None:
        raise InputError("--table is for one report", hint="--all --format csv -o FOLDER writes every table")
    if every and year is not None:
        raise InputError("--year is for one report", hint="such as `revplan report scoreboard --year 2026`")
    _check_file(output_format, output, opens=opens, watches=watches)

    logos: list[Path] = []

    def write() -> None:
        loaded = open_plan(plan, Path.cwd())
        logos[:] = logo_files(loaded)
        context = context_of(loaded, day(today), clock())
        if name is None:
            with progress() as on_progress:
                documents = (reports.explain_all if explain else reports.all_reports)(loaded, context, on_progress)
            show_all(
                reports.site_title(context.plan), documents, output_format, output, lambda: reports.first_page(context)
            )
        else:
            with progress() as on_progress:
                document = (reports.explain_report if explain else reports.report)(
                    loaded, context, name, on_progress, year
                )
            show(document, output_format, output, color, table)

    write()
    if opens and output is not None:
        _open(output / "index.html" if every else output)
    if watches and output is not None:
        _watch(open_plan(plan, Path.cwd()).root, write, output, logos)


def _check_file(output_format: DocumentFormat, output: Path | None, *, opens: bool, watches: bool) -> None:
    """Raise InputError where there is nothing to open or to write anew."""
    if opens and (output is None or output_format is not DocumentFormat.HTML):
        raise InputError("--open opens HTML", hint="such as `revplan report --all --format html -o site --open`")
    if watches and output is None:
        raise InputError("--watch writes files anew", hint="say which with -o, such as -o site")


def _open(file: Path) -> None:
    import webbrowser

    from revplan.cli import console

    if not webbrowser.open(file.resolve().as_uri()):
        console.say(f"no browser opens here: open {file}")


def _watch(root: Path, write: Callable[[], None], output: Path, logos: list[Path]) -> None:
    """Write anew on every change until Ctrl-C, and say so; what is wrong is told, and watching goes on."""
    from revplan.app.reporting.watch import watch
    from revplan.cli import console

    def write_anew() -> None:
        write()
        console.say(f"written anew: {output}")

    console.say(f"watching {root}; Ctrl-C ends it")
    try:
        watch(root, write_anew, console.fail, wait, lambda: logos)
    except KeyboardInterrupt:
        return


def wait() -> bool:
    """Wait until the plan is looked at again; return that it shall be."""
    import time

    time.sleep(_EVERY)
    return True


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
    mail: MailChoice = False,
) -> None:
    """Show the agenda of a meeting, prefilled with what the plan knows.

    Every item has its time. What is to be written down has room: print it, or fill in the Markdown and hand it to
    `revplan meeting close`.

    Example: revplan agenda weekly --format markdown -o monday.md
    """
    from revplan.app.open import context_of, open_plan
    from revplan.app.reporting import agenda as agendas
    from revplan.cli.output import progress

    loaded = open_plan(plan, Path.cwd())
    context = context_of(loaded, day(today), clock())
    before = agendas.at_last_meeting(loaded, context, kind.value)
    match kind:
        case AgendaKind.WEEKLY:
            document = agendas.weekly(context, before)
        case AgendaKind.SPRINT:
            with progress() as on_progress:
                document = agendas.sprint(loaded, context, before, on_progress)
        case AgendaKind.QUARTER:
            document = agendas.quarter(context, before)
    show(document, output_format, output, color, is_mail=mail)
