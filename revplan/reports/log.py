"""One thing's history: what was changed in it, by whom, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from revplan import phrases
from revplan.reports.change_words import fields_in_words, what_became
from revplan.reports.diff_json import entity
from revplan.reports.document import Document, Items, Section, dim, strong, warn, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.analysis.changes import EntityChange
    from revplan.model.base import Ref
    from revplan.model.settings import Settings
    from revplan.reports.document import Words
    from revplan.store.commits import Commit

SCHEMA = "revplan/log/1"
_SHORT = 10
"""Characters of a commit's name that are shown."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A change, and the commit that made it; None where it is not committed yet."""

    commit: Commit | None
    change: EntityChange


@dataclass(frozen=True, slots=True)
class Log:
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
    count = f"{phrases.plural(len(log.entries), 'change')}, the latest first"
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
    fields = "; ".join(fields_in_words(change, log.settings.currency))
    what = f"{what_became(change)}{f' from {change.was}' if change.was is not None else ''}"
    said = f"{what}: {fields}" if fields else what
    if entry.commit is None:
        return words(warn("not committed"), f" {said}")
    day = entry.commit.on.isoformat() if entry.commit.on is not None else "?"
    who = dim(f" · {entry.commit.author}: {entry.commit.subject} ({entry.commit.id[:_SHORT]})")
    return words(strong(day), f" {said}", who)


def _data(entry: HistoryEntry) -> dict[str, Any]:
    commit = entry.commit
    by = None
    if commit is not None:
        day = commit.on.isoformat() if commit.on is not None else None
        by = {"id": commit.id, "author": commit.author, "date": day, "subject": commit.subject}
    return {"commit": by, **entity(entry.change)}
