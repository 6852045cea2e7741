"""What commands print: documents, long text by screens, progress, and errors that stop a command."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from revplan.cli import console
from revplan.cli.options import Color
from revplan.errors import InputError
from revplan.formats.table import DocumentFormat, Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from revplan.reports.document import Document


FormatChoice = Annotated[DocumentFormat, typer.Option("--format", help="How it is written.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it to a file.")]


def show(document: Document, output_format: DocumentFormat, output: Path | None, color: Color) -> None:
    """Draw a document, to a file or to stdout: paged where that is a terminal, and without colour in a file.

    Raises:
        OutputError: the file cannot be written.
    """
    is_colourful = color is Color.ALWAYS if output is not None else console.is_colourful(color, sys.stdout)
    drawn = output_format.draw(document, Screen(console.columns(), is_colourful))
    if output is None and output_format is DocumentFormat.CSV:
        console.write_data(drawn, None)
    elif output is None:
        page(drawn.decode())
    else:
        console.write(drawn, output)


def show_all(title: str, documents: Mapping[str, Document], output_format: DocumentFormat, folder: Path | None) -> None:
    """Draw many documents by their names: as files in a folder, or one after the other.

    Raises:
        InputError: the format is one of files, and no folder is named.
        OutputError: a file cannot be written.
    """
    if folder is None and output_format in (DocumentFormat.HTML, DocumentFormat.JSON, DocumentFormat.CSV):
        hint = f"such as --format {output_format} -o reports"
        raise InputError(f"many documents as {output_format} need a folder", hint=hint)
    if output_format is DocumentFormat.HTML:
        files = _site(title, documents)
    else:
        color = folder is None and console.is_colourful(Color.AUTO, sys.stdout)
        screen = Screen(console.columns(), color)
        suffix = output_format.suffix
        files = {f"{name}{suffix}": output_format.draw(each, screen) for name, each in documents.items()}
    if folder is None:
        page(b"\n".join(files.values()).decode())
    else:
        console.write_folder(files, folder)


def _site(title: str, documents: Mapping[str, Document]) -> Mapping[str, bytes]:
    from revplan.formats.site import Page, site

    return site(title, [Page(name, document) for name, document in documents.items()])


_PLAIN = frozenset(("", "cat"))
_LESS = "FRX"
"""What less does where LESS does not say: quit after the last screen of a short text, keep colour and the text."""


def page(text: str) -> None:
    """Write text, through the pager where it is longer than the terminal."""
    command = pager()
    if command in _PLAIN or not _is_long(text):
        console.out(text)
        return
    environment = {"LESS": _LESS, "LV": "-c", **os.environ}
    try:
        subprocess.run(shlex.split(command), input=text.encode(), env=environment, check=False)  # noqa: S603 - their own
    except (OSError, ValueError):
        console.out(text)


def pager() -> str:
    """Return the command that pages: REVPLAN_PAGER, else PAGER, else less; empty or `cat` for none."""
    return os.environ.get("REVPLAN_PAGER", os.environ.get("PAGER", "less")).strip()


def _is_long(text: str) -> bool:
    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return False
    return text.count("\n") >= shutil.get_terminal_size((console.WIDTH_WHEN_PIPED, 24)).lines


PATIENCE = 1.0
"""Seconds in which nothing is told."""
_CLEAR_LINE = "\r\x1b[2K"


class ProgressLine:
    """One line of a terminal that says what is going on, and is gone when it is over."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = monotonic) -> None:
        self.stream = stream
        self.clock = clock
        self.begun = clock()
        self.is_shown = False

    def __enter__(self) -> Callable[[str], None]:
        return self.tell if is_watched(self.stream) else _ignore_progress

    def __exit__(self, *_: object) -> None:
        if self.is_shown:
            self._write(_CLEAR_LINE)

    def tell(self, step: str) -> None:
        """Show a step in place of the one before, once it has been going on for long enough."""
        seconds = self.clock() - self.begun
        if seconds >= PATIENCE:
            self.is_shown = True
            self._write(f"{_CLEAR_LINE}{step} … {seconds:.0f} s (Ctrl-C: the best plan so far)")

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()


def progress() -> ProgressLine:
    """Return the progress of what begins now."""
    return ProgressLine(sys.stderr)


def is_watched(stream: TextIO) -> bool:
    """Tell whether somebody looks at a stream: a terminal that can clear a line, and no CI."""
    return stream.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"


def _ignore_progress(_step: str) -> None:
    """Keep quiet."""


@contextmanager
def show_errors(color: Color) -> Iterator[None]:
    """Show the errors that stop what is done inside, before the message that it was stopped."""
    from revplan.app.sprint.lookup import UnsoundError

    try:
        yield
    except UnsoundError as error:
        from revplan.formats import text

        sys.stderr.write(text.findings(error.diagnostics, console.paint_for(color, sys.stderr)))
        raise
