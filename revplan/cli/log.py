"""`revplan log`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from revplan.cli import complete
from revplan.cli.documents import DocumentFormatName, FormatChoice, Output, show
from revplan.cli.options import Color, ColorChoice, PlanFolder


def log(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help="What it is, such as tactic; or its id at once, where nothing else is called so.",
            autocompletion=complete.kinds,
        ),
    ],
    entry_id: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="Its id.", autocompletion=complete.of_named_kind, show_default=False),
    ] = None,
    plan: PlanFolder = None,
    output_format: FormatChoice = DocumentFormatName.TERMINAL,
    output: Output = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Tell what was changed in one thing of the plan, by whom, when and why.

    Lists the commits that changed what it means, with the fields that differ; a commit that only moves or rewrites
    its text is none of them. Follows it to the ids it had before.

    Example: revplan log tactic audit-checklist
    """
    from revplan.app.log import kind_of
    from revplan.app.log import log as history_of
    from revplan.app.open import open_plan
    from revplan.reports.log import layout

    loaded = open_plan(plan, Path.cwd())
    if entry_id is None:
        kind, entry_id = kind_of(loaded.plan, kind), kind
    show(layout(history_of(loaded, kind, entry_id)), output_format, output, color)
