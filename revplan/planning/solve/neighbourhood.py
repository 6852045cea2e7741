"""Large sprints: a good plan made better by taking some tactics off and putting others on.

Large-neighbourhood search (Shaw 1998), ruin and recreate: tactics that compete for the same members go, then they
and others like them are put back in a noisy order of value for work, and the result stays if it is no worse. A
fixed number of steps, integers, and a generator of its own: the same sprint takes the same path everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.solve.board import Worth, worth
from revplan.planning.solve.owners import Generator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from revplan.planning.network import Network
    from revplan.planning.solve.board import Board

STEPS = 2500
"""Neighbourhoods tried."""

GONE = 5
"""Most tactics taken off in one step, besides those that require them."""

SLACK = 500
"""A board may be worse than the best one by the best value over this."""

BOLD = 4
"""One in so many steps may go on from a worse board."""

EXTRA = 4
"""Parked tactics tried for each skill that became free."""


def improved(board: Board, tell: Callable[[str], None], steps: int = STEPS) -> Board:
    """Return the board after a number of steps, no worse than before; Ctrl-C ends it early."""
    search = _Search(board)
    for step in range(steps):
        if step % 250 == 0:
            tell(f"improving the plan, {100 * step // steps}%")
        search.step()
    return search.best


class _Search:
    """A board that is changed step by step."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.network = board.network
        self.best = board
        self.worth = self.best_worth = board.worth
        self.slack = self.worth.value // SLACK
        self.random = Generator(1)
        self.hopeful = [
            tactic
            for tactic, numbers in enumerate(self.network.of)
            if all(board.windows[number] is not None for number in numbers)
        ]
        self.wanting = _wanting(self.network, self.hopeful)

    def step(self) -> None:
        """Try one neighbourhood."""
        network, random = self.network, self.random
        if not self.hopeful:
            return
        seed = self.hopeful[random.below(len(self.hopeful))]
        workers = sorted({worker for task in network.of[seed] for worker in network.tasks[task].workers})
        chosen = [workers[random.below(len(workers))] for _ in range(2)]
        rivals = sorted({tactic for worker in chosen for tactic in self.board.tactics_of(worker)})
        gone = {rivals[random.below(len(rivals))] for _ in range(1 + random.below(GONE))} if rivals else set()
        ruined = self.board.without(gone)
        off = self.board.placed - ruined.placed
        wanted = sorted({seed, *off, *self._others(chosen)} - ruined.placed)
        self._keep(self._recreated(ruined, wanted, seed), off)

    def _others(self, workers: Iterable[int]) -> list[int]:
        """Return some tactics that these workers could do something for."""
        found: list[int] = []
        for worker in workers:
            pool = self.wanting[worker]
            found.extend(pool[self.random.below(len(pool))] for _ in range(EXTRA) if pool)
        return found

    def _recreated(self, board: Board, wanted: Sequence[int], seed: int) -> Board:
        """Put tactics on in a noisy order of value for work, sometimes the seed first."""
        noisy = {tactic: _density(self.network, tactic, 60 + self.random.below(80)) for tactic in wanted}
        seed_first = self.random.below(2)
        for tactic in sorted(wanted, key=lambda one: (one != seed or not seed_first, *noisy[one], one)):
            if tactic not in board.placed:
                board = board.with_tactic(tactic) or board
        return board

    def _keep(self, board: Board, off: set[int]) -> None:
        """Go on from a board that is no worse, or, now and then, not far below the best (record to record)."""
        lost = worth(self.network, off)
        gained = worth(self.network, board.placed - (self.board.placed - off))
        reached = Worth(*(now + on - less for now, on, less in zip(self.worth, gained, lost, strict=True)))
        least = Worth(self.best_worth.kept, self.best_worth.must, self.best_worth.value - self.slack)
        if reached >= self.worth or (self.random.below(BOLD) == 0 and reached >= least):
            self.board, self.worth = board, reached
        if reached > self.best_worth:
            self.best, self.best_worth = board, reached


def _density(network: Network, tactic: int, noise: int) -> tuple[bool, bool, int]:
    """Return a sort key by value for work: kept first, then musts, then the greatest value for each minute."""
    candidate = network.candidates[tactic]
    return not candidate.kept, candidate.tier != "must", -candidate.value * noise // candidate.minutes


def by_density(network: Network, chosen: Iterable[int]) -> list[int]:
    """Return all tactics in the order in which to fill a board: the chosen ones first, then by value for work."""
    first = set(chosen)
    return sorted(
        range(len(network.candidates)),
        key=lambda tactic: (tactic not in first, *_density(network, tactic, 100), tactic),
    )


def _wanting(network: Network, tactics: Iterable[int]) -> list[list[int]]:
    """Return for each worker the tactics with a task they may own."""
    wanting: list[list[int]] = [[] for _ in network.workers]
    for tactic in tactics:
        for worker in sorted({worker for number in network.of[tactic] for worker in network.tasks[number].workers}):
            wanting[worker].append(tactic)
    return wanting


