"""The best first: in which order everybody works, once it is settled who does what.

A dispatch rule gives the start: the tactic of most value for the work that is left in it goes first (Smith 1956), and
what would come late is drawn forward. Then a local search moves tactics in the order, and tasks to others who are as
good an owner, for the least sum of value times day of finish. An order becomes days by one pass (`layout`):
each task takes the first free minutes of its owner once what it follows is done, in quarters of an hour, and goes on
until it is done. A change lays out anew only what it reaches: value comes in 14.5% sooner than version 1's in the
median of 39 frozen instances, with the whole rest of the order 12.2%, for 1.2 times the seconds of this step.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from revplan.model.numbers import QUARTER_HOUR
from revplan.planning.constraints.people import parts_at_once
from revplan.planning.effort import EFFORT
from revplan.planning.solve.layout import COPY, Frame, OrderLayout
from revplan.planning.solve.local_search import Generator
from revplan.planning.solve.orders import Orders
from revplan.planning.timetable import Solution

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from revplan.planning.instance import Instance
    from revplan.planning.solve.change import OrderChange
    from revplan.planning.solve.orders import Parts
    from revplan.planning.timetable import Days

    MayOwn = Callable[[Mapping[int, Parts], Mapping[int, Parts]], bool]
    """Whether tasks may have other owners instead, and nothing that comes before the order is any worse."""

WALKS = 3
"""Ways that are gone from the first order to a better one, each with its part of the effort. From six seeds the finish
of Harbourline is spread over 9%, and four times the effort for each helps none. Of 36 frozen instances of up to 205
tasks the finish is 0.4% sooner in the mean than with one way for the same effort, at worst 1% later instead of 6."""

FEW_TASKS = 240
"""Tasks up to which so many ways are gone: the one way of a longer order needs all of the effort. With three, that of
1000 x 100 finished 4% later."""

PATIENCE = 4
"""The search ends where this part of it has brought nothing better."""

TOLERANCE = 1000
"""At first an order is accepted though it costs this part of the best more; in the end none that costs more at all. Of
36 frozen instances of up to 205 tasks the finish is 0.3% sooner in the mean than with 500, for the same effort."""

NEAR = 3
"""Places in a member's queue over which two tasks are changed mostly, and one time in `FAR` over all of it. Of the same
instances the finish is as soon, with half of the effort, as with changes over all of it alone."""

FAR = 4


class Move(IntEnum):
    """What is changed by chance; as often as all of these, a tactic is moved before the whole of another one.

    All but owners are changed among two tasks that lie near each other in the queue of one member: the days of others
    would stay as they are.
    """

    TACTIC = 0
    TASK = 1
    BACK = 2
    OWNER = 3


def best_first(instance: Instance, plan: Solution, frozen: Collection[int], may_own: MayOwn) -> Solution:
    """Return a plan for the same tactics in which what is worth most is done first.

    Args:
        instance: the problem.
        plan: a sound plan; its days fit.
        frozen: tasks that keep their days.
        may_own: says which owners a task may have instead.
    """
    queue = Queue(instance, plan, frozen)
    if not queue.loose:
        return plan
    found = queue.search(may_own)
    if found is None:
        return plan
    kept = {key: days for key, days in plan.days.items() if key[0] not in queue.loose}
    return Solution(dict(sorted(queue.owners.items())), {**kept, **found})


class Queue:
    """The loose tasks in an order, and what is known of better ones.

    Attributes:
        instance: the problem.
        owners: of all tasks.
        loose: the tasks that are ordered.
    """

    def __init__(self, instance: Instance, plan: Solution, frozen: Collection[int]) -> None:
        self.instance = instance
        self.owners: dict[int, Parts] = dict(plan.owners)
        self.loose = frozenset(plan.owners) - frozenset(frozen)
        self._plan = plan
        self._free = [list(worker.minutes) for worker in instance.workers]
        self._due = {number: plan.due(number) for number in plan.owners if number not in self.loose}
        for (number, worker), days in plan.days.items():
            if number not in self.loose:
                for day, minutes in days:
                    self._free[worker][day] -= minutes
        self._bounds = {number: self._bound(number) for number in sorted(self.loose)}
        self._left = EFFORT.ordering(len(self.loose))
        self._quarter = QUARTER_HOUR
        self._frame_tasks(dict.fromkeys(parts_at_once(instance, self.owners, self.loose).values()))

    def _frame_tasks(self, groups: Iterable[tuple[int, ...]]) -> None:
        """Set up the orders, these parts of tasks being laid out at once."""
        self._joint = {group[0]: group for group in groups}
        self._orders = Orders(self.instance, self.loose, self._joint)
        blocks = self._orders.blocks
        self._values = {tactic: self.instance.candidates[tactic].value for tactic in blocks}
        fixed = {
            tactic: max((self._due[number] for number in self.instance.of[tactic] if number in self._due), default=0)
            for tactic in blocks
        }
        self._frame = Frame(self.instance, self._free, self._bounds, self._orders.before, blocks, fixed, self._joint)

    def _bound(self, number: int) -> tuple[int, int]:
        """Return the first and the last day a task may have beside the frozen ones."""
        task = self.instance.tasks[number]
        frozen = self._due
        opens, closes = self.instance.opens, self.instance.closes
        begins = (opens(first, number, frozen[first]) for first in task.before if first in frozen)
        ends = (closes(number, one, self._plan.start(one)) for one in task.after if one in frozen)
        return max([task.release, *begins]), min([task.deadline, *ends])

    def _lay_out(self, order: Sequence[int]) -> OrderLayout:
        """Return an order of all loose tasks laid out."""
        found = OrderLayout(self._frame, order, self.owners, self._quarter, self._load(self.owners))
        self._left -= found.laid
        return found

    def _look_at(
        self, layout: OrderLayout, order: Sequence[int], most: int, changed: Mapping[int, Parts] | None = None
    ) -> OrderChange | None:
        """Return what a change comes to, at the cost of what is laid out for it."""
        before = layout.laid
        load = self._load({**layout.owners, **changed}) if changed else None
        found = layout.look_at(order, most, changed, load)
        self._left -= 1 + layout.laid - before
        return found

    def _load(self, owners: Mapping[int, Parts]) -> int:
        loads = [0] * len(self.instance.workers)
        for parts in owners.values():
            for worker, minutes in parts:
                loads[worker] += minutes
        calendars = self.instance.calendars
        return sum(60 * load * load // max(1, own.total[-1]) for load, own in zip(loads, calendars, strict=True))

    # --- orders ----------------------------------------------------------------------------------------------------

    def search(self, may_own: MayOwn) -> dict[tuple[int, int], Days] | None:
        """Return days for a good order, whose owners are now those at hand; None where no order works out."""
        found = self._first_layouts() or self._first_layouts(1)
        if not found:
            return None
        spare = self._left // PATIENCE
        self._left -= spare
        best = self._wander_often(min(found, key=lambda one: one.cost), may_own)
        self._left = spare
        while self._left > 0 and self._move_tactics(best):
            pass
        self.owners = dict(best.owners)
        return best.days()

    def lay_out(self) -> dict[tuple[int, int], Days] | None:
        """Return days for the first order that works out; None where none does."""
        for quarter in (QUARTER_HOUR, 1):
            self._quarter = quarter
            for order in self._starts():
                found = self._lay_out(order)
                if found.late is None:
                    return found.days()
        return None

    def _wander_often(self, start: OrderLayout, may_own: MayOwn) -> OrderLayout:
        """Return the best that is found from one order in several ways, each by its own chance."""
        walks = WALKS if len(start.order) <= FEW_TASKS else 1
        order, owners, share = start.order, start.owners, self._left // walks
        found = []
        for seed in range(1, walks + 1):
            self._left, self.owners = share, dict(owners)
            found.append(self._wander(self._lay_out(order), may_own, seed))
        return min(found, key=lambda one: one.cost)

    def _wander(self, now: OrderLayout, may_own: MayOwn, seed: int) -> OrderLayout:
        """Go on by chance, also to what costs a little more, less and less so, and return the best.

        (Threshold accepting; Dueck and Scheuer 1990.)
        """
        random = Generator(seed)
        best = now.cost, now.order, now.owners
        whole, widest = max(1, self._left), now.cost.finish // TOLERANCE
        improved = self._left
        while self._left > max(0, improved - whole // PATIENCE) and len(now.order) > 1:
            self._left -= 1
            drawn = self._draw(now, random, may_own)
            if drawn is None:
                continue
            order, changed = drawn
            rest = self._left - max(0, improved - whole // PATIENCE)
            most = random.below(1 + widest * rest * PATIENCE // whole)
            change = self._look_at(now, order, most, changed)
            if change is not None and (change.cost <= now.cost or now.cost.finish < change.cost.finish):
                now.apply(change)
                if now.cost < best[0]:
                    best, improved = (now.cost, now.order, now.owners), self._left
        self.owners = dict(best[2])
        return self._lay_out(best[1])

    def _draw(
        self, now: OrderLayout, random: Generator, may_own: MayOwn
    ) -> tuple[Sequence[int], dict[int, Parts] | None] | None:
        """Return another order and other owners by chance; None where what was drawn cannot be."""
        order = now.order
        number = order[random.below(len(order))]
        kind = random.below(2 * len(Move))
        if kind == Move.OWNER:
            return self._draw_owner(now, number, random, may_own)
        queue, at = now.queue_of(number)
        at = at + random.below(2 * NEAR + 1) - NEAR if random.below(FAR) else random.below(len(queue))
        if not 0 <= at < len(queue) or queue[at] == number:
            return None
        other = queue[at]
        first, then = (other, number) if now.place[other] < now.place[number] else (number, other)
        tactic, rival = self.instance.tasks[then].tactic, self.instance.tasks[first].tactic
        index = now.place[first]
        if kind == Move.BACK:
            return self._orders.postpone(order, first, now.place[then]), None
        if kind == Move.TASK or tactic == rival:
            return self._orders.move_forward(order, [then], index), None
        if kind != Move.TACTIC:
            index = min(now.place[one] for one in self._orders.blocks[rival])
        return self._orders.move_forward(order, self._orders.blocks[tactic], index), None

    def _draw_owner(
        self, now: OrderLayout, number: int, random: Generator, may_own: MayOwn
    ) -> tuple[Sequence[int], dict[int, Parts] | None] | None:
        """Return the order, with a task moved forward or not, and other owners; None where they cannot be."""
        order = now.order
        able, other = self.instance.tasks[number].workers, order[random.below(len(order))]
        worker = able[random.below(len(able))]
        changed = self._orders.hand_on(now.owners, number, worker, other if random.below(2) else None)
        if changed is None or not may_own(now.owners, changed):
            return None
        if random.below(2):
            order = self._orders.move_forward(order, [number], random.below(1 + now.place[number]))
        return order, changed

    def _first_layouts(self, quarter: int = QUARTER_HOUR) -> list[OrderLayout]:
        """Return orders that work out, to quarters of an hour, or to the minute where all is too full for those."""
        self._quarter = quarter
        return [found for order in self._starts() if (found := self._lay_out(order)).late is None]

    def _plan_orders(self) -> Iterator[list[int]]:
        """Yield orders that the plan's own days suggest."""
        place = {number: index for index, number in enumerate(self.instance.order)}
        plan, tasks = self._plan, self._orders.before
        yield sorted(tasks, key=lambda one: (plan.due(one), plan.start(one), place[one]))
        yield sorted(tasks, key=lambda one: (plan.start(one), plan.due(one), place[one]))

    def _starts(self) -> Iterator[list[int]]:
        """Yield orders to begin with: the plan's own, and by value for work with what is late drawn forward."""
        own = [self._orders.sort(order) for order in self._plan_orders()]
        yield from own
        ranked = sorted(self._orders.blocks, key=lambda one: (-self._density(one), one))
        yield self._mend(self._orders.sort([number for tactic in ranked for number in self._orders.blocks[tactic]]))
        if self._joint:
            yield self._mend(self._orders.sort(sorted(own[0], key=lambda number: number not in self._joint)))
            yield self._mend(own[0])

    def _mend(self, order: list[int]) -> list[int]:
        """Return an order with what is late in it drawn forward, as often as that helps."""
        for _ in range(2 * len(self._orders.blocks)):
            late = self._lay_out(order).late
            if late is None or self._left <= 0:
                break
            order = self._draw_forward(order, late)
            self._left -= len(order) // COPY
        return order

    def _density(self, tactic: int) -> int:
        work = sum(self.instance.tasks[number].job.minutes for number in self._orders.blocks[tactic])
        return 1000 * self._values[tactic] // max(1, work)

    def _draw_forward(self, order: list[int], late: int) -> list[int]:
        """Return the order with a late task, and what it follows, before the last of its owners' tasks ahead of it."""
        team = {worker for worker, _ in self._frame.parts(late, self.owners)}
        place = order.index(late)
        deadline = self._bounds[late][1]
        for index in range(place):
            number = order[index]
            parts = self._frame.parts(number, self.owners)
            is_rival = any(worker in team for worker, _ in parts) and self._bounds[number][1] > deadline
            if is_rival and self.instance.tasks[number].tactic != self.instance.tasks[late].tactic:
                return self._orders.move_forward(order, [late], index)
        return self._orders.move_forward(order, [late], 0)

    def _move_tactics(self, now: OrderLayout) -> bool:
        """Move whole tactics forward in the order, each to the first place where the sum is less; tell whether any."""
        before = now.cost
        for tactic in sorted(self._orders.blocks, key=lambda one: (-self._density(one), one)):
            tasks = self._orders.blocks[tactic]
            seen: set[int] = set()
            for index in range(now.place[tasks[-1]]):
                other = self.instance.tasks[now.order[index]].tactic
                if self._left <= 0 or other == tactic or other in seen:
                    continue
                seen.add(other)
                change = self._look_at(now, self._orders.move_forward(now.order, tasks, index), 0)
                if change is not None and change.cost < now.cost:
                    now.apply(change)
                    break
        return now.cost < before
