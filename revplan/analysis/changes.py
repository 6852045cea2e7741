"""What differs between two plans in what they mean, and who refers to what."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from revplan.model.base import Part, Ref, keys_by_name
from revplan.model.plan import COLLECTIONS, PARTS, SINGLETONS
from revplan.model.references import references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from revplan.model.plan import Kind, Plan

    What = Literal["added", "removed", "changed", "renamed", "broken", "mended"]
    Path = tuple[str, ...]

_SIBLINGS = {"sibling-task": "task", "variant": "variant"}
"""Kinds that are named without their owner inside of it."""


class Mention(NamedTuple):
    """A place that names a thing.

    Attributes:
        ref: the place.
        on_key: the place's key is the name, not its value.
        text: the name as it stands there: an id, or `owner/id`.
    """

    ref: Ref
    on_key: bool
    text: str


def mentions(plan: Plan, kind: str, entry_id: str) -> Iterator[Mention]:
    """Yield every place that names a thing, or something that belongs to it; history included."""
    for ref, part in plan.parts():
        for reference in references(part):
            sibling = _SIBLINGS.get(reference.kind)
            named = (sibling, f"{ref.id}/{reference.id}") if sibling else (reference.kind, reference.id)
            if sibling is not None and kind != sibling:
                continue
            if _names(*named, kind, entry_id):
                yield Mention(ref.at(*reference.keys), reference.on_key, reference.id)
    yield from _in_sprints(plan, kind, entry_id)


def _names(named_kind: str, named: str, kind: str, entry_id: str) -> bool:
    """Tell whether a reference names a thing, or a task of it."""
    if named_kind == kind:
        return named == entry_id
    return kind == "tactic" and named_kind == "task" and named.startswith(f"{entry_id}/")


def _in_sprints(plan: Plan, kind: str, entry_id: str) -> Iterator[Mention]:
    """Yield the places of sprints whose meaning their type does not tell: rows of tasks, and what was short."""
    for sprint in plan.sprints.values():
        ref = Ref("sprint", sprint.id)
        if kind == "task":
            tactic, _, task = entry_id.partition("/")
            if tactic in sprint.tactics and task in sprint.tactics[tactic].tasks:
                yield Mention(ref.at("tactics", tactic, "tasks", task), on_key=True, text=task)
        elif kind in ("member", "budget-line") and entry_id not in _skills(plan):
            for tactic, parked in sprint.parked.items():
                if entry_id in parked.short:
                    yield Mention(ref.at("parked", tactic, "short", entry_id), on_key=True, text=entry_id)


def _skills(plan: Plan) -> frozenset[str]:
    held = (skill for member in plan.team.values() for skill in member.skills)
    asked = (task.skill for tactic in plan.tactics.values() for task in tactic.tasks.values())
    return frozenset((*held, *asked))


class FieldChange(NamedTuple):
    """A field whose value differs between two plans.

    Attributes:
        keys: the way to it from the entity's body.
        before: what it was; None where nothing was given.
        after: what it is; None likewise.
    """

    keys: Path
    before: object
    after: object


class EntityChange(NamedTuple):
    """A part of the plan that was added, removed, renamed or changed.

    Attributes:
        ref: what it is; what it was, where it is gone.
        what: how it changed; broken where it can no longer be read, mended where now it can.
        fields: values that differ, where it is in both plans.
        was: its id before, where that is another.
    """

    ref: Ref
    what: What
    fields: tuple[FieldChange, ...] = ()
    was: str | None = None


def changes(before: Plan, after: Plan) -> tuple[EntityChange, ...]:
    """Return what differs between two plans: singletons, what is in them, then collections, each sorted by id."""
    found = [change for kind in SINGLETONS for change in _of_singleton(kind, before, after)]
    for kind in (*PARTS, *COLLECTIONS):
        found += _of_entries(kind, before, after)
    return tuple(found)


def field_changes(before: Part, after: Part) -> tuple[FieldChange, ...]:
    """Return the values in which two parts of a kind differ, in the order of its model."""
    return tuple(_of_parts(before, after, (), ()))


def renames(gone: Mapping[str, Part], new: Mapping[str, Part]) -> dict[str, str]:
    """Return the removed id of each new id: of an equal entity, or of the only one with the same title."""
    found = _match_ids(gone, new, _body)
    rest = {name: part for name, part in gone.items() if name not in found.values()}
    return found | _match_ids(rest, {name: part for name, part in new.items() if name not in found}, _title)


# --- entities ------------------------------------------------------------------------------------------------------


def _of_entries(kind: Kind, before: Plan, after: Plan) -> Iterator[EntityChange]:
    old, new = before.entries(kind.name), after.entries(kind.name)
    if old == new:
        return
    gone = {name: old[name] for name in old.keys() - new.keys() if not _is_lost(after, kind, name)}
    came = {name: new[name] for name in new.keys() - old.keys() if not _is_lost(before, kind, name)}
    was = renames(gone, came)
    for name in sorted(old.keys() | new.keys()):
        ref = Ref(kind.name, name)
        if name in old and name in new:
            if old[name] != new[name]:
                yield EntityChange(ref, "changed", field_changes(old[name], new[name]))
        elif name in was:
            yield EntityChange(ref, "renamed", field_changes(old[was[name]], new[name]), was[name])
        elif name in new:
            yield EntityChange(ref, "added" if name in came else "mended")
        elif name not in was.values():
            yield EntityChange(ref, "removed" if name in gone else "broken")


def _is_lost(plan: Plan, kind: Kind, name: str) -> bool:
    """Tell whether a part may be in the plan's text, in a file or an entry that could not be read."""
    return (kind.name, name) in plan.broken or name in plan.unread


