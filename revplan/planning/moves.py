"""What a plan changes in the sprint that is written: who else does it, when else, what came in and what went out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.progress import has_begun
from revplan.analysis.workload import in_proportion, minutes_by_name, split_rest
from revplan.planning.answer import NOTHING_MOVED, MovedTask, SprintMoves, TaskPlace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from revplan.model.sprints import Sprint, SprintTactic, SprintTask
    from revplan.planning.answer import PlacedTactic, SprintPlan


def moves(plan: SprintPlan, written: Sprint | None) -> SprintMoves:
    """Return what the plan changes in the written sprint: nothing where there is none."""
    if written is None:
        return NOTHING_MOVED
    rows = {name: row for name, row in written.tactics.items() if row.dropped is None}
    placed = {entry.tactic for entry in plan.placed}
    finished = {entry.tactic for entry in plan.left_out if entry.why == "done"}
    return SprintMoves(
        moved=tuple(
            move for entry in plan.placed if entry.tactic in rows for move in _moved_tasks(entry, rows[entry.tactic])
        ),
        came_in=tuple(entry.tactic for entry in plan.placed if entry.tactic not in rows),
        went_out=tuple(name for name in rows if name not in placed and name not in finished),
    )


def parts_of(written: SprintTask, minutes: Mapping[str, int]) -> dict[str, int]:
    """Return everybody's part of a task that has begun: what they logged in this sprint, and what they have left.

    Parts that leave what is planned stay as they are written. Whoever shared the task and has worked on it keeps that
    as their part. Minutes that nobody's name stands for are everybody's, as their parts are.

    Args:
        written: the task as the sprint has it.
        minutes: what is planned of it from today on, by member.
    """
    if {name: own for name, own in split_rest(written, sum(minutes.values())).items() if own} == minutes:
        return written.people
    logged = minutes_by_name(written)
    names = (*written.owners, *(name for name in minutes if name not in written.owners))
    parts = {name: logged.get(name, 0) + minutes.get(name, 0) for name in names}
    parts = {name: own for name, own in parts.items() if own}
    shared = in_proportion(parts, sum(parts.values()) + (written.undated or 0)) if written.undated else parts
    return {name: shared[name] for name in parts if name in shared}


def _moved_tasks(entry: PlacedTactic, row: SprintTactic) -> Iterator[MovedTask]:
    for name, place in entry.places.items():
        after = place
        written = row.tasks.get(name)
        before = TaskPlace(tuple(sorted(written.people)), written.due) if written is not None else TaskPlace((), None)
        if written is not None and has_begun(written):
            minutes = {part.owner: part.minutes for part in entry.parts[name]}
            after = TaskPlace(tuple(sorted(parts_of(written, minutes))), place.due)
        if before != after:
            yield MovedTask(entry.tactic, name, before, after)
