"""A pillar or a differentiator has no proof.

What: a pillar of the Big Story, or a differentiator, has no `proof`.
Why: a claim that nobody can check is read as advertising, and the first sales call that is asked for proof has none.

Bad:
    strategy:
      big_story:
        narrative: Auditors come unannounced now.
        pillars:
          audit-ready: {claim: Any record is on the screen in under a minute}

Good:
    strategy:
      big_story:
        narrative: Auditors come unannounced now.
        pillars:
          audit-ready: {claim: Any record is on the screen in under a minute, proof: Timed at 31 plants}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context
    from revplan.model.strategy import Differentiator, Pillar, Strategy

CODE = "RP502"
SLUG = "claim-without-proof"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each claim without proof."""
    for kind, name, claim in _claims(context.plan.strategy):
        if claim.proof is None:
            hint = "add a number, a customer or a test: `proof: …`"
            yield Finding(CODE, Ref(kind, name, ("proof",)), f'the {kind} "{name}" has no proof', hint)


def _claims(strategy: Strategy) -> Iterator[tuple[str, str, Pillar | Differentiator]]:
    if strategy.big_story is not None:
        for name, pillar in strategy.big_story.pillars.items():
            yield "pillar", name, pillar
    for name, differentiator in strategy.differentiators.items():
        yield "differentiator", name, differentiator
