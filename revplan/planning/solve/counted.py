"""The best selection, count by count: how many tactics it has is settled first, then which they are.

Where value goes with hours, the relaxation fills every calendar to the minute with parts of tactics, and for long no
branch of the search is worth less than another. With the number of tactics given, it mostly is. (Cardinality as a
disjunction; Martello and Toth 1997 bound strongly correlated knapsacks by it.)
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.planning.solve.board import worth
from revplan.planning.solve.layers import Choice, worth_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.planning.solve.board import Worth
    from revplan.planning.solve.model import Model
    from revplan.planning.solve.tactics import Tactics

MOST = 4
"""Numbers of tactics that are looked at: where more of them might be best, to tell them apart does not help."""


def counted(master: Tactics, choice: Choice, nodes: int) -> Choice:
    """Return a choice as good or better, and a bound as low or lower.

    Args:
        master: the model that the choice is from.
        choice: the best that was found, whose value is not proven to be the most there is.
        nodes: branch-and-bound nodes in all, shared out evenly among as many numbers of tactics as are looked at.
    """
    reached = worth(master.network, choice.selection)
    kept, must, value = worth_terms(master)
    model = master.model.copy()
    model.row(kept, least=reached.kept)
    model.row(must, least=reached.must)
    limits = _limits(model, value, tuple(master.placed.values()), reached.value)
    if limits is None:
        return choice
    best, bound = reached.value, reached.value
    for count, limit in limits:
        if limit <= best:
            continue
        among = model.copy()
        among.row(((column, 1) for column in master.placed.values()), least=count, most=count)
        among.row(value, least=best + 1)
        answer = among.maximise(value, nodes=nodes // MOST)
        if answer.values is not None:
            best = answer.value
            choice = Choice(master.selection(answer.values), choice.bound, answer.values)
        if not answer.impossible:
            bound = max(bound, min(limit, answer.bound))
    return replace(choice, bound=_lowered(choice.bound, max(best, bound)))


def _limits(
    model: Model, value: Sequence[tuple[int, int]], columns: Sequence[int], reached: int
) -> list[tuple[int, int]] | None:
    """Return the numbers of tactics that may be worth more than what is reached, and how much at most, that first.

    None where there are too many of them. What is worth most falls off on both sides of where it is greatest, so they
    lie side by side.
    """
    relaxed = model.relaxed(value)
    middle = round(sum(relaxed.values[column] for column in columns)) if relaxed is not None else 0
    found: list[tuple[int, int]] = []
    for first, step in ((middle, 1), (middle - 1, -1)):
        count = first
        while 0 <= count <= len(columns) and (limit := _limit(model, value, columns, count)) > reached:
            found.append((count, limit))
            count += step
            if len(found) > MOST:
                return None
    return sorted(found, key=lambda one: (-one[1], one[0]))


def _limit(model: Model, value: Sequence[tuple[int, int]], columns: Sequence[int], count: int) -> int:
    """Return a bound on the value of so many tactics; -1 where so many cannot be."""
    among = model.copy()
    among.row(((column, 1) for column in columns), least=count, most=count)
    relaxed = among.relaxed(value)
    return relaxed.bound if relaxed is not None else -1


def _lowered(bound: Worth, value: int) -> Worth:
    return bound._replace(value=min(bound.value, value))
