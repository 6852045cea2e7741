"""`revplan init`."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from revplan.cli import console
from revplan.cli.options import Today, clock, day
from revplan.wording import plural

if TYPE_CHECKING:
    from revplan.app.repository.init import Answers, NewPlan


def _examples(incomplete: str) -> list[str]:
    from revplan.app.completion import EXAMPLES

    return [name for name in EXAMPLES if name.startswith(incomplete)]


def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where; made if it is not there.")] = Path(),
    example: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Copy an example: harbourline, minimal …", autocompletion=_examples),
    ] = None,
    company: Annotated[str | None, typer.Option(metavar="NAME", help="The company's name.")] = None,
    currency: Annotated[str | None, typer.Option(metavar="CODE", help="Of every amount, such as USD.")] = None,
    person: Annotated[str | None, typer.Option(metavar="NAME", help="Your name.")] = None,
    fiscal_year_start: Annotated[
        str | None, typer.Option(metavar="MONTH", help="In which your year begins, such as July or 7.")
    ] = None,
    colleague: Annotated[str | None, typer.Option(metavar="NAME", help="Somebody you work with, or nobody.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing; answers can be changed later.")] = False,
    today: Today = None,
) -> None:
    """Begin a plan.

    Lays out a small plan with comments that validates, and from which a sprint can be planned at once; beside it a
    pre-commit configuration, workflows for GitHub and GitLab, settings for editors, and AGENTS.md, which tells
    assistants how to work on the plan. Nothing is ever overwritten.

    Example: revplan init plan --company 'Copper Kettle' --yes
    """
    from revplan.app.open import day_of_clock
    from revplan.app.repository.init import begin, copy_example

    if example is not None:
        _tell(copy_example(folder, example), folder)
        return
    given = {
        "company": company,
        "currency": currency,
        "fiscal_year_start": fiscal_year_start,
        "person": person,
        "colleague": colleague,
    }
    answers = _answers({name: value for name, value in given.items() if value is not None}, folder, yes=yes)
    _tell(begin(folder, answers, day(today) or day_of_clock(clock())), folder)


def _answers(given: dict[str, str], folder: Path, *, yes: bool) -> Answers:
    """Return the answers: from the options, else from questions on a terminal, else the defaults.

    Raises:
        InputError: the company's name is missing, --yes is not given, and there is no terminal.
    """
    from revplan.app.repository.init import Answers, read_month
    from revplan.errors import InputError

    usual = Answers(folder.resolve().name.replace("-", " ").title() or "Our company")
    if not yes and (sys.stdin.isatty() or "company" not in given):
        if not sys.stdin.isatty():
            raise InputError("init asks a few questions on a terminal", hint="elsewhere, add --yes or --company NAME")
        for name, question in _QUESTIONS.items():
            if name not in given:
                given[name] = _ask(
                    name, question, _USUAL_MONTH if name == "fiscal_year_start" else getattr(usual, name)
                )
    month = read_month(given.pop("fiscal_year_start", _USUAL_MONTH))
    return Answers(**{"company": usual.company, **given}, fiscal_year_start=month)


_QUESTIONS = {
    "company": "The company's name",
    "currency": "The currency of every amount",
    "fiscal_year_start": "The month in which your fiscal year begins",
    "person": "Your name",
    "colleague": "Somebody you work with, or nobody",
}
_USUAL_MONTH = "January"


def _tell(done: NewPlan, folder: Path) -> None:
    for path in done.kept:
        console.say(f"{_relative_path(path)} was there already, and is as it was")
    for path in done.extended:
        console.say(f"{_relative_path(path)} was there already, and has lines for revplan now")
    console.say(f"wrote {plural(len(done.files) + len(done.beside), 'file')} in {folder.resolve()}")
    option = "" if folder.resolve() == Path.cwd() else f" -C {shlex.quote(_relative_path(folder))}"
    console.say(f"revplan{option} guide          says what to do next, and leads through it question by question")
    console.say(f"revplan{option} validate       tells what does not hang together yet")
    console.say(f"revplan{option} sprint plan    fills the next sprint")
    console.say(f"or open {_relative_path(folder / 'revplan.yaml')}, and put in your own people, goals and tactics")


def _ask(name: str, question: str, usual: str) -> str:
    """Ask a question until its answer can be used."""
    from revplan.app.repository.init import check_currency, read_month
    from revplan.errors import InputError

    while True:
        answer: str = typer.prompt(console.fold_message(question), default=usual, err=True)
        try:
            if name == "fiscal_year_start":
                read_month(answer)
            return check_currency(answer) if name == "currency" else answer
        except InputError as error:
            console.say(f"{error}; {error.hint}")


def _relative_path(path: Path) -> str:
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # on another drive
        return str(path)
