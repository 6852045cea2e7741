"""Findings for programs: a versioned contract of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from revplan.diagnostics import Diagnostic, Fix, Location
    from revplan.formats.table import Findings

SCHEMA = "revplan/findings/1"


def draw(found: Findings) -> str:
    """Return the findings as one JSON object."""
    findings = [_finding(diagnostic) for diagnostic in found.diagnostics]
    document = {"schema": SCHEMA, "files": found.files, "findings": findings}
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def _finding(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "slug": diagnostic.slug,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "location": _location(diagnostic.location),
        "related": [_location(other) for other in diagnostic.related],
        "fix": _fix(diagnostic.fix) if diagnostic.fix is not None else None,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {"location": _location(fix.location), "text": fix.text}


def _location(location: Location) -> dict[str, Any]:
    return {
        "file": location.file,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
    }
