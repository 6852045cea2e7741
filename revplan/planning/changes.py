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
from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.model.money import CENTS_PER_UNIT
from revplan.planning.explain.claims import TierLack
from revplan.planning.moves import parts_of
from revplan.planning.problem import ENGINE, TIERS
from revplan.wording import hours_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from revplan.model.change import Data
    from revplan.model.sprints import ParkedTactic as WrittenParked
    from revplan.model.sprints import PlanStamp, Sprint, SprintTactic, SprintTask
    from revplan.planning.answer import ParkedCandidate, PlacedTactic, PlacedTask, SprintPlan
    from revplan.planning.explain.claims import Short

    Body = dict[str, Data]

PEOPLE = ("owner", "owners")
"""The keys of a task's row that say who does it."""
DAYS_TO_COME = ("days", "continues", "continues_since")
"""The keys of a begun task's row that are planned anew."""


def changes(plan: SprintPlan, written: Sprint | None) -> tuple[Change, ...]:
    """Return the edits that make the written sprint say what the plan says; none where it does.

    Args:
        plan: the finished answer.
        written: the sprint as it stands; None where it is new.
    """
    ref = Ref("sprint", plan.period.id)
    if written is None:
        return (Change(ref, new_sprint(plan), file=f"sprints/{plan.period.id}.yaml"),)
    told = tuple(_wishes(ref, plan, written))
    found = tuple(_differences(ref, _stands(written), _new_body(plan, written)))
    stamp = written.plan
    if stamp is not None and stamp.fits(plan.digest, plan.policy) and all(each.ref.keys[0] == "plan" for each in found):
        return told  # the day on which it was planned is that on which it was planned first
    return (*told, *found)


def _wishes(ref: Ref, plan: SprintPlan, written: Sprint) -> Iterator[Change]:
    """Yield the edits to what the user asks of the sprint: its goal, its reserve, what is pinned and what set aside."""
    if plan.goal not in (None, written.goal):
        yield Change(ref.at("goal"), plan.goal)
    if plan.reserve is not None and plan.reserve.is_used != written.use_reserve:
        yield Change(ref.at("use_reserve"), "true" if plan.reserve.is_used else None)
    for key, now, before in (("pins", plan.pins, written.pins), ("aside", plan.aside, written.aside)):
        if now != before:
            yield Change(ref.at(key), [*now] or None)


def new_sprint(plan: SprintPlan) -> Body:
    """Return the whole body of a sprint that is written for the first time."""
    body: Body = {"start": str(plan.period.start), "end": str(plan.period.end)}
    if plan.goal is not None:
        body["goal"] = plan.goal
    reserve: Body = {"use_reserve": "true"} if plan.reserve is not None and plan.reserve.is_used else {}
    chosen: Body = {key: [*names] for key, names in (("pins", plan.pins), ("aside", plan.aside)) if names}
    return {**body, "status": "planned", **_new_body(plan, None), **reserve, **chosen}


# --- as it should stand ------------------------------------------------------------------------------------------


def _new_body(plan: SprintPlan, written: Sprint | None) -> Body:
    rows = written.tactics if written is not None else {}
    parked = written.parked if written is not None else {}
    since = plan.today if written is not None and is_promised(written, plan.today) else None
    body: Body = {"plan": _stamp(plan)}
    sections: dict[str, Body] = {
        "capacity": {one.member: hours_text(one.whole_plannable) for one in plan.members if one.whole_plannable},
        "recurring": _recurring(plan, written),
        "tactics": {
            **{entry.tactic: _tactic_row(entry, rows.get(entry.tactic), since, plan.today) for entry in plan.placed},
            **dict(_rows_that_stay(plan, rows, is_running=since is not None)),
        },
        "parked": {entry.tactic: _parked_row(plan, entry, parked.get(entry.tactic)) for entry in plan.parked},
    }
    body.update((name, section) for name, section in sections.items() if section)
    return body


def _stamp(plan: SprintPlan) -> Body:
    stamp: Body = {
        "of": plan.digest,
        "on": str(plan.today),
        "engine": ENGINE,
        "value": _decimal(Decimal(plan.value) / THOUSANDTHS),
        **_tiers(plan),
        "bound": _decimal(Decimal(plan.bound) / THOUSANDTHS),
        "proven": "true" if plan.proven else "false",
        **_tier_gap(plan),
    }
    return stamp if plan.policy == "value" else {**stamp, "policy": plan.policy}


