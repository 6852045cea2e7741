"""The rows of a table of tactics in the plan's own notation: fields, whether they are over, whose parts they are."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pydantic import TypeAdapter

from revplan import wording
from revplan.app.exchange.columns import read_fields, without_twins
from revplan.app.exchange.files import Fault, normalise_header
from revplan.app.exchange.fingerprints import COLUMN, parse_fingerprints
from revplan.app.exchange.plan_notation import PARTS, as_text, say_minutes, split_list
from revplan.app.exchange.source import DONE, DROPPED, KINDS, PLAN_FIELDS, WORDS, WORK_FIELDS
from revplan.model.numbers import TaskMinutes, strip_zeros
from revplan.model.tactics import Tactic
from revplan.reports import import_preview
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.app.exchange.columns import Asked, Record, TableReading
    from revplan.app.exchange.files import TableFile
    from revplan.app.exchange.source import Source
    from revplan.model.change import Data
    from revplan.model.plan import Plan
    from revplan.reports.document import Document
    from revplan.reports.import_preview import Preview

LISTS = frozenset(name for name in PLAN_FIELDS if Tactic.model_fields[name].default == ())
"""Fields that hold several things."""
_REFERENCES = {"function": "function", "client": "client", "objective": "objective", "metric": "metric"}
"""Fields that name something of the plan, by its id or as people call it."""
_MONEY = frozenset(("cost", "value"))
_LINK = re.compile(r"\s*\((?:https?://|\.\./)[^)]*\)")
_ISSUE = re.compile(r"https?://[^/]+/(?P<repository>.+?)/(?:-/)?issues/(?P<number>\d+)/?")
_OPEN = frozenset(("", "unresolved", "false", "no", "reopened", "none"))
_WORK: TypeAdapter[int] = TypeAdapter(TaskMinutes)
Over = Literal["", "done", "dropped"]


@dataclass(slots=True)
class Row:
    """What a row says.

    Attributes:
        number: as a spreadsheet counts.
        key: what the row is called in its source, without the source's name.
        names: everything that other rows may call it.
        said: the fields that have a column, in the plan's notation; None where the cell is empty.
        state: how it stands there, in the words of its source.
        over: how it ended there; empty while it is open.
        parts: the rows that are parts of it.
        remaining: minutes that are left there; None where nothing says so.
        completed: the day on which it was completed there, as text; empty where nothing says so.
        exported: fingerprints of what our own export said of its fields; None where nothing says so.
    """

    number: int
    key: str
    title: str
    names: tuple[str, ...]
    said: dict[str, Data]
    state: str
    over: Over
    parent: str
    blocked_by: str
    tasks: str
    remaining: int | None
    completed: str
    parts: list[Row] = field(default_factory=list)
    exported: Mapping[str, str] | None = None


@dataclass(slots=True)
class Rows:
    """What a table says of tactics: the rows that are none's part, and what cannot be used.

    Attributes:
        shared: titles that several rows have, so that they name none.
    """

    reading: TableReading
    tops: list[Row]
    faults: list[Fault]
    notes: list[str]
    shared: frozenset[str] = frozenset()


def read_rows(plan: Plan, table: TableFile, source: Source, asked: Asked, done: Sequence[str]) -> Rows:
    """Read the rows of a table of tactics.

    Args:
        plan: the plan.
        table: the table.
        source: where it comes from.
        asked: what the user says of the table.
        done: words of the user's own for what is done.
    """
    reader = _Reader(
        plan, source, read_fields(without_twins(table), source.fields(), asked), frozenset(map(str.casefold, done))
    )
    rows = [row for record in reader.reading.records if (row := reader.read(record)) is not None]
    shared = _shared_titles(rows)
    tops = _by_parents(rows, shared, reader)
    if reader.strangers:
        said = plural(len(reader.strangers), "row")
        reader.notes.append(f"{said} assigned to people who are not in the team: without an owner")
    return Rows(reader.reading, tops, sorted(reader.faults, key=lambda fault: fault.row), reader.notes, shared)


@dataclass(slots=True)
class _Reader:
    plan: Plan
    source: Source
    reading: TableReading
    done: frozenset[str]
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    strangers: set[int] = field(default_factory=set)
    keys: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.faults += self.reading.faults
        own = self.plan.settings.currency
        for column in self.reading.columns:
            if column.field.name in _MONEY and column.currency not in ("", own):
                known = column.field.name == "cost" and column.currency in self.plan.settings.currencies
                self.notes.append(f"{column.currency} {'stays' if known else f'is taken as {own}, one for one'}")

    def read(self, record: Record) -> Row | None:
        """Return what a row says; None where it is refused or no row."""
        title = record.text("title") if self.source.is_own else " ".join(_LINK.sub("", record.text("title")).split())
        if self._is_no_row(record):
            return None
        count = len(self.faults)
        key = self._key(record) or ("" if self.source.has_keys else title)
        if "key" in record.refused:
            return None
        if not key or not title:
            self._refuse(record, "title" if key else "key", f"the {'title' if key else 'key'} is empty")
        elif key in self.keys:
            self._refuse(record, "", f"{key} stands in the table twice")
        self.keys.setdefault(key, record.number)
        said = {name: self._say(record, name) for name in (*PLAN_FIELDS, *WORK_FIELDS) if self.reading.has(name)}
        if self.reading.has("owner") or self.reading.has("owner_email"):
            said["owner"] = self._owner(record)
        if title:
            said["title"] = title
        if len(self.faults) > count or record.refused:
            return None
        names = tuple(filter(None, (key, record.text("key"), record.text("inner_key"), title)))
        return Row(
            record.number, key, title, names, said, record.text("state"), self._over(record), self._parent(record),
            record.text("requires"), record.text("tasks"), record.minutes("remaining"),
            str(record.day("completed") or ""), exported=parse_fingerprints(record.text(COLUMN)),
        )  # fmt: skip

    def _is_no_row(self, record: Record) -> bool:
        if not record.values and not record.refused:
            return True
        return self.source.has_group_lines and set(record.values) == {"title"}

    def _key(self, record: Record) -> str:
        text = " ".join(record.text("key").split())
        issue = _ISSUE.fullmatch(text)
        return f"{issue['repository']}#{issue['number']}" if issue is not None else text.removeprefix("#")

    def _parent(self, record: Record) -> str:
        kind = normalise_header(record.text("kind"))
        if self.source.sub_tasks and kind and kind not in self.source.sub_tasks:
            return ""
        parent = _LINK.sub("", record.text("parent")).strip()
        return "" if parent == "null" else parent

    def _refuse(self, record: Record, name: str, reason: str) -> None:
        self.faults.append(Fault(record.number, self.reading.header(name) if name else "", reason))

    def refuse_name(self, row: Row, field_name: str, name: str) -> None:
        """Refuse a row that names another one by a title that several have."""
        reason = f'several rows are called "{name}", and nothing says which is meant'
        self.faults.append(Fault(row.number, self.reading.header(field_name), reason))

    # --- whether it is over ----------------------------------------------------------------------------------------

    def _over(self, record: Record) -> Over:
        if record.day("canceled") is not None:
            return "dropped"
        state = self._over_by_word(record.text("state"))
        resolution = record.text("resolution").replace("_", " ").casefold()
        if state == "dropped" or resolution in DROPPED:
            return "dropped"
        if state or record.day("completed") is not None or resolution not in _OPEN:
            return "done"
        if self._over_by_word(record.text("category")):
            return "done"
        archived = record.text("archived").casefold()
        return "dropped" if archived and archived not in ("false", "no", "0") else ""

    def _over_by_word(self, word: str) -> Over:
        plain = " ".join(word.replace("’", "'").casefold().split())
        if plain in self.done or plain in DONE or plain in self.source.done:
            return "done"
        return "dropped" if plain in DROPPED else ""

    # --- cells -----------------------------------------------------------------------------------------------------

    def _say(self, record: Record, name: str) -> Data:
        """Return a field in the plan's notation; None where the cell is empty."""
        kind = KINDS.get(name, "text")
        if kind == "number" or (kind == "money" and not record.text(name).startswith("{")):
            return self._number(record, name)
        if kind == "date":
            day = record.day(name)
            return day.isoformat() if day is not None else None
        if kind == "duration":
            minutes = record.minutes(name)
            return say_minutes(minutes) if minutes else None
        text = record.text(name).replace("\r\n", "\n")
        if name in LISTS:
            return [*split_list(text)] or None
        if name == "result" or (self.source.is_own and text.startswith("{") and name not in WORDS):
            return self._json(record, name, text)
        return self._reference(record, name, text) if name in _REFERENCES and text else text or None

    def _number(self, record: Record, name: str) -> Data:
        number = record.number_of(name)
        if number is None:
            return None
        if number.currency and name not in _MONEY:
            self._refuse(record, name, f'"{number}" has a currency, and the {name} is no money')
        if number.is_rate and name != "confidence":
            self._refuse(record, name, f'"{number}" is a per cent, and the {name} is none')
        if name == "cost" and number.currency in self.plan.settings.currencies:
            return f"{strip_zeros(number.value)} {number.currency}"
        return strip_zeros(number.value)

    def _json(self, record: Record, name: str, text: str) -> Data:
        try:
            return as_text(json.loads(text)) if text else None
        except ValueError:
            self._refuse(record, name, "is no JSON, as our own export writes it")
            return None

    def _reference(self, record: Record, name: str, text: str) -> Data:
        """Return the id of what a cell names, by its id or as people call it."""
        entries = self.plan.entries(_REFERENCES[name])
        wanted = text.casefold()
        named = [
            each
            for each, entry in entries.items()
            if wanted in (str(getattr(entry, "name", None)).casefold(), str(getattr(entry, "title", None)).casefold())
        ]
        if wanted in self.plan.ids(_REFERENCES[name]):
            return wanted
        if len(named) == 1:
            return named[0]
        self._refuse(record, name, f'there is no {name} "{text}" in the plan')
        return None

    def _owner(self, record: Record) -> Data:
        words = [word.strip(" []") for word in (record.text("owner_email"), record.text("owner"))]
        found = next((member for word in words if (member := self._member(word)) is not None), None)
        if found is None and any(words):
            if self.source.knows_all:
                self._refuse(record, "owner", f'no member is called "{words[1] or words[0]}"')
            self.strangers.add(record.number)
        return found

    def _member(self, word: str) -> str | None:
        for each in (word, *PARTS.split(word)):
            wanted = each.strip(" @").casefold()
            for member in self.plan.team.values():
                if wanted and wanted in (member.id, member.name.casefold(), (member.email or "").casefold()):
                    return member.id
        return None


