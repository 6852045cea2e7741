"""The options before any command, and the commands."""

from __future__ import annotations

import gc
import os
import sys
import warnings
from pathlib import Path
from typing import Annotated, TextIO

import typer

from revplan import __version__
from revplan.cli import console
from revplan.cli.lazy import CommandGroup
from revplan.errors import OutputError, RevplanError, RevplanWarning

app = typer.Typer(
    name="revplan",
    cls=CommandGroup,
    help="Plan a company's revenue work in plain text: validate the plan, fill the sprint, see what is parked and why.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _show_version(asked: bool) -> None:
    if asked:
        console.out(f"revplan {__version__}\n")
        raise typer.Exit


@app.callback()
def _global_options(
    plan: Annotated[
        Path | None, typer.Option("--plan", "-C", metavar="DIR", help="The plan's folder, for any command.")
    ] = None,
    version: Annotated[  # noqa: ARG001 - the callback answers it
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Remember the plan named before the command, where every command looks for it."""
    if plan is not None:
        os.environ["REVPLAN_PLAN"] = str(plan)


def run() -> None:
    """Run the command that the process was started with."""
    gc.set_threshold(_COLLECT_RARELY)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # or it looks through all that is installed for some
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", RevplanWarning)
            warnings.showwarning = _show_warning
            app(prog_name="revplan")
    except RevplanError as error:
        console.fail(error)
        sys.exit(error.exit_code)
    except OSError as error:  # a full disk under the output, most often; files of the plan are taken care of below
        failed = OutputError(f"{error.filename or 'the output'} cannot be used: {error.strerror}")
        console.fail(failed)
        sys.exit(failed.exit_code)


def _show_warning(  # as Python calls it
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001
    line: str | None = None,
) -> None:
    if issubclass(category, RevplanWarning):
        console.warn(message)
    else:
        sys.stderr.write(warnings.formatwarning(message, category, filename, lineno, line))


_COLLECT_RARELY = 200_000
"""New objects before memory is searched for what is no longer used: a command is short, and its plan all in use."""
