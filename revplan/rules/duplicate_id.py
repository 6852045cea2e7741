"""The same id in two files.

What: two files have an entry with the same id in the same collection.
Why: only one can count. Rename one, or remove it.

Bad:
    # file: marketing.yaml
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
    # file: sales.yaml
    tactics:
      guide:
        title: A guide to audits for sales calls
        function: sales
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}

Good:
    # file: marketing.yaml
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
    # file: sales.yaml
    tactics:
      call-guide:
        title: A guide to audits for sales calls
        function: sales
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP107"
SLUG = "duplicate-id"
SEVERITY = Severity.ERROR