def _tiers(plan: SprintPlan) -> Body:
    """Return what the placed tactics of each tier are worth; nothing where nothing is worth anything."""
    sums = {tier: sum(entry.value for entry in plan.placed if entry.tier == tier) for tier in TIERS}
    return _worths("tiers", ((tier, Decimal(value) / THOUSANDTHS) for tier, value in sums.items() if value))


def _tier_gap(plan: SprintPlan) -> Body:
    """Return what may be missing in the first tier that is not proven best; nothing where the search was cut short."""
    if plan.proven or not plan.is_reproducible or plan.policy != "value":
        return {}
    gap = plan.tier_gap or TierLack("nice", plan.bound - plan.value)
    return _worths("tier_gap", [(gap.tier, Decimal(gap.value) / THOUSANDTHS)])


def _recurring(plan: SprintPlan, written: Sprint | None) -> Body:
    """Return the hours of recurring tactics in the whole sprint; those of one that is over stay, if it has a log."""
    loads: dict[str, Body] = {tactic: {} for load in plan.members for tactic, _ in load.whole_recurring}
    for load in plan.members:
        for tactic, minutes in load.whole_recurring:
            loads[tactic][load.member] = hours_text(minutes)
    for tactic, own in written.recurring.items() if written is not None else ():
        if tactic not in loads and written is not None and tactic in written.recurring_log:
            loads[tactic] = {name: hours_text(minutes) for name, minutes in own.items()}
    return dict(sorted(loads.items()))


def is_promised(written: Sprint, today: date) -> bool:
    """Tell whether what the sprint holds is a commitment: from its start on, changes to it are recorded.

    A sprint that nobody has started is one from its first day on, but for the day on which it was planned last.
    """
    if written.status != "planned":
        return True
    return written.start <= today and written.plan is not None and written.plan.on < today


def _tactic_row(entry: PlacedTactic, row: SprintTactic | None, since: date | None, today: date) -> Body:
    """Return a tactic's row; `since` is the day of a change to what was committed, None before there is anything."""
    rows = row.tasks if row is not None else {}
    known = dict(entry.estimates)
    kept = {name: task for name, task in rows.items() if has_begun(task)}
    begun: Body = {name: _task_as_it_stands(task) for name, task in kept.items()}
    planned: Body = {
        name: _task(own, rows.get(name), known.get(name), since, today) for name, own in entry.parts.items()
    }
    gone = rows.keys() - kept.keys() - planned.keys() if since is not None else ()
    dropped: Body = {
        name: {**_task_as_it_stands(rows[name]), "dropped": str(rows[name].dropped or since)} for name in sorted(gone)
    }
    if row is not None and since is not None:
        planned = {name: _record_change(task, rows.get(name), since) for name, task in planned.items()}
    return {**_origin(entry, row, since), "tasks": {**begun, **dropped, **planned}}


def _origin(entry: PlacedTactic, row: SprintTactic | None, since: date | None) -> Body:
    if row is not None:
        return _origin_as_it_stands(row)
    origin: Body = {"origin": "carried" if entry.is_carried else "committed" if since is None else "added"}
    return origin if since is None else {**origin, "added": str(since)}


def _record_change(task: Data, row: SprintTask | None, since: date) -> Data:
    """Return a task's row with what its hours were before, where a replan changes them."""
    assert isinstance(task, dict)
    if row is None:
        return {**task, "was": {str(since): "0"}}
    if "continues" in task and not row.continues:
        task = {**task, "continues_since": str(since)}
    before = hours_text(row.minutes)
    if task["hours"] == before:
        return task
    was = task.get("was", {})
    assert isinstance(was, dict)
    return {**task, "was": {str(since): before, **was}}


def _task(
    parts: Sequence[PlacedTask], row: SprintTask | None, estimate: int | None, since: date | None, today: date
) -> Body:
    """Return a task's row. Of one that has begun, only its days to come and who goes on with it are planned anew."""
    minutes = {part.owner: part.minutes for part in parts}
    start, due = min(part.start for part in parts), max(part.due for part in parts)
    continues = _continues(sum(own.continues for own in parts), row.continues_since if row is not None else None)
    is_shared = len(parts) > 1 or (parts[0].people > 1 and row is not None and bool(row.owners))
    days = (_days({part.owner: (part.start, part.due) for part in parts}) if is_shared else {}) | continues
    if row is None or not has_begun(row):
        planned = hours_text(sum(minutes.values()))
        was = _was(row) if row is not None and since is not None else {}
        dates: Body = {"start": str(start), "due": str(due)}
        return {**_people(minutes), "hours": planned, **_estimate(estimate), **dates, **days, **was}
    stands = {key: value for key, value in _task_as_it_stands(row).items() if key not in DAYS_TO_COME}
    people = parts_of(row, minutes)
    if people != row.people:
        stands = {key: value for key, value in stands.items() if key not in PEOPLE} | _people(people)
    if row.start is not None and row.start >= today:
        stands["start"] = str(start)
    return {**stands, "due": str(due), **days}


