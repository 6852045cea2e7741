"""A selection over the parts of a sprint, as a model: who does how much of what in which part.

Tasks that wait for each other get minutes by member and part, and what follows a task gets none before the part in
which that is complete. Tasks that wait for nothing, and for which nothing waits, only fill stretches of parts (Hall's
condition, as in the master model): most tasks are of that kind, and the model stays small.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.solve.model import Model
from revplan.planning.solve.shares import share
from revplan.planning.windows import Window, able

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.planning.network import Network, Task
    from revplan.planning.solve.model import Answer
    from revplan.planning.solve.shares import Term

    Entry = tuple[int, int, Term]
    """First part, last part, and the term for the minutes that lie between."""

NODES = 100
"""Branch-and-bound nodes: it is soon found out, or not at all."""


class Timeline:
    """The model.

    Attributes:
        network: the problem.
        windows: of the tasks, given that all of them are to be done.
        parts: first and last day of each part, one after the other from the sprint's first day to its last.
        model: the columns and rows.
        shares: the term for the minutes of each (task, worker).
        complete: the column of each (task, part): 1 if the task is complete by the end of it.
    """

    def __init__(
        self, network: Network, windows: Mapping[int, Window], parts: Sequence[tuple[int, int]], *, is_whole: bool
    ) -> None:
        """Add columns and rows.

        Args:
            network: the problem.
            windows: of the tasks.
            parts: of the sprint.
            is_whole: whether tasks have one owner each, unless they are split; otherwise they are shared at will.
        """
        self.network = network
        self.windows = windows
        self.parts = parts
        self.model = Model()
        self.shares: dict[tuple[int, int], Term] = {}
        self.complete: dict[tuple[int, int], int] = {}
        self._is_whole = is_whole
        self._place = [part for part, (first, last) in enumerate(parts) for _ in range(first, last + 1)]
        self._by_part: dict[int, dict[int, list[int]]] = {}
        self._work: list[list[Entry]] = [[] for _ in network.workers]
        for number in sorted(windows):
            self._add_task(network.tasks[number])
        for worker, entries in enumerate(self._work):
            self._bound(worker, entries)
        for number in sorted(self._by_part):
            self._keep_order(network.tasks[number])

    def answer(self, nodes: int = NODES) -> Answer:
        """Ask for such minutes."""
        return self.model.maximise((), nodes=nodes)

    def completed(self, number: int, answer: Answer) -> int | None:
        """Return the part in which a task is complete by an answer; None where that is its window's last."""
        values = answer.values or ()
        by = (part for (task, part), column in self.complete.items() if task == number and values[column])
        return min(by, default=None)

    def followers(self, number: int) -> list[int]:
        """Return the tasks that wait for this one."""
        return [follower for follower in self.network.tasks[number].after if follower in self.windows]

    def _add_task(self, task: Task) -> None:
        """Share a task's minutes among members, and among parts where it waits or is waited for."""
        window = self.windows[task.number]
        first, last = self._place[window.release], self._place[window.deadline]
        waits = any(other in self.windows for other in (*task.before, *task.after))
        whole = []
        for worker in able(self.network, task, window):
            term = share(self.model, task) if self._is_whole else (self.model.amount(task.job.minutes), 1)
            self.shares[task.number, worker] = term
            whole.append(term)
            if waits:
                self._spread(task, worker, term, range(first, last + 1))
            else:
                self._work[worker].append((first, last, term))
        self.model.row(whole, least=task.job.minutes, most=task.job.minutes)

    def _spread(self, task: Task, worker: int, term: Term, parts: range) -> None:
        """Spread a member's minutes of a task over parts; who has a part of it alone is no faster for it."""
        column, factor = term
        spread = [(column, -factor)]
        minutes, window = task.job.minutes, self.windows[task.number]
        for part in parts:
            first, last = self.parts[part]
            room = self.network.calendars[worker].within(max(first, window.release), min(last, window.deadline))
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
            room = self.network.calendars[worker].within(self.parts[first][0], self.parts[last][1])
            self.model.row(inside, most=room)

    def _keep_order(self, task: Task) -> None:
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
                    if other <= part
                    for column in columns
                ]
                if begun:
                    self.model.row([*begun, (complete, -self.network.tasks[follower].job.minutes)], most=0)


def divided(network: Network, begins: Sequence[int]) -> list[tuple[int, int]]:
    """Return first and last day of each part of the sprint, given the days on which they begin, the first one first."""
    return list(zip(begins, [*(day - 1 for day in begins[1:]), len(network.problem.days) - 1], strict=True))
