"""`revplan stack plan`: proposes tactics for the rollout stages that are missing from the backlog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.stack import STAGE_MINUTES, proposals
from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.model.numbers import MINUTES_PER_HOUR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.analysis.stack import RolloutProposal
    from revplan.model.change import Data
    from revplan.model.plan import Plan

_TITLES = {
    "purchase": "Choose and buy it",
    "install": "Set it up",
    "configure": "Make it fit the company",
    "train": "Teach those who will use it",
    "deploy": "Bring it into daily use",
}
_IMPACT = "5"


def rollout_changes(plan: Plan, tool: str | None = None) -> tuple[Change, ...]:
    """Return the changes that add the tactics proposed for a tool, or for all, with their tasks in the rollouts."""
    chosen = (own for own in proposals(plan) if tool in (None, own.tool))
    return tuple(change for own in chosen for change in _of(plan, own))


def _of(plan: Plan, own: RolloutProposal) -> Iterator[Change]:
    yield Change(Ref("tactic", own.tactic), _tactic(plan, own))
    for stage in own.stages:
        task = f"{own.tactic}/{stage.stage}"
        yield Change(Ref("rollout", own.tool, (stage.stage, "task")), task)


def _tactic(plan: Plan, own: RolloutProposal) -> dict[str, Data]:
    tool = plan.stack.tools[own.tool].name
    body: dict[str, Data] = {
        "title": f"Bring in {tool}",
        "function": own.function,
        "impact": _IMPACT,
        "status": "idea",
        "notes": "Proposed by revplan. Correct the hours and the impact, name an objective, and set it ready.",
        "done_when": f"{tool} is in daily use",
    }
    if own.deadline is not None:
        body["deadline"] = own.deadline.isoformat()
    return {**body, "tasks": _tasks(own)}


def _tasks(own: RolloutProposal) -> dict[str, Data]:
    tasks: dict[str, Data] = {}
    for stage in own.stages:
        body: dict[str, Data] = {
            "title": _TITLES[stage.stage],
            "skill": own.skill,
            "hours": str(STAGE_MINUTES[stage.stage] // MINUTES_PER_HOUR),
        }
        if tasks:
            body["after"] = [next(reversed(tasks))]
        tasks[stage.stage] = body
    return tasks
