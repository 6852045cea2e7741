"""A plan made better while its days of hand-over stay: which tactics then, and whose?

What is placed keeps its days of hand-over, and what is not is given some that fit in. For given days the model that
knows no others is exact: whatever it finds is a plan. Days are then taken from that one, and so on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.constraints.hours import post_to_the_day
from revplan.planning.schedule import timetable
from revplan.planning.solve.between import between, earliest, halfway, hand_overs, latest
from revplan.planning.solve.board import Board, Plan
from revplan.planning.solve.layers import most_valuable
from revplan.planning.solve.master import Master
from revplan.planning.solve.stages import Stages
from revplan.planning.windows import windows

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.planning.solve.between import Choice
    from revplan.planning.windows import Window

STEPS = 9
"""Most times that days are taken from the plan at hand."""

CHOICES = (halfway, latest, earliest)
"""Which of the days between two tasks the one hands over to the other on, in turn."""

NODES = 20
"""Branch-and-bound nodes for each layer of one step."""


def redated(board: Board, tell: Callable[[str], None]) -> Board:
    """Return the board after such steps, never worth less.

    Args:
        board: a sound plan.
        tell: is told what is going on.
    """
    stages = Stages(board.network, windows(board.network))
    in_vain = 0
    for number in range(STEPS):
        if in_vain == len(CHOICES):
            break
        tell(f"planning on the days at hand, step {number + 1}")
        found = _planned(board, stages, CHOICES[number % len(CHOICES)])
        is_better = found is not None and found.worth > board.worth
        in_vain = 0 if is_better else in_vain + 1
        board = found if found is not None and is_better else board
    return board


def _planned(board: Board, stages: Stages, choice: Choice) -> Board | None:
    """Return a board with the best that is found on the days of hand-over of this one; None where nothing is."""
    days = _days(board, stages, choice)
    master = Master(board.network, days)
    post_to_the_day(master)
    found = most_valuable(master, master.values(board.owners), NODES)
    if found is None:
        return None
    owners = master.owners(found.values)
    own = {number: window for number in owners if (window := days[number]) is not None}
    table = timetable(board.network, owners, own)
    return None if table.late else Board.of(board.network, Plan(owners, table.days))


def _days(board: Board, stages: Stages, choice: Choice) -> list[Window | None]:
    """Return windows that meet on days of hand-over: the board's own, and for the rest some that leave those alone."""
    network = board.network
    found = between(network, board.plan, hand_overs(network, board.plan, choice))
    known = set(board.placed)
    for tactic in range(len(network.of)):
        for needed in network.needed(tactic):
            if needed not in known and known.issuperset(network.requires[needed]):
                own = stages.windows(network.of[needed], found, {})
                if own is not None:
                    found.update(own)
                    known.add(needed)
    return [found.get(task.number) for task in network.tasks]
