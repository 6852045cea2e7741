"""The formats of findings: one Protocol, one table. Only the format that is asked for is imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from revplan.diagnostics import Severity
from revplan.formats.text import Paint, plain

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
    from revplan.formats import text

    return text.findings(found.diagnostics, found.paint)


def _json(found: Findings) -> str:
    from revplan.formats import findings_json

    return findings_json.findings(found.diagnostics, found.files)


def _github(found: Findings) -> str:
    from revplan.formats import github

    return github.findings(found)


def _gitlab(found: Findings) -> str:
    from revplan.formats import gitlab

    return gitlab.findings(found)


def _sarif(found: Findings) -> str:
    from revplan.formats import sarif

    return sarif.findings(found)


def _junit(found: Findings) -> str:
    from revplan.formats import junit

    return junit.findings(found)


FINDINGS_FORMATS: Mapping[str, FindingsFormat] = {
    "text": _text,
    "json": _json,
    "github": _github,
    "gitlab": _gitlab,
    "sarif": _sarif,
    "junit": _junit,
}
"""Every format by the name the command line knows it by."""
