"""An id of a playbook that neither the plan nor the catalogue has.

What: a tactic's `playbook` names one that is not there.
Why: nobody can tell which standard the tactic was to follow, and what is learnt from it is counted for none.

Bad:
    tactics:
      auditors:
        title: A webinar with two auditors
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
        playbook: webniar

Good:
    playbooks:
      auditor-talk:
        title: A talk with an auditor
        function: marketing
        stage: lead
        tasks: {write: {skill: writing, hours: 8}}
    tactics:
      auditors:
        title: A webinar with two auditors
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
        playbook: auditor-talk
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP218"
SLUG = "unknown-playbook"
SEVERITY = Severity.ERROR
