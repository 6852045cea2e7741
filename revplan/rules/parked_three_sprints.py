"""A tactic has been parked in three sprints running.

What: the last three written sprints, or more, all park the tactic, and it is still open.
Why: it is not going to fit by itself. Make it smaller, find the hours or the money it lacks, or drop it: a short
backlog that people believe in is worth more than a long one.

Bad:
    tactics:
      podcast:
        title: Podcast
        function: marketing
        impact: 3
        tasks: {record: {skill: audio, hours: 16}}
    sprints:
      2026-10: {start: 2026-10-01, end: 2026-10-31, status: closed, parked: {podcast: {reason: outranked}}}
      2026-11: {start: 2026-11-01, end: 2026-11-30, status: active, parked: {podcast: {reason: outranked}}}
      2026-12: {start: 2026-12-01, end: 2026-12-31, parked: {podcast: {reason: outranked}}}

Good:
    tactics:
      podcast:
        title: Podcast
        function: marketing
        impact: 3
        status: dropped
        tasks: {record: {skill: audio, hours: 16}}
    sprints:
      2026-10: {start: 2026-10-01, end: 2026-10-31, status: closed, parked: {podcast: {reason: outranked}}}
      2026-11: {start: 2026-11-01, end: 2026-11-30, status: active, parked: {podcast: {reason: outranked}}}
      2026-12: {start: 2026-12-01, end: 2026-12-31, parked: {podcast: {reason: outranked}}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.calibration import parking_lot
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP313"
SLUG = "parked-three-sprints"
SEVERITY = Severity.WARNING
TOO_OFTEN = 3


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding at each tactic that waits too long."""
    if not context.plan.is_whole("sprint"):
        return
    for parked in parking_lot(context):
        if len(parked.sprints) >= TOO_OFTEN:
            count, first = len(parked.sprints), parked.sprints[0]
            message = f"{parked.tactic} has been parked in {plural(count, 'sprint')} running, since {first}"
            hint = "make it smaller, find what it lacks, or drop it (status: dropped)"
            yield Finding(CODE, Ref("tactic", parked.tactic, ("status",)), message, hint)
