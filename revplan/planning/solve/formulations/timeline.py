"""The timeline model: a selection over the parts of a sprint, with who does how much of what in which part.

Tasks that wait for each other get minutes by member and part, and what follows a task gets none before the part in
which that is complete. Tasks that wait for nothing, and for which nothing waits, only fill stretches of parts (Hall's
condition): most tasks are of that kind, and the model stays small. By half weeks and with tasks shared at will it is
the quick proof that a selection has no days; by days and with whole tasks it is exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.constraints.people import groups, keep_apart
from revplan.planning.effort import EFFORT
from revplan.planning.problem import is_at_once
from revplan.planning.solve.formulations.assignment import is_enough, share
from revplan.planning.solve.milp import Model
from revplan.planning.windows import HALF_WEEKS, Window, able

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from revplan.planning.instance import Instance, NumberedTask
    from revplan.planning.solve.milp import Answer

    Term = tuple[int, int]
    """A column, and the minutes that one of it stands for."""
    Entry = tuple[int, int, Term]
    """First part, last part, and the term for the minutes that lie between."""


class Timeline:
    """The model.

    Attributes:
        instance: the problem.
        windows: of the tasks, given that all of them are to be done.
        parts: first and last day of each part, one after the other from the sprint's first day to its last.
        model: the columns and rows.
        shares: the term for the minutes of each (task, worker).
        complete: the column of each (task, part): 1 if the task is complete by the end of it.
    """

    def __init__(
        self, instance: Instance, windows: Mapping[int, Window], parts: Sequence[tuple[int, int]], *, is_whole: bool
    ) -> None:
        """Add columns and rows.

        Args:
            instance: the problem.
            windows: of the tasks.
            parts: of the sprint.
            is_whole: whether tasks have one owner each, unless they are split; otherwise they are shared at will.
        """
        self.instance = instance
        self.windows = windows
        self.parts = parts
        self.model = Model()
        self.shares: dict[tuple[int, int], Term] = {}
        self.complete: dict[tuple[int, int], int] = {}
        self._is_whole = is_whole
        self._joint = tuple(groups(instance, sorted(windows))) if is_whole else ()
        worked = [any(day) for day in zip(*(one.minutes for one in instance.calendars), strict=True)]
        self._last_worked = [
            max((day for day in range(first, last + 1) if worked and worked[day]), default=first)
            for first, last in parts
        ]
        self._place = [part for part, (first, last) in enumerate(parts) for _ in range(first, last + 1)]
        self._by_part: dict[int, dict[int, list[int]]] = {}
        self._work: list[list[Entry]] = [[] for _ in instance.workers]
        for number in sorted(windows):
            self._add_task(instance.tasks[number])
        for worker, entries in enumerate(self._work):
            self._bound(worker, entries)
        for number in sorted(self._by_part):
            self._keep_order(instance.tasks[number])
        if is_whole:
            owned = ((*key, column) for key, (column, _) in self.shares.items() if instance.tasks[key[0]].beside)
            keep_apart(self.model, instance, owned)
            self._keep_together()

    def answer(self, nodes: int = EFFORT.roster_nodes) -> Answer:
        """Ask for such minutes."""
        return self.model.maximise((), nodes=nodes)

    def part_of_completion(self, number: int, answer: Answer) -> int | None:
        """Return the part in which a task is complete by an answer; None where that is its window's last."""
        values = answer.values or ()
        by = (part for (task, part), column in self.complete.items() if task == number and values[column])
        return min(by, default=None)

    def followers(self, number: int) -> list[int]:
        """Return the tasks that wait for this one."""
        return [follower for follower in self.instance.tasks[number].after if follower in self.windows]

    def _complete_by(self, number: int, follower: int, part: int) -> int:
        """Return the last part in which a task may be complete for work on a follower in a part; -1 if none."""
        day = self.instance.closes(number, follower, self._last_worked[part])
        return self._place[day] if day >= 0 else -1

    def _add_task(self, task: NumberedTask) -> None:
        """Share a task's minutes among members, and among parts where it waits or is waited for."""
        window = self.windows[task.number]
        first, last = self._place[window.release], self._place[window.deadline]
        waits = any(other in self.windows for other in (*task.before, *task.after)) or bool(self._joint)
        whole = []
        for worker in able(self.instance, task, window):
            term = share(self.model, task) if self._is_whole else (self.model.amount(task.job.minutes), 1)
            self.shares[task.number, worker] = term
            whole.append(term)
            if waits:
                self._spread(task, worker, term, range(first, last + 1))
            else:
                self._work[worker].append((first, last, term))
        self.model.row(whole, least=task.job.minutes, most=task.job.minutes)

    def _spread(self, task: NumberedTask, worker: int, term: Term, parts: range) -> None:
        """Spread a member's minutes of a task over parts; who has a part of it alone is no faster for it."""
        column, factor = term
        spread = [(column, -factor)]
        minutes, window = task.job.minutes, self.windows[task.number]
        for part in parts:
            first, last = self.parts[part]
            room = self.instance.calendars[worker].within(max(first, window.release), min(last, window.deadline))
            if not room:
                continue
            some = self.model.amount(min(room, minutes))
            spread.append((some, 1))
            self._work[worker].append((part, part, (some, 1)))
            self._by_part.setdefault(task.number, {}).setdefault(part, []).append(some)
            if room < minutes and not task.job.split:
                self.model.row([(some, minutes), (column, -room * factor)], most=0)
        self.model.row(spread, least=0, most=0)

    def _bound(self, worker: int, entries: list[Entry]) -> None:
        """Bound a member's minutes in every part, and in every stretch in which whole windows lie."""
        stretches = {(first, last) for first, last, _ in entries}
        firsts, lasts = {first for first, _ in stretches}, {last for _, last in stretches}
        wide = [one for one in stretches if one[0] < one[1]]
        pairs = {
            (first, last)
            for first in firsts
            for last in lasts
            if any(first <= one[0] and one[1] <= last for one in wide)
        }
        for first, last in sorted(pairs | stretches):
            inside = [entry[2] for entry in entries if entry[0] >= first and entry[1] <= last]
            room = self.instance.calendars[worker].within(self.parts[first][0], self.parts[last][1])
            self.model.row(inside, most=room)

    def _keep_together(self) -> None:
        """Let the people of a task have as many minutes of it as each other in every part."""
        for group in self._joint:
            if not is_at_once(self.instance.tasks[number].job for number in group):
                continue
            for part in range(len(self.parts)):
                first, *others = ([(column, 1) for column in self._by_part.get(one, {}).get(part, ())] for one in group)
                for own in others:
                    if first or own:
                        self.model.row([*first, *((column, -1) for column, _ in own)], least=0, most=0)

    def _keep_order(self, task: NumberedTask) -> None:
        """Let nothing be done of the followers of a task before the part in which it is complete."""
        window, own = self.windows[task.number], self._by_part[task.number]
        followers = self.followers(task.number)
        done: list[Term] = []
        for part in range(self._place[window.release], self._place[window.deadline]) if followers else ():
            complete = self.complete[task.number, part] = self.model.column(1)
            done.extend((column, 1) for column in own.get(part, ()))
            self.model.row([*done, (complete, -task.job.minutes)], least=0)
            for follower in followers:
                begun = [
                    (column, 1)
                    for other, columns in self._by_part.get(follower, {}).items()
                    if self._complete_by(task.number, follower, other) <= part
                    for column in columns
                ]
                if begun:
                    self.model.row([*begun, (complete, -self.instance.tasks[follower].job.minutes)], most=0)


