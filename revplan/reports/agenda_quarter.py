"""`revplan agenda quarter`: the strategy session, a day: what the quarter brought, what comes, what each commits to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from revplan import wording
from revplan.analysis.measured import recorded_count
from revplan.analysis.periods import fiscal_quarter, say_quarter
from revplan.analysis.revenue import standing
from revplan.reports import agenda, company, forecast, goals, names, scoreboard, stack, strategy
from revplan.reports.agenda import Item, away, inside, meeting_length, recall, report
from revplan.reports.document import Blank, Column, Heading, Line, Table, bad, dim, good, warn, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.strategy import Input, Objective
    from revplan.reports.document import Block, Run, Words
    from revplan.reports.frame import Report

LENGTH = 480
_NEXT = Blank(
    "Objectives of the next quarter", "what is true when it is reached (who, which metric, from what to what)", 5
)
_LOST = Blank("Why we won, lost, and were left", "", 4)


def build(context: Context, before: Plan | None) -> Report:
    """Return the agenda of the strategy session.

    Args:
        context: the plan and the day.
        before: the plan as it stood at the last one; None where that is not known.
    """
    held = context.plan.settings.meetings.quarter
    quarter = say_quarter(context.plan.settings, fiscal_quarter(context.plan.settings, context.today))
    items = (
        Item("Check-in", 10, (*away(context, "quarter"), agenda.ATTENDED, *recall(context, "quarter", before))),
        Item(f"Scoreboard of {quarter}", 40, tuple(inside(scoreboard.build(context).sections[:2]))),
        Item("Objectives: kept or missed", 40, tuple(_objectives(context))),
        Item("The strategy, section by section", 45, tuple(inside(strategy.build(context).sections))),
        Item("What comes from outside, and when to begin", 45, tuple(_inputs(context))),
        Item("Wins, losses, churn", 30, (*_record(context), *inside(tuple(company.customers(context))), _LOST)),
        Item("Every function aligned", 60, tuple(inside(tuple(company.functions(context))))),
        Item("Goals against budget and forecast", 50, tuple(_goals(context))),
        Item("The stack", 30, tuple(inside(stack.overview(context.plan)))),
        Item("Objectives of the next quarter", 75, (_NEXT,)),
        Item("Issues of the quarter", 40, (*agenda.issues(context, "quarter"), agenda.SOLVED, agenda.ISSUES)),
        Item("Conclude", 15, (agenda.TODOS, agenda.DECISIONS, agenda.MESSAGES, agenda.RATING)),
    )
    return report("quarter", f"strategy session of {quarter}", items, *meeting_length(held, LENGTH))


# --- objectives ---------------------------------------------------------------------------------------------------


def _objectives(context: Context) -> Iterator[Block]:
    quarter = fiscal_quarter(context.plan.settings, context.today)
    own = [each for each in context.plan.strategy.objectives.values() if each.quarter in (None, quarter)]
    if not own:
        yield Line(words(dim(f"No objective was set for {say_quarter(context.plan.settings, quarter)}.")))
        return
    by_metric = scoreboard.entries(context)
    rows = (
        (
            words(each.title),
            *scoreboard.measure_cells(each, by_metric),
            words(_outcome_words(each)),
            scoreboard.owner(context, each),
            words(_gap(each) or dim(wording.MISSING)),
        )
        for each in own
    )
    missing = Column("What is missing", share=2, roomy=True)
    columns = (Column("Objective", share=3), *scoreboard.MEASURED, Column("Kept"), Column("Owner"), missing)
    yield Table(columns, tuple(rows))


def _gap(objective: Objective) -> str | None:
    return objective.assessment.gap if objective.assessment is not None else None


def _outcome_words(objective: Objective) -> Run | str:
    match objective.status:
        case "reached":
            return good("reached")
        case "missed":
            return bad("missed")
        case "dropped":
            return dim("dropped")
        case _:
            return "to be judged"


# --- from outside -------------------------------------------------------------------------------------------------


def _inputs(context: Context) -> Iterator[Block]:
    ahead = [each for each in context.plan.strategy.inputs.values() if each.date >= context.today]
    if not ahead:
        yield Line(words(dim("Nothing is noted: competitors, launches, events and industry changes go under inputs.")))
        return
    columns = (Column("What", share=2), Column("Kind"), Column("When"), Column("Begin by"), Column("Answer", share=1))
    ordered = sorted(ahead, key=lambda each: (_begin(each), each.title))
    yield Table(columns, tuple(_input(context, each) for each in ordered))


def _begin(each: Input) -> object:
    return each.date - timedelta(days=each.lead_days or 0)


def _input(context: Context, each: Input) -> tuple[Words, ...]:
    begin = each.date - timedelta(days=each.lead_days or 0)
    by = wording.short_date(begin)
    answer = names.tactic(context.plan, each.response) if each.response is not None else warn("none yet")
    return (
        words(each.title),
        words(each.kind),
        words(wording.short_date(each.date)),
        words(bad(f"{by}, late") if begin < context.today else by),
        words(answer),
    )


# --- record and outlook -------------------------------------------------------------------------------------------


def _record(context: Context) -> Iterator[Block]:
    found = standing(context)
    won, lost = (recorded_count(context, found.goal, key) if found is not None else None for key in ("won", "lost"))
    if won is None and lost is None:
        yield Line(
            words(dim("No record yet: goals hold won and lost under history; `revplan import deals FILE` brings them."))
        )
        return
    yield Line(
        words(
            f"Won {wording.count(won)}, lost {wording.count(lost)} of the opportunities decided in the year's record."
        )
    )


def _goals(context: Context) -> Iterator[Block]:
    verdicts = goals.build(context).sections
    outlook = forecast.build(context).sections
    for section in (*verdicts, *outlook):
        lines = tuple(block for block in section.blocks if isinstance(block, Line))
        if lines:
            yield Heading(section.title)
            yield lines[0]
