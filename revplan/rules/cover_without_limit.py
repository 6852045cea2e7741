"""A cover without a limit.

What: one function makes up for another, and nobody has said until when.
Why: what has no end becomes somebody's job without anyone having decided it.

Bad:
    company:
      cover:
        release-notes: {for: product, by: marketing, what: Edits the release notes, since: 2026-11-02}

Good:
    company:
      cover:
        release-notes: {for: product, by: marketing, what: Edits the release notes, since: 2026-11-02,
          until: 2027-01-29}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP914"
SLUG = "cover-without-limit"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each cover without a last day."""
    for name, cover in context.plan.company.cover.items():
        if cover.until is None:
            message = f"{cover.by} covers for {cover.for_} since {cover.since}, and nobody said until when"
            yield Finding(CODE, Ref("cover", name), message, "set until: to the day it ends", on_key=True)
