"""Findings as GitLab's code quality report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from revplan.diagnostics import Severity
from revplan.formats.sarif import fingerprints

if TYPE_CHECKING:
    from revplan.diagnostics import Diagnostic
    from revplan.formats.table import Findings

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.ADVICE: "info"}


def draw(found: Findings) -> str:
    """Return the report: a JSON list with one object a finding."""
    prints = fingerprints(found)
    report = [_issue(found, each, mark) for each, mark in zip(found.diagnostics, prints, strict=True)]
    return json.dumps(report, indent=2, ensure_ascii=True) + "\n"


def _issue(found: Findings, diagnostic: Diagnostic, fingerprint: str) -> dict[str, Any]:
    hint = f"; {diagnostic.hint}" if diagnostic.hint else ""
    return {
        "description": f"{diagnostic.message}{hint}",
        "check_name": f"{diagnostic.code} {diagnostic.slug}",
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {
            "path": found.path(diagnostic.location),
            "lines": {"begin": diagnostic.location.line, "end": diagnostic.location.end_line},
        },
    }
