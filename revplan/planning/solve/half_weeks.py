"""By when, to the half week: the quick proof that a selection has no days, or about when its work is handed over.

Tasks that wait for each other get minutes by member and half week, and what follows a task gets none before the half
week in which that is complete. Tasks may be shared at will and half weeks are taken as a whole, so this is a
relaxation of `daily`, a fraction of its size: what has no days here has none. Tasks that wait for nothing, and for
which nothing waits, only fill stretches of days (Hall's condition, as in the master model).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.solve.model import Model
from revplan.planning.solve.roster import is_enough
from revplan.planning.windows import HALF_WEEKS, Window, able

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.planning.network import Network, Task
    from revplan.planning.solve.model import Answer

    Entry = tuple[int, int, int]
    """First half week, last half week, and the column of the minutes that lie between."""


NODES = 100
"""Branch-and-bound nodes: it is soon found out, or not at all."""


class HalfWeeks:
    """A selection by half weeks, as a model.

    Attributes:
        network: the problem.
        windows: of the tasks, given that all of them are to be done.
        model: the columns and rows.
        complete: the column of each (task, half week): 1 if the task is complete by the end of it.
    """

    def __init__(self, network: Network, windows: Mapping[int, Window]) -> None:
        self.network = network
        self.windows = windows
        self.model = Model()
        self._parts = _half_weeks(network)
        self._place = [part for part, (first, last) in enumerate(self._parts) for _ in range(first, last + 1)]
        self._is_worked = [any(day) for day in zip(*(one.minutes for one in network.calendars), strict=True)]
        self.complete: dict[tuple[int, int], int] = {}
        self._by_part: dict[int, dict[int, list[int]]] = {}
        self._work: list[list[Entry]] = [[] for _ in network.workers]
        for number in sorted(windows):
            self._add_task(network.tasks[number])
        for worker, entries in enumerate(self._work):
            self._bound(worker, entries)
        for number in sorted(self._by_part):
            self._keep_order(network.tasks[number])

    def answer(self) -> Answer:
        """Ask for such minutes."""
        return self.model.maximise((), nodes=NODES)

    def options(self, answer: Answer) -> dict[int, tuple[Window, ...]]:
        """Return windows to choose from for each task: it hands over on a day of the half week that an answer says."""
        handed = {
            number: self._handed(number, answer.values or ()) for number in self.windows if self._followers(number)
        }
        found = {}
        for number, window in self.windows.items():
            task = self.network.tasks[number]
            firsts = [handed[first] for first in task.before if first in handed]
            begins = {max(window.release, day) for days in firsts for day in days} or {window.release}
            ends = {min(window.deadline, day) for day in handed.get(number, ())} or {window.deadline}
            parts = (Window(begin, end) for begin in sorted(begins) for end in sorted(ends) if begin <= end)
            found[number] = tuple(part for part in parts if is_enough(self.network, task, part))
        return found

    def _handed(self, number: int, values: Sequence[int]) -> list[int]:
        """Return the days with work of the half week in which a task is complete by these values of the columns."""
        last = self._place[self.windows[number].deadline]
        by = (part for (task, part), column in self.complete.items() if task == number and values[column])
        first, last = self._parts[min(by, default=last)]
        return [day for day in range(first, last + 1) if self._is_worked[day]]

    def _followers(self, number: int) -> list[int]:
        """Return the tasks that wait for this one."""
        return [follower for follower in self.network.tasks[number].after if follower in self.windows]

    def _add_task(self, task: Task) -> None:
        """Share a task's minutes among members, and among half weeks where it waits or is waited for."""
        window = self.windows[task.number]
        first, last = self._place[window.release], self._place[window.deadline]
        waits = any(other in self.windows for other in (*task.before, *task.after))
        whole = []
        for worker in able(self.network, task, window):
            column = self.model.amount(task.job.minutes)
            whole.append((column, 1))
            if waits:
                self._spread(task, worker, column, range(first, last + 1))
            else:
                self._work[worker].append((first, last, column))
        self.model.row(whole, least=task.job.minutes, most=task.job.minutes)

    def _spread(self, task: Task, worker: int, column: int, parts: range) -> None:
        """Spread a member's minutes of a task over half weeks; who has a part of it alone is no faster for it."""
        spread = [(column, -1)]
        minutes, window = task.job.minutes, self.windows[task.number]
        for part in parts:
            first, last = self._parts[part]
            room = self.network.calendars[worker].within(max(first, window.release), min(last, window.deadline))
            if not room:
                continue
            some = self.model.amount(min(room, minutes))
            spread.append((some, 1))
            self._work[worker].append((part, part, some))
            self._by_part.setdefault(task.number, {}).setdefault(part, []).append(some)
            if room < minutes and not task.job.split:
                self.model.row([(some, minutes), (column, -room)], most=0)
        self.model.row(spread, least=0, most=0)

    def _bound(self, worker: int, entries: list[Entry]) -> None:
        """Bound a member's minutes in every half week, and in every stretch in which whole windows lie."""
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
            inside = [(entry[2], 1) for entry in entries if entry[0] >= first and entry[1] <= last]
            room = self.network.calendars[worker].within(self._parts[first][0], self._parts[last][1])
            self.model.row(inside, most=room)

    def _keep_order(self, task: Task) -> None:
        """Let nothing be done of the followers of a task before the half week in which it is complete."""
        window, own = self.windows[task.number], self._by_part[task.number]
        followers = self._followers(task.number)
        done: list[tuple[int, int]] = []
        for part in range(self._place[window.release], self._place[window.deadline]) if followers else ():
            complete = self.complete[task.number, part] = self.model.column(1)
            done.extend((column, 1) for column in own.get(part, ()))
            self.model.row([*done, (complete, -task.job.minutes)], least=0)
            for follower in followers:
                begun = [
                    (column, 1)
                    for other, columns in self._by_part.get(follower, {}).items()
                    if other <= part
                    for column in columns
                ]
                if begun:
                    self.model.row([*begun, (complete, -self.network.tasks[follower].job.minutes)], most=0)


def _half_weeks(network: Network) -> list[tuple[int, int]]:
    """Return first and last day of each half week of the sprint."""
    days = network.problem.days
    begins = [day for day in range(len(days)) if not day or days[day].weekday() in HALF_WEEKS]
    return list(zip(begins, [*(day - 1 for day in begins[1:]), len(days) - 1], strict=True))
