"""`revplan sprint log`: records a member's work on a task or on recurring work on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pydantic import TypeAdapter, ValidationError

from revplan.analysis.progress import done_tasks, is_called_done
from revplan.analysis.workload import Assignment, task_order
from revplan.app.sprint.day_limit import check_days
from revplan.app.sprint.lookup import active, get_member, get_sprint, missing_sprint, refuse_closed
from revplan.errors import LogError, SprintError, UnknownIdError
from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.model.numbers import Minutes
from revplan.model.sprints import logged_minutes
from revplan.reports.sprint_tables import Logged
from revplan.spelling import did_you_mean
from revplan.wording import hours_text, join_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from revplan.model.context import Context
    from revplan.model.settings import Settings
    from revplan.model.sprints import Sprint, SprintTask, WorkLog


def add(log: WorkLog, member: str, day: date, minutes: int) -> WorkLog:
    """Return the log with minutes added for a member on a day. Entries of 0 minutes are removed."""
    by_day = log.get(day, {})
    by_member = {**by_day, member: Minutes(by_day.get(member, 0) + minutes)}
    kept = {name: own for name, own in by_member.items() if own}
    return {key: value for key, value in {**log, day: kept}.items() if value}


def take_back(log: WorkLog, undated: int, member: str, minutes: int) -> tuple[WorkLog, int]:
    """Subtract a member's minutes, from the latest day first, then from the minutes without a day.

    Returns:
        The new log and the new number of minutes without a day.

    Raises:
        LogError: fewer minutes are logged.
    """
    logged = sum(by_member.get(member, 0) for by_member in log.values())
    if minutes > logged + undated:
        raise LogError(f"only {hours_text(logged + undated)} h are logged", hint="take back no more than that")
    for day in sorted(log, reverse=True):
        part = min(minutes, log[day].get(member, 0))
        log, minutes = (add(log, member, day, -part) if part else log), minutes - part
    return log, undated - minutes


def take_back_on(log: WorkLog, member: str, day: date, minutes: int) -> WorkLog:
    """Subtract a member's minutes on a day.

    Raises:
        LogError: fewer minutes are logged on that day.
    """
    logged = log.get(day, {}).get(member, 0)
    if minutes > logged:
        message = f"only {hours_text(logged)} h of {member} are logged on {day}"
        raise LogError(message, hint="take back no more than that, or leave out --date: the latest hours go first")
    return add(log, member, day, -minutes)


def log_changes(place: Ref, before: WorkLog, after: WorkLog) -> Iterator[Change]:
    """Yield the changes that turn the log `before` into `after`; `place` is the log's place in the plan."""
    if before and not after:
        yield Change(place, None)
        return
    for day in sorted(before.keys() | after.keys()):
        old, new = before.get(day, {}), after.get(day, {})
        if old and not new:
            yield Change(place.at(str(day)), None)
            continue
        for member in dict.fromkeys((*old, *new)):
            if old.get(member) != new.get(member):
                minutes = new.get(member)
                yield Change(place.at(str(day), member), hours_text(minutes) if minutes is not None else None)


_MINUTES: TypeAdapter[int] = TypeAdapter(Minutes)


class WorkEntry(NamedTuple):
    """A report of work on a task, as the user gave it.

    Attributes:
        task: the task as `tactic/task`; for recurring work the tactic.
        hours: hours worked in the plan's notation; negative to subtract hours logged by mistake.
        left: hours still to do, in the same notation.
        is_done: whether the task is done.
        sprint: the sprint's id; None for the active sprint.
        by: the member who worked; None for the task's owner.
        day: the day of the work; None for today. Without a day, hours are subtracted from the latest days first.
    """

    task: str
    hours: str | None = None
    left: str | None = None
    is_done: bool = False
    sprint: str | None = None
    by: str | None = None
    day: date | None = None


