"""Sprint periods, workdays and the fiscal calendar. Which sprint is due: `sprint_due`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from revplan.errors import UnknownIdError
from revplan.model.base import MONTHS_PER_YEAR, ONE_DAY, YEARS, Month, Quarter
from revplan.model.calendar import company_calendar
from revplan.model.sprints import SPRINT_ID
from revplan.wording import month as month_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from revplan.model.plan import Plan
    from revplan.model.settings import Settings
    from revplan.model.sprints import Sprint

MONTHS_PER_QUARTER = 3
QUARTERS_PER_YEAR = 4


class Period(NamedTuple):
    """The days of a sprint.

    Attributes:
        id: the sprint's id: its month, or its first day.
        start: first calendar day.
        end: last calendar day, included.
    """

    id: str
    start: date
    end: date

    @property
    def days(self) -> tuple[date, ...]:
        """Its calendar days, in order."""
        return tuple(map(date.fromordinal, range(self.start.toordinal(), self.end.toordinal() + 1)))

    @property
    def length(self) -> int:
        """How many calendar days it has."""
        return (self.end - self.start).days + 1

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


# --- workdays ----------------------------------------------------------------------------------------------------


def first_workday(settings: Settings, days: Iterable[date]) -> date | None:
    """Return the company's first workday among the days, which come in order; None where there is none."""
    return company_calendar(settings).first_workday(days)


def last_workday(settings: Settings, period: Period) -> date:
    """Return the period's last workday; its last day where nobody works in it."""
    return first_workday(settings, reversed(period.days)) or period.end


# --- the fiscal calendar -----------------------------------------------------------------------------------------


def fiscal_year(settings: Settings, day: date) -> int:
    """Return the fiscal year the day lies in, named by the calendar year in which it ends."""
    first = settings.fiscal_year_start
    return day.year + (1 if first > 1 and day.month >= first else 0)


def fiscal_quarter(settings: Settings, day: date) -> Quarter:
    """Return the quarter of the fiscal year the day lies in."""
    months_in = (day.month - settings.fiscal_year_start) % MONTHS_PER_YEAR
    return Quarter(fiscal_year(settings, day), months_in // MONTHS_PER_QUARTER + 1)


def first_of_quarter(settings: Settings, quarter: Quarter) -> date:
    """Return the first calendar day of a fiscal quarter."""
    first = settings.fiscal_year_start
    start_of_year = Month(quarter.year - (1 if first > 1 else 0), first)
    return start_of_year.plus((quarter.number - 1) * MONTHS_PER_QUARTER).first


def next_quarter(quarter: Quarter) -> Quarter:
    """Return the fiscal quarter after one."""
    is_last = quarter.number == QUARTERS_PER_YEAR
    return Quarter(quarter.year + 1, 1) if is_last else Quarter(quarter.year, quarter.number + 1)


def fiscal_months(settings: Settings, year: int) -> tuple[Month, ...]:
    """Return the twelve months of a fiscal year, in order."""
    first = Month.of(first_of_quarter(settings, Quarter(year, 1)))
    return tuple(first.plus(number) for number in range(MONTHS_PER_YEAR))


def say_year(settings: Settings, year: int | str) -> str:
    """Return a fiscal year in words: `2027`, or where it begins in July `2027 (July 2026 to June 2027)`."""
    if settings.fiscal_year_start == 1:
        return str(year)
    months = fiscal_months(settings, int(year))
    return f"{year} ({month_in_words(months[0])} to {month_in_words(months[-1])})"


def say_quarter(settings: Settings, quarter: Quarter) -> str:
    """Return a fiscal quarter in words: `2027-Q2`; where the year begins later than January, with its months."""
    if settings.fiscal_year_start == 1:
        return str(quarter)
    first = Month.of(first_of_quarter(settings, quarter))
    return f"{quarter} ({month_in_words(first)} to {month_in_words(first.plus(MONTHS_PER_QUARTER - 1))})"


# --- periods -----------------------------------------------------------------------------------------------------


def period_on(settings: Settings, day: date) -> Period:
    """Return the period the day lies in, as the settings cut time; before `starts` that is the first one."""
    length, starts = settings.sprint.length, settings.sprint.starts
    if length == "month" or starts is None:
        month = Month.of(day)
        return Period(str(month), month.first, month.last)
    number = max(0, (day - starts).days // length)
    start = starts + timedelta(days=number * length)
    return Period(str(start), start, start + timedelta(days=length - 1))


def find_period(plan: Plan, sprint_id: str) -> Period:
    """Return the period of a sprint: the written one's own days, else those the settings give it.

    Raises:
        UnknownIdError: no sprint has or could have this id.
    """
    if sprint_id in plan.sprints:
        return of_sprint(plan.sprints[sprint_id])
    day = _first_day(sprint_id)
    if day is None or day.year not in YEARS:
        example = period_on(plan.settings, date(2026, 12, 1)).id
        raise UnknownIdError(f'there is no sprint "{sprint_id}"', hint=f"a sprint is named like {example}")
    period = period_on(plan.settings, day)
    if period.id != sprint_id:
        raise UnknownIdError(f'no sprint begins with "{sprint_id}"', hint=f"the one nearest is {period.id}")
    return period


def following(plan: Plan, period: Period) -> Period:
    """Return the first period that starts after this one has ended."""
    next_day = period.end + ONE_DAY
    found = period_on(plan.settings, next_day)
    if found.start < next_day:
        found = period_on(plan.settings, found.end + ONE_DAY)
    return of_sprint(plan.sprints[found.id]) if found.id in plan.sprints else found


def successive(plan: Plan, period: Period, count: int) -> tuple[Period, ...]:
    """Return this period and those that follow it, so many in all."""
    periods = [period]
    while len(periods) < count:
        periods.append(following(plan, periods[-1]))
    return tuple(periods)


def in_order(plan: Plan) -> tuple[Sprint, ...]:
    """Return every written sprint, the earliest first."""
    return tuple(sorted(plan.sprints.values(), key=lambda sprint: (sprint.start, sprint.id)))


def of_sprint(sprint: Sprint) -> Period:
    """Return the days of a written sprint."""
    return Period(sprint.id, sprint.start, sprint.end)


def _first_day(sprint_id: str) -> date | None:
    """Return the day a sprint's id stands for; None where it is no id of a sprint."""
    if not SPRINT_ID.fullmatch(sprint_id):
        return None
    try:
        return date.fromisoformat(sprint_id if sprint_id.count("-") > 1 else f"{sprint_id}-01")
    except ValueError:
        return None
