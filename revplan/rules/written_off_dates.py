"""A written sprint has work on days that the backlog forbids.

What: a task of a sprint that is not over is to start before its `not_before`, or is due after its `deadline`: its own,
or its tactic's; or it is to start before it has waited as long as the backlog says after a task that it follows, or
after what its tactic requires, in whichever sprint that is; or the people who are to do it at once have no day in
common. Tasks that are done, and the start of those that have begun, are left alone.
Why: the sprint and the backlog tell people two dates, and one of them is wrong.

Bad:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    tactics:
      survey:
        title: Customer survey
        function: marketing
        impact: 7
        tasks: {evaluate: {skill: writing, hours: 4, not_before: 2026-12-10}}
    sprints:
      2026-12:
        start: 2026-12-01
        end: 2026-12-31
        tactics:
          survey: {tasks: {evaluate: {owner: ana, hours: 4, start: 2026-12-03, due: 2026-12-04}}}

Good:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    tactics:
      survey:
        title: Customer survey
        function: marketing
        impact: 7
        tasks: {evaluate: {skill: writing, hours: 4, not_before: 2026-12-10}}
    sprints:
      2026-12:
        start: 2026-12-01
        end: 2026-12-31
        tactics:
          survey: {tasks: {evaluate: {owner: ana, hours: 4, start: 2026-12-10, due: 2026-12-10}}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.periods import in_order
from revplan.analysis.progress import has_begun
from revplan.analysis.waiting import day_after, in_words
from revplan.analysis.workload import open_sprints, unfinished_assignments
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.model.calendar import company_calendar
from revplan.wording import list_some

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from revplan.analysis.workload import Assignment
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.tactics import Task
    from revplan.model.waits import Wait

CODE = "RP318"
SLUG = "written-off-dates"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each date of an open sprint that its task may not have."""
    for sprint in open_sprints(context):
        for one in unfinished_assignments(sprint):
            found = (*_clashes(context.plan, one), *_impatient(context.plan, one), *_apart(context.plan, one))
            for key, message in found:
                hint = f"`revplan sprint plan {sprint.id} --write` plans it anew, or change the date in the backlog"
                yield Finding(CODE, one.place(Ref("sprint", sprint.id), key), message, hint)


def _clashes(plan: Plan, one: Assignment) -> Iterator[tuple[str, str]]:
    """Yield the key of each date that is too early or too late, and what is wrong with it."""
    tactic = plan.tactics.get(one.tactic)
    task = tactic.tasks.get(one.task) if tactic is not None else None
    if tactic is None or task is None:
        return
    first = max((day for day in (tactic.not_before, task.not_before) if day is not None), default=None)
    last = min((day for day in (tactic.deadline, task.deadline) if day is not None), default=None)
    start, due = one.row.start, one.row.due
    if first is not None and start is not None and start < first and not has_begun(one.row):
        yield "start", f"{one} is to start on {start}; the backlog has it not before {first}"
    if last is not None and due is not None and due > last:
        yield "due", f"{one} is due on {due}, after its deadline {last}"


def _impatient(plan: Plan, one: Assignment) -> Iterator[tuple[str, str]]:
    """Yield the start of a task that has not waited long enough by then."""
    task = plan.tactics[one.tactic].tasks.get(one.task) if one.tactic in plan.tactics else None
    start = one.row.start
    if task is None or start is None or has_begun(one.row):
        return
    calendar = company_calendar(plan.settings)
    for name, wait, end in _waits(plan, one.tactic, task):
        if start < (opens := day_after(calendar, end, wait)):
            yield "start", f"{one} is to start on {start}; {in_words(wait)} after {name} is {opens}"
            return


def _apart(plan: Plan, one: Assignment) -> Iterator[tuple[str, str]]:
    """Yield the days of the people who are to do a task at once, where no day is everybody's."""
    task = plan.tactics[one.tactic].tasks.get(one.task) if one.tactic in plan.tactics else None
    own = [one.row.days[name] for name in one.row.owners if name in one.row.days]
    if task is None or task.people == 1 or len(own) < len(one.row.owners) or has_begun(one.row) or not own:
        return
    if max(days.first for days in own) > min(days.last for days in own):
        people = list_some(sorted(one.row.owners))
        yield "days", f"{one} takes its people at once, and no day is one of {people} together"


def _waits(plan: Plan, tactic: str, task: Task) -> Iterator[tuple[str, Wait, date]]:
    """Yield what a task waits after, how long, and the day on which that is complete, as far as it is known."""
    if task.after:
        ends = _ends(plan, tactic)
        known = ((name, task.wait_after(name), ends.get(name)) for name in task.after)
    else:
        required = (name for name in plan.tactics[tactic].requires if name in plan.tactics)
        known = ((name, task.wait, _end_of(plan, name)) for name in required)
    for name, wait, end in known:
        if wait is not None and end is not None:
            yield name, wait, end


def _ends(plan: Plan, tactic: str) -> dict[str, date]:
    """Return the day on which each task of a tactic was done or is due, by the last sprint that has it."""
    found: dict[str, date] = {}
    for sprint in in_order(plan):
        row = sprint.tactics.get(tactic)
        for name, task in row.tasks.items() if row is not None and row.dropped is None else ():
            end = task.done or task.due
            if end is not None and task.dropped is None:
                found[name] = end
    return found


def _end_of(plan: Plan, tactic: str) -> date | None:
    """Return the day on which a tactic was done, or all its tasks are due; None where that is not known."""
    required = plan.tactics[tactic]
    ends = _ends(plan, tactic)
    if required.done is not None:
        return required.done
    return max(ends.values()) if required.tasks.keys() <= ends.keys() else None
