"""How estimates turned out, skill by skill: what the next plan is to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import phrases
from revplan.reports.document import Items, Line, Section, dim, strong, words
from revplan.reports.plain import hours, number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from revplan.analysis.calibration import Calibration
    from revplan.reports.document import Words

_TITLE = words("Estimates by skill")


def section(calibrations: Sequence[Calibration]) -> Section:
    """Return how estimates turned out."""
    return Section(_TITLE, (Items(tuple(_line(own) for own in calibrations)),))


def section_as_used(calibrations: Sequence[Calibration]) -> Section:
    """Return how estimates turned out, with what the plan makes of new ones."""
    items = Items(tuple((*_line(own), *words(f": new work × {_factor(own)}")) for own in calibrations))
    return Section(_TITLE, (items, Line(words(dim("The hours of this plan are by this record.")))))


def data(calibrations: Sequence[Calibration]) -> list[dict[str, Any]]:
    """Return how estimates turned out as plain data."""
    return [
        {
            "skill": own.skill,
            "tasks": own.tasks,
            "estimated": hours(own.estimated),
            "actual": hours(own.actual),
            "factor": number(own.factor),
        }
        for own in calibrations
    ]


def _line(own: Calibration) -> Words:
    took = f"{phrases.hours(own.estimated)} h took {phrases.hours(own.actual)} h"
    return words(
        strong(own.skill), f" runs {_deviation(own.ratio)}", dim(f" ({phrases.plural(own.tasks, 'task')} done, {took})")
    )


def _factor(own: Calibration) -> str:
    return phrases.strip_zeros(phrases.round_half_up(own.factor, 2))


def _deviation(ratio: Fraction) -> str:
    percent = phrases.round_half_up(abs(ratio - 1) * 100, 0)
    if not percent:
        return "as estimated"
    return f"{percent}% {'over' if ratio > 1 else 'under'}"
