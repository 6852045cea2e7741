"""Long text on a terminal, a screen at a time, as git shows it; what is piped is never paged."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys

from revplan.cli import console

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
