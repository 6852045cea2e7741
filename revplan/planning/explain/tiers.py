"""What the order of tiers decided: which parked tactics value alone would have put into the sprint.

All tiers are taken to be one, and the sprint is planned again from the plan at hand. Mostly the selection model soon
proves that no plan is worth more in all: then the tiers took nothing's place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.planning import solve
from revplan.planning.explain.claims import TierLack
from revplan.planning.instance import build_instance
from revplan.planning.problem import TIERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.planning.explain.claims import Reason
    from revplan.planning.problem import Allocation, SprintProblem

PAIRS = 1500
"""Pairs of a task and a member who may own it up to which it is asked: beyond, one more plan takes too long."""


def name_tiers(problem: SprintProblem, allocation: Allocation, reasons: Mapping[str, Reason]) -> dict[str, Reason]:
    """Return the reasons, with what has the place of a tactic for its tier alone where that is so."""
    above = find_above(problem, allocation)
    return {name: replace(reason, above=above.get(name, ())) for name, reason in reasons.items()}


def find_above(problem: SprintProblem, allocation: Allocation) -> dict[str, tuple[str, ...]]:
    """Return the parked tactics that by value alone would be in, each with those of a tier above that would be out.

    Args:
        problem: the sprint.
        allocation: its best plan.
    """
    placed = frozenset(allocation.placed)
    tier = {one.id: TIERS.index(one.tier) for one in problem.candidates}
    highest = min((tier[name] for name in placed), default=len(TIERS))
    if all(tier[name] <= highest for name in tier.keys() - placed) or build_instance(problem).pairs > PAIRS:
        return {}
    level = replace(problem, candidates=tuple(replace(one, tier=TIERS[0]) for one in problem.candidates))
    if solve.is_unbeaten(level, allocation):
        return {}
    found = solve.replan(level, allocation)
    chosen = frozenset(found.placed)
    if found.value <= allocation.value:
        return {}
    out = sorted(placed - chosen)
    above = {name: tuple(other for other in out if tier[other] < tier[name]) for name in sorted(chosen - placed)}
    return {name: others for name, others in above.items() if others}


def find_lack(problem: SprintProblem, best: Allocation, ranked: Allocation) -> TierLack | None:
    """Return what the ranked list lacks of a tier beside the best plan; None where the best plan is worth more in all.

    Args:
        problem: the sprint.
        best: its best plan.
        ranked: what working down the ranked list gives.
    """
    if ranked.value < best.value:
        return None
    more, less = (
        solve.worth_of([one for one in problem.candidates if one.id in placed])
        for placed in (frozenset(best.placed), frozenset(ranked.placed))
    )
    for tier in TIERS:
        value = getattr(more, tier) - getattr(less, tier)
        if value:
            return TierLack(tier, value) if value > 0 else None
    return None
