"""Nobody has looked at a competitor for over a quarter.

What: the `reviewed` of a competitor is more than 90 days old.
Why: prices, claims and products change within a quarter, and sales answers what was said last spring.

Bad:
    strategy:
      competitors:
        gearwise: {name: Gearwise, reviewed: 2026-06-01}

Good:
    strategy:
      competitors:
        gearwise: {name: Gearwise, reviewed: 2026-11-02}
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP512"
SLUG = "old-competitor-review"
SEVERITY = Severity.ADVICE
LASTS = timedelta(days=90)


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each competitor whose review is old."""
    for name, competitor in context.plan.strategy.competitors.items():
        if competitor.reviewed is not None and context.today - competitor.reviewed > LASTS:
            days = (context.today - competitor.reviewed).days
            message = f"{competitor.name} was last reviewed {plural(days, 'day')} ago, on {competitor.reviewed}"
            hint = "read their site, ask who last lost to them, and set the date"
            yield Finding(CODE, Ref("competitor", name, ("reviewed",)), message, hint)
