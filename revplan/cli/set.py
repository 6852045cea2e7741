"""`revplan set`: the settings, without opening an editor."""

from __future__ import annotations

from typing import Annotated

import typer

from revplan.cli import console
from revplan.cli.editing import DryRun, edit_session
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day


def set_(
    key: Annotated[
        str | None,
        typer.Argument(metavar="[KEY]", help="Which setting, such as sprint.focus_factor or holidays.2026-12-24."),
    ] = None,
    value: Annotated[
        str | None,
        typer.Argument(metavar="[VALUE]", help="What it is to be, as a plan file has it; '' removes it."),
    ] = None,
    dry_run: DryRun = False,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Change a setting of the plan: holidays, meetings, the sprint and more.

    Without a value the setting is shown, without a key all that are set. `revplan explain revplan` tells what can be
    set.

    Example: revplan set sprint.focus_factor 0.75

    Example: revplan set holidays.2026-12-28..2026-12-31 'Closed for the year'

    Example: revplan set meetings.weekly.time 09:30
    """
    from revplan.app.editing.plan_settings import change_setting, written_settings
    from revplan.formats.text import visible

    at = edit_session(plan, day(today), color, dry_run=dry_run)
    if key is None or value is None:
        lines = written_settings(at.loaded, key)
        console.out("".join(f"{visible(line)}\n" for line in lines))
        if not lines:
            console.say(f"{key or 'nothing'} is not set; `revplan explain revplan` tells what can be set")
        return
    at.apply(change_setting(key, value), f"{key} is {value}" if value else f"{key} is no longer set")
