"""To-dos and issues as every agenda shows them: what was promised, and what is to be solved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan import phrases
from revplan.analysis.company import last_weeks_promises
from revplan.analysis.metrics import color_today
from revplan.reports import names
from revplan.reports.document import Align, Column, Line, Table, bad, dim, good, strong, warn, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context
    from revplan.model.meetings import Issue, Todo
    from revplan.model.metrics import Metric
    from revplan.reports.document import Block, Words

GOOD_RATE = 0.9
"""The part of its to-dos that a team which promises what it can keep gets done."""
_ABOUT = ("metric", "tactic", "campaign", "objective", "persona", "function", "tool")
_HORIZONS = {"weekly": "week", "sprint": "sprint", "quarter": "quarter"}


def todos(context: Context) -> Iterator[Block]:
    """Yield the to-dos that fell due in the last week with the part that is done, and all that are open."""
    promised = last_weeks_promises(context.plan, context.today)
    if promised.rate is not None:
        count = f"{len(promised.done)} of {len(promised.done) + len(promised.undone)}"
        rate = phrases.rate(promised.rate, 0)
        toned = good(rate) if promised.rate >= GOOD_RATE else warn(rate)
        yield Line(words(f"Of last week's to-dos {count} are done: ", toned, "."))
    still_open = [todo for todo in context.plan.todos.values() if todo.status == "open"]
    if not still_open:
        yield Line(words(dim("No to-dos are open.")))
        return
    columns = (Column("To-do", share=2), Column("Who"), Column("Due"), Column("id"))
    ordered = sorted(still_open, key=lambda todo: (todo.due is None, str(todo.due), todo.id))
    yield Table(columns, tuple(_todo(context, todo) for todo in ordered))


def _todo(context: Context, todo: Todo) -> tuple[Words, ...]:
    due = phrases.short_date(todo.due) if todo.due is not None else phrases.MISSING
    is_late = todo.due is not None and todo.due < context.today
    return (
        words(todo.title),
        words(names.member(context.plan, todo.owner) if todo.owner is not None else warn("nobody")),
        words(bad(f"{due}, late") if is_late else due),
        words(dim(todo.id)),
    )


def issues(context: Context, kind: str) -> Iterator[Block]:
    """Yield the open issues of a meeting's horizon, the most important first, and what the scoreboard adds to them."""
    own = [
        issue for issue in context.plan.issues.values() if issue.status == "open" and issue.horizon == _HORIZONS[kind]
    ]
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
    ordered = sorted(own, key=lambda issue: (-(issue.priority or 0), issue.raised, issue.id))
    rows = [_issue(context, issue) for issue in ordered] + [_red(metric) for metric in raised]
    yield Table(columns, tuple((words(str(rank)), *row) for rank, row in enumerate(rows, start=1)))


def _issue(context: Context, issue: Issue) -> tuple[Words, ...]:
    about = next((value for value in (getattr(issue, name) for name in _ABOUT) if value is not None), None)
    return (
        words(issue.title),
        words(str(issue.priority) if issue.priority is not None else dim(phrases.MISSING)),
        words(f"{(context.today - issue.raised).days} d"),
        words(about or dim(phrases.MISSING)),
        words(dim(issue.id)),
    )


def red_without_issue(context: Context) -> Iterator[Metric]:
    """Yield the red metrics that no open issue is about."""
    about = {issue.metric for issue in context.plan.issues.values() if issue.status == "open"}
    for metric in context.plan.metrics.values():
        if metric.id not in about and color_today(metric, context.today) == "red":
            yield metric


def _red(metric: Metric) -> tuple[Words, ...]:
    why = words(bad("Red: "), metric.name, strong(" (raised by the scoreboard)"))
    return why, words(dim(phrases.MISSING)), words("0 d"), words(metric.id), words(dim("new"))
