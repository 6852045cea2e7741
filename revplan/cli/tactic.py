"""`revplan tactic …`: the backlog, and the results of finished tactics."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from revplan.cli import complete
from revplan.cli.editing import DryRun, edit_session
from revplan.cli.entry import group
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day
from revplan.nouns import EDITED

app = group(EDITED["tactic"])


class Moved(StrEnum):
    """Whether a tactic moved its metric."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


@app.command("result")
def result(
    tactic: Annotated[
        str, typer.Argument(metavar="ID", help="Which tactic.", autocompletion=complete.of_kind("tactic"))
    ],
    moved: Annotated[Moved, typer.Option("--moved", help="Whether it moved its metric.")],
    by: Annotated[str | None, typer.Option("--by", metavar="NUMBER", help="By how much, in the metric's unit.")] = None,
    learnt: Annotated[
        str | None, typer.Option("--learnt", metavar="TEXT", help="What was learnt, for those who do the like again.")
    ] = None,
    dry_run: DryRun = False,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Note whether a done tactic moved its metric; the weekly agenda shows the readings and asks.

    Example: revplan tactic result audit-checklist --moved yes --by 12 --learnt 'The form may have three fields'
    """
    from revplan.app.guide.playbooks import record_result

    at = edit_session(plan, day(today), color, dry_run=dry_run)
    at.apply(record_result(at.plan, tactic, moved, by, learnt, at.today), f"{tactic} moved its metric: {moved}")
