"""A change of an order of work: only what it reaches is laid out in days anew.

Each member's days hang on the order of their own tasks alone, and on when what these follow is done. So a change is
laid out from the first member and task that it touches; a member whose days come out as they were is left again, and
so is a task that follows nothing that ends on another day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.planning.solve.layout import OrderLayout
    from revplan.planning.solve.orders import Parts

    Row = list[int]
    """Minutes of a member left by day; last, the first day with any."""

SLACK = 100
"""A change is given up while it is laid out once it costs this part of the sum more than it may. Of 40 frozen instances
of up to 130 tasks the sums are the least at 100: 0.2% less in the mean than at 10, 30 or 1,000."""


class OrderCost(NamedTuple):
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


class OrderChange(NamedTuple):
    """Another order, or other owners, and what becomes of them.

    Attributes:
        order: of the tasks.
        owners: of the tasks.
        cost: of the whole.
        due: the days on which tasks are done that were done on another day.
        broken: how often the tasks that are laid out anew are laid aside.
        rows: (member, task, what the member had left before it) of these.
        last: what members have left after all, where that is another.
        finish: the days on which tactics are finished that were finished on another day.
    """

    order: Sequence[int]
    owners: Mapping[int, Parts]
    cost: OrderCost
    due: Mapping[int, int]
    broken: Mapping[int, int]
    rows: Sequence[tuple[int, int, Row]]
    last: Mapping[int, Row]
    finish: Mapping[int, int]


class ChangeTrial:
    """A change of a layout while it is laid out.

    Attributes:
        first: the first place in the order at which anything is different.
        broken: how often each task that is laid out anew is laid aside.
    """

    def __init__(
        self, layout: OrderLayout, order: Sequence[int], changed: Mapping[int, Parts], load: int | None
    ) -> None:
        self._layout = layout
        self._order = order
        self._load = layout.cost.load if load is None else load
        self._owners = {**layout.owners, **changed} if changed else layout.owners
        self._rows: dict[int, Row] = {}
        self._ahead: dict[int, int] = {}
        self._due: dict[int, int] = {}
        self._finish: dict[int, int] = {}
        self._saved: list[tuple[int, int, Row]] = []
        self._gained = 0
        self.broken: dict[int, int] = {}
        self.first, self._last = _span(layout.order, order)
        if changed:
            self._begin_with_owners(changed)

    def _begin_with_owners(self, changed: Mapping[int, Parts]) -> None:
        """Begin where the first task is that has other owners; both those before and those after are laid out anew."""
        layout, joint = self._layout, self._layout.frame.joint
        touched = [one for one in self._order if any(part in changed for part in joint.get(one, (one,)))]
        places = [place for one in touched for place in (layout.place[one], self._order.index(one))]
        self.first, self._last = min(self.first, *places), max(self._last, *places)
        for one in touched:
            parts = (*layout.frame.parts(one, layout.owners), *layout.frame.parts(one, self._owners))
            for worker in {worker for worker, _ in parts} - self._rows.keys():
                self._rows[worker] = layout.row_at(worker, layout.count_before(worker, self.first)).copy()

    def run(self, most: int) -> OrderChange | None:
        """Lay out what is reached, in order; arguments and result are those of `OrderLayout.look_at`."""
        layout, new_due = self._layout, self._due
        frame, owners, was = layout.frame, self._owners, layout.cost
        before, joint, limit = frame.before, frame.joint, most + was.finish // SLACK
        for place in range(self.first, len(self._order)):
            number = self._order[place]
            parts = frame.parts(number, owners) if joint else owners[number]
            if not self._is_reached(number, parts, place):
                for one in before[number]:
                    if one in new_due:
                        break
                else:
                    continue
            if not self._lay(number, parts) or self._gained > limit:
                return None
        if self._gained > most or not self.broken:
            return None
        cost = OrderCost(
            was.finish + self._gained,
            was.broken + sum(broken - layout.broken[one] for one, broken in self.broken.items()),
            was.days + sum(day - layout.due[one] for one, day in new_due.items()),
            self._load,
        )
        return OrderChange(self._order, owners, cost, new_due, self.broken, self._saved, self._rows, self._finish)

    def _is_reached(self, number: int, parts: Parts, place: int) -> bool:
        """Tell whether any owner of a task has come to it with other days left, or in another order, than before."""
        layout, rows, ahead = self._layout, self._rows, self._ahead
        is_reached = False
        for worker, _ in parts:
            if worker in rows:
                if place > self._last and rows[worker] == layout.rows[worker][number]:
                    del rows[worker]
                else:
                    is_reached = True
            elif place <= self._last:
                at = ahead[worker] if worker in ahead else layout.count_before(worker, self.first)
                queue = layout.queues[worker]
                if at < len(queue) and queue[at] == number:
                    ahead[worker] = at + 1
                else:
                    rows[worker] = layout.row_at(worker, at).copy()
                    is_reached = True
        return is_reached

    def _lay(self, number: int, parts: Parts) -> bool:
        """Lay a task out anew; tell whether it is in time."""
        layout, rows = self._layout, self._rows
        own = {}
        for worker, _ in parts:
            row = rows.get(worker)
            if row is None:
                before = layout.rows[worker][number]
                own[worker] = before.copy()
            else:
                before = row.copy()
                own[worker] = row
            self._saved.append((worker, number, before))
        found = layout.take(number, self._owners, layout.release(number, self._due), own)
        if found is None:
            return False
        end, self.broken[number] = found
        for worker, row in own.items():
            if worker not in rows and row != layout.row_after(worker, number):
                rows[worker] = row
        if end != layout.due[number]:
            self._due[number] = end
            self._end(number, end)
        return True

    def _end(self, number: int, end: int) -> None:
        """Note that a task is done on another day than before."""
        layout = self._layout
        tactic = layout.frame.instance.tasks[number].tactic
        was = self._finish[tactic] if tactic in self._finish else layout.finish[tactic]
        day = max(was, end)
        if end < was == layout.due[number]:
            due = (self._due.get(one, layout.due[one]) for one in layout.frame.blocks[tactic])
            day = max(layout.frame.fixed[tactic], *due)
        if day != was:
            self._finish[tactic] = day
            self._gained += layout.values[tactic] * (day - was)


def _span(now: Sequence[int], order: Sequence[int]) -> tuple[int, int]:
    """Return the first and the last place at which two orders differ."""
    first, last = 0, len(order) - 1
    while first <= last and now[first] == order[first]:
        first += 1
    while last >= first and now[last] == order[last]:
        last -= 1
    return first, last
