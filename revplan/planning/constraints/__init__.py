"""What must hold in every allocation: one constraint a file.

    after      A task starts on the day the tasks it follows are complete, or later by as long as it waits
    budget     The placed tactics cost no more cash than the sprint may commit
    excludes   Tactics that exclude each other are not placed side by side
    hours      Nobody is given more than their plannable minutes on any day
    lines      The placed tactics cost their budget lines no more than is left on them
    ownership  A task goes to one member with its skill at its level, or to the member it is pinned to
    people     The people who do a task at once are different members, on the same days for as long
    pieces     Whoever shares a split task has an hour of it at least, or all of it where it is shorter
    requires   What a tactic requires is placed too, and is complete by the day the tactic starts
    shares     Groups of tactics take no more minutes than their share of the sprint
    whole      A tactic is placed whole or not at all: every minute of every task has an owner and a day
    window     A tactic, and each of its tasks, is worked on between its release and its deadline, both days included

Each offers `post`, which tells the selection model; `allows`, which every other search asks before it places a tactic;
`explain`, which says what a parked tactic is short of; and `check`, which recomputes from the problem and the finished
allocation alone. `check` shares nothing with the search, so the two cannot be wrong together. A constraint in this
table is kept everywhere. Some modules also use single constraints by name:
`screening`, `solve`, `explain.insertion_model` and `explain.reason`.

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
    people,
    pieces,
    requires,
    shares,
    whole,
    window,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.explain.claims import Reason
    from revplan.planning.explain.reason import Placed
    from revplan.planning.problem import Allocation, Candidate, SprintProblem
    from revplan.planning.solve import Schedule, SelectionModel


class Constraint(Protocol):
    """What a module of this package offers."""

    def post(self, selection: SelectionModel, /) -> None:
        """Add the constraint to the selection model."""

    def allows(self, schedule: Schedule, tactic: int, /) -> bool:
        """Tell whether a schedule may take in a tactic, given what is placed; False only where it surely may not."""

    def explain(self, placed: Placed, candidate: Candidate, /) -> Reason | None:
        """Say why a parked tactic may not stand beside what is placed; None where this does not keep it out."""

    def check(self, problem: SprintProblem, allocation: Allocation, /) -> Iterator[str]:
        """Yield a sentence for each place where the allocation breaks the constraint."""


CONSTRAINTS: tuple[Constraint, ...] = (
    window,
    requires,
    excludes,
    budget,
    lines,
    shares,
    whole,
    ownership,
    people,
    pieces,
    hours,
    after,
)


def violations(problem: SprintProblem, allocation: Allocation) -> tuple[str, ...]:
    """Return a sentence for each place where the allocation breaks a constraint; nothing if it is sound."""
    return tuple(message for constraint in CONSTRAINTS for message in constraint.check(problem, allocation))


def allow(schedule: Schedule, tactic: int) -> bool:
    """Tell whether every constraint lets a schedule take in a tactic."""
    return all(constraint.allows(schedule, tactic) for constraint in CONSTRAINTS)


__all__ = ["CONSTRAINTS", "Constraint", "allow", "violations"]
