"""`revplan agenda weekly`: the revenue team's ninety minutes, most of them for issues."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from revplan import wording
from revplan.analysis.calibration import parking_lot
from revplan.analysis.commitment import commitment
from revplan.analysis.pace import pace
from revplan.analysis.readiness import readiness
from revplan.analysis.results import awaiting_judgement
from revplan.analysis.scorecard import scorecard
from revplan.analysis.sprint_due import current_sprint
from revplan.analysis.strategy import running_objectives
from revplan.analysis.workload import people_still_at
from revplan.model.base import ONE_WEEK
from revplan.model.calendar import company_calendar, work_calendar
from revplan.reports import agenda as agenda_promises
from revplan.reports import agenda as minutes
from revplan.reports import names, results, scoreboard, sprint_tables, standing_words, which_sprint
from revplan.reports.agenda import Item, away, meeting_length, recall, report
from revplan.reports.document import Align, Column, Items, Line, Table, bad, dim, strong, warn, words
from revplan.reports.scoreboard import NO_METRICS, reading_cells
from revplan.reports.values import part_of_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from revplan.analysis.scorecard import ScorecardEntry
    from revplan.model.calendar import WorkCalendar
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint
    from revplan.reports.document import Block, Words
    from revplan.reports.frame import Report

LENGTH = 90
_AHEAD = timedelta(days=14)


def build(context: Context, before: Plan | None) -> Report:
    """Return the agenda of the weekly meeting.

    Args:
        context: the plan and the day.
        before: the plan as it stood at the last one; None where that is not known.
    """
    held = context.plan.settings.meetings.weekly
    items = (
        Item("Check-in", 5, (*away(context, "weekly"), *_away_this_week(context), minutes.ATTENDED)),
        Item("Scoreboard and metrics", 5, tuple(_metrics(context))),
        Item(
            "Sprint and objectives",
            10,
            (*_sprint(context), *_objectives(context), *_ahead(context), *_did_it_work(context)),
        ),
        Item("Headlines from customers and people", 5, (minutes.HEADLINES,)),
        Item(
            "To-dos of last week",
            5,
            (*recall(context, "weekly", before), *agenda_promises.todos(context), minutes.DONE),
        ),
        Item(
            "Identify, discuss, solve", 55, (*agenda_promises.issues(context, "weekly"), minutes.SOLVED, minutes.ISSUES)
        ),
        Item("Conclude", 5, (minutes.TODOS, minutes.DECISIONS, minutes.MESSAGES, minutes.RATING)),
    )
    return report("weekly", "weekly revenue team meeting", items, *meeting_length(held, LENGTH))


def _away_this_week(context: Context) -> Iterator[Block]:
    """Yield who is away between today and Sunday, or in the next week where this one has no workday left."""
    days, which = _week(context)
    absent = [
        f"{member.name} ({', '.join(entries)})"
        for member in context.plan.team.values()
        if (entries := list(_time_off(work_calendar(context.plan.settings, member), days)))
    ]
    if absent:
        yield Line(words(f"Away {which} week: {wording.join_names(absent)}."))


def _week(context: Context) -> tuple[tuple[date, ...], str]:
    """Return the days of the week that the meeting looks at, and whether it is this or the next."""
    left = ONE_WEEK.days - context.today.weekday()
    days = tuple(context.today + timedelta(days=number) for number in range(left))
    if company_calendar(context.plan.settings).first_workday(days) is not None:
        return days, "this"
    monday = context.today + timedelta(days=left)
    return tuple(monday + timedelta(days=number) for number in range(ONE_WEEK.days)), "next"


def _time_off(calendar: WorkCalendar, days: tuple[date, ...]) -> Iterator[str]:
    for span, absence in calendar.time_off_within(days[0], days[-1]):
        if any(map(calendar.is_under_contract, days)):
            part = f", {part_of_day(absence)}" if absence.minutes is not None else ""
            yield f"{wording.span(span.first, span.last)}{part}"
    yield from (f"{wording.span(day, day)}, {name}" for day, name in _holidays_of_place(calendar, days))


def _holidays_of_place(calendar: WorkCalendar, days: tuple[date, ...]) -> Iterator[tuple[date, str]]:
    """Yield the whole holidays that a member has by a calendar of their own."""
    if calendar.member.calendar is not None:
        for day in days:
            if calendar.place.is_holiday(day) and calendar.pattern(day).day:
                names = (absence.reason for absence in calendar.place.holidays_on(day) if absence.reason is not None)
                yield day, next(names, "holiday")


# --- the scoreboard -----------------------------------------------------------------------------------------------


def _metrics(context: Context) -> Iterator[Block]:
    yield from map(Line, standing_words.requests(context))
    entries = scorecard(context.plan, context.today)
    if not entries:
        yield Line(words(dim(NO_METRICS)))
        return
    columns = (
        Column("Metric", share=2),
        Column("Now", Align.RIGHT),
        Column("Target", Align.RIGHT),
        Column("State"),
        Column("Last 13"),
        Column("Owner"),
    )
    yield Table(columns, tuple(_metric(context, entry) for entry in entries))


def _metric(context: Context, entry: ScorecardEntry) -> tuple[Words, ...]:
    return (*reading_cells(entry), words(names.member(context.plan, entry.metric.owner)))


# --- the sprint ---------------------------------------------------------------------------------------------------


def _sprint(context: Context) -> Iterator[Block]:
    sprint = current_sprint(context)
    for section in which_sprint.before_written(context, sprint):
        yield from section.blocks
    if sprint is None:
        yield Line(words(dim("No sprint is written yet: `revplan sprint plan --write` fills one.")))
        return
    goal = f": {sprint.goal}" if sprint.goal is not None else ""
    yield Line(words(strong(f"Sprint {sprint.id}, {sprint.status}"), goal))
    yield from _pace(context, sprint)


def _pace(context: Context, sprint: Sprint) -> Iterator[Block]:
    found = pace(context, sprint)
    earned, planned = (sum(task.earned for task in found.tasks), sum(task.planned for task in found.tasks))
    left = sum(task.left for task in found.tasks)
    part, whole, _ = wording.done_whole_left(earned, planned, left)
    done = f"{part} of {whole} planned hours are behind us"
    yield Line(words(f"{done} ({wording.percent(earned, planned)})."))
    yield Line(sprint_tables.commitment(commitment(sprint)))
    late = [task for task in found.tasks if task.is_late]
    if late:
        rows = tuple(
            words(
                bad("Late: "),
                f"{task.at}, {names.members(context.plan, people_still_at(task.at.row))}",
                f", {wording.about(task.left)} h left",
                f", due {wording.short_date(task.at.row.due)}" if task.at.row.due is not None else "",
            )
            for task in late
        )
        yield Items(rows)


def _objectives(context: Context) -> Iterator[Block]:
    running = running_objectives(context)
    if not running:
        yield Line(words(dim("No objective runs this quarter.")))
        return
    by_metric = scoreboard.entries(context)
    rows = (
        (words(own.title), *scoreboard.measure_cells(own, by_metric), scoreboard.owner(context, own))
        for own in running.values()
    )
    yield Table((Column("Objective", share=3), *scoreboard.MEASURED, Column("Owner")), tuple(rows))


def _ahead(context: Context) -> Iterator[Block]:
    until = context.today + _AHEAD
    yield from _launches(context)
    for each in context.plan.strategy.inputs.values():
        begin = each.date - timedelta(days=each.lead_days or 0)
        if context.today <= each.date and begin <= until and each.response is None:
            when = f"{wording.long_date(each.date)}; to be ready, begin by {wording.long_date(begin)}"
            yield Line(words(strong(each.title), f": {when}. ", warn("Nothing answers it yet.")))
    again = [each.tactic for each in parking_lot(context) if each.review is not None and each.review <= until]
    if again:
        named = wording.list_some([names.tactic(context.plan, tactic) for tactic in again])
        yield Line(words(f"Parked, and to be looked at again by {wording.short_date(until)}: {named}."))


def _did_it_work(context: Context) -> Iterator[Block]:
    """Yield the question whether done tactics moved their metrics, the oldest first, a few at a time."""
    waiting = awaiting_judgement(context)
    if not waiting:
        return
    yield Line(words(strong("Did it work?"), dim(" Note it: `revplan tactic result ID --moved yes|no|unclear`.")))
    yield Items(tuple(results.question(context, *each) for each in waiting[:_MOST_ASKED]))
    if len(waiting) > _MOST_ASKED:
        more = wording.plural(len(waiting) - _MOST_ASKED, "tactic")
        yield Line(words(dim(f"{more} more: `revplan report results` lists them.")))


_MOST_ASKED = 3
"""Tactics that one meeting is asked about."""


def _launches(context: Context) -> Iterator[Block]:
    """Yield what launches soon or should have, and what each launch waits for: as the launch gate has it."""
    for own in readiness(context):
        if not own.is_ahead or own.days > _AHEAD.days:
            continue
        on_list = f", {own.items_open} of them on the launch list" if own.items_open else ""
        state = f"not ready, {wording.plural(len(own.lacks), 'thing')} missing{on_list}"
        yield Line(
            words(strong(own.campaign.title), f" {_when(own.days)}; ", "ready" if own.is_ready else warn(state), ".")
        )
        late = [lack.what for lack in own.lacks if lack.is_late]
        if late:
            yield Items(tuple(words(bad("Late: "), what) for what in late))


def _when(days: int) -> str:
    if days < 0:
        return f"was to be launched {wording.plural(-days, 'day')} ago"
    return f"launches in {wording.plural(days, 'day')}" if days else "launches today"
