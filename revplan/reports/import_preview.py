"""What an import would bring, with values: what is new, changes, differs or is over, and which columns say so."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from revplan.reports.document import Column, Document, Items, Section, Table, bad, dim, good, strong, warn, words
from revplan.wording import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from revplan.reports.document import Run, Words

SCHEMA = "revplan/import/2"
How = Literal["new", "changed", "over", "same", "differing", "left", "out"]
"""What becomes of a row: it is new; it changes what is here; it is over where it comes from; it is here as it is; it
changed on both sides; it is over there and was never here; or it was here and was taken out, so it is left out."""
_SHOWN: dict[str, Run] = {
    "new": good("new"),
    "changed": strong("changed"),
    "over": warn("over"),
    "differing": bad("differing"),
    "out": dim("taken out"),
}
_STAYS = dim("stays")
"""What is shown of an entry in which only this side moved."""
_LONGEST = 72
"""Characters of a value in the preview."""


class Difference(NamedTuple):
    """A field that a row gives or changes.

    Attributes:
        name: the field.
        old: what the plan says; None where it says nothing.
        new: what the source says; None where it says nothing.
        last: what the source said last time, where the two sides differ from it both.
    """

    name: str
    old: str | None
    new: str | None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class PreviewEntry:
    """What becomes of a row.

    Attributes:
        id: what it is in the plan; empty where it is left out.
        source: what it is elsewhere.
        differences: what a row gives, or changes here.
        row: as a spreadsheet counts.
        hint: the way out, where something stands in the way.
        open: what changed on both sides, so that nothing is taken of it until somebody decides.
        kept: what changed here and not there, so that it stays.
    """

    how: How
    id: str
    title: str
    source: str
    differences: tuple[Difference, ...] = ()
    row: int = 0
    hint: str = ""
    open: tuple[Difference, ...] = ()
    kept: tuple[Difference, ...] = ()


class _Field(Protocol):
    @property
    def name(self) -> str: ...


class _FoundColumn(Protocol):
    @property
    def field(self) -> _Field: ...
    @property
    def header(self) -> str: ...
    @property
    def notation(self) -> str: ...


class ReadColumn(NamedTuple):
    """A column that was read, as which field, and how it is written."""

    field: str
    header: str
    notation: str


def read_columns(columns: Iterable[_FoundColumn]) -> tuple[ReadColumn, ...]:
    """Return the columns of a table as the preview shows them."""
    return tuple(ReadColumn(each.field.name, each.header, each.notation) for each in columns)


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would bring.

    Attributes:
        name: the file's name.
        refused: what is refused, each with its row, column and reason.
        columns: the columns that are read.
        noun: what the entries are, for the title.
        unread: the names of the columns that are not read.
        notes: what was recognised of the file.
        says: what the plan would say with it, in sentences.
    """

    name: str
    entries: tuple[PreviewEntry, ...]
    refused: tuple[str, ...]
    columns: tuple[ReadColumn, ...]
    noun: str
    unread: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    says: tuple[str, ...] = ()

    def with_notes(self, unread: Sequence[str], notes: Sequence[str]) -> Preview:
        """Return the preview with the columns that are not read, and what was recognised of the file."""
        return replace(self, unread=(*self.unread, *unread), notes=(*self.notes, *notes))


def layout(preview: Preview) -> Document:
    """Lay out what an import would bring."""
    counts = Counter(each.how for each in preview.entries)
    kinds: tuple[How, ...] = ("new", "changed", "over", "same", "differing", "left", "out")
    names = {"same": "the same", "left": "over there and never here", "out": "taken out here before"}
    said = ", ".join(
        f"{counts[how]} {names.get(how, how)}" for how in kinds if counts[how] or how in ("new", "changed", "same")
    )
    summary = f"{said}; {len(preview.refused)} refused" if preview.refused else said
    shown = [each for each in preview.entries if each.how in _SHOWN or each.kept]
    rows = tuple(row for each in shown for row in _rows(each))
    columns = (Column(""), Column("id", share=1), Column("what", share=3))
    first = Section(words(summary), (Table(columns, rows),) if rows else ())
    data = _data(preview)
    says = (Section(words("What the plan would say"), (Items(tuple(words(each) for each in preview.says)),)),)
    sections = (first, *(says if preview.says else ()), _columns(preview))
    return Document(f"{preview.name}: {preview.noun}", (), sections, data=data)


def _rows(each: PreviewEntry) -> Iterable[tuple[Words, ...]]:
    """Yield a row for each difference; the first one says what becomes of the entry."""
    said = [f"{one.name}: {_short(one.old)} → {_short(one.new)}" for one in each.differences]
    if each.how == "new":
        said = ["; ".join(f"{one.name} {_short(one.new)}" for one in each.differences)]
    said += [_describe_open(one) for one in each.open]
    said += [f"{one.name}: {_short(one.old)} stays; {_short(one.new)} there, as before" for one in each.kept]
    for at, text in enumerate(said or [""]):
        heads = (_SHOWN.get(each.how, _STAYS), strong(each.id or each.title)) if at == 0 else ("", "")
        yield (*map(words, heads), words(text))
    if each.hint:
        yield words(""), words(""), words(dim(each.hint))


def _describe_open(difference: Difference) -> str:
    last = f"; it was {_short(difference.last)} there" if difference.last is not None else ""
    return f"{difference.name}: {_short(difference.old)} here, {_short(difference.new)} there{last}"


def _short(value: str | None) -> str:
    if value is None:
        return MISSING
    line = " ".join(value.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _columns(preview: Preview) -> Section:
    """Say which columns are read, as what and how written, and which are not."""
    read = (
        f"{each.header} ({'; '.join(part for part in (each.field, each.notation) if part)})" for each in preview.columns
    )
    lines = [f"Columns read: {', '.join(read)}"]
    if preview.unread:
        lines.append(f"Columns not read: {', '.join(preview.unread)}")
    return Section(words("The table"), (Items(tuple(words(line) for line in (*preview.notes, *lines))),))


def _data(preview: Preview) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "rows": [_entry_data(each) for each in preview.entries],
        "refused": [*preview.refused],
        "columns": [
            {"column": each.header, "field": each.field, "notation": each.notation or None} for each in preview.columns
        ],
        "columns_not_read": [*preview.unread],
        "notes": [*preview.notes],
        **({"says": [*preview.says]} if preview.says else {}),
    }


def _entry_data(each: PreviewEntry) -> dict[str, object]:
    return {
        "how": each.how,
        "row": each.row or None,
        "id": each.id or None,
        "title": each.title,
        "source": each.source or None,
        "fields": _fields_data((*each.differences, *each.open)),
        "differing": [one.name for one in each.open],
        "kept": _fields_data(each.kept),
        "hint": each.hint or None,
    }


def _fields_data(differences: Iterable[Difference]) -> dict[str, object]:
    return {one.name: {"here": one.old, "there": one.new, "last": one.last} for one in differences}
