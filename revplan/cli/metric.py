"""`revplan metric …`: metrics and their readings."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from revplan.cli import complete
from revplan.cli.editing import DryRun, edit_session
from revplan.cli.entry import group
from revplan.cli.importing import SkipBad, settle
from revplan.cli.nouns import NOUN_BY_NAME
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day

app = group(NOUN_BY_NAME["metric"])


@app.command("record")
def record(
    metric: Annotated[
        str, typer.Argument(metavar="ID", help="Which metric.", autocompletion=complete.of_kind("metric"))
    ],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="What it was.")],
    on: Annotated[
        datetime | None, typer.Option("--date", metavar="DATE", formats=["%Y-%m-%d"], help="When; today if not given.")
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

    at = edit_session(plan, day(today), color, dry_run=dry_run)
    when = day(on) or at.today
    at.make(record_reading(at.plan, metric, value, when), f"{metric} was {value} on {when}")


@app.command("import")
def import_readings(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="A table with a column of dates.")],
    metric: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Whose values they are.", autocompletion=complete.of_kind("metric")),
    ] = None,
    date_format: Annotated[str, typer.Option(metavar="FORMAT", help="How dates are written.")] = "%Y-%m-%d",
    skip_bad: SkipBad = False,
    dry_run: DryRun = False,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Take readings from a CSV file.

    The first row names the columns: `date` and `value` with --metric, or `date`, `metric` and `value`, or `date` and
    one column for each metric, named by its id. An empty cell is no reading.

    Example: revplan metric import leads.csv --metric new-leads
    """
    from revplan.app.exchange.readings import readings
    from revplan.app.exchange.tables import read_csv
    from revplan.phrases import plural

    at = edit_session(plan, day(today), color, dry_run=dry_run)
    found = readings(at.plan, read_csv(file), metric, date_format)
    settle(found.bad, skip_bad=skip_bad)
    at.make(found.changes, f"took {plural(len(found.changes), 'reading')}")
