"""SprintProblem to Allocation: reduce, choose, assign, improve, finish.

attendance     Attendance: the people of a task are at it on the same days, or its tactic is not in the plan
benders        Assign and time a selection, and the cuts where that cannot be (logic-based Benders
               decomposition; Hooker 2000)
change         A change of an order of work: only what it reaches is laid out in days anew
choose         Choose: the best selection tier by tier, with owners and days found for it, and cuts where it
               has none
construct      Construct: schedules built tactic by tactic, from nothing or from a selection
delays         Delays on a replan: where something has slipped, what is worth more is late by less
dispatch       The best first: in which order everybody works, once it is settled who does what
finish         Finish: secondary objectives, which choose among plans for the same tactics, lexicographically
formulations/  The three models: which tactics (selection), whose tasks (assignment), by when (timeline)
handover       Days of hand-over between tasks that wait for each other: read off a plan, or set before there
               is one
improve        Improve: a parked tactic comes in, beside what is placed or in place of what is worth less
in_time        Owners and an order of work in which nothing comes too late: a local search
layout         An order of work laid out in days: each task takes the first free minutes of its owners once it
               may begin
local_search   The local search over owners: shifts and swaps of pieces, until nobody has too much
milp           A whole-number model, and HiGHS behind it: nothing else in revplan knows which solver there is
orders         Orders of work: what an order of tasks may be turned into, each task staying after those it
               follows
reduce         Reduce: fix what cannot be otherwise before anything is chosen
relaxation     Sprints too large to be solved as a whole: the selection model, or its relaxation, guides; a
               schedule is packed
replan         A sprint that differs a little from one that is planned, planned again from that plan: for
               questions about value
schedule       The one state of every search: which tactics are placed, who has which piece of work, within
               which days
written        What is written already: its owners to begin with, and in the end its dates, wherever they can
               stay
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.constraints import violations
from revplan.planning.effort import EFFORT
from revplan.planning.instance import build_instance
from revplan.planning.solve.attendance import keep_those_who_meet, meet
from revplan.planning.solve.choose import Result, Rounds, allocation_of
from revplan.planning.solve.construct import Builder, ranked_fill, without
from revplan.planning.solve.finish import finish
from revplan.planning.solve.formulations import TacticModel, exceeds
from revplan.planning.solve.formulations.selection import SelectionModel
from revplan.planning.solve.improve import improve
from revplan.planning.solve.milp import Answer, Model
from revplan.planning.solve.reduce import reduce
from revplan.planning.solve.relaxation import search_large
from revplan.planning.solve.replan import is_unbeaten, place_near, replan
from revplan.planning.solve.schedule import (
    Schedule,
    Worth,
    solution_worth,
    worth,
    worth_of,
)
from revplan.planning.solve.written import restore_written, take_written

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.planning.instance import Instance
    from revplan.planning.problem import Allocation, SprintProblem
    from revplan.planning.timetable import Solution


def _silent(_step: str) -> None:
    """Tell nobody."""


def best(problem: SprintProblem, on_progress: Callable[[str], None] = _silent) -> Allocation:
    """Return the most valuable allocation that can be found, and how much better any other could be.

    Ctrl-C ends the search early: the best plan so far is returned, marked as interrupted.

    Args:
        problem: the sprint.
        on_progress: is told in a few words what is going on, now and then.

    Raises:
        SolverError: the solver refuses the model.
    """
    numbered = build_instance(problem)
    found = _search(numbered, on_progress)
    return (found if found.interrupted else finish(numbered, found)).allocation(numbered)


def as_written(problem: SprintProblem) -> Allocation | None:
    """Return the written plan as it stands, if it is sound to the day; its bounds are those of a plan that is best."""
    numbered = build_instance(problem)
    plan = take_written(numbered)
    found = allocation_of(numbered, plan) if plan is not None else None
    return None if found is None or violations(problem, found) else found


def best_selection(problem: SprintProblem, on_progress: Callable[[str], None] = _silent) -> Allocation:
    """Return an allocation with the tactics, value and bounds of `best`: sooner known than final owners and days.

    Ctrl-C ends the search early, as in `best`.

    Args:
        problem: the sprint.
        on_progress: is told in a few words what is going on, now and then.

    Raises:
        SolverError: the solver refuses the model.
    """
    numbered = build_instance(problem)
    return _search(numbered, on_progress).allocation(numbered)


def _search(numbered: Instance, on_progress: Callable[[str], None]) -> Result:
    """Return the best plan for now, with owners and days as the search left them.

    Where the selection model has no owners from the start, its selection is packed onto members first: that takes a
    second, and often comes to what the rounds would need minutes to find. Rounds still choose among equals then.
    """
    start, pairs = _start(numbered), reduce(numbered).open_pairs()
    is_written = any(task.job.written for task in numbered.tasks)
    is_large = pairs > EFFORT.open_pairs
    if is_large or (pairs > EFFORT.whole_pairs and not is_written):
        has_rounds = not is_large and pairs <= EFFORT.round_pairs
        found = search_large(numbered, start, on_progress, has_exchanges=not has_rounds)
        is_proven = solution_worth(numbered, found.plan) >= found.bound
        if is_large or found.interrupted or not (has_rounds or is_proven):
            return found
        start = found.plan
    rounds = Rounds(numbered, start, on_progress, improve=lambda plan: improve(numbered, plan, on_progress))
    return rounds.run()


def _start(numbered: Instance) -> Solution:
    """Return the plan to begin with: what still stands of the written one, or the ranked fill where that is better."""
    fill, written = _fill(numbered), restore_written(numbered)
    written = keep_those_who_meet(numbered, written) if written is not None else None
    is_better = written is not None and solution_worth(numbered, written) >= solution_worth(numbered, fill)
    return written if written is not None and is_better else fill


def is_out_of_reach(problem: SprintProblem, least: Worth) -> bool:
    """Tell whether the selection model soon proves that no plan is worth as much: sooner known than the best."""
    numbered = build_instance(problem)
    if reduce(numbered).open_pairs() > EFFORT.open_pairs:
        return False
    return exceeds(SelectionModel(numbered, has_owners=True, with_deadlines=False), least)


def fill_by_rank(problem: SprintProblem) -> Allocation:
    """Return the allocation that fills strictly down the ranked list, each task with whoever has most room for it."""
    return fill_instance_by_rank(build_instance(problem))


def fill_instance_by_rank(numbered: Instance) -> Allocation:
    """Return what `fill_by_rank` returns, for a problem that is numbered already."""
    return _fill_by_rank(numbered).allocation(numbered)


def by_rank(problem: SprintProblem) -> Allocation:
    """Return the same selection with owners and days as good as those of `best`; Ctrl-C leaves them as they are."""
    numbered = build_instance(problem)
    return finish(numbered, _fill_by_rank(numbered)).allocation(numbered)


def _fill(numbered: Instance) -> Solution:
    return keep_those_who_meet(numbered, ranked_fill(numbered))


def _fill_by_rank(numbered: Instance) -> Result:
    everything = worth(numbered, range(len(numbered.candidates)))
    return Result(_fill(numbered), everything, "ranked", interrupted=False)


__all__ = [
    "Answer",
    "Builder",
    "Model",
    "Schedule",
    "SelectionModel",
    "TacticModel",
    "Worth",
    "allocation_of",
    "as_written",
    "best",
    "best_selection",
    "by_rank",
    "fill_by_rank",
    "fill_instance_by_rank",
    "is_out_of_reach",
    "is_unbeaten",
    "meet",
    "place_near",
    "replan",
    "without",
    "worth_of",
]
