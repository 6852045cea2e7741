"""The life of a written sprint: start the sprint, drop tactics, close the sprint, and undo the last close."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from revplan.analysis.outcome import outcome
from revplan.analysis.periods import Period, in_order
from revplan.analysis.progress import is_called_done
from revplan.analysis.workload import assignments, content_digest, unfinished_assignments
from revplan.app.editing.changes import save_computed, stale
from revplan.app.sprint.lookup import active, get_sprint, missing_sprint, refuse_closed, running_sprint
from revplan.app.sprint.preconditions import check_preconditions
from revplan.errors import SprintError, UnknownIdError
from revplan.model.base import Ref
from revplan.model.calendar import company_calendar
from revplan.model.change import Change
from revplan.model.sprints import Closing
from revplan.spelling import did_you_mean
from revplan.wording import join_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from revplan.analysis.outcome import TacticOutcome
    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.sprints import Sprint
    from revplan.store.loaded import Loaded

_ANY = ""
"""No sprint's id. With this id, `check_preconditions` also counts the errors of the sprint itself."""


def start(loaded: Loaded, context: Context, sprint_id: str | None) -> tuple[Sprint, tuple[str, ...]]:
    """Start the sprint asked for, or else the earliest planned sprint; return the sprint and the files written.

    Raises:
        UnknownIdError: the sprint is not written.
        SprintError: the sprint is active, closed or over already, or another sprint is active.
        UnsoundError: the sprint's work, or the plan's data that it uses, has errors.
        WriteRefusedError: the sprint's file cannot be written. Nothing was written.
    """
    return save_computed(loaded, context, lambda plan, now: changes_of_start(plan, now, sprint_id))


def changes_of_start(loaded: Loaded, context: Context, sprint_id: str | None) -> tuple[Sprint, tuple[Change, ...]]:
    """Return the sprint that `start` starts, and the changes that start it. Nothing is written.

    Raises:
        UnknownIdError, SprintError, UnsoundError: as `start` does.
    """
    sprint = get_sprint(context, sprint_id) if sprint_id is not None else _next(context)
    refuse_closed(sprint)
    running = active(context)
    if running is not None:
        raise SprintError(f"sprint {running.id} is active", hint=f"close it first: `revplan sprint close {running.id}`")
    if sprint.end < context.today:
        raise SprintError(f"sprint {sprint.id} ended on {sprint.end}", hint="start one that is still to come")
    check_preconditions(loaded, context, _ANY)
    return sprint, (Change(Ref("sprint", sprint.id, ("status",)), "active"),)


def _next(context: Context) -> Sprint:
    for sprint in in_order(context.plan):
        if sprint.status == "active" or (sprint.status == "planned" and sprint.end >= context.today):
            return sprint
    error = SprintError("no planned sprint is written", hint="`revplan sprint plan --write` writes the next one")
    raise missing_sprint(context, error)


def drop_from_sprint(context: Context, sprint_id: str, tactics: Sequence[str]) -> Context:
    """Return the plan with some tactics of the written sprint marked as dropped today.

    Raises:
        UnknownIdError: the sprint is not written, or has no such tactic.
    """
    if not tactics:
        return context
    sprint = get_sprint(context, sprint_id)
    rows = dict(sprint.tactics)
    for name in tactics:
        if name not in rows or rows[name].dropped is not None:
            hint = did_you_mean(name, (each for each, row in rows.items() if row.dropped is None))
            raise UnknownIdError(f'sprint {sprint_id} has no tactic "{name}" to drop', hint=hint)
        rows[name] = rows[name].model_copy(update={"dropped": context.today})
    parked = {name: row for name, row in sprint.parked.items() if name not in tactics}
    without = sprint.model_copy(update={"tactics": rows, "parked": parked})
    return replace(context, plan=replace(context.plan, sprints={**context.plan.sprints, sprint_id: without}))


def drop_tasks(context: Context, sprint_id: str | None, tasks: Sequence[str]) -> tuple[Sprint, tuple[Change, ...]]:
    """Return the sprint and the changes that take tasks out of it and out of the backlog. Nothing is written.

    The rows stay, dropped today, with the hours worked on them. A sprint commits a tactic whole, so a task that is off
    is no longer a task of its tactic.

    Args:
        context: the plan and the day.
        sprint_id: the sprint's id; None for the sprint that people work in.
        tasks: the tasks as `tactic/task`.

    Raises:
        UnknownIdError: no written sprint has this id, or the sprint has no such task to drop.
        SprintError: the sprint is closed, or nothing would be left of a tactic.
    """
    sprint = running_sprint(context, sprint_id)
    refuse_closed(sprint)
    rows = {str(one): one for one in assignments(sprint)}
    changes: list[Change] = []
    for name in dict.fromkeys(tasks):
        if name in sprint.tactics:
            hint = f"`revplan sprint plan {sprint.id} --drop {name} --write` takes a whole tactic out"
            raise SprintError(f"{name} is a tactic, not a task", hint=hint)
        if name not in rows:
            hint = did_you_mean(name, rows) or f"`revplan sprint show {sprint.id}` lists its tasks"
            raise UnknownIdError(f'sprint {sprint.id} has no task "{name}" to drop', hint=hint)
        one = rows[name]
        changes.append(Change(one.place(Ref("sprint", sprint.id), "dropped"), context.today.isoformat()))
        known = context.plan.tactics.get(one.tactic)
        if known is not None and one.task in known.tasks:
            changes.append(Change(Ref("task", name), None))
    _refuse_empty_tactics(context, sprint, tasks)
    return sprint, tuple(changes)


