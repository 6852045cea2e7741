"""`revplan lsp`: the language server, which an editor starts."""

from __future__ import annotations

import os
import sys
from typing import BinaryIO

import typer

from revplan.cli.options import PlanFolder, Today, clock, day


def lsp(plan: PlanFolder = None, today: Today = None) -> None:
    """Serve an editor: findings while typing, completion, and what else a language server has.

    An editor starts it and speaks with it over its standard input and output; on a terminal it does nothing. It looks
    at the plan that each open file lies in, with the open files as they are on the screen, and never writes a file: the
    editor makes the changes. README.md says what to write in the settings of VS Code, Neovim and Helix. It takes the
    extra: pip install 'revplan[lsp]'

    Example: revplan lsp
    """
    from revplan.app.open import plan_folder
    from revplan.errors import InputError

    if sys.stdin is None or sys.stdin.isatty():
        raise InputError(
            "an editor starts this, and speaks with it", hint="README.md says what to write in its settings"
        )
    try:
        from revplan.app.editor.server import EditorServer
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        hint = "install it with pip install 'revplan[lsp]'"
        raise InputError("the language server needs an extra that is not installed", hint=hint) from None
    only = None if plan is None else plan_folder(plan, plan)
    asked = day(today)
    server = EditorServer(lambda: (asked, clock()), only)
    raise typer.Exit(server.serve(sys.stdin.buffer, _own_stdout()))


_EXTRA = frozenset(("pygls", "lsprotocol", "cattrs", "attrs", "attr"))
"""What the extra brings."""


def _own_stdout() -> BinaryIO:
    """Return the standard output for the protocol alone: whatever else is printed goes to the standard error."""
    sys.stdout.flush()
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return own
