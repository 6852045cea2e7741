"""Assign and time a selection, and the cuts where that cannot be (logic-based Benders decomposition; Hooker 2000).

First owners whose work fits the windows of their tasks: by local search, then by the assignment model. Then days, by
earliest deadline; where a task comes too late, the order and the owners are changed until none does, or a day of
hand-over is set before it and owners are sought again. What resists goes to the timeline model. A selection without
owners or days is shrunk to small conflicts by delta debugging (Zeller and Hildebrandt 2002), which the selection model
must not choose again.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.effort import EFFORT
from revplan.planning.solve.formulations.assignment import linked_assignment, plain_assignment
from revplan.planning.solve.formulations.timeline import HalfWeeks, count_timed_pairs
from revplan.planning.solve.handover import spread_windows
from revplan.planning.solve.in_time import find_in_time
from revplan.planning.solve.local_search import LocalSearch
from revplan.planning.solve.schedule import Schedule, Solution
from revplan.planning.timetable import timetable
from revplan.planning.windows import HALF_WEEKS, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from revplan.planning.instance import Instance
    from revplan.planning.solve.formulations.assignment import AssignmentModel, Options
    from revplan.planning.timetable import Owners, Timetable

    Part = tuple[int, ...]
    Staff = Callable[[Instance, Mapping[int, Window]], Owners | None]

WEEKLY = (0,)
"""Mondays, the days of hand-over that are tried first: a quarter of the model."""

FEW_COLUMNS = 1500
"""Columns up to which the weekly grid is asked for one node before it is known whether half weeks allow any days: on
Harbourline (1,442) it has an answer there, in half the time that both take; on 60 x 8 with four owners (1,847) it has
none."""

WORK = 700_000
"""Columns times branch-and-bound nodes for an assignment whose days of hand-over are set, or nearly so."""

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
        late: the tasks that come too late with the first owners that were found.
    """

    plan: Solution | None
    has_owners: bool = True
    is_too_much: bool = False
    is_hopeless: bool = False
    late: tuple[int, ...] = ()


def settle(
    instance: Instance,
    windows: Mapping[int, Window],
    owners: Owners,
    timed_pairs: int = EFFORT.timed_pairs,
) -> Subproblem:
    """Look for owners and days for the tasks that have windows, all of them to be done.

    Args:
        instance: the problem.
        windows: of the tasks.
        owners: of the same tasks, from a model that knows no days and rounds windows; none where it shares tasks.
        timed_pairs: pairs of a waiting task and a possible owner beyond which no model sets days of hand-over.
    """
    plan = solve_assignment(instance, windows, owners_by_search(instance, windows), owners_by_search)
    if plan is None and owners:
        plan = _bring_in_time(instance, windows, timetable(instance, owners, windows))
    if plan is not None:
        return Subproblem(plan)
    assignment = plain_assignment(instance, windows)
    answer = assignment.answer(5 * EFFORT.roster_patience)
    found = assignment.owners(answer)
    if found is None:
        return Subproblem(None, has_owners=False, is_too_much=answer.impossible)
    table = timetable(instance, found, windows)
    plan = _bring_in_time(instance, windows, table)
    if plan is None:
        plan = solve_assignment(instance, windows, found, owners_by_solver)
    if plan is not None:
        return Subproblem(plan)
    late = table.late
    if count_timed_pairs(instance, windows) > timed_pairs:
        return Subproblem(_on_set_days(instance, windows), late=late)
    return _settle_hand_overs(instance, windows, late)


def _bring_in_time(instance: Instance, windows: Mapping[int, Window], table: Timetable) -> Solution | None:
    """Return the plan of a timetable, with another order or other owners where something in it is late."""
    return find_in_time(instance, windows, table) if table.late else Solution(table.owners, table.days)


def _settle_hand_overs(instance: Instance, windows: Mapping[int, Window], late: tuple[int, ...]) -> Subproblem:
    """Look for owners and days of hand-over together, for tasks that have owners without hand-over days."""
    weekly = linked_assignment(instance, windows, weekdays=WEEKLY)
    is_small = len(weekly.model.upper) <= FEW_COLUMNS
    plan, is_too_coarse = _choose(weekly, 1) if is_small else (None, False)
    if plan is not None:
        return Subproblem(plan, late=late)
    sketch = HalfWeeks(instance, windows)
    about = sketch.answer()
    if about.impossible:
        return Subproblem(None, is_hopeless=True, late=late)
    options = sketch.options(about) if about.values is not None else None
    return Subproblem(_in_days(instance, windows, options, None if is_too_coarse else weekly), late=late)


