"""What a tactic is worth, and in which order the backlog is ranked. All arithmetic is exact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from revplan.analysis.results import learning
from revplan.analysis.strategy import served_objective
from revplan.model.numbers import MINUTES_PER_HOUR, half_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.model.plan import Plan
    from revplan.model.settings import ScoringMethod, ScoringSettings
    from revplan.model.tactics import Tactic

    Quadrant = Literal["quick-win", "big-bet", "fill-in", "hard-slog"]

THOUSANDTHS = 1000
"""Values are kept in thousandths of a score point."""
MINUTES_PER_DAY_OF_EFFORT = 8 * MINUTES_PER_HOUR
MINUTES_PER_PERSON_MONTH = 20 * MINUTES_PER_DAY_OF_EFFORT
HIGH_IMPACT = 6
"""Impact × confidence from which a tactic counts as one of high impact."""
SMALL_EFFORT = 3 * MINUTES_PER_DAY_OF_EFFORT
"""Minutes up to which a tactic counts as a small effort: three days."""

CONFIDENCE_STEP = Decimal("0.001")
"""To what a confidence that was learnt is rounded."""

NEEDS: Mapping[ScoringMethod, tuple[str, ...]] = {
    "impact-effort": (),
    "ice": ("ease",),
    "rice": ("reach",),
    "pie": ("potential", "importance", "ease"),
    "wsjf": ("urgency", "risk_reduction"),
}
"""The fields a method needs besides those every tactic has."""


class RankedTactic(NamedTuple):
    """A tactic's place in the backlog.

    Attributes:
        tactic: its id.
        rank: 1 is the best; no two alike.
        score: by the method; higher is better.
        method: the method the score is by.
        missing: fields the plan's own method needs and the tactic lacks, so that it was scored by impact-effort.
        value: what placing it is worth, in thousandths of a score point.
        minutes: the work that is left in it.
        quadrant: where it lies on the impact-effort plot.
    """

    tactic: str
    rank: int
    score: Fraction
    method: ScoringMethod
    missing: tuple[str, ...]
    value: int
    minutes: int
    quadrant: Quadrant


def value(plan: Plan, tactic: Tactic, today: date) -> int:
    """Return what placing a tactic is worth, in thousandths of a score point, rounded half up.

    That is its own `value` where given, else impact × confidence × the weight of the objective it serves today. A
    tactic whose objective has ended is worth what one without an objective is: the two serve none alike.
    """
    if tactic.value is not None:
        return half_up(Fraction(tactic.value) * THOUSANDTHS)
    objective = served_objective(plan, tactic, today)
    tactic = with_learnt_confidence(plan, tactic, today)
    return _worth(tactic.impact, tactic.confidence, objective.weight if objective is not None else Decimal(1))


@lru_cache(maxsize=1024)
def _worth(impact: int, confidence: Decimal, weight: Decimal) -> int:
    return half_up(_product(impact, confidence) * Fraction(weight) * THOUSANDTHS)


def missing_fields(method: ScoringMethod, tactic: Tactic) -> tuple[str, ...]:
    """Return the fields the method needs and the tactic lacks."""
    return tuple(name for name in NEEDS[method] if getattr(tactic, name) is None)


def score(scoring: ScoringSettings, tactic: Tactic, minutes: int) -> Fraction:
    """Return a tactic's score by the plan's method; by impact-effort where a field it needs is missing.

    Sources: ICE is the mean of three judgements (Ellis), RICE is Intercom's, PIE Goward's, WSJF SAFe's. Weights
    apply to the parts of the methods that add up (ICE, PIE, WSJF).

    Args:
        scoring: the method and its weights.
        tactic: what is scored.
        minutes: the work that is left in it, 1 or more.
    """
    method = "impact-effort" if missing_fields(scoring.method, tactic) else scoring.method
    days = Fraction(minutes, MINUTES_PER_DAY_OF_EFFORT)
    match method:
        case "ice":
            return _mean(scoring, impact=tactic.impact, confidence=tactic.confidence * 10, ease=tactic.ease)
        case "rice":
            return Fraction(tactic.reach or 0) * expected_impact(tactic) * MINUTES_PER_PERSON_MONTH / minutes
        case "pie":
            return _mean(scoring, potential=tactic.potential, importance=tactic.importance, ease=tactic.ease)
        case "wsjf":
            parts = {
                "impact": expected_impact(tactic),
                "urgency": tactic.urgency,
                "risk_reduction": tactic.risk_reduction,
            }
            return _weighted_sum(scoring, parts) / days
        case _:
            return expected_impact(tactic) / days


def quadrant(tactic: Tactic, minutes: int) -> Quadrant:
    """Return where a tactic with so much work left lies on the impact-effort plot."""
    is_small = minutes <= SMALL_EFFORT
    if expected_impact(tactic) >= HIGH_IMPACT:
        return "quick-win" if is_small else "big-bet"
    return "fill-in" if is_small else "hard-slog"


def rank(plan: Plan, work: Mapping[str, int], today: date) -> tuple[RankedTactic, ...]:
    """Return the tactics from the best to the worst; ties go by deadline, then hours, then id.

    Args:
        plan: the plan.
        work: minutes left in each tactic that is ranked, by its id.
        today: the day on which objectives run or have ended.
    """
    scoring = plan.settings.scoring
    tactics = {name: with_learnt_confidence(plan, plan.tactics[name], today) for name in work}
    scores = {name: score(scoring, tactics[name], minutes) for name, minutes in work.items()}
    # A score's float comes first, because two fractions take long to compare; it never contradicts the fraction.
    order = sorted(
        work,
        key=lambda name: (
            -float(scores[name]),
            -scores[name],
            plan.tactics[name].deadline or date.max,
            work[name],
            name,
        ),
    )
    return tuple(
        RankedTactic(
            tactic=name,
            rank=rank,
            score=scores[name],
            method="impact-effort" if missing else scoring.method,
            missing=missing,
            value=value(plan, tactic, today),
            minutes=work[name],
            quadrant=quadrant(tactics[name], work[name]),
        )
        for rank, name in enumerate(order, start=1)
        for tactic in (plan.tactics[name],)
        for missing in (missing_fields(scoring.method, tactic),)
    )


def expected_impact(tactic: Tactic) -> Fraction:
    """Return a tactic's impact times the confidence in it: what value, quadrant and most scores go by."""
    return _product(tactic.impact, tactic.confidence)


