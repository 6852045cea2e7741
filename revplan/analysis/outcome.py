"""What became of a written sprint: planned against actual, by tactic, member and skill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from revplan.analysis.progress import has_begun, minutes_left
from revplan.analysis.workload import shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint, SprintTactic, SprintTask

    Fate = Literal["done", "begun", "untouched", "dropped"]


@dataclass(frozen=True, slots=True)
class Figures:
    """Planned against actual, in minutes.

    Attributes:
        planned: what was planned.
        spent: what was logged; None where nothing was.
        left: still to do; nothing of what was dropped.
    """

    planned: int
    spent: int | None
    left: int


@dataclass(frozen=True, slots=True)
class TacticOutcome:
    """What became of a tactic.

    Attributes:
        origin: how it came into the sprint: committed, added or carried.
        dropped: when it was taken out again.
        fate: done, begun, untouched or dropped.
        done: how many of its tasks are done.
    """

    tactic: str
    origin: str
    dropped: date | None
    fate: Fate
    tasks: int
    done: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a sprint.

    Attributes:
        tactics: as the sprint lists them.
        members: figures by member, sorted.
        skills: figures by skill, sorted; tasks the backlog no longer knows have none.
        total: of everything that was not dropped, and what was spent on the rest.
    """

    tactics: tuple[TacticOutcome, ...]
    members: tuple[tuple[str, Figures], ...]
    skills: tuple[tuple[str, Figures], ...]
    total: Figures

    @property
    def unfinished(self) -> tuple[TacticOutcome, ...]:
        """The tactics that go back to the backlog."""
        return tuple(tactic for tactic in self.tactics if tactic.fate in ("begun", "untouched"))


def outcome(plan: Plan, sprint: Sprint) -> Outcome:
    """Return what became of a sprint so far."""
    members: dict[str, list[Figures]] = {}
    skills: dict[str, list[Figures]] = {}
    for name, body in sprint.tactics.items():
        for task, row in body.tasks.items():
            for member, figures in _by_member(body, row):
                members.setdefault(member, []).append(figures)
            known = plan.tactics[name].tasks.get(task) if name in plan.tactics else None
            if known is not None:
                skills.setdefault(known.skill, []).append(_figures(body, row))
    tactics = tuple(_tactic(name, body) for name, body in sprint.tactics.items())
    return Outcome(
        tactics=tactics,
        members=tuple((name, _sum(own)) for name, own in sorted(members.items())),
        skills=tuple((name, _sum(own)) for name, own in sorted(skills.items())),
        total=_sum(tactic.figures for tactic in tactics),
    )


def _tactic(name: str, body: SprintTactic) -> TacticOutcome:
    rows = body.tasks.values()
    return TacticOutcome(
        tactic=name,
        origin=body.origin,
        dropped=body.dropped,
        fate=_fate(body),
        tasks=len(body.tasks),
        done=sum(row.status == "done" for row in rows),
        figures=_sum(_figures(body, row) for row in rows),
    )


def _fate(body: SprintTactic) -> Fate:
    rows = body.tasks.values()
    if body.dropped is not None:
        return "dropped"
    if rows and all(row.status == "done" for row in rows):
        return "done"
    return "begun" if any(has_begun(row) for row in rows) else "untouched"


def _figures(body: SprintTactic, row: SprintTask) -> Figures:
    """Return a task's figures; of a dropped tactic nothing was planned in the end, and nothing is left."""
    if body.dropped is not None:
        return Figures(0, row.spent, 0)
    return Figures(row.hours, row.spent, minutes_left(row))


def _by_member(body: SprintTactic, row: SprintTask) -> Iterator[tuple[str, Figures]]:
    whole = _figures(body, row)
    spent = shared(row, whole.spent) if whole.spent is not None else {}
    left = shared(row, whole.left)
    for member, planned in row.people.items():
        yield member, Figures(planned if whole.planned else 0, spent.get(member), left.get(member, 0))


def _sum(figures: Iterable[Figures]) -> Figures:
    parts = tuple(figures)
    spent = [part.spent for part in parts if part.spent is not None]
    return Figures(
        planned=sum(part.planned for part in parts),
        spent=sum(spent) if spent else None,
        left=sum(part.left for part in parts),
    )
