"""What is written already: its owners to begin with, and in the end its dates, wherever they can stay.

A sprint that runs is promised to others. So a replan begins with the written owners, as far as they still work out,
and a finished plan for the same tactics takes on the written days of as many tasks as can keep them.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from revplan.model.numbers import QUARTER_HOUR
from revplan.planning.constraints.people import parts_at_once
from revplan.planning.effort import EFFORT
from revplan.planning.instance import LEAST_PIECE
from revplan.planning.solve.construct import Builder, by_density, repair_by_dropping
from revplan.planning.solve.handover import choose_days, earliest, latest, meeting_windows
from revplan.planning.solve.improve import rearrange
from revplan.planning.solve.schedule import Schedule, selection_of
from revplan.planning.timetable import Solution, common_days, first_free, timetable, unmet
from revplan.planning.windows import Window, selected_windows, windows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from revplan.planning.instance import Instance, NumberedTask
    from revplan.planning.timetable import Days, Timetable

    Held = tuple[int, int, int, int]
    """Deadline, release, minutes, and the task."""


# --- owners ---------------------------------------------------------------------------------------------------------


def restore_written(instance: Instance) -> Solution | None:
    """Return the written tactics with the written owners, as far as they still work out, and then what else fits.

    The written days are kept where all of them still work out. None where nothing is written.
    """
    table = _written_timetable(instance)
    if not table.plan.owners:
        return None
    if table.late:
        return repair_by_dropping(instance, table.plan.owners)
    return Builder.of(instance, table.plan).fill(by_density(instance)).schedule.solution()


def take_written(instance: Instance) -> Solution | None:
    """Return the written plan just as it stands, owners and days; None where any of it no longer works out."""
    table = _written_timetable(instance)
    owners = table.plan.owners
    if not owners or table.late or any(task.job.written and task.number not in owners for task in instance.tasks):
        return None
    plan, _ = restore_written_dates(instance, table.plan)
    days = _days_of(instance, owners)
    return plan if all(Window(plan.start(one), plan.due(one)) == days[one] for one in owners) else None


def restore_selection(instance: Instance, selection: Collection[int]) -> Iterator[Solution]:
    """Yield plans of a selection near what is written: what is not in it leaves, and what comes in is eased in.

    Moves are drawn by chance, each time others.
    """
    written = restore_written(instance)
    found = selected_windows(instance, selection)
    if written is None or found is None:
        return
    kept = frozenset(selection_of(instance, written)).intersection(selection)
    owners = {number: written.owners[number] for tactic in sorted(kept) for number in instance.of[tactic]}
    for seed in range(1, EFFORT.eased_in + 1):
        plan = rearrange(instance, found, owners, EFFORT.easing, EFFORT.owner_work, seed).plan
        if plan is not None:
            yield plan


def _written_timetable(instance: Instance) -> Timetable:
    """Return the written owners that still work out, at work within the written days."""
    owners = _written_owners(instance)
    return timetable(instance, owners, _days_of(instance, owners))


def _days_of(instance: Instance, numbers: Iterable[int]) -> dict[int, Window]:
    """Return the written days of tasks, as far as they may have them."""
    widest = windows(instance)
    return {number: _written_days(instance.tasks[number], widest[number]) for number in numbers}


def _written_owners(instance: Instance) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return the written owners of the tactics all of whose tasks have some, as far as constraints let them in."""
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    schedule = Schedule(instance)
    parts = {number: _written_parts(instance, instance.tasks[number]) for number in schedule.widest}
    unwritten: set[int] = set()  # they, or something that they require
    for task in instance.tasks:
        own = parts.get(task.number)
        others = [parts[other][0][0] for other in task.beside if parts.get(other)]
        if not own or not all(instance.may_meet(task.number, own[0][0], other) for other in others):
            instance.add_with_dependents(task.tactic, unwritten)
    for tactic in by_density(instance):
        if tactic in unwritten:
            continue
        new = instance.with_requirements(tactic, placed=schedule.placed)
        came = []
        for needed in new:
            if not schedule.allows(needed):
                break
            schedule.enter(needed, schedule.widest)
            came.append(needed)
        if len(came) == len(new):
            found |= {number: parts[number] for needed in new for number in instance.of[needed]}
        else:
            for needed in came:
                schedule.leave(needed)
    return found


