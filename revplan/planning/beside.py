"""A parked tactic beside what is placed: who would have to leave for it, or what would have to be added.

Both questions are put to a small model, and what is said is what the plan that was found says: it is laid out to the
day and checked by every constraint. Where none was found, nothing is said.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.planning.hand_over import options
from revplan.planning.network import network
from revplan.planning.room import Room
from revplan.planning.trial import key, laid_out, only
from revplan.planning.ways import Addition, Swap

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from revplan.planning.hand_over import Days
    from revplan.planning.network import Network
    from revplan.planning.problem import Allocation, SprintProblem

    Cash = tuple[tuple[str, int], ...]


class Beside:
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
        self.wanted = _wanted(problem, self.placed, tactic)
        self.problem = only(problem, self.placed | self.wanted)
        self._days = days

    @property
    def together(self) -> tuple[str, ...]:
        """The parked tactics that come in too."""
        return tuple(sorted(self.wanted - {self.tactic}))

    def small_swap(self, most: int) -> Swap | None:
        """Return the cheapest swap found in which so many tactics leave at most, and only those in its people's way."""
        numbered = network(self.problem)
        people = self._people(numbered)
        rivals = {numbered.tasks[number].tactic for number, own in self._owners(numbered).items() if own & people}
        room = self._leaving(numbered, rivals | self._in_the_way(numbered))
        self._keep_others(numbered, room)
        room.model.row([(column, 1) for column in room.placed.values()], least=len(room.placed) - most)
        return self._swap(numbered, room)

    def any_swap(self) -> Swap | None:
        """Return the cheapest swap found, however many leave."""
        numbered = network(self.problem)
        return self._swap(numbered, self._leaving(numbered, range(len(numbered.candidates))))

    def addition(self) -> Addition | None:
        """Return the least found that would have to be added while nothing leaves: cash, and days or else hours."""
        if not self.wanted:
            return None
        cash = _cash_short(self.problem)
        problem = _with_cash(self.problem, cash)
        later = self._later(problem)
        if later is not None:
            return Addition(cash=cash, deadline=problem.days[later], together=self.together)
        numbered = network(problem)
        wanted = [number for number, one in enumerate(numbered.candidates) if one.id in self.wanted]
        room = self._room(numbered, (), wanted)
        self._keep_others(numbered, room)
        found = room.best(dict.fromkeys(room.help.values(), -1))
        if found is None or laid_out(numbered, found) is None:
            return None
        return Addition(_by_skill(numbered, found.help), cash, together=self.together)

    # --- who leaves ------------------------------------------------------------------------------------------------

    def _leaving(self, numbered: Network, rivals: Collection[int]) -> Room:
        """Return the model in which these tactics may leave, but no must for less."""
        leaving = [
            number
            for number, candidate in enumerate(numbered.candidates)
            if number in rivals and candidate.id in self.placed and not candidate.kept
        ]
        room = self._room(numbered, leaving, ())
        musts = [number for number, candidate in enumerate(numbered.candidates) if candidate.tier == "must"]
        values = [(room.placed[number], numbered.candidates[number].value) for number in musts]
        room.model.row(values, least=self.allocation.must_value)
        return room

    def _swap(self, numbered: Network, room: Room) -> Swap | None:
        if not self.wanted:
            return None
        values = {column: numbered.candidates[number].value for number, column in room.placed.items()}
        found = room.best(values)
        plan = laid_out(numbered, found) if found is not None else None
        if plan is None:
            return None
        out = tuple(sorted(self.placed - set(plan.placed)))
        return Swap(out, plan.value - self.allocation.value, self.together)

    def _in_the_way(self, numbered: Network) -> set[int]:
        """Return the tactics that are in the way whoever does them: by cash, by a share, or as alternatives."""
        problem = self.problem
        wanted = [candidate for candidate in problem.candidates if candidate.id in self.wanted]
        lines = {candidate.line for candidate in wanted if candidate.cost and candidate.line is not None}
        names = {name for candidate in wanted for name in candidate.excludes}
        names.update(name for share in problem.shares for name in share.candidates if self.wanted & {*share.candidates})
        return {
            number
            for number, one in enumerate(numbered.candidates)
            if one.id in names or one.line in lines or (one.cost and any(other.cost for other in wanted))
        }

    # --- what is added ---------------------------------------------------------------------------------------------

    def _later(self, problem: SprintProblem) -> int | None:
        """Return the first day later than its deadline by which the tactic could end; None where there is none."""
        last = len(problem.days) - 1
        first = problem.candidate(self.tactic).deadline
        if first >= last or not self._fits(problem, last):
            return None
        while last - first > 1:
            middle = (first + last) // 2
            first, last = (first, middle) if self._fits(problem, middle) else (middle, last)
        return last

    def _fits(self, problem: SprintProblem, deadline: int) -> bool:
        """Tell whether everything fits if the tactic may end by a day."""
        numbered = network(_with_deadline(problem, self.tactic, deadline))
        room = self._room(numbered, (), ())
        found = room.best({})
        return found is not None and laid_out(numbered, found) is not None

    # --- the model -------------------------------------------------------------------------------------------------

    def _room(self, numbered: Network, leaving: Collection[int], helped: Collection[int]) -> Room:
        """Return the model; the tactic and all it requires may choose their days of hand-over anew."""
        due: dict[tuple[str, str], int] = {}
        for one in self.allocation.assignments:
            due[one.tactic, one.task] = max(due.get((one.tactic, one.task), 0), one.due)
        free = self._needed(numbered)
        standing = [task.number for task in numbered.tasks if task.tactic not in free]
        known = {number: due[key(numbered, number)] for number in standing}
        return Room(numbered, options(numbered, known, self._days), leaving, helped)

    def _needed(self, numbered: Network) -> frozenset[int]:
        places = {candidate.id: number for number, candidate in enumerate(numbered.candidates)}
        return frozenset(needed for name in self.wanted for needed in numbered.needed(places[name]))

    def _keep_others(self, numbered: Network, room: Room) -> None:
        """Leave work with its owners where none of them could do any of the work that is to find room."""
        people = self._people(numbered)
        room.keep_owners({number: own for number, own in self._owners(numbered).items() if not own & people})

    def _people(self, numbered: Network) -> frozenset[int]:
        """Return those who could do some of the work that is to find room."""
        return frozenset(
            worker
            for tactic in self._needed(numbered)
            for number in numbered.of[tactic]
            for worker in numbered.tasks[number].workers
        )

    def _owners(self, numbered: Network) -> dict[int, set[int]]:
        """Return who has each placed task."""
        numbers = {key(numbered, task.number): task.number for task in numbered.tasks}
        workers = {worker.id: number for number, worker in enumerate(numbered.workers)}
        owners: dict[int, set[int]] = {}
        for one in self.allocation.assignments:
            owners.setdefault(numbers[one.tactic, one.task], set()).add(workers[one.worker])
        return owners


