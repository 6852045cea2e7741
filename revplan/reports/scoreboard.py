"""`revplan report scoreboard`: revenue by month, and the metrics that lead to it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.actuals import missing_months
from revplan.analysis.periods import say_quarter
from revplan.analysis.revenue import standing, standing_in
from revplan.analysis.scorecard import AMBER_FROM, AMBER_WITHIN, INTERVALS, STALE_AFTER, progress, scorecard
from revplan.analysis.targets import coverage
from revplan.nouns import how_to_make
from revplan.reports import names, revenue_pictures, standing_words
from revplan.reports.document import (
    Align,
    Column,
    Items,
    Line,
    Outline,
    Section,
    Spark,
    Table,
    bad,
    dim,
    empty,
    good,
    show_amount,
    warn,
    words,
)
from revplan.reports.frame import Report, Working
from revplan.wording import as_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from revplan.analysis.revenue import MonthRevenue, Standing
    from revplan.analysis.scorecard import ScorecardEntry, Trend
    from revplan.analysis.targets import Coverage
    from revplan.model.context import Context
    from revplan.model.goals import Goal
    from revplan.model.money import Currency
    from revplan.model.strategy import Objective
    from revplan.reports.document import Run, Words

BARS = "▁▂▃▄▅▆▇█"
NO_READING = "·"
NO_METRICS = f"No metrics yet: five to fifteen, each with an owner and a target; {how_to_make('metric')}."
COLORS = {"green": good, "amber": warn, "red": bad}


def build(context: Context, goal: Goal | None = None) -> Report:
    """Return the scoreboard, of a goal's year or of the one under way."""
    found = standing_in(context, goal) if goal is not None else standing(context)
    covered = coverage(context, found.goal) if found is not None else None
    entries = scorecard(context.plan, context.today)
    return Report(
        name="scoreboard",
        title="scoreboard",
        sections=(*_revenue_sections(context, found, covered), _metrics(context, entries), *_tree(entries)),
        workings=tuple(_workings(context, covered, entries)),
        data={
            "year": found.goal.id if found is not None else None,
            "months": [_month_data(entry) for entry in found.months] if found is not None else [],
            "missing_months": [str(month) for _, month in missing_months(context)],
            "metrics": [_metric_data(entry) for entry in entries],
        },
    )


# --- revenue -----------------------------------------------------------------------------------------------------


def _revenue_sections(context: Context, found: Standing | None, covered: Coverage | None) -> Iterator[Section]:
    if found is None:
        return
    columns: tuple[Column, ...] = (
        Column("Month", share=1),
        Column("Target", Align.RIGHT),
        Column("Actual", Align.RIGHT),
        Column("Of target", Align.RIGHT),
        Column("Growth", Align.RIGHT),
    )
    has_before = any(entry.year_before is not None for entry in found.months)
    if has_before:
        columns = (*columns, Column("Year before", Align.RIGHT), Column("On it", Align.RIGHT))
    currency = context.plan.settings.currency
    rows = tuple((*_month_row(entry, currency), *_before(entry, currency, has_before)) for entry in found.months)
    kind = "recurring, at each month's end" if found.goal.measure == "recurring" else "of each month"
    yield Section(
        words(f"Revenue in {found.goal.id}, {kind}"),
        (
            *revenue_pictures.draw_revenue(context, found),
            Table(columns, rows),
            *_requests(context, found),
            *_coverage(context, covered),
        ),
    )


def _month_row(entry: MonthRevenue, currency: Currency) -> tuple[Words, ...]:
    attained = wording.rate(entry.attainment)
    is_met = entry.attainment is not None and entry.attainment >= 1
    return (
        words(wording.month(entry.month)),
        show_amount(entry.target, currency.say),
        show_amount(entry.actual, currency.say),
        words(dim(attained) if entry.attainment is None else good(attained) if is_met else warn(attained)),
        words(wording.signed_rate(entry.growth)),
    )


def _before(entry: MonthRevenue, currency: Currency, is_told: bool) -> tuple[Words, ...]:
    """Return the cells on the same month a year earlier, where the table has them."""
    if not is_told:
        return ()
    return show_amount(entry.year_before, currency.say), words(wording.signed_rate(entry.year_growth))


def _requests(context: Context, found: Standing) -> Iterator[Line]:
    """Yield the months of this year and the last that are over and whose revenue is missing."""
    if found.this_month in [entry.month for entry in found.months]:
        yield from map(Line, standing_words.requests(context))


def _coverage(context: Context, covered: Coverage | None) -> Iterator[Line]:
    if covered is not None:
        currency = context.plan.settings.currency
        quarter = say_quarter(context.plan.settings, covered.quarter)
        times = f"{wording.count(covered.ratio)} times what is missing"
        yield Line(
            words(
                f"Pipeline decided in {quarter}: {currency.say_briefly(covered.due)}, ",
                good(times) if covered.ratio >= covered.needed else warn(times),
                f" ({currency.say_briefly(covered.remaining)}); by the close rate"
                f" {wording.count(covered.needed)} times are needed.",
                f" Open: {standing_words.open_pipeline(covered.open)}.",
            )
        )


