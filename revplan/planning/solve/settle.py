"""By when: owners and days for a selection, in which everything fits.

First owners whose work fits the windows of their tasks, then dates by earliest deadline. Where a task then comes too
late, the tasks it waits for are asked to end sooner, it is itself told when it can really begin, and owners are
sought again. A selection that resists is handed to the solver day by day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.schedule import timetable
from revplan.planning.solve.board import Plan
from revplan.planning.solve.owners import merged, owners
from revplan.planning.windows import Window, windows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.planning.network import Network
    from revplan.planning.schedule import Owners, Timetable

ROUNDS = 12
"""How often windows are drawn in before the search gives up."""


def settle(network: Network, selection: Sequence[int], hint: Owners | None = None) -> Plan | None:
    """Return owners and days for the selection, or None where none were found.

    Args:
        network: the problem.
        selection: positions of the tactics to place.
        hint: owners to try where the search's own beginning leads nowhere.
    """
    found = selected_windows(network, selection)
    if found is None:
        return None
    plan = _rounds(network, found, None)
    if plan is None and hint is not None:
        plan = _rounds(network, found, hint)
    return plan


def selected_windows(network: Network, selection: Sequence[int]) -> dict[int, Window] | None:
    """Return the windows of the selection's tasks, given that all of it is placed; None where that cannot be."""
    found = windows(network, frozenset(selection))
    chosen = {number: found[number] for tactic in selection for number in network.of[tactic]}
    sound = {number: window for number, window in chosen.items() if window is not None}
    return sound if len(sound) == len(chosen) else None


def _rounds(network: Network, base: dict[int, Window], start: Owners | None) -> Plan | None:
    drawn = dict(base)
    sought = drawn
    for _ in range(ROUNDS):
        bench = owners(network, sought, start)
        if bench is None:
            return None
        start = merged(bench)
        table = timetable(network, start, drawn)
        if not table.late:
            return Plan(start, table.days)
        drawn, sought = _draw_in(network, drawn, start, table)
    return None


def _draw_in(
    network: Network, drawn: dict[int, Window], found: Owners, table: Timetable
) -> tuple[dict[int, Window], dict[int, Window]]:
    """Return windows that leave late tasks more time, and the same with their true beginnings for the search."""
    drawn = dict(drawn)
    sought = {}
    for late in table.late:
        excess = table.due(late, found) - drawn[late].deadline
        for first in network.tasks[late].before:
            if first in found and table.due(first, found) > drawn[late].release:
                release, deadline = drawn[first]
                wanted = min(deadline, table.due(first, found)) - max(1, excess // 2)
                drawn[first] = Window(release, max(release, wanted))
        begin = max([drawn[late].release, *(drawn[first].deadline for first in network.tasks[late].before if first in found)])
        sought[late] = Window(min(begin, drawn[late].deadline), drawn[late].deadline)
    return drawn, {**drawn, **sought}
