"""What a command line says of an entry: its options as fields, and what is asked for on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

from revplan.cli.nouns import Flag, Noun

if TYPE_CHECKING:
    from revplan.app.fields import Setting
    from revplan.app.reference import FieldReference
    from revplan.model.change import Data


def settings(noun: Noun, given: Mapping[str, Any]) -> Iterator[Setting]:
    """Yield the fields that a command line sets: by options of their own, then by --set."""
    from revplan.app.fields import Setting, settings_of

    if noun.title and given.get("title") is not None:
        yield Setting((noun.title,), given["title"] or None)
    for flag in noun.flags:
        value = given[f"field_{flag.field}"]
        if value in ("", [""]):
            yield Setting((flag.field,), None)
        elif value:
            yield Setting((flag.field,), _value(flag, value))
    yield from settings_of(given["sets"] or ())


def _value(flag: Flag, value: str | list[str]) -> Data:
    from revplan.app.fields import skills_of, tasks_of

    if flag.field == "tasks":
        return tasks_of(value)
    if flag.field == "skills":
        return skills_of(value)
    return [*value] if isinstance(value, list) else value


def ask_missing(noun: Noun, given: Sequence[Setting]) -> Iterator[Setting]:
    """Yield the fields that are missing, as they are answered on a terminal.

    Raises:
        InputError: fields are missing, and there is no terminal.
    """
    from revplan.app.fields import Setting, missing
    from revplan.errors import InputError

    lacking = missing(noun.kind, given, noun.asked)
    if lacking and not sys.stdin.isatty():
        names = ", ".join(_option_of(noun, field.name) for field in lacking)
        raise InputError(f"{with_article(noun)} needs {names}", hint=_hint(lacking[0]))
    for field in lacking:
        yield Setting((field.name,), _answer(noun, field))


def _answer(noun: Noun, field: FieldReference) -> Data:
    from revplan.app.fields import tasks_of, yaml_value

    flag = next((flag for flag in noun.flags if flag.field == field.name), None)
    several = flag is not None and flag.several
    how = "such as write=writing:6, build=web:8" if field.name == "tasks" else field.holds
    answer: str = typer.prompt(
        f"{field.name}: {field.description} ({how}{', joined by ;' if several else ''})", err=True
    )
    if field.name == "tasks":
        return tasks_of(part for part in answer.replace(";", ",").split(",") if part.strip())
    if several:
        return [part.strip() for part in answer.split(";") if part.strip()]
    return answer if flag is not None or field.name == noun.title else yaml_value(answer)


def _option_of(noun: Noun, field: str) -> str:
    if field == noun.title:
        return f"a {field}"
    return next((flag.option for flag in noun.flags if flag.field == field), f"--set {field}=…")


def _hint(field: FieldReference) -> str:
    return f"{field.name}: {field.description} ({field.holds})"


def wheres(written: Sequence[str]) -> dict[str, str]:
    """Read `FIELD=VALUE`, several times.

    Raises:
        InputError: there is no =.
    """
    from revplan.errors import InputError

    pairs = [each.partition("=") for each in written]
    if not all(name and equals for name, equals, _ in pairs):
        raise InputError("--where is written FIELD=VALUE", hint="such as --where function=sales")
    return {name: value for name, _, value in pairs}


def with_article(noun: Noun) -> str:
    """Return what the noun's entries are called, after `a` or `an`."""
    name = noun.kind.replace("-", " ")
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
