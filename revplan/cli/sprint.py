"""`revplan sprint plan`, `swap`, what-ifs and horizons, and the group of the sprint's commands."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from revplan.cli import complete, console, sprint_life
from revplan.cli.asking import NO, YES, ask_word
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, open_plan
from revplan.cli.output import FormatChoice, Output, TableChoice, progress, show, show_errors
from revplan.formats.table import DocumentFormat

if TYPE_CHECKING:
    from revplan.app.open import OpenPlan
    from revplan.app.sprint.plan import Request


class WhatIfTarget(NamedTuple):
    """The output of a comparison.

    Attributes:
        format: the output format.
        output: the output file; None for stdout.
        color: when the output has colour.
        write: whether to save the change too.
    """

    format: DocumentFormat
    output: Path | None
    color: Color
    write: bool


def swap(
    tactic_in: Annotated[str, typer.Argument(metavar="IN", help="The parked tactic that is to come in.")],
    tactic_out: Annotated[str, typer.Argument(metavar="OUT", help="The placed tactic that is to leave for it.")],
    sprint: Annotated[
        str | None, typer.Option("--sprint", metavar="SPRINT", help="In which sprint; else the one due.")
    ] = None,
    plan: PlanFolder = None,
    today: Today = None,
    write: Annotated[bool, typer.Option("--write", help="Save the sprint with the swap.")] = False,
    output_format: FormatChoice = DocumentFormat.TERMINAL,
    output: Output = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show what swapping one tactic for another makes of the sprint: both plans side by side.

    Everything else is planned anew around it. Nothing is written without --write; the swap then stands in the written
    sprint, and `revplan sprint plan --unpin TACTIC` undoes either half of it.

    Example: revplan swap case-studies onboarding-playbook
    """
    from revplan.app.sprint.plan import Request

    at = open_plan(plan, today)
    request = Request(sprint, pins=(tactic_in,), aside=(tactic_out,))
    compare(at, request, (), WhatIfTarget(output_format, output, color, write=write))


def compare(at: OpenPlan, request: Request, changes: tuple[str, ...], target: WhatIfTarget) -> None:
    """Show a sprint without and with changes; save the changes if `target.write` is set.

    If a pinned tactic cannot be placed, show the resource that it lacks, write nothing, and exit with 1.
    """
    from revplan.app.sprint.planning_pages import what_if_page
    from revplan.app.sprint.what_if import what_if, write_what_if

    with show_errors(target.color), progress() as on_progress:
        tried = what_if(at.loaded, at.context, request, changes, on_progress)
    files = write_what_if(at.loaded, at.context, tried) if target.write and not tried.unmet else ()
    show(what_if_page(tried), target.format, target.output, target.color)
    for file in files:
        console.say(f"wrote {file}")
    if tried.unmet:
        raise typer.Exit(1)


def look_ahead(at: OpenPlan, request: Request, count: int, changes: tuple[str, ...], target: WhatIfTarget) -> None:
    """Show `count` sprints, planned one after another."""
    from revplan.app.sprint.horizon import plan_horizon
    from revplan.app.sprint.planning_pages import horizon_page
    from revplan.errors import InputError

    if changes or request.chooses or target.write:
        hint = "write the first sprint, or try the change in it, and look ahead from there"
        raise InputError("--horizon only looks ahead: it takes no change and writes nothing", hint=hint)
    with show_errors(target.color), progress() as on_progress:
        found = plan_horizon(at.loaded, at.context, request, count, on_progress)
    show(horizon_page(at.plan, found), target.format, target.output, target.color)


app = typer.Typer(help="Plan the sprint, and follow it.", no_args_is_help=True, rich_markup_mode=None)


class Policy(StrEnum):
    """How a sprint is filled."""

    VALUE = "value"
    RANK = "rank"


