"""Which minutes of each member's days written sprints have booked. Where sprints overlap, each minute is used once.

Tasks are laid out day by day, the one that is due first before the others, within their written days. That finds room
for all of them wherever there is room (earliest due date first, with tasks that may be interrupted; Horn 1974).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.capacity import Step, team_capacity
from revplan.analysis.periods import Period, of_sprint
from revplan.analysis.recurring import standing_loads
from revplan.analysis.workload import (
    assignments,
    open_sprints,
    released_ahead,
    remaining_by_member,
    split_minutes,
    unfinished_assignments,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from revplan.analysis.capacity import Capacity
    from revplan.analysis.workload import Assignment
    from revplan.model.context import Context
    from revplan.model.sprints import Sprint

STEP = "other sprints"
"""The step from gross to plannable that other open sprints' hours are."""


class Booking(NamedTuple):
    """A member's part of a task in a sprint: its days and its minutes."""

    due: date
    start: date
    minutes: int
    sprint: Sprint
    task: Assignment


class Overbooked(NamedTuple):
    """A member whose days hold fewer minutes than overlapping sprints have booked on them.

    Attributes:
        short: minutes that find no room.
        booking: the part of a task that finds none, in the later sprint.
    """

    member: str
    short: int
    booking: Booking


def booked_minutes(context: Context, sprint: Sprint, passed_over: Collection[str] = ()) -> dict[str, dict[date, int]]:
    """Return the minutes that an open sprint's unfinished tasks take from today on, by member and day.

    Args:
        context: the plan and the day.
        sprint: the sprint.
        passed_over: tactics that do not count.
    """
    period, since = of_sprint(sprint), max(sprint.start, context.today)
    capacity = team_capacity(context.plan, period, since, released_ahead(context.plan, period, since))
    loads = standing_loads(context.plan, period, since, capacity)
    found = {}
    for member, bookings in _rest(sprint, passed_over).items():
        if member in capacity:
            by_day = zip(period.days, capacity[member].minutes, loads[member].taken, strict=True)
            free = {day: own - taken for day, own, taken in by_day if day >= since}
            found[member] = lay_out(bookings, free, sprint.end)[0]
    return found


def planned_days(context: Context, sprint: Sprint) -> dict[str, dict[date, int]]:
    """Return the minutes that a written sprint plans by member and day: of all its tasks, and of recurring work.

    No day holds more than is plannable as long as the tasks find room within their written days. What finds none lies
    on the last of these. From today on, a sprint under way has what is left of its tasks: what was worked otherwise
    than planned makes no day ahead fuller.
    """
    period = of_sprint(sprint)
    capacity = team_capacity(context.plan, period, period.start)
    loads = standing_loads(context.plan, period, period.start, capacity)
    planned, found = _whole_parts(sprint), {}
    for member, own in capacity.items():
        standing = sum(by_member.get(member, 0) for by_member in sprint.recurring.values())
        taken = loads[member].taken if sum(loads[member].taken) <= standing else (0,) * period.length
        days = dict(zip(period.days, taken, strict=True))
        free = {day: all_of - days[day] for day, all_of in zip(period.days, own.minutes, strict=True)}
        by_day, homeless = lay_out(planned.get(member, ()), free, sprint.end)
        for day, minutes in by_day.items():
            days[day] += minutes
        for booking, minutes in homeless:
            days[max(booking.due, sprint.start)] += minutes
        days[sprint.end] += standing - sum(taken)
        found[member] = days
    for member, ahead in (_days_ahead(context, sprint) if is_under_way(context, sprint) else {}).items():
        found[member] |= ahead
    return found


def plannable_days(context: Context, sprint: Sprint) -> dict[str, tuple[int, ...]]:
    """Return the plannable minutes by member on each day of a sprint, as `planned_days` fills them."""
    period = of_sprint(sprint)
    days = {name: own.minutes for name, own in team_capacity(context.plan, period, period.start).items()}
    if not is_under_way(context, sprint):
        return days
    since, over = context.today, (context.today - sprint.start).days
    ahead = team_capacity(context.plan, period, since, released_ahead(context.plan, period, since))
    return {name: (*minutes[:over], *ahead[name].minutes[over:]) for name, minutes in days.items()}


def is_under_way(context: Context, sprint: Sprint) -> bool:
    """Tell whether a sprint is active, and some of its days are over."""
    return sprint.status == "active" and sprint.start < context.today <= sprint.end


def _days_ahead(context: Context, sprint: Sprint) -> dict[str, dict[date, int]]:
    """Return the minutes by member and day from today on: of what is left of the sprint's tasks, and of standing loads.

    What finds no room within its written days lies on the last of these, or today.
    """
    period, since = of_sprint(sprint), context.today
    capacity = team_capacity(context.plan, period, since, released_ahead(context.plan, period, since))
    loads, rest = standing_loads(context.plan, period, since, capacity), _rest(sprint)
    found = {}
    for member, own in capacity.items():
        taken = zip(period.days, loads[member].taken, own.minutes, strict=True)
        there = {day: (minutes, whole - minutes) for day, minutes, whole in taken if day >= since}
        by_day, homeless = lay_out(rest.get(member, ()), {day: free for day, (_, free) in there.items()}, sprint.end)
        days = {day: minutes + by_day[day] for day, (minutes, _) in there.items()}
        for booking, minutes in homeless:
            days[min(sprint.end, max(booking.due, since))] += minutes
        found[member] = days
    return found


