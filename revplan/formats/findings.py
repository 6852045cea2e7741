"""The formats of findings: one Protocol, one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from revplan.diagnostics import Severity
from revplan.formats import findings_json, github, gitlab, junit, sarif, text
from revplan.formats.paint import Paint, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.diagnostics import Diagnostic, Location


@dataclass(frozen=True, slots=True)
class Findings:
    """What a run found, and what a format may need to draw it.

    Attributes:
        diagnostics: sorted.
        files: how many files the plan has.
        failing: severities that make the run fail.
        folder: the plan's folder as seen from where revplan runs, for tools that look for files from there; empty
            where it is the same.
        paint: how text is coloured.
    """

    diagnostics: Sequence[Diagnostic]
    files: int
    failing: frozenset[Severity] = frozenset((Severity.ERROR,))
    folder: str = ""
    paint: Paint = plain

    def path(self, location: Location) -> str:
        """Return the path of a file as seen from where revplan runs."""
        return f"{self.folder}/{location.file}" if self.folder else location.file


class FindingsFormat(Protocol):
    """Draws findings."""

    def __call__(self, found: Findings) -> str:
        """Return them as the whole content of a file or stream."""
        ...


def _text(found: Findings) -> str:
    return text.findings(found.diagnostics, found.paint)


def _json(found: Findings) -> str:
    return findings_json.findings(found.diagnostics, found.files)


FINDINGS_FORMATS: Mapping[str, FindingsFormat] = {
    "text": _text,
    "json": _json,
    "github": github.findings,
    "gitlab": gitlab.findings,
    "sarif": sarif.findings,
    "junit": junit.findings,
}
"""Every format by the name the command line knows it by."""
