"""Room for parked tactics beside what is placed, as a small model: who would leave for them, or what help they take.

What stays keeps its days of hand-over, and everything else about it may move: owners, days, pieces. So the model is
small, and whatever it finds is a plan, laid out to the day. It may miss one that needs other days of hand-over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.model.numbers import QUARTER_HOUR
from revplan.planning.constraints import budget, excludes, lines
from revplan.planning.constraints.hours import bound
from revplan.planning.constraints.people import keep_apart
from revplan.planning.constraints.requires import together
from revplan.planning.solve import TacticModel
from revplan.planning.windows import windows

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from revplan.planning.constraints.hours import Entry
    from revplan.planning.instance import Instance, NumberedTask
    from revplan.planning.solve import Answer
    from revplan.planning.timetable import Owners
    from revplan.planning.windows import Window

    Options = Mapping[int, tuple[Window, ...]]
    Term = tuple[int, int]


NODES = 200
"""Branch-and-bound nodes for one question."""


class Found(NamedTuple):
    """An answer of the model.

    Attributes:
        stays: the tactics that are placed.
        help: minutes of each task that others do.
        owners: of the tasks, for the minutes that are left.
        windows: of the tasks.
    """

    stays: frozenset[int]
    help: Mapping[int, int]
    owners: Owners
    windows: Mapping[int, Window]


class InsertionModel(TacticModel):
    """The model: some tactics may leave, and some tasks may be helped with.

    Attributes:
        options: the windows each task may have: one where it is placed, several to choose from where it is not.
        chosen: the column of each (task, option): 1 if it is taken.
        parts: the term for the minutes of each (task, worker, option).
        help: the column of the quarter hours of each task that others do.
    """

    def __init__(
        self,
        instance: Instance,
        options: Options,
        leaving: Collection[int],
        helped: Collection[int],
        owners: Mapping[int, Collection[int]],
    ) -> None:
        """Build the model.

        Args:
            instance: the problem of what is placed and what is wanted beside it, nothing else.
            options: the windows each task may have. Those of tasks with a single one keep any order by themselves.
            leaving: the tactics that may leave.
            helped: the tactics with whose tasks others may help.
            owners: of the tasks that stay with those who have them; it makes the model smaller.
        """
        super().__init__(instance, windows(instance))
        for tactic in range(len(instance.candidates)):
            if tactic not in self.placed:
                self.placed[tactic] = self.model.column(1)
            self.model.lower[self.placed[tactic]] = int(tactic not in leaving)
        self.options = options
        self._owners = owners
        self.chosen: dict[tuple[int, int], int] = {}
        self.parts: dict[tuple[int, int, int], Term] = {}
        self.help: dict[int, int] = {}
        self._work: list[list[Entry]] = [[] for _ in instance.workers]
        self._owned: list[tuple[int, int, int]] = []
        for task in instance.tasks:
            self._add(task, is_helped=task.tactic in helped)
        self._add_rows()

    def _add(self, task: NumberedTask, *, is_helped: bool) -> None:
        """Add a task's columns: one of its windows is chosen, and its minutes are done within it."""
        options = self.options[task.number]
        placed = self.placed[task.tactic]
        columns = [placed] if len(options) == 1 else [self.model.column(1) for _ in options]
        self.chosen |= {(task.number, option): column for option, column in enumerate(columns)}
        if len(options) != 1:
            self.model.row([*((column, 1) for column in columns), (placed, -1)], least=0, most=0)
        done: list[Term] = [(placed, -task.job.minutes)]
        if is_helped:
            self.help[task.number] = self.model.column(-(-task.job.minutes // QUARTER_HOUR))
            done.append((self.help[task.number], QUARTER_HOUR))
        for option, column in enumerate(columns):
            done += self._add_parts(task, option, column, is_helped=is_helped)
        self.model.row(done, least=0, most=QUARTER_HOUR - 1 if is_helped else 0)

    def _add_parts(self, task: NumberedTask, option: int, column: int, *, is_helped: bool) -> list[Term]:
        """Add the columns of who does how much of a task in one of its windows, and return their minutes."""
        window = self.options[task.number][option]
        terms, owned = [], []
        for worker in sorted(self._owners.get(task.number, task.workers)):
            room = self.instance.calendars[worker].within(*window)
            if room >= (1 if is_helped and not task.job.split else task.least):
                owner = self.model.column(1)
                owned.append((owner, 1))
                if task.beside:
                    self._owned.append((task.number, worker, owner))
                term = self._minutes(task, owner, min(room, task.job.minutes), is_helped=is_helped)
                self.parts[task.number, worker, option] = term
                self._work[worker].append((window.release, window.deadline, term))
                terms.append(term)
                if task.job.split:
                    self.model.row([(owner, 1), (column, -1)], most=0)
        if not task.job.split:
            self.model.row([*owned, (column, -1)], most=0)
        return terms

    def _minutes(self, task: NumberedTask, owner: int, most: int, *, is_helped: bool) -> Term:
        """Return the term for an owner's minutes of a task: all or nothing, but for split tasks and with help."""
        if not task.job.split and not is_helped:
            return owner, task.job.minutes
        minutes = self.model.column(most)
        self.model.row([(minutes, 1), (owner, -most)], most=0)
        if task.job.split:
            self.model.row([(minutes, 1), (owner, -min(task.least, most))], least=0)
        return minutes, 1

    def _add_rows(self) -> None:
        for worker, entries in enumerate(self._work):
            bound(self.model, self.instance.calendars[worker], entries)
        for task in self.instance.tasks:
            for first in task.before:
                if len(self.options[task.number]) > 1 or len(self.options[first]) > 1:
                    self._hand_over(first, task.number)
        keep_apart(self.model, self.instance, self._owned)
        together(self)
        excludes.post(self)
        budget.post(self)
        lines.post(self)
        self._keep_shares()

    def _hand_over(self, first: int, then: int) -> None:
        """Let the window of the one task begin on the day on which the other's ends, or later."""
        for day in sorted({window.release for window in self.options[then]}):
            early = [
                (self.chosen[then, option], 1)
                for option, window in enumerate(self.options[then])
                if window.release <= day
            ]
            slow = [
                (self.chosen[first, option], 1)
                for option, window in enumerate(self.options[first])
                if self.instance.opens(first, then, window.deadline) > day
            ]
            if early and slow:
                self.model.row([*early, *slow], most=1)

    def _keep_shares(self) -> None:
        """Bound the minutes of each group; what others do is not of the team's hours."""
        places = {candidate.id: number for number, candidate in enumerate(self.instance.candidates)}
        for share in self.instance.problem.shares:
            terms = []
            for tactic in sorted(places[name] for name in share.candidates if name in places):
                terms.append((self.placed[tactic], self.instance.candidates[tactic].minutes))
                terms += [(self.help[task], -QUARTER_HOUR) for task in self.instance.of[tactic] if task in self.help]
            self.model.row(terms, most=max(0, share.limit))

    def best(self, worth: Mapping[int, int]) -> Found | None:
        """Return the answer in which the columns are worth most in all; None where there is none, or none is found."""
        return self._read(self.model.maximise(worth.items(), nodes=NODES))

    def least_help(self, least: int = 0) -> tuple[Found | None, int | None]:
        """Return the answer that takes least help, if any is found, and the least there is; None where nothing does.

        Args:
            least: quarter hours without which it is known not to go.
        """
        self.model.row([(column, 1) for column in self.help.values()], least=least)
        answer = self.model.maximise([(column, -1) for column in self.help.values()], nodes=NODES)
        return self._read(answer), None if answer.impossible else -answer.bound

    def _read(self, answer: Answer) -> Found | None:
        values = answer.values
        if values is None:
            return None
        tasks = self.instance.tasks
        stays = frozenset(self.selection(values))
        given = {task: QUARTER_HOUR * values[column] for task, column in self.help.items()}
        helped = {task: min(minutes, tasks[task].job.minutes) for task, minutes in given.items()}
        chosen = {task: option for (task, option), column in self.chosen.items() if values[column]}
        owners: dict[int, list[Term]] = {}
        for (number, worker, option), (column, factor) in self.parts.items():
            if values[column] and chosen.get(number) == option:
                owners.setdefault(number, []).append((worker, values[column] * factor))
        left = {number: tasks[number].job.minutes - helped.get(number, 0) for number in owners}
        return Found(
            stays=stays,
            help={number: minutes for number, minutes in helped.items() if minutes},
            owners={number: _trim(parts, left[number]) for number, parts in owners.items() if left[number]},
            windows={number: self.options[number][option] for number, option in chosen.items()},
        )


def _trim(parts: Sequence[Term], minutes: int) -> tuple[Term, ...]:
    """Return the parts so that they add up to no more than the minutes, the first one cut where they are more."""
    (worker, first), *others = sorted(parts, key=lambda part: (-part[1], part[0]))
    excess = sum(own for _, own in parts) - minutes
    return tuple(sorted([(worker, first - excess), *others]))
