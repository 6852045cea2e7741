"""What is better than what, one question at a time: each answer is kept by a row while the next is asked.

1. as many kept tactics as can be; 2. the value of musts; 3. total value; 4. on a replan, the most minutes left with
whom the written sprint gave them to; 5. the tie-break. No weights join the layers, so none can drown another.

The tie-break: of selections that are equal so far, the one that places the first candidate, in the order of deadline,
minutes and id, on which they differ. It picks exactly one selection, whichever of them the solver meets first. Where
the solver cannot settle a block of candidates within its nodes, the rest is left as it was met.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.planning.solve.board import Worth
from revplan.planning.solve.model import NODES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.planning.solve.master import Master
    from revplan.planning.solve.model import Model
    from revplan.planning.solve.tactics import Tactics

BLOCK = 16
"""Candidates settled by one solve of the tie-break: powers of two below 65,536 are exact for the solver."""

TIE_NODES = 50
"""Nodes for one block: where equals are that hard to tell apart, the rest of the tie-break is left out."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the master makes of the layers.

    Attributes:
        selection: the tactics, in order.
        bound: no selection is worth more.
        values: of the model's columns.
    """

    selection: tuple[int, ...]
    bound: Worth
    values: tuple[int, ...]


def most_valuable(master: Tactics, start: Sequence[int] | None, nodes: int = NODES) -> Choice | None:
    """Answer the first three layers; None where the solver found nothing.

    Args:
        master: the model.
        start: values of its columns to begin with.
        nodes: branch-and-bound nodes for each layer.
    """
    model = master.model.copy()
    bounds = []
    for terms in worth_terms(master):
        if not terms:
            bounds.append(0)
            continue
        answer = model.maximise(terms, start, nodes)
        if answer.values is None:
            return None
        bounds.append(answer.bound)
        start = answer.values
        model.row(terms, least=answer.value)
    return _choice(master, start or (), Worth(*bounds))


def settled_ties(master: Master, reached: Worth, start: Sequence[int]) -> Choice | None:
    """Answer the remaining layers; None where the solver found nothing.

    Args:
        master: the model.
        reached: what was found in the first three.
        start: values of the columns to begin with.
    """
    model = master.model.copy()
    for terms, least in zip(worth_terms(master), reached, strict=True):
        model.row(terms, least=least)
    unmoved = _unmoved_terms(master, model)
    start = (*start, *(0 for _ in range(len(model.upper) - len(start))))
    found = None
    for terms in (unmoved, *_tie_terms(master)):
        if not terms:
            continue
        answer = model.maximise(terms, start, TIE_NODES)
        if answer.values is None:
            break
        found = start = answer.values
        if not answer.proven:
            break
        model.row(terms, least=answer.value)
    return _choice(master, found, reached) if found is not None else None


def _choice(master: Tactics, values: Sequence[int], bound: Worth) -> Choice:
    return Choice(master.selection(values), bound, tuple(values))


def worth_terms(master: Tactics) -> tuple[list[tuple[int, int]], ...]:
    """Return the terms of the first three layers."""
    candidates = master.network.candidates
    chosen = [(column, candidates[tactic]) for tactic, column in master.placed.items()]
    return (
        [(column, 1) for column, candidate in chosen if candidate.kept],
        [(column, candidate.value) for column, candidate in chosen if candidate.tier == "must"],
        [(column, candidate.value) for column, candidate in chosen],
    )


def _unmoved_terms(master: Master, model: Model) -> list[tuple[int, int]]:
    """Return the terms of the minutes that stay with whom the written sprint gave them to."""
    numbers = {worker.id: number for number, worker in enumerate(master.network.workers)}
    terms = []
    for task in master.network.tasks:
        for member, minutes in task.job.written:
            key = task.number, numbers.get(member, -1)
            if key in master.amounts:
                unmoved = model.column(min(minutes, task.job.minutes))
                model.row([(unmoved, 1), (master.amounts[key], -1)], most=0)
                terms.append((unmoved, 1))
            elif key in master.owned:
                terms.append((master.owned[key], min(minutes, task.job.minutes)))
    return terms


def _tie_terms(master: Tactics) -> tuple[list[tuple[int, int]], ...]:
    """Return the terms of the tie-break, a block of candidates at a time."""
    candidates = master.network.candidates
    ordered = sorted(
        master.placed,
        key=lambda tactic: (candidates[tactic].deadline, candidates[tactic].minutes, candidates[tactic].id),
    )
    blocks = [ordered[first : first + BLOCK] for first in range(0, len(ordered), BLOCK)]
    return tuple(
        [(master.placed[tactic], 2 ** (len(block) - index - 1)) for index, tactic in enumerate(block)]
        for block in blocks
    )


def is_beyond(master: Tactics, least: Worth) -> bool:
    """Tell whether it is soon proven that no selection is worth as much, or more in a layer above.

    Args:
        master: a model without cuts that are not proven.
        least: what is asked for.
    """
    terms = worth_terms(master)
    for layer in range(len(terms)):
        model = master.model.copy()
        for above in range(layer):
            model.row(terms[above], least=least[above])
        model.row(terms[layer], least=least[layer] + (layer < len(terms) - 1))
        if not model.maximise((), nodes=TIE_NODES).impossible:
            return False
    return True


def best_value(master: Tactics, reached: Worth, nodes: int = NODES) -> int:
    """Return a bound on the total value of plans that are no worse in the layers above it.

    Args:
        master: a model without cuts that are not proven.
        reached: what a plan at hand is worth.
        nodes: branch-and-bound nodes.
    """
    model = master.model.copy()
    kept, must, value = worth_terms(master)
    model.row(kept, least=reached.kept)
    model.row(must, least=reached.must)
    return model.maximise(value, nodes=nodes).bound
