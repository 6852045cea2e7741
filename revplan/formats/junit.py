"""Findings as a JUnit report: a suite a file, a test case a finding. A file without findings has one that passes."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from revplan.formats.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.diagnostics import Diagnostic
    from revplan.formats.table import Findings


def draw(found: Findings) -> str:
    """Return the report. A finding is a failure where its severity makes the run fail, else a case with output."""
    return "".join(f"{line}\n" for line in _lines(found))


def _lines(found: Findings) -> Iterator[str]:
    by_file: dict[str, list[Diagnostic]] = {}
    for diagnostic in found.diagnostics:
        by_file.setdefault(found.path(diagnostic.location), []).append(diagnostic)
    total = max(1, len(found.diagnostics))
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites name="revplan" tests="{total}" failures="{_failures(found, found.diagnostics)}" errors="0">'
    for file, diagnostics in by_file.items():
        counts = f'tests="{len(diagnostics)}" failures="{_failures(found, diagnostics)}" errors="0" skipped="0"'
        yield f"  <testsuite name={_attribute(file)} {counts}>"
        for diagnostic in diagnostics:
            yield from _case(found, file, diagnostic)
        yield "  </testsuite>"
    if not by_file:
        yield '  <testsuite name="plan" tests="1" failures="0" errors="0" skipped="0">'
        yield '    <testcase classname="plan" name="no findings" time="0"/>'
        yield "  </testsuite>"
    yield "</testsuites>"


def _case(found: Findings, file: str, diagnostic: Diagnostic) -> Iterator[str]:
    location = diagnostic.location
    name = f"{diagnostic.code} {diagnostic.slug} at {location.line}:{location.column}"
    yield f'    <testcase classname={_attribute(file)} name={_attribute(name)} time="0">'
    text = _content(f"{diagnostic.message}; {diagnostic.hint}" if diagnostic.hint else diagnostic.message)
    if diagnostic.severity in found.failing:
        message = f"type={_attribute(diagnostic.severity)} message={_attribute(diagnostic.message)}"
        yield f"      <failure {message}>{text}</failure>"
    else:
        yield f"      <system-out>{diagnostic.severity}: {text}</system-out>"
    yield "    </testcase>"


def _failures(found: Findings, diagnostics: Sequence[Diagnostic]) -> int:
    return sum(diagnostic.severity in found.failing for diagnostic in diagnostics)


def _content(text: str) -> str:
    """Escape text; characters XML cannot hold are shown as escapes."""
    return escape(visible(text), quote=False)


def _attribute(text: str) -> str:
    return f'"{escape(visible(text))}"'
