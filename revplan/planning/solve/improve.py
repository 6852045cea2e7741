"""Improve: a parked tactic comes in, beside what is placed or in place of what is worth less.

Each selection near the plan at hand is tried as a whole: work stays with whoever has it, the local search finds owners
for what is new, and the order of all the work is searched until nothing is late. So a change may move any work and any
day of hand-over, and no model is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.effort import EFFORT
from revplan.planning.solve.construct import by_density, schedule_of
from revplan.planning.solve.in_time import bring_in_time
from revplan.planning.solve.local_search import LocalSearch
from revplan.planning.solve.schedule import Schedule, selection_of, worth
from revplan.planning.windows import selected_windows, windows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from revplan.planning.instance import Instance
    from revplan.planning.timetable import Owners, Solution
    from revplan.planning.windows import Window

TRIES = 2
"""Searches for an order in which nothing is late, for one selection. Of eight sprints of 80 x 15 with chains shoulds
come to 7074 with two, to 7101 with six, in 127 and 131 s."""

STEPS = 60
"""Moves of the local search for one selection. Of the same sprints shoulds come to as much with 20 and with 200, value
to 11606, 11606 and 11518."""

RIVALS = 8
"""Tactics that are tried, one after the other, as the one that goes for one that comes in. Of the same sprints shoulds
come to 7074 with four and with eight, to 7101 with sixteen, in 122, 127 and 138 s."""


def improve(instance: Instance, plan: Solution, on_progress: Callable[[str], None]) -> tuple[Solution, bool]:
    """Return a plan that is worth no less, and whether the user stopped the search.

    Args:
        instance: the problem.
        plan: a sound plan to begin with.
        on_progress: is told what is going on.
    """
    search = _Exchanges(instance, plan)
    try:
        on_progress("improving the plan")
        while search.bring_in_parked():
            on_progress("improving the plan further")
    except KeyboardInterrupt:
        return search.plan, True
    return search.plan, False


class _Exchanges:
    """The best plan so far, and the selections near it.

    Attributes:
        plan: the best so far.
    """

    def __init__(self, instance: Instance, plan: Solution) -> None:
        self.instance = instance
        self._widest = windows(instance)
        self._order = by_density(instance)
        self._left = EFFORT.exchange_work
        self._keep(plan)

    def _keep(self, plan: Solution) -> None:
        """Go on from a plan."""
        self.plan = plan
        self._placed = frozenset(selection_of(self.instance, plan))
        self._counted = Schedule(self.instance)
        for tactic in sorted(self._placed):
            self._counted.enter(tactic, self._widest)

    def bring_in_parked(self) -> bool:
        """Try each parked tactic once, the most value for work first; tell whether any came in."""
        came_in = [self._bring_in(tactic) for tactic in self._order if self._left > 0 and tactic not in self._placed]
        return any(came_in)

    def _bring_in(self, tactic: int) -> bool:
        """Place a tactic and what it requires; tell whether that came about."""
        coming = self.instance.with_requirements(tactic, placed=self._placed)
        for gone in self._choices(coming):
            may_come = self._left > 0 and self._allows(gone, coming)
            found = self._place(self._placed - gone, coming) if may_come else None
            if found is not None:
                self._keep(found)
                return True
        return False

    def _choices(self, coming: tuple[int, ...]) -> Iterator[frozenset[int]]:
        """Yield the tactics that may go for some that come and are worth more: what these exclude, and one rival."""
        instance, excluded = self.instance, self._counted.excluded
        gain = worth(instance, coming)
        needed = frozenset(required for tactic in coming for required in instance.with_requirements(tactic))
        out = self._with_dependents(*(other for tactic in coming for other in excluded[tactic]))
        if not out.isdisjoint(needed) or worth(instance, out) >= gain:
            return
        rivals = {out | self._with_dependents(rival) for rival in self._placed - needed - out}
        dear = [gone for gone in rivals if gone.isdisjoint(needed) and worth(instance, gone) < gain]
        yield from (out, *sorted(dear, key=self._order_for(coming))[:RIVALS])

    def _with_dependents(self, *tactics: int) -> frozenset[int]:
        """Return those of some tactics that are placed, and all that are placed and require them."""
        found: set[int] = set()
        for tactic in tactics:
            self.instance.add_with_dependents(tactic, found)
        return self._placed & found

    def _order_for(self, coming: tuple[int, ...]) -> Callable[[frozenset[int]], tuple[int, list[int]]]:
        """Return a key that is least for what has most of the hours of those who could do what comes."""
        instance, owners = self.instance, self.plan.owners
        people = {
            worker for tactic in coming for number in instance.of[tactic] for worker in instance.tasks[number].workers
        }

        def key(gone: frozenset[int]) -> tuple[int, list[int]]:
            parts = (part for tactic in gone for number in instance.of[tactic] for part in owners[number])
            return -sum(minutes for worker, minutes in parts if worker in people), sorted(gone)

        return key

    def _allows(self, gone: frozenset[int], coming: tuple[int, ...]) -> bool:
        """Tell whether the constraints let tactics in once others are gone; hours are counted later."""
        counted, came = self._counted, []
        for tactic in gone:
            counted.leave(tactic)
        for tactic in coming:
            if not counted.allows(tactic):
                break
            counted.enter(tactic, self._widest)
            came.append(tactic)
        for tactic in came:
            counted.leave(tactic)
        for tactic in gone:
            counted.enter(tactic, self._widest)
        return len(came) == len(coming)

    def _place(self, staying: frozenset[int], coming: tuple[int, ...]) -> Solution | None:
        """Return a plan of tactics that stay and some that come; None where none is soon found."""
        self._left -= len(self.plan.owners)
        found = selected_windows(self.instance, sorted(staying.union(coming)))
        if found is None:
            return None
        owners = {number: parts for number, parts in self.plan.owners.items() if number in found}
        near = rearrange(self.instance, found, owners, STEPS, self._left)
        self._left -= near.laid
        return near.plan


class Rearranged(NamedTuple):
    """What became of a rearrangement: the plan, None where none was found, and the pieces that were laid out."""

    plan: Solution | None
    laid: int


def rearrange(
    instance: Instance, windows: Mapping[int, Window], owners: Owners, steps: int, most: int, seed: int = 1
) -> Rearranged:
    """Look for a plan of the tasks that have windows in which most work stays with whoever has it.

    Args:
        instance: the problem.
        windows: of the tasks, given that all of them are to be done.
        owners: of some of them, all tasks of a tactic or none.
        steps: moves that ease what is too much for somebody.
        most: pieces laid out on calendars at most.
        seed: of the moves.
    """
    schedule = schedule_of(instance, windows, owners)
    search = LocalSearch(schedule, seed)
    search.allow(most)
    loose = [piece for piece in schedule.pieces(schedule.windows) if not schedule.follow(piece, owners)]
    is_settled = search.settle(loose) and search.ease(steps)
    plan = bring_in_time(instance, windows, schedule.owners, TRIES) if is_settled else None
    return Rearranged(plan, schedule.laid)
