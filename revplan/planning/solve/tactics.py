"""What every model of the sprint has: a column for each tactic that can be placed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.solve.model import Model
from revplan.planning.windows import windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from revplan.planning.network import Network
    from revplan.planning.windows import Window


class Tactics:
    """A model of which tactics to place.

    Attributes:
        network: the problem.
        windows: of each task, None where its tactic cannot be placed.
        model: the columns and rows.
        placed: the column of each tactic that can be placed: 1 if it is.
    """

    def __init__(self, network: Network, given: Sequence[Window | None] | None = None) -> None:
        """Add the columns.

        Args:
            network: the problem.
            given: windows of the tasks, if they are narrower than they have to be.
        """
        self.network = network
        self.windows = windows(network) if given is None else given
        self.model = Model()
        self.placed = {
            tactic: self.model.column(1)
            for tactic, numbers in enumerate(network.of)
            if all(self.windows[number] for number in numbers)
        }

    def selection(self, values: Sequence[int]) -> tuple[int, ...]:
        """Return the tactics that these values of the columns place."""
        return tuple(tactic for tactic, column in self.placed.items() if values[column])

    def forbid(self, tactics: Iterable[int]) -> None:
        """Ask that these tactics are not all placed together."""
        together = tuple(tactics)
        self.model.row([(self.placed[tactic], 1) for tactic in together], most=len(together) - 1)
