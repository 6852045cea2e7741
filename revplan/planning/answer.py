"""The finished answer: everything a report or a written sprint says about a planned sprint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - part of the public signature, read by dataclass tools
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from revplan.analysis.pace import ValueDay, half_value_day

if TYPE_CHECKING:
    from revplan.analysis.calibration import Calibration
    from revplan.analysis.capacity import Reserve, Step
    from revplan.analysis.periods import Period
    from revplan.analysis.sprint_due import DueSprint
    from revplan.model.base import Month
    from revplan.planning.explain.claims import Bottleneck, LeftOut, Reason, Suggestion, TierLack

    Policy = Literal["value", "rank"]


@dataclass(frozen=True, slots=True)
class PlacedTask:
    """One owner's part of a placed task; a shared task has one for each owner.

    Attributes:
        minutes: this owner's work.
        start: first day of work.
        due: last day of work.
        days: (day, minutes) worked, in order.
        continues: the part of the minutes that lies after the sprint's end.
        people: how many members do the task at once, each their own part.
    """

    task: str
    skill: str
    owner: str
    minutes: int
    start: date
    due: date
    days: tuple[tuple[date, int], ...]
    continues: int = 0
    people: int = 1


@dataclass(frozen=True, slots=True)
class PlacedTactic:
    """A tactic in the sprint, with the work that is left in it.

    Attributes:
        rank: its place in the ranked backlog.
        value: in thousandths of a score point.
        cost: cash that the sprint pays, in cents.
        later: (month, cents) of instalments that sprints after it pay.
        is_carried: a sprint that is closed or over left it unfinished.
        is_pinned: the sprint says that it has to be in.
        tasks: in order of their days.
        estimates: (task, minutes) of the backlog, where the task's hours are by its skill's record.
    """

    tactic: str
    title: str
    tier: str
    function: str
    campaign: str | None
    objective: str | None
    rank: int
    value: int
    cost: int
    is_carried: bool
    is_pinned: bool
    tasks: tuple[PlacedTask, ...]
    estimates: tuple[tuple[str, int], ...] = ()
    later: tuple[tuple[Month, int], ...] = ()

    @property
    def minutes(self) -> int:
        """Its work in the sprint."""
        return sum(task.minutes - task.continues for task in self.tasks)

    @property
    def continues(self) -> int:
        """Its work that goes on after the sprint."""
        return sum(task.continues for task in self.tasks)

    @property
    def parts(self) -> dict[str, list[PlacedTask]]:
        """Its tasks, each with what everybody does of it."""
        parts: dict[str, list[PlacedTask]] = {}
        for part in self.tasks:
            parts.setdefault(part.task, []).append(part)
        return parts

    @property
    def places(self) -> dict[str, TaskPlace]:
        """Who does each of its tasks, and by when."""
        return {
            task: TaskPlace(tuple(sorted(part.owner for part in own)), max(part.due for part in own))
            for task, own in self.parts.items()
        }


@dataclass(frozen=True, slots=True)
class ParkedCandidate:
    """A tactic that is not in the sprint, and why.

    Attributes:
        value: in thousandths of a score point.
        minutes: the work that is left in it.
        reason: why, what is short, and what stands in the way.
        brings_in: the best change found that would bring it in; None where that is not worked out.
        since: the day since which sprint after sprint has parked it.
        is_carried: a sprint that is closed or over left it unfinished.
        is_pinned: the sprint says that it has to be in.
        spent: minutes worked on it so far; None where no work has begun.
    """

    tactic: str
    title: str
    tier: str
    rank: int
    value: int
    minutes: int
    reason: Reason
    brings_in: Suggestion | None
    since: date
    is_carried: bool
    is_pinned: bool
    spent: int | None = None


@dataclass(frozen=True, slots=True)
class DayLoad:
    """A member's day, in minutes: plannable in all, taken by recurring tactics, and given to placed ones."""

    day: date
    plannable: int
    recurring: int
    allocated: int


class ParkedTask(NamedTuple):
    """A task of a parked tactic, with the minutes of it."""

    tactic: str
    task: str
    minutes: int


@dataclass(frozen=True, slots=True)
class MemberLoad:
    """A member's sprint, in minutes.

    Attributes:
        gross: what their working pattern says.
        steps: what is taken off it until the plannable time is left.
        plannable: what planned and recurring work may take.
        recurring: (tactic, minutes) of standing loads.
        overload: standing loads beyond everything that is plannable.
        allocated: given to placed tactics.
        days: every calendar day of the sprint.
        could_take: tasks of parked tactics, each of which fits into the hours that are left by itself; none for
            members who have too few left to be worth a word.
        could_do_more: whether a task would fit likewise whose tactic is parked for want of something else than hours.
        whole_plannable: the plannable minutes of the whole sprint, where some of its days are over too.
        whole_recurring: (tactic, minutes) of standing loads in the whole sprint.
    """

    member: str
    name: str
    gross: int
    steps: tuple[Step, ...]
    plannable: int
    recurring: tuple[tuple[str, int], ...]
    overload: int
    allocated: int
    days: tuple[DayLoad, ...]
    could_take: tuple[ParkedTask, ...]
    could_do_more: bool
    whole_plannable: int
    whole_recurring: tuple[tuple[str, int], ...]

    @property
    def taken(self) -> int:
        """Minutes that standing loads take."""
        return sum(minutes for _, minutes in self.recurring)

    @property
    def for_tactics(self) -> int:
        """Minutes that tactics may take: plannable less standing loads."""
        return self.plannable - self.taken

    @property
    def left(self) -> int:
        """Minutes that tactics may take, and that none takes."""
        return max(0, self.for_tactics - self.allocated)


