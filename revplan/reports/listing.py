"""The entries of a kind as a table: what `tactic list`, `todo list` and the like show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from revplan.analysis.campaigns import asset_status
from revplan.analysis.progress import done_tasks
from revplan.analysis.standing import standings
from revplan.model.campaigns import Asset
from revplan.model.company import BUILT_IN_FUNCTIONS, Function
from revplan.model.numbers import strip_zeros
from revplan.model.tactics import Tactic, Task
from revplan.nouns import NOUN_BY_KIND, how_to_make, label
from revplan.reports.document import Align, Column, Document, Line, Section, Table, dim, words
from revplan.reports.values import as_data, shape_of
from revplan.wording import MISSING, as_hours, hours

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.model.base import Part
    from revplan.model.context import Context

SCHEMA = "revplan/list/2"
OVER = frozenset(("done", "dropped", "solved", "ended", "retired", "reached", "missed"))
"""States of entries that are over: lists leave them out unless asked for."""
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


class Filter(NamedTuple):
    """Which entries are shown.

    Attributes:
        fields: what a field must say, by its name; a list must hold it.
        over: also those that are over.
    """

    fields: Mapping[str, str]
    over: bool = False

    def keeps(self, part: Part, found: Mapping[str, str]) -> bool:
        """Tell whether an entry is shown, by its own fields and the computed ones."""
        state = found.get("stands", getattr(part, "status", "")).split(" ")[0]
        if not self.over and not {"status", "stands"} & self.fields.keys() and state in OVER:
            return False
        return all(
            found[name] == wanted if name in found else _says(value_of(part, name), wanted)
            for name, wanted in self.fields.items()
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of a kind that a filter keeps, by id, and how many there are in all.

    Attributes:
        found: what was found out of each entry by the day, by its id and the field's name.
    """

    kind: str
    entries: Mapping[str, Part]
    count: int
    found: Mapping[str, Mapping[str, str]]

    def text(self, entry_id: str, name: str) -> str:
        """Return what a field of an entry says; nothing where it is not given."""
        known = self.found[entry_id].get(name)
        return known if known is not None else _text(name, value_of(self.entries[entry_id], name))


def build(context: Context, kind: str, chosen: Filter) -> Listing:
    """Choose the entries of a kind, sorted by id."""
    entries = {**_built_in_entries(kind), **context.plan.entries(kind)}
    found = _computed_fields(context, kind, entries)
    kept = {each: entries[each] for each in sorted(entries) if chosen.keeps(entries[each], found[each])}
    return Listing(kind, kept, len(entries), found)


def _built_in_entries(kind: str) -> Mapping[str, Part]:
    """Return the functions that every plan may name without declaring them."""
    if kind != "function":
        return {}
    return {own_id: Function(name=f"{own_id.capitalize()} (built in)") for own_id in BUILT_IN_FUNCTIONS}


def _computed_fields(context: Context, kind: str, entries: Mapping[str, Part]) -> Mapping[str, Mapping[str, str]]:
    """Return the fields that the sprints tell, by entry: what was typed once may be out of date."""
    if kind == "tactic":
        return {name: {"stands": str(standing)} for name, standing in standings(context).items()}
    if kind == "asset":
        made = done_tasks(context.plan)
        return {
            name: {"status": asset_status(context.plan, made, asset)} if isinstance(asset, Asset) else {}
            for name, asset in entries.items()
        }
    return {name: {} for name in entries}


def layout(listing: Listing) -> Document:
    """Lay the entries out as one table."""
    shown = len(listing.entries)
    rest = f"; {listing.count - shown} more, which --all or another --where shows" if listing.count > shown else ""
    table = Table(_columns(listing), tuple(_row(listing, each) for each in listing.entries))
    hint = () if listing.count or listing.kind not in NOUN_BY_KIND else (Line(words(dim(_none_yet(listing.kind)))),)
    section = Section(words(f"{shown} shown{rest}"), (table,) if shown else hint)
    return Document(_plural(listing.kind), (), (section,), data=_data(listing))


def _none_yet(kind: str) -> str:
    return f"The plan has none yet: {how_to_make(kind)}."


def _plural(kind: str) -> str:
    name = label(kind).capitalize()
    return f"{name}es" if name.endswith("s") else f"{name}s"


def value_of(part: Part, name: str) -> Any:  # noqa: ANN401 - any field's value
    """Return a field's value by its name in the plan file; a tactic's `hours` are the sum of its tasks.

    The one owner of a task is no list.
    """
    if isinstance(part, Tactic) and name == "hours":
        return part.minutes
    if isinstance(part, Task) and name == "owner" and len(part.owners) <= 1:
        return part.owner
    return part.value_at(name)


def _says(value: object, wanted: str) -> bool:
    if isinstance(value, tuple | dict):
        return wanted in map(str, value)
    return _text("", value) == wanted


def _columns(listing: Listing) -> tuple[Column, ...]:
    return (Column("id"), *(_column(listing, name) for name in _visible_fields(listing.kind)))


def _visible_fields(kind: str) -> tuple[str, ...]:
    return tuple(name for name in NOUN_BY_KIND[kind].columns if name not in NOUN_BY_KIND[kind].hidden)


def _column(listing: Listing, name: str) -> Column:
    values = [value_of(entry, name) for entry in listing.entries.values()]
    figures = any(isinstance(value, _FIGURES) for value in values)
    align = Align.RIGHT if figures else Align.LEFT
    return Column(name.replace("_", " "), align, share=_SHARES.get(name, 0))


def _row(listing: Listing, entry_id: str) -> tuple[Any, ...]:
    cells = (listing.text(entry_id, name) for name in _visible_fields(listing.kind))
    return (words(entry_id), *(words(cell or MISSING) for cell in cells))


def _text(name: str, value: object) -> str:  # noqa: PLR0911 - one return a type
    if value is None:
        return ""
    if name in _HOURS and isinstance(value, int):
        return hours(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return strip_zeros(value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_text('', each)}" for key, each in value.items())
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return ", ".join(_text("", each) for each in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _data(listing: Listing) -> dict[str, Any]:
    names = NOUN_BY_KIND[listing.kind].columns
    rows = [{"id": each, **{name: _value(listing, each, name) for name in names}} for each in listing.entries]
    return {"schema": SCHEMA, "kind": listing.kind, "count": listing.count, "entries": rows}


def _value(listing: Listing, entry_id: str, name: str) -> Any:  # noqa: ANN401 - plain data
    """Return a field of an entry as plain data: numbers as numbers, None where it is not given."""
    known = listing.found[entry_id].get(name)
    if known is not None:
        return known
    entry = listing.entries[entry_id]
    if isinstance(entry, Tactic) and name == "hours":
        return as_hours(entry.minutes)
    return as_data(value_of(entry, name), shape_of(listing.kind, (name,)))
