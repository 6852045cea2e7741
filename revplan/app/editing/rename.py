"""`revplan rename` and `revplan refs`: rename a thing everywhere in the plan, and list all references to a thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from revplan.analysis.changes import mentions
from revplan.analysis.workload import content_digest
from revplan.app.editing.changes import require_readable
from revplan.app.editing.entries import declared_ids, refuse_own, require, require_among
from revplan.errors import InputError, UnknownIdError
from revplan.model.base import Ref
from revplan.model.plan import KIND_BY_NAME, KINDS, SINGLETONS, text_path
from revplan.nouns import label
from revplan.spelling import did_you_mean
from revplan.store.edit.rename import Spelling, rename_words
from revplan.store.load import read_over
from revplan.store.yaml.spans import locations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.analysis.changes import Mention
    from revplan.diagnostics import Location
    from revplan.model.plan import Plan
    from revplan.store.disk.edits import Edits
    from revplan.store.loaded import Loaded

NAMED_KINDS = tuple(kind.name for kind in KINDS if kind not in SINGLETONS)
"""Kinds whose entries have ids."""
_BY_OTHERS = {
    "rollout": "a rollout is named after its tool: rename the tool",
    "sprint": "a sprint is named after its first day",
    "meeting": "a meeting is named after its day and kind",
}


class Renaming(NamedTuple):
    """The proposed renaming of a thing, not yet written.

    Attributes:
        edits: the edits of the plan's files.
        mentions: the number of references to the thing.
        sealed: ids of closed sprints that name the thing, so that their seal is renewed.
    """

    edits: Edits
    mentions: int
    sealed: tuple[str, ...]


def refs(loaded: Loaded, kind: str, entry_id: str) -> tuple[tuple[Mention, Location], ...]:
    """Return every reference to a thing with its location, sorted by file and line.

    Raises:
        UnknownIdError: there is no such kind or thing.
    """
    require_kind(kind)
    require_among(loaded.plan.ids(kind), kind, entry_id)
    found = tuple(mentions(loaded.plan, kind, entry_id))
    at = locations(loaded, [(mention.ref, mention.on_key) for mention in found])
    return tuple(sorted(zip(found, at, strict=True), key=lambda pair: pair[1]))


REFS_SCHEMA = "revplan/refs/1"


def refs_data(loaded: Loaded, kind: str, entry_id: str) -> dict[str, Any]:
    """Return every reference to a thing as plain data: the contract of `revplan refs --format json`.

    Raises:
        UnknownIdError: there is no such kind or thing.
    """
    rows = [
        {
            "kind": mention.ref.kind,
            "id": mention.ref.id,
            "keys": list(mention.ref.keys),
            "file": place.file,
            "line": place.line,
            "column": place.column,
        }
        for mention, place in refs(loaded, kind, entry_id)
    ]
    return {"schema": REFS_SCHEMA, "of": {"kind": kind, "id": entry_id}, "references": rows}


def rename(loaded: Loaded, kind: str, old: str, new: str) -> Renaming:
    """Return the edits that rename a thing and all references to it. Nothing is written.

    Raises:
        UnknownIdError: there is no such kind or thing.
        InputError: the new id is taken, or the thing's id follows from something else.
        UnsoundPlanError: parts of the plan cannot be read, so references in them would be missed.
    """
    require_kind(kind)
    require(loaded.plan, kind, old)
    own = _own_id(loaded.plan, kind, old, new)
    require_readable(loaded, "name it too")
    named = tuple(mentions(loaded.plan, kind, old))
    spellings = [Spelling(text_path(Ref(kind, old)), on_key=True, text=own), *_spellings(named, kind, own)]
    sealed = _seals(loaded, spellings, {mention.ref.id for mention in named if mention.ref.kind == "sprint"})
    seals = [
        Spelling(text_path(Ref("sprint", each, ("closed", "of"))), on_key=False, text=sealed[each]) for each in sealed
    ]
    return Renaming(rename_words(loaded, [*spellings, *seals]), len(named), tuple(sealed))


def require_kind(kind: str) -> None:
    """Refuse a word that is not a kind with ids.

    Raises:
        UnknownIdError: the word is not such a kind.
    """
    if kind not in NAMED_KINDS:
        hint = did_you_mean(kind, NAMED_KINDS) or f"one of {', '.join(NAMED_KINDS)}"
        raise UnknownIdError(f'no kind "{kind}"', hint=hint)


def _own_id(plan: Plan, kind: str, old: str, new: str) -> str:
    """Check that the new id is allowed and return its last part, without the owner's id."""
    if kind in _BY_OTHERS:
        raise InputError(f"a {kind} cannot be renamed", hint=_BY_OTHERS[kind])
    owner, _, _ = old.rpartition("/")
    prefix = f"{owner}/" if KIND_BY_NAME[kind].owner is not None else ""
    own = new.removeprefix(prefix)
    if prefix + own in declared_ids(plan, kind):
        raise InputError(f'there is a {label(kind)} "{prefix}{own}" already', hint="choose another id")
    refuse_own(own)
    if "/" in own or not own:
        raise InputError(f'"{new}" is no new id for {old}', hint=f"write it like {prefix}{old.rpartition('/')[2]}-2")
    return own


def _spellings(named: tuple[Mention, ...], kind: str, own: str) -> Iterator[Spelling]:
    for mention in named:
        head, stroke, tail = mention.text.partition("/")
        text = own if not stroke else f"{own}/{tail}" if kind == "tactic" else f"{head}/{own}"
        yield Spelling(text_path(mention.ref), mention.on_key, text)


def _seals(loaded: Loaded, spellings: list[Spelling], sprints: set[str]) -> dict[str, str]:
    """Return the new seals of closed sprints, by sprint id. A seal that was broken before stays unchanged."""
    closed = [loaded.plan.sprints[each] for each in sorted(sprints) if loaded.plan.sprints[each].closed is not None]
    fitting = [sprint.id for sprint in closed if sprint.closed and sprint.closed.of == content_digest(sprint)]
    if not fitting:
        return {}
    after = read_over(loaded, rename_words(loaded, spellings).overlay).plan.sprints
    return {each: content_digest(after[each]) for each in fitting if each in after}
