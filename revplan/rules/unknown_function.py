"""An id of a function that the plan does not have.

What: a `function` is neither built in (marketing, sales, service, product, engineering, operations, provisioning,
billing, support, finance, people, leadership) nor one of `company.functions`.
Why: hours, budgets and commitments are added up by function; a misspelled one would stand alone.

Bad:
    tactics:
      guide:
        title: A guide to audits
        function: marketting
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}

Good:
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP206"
SLUG = "unknown-function"
SEVERITY = Severity.ERROR
