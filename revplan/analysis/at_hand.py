"""The written sprint that a meeting talks about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.periods import in_order

if TYPE_CHECKING:
    from revplan.model.context import Context
    from revplan.model.sprints import Sprint


def sprint_at_hand(context: Context) -> Sprint | None:
    """Return the active sprint; else the planned one that comes first; else the last; None where none is written."""
    sprints = in_order(context.plan)
    active = [sprint for sprint in sprints if sprint.status == "active"]
    planned = [sprint for sprint in sprints if sprint.status == "planned" and sprint.end >= context.today]
    return next(iter((*active, *planned, *sprints[::-1])), None)


def last_closed(context: Context) -> Sprint | None:
    """Return the sprint that was closed last; None where none is."""
    closed = [sprint for sprint in in_order(context.plan) if sprint.status == "closed"]
    return closed[-1] if closed else None
