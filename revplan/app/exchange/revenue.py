"""`revplan import revenue`: revenue by month, and from customers' months what was new, grew, shrank and left.

Customers are told apart by their names or numbers, which are not kept.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING, Literal, NamedTuple

from revplan.analysis.periods import fiscal_months
from revplan.app.exchange.columns import read_fields, without_twins
from revplan.app.exchange.dates import parse_month
from revplan.app.exchange.deal_figures import home_goal
from revplan.app.exchange.fields import Field
from revplan.app.exchange.figures import (
    Figure,
    month_figures,
    refuse_part,
    say_amount,
    say_plain,
    settle_figures,
)
from revplan.app.exchange.files import TableFile, TableRow, normalise_header
from revplan.app.exchange.memory import Import
from revplan.app.exchange.revenue_rows import RevenueRows
from revplan.app.exchange.source import export_headers
from revplan.errors import InputError
from revplan.model.base import MONTHS_PER_YEAR, Month, Ref
from revplan.model.numbers import round_half_up, strip_zeros
from revplan.reports.import_preview import Preview, read_columns
from revplan.wording import join_names, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from revplan.app.exchange.columns import Asked, TableReading
    from revplan.app.exchange.memory import Memory, Prefer
    from revplan.app.exchange.source import Export
    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.goals import Goal

SOURCE = "revenue"
"""What revenue is remembered under."""
MONTHS_KEPT = 24
"""Months whose movements and retention are kept."""
Kind = Literal["mrr", "arr", "revenue"]
"""What amounts are: a month's recurring revenue, a year's, or what was recognised in the month."""
KINDS: Mapping[str, Kind] = {"mrr": "mrr", "arr": "arr", "revenue": "revenue"}
FIELDS = (
    Field("month", "month", ("month", "period", "invoice date", "date", "invoice month", "date (utc)", "posted"),
          "", is_required=True),
    Field("amount", "amount", ("mrr", "monthly recurring revenue", "arr", "annual recurring revenue", "net revenue",
                               "recognized revenue", "recognised revenue", "revenue", "amount", "total", "net amount"),
          "", is_required=True),
    Field("customer", "key", ("customer id", "customer", "customer name", "account", "account name", "client",
                               "company")),
    Field("currency", "text", ("currency", "currency code")),
    Field("state", "text", ("status", "invoice status", "state")),
)  # fmt: skip
_CUSTOMERS = frozenset(map(normalise_header, FIELDS[2].headers))
_MRR = frozenset(("mrr", "monthlyrecurringrevenue"))
_ARR = frozenset(("arr", "annualrecurringrevenue"))
_LEAST_WIDE = 2
_FIRST_DAY = re.compile(r"(\d{4}-\d{2})-01(?: 00:00:00)?$", re.ASCII)
"""A month as the header of a workbook, where it is a day that is shown without its number."""
_DIGITS = 4
_LETTER = re.compile(r"[^\W\d_]")


class RevenueOptions(NamedTuple):
    """What the user asks for.

    Attributes:
        kind: what the amounts are; None where the header tells.
        prefer: theirs or ours; None to list what differs.
    """

    kind: Kind | None = None
    prefer: Prefer | None = None


def revenue_headers(exports: Sequence[Export]) -> tuple[str, ...]:
    """Return every header that a table of revenue is known by."""
    return export_headers(exports, FIELDS)


def revenue_from(
    context: Context, table: TableFile, export: Export, asked: Asked, options: RevenueOptions, memory: Memory
) -> Import:
    """Read a table of revenue, and tell what it says apart from what is here. Nothing is written.

    Raises:
        InputError: the plan has no goal, the table lacks what revenue needs, does not say what its amounts are, or has
            clearly fewer customers than the last one.
    """
    long, melted = _melt(table, asked.maps)
    reading = read_fields(long, export.fields(FIELDS), asked)
    is_level = _is_level(long, reading)
    if is_level:
        reading = read_fields(without_twins(long), export.fields(FIELDS), asked)
    goal = home_goal(context, Month.of(context.today))
    kind = options.kind or _kind_of(reading, goal)
    _check_kind(kind, goal)
    rows = RevenueRows(context, reading, 12 if kind == "mrr" else 1, is_level=is_level)
    faults = tuple(sorted((*reading.faults, *rows.faults), key=lambda fault: fault.row))
    if reading.has("customer"):
        refuse_part(memory, SOURCE, len(rows.by_customer), "customers", options.prefer)
    counted = _CountedRevenue(context, goal, rows.by_customer, has_customers=reading.has("customer"))
    entries, changes = settle_figures(counted.figures(), SOURCE, memory, options.prefer)
    preview = Preview(table.name, entries, tuple(map(str, faults)), read_columns(reading.columns), SOURCE)
    notes = (f"read as {export.title}", *reading.notes, *melted, _say_kind(kind), *rows.notes, *counted.notes())
    return Import(preview.with_notes(reading.unread, notes), faults, changes, memory)


def _is_level(table: TableFile, reading: TableReading) -> bool:
    """Tell whether amounts are a level of recurring revenue, and no column of words says what each row is of."""
    places = [at for at, name in enumerate(table.header) if name in reading.unread]
    words = any(
        isinstance(row.cells[at], str) and _LETTER.search(str(row.cells[at])) for row in table.rows for at in places
    )
    return normalise_header(reading.header("amount")) in _MRR | _ARR and not reading.has("customer") and not words


def _melt(table: TableFile, maps: Sequence[str]) -> tuple[TableFile, tuple[str, ...]]:
    """Return a table with a row for each month, where its columns are months; and what that was.

    Raises:
        InputError: no column tells customers apart; rows that are accounts would be added up.
    """
    table = replace(table, header=tuple(_FIRST_DAY.sub(r"\1", name) for name in table.header))
    months = [at for at, name in enumerate(table.header) if parse_month(name) is not None]
    if len(months) < _LEAST_WIDE:
        return table, ()
    others = [at for at in range(len(table.header)) if at not in months]
    named = [column.partition("=")[0] for column in maps]
    if "customer" not in named and not any(normalise_header(table.header[at]) in _CUSTOMERS for at in others):
        hint = "say which column tells them apart: --map customer=COLUMN"
        raise InputError("the columns are months, and no column is known to be the customer", hint=hint)
    header = (*(table.header[at] for at in others), "month", "amount")
    rows = tuple(
        TableRow(row.number, (*(row.cells[at] for at in others), table.header[at], row.cells[at]))
        for row in table.rows
        for at in months
    )
    return replace(table, header=header, rows=rows), (f"{len(months)} columns are months",)


def _kind_of(reading: TableReading, goal: Goal) -> Kind:
    header = normalise_header(reading.header("amount"))
    if header in _MRR:
        return "mrr"
    if header in _ARR:
        return "arr"
    if goal.measure == "revenue":
        return "revenue"
    hint = "say which: --as mrr (of a month), or --as arr (of a year)"
    raise InputError(f"\"{reading.header('amount')}\" may be a month's recurring revenue or a year's", hint=hint)


def _check_kind(kind: Kind, goal: Goal) -> None:
    if (kind == "revenue") != (goal.measure == "revenue"):
        counts = "recognised revenue" if goal.measure == "revenue" else "recurring revenue"
        hint = "--as revenue" if goal.measure == "revenue" else "--as mrr or --as arr"
        raise InputError(f"goal {goal.id} counts {counts}, and this table says {kind}", hint=hint)


def _say_kind(kind: Kind) -> str:
    return {
        "mrr": "amounts are a month's recurring revenue: × 12",
        "arr": "amounts are a year's recurring revenue",
        "revenue": "amounts are recognised in their month",
    }[kind]


class _CountedRevenue:
    """Revenue by customer and month, as figures of the plan."""

    def __init__(
        self, context: Context, goal: Goal, by_customer: Mapping[str, Mapping[Month, Fraction]], *, has_customers: bool
    ) -> None:
        self.context = context
        self.goal = goal
        self.by_customer = by_customer
        self.has_customers = has_customers
        self.known = sorted({month for months in by_customer.values() for month in months})
        self.months = _without_gap(self.known)

    def _amount(self, customer: str, month: Month) -> Fraction:
        return max(Fraction(0), self.by_customer[customer].get(month, Fraction(0)))

    def _total(self, month: Month) -> Fraction:
        return sum((months.get(month, Fraction(0)) for months in self.by_customer.values()), Fraction(0))

    # --- figures ---------------------------------------------------------------------------------------------------

    def figures(self) -> Iterator[Figure]:
        """Yield actuals by month, and where customers are told apart, movements, customers and retention."""
        yield from self._by_month("actual", {month: say_amount(self._total(month)) for month in self._positive()})
        if not self.has_customers:
            return
        recent = self.months[1:][-MONTHS_KEPT:]
        if self.goal.measure == "recurring":
            yield from self._by_month("movements", {month: self._movement(month) for month in recent})
            yield from self._by_month("new_customers", {month: str(len(self._new(month))) for month in recent})
            yield from self._by_month(
                "lost_customers", {month: str(len(self._customers_lost(month))) for month in recent}
            )
            yield from self._customers_at_start()
        yield from self._retention()

    def _positive(self) -> Iterator[Month]:
        """Yield the months whose revenue the plan can hold, and that have a goal of their own measure."""
        for month in self.known:
            if self._total(month) >= 0 and home_goal(self.context, month).measure == self.goal.measure:
                yield month

    def _by_month(self, name: str, values: Mapping[Month, Data]) -> Iterator[Figure]:
        by_goal: dict[str, dict[str, Data]] = {}
        for month, value in values.items():
            by_goal.setdefault(home_goal(self.context, month).id, {})[str(month)] = value
        for year, months in by_goal.items():
            goal = self.context.plan.goals[year]
            if name == "actual":
                yield from month_figures(Ref("goal", year, ("actual",)), goal.actual or None, months)
            else:
                ours = getattr(goal.history, name) if goal.history is not None else None
                ours = ours if ours or isinstance(ours, int) else None
                yield from month_figures(Ref("goal", year, ("history", name)), ours, months)

    def _new(self, month: Month) -> list[str]:
        before = month.plus(-1)
        return [one for one in self.by_customer if self._amount(one, month) and not self._amount(one, before)]

    def _customers_lost(self, month: Month) -> list[str]:
        before = month.plus(-1)
        return [one for one in self.by_customer if self._amount(one, before) and not self._amount(one, month)]

    def _movement(self, month: Month) -> Data:
        """Return how the revenue of a month came from that of the month before."""
        before = month.plus(-1)
        sums = dict.fromkeys(("new", "expansion", "contraction", "churn"), Fraction(0))
        for customer in self.by_customer:
            was, now = self._amount(customer, before), self._amount(customer, month)
            if now > was:
                sums["expansion" if was else "new"] += now - was
            elif now < was:
                sums["contraction" if now else "churn"] += was - now
        return {name: say_amount(amount) for name, amount in sums.items()}

    def _customers_at_start(self) -> Iterator[Figure]:
        """Yield how many customers there were where each goal's year starts, for the years that the table covers."""
        for year, goal in sorted(self.context.plan.goals.items()):
            before = fiscal_months(self.context.plan.settings, int(year))[0].plus(-1)
            if before in self.months:
                count = sum(self._amount(customer, before) > 0 for customer in self.by_customer)
                ours = goal.history.customers if goal.history is not None else None
                yield Figure(Ref("goal", year, ("history", "customers")), str(count), say_plain(ours))

    # --- retention -------------------------------------------------------------------------------------------------

    def _retention(self) -> Iterator[Figure]:
        """Yield what is left of the customers of twelve months before, at the last month that is known.

        Of recurring revenue the level of a month is compared with that twelve months before; with fewer months known,
        with the first of them. Of recognised revenue twelve months are compared with the twelve before.
        """
        found = self._pairs()
        if found is None:
            return
        months, pairs = found
        month = self.months[-1]
        there = [(was, now) for was, now in pairs if was > 0]
        kept = [(was, min(was, now)) for was, now in there]
        body: dict[str, Data] = {
            "months": str(months),
            "customers": str(len(there)),
            "kept": str(sum(now > 0 for _, now in there)),
        }
        for name, each in (("net", there), ("gross", kept)):
            rate, error = ratio_and_error(each)
            body |= {name: _say_rate(rate)} | ({f"{name}_error": _say_rate(error)} if error is not None else {})
        ordered = {key: body[key] for key in _RETAINED if key in body}
        yield from self._by_month("retention", {month: ordered})

    def _pairs(self) -> tuple[int, list[tuple[Fraction, Fraction]]] | None:
        last = len(self.months) - 1
        if self.goal.measure == "recurring":
            back = min(MONTHS_PER_YEAR, last)
            if back < 1 or not any(self._amount(one, self.months[last - back]) for one in self.by_customer):
                return None
            then, now = self.months[last - back], self.months[last]
            return back, [(self._amount(one, then), self._amount(one, now)) for one in self.by_customer]
        if len(self.months) < 2 * MONTHS_PER_YEAR:
            return None
        year, before = self.months[-MONTHS_PER_YEAR:], self.months[-2 * MONTHS_PER_YEAR : -MONTHS_PER_YEAR]
        pairs = [(self._year(one, before), self._year(one, year)) for one in self.by_customer]
        return (MONTHS_PER_YEAR, pairs) if any(was for was, _ in pairs) else None

    def _year(self, customer: str, months: Sequence[Month]) -> Fraction:
        return max(
            Fraction(0), sum((self.by_customer[customer].get(month, Fraction(0)) for month in months), Fraction(0))
        )

    def notes(self) -> Iterator[str]:
        """Yield what was counted."""
        if not self.known:
            return
        yield f"{plural(len(self.known), 'month')} from {self.known[0]} to {self.known[-1]}"
        below = [str(month) for month in self.known if self._total(month) < 0]
        if below:
            yield f"credits exceed revenue in {join_names(below)}: no actual is taken"
        if self.months[0] > self.known[0]:
            gap = self.months[0].plus(-1)
            yield f"no row at all for {gap}: customers are compared from {self.months[0]} on"
        if self.has_customers:
            yield f"{plural(len(self.by_customer), 'customer')}"
            gaps = "a customer without revenue in a month has left, and is new when revenue comes again"
            yield (
                gaps if self.goal.measure == "recurring" else "retention compares twelve months with the twelve before"
            )
        else:
            yield "without a column of customers there is no retention"


