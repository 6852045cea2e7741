"""Writes data to stdout and messages to stderr. Uses colour and the terminal's width only on a terminal."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from revplan.cli.options import Color
from revplan.errors import RevplanNotice

FEWEST_ROWS = 10
"""Rows that a screen has at least, whatever LINES says: with fewer, a question would come in too many pieces."""

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.app.editing.changes import Diagnostic
    from revplan.errors import RevplanError
    from revplan.formats.text import Paint

WIDTH_WHEN_PIPED = 80
WIDEST = 1000
"""Columns that are used at most, whatever COLUMNS says: lines are filled up to the width in memory."""


def is_colourful(choice: Color, stream: TextIO) -> bool:
    """Tell whether a stream gets colour: by choice, or on a terminal unless NO_COLOR is set."""
    if choice is not Color.AUTO:
        return choice is Color.ALWAYS
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint_for(choice: Color, stream: TextIO) -> Paint:
    """Return the paint for a stream."""
    from revplan.formats.text import ansi, plain

    return ansi if is_colourful(choice, stream) else plain


def columns() -> int:
    """Return the width in columns: COLUMNS if set, else the terminal's width, else WIDTH_WHEN_PIPED; WIDEST at most."""
    width = shutil.get_terminal_size((WIDTH_WHEN_PIPED, 24)).columns if _may_measure() else WIDTH_WHEN_PIPED
    return min(width, WIDEST)


def rows() -> int:
    """Return the height in rows: LINES if set, else the terminal's height; FEWEST_ROWS at least."""
    return max(FEWEST_ROWS, shutil.get_terminal_size((WIDTH_WHEN_PIPED, 24)).lines)


def _may_measure() -> bool:
    return sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit()


def out(text: str) -> None:
    """Write data to stdout."""
    sys.stdout.write(text)


def out_lines(text: str) -> None:
    """Write lines of plan files to stdout: none of them steers a terminal, or is taken for a command by a CI server."""
    from revplan.formats.text import inert, visible

    shown = visible if sys.stdout.isatty() else str
    out(re.sub(r"[^\r\n]+", lambda line: inert(shown(line[0])), text))


def write(content: bytes, file: Path | None) -> None:
    """Write data to a file atomically, or to stdout if no file is given.

    Raises:
        OutputError: the file cannot be written; what was there is as it was.
    """
    if file is None:
        out(content.decode())
    else:
        from revplan.app.reporting.drawing import write_file

        write_file(file, content)


def write_data(content: bytes, file: Path | None) -> None:
    """Write data like `write`; on a terminal, show control characters in place of sending them.

    Raises:
        OutputError: the file cannot be written; what was there is as it was.
    """
    from revplan.formats.text import visible

    if file is None and sys.stdout.isatty():
        out("\n".join(visible(line.removesuffix("\r")) for line in content.decode().split("\n")))
    else:
        write(content, file)


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Write data to files in a folder, all of them or none; create the folder if it is missing.

    Raises:
        OutputError: one of them cannot be written; the folder is as it was.
    """
    from revplan.app.reporting.drawing import write_folder

    write_folder(folder, files)


def say(text: str) -> int:
    """Write a message to stderr, on a terminal broken between words; return how many rows it takes."""
    shown = fold_message(text)
    sys.stderr.write(shown + "\n")
    return shown.count("\n") + 1


def fold_message(text: str) -> str:
    """Return text as stderr shows it: on a terminal broken between words, elsewhere as it is."""
    width = terminal_columns(sys.stderr)
    if width is None:
        return text
    from revplan.formats.text import fold

    return fold(text, width)


def terminal_columns(stream: TextIO) -> int | None:
    """Return the width of the terminal that a stream goes to: COLUMNS if set; None where it goes to none."""
    if not stream.isatty():
        return None
    said = os.environ.get("COLUMNS", "")
    try:
        width = int(said) if said.isdigit() and int(said) else os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        width = 0
    return min(width or WIDTH_WHEN_PIPED, WIDEST)


def warn(message: Warning | str, *_: object) -> None:
    """Write a warning to stderr; write a notice of progress only on a terminal."""
    from revplan.formats.text import visible

    if not isinstance(message, RevplanNotice) or sys.stderr.isatty():
        say(f"{'' if isinstance(message, RevplanNotice) else 'warning: '}{visible(str(message))}")


def fail(error: RevplanError) -> int:
    """Write an error, or a warning where the exit code is 0, and its hint to stderr; return how many rows they take."""
    from revplan.formats.text import visible

    rows = say(f"{'error' if error.exit_code else 'warning'}: {visible(str(error))}")
    return rows + say(f"  hint: {visible(error.hint)}") if error.hint else rows


def show_findings(diagnostics: Sequence[Diagnostic], color: Color) -> None:
    """Write findings to stderr."""
    from revplan.formats.text import findings

    drawn = findings(diagnostics, paint_for(color, sys.stderr), terminal_columns(sys.stderr))
    sys.stderr.write(drawn)
