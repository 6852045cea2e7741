"""Orders of work: what an order of tasks may be turned into, each task staying after those it follows.

These are the steps of the search for the best first: a task or a whole tactic moves forward or back, or comes before
another, and a member hands on all they have of a tactic. How far an order is laid out in days is a state, and what it
comes to a cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from revplan.planning.instance import Instance

    Parts = tuple[tuple[int, int], ...]
    """(worker, minutes) of a task."""


class Cost(NamedTuple):
    """What makes an order better, less being better, compared in this order.

    Attributes:
        finish: value times day of finish, summed over the tactics.
        broken: how often work is laid aside and taken up again.
        days: day of finish, summed over the tasks, so that nothing lies about.
        load: how uneven: squares of the members' loads over the minutes they have, summed.
    """

    finish: int
    broken: int
    days: int
    load: int


class State:
    """How far an order is laid out.

    Attributes:
        place: how many tasks are.
        free: minutes left by member and day.
        full: by member, a day before which nothing is left.
        due: of each task.
        finish: of each tactic so far.
        added: what each task added to the value times day of finish.
        value: value times day of finish so far, beyond what is frozen.
        broken: how often work is laid aside.
        total: days of finish so far, summed over the tasks.
    """

    __slots__ = ("added", "broken", "due", "finish", "free", "full", "place", "total", "value")

    def __init__(self, free: Sequence[Sequence[int]], finish: Mapping[int, int]) -> None:
        self.place = self.value = self.broken = self.total = 0
        self.free = [list(minutes) for minutes in free]
        self.full = [0] * len(free)
        self.due: dict[int, int] = {}
        self.added: dict[int, int] = {}
        self.finish = dict(finish)

    def end(self, number: int, tactic: int, day: int, value: int) -> None:
        """Note the day on which a task is done, of a tactic of such a value."""
        self.due[number] = day
        self.total += day
        before = self.finish[tactic]
        added = 0
        if day > before:
            self.finish[tactic] = day
            added = value * (day - before)
            self.value += added
        self.added[number] = added
        self.place += 1

    def copy(self) -> State:
        """Return the same state, to go on by itself."""
        twin = State(self.free, self.finish)
        twin.full, twin.due, twin.added = list(self.full), dict(self.due), dict(self.added)
        twin.place, twin.value, twin.broken, twin.total = self.place, self.value, self.broken, self.total
        return twin


class Timed(NamedTuple):
    """An order that works out, and what it costs."""

    cost: Cost
    order: Sequence[int]


class Orders:
    """The loose tasks, and the ways from one order of them to another.

    Attributes:
        before: of each loose task, the loose ones it follows.
        blocks: the loose tasks of each tactic, each after those it follows.
    """

    def __init__(self, instance: Instance, loose: Collection[int]) -> None:
        self.instance = instance
        self.before = {
            number: tuple(first for first in instance.tasks[number].before if first in loose) for number in loose
        }
        self.blocks: dict[int, list[int]] = {}
        for number in instance.order:
            if number in loose:
                self.blocks.setdefault(instance.tasks[number].tactic, []).append(number)

    def sort(self, order: Sequence[int]) -> list[int]:
        """Return the order with each task after those it follows."""
        found: dict[int, None] = {}
        for number in order:
            waiting = [number]
            while waiting:
                one = waiting[-1]
                missing = [first for first in self.before[one] if first not in found]
                if missing and one not in found:
                    waiting.extend(missing)
                else:
                    found[waiting.pop()] = None
        return list(found)

    def move_forward(self, order: Sequence[int], tasks: Sequence[int], index: int) -> list[int]:
        """Return the order with tasks, and what they follow, moved forward to an index."""
        place = {number: position for position, number in enumerate(order)}
        moved = set(tasks)
        waiting = list(tasks)
        while waiting:
            for first in self.before[waiting.pop()]:
                if first not in moved and place[first] >= index:
                    moved.add(first)
                    waiting.append(first)
        head = [number for number in order[:index] if number not in moved]
        return [
            *head,
            *(number for number in order if number in moved),
            *(number for number in order[index:] if number not in moved),
        ]

    def postpone(self, order: Sequence[int], number: int, index: int) -> list[int]:
        """Return the order with a task, and what waits for it, moved back to an index."""
        place = {one: position for position, one in enumerate(order)}
        if index <= place[number]:
            return list(order)
        moved = {number}
        for one in order[place[number] : index + 1]:
            if not moved.isdisjoint(self.before[one]):
                moved.add(one)
        head = [one for one in order[: index + 1] if one not in moved]
        return [*head, *(one for one in order[: index + 1] if one in moved), *order[index + 1 :]]

    def put_before(self, order: Sequence[int], tactic: int, other: int) -> Sequence[int]:
        """Return the order with all of a tactic just before another one."""
        if tactic == other:
            return order
        rest = [task for task in order if self.instance.tasks[task].tactic != tactic]
        index = next(at for at, task in enumerate(rest) if self.instance.tasks[task].tactic == other)
        return self.sort([*rest[:index], *self.blocks[tactic], *rest[index:]])

    def hand_on(
        self, owners: Mapping[int, Parts], number: int, worker: int, other: int | None
    ) -> dict[int, Parts] | None:
        """Return the owners once a member has all that a task's owner has of its tactic; None where that cannot be.

        Args:
            owners: of all tasks, now.
            number: the task.
            worker: who gets it.
            other: a task whose owner, who gets it instead, gives in return all they have of that one's tactic.
        """
        before = owners[number][0][0]
        if other is not None:
            worker = owners[other][0][0]
        if worker == before:
            return None
        found: dict[int, Parts] = {}
        for one, giver, taker in ((number, before, worker), (other, worker, before)):
            for task in self.blocks[self.instance.tasks[one].tactic] if one is not None else ():
                parts = owners[task]
                if parts[0][0] == giver and task not in found:
                    if len(parts) > 1 or taker not in self.instance.tasks[task].workers:
                        return None
                    found[task] = ((taker, parts[0][1]),)
        return found
