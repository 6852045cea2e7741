"""Options that the commands `revplan import …` share, and how an import is shown and written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from revplan.cli import console, output
from revplan.cli.options import Color

if TYPE_CHECKING:
    from revplan.app.exchange.columns import Asked
    from revplan.app.exchange.figures import FigureImport
    from revplan.app.exchange.files import Fault
    from revplan.app.exchange.memory import Memory, Prefer
    from revplan.cli.editing import EditSession
    from revplan.formats.table import DocumentFormat
    from revplan.model.settings import Settings

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


def asked_of(
    settings: Settings,
    decimal: str | None,
    dates: str | None,
    maps: Sequence[str] | None = None,
    date_format: str | None = None,
) -> Asked:
    """Return what the user says of a table.

    Raises:
        InputError: it names no decimal mark or no order of dates.
    """
    from revplan.app.exchange.columns import Asked, parse_decimal, parse_order

    sprint = settings.sprint
    minutes, days = int(sprint.hours_per_day * 60), len(sprint.workdays)
    return Asked(parse_decimal(decimal), parse_order(dates), tuple(maps or ()), date_format, minutes, days)


def settle(faults: Sequence[Fault], *, skip_bad: bool) -> None:
    """Tell what cannot be used, and why.

    Raises:
        BadRowsError: there is something, and it is not to be skipped.
    """
    from revplan.errors import BadRowsError
    from revplan.formats.text import visible
    from revplan.wording import plural

    for fault in faults:
        console.say(visible(str(fault)))
    if faults and not skip_bad:
        count = plural(len({fault.row for fault in faults}), "row")
        raise BadRowsError(f"{count} cannot be used; nothing was written", hint="correct them, or add --skip-bad")


def remember(root: Path, memory: Memory) -> None:
    """Keep what a source said, for the next time.

    Raises:
        OutputError: it cannot be written.
    """
    from revplan.app.exchange.memory import FILE, read_memory
    from revplan.store.disk.output import write_folder

    folder, _, name = FILE.rpartition("/")
    if memory.said == read_memory(root).said:
        return
    write_folder(root / folder, {name: memory.text().encode()})


def preferred(*, theirs: bool, ours: bool) -> Prefer | None:
    """Return which side is taken where both moved.

    Raises:
        InputError: both are asked for.
    """
    from revplan.errors import InputError

    if theirs and ours:
        raise InputError("--theirs and --ours exclude each other")
    return "theirs" if theirs else "ours" if ours else None


def show_and_write(
    at: EditSession, found: FigureImport, output_format: DocumentFormat, color: Color, *, write: bool, skip_bad: bool
) -> None:
    """Show what a table of figures brings, and write it where that is asked for.

    Raises:
        BadRowsError: something cannot be used, and it is not to be skipped.
        RefusedChangeError: it would bring an error into the plan.
    """
    from revplan.reports.import_preview import layout

    output.show(layout(found.preview), output_format, None, color)
    settle(found.faults, skip_bad=skip_bad)
    if write:
        at.apply(found.changes, "imported")
        remember(at.loaded.root, found.memory)
    else:
        at.check(found.changes)
        console.say("nothing was written: add --write")