def _written_parts(instance: Instance, task: NumberedTask) -> tuple[tuple[int, int], ...]:
    """Return a task's written (worker, minutes); nothing where it has none, or other work or people than it takes."""
    numbers = {instance.workers[worker].id: worker for worker in task.workers}
    written = task.job.written
    is_whole = sum(minutes for _, minutes in written) == task.job.minutes
    if not is_whole or any(member not in numbers or minutes < task.least for member, minutes in written):
        return ()
    return tuple(sorted((numbers[member], minutes) for member, minutes in written))


def _written_days(task: NumberedTask, widest: Window) -> Window:
    """Return the written days of a task, as far as it may have them; none where it has none."""
    if task.job.span is None:
        return Window(0, -1)
    first, last = task.job.span
    return Window(max(first, widest.release), min(last, widest.deadline))


# --- dates ----------------------------------------------------------------------------------------------------------


def restore_written_dates(instance: Instance, plan: Solution) -> tuple[Solution, frozenset[int]]:
    """Return the plan with the written days wherever they can stay, and the tasks that keep theirs.

    A date is a promise to others, so a replan keeps it even where the work could now be done sooner. Task by task, the
    written days take the place of those that the plan leaves open wherever everybody's work still fits, and what would
    begin too late or end too soon has some of its work set aside for its first and its last day.
    """
    spans = {number: Window(*span) for number in plan.owners if (span := instance.tasks[number].job.span) is not None}
    if not spans:
        return plan, frozenset()
    as_it_was = _in_spans(instance, plan, spans)
    if as_it_was is not None:
        return as_it_was, frozenset(spans)
    by_days = sorted(spans, key=lambda number: (spans[number].deadline, spans[number].release, number))
    everything = sum(instance.tasks[number].job.minutes for number in spans)
    diaries = []
    for choice, order in product((latest, earliest), (by_days, by_days[::-1])):
        diary = Diary(instance, plan, choose_days(instance, plan, choice))
        diary.hold(order, spans)
        diaries.append(diary)
        if diary.minutes_held() == (everything, everything):
            break
    best = max(diaries, key=Diary.minutes_held)
    best.set_aside()
    return best.plan(), frozenset(best.held)


def _in_spans(instance: Instance, plan: Solution, spans: Mapping[int, Window]) -> Solution | None:
    """Return the plan laid out in the order of the written days, if every task then begins and ends as written."""
    if len(spans) < len(plan.owners) or not all(_may_keep(instance, number, spans) for number in spans):
        return None
    together = parts_at_once(instance, plan.owners, spans)
    place = {number: index for index, number in enumerate(instance.order)}
    by_start = sorted(spans, key=lambda number: (spans[number].release, spans[number].deadline, place[number]))
    by_due = sorted(spans, key=lambda number: (spans[number].deadline, spans[number].release, place[number]))
    for order, quarter in ((by_start, QUARTER_HOUR), (by_due, QUARTER_HOUR), (by_start, 1), (by_due, 1)):
        free = [worker.minutes for worker in instance.workers]
        days: dict[tuple[int, int], Days] = {}
        for number in order:
            parts = together.get(number, (number,))
            if (number, plan.owners[number][0][0]) in days:
                continue
            own = [(one, worker, minutes) for one in parts for worker, minutes in plan.owners[one]]
            rows = [free[worker] for _, worker, _ in own]
            common = common_days(rows, spans[number], own[0][2], quarter) if len(parts) > 1 else ()
            for one, worker, minutes in own:
                days[one, worker] = common or first_free(free[worker], spans[one], minutes, quarter)
                free[worker] = _less(free[worker], days[one, worker])
        found = Solution(plan.owners, days)
        if all(days.values()) and all(Window(found.start(one), found.due(one)) == spans[one] for one in spans):
            return found
    return None


