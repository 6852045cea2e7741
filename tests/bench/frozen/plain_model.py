"""The yardstick: the textbook 0-1 model of a sprint, given to HiGHS as it is. It uses nothing of the engine.

One 0-1 column for each tactic; for each task and possible owner a 0-1 column (a share of its minutes where it may be
split), none where only one member may own it; rows for the hours of each member, for cash, shares, requires and
excludes. The model knows no dates: where tactics have windows or tasks follow each other it is a relaxation, and rows
for stretches of half weeks may tighten it. `dispatch.has_days` says whether its answer is a plan at all.
"""

from __future__ import annotations

import time
from math import floor, gcd, inf
from typing import TYPE_CHECKING, NamedTuple

import highspy
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.problem import Candidate, Job, SprintProblem, Worker

    Terms = dict[int, int]
    Owners = dict[tuple[str, str], tuple[tuple[str, int], ...]]
    """For each placed task (tactic, task), who does how many minutes of it."""

TIERS = ("must", "should", "nice")
SETTINGS = {"output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": 0.0, "mip_abs_gap": 0.999}


class Yardstick(NamedTuple):
    """What the plain model reached, in thousandths: by tier, the bound of each tier, and the seconds it took."""

    reached: tuple[int, ...]
    bounds: tuple[int, ...]
    seconds: float
    owners: Owners

    @property
    def is_proven(self) -> bool:
        """Whether the model has no better answer."""
        return self.reached == self.bounds


