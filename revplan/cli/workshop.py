"""`revplan workshop`: the workshops, on a terminal question by question, or on paper."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from revplan.cli import console
from revplan.cli.editing import DryRun, edit_session
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day
from revplan.cli.output import Output, show
from revplan.errors import InputError, RevplanError
from revplan.formats.table import DocumentFormat
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.app.guide.session import Session
    from revplan.app.guide.sheet_lines import Fault
    from revplan.app.guide.sheets import SheetReading
    from revplan.cli.editing import EditSession

LIST = "list"
"""The name that lists the workshops."""


def _names(incomplete: str) -> list[str]:
    from revplan.app.completion import workshop_names

    return [name for name in (LIST, *workshop_names()) if name.startswith(incomplete)]


def workshop(
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NAME]",
            help="story, persona, remarkable, goals, tactics, align, campaign or stack; list for all.",
            autocompletion=_names,
            show_default=False,
        ),
    ] = LIST,
    subject: Annotated[
        str | None,
        typer.Option("--for", metavar="ID", help="Which persona, campaign or year it is about; a new name makes one."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Ask what the plan knows already too.")] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Begin anew; what was said in a broken-off one is lost.")
    ] = False,
    filled: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="The sheet in Markdown, filled in.")
    ] = None,
    output_format: Annotated[
        DocumentFormat | None, typer.Option("--format", help="Print the sheet for a room, written this way.")
    ] = None,
    output: Output = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write at the end without asking.")] = False,
    dry_run: DryRun = False,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Hold a workshop: question by question on a terminal, or on paper with a sheet that is read back.

    What the plan knows is not asked. Answers are kept as they come: after a broken-off workshop the same command goes
    on. At the end the change is shown, and written whole or not at all.

    Example: revplan workshop persona --for cfo --format markdown -o cfo.md
    """
    from revplan.app.editing.changes import require_readable
    from revplan.app.guide.session import begin, find_workshop
    from revplan.app.guide.workshop import listing, sheet

    at = edit_session(plan, day(today), color, dry_run=dry_run)
    if name == LIST:
        show(listing(at.loaded, at.context), output_format or DocumentFormat.TERMINAL, output, color)
        return
    chosen = find_workshop(name)
    require_readable(at.loaded, "hold what is asked already")
    session = begin(at.loaded, at.context, chosen, subject, every=every)
    if filled is not None:
        _write_sheet(at, session, filled, is_named=subject is not None, fresh=fresh)
    elif output_format is not None or output is not None:
        show(sheet(session), output_format or DocumentFormat.MARKDOWN, output, color)
    elif not sys.stdin.isatty():
        hint = f"`revplan workshop {name} --format markdown -o FILE.md` prints it, `--from FILE.md` reads it back"
        raise InputError("a workshop asks its questions on a terminal", hint=hint)
    else:
        _hold(at, session, is_named=subject is not None, fresh=fresh, yes=yes)


# --- a sheet -------------------------------------------------------------------------------------------------------


def _write_sheet(at: EditSession, session: Session, file: Path, *, is_named: bool, fresh: bool) -> None:
    """Write what a filled-in sheet says. Where something needed is missing, keep the rest as a draft.

    Raises:
        SheetError: answers cannot be used; each has been named with its line.
        UnfinishedSheetError: needed answers are missing; each has been named with its line.
    """
    from revplan.app.guide import drafts
    from revplan.app.guide.outcome import changes
    from revplan.app.guide.sheets import SheetError, read_sheet
    from revplan.cli.meeting import read_text

    if fresh and not at.dry_run:
        drafts.discard(session)
    try:
        read = read_sheet(session, read_text(file), is_named=is_named)
    except SheetError as error:
        _name_faults(file, error.faults)
        raise
    if read.missing:
        _name_faults(file, read.missing)
        raise _keep_unfinished(read, dry_run=at.dry_run)
    found = changes(read.session)
    if found:
        at.apply(found, f"written down: workshop {session.workshop.name}")
    _say_what_was_known(read, is_written=bool(found))
    if not at.dry_run:
        drafts.discard_if_within(read.session)
    _say_whether_right(at, session)


def _say_what_was_known(read: SheetReading, *, is_written: bool) -> None:
    rest = "" if is_written else "; nothing to write"
    if read.known:
        console.say(f"{plural(read.known, 'answer is', 'answers are')} in the plan already{rest}")
    elif not is_written:
        console.say(f"the sheet holds no answers{rest}")


