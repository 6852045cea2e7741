"""A plan from owners that do not quite work out: what comes late is dropped, and what then fits is put on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.schedule import timetable
from revplan.planning.solve.board import Board, Plan, by_density, filled
from revplan.planning.solve.settle import selected_windows

if TYPE_CHECKING:
    from revplan.planning.network import Network
    from revplan.planning.schedule import Owners, Timetable


def thinned(network: Network, owners: Owners) -> Board:
    """Return a board with these owners' tactics, but for those that come late, and then whatever else fits.

    Owners from the master fit their windows to the half week, and hand-overs between them are not certain: what is
    late is dropped, the least value for work first, until nothing is; but for a must, something else gives way.
    """
    chosen = {network.tasks[number].tactic for number in owners}
    rank = {tactic: place for place, tactic in enumerate(by_density(network, ()))}
    shielded = _shielded(network)
    while True:
        found = selected_windows(network, sorted(chosen))
        own = {number: parts for number, parts in owners.items() if network.tasks[number].tactic in chosen}
        if found is None:
            return Board(network)
        table = timetable(network, own, found)
        if not table.late:
            break
        chosen.discard(max(_in_the_way(network, table, shielded), key=rank.__getitem__))
        while unmet := {tactic for tactic in chosen if not chosen.issuperset(network.requires[tactic])}:
            chosen -= unmet
    return filled(Board.of(network, Plan(own, table.days)), by_density(network, ()))


def _shielded(network: Network) -> set[int]:
    """Return the tactics that must stay as far as they can: kept ones, musts, and what those require."""
    first = (
        tactic for tactic, candidate in enumerate(network.candidates) if candidate.kept or candidate.tier == "must"
    )
    return {needed for tactic in first for needed in network.needed(tactic)}


def _in_the_way(network: Network, table: Timetable, shielded: set[int]) -> set[int]:
    """Return the tactics of which one must go: those late, and for shielded ones the others of their owners."""
    late = {network.tasks[number].tactic for number in table.late}
    if not late <= shielded:
        return late - shielded
    busy = {worker for number in table.late for worker, _ in table.owners[number]}
    others = {
        network.tasks[number].tactic
        for number, parts in table.owners.items()
        if any(worker in busy for worker, _ in parts)
    }
    return others - shielded or late
