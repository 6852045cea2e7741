"""Prints documents, long text through a pager, progress, and the errors that stop a command."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
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

    from revplan.formats.table import Document


FormatChoice = Annotated[DocumentFormat, typer.Option("--format", help="How it is written.")]
TableChoice = Annotated[
    str | None, typer.Option("--table", metavar="NAME", help="Of --format csv: which table; else the main one.")
]
MailChoice = Annotated[
    bool,
    typer.Option(
        "--mail",
        help="As HTML for a mail program: tables and inline styles alone; with -o FILE.eml as a whole message.",
    ),
]
MESSAGE_SUFFIX = ".eml"
"""What the name of a file ends with that is to be a whole message."""
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it to a file.")]


def show(
    document: Document,
    output_format: DocumentFormat,
    output: Path | None,
    color: Color,
    table: str | None = None,
    *,
    is_mail: bool = False,
) -> None:
    """Draw a document to a file, or to stdout through a pager if stdout is a terminal. Files have no colour.

    As CSV a document is one table: the one that is named, else the main one. With `is_mail` it is drawn for a mail
    program: as a page, and as a whole message where the file's name ends with `.eml`.

    Raises:
        InputError: a table is named, and the format is not CSV; it is for mail, and the format is not HTML.
        UnknownIdError: the document has no table of this name.
        OutputError: the file cannot be written.
    """
    if table is not None and output_format is not DocumentFormat.CSV:
        raise InputError("--table is for --format csv", hint=f"such as --format csv --table {table}")
    from revplan.app.reporting import drawing

    is_colourful = color is Color.ALWAYS if output is not None else console.is_colourful(color, sys.stdout)
    if table is not None:
        drawn = drawing.draw_table(document, table)
    elif is_mail:
        is_message = output is not None and output.suffix == MESSAGE_SUFFIX
        drawn = (drawing.draw_message if is_message else drawing.draw_mail)(document, output_format)
    else:
        drawn = output_format.draw(document, Screen(console.columns(), is_colourful))
    if output is None and (is_mail or output_format is DocumentFormat.CSV):
        console.write_data(drawn, None)
    elif output is None:
        page(drawn.decode())
    else:
        console.write(drawn, output)


def show_all(
    title: str,
    documents: Mapping[str, Document],
    output_format: DocumentFormat,
    folder: Path | None,
    first: Callable[[], Document] | None = None,
    *,
    is_mail: bool = False,
) -> None:
    """Draw many documents: as files in a folder, named by their keys, or one after the other on stdout.

    A site begins with the document that `first` builds, where it is given.

    Raises:
        InputError: the format is one of files, and no folder is named.
        OutputError: a file cannot be written.
    """
    from revplan.app.reporting import drawing

    if is_mail:
        if folder is None:
            raise InputError("many pages need a folder", hint="such as -o briefs")
        console.write_folder(
            {f"{name}.html": drawing.draw_mail(each, output_format) for name, each in documents.items()}, folder
        )
        return
    if folder is None and output_format in (DocumentFormat.HTML, DocumentFormat.JSON, DocumentFormat.CSV):
        hint = f"such as --format {output_format} -o reports"
        raise InputError(f"many documents as {output_format} need a folder", hint=hint)
    if output_format is DocumentFormat.HTML:
        files = drawing.draw_site(title, documents, first)
    else:
        color = folder is None and console.is_colourful(Color.AUTO, sys.stdout)
        files = drawing.draw_all(documents, output_format, Screen(console.columns(), color))
    if folder is None:
        page(b"\n".join(files.values()).decode())
    else:
        console.write_folder(files, folder)


_PLAIN = frozenset(("", "cat"))
_LESS = "FRX-Psspace goes on, b goes back, q leaves$"
"""Options of less if LESS is not set: exit if the text fits one screen, keep colour, leave the text on the screen.

Its last line names the keys, for those who have never seen a pager.
"""


def page(text: str) -> None:
    """Write text, through the pager if the text is longer than the terminal."""
    command = pager()
    if command in _PLAIN or not _is_long(text):
        console.out(text)
        return
    environment = {"LESS": _LESS, "LV": "-c", **os.environ}
    try:
        with _leave_keys_to_pager():
            subprocess.run(shlex.split(command), input=text.encode(), env=environment, check=False)  # noqa: S603 - theirs
    except (OSError, ValueError):
        console.out(text)


@contextmanager
def _leave_keys_to_pager() -> Iterator[None]:
    """Let the pager alone answer Ctrl-C and its like: a pager that outlives its command leaves a silent terminal."""
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGQUIT") if hasattr(signal, name)]
    # A function, for a program that is started inherits what is ignored, but no function.
    before = {number: signal.signal(number, lambda *_: None) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def pager() -> str:
    """Return the pager's command: REVPLAN_PAGER, else PAGER, else less. Empty or `cat` means no pager."""
    return os.environ.get("REVPLAN_PAGER", os.environ.get("PAGER", "less")).strip()


def _is_long(text: str) -> bool:
    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return False
    return text.count("\n") >= shutil.get_terminal_size((console.WIDTH_WHEN_PIPED, 24)).lines


PATIENCE = 1.0
"""Seconds before progress is shown."""
_CLEAR_LINE = "\r\x1b[2K"


class ProgressLine:
    """Shows progress on one line of a terminal, and clears the line at the end."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = monotonic) -> None:
        self.stream = stream
        self.clock = clock
        self.begun = clock()
        self.is_shown = False

    def __enter__(self) -> Callable[[str], None]:
        return self.show_step if is_watched(self.stream) else _ignore_progress

    def __exit__(self, *_: object) -> None:
        if self.is_shown:
            self._write(_CLEAR_LINE)

    def show_step(self, step: str) -> None:
        """Show a step in place of the step before, once PATIENCE has passed."""
        seconds = self.clock() - self.begun
        if seconds >= PATIENCE:
            self.is_shown = True
            self._write(f"{_CLEAR_LINE}{_fit_line(f'{step} … {seconds:.0f} s', '(Ctrl-C: the best plan so far)')}")

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()


def _fit_line(said: str, way_out: str) -> str:
    """Return a line that is cleared as one: a line that wraps leaves its first half on the screen."""
    room = shutil.get_terminal_size((console.WIDTH_WHEN_PIPED, 24)).columns - 1
    whole = f"{said} {way_out}"
    return whole if len(whole) <= room else said if len(said) <= room else f"{said[: room - 1]}…"


def progress() -> ProgressLine:
    """Return a progress line on stderr that starts now."""
    return ProgressLine(sys.stderr)


def is_watched(stream: TextIO) -> bool:
    """Tell whether a person watches a stream: it is a terminal that can clear a line, and not in CI."""
    return stream.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"


def _ignore_progress(_step: str) -> None:
    """Ignore a progress message."""


@contextmanager
def show_errors(color: Color) -> Iterator[None]:
    """Show the findings of an UnsoundPlanError raised inside the `with` block, before the error's own message."""
    from revplan.app.sprint.preconditions import UnsoundError

    try:
        yield
    except UnsoundError as error:
        console.show_findings(error.diagnostics, color)
        raise
