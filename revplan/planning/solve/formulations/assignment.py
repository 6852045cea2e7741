"""The assignment model: who does what of a given selection, in windows that are exact to the day.

A task that hands over to another may have several windows to choose from: the solver then sets the days of hand-over
too, on a grid of days. Asked for the cheapest owners, it moves fewest minutes of what is written, then spends least.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.constraints.hours import bound
from revplan.planning.constraints.people import keep_apart
from revplan.planning.effort import EFFORT
from revplan.planning.insertion_windows import FEW_DAYS
from revplan.planning.solve.milp import Answer, Model
from revplan.planning.timetable import Solution, timetable
from revplan.planning.windows import HALF_WEEKS, Window, able

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from revplan.planning.constraints.hours import Entry
    from revplan.planning.instance import Instance, NumberedTask
    from revplan.planning.timetable import Owners

    Options = Mapping[int, tuple[Window, ...]]
    """The windows each task may have: one, or several to choose from."""
    Term = tuple[int, int]
    """A column, and the minutes that one of it stands for."""


class AssignmentModel:
    """The model.

    Attributes:
        instance: the problem.
        options: the windows of the tasks to be done.
        model: the columns and rows.
        minutes: the term for the minutes of each (task, worker, option).
        chosen: the column of each (task, option): 1 if it is taken.
    """

    def __init__(self, instance: Instance, options: Options) -> None:
        self.instance = instance
        self.options = options
        self.model = Model()
        self.minutes: dict[tuple[int, int, int], tuple[int, int]] = {}
        self.chosen: dict[tuple[int, int], int] = {}
        work: list[list[Entry]] = [[] for _ in instance.workers]
        for number in sorted(options):
            self._add_task(instance.tasks[number], work)
        for worker, entries in enumerate(work):
            bound(self.model, instance.calendars[worker], entries)
        parts = ((key[0], key[1], column) for key, (column, _) in self.minutes.items() if instance.tasks[key[0]].beside)
        keep_apart(self.model, instance, parts)

    def _add_task(self, task: NumberedTask, work: list[list[Entry]]) -> None:
        """Add the columns of a task: one window is chosen, and its minutes are shared out within it."""
        options = self.options[task.number]
        for option, window in enumerate(options):
            parts = []
            for worker in able(self.instance, task, window):
                term = share(self.model, task)
                self.minutes[task.number, worker, option] = term
                work[worker].append((window.release, window.deadline, term))
                parts.append(term)
            self.chosen[task.number, option] = self.model.column(1)
            self.model.row([*parts, (self.chosen[task.number, option], -task.job.minutes)], least=0, most=0)
        self.model.row(self._those(task.number, [True] * len(options)), least=1, most=1)

    def hand_over(self, first: int, then: int) -> None:
        """Let the window of the one task begin on the day on which the other's ends, or later by what it waits."""
        opens = self.instance.opens
        for day in sorted({window.release for window in self.options[then]}):
            early = self._those(then, [window.release <= day for window in self.options[then]])
            slow = self._those(first, [opens(first, then, window.deadline) > day for window in self.options[first]])
            if early and slow:
                self.model.row([*early, *slow], most=1)

    def _those(self, number: int, wanted: list[bool]) -> list[tuple[int, int]]:
        """Return the terms of a task's options that are wanted."""
        return [(self.chosen[number, option], 1) for option, is_wanted in enumerate(wanted) if is_wanted]

    def answer(self, nodes: int = EFFORT.roster_nodes) -> Answer:
        """Ask for owners whose work fits; there is no answer where days are to be chosen in too large a model."""
        if len(self.model.upper) > EFFORT.linked_columns and any(len(options) > 1 for options in self.options.values()):
            return Answer(None, 0, 0, impossible=False)
        return self.model.maximise((), nodes=nodes)

    def cheapest(self, below: int | None = None) -> Answer:
        """Ask for the owners from whom the fewest minutes are moved, and of those the ones who cost least.

        Args:
            below: what they are to cost less than, in cents an hour times minutes: that there are none is sooner
                proven than that a cost is the least.
        """
        workers = self.instance.workers
        unmoved = []
        for (number, worker, _), (column, factor) in tuple(self.minutes.items()):
            minutes = dict(self.instance.tasks[number].job.written).get(workers[worker].id, 0)
            if minutes:
                same = self.model.column(minutes)
                self.model.row([(same, 1), (column, -factor)], most=0)
                unmoved.append((same, 1))
        costs = [(column, -factor * workers[worker].rate) for (_, worker, _), (column, factor) in self.minutes.items()]
        if unmoved:
            answer = self.model.maximise(unmoved, nodes=EFFORT.roster_nodes)
            self.model.row(unmoved, least=answer.value)
        if below is not None:
            self.model.row(costs, least=1 - below)
        return self.model.maximise(costs, nodes=EFFORT.roster_nodes)

    def owners(self, answer: Answer) -> Owners | None:
        """Return the owners an answer stands for, None where there are none."""
        if answer.values is None:
            return None
        terms = ((number, worker, term) for (number, worker, _), term in self.minutes.items())
        found = owners_of(terms, answer.values)
        return {number: tuple(sorted(parts)) for number, parts in found.items()}

    def solution(self, answer: Answer) -> Solution | None:
        """Return the plan that an answer stands for; None where it is none."""
        found = self.owners(answer)
        if found is None:
            return None
        table = timetable(self.instance, found, self.windows(answer))
        return None if table.late else table.plan

    def windows(self, answer: Answer) -> dict[int, Window]:
        """Return the windows an answer has chosen."""
        values = answer.values or ()
        return {
            number: next(
                (window for option, window in enumerate(options) if values[self.chosen[number, option]]),
                options[0],
            )
            for number, options in self.options.items()
        }


