"""Nobody has held a persona against real people for over a year.

What: the `evidence.reviewed` of a persona is more than 365 days old.
Why: people change jobs, tools and worries. An old persona describes the market that was.

Bad:
    strategy:
      segments: {plants: {name: Plants}}
    personas:
      cfo:
        {name: CFO, segment: plants, buying_role: economic-buyer, goals: [Margin], pains: [Downtime], channels: [email],
         evidence: {interviews: 7, reviewed: 2025-06-01}}

Good:
    strategy:
      segments: {plants: {name: Plants}}
    personas:
      cfo:
        {name: CFO, segment: plants, buying_role: economic-buyer, goals: [Margin], pains: [Downtime], channels: [email],
         evidence: {interviews: 7, reviewed: 2026-06-01}}
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP511"
SLUG = "old-persona-evidence"
SEVERITY = Severity.ADVICE
LASTS = timedelta(days=365)


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each persona whose evidence is old."""
    for persona in context.plan.personas.values():
        reviewed = persona.evidence.reviewed if persona.evidence is not None else None
        if reviewed is not None and context.today - reviewed > LASTS:
            days = (context.today - reviewed).days
            message = f"the evidence for {persona.id} was last reviewed {plural(days, 'day')} ago, on {reviewed}"
            hint = "talk to three of them, correct what has changed, and set the date"
            yield Finding(CODE, Ref("persona", persona.id, ("evidence", "reviewed")), message, hint)
