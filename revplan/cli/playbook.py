"""`revplan playbook …`: how kinds of tactics are done, the company's own and those of the catalogue."""

from __future__ import annotations

from typing import Annotated

import typer

from revplan.cli import complete
from revplan.cli import output as documents
from revplan.cli.editing import edit_session
from revplan.cli.entry import editing_group
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day
from revplan.formats.table import DocumentFormat
from revplan.nouns import EDITED

app = editing_group(EDITED["playbook"])


@app.command("list")
def list_playbooks(
    stage: Annotated[
        str | None,
        typer.Option(
            "--stage",
            metavar="STAGE",
            help="Only those that bring more of this: visitor, lead, … retention, expansion or foundation.",
        ),
    ] = None,
    function: Annotated[
        str | None,
        typer.Option(
            "--function", metavar="ID", help="Only this function's.", autocompletion=complete.of_kind("function")
        ),
    ] = None,
    fits: Annotated[
        bool,
        typer.Option("--fits", help="The best first: where the plan is short, by what team and stack can do."),
    ] = False,
    own: Annotated[bool, typer.Option("--own", help="Only those of the plan, none of the catalogue.")] = False,
    output_format: documents.FormatChoice = DocumentFormat.TERMINAL,
    output: documents.Output = None,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """List playbooks: those of the plan, and those that revplan brings.

    Example: revplan playbook list --fits --function sales
    """
    from revplan.app.guide.playbooks import choose_playbooks, fitting_page, list_page

    context = edit_session(plan, day(today)).context
    chosen = choose_playbooks(context.plan, stage, function, own=own)
    page = fitting_page(context, chosen) if fits else list_page(context, chosen)
    documents.show(page, output_format, output, color)


@app.command("show")
def show(
    playbook: Annotated[
        str, typer.Argument(metavar="ID", help="Which playbook.", autocompletion=complete.of_kind("playbook"))
    ],
    output_format: documents.FormatChoice = DocumentFormat.TERMINAL,
    output: documents.Output = None,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show a playbook: what it is for, what it needs, its tasks, and what came of the tactics made from it.

    Example: revplan playbook show webinar
    """
    from revplan.app.guide.playbooks import playbook_page

    context = edit_session(plan, day(today)).context
    documents.show(playbook_page(context, playbook), output_format, output, color)
