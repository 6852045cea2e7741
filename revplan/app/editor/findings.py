"""Findings as the diagnostics of the language server protocol."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, assert_never

from lsprotocol.types import Diagnostic as EditorDiagnostic
from lsprotocol.types import DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag
from lsprotocol.types import Location as Place

from revplan.app.checking.validate import UNUSED_IGNORE
from revplan.app.editor.positions import PlacedLocations, TextPositions
from revplan.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.app.editor.workspace import EditorPlan
    from revplan.diagnostics import Diagnostic, Location

SOURCE = "revplan"
_LONGEST = 120
"""Characters of a line that a related place quotes."""


def findings_by_file(plan: EditorPlan) -> Mapping[str, Sequence[EditorDiagnostic]]:
    """Return the findings of a plan by file name: of every file, open or not, and of the open files without any."""
    converter = _FindingConverter(plan)
    found: dict[str, list[EditorDiagnostic]] = defaultdict(list)
    for name in plan.buffers:
        found[name] = []
    for diagnostic in plan.validation.diagnostics:
        found[diagnostic.location.file].append(converter.as_diagnostic(diagnostic))
    return found


def severity_of(severity: Severity) -> DiagnosticSeverity:
    """Return a severity of the protocol."""
    match severity:
        case Severity.ERROR:
            return DiagnosticSeverity.Error
        case Severity.WARNING:
            return DiagnosticSeverity.Warning
        case Severity.ADVICE:
            return DiagnosticSeverity.Information
        case _:
            assert_never(severity)


def message_of(diagnostic: Diagnostic) -> str:
    """Return a finding's message with its way out on a line of its own."""
    return f"{diagnostic.message}\n{diagnostic.hint}" if diagnostic.hint else diagnostic.message


class _FindingConverter:
    """Turns the findings of one plan into the protocol's, and indexes each file once."""

    def __init__(self, plan: EditorPlan) -> None:
        self.plan = plan
        self.files: dict[str, PlacedLocations] = {}

    def as_diagnostic(self, diagnostic: Diagnostic) -> EditorDiagnostic:
        return EditorDiagnostic(
            range=self.file(diagnostic.location.file).range(diagnostic.location),
            message=message_of(diagnostic),
            severity=severity_of(diagnostic.severity),
            code=diagnostic.code,
            source=SOURCE,
            tags=[DiagnosticTag.Unnecessary] if diagnostic.code == UNUSED_IGNORE else None,
            related_information=[self.related_information(location) for location in diagnostic.related] or None,
            data={"slug": diagnostic.slug},
        )

    def related_information(self, location: Location) -> DiagnosticRelatedInformation:
        """Return a related place with the line that stands there: it says more than any words about it."""
        placed = self.file(location.file)
        line = placed.lines.line(location.line).strip() if location.line <= len(placed.lines.starts) else ""
        return DiagnosticRelatedInformation(
            location=Place(self.plan.uri(location.file), placed.range(location)), message=line[:_LONGEST]
        )

    def file(self, name: str) -> PlacedLocations:
        """Return what places locations in a file; in an empty text where the file cannot be read."""
        if name not in self.files:
            self.files[name] = (
                self.plan.locations(name)
                if name in self.plan.loaded.sources
                else PlacedLocations("", TextPositions(""))
            )
        return self.files[name]
