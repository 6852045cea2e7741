"""What planning a sprint starts from: the days that are left, people's hours, and how far every tactic is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.analysis.bookings import subtract_bookings
from revplan.analysis.capacity import team_capacity
from revplan.analysis.progress import has_begun, progress
from revplan.analysis.recurring import standing_loads
from revplan.analysis.staffing import best_levels
from revplan.model.money import to_cents
from revplan.planning.estimates import by_record
from revplan.planning.problem import Worker

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from revplan.analysis.capacity import Capacity
    from revplan.analysis.periods import Period
    from revplan.analysis.progress import Progress
    from revplan.analysis.recurring import StandingLoad
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint
    from revplan.model.team import Member

NOTHING_RELEASED: Mapping[str, Fraction] = {}


@dataclass(frozen=True, slots=True)
class Situation:
    """The plan as the sprint finds it.

    Attributes:
        plan: the plan.
        today: the day that counts as today.
        period: the sprint's days.
        since: the first day that can be planned: the period's first, or today where it is under way.
        capacity: plannable time by member.
        loads: standing loads by member.
        progress: how far each tactic is.
        workers: members with the minutes that are free for planning, sorted by id.
        best: the highest level anyone has of each skill.
        days: the calendar days that are planned: the period's, and those after it into which begun work runs over.
        ahead: members with their minutes on all these days.
        released: which part of their reserve, 0 to 1, members may be planned with.
    """

    plan: Plan
    today: date
    period: Period
    since: date
    capacity: Mapping[str, Capacity]
    loads: Mapping[str, StandingLoad]
    progress: Mapping[str, Progress]
    workers: Mapping[str, Worker]
    best: Mapping[str, int]
    days: tuple[date, ...]
    ahead: Mapping[str, Worker]
    released: Mapping[str, Fraction]

    @property
    def sprint(self) -> Sprint | None:
        """The sprint as it is written, if it is."""
        return self.plan.sprints.get(self.period.id)

    @property
    def pins(self) -> tuple[str, ...]:
        """The tactics that the sprint says have to be in it."""
        return self.sprint.pins if self.sprint is not None else ()

    @property
    def aside(self) -> tuple[str, ...]:
        """The tactics that the sprint says are left out on purpose."""
        return self.sprint.aside if self.sprint is not None else ()

    @property
    def free_minutes(self) -> int:
        """Everybody's plannable minutes less standing loads: what shares are parts of."""
        return sum(sum(worker.minutes) for worker in self.workers.values())

    def day_number(self, day: date) -> int:
        """Return the day's number in the sprint; negative before it."""
        return (day - self.period.start).days

    def is_in_sprint(self, number: int) -> bool:
        """Tell whether a day, by its number, is one of the sprint's own."""
        return number < self.period.length

    def is_kept(self, tactic: str) -> bool:
        """Tell whether work on the tactic has begun in this sprint, so that it stays in."""
        standing = self.progress[tactic]
        row = standing.row
        return row is not None and not standing.is_done and any(has_begun(task) for task in row.tasks.values())

    def is_dropped(self, tactic: str) -> bool:
        """Tell whether somebody took the tactic out of this sprint; what planning itself parked competes again."""
        row = self.progress[tactic].row
        parked = self.sprint.parked if self.sprint is not None else {}
        return row is not None and row.dropped is not None and tactic not in parked


def planning_inputs(
    context: Context, period: Period, since: date, released: Mapping[str, Fraction] = NOTHING_RELEASED
) -> Situation:
    """Work out the situation that planning a period from a day on starts from.

    Args:
        context: the plan and the day.
        period: the sprint's days.
        since: the first day that can be planned.
        released: which part of their reserve, 0 to 1, members may be planned with.
    """
    plan = context.plan
    capacity, loads = _hours(context, period, since, released)
    workers = {name: _worker(plan.team[name], capacity[name], loads[name]) for name in sorted(plan.team)}
    return Situation(
        plan=plan,
        today=context.today,
        period=period,
        since=since,
        capacity=capacity,
        loads=loads,
        progress=by_record(plan, progress(plan, period.id, context.today)),
        workers=workers,
        best=best_levels(plan),
        days=period.days,
        ahead=workers,
        released=released,
    )


def whole_hours(context: Context, situation: Situation) -> tuple[Mapping[str, Capacity], Mapping[str, StandingLoad]]:
    """Return plannable time and standing loads by member on all days of the sprint, those that are over too."""
    period = situation.period
    if situation.since == period.start:
        return situation.capacity, situation.loads
    return _hours(context, period, period.start, situation.released)


def _hours(
    context: Context, period: Period, since: date, released: Mapping[str, Fraction]
) -> tuple[dict[str, Capacity], dict[str, StandingLoad]]:
    """Return plannable time and standing loads by member from a day on."""
    capacity = subtract_bookings(context, period, team_capacity(context.plan, period, since, released))
    return capacity, standing_loads(context.plan, period, since, capacity)


def _worker(member: Member, capacity: Capacity, load: StandingLoad) -> Worker:
    return Worker(
        id=member.id,
        skills=tuple(sorted(member.skills.items())),
        minutes=tuple(own - taken for own, taken in zip(capacity.minutes, load.taken, strict=True)),
        rate=to_cents(member.rate) if member.rate is not None and not member.is_retained else 0,
        function=member.function or "",
    )
