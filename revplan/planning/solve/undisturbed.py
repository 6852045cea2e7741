"""On a replan, who goes on with what: as few minutes as can be leave those to whom the written sprint gave them.

The solver finds the fewest where work is handed over as it comes, which bounds them. Where that leaves somebody late,
days of hand-over are taken from the plan at hand, where each of them may be chosen within what its days leave open:
for given days the solver's owners are the best there are, and their work leaves other days open in its turn. In small
sprints the solver chooses the days too, and nothing can be better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.schedule import timetable
from revplan.planning.solve.between import between, earliest, halfway, hand_overs, latest
from revplan.planning.solve.board import Plan
from revplan.planning.solve.owners import Generator
from revplan.planning.solve.polish import merit, minutes_moved, polished
from revplan.planning.solve.settle import by_least_moved, least_moved_of_all, staffed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from revplan.planning.network import Network
    from revplan.planning.solve.between import Choice
    from revplan.planning.windows import Window

EFFORT = 4000
"""Pairs of a task and a member over how often days of hand-over are chosen, and owners sought for them."""

MOST = 20
"""How often that is at most."""

SMALL = 400
"""Days times pairs of a task and a member up to which the solver is asked for all days of hand-over at once."""


def least_moved(network: Network, plan: Plan, windows: Mapping[int, Window]) -> Plan:
    """Return a plan for the same tactics in which no more minutes are moved, and if as many, at no more spend.

    Args:
        network: the problem.
        plan: a sound plan.
        windows: of its tasks.
    """
    owners = by_least_moved(network, windows)
    if owners is None:
        return plan
    least = minutes_moved(network, owners)
    if network.pairs * len(network.problem.days) <= SMALL:
        return _better(network, plan, least_moved_of_all(network, windows))
    best = _better(network, plan, staffed(network, windows, owners, by_least_moved))
    for choice in _choices(max(1, min(MOST, EFFORT // network.pairs))):
        if minutes_moved(network, best.owners) <= least:
            break
        met = between(network, best, hand_overs(network, best, choice))
        owners = by_least_moved(network, met)
        if owners is not None:
            best = _better(network, best, Plan(owners, timetable(network, owners, met).days))
    return _better(network, best, polished(network, best))


def _choices(count: int) -> Iterator[Choice]:
    """Yield so many ways to choose days of hand-over."""
    yield from (earliest, latest, halfway)[:count]
    random = Generator(1)
    for _ in range(3, count):
        yield lambda days: days[random.below(len(days))]


def _better(network: Network, plan: Plan, other: Plan | None) -> Plan:
    """Return the other plan where it moves fewer minutes, or as many at no more spend."""
    return plan if other is None or merit(network, other)[:2] > merit(network, plan)[:2] else other
