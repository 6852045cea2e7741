"""Every output format in one table: what it is called, what its files end with, and how it draws, to bytes.

A format is a file of this package, and here a member with its `case`. Formats of documents draw any Document; formats
of findings draw any Findings. Only the format that is asked for is imported.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Self, assert_never

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from revplan.diagnostics import Diagnostic, Location, Severity
    from revplan.reports.document import Document as Document  # noqa: PLC0414 - handed on: what every format draws


class Format(StrEnum):
    """The name of a format, as the command line knows it.

    Attributes:
        suffix: what the names of its files end with.
    """

    suffix: str

    def __new__(cls, name: str, suffix: str) -> Self:
        """Return the member of a name and a suffix."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.suffix = suffix
        return member


class Screen(NamedTuple):
    """Where a document is to be read, for formats that adapt to it.

    Attributes:
        width: columns of text.
        color: whether it shows colour.
    """

    width: int
    color: bool


class DocumentFormat(Format):
    """How a document is written."""

    TERMINAL = "terminal", ".txt"
    MARKDOWN = "markdown", ".md"
    HTML = "html", ".html"
    JSON = "json", ".json"
    CSV = "csv", ".csv"

    def draw(self, document: Document, screen: Screen) -> bytes:
        """Return a document as the whole content of a file or stream."""
        return encode(self._draw()(document, screen))

    def _draw(self) -> Callable[[Document, Screen], str]:
        match self:
            case DocumentFormat.TERMINAL:
                from revplan.formats import terminal

                return terminal.draw
            case DocumentFormat.MARKDOWN:
                from revplan.formats import markdown

                return markdown.draw
            case DocumentFormat.HTML:
                from revplan.formats import html

                return html.draw
            case DocumentFormat.JSON:
                from revplan.formats import document_json

                return document_json.draw
            case DocumentFormat.CSV:
                from revplan.formats import document_csv

                return document_csv.draw
            case _:
                assert_never(self)


class Findings(NamedTuple):
    """What a run found, and what a format may need to draw it.

    Attributes:
        diagnostics: sorted.
        files: how many files the plan has.
        failing: severities that make the run fail.
        folder: the plan's folder as seen from where revplan runs, for tools that look for files from there; empty
            where it is the same.
        color: whether the text is coloured.
        columns: the width of the terminal that shows the text; None where none does.
    """

    diagnostics: Sequence[Diagnostic]
    files: int
    failing: frozenset[Severity]
    folder: str = ""
    color: bool = False
    columns: int | None = None

    def path(self, location: Location) -> str:
        """Return the path of a file as seen from where revplan runs."""
        return f"{self.folder}/{location.file}" if self.folder else location.file


class FindingsFormat(Format):
    """How findings are written."""

    TEXT = "text", ".txt"
    JSON = "json", ".json"
    GITHUB = "github", ".txt"
    GITLAB = "gitlab", ".json"
    SARIF = "sarif", ".sarif"
    JUNIT = "junit", ".xml"

    def draw(self, found: Findings) -> bytes:
        """Return findings as the whole content of a file or stream."""
        return encode(self._draw()(found))

    def _draw(self) -> Callable[[Findings], str]:
        match self:
            case FindingsFormat.TEXT:
                from revplan.formats import text

                return text.draw
            case FindingsFormat.JSON:
                from revplan.formats import findings_json

                return findings_json.draw
            case FindingsFormat.GITHUB:
                from revplan.formats import github

                return github.draw
            case FindingsFormat.GITLAB:
                from revplan.formats import gitlab

                return gitlab.draw
            case FindingsFormat.SARIF:
                from revplan.formats import sarif

                return sarif.draw
            case FindingsFormat.JUNIT:
                from revplan.formats import junit

                return junit.draw
            case _:
                assert_never(self)


def encode(text: str) -> bytes:
    """Return text as UTF-8; what no encoding has, such as half of a surrogate pair, is shown by its number."""
    return text.encode("utf-8", errors="backslashreplace")