def _refuse_empty_tactics(context: Context, sprint: Sprint, tasks: Sequence[str]) -> None:
    """Refuse to drop every task of a tactic: then the tactic itself is off."""
    for name in dict.fromkeys(task.partition("/")[0] for task in tasks):
        known = context.plan.tactics.get(name)
        if known is not None and {f"{name}/{task}" for task in known.tasks} <= set(tasks):
            hint = f"`revplan sprint plan {sprint.id} --drop {name} --write` takes the tactic out"
            raise SprintError(f"nothing would be left of {name}", hint=hint)


class Closure(NamedTuple):
    """The proposed closing of a sprint, not yet written.

    Attributes:
        sprint: the sprint after closing.
        unfinished: the tactics that go back to the backlog.
        carried: the unfinished tactics that come first in the next sprint.
        workdays_left: the number of the sprint's workdays after today.
        changes: the changes of the plan that close the sprint.
    """

    sprint: Sprint
    unfinished: tuple[TacticOutcome, ...]
    carried: tuple[str, ...]
    workdays_left: int
    changes: tuple[Change, ...]

    @property
    def is_early(self) -> bool:
        """Whether the sprint has workdays left."""
        return self.workdays_left > 0


def close(loaded: Loaded, context: Context, sprint_id: str | None) -> Closure:
    """Return the closing of a sprint; unfinished tactics compete again for the next one. Nothing is written.

    Raises:
        UnknownIdError: no written sprint has this id.
        SprintError: the sprint is closed already, or has not been started.
        UnsoundError: the plan has errors.
    """
    return _close(loaded, context, _to_close(context, sprint_id), carry=False)


def close_and_carry(loaded: Loaded, context: Context, sprint_id: str | None) -> Closure:
    """Return the closing of a sprint whose unfinished tactics come first in the next one; otherwise like `close`."""
    return _close(loaded, context, _to_close(context, sprint_id), carry=True)


def write_closure(
    loaded: Loaded,
    context: Context,
    agreed: Closure,
    end: Callable[[Loaded, Context, str | None], Closure],
    is_agreed: Callable[[Context, Closure], bool],
) -> tuple[Closure, tuple[str, ...]]:
    """Write the closing of a sprint; return the closing and the names of the files written.

    If another program has written to the plan since it was read, the closing of the same sprint is computed again.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        agreed: the closing that the user asked for.
        end: computes the closing: `close` or `close_and_carry`.
        is_agreed: tells of a closing from a newer plan whether the user has agreed to it too.

    Raises:
        SprintError: the sprint is closed by now.
        UnsoundError: the plan has errors by now.
        WriteRefusedError: the user has not agreed to what the closing would be now, or the files cannot be written.
    """

    def compute(plan: Loaded, now: Context) -> tuple[Closure, Sequence[Change]]:
        closure = end(plan, now, agreed.sprint.id)
        if now is not context and not is_agreed(now, closure):
            raise stale(f"what closing sprint {closure.sprint.id} means")
        return closure, closure.changes

    return save_computed(loaded, context, compute)


def _to_close(context: Context, sprint_id: str | None) -> Sprint:
    """Return the sprint asked for; else the active sprint; else the earliest open sprint that is over."""
    if sprint_id is not None:
        sprint = get_sprint(context, sprint_id)
        refuse_closed(sprint)
        if sprint.status == "planned" and sprint.end >= context.today:
            raise SprintError(f"sprint {sprint.id} is not started", hint=f"`revplan sprint start {sprint.id}`")
        return sprint
    over = (sprint for sprint in in_order(context.plan) if sprint.status == "planned" and sprint.end < context.today)
    found = active(context) or next(over, None)
    if found is None:
        error = SprintError("no sprint is active", hint="`revplan sprint list` shows where each one stands")
        raise missing_sprint(context, error)
    return found


def _close(loaded: Loaded, context: Context, sprint: Sprint, *, carry: bool) -> Closure:
    check_preconditions(loaded, context, sprint.id)
    unfinished = outcome(context.plan, sprint).unfinished
    ready = {tactic.id for tactic in context.plan.tactics.values() if tactic.status == "ready"}
    names = [entry.tactic for entry in unfinished if entry.tactic in ready] if carry else []
    marked = tuple(name for name in names if not sprint.tactics[name].carry)
    closed = _seal(sprint, context, marked)
    calendar = company_calendar(context.plan.settings)
    days = Period(sprint.id, sprint.start, sprint.end).days
    return Closure(
        sprint=closed,
        unfinished=unfinished,
        carried=tuple(name for name in closed.tactics if closed.carries(name)),
        workdays_left=sum(day > context.today and calendar.is_workday(day) for day in days),
        changes=tuple(_changes(closed)),
    )