def _in_days(
    instance: Instance, windows: Mapping[int, Window], options: Options | None, weekly: AssignmentModel | None
) -> Solution | None:
    """Return a plan with days of hand-over: set beforehand, chosen from these options, or from a grid of days.

    The finer grid, twice the model, is tried where the coarser one is proven too coarse; that is None then.
    """
    plan = _on_set_days(instance, windows)
    if plan is None and options is not None:
        plan = _choose_soon(linked_assignment(instance, windows, options))
    if plan is not None:
        return plan
    plan, is_too_coarse = _choose(weekly, EFFORT.roster_nodes) if weekly is not None else (None, True)
    if is_too_coarse:
        plan, _ = _choose(linked_assignment(instance, windows, weekdays=HALF_WEEKS), EFFORT.roster_nodes)
    return plan


def _on_set_days(instance: Instance, windows: Mapping[int, Window]) -> Solution | None:
    """Return a plan with days of hand-over that are set beforehand, slack spread evenly."""
    met = spread_windows(instance, windows)
    return _choose_soon(plain_assignment(instance, met)) if met is not None else None


def _choose_soon(assignment: AssignmentModel) -> Solution | None:
    plan, _ = _choose(assignment, WORK // max(1, len(assignment.model.upper)))
    return plan


def _choose(assignment: AssignmentModel, nodes: int) -> tuple[Solution | None, bool]:
    """Return the plan that the solver finds in an assignment, and whether it is proven to hold none."""
    answer = assignment.answer(nodes)
    return assignment.solution(answer), answer.impossible


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
    schedule = Schedule(instance, [windows.get(task.number) for task in instance.tasks])
    for tactic in sorted({instance.tasks[number].tactic for number in windows}):
        schedule.enter(tactic, windows)
    pieces = schedule.pieces(schedule.windows)
    pieces.sort(key=lambda piece: len(instance.tasks[piece[0]].workers) > 1)
    search = LocalSearch(schedule)
    search.allow(EFFORT.owner_work)
    return schedule.owners if search.settle(pieces) and search.ease(STEPS) else None


def owners_by_solver(instance: Instance, windows: Mapping[int, Window]) -> Owners | None:
    """Return owners whose work fits the windows, found by the solver."""
    assignment = plain_assignment(instance, windows)
    return assignment.owners(assignment.answer(EFFORT.roster_patience))


def owners_least_moved(instance: Instance, windows: Mapping[int, Window], below: int | None = None) -> Owners | None:
    """Return owners whose work fits the windows, from whom the solver moves fewest minutes, at the least spend.

    With `below`, only owners who cost less than so much are sought.
    """
    assignment = plain_assignment(instance, windows)
    return assignment.owners(assignment.cheapest(below))


def solve_assignment(
    instance: Instance, windows: Mapping[int, Window], found: Owners | None, staff: Staff
) -> Solution | None:
    """Return a plan that begins with these owners, and sets days of hand-over until nothing is late."""
    drawn = dict(windows)
    for _ in range(EFFORT.handover_rounds):
        if found is None:
            return None
        table = timetable(instance, found, drawn)
        if not table.late:
            return Solution(found, table.days)
        before = dict(drawn)
        for number in _find_held_up(instance, drawn, table):
            _hand_over(instance, windows[number].release, drawn, table, number)
        if drawn == before:
            return None
        found = staff(instance, drawn)
    return None


def _find_held_up(instance: Instance, drawn: Mapping[int, Window], table: Timetable) -> list[int]:
    """Return the late tasks, and others of their owners, that had to wait for what they follow."""
    busy = {worker for late in table.late for worker, _ in table.owners[late]}
    return [
        number
        for number, parts in table.owners.items()
        if any(worker in busy for worker, _ in parts) and _waits(instance, drawn, table, number)
    ] or list(table.late)


def _waits(instance: Instance, drawn: Mapping[int, Window], table: Timetable, number: int) -> bool:
    """Tell whether a task could begin sooner but for what it follows."""
    before = (first for first in instance.tasks[number].before if first in drawn)
    return any(instance.opens(first, number, table.due(first)) > drawn[number].release for first in before)


def _hand_over(instance: Instance, base: int, drawn: dict[int, Window], table: Timetable, number: int) -> None:
    """Set the day of hand-over before a task: when what it follows was done, or sooner where that did not do."""
    before = [first for first in instance.tasks[number].before if first in drawn]
    excess = max(0, table.due(number) - drawn[number].deadline)
    for first in before:
        release, deadline = drawn[first]
        day = min(deadline, table.due(first))
        if instance.opens(first, number, deadline) == drawn[number].release and excess:
            day = min(day, deadline - max(1, excess // 2))
        drawn[first] = Window(release, max(release, day))
    begin = max([base, *(instance.opens(first, number, drawn[first].deadline) for first in before)])
    drawn[number] = Window(min(drawn[number].deadline, begin), drawn[number].deadline)


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
