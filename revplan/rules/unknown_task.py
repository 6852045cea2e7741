"""An id of a task that the plan does not have.

What: `after` names a task its tactic does not have, `task` of an asset or rollout one that no tactic has, or a sprint
that is not closed has a task its tactic lacks.
Why: the work would wait for something that never comes, or be planned for something nobody described.

Bad:
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8, after: [reserch]}}

Good:
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {research: {skill: research, hours: 4}, write: {skill: writing, hours: 8, after: [research]}}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP209"
SLUG = "unknown-task"
SEVERITY = Severity.ERROR
