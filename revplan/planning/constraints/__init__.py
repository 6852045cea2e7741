"""What must hold in every allocation: one constraint a file.

Each tells the solver with `post` and checks a finished allocation with `violated`, which works from the problem
and the allocation alone: it shares nothing with the search, so the two cannot be wrong together.

That kept tactics are placed is no constraint but a wish with the first claim: work on them has started, or the user
pinned them, but nothing ensures that they fit: somebody may have left the team. A sprint that cannot hold them all
still gets a plan, which holds as many as it can.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from revplan.planning.constraints import (
    after,
    budget,
    excludes,
    hours,
    lines,
    ownership,
    pieces,
    requires,
    shares,
    whole,
    window,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.problem import Allocation, SprintProblem
    from revplan.planning.solve.master import Master


class Constraint(Protocol):
    """What a module of this package offers."""

    def post(self, master: Master, /) -> None:
        """Add the constraint to the solver's model."""

    def violated(self, problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
        """Yield a sentence for each place where the allocation breaks the constraint."""


CONSTRAINTS: tuple[Constraint, ...] = (
    whole,
    ownership,
    pieces,
    hours,
    window,
    after,
    requires,
    excludes,
    budget,
    lines,
    shares,
)


def violations(problem: SprintProblem, allocation: Allocation) -> tuple[str, ...]:
    """Return a sentence for each place where the allocation breaks a constraint; nothing if it is sound."""
    return tuple(message for constraint in CONSTRAINTS for message in constraint.violated(problem, allocation))


__all__ = ["CONSTRAINTS", "Constraint", "violations"]
