"""`revplan sprint start`, `log`, `drop`, `status`, `close` and the like: a sprint's life after it is planned."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from revplan.cli import complete, console
from revplan.cli.editing import DryRun, edit_session
from revplan.cli.options import DAY_LIKE, Color, ColorChoice, PlanFolder, Today, day, open_plan
from revplan.cli.output import (
    FormatChoice,
    MailChoice,
    Output,
    TableChoice,
    show,
    show_all,
    show_errors,
)
from revplan.formats.table import DocumentFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from revplan.app.open import Context, OpenPlan
    from revplan.app.sprint.life import Closure


_sprint = complete.of_kind("sprint")
WhichSprint = Annotated[
    str | None,
    typer.Argument(
        metavar="[SPRINT]", help="Which sprint, such as 2026-12; else the one at hand.", autocompletion=_sprint
    ),
]


def start(
    sprint: Annotated[
        str | None,
        typer.Argument(metavar="[SPRINT]", help="Which sprint; else the earliest planned one.", autocompletion=_sprint),
    ] = None,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Start a planned sprint.

    From now on hours are logged in it, and planning it anew keeps what is begun and disturbs the rest least.
    Refuses while another one is active, and while its work has errors.

    Example: revplan sprint start 2026-12
    """
    from revplan.app.sprint.life import start

    at = open_plan(plan, today)
    with show_errors(color):
        started, files = start(at.loaded, at.context, sprint)
    console.say(f"started sprint {started.id}")
    _say_written(files)


def log(
    task: Annotated[
        str,
        typer.Argument(
            metavar="TACTIC/TASK",
            help="Which task, such as audit-checklist/write; of recurring work the tactic, such as newsletter.",
            autocompletion=complete.of_kind("task"),
        ),
    ],
    hours: Annotated[
        str | None,
        typer.Option("--hours", metavar="H", help="Hours worked, such as 1.5 or 90m; -1 takes an hour back."),
    ] = None,
    left: Annotated[
        str | None,
        typer.Option("--left", metavar="H", help="Hours still to do; they open a task again that is done."),
    ] = None,
    done: Annotated[bool, typer.Option("--done", help="The task is done.")] = False,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="MEMBER",
            help="Who worked; else the task's owner.",
            autocompletion=complete.of_kind("member"),
        ),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help=f"The day of the work, {DAY_LIKE}; else today."),
    ] = None,
    sprint: Annotated[
        str | None,
        typer.Option(
            "--sprint", metavar="SPRINT", help="In which sprint; else the active one.", autocompletion=_sprint
        ),
    ] = None,
    dry_run: DryRun = False,
    plan: PlanFolder = None,
    today: Today = None,
    output_format: FormatChoice = DocumentFormat.TERMINAL,
) -> None:
    """Log work on a task: whose hours on which day, what is left, and that it is done.

    Hours come on top of those spent already. What was said to be left shrinks by them, unless it is said anew. Hours
    that are taken back go from the latest day first, or from the day that --date names.

    Example: revplan sprint log audit-checklist/write --hours 3.5 --left 2

    Example: revplan sprint log newsletter --hours 1.5 --by priya --date 2026-12-03
    """
    from revplan.app.editing.changes import preview, save_computed
    from revplan.app.editing.days import given_day
    from revplan.app.sprint.log import WorkEntry, log_work
    from revplan.app.sprint.pages import log_page, log_sentence

    at = open_plan(plan, today)
    entry = WorkEntry(task, hours, left, done, sprint, by, given_day(date, at.context.today))
    logged, changes = log_work(at.context, entry)
    files: tuple[str, ...] = ()
    if not dry_run:
        logged, files = save_computed(at.loaded, at.context, lambda _, now: log_work(now, entry))
    if output_format is not DocumentFormat.TERMINAL:
        show(log_page(at.context, logged), output_format, None, Color.NEVER)
    else:
        console.out_lines(preview(at.loaded, changes) if dry_run else log_sentence(at.context, logged) + "\n")
    for other in logged.waits_for:
        console.say(f"warning: {logged.task} follows {other}, which is not done")
    _say_written(files)


