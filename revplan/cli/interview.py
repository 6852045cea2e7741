"""Asks the questions of a workshop on a terminal, one screen each, and keeps each answer as it comes."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import typer

from revplan.cli import console
from revplan.errors import InputError, RevplanError
from revplan.formats.table import DocumentFormat, Screen
from revplan.wording import join_names, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.app.guide.drafts import Draft
    from revplan.app.guide.session import Place, Said, Session
    from revplan.cli.editing import EditSession

_HELP = (
    "Enter alone passes a question over that is not marked needed, and keeps what is there. "
    "/back goes back, /help shows the question again, /quit keeps what was said and stops."
)
_COMMANDS = ("/back", "/skip", "/quit", "/help")
_LIKE_A_COMMAND = re.compile(r"/[a-z]+", re.IGNORECASE)
_PROMPTS = {False: "> ", True: "· "}
_REST = "Enter shows the rest> "


@dataclass(slots=True)
class Interview:
    """Asks the questions of one workshop. Keeps each answer as it comes.

    Attributes:
        before: answers that were taken back, to be given again by Enter alone.
        later: answers of a draft that come after a gap.
        rows: rows of the screen that are in use since the question was shown.
        typed: lines that were typed where the rest of a question was to be shown.
        asks_subject: whether the workshop's subject is asked for, so that one can go back to it.
    """

    at: EditSession
    session: Session
    before: dict[str, Said] = field(default_factory=dict)
    later: dict[str, Said] = field(default_factory=dict)
    rows: int = 0
    typed: list[str] = field(default_factory=list)
    asks_subject: bool = False

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
        count = sum(map(bool, (*given.values(), *saved.unfinished.values())))
        what = [visible(" ".join(about))] if about is not None else []
        what += [f"with {plural(count, 'answer')}"] if count else []
        console.say(", ".join(("going on where it was broken off", *what)) + "; --fresh would begin anew")

    def ask_all(self) -> None:
        """Ask until every question has an answer or is passed over."""
        from revplan.app.guide.questions import next_place

        if next_place(self.session) is not None:
            console.say(_HELP)
        while (place := next_place(self.session)) is not None:
            if not self._answer_from_draft(place):
                self._ask(place)
            self._keep()

    def _answer_from_draft(self, place: Place) -> bool:
        """Take the answer that the draft has behind a gap; return whether it has one that can be used."""
        from revplan.app.guide import answers

        saved = self.later.pop(place.key, None)
        if saved is None:
            return False
        try:
            self.session = self.session.answer(place.key, answers.read(self.session, place, saved))
        except InputError:
            return False
        return True

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
                given = () if command else tuple(texts) or self.before.get(place.key, ())
                said = () if command and not answers.is_needed(self.session, place) else self._read_answer(place, given)
            except RevplanError as error:
                console.fail(error)
                if given == self.before.get(place.key):
                    del self.before[place.key]  # Enter alone would give it again
                continue
            self.session = self.session.answer(place.key, said)
            return

    def _read_answer(self, place: Place, texts: Sequence[str]) -> Said:
        """Return an answer as it is kept. One that the plan refuses is held against the plan as it is by now.

        Raises:
            RevplanError: the answer cannot be used.
        """
        from revplan.app.guide import answers

        try:
            return answers.read(self.session, place, texts)
        except RevplanError:
            if not self.refresh():
                raise
        return answers.read(self.session, place, texts)

    def refresh(self) -> bool:
        """Read the plan again if somebody has changed it meanwhile; return whether that is so."""
        from revplan.app.guide.session import read_anew

        found = read_anew(self.session)
        is_new = found is not self.session
        if is_new:
            self.session = found
            self.at = replace(self.at, loaded=found.loaded, context=found.context)
        return is_new

    def _show(self, place: Place) -> None:
        """Show a question. One that is longer than the screen comes in pieces, and is asked again at the end."""
        from revplan.app.guide.workshop import page

        document = page(self.session, place, self.before.get(place.key, ()))
        screen = Screen(console.columns(), console.is_colourful(self.at.color, sys.stderr))
        lines = ["", *DocumentFormat.TERMINAL.draw(document, screen).decode().rstrip("\n").split("\n")]
        room = console.rows() - 1
        is_long = len(lines) > room
        while len(lines) > room:
            console.say("\n".join(lines[: room - 1]))
            lines = [*lines[room - 1 :], *([place.question.ask] if len(lines) < room * 2 - 1 else [])]
            line = self._prompt(_REST)
            if line.strip():
                self.typed.append(line)
                break
        console.say("\n".join(lines))
        self.rows = len(lines) + is_long

    def _read(self, place: Place) -> Sequence[str]:
        """Return the lines of an answer, each checked as it is typed; a command is one line alone."""
        from revplan.app.guide import answers
        from revplan.app.guide.workshop import SEVERAL

        several = place.question.takes in SEVERAL
        lines: list[str] = []
        while True:
            line = self.typed.pop(0) if self.typed else self._prompt(_PROMPTS[bool(lines)])
            if _LIKE_A_COMMAND.fullmatch(line.strip()):
                command = _command(line.strip())
                if command is not None:
                    return [command]
                self.rows += console.fail(_no_command(line.strip()))
                continue
            if not several or not line.strip():
                return [*lines, *([line] if line.strip() else [])]
            if self._is_usable(place, [*lines, line]):
                lines.append(line)
                self.before[place.key] = tuple(lines)
                self._keep()
                if answers.stands_alone(place, line):
                    return lines
            if self.rows >= console.rows() - 1:
                self._show(place)

    def _prompt(self, sign: str) -> str:
        """Return one line that is typed."""
        line = str(typer.prompt("", default="", show_default=False, prompt_suffix=sign, err=True))
        self.rows += 1 + (len(sign) + len(line)) // console.columns()
        return line

    def _is_usable(self, place: Place, lines: Sequence[str]) -> bool:
        """Tell whether the last line can be part of an answer; say why not, so that it alone is typed again."""
        try:
            self._read_answer(place, lines)
        except RevplanError as error:
            self.rows += console.fail(error)
            return False
        return True

    def _go_back(self) -> bool:
        """Take the last answer back; return whether there was one."""
        from revplan.app.guide.session import FOR

        keys = [key for key in self.session.answers if key != FOR or self.asks_subject]
        if not keys:
            console.say("this is the first question")
            return False
        last = keys[-1]
        self.before[last] = self.session.answers[last]
        self.session = self.session.forget(last)
        return True

    def confirm(self, found: Sequence[object]) -> bool:
        """Show the change, and ask whether it is to be written; return False where the last answer was taken back.

        Raises:
            Abort: the user does not want it.
        """
        from revplan.app.editing.changes import preview
        from revplan.cli.asking import NO, YES, ask_word

        console.out_lines(preview(self.at.loaded, found))  # type: ignore[arg-type]
        while True:
            word = ask_word("Write this?", (YES, NO, "/back", "/quit"), YES)
            if word in (NO, "/quit"):
                raise typer.Abort
            if word == YES:
                return True
            if self._go_back():
                return False


def _command(text: str) -> str | None:
    """Return the command that a word or its beginning means; None where there is no such command."""
    wanted = text.casefold()
    found = [command for command in _COMMANDS if command.startswith(wanted)]
    return found[0] if len(found) == 1 else None


def _no_command(text: str) -> InputError:
    hint = f'there are {join_names(_COMMANDS)}; as an answer, write "{text}" with its quotes'
    return InputError(f"{text} is no command", hint=hint)
