"""Hours are logged for a day on which they cannot have been worked.

What: an entry in the log of a sprint's task or recurring work is dated after today, or on a day that is not one of the
sprint's. (An entry by nobody on the team is RP207.)
Why: nobody has worked tomorrow, and hours of another month count twice or not at all there. Mostly the month or the
year is mistyped.

Bad:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {write: {skill: writing, hours: 8}}
    sprints:
      2026-11:
        start: 2026-11-01
        end: 2026-11-30
        status: active
        tactics:
          guide: {tasks: {write: {owner: ana, hours: 8, due: 2026-11-30, status: started, log: {2027-11-26: {ana: 3}}}}}

Good:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {write: {skill: writing, hours: 8}}
    sprints:
      2026-11:
        start: 2026-11-01
        end: 2026-11-30
        status: active
        tactics:
          guide: {tasks: {write: {owner: ana, hours: 8, due: 2026-11-30, status: started, log: {2026-11-26: {ana: 3}}}}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context
    from revplan.model.sprints import Sprint, WorkLog

CODE = "RP308"
SLUG = "misdated-work"
SEVERITY = Severity.ERROR
HINT = "correct the day, or remove the hours"


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each day of a log that cannot be right."""
    for sprint in context.plan.sprints.values():
        for place, log in _logs(sprint):
            for day in sorted(log):
                where = place.at(str(day))
                if day > context.today:
                    message = f"{day} has not come yet; today is {context.today}"
                elif not sprint.runs_on(day):
                    message = f"{day} is no day of sprint {sprint.id}, which runs from {sprint.start} to {sprint.end}"
                else:
                    continue
                yield Finding(CODE, where, message, HINT, on_key=True)


def _logs(sprint: Sprint) -> Iterator[tuple[Ref, WorkLog]]:
    """Yield every log of a sprint with its place."""
    ref = Ref("sprint", sprint.id)
    for tactic, log in sprint.recurring_log.items():
        yield ref.at("recurring_log", tactic), log
    for tactic, body in sprint.tactics.items():
        for task, row in body.tasks.items():
            yield ref.at("tactics", tactic, "tasks", task, "log"), row.log