def _of_singleton(kind: Kind, before: Plan, after: Plan) -> Iterator[EntityChange]:
    """Yield the changes of a singleton's fields, its maps of ids excepted, if both plans could read the singleton."""
    if _is_lost(before, kind, "") or _is_lost(after, kind, ""):
        return
    maps = tuple(part.path[1:] for part in PARTS if part.path[0] == kind.path[0])
    found = _of_parts(before.singleton(kind.name), after.singleton(kind.name), (), maps)
    fields = tuple(
        field
        for field in found
        if not _is_lost(before, kind, field.keys[0]) and not _is_lost(after, kind, field.keys[0])
    )
    if fields:
        yield EntityChange(Ref(kind.name), "changed", fields)


def _match_ids(
    gone: Mapping[str, Part], new: Mapping[str, Part], likeness: Callable[[Part], str | None]
) -> dict[str, str]:
    """Match new ids with removed ids one to one, where exactly one part on each side has the same likeness."""
    old_ids, new_ids = _alone(gone, likeness), _alone(new, likeness)
    return {new_ids[like]: old_ids[like] for like in sorted(new_ids.keys() & old_ids.keys())}


def _alone(parts: Mapping[str, Part], likeness: Callable[[Part], str | None]) -> dict[str, str]:
    """Return ids by likeness. A likeness that several parts share is left out."""
    likes = {name: like for name, part in parts.items() if (like := likeness(part)) is not None}
    counts = Counter(likes.values())
    return {like: name for name, like in likes.items() if counts[like] == 1}


def _body(part: Part) -> str:
    return repr([(name, value) for name, value in part if name != "id"])


def _title(part: Part) -> str | None:
    return getattr(part, "title", None) or getattr(part, "name", None)


# --- fields --------------------------------------------------------------------------------------------------------


def _of_parts(before: Part, after: Part, keys: Path, aside: tuple[Path, ...]) -> Iterator[FieldChange]:
    """Yield the fields in which two parts differ, except fields below the keys that are set aside."""
    for name, key in keys_by_name(type(after)).items():
        place = (*keys, key)
        if name != "id" and place not in aside:
            yield from _of_values(getattr(before, name), getattr(after, name), place, aside)


def _of_values(before: object, after: object, keys: Path, aside: tuple[Path, ...]) -> Iterator[FieldChange]:
    if before == after:
        return
    if isinstance(before, Part) and type(before) is type(after):
        assert isinstance(after, Part)
        yield from _of_parts(before, after, keys, aside)
    elif isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            yield from _of_values(before.get(key), after.get(key), (*keys, str(key)), aside)
    else:
        yield FieldChange(keys, before, after)
