"""A parked tactic was to be looked at again, and that day is past.

What: the last written sprint parks tactics with a `review` before today, and they are still open.
Why: parking is a decision for a while. Without the second look it becomes a no that nobody has said.

Bad:
    tactics:
      fair:
        title: Stand at the fair
        function: marketing
        impact: 5
        tasks: {prepare: {skill: events, hours: 8}}
    sprints:
      2026-10:
        start: 2026-10-01
        end: 2026-10-31
        status: closed
        parked: {fair: {reason: capacity, review: 2026-10-30}}

Good:
    tactics:
      fair:
        title: Stand at the fair
        function: marketing
        impact: 5
        tasks: {prepare: {skill: events, hours: 8}}
    sprints:
      2026-10:
        start: 2026-10-01
        end: 2026-10-31
        status: closed
        parked: {fair: {reason: capacity, review: 2027-03-01}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.calibration import parking_lot
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import list_some

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from revplan.analysis.calibration import Parked
    from revplan.model.context import Context

CODE = "RP312"
SLUG = "parked-past-review"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield one finding for all tactics that were to be reviewed on the same day."""
    if not context.plan.is_whole("sprint"):
        return
    overdue: dict[date, list[Parked]] = {}
    for parked in parking_lot(context):
        if parked.review is not None and parked.review < context.today:
            overdue.setdefault(parked.review, []).append(parked)
    for day, lot in sorted(overdue.items()):
        names = [parked.tactic for parked in lot]
        message = (
            f"the review of {day} is past, and {list_some(names)} {'are' if len(names) > 1 else 'is'} still parked"
        )
        ref = Ref("sprint", lot[0].sprints[-1], ("parked", names[0], "review"))
        yield Finding(CODE, ref, message, "plan the next sprint, drop what will not be done, or set another day")
