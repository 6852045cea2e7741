"""The three models: which tactics (selection), whose tasks (assignment), by when (timeline).

    assignment  The assignment model: who does what of a given selection, in windows that are exact to the day
    selection   The selection model: which tactics, as a 0-1 model over the whole sprint, without dates
    timeline    The timeline model: a selection over the parts of a sprint, with who does how much of what in
                which part

Here is what every model over tactics has: a column for each, and the tiers in which what they are worth is asked for,
one question at a time. Each answer is kept by a row while the next is asked; no weights join the tiers, so a lower
one never outweighs a higher one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from revplan.planning.effort import EFFORT
from revplan.planning.problem import TIERS
from revplan.planning.solve.milp import ROUNDING, SHORT_LOOKS, WITHOUT_SUBMODELS, Model
from revplan.planning.solve.schedule import Worth, worth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from revplan.planning.effort import Effort
    from revplan.planning.instance import Instance
    from revplan.planning.solve.formulations.selection import SelectionModel
    from revplan.planning.solve.milp import Answer, Relaxation, Settings
    from revplan.planning.windows import Window

PLACES = 1024
"""What a minute of work counts in the tie-break; squares of places below it, so that sums of places seldom agree."""

CORE_LEAST = 20
"""Columns of a core beside those in doubt. With 40, 250 x 10 with exclusions reached 9327 instead of 9346."""

CORE_EACH = 3
"""Columns of a core for every two in doubt: the relaxation is not whole there, or says otherwise than the plan."""

LARGEST_CORE = 0.6
"""The part of all columns beyond which the whole is searched at once: most columns of chains are in doubt."""

FEW = 80
"""Columns up to which the whole is searched at once: 60 x 8 takes up to 1.6 times as long with cores for the same, and
a knapsack of 60 columns and 30 rows comes to 12070 instead of 12138."""

CORES = 3
"""Most cores, one after the other, each about the best so far: on 500 x 30 they reached 116827, 116918 and no more."""

CORE_WORK = 5_000_000
"""Columns times rows times looks for one core: with 20,000 looks 100 x 5 comes to 42843, with 2,500 to 42822."""

LEAST_CORE_LOOKS = 2500
"""Looks without a better solution that a core gets at least: 100 x 30 and 500 x 30 need no more."""

MOST_CORE_LOOKS = 20_000
"""The same at most."""

OWNED_CORE_EACH = 1
"""Columns of a core for every two in doubt where the owners of tasks are open too. With 2, four of fifteen such sprints
come to less."""

OWNED_SHORT_LOOKS = 1500
"""Looks without a better solution before the first such core. With 300, three of six sprints of 80 x 15 that are proven
best take up to 1.6 times as long: the solver begins anew shortly before its proof."""

OWNED_CORE_LOOKS = 600
"""The same in each core; the whole is searched after them. With 1,000 thirteen sprints come to as much in more time."""

PROVABLE = 250
"""Columns up to which a best that is proven within a core is put to the whole model: 150 x 15 is proven so, and
2,000 x 30 took 4 s more for nothing."""

BOUNDABLE = 1000
"""Columns up to which the bound on a plan at hand comes from whole tactics, and beyond from the relaxation. On 80 x 15
(320 to 400 columns) that takes 0.1 s; one plan of 1763 is bounded by 1772 and no longer by 1904, another is proven best
at 1189, which was 1524. On 300 x 40 (1,400 columns) it takes 0.6 s for half a per cent."""


class TacticModel:
    """What every model over tactics has.

    Attributes:
        instance: the problem.
        windows: of each task whose tactic can be placed.
        model: the columns and rows.
        placed: the column of each tactic that can be placed: 1 if it is.
    """

    def __init__(self, instance: Instance, windows: Mapping[int, Window]) -> None:
        self.instance = instance
        self.windows = windows
        self.model = Model()
        self.placed = {
            tactic: self.model.column(1)
            for tactic, numbers in enumerate(instance.of)
            if all(number in windows for number in numbers)
        }

    def selection(self, values: Sequence[float]) -> tuple[int, ...]:
        """Return the tactics that these values of the columns place."""
        return tuple(tactic for tactic, column in self.placed.items() if round(values[column], 3) >= 1)

    def forbid(self, tactics: Iterable[int]) -> None:
        """Ask that these tactics are not all placed together."""
        together = tuple(tactics)
        self.model.row([(self.placed[tactic], 1) for tactic in together], most=len(together) - 1)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the selection model makes of the tiers.

    Attributes:
        selection: the tactics, in order.
        bound: no selection is worth more.
        values: of the model's columns.
    """

    selection: tuple[int, ...]
    bound: Worth
    values: tuple[int, ...]


