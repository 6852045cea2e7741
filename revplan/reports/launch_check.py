"""`revplan campaign check`: the campaigns that are to be launched, and what each still waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.readiness import readiness
from revplan.reports import campaigns
from revplan.reports.document import Document, Line, Section, dim, words
from revplan.reports.look import look
from revplan.wording import plural

if TYPE_CHECKING:
    from revplan.analysis.readiness import Readiness
    from revplan.model.context import Context

SCHEMA = "revplan/campaign-check/1"


def layout(context: Context, found: tuple[Readiness, ...], within: int) -> Document:
    """Lay out how ready the campaigns asked about are.

    Args:
        context: the plan and the day.
        found: the campaigns.
        within: the days that were looked ahead, where none was named.
    """
    none = Section(words("Nothing to check"), (Line(words(dim(_why_none(context, within)))),))
    return Document(
        title=f"{context.plan.settings.company} · launches",
        lead=(),
        sections=tuple(campaigns.readiness_section(context, own) for own in found) or (none,),
        data={
            "schema": SCHEMA,
            "today": context.today.isoformat(),
            "ready": all(own.is_ready for own in found),
            "campaigns": [campaigns.data(context.plan, own) for own in found],
        },
        look=look(context.plan),
    )


def _why_none(context: Context, within: int) -> str:
    """Say why there is nothing to check, and which command goes on from there."""
    ahead = [own for own in readiness(context) if own.is_ahead]
    if not ahead:
        return "No campaign waits for its launch. `revplan workshop campaign` leads to the next."
    first = min(ahead, key=lambda own: (own.days, own.campaign.id))
    days = plural(within, "day")
    return (
        f"No campaign is to be launched in the next {days}; the next is {first.campaign.id}, in "
        f"{plural(first.days, 'day')}: `revplan campaign check {first.campaign.id}` looks at it today."
    )
