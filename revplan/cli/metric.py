"""`revplan metric …`: metrics and their readings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from revplan.cli import complete, output
from revplan.cli.editing import DryRun, edit_session
from revplan.cli.entry import group
from revplan.cli.import_options import DateFormat, Dates, Decimals, ImportOptions, Maps, Ours, SkipBad, Theirs, Write
from revplan.cli.options import DAY_LIKE, Color, ColorChoice, PlanFolder, Today, day
from revplan.formats.table import DocumentFormat
from revplan.nouns import EDITED

app = group(EDITED["metric"])


@app.command("record")
def record(
    metric: Annotated[
        str, typer.Argument(metavar="ID", help="Which metric.", autocompletion=complete.of_kind("metric"))
    ],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="What it was.")],
    on: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help=f"When, {DAY_LIKE}; today if not given.")
    ] = None,
    dry_run: DryRun = False,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Note a reading.

    Example: revplan metric record new-leads 38 --date 2026-11-27
    """
    from revplan.app.editing.company import record_reading
    from revplan.app.editing.days import given_day

    at = edit_session(plan, day(today), color, dry_run=dry_run)
    when = given_day(on, at.today) or at.today
    at.apply(record_reading(at.plan, metric, value, when), f"{metric} was {value} on {when}")


@app.command("import")
def import_readings(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table with a column of dates (.csv or .xlsx).")],
    metric: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Whose values they are.", autocompletion=complete.of_kind("metric")),
    ] = None,
    maps: Maps = None,
    decimal: Decimals = None,
    dates: Dates = None,
    date_format: DateFormat = None,
    sum_up: Annotated[bool, typer.Option("--sum", help="Two values of a metric on one day are added up.")] = False,
    last: Annotated[bool, typer.Option("--last", help="Of two values of a metric on one day, the last one.")] = False,
    theirs: Theirs = False,
    ours: Ours = False,
    write: Write = False,
    skip_bad: SkipBad = False,
    output_format: output.FormatChoice = DocumentFormat.TERMINAL,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Take readings from a table.

    The header names the columns: `date` and `value` with --metric, or `date`, `metric` and `value`, or `date` and
    one column for each metric, named by its id. An empty cell is no reading. A week or a month counts by its last day.
    Imported again, what moved there is taken, and what you corrected here stays.
    Shows what would come of it, with values; --write writes it.

    Example: revplan metric import leads.csv --metric new-leads --write
    """
    from revplan.app.exchange.columns import describe_table
    from revplan.app.exchange.files import read_table
    from revplan.app.exchange.memory import read_memory
    from revplan.app.exchange.readings import ReadingOptions, headers, readings_from
    from revplan.errors import InputError

    if sum_up and last:
        raise InputError("--sum and --last exclude each other")
    shared = ImportOptions(theirs, ours, write, skip_bad, output_format, plan, today, color)
    options = ReadingOptions(metric, "sum" if sum_up else "last" if last else None, shared.side())
    at = shared.open()
    table = read_table(file, headers(at.plan))
    asked = describe_table(at.plan, decimal, dates, maps or (), date_format)
    shared.finish(at, readings_from(at.plan, table, asked, options, read_memory(at.loaded.root)))
