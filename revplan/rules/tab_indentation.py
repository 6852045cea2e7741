r"""A tab used for indentation.

What: a line is indented with a tab, here written `\t`.
Why: a tab is as wide as each editor makes it, so YAML refuses it. Indent with spaces.

Bad (escaped):
    tactics:
    \tguide: {title: A guide}

Good (escaped):
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

CODE = "RP004"
SLUG = "tab-indentation"
SEVERITY = Severity.ERROR