def log_work(context: Context, entry: WorkEntry) -> tuple[Logged, tuple[Change, ...]]:
    """Return an entry for the log of the active sprint, and the changes that record the entry. Nothing is written.

    Hours worked are added to the hours spent. They reduce the hours left, unless the entry sets the hours left. If
    the entry sets hours left for a task that is done, the task is open again.

    Raises:
        UnknownIdError: there is no such sprint or member, or the sprint has no such task.
        SprintError: the sprint is not active.
        LogError: the entry is empty or contradictory, its day is not one of the sprint's days so far, the worker is
            unclear or would have more hours on it than it has, or the entry would complete a tactic without a
            definition of done.
    """
    sprint = _running(context, entry.sprint)
    if entry.hours is None and entry.left is None and not entry.is_done:
        raise LogError("there is nothing to log", hint="say --hours, --left or --done")
    recurring = _recurring(context, sprint, entry.task)
    return _log_recurring(context, sprint, recurring, entry) if recurring else _log_task(context, sprint, entry)


def add_work(context: Context, sprint: Sprint, name: str, work: Iterable[tuple[date, str, int]]) -> tuple[Change, ...]:
    """Return the changes that add many entries to the log of a task, or of recurring work. Nothing is written.

    They reduce the hours left, and start the task.

    Args:
        context: the plan and the day.
        sprint: the sprint, which is active.
        name: the task as `tactic/task`; for recurring work the tactic.
        work: day, member and minutes of each entry; negative minutes subtract.

    Raises:
        UnknownIdError: the sprint has no such task.
        LogError: the task was dropped from the sprint, or fewer minutes are logged than are subtracted.
    """
    recurring = _recurring(context, sprint, name)
    tactic, task = (recurring, "") if recurring else _task(sprint, name)
    row = None if recurring else sprint.tactics[tactic].tasks[task]
    before = row.log if row is not None else sprint.recurring_log.get(tactic, {})
    log, worked = before, 0
    for day, member, minutes in work:
        log = add(log, member, day, minutes) if minutes >= 0 else take_back_on(log, member, day, -minutes)
        worked += minutes
    if row is None:
        return tuple(log_changes(Ref("sprint", sprint.id, ("recurring_log", tactic)), before, log))
    place = Assignment(tactic, task, row).place(Ref("sprint", sprint.id))
    after = _after(context.plan.settings, row, WorkEntry(name), worked)
    return (*log_changes(place.at("log"), before, log), *_changes(place, row, after, str(context.today)))


# --- a task ------------------------------------------------------------------------------------------------------


def _log_task(context: Context, sprint: Sprint, entry: WorkEntry) -> tuple[Logged, tuple[Change, ...]]:
    tactic, task = _task(sprint, entry.task)
    row = sprint.tactics[tactic].tasks[task]
    settings = context.plan.settings
    worked = _worked_minutes(settings, entry.hours)
    member = _member(context, tuple(row.people), entry) if worked or entry.by else None
    day = _day(context, sprint, entry, is_work=worked > 0)
    check_days(context.plan, {(member, day): worked} if member else {})
    log, undated = (
        _new_log(row.log, row.undated or 0, member, day, worked, entry) if member else (row.log, row.undated or 0)
    )
    after = _after(settings, row, entry, worked)
    if is_called_done(context.plan.tactics, tactic) and after.status != "done":
        hint = f"`revplan tactic edit {tactic} --status ready` opens it again"
        raise LogError(f"{tactic} is done, the backlog says", hint=hint)
    if after.status == "done":
        _require_definition(context, tactic, task)
    one = Assignment(tactic, task, row)
    place = one.place(Ref("sprint", sprint.id))
    spent = (
        () if undated == (row.undated or 0) else (Change(place.at("spent"), hours_text(undated) if undated else None),)
    )
    logged = Logged(
        sprint=sprint.id,
        task=str(one),
        day=day,
        member=member,
        minutes=worked,
        planned=row.minutes,
        spent=(row.spent or 0) + worked,
        left=after.left,
        status=after.status,
        waits_for=tuple(str(other) for other in task_order(context.plan, sprint).waits_for(one)),
    )
    return logged, (*spent, *log_changes(place.at("log"), row.log, log), *_changes(place, row, after, str(day)))


