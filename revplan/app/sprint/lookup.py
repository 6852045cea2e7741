"""Finds the written sprint and the member that a command means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.periods import in_order
from revplan.analysis.sprint_due import current_sprint
from revplan.errors import SprintError, UnknownIdError, UnsoundPlanError
from revplan.spelling import did_you_mean

if TYPE_CHECKING:
    from revplan.errors import RevplanError
    from revplan.model.context import Context
    from revplan.model.sprints import Sprint
    from revplan.model.team import Member


def get_sprint(context: Context, sprint_id: str) -> Sprint:
    """Return the written sprint with an id.

    Raises:
        UnknownIdError: no written sprint has this id.
        UnsoundPlanError: the sprint has errors, or may be in a file that cannot be read.
    """
    plan = context.plan
    if sprint_id in plan.sprints:
        return plan.sprints[sprint_id]
    if ("sprint", sprint_id) in plan.broken:
        raise UnsoundPlanError(f"sprint {sprint_id} has errors", hint="`revplan validate` shows them")
    hint = did_you_mean(sprint_id, plan.sprints) or f"`revplan sprint plan {sprint_id} --write` writes one"
    raise missing_sprint(context, UnknownIdError(f'there is no written sprint "{sprint_id}"', hint=hint))


def running_sprint(context: Context, sprint_id: str | None) -> Sprint:
    """Return the written sprint asked for, or else the sprint that people work in.

    Raises:
        UnknownIdError: no written sprint has this id.
        SprintError: no sprint is written at all.
        UnsoundPlanError: no written sprint could be read.
    """
    if sprint_id is not None:
        return get_sprint(context, sprint_id)
    found = current_sprint(context)
    if found is None:
        error = SprintError("no sprint is written yet", hint="`revplan sprint plan --write` writes the next one")
        raise missing_sprint(context, error)
    return found


def active(context: Context) -> Sprint | None:
    """Return the active sprint; if the files mark several sprints active, the earliest."""
    return next((sprint for sprint in in_order(context.plan) if sprint.status == "active"), None)


def missing_sprint(context: Context, error: RevplanError) -> RevplanError:
    """Return the error for a missing sprint; the error says so if the sprint may be one that could not be read."""
    if context.plan.is_whole("sprint"):
        return error
    return UnsoundPlanError(f"{error}, as far as the plan can be read", hint="`revplan validate` shows its errors")


def refuse_closed(sprint: Sprint) -> None:
    """Refuse to change a closed sprint.

    Raises:
        SprintError: the sprint is closed.
    """
    if sprint.status == "closed":
        on = f" since {sprint.closed.on}" if sprint.closed is not None else ""
        hint = "a closed sprint is history; `revplan sprint reopen` undoes the last close"
        raise SprintError(f"sprint {sprint.id} is closed{on}", hint=hint)


def get_member(context: Context, name: str) -> Member:
    """Return a member of the team.

    Raises:
        UnknownIdError: no member has this id.
    """
    team = context.plan.team
    if name not in team:
        raise UnknownIdError(f'there is no member "{name}"', hint=did_you_mean(name, team))
    return team[name]
