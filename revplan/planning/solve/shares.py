"""Members' shares of tasks: the columns of a model for them, and the owners that an answer gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from revplan.planning.network import Task
    from revplan.planning.schedule import Owners
    from revplan.planning.solve.model import Model

    Term = tuple[int, int]
    """A column, and the minutes that one of it stands for."""


def share(model: Model, task: Task) -> Term:
    """Add the columns for one member's share of a task, and return the term for its minutes."""
    owned = model.column(1)
    if not task.job.split:
        return owned, task.job.minutes
    minutes = model.column(task.job.minutes)
    model.row([(minutes, 1), (owned, -task.job.minutes)], most=0)
    model.row([(minutes, 1), (owned, -task.least)], least=0)
    return minutes, 1


def owners(shares: Iterable[tuple[int, int, Term]], values: Sequence[int]) -> Owners:
    """Return the owners that these values of a model's columns give.

    Args:
        shares: (task, worker, term for the worker's minutes of it), in the order in which owners are wanted.
        values: of the columns.
    """
    found: dict[int, list[tuple[int, int]]] = {}
    for number, worker, (column, factor) in shares:
        if values[column]:
            found.setdefault(number, []).append((worker, values[column] * factor))
    return {number: tuple(parts) for number, parts in found.items()}
