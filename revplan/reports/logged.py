"""Where a task stands after work on it was logged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from revplan import phrases
from revplan.reports import names
from revplan.reports.document import Document, words
from revplan.reports.plain import hours

if TYPE_CHECKING:
    from datetime import date

    from revplan.model.plan import Plan

SCHEMA = "revplan/sprint-log/1"


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry in a sprint's log and where its task stands then, in minutes.

    Attributes:
        member: who worked; None where no hours were logged.
        minutes: logged by this entry; negative where they were taken back.
        left: None where that follows from the hours planned.
        status: of the task; None for recurring work.
        waits_for: unfinished tasks that this one follows, as `tactic/task`.
    """

    sprint: str
    task: str
    day: date
    member: str | None
    minutes: int
    planned: int
    spent: int
    left: int | None
    status: str | None
    waits_for: tuple[str, ...] = ()


def sentence(plan: Plan, logged: Logged) -> str:
    """Return where a task stands; what was said to be left wins over what follows from the hours planned."""
    spent = f"{phrases.hours(logged.spent)} h spent" if logged.spent else "no hours logged"
    so_far = f"{logged.task}: {_entry(plan, logged)}{spent} of {phrases.hours(logged.planned)} h planned"
    if logged.status is None:
        return so_far
    if logged.status == "done":
        return f"{so_far}, done"
    still = max(0, logged.planned - logged.spent) if logged.left is None else logged.left
    end = "" if still else "; is it done? Then log it with --done"
    return f"{so_far}, {phrases.hours(still)} h left{end}"


def layout(plan: Plan, logged: Logged) -> Document:
    """Lay out an entry for a page or a program."""
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "sprint": logged.sprint,
        "task": logged.task,
        "day": logged.day.isoformat(),
        "member": logged.member,
        "hours": hours(logged.minutes),
        "planned": hours(logged.planned),
        "spent": hours(logged.spent),
        "left": hours(logged.left) if logged.left is not None else None,
        "status": logged.status,
        "waits_for": list(logged.waits_for),
    }
    title = names.sprint(plan, logged.sprint)
    return Document(title=title, lead=(words(sentence(plan, logged)),), sections=(), data=data)


def _entry(plan: Plan, logged: Logged) -> str:
    """Return whose hours were logged on which day."""
    if logged.member is None or not logged.minutes:
        return ""
    what = "logged for" if logged.minutes > 0 else "taken back from"
    size = phrases.hours(abs(logged.minutes))
    on = f" on {phrases.short_date(logged.day)}" if logged.minutes > 0 else ""
    return f"{size} h {what} {names.member(plan, logged.member)}{on}; "
