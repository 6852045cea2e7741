"""`revplan meeting …`: the record of a meeting, and the questions that complete the record."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from revplan.app.editing.company import usual_due
from revplan.app.editing.meeting import MeetingRecord, attendees, changes, listed_issues, listed_todos, name_of
from revplan.cli import console
from revplan.cli.editing import DryRun, edit_session
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day
from revplan.cli.report import AgendaKind
from revplan.errors import InputError, RevplanError
from revplan.formats.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from revplan.app.editing.meeting import MeetingKind
    from revplan.cli.editing import EditSession

    Spell = Callable[[str], MeetingRecord]
    """Turns one answer into a meeting record, to check the answer against the plan."""


def complete(at: EditSession, kind: MeetingKind, said: MeetingRecord) -> MeetingRecord:
    """Ask for the missing fields of a meeting's record; return the complete record. An empty answer skips a question.

    Raises:
        InputError: the user aborted the questions. Nothing is written.
    """
    console.say("Enter alone goes on to the next question; Ctrl-C stops, and nothing is written.")
    try:
        return _Questions(at, kind).complete(said)
    except typer.Abort:
        console.say("")
        hint = f"the Markdown of `revplan agenda {kind}` can be filled in at leisure, and handed over with --from"
        raise InputError("stopped half-way: nothing is written", hint=hint) from None


class _Questions(NamedTuple):
    """Asks the questions about one meeting. Checks every answer against the plan before accepting the answer."""

    at: EditSession
    kind: MeetingKind

    def complete(self, said: MeetingRecord) -> MeetingRecord:
        """Ask for every empty field of the record, in the order of the agenda."""
        attended = said.attended or self._ask_attendees()
        return MeetingRecord(
            attended=attended,
            headlines=said.headlines or self._texts("headline", "headlines"),
            done=said.done or self._ask_done_todos(),
            solved=said.solved or self._ask_solved_issues(),
            issues=said.issues or tuple(self._issues()),
            todos=said.todos or tuple(self._todos()),
            decisions=said.decisions or self._texts("decision", "decisions"),
            messages=said.messages or self._texts("message for everyone else", "messages"),
            rating=said.rating or tuple(self._rating(attended)),
        )

    # --- one answer, or several ---------------------------------------------------------------------------------

    def _ask(self, question: str, spell: Spell, usual: str | None = "") -> str:
        """Ask until the plan accepts the answer; return the answer. The answer may be empty only if `usual` is."""
        while True:
            prompt = typer.prompt(console.fold_message(question), default=usual, show_default=bool(usual), err=True)
            answer = str(prompt).strip()
            try:
                if answer:
                    changes(self.at.plan, self.kind, self.at.today, spell(answer))
            except RevplanError as error:
                console.fail(error)
            else:
                return answer

    def _each(self, noun: str, spell: Spell) -> Iterator[str]:
        """Ask and yield answers until an answer is empty."""
        article = "A"
        while answer := self._ask(f"{article} {noun}", spell):
            yield answer
            article = "Another"

    def _texts(self, noun: str, field: str) -> tuple[str, ...]:
        return tuple(self._each(noun, partial(_answer_record, field, "")))

    # --- what is more than a text -------------------------------------------------------------------------------

    def _ask_attendees(self) -> tuple[str, ...]:
        who = self._ask("Who was there (ids or first names, with commas)", _PERSON)
        return (who,) if who else ()

    def _ask_done_todos(self) -> tuple[str, ...]:
        todos = listed_todos(self.at.plan)
        _show("Open to-dos", todos)
        return self._texts("to-do that is done (its id)", "done") if todos else ()

    def _ask_solved_issues(self) -> tuple[str, ...]:
        issues = listed_issues(self.at.plan, self.kind)
        _show("Open issues", issues)
        return tuple(self._solutions()) if issues else ()

    def _solutions(self) -> Iterator[str]:
        for issue in self._each("solved issue (its id)", partial(_answer_record, "solved", "", after=": …")):
            how = self._ask("What was decided", partial(_answer_record, "solved", f"{issue}: "), None)
            yield f"{issue}: {how}"

    def _issues(self) -> Iterator[str]:
        for title in self._each("new issue", partial(_answer_record, "issues", "")):
            who = self._ask("Who raises it", _PERSON)
            yield f"{title} ({who})" if who else title

    def _todos(self) -> Iterator[str]:
        in_a_week = usual_due(self.at.today).isoformat()
        for title in self._each("new to-do", lambda _title: MeetingRecord()):
            who = self._ask("Who does it", _PERSON, None)
            due = self._ask("By which day", partial(_answer_record, "todos", f"It ({who}, ", after=")"), in_a_week)
            yield f"{title} ({who}, {due})"

    def _rating(self, attended: tuple[str, ...]) -> Iterator[str]:
        for member in attendees(self.at.plan, attended):
            called = name_of(self.at.plan, member)
            spell = partial(_answer_record, "rating", f"{member}: ")
            found = self._ask(f"How {called} rates the meeting (1 to 10)", spell)
            if found:
                yield f"{member}: {found}"


def _answer_record(field: str, before: str, answer: str, after: str = "") -> MeetingRecord:
    return MeetingRecord(**{field: (f"{before}{answer}{after}",)})


_PERSON = partial(_answer_record, "attended", "")


def _show(heading: str, entries: Sequence[tuple[str, str]]) -> None:
    if entries:
        console.say(f"{heading}:")
    for entry_id, title in entries:
        console.say(f"  {entry_id}: {visible(title)}")


app = typer.Typer(help="Meetings: what was said and decided.", no_args_is_help=True, rich_markup_mode=None)

_Said = list[str] | None


@app.callback()
def _meetings() -> None:
    """Keep `close` a command of its own, though it is the only one."""


@app.command("close")
def close(
    kind: Annotated[AgendaKind, typer.Argument(help="Which meeting.")],
    agenda: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="The agenda in Markdown, filled in.")
    ] = None,
    attended: Annotated[_Said, typer.Option("--attended", metavar="WHO,…", help="Who was there.")] = None,
    rating: Annotated[_Said, typer.Option("--rating", metavar="WHO=1-10", help="How good they found it.")] = None,
    decision: Annotated[_Said, typer.Option("--decision", metavar="TEXT", help="What was decided.")] = None,
    headline: Annotated[_Said, typer.Option("--headline", metavar="TEXT", help="News.")] = None,
    message: Annotated[_Said, typer.Option("--message", metavar="TEXT", help="What to tell everyone else.")] = None,
    done: Annotated[_Said, typer.Option("--done", metavar="TODO", help="A to-do that is done.")] = None,
    todo: Annotated[
        _Said, typer.Option("--todo", metavar="'WHAT (WHO, DAY)'", help="A new to-do; due in a week without a day.")
    ] = None,
    solved: Annotated[_Said, typer.Option("--solved", metavar="'ISSUE: HOW'", help="An issue that is solved.")] = None,
    issue: Annotated[_Said, typer.Option("--issue", metavar="'WHAT (WHO)'", help="A new issue.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
    dry_run: DryRun = False,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Write down what was said in a meeting, with the to-dos and issues that came of it.

    What is written into the blanks of the agenda's Markdown is read back with --from; the options add to it. What both
    leave open is asked for on a terminal.

    Example: revplan meeting close weekly --from monday.md --rating dana=8 --todo "Call the dairies (tomas, 2026-12-04)"
    """
    from revplan.app.editing.meeting import MeetingRecord, changes, merge_records, read_record

    at = edit_session(plan, day(today), color, dry_run=dry_run)
    said = MeetingRecord(*map(_all, (attended, headline, done, solved, issue, todo, decision, message, rating)))
    written = read_record(read_text(agenda)) if agenda is not None else MeetingRecord()
    record = merge_records(written, said)
    found = changes(at.plan, kind.value, at.today, record)
    if sys.stdin.isatty() and not yes:
        found = changes(at.plan, kind.value, at.today, complete(at, kind.value, record))
    at.apply(found, f"written down: {at.today}-{kind}")


def _all(said: _Said) -> tuple[str, ...]:
    return tuple(said or ())


def read_text(file: Path) -> str:
    """Return the text of a file.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from None