def preview_page(preview: Preview) -> Document:
    """Return what an import would bring as a document."""
    return import_preview.layout(preview)


# Parents ---------------------------------------------------------------------------------------------------------


def _shared_titles(rows: Sequence[Row]) -> frozenset[str]:
    """Return the titles that several rows have, and no row has as a key."""
    counts = Counter(row.title for row in rows)
    keys = {name for row in rows for name in row.names if name != row.title or row.key == row.title}
    return frozenset(title for title, count in counts.items() if count > 1 and title not in keys)


def _by_parents(rows: list[Row], shared: frozenset[str], reader: _Reader) -> list[Row]:
    """Return the rows that are nobody's part; the others become parts of their highest parent."""
    by_name: dict[str, Row] = {}
    for row in reversed(rows):
        by_name |= dict.fromkeys((name for name in row.names if name not in shared), row)
    tops = []
    for row in rows:
        if row.parent in shared:
            reader.refuse_name(row, "parent", row.parent)
            continue
        if any(name in shared for name in (row.blocked_by, *split_list(row.blocked_by))):
            reader.notes.append(f"row {row.number}: what blocks it, {row.blocked_by}, is what several rows are called")
        top = _top(row, by_name)
        if top is row:
            tops.append(row)
        else:
            top.parts.append(row)
        if row.parent and row.parent not in by_name:
            reader.notes.append(f"row {row.number}: its parent {row.parent} is not in the table; taken as a tactic")
    for top in tops:
        _count_once(top, reader)
    return tops


def _count_once(top: Row, reader: _Reader) -> None:
    """Take a row's hours for those of its parts where they add up to it; else say that both count.

    Some trackers write a parent's own estimate, and some people the whole into it: only equal sums tell.
    """
    own, parts = _minutes_of(top), sum(map(_minutes_of, top.parts))
    if not own or not parts:
        return
    told = f"row {top.number}: its {wording.hours(own)} h"
    if own == parts:
        top.said["hours"] = None
        reader.notes.append(f"{told} are those of its sub-tasks, and count once")
    else:
        reader.notes.append(f"{told} count beside the {wording.hours(parts)} h of its sub-tasks")


def _minutes_of(row: Row) -> int:
    said = row.said.get("hours")
    return _WORK.validate_python(said) if said is not None else 0


def _top(row: Row, by_name: dict[str, Row]) -> Row:
    seen = {id(row)}
    while row.parent in by_name and id(by_name[row.parent]) not in seen:
        row = by_name[row.parent]
        seen.add(id(row))
    return row
