"""`revplan report`: one report of the plan, or every one, as documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import did_you_mean
from revplan.errors import RevplanError, UnknownReportError
from revplan.reports import frame, roadmap
from revplan.reports.catalog import NAMES, REPORTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from revplan.model.context import Context
    from revplan.reports.document import Document
    from revplan.reports.frame import Report
    from revplan.store.loaded import Loaded


def report(loaded: Loaded, context: Context, name: str, tell: Callable[[str], None]) -> Document:
    """Return a report.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        name: what the command line calls it.
        tell: is told what is going on where that takes a while.

    Raises:
        UnknownReportError: there is no report of this name.
    """
    return frame.framed(context, _built(loaded, context, name, tell))


def explained_report(loaded: Loaded, context: Context, name: str, tell: Callable[[str], None]) -> Document:
    """Return a report that ends with where its figures come from; its arguments and errors are those of `report`."""
    return frame.explained(context, _built(loaded, context, name, tell))


def all_reports(loaded: Loaded, context: Context, tell: Callable[[str], None]) -> Mapping[str, Document]:
    """Return every report by its name, in the order in which they are read."""
    return {name: report(loaded, context, name, tell) for name in NAMES}


def all_explained(loaded: Loaded, context: Context, tell: Callable[[str], None]) -> Mapping[str, Document]:
    """Return every report by its name, each ending with where its figures come from."""
    return {name: explained_report(loaded, context, name, tell) for name in NAMES}


def _built(loaded: Loaded, context: Context, name: str, tell: Callable[[str], None]) -> Report:
    if name not in NAMES:
        hint = did_you_mean(name, NAMES) or f"there are {', '.join(NAMES)}"
        raise UnknownReportError(f'there is no report "{name}"', hint=hint)
    return REPORTS[name](context) if name in REPORTS else _roadmap(loaded, context, tell)


def _roadmap(loaded: Loaded, context: Context, tell: Callable[[str], None]) -> Report:
    from revplan.app import horizon  # noqa: PLC0415 - planning and its rules, which no other report needs

    try:
        found = horizon.roadmap(loaded, context, tell)
    except RevplanError as error:
        return roadmap.unplanned(str(error))
    return roadmap.build(context, found)
