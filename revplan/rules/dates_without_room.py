"""The dates of a task leave it no day.

What: a task of an open tactic may not start before a day that lies after the last day it may end, once its tactic's
dates, the tasks that it follows and how long it waits after them are counted in.
Why: no sprint can hold the tactic, and it waits in the backlog without anybody knowing why.

Bad:
    tactics:
      survey:
        title: Customer survey
        function: marketing
        impact: 7
        deadline: 2026-12-08
        tasks:
          send: {skill: writing, hours: 4}
          evaluate: {skill: writing, hours: 4, after: [send], not_before: 2026-12-10}

Good:
    tactics:
      survey:
        title: Customer survey
        function: marketing
        impact: 7
        deadline: 2026-12-18
        tasks:
          send: {skill: writing, hours: 4}
          evaluate: {skill: writing, hours: 4, after: [send], not_before: 2026-12-10}
"""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from revplan.analysis.progress import open_tactics
from revplan.analysis.waiting import day_after
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.model.calendar import company_calendar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from revplan.model.calendar import PlaceCalendar
    from revplan.model.context import Context
    from revplan.model.tactics import Tactic, Task

CODE = "RP415"
SLUG = "dates-without-room"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for the first task of each open tactic that has no day between its dates."""
    calendar = company_calendar(context.plan.settings)
    for tactic in open_tactics(context.plan):
        if not any(_is_dated(task) for task in tactic.tasks.values()):
            continue
        found = next(_without_room(calendar, tactic), None)
        if found is not None:
            name, first, last = found
            message = f"{tactic.id}/{name} may not start before {first}, and is to end by {last}"
            yield Finding(
                CODE, Ref("tactic", tactic.id, ("tasks", name)), message, "move one of the dates", on_key=True
            )


def _is_dated(task: Task) -> bool:
    """Tell whether a task has dates of its own, or waits."""
    has_waits = task.wait is not None or isinstance(task.after, dict)
    return has_waits or task.not_before is not None or task.deadline is not None


def _without_room(calendar: PlaceCalendar, tactic: Tactic) -> Iterator[tuple[str, date, date]]:
    """Yield each task that has no day, with the first and the last day by its dates and those of what it follows."""
    firsts: dict[str, date | None] = {}
    for name in _in_turn(tactic):
        task = tactic.tasks[name]
        before = ((firsts.get(one), task.wait_after(one)) for one in task.after)
        begins = (day_after(calendar, day, wait) if day and wait else day for day, wait in before)
        days = [day for day in (tactic.not_before, task.not_before, *begins) if day is not None]
        firsts[name] = first = max(days, default=None)
        last = min((day for day in (tactic.deadline, task.deadline) if day is not None), default=None)
        if first is not None and last is not None and first > last:
            yield name, first, last


def _in_turn(tactic: Tactic) -> tuple[str, ...]:
    """Return the tasks, each after those it follows; none where they follow each other in a circle."""
    links = {name: [one for one in task.after if one in tactic.tasks] for name, task in tactic.tasks.items()}
    try:
        return tuple(TopologicalSorter(links).static_order())
    except CycleError:
        return ()
