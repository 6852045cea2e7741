"""Money: its scale, its currency, and how it is read and said.

Amounts are exact numbers of whole units (`Decimal` in the plan, `Fraction` where they are computed). The solver and
the forecast count whole cents. The plan has one currency, which says every amount: `settings.currency.say(amount)`.
An amount in another currency is converted when it is read, by the settings' `currencies`, and keeps what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Annotated, Any, NamedTuple, NewType

from pydantic import BeforeValidator, TypeAdapter, ValidationInfo
from pydantic_core import PydanticCustomError

from revplan.model import notation
from revplan.model.base import BUILT_WHEN_USED, YEAR_AND_MONTH, Month, MonthValue, quote, refuse
from revplan.model.notation import Notation, PlanNotation
from revplan.model.numbers import THOUSANDS, check_bounds, half_up, read_number, read_scaled, round_half_up, strip_zeros

Cents = NewType("Cents", int)
"""Hundredths of the currency's unit, whatever the currency calls them."""
CENTS_PER_UNIT = 100
CENT_DIGITS = 2
Rates = Mapping[str, Mapping[Month, Decimal]]
"""By currency and month: what one unit of it is worth in the plan's currency."""


def to_cents(amount: Decimal | Fraction | int) -> Cents:
    """Return an amount in cents, halves up."""
    return Cents(half_up(Fraction(amount) * CENTS_PER_UNIT))


def from_cents(cents: int) -> Fraction:
    """Return cents as an amount of whole units."""
    return Fraction(cents, CENTS_PER_UNIT)


# --- reading -----------------------------------------------------------------------------------------------------


class Converted(Decimal):
    """An amount in the plan's currency that was written in another.

    Attributes:
        original: the amount as it was written, in whole units.
        currency: the code of its currency.
        month: the month whose rate was taken.
        rate: what one unit was worth in the plan's currency.
    """

    original: Decimal
    currency: str
    month: Month
    rate: Decimal

    @classmethod
    def at_rate(cls, original: Decimal, currency: str, month: Month, rate: Decimal) -> Converted:
        """Return an amount at the rate of a month, in whole cents, halves up."""
        amount = cls(round_half_up(Fraction(original) * Fraction(rate), CENT_DIGITS))
        amount.original, amount.currency, amount.month, amount.rate = original, currency, month, rate
        return amount

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep what was written where the amount is copied."""
        return Converted.at_rate, (self.original, self.currency, self.month, self.rate)

    def __deepcopy__(self, _memo: object) -> Converted:
        """Return the amount itself: it never changes."""
        return self

    def __copy__(self) -> Converted:
        """Return the amount itself: it never changes."""
        return self

    @property
    def written(self) -> str:
        """What the plan says, such as `500 EUR`."""
        return f"{strip_zeros(self.original)} {self.currency}"

    def __str__(self) -> str:
        return f"{self:f}"


class _DatedText(str):
    """The text of an amount that belongs to a month."""

    __slots__ = ("month",)
    month: Month


def date_amounts(value: object) -> object:
    """Return a mapping by month or day whose texts know their month, so that amounts take its exchange rate."""
    if not isinstance(value, dict):
        return value
    months = {key: YEAR_AND_MONTH.search(str(key)) for key in value}
    return {
        key: _with_month(body, Month(int(found[1]), int(found[2]))) if (found := months[key]) is not None else body
        for key, body in value.items()
    }


def _with_month(value: object, month: Month) -> object:
    if isinstance(value, dict):
        return {key: _with_month(below, month) for key, below in value.items()}
    if isinstance(value, list):
        return [_with_month(below, month) for below in value]
    if type(value) is not str:
        return value
    dated = _DatedText(value)
    dated.month = month
    return dated


_IN_CURRENCY = re.compile(r"(.*[0-9.\skKmMB])([A-Z]{3})", re.ASCII | re.DOTALL)
_FACTORS = {**THOUSANDS, "m": THOUSANDS["M"]}


def _read_signed(value: object, info: ValidationInfo) -> Decimal:
    foreign = _IN_CURRENCY.fullmatch(value.strip()) if isinstance(value, str) and value.strip()[-1:].isupper() else None
    if foreign is None:
        return _read_number(value)
    amount, currency = _read_number(foreign[1]), foreign[2]
    context = info.context or {}
    rates: Rates | None = context.get("currencies", {})
    if currency == context.get("currency") or rates is None:  # without settings nothing is known of rates
        return amount
    month = getattr(value, "month", None)
    return _convert(amount, currency, rates.get(currency, {}), month)


def _convert(amount: Decimal, currency: str, rates: Mapping[Month, Decimal], month: Month | None) -> Decimal:
    """Return an amount at the last rate by its month; at the last of all where it belongs to no month."""
    known = [each for each in rates if month is None or each <= month]
    if known:
        return Converted.at_rate(amount, currency, max(known), rates[max(known)])
    when = f" by {month}" if month is not None and rates else ""
    message = f"the plan knows no exchange rate of {currency}{when}"
    way = f"`revplan set currencies.{currency}.{month or 'MONTH'} RATE` adds what 1 {currency} is worth"
    raise PydanticCustomError("no_rate", "{message}", {"message": message, "hint": way})


def _read_number(value: object) -> Decimal:
    return read_scaled(value, _FACTORS, "an amount of money", "1200, 1.2k or 3M")


def _read_money(value: object, info: ValidationInfo) -> Decimal:
    return check_bounds(0, None, _read_signed(value, info))


Money = Annotated[Decimal, PlanNotation(_read_money, notation.MONEY)]
"""An amount in the plan's currency, `1200`, `1.2k`, `3M`, or in another of which it knows a rate: `500 EUR`."""
SignedMoney = Annotated[Decimal, PlanNotation(_read_signed, notation.SIGNED_MONEY)]
"""An amount that may be negative where money came back: `-300`."""

