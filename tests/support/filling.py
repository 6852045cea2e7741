"""A plain way to fill a sprint, so that these tests need no solver: down the ranks, first member who has the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.sprint_due import due_sprint
from revplan.planning.assemble import assemble
from revplan.planning.backlog import formulate
from revplan.planning.explain.reason import explain
from revplan.planning.problem import Allocation, Candidate, Job, SprintProblem, TaskAssignment
from tests.support.plans import on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.model.plan import Plan
    from revplan.planning.answer import SprintPlan

    Free = dict[str, list[int]]


def planned(what: Plan, day: str = "2026-11-28", sprint_id: str | None = "2026-12") -> SprintPlan:
    """Plan the sprint a command on that day would mean."""
    context = on(day, what)
    formulation = formulate(context, due_sprint(context, sprint_id).period)
    allocation = fill(formulation.problem)
    return assemble(formulation, allocation, explain(formulation.problem, allocation))


def fill(problem: SprintProblem) -> Allocation:
    placed: dict[str, Candidate] = {}
    assignments: list[TaskAssignment] = []
    free = {worker.id: list(worker.minutes) for worker in problem.workers}
    for candidate in sorted(problem.candidates, key=lambda one: (not one.kept, one.rank)):
        trial = {name: list(minutes) for name, minutes in free.items()}
        found = _do(problem, candidate, trial, assignments) if _may(problem, candidate, placed) else None
        if found is not None:
            placed[candidate.id], free = candidate, trial
            assignments += found
    value = sum(candidate.value for candidate in placed.values())
    musts = sum(candidate.value for candidate in placed.values() if candidate.tier == "must")
    ordered = tuple(sorted(assignments, key=lambda one: (one.tactic, one.task, one.worker)))
    return Allocation(ordered, value, musts, value, musts, "ranked")


def _may(problem: SprintProblem, candidate: Candidate, placed: dict[str, Candidate]) -> bool:
    both = [*placed.values(), candidate]
    lines = dict(problem.lines)
    return (
        set(candidate.requires) <= placed.keys()
        and not set(candidate.excludes) & placed.keys()
        and (problem.budget is None or sum(one.cost for one in both) <= problem.budget)
        and all(sum(one.cost for one in both if one.line == line) <= left for line, left in lines.items())
        and all(
            sum(one.minutes for one in both if one.id in share.candidates) <= share.limit for share in problem.shares
        )
    )


def _do(
    problem: SprintProblem, candidate: Candidate, free: Free, done: Sequence[TaskAssignment]
) -> list[TaskAssignment] | None:
    first = max([candidate.release, *(one.due for one in done if one.tactic in candidate.requires)])
    found: dict[str, list[TaskAssignment]] = {}
    waiting = list(candidate.jobs)
    while waiting:
        job = next(job for job in waiting if set(job.after) <= found.keys())
        start = max([first, *(one.due for name in job.after for one in found[name])])
        able = [w.id for w in problem.workers if w.has(job.skill, job.level) and job.owner in (None, w.id)]
        parts = _share_out(job, able, free, range(start, candidate.deadline + 1))
        if parts is None:
            return None
        found[job.id] = [TaskAssignment(candidate.id, job.id, *part) for part in parts]
        waiting.remove(job)
    return [assignment for parts in found.values() for assignment in parts]


def _share_out(
    job: Job, able: list[str], free: Free, days: range
) -> list[tuple[str, int, tuple[tuple[int, int], ...]]] | None:
    left, parts = job.minutes, []
    for worker in able:
        room = sum(free[worker][day] for day in days)
        if room and (room >= left or job.split):
            took = []
            for day in days:
                minutes = min(left, free[worker][day])
                if minutes:
                    took.append((day, minutes))
                    free[worker][day] -= minutes
                    left -= minutes
            parts.append((worker, sum(minutes for _, minutes in took), tuple(took)))
        if not left:
            return parts
    return None
