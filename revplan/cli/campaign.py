"""`revplan campaign …`: campaigns, the work before their launch, their briefs, links and launch lists."""

from __future__ import annotations

from typing import Annotated

import typer

from revplan.cli import complete
from revplan.cli import output as documents
from revplan.cli.editing import DryRun, edit_session
from revplan.cli.entry import group
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day, open_plan
from revplan.formats.table import DocumentFormat
from revplan.nouns import EDITED

app = group(EDITED["campaign"])

CampaignId = Annotated[
    str, typer.Argument(metavar="ID", help="Which campaign.", autocompletion=complete.of_kind("campaign"))
]


@app.command("checklist")
def checklist(
    campaign: CampaignId,
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
        documents.show(launch_list(at.context, campaign), output_format, None, color)


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
    from revplan.app.checking.launches import campaign_readiness, launches_within, readiness_page

    context = open_plan(plan, today).context
    found = launches_within(context, within) if campaign is None else campaign_readiness(context, campaign)
    documents.show(readiness_page(context, found, within), output_format, output, color)
    raise typer.Exit(0 if all(own.is_ready for own in found) else 1)


@app.command("plan")
def plan_launch(
    campaign: CampaignId,
    write: Annotated[bool, typer.Option("--write", help="Write the tactics and the assets' tasks and days.")] = False,
    dry_run: DryRun = False,
    output_format: documents.FormatChoice = DocumentFormat.TERMINAL,
    output: documents.Output = None,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Plan the work before a campaign's launch, counted back from its day.

    Assets that no task makes and open items of the launch list become tasks; a variant without an asset of its own
    gets those that its persona can be reached by. Hours and waiting times are starting guesses.

    Example: revplan campaign plan any-tuesday --write
    """
    from revplan.app.editing.changes import require_readable
    from revplan.app.guide.campaigns import changes_of_launch, launch_page, launch_work
    from revplan.wording import plural

    at = edit_session(plan, day(today), color, dry_run=dry_run)
    if write or dry_run:
        require_readable(at.loaded, "hold the work before the launch already")
    work = launch_work(at.context, campaign)
    writes = (write or dry_run) and bool(work.tasks)
    documents.show(launch_page(at.context, work, written=writes), output_format, output, color)
    if writes:
        tasks = plural(len(work.tasks), "task")
        at.apply(changes_of_launch(at.context, work), f"{tasks} before the launch of {campaign}")


@app.command("brief")
def show_brief(
    campaign: CampaignId,
    variant: Annotated[
        str | None, typer.Option("--variant", metavar="ID", help="Its version for one persona; else the main one.")
    ] = None,
    output_format: documents.FormatChoice = DocumentFormat.TERMINAL,
    output: documents.Output = None,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show a page for a designer or an agency: for whom, what is said, on which channels, by when.

    Example: revplan campaign brief any-tuesday --variant finance --format html -o brief.html
    """
    from revplan.app.guide.campaigns import brief_page

    page = brief_page(open_plan(plan, today).context, campaign, variant)
    documents.show(page, output_format, output, color)


@app.command("links")
def show_links(
    campaign: CampaignId,
    to: Annotated[
        str | None, typer.Option("--to", metavar="URL", help="Where links lead; else the pages that the plan names.")
    ] = None,
    output_format: documents.FormatChoice = DocumentFormat.TERMINAL,
    output: documents.Output = None,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show the tagged addresses of a campaign's assets: what the plan gives, and the usual parameters for the rest.

    Example: revplan campaign links any-tuesday --to https://example.com/checklist
    """
    from revplan.app.guide.campaigns import links_page

    page = links_page(open_plan(plan, today).plan, campaign, to)
    documents.show(page, output_format, output, color)
