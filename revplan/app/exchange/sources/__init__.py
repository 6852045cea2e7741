"""Other trackers' exports: which columns say what, known by their headers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from revplan.diagnostics import did_you_mean
from revplan.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from revplan.app.exchange.tables import CsvTable

FIELDS = (
    "key", "title", "notes", "deadline", "tags", "state", "hours", "skill", "owner", "function", "impact",
    "objective", "metric", "client", "cost", "confidence", "value", "done_when", "not_before",
)  # fmt: skip
"""What a column may be; `key` is what the other tracker calls the row, `state` where it stands there."""


@dataclass(frozen=True, slots=True)
class Tracker:
    """How a tracker's export is read.

    Attributes:
        name: what its keys are marked with: `jira` in `jira:ABC-12`.
        signs: columns by which its export is known.
        columns: by field, the column that holds it.
        seconds: columns of hours that are counted in seconds.
    """

    name: str
    signs: frozenset[str]
    columns: Mapping[str, str]
    seconds: frozenset[str] = frozenset()


TRACKERS: tuple[Tracker, ...] = (
    Tracker(
        "jira",
        frozenset(("Issue key", "Summary")),
        {
            "key": "Issue key",
            "title": "Summary",
            "notes": "Description",
            "deadline": "Due date",
            "tags": "Labels",
            "state": "Status",
            "hours": "Original estimate",
        },
        frozenset(("Original estimate",)),
    ),
    Tracker(
        "trello",
        frozenset(("Card ID", "Card Name")),
        {
            "key": "Card ID",
            "title": "Card Name",
            "notes": "Card Description",
            "deadline": "Due Date",
            "tags": "Labels",
            "state": "List Name",
        },
    ),
    Tracker(
        "asana",
        frozenset(("Task ID", "Name")),
        {
            "key": "Task ID",
            "title": "Name",
            "notes": "Notes",
            "deadline": "Due Date",
            "tags": "Tags",
            "state": "Section/Column",
        },
    ),
    Tracker(
        "hubspot",
        frozenset(("Record ID", "Task Title")),
        {
            "key": "Record ID",
            "title": "Task Title",
            "notes": "Task Notes",
            "deadline": "Due Date",
            "state": "Task Status",
        },
    ),
    Tracker(
        "linear",
        frozenset(("ID", "Title", "Team")),
        {
            "key": "ID",
            "title": "Title",
            "notes": "Description",
            "deadline": "Due Date",
            "tags": "Labels",
            "state": "Status",
        },
    ),
)
"""Known by their exports' headers; where one names the columns otherwise, `--map` says so."""
_ANY = Tracker("csv", frozenset(), {})


def tracker_of(table: CsvTable, name: str | None, maps: Iterable[str]) -> Tracker:
    """Return how a table is read: as the tracker's whose signs it has, with other columns where they are mapped.

    Args:
        table: the table.
        name: the tracker's name; None to know it by the header.
        maps: `FIELD=COLUMN`, for columns that are not where the tracker usually has them.

    Raises:
        InputError: there is no such tracker, field or column, or the columns for key and title are not known.
    """
    base = _find_tracker(name) if name is not None else _by_header(table)
    columns = {field: column for field, column in base.columns.items() if column in table.header}
    columns |= dict(_map_column(table, each) for each in maps)
    lacking = [field for field in ("key", "title") if field not in columns]
    if lacking:
        hint = f"say which it is: --map {lacking[0]}=COLUMN; the table has {', '.join(table.header)}"
        raise InputError(f"no column is known to be the {' and the '.join(lacking)}", hint=hint)
    return replace(base, columns=columns)


def _find_tracker(name: str) -> Tracker:
    known = {tracker.name: tracker for tracker in (*TRACKERS, _ANY)}
    if name not in known:
        hint = did_you_mean(name, known) or f"one of {', '.join(known)}"
        raise InputError(f'no tracker "{name}" is known', hint=hint)
    return known[name]


def _by_header(table: CsvTable) -> Tracker:
    header = frozenset(table.header)
    return next((tracker for tracker in TRACKERS if tracker.signs <= header), _ANY)


def _map_column(table: CsvTable, written: str) -> tuple[str, str]:
    field, equals, column = written.partition("=")
    if not equals or field not in FIELDS:
        hint = did_you_mean(field, FIELDS) or f"a field is one of {', '.join(FIELDS)}"
        raise InputError(f'"{written}" maps no field to a column', hint=hint)
    if column not in table.header:
        hint = did_you_mean(column, table.header) or f"the table has {', '.join(table.header)}"
        raise InputError(f'the table has no column "{column}"', hint=hint)
    return field, column
