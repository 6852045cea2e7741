"""The rows of a table of revenue, added up by customer and month."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.app.exchange.figures import Converter
from revplan.app.exchange.files import Fault, normalise_header
from revplan.model.base import Month
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.app.exchange.columns import Record, TableReading
    from revplan.model.context import Context

_NO_REVENUE = frozenset(("void", "voided", "draft", "uncollectible", "deleted", "pending", "failed", "notpaid"))


class RevenueRows:
    """The rows added up by customer and month; faults are what is refused."""

    def __init__(self, context: Context, reading: TableReading, factor: int, *, is_level: bool) -> None:
        self.context = context
        self.reading = reading
        self.factor = factor
        self.converter = Converter(context.plan.settings)
        self.faults: list[Fault] = []
        self.left_out = 0
        self.later = 0
        self.is_level = is_level
        self.rows_of: Counter[Month] = Counter()
        self.by_customer: dict[str, dict[Month, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
        for record in reading.records:
            try:
                self._add(record)
            except ValueError as error:
                self.faults.append(Fault(record.number, *error.args))

    def _add(self, record: Record) -> None:
        if record.refused.intersection(("month", "amount")):
            return
        if normalise_header(record.text("state")) in _NO_REVENUE:
            self.left_out += 1
            return
        day, number = record.day("month"), record.number_of("amount")
        if number is None:
            return
        if day is None:
            raise ValueError(self.reading.header("month"), "there is no month")
        currency = number.currency or record.text("currency").upper()
        amount = self.converter.take(self.reading.header("amount"), number.value, currency, day)
        if self.reading.has("customer") and not record.text("customer"):
            raise ValueError(self.reading.header("customer"), "there is no customer")
        month = Month.of(day)
        if month.last > self.context.today:
            self.later += 1
            return
        self.rows_of[month] += 1
        if self.is_level and self.rows_of[month] > 1:
            reason = f"{month} stands in the table twice, and a level of revenue does not add up: keep one row a month"
            raise ValueError(self.reading.header("month"), reason)
        self.by_customer[record.text("customer")][month] += Fraction(amount) * self.factor

    @property
    def notes(self) -> Iterator[str]:
        """What was converted, and what was left out."""
        yield from self.converter.notes()
        if self.left_out:
            yield f"{plural(self.left_out, 'row')} void, draft or not collected, left out"
        if self.later:
            yield f"{plural(self.later, 'row')} of months that are not over, left out"
        if self.reading.has("customer"):
            yield "names of customers are not kept"
        elif added := sum(count > 1 for count in self.rows_of.values()):
            yield f"{plural(added, 'month')} with several rows, which are added up"
