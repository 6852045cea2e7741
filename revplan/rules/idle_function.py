"""A function with no work in a whole quarter's sprints.

What: the sprints written so far cover every workday of the fiscal quarter under way, and a function of
`company.functions` has no tactic in any of them and none of its members a task.
Why: a function that touches the customer and has no part in the quarter was forgotten, or is doing something else.

Bad:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    tactics:
      guide: {title: A guide, function: marketing, impact: 6, tasks: {write: {skill: writing, hours: 8}}}
      survey: {title: A survey, function: marketing, impact: 6, tasks: {ask: {skill: writing, hours: 8}}}
    sprints:
      2026-10: {start: 2026-10-01, end: 2026-10-31, status: closed}
      2026-11:
        start: 2026-11-01
        end: 2026-11-30
        tactics:
          survey: {tasks: {ask: {owner: ana, hours: 8, start: 2026-11-02, due: 2026-11-30}}}
      2026-12:
        start: 2026-12-01
        end: 2026-12-31
        tactics:
          guide: {tasks: {write: {owner: ana, hours: 8, start: 2026-12-01, due: 2026-12-04}}}
    company:
      functions:
        marketing: {name: Marketing, accountable: ana}
        support: {name: Support, accountable: ana}

Good:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    tactics:
      guide: {title: A guide, function: marketing, impact: 6, tasks: {write: {skill: writing, hours: 8}}}
      survey: {title: A survey, function: support, impact: 6, tasks: {ask: {skill: writing, hours: 8}}}
    sprints:
      2026-10: {start: 2026-10-01, end: 2026-10-31, status: closed}
      2026-11:
        start: 2026-11-01
        end: 2026-11-30
        tactics:
          survey: {tasks: {ask: {owner: ana, hours: 8, start: 2026-11-02, due: 2026-11-30}}}
      2026-12:
        start: 2026-12-01
        end: 2026-12-31
        tactics:
          guide: {tasks: {write: {owner: ana, hours: 8, start: 2026-12-01, due: 2026-12-04}}}
    company:
      functions:
        marketing: {name: Marketing, accountable: ana}
        support: {name: Support, accountable: ana}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.health import quarters_sprints, working_functions
from revplan.analysis.periods import fiscal_quarter, say_quarter
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP915"
SLUG = "idle-function"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each declared function without work in the quarter, once all of it is planned."""
    plan = context.plan
    quarter = fiscal_quarter(plan.settings, context.today)
    said = say_quarter(plan.settings, quarter)
    sprints = quarters_sprints(plan, quarter)
    if sprints is None or not plan.is_whole("sprint", "tactic", "member"):
        return
    working = working_functions(plan, sprints)
    for name in plan.company.functions:
        if name not in working:
            message = f'"{name}" has no work in the sprints of {said}'
            hint = "give it a part in one of the objectives, or say why not at the strategy session"
            yield Finding(CODE, Ref("function", name), message, hint, on_key=True)