class HalfWeeks(Timeline):
    """A selection by half weeks, as a model."""

    def __init__(self, instance: Instance, windows: Mapping[int, Window]) -> None:
        days = instance.problem.days
        begins = [day for day in range(len(days)) if not day or days[day].weekday() in HALF_WEEKS]
        super().__init__(instance, windows, divide(instance, begins), is_whole=False)
        self._is_worked = [any(day) for day in zip(*(one.minutes for one in instance.calendars), strict=True)]

    def options(self, answer: Answer) -> dict[int, tuple[Window, ...]]:
        """Return windows to choose from for each task: it hands over on a day of the half week that an answer says."""
        handed = {number: self._handover_days(number, answer) for number in self.windows if self.followers(number)}
        found = {}
        for number, window in self.windows.items():
            task = self.instance.tasks[number]
            begins = {
                max(window.release, self.instance.opens(first, number, day))
                for first in task.before
                for day in handed.get(first, ())
            } or {window.release}
            ends = {min(window.deadline, day) for day in handed.get(number, ())} or {window.deadline}
            parts = (Window(begin, end) for begin in sorted(begins) for end in sorted(ends) if begin <= end)
            found[number] = tuple(part for part in parts if is_enough(self.instance, task, part))
        return found

    def _handover_days(self, number: int, answer: Answer) -> list[int]:
        """Return the days with work of the half week in which a task is complete by an answer."""
        part = self.part_of_completion(number, answer)
        first, last = self.parts[self._place[self.windows[number].deadline] if part is None else part]
        return [day for day in range(first, last + 1) if self._is_worked[day]]


class Days(Timeline):
    """The model of a selection, day by day: a part begins on each day on which somebody works."""

    def __init__(self, instance: Instance, windows: Mapping[int, Window]) -> None:
        days = range(len(instance.problem.days))
        begins = [day for day in days if not day or any(one.minutes[day] for one in instance.calendars)]
        super().__init__(instance, windows, divide(instance, begins), is_whole=True)


class Verdict(NamedTuple):
    """What became of the question whether tactics have owners and days.

    Attributes:
        impossible: it is proven that there are none.
        columns: of the model that was asked; 0 where none was.
    """

    impossible: bool
    columns: int = 0


def by_day(instance: Instance, windows: Mapping[int, Window], nodes: int, most: int = EFFORT.day_columns) -> Verdict:
    """Ask whether the tasks that have windows have owners and days.

    Args:
        instance: the problem.
        windows: of the tasks to be done, given that all of them are.
        nodes: branch-and-bound nodes after which to give up.
        most: columns beyond which the model is not asked.
    """
    if count_timed_pairs(instance, windows) > EFFORT.timed_pairs:
        return Verdict(impossible=False)
    table = Days(instance, windows)
    columns = len(table.model.upper)
    if columns > min(most, EFFORT.day_columns):
        return Verdict(impossible=False)
    answer = table.answer(min(nodes, EFFORT.day_work // max(1, columns)))
    return Verdict(answer.impossible, columns)


def count_timed_pairs(instance: Instance, windows: Collection[int]) -> int:
    """Return how many pairs there are of a possible owner and a task that waits or is waited for."""
    tasks = (instance.tasks[number] for number in windows)
    return sum(len(task.workers) for task in tasks if any(other in windows for other in (*task.before, *task.after)))


def divide(instance: Instance, begins: Sequence[int]) -> list[tuple[int, int]]:
    """Return first and last day of each part of the sprint, given the days on which they begin, the first one first."""
    return list(zip(begins, [*(day - 1 for day in begins[1:]), len(instance.problem.days) - 1], strict=True))