MONEY = TypeAdapter(Money, config=BUILT_WHEN_USED)
MonthsOfMoney = Annotated[dict[MonthValue, Money], BeforeValidator(date_amounts)]
"""Amounts by month; one in another currency at the rate of its month."""
MonthsOfSignedMoney = Annotated[dict[MonthValue, SignedMoney], BeforeValidator(date_amounts)]
_MONTHS_OF_MONEY = TypeAdapter(MonthsOfMoney, config=BUILT_WHEN_USED)


def _read_money_by_month(value: object, info: ValidationInfo) -> Decimal | dict[Month, Decimal]:
    adapter = _MONTHS_OF_MONEY if isinstance(value, dict) else MONEY
    return adapter.validate_python(value, context=info.context)


def _read_instalments(value: object, info: ValidationInfo) -> Decimal | dict[Month, Decimal]:
    if value == {}:
        raise refuse("missing", "instalments have a month at least, such as {2027-01: 4000, 2027-02: 4000}")
    return _read_money_by_month(value, info)


_BY_MONTH: notation.Schema = {"anyOf": [notation.MONEY, notation.mapping(notation.MONEY, notation.MONTH["pattern"])]}
MoneyByMonth = Annotated[Decimal | dict[Month, Decimal], PlanNotation(_read_money_by_month, _BY_MONTH)]
"""An amount for every month alike, or an amount by month."""
Instalments = Annotated[
    Decimal | dict[Month, Decimal],
    PlanNotation(_read_instalments, {"anyOf": [notation.MONEY, {**_BY_MONTH["anyOf"][1], "minProperties": 1}]}),
]
"""An amount paid at once, or instalments by month."""

# --- steps -------------------------------------------------------------------------------------------------------


class FromMonth(NamedTuple):
    """A month and all after it, until the next such step: `from 2027-07`."""

    month: Month

    def __str__(self) -> str:
        return f"from {self.month}"


_STEP = re.compile(r"from\s+(\S.*)", re.ASCII | re.IGNORECASE)
_MONTH_AT_END = re.compile(r"\D\s+(\d{4}-\d{2})\s*$", re.ASCII)
MONTH = TypeAdapter(MonthValue, config=BUILT_WHEN_USED)


def _read_month_or_step(value: object) -> Month | FromMonth:
    if isinstance(value, FromMonth):
        return value
    step = _STEP.fullmatch(value.strip()) if isinstance(value, str) else None
    if step is None and isinstance(value, str) and (month_in := _MONTH_AT_END.search(value)) is not None:
        like = month_in[1]
        raise refuse("wrong_type", f"{quote(value)} is no month; write {like}, or from {like} for it and all after")
    month: Month = MONTH.validate_python(step[1] if step is not None else value)
    return FromMonth(month) if step is not None else month


MonthOrStep = Annotated[Month | FromMonth, Notation(_read_month_or_step, notation.MONTH_OR_STEP)]
_STEPS_OF_MONEY = TypeAdapter(dict[MonthOrStep, Money], config=BUILT_WHEN_USED)


def _read_money_in_steps(value: object, info: ValidationInfo) -> Decimal | dict[Month | FromMonth, Decimal]:
    adapter = _STEPS_OF_MONEY if isinstance(value, dict) else MONEY
    return adapter.validate_python(date_amounts(value), context=info.context)


MoneyInSteps = Annotated[
    Decimal | dict[Month | FromMonth, Decimal],
    PlanNotation(
        _read_money_in_steps,
        {"anyOf": [notation.MONEY, notation.mapping(notation.MONEY, notation.MONTH_OR_STEP["pattern"])]},
    ),
]
"""An amount for every month alike, or by month and in steps: `{2027-06: 900, from 2027-07: 1500}`."""


def money_in(amounts: Decimal | Mapping[Month | FromMonth, Decimal], month: Month) -> Decimal | None:
    """Return the amount of a month: its own, else that of the last step by then; None where there is neither."""
    if isinstance(amounts, Decimal):
        return amounts
    steps = [key for key in amounts if isinstance(key, FromMonth) and key.month <= month]
    return amounts.get(month, amounts[max(steps)] if steps else None)


# --- saying ------------------------------------------------------------------------------------------------------

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_BRIEF_UNITS = (
    (999_995_000, 1_000_000_000, "B", 2),
    (999_950, 1_000_000, "M", 2),
    (10_000, 1_000, "K", 1),
)
"""From which amount on, in which unit, with which letter, and with how many decimals an amount is said briefly.

999,950 rounds to a thousand thousands, which is a million; so does 999,995,000 to a billion.
"""


