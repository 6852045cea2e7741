"""The backlog uses no more than two impact values.

What: there are five or more ready tactics, and all of them share one or two values of `impact`. Values that are all 8
or more are told as RP422.
Why: a scale from 1 to 10 that is used as yes and no cannot tell good from better.

Bad:
    tactics:
      a: {title: A, function: sales, impact: 8, tasks: {do: {skill: calls, hours: 8}}}
      b: {title: B, function: sales, impact: 5, tasks: {do: {skill: calls, hours: 8}}}
      c: {title: C, function: sales, impact: 5, tasks: {do: {skill: calls, hours: 8}}}
      d: {title: D, function: sales, impact: 8, tasks: {do: {skill: calls, hours: 8}}}
      e: {title: E, function: sales, impact: 5, tasks: {do: {skill: calls, hours: 8}}}

Good:
    tactics:
      a: {title: A, function: sales, impact: 8, tasks: {do: {skill: calls, hours: 8}}}
      b: {title: B, function: sales, impact: 5, tasks: {do: {skill: calls, hours: 8}}}
      c: {title: C, function: sales, impact: 4, tasks: {do: {skill: calls, hours: 8}}}
      d: {title: D, function: sales, impact: 7, tasks: {do: {skill: calls, hours: 8}}}
      e: {title: E, function: sales, impact: 3, tasks: {do: {skill: calls, hours: 8}}}
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

CODE = "RP423"
SLUG = "two-impact-values"
SEVERITY = Severity.ADVICE
TOO_FEW = 2


def check(context: Context) -> Iterator[Finding]:
    """Yield one finding if all tactics share one or two impact values, at the first tactic's impact."""
    tactics = ready_tactics(context.plan)
    values = sorted({tactic.impact for tactic in tactics})
    if len(tactics) >= ENOUGH_TO_COMPARE and len(values) <= TOO_FEW and not is_inflated(tactics):
        message = f"all {plural(len(tactics), 'ready tactic')} have an impact of {' or '.join(map(str, values))}"
        hint = "rank them by what they would move, and spread the numbers along that rank"
        yield Finding(CODE, Ref("tactic", tactics[0].id, ("impact",)), message, hint)
