"""The rows of a CRM's export as deals: what they are worth, how they stand, and no customer's name.

Names of deals, companies and people are read to tell what is no source of deals, and are not kept.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from revplan.app.exchange.columns import read_fields, without_twins
from revplan.app.exchange.fields import Field
from revplan.app.exchange.figures import Converter
from revplan.app.exchange.files import Fault, normalise_header
from revplan.app.exchange.source import export_headers
from revplan.errors import InputError
from revplan.wording import join_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from revplan.app.exchange.columns import Asked, Record, TableReading
    from revplan.app.exchange.fields import Kind
    from revplan.app.exchange.files import TableFile
    from revplan.app.exchange.source import Export
    from revplan.model.settings import Settings

DealState = Literal["open", "won", "lost"]
DealType = Literal["new", "expansion", "renewal"]
NAME_FIELDS = ("name", "company", "contact")
"""Fields with names of customers, which are not kept."""
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "key": ("deal id", "opportunity id", "id"),
    "name": ("deal name", "deal", "opportunity name", "opportunity", "title"),
    "company": ("company", "company name", "account", "account name", "organization", "customer", "client"),
    "contact": ("contact", "contact name", "contact person", "person"),
    "created": ("create date", "created date", "created", "created at", "created on", "date created", "creation date"),
    "won_on": ("won time", "won on", "won date", "date won"),
    "lost_on": ("lost time", "lost on", "lost date", "date lost"),
    "expected": ("expected close date", "expected close", "expected closing date", "forecast close date"),
    "closed": ("close date", "closed date", "closing date", "closed at", "closed on", "date closed", "closed", "close"),
    "amount": ("annual contract value", "acv", "annual recurring revenue", "arr", "amount", "deal value", "value"),
    "currency": ("currency", "currency code", "amount currency", "deal currency"),
    "company_currency": (),
    "stage": ("deal stage", "stage", "stage name", "pipeline stage"),
    "status": ("status", "deal status", "state", "outcome"),
    "won": ("is won", "is closed won", "won"),
    "lost": ("is lost", "is closed lost", "lost"),
    "type": ("deal type", "opportunity type", "type"),
    "source": ("lead source", "deal source", "original source", "source channel", "source", "channel"),
    "is_closed": ("is closed", "is deal closed"),
    "segment": ("segment", "customer segment", "market segment", "account segment"),
    "campaign": ("primary campaign source", "campaign name", "campaign", "utm campaign"),
}
_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("created", "won_on", "lost_on", "expected", "closed"), "date"),
    "amount": "amount",
    "key": "key",
}
FIELDS = tuple(
    Field(name, _KINDS.get(name, "text"), headers, is_required=name == "created") for name, headers in _HEADERS.items()
)
_WON = frozenset(("won", "closedwon", "win", "dealwon", "gewonnen", "abgeschlossengewonnen", "gagné", "ganado"))
_LOST = frozenset(("lost", "closedlost", "loss", "deallost", "verloren", "abgeschlossenverloren", "perdu", "perdido"))
_GONE = frozenset(("deleted", "archived", "merged", "gelöscht"))
_YES = frozenset(("true", "yes", "1", "x", "wahr", "ja", "oui", "sí"))
_NO = frozenset(("false", "no", "0", "falsch", "nein", "non"))
_TYPES: Mapping[str, DealType] = {
    **dict.fromkeys(("new", "newbusiness", "newcustomer", "newlogo", "neugeschäft", "neukunde"), "new"),
    **dict.fromkeys(
        ("existingbusiness", "expansion", "upsell", "crosssell", "upgrade", "addon", "existingcustomerupgrade"),
        "expansion",
    ),
    **dict.fromkeys(("renewal", "renewalbusiness", "existingcustomerrenewal", "verlängerung"), "renewal"),
}
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True, slots=True)
class DealWords:
    """The user's own words.

    Attributes:
        won, lost: stages that mean won, and lost.
        types: what types of deals are: new, expansion or renewal.
    """

    won: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    types: Mapping[str, DealType] = field(default_factory=dict)


class Deal(NamedTuple):
    """A deal without anybody's name.

    Attributes:
        created: when it was created.
        state: how it stands.
        ended: when it was won or lost; None while it is open.
        expected: when it is expected to close, of an open one.
        amount: what it brings a year; None where the table does not say.
        type: new business, more for a customer, or a renewal.
        source: where it came from, as written; empty where unknown.
        campaign: the campaign it came from, as written.
        segment: the part of the market that the customer belongs to, as written.
    """

    created: date
    state: DealState
    ended: date | None
    expected: date | None
    amount: Decimal | None
    type: DealType
    source: str
    campaign: str
    segment: str = ""


class Deals(NamedTuple):
    """What a table of deals says.

    Attributes:
        faults: what is refused.
        notes: what was left out, and which stages were read as what.
        names: names of customers, normalised, to keep them out of sources; never written.
    """

    reading: TableReading
    deals: tuple[Deal, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]
    names: frozenset[str]


def parse_types(written: Iterable[str]) -> dict[str, DealType]:
    """Read `WORD=new`, several times.

    Raises:
        InputError: it names no type.
    """
    found: dict[str, DealType] = {}
    for each in written:
        word, equals, kind = each.rpartition("=")
        if not equals or not word or kind not in ("new", "expansion", "renewal"):
            raise InputError(f'"{each}" names no type', hint="such as --type Partner=new; new, expansion or renewal")
        found[normalise_header(word)] = kind  # type: ignore[assignment]
    return found


def deal_headers(exports: Sequence[Export]) -> tuple[str, ...]:
    """Return every header that a table of deals is known by."""
    return export_headers(exports, FIELDS)


def read_deals(
    table: TableFile, export: Export, asked: Asked, words: DealWords, settings: Settings, today: date
) -> Deals:
    """Read the rows of a table as deals.

    Args:
        table: the table.
        export: the program it comes from.
        asked: what the user says of the table.
        words: the user's own words.
        settings: the plan's settings: its currency, and the rates at which amounts in another one are taken.
        today: deals of later days are refused.

    Raises:
        InputError: there is no column of days of creation, or a type is none that is known.
    """
    reading = read_fields(table, export.fields(FIELDS), asked)
    if reading.has("key"):
        reading = read_fields(without_twins(table), export.fields(FIELDS), asked)
    if not any(map(reading.has, ("stage", "status", "won", "won_on"))):
        raise InputError("no column tells what is won", hint="say which it is: --map stage=COLUMN")
    _check_types(reading, words)
    reader = _DealReader(reading, export, words, settings, today)
    deals = tuple(deal for record in reading.records if (deal := reader.read(record)) is not None)
    faults = sorted((*reading.faults, *reader.faults), key=lambda fault: fault.row)
    names = frozenset(normalise_header(record.text(name)) for record in reading.records for name in NAME_FIELDS)
    return Deals(reading, deals, tuple(faults), tuple(reader.notes()), names - {""})


def _check_types(reading: TableReading, words: DealWords) -> None:
    written = {record.text("type") for record in reading.records}
    unknown = sorted(each for each in written if each and _type_of(each, words) is None)
    if unknown:
        hint = f'say what they are, such as --type "{unknown[0]}=new": new, expansion or renewal'
        raise InputError(f"these types of deals are not known: {join_names(unknown)}", hint=hint)


def _type_of(written: str, words: DealWords) -> DealType | None:
    own = normalise_header(written)
    return words.types.get(own) or _TYPES.get(own) or ("new" if not own else None)


class _DealReader:
    """Reads row after row, and notes what is refused and left out."""

    def __init__(
        self, reading: TableReading, export: Export, words: DealWords, settings: Settings, today: date
    ) -> None:
        self.reading = reading
        self.words = words
        self.converter = Converter(settings)
        self.today = today
        self.faults: list[Fault] = []
        self.stages: dict[DealState, Counter[str]] = {"won": Counter(), "lost": Counter(), "open": Counter()}
        self.won = _WON | {normalise_header(word) for word in words.won}
        self.lost = _LOST | {normalise_header(word) for word in words.lost}
        self.currency = export.currency_of(reading.header("amount"))
        self.seen: dict[str, int] = {}
        self.empty: list[int] = []
        self.gone = 0

    def read(self, record: Record) -> Deal | None:
        """Return a row's deal; None where it is none, or refused."""
        if not record.refused and all(record.values.get(name) is None for name in _TELLING):
            self.empty.append(record.number)
            return None
        if normalise_header(record.text("status")) in _GONE:
            self.gone += 1
            return None
        if record.refused.intersection(_TELLING):
            return None
        try:
            return self._deal(record)
        except ValueError as error:
            self.faults.append(Fault(record.number, *error.args))
            return None

    def _deal(self, record: Record) -> Deal:
        self._once(record)
        created, state = record.day("created"), self._state(record)
        if created is None or created > self.today:
            reason = "says not when it was created" if created is None else f"{created} has not come yet"
            raise ValueError(self.reading.header("created"), reason)
        own_day = record.day("won_on" if state == "won" else "lost_on") if state != "open" else record.day("expected")
        day = own_day or record.day("closed")
        if state != "open" and (day is None or day > self.today):
            reason = f"is {state}, and says not when" if day is None else f"is {state}, and {day} has not come yet"
            raise ValueError(self.reading.header("closed"), reason)
        kind = _type_of(record.text("type"), self.words) or "new"
        ended, expected = (None, day) if state == "open" else (day, None)
        amount, source = self._amount(record, ended or created), record.text("source")
        campaign, segment = record.text("campaign"), record.text("segment")
        return Deal(created, state, ended, expected, amount, kind, source, campaign, segment)

    def _once(self, record: Record) -> None:
        key = record.text("key")
        if key and key in self.seen:
            raise ValueError(self.reading.header("key"), f"is the deal of row {self.seen[key]} once more")
        self.seen[key] = record.number

    def _state(self, record: Record) -> DealState:
        said = record.text("stage") or record.text("status")
        state: DealState = "open"
        if self._says(record, "won", self.won):
            state = "won"
        elif self._says(record, "lost", self.lost) or self._is_closed_and_not_won(record):
            state = "lost"
        self.stages[state][said] += 1
        return state

    def _is_closed_and_not_won(self, record: Record) -> bool:
        """Tell whether the table says of a deal that it is closed, and in another column that it is not won."""
        closed, won = (normalise_header(record.text(name)) for name in ("is_closed", "won"))
        return closed in _YES and won in _NO

    def _says(self, record: Record, flag: str, words: frozenset[str]) -> bool:
        if normalise_header(record.text(flag)) in _YES:
            return True
        said = (_REMARK.sub("", record.text(name)) for name in ("status", "stage"))
        return any(normalise_header(each) in words for each in said if each)

    def _amount(self, record: Record, day: date) -> Decimal | None:
        number = record.number_of("amount")
        if number is None:
            return None
        header = self.reading.header("amount")
        if number.value < 0:
            raise ValueError(header, f'"{number}" is less than nothing')
        currency = record.text("currency").upper() if self.currency is None else record.text(self.currency).upper()
        return self.converter.take(header, number.value, number.currency or currency, day)

    def notes(self) -> list[str]:
        """Return what was left out, and which stages were read as what."""
        notes = [
            f"{state}: " + ", ".join(f"{name or 'no stage'} ({count})" for name, count in sorted(names.items()))
            for state, names in self.stages.items()
            if names
        ]
        notes += self.converter.notes()
        if self.empty:
            notes.append(f"no deal in row {join_names([str(row) for row in self.empty])}")
        if self.gone:
            notes.append(f"{self.gone} deleted or archived, left out")
        return notes


_TELLING = ("created", "closed", "won_on", "lost_on", "amount", "stage", "status")
"""A row that has none of these is no deal."""
