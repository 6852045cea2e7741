"""Findings as SARIF 2.1.0, and the marks by which tools know a finding again from one run to the next."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from revplan import __version__
from revplan.diagnostics import CODE_BY_NAME, Severity
from revplan.rules import rule
from revplan.rules.manual import manual

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.diagnostics import Diagnostic, Fix, Location
    from revplan.formats.table import Findings


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


SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}


def draw(found: Findings) -> str:
    """Return a log with one run."""
    codes = sorted({diagnostic.code for diagnostic in found.diagnostics})
    numbers = {code: number for number, code in enumerate(codes)}
    prints = fingerprints(found)
    results = [_result(found, each, numbers, mark) for each, mark in zip(found.diagnostics, prints, strict=True)]
    driver = {"name": "revplan", "semanticVersion": __version__, "rules": _rules(codes)}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=True) + "\n"


def _rules(codes: Sequence[str]) -> list[dict[str, Any]]:
    manuals = {code: manual(rule(CODE_BY_NAME[code])) for code in codes}
    return [
        {
            "id": code,
            "name": CODE_BY_NAME[code].slug,
            "shortDescription": {"text": manuals[code].fault},
            "fullDescription": {"text": manuals[code].why},
            "help": {"text": manuals[code].what},
            "defaultConfiguration": {"level": _LEVELS[CODE_BY_NAME[code].severity]},
        }
        for code in codes
    ]


def _result(found: Findings, diagnostic: Diagnostic, numbers: Mapping[str, int], mark: str) -> dict[str, Any]:
    hint = f"\n{diagnostic.hint}" if diagnostic.hint else ""
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": numbers[diagnostic.code],
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": f"{diagnostic.message}{hint}"},
        "locations": [_location(found, diagnostic.location)],
        "partialFingerprints": {"lineText/v1": mark},
    }
    if diagnostic.related:
        others = enumerate(diagnostic.related, start=1)
        result["relatedLocations"] = [{"id": number, **_location(found, other)} for number, other in others]
    if diagnostic.fix is not None:
        result["fixes"] = [_fix(found, diagnostic.fix)]
    return result


def _fix(found: Findings, fix: Fix) -> dict[str, Any]:
    """Return what `--fix` would write."""
    replacement = {"deletedRegion": _region(fix.location), "insertedContent": {"text": fix.text}}
    return {
        "description": {"text": f'write "{fix.text}"' if fix.text else "remove it"},
        "artifactChanges": [{"artifactLocation": _artifact(found, fix.location), "replacements": [replacement]}],
    }


def _location(found: Findings, location: Location) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(found, location), "region": _region(location)}}


def _artifact(found: Findings, location: Location) -> dict[str, str]:
    return {"uri": quote(found.path(location), errors="replace")}


def _region(location: Location) -> dict[str, int]:
    return {
        "startLine": location.line,
        "startColumn": location.column,
        "endLine": location.end_line,
        "endColumn": location.end_column,
    }
