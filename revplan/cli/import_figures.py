"""`revplan import deals|revenue|spend`: figures that other programs know."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from revplan.cli import output
from revplan.cli.editing import edit_session
from revplan.cli.import_options import (
    DateFormat,
    Dates,
    Decimals,
    Maps,
    Ours,
    SkipBad,
    Theirs,
    Write,
    asked_of,
    preferred,
    show_and_write,
)
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day
from revplan.formats.table import DocumentFormat


def import_deals(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The CRM's export of deals (.csv or .xlsx).")],
    source: Annotated[
        str | None, typer.Option("--from", metavar="SOURCE", help="hubspot, salesforce, pipedrive or csv.")
    ] = None,
    maps: Maps = None,
    won: Annotated[
        list[str] | None, typer.Option("--won", metavar="WORD", help="A stage that means won, besides the usual.")
    ] = None,
    lost: Annotated[
        list[str] | None, typer.Option("--lost", metavar="WORD", help="A stage that means lost, besides the usual.")
    ] = None,
    types: Annotated[
        list[str] | None,
        typer.Option("--type", metavar="WORD=KIND", help="What a type of deal is: new, expansion or renewal."),
    ] = None,
    actual: Annotated[
        bool, typer.Option("--actual", help="Take the goal's actual, by month, from what was won as well.")
    ] = False,
    decimal: Decimals = None,
    dates: Dates = None,
    date_format: DateFormat = None,
    theirs: Theirs = False,
    ours: Ours = False,
    write: Write = False,
    skip_bad: SkipBad = False,
    output_format: output.FormatChoice = DocumentFormat.TERMINAL,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Take from a CRM's deals what they say: created, won and lost by month, lag, sizes, pipeline, sources, campaigns.

    Shows close rate, close lag and ACV as measured beside what the goal assumes; --write writes the counts. Names of
    companies and people are read and not kept.

    Example: revplan import deals deals.csv --actual
    """
    from revplan.app.exchange.deal_figures import DealOptions, deals_from
    from revplan.app.exchange.deals import DealWords, deal_headers, parse_types
    from revplan.app.exchange.figures import with_measured_rates
    from revplan.app.exchange.files import read_table
    from revplan.app.exchange.memory import read_memory
    from revplan.app.exchange.sources import DEALS, find_export

    prefer = preferred(theirs=theirs, ours=ours)
    words = DealWords(tuple(won or ()), tuple(lost or ()), parse_types(types or ()))
    at = edit_session(plan, day(today), color)
    table = read_table(file, deal_headers(DEALS))
    asked = asked_of(at.plan.settings, decimal, dates, maps, date_format)
    options = DealOptions(words, prefer, actual)
    memory = read_memory(at.loaded.root)
    found = deals_from(at.context, table, find_export(table, DEALS, source), asked, options, memory)
    told = with_measured_rates(found, at.loaded, at.context)
    show_and_write(at, told, output_format, color, write=write, skip_bad=skip_bad)