def _wanted(problem: SprintProblem, placed: frozenset[str], tactic: str) -> frozenset[str]:
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


def _by_skill(numbered: Network, help_with: Mapping[int, int]) -> tuple[tuple[str, int], ...]:
    total: dict[str, int] = {}
    for number, minutes in help_with.items():
        job = numbered.tasks[number].job
        name = job.owner or job.skill
        total[name] = total.get(name, 0) + minutes
    return tuple(sorted(total.items()))


def _cash_short(problem: SprintProblem) -> Cash:
    """Return how much cash all these tactics ask beyond what may be spent, by the sprint and by budget line."""
    return tuple((of, asked - limit) for of, limit, asked in sorted(_spending(problem)) if asked > limit)


def _spending(problem: SprintProblem) -> Iterator[tuple[str, int, int]]:
    """Yield each limit on cash: of what, how much, and how much all tactics ask."""
    if problem.budget is not None:
        yield "sprint", problem.budget, sum(one.cost for one in problem.candidates)
    for line, left in problem.lines:
        yield line, left, sum(one.cost for one in problem.candidates if one.line == line)


def _with_cash(problem: SprintProblem, more: Cash) -> SprintProblem:
    added = dict(more)
    return replace(
        problem,
        budget=None if problem.budget is None else problem.budget + added.get("sprint", 0),
        lines=tuple((line, left + added.get(line, 0)) for line, left in problem.lines),
    )


def _with_deadline(problem: SprintProblem, tactic: str, deadline: int) -> SprintProblem:
    candidates = problem.candidates
    return replace(
        problem,
        candidates=tuple(replace(one, deadline=deadline) if one.id == tactic else one for one in candidates),
    )
