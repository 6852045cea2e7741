"""`revplan stack plan`: the tactics that would bring the tools the rest of the way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.rollouts import proposals
from revplan.reports.document import Document, Line, Section, good, words
from revplan.reports.stack import proposal_data, proposal_section

if TYPE_CHECKING:
    from revplan.model.plan import Plan

SCHEMA = "revplan/stack-plan/1"


def layout(plan: Plan) -> Document:
    """Lay out what is proposed."""
    found = proposals(plan)
    nothing = Section(words("Nothing is missing"), (Line(words(good("Every stage is done, or in the backlog."))),))
    return Document(
        title=f"{plan.settings.company} · rollouts",
        lead=(),
        sections=(proposal_section(plan, found) if found else nothing,),
        data={"schema": SCHEMA, "proposals": [proposal_data(own) for own in found]},
    )
