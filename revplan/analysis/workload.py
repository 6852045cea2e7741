"""What a written sprint asks of people, and what they have for it.

Besides: who waits for whom, and which closed sprints were edited.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from math import floor
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from revplan.analysis.capacity import capacity_of, part_of_reserve, released_parts, reserves
from revplan.analysis.periods import Period, in_order
from revplan.analysis.progress import is_open, minutes_left
from revplan.analysis.recurring import standing_loads
from revplan.model.calendar import work_calendar
from revplan.model.numbers import QUARTER_HOUR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pydantic.main import IncEx

    from revplan.model.base import Ref
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint, SprintTask
    from revplan.model.team import Member

Thing = TypeVar("Thing")


class Assignment(NamedTuple):
    """A task as a sprint has it."""

    tactic: str
    task: str
    row: SprintTask

    def __str__(self) -> str:
        return f"{self.tactic}/{self.task}"

    def place(self, sprint: Ref, *keys: str) -> Ref:
        """Return where it stands in its sprint."""
        return sprint.at("tactics", self.tactic, "tasks", self.task, *keys)


class FreeCapacity(NamedTuple):
    """A member's plannable minutes in a sprint, and the standing load that comes off them."""

    plannable: int
    recurring: int

    @property
    def free(self) -> int:
        """Minutes for the sprint's own tasks."""
        return max(0, self.plannable - self.recurring)


def open_sprints(context: Context) -> tuple[Sprint, ...]:
    """Return the written sprints that are neither closed nor over, in the order they start."""
    return tuple(sprint for sprint in in_order(context.plan) if is_open(sprint, context.today))


def assignments(sprint: Sprint) -> Iterator[Assignment]:
    """Yield the tasks that are in the sprint; those that were dropped, or their tactic, are left out."""
    for tactic, body in sprint.tactics.items():
        if body.dropped is None:
            for task, row in body.tasks.items():
                if row.dropped is not None:
                    continue
                yield Assignment(tactic, task, row)


def by_member(things: Iterable[Thing], people: Callable[[Thing], Iterable[str]]) -> dict[str, list[Thing]]:
    """Return what each member has a part in, in the order given; members by id.

    Args:
        things: tasks, or whatever else people have a part in.
        people: the ids of those who have a part in one of them.
    """
    found: dict[str, list[Thing]] = {}
    for thing in things:
        for member in people(thing):
            found.setdefault(member, []).append(thing)
    return dict(sorted(found.items()))


def unfinished_assignments(sprint: Sprint) -> Iterator[Assignment]:
    """Yield the tasks that are in the sprint and not done."""
    return (one for one in assignments(sprint) if one.row.status != "done")


def rest_in_sprint(row: SprintTask, end: date) -> dict[str, int]:
    """Return the minutes that each of a task's people still has to do of it in its sprint.

    What goes on after the sprint comes off the parts of those whose days lie after its end, first of those who only
    begin there; off everybody's where nobody's do.

    Args:
        row: the task as the sprint has it.
        end: the sprint's last day.
    """
    rest = split_rest(row, minutes_left(row))
    going_on = min(row.continuing, sum(rest.values()))
    days = {name: row.own_days(name) for name in rest}
    later = {name: rest[name] for name, (first, _) in days.items() if first is not None and first > end}
    over = {name: rest[name] for name, (_, last) in days.items() if last is not None and last > end}
    for group in (later, over, rest):
        there = {name: rest[name] for name in group}
        taken = in_proportion(there, min(going_on, sum(there.values())))
        rest |= {name: rest[name] - minutes for name, minutes in taken.items()}
        going_on -= sum(taken.values())
    return rest


def remaining_by_member(row: SprintTask, end: date) -> dict[str, int]:
    """Return the minutes a task still takes of its people, and no more than was planned: done work takes none.

    What goes on in the next sprint is asked for there. So neither hours worked in the past nor a new judgement of what
    is left makes a plan wrong that was right: how a sprint is going is another question.
    """
    rest = rest_in_sprint(row, end)
    return rest if sum(rest.values()) <= row.minutes else dict.fromkeys(rest, 0) | in_proportion(rest, row.minutes)


def by_day(sprint: Sprint, one: Assignment) -> tuple[object, ...]:
    """Return what an assignment is sorted by: the day it is due, then the day it starts."""
    return one.row.due or sprint.end, one.row.start or sprint.start, one.tactic, one.task


