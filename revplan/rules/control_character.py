r"""A control character in a file.

What: a character stands in the text that has no look, such as the bell, here written `\x07`.
Why: it cannot be seen in an editor or a diff, and YAML does not allow it. Nothing in the file is read.

Bad (escaped):
    tactics:
      guide:
        title: A guide\x07
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}

Good (escaped):
    tactics:
      guide:
        title: A guide
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP010"
SLUG = "control-character"
SEVERITY = Severity.ERROR
