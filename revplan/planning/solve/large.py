"""Large sprints: a bound and a selection from a relaxation, packed onto members and then filled up.

The relaxation knows owners as far as there are not too many pairs of a task and a member, and groups of members
beyond. It leaves days of hand-over out, so its bound holds; they are set before its selection is packed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.schedule import timetable
from revplan.planning.solve.aggregate import Aggregate
from revplan.planning.solve.board import Board, Plan, Worth, worth
from revplan.planning.solve.exchange import exchanged
from revplan.planning.solve.guide import bound_beside, guide
from revplan.planning.solve.master import Master
from revplan.planning.solve.packing import Packing
from revplan.planning.solve.parts import improved
from revplan.planning.solve.result import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from revplan.planning.network import Network
    from revplan.planning.solve.guide import Guide
    from revplan.planning.solve.tactics import Tactics

OWNED = 400_000
"""Pairs of a task and a member who may own it, up to which the model has owners."""

EASING = 500
"""Moves to ease overload before tactics have to go: all at first, then fewer turn by turn, while more have to go."""

EASING_EACH = 2
"""The same for each member, where they are many: else musts go that others could have taken on."""

USUAL = 20
"""Tasks a member: where they have more, a move costs as much more, and fewer are made."""

PASSES = (20, 60)
"""Moves to try for each tactic that is fitted in, pass by pass over those not placed."""

WORTH_MOVING = 100
"""A running sprint is turned over where that is worth more than this part of it: nothing is proven best at this size,
and a little more value is no reason to give most people other work. Kept tactics and musts are reason enough."""

IN_PARTS = 10_000
"""Pairs up to which the plan is improved part by part as well: beyond, parts are too many and bring too little."""


def in_parts(network: Network, start: Board, tell: Callable[[str], None]) -> Result:
    """Find a good plan and a bound for a sprint too large to be solved as a whole.

    Args:
        network: the problem.
        start: a sound plan to begin with.
        tell: is told what is going on.
    """
    tell("choosing tactics")
    search = _Search(network, start, tell)
    try:
        model = Master(network) if network.pairs <= OWNED else Aggregate(network)
        found = guide(model)
        if found is not None:
            search.bound = found.bound
            if any(task.job.written for task in network.tasks):
                search.go_on(model, found)
            else:
                search.begin(model, found)
                if network.pairs <= IN_PARTS:
                    search.improve()
                    search.exchange()
            search.bound = _bound(model, found, search.worth)
    except KeyboardInterrupt:
        search.is_interrupted = True
    return Result(search.plan, search.bound, search.method, search.is_interrupted)


def _bound(model: Tactics, found: Guide, reached: Worth) -> Worth:
    """Return the bound on plans with as much must value as was reached."""
    bound = found.bound
    if reached[:2] >= bound[:2]:
        return bound
    value = bound_beside(model, found, reached)
    everything = worth(model.network, model.placed).value
    return Worth(bound.kept, bound.must, everything if value is None else max(bound.value, value))


class _Search:
    """The best plan so far, and how it gets better.

    Attributes:
        plan: the best so far; sound at any time, so the user may stop at any time.
        worth: of the plan.
        bound: no plan is worth more.
        method: how the plan was reached.
        is_interrupted: the user stopped the search.
    """

    def __init__(self, network: Network, start: Board, tell: Callable[[str], None]) -> None:
        self.network = network
        self.plan = start.plan
        self.worth = start.worth
        self.bound = worth(network, range(len(network.candidates)))
        self.method = "ranked"
        self.is_interrupted = False
        self._tell = tell

    def go_on(self, model: Tactics, found: Guide) -> None:
        """Make the plan at hand better without turning it over, unless that is worth much more."""
        packing = Packing(self.network, model.windows)
        packing.resume(self.plan)
        self._fill_up(packing, found)
        anew = _Search(self.network, Board(self.network), self._tell)
        anew.begin(model, found)
        if self.network.pairs <= IN_PARTS or self._is_worth_moving(anew):
            self.improve()
        if self._is_worth_moving(anew):
            self.plan, self.worth = anew.plan, anew.worth

    def _is_worth_moving(self, anew: _Search) -> bool:
        """Tell whether another plan is worth so much more that most people may get other work."""
        return anew.worth > Worth(*self.worth[:2], self.worth.value + self.worth.value // WORTH_MOVING)

    def begin(self, model: Tactics, found: Guide) -> None:
        """Pack the selection onto members, and fill up with what else fits."""
        self._tell("finding owners and days")
        packing = Packing(self.network, model.windows)
        packing.begin(found.selection, found.owners)
        shielded = self._shielded()
        patience = self._moves(packing, max(EASING, EASING_EACH * len(self.network.workers)))
        turn = 1
        while not packing.loads.ease(patience // turn + len(packing.loads.overloaded)):
            overloaded = packing.loads.overloaded
            for worker in overloaded[: 1 + len(overloaded) * turn // 8]:
                if packing.loads.is_overloaded(worker):
                    packing.drop(self._least(packing.tactics_of(worker), shielded))
            turn += 1
        self._take(packing)
        self._fill_up(packing, found)

    def _fill_up(self, packing: Packing, found: Guide) -> None:
        """Fit in what else fits, with more effort from pass to pass."""
        self.method = "neighbourhood"
        for steps in PASSES:
            self._tell("fitting more tactics in")
            if self._fill(packing, found.order, self._moves(packing, steps)):
                self._take(packing)

    def _moves(self, packing: Packing, usual: int) -> int:
        """Return so many moves, or fewer where members have more tasks than usual."""
        each = len(packing.loads.windows) // max(1, len(self.network.workers))
        return max(1, usual * USUAL // max(USUAL, each))

    def _fill(self, packing: Packing, order: Iterable[int], steps: int) -> bool:
        """Fit in what can be; what requires a tactic that could not is not tried. Tell whether anything came in."""
        failed: set[int] = set()
        is_any = False
        for tactic in order:
            if tactic not in packing.placed and failed.isdisjoint(self.network.needed(tactic)):
                if packing.add(tactic, steps):
                    is_any = True
                else:
                    failed.add(tactic)
        return is_any

    def improve(self) -> None:
        """Improve the plan part by part."""
        board, self.is_interrupted = improved(Board.of(self.network, self.plan), self._tell)
        self.plan, self.worth = board.plan, board.worth

    def exchange(self) -> None:
        """Improve the plan by what its cash could bring in elsewhere, unless the user has stopped the search."""
        if not self.is_interrupted:
            board = exchanged(Board.of(self.network, self.plan), self._tell)
            self.plan, self.worth = board.plan, board.worth

    def _take(self, packing: Packing) -> None:
        """Keep the plan that a packing without overload comes to, if it is better."""
        reached = worth(self.network, packing.placed)
        if reached > self.worth:
            owners = packing.loads.owners
            table = timetable(self.network, owners, packing.loads.windows)
            assert not table.late, "windows that meet on days of hand-over leave nobody late"
            self.plan, self.worth = Plan(owners, table.days), reached

    def _shielded(self) -> set[int]:
        """Return the tactics that stay as far as they can: kept ones, musts, and what those require."""
        candidates = enumerate(self.network.candidates)
        first = (tactic for tactic, candidate in candidates if candidate.kept or candidate.tier == "must")
        return {needed for tactic in first for needed in self.network.needed(tactic)}

    def _least(self, tactics: Iterable[int], shielded: set[int]) -> int:
        """Return the tactic that is missed least: if it can be, none that is kept or a must or required by those."""
        candidates = self.network.candidates

        def key(tactic: int) -> tuple[bool, bool, bool, int, int]:
            candidate = candidates[tactic]
            density = 1000 * candidate.value // candidate.minutes
            return candidate.kept, candidate.tier == "must", tactic in shielded, density, tactic

        return min(tactics, key=key)