@lru_cache(maxsize=1024)
def _product(impact: int, confidence: Decimal) -> Fraction:
    return impact * Fraction(confidence)


def with_learnt_confidence(plan: Plan, tactic: Tactic, today: date) -> Tactic:
    """Return a tactic with the confidence that counts.

    That is the one stated; where the plan's scoring learns, the one that results of its playbook or function say, to
    the nearest CONFIDENCE_STEP.
    """
    if not plan.settings.scoring.learn:
        return tactic
    steps = half_up(learning(plan, today).confidence(tactic) / Fraction(CONFIDENCE_STEP))
    confidence = steps * CONFIDENCE_STEP
    return tactic if confidence == tactic.confidence else tactic.model_copy(update={"confidence": confidence})


def _weight(scoring: ScoringSettings, name: str) -> Fraction:
    return Fraction(scoring.weights.get(name, 1))


def _weighted_sum(scoring: ScoringSettings, parts: Mapping[str, object]) -> Fraction:
    return sum((_weight(scoring, name) * Fraction(str(part)) for name, part in parts.items()), Fraction(0))


def _mean(scoring: ScoringSettings, **parts: object) -> Fraction:
    weights = sum((_weight(scoring, name) for name in parts), Fraction(0))
    return _weighted_sum(scoring, parts) / weights if weights else Fraction(0)
