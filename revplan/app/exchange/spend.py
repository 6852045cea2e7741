"""`revplan import spend`: what finance's ledger or a card's export books, by budget line and month.

Which account belongs to which line is kept in the plan: `accounts` of the budget line. Credits come off.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from revplan.app.editing.entries import require
from revplan.app.exchange.columns import read_fields
from revplan.app.exchange.fields import Field
from revplan.app.exchange.figures import Converter, Figure, say_amount, say_plain, settle_figures
from revplan.app.exchange.files import Fault, normalise_header
from revplan.app.exchange.fingerprints import fingerprint
from revplan.app.exchange.memory import Import
from revplan.app.exchange.source import export_headers
from revplan.errors import InputError
from revplan.model.base import Month, Ref
from revplan.model.change import Change
from revplan.reports.import_preview import Preview, read_columns
from revplan.wording import join_names, plural, verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from revplan.app.exchange.columns import Asked, Record, TableReading
    from revplan.app.exchange.fields import Kind
    from revplan.app.exchange.files import TableFile
    from revplan.app.exchange.memory import Memory, Prefer
    from revplan.app.exchange.source import Export
    from revplan.model.context import Context

SOURCE = "spend"
"""What spending is remembered under."""
Sign = Literal["positive", "negative"]
"""Whether spending is written as positive or as negative amounts."""
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "date": (
        "posting date",
        "transaction date",
        "date",
        "booking date",
        "posted",
        "posted date",
        "entry date",
        "month",
        *("buchungsdatum", "buchungstag", "belegdatum", "datum"),
    ),
    "end": (),
    "amount": ("amount", "net amount", "amount (net)", "betrag", "amount in local currency", "total"),
    "debit": ("debit", "debit amount", "soll"),
    "credit": ("credit", "credit amount", "haben"),
    "account": ("account", "account number", "account code", "gl account", "account no", "konto", "budget line"),
    "account_name": ("account name", "account description", "category", "expense category", "kontobezeichnung"),
    "cost_center": ("cost center", "cost centre", "department", "class", "project", "kostenstelle"),
    "vendor": (
        "vendor",
        "vendor name",
        "merchant",
        "merchant name",
        "supplier",
        "payee",
        "name",
        "lieferant",
        "empfänger",
    ),
    "currency": ("currency", "currency code", "währung"),
    "state": ("status", "state"),
    "doubt": (),
}
_KINDS: Mapping[str, Kind] = {
    "date": "booking",
    "end": "date",
    **dict.fromkeys(("amount", "debit", "credit"), "amount"),
}
FIELDS = tuple(
    Field(name, _KINDS.get(name, "text"), headers, is_required=name == "date") for name, headers in _HEADERS.items()
)
_NAMES = ("account", "account_name", "cost_center", "vendor")
"""Fields by which a row may belong to a budget line."""
_NOT_BOOKED = frozenset(("pending", "declined", "void", "voided", "draft", "reversed"))
_SHOWN = 12
_LEDGER = re.compile(r"[a-z0-9][a-z0-9-]*")
_KEPT = 12
"""Bookings of a line's month by whose marks a ledger is known again."""
_OTHER_LEDGER = (
    "none of the bookings of last time is in it: another ledger has a name, --ledger NAME; --theirs replaces"
)


@dataclass(frozen=True, slots=True)
class SpendOptions:
    """What the user asks for.

    Attributes:
        book: account → budget line, to be kept in the plan.
        sign: how spending is written; None where the amounts tell.
        prefer: theirs or ours; None to list what differs.
        ledger: the name of one ledger of several, whose amounts stand beside one another; empty for the only one.
    """

    book: Mapping[str, str] = field(default_factory=dict)
    sign: Sign | None = None
    prefer: Prefer | None = None
    ledger: str = ""


def parse_ledger(written: str | None) -> str:
    """Return the name of a ledger, as the user says it; empty where nobody does.

    Raises:
        InputError: it is no name.
    """
    if written is None or _LEDGER.fullmatch(written):
        return written or ""
    raise InputError(f'"{written}" is no name of a ledger', hint="letters, digits and hyphens, such as --ledger us")


def parse_bookings(context: Context, written: Iterable[str]) -> dict[str, str]:
    """Read `ACCOUNT=LINE`, several times.

    Raises:
        InputError: it is not written so.
        UnknownIdError: there is no such line.
    """
    found = {}
    for each in written:
        account, equals, line = each.rpartition("=")
        if not equals or not account.strip():
            raise InputError(f'"{each}" books nothing', hint="such as --book 'Google Ads=paid-media'")
        found[account.strip()] = require(context.plan, "budget-line", line.strip())
    return found


def parse_sign(written: str | None) -> Sign | None:
    """Return how spending is written, as the user says it.

    Raises:
        InputError: it is neither positive nor negative.
    """
    if written is None or written in ("positive", "negative"):
        return written  # type: ignore[return-value]
    raise InputError(f'"{written}" is no sign', hint="--spent positive or --spent negative")


