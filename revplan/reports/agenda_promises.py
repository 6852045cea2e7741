"""To-dos and issues as every agenda shows them: what was promised, and what is to be solved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan import phrases
from revplan.analysis.company import last_weeks_promises
from revplan.analysis.metrics import as_read, color_today
from revplan.reports import names
from revplan.reports.document import Align, Column, Heading, Items, Line, Table, bad, dim, good, strong, warn, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from revplan.model.context import Context
    from revplan.model.meetings import Issue, Todo
    from revplan.model.metrics import Metric
    from revplan.model.plan import Plan
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
        yield Line(words(f"Of last week's to-dos {count} {phrases.verb(len(promised.done))} done: ", toned, "."))
    still_open = open_todos(context.plan)
    if not still_open:
        yield Line(words(dim("No to-dos are open.")))
        return
    columns = (Column("To-do", share=2), Column("Who"), Column("Due"), Column("id"))
    yield Table(columns, tuple(_todo(context, todo) for todo in still_open))


def resolved_since(plan: Plan, kind: str, since: date) -> Iterator[Block]:
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
    return (issue for issue in plan.issues.values() if issue.horizon == _HORIZONS[kind])


def open_todos(plan: Plan) -> tuple[Todo, ...]:
    """Return the to-dos that are open, the first due first."""
    found = (todo for todo in plan.todos.values() if todo.status == "open")
    return tuple(sorted(found, key=lambda todo: (todo.due is None, str(todo.due), todo.id)))


def _todo(context: Context, todo: Todo) -> tuple[Words, ...]:
    due = phrases.short_date(todo.due) if todo.due is not None else phrases.MISSING
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
        words(str(issue.priority) if issue.priority is not None else dim(phrases.MISSING)),
        words(f"{(context.today - issue.raised).days} d"),
        words(about or dim(phrases.MISSING)),
        words(dim(issue.id)),
    )


def red_without_issue(context: Context) -> Iterator[Metric]:
    """Yield the red metrics that no open issue is about."""
    about = {issue.metric for issue in context.plan.issues.values() if issue.status == "open"}
    for metric in context.plan.metrics.values():
        if metric.id not in about and color_today(as_read(context, metric), context.today) == "red":
            yield metric


def _red(metric: Metric) -> tuple[Words, ...]:
    why = words(bad("Red: "), metric.name, strong(" (raised by the scoreboard)"))
    return why, words(dim(phrases.MISSING)), words("0 d"), words(metric.id), words(dim("new"))
