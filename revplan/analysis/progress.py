"""How far each tactic is, as the written sprints tell it, and what the backlog still holds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from revplan.analysis.periods import in_order
from revplan.model.numbers import QUARTER_HOUR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint, SprintTactic, SprintTask
    from revplan.model.tactics import Tactic

    Rows = Sequence[tuple[Sprint, SprintTactic]]
    """What sprints have written of a tactic, in the order of the sprints."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a tactic is, looked at from the sprint that is being planned.

    Attributes:
        left: minutes to do by task, for the tasks that are not done, sorted; of a recurring tactic, each time.
        open_in: another sprint, neither closed nor over, that has it unfinished; the earliest of several, or the last
            where it runs over from one to the other.
        due: the last day of work on it there.
        finished_in: the sprint in which its last task was done, where all of them are.
        row: what the sprint being planned has written of it.
        carried: a sprint that is closed or over left it unfinished.
        comes_first: the last sprint that left it unfinished asked for it to come first.
        begun_before: work on it was done in another sprint, so its cost fell there.
        begun: tasks on which work has been done, in whatever sprint.
        hands_on: who has the tasks that were begun before or run over into this sprint, by task.
        begun_rows: the tasks as the sprint has them that worked on them last, or hands them on.
        ended: the day on which each task that is done was, as far as it is known.
    """

    left: Mapping[str, int]
    open_in: str | None = None
    due: date | None = None
    finished_in: str | None = None
    row: SprintTactic | None = None
    carried: bool = False
    comes_first: bool = False
    begun_before: bool = False
    begun: frozenset[str] = frozenset()
    hands_on: Mapping[str, str] = field(default_factory=dict)
    begun_rows: Mapping[str, SprintTask] = field(default_factory=dict)
    ended: Mapping[str, date] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        """Whether every task is done."""
        return not self.left

    @property
    def minutes(self) -> int:
        """Minutes left to do."""
        return sum(self.left.values())


def progress(plan: Plan, sprint_id: str, today: date) -> dict[str, Progress]:
    """Return how far every tactic is today, seen from the sprint with this id, which need not be written."""
    rows: dict[str, list[tuple[Sprint, SprintTactic]]] = {}
    for sprint in in_order(plan):
        for name, row in sprint.tactics.items():
            rows.setdefault(name, []).append((sprint, row))
    return {name: _progress(tactic, sprint_id, today, rows.get(name, [])) for name, tactic in plan.tactics.items()}


def settle(sprint: Sprint, tactics: Mapping[str, Tactic]) -> Sprint:
    """Return the sprint with the tasks of finished tactics done.

    A tactic that the backlog calls done is done in the sprint that holds it, too. A closed sprint keeps what was true
    when it was closed: its seal names the tactics that were done then.
    """
    seal = sprint.closed
    rows = {
        name: _finish(row)
        for name, row in sprint.tactics.items()
        if row.dropped is None and (name in seal.done if seal else is_called_done(tactics, name))
    }
    return sprint.model_copy(update={"tactics": {**sprint.tactics, **rows}}) if rows else sprint


def is_called_done(tactics: Mapping[str, Tactic], name: str) -> bool:
    """Tell whether the backlog itself calls a tactic done, whatever sprints say of its tasks."""
    return name in tactics and tactics[name].status == "done"


def _finish(row: SprintTactic) -> SprintTactic:
    over = {"status": "done", "left": None}
    tasks = {name: task if task.dropped else task.model_copy(update=over) for name, task in row.tasks.items()}
    return row.model_copy(update={"tasks": tasks})


def is_open(sprint: Sprint, today: date) -> bool:
    """Tell whether work in the sprint still goes on: it is neither closed nor over."""
    return sprint.status != "closed" and sprint.end >= today


def has_begun(task: SprintTask) -> bool:
    """Tell whether work has been done on a task."""
    return task.status != "planned" or bool(task.spent)


def minutes_left(task: SprintTask) -> int:
    """Return the minutes left in a task: 0 where it is done, else a quarter of an hour or more, all of a shorter one.

    Nobody knows an hour better than a quarter, and a single minute would leave everybody's hours odd.
    """
    if task.status == "done":
        return 0
    left = task.left if task.left is not None else task.minutes - (task.spent or 0)
    return left if left > 0 else max(1, min(QUARTER_HOUR, task.minutes))


def work_done(plan: Plan, tactic: str) -> int | None:
    """Return the minutes worked on a tactic, in all sprints; None where no work on it has begun."""
    rows = (sprint.tactics[tactic] for sprint in plan.sprints.values() if tactic in sprint.tactics)
    begun = [task for row in rows for task in row.tasks.values() if has_begun(task)]
    return sum(task.spent or 0 for task in begun) if begun else None


def _progress(tactic: Tactic, sprint_id: str, today: date, rows: Rows) -> Progress:
    left, finished_in = _work_left(tactic, rows)
    others = _rows_elsewhere(rows, sprint_id)
    found = Progress(
        left=left,
        finished_in=None if left else finished_in,
        row=next((row for sprint, row in rows if sprint.id == sprint_id), None),
        begun_before=any(has_begun(task) for _, row in others for task in row.tasks.values()),
        begun=frozenset(name for _, row in rows for name, task in row.tasks.items() if has_begun(task)),
        begun_rows=_begun_rows(row for sprint, row in rows if row.dropped is None or not is_open(sprint, today)),
        ended=_ends(row for _, row in rows),
    )
    if not left:
        return found
    ended = [(sprint, row) for sprint, row in others if not is_open(sprint, today)]
    if ended:
        found = _carry_over(found, tactic, *ended[-1])
    still_open = [(sprint, row) for sprint, row in others if is_open(sprint, today)]
    return _open_elsewhere(found, sprint_id, still_open) if still_open else found


def _work_left(tactic: Tactic, rows: Rows) -> tuple[dict[str, int], str | None]:
    """Return the minutes left by task, for the tasks that are not done, and the last sprint that finished one."""
    left: dict[str, int] = {task: tactic.tasks[task].work for task in sorted(tactic.tasks)}
    finished_in = None
    for sprint, row in rows:
        for task, written in row.tasks.items():
            if task in left and written.status == "done":
                del left[task]
                finished_in = sprint.id
            elif task in left:
                left[task] = _remaining_minutes(written, left[task])
    return left, finished_in


def _rows_elsewhere(rows: Rows, sprint_id: str) -> Rows:
    """Return the rows of the other sprints; where this one hands the tactic on, only of those before it."""
    others = [(sprint, row) for sprint, row in rows if sprint.id != sprint_id and row.dropped is None]
    if any(sprint.id == sprint_id and row.runs_over for sprint, row in rows):
        return [(sprint, row) for sprint, row in others if sprint.id < sprint_id]
    return others


def _carry_over(found: Progress, tactic: Tactic, sprint: Sprint, row: SprintTactic) -> Progress:
    """Return the progress of a tactic that this sprint, closed or over, was the last to leave unfinished."""
    comes_first = sprint.carries(tactic.id)
    return replace(found, carried=True, comes_first=comes_first, hands_on=_hands_on(row, found.left))


def _open_elsewhere(found: Progress, sprint_id: str, still_open: Rows) -> Progress:
    """Return the progress of a tactic that other sprints, neither closed nor over, have unfinished."""
    goes_on = still_open[0][1].runs_over
    sprint, row = still_open[-1 if goes_on else 0]
    found = replace(found, open_in=sprint.id, due=_last_due(sprint, row))
    return _from_before(found, row) if sprint.id < sprint_id and row.runs_over else found


def _ends(rows: Iterable[SprintTactic]) -> dict[str, date]:
    """Return the day on which each done task was done: the one that is written, else its last planned day."""
    done = ((name, task.done or task.due) for row in rows for name, task in row.tasks.items() if task.status == "done")
    return {name: day for name, day in done if day is not None}


def _hands_on(row: SprintTactic, left: Mapping[str, int]) -> dict[str, str]:
    """Return who had the unfinished tasks that a sprint has begun or hands on to the next."""
    return {
        name: task.owner
        for name, task in row.tasks.items()
        if name in left and task.owner is not None and (has_begun(task) or task.continues)
    }


def _begun_rows(rows: Iterable[SprintTactic]) -> dict[str, SprintTask]:
    """Return each task as the last sprint has it that has begun it, or hands it on to the next."""
    return {name: task for row in rows for name, task in row.tasks.items() if has_begun(task) or task.continues}


def _from_before(found: Progress, row: SprintTactic) -> Progress:
    """Return the progress of a tactic that runs over from a sprint still open, seen from the sprint after it."""
    on = {name: task for name, task in row.tasks.items() if name in found.left and task.continues}
    return replace(
        found,
        left={name: min(found.left[name], task.continues or 0) for name, task in on.items()},
        open_in=None,
        carried=True,
        comes_first=True,
        begun_before=True,
        hands_on={name: task.owner for name, task in on.items() if task.owner is not None},
        begun_rows=on,
    )


def _remaining_minutes(task: SprintTask, before: int) -> int:
    """Return the minutes left in a task. Where the sprint logged no work on it, they are those left before."""
    return minutes_left(task) if task.left is not None or has_begun(task) else before


def _last_due(sprint: Sprint, row: SprintTactic) -> date:
    return max((task.due or sprint.end for task in row.tasks.values() if task.dropped is None), default=sprint.end)


def done_tasks(plan: Plan) -> dict[str, set[str]]:
    """Return the tasks that written sprints have done, by tactic."""
    done: dict[str, set[str]] = {}
    for sprint in plan.sprints.values():
        for name, row in sprint.tactics.items():
            tasks = [task for task, own in row.tasks.items() if own.status == "done"]
            if tasks:
                done.setdefault(name, set()).update(tasks)
    return done


def tactics_done_in_sprints(plan: Plan) -> frozenset[str]:
    """Return the tactics whose tasks sprints have done, every one."""
    return frozenset(
        name
        for name, tasks in done_tasks(plan).items()
        if name in plan.tactics and plan.tactics[name].tasks.keys() <= tasks
    )


def finished_tactics(plan: Plan) -> frozenset[str]:
    """Return the tactics that are done, in sprints or outside any."""
    return tactics_done_in_sprints(plan) | {tactic.id for tactic in plan.with_status("done")}


def open_tactics(plan: Plan) -> tuple[Tactic, ...]:
    """Return the tactics that are neither finished nor dropped; ideas are among them."""
    return _unfinished_tactics(plan, "idea", "ready")


def ready_tactics(plan: Plan) -> tuple[Tactic, ...]:
    """Return the tactics that may be planned: open, and more than an idea."""
    return _unfinished_tactics(plan, "ready")


def competing(plan: Plan) -> tuple[Tactic, ...]:
    """Return the ready tactics that compete for a sprint; recurring ones come before all of them."""
    return tuple(tactic for tactic in ready_tactics(plan) if tactic.recurring is None)


def _unfinished_tactics(plan: Plan, *statuses: str) -> tuple[Tactic, ...]:
    done, found = tactics_done_in_sprints(plan), plan.with_status(*statuses)
    return tuple(tactic for tactic in found if tactic.id not in done) if done else found


# --- judgement of impact -----------------------------------------------------------------------------------------

ENOUGH_TO_COMPARE = 5
"""Tactics from which on the spread of their impacts says something."""
GREAT_IMPACT = 8


def is_inflated(tactics: tuple[Tactic, ...]) -> bool:
    """Tell whether no tactic has less than a great impact."""
    return all(tactic.impact >= GREAT_IMPACT for tactic in tactics)