@app.command("plan")
def plan_sprint(
    sprint: Annotated[
        str | None,
        typer.Argument(
            metavar="[SPRINT]",
            help="Which sprint, such as 2026-12; else the one that is due.",
            autocompletion=complete.of_kind("sprint"),
        ),
    ] = None,
    plan: PlanFolder = None,
    today: Today = None,
    policy: Annotated[
        Policy, typer.Option("--policy", help="value: the best plan; rank: strictly down the ranked list.")
    ] = Policy.VALUE,
    goal: Annotated[
        str | None, typer.Option("--goal", metavar="TEXT", help="What the sprint is to achieve, in one sentence.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Save the plan as sprints/SPRINT.yaml.")] = False,
    tasks: Annotated[
        bool, typer.Option("--tasks", help="Show every task too: who does it, from when to when.")
    ] = False,
    drop: Annotated[
        list[str] | None,
        typer.Option(
            "--drop",
            metavar="TACTIC",
            help="Let a tactic of the written sprint go, begun or not; repeatable.",
            autocompletion=complete.of_kind("tactic"),
        ),
    ] = None,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            metavar="CHANGE",
            help="What a change makes of the sprint, in the plan's words: team.dana.hours_per_week=20,"
            " 'team.+sam={…}', tactics.-podcast, or a YAML file to lay over the plan; repeatable.",
        ),
    ] = None,
    pin: Annotated[
        list[str] | None,
        typer.Option(
            "--pin",
            metavar="TACTIC",
            help="What it costs to have a tactic in; repeatable. With --write it stays pinned.",
            autocompletion=complete.of_kind("tactic"),
        ),
    ] = None,
    unpin: Annotated[
        list[str] | None,
        typer.Option(
            "--unpin",
            metavar="TACTIC",
            help="Let a tactic compete again that the sprint pins, sets aside or has dropped; repeatable.",
            autocompletion=complete.of_kind("tactic"),
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="MEMBER",
            help="What the sprint is without somebody; repeatable.",
            autocompletion=complete.of_kind("member"),
        ),
    ] = None,
    use_reserve: Annotated[
        bool | None,
        typer.Option(
            "--use-reserve/--keep-reserve",
            help="Whether planned work may take the reserve too, for what nobody foresaw; else as it is written.",
            show_default=False,
        ),
    ] = None,
    horizon: Annotated[
        int | None,
        typer.Option("--horizon", metavar="N", min=1, max=12, help="Plan so many sprints, one after another."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Exit with 1 where the written sprint no longer follows from the plan.")
    ] = False,
    output_format: FormatChoice = DocumentFormat.TERMINAL,
    table: TableChoice = None,
    output: Output = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Fill the sprint from the team's real hours: what fits, who does it, by when, and why not the rest.

    Shows the plan; nothing is written without --write. With --what-if, --pin, --unpin or --without it shows both plans
    side by side; --write then saves the change of the plan too, and the sprint as it was planned with it.

    Example: revplan sprint plan 2026-12 --goal "Plant managers find us before their audit does" --write

    Example: revplan sprint plan --what-if team.dana.hours_per_week=20 --pin podcast

    Example: revplan sprint plan --horizon 3
    """
    from revplan.app.sprint.plan import Request, is_new_and_empty, plan_sprint
    from revplan.app.sprint.planning_pages import sprint_page, sprint_page_with_tasks

    at = open_plan(plan, today)
    request = Request(
        sprint,
        policy.value,
        goal,
        drop=tuple(drop or ()),
        pins=tuple(pin or ()),
        without=tuple(without or ()),
        unpin=tuple(unpin or ()),
        use_reserve=use_reserve,
    )
    if check:
        raise typer.Exit(_check(at, request, output_format, output, color))
    target = WhatIfTarget(output_format, output, color, write=write)
    if horizon is not None:
        look_ahead(at, request, horizon, tuple(what_if or ()), target)
        return
    if what_if or request.chooses:
        compare(at, request, tuple(what_if or ()), target)
        return
    with show_errors(color), progress() as on_progress:
        planned = plan_sprint(at.loaded, at.context, request, on_progress)
    show((sprint_page_with_tasks if tasks else sprint_page)(at.plan, planned), output_format, output, color, table)
    if write and (not is_new_and_empty(at.plan, planned) or _confirm_empty(planned.period.id)):
        from revplan.app.sprint.plan import write_sprint

        for file in write_sprint(at.loaded, at.context, request, planned) or (
            "nothing: the written sprint is up to date",
        ):
            console.say(f"wrote {file}")
        if planned.period.id not in at.plan.sprints:
            begins = f"`revplan sprint start {planned.period.id}` begins it"
            console.say(f"{begins}; `revplan sprint brief MEMBER` is what each does, why and by when")


def _confirm_empty(sprint: str) -> bool:
    """Ask on a terminal whether a sprint without work is to be written; elsewhere say that it is one.

    Raises:
        Abort: the input has ended.
    """
    if not sys.stdin.isatty():
        console.say(f"{sprint} has no tactics: `revplan sprint plan {sprint} --write` fills it once something fits")
        return True
    is_wanted = ask_word(f"Nothing fits. Write {sprint} without tactics?", (YES, NO), NO) == YES
    if not is_wanted:
        console.say("nothing is written")
    return is_wanted


def _check(at: OpenPlan, request: Request, output_format: DocumentFormat, output: Path | None, color: Color) -> int:
    """Show whether the written sprint follows from the plan; return the exit code."""
    from revplan.app.sprint.horizon import check_sprint
    from revplan.app.sprint.planning_pages import check_page

    with show_errors(color), progress() as on_progress:
        found = check_sprint(at.loaded, at.context, request, on_progress)
    show(check_page(at.plan, found), output_format, output, color)
    return 0 if found.passes else 1


for _name, _command in sprint_life.COMMANDS:
    app.command(_name)(_command)
