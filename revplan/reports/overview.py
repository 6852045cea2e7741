"""The site's first page: on one screen whether revenue grows, the sprint is on course, and what needs a decision."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan import wording
from revplan.analysis.calibration import parking_lot
from revplan.analysis.drivers import drivers
from revplan.analysis.forecast import forecast
from revplan.analysis.funnel import outlook
from revplan.analysis.health import coverings, function_health
from revplan.analysis.pace import half_value_day, pace, value_days
from revplan.analysis.periods import Period
from revplan.analysis.readiness import readiness
from revplan.analysis.revenue import goal_on, standing
from revplan.analysis.scorecard import scorecard
from revplan.analysis.sprint_due import current_sprint, due_sprint
from revplan.reports import names, revenue_pictures, sprint_pictures, standing_words, work_pictures
from revplan.reports.document import (
    Empty,
    Items,
    Line,
    Outline,
    Picture,
    Section,
    bad,
    dim,
    empty,
    good,
    strong,
    warn,
    words,
)
from revplan.reports.frame import Report
from revplan.reports.headline import say_no_goal
from revplan.reports.scoreboard import aim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context
    from revplan.reports.document import Block, Run, Words

NAME = "overview"
MOST = 5
"""Things that a tile names; its page has them all."""
OLD_ISSUE = 28
"""Days after which an issue that is still open asks for a decision."""
_TONES = {"green": good, "amber": warn, "red": bad, None: dim}
_MARKS = {"green": "●", "amber": "◐", "red": "✗", None: "–"}


def build(context: Context) -> Report:
    """Return the tiles of the first page, each with the report that says more."""
    tiles = (
        ("Is revenue growing?", "forecast", _revenue),
        ("Is the sprint on course?", "sprint", _sprint),
        ("Who is full?", "capacity", _hours),
        ("Where is the money?", "goals", _money),
        ("Needed against measured", "goals", _funnel),
        ("Next launches", "campaigns", _launches),
        ("What is red, and who owns it", "scoreboard", _red),
        ("The company's health", "company", _health),
        ("To decide today", "parking-lot", _decisions),
    )
    sections = tuple(Section(words(title), tuple(draw(context)), page=page) for title, page, draw in tiles)
    return Report(NAME, "overview", sections, (), {})


def _some(found: list[Words], nothing: Line) -> Iterator[Block]:
    """Yield a list of the first entries and the number of further ones; what is said instead where there are none."""
    if not found:
        yield nothing
        return
    yield Items(tuple(found[:MOST]))
    if len(found) > MOST:
        yield Line(words(dim(f"and {len(found) - MOST} more")))


def _revenue(context: Context) -> Iterator[Block]:
    found = standing(context)
    if found is None:
        yield Empty(say_no_goal(context), Outline.FAN)
        return
    drawn = drivers(context, found.goal)
    told = forecast(drawn) if drawn is not None else None
    currency = context.plan.settings.currency
    if told is None or not told.months:
        yield from revenue_pictures.draw_revenue(context, found)
        return
    target = currency.say_briefly(found.goal.target_revenue)
    odds = standing_words.odds(told.odds, has_actual=found.latest is not None)
    yield Line(words(f"Odds of {target}: ", odds))
    yield Picture("Known months, what may come, and the target.", revenue_pictures.year_fan(context, found.goal, told))


def _sprint(context: Context) -> Iterator[Block]:
    sprint = current_sprint(context)
    if sprint is None:
        yield empty(Outline.LINES, "No sprint is written yet: `revplan sprint plan --write`.")
        return
    found = pace(context, sprint)
    planned, earned = sum(task.planned for task in found.tasks), sum(task.earned for task in found.tasks)
    late = sum(task.is_late for task in found.tasks)
    told: Run = bad(f"{wording.plural(late, 'task')} late") if late else good("nothing late")
    days = value_days(context, sprint)
    half, whole = half_value_day(days), sum(day.value for day in days)
    done = f"{sprint.id}: {wording.percent(earned, planned)} of {wording.about(planned)} h"
    if half is None:
        yield Line(words(f"{done} done, ", told))
        yield from sprint_pictures.draw_burn_up(context, sprint)
        return
    won = sum(day.value for day in days if day.done is not None and day.done <= context.today)
    when = f"; half of the value is due by {wording.short_date(half)}"
    yield Line(words(f"{done} and {wording.percent(won, whole)} of the value done, ", told, dim(when)))
    yield from sprint_pictures.draw_value(context, sprint)


def _hours(context: Context) -> Iterator[Block]:
    sprint = current_sprint(context)
    is_open = sprint is not None and sprint.end >= context.today and sprint.status != "closed"
    period = (
        Period(sprint.id, sprint.start, sprint.end) if sprint is not None and is_open else due_sprint(context).period
    )
    grid = work_pictures.heat_map(context, period, max(period.start, context.today))
    if not grid.rows:
        yield empty(Outline.GRID, "Nobody has hours to plan with yet: `revplan team add` adds who has.")
        return
    fullest = sorted(grid.rows, key=lambda row: (-max((cell.share or 0.0 for cell in row[1]), default=0.0), row[0]))
    is_written = period.id in context.plan.sprints
    head = f"{period.id}, the fullest first" if is_written else f"{period.id}: hours there are, none planned yet"
    yield Line(words(dim(head)))
    yield Picture("Members by week.", replace(grid, rows=tuple(fullest[:MOST])))


def _money(context: Context) -> Iterator[Block]:
    ranking = revenue_pictures.money_ranking(context)
    if not ranking.measures:
        yield empty(
            Outline.BARS, "No budget line with spending yet: `revplan budget record LINE AMOUNT` notes a month's."
        )
        return
    yield Line(words(revenue_pictures.money_words(context)))
    yield Picture(
        "Budget lines: spent, committed, and the year's money.", replace(ranking, measures=ranking.measures[:MOST])
    )


def _funnel(context: Context) -> Iterator[Block]:
    goal = goal_on(context.plan, context.today)
    found = revenue_pictures.year_funnel(context, goal, outlook(context, goal).need) if goal is not None else None
    if found is None or not found.stages:
        yield empty(Outline.FUNNEL, "No goal with a close rate yet: `revplan workshop goals` asks for it.")
        return
    yield Picture("What the year needs, and what there is.", replace(found, stages=found.stages[-MOST - 1 :]))


def _launches(context: Context) -> Iterator[Block]:
    ahead = [own for own in readiness(context) if own.is_ahead]
    found = []
    for own in sorted(ahead, key=lambda each: (each.days, each.campaign.id)):
        when = f"{wording.plural(own.days, 'day')} to go" if own.days >= 0 else f"{-own.days} d past its day"
        state = good("ready") if own.is_ready else warn(f"{wording.plural(len(own.lacks), 'thing')} missing")
        found.append(words(strong(own.campaign.title), f", {wording.short_date(own.campaign.start)}, {when}: ", state))
    yield from _some(found, _no_launch(context))


def _no_launch(context: Context) -> Line:
    if context.plan.campaigns:
        return Line(words(dim("No launch ahead.")))
    return empty(Outline.TIMELINE, "No campaigns yet: `revplan workshop campaign` leads to the first.")


def _red(context: Context) -> Iterator[Block]:
    found = [
        words(
            bad(entry.metric.name),
            f": {wording.reading(entry.reading.value)} of {aim(entry)}",
            dim(f", {names.member(context.plan, entry.metric.owner)}"),
        )
        for entry in scorecard(context.plan, context.today)
        if entry.color == "red" and entry.reading is not None
    ]
    if context.plan.metrics:
        yield from _some(found, Line(words(dim("No metric is red."))))
    else:
        yield empty(Outline.COLUMNS, "No metrics yet: `revplan metric add` makes one.")


def _health(context: Context) -> Iterator[Block]:
    found = function_health(context.plan, context.today)
    if not found:
        yield empty(Outline.GRID, "No functions are named yet: `revplan function add` names one.")
        return
    runs: list[str | Run] = []
    for own in found:
        runs += [" · " if runs else "", _TONES[own.color](f"{_MARKS[own.color]}\u00a0{own.function.name}")]
    yield Line(words(*runs))
    yield Line(words(dim("● green, ◐ amber, ✗ red, – not known")))


def _decisions(context: Context) -> Iterator[Block]:
    yield from _some(list(_questions(context)), Line(words(dim("Nothing waits for a decision."))))


def _questions(context: Context) -> Iterator[Words]:
    """Yield what asks for a decision: musts that are parked, reviews due, covers past their limit, old issues."""
    plan, today = context.plan, context.today
    for parked in parking_lot(context):
        tactic, title = plan.tactics[parked.tactic], names.tactic(plan, parked.tactic)
        if tactic.tier == "must":
            yield words(bad("must, parked"), f": {title}")
        elif parked.review is not None and parked.review <= today:
            yield words(warn(f"look again since {wording.short_date(parked.review)}"), f": {title}")
    for cover in coverings(plan, today):
        if cover.past:
            by, of = (names.function(plan, one) for one in (cover.cover.by, cover.cover.for_))
            yield words(warn(f"{wording.plural(cover.past, 'day')} past its limit"), f": {by} for {of}")
    old = (
        issue for issue in plan.issues.values() if issue.status == "open" and (today - issue.raised).days >= OLD_ISSUE
    )
    for issue in sorted(old, key=lambda each: (each.raised, each.id)):
        yield words(warn(f"open for {wording.plural((today - issue.raised).days, 'day')}"), f": {issue.title}")
