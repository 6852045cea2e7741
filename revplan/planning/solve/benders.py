"""Assign and time a selection, and the cuts where that cannot be (logic-based Benders decomposition; Hooker 2000).

First owners whose work fits the windows of their tasks: by local search, then by the assignment model. Then days, by
earliest deadline; where a task comes too late, the order and the owners are changed until none does. What resists goes
to the timeline model, which proves that there are no days, or says in which half week work is handed over: the days of
these, and then those of all half weeks, give other owners to begin with. A selection without owners or days is shrunk
to small conflicts by delta debugging (Zeller and Hildebrandt 2002), which the selection model must not choose again.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.effort import EFFORT
from revplan.planning.solve.attendance import tasks_apart
from revplan.planning.solve.construct import schedule_of
from revplan.planning.solve.formulations.assignment import linked_assignment, plain_assignment, with_hand_overs
from revplan.planning.solve.formulations.timeline import HalfWeeks, count_timed_pairs
from revplan.planning.solve.in_time import bring_in_time
from revplan.planning.solve.local_search import LocalSearch
from revplan.planning.timetable import timetable
from revplan.planning.windows import HALF_WEEKS, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from revplan.planning.instance import Instance
    from revplan.planning.timetable import Owners, Solution

    Part = tuple[int, ...]

WORK = 700_000
"""Columns times branch-and-bound nodes for an assignment with days of hand-over to choose from."""

STEPS = 40
"""Moves the local search may make before the solver is asked; if it finds owners, it mostly takes fewer."""

NEAR = 8
"""Tactics around one that are looked at together."""

COARSE = 8
"""Where leaving out an eighth at a time hardly helps, nearly everything is needed, and no more is tried."""


class Subproblem(NamedTuple):
    """What became of the search for owners and days.

    Attributes:
        plan: owners and days of all the tasks, if they were found.
        has_owners: whether the assignment without hand-over days has owners; False too if the solver gave up.
        is_too_much: it is proven that there are none.
        is_hopeless: owners were found, but it is proven that there are no days.
        late: the tasks that come too late with the first owners that were found, or whose people are not at it at once.
        asked: how many choices of days of hand-over were tried: those of the timeline model, those of all half weeks.
    """

    plan: Solution | None
    has_owners: bool = True
    is_too_much: bool = False
    is_hopeless: bool = False
    late: tuple[int, ...] = ()
    asked: int = 0


def settle(
    instance: Instance,
    windows: Mapping[int, Window],
    owners: Owners,
    timed_pairs: int = EFFORT.timed_pairs,
    *,
    has_grid: bool = True,
) -> Subproblem:
    """Look for owners and days for the tasks that have windows, all of them to be done.

    Args:
        instance: the problem.
        windows: of the tasks.
        owners: of the same tasks, from a model that knows no days and rounds windows; none where it shares tasks.
        timed_pairs: pairs of a waiting task and a possible owner beyond which no model sets days of hand-over.
        has_grid: whether the days of all half weeks are tried where those that the timeline model says give no plan.
    """
    for given in (owners_by_search(instance, windows), owners):
        plan = bring_in_time(instance, windows, given) if given else None
        if plan is not None:
            return Subproblem(plan)
    assignment = plain_assignment(instance, windows)
    answer = assignment.answer(5 * EFFORT.roster_patience)
    found = assignment.owners(answer)
    if found is None:
        return Subproblem(None, has_owners=False, is_too_much=answer.impossible)
    plan = bring_in_time(instance, windows, found)
    if plan is not None:
        return Subproblem(plan)
    table = timetable(instance, found, windows)
    late = table.late or tasks_apart(instance, table.plan)
    if count_timed_pairs(instance, windows) > timed_pairs:
        return Subproblem(None, late=late)
    return _settle_hand_overs(instance, windows, late, has_grid=has_grid)


def _settle_hand_overs(
    instance: Instance, windows: Mapping[int, Window], late: tuple[int, ...], *, has_grid: bool
) -> Subproblem:
    """Look for owners and days of hand-over together, for tasks that have owners without hand-over days."""
    sketch = HalfWeeks(instance, windows)
    about = sketch.answer()
    if about.values is None:
        return Subproblem(None, is_hopeless=about.impossible, late=late, asked=1)
    choices = (sketch.options(about), with_hand_overs(instance, windows))[: 1 + has_grid]
    for asked, options in enumerate(choices, 1):
        assignment = linked_assignment(instance, windows, options)
        owners = assignment.owners(assignment.answer(WORK // max(1, len(assignment.model.upper))))
        plan = bring_in_time(instance, windows, owners) if owners else None
        if plan is not None:
            return Subproblem(plan, asked=asked)
    return Subproblem(None, late=late, asked=len(choices))


def is_too_much(instance: Instance, windows: Mapping[int, Window]) -> bool:
    """Tell whether assignment without hand-over days is proven infeasible within `conflict_nodes` nodes."""
    return (
        owners_by_search(instance, windows) is None
        and plain_assignment(instance, windows).answer(EFFORT.conflict_nodes).impossible
    )


def seems_impossible(instance: Instance, windows: Mapping[int, Window]) -> bool:
    """Tell whether the solver finds that there are no owners and days of hand-over; on a grid, so no proof."""
    return linked_assignment(instance, windows, weekdays=HALF_WEEKS).answer().impossible


def owners_by_search(instance: Instance, windows: Mapping[int, Window]) -> Owners | None:
    """Return owners whose work fits the windows, found without the solver."""
    schedule = schedule_of(instance, windows)
    pieces = schedule.pieces(schedule.windows)
    pieces.sort(key=lambda piece: len(instance.tasks[piece[0]].workers) > 1)
    search = LocalSearch(schedule)
    search.allow(EFFORT.owner_work)
    return schedule.owners if search.settle(pieces) and search.ease(STEPS) else None


def owners_least_moved(instance: Instance, windows: Mapping[int, Window], below: int | None = None) -> Owners | None:
    """Return owners whose work fits the windows, from whom the solver moves fewest minutes, at the least spend.

    With `below`, only owners who cost less than so much are sought.
    """
    assignment = plain_assignment(instance, windows)
    return assignment.owners(assignment.cheapest(below))


def neighbours(instance: Instance, chosen: Part, tactic: int) -> Part:
    """Return the tactics of a selection most likely to be in conflict with one: by the hours its people may give them.

    Args:
        instance: the problem.
        chosen: the selection.
        tactic: one of them; what it requires is returned too.
    """
    people = {worker for number in instance.of[tactic] for worker in instance.tasks[number].workers}

    def minutes_in_common(other: int) -> int:
        tasks = (instance.tasks[number] for number in instance.of[other])
        return sum(task.job.minutes * len(people.intersection(task.workers)) // len(task.workers) for task in tasks)

    nearest = sorted(chosen, key=lambda other: (-minutes_in_common(other), other))[:NEAR]
    return tuple(sorted({*nearest, *instance.with_requirements(tactic)}.intersection(chosen)))


def split_conflicts(chosen: Part, is_impossible: Callable[[Part], bool]) -> Iterator[Part]:
    """Yield impossible parts of an impossible selection that have nothing in common, the selection itself at worst.

    Args:
        chosen: the selection.
        is_impossible: tells it of any part, two at a time if need be; whatever holds a part that is impossible is
            impossible too.
    """
    part = shrink_conflict(chosen, is_impossible)
    rest = chosen
    while rest:
        yield part
        rest = tuple(tactic for tactic in rest if tactic not in part)
        if not rest or not is_impossible(rest):
            return
        part = shrink_conflict(rest, is_impossible)


def shrink_conflict(part: Part, is_impossible: Callable[[Part], bool]) -> Part:
    """Leave out of an impossible part what is not needed to make it impossible.

    Mostly nothing can be left out, so the next question is asked beside each, as if it were known already.
    """
    whole = part
    size = len(part) // 2
    with ThreadPoolExecutor(2) as aside:
        while size:
            first = 0
            while first < len(part):
                rests = [part[:at] + part[at + size :] for at in range(first, len(part), size)[:2]]
                verdicts = list(aside.map(lambda rest: bool(rest) and is_impossible(rest), rests))
                needed = verdicts.index(True) if True in verdicts else len(rests)
                part = rests[needed] if needed < len(rests) else part
                first += size * needed
            if len(whole) >= COARSE * size and 4 * len(part) > 3 * len(whole):
                return part
            size //= 2
    return part
