"""Findings as GitLab's code quality report."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from revplan.diagnostics import Severity

if TYPE_CHECKING:
    from revplan.diagnostics import Diagnostic
    from revplan.formats.findings import Findings

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.ADVICE: "info"}


def findings(found: Findings) -> str:
    """Return the report: a JSON list with one object a finding."""
    prints = fingerprints(found)
    report = [_issue(found, each, mark) for each, mark in zip(found.diagnostics, prints, strict=True)]
    return json.dumps(report, indent=2, ensure_ascii=True) + "\n"


def fingerprints(found: Findings) -> tuple[str, ...]:
    """Return a mark for each finding that stays the same when lines above it come or go.

    It is made of the rule, the file and the line's text; equal ones are told apart by their order.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    marks = []
    for each in found.diagnostics:
        key = (each.code, found.path(each.location), each.excerpt.strip())
        seen[key] += 1
        marks.append(hashlib.sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "backslashreplace")).hexdigest())
    return tuple(marks)


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
