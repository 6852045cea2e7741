"""A document's figures as plain tables: numbers without styling, one table for each list in its data.

    figures         what is no list: each figure by its path
    months          a list of records: one row each, one column for each field
    goals.months    a list inside the records of another: led by the field that names the record it is in

Fields keep the names and the units that they have in JSON: minutes are `_hours`, days are `_days`, rates are parts of
one, and money is in the plan's currency, which the figures name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from revplan.reports.document import Document

FIGURES = "figures"
"""The table of what is no list."""
_NOT_FIGURES = frozenset(("schema",))
_Record = dict[str, Any]


class DataTable(NamedTuple):
    """Rows of plain values: text, numbers, booleans, or None for what is not known."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def tables_of(document: Document) -> dict[str, DataTable]:
    """Return the tables in a document's data by name, in the data's order; none for a document without data."""
    data = document.contract if document.contract is not None else document.data
    if data is None:
        return {}
    found = _Collected()
    figures = [*_figures({key: value for key, value in data.items() if key not in _NOT_FIGURES}, (), found)]
    tables = {name: _table(name, records) for name, records in found.records.items()}
    if figures:
        tables[FIGURES] = DataTable(FIGURES, ("figure", "value"), tuple(figures))
    return tables


@dataclass(slots=True)
class _Collected:
    """The records found so far, by the name of their table."""

    records: dict[str, list[_Record]] = field(default_factory=dict)

    def add(self, name: str, records: Iterable[Mapping[str, Any]], led_by: _Record) -> None:
        """Add records to a table, each led by the fields that name what they are in."""
        own = self.records.setdefault(name, [])
        for record in records:
            flat, below = _split(record)
            own.append({**{_besides(key, flat): value for key, value in led_by.items()}, **flat})
            first = next(((key, value) for key, value in flat.items() if value is not None), None)
            lead = {**led_by, first[0]: first[1]} if first is not None else led_by
            for key, value in below.items():
                self.add_list(f"{name}.{key}", value, lead)

    def add_list(self, name: str, value: Any, led_by: _Record) -> None:  # noqa: ANN401 - plain data
        """Add a list of records, or a mapping from ids to records or to lists of them."""
        if isinstance(value, list):
            self.add(name, value, led_by)
            return
        for own_id, below in value.items():
            lead = {**led_by, _besides("of", led_by): own_id}
            self.add(name, below if isinstance(below, list) else [below], lead)


def _besides(key: str, taken: Mapping[str, Any]) -> str:
    """Return a name that is not taken."""
    while key in taken:
        key = f"of_{key}"
    return key


def _figures(data: Mapping[str, Any], path: tuple[str, ...], found: _Collected) -> Iterator[tuple[str, Any]]:
    """Yield what is no list, by its path; add the lists to the tables."""
    for key, value in data.items():
        own = (*path, key)
        if _is_list_of_records(value):
            found.add_list(".".join(own), value, {})
        elif isinstance(value, dict):
            yield from _figures(value, own, found)
        else:
            yield ".".join(own), _plain(value)


def _split(record: Mapping[str, Any]) -> tuple[_Record, dict[str, Any]]:
    """Return a record's own fields, those of parts in it too, and the lists of records in it."""
    flat: _Record = {}
    below: dict[str, Any] = {}
    for key, value in record.items():
        if _is_list_of_records(value):
            below[key] = value
        elif isinstance(value, dict):
            own, lists = _split(value)
            flat |= {f"{key}_{name}": each for name, each in own.items()}
            below |= {f"{key}_{name}": each for name, each in lists.items()}
        else:
            flat[key] = _plain(value)
    return flat, below


def _is_list_of_records(value: Any) -> bool:  # noqa: ANN401 - plain data
    """Tell whether a value is a list of records, or a mapping from ids to records or to lists of them."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(each, dict) for each in value)
    if not isinstance(value, dict) or not value:
        return False
    below = [*value.values()]
    if all(isinstance(each, list) for each in below):
        return any(below) and all(isinstance(record, dict) for each in below for record in each)
    return all(isinstance(each, dict) and each and each.keys() == below[0].keys() for each in below) and len(below) > 1


def _plain(value: Any) -> Any:  # noqa: ANN401 - plain data
    if isinstance(value, list):
        return "; ".join("" if each is None else str(each) for each in value)
    return None if value == {} else value


def _table(name: str, records: list[_Record]) -> DataTable:
    columns = tuple(dict.fromkeys(key for record in records for key in record))
    return DataTable(name, columns, tuple(tuple(record.get(key) for key in columns) for record in records))