def _changes(closed: Sprint) -> Iterator[Change]:
    """Yield the changes that closing makes: no row of a tactic is touched, so reopening gives back the same text."""
    ref, seal = Ref("sprint", closed.id), closed.closed
    assert seal is not None
    yield Change(ref.at("status"), "closed")
    body: dict[str, Data] = {"on": str(seal.on), "of": seal.of}
    if seal.before != "active":
        body["before"] = seal.before
    if seal.carried:
        body["carried"] = list(seal.carried)
    if seal.done:
        body["done"] = list(seal.done)
    yield Change(ref.at("closed"), body)


def _seal(sprint: Sprint, context: Context, marked: tuple[str, ...]) -> Sprint:
    """Return the sprint after closing, with the digest of its content."""
    closed = sprint.model_copy(update={"status": "closed"})
    seal = Closing(
        on=context.today,
        of=content_digest(closed),
        before=_before(sprint),
        carried=marked,
        done=tuple(name for name in sprint.tactics if is_called_done(context.plan.tactics, name)),
        notes=None,
    )
    return closed.model_copy(update={"closed": seal})


def _before(sprint: Sprint) -> Literal["active", "planned", "implied"]:
    """Return the status that reopening the sprint gives back."""
    if "status" not in sprint.model_fields_set:
        return "implied"
    return "active" if sprint.status == "active" else "planned"


class Reopening(NamedTuple):
    """The proposed reopening of a sprint, not yet written.

    Attributes:
        sprint: the closed sprint.
        status: the sprint's status after reopening.
        was_edited: whether the sprint was edited after closing (RP306). The edits stay.
        changes: the changes of the plan that reopen the sprint.
    """

    sprint: Sprint
    status: str
    was_edited: bool
    changes: tuple[Change, ...]


def reopen(context: Context, sprint_id: str | None) -> Reopening:
    """Return the reopening that undoes the last close. Nothing is written.

    Raises:
        UnknownIdError: no written sprint has this id.
        SprintError: the sprint is not closed, another sprint was closed after it, another sprint is active, or a
            later sprint has taken up its work.
    """
    sprint = get_sprint(context, sprint_id) if sprint_id is not None else _last(context)
    if sprint.status != "closed":
        raise SprintError(f"sprint {sprint.id} is {sprint.status}, not closed", hint="there is nothing to undo")
    _refuse_what_came_after(context, sprint)
    seal = sprint.closed
    before = seal.before if seal is not None else "active"
    return Reopening(
        sprint=sprint,
        status="active" if before == "active" else "planned",
        was_edited=seal is not None and seal.of != content_digest(sprint),
        changes=tuple(_reopening_changes(sprint, before)),
    )


def write_reopening(loaded: Loaded, context: Context, reopening: Reopening) -> tuple[Reopening, tuple[str, ...]]:
    """Write a reopening; return it and the names of the files written. Errors are those of `reopen`.

    If another program has written to the plan since it was read, the reopening of the same sprint is computed again.
    """

    def compute(_: Loaded, now: Context) -> tuple[Reopening, Sequence[Change]]:
        fresh = reopen(now, reopening.sprint.id)
        return fresh, fresh.changes

    return save_computed(loaded, context, compute)


def _last(context: Context) -> Sprint:
    closed = [sprint for sprint in in_order(context.plan) if sprint.status == "closed"]
    if not closed:
        error = SprintError("no sprint is closed", hint="`revplan sprint list` shows where each one stands")
        raise missing_sprint(context, error)
    return closed[-1]


def _refuse_what_came_after(context: Context, sprint: Sprint) -> None:
    """Refuse to reopen a sprint if a later close, start or plan relies on its close."""
    later = [other for other in in_order(context.plan) if other.start > sprint.start]
    closed = next((other for other in later if other.status == "closed"), None)
    if closed is not None:
        hint = f"`revplan sprint reopen {closed.id}` undoes that one first"
        raise SprintError(f"sprint {closed.id} was closed after {sprint.id}", hint=hint)
    running = active(context)
    if running is not None:
        hint = f"log what is missing in {running.id}; or set its status back to planned while nothing is logged in it"
        raise SprintError(f"sprint {running.id} is active, and only one sprint is", hint=hint)
    own = {str(one) for one in unfinished_assignments(sprint)}
    for other in later:
        taken_up = sorted({one.tactic for one in assignments(other) if str(one) in own})
        if taken_up:
            message = f"sprint {other.id} has taken up what {sprint.id} left of {join_names(taken_up)}"
            drop = f"`revplan sprint plan {other.id} --drop {taken_up[0]} --write`"
            raise SprintError(message, hint=f"take it out of there first: {drop}; or remove sprint {other.id}")


def _reopening_changes(sprint: Sprint, before: str) -> Iterator[Change]:
    ref = Ref("sprint", sprint.id)
    yield Change(ref.at("status"), None if before == "implied" else before)
    if sprint.closed is not None:
        yield Change(ref.at("closed"), None)
