"""The formats of documents: one Protocol, one table. Only the format that is asked for is imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

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
    from revplan.formats import terminal

    return terminal.draw(document, screen.width, color=screen.color)


def _markdown(document: Document, screen: Screen) -> str:  # noqa: ARG001 - reads the same everywhere
    from revplan.formats import markdown

    return markdown.draw(document)


def _html(document: Document, screen: Screen) -> str:  # noqa: ARG001 - adapts by itself, where it is read
    from revplan.formats import html

    return html.draw(document)


def _csv(document: Document, screen: Screen) -> str:  # noqa: ARG001 - reads the same everywhere
    from revplan.formats import document_csv

    return document_csv.draw(document)


def _json(document: Document, screen: Screen) -> str:  # noqa: ARG001 - reads the same everywhere
    from revplan.formats import document_json

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
