"""A tactic has a result before it is done.

What: a tactic that is neither done in sprints nor has the status `done` says whether it moved its metric.
Why: what is not done cannot have moved anything. Results count in `report results`, and by them confidences are
learnt; one of unfinished work counts for nothing there.

Bad:
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {write: {skill: writing, hours: 8}}
        result: {moved: yes}

Good:
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        status: done
        done_when: It can be downloaded
        tasks: {write: {skill: writing, hours: 8}}
        result: {moved: yes}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.progress import finished_tactics
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP414"
SLUG = "result-before-done"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each result of a tactic that is not done."""
    if not context.plan.is_whole("tactic", "sprint"):
        return
    done = finished_tactics(context.plan)
    for tactic in context.plan.tactics.values():
        if tactic.result is not None and tactic.id not in done:
            message = f"{tactic.id} has a result, and is not done"
            hint = "log its tasks as done, or set `status: done` where it was finished outside any sprint"
            yield Finding(CODE, Ref("tactic", tactic.id, ("result",)), message, hint)
