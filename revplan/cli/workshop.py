"""`revplan workshop`: the workshops, on a terminal question by question, or on paper."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from revplan.cli import console
from revplan.cli.editing import DryRun, edit_session
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day
from revplan.cli.output import Output, show
from revplan.errors import InputError, RevplanError
from revplan.formats.table import DocumentFormat, Screen
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.app.guide.drafts import Draft
    from revplan.app.guide.session import Place, Said, Session
    from revplan.cli.editing import EditSession

LIST = "list"
"""The name that lists the workshops."""
_HELP = """\
Enter alone passes a question over. /back goes back to the one before,
/help shows the question again, /quit keeps what was said and stops."""


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
    from revplan.app.guide.session import begin, find_workshop
    from revplan.app.guide.workshop import listing, sheet

    at = edit_session(plan, day(today), color, dry_run=dry_run)
    if name == LIST:
        show(listing(at.loaded, at.context), output_format or DocumentFormat.TERMINAL, output, color)
        return
    session = begin(at.loaded, at.context, find_workshop(name), subject, every=every)
    if filled is not None:
        _write_sheet(at, session, filled)
    elif output_format is not None or output is not None:
        show(sheet(session), output_format or DocumentFormat.MARKDOWN, output, color)
    elif not sys.stdin.isatty():
        hint = f"`revplan workshop {name} --format markdown -o FILE.md` prints it, `--from FILE.md` reads it back"
        raise InputError("a workshop asks its questions on a terminal", hint=hint)
    else:
        _hold(at, session, is_named=subject is not None, fresh=fresh, yes=yes)


# --- a sheet -------------------------------------------------------------------------------------------------------


def _write_sheet(at: EditSession, session: Session, file: Path) -> None:
    """Write what a filled-in sheet says.

    Raises:
        SheetError: answers cannot be used; each has been named with its line.
    """
    from revplan.app.guide.outcome import changes
    from revplan.app.guide.workshop import SheetError, read_sheet
    from revplan.cli.meeting import read_text
    from revplan.formats.text import visible

    try:
        read = read_sheet(session, read_text(file))
    except SheetError as error:
        for line, message in error.faults:
            console.say(f"{visible(str(file))}:{line}: {visible(message)}")
        raise
    at.apply(changes(read), f"written down: workshop {session.workshop.name}")
    _say_whether_right(at, session)


def _say_whether_right(at: EditSession, session: Session) -> None:
    """Say what the workshop was to bring about, and whether the plan has it now."""
    from revplan.app.guide.programme import open_tactic
    from revplan.app.guide.setup import facts_of_workshop
    from revplan.app.open import open_plan
    from revplan.formats.text import visible

    if at.dry_run:
        return
    loaded = open_plan(at.loaded.root, at.loaded.root)
    console.say(f"It is right when: {session.workshop.right_when}")
    for fact in facts_of_workshop(loaded, replace(at.context, plan=loaded.plan), session.workshop.name):
        console.say(f"  {'set up' if fact.is_done else 'not yet'}: {fact.title} ({visible(fact.found)})")
    planned = open_tactic(loaded.plan, session.workshop.name)
    if planned is not None:
        done = f"`revplan tactic edit {planned} --status done` says that it is done"
        console.say(f"{planned} is in the backlog: log its hours in its sprint, or {done}")


# --- on a terminal -------------------------------------------------------------------------------------------------


def _hold(at: EditSession, session: Session, *, is_named: bool, fresh: bool, yes: bool) -> None:
    """Ask a workshop's questions, show the change, and write it.

    Raises:
        InputError: the user stopped. What was said is kept.
    """
    from revplan.app.guide import drafts
    from revplan.app.guide.outcome import changes
    from revplan.app.guide.workshop import with_subject

    saved = drafts.Draft({}, {}) if fresh else drafts.kept(session)
    if fresh:
        drafts.discard(session)
    desk = _Desk(at, session)
    if saved:
        desk.take_up(saved, is_named=is_named)
    try:
        desk.ask_all()
        found = changes(with_subject(desk.session))
        if not found:
            console.say(f"nothing to write: the plan has what the workshop {session.workshop.name} asks for")
            drafts.discard(session)
            return
        if not at.dry_run and not yes:
            desk.confirm(found)
    except typer.Abort:
        console.say("")
        raise _stopped(session) from None
    at.apply(found, f"written down: workshop {session.workshop.name}")
    if not at.dry_run:
        drafts.discard(session)
    _say_whether_right(at, session)


def _stopped(session: Session) -> InputError:
    name = session.workshop.name
    return InputError(
        "stopped half-way: nothing is written, what was said is kept",
        hint=f"`revplan workshop {name}` goes on, `revplan workshop {name} --fresh` begins anew",
    )


@dataclass(slots=True)
class _Desk:
    """Asks the questions of one workshop. Keeps each answer as it comes.

    Attributes:
        before: answers that were taken back, to be given again by Enter alone.
        later: answers of a draft that come after a gap.
    """

    at: EditSession
    session: Session
    before: dict[str, Said] = field(default_factory=dict)
    later: dict[str, Said] = field(default_factory=dict)

    def take_up(self, saved: Draft, *, is_named: bool) -> None:
        """Go on with the answers of a draft.

        Raises:
            InputError: the draft is about something else than what was named.
        """
        from revplan.app.guide import drafts
        from revplan.app.guide.session import FOR
        from revplan.formats.text import visible

        about = saved.answers.get(FOR)
        if is_named and about is not None and about != self.session.answers.get(FOR):
            name = self.session.workshop.name
            raise InputError(
                f"a broken-off workshop {name} is about {visible(' '.join(about))}",
                hint=f"`revplan workshop {name}` goes on with it; --fresh puts it away",
            )
        if about is not None:
            self.session = self.session.answer(FOR, about)
        given = {key: said for key, said in saved.answers.items() if key != FOR}
        self.session, self.later = drafts.take_up(self.session, given)
        self.before = dict(saved.unfinished)
        count = plural(len(given) + len(saved.unfinished), "answer")
        console.say(f"going on where it was broken off, with {count}; --fresh would begin anew")

    def ask_all(self) -> None:
        """Ask until every question has an answer or is passed over."""
        from revplan.app.guide import answers
        from revplan.app.guide.session import next_place

        console.say(_HELP)
        while (place := next_place(self.session)) is not None:
            saved = self.later.pop(place.key, None)
            if saved:
                try:
                    self.session = self.session.answer(place.key, answers.read(self.session, place, saved))
                except InputError:
                    saved = None
            if not saved:
                self._ask(place)
            self._keep()

    def _keep(self) -> None:
        """Write what was said so far beside the plan."""
        from revplan.app.guide.drafts import Draft, keep

        given = {**self.later, **self.session.answers}
        unfinished = {key: said for key, said in self.before.items() if key not in given}
        keep(self.session, Draft(given, unfinished))

    def _ask(self, place: Place) -> None:
        """Show a question, and take one answer or one command."""
        from revplan.app.guide import answers

        self._show(place)
        while True:
            texts = self._read(place)
            command = texts[0] if texts and texts[0] in _COMMANDS else ""
            if command == "/quit":
                raise typer.Abort
            if command == "/back":
                if self._go_back():
                    return
                continue
            if command == "/help":
                self._show(place)
                console.say(_HELP)
                continue
            try:
                given = () if command else texts or self.before.get(place.key, ())
                said = (
                    ()
                    if command and not answers.is_needed(self.session, place)
                    else (answers.read(self.session, place, given))
                )
            except RevplanError as error:
                console.fail(error)
                continue
            self.session = self.session.answer(place.key, said)
            return

    def _show(self, place: Place) -> None:
        from revplan.app.guide.workshop import page

        document = page(self.session, place, self.before.get(place.key, ()))
        screen = Screen(console.columns(), console.is_colourful(self.at.color, sys.stderr))
        console.say("\n" + DocumentFormat.TERMINAL.draw(document, screen).decode().rstrip("\n"))

    def _read(self, place: Place) -> Sequence[str]:
        """Return the lines of an answer, each checked as it is typed; a command is one line alone."""
        from revplan.app.guide.workshop import SEVERAL

        several = place.question.takes in SEVERAL
        lines: list[str] = []
        while True:
            line = str(typer.prompt("", default="", show_default=False, prompt_suffix=_PROMPTS[bool(lines)], err=True))
            if line.strip() in _COMMANDS:
                return [line.strip()]
            if not several or not line.strip():
                return [*lines, *([line] if line.strip() else [])]
            if self._is_usable(place, line):
                lines.append(line)
                self.before[place.key] = tuple(lines)
                self._keep()

    def _is_usable(self, place: Place, line: str) -> bool:
        """Tell whether a line can be part of an answer; say why not, so that it alone is typed again."""
        from revplan.app.guide import answers

        try:
            answers.read(self.session, place, [line])
        except RevplanError as error:
            console.fail(error)
            return False
        return True

    def _go_back(self) -> bool:
        """Take the last answer back; return whether there was one."""
        from revplan.app.guide.session import FOR

        keys = [key for key in self.session.answers if key != FOR]
        if not keys:
            console.say("this is the first question")
            return False
        self.before[keys[-1]] = self.session.answers[keys[-1]]
        self.session = self.session.forget(keys[-1])
        return True

    def confirm(self, found: Sequence[object]) -> None:
        """Show the change, and ask whether it is to be written.

        Raises:
            Abort: the user does not want it.
        """
        from revplan.app.editing.changes import preview

        console.out(preview(self.at.loaded, found))  # type: ignore[arg-type]
        typer.confirm("Write this?", default=True, abort=True, err=True)


_COMMANDS = ("/back", "/skip", "/quit", "/help")
_PROMPTS = {False: "> ", True: "· "}
