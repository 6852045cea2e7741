"""`revplan fmt`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from revplan.cli import console
from revplan.cli.options import PlanFolder


def fmt(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Format these files and folders alone.", show_default=False),
    ] = None,
    plan: PlanFolder = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 where something would change.")] = False,
) -> None:
    """Write plan files in their canonical order and spacing.

    The keys of an entry stand in the order in which `revplan explain` lists them, in steps of two, with one empty
    line in a row at most. Comments, quotes and the order of ids stay. Files with faults in their text are left as
    they are, and make the exit code 1.

    Example: revplan fmt --check
    """
    from revplan.app.fmt import reformatting
    from revplan.app.open import open_plan
    from revplan.store.commit import commit

    loaded = open_plan(plan, Path.cwd())
    wanted = reformatting(loaded, paths or [])
    if not check:
        commit(wanted.edits)
    for file in wanted.edits.files:
        console.say(f"{'would change' if check else 'formatted'} {file.name}")
    for name in wanted.broken:
        console.say(f"left alone {name}: its text has faults; `revplan validate` tells them")
    raise typer.Exit(1 if wanted.broken or (check and wanted.edits.files) else 0)
