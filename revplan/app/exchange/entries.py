"""`revplan import entries`: what `export csv` and `export xlsx` wrote of any kind, edited in a spreadsheet, taken back.

A cell that says what the export would write is no edit. Any other is read in the notation of its column, and is an edit
where its value differs. Whether the edit was made in the table, here, or on both sides, the table's last column tells.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from revplan.app.editing.entries import declared_ids, refuse_own
from revplan.app.exchange.cells import FLAGS, cell_data
from revplan.app.exchange.columns import read_fields, without_twins
from revplan.app.exchange.fields import Field
from revplan.app.exchange.files import Fault, normalise_header
from revplan.app.exchange.fingerprints import (
    COLUMN,
    exported_value,
    find_gone,
    parse_fingerprints,
    say_fingerprints,
)
from revplan.app.exchange.memory import BOTH_MOVED, UNKNOWN, Import, decide
from revplan.app.exchange.notation import AMBIGUOUS, cell_text
from revplan.app.exchange.numbers import Number
from revplan.app.exchange.plan_notation import in_notation, preview_value, say_minutes
from revplan.app.exchange.sheet import columns_of, field_values, plain_lines, raw_entries, raw_texts
from revplan.errors import InputError
from revplan.model.base import Ref, keys_by_name
from revplan.model.change import Change
from revplan.model.fields import type_of
from revplan.model.money import Converted
from revplan.model.numbers import Minutes, TaskMinutes, strip_zeros
from revplan.model.plan import KIND_BY_NAME
from revplan.model.team import MinutesFrom
from revplan.nouns import NOUN_BY_KIND, label
from revplan.reports.import_preview import Difference, Preview, PreviewEntry, read_columns
from revplan.store.edit.amend import OWN
from revplan.store.loaded import merge_files
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from revplan.app.exchange.columns import Asked, Record, TableReading
    from revplan.app.exchange.fields import Kind
    from revplan.app.exchange.files import TableFile
    from revplan.app.exchange.memory import Memory, Prefer
    from revplan.app.exchange.notation import Cell
    from revplan.model.base import Part
    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.fields import FieldType
    from revplan.reports.import_preview import How
    from revplan.store.loaded import Loaded


def entries_from(
    context: Context, loaded: Loaded, table: TableFile, kind: str, asked: Asked, prefer: Prefer | None, memory: Memory
) -> Import:
    """Read an edited export of a kind, and tell its edits apart from what moved here. Nothing is written.

    Args:
        context: the plan.
        loaded: its files.
        table: the table.
        kind: what the rows are, such as campaign.
        asked: what the user says of the table.
        prefer: which side is taken where both moved; None to list what differs.
        memory: what sources said last; it stays as it is, because the table says itself what was exported.

    Raises:
        InputError: no column holds ids, or none holds a field of the kind.
    """
    table = without_twins(table)
    if table.separator == "," and asked.decimal is None:
        asked = replace(asked, decimal=".")  # a spreadsheet that writes decimal commas parts the cells otherwise
    here = raw_entries(merge_files(loaded), kind)
    exported = {own_id: raw_texts(kind, body) for own_id, body in here.items() if isinstance(body, dict)}
    reading = read_fields(_edited_cells(table, kind, exported), _fields(kind), asked)
    if not any(column.field.name not in ("id", COLUMN) for column in reading.columns):
        hint = f"the table has {', '.join(filter(None, table.header))}"
        raise InputError(f"no column is a field of a {label(kind)}", hint=hint)
    importer = _EntryImporter(context, kind, table, reading, prefer, here, exported)
    importer.run()
    faults = tuple(sorted(importer.faults, key=lambda fault: fault.row))
    noun = f"entries of the kind {label(kind)}"
    preview = Preview(table.name, tuple(importer.entries), tuple(map(str, faults)), _said_columns(reading), noun)
    notes = ("read as our own export", *reading.notes, *importer.notes())
    return Import(preview.with_notes(reading.unread, notes), faults, tuple(importer.changes), memory)


def entry_headers(kind: str) -> tuple[str, ...]:
    """Return the headers of an export of a kind."""
    return ("id", *columns_of(kind), COLUMN)


def _said_columns(reading: TableReading) -> tuple[Any, ...]:
    return read_columns(each for each in reading.columns if each.field.name != COLUMN)


def _edited_cells(table: TableFile, kind: str, exported: Mapping[str, Mapping[str, str]]) -> TableFile:
    """Return a table whose cells are empty where they are as the export writes them.

    The others alone say how the table is written: a program of another locale may leave such cells as they are.
    """
    names = {normalise_header(name): name for name in columns_of(kind)}
    columns = [names.get(normalise_header(header), "") for header in table.header]
    at = next((at for at, header in enumerate(table.header) if normalise_header(header) == "id"), None)
    if at is None:
        return table
    rows = []
    for row in table.rows:
        said = exported.get(cell_text(row.cells[at]).strip(), {})
        cells = tuple(
            "" if name in said and plain_lines(cell_text(cell)) == said[name] else cell
            for name, cell in zip(columns, row.cells, strict=True)
        )
        rows.append(replace(row, cells=cells))
    return replace(table, rows=tuple(rows))


def _fields(kind: str) -> tuple[Field, ...]:
    shape = type_of(KIND_BY_NAME[kind].model)
    names = [name for name in columns_of(kind) if shape.at(name) is not None]
    return (
        Field("id", "verbatim", is_required=True),
        *(Field(name, _kind_of(shape.at(name))) for name in names),
        Field(COLUMN, "verbatim"),
    )


def _kind_of(shape: FieldType | None) -> Kind:
    """Return how a column of a field is read."""
    if shape is None:
        return "verbatim"
    if shape.alternatives:
        return "money" if any(each.plain is Decimal for each in shape.alternatives) else "verbatim"
    if shape.is_one_of(Minutes, TaskMinutes) or (shape.item is not None and shape.item.is_one_of(MinutesFrom)):
        return "duration"
    if shape.plain in (int, Decimal):
        return "number"
    return "date" if shape.plain is date else "verbatim"


@dataclass(slots=True)
class _EntryImporter:
    context: Context
    kind: str
    table: TableFile
    reading: TableReading
    prefer: Prefer | None
    here: Mapping[str, Data]
    exported: Mapping[str, Mapping[str, str]]
    entries: list[PreviewEntry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    without_base: int = 0
    known: frozenset[str] = frozenset()
    gone: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    out: frozenset[str] = frozenset()

    def run(self) -> None:
        """Take every row, or note why it cannot be."""
        refused: dict[int, list[Fault]] = {}
        for fault in self.reading.faults:
            refused.setdefault(fault.row, []).append(fault)
        rows = {row.number: row.cells for row in self.table.rows}
        self.known = declared_ids(self.context.plan, self.kind)
        gone = self.known - {each.text("id").strip() for each in self.reading.records}
        entries = self.context.plan.entries(self.kind)
        self.gone = {
            own_id: parse_fingerprints(say_fingerprints(field_values(entries[own_id]))) or {}
            for own_id in sorted(gone & entries.keys())
        }
        if self.prefer != "theirs":
            cells = {each.text("id").strip(): each.text(COLUMN).strip() for each in self.reading.records}
            self.out = find_gone(cells, self.known)
        for record in self.reading.records:
            if record.values or record.refused:
                self._take(record, rows[record.number], refused.pop(record.number, []))
        self.faults += [fault for faults in refused.values() for fault in faults]

    def _take(self, record: Record, cells: tuple[Cell, ...], refused: list[Fault]) -> None:
        own_id = record.text("id").strip()
        reason = self._refuse_id(own_id) or self._refuse_renamed(record, own_id)
        if reason:
            self.faults.append(Fault(record.number, "id", reason))
            return
        if own_id in self.out:
            hint = "was here when it was exported, and was taken out: --theirs brings it back"
            self.entries.append(PreviewEntry("out", "", own_id, "", (), record.number, hint))
            return
        count = len(self.faults)
        raw = self.here.get(own_id)
        ours = dict(raw) if isinstance(raw, dict) else {}
        theirs = self._theirs(record, cells, ours, refused)
        parts = self._validate(record, {**ours, **theirs})
        if len(self.faults) > count or parts is None:
            return
        if own_id in self.here:
            self._update(record, own_id, ours, theirs, parts)
        else:
            self._add(record, own_id, theirs, parts)

    def _refuse_id(self, own_id: str) -> str:
        """Return why a row cannot be told by its id; empty where it can."""
        if not own_id:
            return "the id is empty; a new row needs one"
        self.seen[own_id] += 1
        if self.seen[own_id] > 1:
            return f"{own_id} stands in the table twice"
        return "" if own_id in self.known else self._refuse_new(own_id)

    def _refuse_new(self, own_id: str) -> str:
        month = own_id.removesuffix("-01")
        if month != own_id and month in self.known:
            return f'"{own_id}" is none of the plan; a spreadsheet may have made a day of {month}'
        owner_id, _, part = own_id.rpartition("/")
        try:
            refuse_own(part)
        except InputError as error:
            return str(error)
        owner = KIND_BY_NAME[self.kind].owner
        if owner is None or owner_id in declared_ids(self.context.plan, owner):
            return ""
        return f'there is no {owner} "{owner_id}"' if owner_id else f"a {self.kind} is named {owner}/{self.kind}"

    def _refuse_renamed(self, record: Record, own_id: str) -> str:
        """Return why a row is no new one: it was exported under an id that is gone from the table."""
        base = parse_fingerprints(record.text(COLUMN))
        if own_id in self.here or base is None:
            return ""
        for gone, known in self.gone.items():
            if base.items() <= known.items():
                return f"was exported as {gone}: `revplan rename {self.kind} {gone} {own_id}` renames it"
        return ""

    # --- what a row says ---------------------------------------------------------------------------------------------

    def _theirs(
        self, record: Record, cells: tuple[Cell, ...], ours: Mapping[str, Data], refused: list[Fault]
    ) -> dict[str, Data]:
        """Return the fields that have a column, in the plan's notation; what the export would write is as it is."""
        exported = self.exported.get(record.text("id").strip(), {})
        theirs: dict[str, Data] = {}
        reasons = {fault.column: fault for fault in refused}
        for column in self.reading.columns:
            name = column.field.name
            if name in ("id", COLUMN):
                continue
            text = plain_lines(cell_text(cells[column.indices[0]]))
            if text == exported.get(name, ""):
                theirs[name] = ours.get(name)
            elif name in record.refused and not self._is_as_written(text, reasons[column.header]):
                self.faults.append(reasons[column.header])
            else:
                theirs[name] = self._read_cell(record, name, text)
        self.faults += [fault for fault in refused if not fault.column]
        self._check_own_keys(record, cells, exported)
        return theirs

    def _is_as_written(self, text: str, fault: Fault) -> bool:
        """Tell whether a cell that is no number of a table may be one of the plan's notation; its model decides."""
        return bool(text) and AMBIGUOUS not in fault.reason and "error of a spreadsheet" not in fault.reason

    def _read_cell(self, record: Record, name: str, text: str) -> Data:
        """Return what a cell says that is not as the export would write it."""
        value = record.values.get(name)
        if isinstance(value, Number):
            return self._number(record, name, value)
        if isinstance(value, date | int):
            return value.isoformat() if isinstance(value, date) else say_minutes(value)
        if value is None and name not in record.refused:
            return None
        shape = type_of(KIND_BY_NAME[self.kind].model).at(name)
        if shape is not None and shape.plain is bool:
            return FLAGS.get(text.strip().casefold(), text.strip().casefold())
        try:
            return cell_data(text if shape is None or shape.plain is str else text.strip(), shape)
        except ValueError:
            self._refuse(record, name, f'"{text[:80]}" is no JSON, as our own export writes it')
            return None

    def _number(self, record: Record, name: str, number: Number) -> Data:
        settings = self.context.plan.settings
        if number.is_rate or not number.currency or number.currency == settings.currency:
            return str(number)
        if number.currency in settings.currencies:
            return f"{strip_zeros(number.value)} {number.currency}"
        self._refuse(record, name, f"is in {number.currency}, for which the plan has no rates")
        return None

    def _check_own_keys(self, record: Record, cells: tuple[Cell, ...], exported: Mapping[str, str]) -> None:
        for at, header in enumerate(self.table.header):
            if header.startswith(OWN) and plain_lines(cell_text(cells[at])) != exported.get(header, ""):
                reason = "is a key of your own, which is written by hand, in the plan's file"
                self.faults.append(Fault(record.number, header, reason))

    def _refuse(self, record: Record, name: str, reason: str) -> None:
        self.faults.append(Fault(record.number, self.reading.header(name), reason))

    def _validate(self, record: Record, body: Mapping[str, Data]) -> Part | None:
        """Return the entry as the model reads it; None where the format refuses it, which is noted."""
        said: dict[str, Any] = {
            name: value for name, value in body.items() if value is not None and not name.startswith(OWN)
        }
        model = KIND_BY_NAME[self.kind].model
        if "id" in model.model_fields:
            said["id"] = record.text("id").strip()
        try:
            return model.model_validate(said, context=self.context.plan.settings.reading_context())
        except ValidationError as error:
            for each in error.errors(include_url=False, include_context=False, include_input=False):
                keys = [*map(str, each["loc"])]
                place = ".".join([*map(self.reading.header, keys[:1]), *keys[1:]])
                is_missing = each["type"] == "missing"
                self.faults.append(Fault(record.number, place, "is missing" if is_missing else each["msg"]))
            return None

    # --- what becomes of it ------------------------------------------------------------------------------------------

    def _title(self, part: Part) -> str:
        return str(getattr(part, NOUN_BY_KIND[self.kind].title or "title", "") or "")

    def _add(self, record: Record, own_id: str, theirs: Mapping[str, Data], part: Part) -> None:
        body: dict[str, Data] = {name: value for name, value in theirs.items() if value is not None}
        differences = tuple(Difference(name, None, preview_value(value)) for name, value in body.items())
        self.entries.append(PreviewEntry("new", own_id, self._title(part), "", differences, record.number))
        self.changes.append(Change(Ref(self.kind, own_id), body))

    def _update(
        self, record: Record, own_id: str, ours: Mapping[str, Data], theirs: Mapping[str, Data], part: Part
    ) -> None:
        known = self.context.plan.entries(self.kind)[own_id]
        base = parse_fingerprints(record.text(COLUMN))
        taken: list[Difference] = []
        differing: list[Difference] = []
        kept: list[Difference] = []
        changes: list[Change] = []
        for name, value in theirs.items():
            attribute = _attribute(known, name)
            before, after = getattr(known, attribute), getattr(part, attribute)
            if value == ours.get(name) or _same(before, after):
                continue
            here, there = in_notation(before), in_notation(after)
            last = exported_value(base, name, here, there)
            verdict = decide(last, here, there, self.prefer)
            self.without_base += last is UNKNOWN and verdict == "differ"
            difference = Difference(name, preview_value(ours.get(name)), preview_value(value))
            if verdict == "take":
                taken.append(difference)
                changes += _edits(Ref(self.kind, own_id).at(name), ours.get(name), value)
            elif verdict == "differ":
                differing.append(difference)
            elif last is not UNKNOWN:
                kept.append(difference)
        how: How = "differing" if differing else "changed" if taken else "same"
        hint = "" if not differing else BOTH_MOVED if base is not None else _NO_BASE
        entry = PreviewEntry(how, own_id, self._title(known), "", (*taken,), record.number, hint)
        self.entries.append(replace(entry, open=(*differing,), kept=(*kept,)))
        self.changes += changes

    def notes(self) -> Iterator[str]:
        """Yield what the table leaves out."""
        if rest := len(self.known - self.seen.keys()):
            yield f"{plural(rest, 'entry', 'entries')} of the plan not in the table: what is here stays"
        if COLUMN not in {normalise_header(name) for name in self.table.header} and self.without_base:
            yield f"without the column {COLUMN}, nobody knows what was edited in the table and what here"


_NO_BASE = f"the column {COLUMN} does not say what was exported: --theirs or --ours decides"


def _attribute(part: Part, name: str) -> str:
    return next(own for own, key in keys_by_name(type(part)).items() if key == name)


def _same(before: object, after: object) -> bool:
    """Tell whether two values are one; an amount in another currency is another one than what it is worth."""
    if isinstance(before, Converted) or isinstance(after, Converted):
        return in_notation(before) == in_notation(after)
    return before == after


def _edits(ref: Ref, ours: Data, theirs: Data) -> Iterator[Change]:
    """Yield the changes that make one value the other, and no more than these."""
    if not isinstance(ours, dict) or not isinstance(theirs, dict):
        yield Change(ref, theirs)
        return
    for key in sorted(ours.keys() | theirs.keys()):
        if ours.get(key) != theirs.get(key):
            yield from _edits(ref.at(key), ours.get(key), theirs.get(key))
