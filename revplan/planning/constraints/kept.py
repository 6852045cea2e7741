"""What is kept is placed, as far as it can be: a wish with the first claim, not a constraint.

Work on kept tactics has started, or the user pinned them, but nothing ensures that they fit: somebody may have left
the team. A sprint that cannot hold them all still gets a plan, which holds as many as it can, and says which not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from revplan.planning.problem import Allocation, SprintProblem


def unplaced(problem: SprintProblem, allocation: Allocation) -> tuple[str, ...]:
    """Return the kept tactics that the allocation does not place, sorted."""
    placed = set(allocation.placed)
    return tuple(candidate.id for candidate in problem.candidates if candidate.kept and candidate.id not in placed)
