"""The entries of a kind as a table: what `tactic list`, `todo list` and the like show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from revplan.model.tactics import Tactic
from revplan.phrases import MISSING, hours, trimmed
from revplan.reports.document import Align, Column, Document, Section, Table, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.model.base import Part
    from revplan.model.plan import Plan

SCHEMA = "revplan/list/1"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "tactic": ("title", "function", "objective", "impact", "hours", "status"),
    "task": ("skill", "hours", "owner", "after"),
    "todo": ("title", "owner", "due", "status"),
    "issue": ("title", "owner", "horizon", "raised", "status"),
    "metric": ("name", "owner", "cadence", "target", "unit"),
    "member": ("name", "kind", "function", "role", "skills"),
    "campaign": ("title", "start", "end", "owner", "status"),
    "asset": ("channel", "owner", "due", "status"),
    "variant": ("persona", "message"),
    "persona": ("name", "segment", "buying_role"),
    "client": ("name", "hours_per_month", "from", "until"),
    "objective": ("title", "owner", "quarter", "metric", "weight", "status"),
    "segment": ("name", "accounts"),
    "pillar": ("claim", "proof"),
    "differentiator": ("claim", "proof", "versus"),
    "competitor": ("name", "reviewed"),
    "input": ("title", "kind", "date", "response"),
    "goal": ("measure", "start_revenue", "target_revenue", "acv", "close_rate"),
    "budget-line": ("category", "function", "annual", "monthly"),
    "tool": ("name", "category", "owner", "status"),
    "integration": ("from", "to", "direction", "status"),
    "function": ("name", "accountable", "measurables"),
    "touchpoint": ("title", "function", "rating"),
    "cover": ("for", "by", "what", "since", "until"),
    "process": ("owner", "done_when"),
}
"""The fields that a kind's list shows."""
OVER = frozenset(("done", "dropped", "solved", "ended", "retired", "reached", "missed"))
"""States of what needs nobody's attention any more."""
_SHARES = {
    "title": 3,
    "name": 2,
    "claim": 3,
    "proof": 3,
    "what": 2,
    "message": 3,
    "skills": 3,
    "role": 2,
    "done_when": 2,
}
"""How much of a narrow screen goes to the columns that hold words, against each other."""
_HOURS = frozenset(("hours", "hours_per_month"))
_FIGURES = (int, Decimal)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are shown.

    Attributes:
        fields: what a field must say, by its name; a list must hold it.
        over: also those that are over.
    """

    fields: Mapping[str, str]
    over: bool = False

    def keeps(self, part: Part) -> bool:
        """Tell whether an entry is shown."""
        if not self.over and "status" not in self.fields and getattr(part, "status", None) in OVER:
            return False
        return all(_says(value_of(part, name), wanted) for name, wanted in self.fields.items())


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of a kind that a filter keeps, by id, and how many there are in all."""

    kind: str
    entries: Mapping[str, Part]
    count: int


def build(plan: Plan, kind: str, chosen: Filter) -> Listing:
    """Choose the entries of a kind, sorted by id."""
    entries = plan.entries(kind)
    return Listing(kind, {each: entries[each] for each in sorted(entries) if chosen.keeps(entries[each])}, len(entries))


def layout(listing: Listing) -> Document:
    """Lay the entries out as one table."""
    shown = len(listing.entries)
    rest = f"; {listing.count - shown} more, which --all or another --where shows" if listing.count > shown else ""
    table = Table(_columns(listing), tuple(_row(listing, each) for each in listing.entries))
    section = Section(words(f"{shown} shown{rest}"), (table,) if shown else ())
    return Document(_plural(listing.kind), (), (section,), data=_data(listing))


def cells(listing: Listing) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the entries as a header and rows of plain text; what is not given is empty."""
    names = COLUMNS[listing.kind]
    rows = ((each, *(_text(name, value_of(entry, name)) for name in names)) for each, entry in listing.entries.items())
    return ("id", *names), tuple(rows)


def _plural(kind: str) -> str:
    name = kind.replace("-", " ").capitalize()
    return f"{name}es" if name.endswith("s") else f"{name}s"


def value_of(part: Part, name: str) -> Any:  # noqa: ANN401 - any field's value
    """Return a field's value by its name in the text; a tactic's hours are those of its tasks."""
    if isinstance(part, Tactic) and name == "hours":
        return part.minutes
    return getattr(part, name if name in type(part).model_fields else f"{name}_", None)


def _says(value: object, wanted: str) -> bool:
    if isinstance(value, tuple | dict):
        return wanted in map(str, value)
    return _text("", value) == wanted


def _columns(listing: Listing) -> tuple[Column, ...]:
    return (Column("id"), *(_column(listing, name) for name in COLUMNS[listing.kind]))


def _column(listing: Listing, name: str) -> Column:
    values = [value_of(entry, name) for entry in listing.entries.values()]
    figures = any(isinstance(value, _FIGURES) for value in values)
    align = Align.RIGHT if figures else Align.LEFT
    return Column(name.replace("_", " "), align, share=_SHARES.get(name, 0))


def _row(listing: Listing, entry_id: str) -> tuple[Any, ...]:
    entry = listing.entries[entry_id]
    cells = (_text(name, value_of(entry, name)) for name in COLUMNS[listing.kind])
    return (words(entry_id), *(words(cell or MISSING) for cell in cells))


def _text(name: str, value: object) -> str:  # noqa: PLR0911 - one return a type
    if value is None:
        return ""
    if name in _HOURS and isinstance(value, int):
        return hours(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return trimmed(value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_text('', each)}" for key, each in value.items())
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return ", ".join(_text("", each) for each in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _data(listing: Listing) -> dict[str, Any]:
    rows = [_entry_data(entry_id, entry, COLUMNS[listing.kind]) for entry_id, entry in listing.entries.items()]
    return {"schema": SCHEMA, "kind": listing.kind, "count": listing.count, "entries": rows}


def _entry_data(entry_id: str, entry: Part, names: Sequence[str]) -> dict[str, str | None]:
    return {"id": entry_id, **{name: _text(name, value_of(entry, name)) or None for name in names}}
