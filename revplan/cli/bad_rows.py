"""Rows of a table that cannot be used: told one by one, and skipped only if asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from revplan.cli import console

if TYPE_CHECKING:
    from revplan.app.import_readings import BadRow

SkipBad = Annotated[bool, typer.Option("--skip-bad", help="Leave out the rows that cannot be used, and take the rest.")]


def settle(bad: Sequence[BadRow], *, skip_bad: bool) -> None:
    """Tell which rows cannot be used, and why.

    Raises:
        BadRowsError: there are some, and they are not to be skipped.
    """
    from revplan.errors import BadRowsError
    from revplan.formats.paint import visible
    from revplan.phrases import plural

    for row in bad:
        console.say(f"row {row.number}: {visible(row.reason)}")
    if bad and not skip_bad:
        count = plural(len(bad), "row")
        raise BadRowsError(f"{count} cannot be used; nothing was written", hint="correct them, or add --skip-bad")
