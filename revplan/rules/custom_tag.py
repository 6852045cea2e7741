"""A tag that would change what a value means.

What: a value carries a tag such as `!high` or `!!binary`.
Why: a field's type follows from its name, so a tag adds nothing; in other programs such tags can run code.

Bad:
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: !high 8
        tasks: {write: {skill: writing, hours: 8}}

Good:
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 8
        tasks: {write: {skill: writing, hours: 8}}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP005"
SLUG = "custom-tag"
SEVERITY = Severity.ERROR
