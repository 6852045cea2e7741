"""What was measured beside what a goal assumes: told by the goals and company reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.levers import judge
from revplan.analysis.measured import deal_sizes, measured_rates, with_measured
from revplan.analysis.periods import say_year
from revplan.analysis.pipeline import last_counted
from revplan.reports.document import Align, Column, Line, Section, Table, dim, strong, warn, words
from revplan.wording import as_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.analysis.levers import Judgement
    from revplan.analysis.measured import MeasuredRate
    from revplan.model.context import Context
    from revplan.model.goals import DealCounts, Goal, OpenDeals
    from revplan.reports.document import Block, Words

_HOW = (
    "The true value lies in the interval in 95 of 100 cases: Wilson's for shares, Student's for means, Byar's for"
    " what an opportunity costs."
)


def name_rate(rate: MeasuredRate) -> str:
    """Return a rate's name as it heads a line."""
    return rate.label[0].upper() + rate.label[1:]


def say_measured(rate: MeasuredRate) -> str:
    """Return what was measured: `17.1% of 152 decided opportunities, 11.9% to 23.9%`."""
    return f"{rate.say(rate.value)} of {rate.of:,} {rate.noun}, {rate.say_interval()}"


def say_beside(rate: MeasuredRate) -> str:
    """Return what is planned and what was measured: `20% planned; 17.1% of 152 decided opportunities, …`."""
    planned = f"{rate.say(rate.planned)} planned; " if rate.planned is not None else "measured "
    off = " – the plan lies outside" if rate.is_off else ""
    return f"{planned}{say_measured(rate)}{off}"


def measured_section(context: Context, goal: Goal) -> Iterator[Section]:
    """Yield what was measured of a goal's assumptions, and what the year looks like with it; nothing where nothing was.

    Where the goal has nothing measured, but counts its sources or due quarters, those are told alone.
    """
    rates = measured_rates(context, goal)
    blocks: list[Block] = []
    if rates:
        blocks += [_table(rates), Line(words(*_outlook(context, goal))), Line(words(dim(_HOW)))]
    blocks += [*_due(context, goal), *_sources(context, goal)]
    if blocks:
        off = sum(rate.is_off for rate in rates)
        count = f", {wording.plural(off, 'assumption')} outside it" if off else ""
        year = say_year(context.plan.settings, goal.id)
        yield Section(words(f"{year}: what was measured", warn(count) if off else ""), tuple(blocks))


def _table(rates: tuple[MeasuredRate, ...]) -> Table:
    columns = (
        Column("Assumption", share=1),
        Column("Planned", Align.RIGHT),
        Column("Measured", Align.RIGHT),
        Column("Interval"),
        Column("Of", share=1),
    )
    return Table(columns, tuple(_row(rate) for rate in rates))


def _row(rate: MeasuredRate) -> tuple[Words, ...]:
    planned = rate.say(rate.planned) if rate.planned is not None else dim(wording.MISSING)
    return (
        words(name_rate(rate)),
        words(warn(planned) if rate.is_off and isinstance(planned, str) else planned),
        words(rate.say(rate.value)),
        words(rate.say_interval()),
        words(f"{rate.of:,} {rate.noun}"),
    )


def _outlook(context: Context, goal: Goal) -> Iterator[Any]:
    """Yield what the year looks like with what was measured, and as planned."""
    planned, found = judge(context, goal), judge(context, with_measured(context, goal))
    yield strong("With what was measured: ")
    yield f"{_figures(found)}; as planned: {_figures(planned)}."


def _figures(found: Judgement) -> str:
    outlook = found.outlook
    return (
        f"funding {wording.rate(outlook.funding)}, attainment {wording.rate(outlook.attainment)},"
        f" odds {wording.rate(found.odds, 0)}"
    )