def _continues(minutes: int | None, since: date | None) -> Body:
    """Return how much goes on in the next sprint, and since when that is known; nothing where nothing does."""
    if not minutes:
        return {}
    known: Body = {"continues_since": str(since)} if since is not None else {}
    return {"continues": hours_text(minutes), **known}


def _days(own: Mapping[str, tuple[date, date]]) -> Body:
    """Return the days of each of several owners."""
    return {"days": {name: str(first) if first == last else f"{first}..{last}" for name, (first, last) in own.items()}}


def _rows_that_stay(
    plan: SprintPlan, rows: Mapping[str, SprintTactic], *, is_running: bool
) -> Iterator[tuple[str, Data]]:
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


def _parked_row(plan: SprintPlan, entry: ParkedCandidate, row: WrittenParked | None) -> Body:
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
    return hours_text(short.at_least) if short.kind == "hours" else _number(Decimal(short.at_least) / CENTS_PER_UNIT)


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
        "parked": {name: _copy_parked(row) for name, row in written.parked.items()},
    }
    return {name: section for name, section in sections.items() if section}


def _stamp_as_it_stands(stamp: PlanStamp) -> Body:
    value, bound = _decimal(stamp.value), _decimal(stamp.bound)
    proven = "true" if stamp.proven else "false"
    tiers, gap = _worths("tiers", stamp.tiers.items()), _worths("tier_gap", stamp.tier_gap.items())
    policy: Body = {"policy": stamp.policy} if "policy" in stamp.model_fields_set else {}
    made: Body = {"of": stamp.of, "on": str(stamp.on), "engine": stamp.engine}
    return {**made, "value": value, **tiers, "bound": bound, "proven": proven, **gap, **policy}


def _worths(key: str, tiers: Iterable[tuple[str, Decimal]]) -> Body:
    """Return what some tiers are worth, or lack; nothing where it is none of them."""
    own: Body = {tier: _decimal(worth) for tier, worth in tiers}
    return {key: own} if own else {}


def _tactic_as_it_stands(row: SprintTactic) -> Body:
    dropped: Body = {"dropped": str(row.dropped)} if row.dropped is not None else {}
    return {
        **_origin_as_it_stands(row),
        **dropped,
        "tasks": {name: _task_as_it_stands(task) for name, task in row.tasks.items()},
    }


def _origin_as_it_stands(row: SprintTactic) -> Body:
    added: Body = {"added": str(row.added)} if row.added is not None else {}
    return {"origin": row.origin, **added}


def _task_as_it_stands(task: SprintTask) -> Body:
    days = {"start": task.start, "due": task.due}
    given: Body = {key: str(day) for key, day in days.items() if day is not None}
    people: Body = {"owner": task.owner} if task.owner is not None else {}
    if task.owners:
        people = {"owners": {name: hours_text(minutes) for name, minutes in task.owners.items()}}
    dropped: Body = {"dropped": str(task.dropped)} if task.dropped is not None else {}
    own = _days({name: (days.first, days.last) for name, days in task.days.items()}) if task.days else {}
    row: Body = {
        **people,
        "hours": hours_text(task.minutes),
        **_estimate(task.estimate),
        **given,
        **own,
        **_continues(task.continues, task.continues_since),
    }
    return {**row, **_was(task), **dropped}


def _was(task: SprintTask) -> Body:
    """Return what a task's hours were before it was re-estimated, by day."""
    return {"was": {str(day): hours_text(minutes) for day, minutes in task.was.items()}} if task.was else {}


def _estimate(minutes: int | None) -> Body:
    return {"estimate": hours_text(minutes)} if minutes is not None else {}


def _copy_parked(row: WrittenParked) -> Body:
    days = {"review": row.review, "since": row.since}
    short: Body = {"short": {of: _number(amount) for of, amount in row.short.items()}} if row.short else {}
    return {"reason": row.reason, **short, **{key: str(day) for key, day in days.items() if day is not None}}


# --- notation ----------------------------------------------------------------------------------------------------


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
