"""`revplan import …`: what other programs know, into the plan; rows that cannot be used are told one by one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from revplan.cli import complete, console, output
from revplan.cli.editing import edit_session
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day
from revplan.formats.table import DocumentFormat

if TYPE_CHECKING:
    from revplan.app.exchange.columns import Asked
    from revplan.app.exchange.files import Fault
    from revplan.app.exchange.memory import Memory
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


app = typer.Typer(help="Take over what other programs know.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _only_groups() -> None:
    """Keep the names of what there is."""


@app.command("csv", hidden=True)
@app.command("tactics")
def import_tactics(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The export of another tracker, or any table.")],
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="SOURCE",
            help="jira, linear, asana, trello, clickup, monday, notion, github, gitlab, hubspot, revplan or csv.",
        ),
    ] = None,
    maps: Maps = None,
    function: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Of rows without one.", autocompletion=complete.of_kind("function")),
    ] = None,
    impact: Annotated[str | None, typer.Option(metavar="NUMBER", help="Of rows without one, 1 to 10.")] = None,
    skill: Annotated[str | None, typer.Option(metavar="SKILL", help="Of rows without one.")] = None,
    hours: Annotated[str | None, typer.Option(metavar="HOURS", help="Of rows without an estimate.")] = None,
    done: Annotated[
        list[str] | None,
        typer.Option("--done", metavar="WORD", help="What is done is called there, besides the usual."),
    ] = None,
    decimal: Decimals = None,
    dates: Dates = None,
    date_format: DateFormat = None,
    into: Annotated[
        str | None, typer.Option("--file", metavar="PLANFILE", help="The plan file that new tactics go to.")
    ] = None,
    theirs: Theirs = False,
    ours: Ours = False,
    write: Write = False,
    skip_bad: SkipBad = False,
    output_format: output.FormatChoice = DocumentFormat.TERMINAL,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Take tactics from another tracker's export, our own, or any table (.csv or .xlsx).

    Shows what would come of it, with values, and which columns are read as what; --write writes it. Each tactic keeps
    what the row is called elsewhere in its `source`, so importing again changes what has moved there and doubles
    nothing; what you changed here stays. What is over there is over here.

    Example: revplan import tactics jira.csv --function marketing --impact 5 --skill writing --hours 8
    """
    from revplan.app.exchange.files import read_table
    from revplan.app.exchange.memory import read_memory
    from revplan.app.exchange.sources import find_source, headers
    from revplan.app.exchange.tactics import Options, tactics_from
    from revplan.errors import InputError
    from revplan.reports.import_preview import layout

    if theirs and ours:
        raise InputError("--theirs and --ours exclude each other")
    at = edit_session(plan, day(today), color)
    table = read_table(file, headers())
    usual = {"function": function, "impact": impact, "skill": skill, "hours": hours}
    given = {name: value for name, value in usual.items() if value}
    options = Options(given, into, "theirs" if theirs else "ours" if ours else None, tuple(done or ()))
    asked = asked_of(at.plan.settings, decimal, dates, maps, date_format)
    found = tactics_from(at.context, table, find_source(table, source), asked, options, read_memory(at.loaded.root))
    output.show(layout(found.preview), output_format, None, color)
    settle(found.faults, skip_bad=skip_bad)
    if write:
        at.apply(found.changes, "imported")
        remember(at.loaded.root, found.memory)
    else:
        at.check(found.changes)
        console.say("nothing was written: add --write")
