"""Whether customers stay, and what one is worth against what winning it costs.

What a goal gives (retention, margin, ACV) and what was measured (customers won and lost, and the money it took) are
told apart. A rate of a part of a year is made yearly, and one of less than LEAST_MONTHS is too early to tell. A figure
whose parts are not all known is missing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from revplan.analysis.actuals import revenue_by_month
from revplan.analysis.measured import LEAST_MONTHS, counts_by_month
from revplan.analysis.periods import fiscal_months
from revplan.model.base import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.model.base import Month
    from revplan.model.context import Context
    from revplan.model.goals import Goal

    Key = Literal["new_customers", "lost_customers", "acquisition_spend"]

ACQUIRING = ("marketing", "sales")
"""Functions whose spending wins customers, where a goal does not say what that took."""


class Churn(NamedTuple):
    """Customers lost in some months, of those there were when they began.

    Attributes:
        first: the first of the months.
        months: how many they are.
    """

    lost: int
    customers: int
    first: Month
    months: int

    @property
    def is_early(self) -> bool:
        """Whether the months are too few to tell a year's rate from."""
        return self.months < LEAST_MONTHS

    @property
    def yearly(self) -> Fraction | None:
        """Lost / customers × 12 / months; None where it is too early, or there was nobody to lose."""
        if self.is_early or not self.customers:
            return None
        return Fraction(self.lost * MONTHS_PER_YEAR, self.customers * self.months)


class Acquisition(NamedTuple):
    """What winning customers cost in some months, and how many were won in the same; in the plan's currency.

    Attributes:
        by_budget: whether the spending is that of the budget lines of ACQUIRING functions.
    """

    spend: Fraction
    won: int
    first: Month
    by_budget: bool = False

    @property
    def cost(self) -> Fraction | None:
        """Spend / customers won (CAC); None where nobody was won or more came back than was spent."""
        return self.spend / self.won if self.won and self.spend >= 0 else None


class UnitEconomics(NamedTuple):
    """Retention and the economics of one customer. Money in the plan's currency; None where a figure is missing.

    Attributes:
        gross_retention: of a year's revenue, what the same customers bring in the next, without what they buy in
            addition; as the goal gives it.
        net_retention: the same with it; as the goal gives it.
        churn: customers lost, as counted.
        acquisition: customers won and what that took, as counted.
        margin: what a customer leaves a year: ACV × gross margin, as the goal gives them.
    """

    gross_retention: Fraction | None
    net_retention: Fraction | None
    churn: Churn | None
    acquisition: Acquisition | None
    margin: Fraction | None

    @property
    def logo_churn(self) -> Fraction | None:
        """The part of customers that is lost in a year."""
        return self.churn.yearly if self.churn is not None else None

    @property
    def acquisition_cost(self) -> Fraction | None:
        """What winning a customer cost (CAC)."""
        return self.acquisition.cost if self.acquisition is not None else None

    @property
    def payback_months(self) -> Fraction | None:
        """Months until a customer's margin has paid for winning it: CAC / (ACV × margin / 12)."""
        a_month = self.margin / MONTHS_PER_YEAR if self.margin is not None else None
        return _ratio(self.acquisition_cost, a_month)

    @property
    def lifetime_value(self) -> Fraction | None:
        """What a customer leaves as long as it stays: margin / yearly logo churn (LTV)."""
        return _ratio(self.margin, self.logo_churn)

    @property
    def ratio(self) -> Fraction | None:
        """LTV : CAC, how many times a customer is worth what winning it cost."""
        return _ratio(self.lifetime_value, self.acquisition_cost)


def unit_economics(context: Context, goal: Goal) -> UnitEconomics:
    """Return a goal's retention and unit economics.

    Churn and acquisition are those of the last twelve months, where they are known by month; else those of the year so
    far, or of the year before while that is too early. Sources: the usual definitions for subscription businesses
    (Skok). CAC = acquisition spend / new customers; payback = CAC / (ACV × gross margin / 12); LTV = ACV × gross
    margin / yearly logo churn. What winning customers took is the goal's `acquisition_spend`; only where no goal gives
    any, it is what the budget lines of ACQUIRING functions spent. Where the two contradict each other, RP717 says so.
    """
    return UnitEconomics(
        gross_retention=_as_fraction(goal.gross_revenue_retention),
        net_retention=_as_fraction(goal.net_revenue_retention),
        churn=_churn(context, goal),
        acquisition=_acquisition(context, goal),
        margin=Fraction(goal.acv) * Fraction(goal.gross_margin) if goal.gross_margin is not None else None,
    )


# --- churn ---------------------------------------------------------------------------------------------------------


def _churn(context: Context, goal: Goal) -> Churn | None:
    rolling = _last_twelve_months(context)
    if rolling is not None:
        return rolling
    found = [churn for own in _this_and_last(context, goal) if (churn := _churn_of_year(context, own)) is not None]
    return next((churn for churn in found if not churn.is_early), found[0] if found else None)


