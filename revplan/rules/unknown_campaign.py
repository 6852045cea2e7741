"""An id of a campaign that the plan does not have.

What: a tactic's or issue's `campaign` names a campaign that is not there.
Why: the campaign would look as if nobody worked on it.

Bad:
    campaigns:
      any-tuesday:
        title: Any Tuesday
        message: The auditor may come on any Tuesday
        start: 2026-12-01
        end: 2026-12-31
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
        campaign: any-teusday

Good:
    campaigns:
      any-tuesday:
        title: Any Tuesday
        message: The auditor may come on any Tuesday
        start: 2026-12-01
        end: 2026-12-31
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
        campaign: any-tuesday
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP210"
SLUG = "unknown-campaign"
SEVERITY = Severity.ERROR
