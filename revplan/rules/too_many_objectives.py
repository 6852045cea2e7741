"""A quarter has more than seven objectives.

What: more than seven objectives that are not dropped name the same fiscal quarter, this one or a later one.
Objectives without a quarter count in each.
Why: with eight things to achieve, a team achieves what was easiest. Choosing is the point of the quarterly session.

Bad:
    strategy:
      objectives:
        a: {title: A, quarter: 2026-Q4}
        b: {title: B, quarter: 2026-Q4}
        c: {title: C, quarter: 2026-Q4}
        d: {title: D, quarter: 2026-Q4}
        e: {title: E, quarter: 2026-Q4}
        f: {title: F, quarter: 2026-Q4}
        g: {title: G, quarter: 2026-Q4}
        h: {title: H, quarter: 2026-Q4}

Good:
    strategy:
      objectives:
        a: {title: A, quarter: 2026-Q4}
        b: {title: B, quarter: 2026-Q4}
        c: {title: C, quarter: 2026-Q4}
        d: {title: D, quarter: 2026-Q4}
        e: {title: E, quarter: 2026-Q4}
        f: {title: F, quarter: 2026-Q4}
        g: {title: G, quarter: 2026-Q4}
        h: {title: H, quarter: 2027-Q1}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.periods import say_quarter
from revplan.analysis.strategy import objectives_by_quarter
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP510"
SLUG = "too-many-objectives"
SEVERITY = Severity.ADVICE
MOST = 7


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each quarter with more than seven objectives, at the eighth objective."""
    for quarter, names in objectives_by_quarter(context).items():
        if len(names) > MOST:
            message = f"{say_quarter(context.plan.settings, quarter)} has {plural(len(names), 'objective')}"
            hint = f"keep the {MOST} that matter most, and move the others to a later quarter"
            yield Finding(CODE, Ref("objective", names[MOST], ("quarter",)), message, hint)
