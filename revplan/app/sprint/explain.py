"""`revplan explain TACTIC`: why a tactic is where it is, and what would bring it in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.analysis.standing import standings
from revplan.app.sprint.plan import work_out
from revplan.diagnostics import did_you_mean
from revplan.errors import UnknownIdError
from revplan.planning import solve
from revplan.planning.answer import ParkedTactic
from revplan.planning.explain.claims import TacticExplanation
from revplan.planning.explain.insertion import Insertion
from revplan.planning.hand_over import twice_weekly
from revplan.planning.trial import exclude, pin, relax, restrict_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.app.sprint.plan import PlannedSprint, Request
    from revplan.model.context import Context
    from revplan.planning.answer import PlacedTactic
    from revplan.planning.explain.claims import Addition, LeftOut, Swap
    from revplan.store.loaded import Loaded


def explain_tactic(
    loaded: Loaded, context: Context, tactic: str, request: Request, tell: Callable[[str], None]
) -> TacticExplanation:
    """Say why a tactic is where it is in a sprint, and what would bring it in.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        tactic: its id.
        request: how the sprint is planned.
        tell: is told what is going on, now and then.

    Raises:
        UnknownIdError: there is no such tactic, or no such sprint.
        SprintError: the sprint asked for is past or closed.
        UnsoundError: the plan has errors in what the planning is computed from.
    """
    if tactic not in context.plan.tactics:
        raise UnknownIdError(f'there is no tactic "{tactic}"', hint=did_you_mean(tactic, context.plan.tactics))
    worked = work_out(loaded, context, request, tell)
    place = _place(worked, tactic)
    ranked = next((entry for entry in worked.formulation.ranked if entry.tactic == tactic), None)
    case = TacticExplanation(tactic, worked.plan, ranked, place, standings(context)[tactic])
    return _with_ways(case, worked, tell) if isinstance(place, ParkedTactic) else case


def _place(worked: PlannedSprint, tactic: str) -> PlacedTactic | ParkedTactic | LeftOut:
    plan = worked.plan
    everywhere: tuple[PlacedTactic | ParkedTactic | LeftOut, ...] = (*plan.placed, *plan.parked, *plan.left_out)
    return next(entry for entry in everywhere if entry.tactic == tactic)


def _with_ways(case: TacticExplanation, worked: PlannedSprint, tell: Callable[[str], None]) -> TacticExplanation:
    """Add what would bring a parked tactic in: a swap and an addition, each found by solving with it."""
    insertion = Insertion(worked.formulation.whole, worked.allocation, case.tactic, twice_weekly)
    if not insertion.wanted:
        return case
    tell("looking for the cheapest swap")
    swap, is_cheapest = _cheapest_swap(insertion, tell)
    tell("looking for the least that would have to be added")
    addition = insertion.least_addition()
    return replace(
        case,
        swap=swap,
        is_cheapest=is_cheapest,
        addition=addition,
        is_taken=None if addition is None else _is_taken(worked, insertion, addition, tell),
    )


def _cheapest_swap(insertion: Insertion, tell: Callable[[str], None]) -> tuple[Swap | None, bool]:
    """Return the cheapest swap found, and whether none is cheaper.

    Where one tactic leaves and no plan without dates is worth more, that is proven; else the sprint is planned anew.
    """
    candidates = insertion.problem.candidates
    musts = {one.id for one in candidates if one.tier == "must" or one.kept}
    problem = pin(insertion.problem, insertion.wanted | musts)
    swap = insertion.small_swap(1)
    if swap is not None and musts.isdisjoint(swap.out):
        stays = [one for one in problem.candidates if one.id not in swap.out]
        reached = solve.worth_of(stays)
        if solve.is_out_of_reach(problem, reached._replace(value=reached.value + 1)):
            return swap, True
    best = solve.best(problem, tell)
    return insertion.swap_in(best), best.proven


def _is_taken(worked: PlannedSprint, insertion: Insertion, addition: Addition, tell: Callable[[str], None]) -> bool:
    """Tell whether the best plan with what is added places the tactic, or does something else with it."""
    tell("planning with what is added")
    names = {one.id for one in worked.formulation.problem.candidates} | insertion.wanted
    problem = relax(restrict_to(worked.formulation.whole, names), insertion.tactic, addition)
    if all(one.id != insertion.tactic for one in problem.candidates):
        return True
    together = [one for one in problem.candidates if one.id in insertion.placed | insertion.wanted]
    if solve.is_out_of_reach(exclude(problem, insertion.tactic), solve.worth_of(together)):
        return True
    return insertion.tactic in solve.best(problem, tell).placed
