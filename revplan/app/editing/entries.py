"""Reads fields of entries from the command line, and returns the changes that add, edit and drop entries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from revplan.app.editing.numerals import with_point
from revplan.app.reporting.reference import fields_of
from revplan.errors import InputError, UnknownIdError
from revplan.model.base import ID_LENGTH, Ref, free_id
from revplan.model.change import Change
from revplan.model.fields import type_of
from revplan.model.plan import KIND_BY_NAME, built_in_ids
from revplan.nouns import NOUN_BY_KIND, how_to_make, label
from revplan.spelling import did_you_mean
from revplan.store.edit.amend import OWN, amend
from revplan.store.yaml.emit import flow
from revplan.store.yaml.events import parse
from revplan.wording import plural, slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from revplan.app.reporting.reference import FieldReference
    from revplan.model.change import Data as Data  # noqa: PLC0414 - handed on: the values of settings
    from revplan.model.plan import Plan

_BETWEEN_KEYS = re.compile(r"(?<!\.)\.(?!\.)")
_TASK = re.compile(
    r"(?P<id>[^=:\s]+)=(?P<skill>[^:\s]+):(?P<hours>[^:=]+?)(?::(?P<owner>[^:\s]+))?"
    r"(?P<more>(?:\s+(?:after|wait|level|people|not_before|deadline)=\S+)*)"
)
_MORE = ("wait", "level", "people", "not_before", "deadline")
"""Fields that a task may have behind it, besides what it follows."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A field and its new value; a value of None removes the field."""

    keys: tuple[str, ...]
    value: Data


def settings_of(written: Iterable[str]) -> Iterator[Setting]:
    """Read `FIELD=VALUE`: keys joined by points, and a value in YAML notation.

    Raises:
        InputError: there is no =, or the value is not YAML.
    """
    for each in written:
        path, equals, value = each.partition("=")
        keys = keys_at(path)
        if not equals or not all(keys):
            raise InputError(f'"{each}" sets nothing', hint="write it like --set owner=dana")
        yield Setting(keys, yaml_value(value))


def keys_at(path: str) -> tuple[str, ...]:
    """Return the keys that points join, such as `tasks.write.hours`. Two points in a row belong to a range of days."""
    return tuple(_BETWEEN_KEYS.split(path.strip()))


def yaml_value(text: str) -> Data:
    """Return a value in YAML notation as plain data; None if the text is empty.

    Text that begins with `#`, such as a color, is text: YAML would take all of it for a comment.

    Raises:
        InputError: the text is not YAML.
    """
    if text.lstrip().startswith("#"):
        return text.strip()
    parsed = parse(text)
    if parsed.faults:
        is_open = text.lstrip()[:1] in {"{", "["}
        hint = "in braces a space stands after every colon: '{calls: 3}'" if is_open else "put it in quotes: '\"…\"'"
        raise InputError(f'"{text}" cannot be read: {parsed.faults[0].message}', hint=hint)
    return parsed.data


def option_value(kind: str, field: str, text: str) -> Data:
    """Return what an option gives a field: its text, or what stands in braces where the field is more than text.

    A decimal comma of a number is a point, as in the workshops.

    Raises:
        InputError: what stands in braces is not YAML, or a number may be one of two, such as 1,200.
    """
    shape = type_of(KIND_BY_NAME[kind].model).at(field)
    is_text = shape is None or shape.plain is str
    if not is_text and text.lstrip().startswith("{"):
        return yaml_value(text)
    is_word = shape is None or is_text or shape.refers_to is not None or shape.choices
    return text if is_word or "," not in text else with_point(text)


def tasks_of(written: Iterable[str]) -> Data:
    """Read tasks in the notation `ID=SKILL:HOURS[:OWNER]`, with `after=TASK+TASK`, `level=N` and the like behind it.

    Several owners have a plus between: `OWNER+OWNER`.

    Raises:
        InputError: a task has another notation.
    """
    tasks: dict[str, Data] = {}
    for each in written:
        match = _TASK.fullmatch(each.strip())
        if match is None:
            raise InputError(f'"{each}" is no task', hint=f"write it like {_TASKS_LIKE}")
        own: dict[str, Data] = {name: match[name] for name in ("skill", "hours") if match[name] is not None}
        if match["owner"] is not None:
            owners = match["owner"].split("+")
            own["owner"] = owners[0] if len(owners) == 1 else [*owners]
        for word in match["more"].split():
            name, _, value = word.partition("=")
            own[name] = after_of([value]) if name == "after" else value
        tasks[match["id"]] = own
    return tasks


NO_WAIT = "0d"
"""How a plan says that a task need not wait after one of those that it follows."""


def after_of(written: Sequence[str]) -> Data:
    """Return the tasks that another follows, from `write` or `write+draw`, or `write:3d` where it waits after one.

    Raises:
        InputError: what stands in braces is not YAML, or stands beside something else.
    """
    if any(part.lstrip().startswith("{") for part in written):
        if len(written) > 1:
            raise InputError("what stands in braces is all that a task follows", hint="write it like write:3d+draw")
        return yaml_value(written[0])
    parts = (part.strip() for words in written for part in re.split(r"[+,]", words))
    named = [tuple(each.strip() for each in part.partition(":")) for part in parts if part]
    if any(wait for _, _, wait in named):
        return {name: wait or NO_WAIT for name, _, wait in named}
    return [name for name, _, _ in named]


