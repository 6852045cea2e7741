"""`revplan validate`."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from revplan.cli import console
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, clock, day
from revplan.formats.table import Findings, FindingsFormat

if TYPE_CHECKING:
    from revplan.app.checking.validate import Validation
    from revplan.app.open import Loaded


def validate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Show findings in these files and folders alone.", show_default=False),
    ] = None,
    plan: PlanFolder = None,
    today: Today = None,
    output_format: Annotated[
        FindingsFormat, typer.Option("--format", help="How findings are written.")
    ] = FindingsFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the findings to a file.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 on warnings too.")] = False,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="CODES", help="Show these alone: codes, slugs, or beginnings such as RP4."),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODES", help="Show all but these, named likewise.")
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="First write what can only have been meant otherwise as it must be.")
    ] = False,
    by_rule: Annotated[
        bool, typer.Option("--summary", help="Show only how many findings there are of each rule.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Show more than a thousand findings of a code.")] = False,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Tell everything that is wrong with the plan, in one run.

    The whole plan is always read; paths, --select and --ignore narrow what is shown and what counts for the exit
    code. Exits 0 where nothing is wrong, 1 on errors, 2 where it could not run.

    --fix corrects, of what is shown, what can only have been meant: slips in one letter, other tools' words, names in
    place of ids, dates, hours, weekdays and amounts in another notation, a missing space after a colon, and ignore
    comments that ignore nothing. It touches nothing else, and says what it did.

    Example: revplan validate -C examples/harbourline --strict --ignore RP9
    """
    from revplan.app.checking.validate import (
        Selection,
        failing_severities,
        first_of_each,
        narrow_findings,
        slug_of,
        validate_to_show,
    )
    from revplan.app.checking.validate import validate as check
    from revplan.app.open import context_of, open_plan
    from revplan.errors import InputError
    from revplan.formats.text import by_rule as counted
    from revplan.formats.text import summary

    if by_rule and output_format is not FindingsFormat.TEXT:
        raise InputError("--summary goes with --format text", hint="leave one of the two away")
    started = time.perf_counter()
    loaded = open_plan(plan, Path.cwd())
    selection = Selection(tuple(select or ()), tuple(ignore or ()), tuple(paths or ()))

    def look(at: Loaded) -> Validation:
        is_whole = every or fix or bool(paths)
        return (check if is_whole else validate_to_show)(at, context_of(at, day(today), clock()))

    def narrow(found: Validation) -> Validation:
        return narrow_findings(found, selection, loaded.root)

    if fix:
        from revplan.app.checking.fix import fix_plan

        loaded, done = fix_plan(loaded, look, narrow)
        for each in done:
            console.say(f"fixed {each}")
    shown = narrow(look(loaded))
    shown = shown if every else first_of_each(shown)
    failing = failing_severities(strict=strict)
    is_colourful = console.is_colourful(color if output is None else Color.NEVER, sys.stdout)
    columns = console.terminal_columns(sys.stdout) if output is None else None
    found = Findings(shown.diagnostics, shown.files, failing, _from_here(loaded.root), is_colourful, columns)
    if by_rule:
        console.out(counted(shown.diagnostics, shown.omitted, console.paint_for(color, sys.stdout)))
    else:
        console.write(output_format.draw(found), output)
    for code, count in () if by_rule else shown.omitted.items():
        console.say(f"{count:,} more of {code} {slug_of(code)}; --all shows them")
    if output_format is FindingsFormat.TEXT:
        console.say(f"{summary(shown.diagnostics, shown.files, shown.omitted)} ({time.perf_counter() - started:.2f} s)")
    raise typer.Exit(1 if shown.has(*failing) else 0)


def _from_here(root: Path) -> str:
    """Return the path from the current folder to the plan's folder; empty if they are the same."""
    try:
        seen = Path(os.path.relpath(root, Path.cwd().resolve())).as_posix()
    except ValueError:  # on another drive
        return root.as_posix()
    return "" if seen == "." else seen
