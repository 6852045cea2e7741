"""`revplan report`: builds documents from everything that the plan contains."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from revplan.analysis.progress import ready_tactics
from revplan.errors import UnknownIdError, UnknownReportError
from revplan.reports import frame, look, overview
from revplan.reports.catalog import NAMES, OF_YEAR, REPORTS, PlanReport, SourcedReport, YearReport
from revplan.reports.headline import headline
from revplan.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from revplan.app.sprint.plan import PlannedSprint
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.planning.explain.claims import Bottleneck
    from revplan.planning.horizon import Horizon
    from revplan.reports.document import Document
    from revplan.reports.frame import Report
    from revplan.reports.guide import SetupFact
    from revplan.store.loaded import Loaded

MOST_READY = 50
"""Largest number of ready tactics for which a site of all reports plans the sprint with more of what is scarce.

Four members took 10 s of a processor with 40 tactics, and a minute with 80: a site is to be written in seconds.
"""


def report(
    loaded: Loaded, context: Context, name: str, on_progress: Callable[[str], None], year: int | None = None
) -> Document:
    """Return a report.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        name: the report's name on the command line.
        on_progress: receives progress messages.
        year: the fiscal year; None for the present year and the following.

    Raises:
        UnknownReportError: there is no report of this name, or the report is not about a year.
        UnknownIdError: the year has no goal.
    """
    return frame.frame(context, _build(_Sources(loaded, context, on_progress), name, year))


def explain_report(
    loaded: Loaded, context: Context, name: str, on_progress: Callable[[str], None], year: int | None = None
) -> Document:
    """Return a report that ends with the sources of its figures. Arguments and errors are those of `report`."""
    return frame.frame_with_workings(context, _build(_Sources(loaded, context, on_progress), name, year))


def all_reports(loaded: Loaded, context: Context, on_progress: Callable[[str], None]) -> Mapping[str, Document]:
    """Return every report by name, in reading order."""
    said, sources = headline(context), _Sources(loaded, context, on_progress, MOST_READY)
    return {name: frame.frame(context, _build(sources, name), said) for name in NAMES}


def first_page(context: Context) -> Document:
    """Return the overview: one screen of tiles, each of which leads to its report."""
    return frame.frame(context, overview.build(context))


def site_title(plan: Plan) -> str:
    """Return what the site of all reports is called."""
    return look.site_title(plan)


def explain_all(loaded: Loaded, context: Context, on_progress: Callable[[str], None]) -> Mapping[str, Document]:
    """Return every report by name, in reading order; each ends with the sources of its figures."""
    said, sources = headline(context), _Sources(loaded, context, on_progress, MOST_READY)
    return {name: frame.frame_with_workings(context, _build(sources, name), said) for name in NAMES}


def _build(sources: _Sources, name: str, year: int | None = None) -> Report:
    return frame.picture_first(_find(sources, name, year))


def _find(sources: _Sources, name: str, year: int | None) -> Report:
    entry = REPORTS.get(name)
    if entry is None:
        hint = did_you_mean(name, NAMES) or f"there are {', '.join(NAMES)}"
        raise UnknownReportError(f'there is no report "{name}"', hint=hint)
    if year is not None:
        return _of_year(sources.context, name, entry, year)
    if isinstance(entry, SourcedReport):
        return entry.build(sources.context, sources)
    if isinstance(entry, PlanReport | YearReport):
        return entry.build(sources.context)
    assert_never(entry)


def _of_year(context: Context, name: str, entry: PlanReport | YearReport | SourcedReport, year: int) -> Report:
    if not isinstance(entry, YearReport):
        raise UnknownReportError(f"{name} is of no year", hint=f"--year goes with {', '.join(OF_YEAR)}")
    goal = context.plan.goals.get(str(year))
    if goal is None:
        known = ", ".join(sorted(context.plan.goals))
        hint = f"there are goals for {known}" if known else "write the year's goal under goals"
        raise UnknownIdError(f"there is no goal for {year}", hint=hint)
    return entry.build(context, goal)


@dataclass(frozen=True, slots=True)
class _Sources:
    """Finds out what some reports need beside the plan; see `revplan.reports.frame.Sources`.

    Attributes:
        loaded: the plan as it was read.
        context: the plan and the day.
        on_progress: receives progress messages.
        most: the largest number of ready tactics for which a sprint is planned; None for any number.
        planned: the sprints that were planned already, by period: two reports of a site ask for the same one.
    """

    loaded: Loaded
    context: Context
    on_progress: Callable[[str], None]
    most: int | None = None
    planned: dict[str, PlannedSprint] = field(default_factory=dict)

    def bottlenecks(self, period_id: str) -> tuple[Bottleneck, ...] | None:
        if self.most is not None and len(ready_tactics(self.context.plan)) > self.most:
            return None
        from revplan.app.sprint import plan  # noqa: PLC0415 - planning, which few reports need and takes a while to import

        worked = plan.work_out(self.loaded, self.context, plan.Request(period_id), self.on_progress)
        self.planned[period_id] = worked
        return plan.bottlenecks_of(worked)

    def next_sprints(self) -> Horizon:
        from revplan.app.sprint import horizon  # noqa: PLC0415 - planning and its rules, which no other report needs

        return horizon.roadmap(self.loaded, self.context, self.on_progress, self.planned)

    def setup(self) -> Sequence[SetupFact]:
        from revplan.app.guide import setup  # noqa: PLC0415 - reads workshops, which no other report needs

        return setup.setup(self.loaded, self.context)
