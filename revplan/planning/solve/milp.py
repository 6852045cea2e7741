"""A whole-number model, and HiGHS behind it: nothing else in revplan knows which solver there is.

All coefficients, bounds and answers are integers. The solver counts in floating point, so what it returns is
rounded here, once, and objectives are worked out anew from the rounded values.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from math import floor, gcd, isfinite
from threading import current_thread, main_thread
from types import MappingProxyType
from typing import TYPE_CHECKING

from revplan.errors import SolverError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import highspy
    import numpy as np

    Terms = Iterable[tuple[int, int]]
    """(column, factor) pairs, to be summed; a column may stand in it more than once."""
    Settings = Mapping[str, bool]

NODES = 5000
"""Branch-and-bound nodes after which the solver gives up proving; never seconds, so that runs agree."""

STALL = 150
"""Looks without a better solution, times the gap, after which the solver stops: the further a proof is, the sooner.
The solver is looked at 200 to 2,500 times a second, the less often the larger its relaxations, and at the same points
on every machine. On knapsacks of 60 columns and 30 rows (gap 5%) the best solutions came within 1,800 looks of 11,000,
and nothing was proven: they get 3,000."""

LEAST_LOOKS = 3000
"""Looks that it gets at least for that. Where a row holds the shoulds at their best, a better nice-to-have comes late:
after 1,000 and 2,300 looks in vain on two of twenty sprints of 80 x 15, for 216 in place of none, and 363 of 299."""

SHORT_LOOKS = 600
"""The same where a number of looks is asked for."""

MOST_LOOKS = 6000
"""Looks without a better solution at most. On 60 tactics with two possible owners for each task, cash loose or tight or
40 exclusions, the best came after 4,000 to 5,300; with 2,500 all were worse than the plain model at equal seconds."""

USUAL = 125
"""Columns in the objective up to which there are so many, and for more as many fewer, for each look takes longer."""

WITHOUT_SUBMODELS = {
    "mip_allow_restart": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
}
"""Settings of the solver for a start that is the best, or nearly: it solves no models of its own within the model. Ties
of the frozen sprints with one possible owner are settled the same in a third of the time."""

ROUNDING = 1e-6
"""How far above a whole number the solver's bound may lie and still mean that number."""

