"""Sprints too large to be solved as a whole: the selection model, or its relaxation, guides; a schedule is packed.

The selection model knows no whole tasks and no days of hand-over here, so its bound holds. Its selection is packed onto
members, what is too much is eased or dropped, what else fits is fitted in, and the plan is improved by exchanges.
Beyond some columns the linear relaxation stands in: a basic solution has no more broken columns than there are scarce
members, lines and shares, so on large sprints nearly all of it is whole already (Dantzig 1957).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.effort import EFFORT
from revplan.planning.problem import TIERS
from revplan.planning.solve.attendance import keep_those_who_meet
from revplan.planning.solve.choose import Result
from revplan.planning.solve.construct import Builder
from revplan.planning.solve.formulations import bound_at, most_valuable, nodes_for, tier_terms
from revplan.planning.solve.formulations.selection import SelectionModel
from revplan.planning.solve.improve import improve
from revplan.planning.solve.reduce import reduce
from revplan.planning.solve.schedule import NOTHING, Worth, solution_worth, worth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from revplan.planning.instance import Instance
    from revplan.planning.solve.milp import Relaxation
    from revplan.planning.timetable import Solution

USUAL = 20
"""Tasks per member up to which the move budget is full; above, the budget shrinks in proportion."""

WORTH_MOVING = 100
"""A running sprint is turned over where that is worth more than this part of it: nothing is proven best at this size,
and a little more value is no reason to give most people other work. Tiers above the last are reason enough."""


class RelaxedSelection(NamedTuple):
    """What the selection model says.

    Attributes:
        bound: no plan is worth more, tier by tier.
        selection: tactics to place, in order.
        values: of the columns.
        order: all tactics that can be placed: kept ones first, then tier by tier the most gain first.
    """

    bound: Worth
    selection: tuple[int, ...]
    values: Sequence[float]
    order: tuple[int, ...]


def search_large(
    instance: Instance, start: Solution, on_progress: Callable[[str], None], *, has_exchanges: bool = True
) -> Result:
    """Find a good plan and a bound.

    Args:
        instance: the problem.
        start: a sound plan to begin with.
        on_progress: is told what is going on.
        has_exchanges: whether a packed plan is improved by exchanges; where rounds follow, these do it.
    """
    search = _Search(instance, start, reduce(instance).open_pairs(), on_progress)
    try:
        on_progress("choosing tactics")
        model = SelectionModel(instance, has_owners=False, with_deadlines=False)
        found = relax_selection(model, start)
        if found is not None:
            search.bound = found.bound
            if any(task.job.written for task in instance.tasks):
                search.go_on(model, found)
            else:
                search.begin(model, found)
                if has_exchanges:
                    search.improve()
            search.bound = bound_at(model, found.bound, search.worth)
    except KeyboardInterrupt:
        search.is_interrupted = True
    return Result(search.plan, search.bound, search.method, search.is_interrupted)


def relax_selection(model: SelectionModel, start: Solution) -> RelaxedSelection | None:
    """Return what the selection model says, or its relaxation where it is large; None where nothing was found."""
    relaxed = model.model.copy()
    bounds = []
    found: Relaxation | None = None
    for terms in tier_terms(model):
        if not terms:
            bounds.append(0)
            continue
        found = relaxed.relax(terms, found)
        if found is None:
            return None
        bounds.append(found.bound)
        reached = sum(factor * found.values[column] for column, factor in terms)
        relaxed.row(terms, least=int(reached - 1))
    if found is None:
        return RelaxedSelection(Worth(*bounds), (), (), ())
    order = _order(model, found)
    if len(model.model.upper) <= EFFORT.relaxed_columns:
        choice = most_valuable(model, model.values(start.owners), nodes_for(model.model))
        if choice is not None:
            return RelaxedSelection(min(choice.bound, Worth(*bounds)), choice.selection, choice.values, order)
    selection = _with_requirements(model.instance, model.selection(found.values))
    return RelaxedSelection(Worth(*bounds), selection, found.values, order)


def _with_requirements(instance: Instance, selection: Sequence[int]) -> tuple[int, ...]:
    """Return the tactics of a selection whose requirements are in it too."""
    chosen = set(selection)
    while unmet := {tactic for tactic in chosen if not chosen.issuperset(instance.requires[tactic])}:
        chosen -= unmet
    return tuple(sorted(chosen))


def _order(model: SelectionModel, found: Relaxation) -> tuple[int, ...]:
    candidates = model.instance.candidates

    def key(tactic: int) -> tuple[bool, int, int, int, int]:
        candidate, column = candidates[tactic], model.placed[tactic]
        broken, gain = round(-1000 * found.values[column]), round(-found.gains[column])
        return not candidate.kept, TIERS.index(candidate.tier), broken, gain, tactic

    return tuple(sorted(model.placed, key=key))


class _Search:
    """The best plan so far, and how it gets better.

    Attributes:
        pairs: of a task and a member to choose from.
        plan: the best so far; sound at any time, so the user may stop at any time.
        worth: of the plan.
        bound: no plan is worth more.
        method: how the plan was reached.
        is_interrupted: the user stopped the search.
    """

    def __init__(self, instance: Instance, start: Solution, pairs: int, on_progress: Callable[[str], None]) -> None:
        self.instance = instance
        self.pairs = pairs
        self.plan = start
        self.worth = solution_worth(instance, start)
        self.bound = worth(instance, range(len(instance.candidates)))
        self.method = "ranked"
        self.is_interrupted = False
        self._on_progress = on_progress

    def go_on(self, model: SelectionModel, found: RelaxedSelection) -> None:
        """Make the plan at hand better without turning it over, unless that is worth much more."""
        builder = Builder.of(self.instance, self.plan)
        self._fill_up(builder, found)
        anew = _Search(self.instance, NOTHING, self.pairs, self._on_progress)
        anew.begin(model, found)
        self.improve()
        if self._is_worth_moving(anew):
            self.plan, self.worth = anew.plan, anew.worth

    def _is_worth_moving(self, anew: _Search) -> bool:
        """Tell whether another plan is worth so much more that most people may get other work."""
        return anew.worth > self.worth._replace(nice=self.worth.nice + self.worth.value // WORTH_MOVING)

    def begin(self, model: SelectionModel, found: RelaxedSelection) -> None:
        """Pack the selection onto members, and fill up with what else fits."""
        self._on_progress("finding owners and days")
        builder = Builder(self.instance)
        builder.search.allow(max(EFFORT.packing_work, EFFORT.packing_each * len(self.instance.tasks)))
        builder.pack(found.selection, model.owners(found.values, found.selection))
        patience = max(EFFORT.easing, EFFORT.easing_each * len(self.instance.workers))
        builder.ease_or_drop(self._moves(builder, patience))
        self._take(builder)
        self._fill_up(builder, found)

    def _fill_up(self, builder: Builder, found: RelaxedSelection) -> None:
        """Fit in what else fits, with more effort from pass to pass."""
        self.method = "neighbourhood"
        for steps in EFFORT.filling:
            self._on_progress("fitting more tactics in")
            builder.search.allow(max(EFFORT.packing_work, EFFORT.packing_each * len(self.instance.tasks)))
            if self._fill(builder, found.order, self._moves(builder, steps)):
                self._take(builder)

    def _moves(self, builder: Builder, usual: int) -> int:
        """Return so many moves, or fewer where members have more tasks than usual."""
        each = len(builder.schedule.windows) // max(1, len(self.instance.workers))
        return max(1, usual * USUAL // max(USUAL, each))

    def _fill(self, builder: Builder, order: Iterable[int], steps: int) -> bool:
        """Fit in what can be; what requires a tactic that could not is not tried. Tell whether anything came in."""
        failed: set[int] = set()
        is_any = False
        for tactic in order:
            if builder.search.is_spent:
                break
            if tactic not in builder.schedule.placed and tactic not in failed:
                if builder.squeeze(tactic, steps):
                    is_any = True
                else:
                    self.instance.add_with_dependents(tactic, failed)
        return is_any

    def improve(self) -> None:
        """Improve the plan by exchanges, where it is not proven best and small enough for that."""
        if self.pairs > EFFORT.exchange_pairs or self.worth >= self.bound:
            return
        plan, self.is_interrupted = improve(self.instance, self.plan, self._on_progress)
        self._keep(plan)

    def _take(self, builder: Builder) -> None:
        """Keep the plan that a schedule without overload comes to, if it is better."""
        if builder.schedule.worth > self.worth:
            self._keep(builder.schedule.solution())

    def _keep(self, plan: Solution) -> None:
        plan = keep_those_who_meet(self.instance, plan)
        reached = solution_worth(self.instance, plan)
        if reached > self.worth:
            self.plan, self.worth = plan, reached
