"""Work of a skill takes over a quarter more than it is estimated at.

What: over five or more tasks of a skill that sprints have done and logged, the hours spent are more than 125% of the
hours planned, and the plan does not calibrate its estimates.
Why: the next sprint is overfull from its first day, by as much as the last ones were.

Bad:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        done_when: It can be downloaded
        tasks:
          plan: {skill: writing, hours: 4}
          draft: {skill: writing, hours: 8}
          edit: {skill: writing, hours: 4}
          proof: {skill: writing, hours: 2}
          post: {skill: writing, hours: 2}
    sprints:
      2026-11:
        start: 2026-11-01
        end: 2026-11-30
        status: active
        tactics:
          guide:
            tasks:
              plan: {owner: ana, hours: 4, due: 2026-11-03, status: done, spent: 5}
              draft: {owner: ana, hours: 8, due: 2026-11-06, status: done, spent: 12}
              edit: {owner: ana, hours: 4, due: 2026-11-10, status: done, spent: 5}
              proof: {owner: ana, hours: 2, due: 2026-11-12, status: done, spent: 3}
              post: {owner: ana, hours: 2, due: 2026-11-13, status: done, spent: 2}

Good:
    # file: revplan.yaml
    revplan: {format: 1, company: Test, currency: USD, sprint: {calibrate: true}}
    # file: plan.yaml
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        done_when: It can be downloaded
        tasks:
          plan: {skill: writing, hours: 4}
          draft: {skill: writing, hours: 8}
          edit: {skill: writing, hours: 4}
          proof: {skill: writing, hours: 2}
          post: {skill: writing, hours: 2}
    sprints:
      2026-11:
        start: 2026-11-01
        end: 2026-11-30
        status: active
        tactics:
          guide:
            tasks:
              plan: {owner: ana, hours: 4, due: 2026-11-03, status: done, spent: 5}
              draft: {owner: ana, hours: 8, due: 2026-11-06, status: done, spent: 12}
              edit: {owner: ana, hours: 4, due: 2026-11-10, status: done, spent: 5}
              proof: {owner: ana, hours: 2, due: 2026-11-12, status: done, spent: 3}
              post: {owner: ana, hours: 2, due: 2026-11-13, status: done, spent: 2}
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.analysis.calibration import known_skills
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import exact_hours, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP421"
SLUG = "low-estimates"
SEVERITY = Severity.ADVICE
MOST = Fraction(125, 100)


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each skill with low estimates, at the setting that corrects estimates."""
    if context.plan.settings.sprint.calibrate:
        return
    for own in known_skills(context.plan).values():
        if own.ratio > MOST:
            estimated, actual = exact_hours(own.estimated), exact_hours(own.actual)
            message = f"{plural(own.tasks, 'task')} of {own.skill} estimated at {estimated} took {actual}"
            hint = f"estimate {float(own.factor):.2f} times as much, or set `calibrate: true`"
            yield Finding(CODE, Ref("revplan", "", ("sprint", "calibrate")), message, hint)