def drop(
    tasks: Annotated[
        list[str],
        typer.Argument(
            metavar="TACTIC/TASK...",
            help="Which tasks, such as audit-checklist/write.",
            autocompletion=complete.of_kind("task"),
        ),
    ],
    sprint: Annotated[
        str | None,
        typer.Option(
            "--sprint", metavar="SPRINT", help="Of which sprint; else the one at hand.", autocompletion=_sprint
        ),
    ] = None,
    dry_run: DryRun = False,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Take tasks out of a written sprint, while their tactic stays in it.

    The hours worked on them stay, and so does what was committed. Tasks that are off leave the backlog, too. A whole
    tactic is taken out with `revplan sprint plan --drop TACTIC --write`.

    Example: revplan sprint drop audit-checklist/design --dry-run
    """
    from revplan.app.sprint.life import drop_tasks
    from revplan.wording import join_names

    session = edit_session(plan, day(today), color, dry_run=dry_run)
    found, changes = drop_tasks(session.context, sprint, tasks)
    session.apply(changes, f"dropped {join_names([*dict.fromkeys(tasks)])} from sprint {found.id}")


def status(
    sprint: WhichSprint = None,
    plan: PlanFolder = None,
    today: Today = None,
    output_format: FormatChoice = DocumentFormat.TERMINAL,
    table: TableChoice = None,
    output: Output = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show how the sprint is going.

    What is done, spent and left; whether that is ahead or behind by working time; who has more left than hours for
    it; what is late, and what takes longer than planned.

    Example: revplan sprint status
    """
    from revplan.app.sprint.pages import status_page

    show(status_page(open_plan(plan, today).context, sprint), output_format, output, color, table)


def close(
    sprint: Annotated[
        str | None,
        typer.Argument(metavar="[SPRINT]", help="Which sprint; else the active one.", autocompletion=_sprint),
    ] = None,
    carry: Annotated[
        bool, typer.Option("--carry", help="What is unfinished comes first in the next sprint, as far as it fits.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing, and close early too.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what became of the sprint, and write nothing.")
    ] = False,
    plan: PlanFolder = None,
    today: Today = None,
    output_format: FormatChoice = DocumentFormat.TERMINAL,
    output: Output = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Close the sprint, and see what became of it.

    Shows planned against actual, what it says of estimates, and what goes back to the backlog. What is unfinished
    competes again with the hours that are left in it. On a terminal it asks first; elsewhere a sprint with workdays
    left is closed with --yes only. A closed sprint is history; `revplan sprint reopen` undoes the last close.

    Example: revplan sprint close 2026-12 --carry
    """
    from revplan.app.sprint.life import close, close_and_carry, write_closure
    from revplan.app.sprint.pages import close_page, consequences

    at = open_plan(plan, today)
    end = close_and_carry if carry else close
    files: tuple[str, ...] = ()
    with show_errors(color):
        closure = agreed = end(at.loaded, at.context, sprint)
        if not yes and not dry_run:
            _confirm_close(at, agreed)

        def is_agreed(now: Context, other: Closure) -> bool:
            return yes or consequences(now, other) == consequences(at.context, agreed)

        if not dry_run:
            closure, files = write_closure(at.loaded, at.context, agreed, end, is_agreed)
    show(close_page(at.context, closure), output_format, output, color)
    _say_written(files or ("nothing (--dry-run)",))


def _confirm_close(at: OpenPlan, closure: Closure) -> None:
    """Ask whether to close a sprint. Without a terminal, refuse an early close.

    Raises:
        SprintError: the close is early, and there is no terminal.
    """
    from revplan.app.sprint.pages import consequences
    from revplan.cli.asking import NO, YES, ask_word
    from revplan.errors import SprintError
    from revplan.formats.text import visible

    told = consequences(at.context, closure)
    if sys.stdin.isatty():
        for line in told:
            console.say(visible(line))
        if ask_word(f"Close sprint {closure.sprint.id}?", (YES, NO), NO) == NO:
            console.say("nothing changed")
            raise typer.Exit(1)
    elif closure.is_early:
        hint = "--yes closes it all the same, --dry-run shows what that would be"
        raise SprintError(f"it is early to close sprint {closure.sprint.id}: {' '.join(told)}", hint=hint)


def reopen(
    sprint: Annotated[
        str | None,
        typer.Argument(metavar="[SPRINT]", help="Which sprint; else the last closed one.", autocompletion=_sprint),
    ] = None,
    dry_run: DryRun = False,
    plan: PlanFolder = None,
    today: Today = None,
) -> None:
    """Undo the last close: the sprint is what it was before.

    Its status and its seal go, with what --carry put first; everything else stays to the byte. Refuses
    where another sprint was closed or started since, or has taken up what this one left.

    Example: revplan sprint reopen 2026-12
    """
    from revplan.app.editing.changes import preview
    from revplan.app.sprint.life import reopen, write_reopening

    at = open_plan(plan, today)
    reopening = reopen(at.context, sprint)
    if dry_run:
        console.out_lines(preview(at.loaded, reopening.changes))
        return
    reopening, files = write_reopening(at.loaded, at.context, reopening)
    console.say(f"reopened sprint {reopening.sprint.id}: it is {reopening.status} again")
    if reopening.was_edited:
        console.say("warning: it was edited since it was closed; the edits stay")
    _say_written(files)


def list_sprints(
    plan: PlanFolder = None,
    today: Today = None,
    output_format: FormatChoice = DocumentFormat.TERMINAL,
    output: Output = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """List the written sprints, with their hours.

    Example: revplan sprint list
    """
    from revplan.app.sprint.pages import list_page

    show(list_page(open_plan(plan, today).context), output_format, output, color)


def show_sprint(
    sprint: WhichSprint = None,
    plan: PlanFolder = None,
    today: Today = None,
    output_format: FormatChoice = DocumentFormat.TERMINAL,
    table: TableChoice = None,
    output: Output = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show a written sprint, planned against actual.

    By tactic, by member and by task, with what is parked and why.

    Example: revplan sprint show 2026-11
    """
    from revplan.app.sprint.pages import show_page

    show(show_page(open_plan(plan, today).context, sprint), output_format, output, color, table)


def brief(
    member: Annotated[
        str | None,
        typer.Argument(
            metavar="[MEMBER]",
            help="Whose page, by the id in the plan.",
            autocompletion=complete.of_kind("member"),
            show_default=False,
        ),
    ] = None,
    sprint: WhichSprint = None,
    everybody: Annotated[
        bool, typer.Option("--all", help="A page for each who has work in the sprint, as files in the folder -o.")
    ] = False,
    plan: PlanFolder = None,
    today: Today = None,
    output_format: FormatChoice = DocumentFormat.TERMINAL,
    output: Output = None,
    color: ColorChoice = Color.AUTO,
    mail: MailChoice = False,
) -> None:
    """Show one person's page of the sprint.

    What to do, why, by when and in what order; who waits for whom; the meetings, and the hours there are.

    Example: revplan sprint brief priya --format markdown
    """
    from revplan.app.sprint.pages import brief_page, briefs
    from revplan.errors import InputError

    context = open_plan(plan, today).context
    if everybody:
        if member is not None and sprint is not None:
            raise InputError("--all takes no member", hint="such as revplan sprint brief --all -o briefs")
        found, pages = briefs(context, sprint or member)
        show_all(f"Sprint {found}", pages, output_format, output, is_mail=mail)
        return
    if member is None:
        raise InputError("whose page?", hint="name a member, or add --all")
    show(brief_page(context, sprint, member), output_format, output, color, is_mail=mail)


COMMANDS: tuple[tuple[str, Callable[..., None]], ...] = (
    ("start", start),
    ("log", log),
    ("drop", drop),
    ("status", status),
    ("close", close),
    ("reopen", reopen),
    ("list", list_sprints),
    ("show", show_sprint),
    ("brief", brief),
)
"""By the name they have after `revplan sprint`."""


def _say_written(files: Iterable[str]) -> None:
    for file in files:
        console.say(f"wrote {file}")
