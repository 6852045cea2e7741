"""`revplan import …`: what other programs know, into the plan; rows that cannot be used are told one by one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from revplan.cli import complete, console, output
from revplan.cli.editing import edit_session
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day

if TYPE_CHECKING:
    from revplan.app.exchange.readings import BadRow

SkipBad = Annotated[bool, typer.Option("--skip-bad", help="Leave out the rows that cannot be used, and take the rest.")]


def settle(bad: Sequence[BadRow], *, skip_bad: bool) -> None:
    """Tell which rows cannot be used, and why.

    Raises:
        BadRowsError: there are some, and they are not to be skipped.
    """
    from revplan.errors import BadRowsError
    from revplan.formats.text import visible
    from revplan.phrases import plural

    for row in bad:
        console.say(f"row {row.number}: {visible(row.reason)}")
    if bad and not skip_bad:
        count = plural(len(bad), "row")
        raise BadRowsError(f"{count} cannot be used; nothing was written", hint="correct them, or add --skip-bad")


app = typer.Typer(help="Take over what other programs know.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _only_groups() -> None:
    """Keep the name of the one format there is."""


@app.command("csv")
def import_csv(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The export of another tracker, or any table.")],
    tracker: Annotated[
        str | None,
        typer.Option("--from", metavar="TRACKER", help="jira, trello, asana, hubspot, linear or csv."),
    ] = None,
    maps: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Which column a field is in, such as hours='Time left'."),
    ] = None,
    function: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Of rows without one.", autocompletion=complete.of_kind("function")),
    ] = None,
    impact: Annotated[str | None, typer.Option(metavar="NUMBER", help="Of rows without one, 1 to 10.")] = None,
    skill: Annotated[str | None, typer.Option(metavar="SKILL", help="Of rows without one.")] = None,
    hours: Annotated[str | None, typer.Option(metavar="HOURS", help="Of rows without an estimate.")] = None,
    date_format: Annotated[
        str | None, typer.Option(metavar="FORMAT", help="How dates are written, such as %m/%d/%Y.")
    ] = None,
    into: Annotated[
        str | None, typer.Option("--file", metavar="PLANFILE", help="The plan file that new tactics go to.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Write it; else it is only shown.")] = False,
    skip_bad: SkipBad = False,
    output_format: output.FormatChoice = output.DocumentFormatName.TERMINAL,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Take tactics from a CSV file: another tracker's export, or any table.

    Shows what would come of it; --write writes it. Each tactic keeps what the row is called elsewhere in its
    `source`, so importing again changes what has changed there and doubles nothing. Rows that are done there are
    left out.

    Example: revplan import csv jira.csv --function marketing --impact 5 --skill writing --hours 8
    """
    from revplan.app.exchange.sources import tracker_of
    from revplan.app.exchange.tables import read_csv
    from revplan.app.exchange.tactics import Options, tactics_from
    from revplan.reports.import_preview import layout

    at = edit_session(plan, day(today), color)
    table = read_csv(file)
    usual = {"function": function, "impact": impact, "skill": skill, "hours": hours}
    options = Options({name: value for name, value in usual.items() if value}, date_format, into)
    found = tactics_from(at.plan, table, tracker_of(table, tracker, maps or ()), options)
    output.show(layout(file.name, found.taken), output_format, None, color)
    settle(found.bad, skip_bad=skip_bad)
    if write:
        at.make(found.changes, "imported")
    else:
        at.check(found.changes)
        console.say("nothing was written: add --write")
