"""A file that cannot be read.

What: the system does not give the file's content: permission is missing, a link leads nowhere, or it is no regular
file. There is no example, because the fault is not in any text.
Why: what is in it is missing from the plan, and everything that refers to it would look broken.
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP011"
SLUG = "unreadable-file"
SEVERITY = Severity.ERROR
