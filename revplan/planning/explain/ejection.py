"""Which placed tactic could make room for a parked one by itself, and whether it does if no other work moves.

First by arithmetic: what the tactics left take of cash, shares and people's hours, these as a maximum flow, in which
so many minutes must go from where the parked one seeks them. Then by inserting the parked one into a schedule without
the other: where that works it is a plan, and where it does not, nothing is known yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.constraints import violations
from revplan.planning.explain.flow import pieces, placed_flow
from revplan.planning.instance import build_instance
from revplan.planning.solve import Builder, Schedule, allocation_of, meet, without
from revplan.planning.timetable import solution_of
from revplan.planning.trial import protected_tactics
from revplan.planning.windows import windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from revplan.planning.explain.insertion import Insertion
    from revplan.planning.problem import Allocation, SprintProblem


class Ejection(NamedTuple):
    """What one placed tactic could do for a parked one.

    Attributes:
        tactic: the first, cheapest one without which there is a plan; None where none was found.
        plan: that plan.
        open: cheaper ones that are not ruled out.
    """

    tactic: str | None
    plan: Allocation | None
    open: tuple[str, ...]


class Ejections:
    """What is placed, to be asked for room for one parked tactic after another."""

    def __init__(self, problem: SprintProblem, placed: Allocation) -> None:
        """Lay out what is placed.

        Args:
            problem: the sprint, with every parked tactic among its candidates.
            placed: what is placed.
        """
        self._instance = build_instance(problem)
        self._pieces = pieces(self._instance, windows(self._instance))
        self._flow = placed_flow(self._instance, self._pieces, placed)
        self._worker = {worker.id: number for number, worker in enumerate(problem.workers)}
        self._place = {candidate.id: number for number, candidate in enumerate(problem.candidates)}
        self._placed = placed
        self._plan = solution_of(self._instance, placed)
        self._selection = frozenset(self._place[name] for name in placed.placed)

    def cheapest_ejection(self, beside: Insertion) -> Ejection:
        """Return the cheapest placed tactic that is found to make room for the parked one by leaving."""
        unknown: list[str] = []
        for tactic in self._possible(beside):
            builder = self._without(tactic)
            name = self._instance.candidates[tactic].id
            if builder.insert(self._place[beside.tactic]):
                met = meet(self._instance, builder.schedule.solution())
                plan = allocation_of(self._instance, met) if met is not None else None
                if plan is not None and not violations(beside.problem, plan):
                    return Ejection(name, plan, tuple(unknown))
            unknown.append(name)
        return Ejection(None, None, tuple(unknown))

    def _possible(self, beside: Insertion) -> Iterator[int]:
        """Yield the tactics that arithmetic does not rule out, those of least value first."""
        wanted = self._in_order_of_need(self._place[name] for name in sorted(beside.wanted))
        work = [
            (self._pieces[number], self._instance.tasks[number].job.minutes)
            for tactic in wanted
            for number in self._instance.of[tactic]
        ]
        missing, sought = self._flow.shortfall(work)
        freed = self._minutes_in(sought)
        musts = sum(self._must(tactic) for tactic in wanted)
        above = protected_tactics(beside.problem, beside.wanted)
        needed = {required for tactic in (*self._selection, *wanted) for required in self._instance.requires[tactic]}
        by_value = sorted(self._selection - needed, key=lambda one: (self._instance.candidates[one].value, one))
        for tactic in by_value:
            candidate = self._instance.candidates[tactic]
            is_higher = candidate.id in above and candidate.tier != "must"
            is_enough = freed.get(tactic, 0) >= missing and self._must(tactic) <= musts
            if is_enough and not is_higher and not candidate.kept and self._leaves_room(tactic, wanted):
                yield tactic

    def _in_order_of_need(self, wanted: Iterable[int]) -> list[int]:
        """Return tactics with those that another requires before it."""
        named = frozenset(wanted)
        return [one for one in self._instance.with_requirements(*sorted(named)) if one in named]

    def _must(self, tactic: int) -> int:
        candidate = self._instance.candidates[tactic]
        return candidate.value if candidate.tier == "must" else 0

    def _minutes_in(self, cells: frozenset[int]) -> dict[int, int]:
        """Return the minutes of each placed tactic in these cells."""
        found: dict[int, int] = {}
        for one in self._placed.assignments:
            worker, tactic = self._worker[one.worker], self._place[one.tactic]
            inside = sum(minutes for day, minutes in one.days if self._flow.cell(worker, day) in cells)
            found[tactic] = found.get(tactic, 0) + inside
        return found

    def _without(self, tactic: int) -> Builder:
        """Return a builder with what is placed, but for one tactic."""
        return Builder.of(self._instance, without(self._instance, self._plan, [tactic]))

    def _leaves_room(self, leaving: int, wanted: list[int]) -> bool:
        """Tell whether the constraints leave room for all that is wanted once a tactic has left.

        Nobody has any of the work that stays: whose it is may change, and what people have room for the flow says.
        """
        schedule = Schedule(self._instance)
        for tactic in (*sorted(self._selection - {leaving}), *wanted):
            if tactic in wanted and not schedule.allows(tactic):
                return False
            schedule.enter(tactic, schedule.widest)
        return True
