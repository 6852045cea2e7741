"""Options that the commands `revplan import …` share, and how an import is shown and written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from revplan.cli import console, output
from revplan.cli.editing import edit_session
from revplan.cli.entry import give_signature, keyword
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day
from revplan.formats.table import DocumentFormat

if TYPE_CHECKING:
    from revplan.app.exchange.columns import Asked
    from revplan.app.exchange.files import Fault
    from revplan.app.exchange.memory import Import, Prefer
    from revplan.cli.editing import EditSession

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


class TableNotation(NamedTuple):
    """How a table's numbers and dates are written, as far as the user says so."""

    decimal: str | None
    dates: str | None
    date_format: str | None

    def describe(self, at: EditSession, maps: Sequence[str] | None) -> Asked:
        """Return what the user says of a table.

        Raises:
            InputError: there is no such decimal mark, or no such order of dates.
        """
        from revplan.app.exchange.columns import describe_table

        return describe_table(at.plan, self.decimal, self.dates, maps or (), self.date_format)


class ImportOptions(NamedTuple):
    """The options that end the command line of every import."""

    theirs: bool
    ours: bool
    write: bool
    skip_bad: bool
    output_format: DocumentFormat
    plan: Path | None
    today: datetime | None
    color: Color

    def side(self) -> Prefer | None:
        """Return which side is taken where both moved; None if the user says nothing.

        Raises:
            InputError: both sides are asked for.
        """
        from revplan.app.exchange.memory import prefer_side

        return prefer_side(theirs=self.theirs, ours=self.ours)

    def open(self) -> EditSession:
        """Open the command line's plan.

        Raises:
            UnsoundPlanError: parts of it cannot be read: what the table brings may be there already.
        """
        from revplan.app.editing.changes import require_readable

        session = edit_session(self.plan, day(self.today), self.color)
        require_readable(session.loaded, "hold what this brings already")
        return session

    def finish(self, at: EditSession, found: Import) -> None:
        """Show what an import brings, and write it where that is asked for.

        Raises:
            BadRowsError: something cannot be used, and it is not to be skipped.
            RefusedChangeError: it would bring an error into the plan.
        """
        from revplan.app.exchange.memory import write_memory
        from revplan.app.exchange.rows import preview_page

        output.show(preview_page(found.preview), self.output_format, None, self.color)
        settle(found.faults, skip_bad=self.skip_bad)
        if self.write:
            at.apply(found.changes, "imported")
            write_memory(at.loaded.root, found.memory)
        else:
            at.check(found.changes)
            console.say("nothing was written: add --write")


_GROUPS: dict[Any, tuple[Parameter, ...]] = {
    TableNotation: (
        keyword("decimal", Decimals, None),
        keyword("dates", Dates, None),
        keyword("date_format", DateFormat, None),
    ),
    ImportOptions: (
        keyword("theirs", Theirs, False),
        keyword("ours", Ours, False),
        keyword("write", Write, False),
        keyword("skip_bad", SkipBad, False),
        keyword("output_format", output.FormatChoice, DocumentFormat.TERMINAL),
        keyword("plan", PlanFolder, None),
        keyword("today", Today, None),
        keyword("color", ColorChoice, Color.AUTO),
    ),
}
"""Groups of options, by the type of the parameter in whose place they stand."""


def with_groups(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command with a group of options in place of each parameter of type TableNotation or ImportOptions."""
    declared = signature(command, eval_str=True).parameters.values()
    groups = {each.name: (each.annotation, _GROUPS[each.annotation]) for each in declared if each.annotation in _GROUPS}

    def run(**given: Any) -> None:  # noqa: ANN401 - the options differ by command
        whole = {
            name: kind(**{option.name: given.pop(option.name) for option in options})
            for name, (kind, options) in groups.items()
        }
        command(**given, **whole)

    options = [option for each in declared for option in (groups[each.name][1] if each.name in groups else (each,))]
    return give_signature(run, command.__doc__ or "", options)
