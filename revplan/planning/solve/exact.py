"""Small and middling sprints: the best selection without dates, then dates for it, and cuts where it has none.

Logic-based Benders decomposition (Hooker 2000): the master model is a relaxation, so a selection of its best value
for which owners and days are found is proven best. One without is forbidden, as little of it as does the harm, and
the master is asked again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.solve.board import Worth, worth
from revplan.planning.solve.daily import by_day
from revplan.planning.solve.layers import best_value, most_valuable, settled_ties
from revplan.planning.solve.master import Master
from revplan.planning.solve.result import Result, selection
from revplan.planning.solve.settle import seems_impossible, selected_windows, settle
from revplan.planning.solve.thinned import thinned

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from revplan.planning.network import Network
    from revplan.planning.solve.board import Board, Plan
    from revplan.planning.solve.layers import Choice

NODES = 200
"""Nodes for finding days, or proving that there are none."""


class Effort(NamedTuple):
    """How far to go.

    Attributes:
        rounds: selections asked of the master before the search stops.
        nodes: branch-and-bound nodes for each layer of one selection.
    """

    rounds: int
    nodes: int


WHOLE = Effort(rounds=8, nodes=5000)
"""For a sprint that is to be solved for good."""


class Exact:
    """The search for the best plan by master and cuts.

    Attributes:
        network: the problem.
        plan: the best plan so far.
        bound: no plan is worth more.
    """

    def __init__(self, network: Network, start: Board, tell: Callable[[str], None], effort: Effort = WHOLE) -> None:
        self.network = network
        self.plan = start.plan
        self.tell = tell
        self.effort = effort
        self.master = Master(network)
        everything = tuple(self.master.placed)
        self.bound = worth(network, everything)
        self.open_choice: Choice | None = None

    def run(self) -> Result:
        """Search until the best is proven, or rounds or patience run out."""
        try:
            has_choice = self.find_best()
            self._try_day_by_day()
            if has_choice:
                self._settle_ties()
            return Result(self.plan, self._reachable(), "exact", interrupted=False)
        except KeyboardInterrupt:
            everything = worth(self.network, self.master.placed)
            return Result(self.plan, everything, "exact", interrupted=True)

    @property
    def worth(self) -> Worth:
        """What the best plan so far is worth."""
        return worth(self.network, selection(self.network, self.plan))

    def find_best(self) -> bool:
        """Ask the master until its choice has a plan; tell whether it had in the end."""
        for turn in range(1, self.effort.rounds + 1):
            self.tell(f"looking for the best tactics, round {turn}")
            choice = most_valuable(self.master, self.master.values(self.plan.owners), self.effort.nodes)
            if choice is None:
                return False
            if self.open_choice is None:
                self.bound = choice.bound
            if self._take(choice):
                return True
            if turn < self.effort.rounds:
                self._cut(choice)
            elif self.open_choice is None:
                self.open_choice = choice
        return False

    def _take(self, choice: Choice) -> bool:
        """Find a plan for the choice; keep it if it is no worse than the best so far."""
        plan = self._planned(choice)
        if plan is not None and worth(self.network, choice.selection) >= self.worth:
            self.plan = plan
        return plan is not None

    def _planned(self, choice: Choice) -> Plan | None:
        """Return a plan for the choice; where there is none, what comes near it may still be the best so far."""
        self.tell("finding owners and days")
        found = selected_windows(self.network, choice.selection)
        plan = settle(self.network, found) if found is not None else None
        if plan is None:
            near = thinned(self.network, self.master.owners(choice.values))
            self.plan = near.plan if near.worth > self.worth else self.plan
        return plan

    def _cut(self, choice: Choice) -> None:
        """Forbid what makes a choice impossible; where that is not found, the choice, which then stays open."""
        if not self._forbid_conflicts(choice.selection):
            self.master.forbid(choice.selection)
            self.open_choice = self.open_choice or choice

    def _try_day_by_day(self) -> None:
        """Put the most valuable choice that is neither planned nor refuted to the solver, day by day."""
        choice = self.open_choice
        if choice is None or worth(self.network, choice.selection) <= self.worth:
            return
        self.tell("trying day by day")
        found = selected_windows(self.network, choice.selection)
        plan = by_day(self.network, found, NODES).plan if found is not None else None
        self.plan = plan or self.plan

    def _forbid_conflicts(self, chosen: Sequence[int]) -> bool:
        """Forbid small parts of a selection that are proven to have no days; tell whether there are any."""
        rest = tuple(chosen)
        is_any = False
        while rest and self._seems_impossible(rest):
            part = self._narrowed(rest)
            found = selected_windows(self.network, part)
            if found is None or by_day(self.network, found, NODES).impossible:
                self.master.forbid(part)
                is_any = True
            rest = tuple(tactic for tactic in rest if tactic not in part)
        return is_any

    def _narrowed(self, part: tuple[int, ...]) -> tuple[int, ...]:
        """Leave out of an impossible part what is not needed to make it impossible, many at a time at first."""
        size = len(part) // 2
        while size:
            first = 0
            while first < len(part):
                rest = part[:first] + part[first + size :]
                if rest and self._seems_impossible(rest):
                    part = rest
                else:
                    first += size
            size //= 2
        return part

    def _seems_impossible(self, part: tuple[int, ...]) -> bool:
        found = selected_windows(self.network, part)
        return found is None or seems_impossible(self.network, found)

    def _settle_ties(self) -> None:
        """Replace the plan by the one among its equals that the remaining layers prefer."""
        for _ in range(self.effort.rounds):
            self.tell("choosing among equals")
            tied = settled_ties(self.master, self.worth, self.master.values(self.plan.owners))
            if tied is None or self._take(tied):
                return
            self._cut(tied)

    def _reachable(self) -> Worth:
        """Return the bound on plans with as much must value as the plan at hand."""
        if self.worth[:2] >= self.bound[:2]:
            return self.bound
        value = best_value(Master(self.network), self.worth)
        return Worth(self.bound.kept, self.bound.must, max(self.bound.value, value))
