"""Plans bound by cash made better: tactics that bring little for their cash give way to others that bring more.

Parts of the team are improved with the cash their own tactics hold, so cash seldom goes from one part to another
there. Here it does: one tactic comes in for those of least value for their cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.solve.board import worth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from revplan.planning.problem import Candidate
    from revplan.planning.solve.board import Board

    Lacking = dict[str | None, int]
    """Cents by budget line, None for the sprint; 0 or less where there is enough."""

ROUNDS = 2
"""Most rounds over all tactics; mostly nothing is left to be won after the second."""


def exchanged(board: Board, tell: Callable[[str], None]) -> Board:
    """Return the board after exchanges by cash, never worth less; the same where cash keeps nothing out."""
    for number in range(ROUNDS):
        waiting = [tactic for tactic in _by_value_for_cost(board) if tactic not in board.placed]
        if not any(_is_short(_lacking(board, tactic)) for tactic in waiting):
            break
        tell(f"exchanging by cash, round {number + 1}")
        better = board
        for tactic in waiting:
            better = _with_one(better, tactic)
        if better is board:
            break
        board = better
    return board


def _with_one(board: Board, tactic: int) -> Board:
    """Return the board with the tactic in place of those of least value for their cash, if that is worth more."""
    network = board.network
    candidates = network.candidates
    lacking = _lacking(board, tactic)
    if not _is_short(lacking) or not board.placed.issuperset(network.requires[tactic]):
        return board
    out: list[int] = []
    for other in _giving(board, network.requires[tactic]):
        left = _less(lacking, candidates[other], 1)
        if any(lacking[limit] > max(0, left[limit]) for limit in lacking):
            out.append(other)
            lacking = left
    for other in sorted(out, key=lambda one: -candidates[one].value):
        back = _less(lacking, candidates[other], -1)
        if not _is_short(back):
            out.remove(other)
            lacking = back
    if _is_short(lacking) or worth(network, [tactic]) <= worth(network, out):
        return board
    return board.without_these(out).with_tactic(tactic) or board


def _is_short(lacking: Lacking) -> bool:
    return any(cents > 0 for cents in lacking.values())


def _less(lacking: Lacking, candidate: Candidate, sign: int) -> Lacking:
    """Return what is lacking once a candidate has given its cash, or with sign -1 taken it back."""
    return {
        line: cents - sign * candidate.cost if line in (None, candidate.line) else cents
        for line, cents in lacking.items()
    }


def _giving(board: Board, needed: Iterable[int]) -> list[int]:
    """Return the placed tactics that cost cash and nothing else waits for, those of least value for it first."""
    network = board.network
    required = {other for tactic in board.placed for other in network.requires[tactic]}.union(needed)
    candidates = network.candidates
    return [
        tactic
        for tactic in reversed(_by_value_for_cost(board))
        if tactic in board.placed and tactic not in required and candidates[tactic].cost
    ]


def _by_value_for_cost(board: Board) -> list[int]:
    """Return all tactics, kept ones and musts first, then those of most value for their cost."""
    candidates = board.network.candidates

    def order(tactic: int) -> tuple[bool, bool, int, int]:
        candidate = candidates[tactic]
        return not candidate.kept, candidate.tier != "must", -1000 * candidate.value // max(1, candidate.cost), tactic

    return sorted(range(len(candidates)), key=order)


def _lacking(board: Board, tactic: int) -> Lacking:
    """Return the cents by which a tactic costs more than the sprint, and its budget line, has left."""
    problem, candidate = board.network.problem, board.network.candidates[tactic]
    lines = [None, *(line for line, _ in problem.lines)]
    return {
        line: candidate.cost - max(0, left)
        for line, left in zip(lines, board.left, strict=False)
        if left is not None and line in (None, candidate.line)
    }
