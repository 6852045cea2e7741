"""A campaign does not have exactly one target.

What: a campaign's `target` names no persona and no segment, or both.
Why: a message for everybody is heard by nobody. One target makes it possible to choose the words, the channels and
the offer; others can be reached by variants, or by a campaign of their own.

Bad:
    strategy:
      big_story: {narrative: Audits changed., pillars: {ready: {claim: Ready on any day, proof: 31 plants}}}
    campaigns:
      any-tuesday:
        {title: Any Tuesday, message: Be ready on any Tuesday., pillar: ready, start: 2027-01-05, end: 2027-02-26}

Good:
    strategy:
      segments: {plants: {name: Plants}}
      big_story: {narrative: Audits changed., pillars: {ready: {claim: Ready on any day, proof: 31 plants}}}
    campaigns:
      any-tuesday:
        {title: Any Tuesday, message: Be ready on any Tuesday., pillar: ready, start: 2027-01-05, end: 2027-02-26,
         target: {segment: plants}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.campaigns import Target
    from revplan.model.context import Context

CODE = "RP601"
SLUG = "campaign-target-count"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each campaign without a target, or with both a persona and a segment."""
    for campaign in context.plan.campaigns.values():
        count = _count(campaign.target)
        if count != 1:
            many = "two targets, a persona and a segment" if count else "no target"
            hint = "choose one: `target: {persona: …}` or `target: {segment: …}`"
            yield Finding(CODE, Ref("campaign", campaign.id, ("target",)), f"{campaign.id} has {many}", hint)


def _count(target: Target | None) -> int:
    return 0 if target is None else (target.persona is not None) + (target.segment is not None)