def _task(sprint: Sprint, name: str) -> tuple[str, str]:
    tactic, _, task = name.partition("/")
    body = sprint.tactics.get(tactic)
    if body is None or task not in body.tasks:
        known = [f"{one}/{each}" for one, row in sprint.tactics.items() for each in row.tasks]
        hint = did_you_mean(name, known) or "a task is written as tactic/task; `revplan sprint show` lists them"
        raise UnknownIdError(f'sprint {sprint.id} has no task "{name}"', hint=hint)
    if body.dropped is not None:
        how = "set aside in" if tactic in sprint.aside else "dropped from"
        hint = f"`revplan sprint plan {sprint.id} --unpin {tactic} --write` lets it in again, if there is room"
        raise LogError(f"{tactic} was {how} sprint {sprint.id} on {body.dropped}", hint=hint)
    if (dropped := body.tasks[task].dropped) is not None:
        hint = f"if its tactic still has it, `revplan sprint plan {sprint.id} --write` plans it anew"
        raise LogError(f"{name} was dropped from sprint {sprint.id} on {dropped}", hint=hint)
    return tactic, task


# --- recurring work ----------------------------------------------------------------------------------------------


def _recurring(context: Context, sprint: Sprint, name: str) -> str | None:
    """Return the recurring tactic that a name (`tactic` or `tactic/task`) refers to; None if it is not recurring.

    Raises:
        UnknownIdError: the tactic has no such task.
    """
    tactic, _, task = name.partition("/")
    known = context.plan.tactics.get(tactic)
    is_recurring = tactic in sprint.recurring or (known is not None and known.recurring is not None)
    if not is_recurring or tactic in sprint.tactics:
        return None
    if task and known is not None and task not in known.tasks:
        hint = did_you_mean(task, known.tasks) or f"its tasks are {join_names(sorted(known.tasks))}"
        raise UnknownIdError(f'{tactic} has no task "{task}"', hint=hint)
    return tactic


def _people_of_recurring(context: Context, sprint: Sprint, name: str) -> tuple[str, ...]:
    """Return who does recurring work: a task's own people, or a tactic's by the sprint and by the backlog."""
    tactic, _, task = name.partition("/")
    known = context.plan.tactics.get(tactic)
    tasks = dict(known.tasks) if known is not None else {}
    if task in tasks:
        return tuple(dict.fromkeys(tasks[task].owners))
    owners = (owner for each in tasks.values() for owner in each.owners)
    return tuple(dict.fromkeys((*sprint.recurring.get(tactic, {}), *owners)))


def _log_recurring(
    context: Context, sprint: Sprint, tactic: str, entry: WorkEntry
) -> tuple[Logged, tuple[Change, ...]]:
    """Log hours on a recurring tactic, which is never done and has no hours left."""
    worked = _worked_minutes(context.plan.settings, entry.hours)
    if entry.is_done or entry.left is not None or not worked:
        raise LogError(f"{tactic} comes round again: it is never done", hint="log its hours alone, with --hours")
    member = _member(context, _people_of_recurring(context, sprint, entry.task), entry)
    day = _day(context, sprint, entry, is_work=worked > 0)
    check_days(context.plan, {(member, day): worked})
    before = sprint.recurring_log.get(tactic, {})
    log, _ = _new_log(before, 0, member, day, worked, entry)
    place = Ref("sprint", sprint.id, ("recurring_log",))
    is_last = not log and sprint.recurring_log.keys() == {tactic}
    logged = Logged(
        sprint=sprint.id,
        task=tactic,
        day=day,
        member=member,
        minutes=worked,
        planned=sum(sprint.recurring.get(tactic, {}).values()),
        spent=logged_minutes(log),
        left=None,
        status=None,
    )
    return logged, (Change(place, None),) if is_last else tuple(log_changes(place.at(tactic), before, log))


# --- which sprint, who, when -------------------------------------------------------------------------------------


def _running(context: Context, sprint_id: str | None) -> Sprint:
    sprint = get_sprint(context, sprint_id) if sprint_id is not None else active(context)
    if sprint is None:
        raise missing_sprint(context, SprintError("no sprint is active", hint="start one: `revplan sprint start`"))
    refuse_closed(sprint)
    if sprint.status != "active":
        raise SprintError(f"sprint {sprint.id} is not started", hint=f"`revplan sprint start {sprint.id}`")
    return sprint


