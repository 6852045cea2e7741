"""Changes for a week's events: to-dos done, issues solved, metric readings, time off, checklist items."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.app.editing.entries import declared_ids, new_entry, propose_id, require, require_read
from revplan.app.editing.numerals import with_point
from revplan.errors import InputError, UnknownIdError
from revplan.model.base import ONE_WEEK, Ref
from revplan.model.change import Change
from revplan.reports import launch_list as launch_list_report
from revplan.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.reports.document import Document


class NewTodo(NamedTuple):
    """A to-do that results from an issue or a meeting; due in a week if `due` is None."""

    title: str
    owner: str
    due: date | None


def finish_todo(plan: Plan, todo: str, today: date) -> tuple[Change, ...]:
    """Return the changes that check a to-do off.

    Raises:
        UnknownIdError: there is no such to-do.
    """
    ref = Ref("todo", require(plan, "todo", todo))
    return (Change(ref.at("status"), "done"), Change(ref.at("done"), today.isoformat()))


def solve_issue(plan: Plan, issue: str, solution: str, today: date, todo: NewTodo | None) -> tuple[Change, ...]:
    """Return the changes that solve an issue, and the to-do that results, if any.

    Raises:
        UnknownIdError: there is no such issue.
    """
    ref = Ref("issue", require(plan, "issue", issue))
    solved = (("status", "solved"), ("solved", today.isoformat()), ("solution", solution))
    changes = tuple(Change(ref.at(key), value) for key, value in solved)
    return changes if todo is None else (*changes, *_todo_of(plan, issue, todo, today))


def usual_due(day: date) -> date:
    """Return the day by which a to-do of this day is done where nobody says another: a week later."""
    return day + ONE_WEEK


def _todo_of(plan: Plan, issue: str, todo: NewTodo, today: date) -> tuple[Change, ...]:
    due = todo.due or usual_due(today)
    body: dict[str, Data] = {"title": todo.title, "owner": todo.owner, "due": due.isoformat(), "issue": issue}
    return new_entry(plan, "todo", propose_id(todo.title, "todo", declared_ids(plan, "todo")), body)


def record_reading(plan: Plan, metric: str, value: str, day: date) -> tuple[Change, ...]:
    """Return the change that records a metric's reading on a day.

    Raises:
        UnknownIdError: there is no such metric.
        InputError: the metric is a ratio of two others, or the value may be one of two numbers.
    """
    ref = Ref("metric", require(plan, "metric", metric))
    known = plan.metrics.get(metric)
    if known is not None and known.ratio is not None:
        hint = f"`revplan metric record {known.ratio.of} NUMBER` and `revplan metric record {known.ratio.to} NUMBER`"
        raise InputError(f"{metric} is {known.ratio.of} / {known.ratio.to}, and has no readings of its own", hint=hint)
    return (Change(ref.at("readings", day.isoformat()), with_point(value)),)


def add_time_off(plan: Plan, member: str, days: str, hours: str | None, reason: str | None) -> tuple[Change, ...]:
    """Return the change that adds time off.

    Args:
        plan: the plan.
        member: the member's id.
        days: a day or a range of days, in the plan's notation.
        hours: the hours off on each day, in the plan's notation; None for the whole day.
        reason: the reason; None for no reason.

    Raises:
        UnknownIdError: there is no such member.
        InputError: the member is off for the whole of these days already.
    """
    known = plan.team[member].time_off if member in plan.team else {}
    if hours is not None and any(str(each) == days and absence.minutes is None for each, absence in known.items()):
        hint = f"take them off the list first: revplan team time-off {member} {days} --remove"
        raise InputError(f"{member} has all of {days} off already", hint=hint)
    why = reason or "Off"
    value: Data = why if hours is None else {"hours": hours, "reason": why}
    return (Change(Ref("member", require(plan, "member", member)).at("time_off", days), value),)


def remove_time_off(plan: Plan, member: str, days: str) -> tuple[Change, ...]:
    """Return the change that removes an entry from a member's time off.

    Raises:
        UnknownIdError: there is no such member, or the member has no such time off.
    """
    require(plan, "member", member)
    known = [str(each) for each in plan.team[member].time_off] if member in plan.team else []
    if days not in known:
        raise UnknownIdError(f"{member} has no time off on {days}", hint=did_you_mean(days, known))
    return (Change(Ref("member", member).at("time_off", days), None),)


def launch_list(context: Context, campaign: str) -> Document:
    """Return a campaign's launch list, with the last day of each open item.

    Raises:
        UnknownIdError: there is no such campaign, or the campaign cannot be read.
    """
    own = context.plan.campaigns[require_read(context.plan, "campaign", campaign)]
    return launch_list_report.layout(context, own)


_STATES = ("done", "open", "not-applicable")


def check_off(plan: Plan, campaign: str, items: Sequence[str]) -> tuple[Change, ...]:
    """Return the changes that set the states of launch-list items: `ITEM` for done, else `ITEM=STATE`.

    Raises:
        UnknownIdError: there is no such campaign or item.
        InputError: a state does not exist.
    """
    known = launch_list_report.items_of(plan.campaigns[require_read(plan, "campaign", campaign)])
    changes = []
    for each in items:
        item, equals, state = each.partition("=")
        if item not in known:
            raise UnknownIdError(f'the launch list has no item "{item}"', hint=did_you_mean(item, known) or _OWN)
        if equals and state not in _STATES:
            raise InputError(f'"{state}" is no state of an item', hint="one of done, open and not-applicable")
        changes.append(Change(Ref("campaign", campaign).at("checklist", item), state or "done"))
    return tuple(changes)


_OWN = "add one of your own with `revplan campaign edit ID --set checklist.ITEM=open`"
