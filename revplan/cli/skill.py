"""`revplan skill list`: what the team can do."""

from __future__ import annotations

import typer

from revplan.cli import output as documents
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, open_plan
from revplan.formats.table import DocumentFormat

app = typer.Typer(
    help="Skills: who has which, and what the backlog asks for.", no_args_is_help=True, rich_markup_mode=None
)


@app.callback()
def _group() -> None:
    """Make typer keep `list` as a subcommand, although the group has no other."""


@app.command("list")
def list_skills(
    output_format: documents.FormatChoice = DocumentFormat.TERMINAL,
    output: documents.Output = None,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """List the skills that members have or tasks take, with who has them and the hours asked for in the next sprint.

    Example: revplan skill list --format json
    """
    from revplan.app.reporting.entries import skills_page

    documents.show(skills_page(open_plan(plan, today).context), output_format, output, color)
