"""By when: owners and days for a selection, in which everything fits.

First owners whose work fits the windows of their tasks, then dates by earliest deadline. Where a task then comes too
late, a day of hand-over is set between it and what it follows, and owners are sought again: first by the search,
then by the solver. A selection that resists is handed to the solver day by day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.schedule import timetable
from revplan.planning.solve.board import Plan
from revplan.planning.solve.half_weeks import HalfWeeks
from revplan.planning.solve.owners import merged
from revplan.planning.solve.owners import owners as search
from revplan.planning.solve.roster import NODES, PATIENCE, Roster, with_hand_overs
from revplan.planning.solve.stages import staged
from revplan.planning.windows import HALF_WEEKS, Window, windows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from revplan.planning.network import Network
    from revplan.planning.schedule import Owners, Timetable
    from revplan.planning.solve.model import Answer
    from revplan.planning.solve.roster import Options

    Staff = Callable[[Network, Mapping[int, Window]], Owners | None]

ROUNDS = 25
"""How often days of hand-over are set before the search gives up."""

WEEKLY = (0,)
"""Mondays, the days of hand-over that are tried first: a quarter of the model."""

WORK = 700_000
"""Columns times branch-and-bound nodes for a roster whose days of hand-over are set, or nearly so."""

DECISION = 5 * PATIENCE
"""Branch-and-bound nodes where it hangs on the answer whether a selection has owners at all."""

BRIEFLY = 30
"""Branch-and-bound nodes where it is only asked what may be left out of a conflict: it is soon known or hardly ever."""

STEPS = 40
"""Moves the search for owners may make before the solver is asked: it finds them soon, or hardly ever."""


class Settlement(NamedTuple):
    """What became of the search for owners and days.

    Attributes:
        plan: owners and days of all the tasks, if they were found.
        has_owners: whether owners were found, were hand-overs to take care of themselves.
        is_too_much: it is proven that there are none.
        is_hopeless: owners were found, but it is proven that there are no days.
        late: the tasks that come too late with the first owners that were found.
    """

    plan: Plan | None
    has_owners: bool = True
    is_too_much: bool = False
    is_hopeless: bool = False
    late: tuple[int, ...] = ()


def settle(network: Network, windows: Mapping[int, Window], owners: Owners) -> Settlement:
    """Look for owners and days for the tasks that have windows, all of them to be done.

    Args:
        network: the problem.
        windows: of the tasks.
        owners: of the same tasks, from a model that knows no days and rounds windows; none where it shares tasks.
    """
    plan = staffed(network, windows, by_search(network, windows), by_search)
    if plan is None and owners:
        plan = staffed(network, windows, owners, by_solver)
    if plan is not None:
        return Settlement(plan)
    roster = _plain(network, windows)
    answer = roster.answer(DECISION)
    found = roster.owners(answer)
    if found is None:
        return Settlement(None, has_owners=False, is_too_much=answer.impossible)
    plan = staffed(network, windows, found, by_solver)
    if plan is not None:
        return Settlement(plan)
    late = timetable(network, found, windows).late
    sketch = HalfWeeks(network, windows)
    about = sketch.answer()
    if about.impossible:
        return Settlement(None, is_hopeless=True, late=late)
    plan = _in_days(network, windows, sketch.options(about) if about.values is not None else None)
    return Settlement(plan, late=late)


def _in_days(network: Network, windows: Mapping[int, Window], options: Options | None) -> Plan | None:
    """Return a plan with days of hand-over: set beforehand, chosen from these options, or from a grid of days.

    The finer grid, twice the model, is tried where the coarser one is proven too coarse.
    """
    met = staged(network, windows)
    rosters = [_plain(network, met)] if met is not None else []
    rosters += [_linked(network, windows, options)] if options is not None else []
    for roster in rosters:
        plan, _ = _chosen(roster, WORK // max(1, len(roster.model.upper)))
        if plan is not None:
            return plan
    plan, is_too_coarse = _chosen(_handing_over(network, windows, WEEKLY), NODES)
    if is_too_coarse:
        plan, _ = _chosen(_handing_over(network, windows, HALF_WEEKS), NODES)
    return plan


def _chosen(roster: Roster, nodes: int) -> tuple[Plan | None, bool]:
    """Return the plan that the solver finds in a roster, and whether it is proven to hold none."""
    answer = roster.answer(nodes)
    return _laid_out(roster.network, roster, answer), answer.impossible


def _plain(network: Network, windows: Mapping[int, Window]) -> Roster:
    """Return the roster of tasks with one window each."""
    return Roster(network, {number: (window,) for number, window in windows.items()})


def is_too_much(network: Network, windows: Mapping[int, Window]) -> bool:
    """Tell whether it is soon proven that there are no owners, were hand-overs to take care of themselves."""
    return by_search(network, windows) is None and _plain(network, windows).answer(BRIEFLY).impossible


def seems_impossible(network: Network, windows: Mapping[int, Window]) -> bool:
    """Tell whether the solver finds that there are no owners and days of hand-over; on a grid, so no proof."""
    return _handing_over(network, windows, HALF_WEEKS).answer().impossible


def _handing_over(network: Network, windows: Mapping[int, Window], weekdays: Collection[int]) -> Roster:
    """Return the roster in which days of hand-over are chosen too."""
    return _linked(network, windows, with_hand_overs(network, windows, weekdays))


def _linked(network: Network, windows: Mapping[int, Window], options: Options) -> Roster:
    """Return the roster with these windows to choose from, in which tasks hand over to those that follow."""
    roster = Roster(network, options)
    for number in windows:
        for first in network.tasks[number].before:
            if first in windows:
                roster.hand_over(first, number)
    return roster


def _laid_out(network: Network, roster: Roster, answer: Answer) -> Plan | None:
    """Return the plan that an answer stands for; None where it is none."""
    found = roster.owners(answer)
    if found is None:
        return None
    table = timetable(network, found, roster.windows(answer))
    return None if table.late else Plan(found, table.days)


def least_moved_of_all(network: Network, windows: Mapping[int, Window]) -> Plan | None:
    """Return the plan of least minutes moved, then of least spend, work being handed over on whatever day."""
    roster = _handing_over(network, windows, range(7))
    return _laid_out(network, roster, roster.cheapest())


def cheaper(network: Network, windows: Mapping[int, Window], spend: int) -> Plan | None:
    """Return a plan whose owners leave most where it was and cost less than so much; None where there seems to be none.

    The solver makes them cost least; where they then have no days, others may cost more.
    """
    return staffed(network, windows, by_least_moved(network, windows, spend), by_solver)


def selected_windows(network: Network, selection: Sequence[int]) -> dict[int, Window] | None:
    """Return the windows of the selection's tasks, given that all of it is placed; None where that cannot be."""
    found = windows(network, frozenset(selection))
    chosen = {number: found[number] for tactic in selection for number in network.of[tactic]}
    sound = {number: window for number, window in chosen.items() if window is not None}
    return sound if len(sound) == len(chosen) else None


