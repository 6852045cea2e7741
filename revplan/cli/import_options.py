"""Options that the commands `revplan import …` share, and how an import is shown and written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from revplan.cli import console, output
from revplan.cli.options import Color

if TYPE_CHECKING:
    from revplan.app.exchange.figures import FigureImport
    from revplan.app.exchange.files import Fault
    from revplan.cli.editing import EditSession
    from revplan.formats.table import DocumentFormat

SkipBad = Annotated[bool, typer.Option("--skip-bad", help="Leave out the rows that cannot be used, and take the rest.")]
Decimals = Annotated[
    str | None,
    typer.Option("--decimal", metavar="MARK", help="The decimal mark of numbers: . or , where it is unclear."),
]
Dates = Annotated[
    str | None,
    typer.Option("--dates", metavar="ORDER", help="The order of dates: dmy, mdy, ymd or serial, where it is unclear."),
]
DateFormat = Annotated[str | None, typer.Option(metavar="FORMAT", help="How dates are written, such as %m/%d/%Y.")]
Maps = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN[:UNIT]",
        help="Which column a field is in, such as hours='Time left:s' in seconds.",
    ),
]
Write = Annotated[bool, typer.Option("--write", help="Write it; else it is only shown.")]
Theirs = Annotated[bool, typer.Option("--theirs", help="Where both sides moved, take what the source says.")]
Ours = Annotated[bool, typer.Option("--ours", help="Where both sides moved, keep what the plan says.")]


def settle(faults: Sequence[Fault], *, skip_bad: bool) -> None:
    """Tell what cannot be used, and why.

    Raises:
        BadRowsError: there is something, and it is not to be skipped.
    """
    from revplan.app.exchange.files import refuse_faults
    from revplan.formats.text import visible

    for fault in faults:
        console.say(visible(str(fault)))
    if not skip_bad:
        refuse_faults(faults)


def show_and_write(
    at: EditSession, found: FigureImport, output_format: DocumentFormat, color: Color, *, write: bool, skip_bad: bool
) -> None:
    """Show what a table of figures brings, and write it where that is asked for.

    Raises:
        BadRowsError: something cannot be used, and it is not to be skipped.
        RefusedChangeError: it would bring an error into the plan.
    """
    from revplan.app.exchange.memory import write_memory
    from revplan.app.exchange.rows import preview_page

    output.show(preview_page(found.preview), output_format, None, color)
    settle(found.faults, skip_bad=skip_bad)
    if write:
        at.apply(found.changes, "imported")
        write_memory(at.loaded.root, found.memory)
    else:
        at.check(found.changes)
        console.say("nothing was written: add --write")
