"""Small and middling sprints: the best selection without dates, then dates for it, and cuts where it has none.

Logic-based Benders decomposition (Hooker 2000): the master model is a relaxation, so a selection of its best value
for which owners and days are found is proven best. One without is forbidden, as little of it as does the harm, and
the master is asked again.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.solve.board import Board, Worth, by_density, filled, worth
from revplan.planning.solve.conflicts import around, narrowed, parted
from revplan.planning.solve.counted import counted
from revplan.planning.solve.daily import by_day
from revplan.planning.solve.layers import best_value, most_valuable, settled_ties
from revplan.planning.solve.master import Master
from revplan.planning.solve.model import SMALL
from revplan.planning.solve.result import Result, selection
from revplan.planning.solve.settle import Settlement, is_too_much, seems_impossible, selected_windows, settle
from revplan.planning.solve.sooner import drawn_in
from revplan.planning.solve.thinned import thinned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from revplan.planning.network import Network
    from revplan.planning.solve.board import Plan
    from revplan.planning.solve.layers import Choice


class Effort(NamedTuple):
    """How far to go.

    Attributes:
        rounds: selections asked of the master before the search stops.
        nodes: branch-and-bound nodes for each layer of one selection.
        days: nodes for finding days, or proving that there are none; 0 where that is not asked day by day.
    """

    rounds: int
    nodes: int
    days: int


LARGE = 400
"""Pairs of a task and a member who may own it beyond which tasks are shared at first; below, that takes longer."""

SHARED = 5
"""Selections asked of the master while tasks may be shared at will."""

NO_TIME = Settlement(None, has_owners=False, is_too_much=True)
"""What becomes of a selection some of whose tasks have no days."""

WHOLE = Effort(rounds=8, nodes=5000, days=1000)
"""For a sprint that is to be solved for good."""


class Exact:
    """The search for the best plan by master and cuts.

    Attributes:
        network: the problem.
        plan: the best plan so far.
        bound: no plan is worth more.
        conflicts: tactics not to be placed together: proven to have no plan, or left open for want of days.
        open_choice: the best choice that has neither a plan nor a proof that there is none.
        is_ownerless: whether no owners were found for it, shared as its tasks were.

    Args:
        network: the problem.
        start: a sound plan to begin with.
        tell: is told what is going on.
        effort: how far to go.
        improve: makes a plan better in another way, and tells whether the user stopped it; asked where the best
            choice has no days, and once more where no other had any.
        announce: is told of the plan that is likely the best, before it is compared with its equals.
    """

    def __init__(
        self,
        network: Network,
        start: Board,
        tell: Callable[[str], None],
        effort: Effort = WHOLE,
        improve: Callable[[Board], tuple[Board, bool]] | None = None,
        announce: Callable[[Plan], None] | None = None,
    ) -> None:
        self.network = network
        self.plan = start.plan
        self.tell = tell
        self.effort = effort
        self._improve = improve
        self._announce = announce
        self._is_improved = False
        self.master = drawn_in(network) if network.pairs > LARGE else Master(network)
        if network.pairs > LARGE:
            self.master.share_out()
        everything = tuple(self.master.placed)
        self.bound = worth(network, everything)
        self.open_choice: Choice | None = None
        self.is_ownerless = False
        self.conflicts: list[tuple[int, ...]] = []
        self._last: tuple[tuple[int, ...], Settlement] = ((), NO_TIME)
        self._tied: tuple[tuple[int, ...], Choice | None] | None = None
        self._is_decidable = effort.days > 0
        self._doubts: dict[tuple[int, ...], bool] = {}
        self._dead: dict[tuple[int, ...], bool] = {}

    def run(self) -> Result:
        """Search until the best is proven, or rounds or patience run out."""
        try:
            if self.find_best():
                self._settle_ties()
            elif self._is_improved:
                self._improve_board(Board.of(self.network, self.plan))
            return Result(self.plan, self._reachable(), "exact", interrupted=False)
        except KeyboardInterrupt:
            everything = worth(self.network, self.master.placed)
            return Result(self.plan, everything, "exact", interrupted=True)

    @property
    def worth(self) -> Worth:
        """What the best plan so far is worth."""
        return worth(self.network, selection(self.network, self.plan))

    def find_best(self) -> bool:
        """Ask the master until its choice has a plan; tell whether it had in the end.

        Tasks are shared at will at first. Once that leads no further, every task is kept whole.
        """
        for turn in range(1, self.effort.rounds + 1):
            self.tell(f"looking for the best tactics, round {turn}")
            choice = self._ask()
            if choice is not None and self.master.is_shared and self._leads_nowhere(choice, turn):
                self._keep_whole()
                choice = self._ask()
            if choice is None:
                return False
            if choice.bound <= self.worth:
                return True
            if self._take_tied(choice) if turn == 1 else self._take(choice):
                return True
            if turn == 1 < self.effort.rounds and self._draw_in():
                continue
            if self._take_day_by_day(choice):
                return True
            self._improve_once(choice)
            if turn < self.effort.rounds:
                self._cut(choice)
            elif self.open_choice is None:
                self.open_choice = choice
        return False

    def _leads_nowhere(self, choice: Choice, turn: int) -> bool:
        """Tell whether it is time to keep tasks whole: no owners in the end, or less than was left open for that."""
        if self.is_ownerless and self.open_choice is not None and choice.bound < self.open_choice.bound:
            return True
        return turn >= min(SHARED, self.effort.rounds) and not self._settled(choice).has_owners

    def _draw_in(self) -> bool:
        """Let what is placed leave time for itself, now that a choice has no days; tell whether that says anything new.

        It takes longer: small models are first asked without, and mostly their choice has days all the same.
        """
        if self.network.pairs > LARGE:
            return False
        self.master = drawn_in(self.network)
        return bool(self.master.sooner)

    def _keep_whole(self) -> None:
        """Begin anew with whole tasks, without what was set aside only because no owners were found."""
        self.tell("looking for the best tactics, task by task")
        self.master = drawn_in(self.network)
        for conflict in self.conflicts:
            self.master.forbid(conflict)
        if self.is_ownerless:
            self.open_choice = None

    def _ask(self) -> Choice | None:
        """Ask the master; what it says of the best of all counts until a choice has been set aside.

        With tasks kept whole the bound may come out looser than it was while they were shared: the model is harder.
        """
        choice = most_valuable(self.master, self.master.values(self.plan.owners), self.effort.nodes)
        if choice is not None and self.effort.rounds > 1 and worth(self.network, choice.selection) < choice.bound:
            choice = counted(self.master, choice, self.effort.nodes)
        if choice is not None and self.open_choice is None:
            self.bound = min(self.bound, choice.bound)
        return choice

    def _take_tied(self, choice: Choice) -> bool:
        """Find a plan for the choice; in a small model its ties are settled meanwhile, in the hope that it has one."""
        if len(self.master.model.upper) > SMALL:
            return self._take(choice)
        with ThreadPoolExecutor(1) as aside:
            reached = worth(self.network, choice.selection)
            tied = aside.submit(settled_ties, self.master, reached, choice.values)
            is_taken = self._take(choice)
        self._tied = choice.selection, tied.result()
        return is_taken

    def _take(self, choice: Choice) -> bool:
        """Find a plan for the choice; keep it if it is no worse than the best so far."""
        plan = self._settled(choice).plan
        if plan is None:
            self._try_near(choice)
        elif worth(self.network, choice.selection) >= self.worth:
            self.plan = plan
        return plan is not None

    def _settled(self, choice: Choice) -> Settlement:
        """Return what became of the search for owners and days; the last selection's is remembered."""
        if self._last[0] != choice.selection:
            self.tell("finding owners and days")
            found = selected_windows(self.network, choice.selection)
            owners = {} if self.master.is_shared else self.master.owners(choice.values)
            settled = settle(self.network, found, owners) if found is not None else NO_TIME
            self._last = choice.selection, settled
        return self._last[1]

    def _take_day_by_day(self, choice: Choice) -> bool:
        """Put a choice that has owners to the solver, day by day, and tell whether it now has a plan.

        Where that does not decide, it takes long, and no other choice is put to it.
        """
        found = self._settled(choice)
        if not self._is_decidable or not found.has_owners or found.is_hopeless:
            return False
        windows = selected_windows(self.network, choice.selection)
        if windows is None or worth(self.network, choice.selection) <= self.worth:
            return False
        self.tell("trying day by day")
        verdict = by_day(self.network, windows, self.effort.days)
        self._is_decidable = verdict.impossible or verdict.plan is not None
        self._last = choice.selection, found._replace(plan=verdict.plan, is_hopeless=verdict.impossible)
        self.plan = verdict.plan or self.plan
        return verdict.plan is not None

    def _try_near(self, choice: Choice) -> None:
        """Where a choice has no plan, what comes near it may still be the best so far."""
        near = (
            filled(Board(self.network), by_density(self.network, choice.selection))
            if self.master.is_shared
            else thinned(self.network, self.master.owners(choice.values))
        )
        self.plan = near.plan if near.worth > self.worth else self.plan

    def _improve_once(self, choice: Choice) -> None:
        """Where the best choice has owners but no days, look elsewhere for a better plan, with its musts first."""
        if self._is_improved or self._improve is None or not self._settled(choice).has_owners:
            return
        self._is_improved = True
        board = Board.of(self.network, self.plan)
        if board.worth[:2] < choice.bound[:2]:
            board = max(board, self._with_musts(choice), key=lambda one: one.worth)
        self._improve_board(board)

    def _improve_board(self, board: Board) -> None:
        """Keep what becomes of a board, if it is better than the best so far."""
        better, is_stopped = self._improve(board) if self._improve is not None else (board, False)
        self.plan = better.plan if better.worth > self.worth else self.plan
        if is_stopped:
            raise KeyboardInterrupt

    def _with_musts(self, choice: Choice) -> Board:
        """Return a board with what is kept and the musts of a choice, if they have a plan, filled up with the rest."""
        candidates = self.network.candidates
        first = (one for one in choice.selection if candidates[one].kept or candidates[one].tier == "must")
        found = selected_windows(self.network, sorted({other for one in first for other in self.network.needed(one)}))
        plan = settle(self.network, found, {}).plan if found is not None else None
        board = Board.of(self.network, plan) if plan is not None else Board(self.network)
        return filled(board, by_density(self.network, choice.selection))

    def _cut(self, choice: Choice) -> None:
        """Forbid what makes a choice impossible; where that is not found, the choice, which then stays open."""
        found = self._settled(choice)
        proven = tuple(self._conflicts(choice.selection, found)) or (choice.selection,) * found.is_hopeless
        for conflict in proven or (choice.selection,):
            self.master.forbid(conflict)
        if proven or found.has_owners:
            self.conflicts.extend(proven or (choice.selection,))
        if not proven and self.open_choice is None:
            self.open_choice, self.is_ownerless = choice, not found.has_owners

    def _conflicts(self, chosen: tuple[int, ...], found: Settlement) -> Iterator[tuple[int, ...]]:
        """Yield small parts of a selection that are proven to have no plan."""
        if found.is_too_much:
            yield from parted(chosen, self._is_too_much)
        known: set[int] = set()
        for tactic in sorted({self.network.tasks[number].tactic for number in found.late}):
            part = around(self.network, chosen, tactic)
            if tactic not in known and self._seems_impossible(part):
                part = narrowed(part, self._seems_impossible)
                if self._has_no_days(part):
                    known.update(part)
                    yield part

    def _is_too_much(self, part: tuple[int, ...]) -> bool:
        found = selected_windows(self.network, part)
        return found is None or is_too_much(self.network, found)

    def _seems_impossible(self, part: tuple[int, ...]) -> bool:
        if part not in self._doubts:
            found = selected_windows(self.network, part)
            self._doubts[part] = found is None or seems_impossible(self.network, found)
        return self._doubts[part]

    def _has_no_days(self, part: tuple[int, ...]) -> bool:
        if part not in self._dead:
            found = selected_windows(self.network, part)
            self._dead[part] = found is None or by_day(self.network, found, self.effort.days).impossible
        return self._dead[part]

    def _settle_ties(self) -> None:
        """Replace the plan by the one among its equals that the remaining layers prefer."""
        for _ in range(self.effort.rounds):
            self.tell("choosing among equals")
            chosen = selection(self.network, self.plan)
            tied = self._preferred(chosen)
            if tied is None or tied.selection == chosen or self._take(tied):
                return
            self._cut(tied)

    def _preferred(self, chosen: tuple[int, ...]) -> Choice | None:
        """Return what the remaining layers prefer among the equals of the plan's selection, unless it is known."""
        known, self._tied = self._tied, None
        if known is not None and known[0] == chosen:
            return known[1]
        if self._announce is not None:
            self._announce(self.plan)
        return settled_ties(self.master, self.worth, self.master.values(self.plan.owners))

    def _reachable(self) -> Worth:
        """Return the bound on plans with as much must value as the plan at hand."""
        if self.worth[:2] >= self.bound[:2]:
            return self.bound
        value = best_value(drawn_in(self.network), self.worth)
        return Worth(self.bound.kept, self.bound.must, max(self.bound.value, value))