def _name_faults(file: Path, faults: Sequence[Fault]) -> None:
    from revplan.formats.text import visible

    for line, message in faults:
        console.say(f"{visible(str(file))}:{line}: {visible(message)}")


def _keep_unfinished(read: SheetReading, *, dry_run: bool) -> RevplanError:
    """Keep the answers of a sheet with gaps as a draft; return the error that says so."""
    from revplan.app.guide import drafts
    from revplan.app.guide.sheets import UnfinishedSheetError

    if dry_run or read.count == read.known:
        return UnfinishedSheetError(read, kept=False)
    drafts.keep_sheet(read.session)
    return UnfinishedSheetError(read, kept=True)


def _say_whether_right(at: EditSession, session: Session) -> None:
    """Say what the workshop was to bring about, and whether the plan has it now."""
    from revplan.app.guide.outcomes import new_ideas
    from revplan.app.guide.programme import open_tactic
    from revplan.app.guide.setup import facts_of_workshop, setup
    from revplan.app.open import open_plan
    from revplan.formats.text import visible

    if at.dry_run:
        return
    loaded = open_plan(at.loaded.root, at.loaded.root)
    console.say(f"It is right when: {session.workshop.right_when}")
    context = replace(at.context, plan=loaded.plan)
    for fact in facts_of_workshop(loaded, context, session.workshop.name):
        console.say(f"  {'set up' if fact.is_done else 'not yet'}: {fact.title} ({visible(fact.found)})")
    for idea in new_ideas(session.plan, loaded.plan):
        ready = f"`revplan tactic edit {idea} --status ready` lets it be planned"
        console.say(f"{idea} is a new idea in the backlog: correct its hours and impact, then {ready}")
    following = next((fact for fact in setup(loaded, context) if not fact.is_done), None)
    if following is not None:
        console.say(f"Next: `{following.mend}`, about {following.minutes} min; `revplan guide` shows all")
    planned = open_tactic(loaded.plan, session.workshop.name)
    if planned is not None:
        done = f"`revplan tactic edit {planned} --status done` says that it is done"
        console.say(f"{planned} is in the backlog: log its hours in its sprint, or {done}")


# --- on a terminal -------------------------------------------------------------------------------------------------


def _hold(at: EditSession, session: Session, *, is_named: bool, fresh: bool, yes: bool) -> None:
    """Ask a workshop's questions, show the change, and write it.

    Raises:
        Exit: the user stopped. What was said is kept.
    """
    from revplan.app.guide import drafts
    from revplan.app.guide.outcome import changes
    from revplan.app.guide.session import FOR
    from revplan.app.guide.workshop import with_subject
    from revplan.cli.interview import Interview

    saved = drafts.Draft({}, {}) if fresh else drafts.read_draft(session)
    if fresh:
        drafts.discard(session)
    interview = Interview(at, session, asks_subject=FOR not in session.answers)
    if saved:
        interview.take_up(saved, is_named=is_named)
    try:
        found = None
        while found is None:
            interview.ask_all()
            if interview.refresh():
                interview.ask_all()
            found = changes(with_subject(interview.session))
            if found and not at.dry_run and not yes and not interview.confirm(found):
                found = None
        if not found:
            _say_nothing_to_write(at, session)
            drafts.discard(session)
            return
    except typer.Abort:
        console.say("")
        _say_stopped(session)
        raise typer.Exit(2) from None
    interview.at.apply(found, f"written down: workshop {session.workshop.name}")
    if not at.dry_run:
        drafts.discard(session)
    _say_whether_right(at, session)


def _say_nothing_to_write(at: EditSession, session: Session) -> None:
    """Say that nothing was answered that the plan has not; whether the plan has all of it is another matter."""
    from revplan.app.guide.setup import facts_of_workshop

    name = session.workshop.name
    if all(fact.is_done for fact in facts_of_workshop(session.loaded, session.context, name)):
        console.say(f"nothing to write: the plan has what the workshop {name} asks for")
        console.say(f"`revplan workshop {name} --all` asks for all of it again, and for more of it")
    else:
        console.say("nothing to write: nothing was answered that the plan does not have")
        _say_whether_right(at, session)


def _say_stopped(session: Session) -> None:
    """Say how a workshop goes on that somebody left."""
    name = session.workshop.name
    console.say("stopped half-way: nothing is written, what was said is kept")
    console.say(f"`revplan workshop {name}` goes on, `revplan workshop {name} --fresh` begins anew")
