"""Fields as they are written on a command line, as plain data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.app.reference import fields_of
from revplan.errors import InputError
from revplan.model.plan import KIND_BY_NAME
from revplan.store.amend import amend
from revplan.store.events import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from revplan.app.reference import FieldReference
    from revplan.model.change import Data

_BETWEEN_KEYS = re.compile(r"(?<!\.)\.(?!\.)")
"""A point between two keys; two points stand in a range of days."""
_TASK = re.compile(r"(?P<id>[^=:\s]+)=(?P<skill>[^:\s]+):(?P<hours>[^:]+?)(?::(?P<owner>[^:\s]+))?")


@dataclass(frozen=True, slots=True)
class Setting:
    """A field and what it is to say; a value of None removes it."""

    keys: tuple[str, ...]
    value: Data


def settings_of(written: Iterable[str]) -> Iterator[Setting]:
    """Read `FIELD=VALUE`: keys joined by points, and a value in YAML notation.

    Raises:
        InputError: there is no =, or the value is no YAML.
    """
    for each in written:
        path, equals, value = each.partition("=")
        keys = tuple(_BETWEEN_KEYS.split(path.strip()))
        if not equals or not all(keys):
            raise InputError(f'"{each}" sets nothing', hint="write it like --set owner=dana")
        yield Setting(keys, yaml_value(value))


def yaml_value(text: str) -> Data:
    """Read a value in YAML notation; None where it is empty.

    Raises:
        InputError: it is no YAML.
    """
    parsed = parse(text)
    if parsed.faults:
        is_open = text.lstrip()[:1] in {"{", "["}
        hint = "in braces a space stands after every colon: '{calls: 3}'" if is_open else "put it in quotes: '\"…\"'"
        raise InputError(f'"{text}" cannot be read: {parsed.faults[0].message}', hint=hint)
    return parsed.data


def tasks_of(written: Iterable[str]) -> Data:
    """Read tasks written `ID=SKILL:HOURS`, or `ID=SKILL:HOURS:OWNER`.

    Raises:
        InputError: one is written in another way.
    """
    tasks: dict[str, Data] = {}
    for each in written:
        match = _TASK.fullmatch(each.strip())
        if match is None:
            raise InputError(f'"{each}" is no task', hint="write it like write=copy:6 or write=copy:6:priya")
        tasks[match["id"]] = {name: match[name] for name in ("skill", "hours", "owner") if match[name] is not None}
    return tasks


def skills_of(written: Iterable[str]) -> Data:
    """Read skills written `SKILL:LEVEL`.

    Raises:
        InputError: one is written in another way.
    """
    skills: dict[str, Data] = {}
    for each in written:
        skill, _, level = (part.strip() for part in each.partition(":"))
        if not skill or not level:
            raise InputError(f'"{each}" is no skill with its level', hint="write it like copy:3; 1 learning, 4 teaches")
        skills[skill] = level
    return skills


def body_of(kind: str, settings: Iterable[Setting]) -> dict[str, Data]:
    """Return the body of a new entry: its fields in the order of the format, what is a mapping last."""
    body: Data = {}
    for setting in settings:
        body = amend(body, setting.keys, setting.value)
    assert isinstance(body, dict)
    names = [field.name for field in fields_of(KIND_BY_NAME[kind].model)]
    order = {name: place for place, name in enumerate(names)}
    ordered = sorted(body, key=lambda name: (isinstance(body[name], dict), order.get(name, len(order))))
    return {name: body[name] for name in ordered}


def missing(kind: str, settings: Sequence[Setting], besides: Sequence[str] = ()) -> tuple[FieldReference, ...]:
    """Return the fields that a new entry cannot do without, and that nothing sets.

    Args:
        kind: what is added.
        settings: what is set.
        besides: fields that the rules ask for, though the format does not.
    """
    given = {setting.keys[0] for setting in settings if setting.value is not None}
    fields = fields_of(KIND_BY_NAME[kind].model)
    return tuple(field for field in fields if (field.required or field.name in besides) and field.name not in given)
