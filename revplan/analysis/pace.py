"""A running sprint against its own dates: what is done, what should be, and who has more left than hours for it.

Progress is counted in minutes of planned work. What should be done by now is, of every task, the part of its owners'
plannable minutes between its first and last day that has gone by; today still counts as ahead.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.capacity import reserve, team_capacity
from revplan.analysis.periods import Period
from revplan.analysis.progress import done_tasks, has_begun, minutes_left
from revplan.analysis.recurring import standing_loads
from revplan.analysis.scoring import value
from revplan.analysis.workload import (
    Assignment,
    assignments,
    by_day,
    by_member,
    minutes_by_member,
    released_ahead,
    rest_in_sprint,
    split_minutes,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from revplan.analysis.capacity import Capacity, Reserve
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint, SprintTask


class TaskPace(NamedTuple):
    """How far a task is, in minutes.

    Attributes:
        at: the task as the sprint has it.
        planned: its minutes that this sprint counts: not those that go on in the next.
        earned: of its planned minutes, those that are behind it: all when it is done, else the part of
            spent + left that is spent.
        expected: of its planned minutes, those that its dates ask for by now.
        left: still to do in this sprint.
        rest: the same by member.
        is_late: it is not done, and its last day has passed.
    """

    at: Assignment
    planned: int
    earned: int
    expected: int
    left: int
    rest: Mapping[str, int]
    is_late: bool

    @property
    def over(self) -> int:
        """Minutes beyond the plan: what is spent and left, less what was planned; none where it takes less."""
        return max(0, (self.at.row.spent or 0) + self.left - self.planned)


class MemberPace(NamedTuple):
    """How far a member is with their part of the sprint, in minutes.

    Attributes:
        free: plannable from today to the sprint's end, less standing loads.
    """

    member: str
    planned: int
    earned: int
    expected: int
    spent: int
    left: int
    free: int

    @property
    def over(self) -> int:
        """Minutes left to do beyond those there are for it."""
        return max(0, self.left - self.free)


class Pace(NamedTuple):
    """How far a sprint is.

    Attributes:
        tasks: of tactics that were not dropped, in the order of their days.
        members: who has a part in it, by id.
    """

    tasks: tuple[TaskPace, ...]
    members: tuple[MemberPace, ...]

    @property
    def ahead(self) -> int:
        """Minutes of planned work done, less those that the dates expect by now; negative where it is behind."""
        return sum(task.earned - task.expected for task in self.tasks)


def pace(context: Context, sprint: Sprint) -> Pace:
    """Return how far a sprint is on the context's day."""
    period = Period(sprint.id, sprint.start, sprint.end)
    capacity = team_capacity(context.plan, period, period.start)
    passed = max(0, min((context.today - period.start).days, period.length))
    paces = [_task(one, sprint, capacity, passed) for one in assignments(sprint)]
    tasks = tuple(sorted(paces, key=lambda task: by_day(sprint, task.at)))
    return Pace(tasks, _members(context, period, tasks))


class ValueDay(NamedTuple):
    """When a sprint has the value of a tactic.

    Attributes:
        value: in thousandths of a score point.
        due: the day on which the last of its tasks is to end.
        done: the day on which the last of them was done; None while one is not.
    """

    tactic: str
    value: int
    due: date
    done: date | None


def value_days(context: Context, sprint: Sprint) -> tuple[ValueDay, ...]:
    """Return when the sprint has the value of each tactic that it finishes: value comes with the last task.

    A tactic that goes on after the sprint, was dropped from it, or has tasks that neither this sprint nor another has
    done, brings nothing in it. A task done on a day that nobody wrote down counts on its last day, and today at the
    latest.
    """
    plan, done = context.plan, done_tasks(context.plan)
    found = []
    for name, body in sprint.tactics.items():
        rows = [row for row in body.tasks.values() if row.dropped is None]
        known = plan.tactics.get(name)
        if known is None or body.dropped is not None or not rows or any(row.continuing for row in rows):
            continue
        if known.tasks.keys() - body.tasks.keys() - done.get(name, set()):
            continue
        due = max(row.due or sprint.end for row in rows)
        is_done = all(row.status == "done" for row in rows)
        days = [row.done or min(context.today, row.due or sprint.end) for row in rows] if is_done else []
        found.append(ValueDay(name, value(plan, known, context.today), due, max(days, default=None)))
    return tuple(sorted(found, key=lambda one: (one.due, one.tactic)))


