"""`revplan diff`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from revplan.cli.documents import DocumentFormatName, FormatChoice, Output, show
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, clock, day
from revplan.cli.progress import progress
from revplan.errors import InputError


def diff(
    base: Annotated[
        str | None,
        typer.Argument(metavar="[BASE]", help="A branch, tag or commit; else the main branch.", show_default=False),
    ] = None,
    head: Annotated[
        str | None, typer.Argument(metavar="[HEAD]", help="Likewise; else the files as they are.", show_default=False)
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option("--since", metavar="DATE", formats=["%Y-%m-%d"], help="In place of BASE, the end of a day."),
    ] = None,
    plan: PlanFolder = None,
    today: Today = None,
    output_format: FormatChoice = DocumentFormatName.TERMINAL,
    output: Output = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Tell what a branch does to the plan and to the sprint, not to the text.

    Compares the files as they are, committed or not, with the commit at which the work left BASE; with HEAD too,
    exactly these two. Both are planned for the same sprint, as of the same day. The main branch is that of origin,
    else main or master; where there is none, the last commit takes its place. With --since, compares the files with the
    end of a day, such as that of the last meeting. Nothing is checked out.

    Example: revplan diff main --format markdown
    """
    from revplan.app.diff import Asked
    from revplan.app.diff import diff as compare
    from revplan.app.open import plan_folder
    from revplan.reports.diff_layout import layout

    if since is not None and base is not None:
        raise InputError("BASE and --since name the same thing", hint="leave one of them out")
    root = plan_folder(plan, Path.cwd())
    with progress() as tell:
        found = compare(root, Asked(base, day(since), head, day(today), clock()), tell)
    show(layout(found), output_format, output, color)
