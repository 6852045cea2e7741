"""The best first: in which order everybody works, once it is settled who does what.

A dispatch rule gives the start: the tactic of most value for the work that is left in it goes first (Smith 1956), and
what would come late is drawn forward. Then a local search moves tactics in the order, and tasks to others who are as
good an owner, for the least sum of value times day of finish. An order becomes days by one pass: each task takes the
first free minutes of its owner once what it follows is done, in quarters of an hour, and goes on until it is done.
"""

from __future__ import annotations

from enum import IntEnum
from operator import sub
from typing import TYPE_CHECKING

from revplan.model.numbers import QUARTER_HOUR
from revplan.planning.effort import EFFORT
from revplan.planning.solve.local_search import Generator
from revplan.planning.solve.orders import Cost, Orders, State, Timed
from revplan.planning.solve.schedule import Solution
from revplan.planning.solve.together import is_same, parts_at_once, take_together
from revplan.planning.windows import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from revplan.planning.instance import Instance
    from revplan.planning.solve.orders import Parts
    from revplan.planning.timetable import Days

    MayOwn = Callable[[Mapping[int, Parts], Mapping[int, Parts]], bool]
    """Whether tasks may have other owners instead, and nothing that comes before the order is any worse."""

PATIENCE = 4
"""The search ends where this part of it has brought nothing better."""

STATES = 12
"""States that are remembered along an order, so that a change costs no more than what comes after it."""

TOLERANCE = 500
"""At first an order is accepted though it costs this part of the best more; in the end none that costs more at all."""

SLACK = 10
"""A change is given up while it is laid out once it costs this part of the sum more than it may. On the frozen set
that saves a third of the time and finds the same sums or less; at 100 it saves half, and Harbourline finishes 4% later.
"""


