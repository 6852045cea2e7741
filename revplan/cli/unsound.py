"""Errors of the plan that stop a command, shown as validate shows them."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from revplan.cli import console

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.cli.options import Color


@contextmanager
def show_errors(color: Color) -> Iterator[None]:
    """Show the errors that stop what is done inside, before the message that it was stopped."""
    from revplan.app.sound import UnsoundError

    try:
        yield
    except UnsoundError as error:
        from revplan.formats import text

        sys.stderr.write(text.findings(error.diagnostics, console.paint_for(color, sys.stderr)))
        raise
