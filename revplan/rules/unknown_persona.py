"""An id of a persona that the plan does not have.

What: `personas` of a tactic, or a campaign's target, variant or issue names one that is not there.
Why: work for a misspelled persona counts for nobody, and the persona looks unserved.

Bad:
    personas:
      plant-manager: {name: Plant manager, segment: dairies, buying_role: champion, goals: [Pass the audit],
        pains: [Records on paper], channels: [email]}
    strategy:
      segments: {dairies: {name: Dairies, accounts: 2300}}
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
        personas: [plant-manger]

Good:
    personas:
      plant-manager: {name: Plant manager, segment: dairies, buying_role: champion, goals: [Pass the audit],
        pains: [Records on paper], channels: [email]}
    strategy:
      segments: {dairies: {name: Dairies, accounts: 2300}}
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
        personas: [plant-manager]
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP201"
SLUG = "unknown-persona"
SEVERITY = Severity.ERROR
