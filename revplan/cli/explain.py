"""`revplan explain`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from revplan.cli import console
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, open_plan
from revplan.cli.output import FormatChoice, progress, show, show_errors
from revplan.formats.table import DocumentFormat


def explain(
    topic: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE|KIND|KIND.FIELD|TACTIC]",
            help="A rule by code or slug, a kind such as tactic, a field such as tactic.tasks, or a tactic's id;"
            " tactic/ID where a rule or a kind has the same name. All rules and kinds if none.",
            show_default=False,
        ),
    ] = None,
    sprint: Annotated[
        str | None, typer.Option("--sprint", metavar="SPRINT", help="For a tactic: in which sprint; else the one due.")
    ] = None,
    plan: PlanFolder = None,
    today: Today = None,
    output_format: FormatChoice = DocumentFormat.TERMINAL,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Explain a finding, what may stand in a plan, or why a tactic is where it is and what would bring it in.

    --format and --color are for tactics; the rest is plain text.

    Example: revplan explain RP201

    Example: revplan explain podcast --sprint 2026-12
    """
    from revplan.app.reporting.explain import explain as explained
    from revplan.app.reporting.explain import is_manual, overview

    width = console.columns()
    if topic is None:
        console.out(overview(width))
    elif is_manual(topic):
        console.out(explained(topic, width))
    else:
        _tactic(topic, sprint, plan, today, output_format, color)


def _tactic(
    topic: str,
    sprint: str | None,
    folder: Path | None,
    today: datetime | None,
    output_format: DocumentFormat,
    color: Color,
) -> None:
    from revplan.app.reporting.explain import unknown
    from revplan.app.sprint.explain import explain_tactic
    from revplan.app.sprint.plan import Request
    from revplan.app.sprint.planning_pages import tactic_page
    from revplan.errors import NoPlanError

    try:
        at = open_plan(folder, today)
    except NoPlanError:
        raise unknown(topic) from None
    name = topic.removeprefix("tactic/")
    if name not in at.plan.ids("tactic"):
        raise unknown(topic, at.plan.tactics)
    with show_errors(color), progress() as on_progress:
        case = explain_tactic(at.loaded, at.context, name, Request(sprint), on_progress)
    show(tactic_page(at.plan, case), output_format, None, color)
