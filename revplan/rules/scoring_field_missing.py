"""A tactic lacks a field that the plan's scoring method needs.

What: the plan ranks by ICE, RICE, PIE or WSJF, and ready tactics do not have all the fields the method is made of.
Why: they are scored by impact and effort instead, so the ranking compares two kinds of score.

Bad:
    # file: revplan.yaml
    revplan: {format: 1, company: Test, currency: USD, scoring: {method: rice}}
    # file: plan.yaml
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {write: {skill: writing, hours: 8}}

Good:
    # file: revplan.yaml
    revplan: {format: 1, company: Test, currency: USD, scoring: {method: rice}}
    # file: plan.yaml
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        reach: 400
        tasks: {write: {skill: writing, hours: 8}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.progress import competing
from revplan.analysis.scoring import NEEDS, missing_fields
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import list_some, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP413"
SLUG = "scoring-field-missing"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield one finding if tactics lack fields of the scoring method, at the first of these tactics."""
    method = context.plan.settings.scoring.method
    tactics = competing(context.plan)
    lacking = [(tactic.id, fields) for tactic in tactics if (fields := missing_fields(method, tactic))]
    if lacking:
        first, fields = lacking[0]
        count = f"{len(lacking)} of {plural(len(tactics), 'ready tactic')}"
        message = f"{method} needs {list_some(NEEDS[method])}, so it cannot score {count}"
        hint = "until they have it, they are ranked by impact and effort"
        yield Finding(CODE, Ref("tactic", first, (fields[0],)), message, hint)
