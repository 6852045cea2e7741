"""What the backlog still holds: which tactics are finished, which are open, which are ready to be planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from revplan.model.plan import Plan
    from revplan.model.tactics import Tactic


def done_tasks(plan: Plan) -> dict[str, set[str]]:
    """Return the tasks that any written sprint has done, by tactic."""
    done: dict[str, set[str]] = {}
    for sprint in plan.sprints.values():
        for name, row in sprint.tactics.items():
            done.setdefault(name, set()).update(task for task, own in row.tasks.items() if own.status == "done")
    return done


def finished(plan: Plan) -> frozenset[str]:
    """Return the tactics that are done: outside any sprint, or task by task in sprints."""
    by_status = {tactic.id for tactic in plan.tactics.values() if tactic.status == "done"}
    by_tasks = {
        name
        for name, tasks in done_tasks(plan).items()
        if name in plan.tactics and plan.tactics[name].tasks.keys() <= tasks
    }
    return frozenset(by_status | by_tasks)


def open_tactics(plan: Plan) -> tuple[Tactic, ...]:
    """Return the tactics that are neither finished nor dropped; ideas are among them."""
    closed = finished(plan)
    return tuple(
        tactic for tactic in plan.tactics.values() if tactic.status in ("idea", "ready") and tactic.id not in closed
    )


def ready_tactics(plan: Plan) -> tuple[Tactic, ...]:
    """Return the tactics that may be planned: open, and more than an idea."""
    return tuple(tactic for tactic in open_tactics(plan) if tactic.status == "ready")


# --- judgement of impact -----------------------------------------------------------------------------------------

ENOUGH_TO_COMPARE = 5
"""Tactics from which on the spread of their impacts says something."""
GREAT_IMPACT = 8


def is_inflated(tactics: tuple[Tactic, ...]) -> bool:
    """Tell whether no tactic has less than a great impact."""
    return all(tactic.impact >= GREAT_IMPACT for tactic in tactics)
