"""An id of an objective that the plan does not have.

What: a tactic, a share of the settings or an issue names an objective that `strategy.objectives` does not have.
Why: the tactic's value depends on its objective's weight, and the work would count for no objective.

Bad:
    strategy:
      objectives: {full-pipeline: {title: Five new opportunities a week}}
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
        objective: full-pipe

Good:
    strategy:
      objectives: {full-pipeline: {title: Five new opportunities a week}}
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
        objective: full-pipeline
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP205"
SLUG = "unknown-objective"
SEVERITY = Severity.ERROR
