"""A parked tactic beside what is placed: who would have to leave for it, or what would have to be added.

Both questions are put to a small model, and what is said is what the plan that was found says: it is laid out to the
day and checked by every constraint. Where none was found, nothing is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.explain.claims import Addition, Swap
from revplan.planning.explain.insertion_model import InsertionModel
from revplan.planning.explain.slack import insert_into_slack
from revplan.planning.insertion_windows import never, options
from revplan.planning.instance import build_instance
from revplan.planning.trial import (
    cash_short,
    key,
    materialise,
    protected_tactics,
    restrict_to,
    with_cash,
    with_deadlines,
)
from revplan.planning.windows import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from revplan.planning.explain.insertion_model import Found
    from revplan.planning.insertion_windows import Days
    from revplan.planning.instance import Instance
    from revplan.planning.problem import Allocation, SprintProblem, TaskAssignment


NO_DAYS = Window(0, -1)
"""The window of a task that nobody has time for."""


class Insertion:
    """A parked tactic, with the parked ones it requires, and what is placed.

    Attributes:
        wanted: the tactic and the parked ones that come in with it; empty where it requires what cannot be had.
    """

    def __init__(self, problem: SprintProblem, allocation: Allocation, tactic: str, days: Days) -> None:
        """Set the tactic beside what is placed.

        Args:
            problem: the sprint, with every parked tactic among its candidates.
            allocation: what is placed.
            tactic: a parked tactic.
            days: on which new work may be handed over.
        """
        self.allocation = allocation
        self.tactic = tactic
        self.placed = frozenset(allocation.placed)
        self.wanted = _with_requirements(problem, self.placed, tactic)
        self.problem = restrict_to(problem, self.placed | self.wanted)
        self._days = days

    @property
    def has_days(self) -> bool:
        """Whether the dates and waits of the tactic, and of what comes in with it, leave days to work on it."""
        return self._leaves_days(build_instance(self.problem))

    @property
    def together(self) -> tuple[str, ...]:
        """The parked tactics that come in too."""
        return tuple(sorted(self.wanted - {self.tactic}))

    def small_swap(self, most: int, among: Collection[str] | None = None) -> Swap | None:
        """Return the cheapest swap found in which only a few tactics leave, of those that are in its people's way.

        Args:
            most: how many may leave.
            among: which; any that are in the way where it is not given.
        """
        if not self.wanted:
            return None
        numbered = build_instance(self.problem)
        people = self._people(numbered)
        rivals = {numbered.tasks[number].tactic for number, own in self._owners(numbered).items() if own & people}
        rivals |= self._in_the_way(numbered)
        if among is not None:
            rivals = {number for number in rivals if numbered.candidates[number].id in among}
        room = self._leaving(numbered, rivals)
        room.model.row([(column, 1) for column in room.placed.values()], least=len(room.placed) - most)
        found = room.best({column: numbered.candidates[number].value for number, column in room.placed.items()})
        plan = materialise(numbered, found) if found is not None else None
        return self.swap_in(plan) if plan is not None else None

    def swap_in(self, found: Allocation) -> Swap | None:
        """Return the swap that another plan of the same tactics stands for; None where that lacks what is wanted."""
        if not self.wanted or not self.wanted <= set(found.placed) or found.must_value < self.allocation.must_value:
            return None
        out = tuple(sorted(self.placed - set(found.placed)))
        if not self._above_all_wanted().isdisjoint(out):
            return None
        return Swap(out, found.value - self.allocation.value, self.together)

    def least_addition(self) -> Addition | None:
        """Return the least found that would have to be added while nothing leaves: cash, and days or else hours."""
        return self._addition(self._least_help)

    def quick_addition(self) -> Addition | None:
        """Return what would have to be added if all that is placed stays as it lies: quicker, and little more."""
        return self._addition(self._insert_into_slack)

    def _addition(self, found_in: Callable[[Instance], Found | None]) -> Addition | None:
        if not self.wanted or self._is_excluded():
            return None
        cash = cash_short(self.problem)
        problem = with_cash(self.problem, cash)
        if later := self._later(problem):
            days = {task: problem.days[day] for task, day in later.items()}
            deadline = days.pop("", None)
            tasks = tuple(sorted(days.items()))
            return Addition(cash=cash, deadline=deadline, task_deadlines=tasks, together=self.together)
        numbered = build_instance(problem)
        if not self._leaves_days(numbered):
            return None
        found = found_in(numbered)
        if found is None or materialise(numbered, found) is None:
            return None
        work = tuple((*key(numbered, number), minutes) for number, minutes in found.help.items())
        return Addition(_by_skill(numbered, found.help), cash, together=self.together, work=work)

    def _is_excluded(self) -> bool:
        """Tell whether what is placed excludes what is wanted: then nothing that is added lets both in."""
        return any(one.id in self.wanted and self.placed & set(one.excludes) for one in self.problem.candidates)

    def _least_help(self, numbered: Instance) -> Found | None:
        """Return the plan in which others help least, while work moves only among those who could do the tactic's.

        It is first asked as if hand-overs took care of themselves: a much smaller model. No plan takes less help than
        it says, and mostly what it says is a plan. Only where it is none are days of hand-over chosen too.
        """
        wanted = [number for number, one in enumerate(numbered.candidates) if one.id in self.wanted]
        owners = self._out_of_the_way(numbered)
        found, least = self._room(numbered, (), wanted, owners, never).least_help()
        if least is None or (found is not None and materialise(numbered, found) is not None):
            return found
        found, _ = self._room(numbered, (), wanted, owners, self._days).least_help(least)
        return found

    def _insert_into_slack(self, numbered: Instance) -> Found | None:
        """Return the plan in which the tactic gets the hours that are left, and others do the rest."""
        wanted = [number for number, one in enumerate(numbered.candidates) if one.id in self.wanted]
        given = options(numbered, self._due(numbered, ()), never)
        windows = {number: parts[0] if parts else NO_DAYS for number, parts in given.items()}
        found = insert_into_slack(numbered, windows, wanted, self._free(numbered))
        if found is None:
            return None
        parts: dict[int, list[tuple[int, int]]] = {}
        for number, worker, one in self._standing(numbered):
            parts.setdefault(number, []).append((worker, one.minutes))
        return found._replace(
            owners={**{number: tuple(sorted(own)) for number, own in parts.items()}, **found.owners},
            windows={**windows, **found.windows},
        )

    def _free(self, numbered: Instance) -> list[list[int]]:
        """Return the minutes that each worker has left, by day."""
        free = [list(worker.minutes) for worker in numbered.workers]
        for _, worker, one in self._standing(numbered):
            for day, minutes in one.days:
                free[worker][day] -= minutes
        return free

    # --- who leaves ------------------------------------------------------------------------------------------------

    def _leaving(self, numbered: Instance, rivals: Collection[int]) -> InsertionModel:
        """Return the model in which these tactics may leave, but no must for less, and none of a tier above."""
        above = self._above_all_wanted()
        leaving = [
            number
            for number, candidate in enumerate(numbered.candidates)
            if number in rivals and candidate.id in self.placed - above and not candidate.kept
        ]
        room = self._room(numbered, leaving, (), self._out_of_the_way(numbered), self._days)
        musts = [number for number, candidate in enumerate(numbered.candidates) if candidate.tier == "must"]
        values = [(room.placed[number], numbered.candidates[number].value) for number in musts]
        room.model.row(values, least=self.allocation.must_value)
        return room

    def _above_all_wanted(self) -> frozenset[str]:
        """Return what is kept, and shoulds where only nice-to-haves are wanted. One must may leave for another."""
        musts = {one.id for one in self.problem.candidates if one.tier == "must" and not one.kept}
        return protected_tactics(self.problem, self.wanted) - musts

    def _in_the_way(self, numbered: Instance) -> set[int]:
        """Return the tactics that are in the way whoever does them: by cash, by a share, or as alternatives."""
        problem = self.problem
        wanted = [candidate for candidate in problem.candidates if candidate.id in self.wanted]
        lines = {line for candidate in wanted for line in candidate.purses if candidate.takes(line)}
        names = {name for candidate in wanted for name in candidate.excludes}
        names.update(name for share in problem.shares for name in share.candidates if self.wanted & {*share.candidates})
        return {
            number
            for number, one in enumerate(numbered.candidates)
            if one.id in names or not lines.isdisjoint(one.purses) or (one.cost and any(other.cost for other in wanted))
        }

    # --- what is added ---------------------------------------------------------------------------------------------

    def _later(self, problem: SprintProblem) -> dict[str, int]:
        """Return the deadlines without which the tactic fits, moved as little as will do; nothing where none helps.

        The tactic's own deadline (its name is "") is asked first, then those of its tasks too.
        """
        candidate = problem.candidate(self.tactic)
        last = problem.last_day(candidate)
        tasks = {job.id: job.deadline for job in candidate.jobs if job.deadline is not None and job.deadline < last}
        own = {"": candidate.deadline} if candidate.deadline < last else {}
        for given in ([own] if own else []) + ([{**tasks, **own}] if tasks else []):
            if self._fits(problem, dict.fromkeys(given, last)):
                return self._least_moved(problem, given, last)
        return {}

    def _least_moved(self, problem: SprintProblem, given: Mapping[str, int], last: int) -> dict[str, int]:
        """Return as few of the deadlines as will do, each moved to the first day that will do beside the others."""
        moved = dict.fromkeys(given, last)
        for name in given if len(given) > 1 else ():
            others = {other: day for other, day in moved.items() if other != name}
            if others and self._fits(problem, others):
                moved = others
        for name in moved:
            first, fits = given[name], moved[name]
            while fits - first > 1:
                middle = (first + fits) // 2
                first, fits = (first, middle) if self._fits(problem, {**moved, name: middle}) else (middle, fits)
            moved[name] = fits
        return moved

    def _fits(self, problem: SprintProblem, deadlines: Mapping[str, int]) -> bool:
        """Tell whether everything fits if the tactic and some of its tasks may end by other days."""
        numbered = build_instance(with_deadlines(problem, self.tactic, deadlines))
        room = self._room(numbered, (), (), {}, self._days)
        found = room.best({})
        return found is not None and materialise(numbered, found) is not None

    def _leaves_days(self, numbered: Instance) -> bool:
        """Tell whether dates and waits would leave the tactic days if its tasks took no time: else no help does."""
        never = len(numbered.problem.days)
        release: dict[int, int] = {}
        wanted = self._wanted_places(numbered)
        for number in numbered.order:
            task = numbered.tasks[number]
            if task.tactic in wanted:
                opens = (numbered.opens(one, number, min(release[one], never)) for one in task.before if one in release)
                release[number] = max([task.release, *opens])
                if release[number] > task.deadline:
                    return False
        return True

    # --- the model -------------------------------------------------------------------------------------------------

    def _room(
        self,
        numbered: Instance,
        leaving: Collection[int],
        helped: Collection[int],
        owners: Mapping[int, Collection[int]],
        days: Days,
    ) -> InsertionModel:
        """Return the model; the tactic and all it requires may choose their days of hand-over anew, among these."""
        known = self._due(numbered, self._wanted_places(numbered))
        return InsertionModel(numbered, options(numbered, known, days), leaving, helped, owners)

    def _wanted_places(self, numbered: Instance) -> frozenset[int]:
        places = {candidate.id: number for number, candidate in enumerate(numbered.candidates)}
        return frozenset(needed for name in self.wanted for needed in numbered.with_requirements(places[name]))

    def _out_of_the_way(self, numbered: Instance) -> dict[int, set[int]]:
        """Return who has each placed task, where none of them could do any of the work that is to find room."""
        people = self._people(numbered)
        return {number: own for number, own in self._owners(numbered).items() if not own & people}

    def _people(self, numbered: Instance) -> frozenset[int]:
        """Return those who could do some of the work that is to find room."""
        return frozenset(
            worker
            for tactic in self._wanted_places(numbered)
            for number in numbered.of[tactic]
            for worker in numbered.tasks[number].workers
        )

    def _owners(self, numbered: Instance) -> dict[int, set[int]]:
        """Return who has each placed task."""
        owners: dict[int, set[int]] = {}
        for number, worker, _ in self._standing(numbered):
            owners.setdefault(number, set()).add(worker)
        return owners

    def _due(self, numbered: Instance, free: Collection[int]) -> dict[int, int]:
        """Return the day on which each placed task ends, but for those of some tactics."""
        due: dict[int, int] = {}
        for number, _, one in self._standing(numbered):
            if numbered.tasks[number].tactic not in free:
                due[number] = max(due.get(number, 0), one.due)
        return due

    def _standing(self, numbered: Instance) -> Iterator[tuple[int, int, TaskAssignment]]:
        """Yield the number of the task and of the worker of each assignment, and the assignment."""
        numbers = {key(numbered, task.number): task.number for task in numbered.tasks}
        workers = {worker.id: number for number, worker in enumerate(numbered.workers)}
        for one in self.allocation.assignments:
            yield numbers[one.tactic, one.task], workers[one.worker], one


def _with_requirements(problem: SprintProblem, placed: frozenset[str], tactic: str) -> frozenset[str]:
    """Return the tactic and the parked ones it requires; nothing where it requires what is none of the candidates."""
    candidates = {candidate.id: candidate for candidate in problem.candidates}
    found: set[str] = set()
    waiting = [tactic]
    while waiting:
        name = waiting.pop()
        if name not in candidates:
            return frozenset()
        if name not in found | placed:
            found.add(name)
            waiting.extend(candidates[name].requires)
    return frozenset(found)


def _by_skill(numbered: Instance, help_with: Mapping[int, int]) -> tuple[tuple[str, int], ...]:
    total: dict[str, int] = {}
    for number, minutes in help_with.items():
        job = numbered.tasks[number].job
        name = job.owner or job.skill
        total[name] = total.get(name, 0) + minutes
    return tuple(sorted(total.items()))
