"""Sentences on the figures that reports start from: the open pipeline, the odds, and the figures that are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan import wording
from revplan.analysis.actuals import missing_months
from revplan.model.base import Month
from revplan.model.numbers import MINUTES_PER_HOUR
from revplan.reports.document import bad, good, strong, warn, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from revplan.analysis.pipeline import Pipeline
    from revplan.model.context import Context
    from revplan.reports.document import Run, Words

LITTLE = 0.2
"""Odds below this are shown as bad."""
_NEEDS = {
    "close_lag": "how long it takes to close (close_lag, adding up to 100%)",
    "open_opportunities": "how many opportunities are open (open_opportunities, or a pipeline as counted)",
    "cost_per_opportunity": "cost_per_opportunity and a budget for programs, or a history.created",
}


def odds(chance: Fraction, *, has_actual: bool) -> Run | str:
    """Return odds in a tone; without any actual they are never good, because they tell the plan alone."""
    from revplan.analysis.funnel import EVEN_ODDS  # noqa: PLC0415 - see `headline`

    text = wording.rate(chance, 0)
    if chance >= EVEN_ODDS:
        return good(text) if has_actual else text
    return warn(text) if chance >= LITTLE else bad(text)


def open_pipeline(found: Pipeline) -> str:
    """Return how many opportunities are open, as of when, and where the count comes from."""
    counted = found.counted
    count = wording.count(found.opportunities)
    noun = "opportunity" if found.opportunities == 1 else "opportunities"
    how = "counted on" if counted.is_measured else "the year's start,"
    day = wording.long_date(counted.day)
    if not counted.is_dated:
        return f"{count} {noun} by the ACV, as the goal's pipeline has it without a date"
    if not found.created:
        return f"{count} {noun}, {how} {day}" if counted.is_measured else f"{count} {noun} at {how} {day}"
    added = f"{wording.count(sum(found.created.values()))} created since, less what the lag decides"
    first = wording.count(counted.opportunities)
    return f"{count} {noun} at the start of {wording.month(found.at)}: {first} on {day}, {added}"


def requests(context: Context) -> Iterator[Words]:
    """Yield a line for each goal of whose months some are over and not known, with the command that gives the first."""
    asked: dict[str, list[Month]] = {}
    for goal, month in missing_months(context):
        asked.setdefault(goal.id, []).append(month)
    for year, months in asked.items():
        verb = "is over and has" if len(months) == 1 else "are over and have"
        named = wording.join_names([wording.month(month) for month in months])
        command = f"`revplan goal edit {year} --set actual.{months[0]}=AMOUNT`"
        yield words(strong(named), warn(f" {verb} no revenue yet"), f": {command}.")


def needs(keys: Sequence[str]) -> str:
    """Return what has to be added to a goal, in words, from the keys that are lacking."""
    told = [_NEEDS[key] for key in keys if key in _NEEDS]
    created, actual = _months(keys, "history.created."), _months(keys, "actual.")
    if created:
        told.append(f"history.created of {created}, or a pipeline counted since")
    if actual:
        told.append(f"the actual of {actual}")
    return wording.join_names(told)


def _months(keys: Sequence[str], prefix: str) -> str:
    names = (key.removeprefix(prefix) for key in keys if key.startswith(prefix))
    return wording.join_names([wording.month(Month(*map(int, name.split("-")))) for name in names])


def effect(hours: float, percent: float, title: str) -> str:
    """Return the work and the effect of the only tactic that both are known of."""
    size = round(abs(percent))
    apart = f"{size}% {'better' if percent > 0 else 'worse'} than" if size else "the same as"
    worked = wording.hours(round(hours * MINUTES_PER_HOUR))
    return f"{title}: {worked} h worked, {apart} the trend before. Two and more are drawn."
