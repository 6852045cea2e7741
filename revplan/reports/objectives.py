"""Objectives by what measures them, as agendas show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan import phrases
from revplan.analysis.scorecard import scorecard
from revplan.reports import names
from revplan.reports.document import Align, Column, dim, warn, words
from revplan.reports.scoreboard import state

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.analysis.scorecard import ScorecardEntry
    from revplan.model.context import Context
    from revplan.model.strategy import Objective
    from revplan.reports.document import Words

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
        return words(warn("nothing")), words(dim(phrases.MISSING)), words(phrases.measure(objective.target, 2)), words()
    now = phrases.measure(found.reading.value, 2) if found.reading is not None else dim(phrases.MISSING)
    aim = objective.target if objective.target is not None else found.target
    return words(names.metric(found.metric)), words(now), words(phrases.measure(aim, 2)), words(state(found))


def owner(context: Context, objective: Objective) -> Words:
    """Return who owns an objective."""
    return words(names.member(context.plan, objective.owner) if objective.owner is not None else warn("nobody"))