def waits_in_words(typed: Iterable[Setting]) -> Iterator[str]:
    """Yield how long short waits in workdays are, for who typed them: `2w` may have been meant as two weeks."""
    texts = dict.fromkeys(text for setting in typed for text in _waits_of(setting.keys[-1:], setting.value))
    for days in (int(match[1]) for text in texts if (match := _FEW_WORKDAYS.fullmatch(text)) is not None):
        weeks = f"{plural(days, 'week')} would be {7 * days}d, or {5 * days}w"
        yield f"{days}w waits {plural(days, 'workday')}; {weeks}"


def _waits_of(keys: Sequence[str | int], data: Data) -> Iterator[str]:
    """Yield the waits in data that stands at these keys."""
    key = keys[-1] if keys else ""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _waits_of(("wait",) if key == "after" else (name,), value)
    elif key == "wait" and isinstance(data, str):
        yield data.strip()


_FEW_WORKDAYS = re.compile(r"0*([1-4])\s*w", re.ASCII)
_TASKS_LIKE = "write=copy:6, write=copy:6:priya or 'build=web:8 after=write level=3'"


def task_words(tasks: Mapping[str, Data]) -> tuple[str, ...]:
    """Return tasks in the notation that `tasks_of` reads."""
    return tuple(_task_word(name, task) for name, task in tasks.items() if isinstance(task, dict))


def _task_word(name: str, task: Mapping[str, Data]) -> str:
    after = task.get("after")
    firsts = {name: f":{wait}" for name, wait in after.items()} if isinstance(after, dict) else {}
    firsts = dict.fromkeys(map(str, after), "") if isinstance(after, list) else firsts
    more = [f"after={'+'.join(name + wait for name, wait in firsts.items())}"] if firsts else []
    more += [f"{field}={task[field]}" for field in _MORE if field in task]
    owners = task.get("owner", [])
    owner = f":{'+'.join(map(str, owners)) if isinstance(owners, list) else owners}" if owners else ""
    return " ".join((f"{name}={task['skill']}:{task['hours']}{owner}", *more))


def skills_of(written: Iterable[str]) -> Data:
    """Read skills in the notation `SKILL:LEVEL`, several joined by commas.

    Raises:
        InputError: a skill has another notation.
    """
    skills: dict[str, Data] = {}
    for each in (part for words in written for part in words.split(",") if part.strip() or "," not in words):
        skill, _, level = (part.strip() for part in each.partition(":"))
        if not skill or not level:
            raise InputError(f'"{each}" is no skill with its level', hint="write it like copy:3; 1 learning, 4 teaches")
        skills[skill] = level
    return skills


def skill_words(skills: Mapping[str, Data]) -> tuple[str, ...]:
    """Return skills in the notation that `skills_of` reads."""
    return (",".join(f"{skill}:{level}" for skill, level in skills.items()),)


def value_words(value: Data) -> str:
    """Return a value in the notation that `--set FIELD=VALUE` reads; empty for no value."""
    return "" if value is None else flow(value)


def body_of(kind: str, settings: Iterable[Setting]) -> dict[str, Data]:
    """Return the body of a new entry: its fields in the format's order, mappings last."""
    body: Data = {}
    for setting in settings:
        body = amend(body, setting.keys, setting.value)
    assert isinstance(body, dict)
    names = [field.name for field in fields_of(KIND_BY_NAME[kind].model)]
    order = {name: place for place, name in enumerate(names)}
    ordered = sorted(body, key=lambda name: (isinstance(body[name], dict), order.get(name, len(order))))
    return {name: body[name] for name in ordered}


def missing(kind: str, settings: Sequence[Setting], besides: Sequence[str] = ()) -> tuple[FieldReference, ...]:
    """Return the required fields of a new entry that no setting gives.

    Args:
        kind: the kind of the entry.
        settings: the fields that are set.
        besides: further required fields, which the rules require and the format does not; of `one|other`, either.
    """
    given = {setting.keys[0] for setting in settings if setting.value is not None}
    fields = fields_of(KIND_BY_NAME[kind].model)
    groups = {group.partition("|")[0]: {*group.split("|")} for group in besides}
    asked = (field for field in fields if field.required or field.name in groups)
    return tuple(field for field in asked if given.isdisjoint(groups.get(field.name, {field.name})))


_LONGEST_PROPOSAL = 40
"""Largest length, in characters, of an id made from a title. People type ids, so they are short."""


def declared_ids(plan: Plan, kind: str) -> frozenset[str]:
    """Return the ids of the entries of a kind in the plan's files."""
    return plan.ids(kind) - (built_in_ids(kind) - plan.entries(kind).keys())


