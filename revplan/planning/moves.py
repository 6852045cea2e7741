"""What a plan changes in the sprint that is written: who else does it, when else, what came in and what went out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.workload import minutes_by_member
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


def people_at_once(written: SprintTask, minutes: Mapping[str, int]) -> dict[str, int]:
    """Return the people of a task that several do at once, with their minutes: also those whose part of it is done.

    Args:
        written: the task as the sprint has it.
        minutes: what is planned of it, by member.
    """
    worked = minutes_by_member(written)
    stay = {name: own for name, own in written.people.items() if name in minutes or worked.get(name)}
    return stay | {name: own for name, own in minutes.items() if name not in stay}


def _moved_tasks(entry: PlacedTactic, row: SprintTactic) -> Iterator[MovedTask]:
    for name, place in entry.places.items():
        after = place
        written = row.tasks.get(name)
        before = TaskPlace(tuple(sorted(written.people)), written.due) if written is not None else TaskPlace((), None)
        if written is not None and entry.parts[name][0].people > 1:
            minutes = {part.owner: part.minutes for part in entry.parts[name]}
            after = TaskPlace(tuple(sorted(people_at_once(written, minutes))), place.due)
        if before != after:
            yield MovedTask(entry.tactic, name, before, after)
