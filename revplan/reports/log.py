"""One thing's history, and what changed in an entity, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from revplan import wording
from revplan.model.plan import SINGLETON_BY_KEY
from revplan.reports import values
from revplan.reports.diff_json import entity
from revplan.reports.document import Document, Items, Section, dim, strong, warn, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.analysis.changes import EntityChange, FieldChange
    from revplan.model.base import Ref
    from revplan.model.plan import Plan
    from revplan.model.settings import Settings
    from revplan.reports.document import Words
    from revplan.store.git.commits import Commit

MOST_FIELDS = 12
"""Fields of one entity that are listed; how many more there are is said."""
_WORDS = {"broken": "no longer readable", "mended": "readable again"}


def what_became(change: EntityChange) -> str:
    """Return what became of an entity in a word; a tactic whose status is now dropped is dropped."""
    status = next((field.after for field in change.fields if field.keys == ("status",)), None)
    if change.ref.kind == "tactic" and status == "dropped":
        return "dropped"
    return _WORDS.get(change.what, change.what)


def entity_in_words(before: Plan, after: Plan, change: EntityChange) -> Words:
    """Say what became of an entity, with the fields that differ."""
    fields = "; ".join(fields_in_words(after.settings, change))
    said = f"{_from(change)}{_title(before, after, change)}{f': {fields}' if fields else ''}"
    return words(f"{what_became(change)}: ", strong(str(change.ref)), said)


def fields_in_words(settings: Settings, change: EntityChange) -> list[str]:
    """Say which fields differ, and how many more there are; amounts are in the currency of the settings."""
    speaker = values.Speaker(settings.currency)
    told = [_field(speaker, change.ref.kind, field) for field in change.fields[:MOST_FIELDS]]
    more = len(change.fields) - MOST_FIELDS
    return [*told, f"and {more} more"] if more > 0 else told


def _field(speaker: values.Speaker, kind: str, field: FieldChange) -> str:
    """Say what a field was and is."""
    shape = values.shape_of(kind, field.keys)
    before, after = (speaker.say(value, shape) for value in (field.before, field.after))
    name = ".".join(field.keys)
    return f"{name} {before} → {after}" if before != after else f"{name} in other words"


def _from(change: EntityChange) -> str:
    return f" from {change.was}" if change.was is not None else ""


def _title(before: Plan, after: Plan, change: EntityChange) -> str:
    """Return what an entity is called besides its id, where nothing else is said of it."""
    if change.fields or change.ref.kind in SINGLETON_BY_KEY:
        return ""
    plan = before if change.what in ("removed", "broken") else after
    found = plan.entries(change.ref.kind)[change.ref.id]
    title = getattr(found, "title", None) or getattr(found, "name", None)
    return f", {title}" if title else ""


SCHEMA = "revplan/log/1"
SHORT_NAME = 10
"""Characters of a commit's name that are shown."""


class HistoryEntry(NamedTuple):
    """A change, and the commit that made it; the commit is None where the change is not committed yet."""

    commit: Commit | None
    change: EntityChange


class Log(NamedTuple):
    """A thing's history.

    Attributes:
        ref: the thing.
        settings: of the plan as it is now, for the currency and the company's name.
        entries: its changes, the latest first.
        is_shallow: whether the clone lacks older commits.
    """

    ref: Ref
    settings: Settings
    entries: tuple[HistoryEntry, ...]
    is_shallow: bool


def layout(log: Log) -> Document:
    """Lay out a thing's history."""
    count = f"{wording.plural(len(log.entries), 'change')}, the latest first"
    items = Items(tuple(_entry(log, entry) for entry in log.entries))
    return Document(
        title=f"{log.settings.company} · {log.ref}",
        lead=tuple(_lead(log)),
        sections=(Section(words(count), (items,)),) if log.entries else (),
        data={"schema": SCHEMA, "kind": log.ref.kind, "id": log.ref.id, "shallow": log.is_shallow,
              "entries": [_data(entry) for entry in log.entries]},
    )  # fmt: skip


def _lead(log: Log) -> Iterator[Words]:
    if not log.entries:
        yield words("No commit in this clone has changed it.")
    if log.is_shallow:
        yield words(warn("This clone is shallow: what came before its oldest commit is not in it."))


def _entry(log: Log, entry: HistoryEntry) -> Words:
    change = entry.change
    fields = "; ".join(fields_in_words(log.settings, change))
    what = f"{what_became(change)}{f' from {change.was}' if change.was is not None else ''}"
    said = f"{what}: {fields}" if fields else what
    if entry.commit is None:
        return words(warn("not committed"), f" {said}")
    day = entry.commit.on.isoformat() if entry.commit.on is not None else "?"
    who = dim(f" · {entry.commit.author}: {entry.commit.subject} ({entry.commit.id[:SHORT_NAME]})")
    return words(strong(day), f" {said}", who)


def _data(entry: HistoryEntry) -> dict[str, Any]:
    commit = entry.commit
    by = None
    if commit is not None:
        day = commit.on.isoformat() if commit.on is not None else None
        by = {"id": commit.id, "author": commit.author, "date": day, "subject": commit.subject}
    return {"commit": by, **entity(entry.change)}
