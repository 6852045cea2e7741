"""An ignore that ignores nothing.

What: a comment `# revplan: ignore[…]` names a rule that finds nothing on that line, that cannot be ignored, or that
does not exist. Only RP3xx to RP9xx can be ignored.
Why: the next real finding there would be hidden by a reason that no longer holds.

Bad:
    tactics:
      # revplan: ignore[todo-far-off] the auditor is away until January
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}

Good:
    todos:
      # revplan: ignore[todo-far-off] the auditor is away until January
      call-auditor: {title: Ask the auditor for a date, owner: ana, due: 2027-01-15}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP020"
SLUG = "unused-ignore"
SEVERITY = Severity.WARNING
