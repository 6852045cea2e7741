"""`revplan meeting …`: what was said and decided."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from revplan.cli.agenda import AgendaKind
from revplan.cli.changing import DryRun, edit_session
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day

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
    from revplan.app.close_meeting import changes
    from revplan.app.minutes import MeetingRecord, read_record, together
    from revplan.cli.minutes_asked import complete

    at = edit_session(plan, day(today), color, dry_run=dry_run)
    said = MeetingRecord(*map(_all, (attended, headline, done, solved, issue, todo, decision, message, rating)))
    written = read_record(_text(agenda)) if agenda is not None else MeetingRecord()
    minutes = together(written, said)
    found = changes(at.plan, kind.value, at.today, minutes)
    if sys.stdin.isatty() and not yes:
        found = changes(at.plan, kind.value, at.today, complete(at, kind.value, minutes))
    at.make(found, f"written down: {at.today}-{kind}")


def _all(said: _Said) -> tuple[str, ...]:
    return tuple(said or ())


def _text(file: Path) -> str:
    """Return the text of a file.

    Raises:
        InputError: it cannot be read.
    """
    from revplan.errors import InputError

    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from None