def plain_assignment(instance: Instance, windows: Mapping[int, Window]) -> AssignmentModel:
    """Return the assignment of tasks with one window each."""
    return AssignmentModel(instance, {number: (window,) for number, window in windows.items()})


def linked_assignment(
    instance: Instance,
    windows: Mapping[int, Window],
    options: Options | None = None,
    weekdays: Collection[int] = range(7),
) -> AssignmentModel:
    """Return the assignment in which tasks hand over to those that follow, on days that are chosen too.

    Args:
        instance: the problem.
        windows: of the tasks to be done.
        options: windows to choose from; by the weekdays where they are not given.
        weekdays: on which work is handed over where there are many days for it.
    """
    assignment = AssignmentModel(instance, options or with_hand_overs(instance, windows, weekdays))
    for number in windows:
        for first in instance.tasks[number].before:
            if first in windows:
                assignment.hand_over(first, number)
    return assignment


def with_hand_overs(
    instance: Instance, windows: Mapping[int, Window], weekdays: Collection[int] = HALF_WEEKS
) -> dict[int, tuple[Window, ...]]:
    """Return windows to choose from: for tasks that hand over, the parts of theirs between days of hand-over.

    A part of a window is left out where nobody able has the minutes.

    Args:
        instance: the problem.
        windows: of the tasks to be done.
        weekdays: on which work is handed over where there are many days for it.
    """
    options = {}
    for number, window in windows.items():
        task = instance.tasks[number]
        begins, ends = {window.release}, {window.deadline}
        for first in task.before:
            if first in windows:
                days = _days(instance, (first, number), windows, weekdays)
                begins.update(max(window.release, instance.opens(first, number, day)) for day in days)
        for follower in task.after:
            if follower in windows:
                ends.update(_days(instance, (number, follower), windows, weekdays))
        parts = (Window(begin, end) for begin in sorted(begins) for end in sorted(ends) if begin <= end)
        options[number] = tuple(part for part in parts if part == window or is_enough(instance, task, part))
    return options


def _days(
    instance: Instance, pair: tuple[int, int], windows: Mapping[int, Window], weekdays: Collection[int]
) -> list[int]:
    """Return days on which the one task may hand over to the other: all where they are few, or a grid."""
    first, then = (windows[number] for number in pair)
    soonest = max(first.release, instance.closes(*pair, then.release))
    days = range(soonest, min(first.deadline, instance.closes(*pair, then.deadline)) + 1)
    if len(days) <= FEW_DAYS:
        return list(days)
    some = (day for day in days if instance.problem.days[day].weekday() in weekdays)
    return sorted({days[0], *some, days[-1]})


def is_enough(instance: Instance, task: NumberedTask, window: Window) -> bool:
    """Tell whether those able have the minutes for the task in the window, one of them all where it is not split."""
    rooms = [instance.calendars[worker].within(*window) for worker in able(instance, task, window)]
    return sum(rooms) >= task.job.minutes


def share(model: Model, task: NumberedTask) -> Term:
    """Add the columns for one member's share of a task, and return the term for its minutes."""
    owned = model.column(1)
    if not task.job.split:
        return owned, task.job.minutes
    minutes = model.column(task.job.minutes)
    model.row([(minutes, 1), (owned, -task.job.minutes)], most=0)
    model.row([(minutes, 1), (owned, -task.least)], least=0)
    return minutes, 1


def owners_of(shares: Iterable[tuple[int, int, Term]], values: Sequence[int]) -> Owners:
    """Return the owners that these values of a model's columns give.

    Args:
        shares: (task, worker, term for the worker's minutes of it), in the order in which owners are wanted.
        values: of the columns.
    """
    found: dict[int, list[tuple[int, int]]] = {}
    for number, worker, (column, factor) in shares:
        if values[column]:
            found.setdefault(number, []).append((worker, values[column] * factor))
    return {number: tuple(parts) for number, parts in found.items()}
