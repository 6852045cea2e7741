"""Tactics that arithmetic alone shows cannot be placed: they are parked before anything is solved."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from revplan.planning.constraints.people import can_meet
from revplan.planning.eligibility import is_finished
from revplan.planning.explain.claims import Reason, Short
from revplan.planning.problem import is_at_once

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from revplan.planning.cash import Cash
    from revplan.planning.problem import Candidate, Job, Worker
    from revplan.planning.situation import Situation

    Screen = Callable[[Situation, Candidate, Cash], Reason | None]


def screen(situation: Situation, drafts: Mapping[str, Candidate], cash: Cash) -> dict[str, Reason]:
    """Return the reason of every draft that cannot be placed, and of those that require one of them."""
    parked = {}
    for name, draft in drafts.items():
        screens = KEPT_SCREENS if draft.kept else SCREENS
        reasons = (look(situation, draft, cash) for look in screens)
        reason = next((reason for reason in reasons if reason is not None), None)
        if reason is not None:
            parked[name] = reason
    _park_followers(situation, drafts, parked)
    return dict(sorted(parked.items()))


def _park_followers(situation: Situation, drafts: Mapping[str, Candidate], parked: dict[str, Reason]) -> None:
    """Park, too, whatever requires a tactic that is parked, unless work on it has begun all the same."""
    followers: dict[str, list[str]] = {}
    for name, draft in drafts.items():
        for required in situation.plan.tactics[name].requires if not draft.kept else ():
            followers.setdefault(required, []).append(name)
    waiting = list(parked)
    for required in waiting:
        for name in followers.get(required, ()):
            if name not in parked:
                blockers = sorted(set(situation.plan.tactics[name].requires) & parked.keys())
                parked[name] = Reason("requires", blockers=tuple(blockers))
                waiting.append(name)


def _no_skill(situation: Situation, draft: Candidate, _cash: Cash) -> Reason | None:
    """Nobody has the skill at the level, or whom the plan names for it has not."""
    lacking: dict[str, int] = {}
    for job in draft.jobs:
        owner = situation.workers.get(job.owner) if job.owner is not None else None
        if situation.best.get(job.skill, 0) < job.level or (owner is not None and not owner.has(job.skill, job.level)):
            lacking[job.skill] = lacking.get(job.skill, 0) + job.minutes
    for parts in _parts_at_once(draft):
        able = _able(situation, parts[0])
        if len(able) < len(parts):
            missing = parts[0].minutes * (len(parts) - len(able))
            lacking[parts[0].skill] = max(lacking.get(parts[0].skill, 0), missing)
    return Reason("no-skill", _hours(lacking)) if lacking else None


def _parts_at_once(draft: Candidate) -> list[list[Job]]:
    """Return the parts of each task that several people do at once."""
    found: dict[str, list[Job]] = {}
    for job in draft.jobs:
        if job.of is not None:
            found.setdefault(job.of, []).append(job)
    return [*found.values()]


def _able(situation: Situation, job: Job) -> list[Worker]:
    return [worker for worker in situation.ahead.values() if worker.has(job.skill, job.level)]


def _no_time(situation: Situation, draft: Candidate, _cash: Cash) -> Reason | None:
    """There is no day between its release and its deadline, or its tasks wait for each other in a circle."""
    last = min(draft.deadline, len(situation.days) - 1)
    if draft.release > last:
        progress = situation.progress
        requires = situation.plan.tactics[draft.id].requires
        waits_for = [name for name in requires if name in progress and _due_number(situation, name) == draft.release]
        return Reason("no-time", blockers=tuple(sorted(waits_for)))
    if any(
        max(draft.release, job.release) > (last if job.deadline is None else min(last, job.deadline))
        for job in draft.jobs
    ):
        return Reason("no-time")
    try:
        TopologicalSorter({job.id: job.after for job in draft.jobs}).prepare()
    except CycleError:
        return Reason("no-time")
    return None


def _due_number(situation: Situation, tactic: str) -> int | None:
    due = situation.progress[tactic].due
    return situation.day_number(due) if due is not None else None


def _requires(situation: Situation, draft: Candidate, _cash: Cash) -> Reason | None:
    """What it requires is not in the plan, or ends after the sprint in the one it is in."""
    missing = []
    for name in situation.plan.tactics[draft.id].requires:
        progress = situation.progress.get(name)
        if progress is None or (progress.due is not None and progress.due > situation.period.end):
            missing.append(name)
    return Reason("requires", blockers=tuple(sorted(missing))) if missing else None


def _excludes(situation: Situation, draft: Candidate, _cash: Cash) -> Reason | None:
    """An alternative to it is done, or under way in another sprint."""
    taken = [
        name
        for name in draft.excludes
        if name in situation.progress and (is_finished(situation, name) or situation.progress[name].open_in is not None)
    ]
    return Reason("excludes", blockers=tuple(taken)) if taken else None


def _budget(_situation: Situation, draft: Candidate, cash: Cash) -> Reason | None:
    """It costs more than the sprint or its budget line may spend in all."""
    short = []
    if cash.budget is not None and draft.cost > cash.budget:
        short.append(Short("cash", "sprint", draft.cost - cash.budget))
    asked = ((line, draft.takes(line) - cash.lines[line]) for line in draft.purses)
    short += [Short("cash", line, lacking) for line, lacking in asked if lacking > 0]
    return Reason("budget", tuple(sorted(short, key=lambda one: one.of))) if short else None


def _capacity(situation: Situation, draft: Candidate, _cash: Cash) -> Reason | None:
    """Whom the plan names for its tasks has fewer free hours in its window than they take, or too few people have."""
    pinned: dict[str, int] = {}
    for job in draft.jobs:
        if job.owner is not None:
            pinned[job.owner] = pinned.get(job.owner, 0) + job.minutes
    lacking = {}
    for owner, minutes in pinned.items():
        worker = situation.ahead.get(owner)
        free = sum(worker.minutes[draft.release : draft.deadline + 1]) if worker is not None else 0
        if free < minutes:
            lacking[owner] = minutes - free
    for parts in _parts_at_once(draft):
        first = parts[0]
        frees = (sum(worker.minutes[draft.release : draft.deadline + 1]) for worker in _able(situation, first))
        short = sum(max(0, first.minutes - free) for free in sorted(frees, reverse=True)[: len(parts)])
        if short and all(job.owner is None for job in parts):
            lacking[first.skill] = max(lacking.get(first.skill, 0), short)
    return Reason("capacity", _hours(lacking)) if lacking else None


def _apart(situation: Situation, draft: Candidate, _cash: Cash) -> Reason | None:
    """The people of one of its tasks have the hours, but never on the same days."""
    found = []
    for parts in _parts_at_once(draft):
        last = draft.deadline if parts[0].deadline is None else min(draft.deadline, parts[0].deadline)
        days = slice(max(draft.release, parts[0].release), last + 1)
        able = {worker.id: worker.minutes[days] for worker in _able(situation, parts[0])}
        free = [able if job.owner is None else {job.owner: able.get(job.owner, ())} for job in parts]
        if is_at_once(parts) and not can_meet(free, parts[0].minutes):
            found.append(parts[0].task)
    return Reason("no-time", apart=tuple(sorted(found))) if found else None


def _hours(lacking: Mapping[str, int]) -> tuple[Short, ...]:
    return tuple(Short("hours", of, minutes) for of, minutes in sorted(lacking.items()))


KEPT_SCREENS: tuple[Screen, ...] = (_no_skill, _no_time, _capacity, _apart)
"""Looked at for every tactic, also where work has begun: no plan could hold it."""

SCREENS: tuple[Screen, ...] = (_no_skill, _requires, _no_time, _excludes, _budget, _capacity, _apart)
"""Looked at in this order; the first that finds something gives the reason."""
