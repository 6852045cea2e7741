"""What changed in an entity of the plan, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.model.plan import SINGLETON_BY_KEY
from revplan.reports import values
from revplan.reports.document import strong, words

if TYPE_CHECKING:
    from revplan.analysis.changes import EntityChange, FieldChange
    from revplan.model.plan import Plan
    from revplan.reports.document import Words

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
    fields = "; ".join(fields_in_words(change, after.settings.currency))
    said = f"{_from(change)}{_title(before, after, change)}{f': {fields}' if fields else ''}"
    return words(f"{what_became(change)}: ", strong(str(change.ref)), said)


def fields_in_words(change: EntityChange, currency: str) -> list[str]:
    """Say which fields differ, and how many more there are."""
    told = [field_in_words(change.ref.kind, field, currency) for field in change.fields[:MOST_FIELDS]]
    more = len(change.fields) - MOST_FIELDS
    return [*told, f"and {more} more"] if more > 0 else told


def field_in_words(kind: str, field: FieldChange, currency: str) -> str:
    """Say what a field was and is."""
    shape = values.shape_of(kind, field.keys)
    before, after = (values.in_words(value, shape, currency) for value in (field.before, field.after))
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
