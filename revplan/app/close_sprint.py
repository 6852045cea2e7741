"""`revplan sprint close`: a sprint is measured and sealed; what is unfinished goes back to the backlog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from revplan.analysis.history import content_digest
from revplan.analysis.outcome import outcome
from revplan.analysis.periods import Period, in_order
from revplan.app.sound import check_preconditions
from revplan.app.written import active, get_sprint, missing_sprint, refuse_closed
from revplan.errors import SprintError
from revplan.model.base import Ref
from revplan.model.calendar import company_calendar
from revplan.model.change import Change
from revplan.model.sprints import Closing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from revplan.analysis.outcome import TacticOutcome
    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.sprints import Sprint
    from revplan.store.loaded import Loaded


@dataclass(frozen=True, slots=True)
class Closure:
    """What closing a sprint does, before it does it.

    Attributes:
        sprint: as it is once it is closed.
        unfinished: the tactics that go back to the backlog.
        carried: those of them that come first in the next sprint.
        workdays_left: the sprint's workdays after today.
        changes: what makes its file say so.
    """

    sprint: Sprint
    unfinished: tuple[TacticOutcome, ...]
    carried: tuple[str, ...]
    workdays_left: int
    changes: tuple[Change, ...]

    @property
    def is_early(self) -> bool:
        """Whether there are workdays left in the sprint."""
        return self.workdays_left > 0


def close(loaded: Loaded, context: Context, sprint_id: str | None) -> Closure:
    """Work out the closing of a sprint; what is unfinished competes again. Nothing is written.

    Raises:
        UnknownIdError: no written sprint has this id.
        SprintError: it is closed already, or has not been started.
        UnsoundError: the plan has errors.
    """
    return _close(loaded, context, _to_close(context, sprint_id), carry=False)


def close_and_carry(loaded: Loaded, context: Context, sprint_id: str | None) -> Closure:
    """Work out the closing of a sprint; what is unfinished comes first in the next one. Otherwise as `close`."""
    return _close(loaded, context, _to_close(context, sprint_id), carry=True)


def _to_close(context: Context, sprint_id: str | None) -> Sprint:
    """Return the sprint asked for; else the active one; else the earliest that is over."""
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
    closed = _seal(sprint, context.today, marked)
    calendar = company_calendar(context.plan.settings)
    days = Period(sprint.id, sprint.start, sprint.end).days
    return Closure(
        sprint=closed,
        unfinished=unfinished,
        carried=tuple(name for name, row in closed.tactics.items() if row.carry),
        workdays_left=sum(day > context.today and calendar.is_workday(day) for day in days),
        changes=tuple(_changes(closed, marked)),
    )


def _changes(closed: Sprint, marked: Collection[str]) -> Iterator[Change]:
    ref, seal = Ref("sprint", closed.id), closed.closed
    assert seal is not None
    yield Change(ref.at("status"), "closed")
    for name in marked:
        yield Change(ref.at("tactics", name, "carry"), "true")
    body: dict[str, Data] = {"on": str(seal.on), "of": seal.of}
    if seal.before != "active":
        body["before"] = seal.before
    if seal.carried:
        body["carried"] = list(seal.carried)
    yield Change(ref.at("closed"), body)


def _seal(sprint: Sprint, today: date, marked: tuple[str, ...]) -> Sprint:
    """Return the sprint as it is once it is closed, with the digest of its content."""
    tactics = {
        name: row.model_copy(update={"carry": True}) if name in marked else row for name, row in sprint.tactics.items()
    }
    closed = sprint.model_copy(update={"status": "closed", "tactics": tactics})
    seal = Closing(on=today, of=content_digest(closed), before=_before(sprint), carried=marked, notes=None)
    return closed.model_copy(update={"closed": seal})


def _before(sprint: Sprint) -> Literal["active", "planned", "implied"]:
    """Return the status that reopening the sprint gives back."""
    if "status" not in sprint.model_fields_set:
        return "implied"
    return "active" if sprint.status == "active" else "planned"
