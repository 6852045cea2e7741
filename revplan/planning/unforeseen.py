"""Work that nobody foresaw takes the reserve: who does it, and which part of whose reserve it releases.

Each open task of an unforeseen tactic is pinned to one member, and so much of that member's reserve is released for
the sprint as the tasks take. The unforeseen work itself takes at least the minutes that it releases, so all other work
has no more than without it. That holds for the days together: on one day other work may take what was released.

A tactic that lies in the reserve as a whole takes nobody's place, and is placed first. One that needs more competes
like any other. One that finds no place in the end gives back what it released, and competes for ordinary hours.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from revplan.analysis.capacity import part_of_reserve, reserves, uses_reserve
from revplan.analysis.workload import minutes_by_member
from revplan.planning.problem import TIERS, task_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from fractions import Fraction

    from revplan.model.sprints import SprintTask
    from revplan.planning.problem import Candidate, Job
    from revplan.planning.situation import Situation


@dataclass(frozen=True, slots=True)
class Release:
    """What unforeseen work takes of the reserve.

    Attributes:
        owners: who is to do the open tasks, by (tactic, task).
        covered: the tactics that lie in the reserve as a whole and cost nothing.
        parts: which part of their reserve, 0 to 1, members may be planned with.
        reserve: the tactics that may take it, and the sprint's reserve in minutes by member.
    """

    owners: Mapping[tuple[str, str], str]
    covered: frozenset[str]
    parts: Mapping[str, Fraction]
    reserve: tuple[tuple[str, ...], Mapping[str, int]]

    @property
    def tactics(self) -> frozenset[str]:
        """The tactics with a task that is pinned to somebody here."""
        return frozenset(tactic for tactic, _ in self.owners)

    def pin(self, draft: Candidate) -> Candidate:
        """Return a tactic with its tasks pinned to those who are to do them."""
        return replace(
            draft,
            jobs=tuple(replace(job, owner=self.owners.get((draft.id, job.id), job.owner)) for job in draft.jobs),
        )


def release(situation: Situation, drafts: Iterable[Candidate], in_hours: Collection[str]) -> Release | None:
    """Return what unforeseen work takes of the reserve; None where there is none of either, or any work may take it.

    Args:
        situation: what planning starts from, with the reserve kept.
        drafts: the tactics that compete.
        in_hours: unforeseen tactics that have to do with ordinary hours.
    """
    plan, period = situation.plan, situation.period
    names = {name for name, tactic in plan.tactics.items() if tactic.unforeseen} - set(in_hours)
    if not names or uses_reserve(plan, period):
        return None
    whole = reserves(plan, period, period.start)[1]
    if not any(whole.values()):
        return None
    left = Counter(reserves(plan, period, situation.since)[1])
    there, covered = dict(left), set()
    owners: dict[tuple[str, str], str] = {}
    asked: Counter[str] = Counter()
    for draft in sorted((draft for draft in drafts if draft.id in names), key=_most_needed):
        is_covered = not draft.cost
        for job in draft.jobs:
            beside = {owners.get((draft.id, one.id)) for one in draft.jobs if one.of is not None and one.of == job.of}
            owner = _owner(situation, draft, job, left, beside)
            if owner is None:
                is_covered = False
                continue
            owners[draft.id, job.id] = owner
            asked[owner] += job.minutes
            is_covered = is_covered and left[owner] >= job.minutes
            left[owner] = max(0, left[owner] - job.minutes)
        if is_covered:
            covered.add(draft.id)
    parts = part_of_reserve(asked, there)
    in_all = part_of_reserve(asked + _behind(situation, names, owners), whole)
    for name, part in in_all.items():
        parts[name] = max(part, parts.get(name, part))
    return Release(owners, frozenset(covered), parts, (tuple(sorted(names)), whole))


def _most_needed(draft: Candidate) -> tuple[bool, int, int, str]:
    return not draft.kept, TIERS.index(draft.tier), -draft.value, draft.id


def _owner(
    situation: Situation, draft: Candidate, job: Job, left: Mapping[str, int], beside: Collection[str | None]
) -> str | None:
    """Return who is to do a task: who has it, else who has the reserve for it, of the tactic's own function first.

    Nobody where nobody can, or where several may share the task and nobody's reserve holds all of it. Those beside do
    it at once with whoever it is.
    """
    able = [
        worker
        for worker in situation.ahead.values()
        if worker.has(job.skill, job.level)
        and job.owner in (None, worker.id)
        and worker.id not in beside
        and sum(worker.minutes[draft.release : draft.deadline + 1]) + left[worker.id] >= job.minutes
    ]
    written = [worker for worker in able if len(job.written) == 1 and worker.id == job.written[0][0]]
    if not written and job.split and job.owner is None:
        able = [worker for worker in able if left[worker.id] >= job.minutes]
    best = min(
        written or able,
        key=lambda one: (left[one.id] < job.minutes, one.function != draft.function, -left[one.id], one.id),
        default=None,
    )
    return best.id if best is not None else None


def _behind(situation: Situation, names: Collection[str], owners: Mapping[tuple[str, str], str]) -> Counter[str]:
    """Return the minutes by member that unforeseen work has taken in this sprint already."""
    found: Counter[str] = Counter()
    tasks = {(name, task_of(job)) for name, job in owners}
    for name, task, row in _rows(situation, names):
        found.update(minutes_by_member(row) if (name, task) in tasks else row.people)
    return found


def _rows(situation: Situation, names: Collection[str]) -> Iterable[tuple[str, str, SprintTask]]:
    written = situation.sprint.tactics if situation.sprint is not None else {}
    for name in sorted(written.keys() & set(names)):
        if written[name].dropped is None:
            yield from ((name, task, row) for task, row in written[name].tasks.items() if row.dropped is None)
