"""Figures that a source gives the plan: what becomes of each, told from what the source said last.

A figure has a place in the plan. It is new, moves there, moved here, or differs, as with everything that is imported.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.funnel import goals_ahead
from revplan.analysis.measured import measured_rates
from revplan.app.exchange.memory import BOTH_MOVED, Unknown, decide
from revplan.app.exchange.plan_notation import preview_value
from revplan.errors import InputError
from revplan.model.base import Month, Part, keys_by_name
from revplan.model.change import Change
from revplan.model.money import Converted
from revplan.model.numbers import round_half_up, strip_zeros
from revplan.reports.import_preview import Difference, PreviewEntry
from revplan.reports.measured import name_rate, say_beside
from revplan.store.edit.plan import edit
from revplan.store.load import read_over

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from revplan.app.exchange.memory import Import, Memory, Prefer
    from revplan.model.base import Ref
    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.settings import Settings
    from revplan.reports.import_preview import How
    from revplan.store.loaded import Loaded


class Converter:
    """Takes the amounts of a table into the plan's currency, and notes at which rates."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.taken: dict[tuple[str, Month], Decimal] = {}

    def take(self, header: str, amount: Decimal, currency: str, day: date) -> Decimal:
        """Return an amount in the plan's currency, at the last rate by the month of its day.

        Raises:
            ValueError: the plan knows no such rate; with the header and the reason.
        """
        own, month = self.settings.currency, Month.of(day)
        if not currency or currency == own:
            return amount
        found = self.settings.rate_by(currency, month)
        if found is None:
            way = f"`revplan set currencies.{currency}.{month} RATE` gives its rate"
            raise ValueError(header, f"is in {currency}, and the plan counts {own}; {way}")
        self.taken[currency, found[0]] = found[1]
        return Converted.at_rate(amount, currency, *found)

    def notes(self) -> Iterator[str]:
        """Yield the rates that were taken."""
        for (currency, month), rate in sorted(self.taken.items()):
            yield f"{currency} is taken at {strip_zeros(rate)} {self.settings.currency}, the rate of {month}"


CENTS = 2
LEAST_OF_LAST = Fraction(9, 10)
"""The part of the last table's rows under which a table is taken for a part only."""


class Figure(NamedTuple):
    """A figure that a source gives.

    Attributes:
        ref: its place in the plan.
        theirs: what the source says; None where it says that there is none.
        ours: what the plan says.
        title: what people call the entry that it belongs to.
        beside: what other sources gave of it, which comes on top of what this one says.
        grows: whether it can only grow from one export to the next of the same source, so that less is not taken
            without being asked for: an export may hold a part only.
        doubt: why it is not taken without being asked for; empty where nothing speaks against it.
    """

    ref: Ref
    theirs: Data
    ours: Data
    title: str = ""
    grows: bool = False
    beside: Decimal = Decimal(0)
    doubt: str = ""

    @property
    def key(self) -> str:
        """The entry's key in the memory."""
        return f"{self.ref.kind}/{self.ref.id}"

    @property
    def own(self) -> Data:
        """What the plan says of it but for what other sources gave."""
        if not self.beside or not isinstance(self.ours, str):
            return self.ours
        rest = Decimal(self.ours) - self.beside
        return say_amount(rest) if rest else None

    @property
    def whole(self) -> Data:
        """What the plan is to say: what this source says, and what others gave."""
        if not self.beside or not isinstance(self.theirs, str):
            return self.theirs
        return say_amount(Decimal(self.theirs) + self.beside)

    @property
    def name(self) -> str:
        """The field's name in the memory and the preview."""
        return ".".join(map(str, self.ref.keys))


def with_measured_rates(found: Import, loaded: Loaded, context: Context) -> Import:
    """Return an import whose preview says what would be measured with it, beside what this year's goals assume."""
    after = replace(context, plan=read_over(loaded, edit(loaded, found.changes).overlay).plan)
    says: dict[str, list[str]] = {}
    for goal in goals_ahead(after):
        for rate in measured_rates(after, goal):
            says.setdefault(f"{name_rate(rate)}: {say_beside(rate)}", []).append(goal.id)
    lines = tuple(f"{', '.join(years)} · {text}" for text, years in says.items())
    return replace(found, preview=replace(found.preview, says=lines))


_LESS = "there is less than last time, so the table may be a part only: --theirs takes it"
_OWN = "the plan has figures of its own: --theirs or --ours decides"


@dataclass(slots=True)
class _Group:
    """Figures of one entry that are told together."""

    title: str
    taken: list[Difference] = field(default_factory=list)
    differing: list[Difference] = field(default_factory=list)
    kept: list[Difference] = field(default_factory=list)
    hint: str = ""

    def entries(self, label: str, source: str) -> Iterator[PreviewEntry]:
        how: How = "new" if all(each.old is None for each in self.taken) else "changed"
        if self.taken:
            yield PreviewEntry(how, label, self.title, source, tuple(self.taken))
        if self.differing:
            yield PreviewEntry("differing", label, self.title, source, (), 0, self.hint, tuple(self.differing))
        if self.kept or (not self.taken and not self.differing):
            yield PreviewEntry("same", label, self.title, source, kept=tuple(self.kept))