class Move(IntEnum):
    """What is changed by chance; as often as all of these, a tactic is moved just before another one."""

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
        self._orders = Orders(instance, self.loose)
        self._values = {tactic: instance.candidates[tactic].value for tactic in self._orders.blocks}
        self._fixed_due = {
            tactic: max((self._due[number] for number in instance.of[tactic] if number in self._due), default=0)
            for tactic in self._orders.blocks
        }
        self._plannable = [worker.minutes for worker in instance.workers]
        self._left = EFFORT.ordering(len(self.loose))
        self._quarter = QUARTER_HOUR
        self._together = parts_at_once(instance, self.owners, self.loose)
        self._opens, self._has_lags = instance.opens, bool(instance.lags)

    def _bound(self, number: int) -> tuple[int, int]:
        """Return the first and the last day a task may have beside the frozen ones."""
        task = self.instance.tasks[number]
        frozen = self._due
        opens, closes = self.instance.opens, self.instance.closes
        begins = (opens(first, number, frozen[first]) for first in task.before if first in frozen)
        ends = (closes(number, one, self._plan.start(one)) for one in task.after if one in frozen)
        return max([task.release, *begins]), min([task.deadline, *ends])

    # --- from an order to days -------------------------------------------------------------------------------------

    def lay_out(self, order: Sequence[int], owners: Mapping[int, Parts]) -> Timed | int:
        """Return what an order of all loose tasks costs; the first task that comes late where that is no plan."""
        state = State(self._free, self._fixed_due)
        self._left -= len(order)
        for number in order:
            if not self._take(state, number, owners):
                return number
        return Timed(self._cost(state, owners), order)

    def _days(self, order: Sequence[int]) -> dict[tuple[int, int], Days]:
        """Return the days by (task, worker) that come of an order."""
        state = State(self._free, self._fixed_due)
        days: dict[tuple[int, int], Days] = {}
        for number in order:
            parts = self._together.get(number, (number,)) if number not in state.due else ()
            own = [(one, worker) for one in parts for worker, _ in self.owners[one]]
            before = [list(state.free[worker]) for _, worker in own]
            self._take(state, number, self.owners)
            for (one, worker), free in zip(own, before, strict=True):
                taken = enumerate(map(sub, free, state.free[worker]))
                days[one, worker] = tuple((day, minutes) for day, minutes in taken if minutes)
        return days

    def _change(
        self, trial: Sequence[int], owners: Mapping[int, Parts], known: Sequence[State], now: State, most: int
    ) -> Timed | None:
        """Return what a changed order costs; None where something is late or it costs too much.

        What is done later than before for the sake of what comes forward is mostly not done sooner behind it, so the
        sum over the tasks that are laid out tells early what the change costs.

        Args:
            trial: the order.
            owners: of the tasks.
            known: states that it has in common with the order at hand.
            now: the last state of the order at hand.
            most: by how much the sum of value times day of finish may grow.
        """
        state, change = known[-1].copy(), 0
        begin = state.place
        for number in trial[begin:]:
            if not self._take(state, number, owners):
                break
            change += state.added[number] - now.added[number]
            if change > most + now.value // SLACK:
                break
        self._left -= state.place - begin
        is_whole = state.place == len(trial) and state.value <= now.value + most
        return Timed(self._cost(state, owners), trial) if is_whole else None

    def _cost(self, state: State, owners: Mapping[int, Parts]) -> Cost:
        return Cost(state.value, state.broken, state.total, self._load(owners))

    def _take(self, state: State, number: int, owners: Mapping[int, Parts]) -> bool:
        """Lay one task out, with the parts of it that others do at once; tell whether it is in time."""
        release, deadline = self._bounds[number]
        for first in self._orders.before[number]:
            day = self._opens(first, number, state.due[first]) if self._has_lags else state.due[first]
            release = max(release, day)
        if number in self._together:
            window = Window(release, deadline)
            is_in_time = take_together(state, self._together[number], owners, window, self._quarter)
            return is_in_time and self._end(state, number, state.due[number])
        end = release
        for worker, minutes in owners[number]:
            row, own, need = state.free[worker], self._plannable[worker], minutes
            is_open = False
            for day in range(max(release, state.full[worker]), deadline + 1):
                room = row[day]
                share = need if room >= need else room - room % self._quarter
                if share:
                    state.broken += is_open
                    is_open = False
                    row[day] = room - share
                    need -= share
                    if not need:
                        end = max(end, day)
                        break
                elif need < minutes and own[day]:
                    is_open = True
            if need:
                return False
            full = state.full[worker]
            while full < deadline and not row[full]:
                full += 1
            state.full[worker] = full
        return self._end(state, number, end)

    def _end(self, state: State, number: int, day: int) -> bool:
        """Note the day on which a task is done; return True."""
        tactic = self.instance.tasks[number].tactic
        state.end(number, tactic, day, self._values[tactic])
        return True

    def _states(self, order: Sequence[int], owners: Mapping[int, Parts], known: Sequence[State] = ()) -> list[State]:
        """Return the states along an order, a few tasks apart, and the last; those that are known come first."""
        found = list(known) or [State(self._free, self._fixed_due)]
        state = found[-1].copy()
        self._left -= len(order) - state.place
        step = max(1, len(order) // STATES)
        for number in order[state.place :]:
            self._take(state, number, owners)
            if state.place % step == 0:
                found.append(state.copy())
        return [*found, state]

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
        found = self._first_orders() or self._first_orders(1)
        while not found and self._together:
            self._part_latest()
            found = self._first_orders() or self._first_orders(1)
        if not found:
            return None
        best = self._descend(min(found, key=lambda one: one.cost))
        spare = self._left // PATIENCE
        self._left -= spare
        best = self._wander(best, may_own)
        self._left += spare
        return self._days(self._descend(best).order)

    def _descend(self, best: Timed) -> Timed:
        """Move whole tactics forward until that makes the order no better."""
        is_better = True
        while is_better and self._left > 0:
            before = best
            best = self._move_tactics(best)
            is_better = best.cost < before.cost
        return best

    def _wander(self, best: Timed, may_own: MayOwn) -> Timed:
        """Go on by chance, also to what costs a little more, less and less so, and keep the best.

        (Threshold accepting; Dueck and Scheuer 1990.)
        """
        random = Generator(1)
        now, best_owners = best, dict(self.owners)
        whole, widest = max(1, self._left), best.cost.finish // TOLERANCE
        states = self._states(best.order, self.owners)
        improved = self._left
        while self._left > max(0, improved - whole // PATIENCE) and len(best.order) > 1:
            self._left -= 1
            drawn = self._draw(now.order, random, may_own)
            if drawn is None:
                continue
            order, owners = drawn
            rest = self._left - max(0, improved - whole // PATIENCE)
            most = random.below(1 + widest * rest * PATIENCE // whole)
            known = self._states_in_common(states, now.order, order, owners)
            trial = self._change(order, owners, known, states[-1], most)
            if trial is not None and (trial.cost <= now.cost or now.cost.finish < trial.cost.finish):
                now, self.owners = trial, owners
                states = self._states(order, owners, known)
                if now.cost < best.cost:
                    best, best_owners, improved = now, dict(owners), self._left
        self.owners = best_owners
        return best

    def _draw(
        self, order: Sequence[int], random: Generator, may_own: MayOwn
    ) -> tuple[Sequence[int], dict[int, Parts]] | None:
        """Return another order or other owners by chance; None where what was drawn cannot be."""
        number, other = order[random.below(len(order))], order[random.below(len(order))]
        tactic = self.instance.tasks[number].tactic
        kind = random.below(2 * len(Move))
        if kind >= len(Move):
            return self._orders.put_before(order, tactic, self.instance.tasks[other].tactic), self.owners
        if kind == Move.TACTIC:
            tasks = self._orders.blocks[tactic]
            return self._orders.move_forward(order, tasks, random.below(1 + order.index(tasks[-1]))), self.owners
        if kind == Move.TASK:
            return self._orders.move_forward(order, [number], random.below(1 + order.index(number))), self.owners
        if kind == Move.BACK:
            return self._orders.postpone(order, number, random.below(len(order))), self.owners
        able = self.instance.tasks[number].workers
        changed = self._orders.hand_on(
            self.owners, number, able[random.below(len(able))], other if random.below(2) else None
        )
        if changed is None or not may_own(self.owners, changed):
            return None
        trial = (
            self._orders.move_forward(order, [number], random.below(1 + order.index(number)))
            if random.below(2)
            else order
        )
        return trial, {**self.owners, **changed}

    def _states_in_common(
        self, states: Sequence[State], order: Sequence[int], trial: Sequence[int], owners: Mapping[int, Parts]
    ) -> Sequence[State]:
        """Return the states that the trial has in common with the order."""
        same = 0
        for one, other in zip(order, trial, strict=True):
            if one != other or owners[one] is not self.owners[one]:
                break
            if self._together and not is_same(self._together.get(one, ()), owners, self.owners):
                break
            same += 1
        return states[: 1 + same // max(1, len(order) // STATES)]

    def _first_orders(self, quarter: int = QUARTER_HOUR) -> list[Timed]:
        """Return orders that work out, to quarters of an hour, or to the minute where all is too full for those."""
        self._quarter = quarter
        return [found for order in self._starts() if isinstance(found := self.lay_out(order, self.owners), Timed)]

    def _part_latest(self) -> None:
        """Lay the parts of the task that comes too late one by one from now on; of all tasks where it has none."""
        late = self.lay_out(self._orders.sort(next(self._plan_orders())), self.owners)
        parts = self._together.get(late) if isinstance(late, int) else None
        for part in parts or [*self._together]:
            del self._together[part]

    def _plan_orders(self) -> Iterator[list[int]]:
        """Yield orders that the plan's own days suggest."""
        place = {number: index for index, number in enumerate(self.instance.order)}
        plan = self._plan
        yield sorted(self.loose, key=lambda one: (plan.due(one), plan.start(one), place[one]))
        yield sorted(self.loose, key=lambda one: (plan.start(one), plan.due(one), place[one]))

    def _starts(self) -> Iterator[list[int]]:
        """Yield orders to begin with: the plan's own, and by value for work with what is late drawn forward."""
        for order in self._plan_orders():
            yield self._orders.sort(order)
        ranked = sorted(self._orders.blocks, key=lambda one: (-self._density(one), one))
        order = self._orders.sort([number for tactic in ranked for number in self._orders.blocks[tactic]])
        for _ in range(2 * len(ranked)):
            late = self.lay_out(order, self.owners)
            if isinstance(late, Timed) or self._left <= 0:
                break
            order = self._draw_forward(order, late)
        yield order

    def _density(self, tactic: int) -> int:
        work = sum(self.instance.tasks[number].job.minutes for number in self._orders.blocks[tactic])
        return 1000 * self._values[tactic] // max(1, work)

    def _draw_forward(self, order: list[int], late: int) -> list[int]:
        """Return the order with a late task, and what it follows, before the last of its owners' tasks ahead of it."""
        team = {worker for worker, _ in self.owners[late]}
        place = order.index(late)
        deadline = self._bounds[late][1]
        for index in range(place):
            number = order[index]
            is_rival = any(worker in team for worker, _ in self.owners[number]) and self._bounds[number][1] > deadline
            if is_rival and self.instance.tasks[number].tactic != self.instance.tasks[late].tactic:
                return self._orders.move_forward(order, [late], index)
        return self._orders.move_forward(order, [late], 0)

    def _move_tactics(self, best: Timed) -> Timed:
        """Move whole tactics forward in the order, each to the first place where the sum is less."""
        states = self._states(best.order, self.owners)
        for tactic in sorted(self._orders.blocks, key=lambda one: (-self._density(one), one)):
            tasks = self._orders.blocks[tactic]
            seen: set[int] = set()
            for index in range(best.order.index(tasks[-1])):
                other = self.instance.tasks[best.order[index]].tactic
                if self._left <= 0 or other == tactic or other in seen:
                    continue
                seen.add(other)
                order = self._orders.move_forward(best.order, tasks, index)
                known = self._states_in_common(states, best.order, order, self.owners)
                trial = self._change(order, self.owners, known, states[-1], 0)
                if trial is not None and trial.cost < best.cost:
                    best, states = trial, self._states(order, self.owners, known)
                    break
        return best