def _last_twelve_months(context: Context) -> Churn | None:
    lost = _by_month(context, "lost_customers")
    if not lost:
        return None
    last = max(lost)
    window = [last.plus(-number) for number in range(MONTHS_PER_YEAR)]
    customers = _customers_at(context, window[-1])
    if customers is None or any(month not in lost for month in window):
        return None
    return Churn(round(sum(lost[month] for month in window)), customers, window[-1], MONTHS_PER_YEAR)


def _customers_at(context: Context, month: Month) -> int | None:
    """Return the customers at the start of a month: a year's first, plus those won and less those lost since."""
    won, lost = _by_month(context, "new_customers"), _by_month(context, "lost_customers")
    for year, goal in sorted(context.plan.goals.items(), reverse=True):
        first = fiscal_months(context.plan.settings, int(year))[0]
        if goal.history is None or goal.history.customers is None or first > month:
            continue
        between = [each for each in (first.plus(number) for number in range(MONTHS_PER_YEAR * 2)) if each < month]
        if all(each in won and each in lost for each in between):
            return round(goal.history.customers + sum(won[each] - lost[each] for each in between))
    return None


def _churn_of_year(context: Context, goal: Goal) -> Churn | None:
    past = goal.history
    if past is None or past.customers is None or past.lost_customers is None:
        return None
    months = counted_months(context, goal)
    if isinstance(past.lost_customers, dict):
        by_month = past.lost_customers
        months = tuple(month for month in months if month in by_month)
        lost = sum(by_month[month] for month in months)
    else:
        lost = past.lost_customers
    return Churn(lost, past.customers, months[0], len(months)) if months else None


# --- acquisition ---------------------------------------------------------------------------------------------------


def _acquisition(context: Context, goal: Goal) -> Acquisition | None:
    won = _by_month(context, "new_customers") or _opportunities_won(context)
    rolling = _acquisition_by_month(won, _by_month(context, "acquisition_spend"))
    if rolling is not None:
        return rolling
    found = [each for own in _this_and_last(context, goal) if (each := _acquisition_of_year(context, own)) is not None]
    if found:
        return next((each for each in found if each.won), found[0])
    return _acquisition_by_month(won, budget_spending(context), by_budget=True)


def _acquisition_by_month(
    won: Mapping[Month, Fraction], spend: Mapping[Month, Fraction], *, by_budget: bool = False
) -> Acquisition | None:
    """Return acquisition in the last twelve months that have both; None where none has."""
    both = sorted(won.keys() & spend.keys())[-MONTHS_PER_YEAR:]
    if not both:
        return None
    total = sum((spend[month] for month in both), Fraction(0))
    return Acquisition(total, round(sum(won[month] for month in both)), both[0], by_budget)


def budget_spending(context: Context) -> dict[Month, Fraction]:
    """Return what the budget lines of ACQUIRING functions spent, by month that is over."""
    found: dict[Month, Fraction] = {}
    for line in context.plan.budget.values():
        if line.function in ACQUIRING:
            for month, amount in line.actual.items():
                if month.last <= context.today:
                    found[month] = found.get(month, Fraction(0)) + Fraction(amount)
    return found


def _opportunities_won(context: Context) -> dict[Month, Fraction]:
    """Return opportunities won by month, where customers are not counted: one each."""
    return {month: Fraction(count) for month, count in counts_by_month(context, "won").items()}


def _acquisition_of_year(context: Context, goal: Goal) -> Acquisition | None:
    past = goal.history
    if past is None or past.new_customers is None or past.acquisition_spend is None:
        return None
    spend, won = _total(past.acquisition_spend), _total(past.new_customers)
    return Acquisition(spend, round(won), fiscal_months(context.plan.settings, int(goal.id))[0])


def _total(value: object) -> Fraction:
    return Fraction(sum(value.values())) if isinstance(value, dict) else Fraction(str(value))


# --- what was counted when -----------------------------------------------------------------------------------------


def counted_months(context: Context, goal: Goal) -> tuple[Month, ...]:
    """Return the months that a year's counts cover: up to the last known revenue, else all that are over."""
    months = fiscal_months(context.plan.settings, int(goal.id))
    known = [month for month in revenue_by_month(context, goal.measure) if month in months]
    last = max(known, default=None)
    return tuple(month for month in months if (month <= last if last is not None else month.last < context.today))


def _by_month(context: Context, key: Key) -> dict[Month, Fraction]:
    """Return what the goals' histories count by month, in months that are over; of two years, the later one counts."""
    values = (getattr(goal.history, key, None) for _, goal in sorted(context.plan.goals.items()))
    return {
        month: Fraction(count)
        for value in values
        if isinstance(value, dict)
        for month, count in value.items()
        if month.last <= context.today
    }


def _this_and_last(context: Context, goal: Goal) -> tuple[Goal, ...]:
    before = context.plan.goals.get(str(int(goal.id) - 1))
    return (goal,) if before is None else (goal, before)


def _as_fraction(value: object) -> Fraction | None:
    return Fraction(str(value)) if value is not None else None


def _ratio(part: Fraction | None, whole: Fraction | None) -> Fraction | None:
    """Divide; None where either is missing, or there is nothing to divide by."""
    return part / whole if part is not None and whole else None
