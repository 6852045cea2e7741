"""Text that is not YAML.

What: the file breaks YAML's own rules: a colon, bracket, quote or indentation is out of place.
Why: nobody can say what was meant, so nothing in the file is read. The place shown is where reading broke off; the
cause may stand a line above. Of a merge that git could not finish, every place where both sides stand is shown.

Bad:
    tactics:
      guide:
        title: Audits: how to pass them
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}

Good:
    tactics:
      guide:
        title: "Audits: how to pass them"
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP002"
SLUG = "yaml-syntax"
SEVERITY = Severity.ERROR
