"""The formats of documents: one Protocol, one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from revplan.formats import document_csv, document_json, html, markdown, terminal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.reports.document import Document


@dataclass(frozen=True, slots=True)
class Screen:
    """Where a document is to be read, for formats that adapt to it.

    Attributes:
        width: columns of text.
        color: whether it shows colour.
    """

    width: int
    color: bool


class DocumentFormat(Protocol):
    """Draws a document."""

    def __call__(self, document: Document, screen: Screen) -> str:
        """Return it as the whole content of a file or stream."""
        ...


def _terminal(document: Document, screen: Screen) -> str:
    return terminal.draw(document, screen.width, color=screen.color)


def _markdown(document: Document, screen: Screen) -> str:  # noqa: ARG001 - reads the same everywhere
    return markdown.draw(document)


def _html(document: Document, screen: Screen) -> str:  # noqa: ARG001 - adapts by itself, where it is read
    return html.draw(document)


def _csv(document: Document, screen: Screen) -> str:  # noqa: ARG001 - reads the same everywhere
    return document_csv.draw(document)


def _json(document: Document, screen: Screen) -> str:  # noqa: ARG001 - reads the same everywhere
    return document_json.draw(document)


DOCUMENT_FORMATS: Mapping[str, DocumentFormat] = {
    "terminal": _terminal,
    "markdown": _markdown,
    "html": _html,
    "json": _json,
    "csv": _csv,
}
"""Every format by the name the command line knows it by."""

ENDINGS: Mapping[str, str] = {"terminal": ".txt", "markdown": ".md", "html": ".html", "json": ".json", "csv": ".csv"}
"""What a file's name ends with, by format."""
