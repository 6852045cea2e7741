"""A file that is too large.

What: a plan file has more than 32 MB. There is no example: ten thousand tactics take three.
Why: no plan is that large. The file is something else that ends in .yaml; name it under `revplan.exclude`.
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP009"
SLUG = "file-too-large"
SEVERITY = Severity.ERROR
