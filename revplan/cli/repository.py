"""`revplan diff`, `log`, `fmt` and `schema`."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Annotated

import typer

from revplan.cli import complete, console
from revplan.cli.options import DAY_LIKE, Color, ColorChoice, PlanFolder, Today, clock, day
from revplan.cli.output import FormatChoice, Output, progress, show
from revplan.errors import InputError
from revplan.formats.table import DocumentFormat


def diff(
    base: Annotated[
        str | None,
        typer.Argument(metavar="[BASE]", help="A branch, tag or commit; else the main branch.", show_default=False),
    ] = None,
    head: Annotated[
        str | None, typer.Argument(metavar="[HEAD]", help="Likewise; else the files as they are.", show_default=False)
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help=f"In place of BASE, the end of a day, {DAY_LIKE}."),
    ] = None,
    plan: PlanFolder = None,
    today: Today = None,
    output_format: FormatChoice = DocumentFormat.TERMINAL,
    output: Output = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Tell what a branch does to the plan and to the sprint, not to the text.

    Compares the files as they are, committed or not, with the commit at which the work left BASE; with HEAD too,
    exactly these two. Both are planned for the same sprint, as of the same day. The main branch is that of origin,
    else main or master; where there is none, the last commit takes its place. With --since, compares the files with the
    end of a day, such as that of the last meeting. Nothing is checked out.

    Example: revplan diff main --format markdown
    """
    from revplan.app.editing.days import given_day
    from revplan.app.open import plan_folder
    from revplan.app.repository.diff import RevisionPair, diff_page

    if since is not None and base is not None:
        raise InputError("BASE and --since name the same thing", hint="leave one of them out")
    root = plan_folder(plan, Path.cwd())
    with progress() as on_progress:
        end = given_day(since, day(today) or clock())
        found = diff_page(root, RevisionPair(base, end, head, day(today), clock()), on_progress)
    show(found, output_format, output, color)


def log(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help="What it is, such as tactic; or its id at once, where nothing else is called so.",
            autocompletion=complete.kinds,
        ),
    ],
    entry_id: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="Its id.", autocompletion=complete.of_named_kind, show_default=False),
    ] = None,
    hours: Annotated[str | None, typer.Option("--hours", hidden=True)] = None,
    done: Annotated[bool, typer.Option("--done", hidden=True)] = False,
    plan: PlanFolder = None,
    output_format: FormatChoice = DocumentFormat.TERMINAL,
    output: Output = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Tell what was changed in one thing of the plan, by whom, when and why.

    Lists the commits that changed what it means, with the fields that differ; a commit that only moves or rewrites
    its text is none of them. Follows it to the ids it had before. Work on a task is noted by `revplan sprint log`.

    Example: revplan log tactic audit-checklist
    """
    from revplan.app.open import open_plan
    from revplan.app.repository.log import kind_of, log_page

    if hours is not None or done or (entry_id is not None and "/" in kind):
        said = hours if hours is not None else entry_id if "/" in kind else None
        options = f"{f' --hours {shlex.quote(said)}' if said else ''}{' --done' if done else ''}"
        hint = f"`revplan sprint log {shlex.quote(kind)}{options}` notes work on a task"
        raise InputError("`revplan log` tells what was changed in the plan, and takes no hours", hint=hint)
    loaded = open_plan(plan, Path.cwd())
    if entry_id is None:
        kind, entry_id = kind_of(loaded.plan, kind), kind
    show(log_page(loaded, kind, entry_id), output_format, output, color)
    if kind == "task":
        console.say(f"work on it is noted by `revplan sprint log {shlex.quote(entry_id)} --hours NUMBER`")


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
    from revplan.app.checking.fix import reformatting, write_reformatted
    from revplan.app.open import open_plan

    loaded = open_plan(plan, Path.cwd())
    wanted = (reformatting if check else write_reformatted)(loaded, paths or [])
    for file in wanted.edits.files:
        console.say(f"{'would change' if check else 'formatted'} {file.name}")
    for name in wanted.broken:
        console.say(f"left alone {name}: its text has faults; `revplan validate` tells them")
    raise typer.Exit(1 if wanted.broken or (check and wanted.edits.files) else 0)


def schema(
    plan: PlanFolder = None,
    ids: Annotated[
        bool, typer.Option("--ids", help="Complete the plan's own ids where one refers to them, and refuse others.")
    ] = False,
) -> None:
    """Print the JSON Schema of plan files, for editors.

    It describes any one file of a plan. An editor with a YAML language server completes, explains and checks plan
    files by it as they are written.

    Example: revplan schema --ids > .revplan.schema.json
    """
    from revplan.app.open import open_plan
    from revplan.app.repository.schema import schema as any_plan
    from revplan.app.repository.schema import schema_with_ids

    document = schema_with_ids(open_plan(plan, Path.cwd()).plan) if ids else any_plan()
    console.out(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
