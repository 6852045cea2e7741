"""The ranked fill: strictly down the ranked list, each tactic that still fits, what it requires just before it.

It is what a careful person does by hand: the plan under `--policy rank`, the start of every search, and the
yardstick shown beside the result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.solve.board import Board

if TYPE_CHECKING:
    from collections.abc import Iterable

    from revplan.planning.network import Network


def ranked(network: Network) -> Board:
    """Fill down the ranked list; tactics that must be kept come before all others."""
    by_rank = sorted(
        range(len(network.candidates)),
        key=lambda tactic: (not network.candidates[tactic].kept, network.candidates[tactic].rank, tactic),
    )
    return filled(Board(network), by_rank)


def filled(board: Board, tactics: Iterable[int]) -> Board:
    """Return the board with each of the tactics that fits, in this order."""
    for tactic in tactics:
        if tactic not in board.placed:
            board = board.with_tactic(tactic) or board
    return board