class PlainModel:
    """The model of one sprint."""

    def __init__(self, problem: SprintProblem, *, half_weeks: bool = False) -> None:
        self.problem = problem
        self.whole: list[bool] = []
        self.rows: list[tuple[Terms, float, float]] = []
        self.placed = {one.id: self._add_column() for one in problem.candidates}
        self.owned: dict[tuple[str, str, str], int] = {}
        self.loads: dict[str, list[tuple[Candidate, int, int]]] = {worker.id: [] for worker in problem.workers}
        for candidate in problem.candidates:
            self._add_tactic(candidate)
        self._add_hours(half_weeks=half_weeks)
        self._add_sums()

    def _add_column(self, *, is_whole: bool = True) -> int:
        self.whole.append(is_whole)
        return len(self.whole) - 1

    def _add_tactic(self, one: Candidate) -> None:
        placed = self.placed[one.id]
        for job in one.jobs:
            able = [worker.id for worker in self.problem.workers if _may_own(worker, job)]
            owned = [placed] if len(able) == 1 else [self._add_column(is_whole=not job.split) for _ in able]
            if len(able) != 1:
                self.rows.append(({placed: -1} | dict.fromkeys(owned, 1), 0, 0))
            for worker, column in zip(able, owned, strict=True):
                self.owned[one.id, job.id, worker] = column
                self.loads[worker].append((one, column, job.minutes))
        for other in one.requires:
            self.rows.append(({placed: 1, self.placed[other]: -1} if other in self.placed else {placed: 1}, -inf, 0))
        for other in one.excludes:
            if one.id < other and other in self.placed:
                self.rows.append(({placed: 1, self.placed[other]: 1}, -inf, 1))

    def _add_hours(self, *, half_weeks: bool) -> None:
        """Bound what each member does by the hours of the sprint, or of every stretch of half weeks."""
        whole = [(0, len(self.problem.days) - 1)]
        stretches = list(_stretches(self.problem)) if half_weeks else whole
        for worker in self.problem.workers:
            for first, last in stretches:
                terms: Terms = {}
                for one, column, minutes in self.loads[worker.id]:
                    if [(first, last)] == whole or (one.release >= first and one.deadline <= last):
                        terms[column] = terms.get(column, 0) + minutes
                self.rows.append((terms, -inf, sum(worker.minutes[first : last + 1])))

    def _add_sums(self) -> None:
        """Bound cash, budget lines and shares."""
        problem = self.problem
        if problem.budget is not None:
            self.rows.append(({self.placed[one.id]: one.cost for one in problem.candidates}, -inf, problem.budget))
        for line, left in problem.lines:
            payers = (one for one in problem.candidates if one.line == line)
            self.rows.append(({self.placed[one.id]: one.cost for one in payers}, -inf, left))
        minutes = {one.id: one.minutes for one in problem.candidates}
        for share in problem.shares:
            self.rows.append(({self.placed[name]: minutes[name] for name in share.candidates}, -inf, share.limit))

    def solve(self, seconds: float, nodes: int = 2**31 - 1) -> Yardstick:
        """Maximise one tier after the other within these seconds of the process's own time, and these nodes each."""
        started = time.process_time()
        values: list[float] = [0.0] * len(self.whole)
        reached, bounds, known = [], [], list(self.rows)
        for tier in TIERS:
            costs = {self.placed[one.id]: one.value for one in self.problem.candidates if one.tier == tier}
            scale = gcd(*costs.values()) or 1
            solver = self._solver({column: value // scale for column, value in costs.items()}, known, values)
            solver.setOptionValue("mip_max_nodes", nodes)
            solver.cbMipInterrupt += lambda event: _stop_after(event, started + seconds)
            solver.run()
            if solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
                values = list(solver.getSolution().col_value)
            reached.append(sum(value for column, value in costs.items() if values[column] > 0.5))
            dual = solver.getInfo().mip_dual_bound
            widest = sum(costs.values())
            bounds.append(max(reached[-1], min(widest, floor(dual + 1e-6) * scale) if abs(dual) < inf else widest))
            known.append((costs, reached[-1], inf))
        return Yardstick(tuple(reached), tuple(bounds), time.process_time() - started, self._owners(values))

    def _solver(self, costs: Terms, rows: list[tuple[Terms, float, float]], start: list[float]) -> highspy.Highs:
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in SETTINGS.items():
            solver.setOptionValue(option, value)
        lp, count = highspy.HighsLp(), len(self.whole)
        kinds = {True: highspy.HighsVarType.kInteger, False: highspy.HighsVarType.kContinuous}
        lp.num_col_, lp.num_row_, lp.sense_ = count, len(rows), highspy.ObjSense.kMaximize
        lp.col_cost_ = np.array([costs.get(column, 0) for column in range(count)], float)
        lp.col_lower_, lp.col_upper_ = np.zeros(count), np.ones(count)
        lp.row_lower_, lp.row_upper_ = (np.array([row[side] for row in rows], float) for side in (1, 2))
        lp.integrality_ = [kinds[is_whole] for is_whole in self.whole]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(row[0]) for row in rows)], dtype=np.int32)
        lp.a_matrix_.index_ = np.fromiter((column for row in rows for column in row[0]), np.int32)
        lp.a_matrix_.value_ = np.fromiter((factor for row in rows for factor in row[0].values()), float)
        solver.passModel(lp)
        solution = highspy.HighsSolution()
        solution.col_value = start
        solver.setSolution(solution)
        return solver

    def _owners(self, values: list[float]) -> Owners:
        found: Owners = {}
        minutes = {(one.id, job.id): job.minutes for one in self.problem.candidates for job in one.jobs}
        for (tactic, task, worker), column in self.owned.items():
            part = round(values[column] * minutes[tactic, task])
            if part and values[self.placed[tactic]] > 0.5:
                found[tactic, task] = (*found.get((tactic, task), ()), (worker, part))
        return found


def _may_own(worker: Worker, job: Job) -> bool:
    return job.owner in (None, worker.id) and worker.has(job.skill, job.level)


def _stretches(problem: SprintProblem) -> Iterator[tuple[int, int]]:
    """Yield first and last day of every stretch of half weeks."""
    days = range(len(problem.days))
    begins = [day for day in days if not day or problem.days[day].weekday() in {0, 3}]
    ends = [*(begin - 1 for begin in begins[1:]), len(days) - 1]
    return ((first, last) for first in begins for last in ends if first <= last)


def _stop_after(event: highspy.HighsCallbackEvent, deadline: float) -> None:
    if time.process_time() > deadline:
        event.interrupt()
