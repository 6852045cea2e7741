"""A finished answer to the edits that write it to its sprint's file.

What planning owns in a sprint is laid out twice as plain data, as it should stand and as it stands, and the
difference becomes changes. Everything else in the file (goal, notes, progress, reviews set by hand) is not
looked at, and so it stays.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from revplan.analysis.progress import has_begun
from revplan.analysis.scoring import THOUSANDTHS
from revplan.model.base import MINUTES_PER_HOUR, Ref
from revplan.model.change import Change
from revplan.planning.moves import is_current
from revplan.planning.problem import ENGINE
from revplan.planning.situation import CENTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from revplan.model.change import Data
    from revplan.model.sprints import ParkedTactic as WrittenParked
    from revplan.model.sprints import PlanStamp, Sprint, SprintTactic, SprintTask
    from revplan.planning.answer import ParkedTactic, PlacedTactic, PlacedTask, SprintPlan
    from revplan.planning.reasons import Short

    Body = dict[str, Data]

PEOPLE = ("owner", "owners")
"""The keys of a task's row that say who does it."""


def changes(plan: SprintPlan, written: Sprint | None) -> tuple[Change, ...]:
    """Return the edits that make the written sprint say what the plan says; none where it was computed from the same.

    Args:
        plan: the finished answer.
        written: the sprint as it stands; None where it is new.
    """
    ref = Ref("sprint", plan.period.id)
    if written is None:
        return (Change(ref, new_sprint(plan), file=f"sprints/{plan.period.id}.yaml"),)
    goal = () if plan.goal in (None, written.goal) else (Change(ref.at("goal"), plan.goal),)
    if is_current(plan, written):
        return goal
    return (*goal, *_differences(ref, _stands(written), _wanted(plan, written)))


def new_sprint(plan: SprintPlan) -> Body:
    """Return the whole body of a sprint that is written for the first time."""
    body: Body = {"start": str(plan.period.start), "end": str(plan.period.end)}
    if plan.goal is not None:
        body["goal"] = plan.goal
    return {**body, "status": "planned", **_wanted(plan, None)}


# --- as it should stand ------------------------------------------------------------------------------------------


def _wanted(plan: SprintPlan, written: Sprint | None) -> Body:
    rows = written.tactics if written is not None else {}
    parked = written.parked if written is not None else {}
    is_running = written is not None and written.status == "active"
    added = "added" if is_running else "committed"
    body: Body = {"plan": _stamp(plan)}
    sections: dict[str, Body] = {
        "capacity": {load.member: hours_text(load.plannable) for load in plan.members if load.plannable},
        "recurring": _recurring(plan),
        "tactics": {
            **{entry.tactic: _placed(entry, rows.get(entry.tactic), added) for entry in plan.placed},
            **dict(_taken_out(plan, rows, is_running=is_running)),
        },
        "parked": {entry.tactic: _parked(plan, entry, parked.get(entry.tactic)) for entry in plan.parked},
    }
    body.update((name, section) for name, section in sections.items() if section)
    return body


def _stamp(plan: SprintPlan) -> Body:
    stamp: Body = {
        "of": plan.digest,
        "on": str(plan.today),
        "engine": ENGINE,
        "value": _decimal(Decimal(plan.value) / THOUSANDTHS),
        "bound": _decimal(Decimal(plan.bound) / THOUSANDTHS),
        "proven": "true" if plan.proven else "false",
    }
    return stamp if plan.policy == "value" else {**stamp, "policy": plan.policy}


def _recurring(plan: SprintPlan) -> Body:
    loads: dict[str, Body] = {tactic: {} for load in plan.members for tactic, _ in load.recurring}
    for load in plan.members:
        for tactic, minutes in load.recurring:
            loads[tactic][load.member] = hours_text(minutes)
    return dict(sorted(loads.items()))


def _placed(entry: PlacedTactic, row: SprintTactic | None, added: str) -> Body:
    rows = row.tasks if row is not None else {}
    known = dict(entry.estimates)
    begun: Body = {name: _task_as_it_stands(task) for name, task in rows.items() if has_begun(task)}
    origin = row.origin if row is not None else "carried" if entry.is_carried else added
    planned: Body = {name: _task(own, rows.get(name), known.get(name)) for name, own in entry.parts.items()}
    return {"origin": origin, "tasks": {**begun, **planned}}


def _task(parts: Sequence[PlacedTask], row: SprintTask | None, estimate: int | None) -> Body:
    """Return a task's row. Of one that has begun, only its last day and who goes on with it are planned anew."""
    minutes = {part.owner: part.minutes for part in parts}
    due = str(max(part.due for part in parts))
    if row is None or not has_begun(row):
        start = str(min(part.start for part in parts))
        planned = hours_text(sum(minutes.values()))
        return {**_people(minutes), "hours": planned, **_estimate(estimate), "start": start, "due": due}
    stands = _task_as_it_stands(row)
    if row.people.keys() != minutes.keys():
        stands = {key: value for key, value in stands.items() if key not in PEOPLE} | _people(minutes)
    return {**stands, "due": due}


