"""Choose: the best selection tier by tier, with owners and days found for it, and cuts where it has none.

One question at a time, each answer kept by a row while the next is asked: as many kept tactics as can be, then the
value of musts, of shoulds and of nice-to-haves, then on a replan the most minutes left where they were written, then
the tie-break. No weights join the layers, so a lower one never outweighs a higher one. The model is a relaxation, so a
selection of its best value for which owners and days are found is proven best. One without is shrunk to a small
conflict, which a row forbids (a cut), and the model is asked again.

The tie-break: of selections that are equal so far, the one of least work; and of those the one whose tactics come
first by deadline, minutes and id. It picks one selection, whichever of them the solver meets first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.planning.effort import EFFORT
from revplan.planning.problem import Allocation
from revplan.planning.solve.attendance import keep_those_who_meet
from revplan.planning.solve.benders import (
    Subproblem,
    is_too_much,
    neighbours,
    seems_impossible,
    settle,
    shrink_conflict,
    split_conflicts,
)
from revplan.planning.solve.construct import Builder, by_density, repair_by_dropping
from revplan.planning.solve.formulations import bound_at, most_valuable, nodes_for, settle_ties
from revplan.planning.solve.formulations.selection import SelectionModel
from revplan.planning.solve.formulations.timeline import by_day, count_timed_pairs
from revplan.planning.solve.milp import WITHOUT_SUBMODELS
from revplan.planning.solve.reduce import reduce
from revplan.planning.solve.schedule import Worth, selection_of, solution_worth, worth
from revplan.planning.timetable import Solution, assignments
from revplan.planning.windows import selected_windows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from revplan.planning.effort import Effort
    from revplan.planning.instance import Instance
    from revplan.planning.solve.formulations import Choice
    from revplan.planning.timetable import Owners
    from revplan.planning.windows import Window

    Improve = Callable[[Solution], tuple[Solution, bool]]
    """Makes a plan better in another way; tells whether the user stopped it."""

NO_TIME = Subproblem(None, has_owners=False, is_too_much=True)
"""What becomes of a selection some of whose tasks have no days."""


@dataclass(frozen=True, slots=True)
class Result:
    """A plan and what is known about better ones.

    Attributes:
        plan: owners and days.
        bound: no plan is worth more, tier by tier.
        method: how it was reached.
        interrupted: the user stopped the search.
    """

    plan: Solution
    bound: Worth
    method: str
    interrupted: bool

    def allocation(self, numbered: Instance) -> Allocation:
        """Return the result by the names of the problem."""
        reached = worth(numbered, selection_of(numbered, self.plan))
        bound = max(reached, self.bound)
        return Allocation(
            assignments=assignments(numbered, self.plan),
            value=reached.value,
            must_value=reached.must,
            bound=max(reached.value, bound.value),
            must_bound=bound.must,
            should_value=reached.should,
            should_bound=bound.should,
            method=self.method,
            interrupted=self.interrupted,
        )


def allocation_of(numbered: Instance, plan: Solution, bound: Worth | None = None) -> Allocation:
    """Return a plan by the names of the problem; where no bound is known it is said to be the best there is."""
    reached = solution_worth(numbered, plan)
    return Result(plan, reached if bound is None else bound, "exact", interrupted=False).allocation(numbered)


# --- rounds ----------------------------------------------------------------------------------------------------------


class Rounds:
    """The search for the best plan by selections and cuts.

    Attributes:
        instance: the problem.
        plan: the best plan so far.
        bound: no plan is worth more.
        open_choice: the best choice that has neither a plan nor a proof that there is none.

    Args:
        instance: the problem.
        start: a sound plan to begin with.
        on_progress: is told what is going on.
        effort: how far to go.
        improve: asked where the best choice has no days, and again for a better plan where no other had any.
    """

    def __init__(
        self,
        instance: Instance,
        start: Solution,
        on_progress: Callable[[str], None],
        effort: Effort = EFFORT,
        improve: Improve | None = None,
    ) -> None:
        self.instance = instance
        self.plan = start
        self.on_progress = on_progress
        self.effort = effort
        self.bound = worth(instance, range(len(instance.candidates)))
        self.open_choice: Choice | None = None
        self._improve = improve
        self._improved: Solution | None = None
        pairs = reduce(instance).open_pairs()
        self._is_small = pairs <= effort.whole_pairs
        self._has_deadlines = False
        self.model = SelectionModel(instance, has_owners=self._is_small, with_deadlines=False)
        self._is_ownerless = False
        self._cuts: dict[tuple[int, ...], bool] = {}
        self._last: tuple[tuple[int, ...], Subproblem] = ((), NO_TIME)
        self._day_columns = effort.all_day_columns
        self._timed_pairs = effort.all_timed_pairs
        self._has_grid = True
        self._doubts: dict[tuple[int, ...], bool] = {}
        self._dead: dict[tuple[int, ...], bool] = {}

    def run(self) -> Result:
        """Search until the best is proven, or rounds or patience run out."""
        try:
            if self.find_best():
                self._settle_ties()
            elif self._improved not in (None, self.plan):
                self._improve_plan(self.plan)
            return Result(self.plan, self._reachable(), "exact", interrupted=False)
        except KeyboardInterrupt:
            everything = worth(self.instance, self.model.placed)
            return Result(self.plan, everything, "exact", interrupted=True)

    @property
    def worth(self) -> Worth:
        """What the best plan so far is worth."""
        return solution_worth(self.instance, self.plan)

    def find_best(self) -> bool:
        """Ask the model until its choice has a plan; tell whether it had in the end.

        Tasks are shared at will at first. Once that leads no further, every task is kept whole.
        """
        unproven = 0
        for turn in range(1, self.effort.rounds + 1):
            self.on_progress(f"looking for the best tactics, round {turn}")
            choice = self._ask()
            if choice is not None and not self.model.has_owners and self._should_branch_on_owners(choice, turn):
                self._rebuild(has_owners=True)
                choice = self._ask()
            if choice is None:
                return False
            if choice.bound <= self.worth or self._take(choice):
                return True
            if turn == 1 < self.effort.rounds and self._tighten():
                continue
            self._improve_once(choice)
            if self.worth >= self.bound:
                return True
            unproven += choice.bound > worth(self.instance, choice.selection)
            is_spent = self.model.model.work[0] > self.effort.round_work
            if turn == self.effort.rounds or unproven == self.effort.unproven_rounds or is_spent:
                self.open_choice = self.open_choice or choice
                break
            self._cut(choice)
        return False

    def _should_branch_on_owners(self, choice: Choice, turn: int) -> bool:
        """Return whether to solve with unsplit tasks from here.

        Either a deferred selection now has the best bound, or the shared rounds are over and the selection has no
        assignment.
        """
        if self._is_ownerless and self.open_choice is not None and choice.bound < self.open_choice.bound:
            return True
        return turn >= min(self.effort.shared_rounds, self.effort.rounds) and not self._settle(choice).has_owners

    def _tighten(self) -> bool:
        """Let what is placed leave time for what waits for it; tell whether that says anything new."""
        if self._has_deadlines:
            return False
        self._has_deadlines = True
        self._rebuild(has_owners=self.model.has_owners)
        return bool(self.model.deadlines)

    def _rebuild(self, *, has_owners: bool) -> None:
        """Begin anew, without what was set aside only because no owners were found."""
        work = self.model.model.work
        self.model = SelectionModel(self.instance, has_owners=has_owners, with_deadlines=self._has_deadlines)
        self.model.model.work = work
        for conflict in self._cuts:
            self.model.forbid(conflict)
        if self._is_ownerless:
            self.open_choice = None

    def _ask(self) -> Choice | None:
        """Solve the selection model. Its bound is a global upper bound until a selection has been deferred."""
        settings = {} if self.effort.submodels else WITHOUT_SUBMODELS
        choice = most_valuable(self.model, self._start(), nodes_for(self.model.model, self.effort), settings)
        if choice is not None and self.open_choice is None:
            self.bound = min(self.bound, choice.bound)
        return choice

    def _start(self) -> tuple[int, ...]:
        return self.model.values(self.plan.owners)

    def _take(self, choice: Choice) -> bool:
        """Find a plan for the choice; keep it if it is no worse than the best so far."""
        plan = self._settle(choice).plan
        if plan is None:
            self._try_near(choice)
        elif worth(self.instance, choice.selection) >= self.worth:
            self.plan = plan
        return plan is not None

    def _settle(self, choice: Choice) -> Subproblem:
        """Return what became of the search for owners and days; the last selection's is remembered."""
        if self._last[0] != choice.selection:
            self.on_progress("finding owners and days")
            found = selected_windows(self.instance, choice.selection)
            owners = self.model.owners(choice.values, choice.selection) if self.model.has_owners else {}
            self._last = choice.selection, NO_TIME if found is None else self._settle_windows(found, owners)
        return self._last[1]

    def _settle_windows(self, windows: Mapping[int, Window], owners: Owners) -> Subproblem:
        """Look for owners and days; models with days of hand-over are asked while the search has pairs left.

        Where the days of all half weeks gave no plan, they are not tried again: the model is large, and on 60 x 8 with
        four possible owners and chains it took 13 s for each of four selections.
        """
        most, pairs = min(self.effort.timed_pairs, self._timed_pairs), count_timed_pairs(self.instance, windows)
        settled = settle(self.instance, windows, owners, most, has_grid=self._has_grid)
        self._timed_pairs -= pairs if settled.asked else 0
        self._has_grid &= settled.plan is not None or settled.asked <= 1
        return settled

    def _try_near(self, choice: Choice) -> None:
        """Where a choice has no plan, what comes near it may still be the best so far."""
        if self.model.has_owners:
            near = repair_by_dropping(self.instance, self.model.owners(choice.values, choice.selection))
        else:
            near = Builder(self.instance).fill(by_density(self.instance, choice.selection)).schedule.solution()
        self._keep(near)

    def _keep(self, plan: Solution) -> None:
        plan = keep_those_who_meet(self.instance, plan)
        self.plan = plan if solution_worth(self.instance, plan) > self.worth else self.plan

    def _improve_once(self, choice: Choice) -> None:
        """Where the best choice has owners but no days, look elsewhere for a better plan, with its musts first."""
        if self._improved is not None or self._improve is None or not self._settle(choice).has_owners:
            return
        if self.worth[:2] < choice.bound[:2]:
            self._keep(self._with_musts(choice))
        self._improve_plan(self.plan)
        self._improved = self.plan

    def _improve_plan(self, plan: Solution) -> None:
        """Keep what becomes of a plan, if it is better than the best so far."""
        better, is_stopped = self._improve(plan) if self._improve is not None else (plan, False)
        self._keep(better)
        if is_stopped:
            raise KeyboardInterrupt

    def _with_musts(self, choice: Choice) -> Solution:
        """Return a plan with what is kept and the musts of a choice, if they have one, filled up with the rest."""
        candidates = self.instance.candidates
        first = (one for one in choice.selection if candidates[one].kept or candidates[one].tier == "must")
        found = selected_windows(self.instance, sorted(self.instance.with_requirements(*first)))
        plan = settle(self.instance, found, {}).plan if found is not None else None
        builder = Builder.of(self.instance, plan) if plan is not None else Builder(self.instance)
        return builder.fill(by_density(self.instance, choice.selection)).schedule.solution()

    def _cut(self, choice: Choice) -> None:
        """Forbid what makes a choice impossible; where that is not found, the choice, which then stays open."""
        found = self._settle(choice)
        proven = tuple(self._find_conflicts(choice.selection, found)) or (choice.selection,) * found.is_hopeless
        for conflict in proven or (choice.selection,):
            self.model.forbid(conflict)
        if proven or found.has_owners:
            self._cuts.update(dict.fromkeys(proven or (choice.selection,), bool(proven)))
        if not proven and self.open_choice is None:
            self.open_choice, self._is_ownerless = choice, not found.has_owners

    def _find_conflicts(self, chosen: tuple[int, ...], found: Subproblem) -> Iterator[tuple[int, ...]]:
        """Yield small parts of a selection that are proven to have no plan."""
        if found.is_too_much:
            yield from split_conflicts(chosen, self._is_too_much)
        known: set[int] = set()
        for tactic in sorted({self.instance.tasks[number].tactic for number in found.late}):
            part = neighbours(self.instance, chosen, tactic)
            if sum(map(self._size, self._doubts)) > self.effort.conflict_pairs:
                return
            if tactic not in known and self._size(part) <= self.effort.conflict_part and self._seems_impossible(part):
                part = shrink_conflict(part, self._seems_impossible)
                if self._has_no_days(part):
                    known.update(part)
                    yield part

    def _size(self, part: tuple[int, ...]) -> int:
        """Return the pairs of a task and a possible owner in a part of a selection."""
        return sum(len(self.instance.tasks[number].workers) for tactic in part for number in self.instance.of[tactic])

    def _is_too_much(self, part: tuple[int, ...]) -> bool:
        found = selected_windows(self.instance, part)
        return found is None or is_too_much(self.instance, found)

    def _seems_impossible(self, part: tuple[int, ...]) -> bool:
        if part not in self._doubts:
            found = selected_windows(self.instance, part)
            self._doubts[part] = found is None or seems_impossible(self.instance, found) or self._never_meets(part)
        return self._doubts[part]

    def _never_meets(self, part: tuple[int, ...]) -> bool:
        """Tell whether a part whose tasks take several people at once is proven to have no days for them."""
        tasks = (number for tactic in part for number in self.instance.of[tactic])
        return any(self.instance.tasks[number].beside for number in tasks) and self._has_no_days(part)

    def _has_no_days(self, part: tuple[int, ...]) -> bool:
        if part not in self._dead:
            found = selected_windows(self.instance, part)
            self._dead[part] = found is None or self._is_impossible_by_day(found)
        return self._dead[part]

    def _is_impossible_by_day(self, windows: Mapping[int, Window]) -> bool:
        """Put tasks to the timeline model, day by day, while the search has columns left."""
        verdict = by_day(self.instance, windows, self.effort.day_nodes, self._day_columns)
        self._day_columns -= verdict.columns
        return verdict.impossible

    def _settle_ties(self) -> None:
        """Replace the plan by the one among its equals that the remaining layers prefer."""
        if self.bound > self.worth and not any(task.job.written for task in self.instance.tasks):
            return
        for _ in range(self.effort.rounds):
            self.on_progress("choosing among equals")
            chosen = selection_of(self.instance, self.plan)
            tied = settle_ties(self.model, self.worth, self._start())
            if tied is None or tied.selection == chosen or self._take(tied):
                return
            self._cut(tied)

    def _reachable(self) -> Worth:
        """Return the bound on plans that are no worse than the plan at hand, in the order of the tiers."""
        if self.worth >= self.bound:  # proven best: no model has to be made
            return self.bound
        model = SelectionModel(self.instance, has_owners=False, with_deadlines=self._has_deadlines)
        for conflict, is_proven in self._cuts.items():
            if is_proven:
                model.forbid(conflict)
        return bound_at(model, self.bound, self.worth, model.values(self.plan.owners))
