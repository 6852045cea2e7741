"""`revplan export …`: the plan for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from revplan.cli import complete, console
from revplan.cli.options import PlanFolder, Today, open_plan
from revplan.cli.output import Output

if TYPE_CHECKING:
    from datetime import datetime

    from revplan.app.exchange.sheet import Sheet

app = typer.Typer(
    help="The plan for calendars, spreadsheets, diagrams and programs.", no_args_is_help=True, rich_markup_mode=None
)


@app.command("ics")
def calendar(
    member: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Whose calendar; else everybody's.", autocompletion=complete.of_kind("member")),
    ] = None,
    each: Annotated[bool, typer.Option("--all", help="One calendar a member, as files in the folder -o.")] = False,
    plan: PlanFolder = None,
    today: Today = None,
    output: Output = None,
) -> None:
    """Write meetings, due dates and launches as a calendar (iCalendar).

    Meetings have their times; other days are whole days. Overdue work stays. An entry keeps its id, and its bytes while
    nothing changes; where the file is there already, what changed in it counts one change more, so that a calendar that
    subscribes to it replaces what moved.

    Example: revplan export ics --member priya -o priya.ics
    """
    from revplan.app.exchange.export import calendar
    from revplan.errors import InputError

    context = open_plan(plan, today).context
    if not each:
        console.write(calendar(context, member, _text_of(output)), output)
        return
    if output is None or member is not None:
        raise InputError("--all takes a folder and no member", hint="such as --all -o calendars")
    files = {f"{own}.ics": calendar(context, own, _text_of(output / f"{own}.ics")) for own in context.plan.team}
    console.write_folder(files, output)


def _text_of(file: Path | None) -> str:
    """Return a file's text; empty if the file is missing or unreadable, because the file is then replaced."""
    if file is None or not file.is_file():
        return ""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


Only = Annotated[
    list[str] | None, typer.Option("--only", metavar="FIELDS", help="These columns alone, with commas between.")
]


@app.command("csv")
def table(
    kind: Annotated[str, typer.Argument(metavar="[KIND]", help="What is listed, such as todo.")] = "tactic",
    only: Only = None,
    plan: PlanFolder = None,
    today: Today = None,
    output: Output = None,
) -> None:
    """Write every entry of a kind, with every field, as a table for spreadsheets (CSV).

    `revplan import entries` takes it back, edited. Text that a spreadsheet would take for a formula is led by an
    apostrophe; a file begins with the mark by which spreadsheets know UTF-8.

    Example: revplan export csv tactic -o backlog.csv
    """
    from revplan.formats import csv_table
    from revplan.formats.table import encode

    sheet = _sheet(plan, today, kind, only)
    mark = "" if output is None else "\ufeff"
    console.write_data(encode(mark + csv_table.draw(sheet.header, sheet.as_text())), output)


@app.command("xlsx")
def workbook(
    kind: Annotated[str, typer.Argument(metavar="[KIND]", help="What is listed, such as todo.")] = "tactic",
    only: Only = None,
    plan: PlanFolder = None,
    today: Today = None,
    output: Output = None,
) -> None:
    """Write every entry of a kind, with every field, as a workbook (XLSX).

    `revplan import entries` takes it back, edited.

    Example: revplan export xlsx tactic -o backlog.xlsx
    """
    from revplan.errors import InputError
    from revplan.formats import xlsx

    if output is None:
        raise InputError("a workbook needs a file", hint="such as -o backlog.xlsx")
    sheet = _sheet(plan, today, kind, only)
    console.write(xlsx.draw(sheet.name, sheet.header, sheet.rows), output)


def _sheet(plan: Path | None, today: datetime | None, kind: str, only: list[str] | None) -> Sheet:
    from revplan.app.exchange.export import table

    at = open_plan(plan, today)
    names = [name.strip() for each in only or () for name in each.split(",") if name.strip()]
    return table(at.context, at.loaded, kind, names)


@app.command("mermaid")
def diagram(
    sprint: Annotated[
        str | None, typer.Argument(metavar="[SPRINT]", help="Which sprint; else the one at hand.", show_default=False)
    ] = None,
    plan: PlanFolder = None,
    today: Today = None,
    output: Output = None,
) -> None:
    """Write a sprint as a Gantt chart that GitHub and GitLab draw (Mermaid).

    Example: revplan export mermaid 2026-12 -o sprint.mmd
    """
    from revplan.app.exchange.export import diagram

    console.write_data(diagram(open_plan(plan, today).context, sprint), output)


@app.command("json")
def everything(plan: PlanFolder = None, output: Output = None) -> None:
    """Write the whole plan as one JSON file, in the plan's own notation.

    What stands under `plan` there is a plan file of its own, for JSON is YAML.

    Example: revplan export json -o plan.json
    """
    from revplan.app.exchange.export import everything

    console.write_data(everything(open_plan(plan, None).loaded), output)