@dataclass(frozen=True, slots=True)
class SkillLoad:
    """A skill's sprint, in minutes.

    Attributes:
        supply: free minutes of all who hold it, each counted in full for each of their skills.
        demand: asked for by placed and parked tactics.
        allocated: given to placed tactics.
    """

    skill: str
    supply: int
    demand: int
    allocated: int


@dataclass(frozen=True, slots=True)
class TaskPlace:
    """Who does a task, and by when."""

    owners: tuple[str, ...]
    due: date | None


@dataclass(frozen=True, slots=True)
class MovedTask:
    """A task that is in the sprint before and after, in other hands or due on another day."""

    tactic: str
    task: str
    before: TaskPlace
    after: TaskPlace


@dataclass(frozen=True, slots=True)
class SprintMoves:
    """How a plan differs from the written sprint; nothing where the sprint is new.

    Attributes:
        moved: tasks, in the plan's order.
        came_in: tactics that were not in the sprint.
        went_out: tactics that were.
    """

    moved: tuple[MovedTask, ...] = ()
    came_in: tuple[str, ...] = ()
    went_out: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.moved or self.came_in or self.went_out)


NOTHING_MOVED = SprintMoves()


@dataclass(frozen=True, slots=True)
class SprintPlan:
    """A planned sprint.

    Attributes:
        period: its days.
        policy: value (the best plan) or rank (down the ranked list).
        today: the day it was planned.
        is_today_pinned: whether the plan pins that day.
        digest: of what it was computed from.
        goal: what the sprint is to achieve, in a sentence.
        value: of the placed tactics, in thousandths of a score point.
        bound: no plan with as much in every tier down to the first that is not proven best is worth more.
        ranked_value: what working down the ranked list would give; None where that was not worked out.
        ranked_lack: what the best plan has more than the ranked list in a tier, where it is worth no more in all.
        proven: whether no plan is worth more.
        tier_gap: what another plan may have more in musts, or else in shoulds; None where both are proven best.
        method: how it was reached.
        is_reproducible: whether the same plan and day give the same answer; not where the search was cut short.
        placed: in order of rank.
        parked: in order of rank.
        left_out: what did not compete, by tactic.
        members: by id.
        skills: by skill.
        last_workday: of the sprint, when parked tactics are reviewed.
        calibrations: how estimates turned out, by skill, where enough tasks are done.
        is_calibrated: whether hours are by these records.
        moves: what it changes in the written sprint.
        best: what the best plan places, by rank; None where this is that plan.
        bottlenecks: what a little more of what is short would add, the most first; empty where it is not worked out.
        due: why this sprint is planned and no other; None where nobody asked.
        reserve: what is kept free for what nobody foresaw, and what is left of it.
        committed: cents of instalments due in the sprint for tactics that others have begun.
        finished: cents that the sprint pays for tactics that are finished in it.
        pins: tactics that have to be in, by id.
        aside: tactics that are left out on purpose, by id.
    """

    period: Period
    policy: Policy
    today: date
    is_today_pinned: bool
    digest: str
    goal: str | None
    value: int
    bound: int
    ranked_value: int | None
    proven: bool
    method: str
    is_reproducible: bool
    placed: tuple[PlacedTactic, ...]
    parked: tuple[ParkedCandidate, ...]
    left_out: tuple[LeftOut, ...]
    members: tuple[MemberLoad, ...]
    skills: tuple[SkillLoad, ...]
    last_workday: date
    calibrations: tuple[Calibration, ...] = ()
    is_calibrated: bool = False
    moves: SprintMoves = NOTHING_MOVED
    best: tuple[str, ...] | None = None
    bottlenecks: tuple[Bottleneck, ...] = ()
    due: DueSprint | None = None
    reserve: Reserve | None = None
    committed: int = 0
    ranked_lack: TierLack | None = None
    tier_gap: TierLack | None = None
    finished: int = 0
    pins: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()

    @property
    def finish_days(self) -> tuple[ValueDay, ...]:
        """When each tactic that ends in the sprint is finished, and so brings its value."""
        ended = ((entry, max(task.due for task in entry.tasks)) for entry in self.placed if not entry.continues)
        return tuple(ValueDay(entry.tactic, entry.value, due, None) for entry, due in ended)

    @property
    def half_value_by(self) -> date | None:
        """The first day by which half of the value that comes in the sprint is there; None where none comes."""
        return half_value_day(self.finish_days)

    @property
    def value_weighted_finish(self) -> Fraction | None:
        """The working day on which value comes on average, each tactic weighted by its value; None where none comes.

        The first day that can be planned on which anybody has hours is 1.
        """
        workdays = sorted({load.day for member in self.members for load in member.days if load.plannable})
        number = {day: index for index, day in enumerate(workdays, start=1)}
        whole = sum(one.value for one in self.finish_days)
        return Fraction(sum(one.value * number[one.due] for one in self.finish_days), whole) if whole else None

    @property
    def by_value(self) -> list[PlacedTactic]:
        """What is placed, the most valuable first."""
        return sorted(self.placed, key=lambda entry: (-entry.value, entry.rank))

    @property
    def musts_first(self) -> list[ParkedCandidate]:
        """What is parked: what is pinned first, then musts before all others."""
        return sorted(self.parked, key=lambda entry: (not entry.is_pinned, entry.tier != "must", entry.rank))