def _in_brief(amount: Decimal | Fraction | int) -> tuple[str, str]:
    """Return an amount's size in the unit that it is said in briefly, and the unit's letter; empty for a small one."""
    exact = abs(Fraction(amount))
    for least, unit, letter, digits in _BRIEF_UNITS:
        if exact >= least:
            return strip_zeros(round_half_up(exact / unit, digits)), letter
    return "", ""


def say_in_other(amount: object) -> str:
    """Return what was written of a converted amount, and at which rate, in brackets; empty for all others."""
    if not isinstance(amount, Converted):
        return ""
    return f" ({amount.written} at {strip_zeros(amount.rate)} of {amount.month})"


class Currency(str):
    """A currency by its ISO 4217 code, such as USD; it says amounts."""

    __slots__ = ()

    @property
    def sign(self) -> str | None:
        """The currency's sign, such as `$`; None where it has no common one."""
        return _SIGNS.get(self)

    def counts(self, unit: str) -> bool:
        """Tell whether a metric's unit is this currency, by its code or its sign."""
        return unit.casefold() in (self.casefold(), self.sign)

    def say(self, amount: Decimal | Fraction | int) -> str:
        """Return an amount in whole units: `$4,150,000`, `1,200 CHF`; less than half a unit in cents: `$0.40`."""
        whole = round_half_up(Fraction(amount), 0)
        if not whole and amount:
            return self._say_less_than_one(amount)
        return self._with_sign(f"{abs(whole):,}", negative=whole < 0)

    def say_in_full(self, amount: Decimal | Fraction | int) -> str:
        """Return an amount, and where it was converted what was written: `$540 (500 EUR at 1.08 of 2026-01)`."""
        return f"{self.say(amount)}{say_in_other(amount)}"

    def say_price(self, amount: Decimal | Fraction | int) -> str:
        """Return what one of something costs, with cents where there are any: `$87.50`, `$90`."""
        cents = to_cents(amount)
        if cents % CENTS_PER_UNIT == 0:
            return self.say(from_cents(cents))
        exact = Decimal(abs(cents)) / CENTS_PER_UNIT
        return self._with_sign(f"{exact:,.{CENT_DIGITS}f}", negative=cents < 0)

    def say_cents(self, cents: int) -> str:
        """Return an amount of cents in whole units."""
        return self.say(from_cents(cents))

    def say_briefly(self, amount: Decimal | Fraction | int) -> str:
        """Return an amount short enough for a sentence: `$1.2B`, `$4.15M`, `$62.5K`, `$940`."""
        number, letter = _in_brief(amount)
        return self._with_sign(number + letter, negative=amount < 0) if letter else self.say(amount)

    def say_alike(self, amounts: Iterable[Decimal | Fraction | int]) -> tuple[str, ...]:
        """Return amounts that stand in a row, said briefly: `$3.34M`, `$3.40M`; those of a unit have as many digits."""
        known = [(amount, *_in_brief(amount)) for amount in amounts]
        digits: dict[str, int] = {}
        for _, number, letter in known:
            digits[letter] = max(digits.get(letter, 0), len(number.partition(".")[2]))
        return tuple(
            self._with_sign(f"{Decimal(number):.{digits[letter]}f}{letter}", negative=amount < 0)
            if letter
            else self.say(amount)
            for amount, number, letter in known
        )

    def _say_less_than_one(self, amount: Decimal | Fraction | int) -> str:
        """Return an amount below one unit in cents, one at least: what is not nothing never reads as nothing."""
        cents = ceil(abs(Fraction(amount)) * CENTS_PER_UNIT)
        return self._with_sign(f"{cents / CENTS_PER_UNIT:.{CENT_DIGITS}f}", negative=amount < 0)

    def say_change(self, amount: Decimal | Fraction | int) -> str:
        """Return a difference with its sign: `+$850K`."""
        return f"{'+' if amount >= 0 else ''}{self.say_briefly(amount)}"

    def _with_sign(self, number: str, *, negative: bool) -> str:
        text = f"{self.sign}{number}" if self.sign is not None else f"{number} {self}"
        return f"−{text}" if negative else text


def _read_currency(value: object) -> Currency:
    if not isinstance(value, str) or not re.fullmatch("[A-Z]{3}", value):
        raise refuse("wrong_type", "a currency is written as its three-letter ISO 4217 code, such as USD")
    return Currency(value)


CurrencyValue = Annotated[Currency, Notation(_read_currency, {"type": "string", "pattern": "^[A-Z]{3}$"})]
"""A currency's code, such as `USD`."""


def _read_rate(value: object) -> Decimal:
    rate = read_number(value, "an exchange rate", "1.08")
    if rate <= 0:
        raise refuse("out_of_range", "an exchange rate is more than 0")
    return rate


ExchangeRate = Annotated[Decimal, Notation(_read_rate, {**notation.number(0), **notation.EXCHANGE_RATE})]
"""What one unit of a currency is worth in the plan's: `1.08`."""
