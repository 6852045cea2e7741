"""Fewer than nine of ten of last week's to-dos done.

What: of the to-dos that fell due in the seven days before today, under 90% are done. Dropped ones do not count.
Why: a team that keeps nine promises of ten can plan by them. Below that, promise less or ask what is in the way.

Bad:
    todos:
      call-auditor: {title: Ask the auditor for a date, owner: ana, due: 2026-11-25, status: done}
      thank-customers: {title: Thank the nine customers, owner: ana, due: 2026-11-27}

Good:
    todos:
      call-auditor: {title: Ask the auditor for a date, owner: ana, due: 2026-11-25, status: done}
      thank-customers: {title: Thank the nine customers, owner: ana, due: 2026-11-27, status: done}
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.analysis.health import last_weeks_promises
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import percentage, plural, verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP920"
SLUG = "todos-left-undone"
SEVERITY = Severity.ADVICE

ENOUGH = Fraction(9, 10)


def check(context: Context) -> Iterator[Finding]:
    """Yield one finding, at the first to-do left undone, where too few of last week's are done."""
    promises = last_weeks_promises(context.plan, context.today)
    if promises.rate is not None and promises.rate < ENOUGH and context.plan.is_whole("todo"):
        total = len(promises.done) + len(promises.undone)
        done = f"{len(promises.done)} of {plural(total, 'to-do')}"
        message = f"{done} due since {promises.since} {verb(len(promises.done))} done ({percentage(promises.rate)})"
        hint = "mark what is done, drop what no longer matters, and promise less this week"
        yield Finding(CODE, Ref("todo", promises.undone[0]), message, hint, on_key=True)
