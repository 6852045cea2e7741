"""A key that is not plain text.

What: a key is a mapping, a list or an alias.
Why: keys are names; nothing in the format is named by a list.

Bad:
    tactics:
      [guide, checklist]:
        title: A guide

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

CODE = "RP013"
SLUG = "complex-key"
SEVERITY = Severity.ERROR
