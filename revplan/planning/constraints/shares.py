"""Groups of tactics take no more minutes than their share of the sprint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.explain.claims import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.explain.reason import Placed
    from revplan.planning.instance import Instance
    from revplan.planning.problem import Allocation, Candidate, SprintProblem
    from revplan.planning.solve import Schedule, TacticModel


def post(selection: TacticModel) -> None:
    """Bound the minutes of what is placed of each group."""
    places = {candidate.id: number for number, candidate in enumerate(selection.instance.candidates)}
    for share in selection.instance.problem.shares:
        numbers = [places[tactic] for tactic in share.candidates if places.get(tactic) in selection.placed]
        minutes = [(selection.placed[number], selection.instance.candidates[number].minutes) for number in numbers]
        selection.model.row(minutes, most=max(0, share.limit))


def allows(schedule: Schedule, tactic: int) -> bool:
    """Tell whether every share that counts the tactic has room for its minutes as well."""
    shares, minutes = schedule.instance.problem.shares, schedule.instance.candidates[tactic].minutes
    return all(schedule.share_minutes(place) + minutes <= shares[place].limit for place in schedule.shares_of[tactic])


def shares_of(instance: Instance) -> tuple[tuple[int, ...], ...]:
    """Return for each tactic the places of the shares that count it."""
    numbers = {candidate.id: number for number, candidate in enumerate(instance.candidates)}
    found: list[list[int]] = [[] for _ in instance.candidates]
    for place, share in enumerate(instance.problem.shares):
        for name in share.candidates:
            if name in numbers:
                found[numbers[name]].append(place)
    return tuple(tuple(places) for places in found)


def explain(placed: Placed, candidate: Candidate) -> Reason | None:
    """Say how many more minutes it has than the placed tactics leave of its shares."""
    short, takers = placed.beyond("share", candidate)
    return Reason("share", short, takers) if short else None


def check(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield shares that are exceeded."""
    for share in problem.shares:
        counted = set(share.candidates)
        taken = sum(assignment.minutes for assignment in allocation.assignments if assignment.tactic in counted)
        if taken > max(0, share.limit):
            yield f"{share.of}: {taken} of {share.limit} minutes are taken"
