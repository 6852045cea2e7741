"""What the backlog still holds: which tactics are finished, which are open, which are ready to be planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from revplan.model.plan import Plan
    from revplan.model.tactics import Tactic


def done_tasks(plan: Plan) -> dict[str, set[str]]:
    """Return the tasks that written sprints have done, by tactic."""
    done: dict[str, set[str]] = {}
    for sprint in plan.sprints.values():
        for name, row in sprint.tactics.items():
            tasks = [task for task, own in row.tasks.items() if own.status == "done"]
            if tasks:
                done.setdefault(name, set()).update(tasks)
    return done


def done_in_sprints(plan: Plan) -> frozenset[str]:
    """Return the tactics whose tasks sprints have done, every one."""
    return frozenset(
        name
        for name, tasks in done_tasks(plan).items()
        if name in plan.tactics and plan.tactics[name].tasks.keys() <= tasks
    )


def finished_tactics(plan: Plan) -> frozenset[str]:
    """Return the tactics that are done, in sprints or outside any."""
    return done_in_sprints(plan) | {tactic.id for tactic in plan.with_status("done")}


def open_tactics(plan: Plan) -> tuple[Tactic, ...]:
    """Return the tactics that are neither finished nor dropped; ideas are among them."""
    return _unfinished_tactics(plan, "idea", "ready")


def ready_tactics(plan: Plan) -> tuple[Tactic, ...]:
    """Return the tactics that may be planned: open, and more than an idea."""
    return _unfinished_tactics(plan, "ready")


def competing(plan: Plan) -> tuple[Tactic, ...]:
    """Return the ready tactics that compete for a sprint; recurring ones come before all of them."""
    return tuple(tactic for tactic in ready_tactics(plan) if tactic.recurring is None)


def _unfinished_tactics(plan: Plan, *statuses: str) -> tuple[Tactic, ...]:
    done, found = done_in_sprints(plan), plan.with_status(*statuses)
    return tuple(tactic for tactic in found if tactic.id not in done) if done else found


# --- judgement of impact -----------------------------------------------------------------------------------------

ENOUGH_TO_COMPARE = 5
"""Tactics from which on the spread of their impacts says something."""
GREAT_IMPACT = 8


def is_inflated(tactics: tuple[Tactic, ...]) -> bool:
    """Tell whether no tactic has less than a great impact."""
    return all(tactic.impact >= GREAT_IMPACT for tactic in tactics)
