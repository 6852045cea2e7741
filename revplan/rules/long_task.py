"""A task takes more than two days.

What: a task of a ready tactic has more than 16 hours.
Why: a long task is late before anybody notices. One of two days at most shows within the week whether it moves, and
finds room in more people's calendars.

Bad:
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {write: {skill: writing, hours: 24}}

Good:
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks:
          draft: {skill: writing, hours: 14}
          revise: {skill: writing, hours: 10, after: [draft]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.progress import ready_tactics
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.model.numbers import MINUTES_PER_HOUR
from revplan.wording import exact_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP420"
SLUG = "long-task"
SEVERITY = Severity.ADVICE
LONGEST = 16 * MINUTES_PER_HOUR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each long task."""
    for tactic in ready_tactics(context.plan):
        for name, task in tactic.tasks.items():
            if task.minutes > LONGEST:
                message = f"{tactic.id}/{name} takes {exact_hours(task.minutes)}"
                hint = f"split it into tasks of {exact_hours(LONGEST)} at most, each with a result one can look at"
                yield Finding(CODE, Ref("tactic", tactic.id, ("tasks", name, "hours")), message, hint)