def by_search(network: Network, windows: Mapping[int, Window]) -> Owners | None:
    """Return owners whose work fits the windows, found without the solver."""
    bench = search(network, windows, steps=STEPS)
    return merged(bench) if bench is not None else None


def by_solver(network: Network, windows: Mapping[int, Window]) -> Owners | None:
    """Return owners whose work fits the windows, found by the solver."""
    roster = _plain(network, windows)
    return roster.owners(roster.answer(PATIENCE))


def by_least_moved(network: Network, windows: Mapping[int, Window], below: int | None = None) -> Owners | None:
    """Return owners whose work fits the windows, from whom the solver moves fewest minutes, at the least spend.

    With `below`, only owners who cost less than so much are sought.
    """
    roster = _plain(network, windows)
    return roster.owners(roster.cheapest(below))


def staffed(network: Network, windows: Mapping[int, Window], found: Owners | None, staff: Staff) -> Plan | None:
    """Return a plan that begins with these owners, and sets days of hand-over until nothing is late."""
    drawn = dict(windows)
    for _ in range(ROUNDS):
        if found is None:
            return None
        table = timetable(network, found, drawn)
        if not table.late:
            return Plan(found, table.days)
        before = dict(drawn)
        for number in _held_up(network, drawn, table):
            _hand_over(network, windows[number].release, drawn, table, number)
        if drawn == before:
            return None
        found = staff(network, drawn)
    return None


def _held_up(network: Network, drawn: Mapping[int, Window], table: Timetable) -> list[int]:
    """Return the late tasks, and others of their owners, that had to wait for what they follow."""
    busy = {worker for late in table.late for worker, _ in table.owners[late]}
    return [
        number
        for number, parts in table.owners.items()
        if any(worker in busy for worker, _ in parts) and _waits(network, drawn, table, number)
    ] or list(table.late)


def _waits(network: Network, drawn: Mapping[int, Window], table: Timetable, number: int) -> bool:
    """Tell whether a task could begin sooner but for what it follows."""
    before = (first for first in network.tasks[number].before if first in drawn)
    return any(table.due(first) > drawn[number].release for first in before)


def _hand_over(network: Network, base: int, drawn: dict[int, Window], table: Timetable, number: int) -> None:
    """Set the day of hand-over before a task: when what it follows was done, or sooner where that did not do."""
    before = [first for first in network.tasks[number].before if first in drawn]
    excess = max(0, table.due(number) - drawn[number].deadline)
    for first in before:
        release, deadline = drawn[first]
        day = min(deadline, table.due(first))
        if deadline == drawn[number].release and excess:
            day = min(day, deadline - max(1, excess // 2))
        drawn[first] = Window(release, max(release, day))
    begin = max([base, *(drawn[first].deadline for first in before)])
    drawn[number] = Window(min(drawn[number].deadline, begin), drawn[number].deadline)
