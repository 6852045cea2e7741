"""BambooHR: the report of time off that was requested or used, with amounts in days or hours."""

from __future__ import annotations

from revplan.app.exchange.source import Export, signs

BAMBOOHR_ABSENCES = Export(
    "bamboohr",
    "BambooHR",
    (signs("Employee", "Category", "From", "To"), signs("Employee Name", "Time Off Type", "From", "To")),
    {
        "member": ("Employee", "Employee Name", "Name"),
        "email": ("Work Email",),
        "start": ("From", "Start Date"),
        "end": ("To", "End Date"),
        "days": ("Requested", "Amount"),
        "unit": ("Unit", "Units"),
        "reason": ("Category", "Time Off Type"),
        "state": ("Status",),
    },
)
