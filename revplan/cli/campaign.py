"""`revplan campaign …`: campaigns and their launch lists."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from revplan.cli import complete
from revplan.cli import output as documents
from revplan.cli.editing import DryRun, edit_session
from revplan.cli.entry import group
from revplan.cli.nouns import NOUN_BY_NAME
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, clock, day
from revplan.formats.table import DocumentFormat

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
    output_format: documents.FormatChoice = DocumentFormat.TERMINAL,
    dry_run: DryRun = False,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show a campaign's launch list, or check items off.

    Example: revplan campaign checklist any-tuesday proofread sales-briefed=open
    """
    from revplan.app.editing.company import check_off, launch_list

    at = edit_session(plan, day(today), color, dry_run=dry_run)
    if items:
        at.apply(check_off(at.plan, campaign, items), f"{campaign}: {', '.join(items)}")
    else:
        documents.show(launch_list(at.plan, campaign), output_format, None, color)


@app.command("check")
def check(
    campaign: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="Which campaign; else all that are to be launched within the days.",
            autocompletion=complete.of_kind("campaign"),
        ),
    ] = None,
    within: Annotated[
        int, typer.Option("--within", metavar="DAYS", min=0, help="Days to the launch, where no campaign is named.")
    ] = 14,
    output_format: documents.FormatChoice = DocumentFormat.TERMINAL,
    output: documents.Output = None,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Tell whether campaigns can be launched; exits 1 where one is not ready.

    Ready means: owner, target, pillar, call to action and a metric with a target are given, every asset is ready, and
    nothing on the launch list is open. A campaign whose day has passed is checked too.

    Example: revplan campaign check --within 14
    """
    from revplan.app.checking.validate import campaign_readiness, launches_within
    from revplan.app.open import context_of, open_plan
    from revplan.reports.launch_check import layout

    context = context_of(open_plan(plan, Path.cwd()), day(today), clock())
    found = launches_within(context, within) if campaign is None else campaign_readiness(context, campaign)
    documents.show(layout(context, found), output_format, output, color)
    raise typer.Exit(0 if all(own.is_ready for own in found) else 1)