def subtract_bookings(context: Context, period: Period, capacity: Mapping[str, Capacity]) -> dict[str, Capacity]:
    """Return capacities in a period less the minutes that other open sprints have booked on the same days."""
    taken: dict[str, dict[date, int]] = {}
    for sprint in open_sprints(context):
        if sprint.id != period.id and sprint.start <= period.end and sprint.end >= period.start:
            for member, days in booked_minutes(context, sprint).items():
                own = taken.setdefault(member, {})
                for day, minutes in days.items():
                    own[day] = own.get(day, 0) + minutes
    return {name: _less(own, period, taken.get(name, {})) for name, own in capacity.items()}


def find_overbookings(context: Context) -> Iterator[Overbooked]:
    """Yield the members to whom open sprints that overlap give more than their days hold, by all their days."""
    sprints = open_sprints(context)
    for number, later in enumerate(sprints):
        beside = [sprint for sprint in sprints[:number] if sprint.end >= later.start]
        if beside:
            yield from _find_overbookings(context, later, beside)


def lay_out(
    bookings: Sequence[Booking], free: Mapping[date, int], end: date
) -> tuple[dict[date, int], list[tuple[Booking, int]]]:
    """Lay tasks out on days, the earliest due date first.

    Args:
        bookings: the parts of tasks.
        free: minutes by day, in order; a task that was due before the first of them may take days up to `end`.
        end: the last day for what is late.

    Returns:
        The minutes that are taken by day, and the parts of tasks that found no room with the minutes that are left.
    """
    by_due = sorted(bookings, key=lambda one: (one.due, one.start, str(one.task)))
    left = [one.minutes for one in by_due]
    first = next(iter(free), end)
    taken: dict[date, int] = {}
    for day, minutes in free.items():
        room = minutes
        for number, one in enumerate(by_due):
            last = one.due if one.due >= first else end
            if one.start <= day <= last:
                part = min(room, left[number])
                left[number] -= part
                room -= part
        taken[day] = minutes - room
    return taken, [(one, rest) for one, rest in zip(by_due, left, strict=True) if rest]


def _rest(sprint: Sprint, passed_over: Collection[str] = ()) -> dict[str, list[Booking]]:
    """Return what each member still has to do of the sprint's tasks."""
    rows = (one for one in unfinished_assignments(sprint) if one.tactic not in passed_over)
    return _by_member(sprint, ((one, remaining_by_member(one.row, sprint.end)) for one in rows))


def _whole_parts(sprint: Sprint) -> dict[str, list[Booking]]:
    """Return what the sprint plans for each member, done or not."""
    return _by_member(sprint, ((one, split_minutes(one.row, one.row.own_minutes)) for one in assignments(sprint)))


def _by_member(sprint: Sprint, parts: Iterable[tuple[Assignment, Mapping[str, int]]]) -> dict[str, list[Booking]]:
    found: dict[str, list[Booking]] = {}
    for one, by_member in parts:
        for member, minutes in by_member.items():
            start, due = one.row.own_days(member)
            last = min(due or sprint.end, sprint.end)
            booking = Booking(last, min(start or sprint.start, last), minutes, sprint, one)
            found.setdefault(member, []).append(booking)
    return found


def _less(own: Capacity, period: Period, taken: Mapping[date, int]) -> Capacity:
    days = zip(period.days, own.minutes, strict=True)
    minutes = tuple(max(0, minutes - taken.get(day, 0)) for day, minutes in days)
    gone = sum(own.minutes) - sum(minutes)
    return own._replace(minutes=minutes, steps=(*own.steps, Step(STEP, -gone))) if gone else own


def _find_overbookings(context: Context, later: Sprint, beside: Sequence[Sprint]) -> Iterator[Overbooked]:
    together = [later, *beside]
    start, end = min(one.start for one in together), max(one.end for one in together)
    capacity = team_capacity(context.plan, Period(later.id, start, end), start)
    parts = [_rest(sprint) for sprint in together]
    for member in sorted(parts[0]):
        bookings = [one for by_member in parts for one in by_member.get(member, ())]
        if member not in capacity or len({one.sprint.id for one in bookings}) == 1:
            continue
        days = Period(later.id, start, end).days
        rest = lay_out(bookings, dict(zip(days, capacity[member].minutes, strict=True)), end)[1]
        if rest:
            own = [one for one, _ in rest if one.sprint is later] or parts[0][member]
            yield Overbooked(member, sum(minutes for _, minutes in rest), own[0])
