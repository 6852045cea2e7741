"""A competitor claims the same as one of your differentiators.

What: a differentiator shares 60% or more of its words with one of the `claims` or `strengths` of a competitor. Words
of fewer than four letters do not count, numbers do.
Why: what the other says too sets nobody apart; it is a feature, and the cheaper one wins.

Bad:
    strategy:
      competitors:
        gearwise: {name: Gearwise, claims: [Up and running the same day]}
      differentiators:
        same-day: {claim: Running on the same day, proof: 19 plants}

Good:
    strategy:
      competitors:
        gearwise: {name: Gearwise, claims: [Up and running the same day]}
      differentiators:
        audit-pack: {claim: One button gathers the evidence an auditor asks for, proof: Used in 112 audits}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.strategy import shared_claims
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP503"
SLUG = "shared-differentiator"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each differentiator that a competitor claims as well."""
    strategy = context.plan.strategy
    for (name, competitor), claim in shared_claims(context.plan).items():
        message = f'{strategy.competitors[competitor].name} says the same as the differentiator "{name}": "{claim}"'
        hint = "say what only you can prove, or call it a feature"
        yield Finding(CODE, Ref("differentiator", name, ("claim",)), message, hint)
