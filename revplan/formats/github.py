"""Findings as GitHub's workflow commands, which show them beside the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Severity
from revplan.formats.text import visible

if TYPE_CHECKING:
    from revplan.diagnostics import Diagnostic
    from revplan.formats.table import Findings

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def draw(found: Findings) -> str:
    """Return one command a line."""
    return "".join(f"{_command(found, diagnostic)}\n" for diagnostic in found.diagnostics)


def _command(found: Findings, diagnostic: Diagnostic) -> str:
    location = diagnostic.location
    properties = {
        "file": found.path(location),
        "line": str(location.line),
        "col": str(location.column),
        "endLine": str(location.end_line),
        "title": f"{diagnostic.code} {diagnostic.slug}",
    }
    if location.end_line == location.line and location.end_column > location.column:
        properties["endColumn"] = str(location.end_column - 1)
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    hint = f"; {diagnostic.hint}" if diagnostic.hint else ""
    return f"::{_COMMANDS[diagnostic.severity]} {said}::{_data(diagnostic.message + hint)}"


def _data(text: str) -> str:
    """Escape text so that it can neither end the command nor begin another."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
