"""What all agendas have in common: timed items, to-dos, issues, and the blanks that are read back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from revplan import wording
from revplan.analysis.changes import changes
from revplan.analysis.health import last_weeks_promises
from revplan.analysis.meetings import next_meeting
from revplan.analysis.scorecard import color_today, effective_metric
from revplan.model.numbers import MINUTES_PER_HOUR
from revplan.reports import names
from revplan.reports.document import (
    Align,
    Blank,
    Column,
    Heading,
    Items,
    Line,
    Picture,
    Section,
    Table,
    bad,
    dim,
    good,
    strong,
    warn,
    words,
)
from revplan.reports.frame import Report
from revplan.reports.log import entity_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, time

    from revplan.model.context import Context
    from revplan.model.meetings import Issue, Meeting, MeetingKind, Todo
    from revplan.model.metrics import Metric
    from revplan.model.plan import Plan
    from revplan.model.settings import QuarterMeeting, SprintMeeting, WeeklyMeeting
    from revplan.reports.document import Block, Words

    Setting = WeeklyMeeting | SprintMeeting | QuarterMeeting

ATTENDED = Blank("Attended", "ids or first names, with commas", 1)
HEADLINES = Blank("Headlines", "from customers and people, one a line", 3)
DONE = Blank("To-dos done", "one id a line", 3)
SOLVED = Blank("Issues solved", "id: what was decided", 4)
ISSUES = Blank("New issues", "one a line; who raises it in brackets", 3)
TODOS = Blank("New to-dos", "what is to be done (who, by which day)", 4)
DECISIONS = Blank("Decisions", "one a line", 3)
MESSAGES = Blank("Cascading messages", "what everyone else is to hear, one a line", 2)
RATING = Blank("Rating", "who: 1 to 10, one a line", 3)

BLANKS = (ATTENDED, HEADLINES, DONE, SOLVED, ISSUES, TODOS, DECISIONS, MESSAGES, RATING)
"""Every blank that a filled-in agenda is read back from."""


LEAST = 2
"""Minutes that an item keeps, however short the meeting is."""
_HOURS_PER_DAY = 24
MOST_CHANGES = 12
"""Changes of the plan that an agenda lists."""
_SHOWN_ANYWAY = frozenset(("todo", "issue", "meeting"))
"""Kinds that every agenda has in full."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of an agenda.

    Attributes:
        minutes: how long it takes.
    """

    title: str
    minutes: int
    blocks: tuple[Block, ...]


def report(kind: MeetingKind, title: str, items: Sequence[Item], minutes: int, starts: time | None = None) -> Report:
    """Return an agenda as a report whose items take the meeting's minutes together.

    Args:
        kind: which meeting.
        title: what it is called.
        items: what is on the agenda, each with the minutes it takes in a meeting of the usual length.
        minutes: how long this meeting is, 1 or more.
        starts: the time of day at which it begins; None where it is not set, and items count from 0:00.
    """
    fitted = fit(items, minutes)
    least = len(items) * LEAST
    too_long = (_too_long(len(items), minutes, least),) if minutes < least else ()
    return Report(
        name=f"agenda-{kind}",
        title=f"{title}, {wording.plural(minutes, 'minute')}",
        sections=(*too_long, *_sections(fitted, starts)),
        workings=(),
        data={
            "kind": kind,
            "minutes": minutes,
            "starts": f"{starts:%H:%M}" if starts is not None else None,
            "too_long": bool(too_long),
            "items": [{"title": item.title, "minutes": item.minutes} for item in fitted],
        },
    )


def fit(items: Sequence[Item], minutes: int) -> tuple[Item, ...]:
    """Scale the minutes of items so that they add up to the meeting's length; the proportions stay.

    No item has less than LEAST. Where the meeting is too short for that, the items with the most minutes have
    LEAST each, and the others none.
    """
    shares = _shares([item.minutes for item in items], minutes)
    return tuple(replace(item, minutes=share) for item, share in zip(items, shares, strict=True))


def _shares(weights: Sequence[int], minutes: int) -> list[int]:
    """Divide minutes by weight, LEAST for each at least; odd minutes go to the largest remainders."""
    if minutes < LEAST * len(weights):
        return _shares_of_the_longest(weights, minutes)
    pinned: set[int] = set()
    while True:
        rest = minutes - LEAST * len(pinned)
        total = sum(weight for place, weight in enumerate(weights) if place not in pinned)
        small = {place for place, weight in enumerate(weights) if weight * rest < LEAST * total} - pinned
        if not small:
            break
        pinned |= small
    exact = [Fraction(weight * rest, total) for weight in weights]
    exact = [Fraction(LEAST) if place in pinned else share for place, share in enumerate(exact)]
    shares = [floor(share) for share in exact]
    by_remainder = sorted(range(len(weights)), key=lambda place: (shares[place] - exact[place], place))
    for place in by_remainder[: minutes - sum(shares)]:
        shares[place] += 1
    return shares


def _shares_of_the_longest(weights: Sequence[int], minutes: int) -> list[int]:
    """Return LEAST for as many of the longest items as the minutes hold, and the remainder for the longest of all."""
    longest = sorted(range(len(weights)), key=lambda place: (-weights[place], place))
    shares = [0] * len(weights)
    for place in longest[: minutes // LEAST]:
        shares[place] = LEAST
    shares[longest[0]] += minutes % LEAST
    return shares


def _too_long(count: int, minutes: int, least: int) -> Section:
    take = f"{wording.plural(count, 'item')} {wording.verb(count, 'takes', 'take')} {wording.plural(least, 'minute')}"
    line = f"{take} at least; the meeting has {minutes}. What has no time here has to wait."
    return Section(words(warn("The list is too long")), (Line(words(line)),))


def _sections(items: Sequence[Item], starts: time | None) -> Iterator[Section]:
    begun = starts.hour * MINUTES_PER_HOUR + starts.minute if starts is not None else 0
    for item in items:
        hour = begun // MINUTES_PER_HOUR
        clock = f"{hour % _HOURS_PER_DAY if starts is not None else hour}:{begun % MINUTES_PER_HOUR:02}"
        length = wording.plural(item.minutes, "minute") if item.minutes else "no time"
        yield Section(words(f"{clock} {item.title}", dim(f" ({length})")), item.blocks)
        begun += item.minutes


def meeting_length(held: Setting | None, usual: int) -> tuple[int, time | None]:
    """Return how many minutes a meeting takes, and when it begins: as configured, else the usual length."""
    return (max(1, held.minutes), held.time) if held is not None else (usual, None)


def away(context: Context, kind: MeetingKind) -> Iterator[Block]:
    """Yield who would take part in the next meeting of a kind and is away on its day."""
    held = next_meeting(context, kind)
    if held is not None and held.away:
        when = wording.long_date(held.day)
        yield Line(
            words(f"Away on {when}: {wording.join_names([context.plan.team[name].name for name in held.away])}.")
        )


def inside(sections: Sequence[Section]) -> Iterator[Block]:
    """Yield sections of a report as blocks of an item; a meeting reads, so that drawings stay on the report's page."""
    for section in (each for each in sections if not each.is_drawn):
        yield Heading(section.title)
        blocks = (block.said if isinstance(block, Picture) else block for block in section.blocks)
        yield from (block for block in blocks if block is not None)


