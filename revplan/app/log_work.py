"""`revplan sprint log`: hours worked on a task, what is left of it, and that it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from revplan.analysis.backlog import done_tasks
from revplan.app.save import save
from revplan.app.written import absent, active, refuse_closed, written
from revplan.diagnostics import did_you_mean
from revplan.errors import LogError, SprintError, UnknownIdError
from revplan.model.base import Hours, Ref
from revplan.model.change import Change
from revplan.planning.changes import hours_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context
    from revplan.model.settings import Settings
    from revplan.model.sprints import Sprint, SprintTask
    from revplan.store.loaded import Loaded

_HOURS: TypeAdapter[int] = TypeAdapter(Hours)


@dataclass(frozen=True, slots=True)
class Entry:
    """What was done on a task.

    Attributes:
        task: the task as `tactic/task`.
        hours: hours worked in a plan's notation; with a minus to take back what was logged too much.
        left: hours still to do, in the same notation.
        is_done: whether the task is done.
        sprint: the sprint's id; None for the active one.
    """

    task: str
    hours: str | None = None
    left: str | None = None
    is_done: bool = False
    sprint: str | None = None


@dataclass(frozen=True, slots=True)
class Logged:
    """Where a task stands after logging, in minutes; left is None where that follows from the hours planned."""

    sprint: str
    task: str
    planned: int
    spent: int
    left: int | None
    status: str
    files: tuple[str, ...]


def log_work(loaded: Loaded, context: Context, entry: Entry) -> Logged:
    """Add hours to a task of the active sprint, and say what is left of it.

    Hours come on top of what was spent. What was said to be left shrinks by them, unless it is said anew; of a task
    that is done, hours left open it again.

    Raises:
        UnknownIdError: there is no such sprint, or it has no such task.
        SprintError: the sprint is not active.
        LogError: the entry says nothing or contradicts itself, or would leave a tactic done without a definition.
        WriteRefusedError: the sprint's file cannot be written; nothing was.
    """
    sprint = _running(context, entry.sprint)
    tactic, task = _task(sprint, entry.task)
    row = sprint.tactics[tactic].tasks[task]
    after = _after(context.plan.settings, row, entry)
    if after.status == "done":
        _require_definition(context, tactic, task)
    place = Ref("sprint", sprint.id, ("tactics", tactic, "tasks", task))
    files = save(loaded, tuple(_changes(place, row, after, str(context.today))))
    return Logged(sprint.id, f"{tactic}/{task}", row.hours, after.spent, after.left, after.status, files)


# --- which task --------------------------------------------------------------------------------------------------


def _running(context: Context, sprint_id: str | None) -> Sprint:
    sprint = written(context, sprint_id) if sprint_id is not None else active(context)
    if sprint is None:
        raise absent(context, SprintError("no sprint is active", hint="start one: `revplan sprint start`"))
    refuse_closed(sprint)
    if sprint.status != "active":
        raise SprintError(f"sprint {sprint.id} is not started", hint=f"`revplan sprint start {sprint.id}`")
    return sprint


def _task(sprint: Sprint, name: str) -> tuple[str, str]:
    tactic, _, task = name.partition("/")
    body = sprint.tactics.get(tactic)
    if body is None or task not in body.tasks:
        known = [f"{one}/{each}" for one, row in sprint.tactics.items() for each in row.tasks]
        hint = did_you_mean(name, known) or "a task is written as tactic/task; `revplan sprint show` lists them"
        raise UnknownIdError(f'sprint {sprint.id} has no task "{name}"', hint=hint)
    for what, dropped in ((tactic, body.dropped), (name, body.tasks[task].dropped)):
        if dropped is not None:
            raise LogError(f"{what} was dropped from sprint {sprint.id} on {dropped}")
    return tactic, task


# --- where it stands then ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _State:
    spent: int
    left: int | None
    status: str


def _after(settings: Settings, row: SprintTask, entry: Entry) -> _State:
    """Return where the task stands after the entry."""
    if entry.hours is None and entry.left is None and not entry.is_done:
        raise LogError("there is nothing to log", hint="say --hours, --left or --done")
    worked = _worked(settings, entry.hours)
    left = _minutes(settings, entry.left) if entry.left is not None else None
    if entry.is_done and left:
        raise LogError("a task with hours left is not done", hint="leave out --left or --done")
    spent = _spent(settings, row, worked)
    if entry.is_done or (row.status == "done" and not left):
        return _State(spent, None, "done")
    if left is None and row.left is not None:
        left = max(0, row.left - worked)
    return _State(spent, left, "started")


def _spent(settings: Settings, row: SprintTask, worked: int) -> int:
    spent = (row.spent or 0) + worked
    if spent < 0:
        raise LogError(f"only {hours_text(row.spent or 0)} h are logged", hint="take back no more than that")
    return _minutes(settings, hours_text(spent))


def _worked(settings: Settings, hours: str | None) -> int:
    text = (hours or "0").strip()
    return -_minutes(settings, text[1:]) if text.startswith("-") else _minutes(settings, text)


def _minutes(settings: Settings, hours: str) -> int:
    try:
        return _HOURS.validate_python(hours, context={"hours_per_day": settings.sprint.hours_per_day})
    except ValidationError as error:
        raise LogError(error.errors()[0]["msg"]) from None


def _require_definition(context: Context, tactic: str, task: str) -> None:
    """Refuse to finish a tactic of which nobody has said what done means (RP403)."""
    known = context.plan.tactics.get(tactic)
    if known is None or known.done_when is not None:
        return
    if known.tasks.keys() <= done_tasks(context.plan).get(tactic, set()) | {task}:
        hint = f"write in tactic {tactic} what is true now that was not before, `done_when: …`, and log it again"
        raise LogError(f"{tactic} would be done, but nothing says what done means", hint=hint)


# --- the edit ----------------------------------------------------------------------------------------------------


def _changes(place: Ref, row: SprintTask, after: _State, today: str) -> Iterator[Change]:
    if after.status != row.status:
        yield Change(place.at("status"), after.status)
    if after.spent != (row.spent or 0):
        yield Change(place.at("spent"), hours_text(after.spent))
    if after.left != row.left:
        yield Change(place.at("left"), hours_text(after.left) if after.left is not None else None)
    if after.status == "done" and row.status != "done":
        yield Change(place.at("done"), today)
    if after.status != "done" and row.done is not None:
        yield Change(place.at("done"), None)
