"""`revplan report`: one report of the plan, or every one, as documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import did_you_mean
from revplan.errors import RevplanError, UnknownIdError, UnknownReportError
from revplan.reports import frame, roadmap
from revplan.reports.catalog import BY_YEAR, NAMES, REPORTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from revplan.model.context import Context
    from revplan.reports.document import Document
    from revplan.reports.frame import Report
    from revplan.store.loaded import Loaded


def report(
    loaded: Loaded, context: Context, name: str, tell: Callable[[str], None], year: int | None = None
) -> Document:
    """Return a report.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        name: what the command line calls it.
        tell: is told what is going on where that takes a while.
        year: the fiscal year it is of; the one under way and what follows where none is given.

    Raises:
        UnknownReportError: there is no report of this name, or it is of no year.
        UnknownIdError: the year has no goal.
    """
    return frame.frame(context, _build(loaded, context, name, tell, year))


def explain_report(
    loaded: Loaded, context: Context, name: str, tell: Callable[[str], None], year: int | None = None
) -> Document:
    """Return a report that ends with where its figures come from; its arguments and errors are those of `report`."""
    return frame.frame_with_workings(context, _build(loaded, context, name, tell, year))


def all_reports(loaded: Loaded, context: Context, tell: Callable[[str], None]) -> Mapping[str, Document]:
    """Return every report by its name, in the order in which they are read."""
    return {name: report(loaded, context, name, tell) for name in NAMES}


def explain_all(loaded: Loaded, context: Context, tell: Callable[[str], None]) -> Mapping[str, Document]:
    """Return every report by its name, each ending with where its figures come from."""
    return {name: explain_report(loaded, context, name, tell) for name in NAMES}


def _build(loaded: Loaded, context: Context, name: str, tell: Callable[[str], None], year: int | None = None) -> Report:
    if name not in NAMES:
        hint = did_you_mean(name, NAMES) or f"there are {', '.join(NAMES)}"
        raise UnknownReportError(f'there is no report "{name}"', hint=hint)
    if year is not None:
        return _of_year(context, name, year)
    return REPORTS[name](context) if name in REPORTS else _roadmap(loaded, context, tell)


def _of_year(context: Context, name: str, year: int) -> Report:
    if name not in BY_YEAR:
        raise UnknownReportError(f"{name} is of no year", hint=f"--year goes with {', '.join(BY_YEAR)}")
    goal = context.plan.goals.get(str(year))
    if goal is None:
        known = ", ".join(sorted(context.plan.goals))
        hint = f"there are goals for {known}" if known else "write the year's goal under goals"
        raise UnknownIdError(f"there is no goal for {year}", hint=hint)
    return BY_YEAR[name](context, goal)


def _roadmap(loaded: Loaded, context: Context, tell: Callable[[str], None]) -> Report:
    from revplan.app import horizon  # noqa: PLC0415 - planning and its rules, which no other report needs

    try:
        found = horizon.roadmap(loaded, context, tell)
    except RevplanError as error:
        return roadmap.unplanned_roadmap(str(error))
    return roadmap.build(context, found)
