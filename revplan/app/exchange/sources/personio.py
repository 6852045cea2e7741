"""Personio: the report of absence periods."""

from __future__ import annotations

from revplan.app.exchange.source import Export, signs

PERSONIO_ABSENCES = Export(
    "personio",
    "Personio",
    (signs("First name", "Last name", "Absence type", "Start date"), signs("Vorname", "Nachname", "Abwesenheitsart")),
    {
        "first_name": ("First name", "Vorname"),
        "last_name": ("Last name", "Nachname"),
        "email": ("Email", "E-Mail"),
        "start": ("Start date", "Startdatum", "Beginn"),
        "end": ("End date", "Enddatum", "Ende"),
        "half_start": ("Half day start", "Halber Tag Start"),
        "half_end": ("Half day end", "Halber Tag Ende"),
        "reason": ("Absence type", "Abwesenheitsart"),
        "state": ("Status",),
        "days": ("Days", "Tage"),
    },
)
