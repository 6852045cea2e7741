"""An id of a holiday calendar that the settings do not have.

What: a member's `calendar` names none of `calendars` in the settings.
Why: the member would be planned on the holidays of their own country.

Bad:
    revplan:
      format: 1
      company: Example
      currency: EUR
      calendars:
        bavaria: {2027-01-06: Epiphany}
    team:
      ana:
        {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {prospecting: 3}, calendar: bavarian}

Good:
    revplan:
      format: 1
      company: Example
      currency: EUR
      calendars:
        bavaria: {2027-01-06: Epiphany}
    team:
      ana:
        {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {prospecting: 3}, calendar: bavaria}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP217"
SLUG = "unknown-calendar"
SEVERITY = Severity.ERROR
