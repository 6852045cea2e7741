"""A skill that the backlog needs rests on one person.

What: a task of a ready tactic takes a skill that a single member holds at level 2 or above. Only members with hours,
and whose contract has not ended, are counted. A team of one is not told so.
Why: when this person is ill, everything that takes the skill stops, and everything after it.

Bad:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
      ben: {name: Ben, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 1}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {write: {skill: writing, hours: 8}}

Good:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
      ben: {name: Ben, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 2}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {write: {skill: writing, hours: 8}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.staffing import single_points
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP311"
SLUG = "single-point-of-failure"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each skill with a single holder, at the holder's skill."""
    if not context.plan.is_whole("member"):
        return
    for point in single_points(context):
        message = f"only {point.member} can do {point.skill}, needed by {plural(point.tactics, 'tactic')}"
        hint = f"bring a second person to level 2 in {point.skill}, or find somebody outside"
        yield Finding(CODE, Ref("member", point.member, ("skills", point.skill)), message, hint)