def require(plan: Plan, kind: str, entry_id: str) -> str:
    """Return the id of an entry; refuse an id that the plan does not have.

    Raises:
        UnknownIdError: there is no such entry.
    """
    if kind == "playbook" and entry_id in built_in_ids(kind) - declared_ids(plan, kind):
        hint = (
            f"`revplan playbook add --from-playbook {entry_id} --id {entry_id}` makes a copy of your own, to be changed"
        )
        raise UnknownIdError(f'"{entry_id}" stands in the catalogue, not in the plan', hint=hint)
    return require_among(declared_ids(plan, kind), kind, entry_id)


def require_among(known: Collection[str], kind: str, entry_id: str) -> str:
    """Return the id of a thing; refuse an id that is not among `known`.

    Raises:
        UnknownIdError: there is no such thing.
    """
    if entry_id not in known:
        hint = did_you_mean(entry_id, known) or _list_known(kind, known)
        raise UnknownIdError(f'no {label(kind)} "{entry_id}"', hint=hint)
    return entry_id


def require_read(plan: Plan, kind: str, entry_id: str) -> str:
    """Return the id of an entry; refuse an id that the plan does not have, and an entry that cannot be read.

    Raises:
        UnknownIdError: there is no such entry, or it cannot be read.
    """
    require(plan, kind, entry_id)
    if entry_id not in plan.entries(kind):
        hint = "`revplan validate` says why"
        raise UnknownIdError(f'the {label(kind)} "{entry_id}" cannot be read', hint=hint)
    return entry_id


def _list_known(kind: str, known: Collection[str]) -> str | None:
    """Return which ids there are; of many, the command that names them; of none, the command that makes one."""
    if 0 < len(known) <= _FEW:
        return f"there is {', '.join(sorted(known))}"
    command = NOUN_BY_KIND[kind].command if kind in NOUN_BY_KIND else ""
    if not command:
        return None
    return f"`revplan {command} list` names them" if known else f"the plan has none yet: {how_to_make(kind)}"


_FEW = 8


def new_entry(
    plan: Plan, kind: str, entry_id: str, body: dict[str, Data], file: str | None = None
) -> tuple[Change, ...]:
    """Return the change that adds an entry.

    Raises:
        InputError: an entry with this id exists already.
        UnknownIdError: the entry's owner is not in the plan.
    """
    refuse_own(entry_id.rpartition("/")[2])
    if entry_id in declared_ids(plan, kind):
        raise InputError(f'there is a {label(kind)} "{entry_id}" already', hint="choose another id")
    owner = KIND_BY_NAME[kind].owner
    if owner is not None:
        owner_id, slash, _ = entry_id.partition("/")
        if not slash:
            raise InputError(f'a {label(kind)} is named {owner}/{kind}, not "{entry_id}"')
        require(plan, owner, owner_id)
    return (Change(Ref(kind, entry_id), body, file),)


def refuse_own(entry_id: str) -> None:
    """Refuse an id that the reader would take for a key of the user's own.

    Raises:
        InputError: the id begins with `x-`.
    """
    if entry_id.startswith(OWN):
        raise InputError(f'"{entry_id}" is no id', hint=f"what begins with {OWN} is your own, and is not read")


def edit_entry(plan: Plan, kind: str, entry_id: str, settings: Sequence[Setting]) -> tuple[Change, ...]:
    """Return the changes that set fields of an entry.

    Raises:
        UnknownIdError: there is no such entry.
        InputError: nothing is set.
    """
    ref = Ref(kind, require(plan, kind, entry_id))
    if not settings:
        raise InputError("nothing is to be changed", hint="name a field, such as --set notes='Asked again in May'")
    return tuple(Change(ref.at(*setting.keys), setting.value) for setting in settings)


def drop_entry(plan: Plan, kind: str, entry_id: str) -> tuple[Change, ...]:
    """Return the change that removes an entry from its file.

    Raises:
        UnknownIdError: there is no such entry.
    """
    return (Change(Ref(kind, require(plan, kind, entry_id)), None),)


def default_fields(kind: str, today: date) -> tuple[Setting, ...]:
    """Return the default fields of a new entry of a kind."""
    return tuple(
        Setting((field,), (today + timedelta(days=days)).isoformat()) for field, days in NOUN_BY_KIND[kind].dated
    )


def propose_id(title: str, kind: str, taken: Collection[str], instead: str = "") -> str:
    """Return an id made of a title's words that is not taken.

    Args:
        title: the title, in any letters.
        kind: the entry's kind; the id begins with the kind if title and `instead` leave no letters.
        taken: the ids of other entries.
        instead: a text to use if the title leaves no letters, such as the key in a tracker.
    """
    words = slug(title) or slug(instead) or kind
    if f"{words}-".startswith(OWN):
        words = f"{kind}-{words}"
    stem = words if len(words) <= _LONGEST_PROPOSAL else _truncate(words)
    return free_id(stem, taken)


def _truncate(words: str) -> str:
    """Return the first whole words of an id that fit into the largest length."""
    head, hyphen, _ = words[: _LONGEST_PROPOSAL + 1].rpartition("-")
    return head if hyphen else words[: min(_LONGEST_PROPOSAL, ID_LENGTH)]