def split_minutes(row: SprintTask, minutes: int) -> dict[str, int]:
    """Split minutes of a task among its people as its planned minutes are split, rounded down."""
    people = row.people
    total = sum(people.values())
    return {member: minutes * own // total for member, own in people.items()} if total else {}


def in_proportion(people: Mapping[str, int], minutes: int) -> dict[str, int]:
    """Split minutes among people as theirs are split, so that the parts add up to the minutes; sorted by member.

    Parts are whole quarters of an hour; what odd minutes there are stay in one of them. Equal parts stay equal where
    the minutes can be split so. Quarters and odd minutes go to whoever comes nearest to having them, which is the
    method of largest remainders (Hamilton).
    """
    own = {name: people[name] for name in sorted(people) if people[name]}
    whole = sum(own.values())
    if not own:
        return {}
    if len(set(own.values())) == 1 and minutes % len(own) == 0:
        return dict.fromkeys(own, minutes // len(own)) if minutes else {}
    parts = {name: minutes * each // (whole * QUARTER_HOUR) * QUARTER_HOUR for name, each in own.items()}
    nearest = sorted(own, key=lambda name: (parts[name] * whole - minutes * own[name], name))
    over = minutes - sum(parts.values())
    for place, name in enumerate(nearest):
        parts[name] += max(0, min(QUARTER_HOUR, over - place * QUARTER_HOUR))
    return {name: part for name, part in parts.items() if part}


def split_rest(row: SprintTask, minutes: int) -> dict[str, int]:
    """Split minutes that are left of a task among its people, as what is left of their parts is split.

    Parts of which nothing is worked stay as they are written, to the minute.
    """
    if not row.spent and minutes == sum(row.people.values()):
        return row.people
    return dict.fromkeys(row.people, 0) | in_proportion(rest_by_member(row), minutes)


def rest_by_member(row: SprintTask) -> dict[str, int]:
    """Return what is left of each person's part after the minutes that they worked; all parts where nothing is."""
    worked = minutes_by_member(row)
    left = {name: max(0, minutes - worked.get(name, 0)) for name, minutes in row.people.items()}
    return left if any(left.values()) else row.people


def people_still_at(row: SprintTask) -> tuple[str, ...]:
    """Return who still has something to do of a task that is not done: not those who have worked off their part."""
    return tuple(name for name, own in split_rest(row, minutes_left(row)).items() if own)


class LoggedWork(NamedTuple):
    """Minutes that somebody worked on a day.

    Attributes:
        on: the task as `tactic/task`; of recurring work the tactic.
    """

    day: date
    member: str
    on: str
    minutes: int


def work_log(sprint: Sprint) -> tuple[LoggedWork, ...]:
    """Return every entry in a sprint's logs, by day, member and task; recurring work and what was dropped too."""
    logs = [(name, log) for name, log in sprint.recurring_log.items()]
    logs += [(f"{name}/{task}", row.log) for name, body in sprint.tactics.items() for task, row in body.tasks.items()]
    return tuple(
        sorted(
            LoggedWork(day, member, on, minutes)
            for on, log in logs
            for day, by_member in log.items()
            for member, minutes in by_member.items()
        )
    )


def minutes_by_member(row: SprintTask) -> dict[str, int]:
    """Return the minutes each person has worked on a task: as logged, and what has no name as it was planned."""
    minutes = split_minutes(row, row.undated) if row.undated is not None else {}
    for member, own in minutes_by_name(row).items():
        minutes[member] = minutes.get(member, 0) + own
    return minutes


def minutes_by_name(row: SprintTask) -> dict[str, int]:
    """Return the minutes that the log of a task has of each person."""
    minutes: dict[str, int] = {}
    for by_member in row.log.values():
        for member, own in by_member.items():
            minutes[member] = minutes.get(member, 0) + own
    return minutes


def spent_minutes(sprint: Sprint) -> dict[str, int]:
    """Return the minutes each member has worked in a sprint, recurring ones and dropped ones too, sorted by member."""
    minutes: dict[str, int] = {}
    for body in sprint.tactics.values():
        for row in body.tasks.values():
            for member, own in (dict.fromkeys(row.people, 0) | minutes_by_member(row)).items():
                minutes[member] = minutes.get(member, 0) + own
    for log in sprint.recurring_log.values():
        for by_member in log.values():
            for member, own in by_member.items():
                minutes[member] = minutes.get(member, 0) + own
    return dict(sorted(minutes.items()))


def retainer_minutes(plan: Plan, member: Member, sprint: Sprint) -> int:
    """Return the minutes of a member's retainer that fall on a sprint's days under contract, rounded down."""
    if not member.is_retained:
        return 0
    first = max(sprint.start, member.from_ or sprint.start)
    last = min(sprint.end, member.until or sprint.end)
    days = Period(sprint.id, first, last).days
    pattern = work_calendar(plan.settings, member).pattern
    return floor(sum((pattern(day).day for day in days), Fraction(0)))


def rooms(plan: Plan, sprint: Sprint) -> dict[str, FreeCapacity]:
    """Return the free capacity of each member with a task in the sprint, by today's calendars."""
    period = Period(sprint.id, sprint.start, sprint.end)
    names = {member for one in assignments(sprint) for member in one.row.people if member in plan.team}
    capacity = capacity_of(plan, sorted(names), period, period.start)
    loads = standing_loads(plan, period, period.start, capacity)
    return {name: FreeCapacity(own.plannable, loads[name].minutes) for name, own in capacity.items()}


def released_ahead(plan: Plan, period: Period, since: date) -> dict[str, Fraction]:
    """Return which part of their reserve, 0 to 1, members may be planned with from a day on, by member.

    It is what the written sprint's unforeseen work takes of the whole reserve, or what is left of it of the reserve
    that is left, where that is more.
    """
    parts, left = released_parts(plan, period), dict[str, int]()
    sprint = plan.sprints.get(period.id)
    for one in unfinished_assignments(sprint) if sprint is not None and parts else ():
        known = plan.tactics.get(one.tactic)
        if known is not None and known.unforeseen:
            for name, minutes in split_rest(one.row, minutes_left(one.row)).items():
                left[name] = left.get(name, 0) + minutes
    ahead = part_of_reserve(left, reserves(plan, period, since)[1]) if left else {}
    return {name: max(part, ahead.get(name, part)) for name, part in (ahead | parts).items()}


class TaskOrder(NamedTuple):
    """The unfinished tasks of a sprint, and which of them follow which; see `task_order`.

    Attributes:
        plan: the plan.
        tasks: the tasks by tactic.
        places: the places of the tactics in the sprint.
        required_by: the tactics that require a tactic directly.
    """

    plan: Plan
    tasks: Mapping[str, Sequence[Assignment]]
    places: Mapping[str, int]
    required_by: Mapping[str, Sequence[str]]

    def waits_for(self, one: Assignment) -> tuple[Assignment, ...]:
        """Return the tasks that a task follows directly, in its tactic or one it requires."""
        tactic = self.plan.tactics.get(one.tactic)
        required = tactic.requires if tactic is not None else ()
        return tuple(other for other in self._of(one.tactic, *required) if _follows(self.plan, one, other))

    def followers_of(self, one: Assignment) -> tuple[Assignment, ...]:
        """Return the tasks that follow a task directly."""
        near = self._of(one.tactic, *self.required_by.get(one.tactic, ()))
        return tuple(other for other in near if _follows(self.plan, other, one))

    def _of(self, *tactics: str) -> Iterator[Assignment]:
        """Yield the tasks of some tactics, in the sprint's order."""
        for name in sorted({*tactics} & self.places.keys(), key=self.places.__getitem__):
            yield from self.tasks[name]


def task_order(plan: Plan, sprint: Sprint) -> TaskOrder:
    """Return the unfinished tasks of a sprint by what is needed to say which follow which."""
    tasks: dict[str, list[Assignment]] = {}
    for one in unfinished_assignments(sprint):
        tasks.setdefault(one.tactic, []).append(one)
    required_by: dict[str, list[str]] = {}
    for name in tasks:
        for required in plan.tactics[name].requires if name in plan.tactics else ():
            required_by.setdefault(required, []).append(name)
    return TaskOrder(plan, tasks, {name: place for place, name in enumerate(tasks)}, required_by)


def _follows(plan: Plan, later: Assignment, first: Assignment) -> bool:
    after, before = plan.tactics.get(later.tactic), plan.tactics.get(first.tactic)
    if after is None or before is None or later.task not in after.tasks:
        return False
    if later.tactic == first.tactic:
        return first.task in after.tasks[later.task].after
    opens = not after.tasks[later.task].after
    ends = not any(first.task in task.after for task in before.tasks.values())
    return first.tactic in after.requires and opens and ends


_EACH = "__all__"
_NOTES: IncEx = {"notes": True}
_TASKS: IncEx = {_EACH: _NOTES}
_TACTIC: IncEx = {"notes": True, "tasks": _TASKS}
_NO_PART_OF_IT: IncEx = {
    "closed": True,
    "notes": True,
    "plan": _NOTES,
    "tactics": {_EACH: _TACTIC},
    "parked": {_EACH: _NOTES},
}


def content_digest(sprint: Sprint) -> str:
    """Return `sha256:` and the digest of a sprint's values, without its seal (`closed`) and its notes.

    It is taken of the values, as JSON with sorted keys and without what is as it would be anyway (a task's status
    `planned`, say). So comments, the order of keys and ways of writing a value (`90m` or `1.5`) make no difference,
    and neither does a field that a later version adds.
    """
    import json  # noqa: PLC0415 - only sprints that are closed have a digest

    content = sprint.model_dump(by_alias=True, exclude_defaults=True, exclude=_NO_PART_OF_IT)
    text = json.dumps(
        _with_text_keys(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain
    )
    return f"sha256:{sha256(text.encode()).hexdigest()}"


def _with_text_keys(value: object) -> object:
    """Return plain data with every key as text: days are keys of logs."""
    if isinstance(value, dict):
        return {str(key): _with_text_keys(below) for key, below in value.items()}
    return value


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a sprint")