_RETAINED = ("months", "customers", "kept", "net", "gross", "net_error", "gross_error")


def ratio_and_error(pairs: Sequence[tuple[Fraction, Fraction]]) -> tuple[Fraction, Fraction | None]:
    """Return Σ now / Σ then, and its standard error by how customers differ; None of fewer than two.

    The error is that of a ratio estimator (W. G. Cochran, Sampling Techniques, 1977, 6.4):
    √(n / (n − 1) × Σ (now − ratio × then)²) / Σ then.
    """
    total = sum((was for was, _ in pairs), Fraction(0))
    ratio = sum((now for _, now in pairs), Fraction(0)) / total
    if len(pairs) < 2:  # noqa: PLR2004 - one tells nothing of how they differ
        return ratio, None
    squares = sum(((now - ratio * was) ** 2 for was, now in pairs), Fraction(0)) * len(pairs) / (len(pairs) - 1)
    return ratio, Fraction(sqrt(squares)) / total


def _say_rate(rate: Fraction) -> str:
    return strip_zeros(round_half_up(rate, _DIGITS))


def _without_gap(known: Sequence[Month]) -> tuple[Month, ...]:
    """Return the last months that follow one another."""
    months = list(known[-1:])
    while months and months[0].plus(-1) in known:
        months.insert(0, months[0].plus(-1))
    return tuple(months)
