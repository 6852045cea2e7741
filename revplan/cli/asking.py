"""Asks on a terminal for the fields that a new entry needs; each answer is checked when it is given."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from revplan.cli import console
from revplan.nouns import Noun, with_article

if TYPE_CHECKING:
    from revplan.app.editing.entries import Data, Setting
    from revplan.app.reporting.reference import FieldReference
    from revplan.cli.editing import EditSession


YES, NO = "yes", "no"


def ask_word(question: str, words: Sequence[str], usual: str) -> str:
    """Ask until the answer is one of some words, or the beginning of one; Enter alone stands for the usual one.

    Raises:
        Abort: the input has ended.
    """
    letters = "/".join(word[0].upper() if word == usual else word[0] for word in words if not word.startswith("/"))
    shown = ", ".join((letters, *(word for word in words if word.startswith("/"))))
    asked = console.fold_message(f"{question} [{shown}]")
    while True:
        text: str = typer.prompt(asked, default="", show_default=False, err=True)
        wanted = text.strip().casefold().removeprefix("/")
        found = [word for word in words if word.removeprefix("/").startswith(wanted)] if wanted else [usual]
        if len(found) == 1:
            return found[0]
        console.say(f'  "{text.strip()}" is none of {", ".join(words)}')


def ask_missing(at: EditSession, noun: Noun, given: Sequence[Setting]) -> list[Setting]:
    """Ask for missing fields on a terminal, and return the answers as settings.

    If the questions are broken off, the command that says what was typed so far is shown.

    Raises:
        InputError: required fields are missing, and there is no terminal.
    """
    from revplan.app.editing.entries import missing
    from revplan.errors import InputError

    lacking = missing(noun.kind, given, noun.asked)
    if not sys.stdin.isatty():
        if lacking:
            names = ", ".join(_option_of(noun, field.name) for field in lacking)
            raise InputError(f"{with_article(noun.kind)} needs {names}", hint=_hint(at, noun, lacking[0]))
        return []
    answers: list[Setting] = []
    try:
        _ask_all(at, noun, lacking, given, answers)
    except (typer.Abort, KeyboardInterrupt):
        keep_typed(noun, (*given, *answers))
        raise
    return answers


def _ask_all(
    at: EditSession, noun: Noun, lacking: Sequence[FieldReference], given: Sequence[Setting], answers: list[Setting]
) -> None:
    """Ask for the fields that are needed, then for those that may be left empty; keep each answer when it is given."""
    from revplan.app.editing.entries import Setting
    from revplan.app.reporting.reference import fields_of_kind

    said = {setting.keys[0] for setting in given} | {field.name for field in lacking}
    others = [each for each in fields_of_kind(noun.kind) if each.name in noun.offered]
    offered = [each for each in others if each.name not in said] if lacking else []
    for field in (*lacking, *offered):
        answer = _ask(at, noun, field, optional=field in offered)
        if answer is not None:
            answers.append(Setting((field.name,), answer))


def _ask(at: EditSession, noun: Noun, field: FieldReference, *, optional: bool) -> Data:
    """Ask for a field until the answer can stand there; None if it may be left empty and is."""
    from revplan.app.editing.answers import known_ids, read_answer
    from revplan.errors import InputError

    flag = next((flag for flag in noun.flags if flag.field == field.name), None)
    several = flag is not None and flag.several
    holds = known_ids(at.context.plan, noun.kind, field.name) or field.holds
    how = _HOW.get(field.name, f"{holds}, joined by ;" if several else holds)
    question = f"{field.name}: {field.description} ({how}{'; Enter for none' if optional else ''})"
    while True:
        answer: str = typer.prompt(
            console.fold_message(question), err=True, default="" if optional else None, show_default=False
        )
        if optional and not answer.strip():
            return None
        plain = flag is not None or field.name == noun.title
        try:
            read = read_answer(at.context, noun.kind, field.name, answer, several=several, plain=plain)
            if plain and isinstance(read, str) and read != answer:
                console.say(f"  taken as {read}")
        except InputError as error:
            console.say(f"  {error}{f'; {error.hint}' if error.hint else ''}")
        else:
            return read


_HOW = {
    "tasks": "such as write=writing:6, build=web:8:sam after=write level=3",
    "skills": "such as writing:3, web:2",
}
"""How the answer is written, of fields with a notation of their own on the command line."""


def ask_about_skills(at: EditSession, noun: Noun, said: list[Setting]) -> list[Setting]:
    """Tell which of a member's skills are new; on a terminal ask whether one like another is meant. Return the fields.

    If the question is broken off, the command that says what was typed is shown.
    """
    from revplan.app.editing.answers import new_skills, with_skill

    for skill, near in new_skills(at.plan, said).items() if noun.kind == "member" else ():
        what = f'the skill "{skill}" is new: no member has it, and no task takes it'
        if near is None or not sys.stdin.isatty():
            console.say(f"{what}{f'; did you mean {near}?' if near else ''}")
            continue
        try:
            question = f"{skill}: {what}. Did you mean {near}? (y for {near}, n for {skill})"
            answer: str = typer.prompt(console.fold_message(question), err=True, default="y", show_default=False)
        except (typer.Abort, KeyboardInterrupt):
            keep_typed(noun, said)
            raise
        if answer.strip().lower() in ("y", "yes", near):
            said = with_skill(said, skill, near)
            console.say(f"  taken as {near}")
    return said


def keep_typed(noun: Noun, said: Sequence[Setting]) -> None:
    """Show the command that says what was typed, so that nothing of it has to be typed again."""
    if said:
        console.say(f"what was typed, to go on from: {command_of(noun, said)}")


def command_of(noun: Noun, said: Sequence[Setting]) -> str:
    """Return the command that adds an entry with these fields."""
    words = ["revplan", noun.command, "add"]
    values = {setting.keys: setting.value for setting in said}
    title = values.pop((noun.title,), None) if noun.title else None
    words += [str(title)] if title is not None else []
    for keys, value in values.items():
        words += _words_of(noun, keys, value)
    return shlex.join(words)


def _words_of(noun: Noun, keys: tuple[str, ...], value: Data) -> Iterator[str]:
    from revplan.app.editing.entries import skill_words, task_words, value_words

    flag = next((flag for flag in noun.flags if keys == (flag.field,)), None)
    if flag is None or value is None:
        yield from ("--set", f"{'.'.join(keys)}={value_words(value)}")
        return
    if isinstance(value, dict):
        own = {"tasks": task_words, "skills": skill_words}.get(flag.field)
        values = own(value) if own is not None else (value_words(value),)
    else:
        values = tuple(map(str, value)) if isinstance(value, list) else (str(value),)
    for each in values:
        yield from (flag.option, each)


def _option_of(noun: Noun, field: str) -> str:
    if field == noun.title:
        return f"a {field}"
    return next((flag.option for flag in noun.flags if flag.field == field), f"--set {field}=…")


def _hint(at: EditSession, noun: Noun, field: FieldReference) -> str:
    from revplan.app.editing.answers import known_ids

    holds = _HOW.get(field.name, known_ids(at.context.plan, noun.kind, field.name) or field.holds)
    return f"{field.name}: {field.description} ({holds})"
