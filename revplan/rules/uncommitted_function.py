"""A function has not committed to an objective of this quarter.

What: an objective that runs now has no date in its `commitments` for one of the functions of `company.functions`, or
for one that it names itself.
Why: a function that has not said "we know our part, and it is in our plan" has another plan.

Bad:
    company:
      functions:
        sales: {name: Sales}
        support: {name: Support}
    strategy:
      objectives:
        win-more: {title: Win one in five, quarter: 2026-Q4, commitments: {sales: 2026-10-02}}

Good:
    company:
      functions:
        sales: {name: Sales}
        support: {name: Support}
    strategy:
      objectives:
        win-more: {title: Win one in five, quarter: 2026-Q4, commitments: {sales: 2026-10-02, support: 2026-10-05}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.strategy import running_objectives, uncommitted_functions
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import list_some

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP504"
SLUG = "uncommitted-function"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield one finding for each objective, naming the functions."""
    for name, objective in running_objectives(context).items():
        functions = uncommitted_functions(context.plan, objective)
        if functions:
            have = "has" if len(functions) == 1 else "have"
            message = f"{list_some(functions)} {have} not committed to {name}"
            hint = "ask each for its part, and note the day it says yes: `commitments: {function: date}`"
            yield Finding(CODE, Ref("objective", name, ("commitments",)), message, hint)
