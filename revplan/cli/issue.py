"""`revplan issue …`: issues, from raising to solving."""

from __future__ import annotations

from typing import Annotated

import typer

from revplan.cli import complete
from revplan.cli.editing import DryRun, edit_session
from revplan.cli.entry import adder, group
from revplan.cli.options import DAY_LIKE, Color, ColorChoice, PlanFolder, Today, day
from revplan.nouns import EDITED

app = group(EDITED["issue"])
app.command("raise")(adder(EDITED["issue"]))


@app.command("solve")
def solve(
    issue: Annotated[str, typer.Argument(metavar="ID", help="Which issue.", autocompletion=complete.of_kind("issue"))],
    solution: Annotated[str, typer.Option("--solution", metavar="TEXT", help="What was decided.")],
    todo: Annotated[
        str | None, typer.Option("--todo", metavar="TITLE", help="A to-do that comes of it, for --owner.")
    ] = None,
    owner: Annotated[
        str | None,
        typer.Option(metavar="MEMBER", help="Who does it.", autocompletion=complete.of_kind("member")),
    ] = None,
    due: Annotated[
        str | None, typer.Option(metavar="DATE", help=f"By when, {DAY_LIKE}; in a week where not given.")
    ] = None,
    dry_run: DryRun = False,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Solve an issue: what was decided, and who does what about it.

    Example: revplan issue solve leads-wait --solution 'Whoever is free calls' --todo 'Set the rule' --owner dana
    """
    from revplan.app.editing.company import NewTodo, solve_issue
    from revplan.app.editing.days import given_day
    from revplan.errors import InputError

    if (todo is None) != (owner is None):
        raise InputError("a to-do needs --todo and --owner", hint="one person does it, and is named")
    at = edit_session(plan, day(today), color, dry_run=dry_run)
    new = NewTodo(todo, owner, given_day(due, at.today)) if todo is not None and owner is not None else None
    at.apply(solve_issue(at.plan, issue, solution, at.today, new), f"solved issue {issue}")