def half_value_day(days: Sequence[ValueDay]) -> date | None:
    """Return the first day by which half of the value is due; None where there is no value."""
    whole, reached = sum(one.value for one in days), 0
    for one in sorted(days, key=lambda one: one.due):
        reached += one.value
        if 2 * reached >= whole > 0:
            return one.due
    return None


def reserve_of_sprint(plan: Plan, sprint: Sprint) -> Reserve:
    """Return a written sprint's reserve, and what its planned and recurring work leaves of it."""
    taken: Counter[str] = Counter()
    for people in sprint.recurring.values():
        taken.update(people)
    for one in assignments(sprint):
        taken.update(split_minutes(one.row, one.row.own_minutes))
    return reserve(plan, Period(sprint.id, sprint.start, sprint.end), sprint.start, taken)


def free_minutes(context: Context, period: Period) -> dict[str, int]:
    """Return everybody's plannable minutes from today to the period's end, less standing loads."""
    since = max(period.start, context.today)
    capacity = team_capacity(context.plan, period, since, released_ahead(context.plan, period, since))
    loads = standing_loads(context.plan, period, since, capacity)
    return {name: max(0, own.plannable - loads[name].minutes) for name, own in capacity.items()}


def _task(one: Assignment, sprint: Sprint, capacity: Mapping[str, Capacity], passed: int) -> TaskPace:
    row = one.row
    planned, left = row.own_minutes, max(0, minutes_left(row) - row.continuing)
    spent = row.spent or 0
    first = max(0, ((row.start or sprint.start) - sprint.start).days)
    last = max(first, ((row.due or sprint.end) - sprint.start).days)
    days = range(first, max(first, min(last, (sprint.end - sprint.start).days)) + 1)
    expected = sum(_minutes_asked(capacity.get(member), own, days, passed) for member, own in _parts(row))
    return TaskPace(
        at=one,
        planned=planned,
        earned=planned if row.status == "done" else _part_done(planned, spent, left),
        expected=expected,
        left=left,
        rest=rest_in_sprint(row, sprint.end),
        is_late=row.status != "done" and passed > last,
    )


def _parts(row: SprintTask) -> Sequence[tuple[str, int]]:
    return tuple(split_minutes(row, row.own_minutes).items()) or (("", row.own_minutes),)


def _part_done(planned: int, spent: int, left: int) -> int:
    return planned * spent // (spent + left) if spent + left else 0


def _minutes_asked(capacity: Capacity | None, minutes: int, days: range, passed: int) -> int:
    """Return the part of a member's minutes of a task that their days so far ask for, rounded down."""
    if passed > days[-1]:
        return minutes
    by_day = {day: capacity.minutes[day] for day in days if day < len(capacity.minutes)} if capacity else {}
    whole = sum(by_day.values())
    return minutes * sum(own for day, own in by_day.items() if day < passed) // whole if whole else 0


def _members(context: Context, period: Period, tasks: Sequence[TaskPace]) -> tuple[MemberPace, ...]:
    free = free_minutes(context, period)
    by_name = by_member(tasks, lambda task: task.at.row.people)
    return tuple(_member(name, own, free.get(name, 0)) for name, own in by_name.items())


def _member(name: str, tasks: Sequence[TaskPace], free: int) -> MemberPace:
    def own(task: TaskPace, minutes: int) -> int:
        return split_minutes(task.at.row, minutes).get(name, 0)

    return MemberPace(
        member=name,
        planned=sum(own(task, task.planned) for task in tasks),
        earned=sum(_minutes_earned(task, name) for task in tasks),
        expected=sum(own(task, task.expected) for task in tasks),
        spent=sum(minutes_by_member(task.at.row).get(name, 0) for task in tasks),
        left=sum(task.rest.get(name, 0) for task in tasks),
        free=free,
    )


def _minutes_earned(task: TaskPace, member: str) -> int:
    """Return a member's part of what is done of a task: of their own part, where a log tells what each has worked."""
    row = task.at.row
    if len(row.people) == 1 or not row.log or row.status == "done":
        return split_minutes(row, task.earned).get(member, 0)
    left = task.rest.get(member, 0)
    return _part_done(split_minutes(row, task.planned).get(member, 0), minutes_by_member(row).get(member, 0), left)


def is_started(task: TaskPace) -> bool:
    """Tell whether a task is under way: begun, and not done."""
    return has_begun(task.at.row) and task.at.row.status != "done"
