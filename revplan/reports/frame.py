"""What every report has in common.

The revenue line at its head, the day it is of, and where its figures come from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from revplan import wording
from revplan.analysis.amounts import rates_taken
from revplan.analysis.revenue import gap
from revplan.model.context import Context
from revplan.model.numbers import strip_zeros
from revplan.reports import headline
from revplan.reports.document import Document, Empty, Items, Section, dim, is_drawing, strong, warn, words
from revplan.reports.look import look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from revplan.analysis.periods import Period
    from revplan.model.base import Month
    from revplan.model.plan import Plan
    from revplan.planning.explain.claims import Bottleneck
    from revplan.planning.horizon import Horizon
    from revplan.reports.document import Block, Words
    from revplan.reports.guide import SetupFact
    from revplan.reports.headline import Headline


def lines(plan: Plan, period: Period, today: date) -> Iterator[Words]:
    """Yield the line, where the month in which the sprint ends has a target."""
    found = gap(Context(plan, today), period)
    if found is None:
        return
    currency = plan.settings.currency
    since = f"{wording.month_name(found.since)} " if found.since is not None else "at the year's start "
    target = f"{wording.month_name(found.month)}'s target {currency.say_briefly(found.target)}"
    missing = f"gap {currency.say_briefly(found.missing)}" if found.missing > 0 else "no gap"
    yield words(f"Revenue: {since}{currency.say_briefly(found.actual)}; {target}; ", strong(missing), ".")


class Working(NamedTuple):
    """Where a figure comes from.

    Attributes:
        figure: what it is called.
        how: the formula with the numbers in it, each with its unit.
    """

    figure: str
    how: str


class Sources(Protocol):
    """What some reports need beside the plan: `app` finds it out when a report asks."""

    def bottlenecks(self, period_id: str) -> tuple[Bottleneck, ...] | None:
        """Plan the sprint of a period, and return what a little more of each scarce resource would add to it.

        Return None where so much competes for it that planning would hold up a report that was not asked for by name.

        Raises:
            RevplanError: the sprint cannot be planned.
        """
        ...

    def next_sprints(self) -> Horizon:
        """Plan the next sprints, one after another.

        Raises:
            RevplanError: they cannot be planned.
        """
        ...

    def setup(self) -> Sequence[SetupFact]:
        """Return how far the system is set up, in the order in which it is best mended."""
        ...


@dataclass(frozen=True, slots=True)
class Report:
    """What a report has to say.

    Attributes:
        name: what the command line calls it.
        title: what it is called.
        sections: what it says.
        workings: where its figures come from.
        data: the figures as plain data; money in the plan's currency, hours and rates as decimals.
    """

    name: str
    title: str
    sections: tuple[Section, ...]
    workings: tuple[Working, ...]
    data: Mapping[str, Any]


def picture_first(report: Report) -> Report:
    """Return a report with its first drawing at the head of it: people look before they read.

    Where nothing is drawn, what stands in the place of a drawing heads it.
    """
    found = _place_of(report, is_drawing) or _place_of(report, lambda block: isinstance(block, Empty))
    if found is None:
        return report
    place, first = found
    section, blocks = report.sections[place], report.sections[place].blocks
    lead = replace(section, blocks=(blocks[first], *blocks[:first], *blocks[first + 1 :]))
    return replace(report, sections=(lead, *report.sections[:place], *report.sections[place + 1 :]))


def _place_of(report: Report, is_wanted: Callable[[Block], bool]) -> tuple[int, int] | None:
    """Return the section and the place in it of the first block that is wanted; None where there is none."""
    places = (
        (number, at)
        for number, section in enumerate(report.sections)
        for at, block in enumerate(section.blocks)
        if is_wanted(block)
    )
    return next(places, None)


def frame(context: Context, report: Report, said: Headline | None = None) -> Document:
    """Return a report as a document.

    Args:
        context: the plan and the day.
        report: what it has to say.
        said: the figures that head it, where they are known from another report of the same plan and day.
    """
    return _document(context, report, report.sections, said or headline.headline(context))


def frame_with_workings(context: Context, report: Report, said: Headline | None = None) -> Document:
    """Return a report as a document that ends with where its figures come from; its arguments are those of `frame`."""
    said = said or headline.headline(context)
    workings = (*headline.workings(said), *((each.figure, each.how) for each in report.workings))
    items = Items(tuple(words(strong(figure), f": {how}") for figure, how in workings))
    sections = (*report.sections, Section(words("Where the figures come from"), (items,)))
    return _document(context, report, sections, said)


def _document(context: Context, report: Report, sections: tuple[Section, ...], said: Headline | None) -> Document:
    return Document(
        title=f"{context.plan.settings.company} · {report.title}",
        lead=(headline.line(said, context), *_broken_parts(context), _as_of(context)),
        sections=sections,
        look=look(context.plan),
        data={
            "schema": f"revplan/report-{report.name}/2",
            "today": context.today.isoformat(),
            "today_pinned": context.pinned,
            "currency": context.plan.settings.currency,
            "revenue": headline.data(said),
            **report.data,
        },
    )


def _broken_parts(context: Context) -> Iterator[Words]:
    if context.plan.broken or context.plan.unread:
        yield words(warn("Parts of the plan cannot be read and are missing here; `revplan validate` names them."))


def _as_of(context: Context) -> Words:
    pinned = ", the day the plan pins" if context.pinned else ""
    amounts = f"Amounts in {context.plan.settings.currency}{say_rates(context.plan)}."
    return words(dim(f"As of {wording.long_date(context.today)}{pinned}. {amounts}"))


def say_rates(plan: Plan) -> str:
    """Say at which rates amounts in other currencies were taken: `; those in EUR at 1.08 of 2026-01`; else nothing."""
    said = [f"{currency} at {_say_rates_of(rates)}" for currency, rates in rates_taken(plan).items()]
    return f"; those in {wording.join_names(said)}" if said else ""


def _say_rates_of(rates: Mapping[Month, Decimal]) -> str:
    (first, *_), last = rates, max(rates)
    own = f"{strip_zeros(rates[first])} of {first}"
    return own if first == last else f"{own} to {strip_zeros(rates[last])} of {last}, month by month"
