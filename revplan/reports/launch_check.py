"""`revplan campaign check`: the campaigns that are to be launched, and what each still waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.reports import campaigns
from revplan.reports.document import Document, Line, Section, dim, words

if TYPE_CHECKING:
    from revplan.analysis.campaigns import Readiness
    from revplan.model.context import Context

SCHEMA = "revplan/campaign-check/1"


def layout(context: Context, found: tuple[Readiness, ...]) -> Document:
    """Lay out how ready the campaigns asked about are."""
    none = Section(words("Nothing to check"), (Line(words(dim("No campaign is to be launched by then."))),))
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
    )
