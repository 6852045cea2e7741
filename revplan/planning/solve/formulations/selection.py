"""The selection model: which tactics, as a 0-1 model over the whole sprint, without dates.

A column says whether a tactic is placed. Each task has a window, and no member, nor group of alike members, is given
more work whose windows lie within a stretch of days than they have minutes in it (Hall's condition, exact for work that
may be interrupted). Windows are rounded outward to half weeks, which keeps the rows few and the model a relaxation: its
bound holds for the sprint.

Work that several members may do is a flow from its demand to them: tasks of the same members and window are one demand,
shared at will. With owners, each such task has a column for each member instead, and stays whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.constraints import CONSTRAINTS
from revplan.planning.constraints.hours import bound
from revplan.planning.solve.formulations import TacticModel
from revplan.planning.solve.reduce import reduce
from revplan.planning.windows import half_weeks, selected_windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from revplan.planning.constraints.hours import Entry
    from revplan.planning.instance import Instance, NumberedTask
    from revplan.planning.timetable import Owners
    from revplan.planning.windows import Window

    Term = tuple[int, int]
    """A column, and what one of it stands for, mostly minutes."""
    Due = dict[int, dict[int, list[int]]]
    """For a task, the days on which it is due sooner than otherwise, and the tactics behind it that ask for it."""


class Demand(NamedTuple):
    """Work of the same members and days.

    Attributes:
        tasks: its tasks.
        window: their days, as the model counts them.
        needs: the minutes of each task, as a term of its tactic's column.
        parts: (member or group, term for the minutes they do of it).
    """

    tasks: tuple[int, ...]
    window: Window
    needs: tuple[Term, ...]
    parts: tuple[tuple[int, Term], ...]


class SelectionModel(TacticModel):
    """The model, and the meaning of its columns.

    Attributes:
        reduced: the problem reduced.
        has_owners: whether tasks stay whole, with a column for each (task, member).
        demands: the work.
        owned: the column of each (task, member) of a task with owners to choose from: 1 if the member has it, or a
            piece of it.
        amounts: the column of each (split task, member): the member's minutes of it.
        groups: of each member the number of their group; their own with owners.
        calendars: of the groups.
        deadlines: the days on which tasks are due sooner for a tactic behind them; empty where that is left out.
    """

    def __init__(self, instance: Instance, *, has_owners: bool, with_deadlines: bool) -> None:
        self.reduced = reduce(instance)
        super().__init__(instance, self.reduced.windows)
        self.has_owners = has_owners
        self.deadlines = self._conditional_deadlines() if with_deadlines else {}
        self.owned: dict[tuple[int, int], int] = {}
        self.amounts: dict[tuple[int, int], int] = {}
        self.groups = tuple(range(len(instance.workers))) if has_owners else self.reduced.groups
        self.calendars = instance.calendars if has_owners else self.reduced.calendars
        self._due: dict[tuple[int, int, int], int] = {}
        self.demands = tuple(self._demand(tasks) for tasks in self._alike())
        self._demand_of = {number: demand for demand in self.demands for number in demand.tasks}
        for constraint in CONSTRAINTS:
            constraint.post(self)
        if self.deadlines:
            self._post_deadlines()

    # --- columns ---------------------------------------------------------------------------------------------------

    def _alike(self) -> list[tuple[int, ...]]:
        """Return the tasks that can be placed, those of the same demand together."""
        alike: dict[tuple[object, ...], list[int]] = {}
        for task in self.instance.tasks:
            if task.tactic not in self.placed:
                continue
            own = self.reduced.able[task.number]
            is_apart = task.number in self.deadlines or (self.has_owners and len(own) > 1)
            key = (task.number,) if is_apart else (own, half_weeks(self.instance, self.windows[task.number]))
            alike.setdefault(key, []).append(task.number)
        return [tuple(numbers) for numbers in alike.values()]

    def _demand(self, tasks: tuple[int, ...]) -> Demand:
        jobs = [(self.instance.tasks[number].tactic, self.instance.tasks[number].job.minutes) for number in tasks]
        needs = tuple((self.placed[tactic], minutes) for tactic, minutes in jobs)
        able = self.reduced.able[tasks[0]]
        if self.has_owners and len(able) > 1:
            parts = tuple((worker, self._share(tasks[0], worker)) for worker in able)
        else:
            own = sorted({self.groups[worker] for worker in able})
            most = sum(minutes for _, minutes in needs)
            parts = tuple((one, (self.model.amount(most), 1)) for one in own) if len(own) > 1 else ()
            parts = parts or tuple((one, (-1, 0)) for one in own)
        return Demand(tasks, half_weeks(self.instance, self.windows[tasks[0]]), needs, parts)

    def _share(self, number: int, worker: int) -> Term:
        """Add the columns of a member's share of a task."""
        task = self.instance.tasks[number]
        owned = self.owned[number, worker] = self.model.column(1)
        if not task.job.split:
            return owned, task.job.minutes
        minutes = self.amounts[number, worker] = self.model.column(task.job.minutes)
        return minutes, 1

    def work(self, demand: Demand) -> tuple[tuple[int, tuple[Term, ...]], ...]:
        """Return who does the work of a demand: (member or group, terms of the minutes)."""
        if len(demand.parts) == 1:
            return ((demand.parts[0][0], demand.needs),)
        return tuple((one, (term,)) for one, term in demand.parts)

    def workers(self, number: int) -> tuple[int, ...]:
        """Return the members who may own a task."""
        return self.reduced.able[number]

    def tasks(self) -> tuple[int, ...]:
        """Return the tasks that can be placed."""
        return tuple(sorted(self._demand_of))

    def owner(self, number: int, worker: int) -> int:
        """Return the column that says whether a member owns a task; the tactic's where nobody else can."""
        return self.owned.get((number, worker), self.placed[self.instance.tasks[number].tactic])

    # --- rows ------------------------------------------------------------------------------------------------------

    def _conditional_deadlines(self) -> Due:
        """Return for each task the days by which it must end for a tactic behind it, where that is sooner.

        A selection asks for the soonest of the days that its tactics ask for: what a task must leave time for is a
        chain of tasks, and the last of them belongs to one tactic, which requires all the others.
        """
        found: Due = {}
        for tactic in self.placed:
            needed = self.instance.with_requirements(tactic) if self.instance.requires[tactic] else ()
            for number, own in (selected_windows(self.instance, needed) or {}).items():
                if own.deadline < self.windows[number].deadline:
                    found.setdefault(number, {}).setdefault(own.deadline, []).append(tactic)
        return {number: dict(sorted(days.items())) for number, days in sorted(found.items())}

    def _post_deadlines(self) -> None:
        """Tell the shares of tasks apart by the day on which they are due, and bound members' days with those too."""
        entries: list[list[Entry]] = [[] for _ in self.calendars]
        told: set[int] = set()
        for demand in self.demands:
            number = demand.tasks[0]
            window = self.windows[number]
            if number not in self.deadlines:
                for one, terms in self.work(demand):
                    entries[one].extend((window.release, window.deadline, term) for term in terms)
                continue
            told.update(one for one, _ in demand.parts)
            self._split_by_due_date(demand, entries)
        for one in sorted(told):
            bound(self.model, self.calendars[one], entries[one])

    def _split_by_due_date(self, demand: Demand, entries: list[list[Entry]]) -> None:
        """Split each member's share of a task by possible due date; require the full work by each."""
        number, need = demand.tasks[0], demand.needs[0][1]
        first, last = self.windows[number]
        by_then: list[Term] = []
        shares: dict[int, list[Term]] = {}
        for day in (*self.deadlines[number], last):
            for one, _ in demand.parts:
                if self.calendars[one].within(first, day):
                    column = self._due[number, one, day] = self.model.amount(need)
                    shares.setdefault(one, []).append((column, 1))
                    by_then.append((column, 1))
                    entries[one].append((first, day, (column, 1)))
            for tactic in self.deadlines[number].get(day, ()):
                self.model.row([*by_then, (self.placed[tactic], -need)], least=0)
        for one, terms in self.work(demand):
            taken = [(column, -factor) for column, factor in terms]
            self.model.row([*shares.get(one, []), *taken], least=0, most=0)

    # --- answers ---------------------------------------------------------------------------------------------------

    def owners(self, values: Sequence[float], chosen: Iterable[int]) -> Owners:
        """Return owners for the tasks of the chosen tactics, as near as can be to these values of the columns.

        With owners in the model, they are those of the answer. Without, whole tasks go to whoever has most left of
        the demand's flow, so some members get a little more than their minutes.
        """
        among = set(chosen)
        found: dict[int, tuple[tuple[int, int], ...]] = {}
        for demand in self.demands:
            tasks = [number for number in demand.tasks if self.instance.tasks[number].tactic in among]
            if self.has_owners and len(demand.parts) > 1:
                for number in tasks:
                    found[number] = self._read(demand, values, found)
            else:
                self._deal(demand, tasks, values, found)
        return found

    def _read(
        self, demand: Demand, values: Sequence[float], found: Mapping[int, tuple[tuple[int, int], ...]]
    ) -> tuple[tuple[int, int], ...]:
        number = demand.tasks[0]
        job = self.instance.tasks[number].job
        beside = self._beside(number, found)
        free = [part for part in demand.parts if part[0] not in beside] or demand.parts
        parts = [(worker, values[column] * factor) for worker, (column, factor) in free]
        if job.split:
            return tuple((worker, round(part)) for worker, part in parts if round(part))
        return ((max(parts, key=lambda part: (round(part[1], 3), -part[0]))[0], job.minutes),)

    def _beside(self, number: int, found: Mapping[int, tuple[tuple[int, int], ...]]) -> set[int]:
        """Return the members who have another part of a task that several people do at once."""
        return {worker for other in self.instance.tasks[number].beside for worker, _ in found.get(other, ())}

    def _deal(
        self,
        demand: Demand,
        tasks: Sequence[int],
        values: Sequence[float],
        found: dict[int, tuple[tuple[int, int], ...]],
    ) -> None:
        """Deal the tasks of a demand out by its flows, the longest first."""
        groups = dict(demand.parts) if len(demand.parts) > 1 else {}
        left = {one: values[column] for one, (column, _) in groups.items()}
        dealt: dict[int, int] = {}
        for number in sorted(tasks, key=lambda one: (-self.instance.tasks[one].job.minutes, one)):
            beside = self._beside(number, found)
            able = [one for one in self.reduced.able[number] if one not in beside] or self.reduced.able[number]
            room = {one: left.get(self.groups[one], 0) for one in able}
            by_room = sorted(able, key=lambda one: (-round(room[one], 3), dealt.get(one, 0), one))
            parts = _cut(self.instance.tasks[number], [(one, round(room[one])) for one in by_room])
            for worker, minutes in parts:
                if self.groups[worker] in left:
                    left[self.groups[worker]] -= minutes
                dealt[worker] = dealt.get(worker, 0) + minutes
            found[number] = parts

    def values(self, owners: Owners) -> tuple[int, ...]:
        """Return the values of the columns for tactics placed with these owners."""
        values = [0] * len(self.model.upper)
        for tactic in {self.instance.tasks[number].tactic for number in owners}:
            values[self.placed[tactic]] = 1
        for demand in self.demands:
            for number in demand.tasks:
                for worker, minutes in owners.get(number, ()):
                    self._set(demand, number, worker, minutes, values)
        return tuple(values)

    def _set(self, demand: Demand, number: int, worker: int, minutes: int, values: list[int]) -> None:
        one = self.groups[worker]
        if (number, worker) in self.owned:
            values[self.owned[number, worker]] = 1
            if (number, worker) in self.amounts:
                values[self.amounts[number, worker]] = minutes
        elif len(demand.parts) > 1:
            values[dict(demand.parts)[one][0]] += minutes
        if number in self.deadlines:
            asked = (
                day
                for day, tactics in self.deadlines[number].items()
                if any(values[self.placed[tactic]] for tactic in tactics)
            )
            day = next(asked, self.windows[number].deadline)
            if (number, one, day) in self._due:
                values[self._due[number, one, day]] += minutes


def _cut(task: NumberedTask, rooms: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return who has how much of a task: the first has all of it, unless it is split and there is not room enough."""
    worker, room = rooms[0]
    need = task.job.minutes
    parts: dict[int, int] = {}
    for other, free in rooms if task.job.split and room < need else ():
        piece = min(need, free)
        piece -= task.least - (need - piece) if 0 < need - piece < task.least else 0
        if piece >= task.least:
            parts[other] = piece
            need -= piece
    first = next(iter(parts), worker)
    parts[first] = parts.get(first, 0) + need
    return tuple(sorted((one, minutes) for one, minutes in parts.items() if minutes))
