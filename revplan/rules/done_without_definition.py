"""A tactic counts as done, and nothing says what done means.

What: a tactic has the status done, or sprints have done all its tasks, and it has no `done_when`.
Why: "done" is a claim about the world, not about hours. Without a definition it cannot be true or false, and the
same work comes back next quarter.

Bad:
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        status: done
        tasks: {write: {skill: writing, hours: 8}}

Good:
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        status: done
        done_when: It can be downloaded, and sales has sent it to three buyers
        tasks: {write: {skill: writing, hours: 8}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.progress import finished_tactics
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP403"
SLUG = "done-without-definition"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each finished tactic without a definition of done."""
    for name in sorted(finished_tactics(context.plan)):
        if context.plan.tactics[name].done_when is None:
            message = f"{name} is done, but nothing says what done means"
            hint = "add what is true now that was not before: `done_when: …`"
            yield Finding(CODE, Ref("tactic", name, ("status",)), message, hint)
