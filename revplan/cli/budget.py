"""`revplan budget …`: budget lines, and what they took."""

from __future__ import annotations

from typing import Annotated

import typer

from revplan.cli import complete
from revplan.cli.editing import DryRun, edit_session
from revplan.cli.entry import group
from revplan.cli.goal import ForMonth
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day
from revplan.nouns import EDITED

app = group(EDITED["budget"])


@app.command("record")
def record(
    line: Annotated[
        str, typer.Argument(metavar="ID", help="Which line.", autocompletion=complete.of_kind("budget-line"))
    ],
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help="What it took, such as 1200; -- -300 for a credit.")],
    month: ForMonth = None,
    more: Annotated[bool, typer.Option("--more", help="It comes besides what is recorded for the month.")] = False,
    dry_run: DryRun = False,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Note what a budget line took in a month.

    Example: revplan budget record paid-media 1200 --month 2026-11 --more
    """
    from revplan.app.editing.actuals import month_of, record_spend

    at = edit_session(plan, day(today), color, dry_run=dry_run)
    when = month_of(month, at.today)
    changes = record_spend(at.plan, line, amount, when, more=more)
    at.apply(changes, f"{line} took {amount}{' more' if more else ''} in {when}")
