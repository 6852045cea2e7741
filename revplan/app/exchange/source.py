"""What a source is, of tactics or of figures: how its exports are recognised, and what their columns mean."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from revplan.app.exchange.fields import Field, known_headers
from revplan.app.exchange.files import normalise_header
from revplan.app.exchange.fingerprints import COLUMN
from revplan.model.tactics import Tactic

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from revplan.app.exchange.fields import Kind
    from revplan.app.exchange.files import TableFile

DONE = frozenset(
    (
        *("done", "closed", "complete", "completed", "resolved", "finished", "fixed", "merged", "shipped", "released"),
        *("delivered", "achieved"),
    )
)
"""Words for work that ended well, in all sources."""
DROPPED = frozenset(
    (
        *("canceled", "cancelled", "archived", "duplicate", "duplicated", "dropped", "rejected", "declined"),
        *("abandoned", "invalid", "obsolete", "won't do", "wont do", "won't fix", "wont fix", "wontfix", "not planned"),
    )
)
"""Words for work that nobody will do."""
KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("deadline", "not_before", "added", "done", "completed", "canceled"), "date"),
    **dict.fromkeys(("hours", "remaining"), "duration"),
    "cost": "money",
    **dict.fromkeys(("key", "inner_key"), "key"),
    **dict.fromkeys(
        (
            *("impact", "confidence", "value", "reach", "urgency", "risk_reduction", "ease", "potential"),
            *("importance", "over"),
        ),
        "number",
    ),
}
"""What the fields are that are no text."""
PLAN_FIELDS = tuple(name for name in Tactic.model_fields if name not in ("id", "status", "tasks"))
"""Fields of a tactic that a column may hold, in the order of the format."""
WORK_FIELDS = ("skill", "hours", "owner")
"""Fields of a tactic's task."""
ROW_FIELDS = (
    *("key", "inner_key", "state", "category", "resolution", "completed", "canceled", "archived", "parent", "kind"),
    *("owner_email", "remaining", "tasks", COLUMN),
)
"""What a column may say of the row besides."""
FIELDS = (*ROW_FIELDS, *PLAN_FIELDS, *WORK_FIELDS)
"""Everything that a column may be mapped to."""


_OWN_ONLY = frozenset(("source", "over", "added", "done", "result", COLUMN))
"""Fields that other programs' columns of these names do not mean."""
WORDS = frozenset(("title", "notes", "done_when"))
"""Fields for people's words: of our own export, every space in them counts."""


@dataclass(frozen=True, slots=True)
class Source:
    """How one program's export is read.

    Attributes:
        name: what its keys are marked with: `jira` in `jira:ABC-12`.
        title: the program's name.
        signs: sets of headers; an export has all of one of them.
        headers: the headers of a field, the best first.
        units: what numbers in a field count, where not hours or days: `s` for seconds, `ms` for milliseconds.
        done: further words for what is done there.
        sub_tasks: kinds of rows that are parts of their parent; empty where every row with a parent is one.
        knows_all: whether people who are not in the team are a fault; trackers have others too.
        has_keys: whether it has keys of its own; else the title is one.
        is_own: whether it is our own export, which holds what the plan says, by the plan's ids.
        prepare: brings a table into rows and columns, where the export is laid out otherwise.
        has_group_lines: whether names of groups stand between the rows, in the title's column.
    """

    name: str
    title: str
    signs: tuple[frozenset[str], ...] = ()
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    done: frozenset[str] = frozenset()
    sub_tasks: frozenset[str] = frozenset()
    knows_all: bool = False
    has_keys: bool = True
    has_group_lines: bool = False
    prepare: Callable[[TableFile], TableFile] | None = None
    is_own: bool = False

    def recognises(self, table: TableFile) -> bool:
        """Tell whether a table is an export of this program."""
        return _has_signs(table, self.signs)

    def fields(self) -> tuple[Field, ...]:
        """Return the fields as the reader of tables takes them."""
        words: Kind = "verbatim" if self.is_own else "text"
        kinds: Mapping[str, Kind] = {**dict.fromkeys(WORDS, words), **KINDS}
        return tuple(
            Field(name, kinds.get(name, "text"), self.headers.get(name, ()), self.units.get(name, ""))
            for name in FIELDS
            if self.is_own or name not in _OWN_ONLY
        )


@dataclass(frozen=True, slots=True)
class Export:
    """How one program's export of deals, revenue, spending, time or absences is read.

    Attributes:
        name: what people type to name it.
        title: the program's name.
        signs: sets of headers; an export has all of one of them.
        headers: this program's headers of a field, the best first; the usual ones come after.
        units: what numbers in a field count, where not what is usual: `s` for seconds.
        converted: headers of amounts that are converted already, each with the field that names their currency; empty
            where none does, for they are in the company's own.
        only: fields that no other header than this program's own means.
        prepare: brings a table into rows and columns, where the export is laid out otherwise.
        is_whole: whether it knows of everything, as a ledger does; else of what went through this program alone.
        way_out: why it cannot be read surely, and what can instead; empty where it can.
    """

    name: str
    title: str
    signs: tuple[frozenset[str], ...] = ()
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    converted: Mapping[str, str] = field(default_factory=dict)
    only: frozenset[str] = frozenset()
    prepare: Callable[[TableFile], TableFile] | None = None
    is_whole: bool = False
    way_out: str = ""

    def currency_of(self, header: str) -> str | None:
        """Return the field that names the currency of an amount's column; None where that is `currency`, as usual."""
        own = {normalise_header(name): currency for name, currency in self.converted.items()}
        return own.get(normalise_header(header))

    def recognises(self, table: TableFile) -> bool:
        """Tell whether a table is an export of this program."""
        return _has_signs(table, self.signs)

    def fields(self, usual: Sequence[Field]) -> tuple[Field, ...]:
        """Return the fields of an import, with this program's headers before the usual ones."""
        return tuple(
            replace(
                each,
                headers=(*self.headers.get(each.name, ()), *(() if each.name in self.only else each.headers)),
                unit=self.units.get(each.name, each.unit),
            )
            for each in usual
        )


def _has_signs(table: TableFile, known: Sequence[frozenset[str]]) -> bool:
    """Tell whether a table has all headers of one of the sets."""
    header = frozenset(map(normalise_header, table.header))
    return any(frozenset(map(normalise_header, signs)) <= header for signs in known)


def export_headers(exports: Sequence[Export], usual: Sequence[Field]) -> tuple[str, ...]:
    """Return every header by which the fields of an import are known, in any of the exports."""
    return tuple({name for export in exports for name in known_headers(export.fields(usual))})


def signs(*headers: str) -> frozenset[str]:
    """Return headers by which an export is recognised."""
    return frozenset(headers)
