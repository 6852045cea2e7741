"""`revplan report`: one report of the plan, as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import did_you_mean
from revplan.errors import UnknownReportError
from revplan.reports import frame
from revplan.reports.catalog import REPORTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.model.context import Context
    from revplan.reports.document import Document
    from revplan.reports.frame import Report


def report(context: Context, name: str) -> Document:
    """Return a report.

    Raises:
        UnknownReportError: there is no report of this name.
    """
    return frame.framed(context, _built(context, name))


def explained_report(context: Context, name: str) -> Document:
    """Return a report that ends with where its figures come from.

    Raises:
        UnknownReportError: there is no report of this name.
    """
    return frame.explained(context, _built(context, name))


def all_reports(context: Context) -> Mapping[str, Document]:
    """Return every report by its name, in the order in which they are read."""
    return {name: frame.framed(context, build(context)) for name, build in REPORTS.items()}


def all_explained(context: Context) -> Mapping[str, Document]:
    """Return every report by its name, each ending with where its figures come from."""
    return {name: frame.explained(context, build(context)) for name, build in REPORTS.items()}


def _built(context: Context, name: str) -> Report:
    if name not in REPORTS:
        hint = did_you_mean(name, REPORTS) or f"there are {', '.join(REPORTS)}"
        raise UnknownReportError(f'there is no report "{name}"', hint=hint)
    return REPORTS[name](context)
