"""`revplan import deals|revenue|spend`: figures that other programs know."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from revplan.cli.import_options import ImportOptions, Maps, TableNotation, with_groups
from revplan.errors import InputError


@with_groups
def import_deals(
    *,
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
    notation: TableNotation,
    shared: ImportOptions,
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

    prefer = shared.side()
    words = DealWords(tuple(won or ()), tuple(lost or ()), parse_types(types or ()))
    at = shared.open()
    table = read_table(file, deal_headers(DEALS))
    asked = notation.describe(at, maps)
    options = DealOptions(words, prefer, actual)
    memory = read_memory(at.loaded.root)
    found = deals_from(at.context, table, find_export(table, DEALS, source), asked, options, memory)
    told = with_measured_rates(found, at.loaded, at.context)
    shared.finish(at, told)


@with_groups
def import_revenue(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Revenue by month, or by customer and month.")],
    source: Annotated[str | None, typer.Option("--from", metavar="SOURCE", help="stripe, chargebee or csv.")] = None,
    maps: Maps = None,
    kind: Annotated[
        str | None,
        typer.Option("--as", metavar="KIND", help="What amounts are: mrr (of a month), arr (of a year) or revenue."),
    ] = None,
    notation: TableNotation,
    shared: ImportOptions,
) -> None:
    """Take the goal's actual by month, and from customers' months new, expansion, contraction, churn and retention.

    A table has a row for each month, or for each customer and month, or a column for each month. Customers are told
    apart and not kept.

    Example: revplan import revenue mrr.csv --as mrr
    """
    from revplan.app.exchange.figures import with_measured_rates
    from revplan.app.exchange.files import read_table
    from revplan.app.exchange.memory import read_memory
    from revplan.app.exchange.revenue import KINDS, RevenueOptions, revenue_from, revenue_headers
    from revplan.app.exchange.sources import REVENUE, find_export

    prefer = shared.side()
    if kind is not None and kind not in KINDS:
        raise InputError(f'"{kind}" is no kind of revenue', hint="--as mrr, --as arr or --as revenue")
    at = shared.open()
    table = read_table(file, revenue_headers(REVENUE))
    asked = notation.describe(at, maps)
    options = RevenueOptions(KINDS[kind] if kind is not None else None, prefer)
    memory = read_memory(at.loaded.root)
    found = revenue_from(at.context, table, find_export(table, REVENUE, source), asked, options, memory)
    told = with_measured_rates(found, at.loaded, at.context)
    shared.finish(at, told)


@with_groups
def import_spend(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Finance's ledger, or the export of a card.")],
    book: Annotated[
        list[str] | None,
        typer.Option("--book", metavar="ACCOUNT=LINE", help="Which budget line an account or merchant belongs to."),
    ] = None,
    spent: Annotated[
        str | None,
        typer.Option("--spent", metavar="SIGN", help="How spending is written: positive or negative."),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="SOURCE", help="datev, quickbooks, xero, google-ads, meta-ads, linkedin-ads or csv."
        ),
    ] = None,
    ledger: Annotated[
        str | None,
        typer.Option("--ledger", metavar="NAME", help="Which of several ledgers it is, whose amounts add up."),
    ] = None,
    maps: Maps = None,
    notation: TableNotation,
    shared: ImportOptions,
) -> None:
    """Take the budget lines' spending by month from a ledger; credits come off.

    A row belongs to the line whose `accounts` name its account, cost centre, merchant or campaign; --book adds to
    them. What belongs to no line is listed.

    Example: revplan import spend ledger.csv --book 'Google Ads=paid-media'
    """
    from revplan.app.exchange.figures import with_measured_rates
    from revplan.app.exchange.files import read_table
    from revplan.app.exchange.memory import read_memory
    from revplan.app.exchange.sources import SPEND, find_export
    from revplan.app.exchange.spend import (
        SpendOptions,
        parse_bookings,
        parse_ledger,
        parse_sign,
        spend_from,
        spend_headers,
    )

    prefer = shared.side()
    at = shared.open()
    table = read_table(file, spend_headers(SPEND))
    asked = notation.describe(at, maps)
    options = SpendOptions(parse_bookings(at.context, book or ()), parse_sign(spent), prefer, parse_ledger(ledger))
    memory = read_memory(at.loaded.root)
    found = spend_from(at.context, table, find_export(table, SPEND, source), asked, options, memory)
    told = with_measured_rates(found, at.loaded, at.context)
    shared.finish(at, told)