def _due(context: Context, goal: Goal) -> Iterator[Line]:
    """Yield by which quarters the open pipeline that was counted last is expected to close."""
    counted = last_counted(context, goal)
    own = context.plan.goals.get(counted.ref[0]) if counted is not None else None
    if counted is None or own is None or not isinstance(own.pipeline, dict):
        return
    found: OpenDeals | None = own.pipeline.get(counted.day)
    if found is None or not found.due:
        return
    currency = context.plan.settings.currency
    parts = [
        f"{quarter} {due.count}" + (f" ({currency.say_briefly(due.amount)})" if due.amount is not None else "")
        for quarter, due in sorted(found.due.items())
    ]
    yield Line(words(f"Open on {wording.long_date(counted.day)}, by expected close: {', '.join(parts)}."))


def _sources(context: Context, goal: Goal) -> Iterator[Table]:
    counts = goal.history.sources if goal.history is not None else {}
    if counts:
        yield deal_table(context, "Source", [(name, own) for name, own in sorted(counts.items())])
    known = context.plan.strategy.segments
    found = goal.history.segments if goal.history is not None else {}
    if found:
        named = [(known[name].name if name in known else name, own) for name, own in sorted(found.items())]
        yield deal_table(context, "Segment", named)


def deal_table(context: Context, name: str, rows: Sequence[tuple[str, DealCounts]]) -> Table:
    """Return a table of what came of opportunities, most won first."""
    columns = (
        Column(name, share=2),
        Column("Created", Align.RIGHT),
        Column("Won", Align.RIGHT),
        Column("Lost", Align.RIGHT),
        Column("Won of decided", Align.RIGHT),
        Column("Won, a year", Align.RIGHT),
        Column("Open", Align.RIGHT),
        Column("Open, a year", Align.RIGHT),
    )
    ordered = sorted(rows, key=lambda row: (-(row[1].won_amount or 0), row[0]))
    return Table(columns, tuple(_deal_row(context, label, own) for label, own in ordered))


def _deal_row(context: Context, label: str, own: DealCounts) -> tuple[Words, ...]:
    say = context.plan.settings.currency.say
    decided = (own.won or 0) + (own.lost or 0)
    figures = (
        wording.count(own.created),
        wording.count(own.won),
        wording.count(own.lost),
        wording.percent(own.won or 0, decided) if decided else wording.MISSING,
        wording.say_or_missing(own.won_amount, say),
        wording.count(own.open),
        wording.say_or_missing(own.open_amount, say),
    )
    return (words(label), *map(words, figures))


def deal_data(own: DealCounts) -> dict[str, int | float | None]:
    """Return what came of opportunities as plain data; amounts in the plan's currency."""
    counts = {"created": own.created, "won": own.won, "lost": own.lost, "open": own.open}
    return {**counts, "won_amount": as_number(own.won_amount), "open_amount": as_number(own.open_amount)}


def measured_data(context: Context, goal: Goal) -> dict[str, Any]:
    """Return the same as plain data."""
    rates = measured_rates(context, goal)
    found = judge(context, with_measured(context, goal)) if rates else None
    return {
        "rates": [
            {
                "rate": rate.name,
                "planned": as_number(rate.planned),
                "measured": as_number(rate.value),
                "low": as_number(rate.low),
                "high": as_number(rate.high),
                "of": rate.of,
                "counts": rate.noun,
                "outside": rate.is_off,
            }
            for rate in rates
        ],
        "deals_won_known": len(deal_sizes(context, goal)),
        "sources": [
            {"source": name, **deal_data(own)}
            for name, own in sorted((goal.history.sources if goal.history is not None else {}).items())
        ],
        "segments": [
            {"segment": name, **deal_data(own)}
            for name, own in sorted((goal.history.segments if goal.history is not None else {}).items())
        ],
        "funding": as_number(found.outlook.funding) if found is not None else None,
        "attainment": as_number(found.outlook.attainment) if found is not None else None,
        "odds": as_number(found.odds) if found is not None else None,
    }
