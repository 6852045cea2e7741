"""Every report, by the name the command line knows it by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

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
    from revplan.reports.frame import Report


class Build(Protocol):
    """Computes a report."""

    def __call__(self, context: Context) -> Report:
        """Return what the report has to say of a plan on a day."""
        ...


class BuildOfYear(Protocol):
    """Computes a report of a goal's year."""

    def __call__(self, context: Context, goal: Goal) -> Report:
        """Return what the report has to say of the year on a day."""
        ...


REPORTS: Mapping[str, Build] = {
    "scoreboard": scoreboard.build,
    "goals": goals.build,
    "forecast": forecast.build,
    "capacity": capacity.build,
    "team": team.build,
    "sprint": sprint_board.build,
    "parking-lot": parking_lot.build,
    "backlog": backlog.build,
    "results": results.build,
    "strategy": strategy.build,
    "campaigns": campaigns.build,
    "stack": stack.build,
    "company": company.build,
}
"""Those that need nothing but the plan and the day, in the order in which they are read."""

BY_YEAR: Mapping[str, BuildOfYear] = {
    "scoreboard": scoreboard.build,
    "goals": goals.build,
    "forecast": forecast.build,
}
"""Those of which another year than the one under way can be asked."""

NAMES = (*REPORTS, roadmap.NAME, guide.NAME)
"""Every report; the roadmap is built from sprints that are planned for it, the guide from what `init` writes too."""
