"""`revplan rename` and `revplan refs`."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from revplan.cli import complete, console
from revplan.cli.editing import DryRun, edit_session
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day

Kind = Annotated[
    str, typer.Argument(metavar="KIND", help="tactic, member, persona, metric …", autocompletion=complete.kinds)
]
EntryId = Annotated[
    str,
    typer.Argument(metavar="ID", help="Which one; a task as tactic/task.", autocompletion=complete.of_named_kind),
]


class ReferencesFormatName(StrEnum):
    """How references are written."""

    TEXT = "text"
    JSON = "json"


def rename(
    kind: Kind,
    entry_id: EntryId,
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new id.")],
    dry_run: DryRun = False,
    plan: PlanFolder = None,
    today: Today = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Give a thing another id, everywhere in the plan.

    All files are changed at once: references, sprints and history too. Where a closed sprint names it, the sprint's
    seal is made anew, and that is said. Texts, comments and keys of your own are left alone.

    Example: revplan rename member priya priya-raman --dry-run
    """
    edit_session(plan, day(today), color, dry_run=dry_run).rename(kind, entry_id, new)


def refs(
    kind: Kind,
    entry_id: EntryId,
    output_format: Annotated[
        ReferencesFormatName, typer.Option("--format", help="How they are written.")
    ] = ReferencesFormatName.TEXT,
    plan: PlanFolder = None,
) -> None:
    """List every place that refers to a thing.

    Example: revplan refs tactic audit-checklist
    """
    from revplan.app.editing.rename import refs as found_refs
    from revplan.app.editing.rename import refs_data
    from revplan.formats.text import visible
    from revplan.wording import plural

    at = edit_session(plan, None)
    if output_format is ReferencesFormatName.JSON:
        document = refs_data(at.loaded, kind, entry_id)
        console.out(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
        return
    found = found_refs(at.loaded, kind, entry_id)
    for mention, place in found:
        console.out_lines(f"{visible(f'{place.file}:{place.line}:{place.column}: {mention.ref}')}\n")
    console.say(f"{plural(len(found), 'reference')} to {kind} {entry_id}")
