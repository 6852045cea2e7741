"""`revplan team …`: the members and their time."""

from __future__ import annotations

from typing import Annotated

import typer

from revplan.cli import complete
from revplan.cli.editing import DryRun, edit_session
from revplan.cli.entry import group
from revplan.cli.options import DAYS_LIKE, Color, ColorChoice, PlanFolder, Today, day
from revplan.nouns import EDITED

app = group(EDITED["team"])


@app.command("time-off")
def time_off(
    member: Annotated[str, typer.Argument(metavar="MEMBER", help="Whose.", autocompletion=complete.of_kind("member"))],
    days: Annotated[str, typer.Argument(metavar="DAYS", help=f"A day or a range: {DAYS_LIKE}.")],
    hours: Annotated[
        str | None,
        typer.Option(metavar="HOURS", help="How much of each day, such as 4 or half; all of it by default."),
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="What for, such as Vacation.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take these days off the list again.")] = False,
    dry_run: DryRun = False,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Note when a member does not work.

    Example: revplan team time-off priya 2026-12-21..2026-12-23 --reason Vacation
    """
    from revplan.app.editing.company import add_time_off, remove_time_off
    from revplan.app.editing.days import range_in_dates

    at = edit_session(plan, day(today), color, dry_run=dry_run)
    days = range_in_dates(days, at.today)
    changes = remove_time_off(at.plan, member, days) if remove else add_time_off(at.plan, member, days, hours, reason)
    at.apply(changes, f"{member} is {'at work' if remove else 'off'} {days}")
