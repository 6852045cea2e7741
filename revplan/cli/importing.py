"""`revplan import …`: what other programs know, into the plan; rows that cannot be used are told one by one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from revplan.cli import complete
from revplan.cli.import_figures import import_deals, import_revenue, import_spend
from revplan.cli.import_options import ImportOptions, Maps, TableNotation, with_groups
from revplan.cli.import_people import import_absences, import_holidays, import_time

app = typer.Typer(help="Take over what other programs know.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _only_groups() -> None:
    """Keep the names of what there is."""


@app.command("csv", hidden=True)
@app.command("tactics")
@with_groups
def import_tactics(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The export of another tracker, or any table.")],
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="SOURCE",
            help="jira, linear, asana, trello, clickup, monday, notion, github, gitlab, hubspot, planner, todoist,"
            " ms-project, revplan or csv.",
        ),
    ] = None,
    maps: Maps = None,
    function: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Of rows without one.", autocompletion=complete.of_kind("function")),
    ] = None,
    impact: Annotated[str | None, typer.Option(metavar="NUMBER", help="Of rows without one, 1 to 10.")] = None,
    skill: Annotated[str | None, typer.Option(metavar="SKILL", help="Of rows without one.")] = None,
    hours: Annotated[str | None, typer.Option(metavar="HOURS", help="Of rows without an estimate.")] = None,
    done: Annotated[
        list[str] | None,
        typer.Option("--done", metavar="WORD", help="What is done is called there, besides the usual."),
    ] = None,
    notation: TableNotation,
    into: Annotated[
        str | None, typer.Option("--file", metavar="PLANFILE", help="The plan file that new tactics go to.")
    ] = None,
    shared: ImportOptions,
) -> None:
    """Take tactics from another tracker's export, our own, or any table (.csv or .xlsx).

    Shows what would come of it, with values, and which columns are read as what; --write writes it. Each tactic keeps
    what the row is called elsewhere in its `source`, so importing again changes what has moved there and doubles
    nothing; what you changed here stays. What is over there is over here.

    Example: revplan import tactics jira.csv --function marketing --impact 5 --skill writing --hours 8
    """
    from revplan.app.exchange.memory import read_memory
    from revplan.app.exchange.sources import find_source, read_tracker
    from revplan.app.exchange.tactics import Options, tactics_from

    prefer = shared.side()
    at = shared.open()
    table = read_tracker(file)
    usual = {"function": function, "impact": impact, "skill": skill, "hours": hours}
    given = {name: value for name, value in usual.items() if value}
    options = Options(given, into, prefer, tuple(done or ()))
    asked = notation.describe(at, maps)
    found = tactics_from(at.context, table, find_source(table, source), asked, options, read_memory(at.loaded.root))
    shared.finish(at, found)


@app.command("entries")
@with_groups
def import_entries(
    *,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="What the rows are, such as campaign or todo.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `revplan export` wrote, edited (.csv or .xlsx).")],
    maps: Maps = None,
    notation: TableNotation,
    shared: ImportOptions,
) -> None:
    """Take back what `revplan export csv` and `export xlsx` wrote of any kind: the edits of a spreadsheet, and no more.

    Shows what was edited there; --write writes it. What moved here since stays; what moved on both sides is listed,
    and --theirs or --ours decides. Rows that are new there come in; rows that are gone there stay here.

    Example: revplan import entries campaign campaigns.csv
    """
    from revplan.app.exchange.entries import entries_from, entry_headers
    from revplan.app.exchange.files import read_table
    from revplan.app.exchange.memory import read_memory
    from revplan.app.exchange.records import check_kind
    from revplan.app.exchange.sources import find_source
    from revplan.app.exchange.tactics import Options, tactics_from

    prefer = shared.side()
    kind = check_kind(kind)
    at = shared.open()
    table = read_table(file, entry_headers(kind))
    asked, memory = notation.describe(at, maps), read_memory(at.loaded.root)
    if kind == "tactic":
        options = Options({}, None, prefer)
        found = tactics_from(at.context, table, find_source(table, "revplan"), asked, options, memory)
    else:
        found = entries_from(at.context, at.loaded, table, kind, asked, prefer, memory)
    shared.finish(at, found)


app.command("deals")(import_deals)
app.command("revenue")(import_revenue)
app.command("spend")(import_spend)
app.command("time")(import_time)
app.command("absences")(import_absences)
app.command("holidays")(import_holidays)