def last_meeting(context: Context, kind: MeetingKind) -> Meeting | None:
    """Return the last meeting of a kind before the context's day; None where none is written."""
    held = [meeting for meeting in context.plan.meetings.values() if meeting.kind == kind]
    past = [meeting for meeting in held if meeting.date < context.today]
    return max(past, key=lambda meeting: meeting.date, default=None)


def recall(context: Context, kind: MeetingKind, before: Plan | None) -> Iterator[Block]:
    """Yield what the last meeting of a kind decided, what was solved and done since, and what else changed in the plan.

    Args:
        context: the plan and the day.
        kind: which meeting.
        before: the plan as it stood at the last meeting; None where that is not known.
    """
    meeting = last_meeting(context, kind)
    if meeting is not None:
        yield from _decisions(meeting)
        yield from what_was_solved(context.plan, kind, meeting.date)
        if before is not None:
            yield from _changes_since(before, context.plan, meeting.date)


def _changes_since(before: Plan, after: Plan, since: date) -> Iterator[Block]:
    found = [change for change in changes(before, after) if change.ref.kind not in _SHOWN_ANYWAY]
    if not found:
        return
    yield Heading(words(f"Changed in the plan since {wording.long_date(since)}"))
    yield Items(tuple(entity_in_words(before, after, change) for change in found[:MOST_CHANGES]))
    if len(found) > MOST_CHANGES:
        yield Line(words(dim(f"And {len(found) - MOST_CHANGES} more: `revplan diff` tells all.")))


def _decisions(meeting: Meeting) -> Iterator[Block]:
    if meeting.decisions:
        yield Heading(words(f"Decided on {wording.long_date(meeting.date)}"))
        yield Items(tuple(words(decision) for decision in meeting.decisions))
    if meeting.rating:
        mean = wording.count(Fraction(sum(meeting.rating.values()), len(meeting.rating)))
        yield Line(words(dim(f"The last meeting was rated {mean} of 10.")))


GOOD_RATE = 0.9
"""The part of its to-dos that a team which promises what it can keep gets done."""
_ABOUT = ("metric", "tactic", "campaign", "objective", "persona", "function", "tool")
HORIZONS = {"weekly": "week", "sprint": "sprint", "quarter": "quarter"}


