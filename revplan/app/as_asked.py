"""The plan as a request wants it looked at: who is away, what stays out, what must be in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from revplan.app.entries import require
from revplan.app.let_go import drop_from_sprint
from revplan.errors import SprintError
from revplan.planning.trial import pin

if TYPE_CHECKING:
    from revplan.analysis.periods import Period
    from revplan.app.request import Request
    from revplan.model.context import Context
    from revplan.planning.backlog import Formulation


def apply_request(context: Context, period: Period, request: Request) -> Context:
    """Return the plan without the members and tactics that the request leaves out.

    Raises:
        UnknownIdError: there is no such member or tactic.
    """
    return _drop_tactics(
        _away(drop_from_sprint(context, period.id, request.drop), period, request.without), request.aside
    )


def with_pins(formulation: Formulation, pins: tuple[str, ...]) -> Formulation:
    """Return the sprint in which some tactics must be placed, as far as they can be.

    Raises:
        UnknownIdError: there is no such tactic.
        SprintError: one does not compete for the sprint.
    """
    out = {entry.tactic: entry for entry in formulation.left_out}
    for name in pins:
        require(formulation.context.plan, "tactic", name)
        if name in out:
            raise SprintError(f'"{name}" cannot be pinned: it is left out ({out[name].why})', hint=_hint(name))
    if not pins:
        return formulation
    names = frozenset(pins)
    return replace(formulation, problem=pin(formulation.problem, names), whole=pin(formulation.whole, names))


def _hint(name: str) -> str:
    return f"`revplan explain {name}` says more"


def _away(context: Context, period: Period, members: tuple[str, ...]) -> Context:
    """Return the plan as if these members had left before the period."""
    team = dict(context.plan.team)
    for name in members:
        require(context.plan, "member", name)
        team[name] = team[name].model_copy(update={"until": period.start - timedelta(days=1)})
    return replace(context, plan=replace(context.plan, team=team)) if members else context


def _drop_tactics(context: Context, tactics: tuple[str, ...]) -> Context:
    """Return the plan as if these tactics were dropped."""
    known = dict(context.plan.tactics)
    for name in tactics:
        require(context.plan, "tactic", name)
        known[name] = known[name].model_copy(update={"status": "dropped"})
    return replace(context, plan=replace(context.plan, tactics=known)) if tactics else context