def _may_keep(instance: Instance, number: int, spans: Mapping[int, Window]) -> bool:
    """Tell whether a task's written days still lie within its dates and after what it follows, as the plan is now."""
    task, (first, last) = instance.tasks[number], spans[number]
    begins = (instance.opens(one, number, spans[one].deadline) for one in task.before if one in spans)
    return max([task.release, *begins]) <= first and last <= task.deadline


class Diary:
    """Everybody's days on a replan, as far as they are settled.

    Attributes:
        instance: the problem.
        owners: of the tasks.
        held: the days of the tasks that keep theirs, or the last of them at least.
        windows: of all tasks; those of tasks that follow each other meet on a day of hand-over.
    """

    def __init__(self, instance: Instance, plan: Solution, days: Mapping[int, int]) -> None:
        self.instance = instance
        self.owners = plan.owners
        self.held: dict[int, Window] = {}
        self._hand_overs = days
        self._work: list[list[tuple[int, int]]] = [[] for _ in instance.workers]
        for number, parts in sorted(plan.owners.items()):
            for worker, minutes in parts:
                self._work[worker].append((number, minutes))
        self._loose: set[int] = set()
        self._aside: dict[tuple[int, int], dict[int, int]] = {}
        self.windows = meeting_windows(instance, plan.owners, days)

    def minutes_held(self) -> tuple[int, int]:
        """Return the minutes of the tasks that keep their last day, and of those that keep their first as well."""
        minutes = {number: self.instance.tasks[number].job.minutes for number in self.held}
        return sum(minutes.values()), sum(minutes[number] for number in minutes.keys() - self._loose)

    def hold(self, order: Sequence[int], spans: dict[int, Window]) -> None:
        """Let as many tasks as can be keep their days, in this order; then others their last day at least."""
        self._loose.update(number for number in order if not self._hold(number, spans[number]))
        for number in order:
            if number in self._loose:
                self._hold(number, Window(self.windows[number].release, spans[number].deadline))

    def _hold(self, number: int, days: Window) -> bool:
        """Give a task these days and no others; tell whether everybody's work still fits."""
        before = self.windows.copy()
        self.held[number] = days
        task = self.instance.tasks[number]
        near = [number, *self._owned_tasks(task.before), *self._owned_tasks(task.after)]
        around = {
            *near,
            *(other for first in task.before for other in self._owned_tasks(self.instance.tasks[first].after)),
        }
        self.windows.update((other, self._window(other)) for other in around)
        workers = {worker for other in near for worker, _ in self.owners[other]}
        if all(self._is_sound(other) for other in near) and all(self._fits(worker) for worker in workers):
            return True
        del self.held[number]
        self.windows = before
        return False

    def _owned_tasks(self, numbers: Iterable[int]) -> list[int]:
        return [number for number in numbers if number in self.owners]

    def _is_sound(self, number: int) -> bool:
        """Tell whether a task has days at all, and those it keeps if it keeps any."""
        release, deadline = self.windows[number]
        return release <= deadline and self.held.get(number, self.windows[number]) == self.windows[number]

    def _window(self, number: int) -> Window:
        task = self.instance.tasks[number]
        opens = self.instance.opens
        begins = (opens(first, number, self._end(first)) for first in self._owned_tasks(task.before))
        release = max([task.release, *begins])
        if number in self.held:
            release = max(release, self.held[number].release)
        return Window(release, self._end(number))

    def _end(self, number: int) -> int:
        """Return the last day a task may have: its own, or that on which it hands over."""
        task = self.instance.tasks[number]
        if number in self.held:
            return min(task.deadline, self.held[number].deadline)
        followers = self._owned_tasks(task.after)
        closes = self.instance.closes
        begins = [closes(number, one, self.held[one].release) for one in followers if one in self.held]
        if len(begins) < len(followers):
            begins.append(self._hand_overs[number])
        return min([task.deadline, *begins])

    # --- days within windows ---------------------------------------------------------------------------------------

    def _fits(self, worker: int) -> bool:
        return not unmet(self.instance.workers[worker].minutes, self._pieces(worker))

    def _pieces(self, worker: int) -> list[Held]:
        """Return a member's work, what is set aside for certain days apart from the rest."""
        pieces: list[Held] = []
        for number, minutes in self._work[worker]:
            release, deadline = self.windows[number]
            aside = self._aside.get((number, worker), {})
            pieces.extend((day, day, part, number) for day, part in aside.items())
            if left := minutes - sum(aside.values()):
                pieces.append((deadline, release, left, number))
        return sorted(pieces)

    def _lay_out(self, worker: int) -> dict[int, Days]:
        """Return the days of a member's work by earliest deadline."""
        free: Sequence[int] = self.instance.workers[worker].minutes
        found: dict[int, dict[int, int]] = {}
        for deadline, release, minutes, number in self._pieces(worker):
            days = first_free(free, Window(release, deadline), minutes)
            free = _less(free, days)
            for day, part in days:
                of_task = found.setdefault(number, {})
                of_task[day] = of_task.get(day, 0) + part
        return {number: tuple(sorted(days.items())) for number, days in found.items()}

    def plan(self) -> Solution:
        """Return the plan that has come about."""
        days = {
            (number, worker): days
            for worker in range(len(self._work))
            for number, days in self._lay_out(worker).items()
        }
        return Solution(self.owners, days)

    def set_aside(self) -> None:
        """Set some work aside for the first and the last day of tasks that would have none on it.

        It is as much as is worth the while; where that leaves no room for others, a quarter of an hour of each.
        """
        for worker in range(len(self._work)):
            for most in (LEAST_PIECE, QUARTER_HOUR):
                for number, _ in self._work[worker]:
                    self._aside.pop((number, worker), None)
                tried: set[tuple[int, int]] = set()
                while not tried.issuperset(missed := self._days_missed(worker)):
                    for number, day in missed:
                        if (number, day) not in tried:
                            self._set_aside(number, worker, day, most)
                    tried.update(missed)
                if not missed:
                    break

    def _days_missed(self, worker: int) -> list[tuple[int, int]]:
        """Return (task, day) for each day kept on which the work would not begin or end."""
        days = self._lay_out(worker)
        return [
            (number, day)
            for number, own in sorted(days.items())
            if number in self.held and self._keeper(number) == worker
            for day, is_met in (
                (self.held[number].deadline, own[-1][0] == self.held[number].deadline),
                (self.held[number].release, own[0][0] == self.held[number].release or number in self._loose),
            )
            if not is_met
        ]

    def _keeper(self, number: int) -> int:
        """Return the owner who has most of a task."""
        return max(self.owners[number], key=lambda part: (part[1], -part[0]))[0]

    def _set_aside(self, number: int, worker: int, day: int, most: int) -> None:
        """Set part of a task aside for a day: half of what is left, `most` at most, else a quarter of an hour, or none.

        A task of less than half an hour is not taken apart.
        """
        aside = self._aside.setdefault((number, worker), {})
        left = dict(self.owners[number])[worker] - sum(aside.values())
        for part in (min(most, left // 2 // QUARTER_HOUR * QUARTER_HOUR), QUARTER_HOUR):
            if 0 < part <= left - QUARTER_HOUR:
                aside[day] = part
                if self._fits(worker):
                    return
                del aside[day]


def _less(free: Sequence[int], days: Days) -> tuple[int, ...]:
    """Return the free minutes without those of some days."""
    left = list(free)
    for day, minutes in days:
        left[day] -= minutes
    return tuple(left)
