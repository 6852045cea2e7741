"""`revplan campaign check`: whether the campaigns that launch soon can be launched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.readiness import readiness, ready
from revplan.app.entries import require

if TYPE_CHECKING:
    from revplan.analysis.readiness import Readiness
    from revplan.model.context import Context


def launching_within(context: Context, days: int) -> tuple[Readiness, ...]:
    """Return the campaigns whose launch is so many days ahead at most, or overdue; the next one first."""
    return tuple(own for own in readiness(context) if own.is_ahead and own.days <= days)


def one_campaign(context: Context, campaign: str) -> tuple[Readiness, ...]:
    """Return how ready one campaign is, whenever it is launched.

    Raises:
        UnknownIdError: there is no such campaign.
    """
    return (ready(context, context.plan.campaigns[require(context.plan, "campaign", campaign)]),)
