"""Part of a sprint tried by itself: only some of its tactics, some of whose work others do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict

from revplan.planning.constraints import violations
from revplan.planning.instance import build_instance
from revplan.planning.problem import TIERS, Allocation
from revplan.planning.solve import meet
from revplan.planning.timetable import assignments, timetable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from revplan.model.waits import Wait
    from revplan.planning.explain.claims import Addition
    from revplan.planning.explain.insertion_model import Found
    from revplan.planning.instance import Instance
    from revplan.planning.problem import Candidate, Job, SprintProblem, TaskAssignment

    Cash = tuple[tuple[str, int], ...]
    """(Budget line or `sprint`, cents)."""
    Help = Mapping[tuple[str, str], int]
    """Minutes of (tactic, task) that others do."""


def restrict_to(problem: SprintProblem, names: frozenset[str] | set[str]) -> SprintProblem:
    """Return the sprint as if there were no other tactics than these."""
    candidates = (candidate for candidate in problem.candidates if candidate.id in names)
    shares = (replace(share, candidates=_among(share.candidates, names)) for share in problem.shares)
    return replace(
        problem,
        candidates=tuple(
            one
            if names.issuperset(one.requires) and names.issuperset(one.excludes)
            else replace(one, requires=_among(one.requires, names), excludes=_among(one.excludes, names))
            for one in candidates
        ),
        shares=tuple(share for share in shares if share.candidates),
    )


def exclude(problem: SprintProblem, tactic: str) -> SprintProblem:
    """Return the sprint without a tactic and all that require it."""
    gone = {tactic}
    while more := {one.id for one in problem.candidates if not gone.isdisjoint(one.requires)} - gone:
        gone |= more
    return restrict_to(problem, {one.id for one in problem.candidates} - gone)


def pin(problem: SprintProblem, names: AbstractSet[str]) -> SprintProblem:
    """Return the sprint in which these tactics must be placed."""
    return replace(
        problem,
        candidates=tuple(replace(one, kept=True) if one.id in names else one for one in problem.candidates),
    )


def release(problem: SprintProblem) -> SprintProblem:
    """Return the sprint in which no tactic has to be placed, begun or not."""
    return replace(problem, candidates=tuple(replace(one, kept=False) for one in problem.candidates))


def protected_tactics(problem: SprintProblem, wanted: AbstractSet[str]) -> frozenset[str]:
    """Return the tactics that may not leave for the wanted ones: kept ones, musts, and those of a tier above theirs."""
    highest = min((TIERS.index(one.tier) for one in problem.candidates if one.id in wanted), default=0)
    above = {"must", *TIERS[:highest]}
    return frozenset(one.id for one in problem.candidates if one.kept or one.tier in above)


def anchor_to(problem: SprintProblem, allocation: Allocation) -> SprintProblem:
    """Return the sprint in which tasks are best left with those who have them now, on their days; the written first."""
    parts: dict[tuple[str, str], list[TaskAssignment]] = {}
    for one in allocation.assignments:
        parts.setdefault((one.tactic, one.task), []).append(one)
    return replace(
        problem,
        candidates=tuple(
            replace(
                candidate,
                jobs=tuple(_as_given(job, parts.get((candidate.id, job.id), ())) for job in candidate.jobs),
            )
            for candidate in problem.candidates
        ),
    )


def _as_given(job: Job, parts: Sequence[TaskAssignment]) -> Job:
    if job.written or not parts:
        return job
    span = min(part.start for part in parts), max(part.due for part in parts)
    return replace(job, written=tuple((part.worker, part.minutes) for part in parts), span=span)


def relieve(problem: SprintProblem, help_with: Help) -> SprintProblem:
    """Return the sprint in which others do so many minutes of some tasks; what nothing is left of is gone."""
    tactics = {tactic for tactic, _ in help_with}
    candidates = (_relieve_candidate(one, help_with) if one.id in tactics else one for one in problem.candidates)
    left = tuple(candidate for candidate in candidates if candidate.jobs)
    return restrict_to(replace(problem, candidates=left), {candidate.id for candidate in left})


def relax(problem: SprintProblem, tactic: str, addition: Addition) -> SprintProblem:
    """Return the sprint with everything that an addition for a tactic adds."""
    changed = with_cash(problem, addition.cash)
    moved = dict(addition.task_deadlines) | ({"": addition.deadline} if addition.deadline is not None else {})
    changed = with_deadlines(changed, tactic, {name: problem.days.index(day) for name, day in moved.items()})
    return relieve(changed, {(of, task): minutes for of, task, minutes in addition.work})


def cash_short(problem: SprintProblem) -> Cash:
    """Return how much cash all these tactics ask beyond what may be spent, by the sprint and by budget line."""
    return tuple((of, asked - limit) for of, limit, asked in sorted(_spending(problem)) if asked > limit)


def _spending(problem: SprintProblem) -> Iterator[tuple[str, int, int]]:
    """Yield each limit on cash: of what, how much, and how much all tactics ask."""
    if problem.budget is not None:
        yield "sprint", problem.budget, sum(one.cost for one in problem.candidates)
    for line, left in problem.lines:
        yield line, left, sum(one.takes(line) for one in problem.candidates)


def with_cash(problem: SprintProblem, more: Cash) -> SprintProblem:
    """Return the sprint with so much more to spend."""
    added = dict(more)
    return replace(
        problem,
        budget=None if problem.budget is None else problem.budget + added.get("sprint", 0),
        lines=tuple((line, left + added.get(line, 0)) for line, left in problem.lines),
    )


def with_deadlines(problem: SprintProblem, tactic: str, deadlines: Mapping[str, int]) -> SprintProblem:
    """Return the sprint in which a tactic (its name here is "") and some of its tasks may end by other days."""
    if not deadlines:
        return problem
    return replace(
        problem,
        candidates=tuple(_with_deadlines(one, deadlines) if one.id == tactic else one for one in problem.candidates),
    )


def _with_deadlines(candidate: Candidate, deadlines: Mapping[str, int]) -> Candidate:
    return replace(
        candidate,
        deadline=deadlines.get("", candidate.deadline),
        jobs=tuple(replace(job, deadline=deadlines.get(job.id, job.deadline)) for job in candidate.jobs),
    )


def materialise(numbered: Instance, found: Found) -> Allocation | None:
    """Return what the model has found as an allocation of the sprint with its help; None where that breaks a rule."""
    names = {numbered.candidates[tactic].id for tactic in found.stays}
    help_with = {
        (numbered.candidates[numbered.tasks[number].tactic].id, numbered.tasks[number].job.id): minutes
        for number, minutes in found.help.items()
    }
    problem = relieve(restrict_to(numbered.problem, names), help_with)
    smaller = build_instance(problem)
    number_of = {key(numbered, number): number for number in found.owners}
    numbers = {task.number: number_of[key(smaller, task.number)] for task in smaller.tasks}
    owners = {number: found.owners[old] for number, old in numbers.items()}
    table = timetable(smaller, owners, {number: found.windows[old] for number, old in numbers.items()})
    plan = meet(smaller, table.plan) if not table.late else None
    if plan is None:
        return None
    allocation = _allocation(problem, Allocation(assignments(smaller, plan), 0, 0, 0, 0, "exact"))
    return None if violations(problem, allocation) else allocation


def key(numbered: Instance, number: int) -> tuple[str, str]:
    """Return the tactic and the task that a number stands for."""
    task = numbered.tasks[number]
    return numbered.candidates[task.tactic].id, task.job.id


def _allocation(problem: SprintProblem, allocation: Allocation) -> Allocation:
    value = sum(candidate.value for candidate in problem.candidates)
    musts = sum(candidate.value for candidate in problem.candidates if candidate.tier == "must")
    return replace(allocation, value=value, must_value=musts, bound=value, must_bound=musts)


def _relieve_candidate(candidate: Candidate, help_with: Help) -> Candidate:
    left = {job.id: job.minutes - help_with.get((candidate.id, job.id), 0) for job in candidate.jobs}
    jobs = {job.id: job for job in candidate.jobs}
    return replace(
        candidate,
        jobs=tuple(
            replace(job, minutes=left[job.id], **_still_after(job, jobs, left))
            for job in candidate.jobs
            if left[job.id]
        ),
    )


class _Follows(TypedDict):
    after: tuple[str, ...]
    waits: tuple[tuple[str, Wait], ...]
    release: int


def _still_after(job: Job, jobs: Mapping[str, Job], left: Mapping[str, int]) -> _Follows:
    """Return what a task follows, with what was before a task that nothing is left of in its place.

    Where nothing was before that, the task waits as long after what its tactic requires, and after the first day of
    what is gone.
    """
    found: dict[str, Wait | None] = {}
    waits = dict(job.waits)
    release = job.release
    waiting = [(name, waits.get(name)) for name in job.after]
    while waiting:
        name, wait = waiting.pop()
        if left.get(name):
            found[name] = _longer(found.get(name), wait)
        elif name in jobs:
            gone, before = jobs[name], dict(jobs[name].waits)
            waiting.extend((one, _longer(wait, before.get(one))) for one in gone.after)
            if wait is not None and not gone.after:
                found[""] = _longer(found.get(""), wait)
                release = max(release, gone.release + wait.days)
    found[""] = _longer(found.get(""), waits.get(""))
    kept = {name: wait for name, wait in found.items() if wait is not None}
    return {"after": tuple(sorted(found.keys() - {""})), "waits": tuple(sorted(kept.items())), "release": release}


def _longer(one: Wait | None, other: Wait | None) -> Wait | None:
    """Return the longer of two waits; so many workdays take longer than as many days."""
    return max(
        (wait for wait in (one, other) if wait is not None),
        key=lambda wait: (wait.days, wait.is_workdays),
        default=None,
    )


def _among(ids: tuple[str, ...], names: AbstractSet[str]) -> tuple[str, ...]:
    return tuple(one for one in ids if one in names)
