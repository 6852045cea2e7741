"""Some tactics have a value of their own, others do not.

What: of the ready tactics, some give `value` and some leave it to impact × confidence × the objective's weight.
Recurring tactics do not compete and are not counted.
Why: the sprint is filled by value. Two scales in one list compare dollars with points, and the larger numbers win.

Bad:
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        value: 12000
        tasks: {write: {skill: writing, hours: 8}}
      fair:
        title: Stand at the fair
        function: marketing
        impact: 5
        tasks: {prepare: {skill: events, hours: 8}}

Good:
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        value: 12000
        tasks: {write: {skill: writing, hours: 8}}
      fair:
        title: Stand at the fair
        function: marketing
        impact: 5
        value: 3000
        tasks: {prepare: {skill: events, hours: 8}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.progress import competing
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import plural, verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP411"
SLUG = "values-on-some-only"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield one finding if some ready tactics give `value` and others do not, at the first of the smaller group."""
    tactics = competing(context.plan)
    valued = [tactic for tactic in tactics if tactic.value is not None]
    others = [tactic for tactic in tactics if tactic.value is None]
    if valued and others:
        odd = min(others, valued, key=len)[0]
        have = verb(len(valued), "has", "have")
        message = f"{len(valued)} of {plural(len(tactics), 'ready tactic')} {have} a value of their own"
        hint = "give all of them a value on the same scale, or none"
        yield Finding(CODE, Ref("tactic", odd.id, ("value",)), message, hint)
