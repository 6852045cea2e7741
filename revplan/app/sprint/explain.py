"""`revplan explain TACTIC`: why a tactic is placed, parked or ineligible, and what would place it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.analysis.standing import standings
from revplan.app.sprint.plan import work_out
from revplan.errors import UnknownIdError
from revplan.planning import solve
from revplan.planning.answer import ParkedCandidate
from revplan.planning.explain.claims import TacticExplanation
from revplan.planning.explain.insertion import Insertion
from revplan.planning.explain.least import cheapest_swap, forced_swap
from revplan.planning.explain.suggestions import find_addition
from revplan.planning.horizon import look_alone
from revplan.planning.insertion_windows import twice_weekly
from revplan.planning.trial import exclude, pin, protected_tactics, relax, restrict_to
from revplan.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.app.sprint.plan import PlannedSprint, Request
    from revplan.model.context import Context
    from revplan.planning.answer import PlacedTactic
    from revplan.planning.explain.claims import Addition, LeftOut, Swap
    from revplan.planning.problem import SprintProblem
    from revplan.store.loaded import Loaded


def explain_tactic(
    loaded: Loaded, context: Context, tactic: str, request: Request, on_progress: Callable[[str], None]
) -> TacticExplanation:
    """Return why a tactic is placed, parked or ineligible in a sprint, and the changes that would place the tactic.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        tactic: the tactic's id.
        request: the options for planning the sprint.
        on_progress: receives progress messages.

    Raises:
        UnknownIdError: there is no such tactic or sprint.
        SprintError: the sprint is past or closed.
        UnsoundError: the plan has errors in data that planning uses.
    """
    if tactic not in context.plan.tactics:
        raise UnknownIdError(f'there is no tactic "{tactic}"', hint=did_you_mean(tactic, context.plan.tactics))
    worked = work_out(loaded, context, request, on_progress)
    place = _place(worked, tactic)
    ranked = next((entry for entry in worked.formulation.ranked if entry.tactic == tactic), None)
    case = TacticExplanation(tactic, worked.plan, ranked, place, standings(context)[tactic])
    return _add_suggestions(case, place, worked, on_progress) if isinstance(place, ParkedCandidate) else case


def _place(worked: PlannedSprint, tactic: str) -> PlacedTactic | ParkedCandidate | LeftOut:
    plan = worked.plan
    everywhere: tuple[PlacedTactic | ParkedCandidate | LeftOut, ...] = (*plan.placed, *plan.parked, *plan.left_out)
    return next(entry for entry in everywhere if entry.tactic == tactic)


def _add_suggestions(
    case: TacticExplanation, place: ParkedCandidate, worked: PlannedSprint, on_progress: Callable[[str], None]
) -> TacticExplanation:
    """Add the cheapest swap and the least addition that would place a parked tactic."""
    possible = worked.possible
    insertion = Insertion(possible, worked.allocation, case.tactic, twice_weekly)
    if not insertion.wanted:
        return case
    competing = {one.id for one in worked.formulation.problem.candidates} | insertion.wanted
    asked = (restrict_to(possible, competing), worked.allocation, case.tactic, insertion.wanted)
    on_progress("looking for the cheapest swap")
    swap = _cheapest_swap(insertion, asked[0]) or cheapest_swap(*asked, on_progress)
    pinned = forced_swap(*asked, worked.plan.pins, on_progress) if swap is None else None
    on_progress("looking for the least that would have to be added")
    addition = find_addition(possible, insertion)
    return replace(
        case,
        swap=swap,
        is_cheapest=swap is not None and swap.is_least,
        pinned=pinned,
        alone=look_alone(worked.formulation.whole, place) if swap is None and pinned is None else None,
        addition=addition,
        has_days=insertion.has_days,
        is_taken=None if addition is None else _is_taken(worked, insertion, addition, on_progress),
    )


def _cheapest_swap(insertion: Insertion, problem: SprintProblem) -> Swap | None:
    """Return a swap that removes one tactic, if the solver quickly proves that no plan is worth more; else None."""
    above = protected_tactics(insertion.problem, insertion.wanted)
    swap = insertion.small_swap(1)
    if swap is None or not above.isdisjoint(swap.out):
        return None
    pinned = pin(problem, insertion.wanted | (above & insertion.placed))
    stays = (insertion.placed - set(swap.out)) | insertion.wanted
    reached = solve.worth_of([one for one in pinned.candidates if one.id in stays])
    more = reached._replace(**{reached._fields[-1]: reached[-1] + 1})
    is_least = solve.is_out_of_reach(pinned, more)
    return replace(swap, is_least=True) if is_least else None


def _is_taken(
    worked: PlannedSprint, insertion: Insertion, addition: Addition, on_progress: Callable[[str], None]
) -> bool:
    """Tell whether the best plan with the added capacity places the tactic. The plan may use the capacity otherwise."""
    on_progress("planning with what is added")
    names = {one.id for one in worked.formulation.problem.candidates} | insertion.wanted
    problem = relax(restrict_to(worked.formulation.whole, names), insertion.tactic, addition)
    if all(one.id != insertion.tactic for one in problem.candidates):
        return True
    stays = (insertion.placed - set(addition.out)) | insertion.wanted | set(addition.together)
    together = [one for one in problem.candidates if one.id in stays]
    if solve.is_out_of_reach(exclude(problem, insertion.tactic), solve.worth_of(together)):
        return True
    return insertion.tactic in solve.best_selection(problem, on_progress).placed
