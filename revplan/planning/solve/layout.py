"""An order of work laid out in days: each task takes the first free minutes of its owners once it may begin."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.solve.change import ChangeTrial, OrderCost
from revplan.planning.timetable import common_days
from revplan.planning.windows import Window

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.planning.instance import Instance
    from revplan.planning.solve.change import OrderChange, Row
    from revplan.planning.solve.orders import Parts
    from revplan.planning.timetable import Days

SCAN, COPY = 8, 20
"""Tasks that are looked at, and tasks of an order that is copied, in the time that one is laid out in."""


class Frame(NamedTuple):
    """What does not change from order to order.

    Attributes:
        instance: the problem.
        free: minutes left by member and day, beside what is frozen.
        bounds: the first and the last day of each task, beside what is frozen.
        before: of each task, the others it follows.
        blocks: the tasks of each tactic.
        fixed: the day on which the frozen tasks of each tactic are done.
        joint: of each task that several people do at once, which are laid out as one, all its parts.
    """

    instance: Instance
    free: Sequence[Sequence[int]]
    bounds: Mapping[int, tuple[int, int]]
    before: Mapping[int, tuple[int, ...]]
    blocks: Mapping[int, Sequence[int]]
    fixed: Mapping[int, int]
    joint: Mapping[int, tuple[int, ...]]

    def parts(self, number: int, owners: Mapping[int, Parts]) -> Parts:
        """Return who does how much of a task, of all its parts where these are laid out as one."""
        if number in self.joint:
            return tuple(part for one in self.joint[number] for part in owners[one])
        return owners[number]


class OrderLayout:
    """An order of tasks laid out in days: each takes the first free minutes of its owners once it may begin.

    Attributes:
        frame: the tasks.
        order: of them.
        owners: of all tasks.
        cost: what the order comes to.
        place: of each task in the order.
        queues: the tasks of each member, in order.
        values: of the tactics.
        due: the day on which each task is done.
        broken: how often each task is laid aside.
        finish: the day on which each tactic is finished.
        rows: by member and task, what the member has left before it.
        late: the first task that comes too late; None where all are in time. A late order is laid out no further.
        laid: tasks that were laid out for this and all changes that were looked at.
    """

    def __init__(
        self, frame: Frame, order: Sequence[int], owners: Mapping[int, Parts], quarter: int, load: int
    ) -> None:
        self.frame = frame
        self.late: int | None = None
        self.laid = 0
        self._quarter = quarter
        self._has_lags = bool(frame.instance.lags)
        self._days = len(frame.instance.problem.days)
        self.values = {tactic: frame.instance.candidates[tactic].value for tactic in frame.blocks}
        self.due: dict[int, int] = {}
        self.broken: dict[int, int] = {}
        self.finish = dict(frame.fixed)
        self._last = [[*row, 0] for row in frame.free]
        self.rows: list[dict[int, Row]] = [{} for _ in frame.free]
        for row in self._last:
            self._advance(row)
        for number in order:
            release = self.release(number)
            rows = {worker: self._last[worker] for worker, _ in frame.parts(number, owners)}
            for worker, row in rows.items():
                self.rows[worker][number] = row.copy()
            found = self.take(number, owners, release, rows)
            self.laid += 1
            if found is None:
                self.late = number
                return
            self.due[number], self.broken[number] = found
        self._index(order, owners)
        for tactic, block in frame.blocks.items():
            self.finish[tactic] = max([frame.fixed[tactic], *(self.due.get(one, 0) for one in block)])
        finish = sum(self.values[tactic] * (day - frame.fixed[tactic]) for tactic, day in self.finish.items())
        self.cost = OrderCost(finish, sum(self.broken.values()), sum(self.due.values()), load)

    def _index(self, order: Sequence[int], owners: Mapping[int, Parts]) -> None:
        """Note who has which tasks in which order."""
        self.order, self.owners = order, owners
        self.place = {number: place for place, number in enumerate(order)}
        self.queues: list[list[int]] = [[] for _ in self.frame.free]
        self._places: list[list[int]] = [[] for _ in self.frame.free]
        self._at: list[dict[int, int]] = [{} for _ in self.frame.free]
        joint = self.frame.joint
        for place, number in enumerate(order):
            for worker, _ in self.frame.parts(number, owners) if joint else owners[number]:
                queue = self.queues[worker]
                self._at[worker][number] = len(queue)
                queue.append(number)
                self._places[worker].append(place)

    def apply(self, change: OrderChange) -> None:
        """Make a change."""
        self.due.update(change.due)
        self.broken.update(change.broken)
        self.finish.update(change.finish)
        for worker, number, row in change.rows:
            self.rows[worker][number] = row
        for worker, row in change.last.items():
            self._last[worker] = row
        self.cost = change.cost
        self._index(change.order, change.owners)

    def days(self) -> dict[tuple[int, int], Days]:
        """Return the days of each (task, member)."""
        found: dict[tuple[int, int], Days] = {}
        for worker, queue in enumerate(self.queues):
            for at, number in enumerate(queue):
                before = self.rows[worker][number]
                after = self.rows[worker][queue[at + 1]] if at + 1 < len(queue) else self._last[worker]
                taken = tuple((day, before[day] - after[day]) for day in range(self._days) if before[day] > after[day])
                parts = self.frame.joint.get(number, (number,))
                own = next(one for one in parts if any(other == worker for other, _ in self.owners[one]))
                found[own, worker] = taken
        return found

    # --- one task --------------------------------------------------------------------------------------------------

    def _advance(self, row: Row) -> None:
        first, days = row[-1], self._days
        while first < days and not row[first]:
            first += 1
        row[-1] = first

    def release(self, number: int, changed: Mapping[int, int] | None = None) -> int:
        """Return the first day of a task, where some that it follows are done on another day than is noted."""
        release, due = self.frame.bounds[number][0], self.due
        for first in self.frame.before[number]:
            day = changed[first] if changed and first in changed else due[first]
            if self._has_lags:
                day = self.frame.instance.opens(first, number, day)
            release = max(release, day)
        return release

    def take(
        self, number: int, owners: Mapping[int, Parts], release: int, rows: Mapping[int, Row]
    ) -> tuple[int, int] | None:
        """Lay a task out from a day on; return the day on which it is done and how often it is laid aside.

        None where it comes too late.
        """
        deadline = self.frame.bounds[number][1]
        if number in self.frame.joint:
            return self._take_jointly(number, owners, release, rows)
        end, broken, quarter = release, 0, self._quarter
        for worker, minutes in owners[number]:
            row, need, is_open = rows[worker], minutes, False
            begin = row[-1]
            for day in range(begin if begin > release else release, deadline + 1):  # noqa: FURB136 - hot
                room = row[day]
                if room >= need:
                    row[day] = room - need
                    broken += is_open
                    need = 0
                    end = max(end, day)
                    break
                share = room - room % quarter
                if share:
                    broken += is_open
                    is_open = False
                    row[day] = room - share
                    need -= share
                elif need < minutes and self.frame.instance.workers[worker].minutes[day]:
                    is_open = True
            if need:
                return None
            if not row[begin]:
                self._advance(row)
        return end, broken

    def _take_jointly(
        self, number: int, owners: Mapping[int, Parts], release: int, rows: Mapping[int, Row]
    ) -> tuple[int, int] | None:
        """Lay the parts of a task that several people do at once out on the same days."""
        own = [rows[owners[part][0][0]] for part in self.frame.joint[number]]
        window = Window(release, self.frame.bounds[number][1])
        days = common_days((row[:-1] for row in own), window, owners[number][0][1], self._quarter)
        for row in own:
            for day, minutes in days:
                row[day] -= minutes
            self._advance(row)
        return (days[-1][0], 0) if days else None

    # --- a change --------------------------------------------------------------------------------------------------

    def look_at(
        self, order: Sequence[int], most: int, changed: Mapping[int, Parts] | None = None, load: int | None = None
    ) -> OrderChange | None:
        """Return what a change comes to; None where it changes nothing, something is late, or it costs too much.

        Args:
            order: of the tasks, each after those it follows.
            most: by how much the sum of value times day of finish may grow.
            changed: the owners of tasks that have others.
            load: how uneven loads are then.
        """
        trial = ChangeTrial(self, order, changed or {}, load)
        self.laid += (len(order) - trial.first) // SCAN + len(order) // COPY
        found = trial.run(most)
        self.laid += len(trial.broken)
        return found

    def row_at(self, worker: int, at: int) -> Row:
        """Return what a member has left before the task at a place of their queue; after all where there is none."""
        queue = self.queues[worker]
        return self.rows[worker][queue[at]] if at < len(queue) else self._last[worker]

    def row_after(self, worker: int, number: int) -> Row:
        """Return what a member has left after a task."""
        return self.row_at(worker, self._at[worker][number] + 1)

    def queue_of(self, number: int) -> tuple[Sequence[int], int]:
        """Return the queue of a task's first owner, and the task's place in it."""
        worker = self.owners[number][0][0]
        return self.queues[worker], self._at[worker][number]

    def count_before(self, worker: int, place: int) -> int:
        """Return how many tasks a member has before a place in the order."""
        return bisect_left(self._places[worker], place)
