"""Whether customers stay, and what one is worth against what winning it costs.

From what a goal says of its year and of the past: a figure whose parts are not all given is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.model.base import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from revplan.model.goals import Goal


@dataclass(frozen=True, slots=True)
class UnitEconomics:
    """Retention and the economics of one customer. Money in the plan's currency; None where a figure is missing.

    Attributes:
        gross_retention: of a year's revenue, what the same customers bring in the next, without what they buy in
            addition.
        net_retention: the same with it.
        logo_churn: the part of the customers at the year's start that were lost in it.
        acquisition_cost: what winning a customer cost (CAC).
        margin: what a customer leaves a year: ACV × gross margin.
        payback_months: months until that has paid for winning it.
        lifetime_value: what it leaves as long as it stays: margin / logo churn (LTV).
    """

    gross_retention: Fraction | None
    net_retention: Fraction | None
    logo_churn: Fraction | None
    acquisition_cost: Fraction | None
    margin: Fraction | None
    payback_months: Fraction | None
    lifetime_value: Fraction | None

    @property
    def ratio(self) -> Fraction | None:
        """LTV : CAC, how many times a customer is worth what winning it cost."""
        return _ratio(self.lifetime_value, self.acquisition_cost)


def unit_economics(goal: Goal) -> UnitEconomics:
    """Return a goal's retention and unit economics.

    Sources: the usual definitions for subscription businesses (Skok). CAC = acquisition spend / new customers;
    payback = CAC / (ACV × gross margin / 12); LTV = ACV × gross margin / logo churn.
    """
    past = goal.history
    cost = _ratio(_known(past and past.acquisition_spend), _known(past and past.new_customers))
    churn = _ratio(_known(past and past.lost_customers), _known(past and past.customers))
    margin = Fraction(goal.acv) * Fraction(goal.gross_margin) if goal.gross_margin is not None else None
    a_month = margin / MONTHS_PER_YEAR if margin is not None else None
    return UnitEconomics(
        gross_retention=_known(goal.gross_revenue_retention),
        net_retention=_known(goal.net_revenue_retention),
        logo_churn=churn,
        acquisition_cost=cost,
        margin=margin,
        payback_months=_ratio(cost, a_month),
        lifetime_value=_ratio(margin, churn),
    )


def _known(value: object) -> Fraction | None:
    return Fraction(str(value)) if value is not None else None


def _ratio(part: Fraction | None, whole: Fraction | None) -> Fraction | None:
    """Divide; None where either is missing, or there is nothing to divide by."""
    return part / whole if part is not None and whole else None
