"""Which tactics a large sprint would place if tasks could be shared at will: a bound, a selection, and who does what.

The linear relaxation of the layers. A basic solution has no more broken columns than there are scarce members, lines
and shares, so on large sprints nearly all of it is whole already (Dantzig 1957; Shmoys and Tardos 1993 for owners).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.solve.board import Worth
from revplan.planning.solve.layers import worth_terms
from revplan.planning.solve.master import Master

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.planning.network import Network
    from revplan.planning.schedule import Owners
    from revplan.planning.solve.model import Relaxation
    from revplan.planning.solve.tactics import Tactics

WHOLE = 0.999
"""From how much of a tactic on it counts as placed."""


class Guide(NamedTuple):
    """What the relaxation says.

    Attributes:
        bound: no plan is worth more, layer by layer.
        selection: tactics to place, in order.
        owners: of their tasks, where the model has owners.
        order: all tactics that can be placed at all: kept ones and musts first, then the most gain first.
        relaxation: of the last layer; None where there is none.
    """

    bound: Worth
    selection: tuple[int, ...]
    owners: Owners
    order: tuple[int, ...]
    relaxation: Relaxation | None


def guide(model: Tactics) -> Guide | None:
    """Return what the relaxation of the layers says; None where the solver found nothing."""
    relaxed = model.model.copy()
    bounds = []
    found = None
    for terms in worth_terms(model):
        if not terms:
            bounds.append(0)
            continue
        found = relaxed.relaxed(terms)
        if found is None:
            return None
        bounds.append(found.bound)
        reached = sum(factor * found.values[column] for column, factor in terms)
        relaxed.row(terms, least=int(reached - 1))
    if found is None:
        return Guide(Worth(*bounds), (), {}, (), None)
    selection = tuple(tactic for tactic, column in model.placed.items() if found.values[column] > WHOLE)
    whole = _with_requirements(model.network, selection)
    owners = _owners(model, whole, found.values) if isinstance(model, Master) else {}
    return Guide(Worth(*bounds), whole, owners, _order(model, found), found)


def bound_beside(model: Tactics, found: Guide, reached: Worth) -> int | None:
    """Return a bound on the total value of plans no worse than this in the layers above; None where there is none.

    Args:
        model: the model.
        found: what its relaxation says: only the rows of the layers above differ from it.
        reached: the worth.
    """
    relaxed = model.model.copy()
    kept, must, value = worth_terms(model)
    relaxed.row(kept, least=reached.kept)
    relaxed.row(must, least=reached.must)
    beside = relaxed.relaxed(value, found.relaxation)
    return beside.bound if beside is not None else None


def _with_requirements(network: Network, selection: Sequence[int]) -> tuple[int, ...]:
    """Return the tactics of a selection whose requirements are in it too."""
    chosen = set(selection)
    while unmet := {tactic for tactic in chosen if not chosen.issuperset(network.requires[tactic])}:
        chosen -= unmet
    return tuple(sorted(chosen))


def _owners(model: Master, selection: Sequence[int], values: Sequence[float]) -> Owners:
    """Return for each task who has most of it; of a split one, all who have a share, rounded to minutes."""
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    for tactic in selection:
        for number in model.network.of[tactic]:
            job = model.network.tasks[number].job
            parts = [(worker, values[model.minutes(number, worker)[0]]) for worker in model.workers(number)]
            if job.split:
                found[number] = tuple((worker, round(part)) for worker, part in parts if round(part))
            else:
                found[number] = ((max(parts, key=lambda part: (round(part[1], 6), -part[0]))[0], job.minutes),)
    return found


def _order(model: Tactics, found: Relaxation) -> tuple[int, ...]:
    candidates = model.network.candidates

    def key(tactic: int) -> tuple[bool, bool, int, int, int]:
        candidate, column = candidates[tactic], model.placed[tactic]
        broken, gain = round(-1000 * found.values[column]), round(-found.gains[column])
        return not candidate.kept, candidate.tier != "must", broken, gain, tactic

    return tuple(sorted(model.placed, key=key))
