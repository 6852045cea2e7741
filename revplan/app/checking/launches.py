"""`revplan campaign check`: tell which campaigns are ready for launch, and what the others lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.readiness import readiness, ready
from revplan.app.editing.entries import require_read
from revplan.reports import launch_check

if TYPE_CHECKING:
    from revplan.analysis.readiness import Readiness
    from revplan.model.context import Context
    from revplan.reports.document import Document


def launches_within(context: Context, days: int) -> tuple[Readiness, ...]:
    """Return the readiness of campaigns whose launch is at most `days` days ahead or overdue, earliest launch first."""
    return tuple(own for own in readiness(context) if own.is_ahead and own.days <= days)


def campaign_readiness(context: Context, campaign: str) -> tuple[Readiness, ...]:
    """Return the readiness of one campaign, whatever its launch day.

    Raises:
        UnknownIdError: there is no such campaign, or it cannot be read.
    """
    return (ready(context, context.plan.campaigns[require_read(context.plan, "campaign", campaign)]),)


def readiness_page(context: Context, found: tuple[Readiness, ...], within: int) -> Document:
    """Return the readiness of campaigns as a document; `within` is how many days were looked ahead."""
    return launch_check.layout(context, found, within)
