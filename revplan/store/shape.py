"""Turns pydantic's validation errors of a broken entry into findings of the plan's text."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from revplan.diagnostics import Finding
from revplan.model.base import WEEKDAYS as WORDS_OF_DAYS
from revplan.model.base import keys_by_name
from revplan.model.fields import fields, type_of
from revplan.model.plan import SINGLETONS, TOP_LEVEL_KEYS
from revplan.notations import advice, how_often, is_sure_time, tidy, time_of_day, whole_minutes
from revplan.spelling import hint_and_match, nearest
from revplan.store.jargon import other_key, other_value, value_advice
from revplan.store.ways_out import days_to_write, mapping_to_write, one_to_write, way_out
from revplan.wording import id_of, join_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from revplan.model.base import Part, Ref
    from revplan.model.fields import FieldType

_CUSTOM_CODES = {
    "wrong_type": "RP103",
    "out_of_range": "RP104",
    "bad_id": "RP106",
    "end_before_start": "RP108",
    "not_one_of": "RP112",
    "not_allowed": "RP112",
    "missing": "RP102",
    "unknown_format": "RP111",
    "no_rate": "RP113",
}
_EXPECTED = {
    "model_type": ("a mapping is expected here", "write it as key: value lines"),
    "model_attributes_type": ("a mapping is expected here", "write it as key: value lines"),
    "dict_type": ("a mapping is expected here", "write it as key: value lines"),
    "tuple_type": ("a list is expected here", "write it in brackets: [first, second]"),
    "list_type": ("a list is expected here", "write it in brackets: [first, second]"),
}
_OF_RECURRENCES = "quarterly"
"""One of the words by which it is known that it is asked how often something comes round."""
_COMMA_IN_BRACES = "a comma in braces begins a new entry: write 1500 for 1,500, and quotes around text with commas"
_KEY_MARK = "[key]"


def shape_findings(
    error: ValidationError, model: type[Part], ref: Ref, currency: str | None = None
) -> Iterator[Finding]:
    """Yield a finding for each fault of an entry. A misspelled field is one finding, not unknown and missing."""
    details = error.errors(include_url=False)
    misspelled = {
        (*detail["loc"][:-1], _meant(str(detail["loc"][-1]), field_names(model, detail["loc"][:-1])))
        for detail in details
        if detail["type"] == "extra_forbidden"
    }
    lacking = [each for each in details if each["type"] == "missing" and each["loc"] not in misspelled]
    together = {place for place, count in Counter(each["loc"][:-1] for each in lacking).items() if count > _FEW_KEYS}
    for place in sorted(together, key=str):
        yield _several_missing([each["loc"] for each in lacking if each["loc"][:-1] == place], model, ref)
    for detail in details:
        is_told = detail["loc"] in misspelled or detail["loc"][:-1] in together
        if detail["type"] != "missing" or not is_told:
            yield _finding(detail, model, ref, currency)


_FEW_KEYS = 2
"""Missing keys of one thing that are told one by one."""


def _option_hint(key: str, options: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Return (hint, key) for a key that is none of the options of a value."""
    days = days_to_write(key) if _WEEKDAYS.issubset(options) else None
    if days is not None:
        return days, None
    meant = other_value(key, options)
    return (f'did you mean "{meant}"?', meant) if meant else unknown_key_hint(key, options)


def _several_missing(missing: Sequence[tuple[int | str, ...]], model: type[Part], ref: Ref) -> Finding:
    """Return one finding for many keys that a thing lacks, with an example to fill in."""
    names = [str(keys[-1]) for keys in missing]
    place: FieldType | None = type_of(model)
    for key in missing[0][:-1]:
        place = place.at(str(key)) if place is not None else None
    types = ((name, place.at(name) if place is not None else None) for name in names)
    example = ", ".join(f"{name}: {_example(name, found)}" for name, found in types)
    message = f'"{join_names(names)}" are missing'.replace(", ", '", "').replace(" and ", '" and "')
    return Finding("RP102", ref.at(*missing[0]), message, f"fill in: {example}", on_key=True)


def _example(name: str, found: FieldType | None) -> str:
    """Return what to fill in for a key: one of its words, or a gap of the right shape."""
    if name == "tasks":
        return "{write: {skill: …, hours: 8}}"
    if found is None or found.refers_to is not None:
        return "…"
    if found.choices:
        return str(found.choices[0])
    return "…" if found.item is None else "{…}" if found.keys is not None else "[…]"


def _meant(key: str, names: tuple[str, ...]) -> str | None:
    """Return the field that an unknown key is most likely to stand for."""
    return other_key(key, names)[1] or nearest(key, names)


