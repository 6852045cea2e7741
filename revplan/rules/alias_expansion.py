"""Aliases that stand for too much, for nothing, or for themselves.

What: the aliases of a file stand for more than 100,000 values together, or name no value, or a value within itself.
Why: a few lines of aliases can stand for more values than a machine holds. Nothing in the file is read.

Bad:
    x-a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]
    x-b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
    x-c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
    x-d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
    x-e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
    x-f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]

Good:
    x-a: &a [ha, ha, ha]
    x-b: [*a, *a, *a]
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP007"
SLUG = "alias-expansion"
SEVERITY = Severity.ERROR
