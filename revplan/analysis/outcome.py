"""The outcome of a written sprint: planned against actual minutes, by tactic, member and skill."""

from __future__ import annotations

from math import floor
from statistics import median
from typing import TYPE_CHECKING, Literal, NamedTuple

from revplan.analysis.commitment import Commitment, commitment, committed_minutes, continuing_minutes, planned_minutes
from revplan.analysis.periods import in_order
from revplan.analysis.progress import has_begun, minutes_left
from revplan.analysis.workload import minutes_by_member, rest_in_sprint, split_minutes
from revplan.model.sprints import logged_minutes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint, SprintTactic, SprintTask

    Fate = Literal["done", "begun", "untouched", "dropped"]


class Figures(NamedTuple):
    """Planned against actual, in minutes.

    Attributes:
        committed: what was in the sprint at its start, whatever became of it.
        planned: what is in it now: nothing of what was dropped.
        spent: what was logged; None where nothing was.
        left: still to do in the sprint; nothing of what was dropped.
        continues: goes on in the next sprint, which counts it.
    """

    committed: int
    planned: int
    spent: int | None
    left: int
    continues: int = 0


class TacticOutcome(NamedTuple):
    """The outcome of a tactic in a sprint.

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


class Outcome(NamedTuple):
    """The outcome of a sprint.

    Attributes:
        tactics: as the sprint lists them.
        members: figures by member, sorted.
        skills: figures by skill, sorted; tasks the backlog no longer knows have none.
        recurring: figures of recurring tactics, by tactic; they are no part of the total.
        total: of all its tactics.
        commitment: what was committed at the start, and what changed since.
    """

    tactics: tuple[TacticOutcome, ...]
    members: tuple[tuple[str, Figures], ...]
    skills: tuple[tuple[str, Figures], ...]
    recurring: tuple[tuple[str, Figures], ...]
    total: Figures
    commitment: Commitment

    @property
    def unfinished(self) -> tuple[TacticOutcome, ...]:
        """The tactics that go back to the backlog."""
        return tuple(tactic for tactic in self.tactics if tactic.fate in ("begun", "untouched"))


def outcome(plan: Plan, sprint: Sprint) -> Outcome:
    """Return the outcome of a sprint so far."""
    members: dict[str, list[Figures]] = {}
    skills: dict[str, list[Figures]] = {}
    for name, body in sprint.tactics.items():
        for task, row in body.tasks.items():
            for member, figures in _by_member(body, row, sprint.end):
                members.setdefault(member, []).append(figures)
            known = plan.tactics[name].tasks.get(task) if name in plan.tactics else None
            if known is not None:
                skills.setdefault(known.skill, []).append(_figures(body, row))
    tactics = tuple(_tactic(name, body) for name, body in sprint.tactics.items())
    return Outcome(
        tactics=tactics,
        members=tuple((name, _sum(own)) for name, own in sorted(members.items())),
        skills=tuple((name, _sum(own)) for name, own in sorted(skills.items())),
        recurring=tuple(_recurring(sprint)),
        total=_sum(tactic.figures for tactic in tactics),
        commitment=commitment(sprint),
    )


def _tactic(name: str, body: SprintTactic) -> TacticOutcome:
    rows = [row for row in body.tasks.values() if row.dropped is None or row.status == "done"]
    return TacticOutcome(
        tactic=name,
        origin=body.origin,
        dropped=body.dropped,
        fate=_fate(body),
        tasks=len(rows),
        done=sum(row.status == "done" for row in rows),
        figures=_sum(_figures(body, row) for row in body.tasks.values()),
    )


def _fate(body: SprintTactic) -> Fate:
    rows = [row for row in body.tasks.values() if row.dropped is None or row.status == "done"]
    if body.dropped is not None:
        return "dropped"
    if rows and all(row.status == "done" for row in rows):
        return "done"
    return "begun" if any(has_begun(row) for row in rows) else "untouched"


def _figures(body: SprintTactic, row: SprintTask) -> Figures:
    """Return a task's figures; of what was dropped nothing is planned any more, and nothing is left."""
    continues = continuing_minutes(body, row)
    return Figures(
        committed=committed_minutes(body, row),
        planned=planned_minutes(body, row),
        spent=row.spent,
        left=max(0, minutes_left(row) - continues) if _is_in(body, row) else 0,
        continues=continues,
    )


def _by_member(body: SprintTactic, row: SprintTask, end: date) -> Iterator[tuple[str, Figures]]:
    """Yield the figures of all who have a part in a task, or have worked on it."""
    whole = _figures(body, row)
    spent = minutes_by_member(row)
    committed, planned, continues = (
        split_minutes(row, part) for part in (whole.committed, whole.planned, whole.continues)
    )
    left = rest_in_sprint(row, end) if whole.left else {}
    for member in dict.fromkeys((*row.people, *spent)):
        yield (
            member,
            Figures(
                committed=committed.get(member, 0),
                planned=planned.get(member, 0),
                spent=spent.get(member),
                left=left.get(member, 0),
                continues=continues.get(member, 0),
            ),
        )


def _recurring(sprint: Sprint) -> Iterator[tuple[str, Figures]]:
    for tactic in dict.fromkeys((*sprint.recurring, *sprint.recurring_log)):
        planned = sum(sprint.recurring.get(tactic, {}).values())
        log = sprint.recurring_log.get(tactic)
        yield tactic, Figures(planned, planned, logged_minutes(log) if log else None, 0)


def _sum(figures: Iterable[Figures]) -> Figures:
    parts = tuple(figures)
    spent = [part.spent for part in parts if part.spent is not None]
    return Figures(
        committed=sum(part.committed for part in parts),
        planned=sum(part.planned for part in parts),
        spent=sum(spent) if spent else None,
        left=sum(part.left for part in parts),
        continues=sum(part.continues for part in parts),
    )


# --- velocity ----------------------------------------------------------------------------------------------------

SPRINTS_OF_VELOCITY = 3


class Velocity(NamedTuple):
    """What a team gets done in a sprint, in minutes of planned work.

    Attributes:
        minutes: the median of the sprints.
        sprints: the last closed ones, at most three, the earliest first, each with its own minutes.
    """

    minutes: int
    sprints: tuple[tuple[str, int], ...]


def velocity(plan: Plan) -> Velocity | None:
    """Return the median of what the last three closed sprints got done; None where none is closed."""
    closed = [sprint for sprint in in_order(plan) if sprint.status == "closed"][-SPRINTS_OF_VELOCITY:]
    sprints = tuple((sprint.id, done_minutes(sprint)) for sprint in closed)
    return Velocity(floor(median(minutes for _, minutes in sprints)), sprints) if sprints else None


def done_minutes(sprint: Sprint) -> int:
    """Return the planned minutes that a sprint got done: its done tasks, and the part done of what goes on."""
    rows = [
        row
        for body in sprint.tactics.values()
        for row in body.tasks.values()
        if row.status == "done" or _is_in(body, row)
    ]
    return sum(
        row.minutes if row.status == "done" else min(row.own_minutes, row.spent or 0) if row.continuing else 0
        for row in rows
    )


def _is_in(body: SprintTactic, row: SprintTask) -> bool:
    return body.dropped is None and row.dropped is None