def settle_figures(
    figures: Iterable[Figure], source: str, memory: Memory, prefer: Prefer | None
) -> tuple[tuple[PreviewEntry, ...], tuple[Change, ...]]:
    """Return what becomes of figures, and the changes; the memory gets what the source says now.

    Args:
        figures: the figures.
        source: what they are remembered under, such as `deals`.
        memory: what the source said last.
        prefer: which side is taken where both moved.
    """
    groups: dict[str, _Group] = {}
    changes = []
    for figure in figures:
        group = groups.setdefault(_label(figure), _Group(figure.title))
        key = f"{source}:{figure.key}"
        last = memory.last(key, figure.name)
        verdict = decide(last, figure.own, figure.theirs, prefer)
        hint = _OWN if isinstance(last, Unknown) else BOTH_MOVED
        if verdict == "take" and figure.grows and prefer is None and _is_less(figure.theirs, last, figure.own):
            verdict = "differ"
            hint = _LESS
        if verdict == "take" and figure.doubt:
            verdict, hint = "differ", figure.doubt
        said = None if isinstance(last, Unknown) else preview_value(last)
        difference = Difference(_short_name(figure), preview_value(figure.ours), preview_value(figure.whole), said)
        if verdict == "differ":
            group.differing.append(difference)
            group.hint = hint
            continue
        if verdict == "keep" and said is not None:
            group.kept.append(difference)
        if verdict == "take":
            group.taken.append(difference)
            changes.append(Change(figure.ref, figure.whole))
        memory.remember(key, figure.name, figure.theirs)
    entries = tuple(entry for label, group in groups.items() for entry in group.entries(label, source))
    return entries, tuple(changes)


def refuse_part(memory: Memory, source: str, count: int, noun: str, prefer: Prefer | None) -> None:
    """Refuse a table that holds clearly less than the last one: a filtered export would lower every figure.

    Raises:
        InputError: it does, and the user does not ask for it with --theirs.
    """
    key = f"{source}:table"
    last = memory.last(key, noun)
    if prefer != "theirs" and isinstance(last, str) and count < int(last) * LEAST_OF_LAST:
        hint = f"export all {noun}, without a filter; or add --theirs, if there are fewer now"
        raise InputError(f"this table has {count:,} {noun}, and the last one had {int(last):,}", hint=hint)
    memory.remember(key, noun, str(count))


def stale_names(memory: Memory, source: str, key: str, prefix: str, given: Iterable[str]) -> tuple[str, ...]:
    """Return fields of an entry that a source gave last time, under a prefix, and gives no longer."""
    kept = frozenset(given)
    own = f"{source}:{key}"
    names = (name for (at, name), value in memory.said.items() if at == own and value is not None)
    return tuple(sorted(name for name in names if name.startswith(prefix) and name not in kept))


def _is_less(theirs: Data, last: Data | Unknown, ours: Data) -> bool:
    before = ours if isinstance(last, Unknown) else last
    if before is None:
        return False
    return theirs is None or (isinstance(theirs, str) and isinstance(before, str) and Decimal(theirs) < Decimal(before))


def _label(figure: Figure) -> str:
    """Return what an entry and the field in it are called; parted by spaces, where a line may break."""
    keys = figure.ref.keys
    return " ".join(map(str, (figure.ref.id, *(keys[:-1] if len(keys) > 1 else keys)))).strip()


def _short_name(figure: Figure) -> str:
    return str(figure.ref.keys[-1])


# --- notation ------------------------------------------------------------------------------------------------------


def say_amount(amount: Fraction | Decimal | int) -> str:
    """Return an amount of money as the plan writes it, to the cent."""
    return strip_zeros(round_half_up(Fraction(amount), CENTS))


def say_plain(value: object) -> Data:
    """Return a value of the plan's model in the notation that imports write, to compare the two."""
    if value is None:
        return None
    if isinstance(value, Part):
        said = {key: say_plain(getattr(value, name)) for name, key in keys_by_name(type(value)).items()}
        return {name: each for name, each in said.items() if each not in (None, {}, [])}
    if isinstance(value, dict):
        return {str(key): say_plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return [say_plain(each) for each in value]
    return strip_zeros(value) if isinstance(value, Decimal) else str(value)


def month_figures(
    ref: Ref, ours: object, theirs: Mapping[str, Data], title: str = "", *, grows: bool = False
) -> Sequence[Figure]:
    """Return figures by month under one field; one figure for all of them where the plan has one number instead."""
    said = say_plain(ours)
    if said is not None and not isinstance(said, dict):
        return [Figure(ref, dict(theirs), said, title)]
    return [
        Figure(ref.at(month), value, (said or {}).get(month), title, grows) for month, value in sorted(theirs.items())
    ]
