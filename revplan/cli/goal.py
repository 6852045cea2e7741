"""`revplan goal …`: fiscal years with their numbers, and the revenue of months."""

from __future__ import annotations

from typing import Annotated

import typer

from revplan.cli.editing import DryRun, edit_session
from revplan.cli.entry import group
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day
from revplan.nouns import EDITED

app = group(EDITED["goal"])

ForMonth = Annotated[
    str | None, typer.Option("--month", metavar="MONTH", help="Which month; the last one that is over by default.")
]


@app.command("record")
def record(
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help="The month's revenue, such as 347k.")],
    month: ForMonth = None,
    dry_run: DryRun = False,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Note a month's revenue; the goal is that of the month's fiscal year, named by the year in which it ends.

    What the amount is follows from the goal's measure: yearly recurring revenue at the month's end, or what the month
    brought.

    Example: revplan goal record 4.16M --month 2026-11
    """
    from revplan.app.editing.actuals import month_of, record_revenue

    at = edit_session(plan, day(today), color, dry_run=dry_run)
    when = month_of(month, at.today)
    at.apply(record_revenue(at.plan, amount, when), f"revenue of {when} is {amount}")
