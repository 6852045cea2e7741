"""What a key or a value means: its field and type in the format, and the thing of the plan that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.model.base import Ref
from revplan.model.fields import fields, mapping_to, type_of
from revplan.model.plan import COLLECTION_BY_KEY, KIND_BY_NAME, OWNED, PARTS, SINGLETON_BY_KEY, text_path
from revplan.store.yaml.cursor import word_at
from revplan.store.yaml.spans import Span, places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.base import Keys
    from revplan.model.fields import FieldType, ModelField
    from revplan.store.loaded import Loaded
    from revplan.store.yaml.cursor import Word

_SIBLINGS = {"sibling-task": ("task", "tactics"), "variant": ("variant", "campaigns")}
"""Kinds named without their owner inside of it, with the collection that the owner stands in."""
CALENDAR = "calendar"
_CALENDARS = ("revplan", "calendars")


def type_at(keys: Keys) -> FieldType | None:
    """Return the type of the value at a path of a plan file; None at its top, and where the format knows none."""
    if not keys:
        return None
    first = str(keys[0])
    if first in COLLECTION_BY_KEY:
        found: FieldType | None = mapping_to(COLLECTION_BY_KEY[first].model)
    elif first in SINGLETON_BY_KEY:
        found = type_of(SINGLETON_BY_KEY[first].model)
    else:
        return None
    for key in keys[1:]:
        found = None if found is None else _below(found, key)
    return found


def _below(found: FieldType, key: str | int) -> FieldType | None:
    """Return the type of an item or of a value at a key; of alternatives, the first that has such a value."""
    for each in forms(found):
        if isinstance(key, int):
            if each.item is not None and each.keys is None:
                return each.item
            if each.model is None and each.keys is None and key == 0:
                return each  # a single value where a list may stand
        elif (below := each.at(key) if each.model is not None or each.keys is not None else None) is not None:
            return below
    return None


def forms(found: FieldType) -> Iterator[FieldType]:
    """Yield a type, or the types that a value has one of."""
    if not found.alternatives:
        yield found
    for each in found.alternatives:
        yield from forms(each)


def single_forms(found: FieldType) -> Iterator[FieldType]:
    """Yield the types that a single value may have: those of its forms; where a list is wanted, of its items."""
    for each in forms(found):
        is_list = each.item is not None and each.keys is None
        yield from forms(each.item) if is_list and each.item is not None else (each,)


def field_at(keys: Keys) -> ModelField | None:
    """Return the field whose key is the last of a path; None where the last key is no field."""
    found = type_at(keys[:-1])
    for each in forms(found) if found is not None else ():
        for field in fields(each.model) if each.model is not None else ():
            if field.key == keys[-1]:
                return field
    return None


# --- the things of the plan ----------------------------------------------------------------------------------------


class Named(NamedTuple):
    """A thing that a text names.

    Attributes:
        id: its id; what belongs to another is named `owner/id`.
        span: where its own id stands in the text.
        is_own: whether this is where the thing itself stands, and no reference to it.
    """

    kind: str
    id: str
    span: Span
    is_own: bool


def thing_at(text: str, offset: int) -> Named | None:
    """Return the thing of the plan that is named at an offset of a file's text; None if none is."""
    word = word_at(text, offset)
    return thing_named_by(word, text, offset) if word is not None else None


def thing_named_by(word: Word, text: str, offset: int) -> Named | None:
    """Return the thing of the plan that a key or a value names; of `tactic/task`, what stands at the offset."""
    start = word.span.start + (text[word.span.start : word.span.start + 1] in ("'", '"'))
    span = Span(start, start + len(word.text)) if text.startswith(word.text, start) else word.span
    own = entry_at(word.keys) if word.is_key else None
    if own is not None:
        return Named(*own, span, is_own=True)
    kind, entry_id = _reference_of(word)
    if kind is None or not word.text:
        return None
    tactic, stroke, _ = word.text.partition("/")
    if kind == "task" and stroke:
        middle = start + len(tactic)
        is_owner = offset <= middle
        span = Span(start, middle) if is_owner else Span(middle + 1, span.end)
        return Named("tactic", tactic, span, is_own=False) if is_owner else Named(kind, entry_id, span, is_own=False)
    return Named(kind, entry_id, span, is_own=False)


def _reference_of(word: Word) -> tuple[str | None, str]:
    """Return (kind, id) of what a key or a value refers to; no kind if it refers to nothing."""
    if word.is_key and _is_sprint_row(word.keys):
        return "task", f"{word.keys[3]}/{word.text}"
    kind = _kind_named_by(word)
    if kind in _SIBLINGS:
        kind, collection = _SIBLINGS[kind]
        return (kind, f"{word.keys[1]}/{word.text}") if word.keys[0] == collection else (None, "")
    return kind, word.text


def _kind_named_by(word: Word) -> str | None:
    """Return the kind that a key or a value is the id of; None if it is no id."""
    if word.is_key:
        found = type_at(word.keys[:-1])
        kinds = (each.keys.refers_to for each in forms(found) if each.keys is not None) if found is not None else ()
        return next((kind for kind in kinds if kind is not None), None)
    found = type_at(word.keys)
    kinds = (each.refers_to for each in single_forms(found)) if found is not None else ()
    return next((kind for kind in kinds if kind is not None), None)


def _is_sprint_row(keys: Keys) -> bool:
    """Tell whether the last key of a path is a task of a sprint, which its type does not tell."""
    return len(keys) == len(_ROW) and all(wanted in ("*", key) for wanted, key in zip(_ROW, keys, strict=True))


_ROW = ("sprints", "*", "tactics", "*", "tasks", "*")


def entry_at(keys: Keys) -> tuple[str, str] | None:
    """Return (kind, id) of the entry whose id is the last key of a path; None if it is no id of an entry."""
    *above, own = keys
    for kind in PARTS:
        if kind.path == tuple(above):
            return kind.name, str(own)
    if tuple(above) == _CALENDARS:
        return CALENDAR, str(own)
    if len(above) == 1 and above[0] in COLLECTION_BY_KEY:
        return COLLECTION_BY_KEY[str(above[0])].name, str(own)
    for kind in OWNED:
        collection = KIND_BY_NAME[str(kind.owner)].path
        if len(above) == len(collection) + 2 and (*collection, kind.within) == (above[0], above[2]):
            return kind.name, f"{above[1]}/{own}"
    return None


def home_of(loaded: Loaded, kind: str, entry_id: str) -> tuple[str, Span, Span] | None:
    """Return the file of an entry with the spans of its id and of all of it; None where no file holds it."""
    keys = (*_CALENDARS, entry_id) if kind == CALENDAR else text_path(Ref(kind, entry_id))
    file = loaded.home(keys)
    source = loaded.sources.get(file)
    place = places(source.text, [keys]).get(keys) if source is not None else None
    if place is None or place.key is None:
        return None
    return file, place.key, Span(place.key.start, max(place.key.end, place.value.end))
