"""Orders of work: what an order of tasks may be turned into, each task staying after those it follows.

These are the steps of the search for the best first: a task or a whole tactic moves forward or back, or comes before
another, and a member hands on all they have of a tactic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from revplan.planning.instance import Instance

    Parts = tuple[tuple[int, int], ...]
    """(worker, minutes) of a task."""


class Orders:
    """The loose tasks, and the ways from one order of them to another.

    Attributes:
        before: of each loose task, the loose ones it follows.
        blocks: the loose tasks of each tactic, each after those it follows.

    Args:
        instance: the problem.
        loose: the tasks.
        joint: the parts of each task that several people do at once: the first part stands for all in an order.
    """

    def __init__(self, instance: Instance, loose: Collection[int], joint: Mapping[int, tuple[int, ...]]) -> None:
        self.instance = instance
        stands = {part: first for first, parts in joint.items() for part in parts}
        self.before = {}
        self.blocks: dict[int, list[int]] = {}
        self._tasks: dict[int, list[int]] = {}
        for number in instance.order:
            tactic = instance.tasks[number].tactic
            if number in loose:
                self._tasks.setdefault(tactic, []).append(number)
            if number in loose and stands.get(number, number) == number:
                self.blocks.setdefault(tactic, []).append(number)
                needed = (one for part in joint.get(number, (number,)) for one in instance.tasks[part].before)
                self.before[number] = tuple(dict.fromkeys(stands.get(one, one) for one in needed if one in loose))

    def sort(self, order: Sequence[int]) -> list[int]:
        """Return the order with each task after those it follows."""
        return sort_after(order, self.before)

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
            for task in self._tasks[self.instance.tasks[one].tactic] if one is not None else ():
                parts = owners[task]
                if parts[0][0] == giver and task not in found:
                    if len(parts) > 1 or taker not in self.instance.tasks[task].workers:
                        return None
                    found[task] = ((taker, parts[0][1]),)
        return found


def sort_after(order: Iterable[int], before: Mapping[int, Sequence[int]]) -> list[int]:
    """Return an order with each task after those it follows, and otherwise as it was."""
    found: dict[int, None] = {}
    for number in order:
        waiting = [number]
        while waiting:
            one = waiting[-1]
            missing = [first for first in before[one] if first not in found]
            if missing and one not in found:
                waiting.extend(missing)
            else:
                found[waiting.pop()] = None
    return list(found)
