"""`revplan agenda`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from revplan.cli.documents import DocumentFormatName, FormatChoice, Output, show
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, clock, day


class AgendaKind(StrEnum):
    """Which meeting."""

    WEEKLY = "weekly"
    SPRINT = "sprint"
    QUARTER = "quarter"


def agenda(
    kind: Annotated[AgendaKind, typer.Argument(help="Which meeting.")],
    plan: PlanFolder = None,
    today: Today = None,
    output_format: FormatChoice = DocumentFormatName.TERMINAL,
    output: Output = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show the agenda of a meeting, prefilled with what the plan knows.

    Every item has its time. What is to be written down has room: print it, or fill in the Markdown and hand it to
    `revplan meeting close`.

    Example: revplan agenda weekly --format markdown -o monday.md
    """
    from revplan.app import agenda as agendas
    from revplan.app.open import context_of, open_plan
    from revplan.cli.progress import progress

    loaded = open_plan(plan, Path.cwd())
    context = context_of(loaded, day(today), clock())
    before = agendas.at_last_meeting(loaded, context, kind.value)
    match kind:
        case AgendaKind.WEEKLY:
            document = agendas.weekly(context, before)
        case AgendaKind.SPRINT:
            with progress() as tell:
                document = agendas.sprint(loaded, context, before, tell)
        case AgendaKind.QUARTER:
            document = agendas.quarter(context, before)
    show(document, output_format, output, color)
