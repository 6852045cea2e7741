"""The ranked fill: strictly down the ranked list, each tactic that still fits, what it requires just before it.

It is what a careful person does by hand: the plan under `--policy rank`, the start of every search, and the
yardstick shown beside the result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.solve.board import Board, filled

if TYPE_CHECKING:
    from revplan.planning.network import Network


def ranked(network: Network) -> Board:
    """Fill down the ranked list; tactics that must be kept come before all others."""
    by_rank = sorted(
        range(len(network.candidates)),
        key=lambda tactic: (not network.candidates[tactic].kept, network.candidates[tactic].rank, tactic),
    )
    return filled(Board(network), by_rank)
