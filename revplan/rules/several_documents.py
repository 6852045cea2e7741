"""More than one document in a file.

What: a line `---` begins a second document.
Why: a plan file is one mapping; the union of all files is the plan.

Bad:
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
    ---
    personas:

Good:
    # one document, without the line
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
    personas:
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP012"
SLUG = "several-documents"
SEVERITY = Severity.ERROR
