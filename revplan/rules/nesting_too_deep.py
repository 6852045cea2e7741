"""Values nested too deep.

What: a file nests mappings and lists more than 64 levels deep. The format itself needs eight.
Why: nothing a person wrote is that deep; such a file is broken, or made to break what reads it.

Bad:
    x-deep:
      [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
      ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]

Good:
    x-deep: [[[here]]]
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP008"
SLUG = "nesting-too-deep"
SEVERITY = Severity.ERROR