LARGEST = 10**12
"""The largest factor of a row: HiGHS refuses 10^15, and counts in doubles, which have sixteen digits."""
EXACT = 500_000
"""Up to such a sum of a row's factors the solver's roundings, a millionth of a column, stay below one half."""
ROUNDED = 10**6
"""What the largest factor beyond is divided down to: HiGHS tells sums apart that differ by a millionth."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one objective.

    Attributes:
        values: of the columns, or None where no solution was found.
        value: of the objective there, 0 where there is none.
        bound: no solution is worth more.
        impossible: it is proven that there is no solution.
    """

    values: tuple[int, ...] | None
    value: int
    bound: int
    impossible: bool

    @property
    def proven(self) -> bool:
        """Whether nothing better exists."""
        return self.values is not None and self.value >= self.bound


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What came of one objective where columns may take any value between their limits.

    Attributes:
        values: of the columns.
        gains: by how much the objective would rise, in its own unit, were one more of a column forced in; mostly
            below 0 for columns left at 0.
        bound: no solution is worth more.
        basis: where the solver ended, for models that differ only in their limits to begin from; None without columns.
    """

    values: tuple[float, ...]
    gains: tuple[float, ...]
    bound: int
    basis: highspy.HighsBasis | None


@dataclass(slots=True)
class Model:
    """Columns and rows, added one by one; rows stay in the order in which they came.

    Attributes:
        lower: least value of each column.
        upper: greatest value of each column.
        fractions: columns that may take any value between; in answers they are rounded.
        rows: (factors by column, least, most), None where there is no limit.
        work: simplex iterations times rows of every search for whole numbers, its copies' too; one number in a list.
    """

    lower: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    fractions: set[int] = field(default_factory=set)
    rows: list[tuple[dict[int, int], int | None, int | None]] = field(default_factory=list)
    work: list[int] = field(default_factory=lambda: [0])

    def column(self, upper: int) -> int:
        """Add a whole number from 0 to the upper limit, and return its column."""
        self.lower.append(0)
        self.upper.append(upper)
        return len(self.upper) - 1

    def amount(self, upper: int) -> int:
        """Add a number from 0 to the upper limit that need not be whole, and return its column."""
        column = self.column(upper)
        self.fractions.add(column)
        return column

    def copy(self) -> Model:
        """Return a model with the same columns and rows that can be added to by itself."""
        return Model(list(self.lower), list(self.upper), set(self.fractions), list(self.rows), self.work)

    def row(self, terms: Terms, *, least: int | None = None, most: int | None = None) -> None:
        """Ask that the sum of the terms be within the limits.

        Factors beyond what the solver takes are divided. Limits from above are rounded to the tighter side, so that
        nothing is overspent; limits from below to the looser, so that what is known to reach them still does. Sums
        that differ by less than a millionth may count as equal then.
        """
        factors = _sum_up(terms)
        if factors:
            widest = max(map(abs, factors.values()))
            if widest > LARGEST and (least is None or most is None):
                scale = -(-widest // ROUNDED)
                factors = {column: -(-factor // scale) for column, factor in factors.items()}
                least, most = (limit // scale if limit is not None else None for limit in (least, most))
            self.rows.append((factors, least, most))
        elif (least or 0) > 0 or (most or 0) < 0:
            self.rows.append(({self.column(0): 1}, 1, None))  # which nothing satisfies

    def maximise(
        self,
        objective: Terms,
        start: Sequence[int] | None = None,
        nodes: int = NODES,
        settings: Settings = MappingProxyType({}),
        looks: int = 0,
    ) -> Answer:
        """Find the solution with the greatest objective.

        Args:
            objective: what to sum.
            start: a solution to begin with; where nothing could be better, the solver is not asked.
            nodes: branch-and-bound nodes after which to give up.
            settings: of the solver, beside those it always has.
            looks: without a better solution after which to give up; 0 for what is usual.

        Raises:
            SolverError: the solver refuses the model.
            KeyboardInterrupt: the user pressed Ctrl-C; the solver has stopped.
        """
        costs = {column: factor for column, factor in _sum_up(objective).items() if self.upper[column]}
        widest = sum(max(0, factor * self.upper[column]) for column, factor in costs.items())
        if not self.upper:
            return Answer((), 0, 0, impossible=False)
        if start is not None and costs and sum(factor * start[column] for column, factor in costs.items()) == widest:
            return Answer(tuple(start), widest, widest, impossible=False)
        answer = self._ask(costs, start, nodes, settings, looks)
        while answer.values is not None and (cover := self._overfull(answer.values)):
            self.row([(column, 1) for column in cover], most=len(cover) - 1)
            answer = self._ask(costs, start, nodes, settings, looks)
        return answer

    def _overfull(self, values: Sequence[int]) -> tuple[int, ...]:
        """Return the columns of a row that together exceed its limit, though the solver takes them to be within it.

        To the solver a column of 0.999999 is whole, and a million times that leaves room for one more.
        """
        for factors, _, most in self.rows:
            if most is not None and sum(factors.values()) >= EXACT and min(factors.values()) > 0:
                taken = tuple(column for column in factors if values[column])
                are_choices = all(self.upper[column] == 1 and column not in self.fractions for column in factors)
                if are_choices and sum(factors[column] for column in taken) > most:
                    return taken
        return ()

    def _ask(
        self, costs: dict[int, int], start: Sequence[int] | None, nodes: int, settings: Settings, looks: int
    ) -> Answer:
        """Ask the solver once; the arguments are those of `maximise`."""
        widest = sum(max(0, factor * self.upper[column]) for column, factor in costs.items())
        scale = gcd(*costs.values()) or 1
        solver = _solver(self, costs, scale, nodes)
        if start is not None:
            _warm(solver, start)
        for option, setting in {"mip_heuristic_run_feasibility_jump": start is None, **settings}.items():
            solver.setOptionValue(option, setting)
        if costs:
            solver.cbMipInterrupt += _Patience(len(costs), looks)
        _run(solver)
        self.work[0] += len(self.rows) * max(0, solver.getInfo().simplex_iteration_count)
        answer = _answer(solver, costs, scale, widest)
        if answer.values is None and start is not None and not answer.impossible:
            value = sum(factor * start[column] for column, factor in costs.items())
            return Answer(tuple(start), value, max(value, answer.bound), impossible=False)
        return answer

    def relax(self, objective: Terms, start: Relaxation | None = None) -> Relaxation | None:
        """Find the greatest objective where columns may take any value between; None where there is no solution.

        The bound is worked out from the prices of the rows, so it holds however roughly the solver has counted
        (Neumaier and Shcherbina 2004).

        Args:
            objective: what to sum.
            start: what came of a model with the same columns and rows, but for the limits of these.

        Raises:
            SolverError: the solver refuses the model.
            KeyboardInterrupt: the user pressed Ctrl-C; the solver has stopped.
        """
        import highspy  # noqa: PLC0415 - see _solver

        costs = _sum_up(objective)
        if not self.upper:
            return Relaxation((), (), 0, None)
        scale = gcd(*costs.values()) or 1
        solver = _solver(Model(self.lower, self.upper, set(range(len(self.upper))), self.rows), costs, scale, 1)
        solver.setOptionValue("presolve", "off")  # there is little to presolve, and copies of the model to make for it
        if start is not None and start.basis is not None:
            solver.setBasis(start.basis)
        _run(solver)
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = solver.getSolution()
        gains, bound = _by_prices(self, costs, scale, solution.row_dual)
        values = tuple(solution.col_value)
        bound = scale * floor(bound + ROUNDING)
        return Relaxation(values, tuple(scale * gain for gain in gains), bound, solver.getBasis())


class _Patience:
    """Stops the solver where no better solution has come for long."""

    def __init__(self, tactics: int, looks: int) -> None:
        self._most = looks or min(MOST_LOOKS, USUAL * MOST_LOOKS // tactics)
        self._least = min(looks, SHORT_LOOKS) or LEAST_LOOKS
        self._best: float | None = None
        self._looks = self._total = 0

    def __call__(self, event: highspy.HighsCallbackEvent) -> None:
        """Look at how far the solver is."""
        seen = event.data_out
        best = round(seen.mip_primal_bound, 3) if isfinite(seen.mip_primal_bound) else None
        self._looks = self._looks + 1 if best == self._best else 0
        self._total += 1
        self._best = best
        if best is not None and self._looks > self._least:
            excess = abs(seen.mip_dual_bound - best)
            if max(self._looks, self._total // 3) > self._most or self._looks * excess > STALL * max(1.0, abs(best)):
                event.interrupt()


def _sum_up(terms: Terms) -> dict[int, int]:
    factors: dict[int, int] = {}
    for column, factor in terms:
        factors[column] = factors.get(column, 0) + factor
    return {column: factor for column, factor in factors.items() if factor}


def _solver(model: Model, costs: dict[int, int], scale: int, nodes: int) -> highspy.Highs:
    """Return HiGHS with the model and the settings under which two runs agree."""
    import highspy  # noqa: PLC0415 - 0.2 s and 70 MB, paid only where something is solved
    import numpy as np  # noqa: PLC0415 - comes with highspy

    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 0),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.999),
        ("mip_max_nodes", nodes),
    ):
        solver.setOptionValue(option, value)
    lp = highspy.HighsLp()
    lp.num_col_ = len(model.upper)
    lp.num_row_ = len(model.rows)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = np.array([costs.get(column, 0) // scale for column in range(len(model.upper))], float)
    lp.col_lower_ = np.array(model.lower, float)
    lp.col_upper_ = np.array(model.upper, float)
    lp.row_lower_ = np.array([-np.inf if row[1] is None else row[1] for row in model.rows], float)
    lp.row_upper_ = np.array([np.inf if row[2] is None else row[2] for row in model.rows], float)
    lp.integrality_ = [
        highspy.HighsVarType.kContinuous if column in model.fractions else highspy.HighsVarType.kInteger
        for column in range(len(model.upper))
    ]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row[0]) for row in model.rows)], dtype=np.int32)
    lp.a_matrix_.index_, lp.a_matrix_.value_ = _entries(model)
    if solver.passModel(lp) == highspy.HighsStatus.kError:
        raise SolverError("The solver refused the sprint's model.", hint="Please report this with the plan.")
    return solver


def _entries(model: Model) -> tuple[np.ndarray, np.ndarray]:
    """Return the columns and the factors of all rows, one row after the other."""
    import numpy as np  # noqa: PLC0415 - see _solver

    columns = np.fromiter((column for row in model.rows for column in row[0]), np.int32)
    return columns, np.fromiter((factor for row in model.rows for factor in row[0].values()), float)


def _by_prices(
    model: Model, costs: dict[int, int], scale: int, row_prices: Sequence[float]
) -> tuple[Sequence[float], float]:
    """Return what each column gains beyond the price of what it takes, and the bound that these prices prove."""
    import numpy as np  # noqa: PLC0415 - see _solver

    least = np.array([-np.inf if row[1] is None else row[1] for row in model.rows], float)
    most = np.array([np.inf if row[2] is None else row[2] for row in model.rows], float)
    prices = np.array(row_prices, float)
    prices[np.isinf(np.where(prices > 0, most, least))] = 0.0
    columns, factors = _entries(model)
    lengths = np.fromiter((len(row[0]) for row in model.rows), np.int64)
    taken = np.bincount(columns, factors * np.repeat(prices, lengths), len(model.upper))
    gains = np.array([costs.get(column, 0) // scale for column in range(len(model.upper))], float) - taken
    paid = np.where(prices > 0, most, least)
    by_rows = np.dot(prices[prices != 0], paid[prices != 0])
    by_columns = np.dot(gains, np.where(gains > 0, model.upper, model.lower))
    return gains.tolist(), float(by_rows + by_columns)


def _warm(solver: highspy.Highs, start: Sequence[int]) -> None:
    import highspy  # noqa: PLC0415 - see _solver

    solution = highspy.HighsSolution()
    solution.col_value = [float(value) for value in start]
    solver.setSolution(solution)


def _run(solver: highspy.Highs) -> None:
    """Solve in a thread, or Ctrl-C would not be heard until it is done.

    Only the main thread hears Ctrl-C: in any other the solver runs to its end, as many side by side as there are. The
    thread is our own: highspy's `HandleKeyboardInterrupt` prints to the terminal, and the locks of its `startSolve` are
    those of all solvers, so that after a Ctrl-C just when one began there was no solving any more.
    """
    if current_thread() is not main_thread():
        solver.run()
        return
    solver.HandleUserInterrupt = True
    with ThreadPoolExecutor(1) as pool:
        try:
            running = pool.submit(solver.run)
            while not wait([running], timeout=0.1).done:
                pass
            running.result()
        except KeyboardInterrupt:
            solver.cancelSolve()  # type: ignore[no-untyped-call]
            raise


def _answer(solver: highspy.Highs, costs: dict[int, int], scale: int, widest: int) -> Answer:
    import highspy  # noqa: PLC0415 - see _solver

    info = solver.getInfo()
    status = solver.getModelStatus()
    impossible = status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        bound = floor(info.mip_dual_bound + ROUNDING) * scale if isfinite(info.mip_dual_bound) else widest
        return Answer(None, 0, min(widest, bound), impossible=impossible)
    values = tuple(round(value) for value in solver.getSolution().col_value)
    value = sum(factor * values[column] for column, factor in costs.items())
    dual = info.mip_dual_bound
    bound = min(widest, floor(dual + ROUNDING) * scale) if isfinite(dual) else widest
    return Answer(values, value, max(value, bound), impossible=False)
