"""Owners and days for what is selected: the best that are found, whichever the search for the selection came upon."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.planning.solve.dates import as_dated
from revplan.planning.solve.polish import merit, polished
from revplan.planning.solve.result import selection
from revplan.planning.solve.settle import cheaper, selected_windows
from revplan.planning.solve.undisturbed import least_moved

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from revplan.planning.network import Network
    from revplan.planning.solve.board import Plan
    from revplan.planning.solve.result import Result


class Staffing:
    """Finds them, aside and ahead of time for a plan that is likely to be the one.

    Args:
        network: the problem.
        asks_solver: whether the solver is asked for owners, too.
    """

    def __init__(self, network: Network, *, asks_solver: bool) -> None:
        self.network = network
        self._asks_solver = asks_solver
        self._begun: tuple[Plan, Future[Plan]] | None = None

    def begin(self, plan: Plan, aside: Executor) -> None:
        """Begin with a plan's tactics, for nothing if others are selected in the end; said again, nothing is begun."""
        if self._begun is None or self._begun[0] is not plan:
            self._begun = plan, aside.submit(self._staffed, plan)

    def finish(self, found: Result) -> Result:
        """Return the result with the best owners and days found for its tactics; Ctrl-C leaves them as they are."""
        try:
            if self._begun is not None and self._begun[0] is found.plan:
                return replace(found, plan=self._begun[1].result())
            return replace(found, plan=self._staffed(found.plan))
        except KeyboardInterrupt:
            return replace(found, interrupted=True)

    def _staffed(self, plan: Plan) -> Plan:
        return as_dated(self.network, self._well_owned(plan))

    def _well_owned(self, plan: Plan) -> Plan:
        """Return the plan with the best owners found for its tactics."""
        better = polished(self.network, plan)
        found = merit(self.network, better)
        windows = selected_windows(self.network, selection(self.network, plan))
        if windows is None or not self._asks_solver:
            return better
        if found.moved:
            return least_moved(self.network, better, windows)
        other = cheaper(self.network, windows, found.spend) if found.spend else None
        if other is not None:
            other = polished(self.network, other)
            return other if merit(self.network, other)[:2] < found[:2] else better
        return better
