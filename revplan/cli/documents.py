"""Documents on the command line: how one is asked for, and where it goes."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from revplan.cli import console
from revplan.cli.options import Color

if TYPE_CHECKING:
    from revplan.reports.document import Document


class Format(StrEnum):
    """How a document is written."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


FormatChoice = Annotated[Format, typer.Option("--format", help="How it is written.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it to a file.")]


def show(document: Document, output_format: Format, output: Path | None, color: Color) -> None:
    """Draw a document, to a file or to stdout; in a file there is no colour unless it is asked for.

    Raises:
        OutputError: the file cannot be written.
    """
    from revplan.formats.documents import DOCUMENT_FORMATS, Screen

    is_colourful = color is Color.ALWAYS if output is not None else console.is_colourful(color, sys.stdout)
    console.write(DOCUMENT_FORMATS[output_format](document, Screen(console.columns(), is_colourful)), output)