# --- metrics -----------------------------------------------------------------------------------------------------


def _metrics(context: Context, entries: tuple[ScorecardEntry, ...]) -> Section:
    title = words("Metrics")
    if not entries:
        return Section(title, (empty(Outline.COLUMNS, NO_METRICS),))
    columns = (
        Column("Metric", share=3),
        Column("Now", Align.RIGHT),
        Column("Target", Align.RIGHT),
        Column("State"),
        Column(f"Last {INTERVALS}"),
        Column("Age", Align.RIGHT),
        Column("Owner", share=1),
        Column("Pace", Align.RIGHT, roomy=True),
    )
    rows = tuple(_metric_row(context, entry) for entry in entries)
    return Section(title, (Table(columns, rows), Line(words(dim(_thresholds(entries))))))


def _thresholds(entries: tuple[ScorecardEntry, ...]) -> str:
    more = ""
    if any(entry.metric.keep is not None for entry in entries):
        more += " A range is met within its ends, and missed by the nearer one."
    if any(entry.progress is not None for entry in entries):
        more += f" A per cent is the way from the baseline; from {wording.rate(AMBER_FROM, 0)} on it is amber."
    return (
        f"Green: on target. Amber: less than {wording.rate(AMBER_WITHIN)} of it away. Red: further."
        f" Old: no reading for {STALE_AFTER['weekly']} days, or {STALE_AFTER['monthly']} where it is monthly."
        f" Trends are of {INTERVALS} weeks, or months; {NO_READING} where nobody took a reading.{more}"
    )


def reading_cells(entry: ScorecardEntry) -> tuple[Words, ...]:
    """Return the cells of a metric: its name, the last reading, the target, its state and its trend."""
    return (
        words(names.metric(entry.metric)),
        words(wording.reading(entry.reading.value) if entry.reading is not None else dim(wording.MISSING)),
        words(aim(entry)),
        words(state(entry)),
        words(trend(entry)),
    )


def _metric_row(context: Context, entry: ScorecardEntry) -> tuple[Words, ...]:
    metric = entry.metric
    return (
        *reading_cells(entry),
        words(f"{entry.age} d" if entry.age is not None else dim(wording.MISSING)),
        words(names.member(context.plan, metric.owner)),
        words(pace(entry)),
    )


def _tree(entries: tuple[ScorecardEntry, ...]) -> Iterator[Section]:
    if any(entry.depth for entry in entries):
        items = tuple(words(f"{entry.metric.name}: ", state(entry)) for entry in entries)
        depths = tuple(entry.depth for entry in entries)
        picture = revenue_pictures.draw_tree(entries, Items(items, depths), state)
        yield Section(words("What drives what, up to revenue"), (picture,))


def state(entry: ScorecardEntry) -> Run:
    """Return a metric's state in a word; of one on its way from a baseline, with the part that it has come."""
    return _state(entry, entry.progress)


def _state(entry: ScorecardEntry, way: Fraction | None) -> Run:
    if entry.reading is None:
        return dim("no reading")
    if entry.is_stale:
        return warn("old")
    if entry.color is None:
        return dim("no target")
    is_told = way is not None and entry.color != "green"
    return COLORS[entry.color](f"{entry.color}, {wording.rate(way, 0)}" if is_told else entry.color)


def aim(entry: ScorecardEntry) -> str:
    """Return what a metric is to be: its target, or the range to stay within; `–` where it has none this month."""
    if entry.metric.keep is not None:
        return " to ".join(map(wording.reading, entry.metric.keep))
    return wording.reading(entry.target)


def pace(entry: ScorecardEntry) -> str:
    """Return a metric's change by interval: `+0.4 a week`."""
    by = entry.trend.pace
    if by is None:
        return wording.MISSING
    if not by:
        return "steady"
    return f"{'+' if by > 0 else ''}{wording.reading(by)} a {entry.metric.cadence.removesuffix('ly')}"


def trend(entry: ScorecardEntry) -> Spark:
    """Return a metric's trend, small enough to stand in a line."""
    values = tuple(None if value is None else float(value) for value in entry.trend.values)
    known = [wording.reading(value) for value in entry.trend.values if value is not None]
    spoken = f"from {known[0]} to {known[-1]} in {INTERVALS}" if known else "no readings"
    target = float(entry.target) if entry.target is not None else None
    if target is not None and known:
        spoken += f", to be {wording.reading(entry.target)}"
    return Spark(sparkline(entry.trend), values=values, spoken=spoken, target=target)


