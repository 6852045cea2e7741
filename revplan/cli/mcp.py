"""`revplan mcp`: the plan for assistants, over the Model Context Protocol."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from revplan.cli.options import PlanFolder, Today, clock, day
from revplan.errors import InputError


def mcp(
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Leave out the tools that change the plan's files.")
    ] = False,
    plan: PlanFolder = None,
    today: Today = None,
) -> None:
    """Serve the plan to an assistant over the Model Context Protocol, on standard input and output.

    An assistant starts it by itself: put it into the assistant's configuration. The tools are the commands: they read
    reports and entries, validate and plan, and edit, where nothing is written unless a call says so. No network, and
    no file outside of the plan's folder.

    Needs `pip install 'revplan[mcp]'`.

    Example: revplan mcp --read-only
    """
    if find_spec("mcp") is None:
        raise InputError("revplan mcp needs the MCP SDK", hint="pip install 'revplan[mcp]'")
    from revplan.app.assistant.server import serve
    from revplan.app.assistant.tool import PlanAccess
    from revplan.app.open import plan_folder

    root = plan_folder(plan, Path.cwd())
    serve(PlanAccess(root, day(today), clock, _ignore_progress), read_only=read_only)


def _ignore_progress(_step: str) -> None:
    """Ignore a progress message; each call of a client gets its own way to tell progress."""