def spend_headers(exports: Sequence[Export]) -> tuple[str, ...]:
    """Return every header that a ledger is known by."""
    return tuple(
        {*export_headers(exports, FIELDS)} | {name for export in exports for each in export.signs for name in each}
    )


def spend_from(
    context: Context, table: TableFile, export: Export, asked: Asked, options: SpendOptions, memory: Memory
) -> Import:
    """Read a ledger, and tell its budget lines' spending by month apart from what is here. Nothing is written.

    Raises:
        InputError: the table lacks what a ledger has, or does not say whether its amounts are spent or paid in.
    """
    if export.way_out:
        raise InputError(f"{export.title} cannot be read surely", hint=export.way_out)
    table = export.prepare(table) if export.prepare is not None else table
    reading = read_fields(table, export.fields(FIELDS), asked)
    if not any(map(reading.has, ("amount", "debit", "credit"))):
        raise InputError("no column is known to be the amount", hint="say which it is: --map amount=COLUMN")
    if not any(map(reading.has, _NAMES)):
        raise InputError("no column tells what was paid for", hint="say which it is: --map account=COLUMN")
    ledger = _Ledger(context, reading, options)
    source = _source_of(export, options.ledger)
    entries, changes = settle_figures(ledger.figures(memory, source), source, memory, options.prefer)
    faults = tuple(sorted((*reading.faults, *ledger.faults), key=lambda fault: fault.row))
    preview = Preview(table.name, entries, tuple(map(str, faults)), read_columns(reading.columns), SOURCE)
    notes = (f"read as {export.title}", *reading.notes, *ledger.notes())
    booked = tuple(_book(context, options.book))
    return Import(preview.with_notes(reading.unread, notes), faults, (*booked, *changes), memory)


def _source_of(export: Export, ledger: str) -> str:
    """Return what an export's spending is remembered under: that of a program that sees its own alone is apart."""
    own = "" if export.is_whole else export.name
    return "-".join(filter(None, (SOURCE, own, ledger)))


def _booked_elsewhere(memory: Memory, source: str, line: str, month: Month) -> Decimal:
    """Return what other programs booked on a line in a month; a ledger knows of it all, so nothing comes beside it."""
    if source == SOURCE:
        return Decimal(0)
    found = (
        value
        for (key, name), value in memory.said.items()
        if key.startswith(f"{SOURCE}-") and key.endswith(f":budget-line/{line}") and name == f"actual.{month}"
        if key.partition(":")[0] != source and isinstance(value, str)
    )
    return sum(map(Decimal, found), Decimal(0))


def _book(context: Context, book: Mapping[str, str]) -> Iterator[Change]:
    """Yield the changes that keep which account belongs to which line."""
    for line in sorted(set(book.values())):
        known = context.plan.budget[line].accounts
        added = [account for account, own in book.items() if own == line and account not in known]
        if added:
            yield Change(Ref("budget-line", line, ("accounts",)), [*known, *added])