def sparkline(trend: Trend) -> str:
    """Return a trend as a row of bars from its lowest to its highest value; a dot where there is no reading."""
    known = [value for value in trend.values if value is not None]
    low, high = (min(known), max(known)) if known else (Decimal(0), Decimal(0))
    return "".join(NO_READING if value is None else BARS[_height(value, low, high)] for value in trend.values)


def _height(value: Decimal, low: Decimal, high: Decimal) -> int:
    return int((value - low) / (high - low) * (len(BARS) - 1)) if high > low else len(BARS) // 2


# --- where it comes from, and plain data -------------------------------------------------------------------------


def _workings(context: Context, covered: Coverage | None, entries: tuple[ScorecardEntry, ...]) -> Iterator[Working]:
    if covered is not None:
        currency = context.plan.settings.currency
        due, remaining = (currency.say(amount) for amount in (covered.due, covered.remaining))
        how = f"{due} of pipeline decided in {covered.quarter} / {remaining} missing; needed 1 / close rate"
        yield Working("Coverage", how)
    for entry in entries:
        if entry.reading is not None:
            value = wording.say_metric(entry.reading.value, entry.metric.unit, context.plan.settings.currency)
            read = f"{value} on {entry.reading.day}"
            how = f"{read}; {_aim_working(entry)}; {pace(entry)}, from the first to the last of {INTERVALS}"
            yield Working(entry.metric.name, how)


def _aim_working(entry: ScorecardEntry) -> str:
    metric = entry.metric
    said = [f"{metric.ratio.of} / {metric.ratio.to}"] if metric.ratio is not None else []
    if metric.keep is not None:
        said.append(f"to stay within {aim(entry)}")
    else:
        said.append(f"target {aim(entry)}, better {metric.direction}")
    if entry.progress is not None and entry.reading is not None and metric.baseline is not None:
        now, base, target = (wording.reading(each) for each in (entry.reading.value, metric.baseline, entry.target))
        said.append(f"({now} − {base}) / ({target} − {base}) = {wording.rate(entry.progress, 0)} of the way")
    return "; ".join(said)


def _month_data(entry: MonthRevenue) -> dict[str, Any]:
    return {
        "month": str(entry.month),
        "target": as_number(entry.target),
        "actual": as_number(entry.actual),
        "attainment": as_number(entry.attainment),
        "growth": as_number(entry.growth),
        "year_before": as_number(entry.year_before),
        "year_growth": as_number(entry.year_growth),
    }


def _metric_data(entry: ScorecardEntry) -> dict[str, Any]:
    reading = entry.reading
    return {
        "metric": entry.metric.id,
        "name": entry.metric.name,
        "unit": entry.metric.unit,
        "owner": entry.metric.owner,
        "drives": entry.metric.drives,
        "depth": entry.depth,
        "reading": as_number(reading.value) if reading is not None else None,
        "read_on": reading.day.isoformat() if reading is not None else None,
        "age_days": entry.age,
        "old": entry.is_stale,
        "target": as_number(entry.target),
        "keep": [as_number(each) for each in entry.metric.keep] if entry.metric.keep is not None else None,
        "baseline": as_number(entry.metric.baseline),
        "progress": as_number(entry.progress),
        "ratio": {"of": entry.metric.ratio.of, "to": entry.metric.ratio.to} if entry.metric.ratio is not None else None,
        "color": entry.color,
        "trend": [as_number(value) for value in entry.trend.values],
        "pace": as_number(entry.trend.pace),
        "pace_per": entry.metric.cadence.removesuffix("ly"),
    }


MEASURED = (
    Column("Measured by", share=2),
    Column("Now", Align.RIGHT),
    Column("To be", Align.RIGHT),
    Column("State"),
)
"""The columns of what `measure_cells` returns."""


def entries(context: Context) -> Mapping[str, ScorecardEntry]:
    """Return the scorecard by metric."""
    return {entry.metric.id: entry for entry in scorecard(context.plan, context.today)}


def measure_cells(objective: Objective, by_metric: Mapping[str, ScorecardEntry]) -> tuple[Words, ...]:
    """Return what measures an objective, what that is now and is to be, and its state."""
    found = by_metric.get(objective.metric) if objective.metric is not None else None
    if found is None:
        return words(warn("nothing")), words(dim(wording.MISSING)), words(wording.reading(objective.target)), words()
    now = wording.reading(found.reading.value) if found.reading is not None else dim(wording.MISSING)
    wanted, way = aim(found), found.progress
    if objective.target is not None and found.metric.keep is None:
        wanted = wording.measure(objective.target, 2)
        way = progress(found.metric, found.reading, objective.target)
    return words(names.metric(found.metric)), words(now), words(wanted), words(_state(found, way))


def owner(context: Context, objective: Objective) -> Words:
    """Return who owns an objective."""
    return words(names.member(context.plan, objective.owner) if objective.owner is not None else warn("nobody"))