def unknown_key_hint(key: str, names: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Return (hint, field) for an unknown key: the word it stands for or is like, or else every key there can be."""
    hint, meant = other_key(key, names)
    if hint is None:
        hint, meant = hint_and_match(key, names)
    if hint is None and names:
        hint = "there can be " + ", ".join(sorted(names, key=lambda name: name == "notes"))
    return hint, meant


def top_level_hint(key: str) -> tuple[str | None, str | None]:
    """Return (hint, key) for an unknown key at the top of a file."""
    above = _SINGLETON_OF_FIELD.get(key)
    if above is not None:
        return f"it stands below {above}: {above}: {{{key}: …}}", None
    return unknown_key_hint(key, TOP_LEVEL_KEYS)


def are_foreign(keys: Collection[str]) -> bool:
    """Tell whether none of a file's top-level keys is one of a plan file, or like one."""
    near = (key in _SINGLETON_OF_FIELD or unknown_key_hint(key, TOP_LEVEL_KEYS)[1] for key in keys)
    return bool(keys) and not any(key in TOP_LEVEL_KEYS for key in keys) and not any(near)


_SINGLETON_OF_FIELD: dict[str, str] = {
    key: kind.path[0]
    for kind in SINGLETONS
    for key in keys_by_name(kind.model).values()
    if key not in TOP_LEVEL_KEYS and key != "notes"
}
"""What stands below `revplan`, `strategy`, `stack` or `company`, by its key."""


_TO_WRITE = {"tasks": "write what it takes, such as tasks: {write: {skill: writing, hours: 8}}"}
"""What to write for a key that is missing, where its name does not say it."""


def _finding(  # noqa: PLR0911 - one a kind of fault
    detail: ErrorDetails, model: type[Part], ref: Ref, currency: str | None
) -> Finding:
    keys = detail["loc"]
    kind, _, argument = detail["type"].partition(":")
    if keys and keys[-1] == _KEY_MARK:
        where, written = ref.at(*keys[:-1]), detail["input"]
        hint, fix = _way_out(kind, str(keys[-2]), written, currency, _type_in_words(detail))
        return Finding(_CUSTOM_CODES.get(kind, "RP103"), where, _message(detail), hint, on_key=True, fix=fix)
    if kind == "extra_forbidden":
        key = str(keys[-1])
        hint, fix = unknown_key_hint(key, field_names(model, keys[:-1]))
        if detail["input"] is None and fix is None:
            hint = _COMMA_IN_BRACES if key.isdigit() or " " in key else hint
        return Finding("RP101", ref.at(*keys), f'unknown key "{key}"', hint, on_key=True, fix=fix)
    if kind == "unknown_key":
        keys = (*keys, *detail["ctx"]["keys"])
        options = detail["ctx"]["options"]
        hint, fix = _option_hint(str(keys[-1]), options)
        return Finding("RP101", ref.at(*keys), _message(detail), hint, on_key=True, fix=fix)
    if kind == "missing":
        where = ref.at(*keys, argument) if argument else ref.at(*keys)
        message = _message(detail) if "message" in detail.get("ctx", {}) else f'"{keys[-1]}" is missing'
        return Finding("RP102", where, message, _TO_WRITE.get(str(keys[-1]) if keys else "", ""), on_key=True)
    if kind == "literal_error":
        word = str(detail["input"])
        expected = detail["ctx"]["expected"].replace("'", "")
        words = expected.replace(" or ", ", ").split(", ")
        if not isinstance(detail["input"], str):
            return Finding("RP103", ref.at(*keys), f"one of {expected} is expected here")
        meant = other_value(word, words)
        hint, fix = (f'did you mean "{meant}"?', meant) if meant else hint_and_match(word, words)
        if fix is None:
            hint = how_often(word) if _OF_RECURRENCES in words else value_advice(word, words) or hint
        return Finding("RP105", ref.at(*keys), f'"{word[:40]}" is none of {expected}', hint, fix=fix)
    if kind in _EXPECTED:
        message, hint = _EXPECTED[kind]
        key = str(keys[-1]) if keys else ""
        hint = mapping_to_write(key, detail["input"]) or _in_shape(kind, detail["input"]) or hint
        return Finding("RP103", ref.at(*keys), message, hint)
    return _unreadable(detail, ref, currency)


def _unreadable(detail: ErrorDetails, ref: Ref, currency: str | None) -> Finding:
    """Return the finding for a value that its reader refuses."""
    kind, _, argument = detail["type"].partition(":")
    context = detail.get("ctx", {})
    keys, written = (*detail["loc"], *context.get("keys", ())), context.get("written", detail["input"])
    where = ref.at(*keys, argument) if argument else ref.at(*keys)
    hint, fix = _way_out(
        kind,
        str(next((key for key in reversed(keys) if not isinstance(key, int)), "")),
        written,
        currency,
        _type_in_words(detail),
    )
    hint = context.get("hint") or hint or one_to_write(str(keys[-1]) if keys else "", written)
    return Finding(_CUSTOM_CODES.get(kind, "RP103"), where, _message(detail), hint, on_key=not keys, fix=fix)


def _in_shape(kind: str, value: object) -> str | None:
    """Return a value as the list or the mapping that is expected; None where it gives no example."""
    if kind == "tuple_type" and isinstance(value, str):
        return f"write it in brackets: [{', '.join(filter(None, map(str.strip, value.split(','))))}]"
    if kind == "dict_type" and isinstance(value, list) and value:
        if all(isinstance(each, str) for each in value):
            return f"write each with its value: {{{', '.join(f'{each}: …' for each in value[:_FEW])}}}"
        return "give each entry an id as its key: {write: {…}, draw: {…}}"
    return None


_HOURS_IN_PLACE_OF = {"a rate": "hmd", "a month": "hmd", "an amount": "hd"}
"""The units of time by which a text is no other notation of these."""
_WEEKDAYS = frozenset(WORDS_OF_DAYS)
_FEW = 3
"""Items that a hint repeats."""


def _way_out(kind: str, key: str, value: object, currency: str | None, expected: str) -> tuple[str | None, str | None]:
    """Return (hint, fix) for a value that cannot be read, by the notations that its key may have."""
    if isinstance(value, str) and key == "time":
        found = time_of_day(value)
        return f"write {found}" if found else None, found if is_sure_time(value) else None
    if kind == "bad_id" and key == "skill" and not (isinstance(value, str) and "," not in value):
        return "a task has one skill: make a task for each, or name the one that it takes most", None
    if isinstance(value, str) and key == "minutes":
        found = whole_minutes(value)
        return f"write {found}" if found else None, found
    hint, fix = _advice(kind, value, currency), _tidy(value, currency) if kind == "wrong_type" else None
    meant = value
    if fix is not None and not _may_be(fix, expected, str(value)):
        meant, hint, fix = fix, None, None
    if kind != "wrong_type" or not isinstance(meant, str) or fix not in (None, value):
        return hint, fix
    known = way_out(expected, key, meant)
    return known.hint or hint, known.fix


_SHAPES = {
    "day": r"(?a)\d{4}-\d{2}-\d{2}(?:\.\..+)?",
    "month": r"(?a)\d{4}-\d{2}",
    "weekdays": r"[a-z]{3}(?:-[a-z]{3})?",
    "time": r".*[hmd]",
    "per cent": r".*%",
}
"""What a value in the plan's notation is; it is a number if it is none of these."""
_CURRENCY = r"[$€£¥]|[A-Z]{3}"
_TAKEN = {
    "a date": ("day",),
    "a month": ("month",),
    "a quarter": (),
    "hours": ("time", "number"),
    "a rate": ("per cent", "number"),
    "a number": ("per cent", "number"),
    "an amount": ("time", "number"),  # 3m is three million
    "a whole number": ("number",),
    "an exchange rate": ("number",),
}
"""Which of them may stand where a value is expected; all of them where that is not known."""


def _may_be(fix: str, expected: str, written: str) -> bool:
    """Tell whether a value in the plan's notation is of the kind that is expected; money is no number of hours."""
    taken = next((shapes for words, shapes in _TAKEN.items() if expected.startswith(words)), None)
    shape = next((name for name, pattern in _SHAPES.items() if re.fullmatch(pattern, fix)), "number")
    is_time = fix[-1] in _HOURS_IN_PLACE_OF.get(expected.partition(" of ")[0], "")
    is_money = shape == "number" and re.search(_CURRENCY, written) is not None
    may_be_money = expected.startswith(("an amount", "a number"))
    return not is_time and (may_be_money or not is_money) and (taken is None or shape in taken)


def _tidy(value: object, currency: str | None) -> str | None:
    return tidy(value, currency) if isinstance(value, str) else None


def _advice(kind: str, value: object, currency: str | None) -> str | None:
    """Return what to write in place of a value or key that cannot be read; None if that is not known."""
    if not isinstance(value, str):
        return None
    if kind == "bad_id":
        return propose_id(value)
    found = tidy(value, currency) if kind == "wrong_type" else None
    return f"write {found}" if found and found != value else advice(value, currency) if kind == "wrong_type" else None


def propose_id(text: str) -> str | None:
    """Return a hint that proposes an id for a text; None where its letters have no spelling in Latin ones."""
    proposed = id_of(text)
    return f"write it as {proposed}" if proposed else None


def _type_in_words(detail: ErrorDetails) -> str:
    """Return what is expected in place of a value, as the message says it: "hours" of "2-4 is not hours"."""
    message = _message(detail)
    return message.rpartition(" is not ")[2].partition(";")[0] if " is not " in message else message


def _message(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    return str(context.get("message", detail["msg"]))


def field_names(model: type[Part], keys: tuple[int | str, ...]) -> tuple[str, ...]:
    """Return the field names that a place in a model may have, as plan files spell them; empty if it is not a model."""
    place: FieldType | None = type_of(model)
    for key in keys:
        place = place.at(str(key)) if place is not None else None
    if place is None or place.model is None:
        return ()
    return tuple(field.key for field in fields(place.model) if field.name != "id")
