"""A cover that has gone on past its limit.

What: one function makes up for another, and the day until which it was to do so has passed.
Why: helping out is good for a month and a habit after a quarter, and nobody sees what it costs.

Bad:
    company:
      cover:
        support-queue: {for: support, by: service, what: Answers the queue every morning, since: 2026-06-15,
          until: 2026-10-31}

Good:
    company:
      cover:
        support-queue: {for: support, by: service, what: Answers the queue every morning, since: 2026-06-15,
          until: 2026-12-18}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP913"
SLUG = "cover-past-limit"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each cover whose limit has passed."""
    for name, cover in context.plan.company.cover.items():
        if cover.until is not None and cover.until < context.today:
            days = (context.today - cover.until).days
            message = f"{cover.by} was to cover for {cover.for_} until {cover.until}, {plural(days, 'day')} ago"
            hint = "end it, or decide in the weekly meeting who takes the work and set a new limit"
            yield Finding(CODE, Ref("cover", name, ("until",)), message, hint)