def tier_terms(model: TacticModel) -> tuple[list[tuple[int, int]], ...]:
    """Return the terms of kept tactics, and of the value of each tier."""
    candidates = model.instance.candidates
    chosen = [(column, candidates[tactic]) for tactic, column in model.placed.items()]
    kept = [(column, 1) for column, candidate in chosen if candidate.kept]
    tiers = ([(column, one.value) for column, one in chosen if one.tier == tier and one.value] for tier in TIERS)
    return (kept, *tiers)


def nodes_for(model: Model, effort: Effort = EFFORT) -> int:
    """Return the branch-and-bound nodes for one layer of a model: fewer where it is large."""
    return max(1, min(effort.nodes, effort.work // max(1, len(model.upper))))


def most_valuable(
    model: TacticModel, start: Sequence[int] | None, nodes: int, settings: Settings = MappingProxyType({})
) -> Choice | None:
    """Return the best selection tier by tier; None where the solver found nothing.

    Args:
        model: the model.
        start: values of its columns to begin with.
        nodes: branch-and-bound nodes for each tier.
        settings: of the solver, for a model that is asked as a whole.
    """
    asked = model.model.copy()
    tactics = tuple(model.placed.values())
    has_others = len(asked.upper) > len(tactics)
    search = partial(_maximise_with_owners, tactics=tactics, settings=settings) if has_others else _maximise_tactics
    bounds = []
    for terms in tier_terms(model):
        if not terms:
            bounds.append(0)
            continue
        answer = search(asked, terms, start, nodes)
        if answer.values is None:
            return None
        bounds.append(answer.bound)
        start = answer.values
        asked.row(terms, least=answer.value)
    if start is None:
        answer = asked.maximise((), nodes=nodes)
        start = answer.values or ()
    return Choice(model.selection(start) if start else (), Worth(*bounds), tuple(start))


def _maximise_tactics(
    whole: Model, terms: Sequence[tuple[int, int]], start: Sequence[int] | None, nodes: int
) -> Answer:
    """Find the best of one tier where every column is a tactic: a short search, then cores of few open columns.

    Columns on which the relaxation and the plan agree, and which would lose much by a change, stay as they are
    (kernel search; Angelelli, Mansini and Speranza 2010). The bound is that of the short search, so it holds.
    """
    columns = range(len(whole.upper))
    relaxed = whole.relax(terms) if len(columns) > FEW else None
    if relaxed is None or len(_core(relaxed, relaxed.values, columns, CORE_EACH)) > LARGEST_CORE * len(columns):
        return whole.maximise(terms, start, nodes)

    def search(plan: Sequence[int]) -> Answer:
        opened = set(_core(relaxed, plan, columns, CORE_EACH))
        core = _core_model(whole, plan, columns, opened)
        rows = sum(len(opened.intersection(factors)) > 1 for factors, _, _ in core.rows)
        looks = CORE_WORK // max(1, rows * len(opened))
        return core.maximise(terms, plan, nodes, looks=min(MOST_CORE_LOOKS, max(LEAST_CORE_LOOKS, looks)))

    answer, last = _improve_by_cores(whole.maximise(terms, start, nodes, looks=SHORT_LOOKS), search)
    if answer.values is None or answer.proven or not last.proven or len(columns) > PROVABLE:
        return answer
    last = whole.maximise(terms, answer.values, nodes)
    return replace(last, bound=min(answer.bound, last.bound))


def _maximise_with_owners(
    whole: Model,
    terms: Sequence[tuple[int, int]],
    start: Sequence[int] | None,
    nodes: int,
    tactics: Sequence[int],
    settings: Settings,
) -> Answer:
    """Find the best of one tier where there are columns of owners too: a short search, cores, and then the whole.

    In a core few tactics are open, and who owns the tasks of any. Of twenty sprints of 60 x 8 and 150 x 15 with two
    possible owners for each task, five get more value by it, up to 0.2%, none less, in 1.4 times the time.
    """
    short = whole.maximise(terms, start, nodes, settings, looks=OWNED_SHORT_LOOKS)
    if short.proven or short.impossible:
        return short
    relaxed = whole.relax(terms) if short.values is not None and len(tactics) >= CORE_LEAST else None
    if relaxed is None:
        return whole.maximise(terms, short.values or start, nodes, settings)

    def search(plan: Sequence[int]) -> Answer:
        core = _core_model(whole, plan, tactics, _core(relaxed, plan, tactics, OWNED_CORE_EACH))
        return core.maximise(terms, plan, nodes, settings, looks=OWNED_CORE_LOOKS)

    answer, _ = _improve_by_cores(short, search)
    last = whole.maximise(terms, answer.values, nodes, settings) if not answer.proven else answer
    return replace(last, bound=min(answer.bound, last.bound))


def _improve_by_cores(answer: Answer, search: Callable[[Sequence[int]], Answer]) -> tuple[Answer, Answer]:
    """Search cores about the best so far while they better it; return that with its own bound, and the last answer."""
    found = answer
    for _ in range(CORES):
        if answer.values is None or answer.proven or found.proven:
            break
        found = search(answer.values)
        if found.values is None or found.value <= answer.value:
            break
        answer = replace(found, bound=answer.bound)
    return answer, found


def _core(relaxed: Relaxation, plan: Sequence[float], columns: Sequence[int], each: int) -> list[int]:
    """Return the columns worth looking at: those in doubt, and some more of least to lose.

    Args:
        relaxed: the relaxation.
        plan: values of the columns.
        columns: to choose from.
        each: columns of the core for every two in doubt.
    """

    def is_sure(column: int) -> bool:
        value, gain = relaxed.values[column], relaxed.gains[column]
        return min(abs(value - round(value)), 1) < ROUNDING < abs(gain) and round(value) == round(plan[column])

    sure = {column: is_sure(column) for column in columns}
    by_loss = sorted(columns, key=lambda column: (sure[column], abs(relaxed.gains[column]), column))
    return by_loss[: CORE_LEAST + each * (len(sure) - sum(sure.values())) // 2]


def _core_model(whole: Model, plan: Sequence[int], columns: Iterable[int], opened: Iterable[int]) -> Model:
    """Return the model in which of these columns only those that are opened may differ from the plan."""
    core = whole.copy()
    for column in set(columns).difference(opened):
        core.lower[column] = core.upper[column] = plan[column]
    return core


def settle_ties(model: SelectionModel, reached: Worth, start: Sequence[int]) -> Choice | None:
    """Return the selection the remaining layers prefer among its equals; None where the solver found nothing."""
    asked = model.model.copy()
    for terms, least in zip(tier_terms(model), reached, strict=True):
        asked.row(terms, least=least)
    unmoved = _unmoved_terms(model, asked)
    start = (*start, *(0 for _ in range(len(asked.upper) - len(start))))
    found = None
    for terms in (unmoved, _tie_terms(model)):
        if not terms:
            continue
        answer = asked.maximise(terms, start, EFFORT.tie_nodes, WITHOUT_SUBMODELS)
        if answer.values is None:
            break
        found = start = answer.values
        if not answer.proven:
            break
        asked.row(terms, least=answer.value)
    return Choice(model.selection(found), reached, tuple(found)) if found is not None else None


def _unmoved_terms(model: SelectionModel, asked: Model) -> list[tuple[int, int]]:
    """Return the terms of the minutes that stay with whom they were written for, or in the sprint at least."""
    numbers = {worker.id: number for number, worker in enumerate(model.instance.workers)}
    terms = []
    for task in model.instance.tasks:
        for member, minutes in task.job.written if task.tactic in model.placed else ():
            key, most = (task.number, numbers.get(member, -1)), min(minutes, task.job.minutes)
            if key in model.amounts:
                unmoved = asked.column(most)
                asked.row([(unmoved, 1), (model.amounts[key], -1)], most=0)
                terms.append((unmoved, 1))
            elif key in model.owned:
                terms.append((model.owned[key], most))
            elif key[1] in model.workers(task.number):
                terms.append((model.placed[task.tactic], most))
    return terms


def _tie_terms(model: TacticModel) -> list[tuple[int, int]]:
    """Return the terms of the tie-break: less work is better, then what comes first by deadline, minutes and id."""
    candidates = model.instance.candidates
    ordered = sorted(
        model.placed, key=lambda one: (candidates[one].deadline, candidates[one].minutes, candidates[one].id)
    )
    most = max(1, len(ordered) - 1) ** 2
    return [
        (model.placed[tactic], -(PLACES * candidates[tactic].minutes + (PLACES - 1) * place**2 // most))
        for place, tactic in enumerate(ordered)
    ]


def exceeds(model: TacticModel, least: Worth) -> bool:
    """Tell whether it is proven within `tie_nodes` nodes a tier that no selection is worth as much, or more above.

    Args:
        model: a model without cuts that are not proven.
        least: what is asked for.
    """
    terms = tier_terms(model)
    last = max((layer for layer, own in enumerate(terms) if own or least[layer] > 0), default=0)
    for layer in range(last + 1):
        asked = model.model.copy()
        for above in range(layer):
            asked.row(terms[above], least=least[above])
        asked.row(terms[layer], least=least[layer] + (layer < last))
        if not asked.maximise((), nodes=EFFORT.tie_nodes).impossible:
            return False
    return True


def is_most_valuable(model: TacticModel, start: Sequence[int]) -> bool:
    """Tell whether it is proven within `tie_nodes` nodes a tier that no selection is worth more than that of a start.

    With a start the solver prunes at once: on Harbourline 0.02 s of CPU, where to prove that there is no selection of
    more value took 0.45.

    Args:
        model: a model without cuts that are not proven.
        start: values of its columns.
    """
    asked = model.model.copy()
    for terms in tier_terms(model):
        reached = sum(factor * start[column] for column, factor in terms)
        if terms and asked.maximise(terms, start, EFFORT.tie_nodes, WITHOUT_SUBMODELS).bound > reached:
            return False
        asked.row(terms, least=reached)
    return True


def bound_at(model: TacticModel, bound: Worth, reached: Worth, start: Sequence[int] | None = None) -> Worth:
    """Return the bound on plans that are no worse than a plan at hand, in the order of the tiers.

    Every tier counts down to the first in which a better plan is possible: what is better there may have less below.

    Args:
        model: a model without cuts that are not proven.
        bound: of plans that are best in the tiers above.
        reached: what the plan at hand is worth.
        start: values of the model's columns to begin with, such as those of the plan at hand.
    """
    terms = tier_terms(model)
    if reached[:3] >= bound[:3] or not terms[3]:
        return bound
    asked, value = model.model.copy(), worth(model.instance, model.placed).value
    first = next(tier for tier in range(3) if reached[tier] < bound[tier])
    for tier in range(first + 1):
        asked.row(terms[tier], least=reached[tier])
    valued = [term for tier in terms[1:] for term in tier]
    if len(asked.upper) <= BOUNDABLE:
        answer = asked.maximise(valued, start, EFFORT.tie_nodes, WITHOUT_SUBMODELS)
        value = min(value, answer.bound) if answer.values is not None else value
    elif (relaxed := asked.relax(valued)) is not None:
        value = min(value, relaxed.bound)
    return bound._replace(nice=max(bound.nice, value - bound.must - bound.should))
