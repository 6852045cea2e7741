"""A key the format does not know.

What: a key is not one of those its place may have. Keys that begin with `x-` are your own and may stand anywhere.
Why: what is misspelled is not read, and nobody notices.

Bad:
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
        perosnas: [plant-manager]

Good:
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
        x-estimate: by Priya
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP101"
SLUG = "unknown-key"
SEVERITY = Severity.ERROR
