"""The shares kept for groups of work add up to more than all the hours.

What: the `least` shares of functions, of objectives or of clients come to more than 100%. Each of these is added up by
itself, since a tactic has one function, one objective and one client; tags may overlap, so theirs are not added.
Why: no sprint could keep such promises, and nobody could tell which was broken.

Bad:
    # file: revplan.yaml
    revplan:
      format: 1
      company: Test
      currency: USD
      sprint:
        shares:
          - {function: marketing, least: 60%}
          - {function: sales, least: 50%}

Good:
    # file: revplan.yaml
    revplan:
      format: 1
      company: Test
      currency: USD
      sprint:
        shares:
          - {function: marketing, least: 50%}
          - {function: sales, least: 30%}
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import percentage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context
    from revplan.model.settings import ShareSetting

CODE = "RP307"
SLUG = "shares-over-100"
SEVERITY = Severity.ERROR
DISJOINT = ("function", "objective", "client")
"""Ways of grouping in which no tactic is in two groups."""


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each grouping (function, objective, client) whose minimum shares exceed 100% in sum."""
    shares = context.plan.settings.sprint.shares
    for grouping in DISJOINT:
        least = _least(shares, grouping)
        total = sum(least.values(), Decimal(0))
        if total > 1:
            message = f"the least shares by {grouping} add up to {percentage(total)} of the hours"
            position = _last(shares, grouping)
            ref = Ref("revplan", "", ("sprint", "shares", position, "least"))
            yield Finding(CODE, ref, message, "lower one of them, so that they come to 100% at most")


def _least(shares: tuple[ShareSetting, ...], grouping: str) -> dict[str, Decimal]:
    """Return the least share of each group; where one is named twice, the larger."""
    least: dict[str, Decimal] = {}
    for share in shares:
        group = getattr(share, grouping)
        if group is not None and share.least is not None:
            least[group] = max(share.least, least.get(group, Decimal(0)))
    return least


def _last(shares: tuple[ShareSetting, ...], grouping: str) -> int:
    """Return the position of the last share of a grouping that keeps something."""
    return max(
        position
        for position, share in enumerate(shares)
        if getattr(share, grouping) is not None and share.least is not None
    )
