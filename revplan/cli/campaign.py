"""`revplan campaign …`: campaigns and their launch lists."""

from __future__ import annotations

from typing import Annotated

import typer

from revplan.cli import complete, documents
from revplan.cli.changing import DryRun, desk
from revplan.cli.entity import group
from revplan.cli.nouns import NOUN_BY_NAME
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day

app = group(NOUN_BY_NAME["campaign"])


@app.command("checklist")
def checklist(
    campaign: Annotated[
        str, typer.Argument(metavar="ID", help="Which campaign.", autocompletion=complete.of_kind("campaign"))
    ],
    items: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ITEM[=STATE]]...", help="Items to check off; or done, open or not-applicable."),
    ] = None,
    output_format: documents.FormatChoice = documents.Format.TERMINAL,
    dry_run: DryRun = False,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show a campaign's launch list, or check items off.

    Example: revplan campaign checklist any-tuesday proofread sales-briefed=open
    """
    from revplan.app.company_changes import checked_off, launch_list

    at = desk(plan, day(today), color, dry_run=dry_run)
    if items:
        at.make(checked_off(at.plan, campaign, items), f"{campaign}: {', '.join(items)}")
    else:
        documents.show(launch_list(at.plan, campaign), output_format, None, color)