def todos(context: Context) -> Iterator[Block]:
    """Yield the to-dos that fell due in the last week with the part that is done, and all that are open."""
    promised = last_weeks_promises(context.plan, context.today)
    if promised.rate is not None:
        count = f"{len(promised.done)} of {len(promised.done) + len(promised.undone)}"
        rate = wording.rate(promised.rate, 0)
        toned = good(rate) if promised.rate >= GOOD_RATE else warn(rate)
        yield Line(words(f"Of last week's to-dos {count} {wording.verb(len(promised.done))} done: ", toned, "."))
    still_open = open_todos(context.plan)
    if not still_open:
        yield Line(words(dim("No to-dos are open.")))
        return
    columns = (Column("To-do", share=2), Column("Who"), Column("Due"), Column("id"))
    yield Table(columns, tuple(_todo(context, todo) for todo in still_open))


def what_was_solved(plan: Plan, kind: str, since: date) -> Iterator[Block]:
    """Yield the issues of a meeting's horizon that were solved since a day, and for the weekly one what was done."""
    solved = sorted(
        (issue for issue in _of_horizon(plan, kind) if issue.solved is not None and issue.solved >= since),
        key=lambda issue: (str(issue.solved), issue.id),
    )
    if solved:
        yield Heading(words("Solved since then"))
        yield Items(tuple(words(issue.title, f": {issue.solution}" if issue.solution else "") for issue in solved))
    done = sorted(
        (todo for todo in plan.todos.values() if todo.done is not None and todo.done >= since),
        key=lambda todo: (str(todo.done), todo.id),
    )
    if done and kind == "weekly":
        yield Heading(words("Done since then"))
        yield Items(tuple(_todo_words(plan, todo) for todo in done))


def _todo_words(plan: Plan, todo: Todo) -> Words:
    return words(todo.title, f" ({names.member(plan, todo.owner)})" if todo.owner is not None else "")


def _of_horizon(plan: Plan, kind: str) -> Iterator[Issue]:
    return (issue for issue in plan.issues.values() if issue.horizon == HORIZONS[kind])


def open_todos(plan: Plan) -> tuple[Todo, ...]:
    """Return the to-dos that are open, the first due first."""
    found = (todo for todo in plan.todos.values() if todo.status == "open")
    return tuple(sorted(found, key=lambda todo: (todo.due is None, str(todo.due), todo.id)))


def _todo(context: Context, todo: Todo) -> tuple[Words, ...]:
    due = wording.short_date(todo.due) if todo.due is not None else wording.MISSING
    is_late = todo.due is not None and todo.due < context.today
    return (
        words(todo.title),
        words(names.member(context.plan, todo.owner) if todo.owner is not None else warn("nobody")),
        words(bad(f"{due}, late") if is_late else due),
        words(dim(todo.id)),
    )


def open_issues(plan: Plan, kind: str) -> tuple[Issue, ...]:
    """Return the open issues of a meeting's horizon, the most important first."""
    own = (issue for issue in _of_horizon(plan, kind) if issue.status == "open")
    return tuple(sorted(own, key=lambda issue: (-(issue.priority or 0), issue.raised, issue.id)))


def issues(context: Context, kind: str) -> Iterator[Block]:
    """Yield the open issues of a meeting's horizon, the most important first, and what the scoreboard adds to them."""
    own = open_issues(context.plan, kind)
    raised = list(red_without_issue(context)) if kind == "weekly" else []
    if not own and not raised:
        yield Line(words(dim("No issues are open. What stands in the way and nobody says?")))
        return
    columns = (
        Column("#", Align.RIGHT),
        Column("Issue", share=3),
        Column("Weight", Align.RIGHT),
        Column("Age", Align.RIGHT),
        Column("About", roomy=True),
        Column("id"),
    )
    rows = [*(_issue(context, issue) for issue in own), *map(_red, raised)]
    yield Table(columns, tuple((words(str(rank)), *row) for rank, row in enumerate(rows, start=1)))


def _issue(context: Context, issue: Issue) -> tuple[Words, ...]:
    about = next((value for value in (getattr(issue, name) for name in _ABOUT) if value is not None), None)
    return (
        words(issue.title),
        words(str(issue.priority) if issue.priority is not None else dim(wording.MISSING)),
        words(f"{(context.today - issue.raised).days} d"),
        words(about or dim(wording.MISSING)),
        words(dim(issue.id)),
    )


def red_without_issue(context: Context) -> Iterator[Metric]:
    """Yield the red metrics that no open issue is about."""
    about = {issue.metric for issue in context.plan.issues.values() if issue.status == "open"}
    for metric in context.plan.metrics.values():
        if metric.id not in about and color_today(effective_metric(context, metric), context.today) == "red":
            yield metric


def _red(metric: Metric) -> tuple[Words, ...]:
    why = words(bad("Red: "), metric.name, strong(" (raised by the scoreboard)"))
    return why, words(dim(wording.MISSING)), words("0 d"), words(metric.id), words(dim("new"))