class _Ledger:
    """The rows added up by budget line and month; faults are what is refused."""

    def __init__(self, context: Context, reading: TableReading, options: SpendOptions) -> None:
        self.context = context
        self.reading = reading
        self.prefer = options.prefer
        self.faults: list[Fault] = []
        self.sums: dict[tuple[str, Month], Fraction] = defaultdict(Fraction)
        self.marks: dict[tuple[str, Month], list[tuple[str, str]]] = defaultdict(list)
        self.unbooked: dict[str, list[Fraction]] = defaultdict(list)
        self.left_out = 0
        self.credits = 0
        self.converter = Converter(context.plan.settings)
        self.lines = _lines(context, options.book)
        self.sign = 1 if self._is_positive(options) else -1
        for record in reading.records:
            try:
                self._add(record)
            except ValueError as error:
                self.faults.append(Fault(record.number, *error.args))

    def _is_positive(self, options: SpendOptions) -> bool:
        """Tell whether spending is written as positive amounts.

        Raises:
            InputError: most of the amounts are negative, and nobody says what these are.
        """
        if options.sign is not None or not self.reading.has("amount") or self.reading.has("debit"):
            return options.sign != "negative"
        amounts = [amount for record in self.reading.records if (amount := record.amount("amount")) is not None]
        below = sum(amount < 0 for amount in amounts)
        if below * 2 > len(amounts):
            hint = "--spent negative if they were spent, --spent positive if they were paid back"
            raise InputError(f"{below} of {len(amounts)} amounts are negative", hint=hint)
        return True

    def _add(self, record: Record) -> None:
        if record.refused.intersection(("date", "end", "amount", "debit", "credit")):
            return
        if normalise_header(record.text("state")) in _NOT_BOOKED:
            self.left_out += 1
            return
        amount = self._amount(record)
        if amount is None:
            return
        line = self._line(record)
        day = record.day("date")
        if line is None:
            self.unbooked[next((text for name in _NAMES if (text := record.text(name))), "nothing named")].append(
                amount
            )
            return
        if record.text("doubt"):
            raise ValueError("", record.text("doubt"))
        if day is None or day > self.context.today:
            reason = "there is no date" if day is None else f"{day} has not come yet"
            raise ValueError(self.reading.header("date"), reason)
        end = record.day("end") or day
        if Month.of(end) != Month.of(day):
            reason = f"{day} to {end} is in several months: export it by day or month"
            raise ValueError(self.reading.header("end"), reason)
        self.credits += amount < 0
        self.sums[line, Month.of(day)] += amount
        names = [str(day), *(record.text(name) for name in _NAMES)]
        self.marks[line, Month.of(day)].append((fingerprint([say_amount(amount), *names]), fingerprint([*names])))

    def _amount(self, record: Record) -> Fraction | None:
        day = record.day("date") or self.context.today
        numbers = {name: record.number_of(name) for name in ("amount", "debit", "credit")}
        amounts = {
            name: Fraction(self.converter.take(self.reading.header(name), number.value, currency, day))
            for name, number in numbers.items()
            if number is not None
            for currency in (number.currency or record.text("currency").upper(),)
        }
        if amounts.keys() & {"debit", "credit"}:
            return (amounts.get("debit", Fraction(0)) - amounts.get("credit", Fraction(0))) or None
        return amounts["amount"] * self.sign if amounts.get("amount") else None

    def _line(self, record: Record) -> str | None:
        """Return the budget line that a row belongs to: the one that knows any of its names."""
        found = {
            line: name for name in _NAMES if (line := self.lines.get(normalise_header(record.text(name)))) is not None
        }
        if len(found) > 1:
            names = join_names([f"{line} by {self.reading.header(name)}" for line, name in sorted(found.items())])
            raise ValueError("", f"belongs to several budget lines: {names}")
        return next(iter(found), None)

    # --- figures ---------------------------------------------------------------------------------------------------

    def figures(self, memory: Memory, source: str) -> Iterator[Figure]:
        """Yield spending by line and month, beside what other programs booked; below zero where credits exceed it."""
        for (line, month), amount in sorted(self.sums.items()):
            own = self.context.plan.budget[line]
            ref = Ref("budget-line", line, ("actual", str(month)))
            beside = _booked_elsewhere(memory, source, line, month)
            doubt = self._doubt(memory, f"{source}:budget-line/{line}", line, month)
            yield Figure(
                ref, say_amount(amount), say_plain(own.actual.get(month)), grows=True, beside=beside, doubt=doubt
            )

    def _doubt(self, memory: Memory, key: str, line: str, month: Month) -> str:
        """Return why a month may be that of another ledger: none of the bookings that it had is there any more.

        A table of sums has other amounts next time, and the same days and accounts.
        """
        now = [{mark[at] for mark in self.marks[line, month]} for at in (0, 1)]
        names = (f"bookings.{month}", f"days.{month}")
        last = [set(str(said).split()) if isinstance(said := memory.last(key, name), str) else set() for name in names]
        if self.prefer is None and last[0] and last[0].isdisjoint(now[0]) and not last[1] <= now[1]:
            return _OTHER_LEDGER
        for name, marks in zip(names, now, strict=True):
            memory.remember(key, name, " ".join(sorted(marks)[:_KEPT]))
        return ""

    def notes(self) -> Iterator[str]:
        """Yield what was left out, and what no budget line has."""
        say = self.context.plan.settings.currency.say
        if self.sign < 0:
            yield "negative amounts are spent"
        yield from self.converter.notes()
        if self.credits:
            yield f"{plural(self.credits, 'credit')} {verb(self.credits, 'comes', 'come')} off"
        if self.left_out:
            yield f"{plural(self.left_out, 'row')} not booked (pending, declined, void), left out"
        names = sorted(self.unbooked, key=lambda name: (-abs(sum(self.unbooked[name])), name))
        for name in names[:_SHOWN]:
            amounts = self.unbooked[name]
            yield f'in no budget line: {name}, {plural(len(amounts), "row")}, {say(sum(amounts))}; --book "{name}=LINE"'
        if len(names) > _SHOWN:
            rest = sum((sum(self.unbooked[name]) for name in names[_SHOWN:]), Fraction(0))
            yield f"in no budget line: {len(names) - _SHOWN} more, {say(rest)}"


def _lines(context: Context, book: Mapping[str, str]) -> dict[str, str]:
    """Return the budget line of each name that one is known by: its accounts, and its id.

    Raises:
        InputError: two lines have one account.
    """
    found: dict[str, str] = {}
    for line, own in context.plan.budget.items():
        accounts = [*own.accounts, line, *(account for account, its in book.items() if its == line)]
        for account in accounts:
            other = found.setdefault(normalise_header(account), line)
            if other != line:
                raise InputError(
                    f'the account "{account}" belongs to {other} and to {line}', hint="keep it in one of them"
                )
    return found
