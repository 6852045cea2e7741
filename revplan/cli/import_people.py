"""`revplan import time|absences|holidays`: what people worked, and when they are away."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from revplan.cli import complete, output
from revplan.cli.import_options import ImportOptions, Maps, Ours, TableNotation, Theirs, Write, with_groups
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today
from revplan.formats.table import DocumentFormat

Member = Annotated[
    str | None,
    typer.Option("--member", metavar="ID", help="Whose it all is.", autocompletion=complete.of_kind("member")),
]


@with_groups
def import_time(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The export of a time tracker (.csv or .xlsx).")],
    source: Annotated[
        str | None, typer.Option("--from", metavar="SOURCE", help="toggl, clockify, harvest, jira or csv.")
    ] = None,
    tasks: Annotated[
        list[str] | None,
        typer.Option("--task", metavar="NAME=TACTIC/TASK", help="Which task a project or an issue there is."),
    ] = None,
    member: Member = None,
    maps: Maps = None,
    notation: TableNotation,
    shared: ImportOptions,
) -> None:
    """Take the hours of a time tracker into the active sprint, by task, day and person; a second time nothing.

    A row means the task that it names as tactic/task, or a task of the tactic whose title, id or key it names. What
    means none is listed.

    Example: revplan import time toggl.csv
    """
    from revplan.app.editing.entries import require
    from revplan.app.exchange.files import read_table
    from revplan.app.exchange.memory import read_memory
    from revplan.app.exchange.sources import TIME, find_export
    from revplan.app.exchange.time_entries import TimeOptions, parse_tasks, time_from, time_headers

    prefer = shared.side()
    at = shared.open()
    table = read_table(file, time_headers(TIME))
    asked = notation.describe(at, maps)
    who = require(at.plan, "member", member) if member is not None else None
    options = TimeOptions(who, parse_tasks(tasks or ()), prefer)
    memory = read_memory(at.loaded.root)
    found = time_from(at.context, table, find_export(table, TIME, source), asked, options, memory)
    shared.finish(at, found)


@with_groups
def import_absences(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A calendar (.ics), or a table (.csv or .xlsx).")],
    source: Annotated[str | None, typer.Option("--from", metavar="SOURCE", help="personio, bamboohr or csv.")] = None,
    member: Member = None,
    maps: Maps = None,
    notation: TableNotation,
    shared: ImportOptions,
) -> None:
    """Take time off into the team: ranges and half days, of whoever is found by name or address.

    Requests that nobody has approved are left out, and what was cancelled there ends here. Reasons of health and
    family are not kept.

    Example: revplan import absences absences.csv
    """
    from revplan.app.editing.entries import require
    from revplan.app.exchange.absence_calendar import is_calendar, read_calendar
    from revplan.app.exchange.absences import AbsenceOptions, absence_headers, absences_from, read_absences
    from revplan.app.exchange.files import read_bytes, read_table
    from revplan.app.exchange.memory import read_memory
    from revplan.app.exchange.sources import ABSENCES, find_export

    prefer = shared.side()
    at = shared.open()
    who = require(at.plan, "member", member) if member is not None else None
    options = AbsenceOptions(who, prefer)
    if is_calendar(read_bytes(file)):
        name, absences = "calendar", read_calendar(at.context, file, who)
    else:
        table = read_table(file, absence_headers(ABSENCES))
        export = find_export(table, ABSENCES, source)
        asked = notation.describe(at, maps)
        name, absences = export.name, read_absences(at.context, table, export, asked, options)
    found = absences_from(at.context, file.name, name, absences, options, read_memory(at.loaded.root))
    shared.finish(at, found)


def import_holidays(
    places: Annotated[
        list[str], typer.Argument(metavar="PLACE…", help="Such as DE-BY, US-CA, IN-KA; bavaria=DE-BY names it.")
    ],
    years: Annotated[
        list[int] | None,
        typer.Option("--year", metavar="YEAR", help="Of which year; else this one and the next."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="LANGUAGE", help="In which language, such as de; English where it is known.")
    ] = None,
    theirs: Theirs = False,
    ours: Ours = False,
    write: Write = False,
    output_format: output.FormatChoice = DocumentFormat.TERMINAL,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Take a place's public holidays into the settings, as dates, for the members of that place; each year again.

    Needs `pip install 'revplan[holidays]'`; reading the plan then needs nothing.

    Example: revplan import holidays bavaria=DE-BY
    """
    from revplan.app.exchange.memory import read_memory
    from revplan.app.exchange.public_holidays import holidays_from, parse_place, years_of

    shared = ImportOptions(theirs, ours, write, False, output_format, plan, today, color)
    prefer = shared.side()
    wanted = [parse_place(place) for place in places]
    at = shared.open()
    of_years = years_of(at.context, years or ())
    found = holidays_from(at.context, wanted, of_years, read_memory(at.loaded.root), prefer, language)
    shared.finish(at, found)
