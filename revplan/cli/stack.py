"""`revplan stack …`: the technology."""

from __future__ import annotations

from typing import Annotated

import typer

from revplan.cli import output as documents
from revplan.cli.editing import DryRun, edit_session
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day
from revplan.formats.table import DocumentFormat

app = typer.Typer(help="The technology: how tools are brought in.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _group() -> None:
    """Make typer keep `plan` as a subcommand, although the group has no other."""


@app.command("plan")
def plan_stack(
    write: Annotated[bool, typer.Option("--write", help="Put the tactics into the backlog, as ideas.")] = False,
    output_format: documents.FormatChoice = DocumentFormat.TERMINAL,
    output: documents.Output = None,
    dry_run: DryRun = False,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Propose the missing stages of rollouts as tactics.

    A stage is missing where it is not done and no task of the backlog does it. Nothing is written without --write.

    Example: revplan stack plan --write
    """
    from revplan.app.editing.changes import require_readable
    from revplan.app.editing.rollouts import rollout_changes
    from revplan.app.reporting.entries import rollouts_page

    at = edit_session(plan, day(today), color, dry_run=dry_run)
    if write or dry_run:
        require_readable(at.loaded, "hold the stages already")
    changes = rollout_changes(at.plan)
    documents.show(rollouts_page(at.plan), output_format, output, color)
    if changes and (write or dry_run):
        at.apply(changes, "the missing stages are in the backlog, as ideas")
