"""Documents on the command line: how one is asked for, and where it goes."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from revplan.cli import console, pager
from revplan.cli.options import Color
from revplan.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.reports.document import Document


class DocumentFormatName(StrEnum):
    """How a document is written."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    CSV = "csv"


FormatChoice = Annotated[DocumentFormatName, typer.Option("--format", help="How it is written.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it to a file.")]


def show(document: Document, output_format: DocumentFormatName, output: Path | None, color: Color) -> None:
    """Draw a document, to a file or to stdout: paged where that is a terminal, and without colour in a file.

    Raises:
        OutputError: the file cannot be written.
    """
    from revplan.formats.documents import DOCUMENT_FORMATS, Screen

    is_colourful = color is Color.ALWAYS if output is not None else console.is_colourful(color, sys.stdout)
    drawn = DOCUMENT_FORMATS[output_format](document, Screen(console.columns(), is_colourful))
    if output is None:
        pager.page(drawn)
    else:
        console.write(drawn, output)


def show_all(
    title: str, documents: Mapping[str, Document], output_format: DocumentFormatName, folder: Path | None
) -> None:
    """Draw many documents by their names: as files in a folder, or one after the other.

    Raises:
        InputError: the format is one of files, and no folder is named.
        OutputError: a file cannot be written.
    """
    from revplan.formats.documents import DOCUMENT_FORMATS, ENDINGS, Screen

    if folder is None and output_format in (DocumentFormatName.HTML, DocumentFormatName.JSON, DocumentFormatName.CSV):
        hint = f"such as --format {output_format} -o reports"
        raise InputError(f"many documents as {output_format} need a folder", hint=hint)
    if output_format is DocumentFormatName.HTML:
        files = _site(title, documents)
    else:
        color = folder is None and console.is_colourful(Color.AUTO, sys.stdout)
        screen = Screen(console.columns(), color)
        draw = DOCUMENT_FORMATS[output_format]
        files = {f"{name}{ENDINGS[output_format]}": draw(each, screen) for name, each in documents.items()}
    if folder is None:
        pager.page("\n".join(files.values()))
    else:
        console.write_folder(files, folder)


def _site(title: str, documents: Mapping[str, Document]) -> Mapping[str, str]:
    from revplan.formats.site import Page, site

    return site(title, [Page(name, document) for name, document in documents.items()])
