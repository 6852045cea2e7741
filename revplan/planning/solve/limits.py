"""What tactics share besides hours: cash, budget lines, shares of the hours, and room beside what excludes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from revplan.planning.network import Network


class Limits:
    """What each tactic takes of each limit, and which tactics exclude it.

    Attributes:
        whole: of the budget, each line and each share, in this order; None where there is no limit.
    """

    def __init__(self, network: Network) -> None:
        problem = network.problem
        self.whole = (problem.budget, *(left for _, left in problem.lines), *(one.limit for one in problem.shares))
        self._taken = _taken(network)
        self._barred = _barred(network)

    def allow(self, tactic: int, left: list[int | None], placed: AbstractSet[int]) -> bool:
        """Tell whether what is left, and what is placed, leave room for the tactic."""
        for place, amount in self._taken[tactic]:
            room = left[place]
            if room is not None and amount > max(0, room):
                return False
        return self._barred[tactic].isdisjoint(placed)

    def take(self, tactic: int, left: list[int | None], sign: int = 1) -> None:
        """Take the tactic's amounts off what is left, or with sign -1 give them back."""
        for place, amount in self._taken[tactic]:
            room = left[place]
            left[place] = None if room is None else room - sign * amount


def _taken(network: Network) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return for each tactic what it takes of the budget, the lines and the shares: (place, amount)."""
    problem = network.problem
    lines = {line: place for place, (line, _) in enumerate(problem.lines, start=1)}
    taken: list[list[tuple[int, int]]] = []
    for candidate in problem.candidates:
        own = [(0, candidate.cost)]
        if candidate.line in lines:
            own.append((lines[candidate.line], candidate.cost))
        taken.append(own)
    numbers = {candidate.id: number for number, candidate in enumerate(problem.candidates)}
    for place, share in enumerate(problem.shares, start=1 + len(lines)):
        for tactic in share.candidates:
            if tactic in numbers:
                taken[numbers[tactic]].append((place, problem.candidates[numbers[tactic]].minutes))
    return tuple(tuple(own) for own in taken)


def _barred(network: Network) -> tuple[frozenset[int], ...]:
    """Return for each tactic those that exclude it."""
    barred: list[set[int]] = [set() for _ in network.candidates]
    for one, other in network.excludes:
        barred[one].add(other)
        barred[other].add(one)
    return tuple(frozenset(others) for others in barred)