def _taken_out(plan: SprintPlan, rows: Mapping[str, SprintTactic], *, is_running: bool) -> Iterator[tuple[str, Data]]:
    """Yield the rows that stay although their tactic is not placed: what is finished, begun, or let go."""
    placed = {entry.tactic for entry in plan.placed}
    finished = {entry.tactic for entry in plan.left_out if entry.why == "done"}
    let_go = {entry.tactic for entry in plan.left_out if entry.why == "dropped"}
    for name, row in rows.items():
        stands = _tactic_as_it_stands(row)
        if name in placed:
            continue
        if name in finished or row.dropped is not None:
            yield name, stands
        elif is_running or name in let_go or any(has_begun(task) for task in row.tasks.values()):
            yield name, {**stands, "dropped": str(plan.today)}


def _parked(plan: SprintPlan, entry: ParkedTactic, row: WrittenParked | None) -> Body:
    review = row.review if row is not None and row.review is not None else plan.last_workday
    since = row.since if row is not None and row.since is not None else entry.since
    amounts = {short.of: _short(short) for short in entry.reason.short}
    return {
        "reason": entry.reason.code,
        **({"short": dict(amounts)} if amounts else {}),
        "review": str(review),
        "since": str(since),
    }


def _short(short: Short) -> str:
    return hours_text(short.at_least) if short.kind == "hours" else _number(Decimal(short.at_least) / CENTS)


# --- as it stands ------------------------------------------------------------------------------------------------


def _stands(written: Sprint) -> Body:
    """Return what planning owns in the written sprint, in the notation it would write itself."""
    stamp = written.plan
    sections: dict[str, Body] = {
        "plan": _stamp_as_it_stands(stamp) if stamp is not None else {},
        "capacity": {name: hours_text(minutes) for name, minutes in written.capacity.items()},
        "recurring": {
            tactic: {name: hours_text(minutes) for name, minutes in loads.items()}
            for tactic, loads in written.recurring.items()
        },
        "tactics": {name: _tactic_as_it_stands(row) for name, row in written.tactics.items()},
        "parked": {name: _parked_as_it_stands(row) for name, row in written.parked.items()},
    }
    return {name: section for name, section in sections.items() if section}


def _stamp_as_it_stands(stamp: PlanStamp) -> Body:
    figures: Body = {"value": _decimal(stamp.value), "bound": _decimal(stamp.bound)}
    proven = "true" if stamp.proven else "false"
    policy: Body = {"policy": stamp.policy} if "policy" in stamp.model_fields_set else {}
    return {"of": stamp.of, "on": str(stamp.on), "engine": stamp.engine, **figures, "proven": proven, **policy}


def _tactic_as_it_stands(row: SprintTactic) -> Body:
    dropped: Body = {"dropped": str(row.dropped)} if row.dropped is not None else {}
    return {
        "origin": row.origin,
        **dropped,
        "tasks": {name: _task_as_it_stands(task) for name, task in row.tasks.items()},
    }


def _task_as_it_stands(task: SprintTask) -> Body:
    days = {"start": task.start, "due": task.due}
    given: Body = {key: str(day) for key, day in days.items() if day is not None}
    people: Body = {"owner": task.owner} if task.owner is not None else {}
    if task.owners:
        people = {"owners": {name: hours_text(minutes) for name, minutes in task.owners.items()}}
    return {**people, "hours": hours_text(task.hours), **_estimate(task.estimate), **given}


def _estimate(minutes: int | None) -> Body:
    return {"estimate": hours_text(minutes)} if minutes is not None else {}


def _parked_as_it_stands(row: WrittenParked) -> Body:
    days = {"review": row.review, "since": row.since}
    short: Body = {"short": {of: _number(amount) for of, amount in row.short.items()}} if row.short else {}
    return {"reason": row.reason, **short, **{key: str(day) for key, day in days.items() if day is not None}}


# --- notation ----------------------------------------------------------------------------------------------------


def hours_text(minutes: int) -> str:
    """Return minutes as decimal hours, such as 12 or 1.5; two decimals are enough to tell each minute."""
    return _number(Decimal(minutes) / MINUTES_PER_HOUR)


def _number(number: Decimal) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _decimal(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _people(minutes: Mapping[str, int]) -> Body:
    if len(minutes) == 1:
        return {"owner": next(iter(minutes))}
    return {"owners": {name: hours_text(own) for name, own in minutes.items()}}


# --- the difference ----------------------------------------------------------------------------------------------


def _differences(ref: Ref, stands: Body, wanted: Body) -> Iterator[Change]:
    for key in dict.fromkeys((*wanted, *stands)):
        old, new = stands.get(key), wanted.get(key)
        if isinstance(old, dict) and isinstance(new, dict):
            yield from _differences(ref.at(key), old, new)
        elif old != new:
            yield Change(ref.at(key), new)
