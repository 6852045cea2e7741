"""Every report, by the name the command line knows it by."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from revplan.reports import (
    backlog,
    campaigns,
    capacity,
    company,
    forecast,
    goals,
    guide,
    parking_lot,
    results,
    roadmap,
    scoreboard,
    sprint_board,
    stack,
    strategy,
    team,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.model.context import Context
    from revplan.model.goals import Goal
    from revplan.reports.frame import Report, Sources


class Build(Protocol):
    """Computes a report."""

    def __call__(self, context: Context) -> Report:
        """Return what the report has to say of a plan on a day."""
        ...


class BuildOfYear(Protocol):
    """Computes a report of a goal's year."""

    def __call__(self, context: Context, goal: Goal | None = None) -> Report:
        """Return what the report has to say of the year on a day; without a goal, of the year under way."""
        ...


class BuildFromSources(Protocol):
    """Computes a report of the plan, and of what `app` can find out."""

    def __call__(self, context: Context, sources: Sources, /) -> Report:
        """Return what the report has to say of a plan on a day."""
        ...


class PlanReport(NamedTuple):
    """A report that needs only the plan and the day."""

    build: Build


class YearReport(NamedTuple):
    """A report that needs only the plan and the day, and of which another year than the one under way can be asked."""

    build: BuildOfYear


class SourcedReport(NamedTuple):
    """A report of sprints to be planned, or of other things that are not in the plan."""

    build: BuildFromSources


REPORTS: Mapping[str, PlanReport | YearReport | SourcedReport] = {
    "scoreboard": YearReport(scoreboard.build),
    "goals": YearReport(goals.build),
    "forecast": YearReport(forecast.build),
    "capacity": SourcedReport(capacity.build_from_sources),
    "team": PlanReport(team.build),
    "sprint": PlanReport(sprint_board.build),
    "parking-lot": PlanReport(parking_lot.build),
    "backlog": PlanReport(backlog.build),
    "results": PlanReport(results.build),
    "strategy": PlanReport(strategy.build),
    "campaigns": PlanReport(campaigns.build),
    "stack": PlanReport(stack.build),
    "company": PlanReport(company.build),
    "roadmap": SourcedReport(roadmap.build_from_sources),
    "guide": SourcedReport(guide.build_from_sources),
}
"""Every report, in the order in which they are read."""
NAMES = tuple(REPORTS)
OF_YEAR = tuple(name for name, entry in REPORTS.items() if isinstance(entry, YearReport))
"""Those of which another year than the one under way can be asked."""
