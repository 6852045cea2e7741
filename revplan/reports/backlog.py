"""`revplan report backlog`: the ranked backlog with where each tactic stands, and impact against effort as a plot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.progress import open_tactics
from revplan.analysis.scoring import HIGH_IMPACT, SMALL_EFFORT, expected_impact, rank, with_learnt_confidence
from revplan.analysis.standing import standings
from revplan.analysis.strategy import ending
from revplan.model.numbers import MINUTES_PER_HOUR
from revplan.reports import names
from revplan.reports.document import Align, Chart, Column, Items, Line, Outline, Section, Table, dim, empty, warn, words
from revplan.reports.figures import Point, Scatter
from revplan.reports.frame import Report, Working
from revplan.wording import as_hours, as_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from revplan.analysis.scoring import RankedTactic
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.tactics import Tactic
    from revplan.reports.document import Words

MARKED = 40
"""Tactics that the plot names by their rank; those below it are dots."""
QUADRANTS = {"quick-win": "Quick wins", "big-bet": "Big bets", "fill-in": "Fill-ins", "hard-slog": "Hard slogs"}


def build(context: Context) -> Report:
    """Return the open backlog, the best first."""
    plan = context.plan
    found = standings(context)
    open_ones = {tactic.id: found[tactic.id] for tactic in open_tactics(plan) if tactic.recurring is None}
    order = rank(plan, {name: max(1, own.minutes) for name, own in open_ones.items()}, context.today)
    stands = {name: str(own) for name, own in open_ones.items()}
    return Report(
        name="backlog",
        title="backlog",
        sections=tuple(_sections(context, order, stands)),
        workings=tuple(_workings(plan)),
        data={"tactics": [_data(context, entry, stands[entry.tactic]) for entry in order]},
    )


def _sections(context: Context, order: Sequence[RankedTactic], stands: Mapping[str, str]) -> Iterator[Section]:
    plan = context.plan
    if not order:
        hint = (
            "`revplan tactic add` adds what could be done for revenue: its impact, and its tasks with skill and hours."
        )
        yield Section(words("The backlog is empty"), (empty(Outline.POINTS, hint),))
    else:
        yield _plot(plan, order, context.today)
        yield _ranking(context, order, stands)
    standing = [tactic for tactic in open_tactics(plan) if tactic.recurring is not None]
    if standing:
        yield _standing(standing)


def _ranking(context: Context, order: Sequence[RankedTactic], stands: Mapping[str, str]) -> Section:
    columns = (
        Column("#", Align.RIGHT),
        Column("Tactic", share=3),
        Column("Score", Align.RIGHT),
        Column("Impact", Align.RIGHT),
        Column("h", Align.RIGHT),
        Column("Quadrant"),
        Column("Function", share=1, roomy=True),
        Column("Objective", share=1, roomy=True),
        Column("Stands", share=1),
    )
    total = wording.hours(sum(entry.minutes for entry in order))
    title = words(f"{wording.plural(len(order), 'tactic')}, {total} h, by {context.plan.settings.scoring.method}")
    rows = tuple(_row(context, entry, stands[entry.tactic]) for entry in order)
    return Section(title, (Table(columns, rows), *_other_scores(order)))


def _row(context: Context, entry: RankedTactic, stands: str) -> tuple[Words, ...]:
    plan, today = context.plan, context.today
    tactic = plan.tactics[entry.tactic]
    return (
        words(str(entry.rank)),
        words(tactic.title),
        words(wording.measure(entry.score, 1)),
        words(_impact(plan, tactic, today)),
        words(wording.hours(entry.minutes)),
        words(QUADRANTS[entry.quadrant]),
        words(names.function(plan, tactic.function)),
        names.objective(plan, tactic.id, today),
        words(stands),
    )


def _impact(plan: Plan, stated: Tactic, today: date) -> str:
    """Return the impact that the quadrant goes by, impact × confidence, with the two where they differ.

    Where results have changed the confidence, the one stated stands beside it.
    """
    tactic = with_learnt_confidence(plan, stated, today)
    was = f", stated {wording.rate(stated.confidence)}" if tactic.confidence != stated.confidence else ""
    if tactic.confidence == 1 and not was:
        return str(tactic.impact)
    return f"{wording.count(expected_impact(tactic))} ({tactic.impact} × {wording.rate(tactic.confidence)}{was})"


def _other_scores(order: Sequence[RankedTactic]) -> Iterator[Line]:
    lacking = [entry for entry in order if entry.missing]
    if lacking:
        fields = wording.join_names(sorted({name for entry in lacking for name in entry.missing}))
        text = f"{wording.plural(len(lacking), 'tactic')} scored by impact and effort, for want of {fields}."
        yield Line(words(warn(text)))


# --- impact against effort ----------------------------------------------------------------------------------------


def _plot(plan: Plan, order: Sequence[RankedTactic], today: date) -> Section:
    figure = Scatter(
        x_title="hours that are left",
        y_title="impact × confidence",
        x_split=SMALL_EFFORT / MINUTES_PER_HOUR,
        y_split=HIGH_IMPACT,
        quadrants=("Quick wins", "Big bets", "Fill-ins", "Hard slogs"),
        points=tuple(_point(with_learnt_confidence(plan, plan.tactics[entry.tactic], today), entry) for entry in order),
    )
    columns = (
        Column("Quadrant"),
        Column("Tactics", Align.RIGHT),
        Column("h", Align.RIGHT),
        Column("The best", share=1),
    )
    rows = tuple(_quadrant(plan, order, name) for name in QUADRANTS)
    caption = "Each number is a tactic's place in the ranking below."
    return Section(words("Impact against effort"), (Chart(caption, figure, Table(columns, rows)),))


def _point(tactic: Tactic, entry: RankedTactic) -> Point:
    mark = str(entry.rank) if entry.rank <= MARKED else ""
    name = f"{entry.rank} {tactic.title}"
    return Point(mark, name, entry.minutes / MINUTES_PER_HOUR, float(expected_impact(tactic)))


def _quadrant(plan: Plan, order: Sequence[RankedTactic], quadrant: str) -> tuple[Words, ...]:
    own = [entry for entry in order if entry.quadrant == quadrant]
    best = ", ".join(f"{entry.rank} {plan.tactics[entry.tactic].title}" for entry in own[:_BEST])
    return (
        words(QUADRANTS[quadrant]),
        words(wording.count(len(own))),
        words(wording.hours(sum(entry.minutes for entry in own))),
        words(best or dim(wording.MISSING)),
    )


_BEST = 5


def _standing(tactics: Sequence[Tactic]) -> Section:
    items = (words(f"{tactic.title}: {wording.hours(tactic.minutes)} h, {tactic.recurring}") for tactic in tactics)
    return Section(words("Standing loads, off the top of every sprint"), (Items(tuple(items)),))


# --- where it comes from, and plain data --------------------------------------------------------------------------


def _workings(plan: Plan) -> Iterator[Working]:
    method = plan.settings.scoring.method
    yield Working("Score", f"by {method}, as revplan.scoring says; ties go by deadline, then hours, then id")
    if plan.settings.scoring.learn:
        yield Working(
            "Confidence", "as results of the playbook or the function say; `revplan report results` tells how"
        )
    high, small = HIGH_IMPACT, wording.hours(SMALL_EFFORT)
    yield Working("Quadrants", f"impact × confidence of {high} or more is high; up to {small} h is a small effort")


def _data(context: Context, entry: RankedTactic, stands: str) -> dict[str, Any]:
    plan, today = context.plan, context.today
    tactic = plan.tactics[entry.tactic]
    learnt = with_learnt_confidence(plan, tactic, today)
    return {
        "tactic": entry.tactic,
        "title": tactic.title,
        "rank": entry.rank,
        "score": as_number(entry.score),
        "method": entry.method,
        "impact": tactic.impact,
        "confidence": as_number(tactic.confidence),
        "learnt_confidence": as_number(learnt.confidence) if plan.settings.scoring.learn else None,
        "expected_impact": as_number(expected_impact(learnt)),
        "hours": as_hours(entry.minutes),
        "quadrant": entry.quadrant,
        "function": tactic.function,
        "objective": tactic.objective,
        "objective_ended": ending(plan, tactic, today) is not None,
        "stands": stands,
    }
