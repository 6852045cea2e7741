r"""A file that is not UTF-8.

What: a plan file holds bytes that are not text in UTF-8, the encoding plans are written in. In the example `\xe9` is
the single byte that older encodings use for é.
Why: the same bytes would be different letters on another machine. Nothing in the file is read.

Bad (escaped):
    team:
      rene: {name: Ren\xe9, kind: employee, function: sales, hours_per_week: 40}

Good (escaped):
    team:
      rene: {name: Ren\xc3\xa9, kind: employee, function: sales, hours_per_week: 40}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP001"
SLUG = "not-utf-8"
SEVERITY = Severity.ERROR