def _member(context: Context, owners: Collection[str], entry: WorkEntry) -> str:
    """Return the member who worked: the member named, or else the only owner."""
    if entry.by is not None:
        return get_member(context, entry.by).id
    if len(owners) == 1:
        return next(iter(owners))
    if not owners:
        raise LogError(f"{entry.task} has no owner", hint="say who worked on it: --by MEMBER")
    raise LogError(
        f"{entry.task} is shared by {join_names(sorted(owners))}", hint=f"say whose hours they are: --by {min(owners)}"
    )


def _day(context: Context, sprint: Sprint, entry: WorkEntry, *, is_work: bool) -> date:
    """Return the day of an entry. Refuse a future day, and hours worked on a day outside the sprint."""
    day = entry.day or context.today
    if day > context.today:
        raise LogError(f"{day} has not come yet; today is {context.today}", hint="log work when it is done")
    days = f"sprint {sprint.id} runs from {sprint.start} to {sprint.end}"
    if is_work and day < sprint.start:
        hint = "work of earlier days belongs to the sprint that holds them: --sprint, or say its day with --date"
        if context.today < sprint.start:
            hint = f"log its hours from {sprint.start} on"
        raise LogError(f"{days}, {day} comes before", hint=hint)
    if is_work and day > sprint.end:
        hint = f"say the day of the work, --date {sprint.end} or before; or log it in the sprint that holds that day"
        raise LogError(f"{days}, {day} comes after", hint=hint)
    return day


# --- where it stands then ----------------------------------------------------------------------------------------


class _TaskState(NamedTuple):
    left: int | None
    status: str


def _new_log(log: WorkLog, undated: int, member: str, day: date, worked: int, entry: WorkEntry) -> tuple[WorkLog, int]:
    """Return the log with an entry applied, and the minutes without a day, which an entry can only reduce."""
    if worked >= 0:
        return add(log, member, day, worked), undated
    if entry.day is not None:
        return take_back_on(log, member, day, -worked), undated
    return take_back(log, undated, member, -worked)


def _after(settings: Settings, row: SprintTask, entry: WorkEntry, worked: int) -> _TaskState:
    """Return the task's minutes left and status after the entry."""
    left = _minutes(settings, entry.left) if entry.left is not None else None
    if entry.is_done and left:
        raise LogError("a task with hours left is not done", hint="leave out --left or --done")
    if entry.is_done or (row.status == "done" and not left):
        return _TaskState(None, "done")
    if left is None and row.left is not None:
        left = max(0, row.left - worked)
    return _TaskState(left, "started")


def _worked_minutes(settings: Settings, hours: str | None) -> int:
    text = (hours or "0").strip()
    return -_minutes(settings, text[1:]) if text.startswith("-") else _minutes(settings, text)


def _minutes(settings: Settings, hours: str) -> int:
    try:
        return _MINUTES.validate_python(hours, context={"hours_per_day": settings.sprint.hours_per_day})
    except ValidationError as error:
        raise LogError(error.errors()[0]["msg"]) from None


def _require_definition(context: Context, tactic: str, task: str) -> None:
    """Refuse to complete a tactic that has no definition of done (RP403)."""
    known = context.plan.tactics.get(tactic)
    if known is None or known.done_when is not None:
        return
    if known.tasks.keys() <= done_tasks(context.plan).get(tactic, set()) | {task}:
        hint = f"write in tactic {tactic} what is true now that was not before, `done_when: …`, and log it again"
        raise LogError(f"{tactic} would be done, but nothing says what done means", hint=hint)


def _changes(place: Ref, row: SprintTask, after: _TaskState, day: str) -> Iterator[Change]:
    if after.status != row.status:
        yield Change(place.at("status"), after.status)
    if after.left != row.left:
        yield Change(place.at("left"), hours_text(after.left) if after.left is not None else None)
    if after.status == "done" and row.status != "done":
        yield Change(place.at("done"), day)
    if after.status != "done" and row.done is not None:
        yield Change(place.at("done"), None)
