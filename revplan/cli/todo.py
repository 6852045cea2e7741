"""`revplan todo …`: promises of one person."""

from __future__ import annotations

from typing import Annotated

import typer

from revplan.cli import complete
from revplan.cli.editing import DryRun, edit_session
from revplan.cli.entry import group
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day
from revplan.nouns import EDITED

app = group(EDITED["todo"])


@app.command("done")
def check_off(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Which to-dos.", autocompletion=complete.of_kind("todo"))
    ],
    dry_run: DryRun = False,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Check to-dos off.

    Example: revplan todo done routing-rule
    """
    from revplan.app.editing.company import finish_todo

    at = edit_session(plan, day(today), color, dry_run=dry_run)
    changes = [change for each in ids for change in finish_todo(at.plan, each, at.today)]
    at.apply(changes, f"done: {', '.join(ids)}")
