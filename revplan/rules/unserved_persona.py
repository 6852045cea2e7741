"""Nothing in the plan is for a persona.

What: no open tactic names the persona, and no campaign that has not ended targets it, its segment, or has a variant
for it. A plan without tactics and campaigns is not told so.
Why: either the persona does not matter, or the work that would reach it is missing.

Bad:
    strategy:
      segments: {plants: {name: Plants}}
    personas:
      cfo: {name: CFO, segment: plants, buying_role: user, goals: [Margin], pains: [Downtime], channels: [email]}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {write: {skill: writing, hours: 8}}

Good:
    strategy:
      segments: {plants: {name: Plants}}
    personas:
      cfo: {name: CFO, segment: plants, buying_role: user, goals: [Margin], pains: [Downtime], channels: [email]}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        personas: [cfo]
        tasks: {write: {skill: writing, hours: 8}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.campaigns import personas_served, running_campaigns
from revplan.analysis.progress import open_tactics
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP501"
SLUG = "unserved-persona"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each persona that no campaign or tactic serves."""
    plan = context.plan
    if not plan.is_whole("tactic", "campaign") or not (plan.tactics or plan.campaigns):
        return
    served = {persona for tactic in open_tactics(plan) for persona in tactic.personas}
    served |= {persona for campaign in running_campaigns(plan) for persona in personas_served(plan, campaign)}
    for name in plan.personas:
        if name not in served:
            hint = "name it in the `personas` of a tactic or in a campaign, or take it out of the plan"
            yield Finding(CODE, Ref("persona", name), f"no tactic and no campaign is for {name}", hint, on_key=True)
