"""Every tactic has an impact of 8 or more.

What: there are five or more ready tactics, and none of them has an impact under 8.
Why: where everything is important, impact says nothing, and the sprint is chosen by hours alone.

Bad:
    tactics:
      a: {title: A, function: sales, impact: 9, tasks: {do: {skill: calls, hours: 8}}}
      b: {title: B, function: sales, impact: 8, tasks: {do: {skill: calls, hours: 8}}}
      c: {title: C, function: sales, impact: 10, tasks: {do: {skill: calls, hours: 8}}}
      d: {title: D, function: sales, impact: 9, tasks: {do: {skill: calls, hours: 8}}}
      e: {title: E, function: sales, impact: 9, tasks: {do: {skill: calls, hours: 8}}}

Good:
    tactics:
      a: {title: A, function: sales, impact: 7, tasks: {do: {skill: calls, hours: 8}}}
      b: {title: B, function: sales, impact: 4, tasks: {do: {skill: calls, hours: 8}}}
      c: {title: C, function: sales, impact: 9, tasks: {do: {skill: calls, hours: 8}}}
      d: {title: D, function: sales, impact: 6, tasks: {do: {skill: calls, hours: 8}}}
      e: {title: E, function: sales, impact: 5, tasks: {do: {skill: calls, hours: 8}}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.progress import ENOUGH_TO_COMPARE, is_inflated, ready_tactics
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP422"
SLUG = "impact-inflation"
SEVERITY = Severity.ADVICE


def check(context: Context) -> Iterator[Finding]:
    """Yield one finding if every tactic has a great impact, at the first tactic's impact."""
    tactics = ready_tactics(context.plan)
    if len(tactics) >= ENOUGH_TO_COMPARE and is_inflated(tactics):
        least = min(tactic.impact for tactic in tactics)
        message = f"all {plural(len(tactics), 'ready tactic')} have an impact of {least} or more"
        hint = "compare them in pairs, and give the lesser ones what they are worth beside the best"
        yield Finding(CODE, Ref("tactic", tactics[0].id, ("impact",)), message, hint)
