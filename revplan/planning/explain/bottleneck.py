"""What a little more of each thing that is short would add to the sprint: planned with it, and ranked.

A day more (8 h) of a skill is somebody with that skill alone who has so many minutes spread over the sprint's
workdays; of a member it is so many more on the days on which they work; of cash or a budget line it is a tenth more.
Only what some parked tactic is short of is asked for, the most promising first: what is parked for want of it, for
each hour or each euro that is lacking. For the first the sprint is planned again from the plan at hand; what comes
of that is tried for all. So what is said is what a sound plan gains; with more effort it might be more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from revplan.model.numbers import QUARTER_HOUR
from revplan.planning import solve
from revplan.planning.explain.claims import Bottleneck
from revplan.planning.problem import Worker
from revplan.planning.trial import restrict_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from revplan.planning.explain.claims import BottleneckKind, Reason
    from revplan.planning.problem import Allocation, Share, SprintProblem

DAY = 480
"""A day more, in minutes."""

TENTH = 10


EFFORT = 4000
"""Pairs of a task and a possible owner that are planned with in all: about ten questions about a team of ten."""

MOST = 24
"""Questions asked at most: further down the list nobody looks."""

PLANNED = 4
"""Questions for which the sprint is planned again, until one brings something in; of the others it is asked whether
they allow that plan. One more after that gave the same answers on the example plans, and took half of the time.
"""

TOP_LEVEL = 4

KINDS: tuple[BottleneckKind, ...] = ("skill", "member", "line", "cash")
"""What is told first of equals: a skill may be found in many places."""


@dataclass(frozen=True, slots=True)
class _Resource:
    """Something of which there might be more.

    Attributes:
        kind: a skill, a member, a budget line or the sprint's cash.
        of: its id.
        promise: how much value is parked for want of it, by its part of all the hours that are lacking; only to rank
            questions by.
    """

    kind: BottleneckKind
    of: str
    promise: int


def find_bottlenecks(
    problem: SprintProblem, allocation: Allocation, reasons: Mapping[str, Reason]
) -> tuple[Bottleneck, ...]:
    """Return what more of each scarce thing would add, the most first; Ctrl-C leaves the rest out.

    Args:
        problem: the sprint.
        allocation: what is placed.
        reasons: why each parked tactic is parked.
    """
    resources = sorted(_find_scarce(problem, reasons), key=lambda one: (-one.promise, one.kind, one.of))
    asked = resources[: min(MOST, EFFORT // max(1, _count_pairs(problem)))]
    planned = _plan_until_better(problem, allocation, asked[:PLANNED])
    best = max((one for one in planned if one is not None), key=_by_value, default=allocation)
    wanted = frozenset(best.placed)
    if wanted == frozenset(allocation.placed):
        return ()  # nothing more was brought in, so nothing else is tried
    known = [*planned, *(None for _ in asked[len(planned) :])]
    open_to = [one for one, plan in zip(asked, known, strict=True) if plan is None or wanted != frozenset(plan.placed)]
    tried = dict(zip(open_to, _answer_all([partial(_place, problem, one, best) for one in open_to]), strict=True))
    found = (_better(tried.get(one), plan) for one, plan in zip(asked, known, strict=True))
    gains = [_state(problem, allocation, one, plan) for one, plan in zip(asked, found, strict=True) if plan is not None]
    return tuple(
        sorted((one for one in gains if one.value > 0), key=lambda one: (-one.value, KINDS.index(one.kind), one.of))
    )


def _plan_until_better(
    problem: SprintProblem, allocation: Allocation, asked: Sequence[_Resource]
) -> list[Allocation | None]:
    """Return the plans with more of one resource after another, up to the first that brings something in."""
    found: list[Allocation | None] = []
    for one in asked:
        found += _answer_all([partial(_plan_with, problem, allocation, one)])
        if found[-1] is not None and found[-1].value > allocation.value:
            break
    return found


def _by_value(plan: Allocation) -> tuple[int, tuple[str, ...]]:
    return plan.value, plan.placed


def _better(*plans: Allocation | None) -> Allocation | None:
    return max((plan for plan in plans if plan is not None), key=_by_value, default=None)


def _answer_all(questions: Sequence[Callable[[], Allocation | None]]) -> list[Allocation | None]:
    """Return the answers to several questions at a time; Ctrl-C leaves the rest unanswered."""
    pool = ThreadPoolExecutor()
    answers: list[Future[Allocation | None]] = []
    try:
        answers.extend(pool.submit(question) for question in questions)
        pool.shutdown()
    except KeyboardInterrupt:
        pool.shutdown(cancel_futures=True)
    return [None if answer.cancelled() else answer.result() for answer in answers]


# --- what is scarce --------------------------------------------------------------------------------------------------


def _find_scarce(problem: SprintProblem, reasons: Mapping[str, Reason]) -> Iterator[_Resource]:
    """Yield what parked tactics are short of, and the members who could do that work."""
    values = {one.id: one.value for one in problem.candidates}
    members = {worker.id: worker for worker in problem.workers}
    promises: dict[tuple[BottleneckKind, str], int] = defaultdict(int)
    for tactic, reason in reasons.items():
        if reason.code in {"share", "no-skill"} or tactic not in values:
            continue
        lacking = sum(short.at_least for short in reason.short if short.kind == "hours")
        for short in reason.short:
            whole = lacking if short.kind == "hours" else short.at_least
            key = _name_kind(problem, short.kind, short.of, members)
            more = _find_amount(problem, *key)
            promises[key] += values[tactic] * min(more, short.at_least) // max(1, whole)
    for (kind, of), promise in sorted(promises.items()):
        yield _Resource(kind, of, promise)
    for worker in problem.workers:
        skills = {skill for skill, _ in worker.skills}
        promise = sum(promises.get(("skill", skill), 0) for skill in skills) // max(1, len(skills))
        if promise and any(worker.minutes) and ("member", worker.id) not in promises:
            yield _Resource("member", worker.id, promise)


def _name_kind(problem: SprintProblem, kind: str, of: str, members: Mapping[str, Worker]) -> tuple[BottleneckKind, str]:
    if kind == "cash":
        return ("line", of) if of in dict(problem.lines) else ("cash", of)
    return ("member", of) if of in members else ("skill", of)


def _find_amount(problem: SprintProblem, kind: BottleneckKind, of: str) -> int:
    """Return how much more is asked about: minutes or cents."""
    if kind == "cash":
        return (problem.budget or 0) // TENTH
    return dict(problem.lines)[of] // TENTH if kind == "line" else DAY


def _count_pairs(problem: SprintProblem) -> int:
    """Return how many pairs of a task and a member with its skill and level there are."""
    wanted = Counter((job.skill, job.level) for one in problem.candidates for job in one.jobs)
    return sum(tasks * sum(worker.has(*asked) for worker in problem.workers) for asked, tasks in wanted.items())


# --- more of it ------------------------------------------------------------------------------------------------------


def _plan_with(problem: SprintProblem, allocation: Allocation, resource: _Resource) -> Allocation | None:
    """Return the plan made anew with more of something; None where there is nothing to add to."""
    more = add(problem, resource.kind, resource.of, _find_amount(problem, resource.kind, resource.of))
    return solve.replan(more, allocation) if more is not None else None


def _place(problem: SprintProblem, resource: _Resource, plan: Allocation) -> Allocation | None:
    """Return a plan of the same tactics with more of something; None where none is soon found."""
    more = add(problem, resource.kind, resource.of, _find_amount(problem, resource.kind, resource.of))
    return solve.place_near(restrict_to(more, frozenset(plan.placed)), plan) if more is not None else None


def _state(problem: SprintProblem, allocation: Allocation, resource: _Resource, plan: Allocation) -> Bottleneck:
    """Return what a plan with more of something gains on what is placed."""
    ranks = {one.id: one.rank for one in problem.candidates}
    came = sorted(set(plan.placed) - set(allocation.placed), key=ranks.__getitem__)
    gone = sorted(set(allocation.placed) - set(plan.placed), key=ranks.__getitem__)
    amount = _find_amount(problem, resource.kind, resource.of)
    gain = plan.value - allocation.value
    return Bottleneck(resource.kind, resource.of, amount, gain, tuple(came), tuple(gone))


def add(problem: SprintProblem, kind: BottleneckKind, of: str, amount: int) -> SprintProblem | None:
    """Return the sprint with so many more minutes or cents of something; None where that is not possible.

    Args:
        problem: the sprint.
        kind: what it is.
        of: the skill, member or budget line.
        amount: minutes, or cents.
    """
    match kind:
        case "cash":
            return replace(problem, budget=problem.budget + amount) if problem.budget and amount else None
        case "line":
            lines = tuple((line, left + amount if line == of else left) for line, left in problem.lines)
            return replace(problem, lines=lines) if amount else None
        case "member":
            return _with_minutes(problem, [_busier(worker, of, amount) for worker in problem.workers], amount)
        case "skill":
            workdays = [max(day) for day in zip(*(worker.minutes for worker in problem.workers), strict=True)]
            helper = Worker(f"+{of}", ((of, TOP_LEVEL),), _spread(amount, workdays))
            return _with_minutes(problem, [*problem.workers, helper], amount)


def _busier(worker: Worker, member: str, amount: int) -> Worker:
    if worker.id != member:
        return worker
    more = _spread(amount, worker.minutes)
    return replace(worker, minutes=tuple(map(sum, zip(worker.minutes, more, strict=True))))


def _with_minutes(problem: SprintProblem, workers: Sequence[Worker], amount: int) -> SprintProblem | None:
    """Return the sprint with these workers; shares are of all the sprint's hours, so they grow with them."""
    before = sum(sum(worker.minutes) for worker in problem.workers)
    after = sum(sum(worker.minutes) for worker in workers)
    if after != before + amount or not before:
        return None
    shares = tuple(replace(share, limit=_grow(share, before, after)) for share in problem.shares)
    return replace(problem, workers=tuple(sorted(workers, key=lambda one: one.id)), shares=shares)


def _grow(share: Share, before: int, after: int) -> int:
    """Return the limit of a share once there are other minutes for planning."""
    own, whole = share.worked
    return (share.limit + own) * (after + whole) // (before + whole) - own


def _spread(minutes: int, days: Sequence[int]) -> tuple[int, ...]:
    """Spread minutes in quarters of an hour over the days that have any, as evenly as can be."""
    worked = sum(map(bool, days))
    quarters, passed = minutes // QUARTER_HOUR, 0
    given = []
    for day in days:
        share = quarters * (passed + 1) // worked - quarters * passed // worked if day else 0
        passed += bool(day)
        given.append(share * QUARTER_HOUR)
    return tuple(given)
