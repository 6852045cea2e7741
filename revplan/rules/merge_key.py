"""A merge key.

What: a mapping is filled from another one with `<<`.
Why: what an entry says should stand in it, where a reader and a diff can see it. An alias for a whole value is read.

Bad:
    x-writing: &writing {skill: writing, hours: 8}
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {<<: *writing, level: 3}}

Good:
    x-writing: &writing {skill: writing, hours: 8}
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: *writing}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP006"
SLUG = "merge-key"
SEVERITY = Severity.ERROR
