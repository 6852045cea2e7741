"""A function nobody is accountable for.

What: a function of `company.functions` has no `accountable`.
Why: where everyone answers for it, nobody does. People who do no sprint work are members with no hours.

Bad:
    company:
      functions:
        support: {name: Support}

Good:
    company:
      functions:
        support: {name: Support, accountable: ana}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP911"
SLUG = "function-without-accountable"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each declared function without an accountable member."""
    for name, function in context.plan.company.functions.items():
        if function.accountable is None:
            hint = "name one member as accountable"
            yield Finding(CODE, Ref("function", name), f'nobody is accountable for "{name}"', hint, on_key=True)
