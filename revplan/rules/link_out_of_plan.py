"""A link that leads out of the plan.

What: a plan file is a symbolic link to something outside the plan's folder. There is no example, because the fault is
not in any text.
Why: the plan would differ from machine to machine, and a link in a plan of somebody else's could show any file of
yours.
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP014"
SLUG = "link-out-of-plan"
SEVERITY = Severity.ERROR
