"""The verbs that every noun has: add, edit, drop, list and show, with the options of the noun's own fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from revplan.cli import console, documents
from revplan.cli.changing import EditSession, edit_session
from revplan.cli.entry_options import COMMON, SETTING, add_parameters, entry_id, fields, give_signature, keyword
from revplan.cli.given import ask_missing, settings, wheres, with_article
from revplan.cli.nouns import NOUN_BY_NAME, Flag, Noun
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today, day


def group(noun: Noun) -> typer.Typer:
    """Return the commands of a noun."""
    app = typer.Typer(help=noun.help, no_args_is_help=True, rich_markup_mode=None)
    app.command("add")(adder(noun))
    app.command("edit")(_edit(noun))
    app.command("drop")(_drop(noun))
    app.command("list")(_list(noun))
    app.command("show")(_show(noun))
    return app


def __getattr__(name: str) -> typer.Typer:
    """Return the commands of a noun that has no other verbs than these, by its name."""
    if name not in NOUN_BY_NAME:
        raise AttributeError(name)
    return group(NOUN_BY_NAME[name])


def adder(noun: Noun) -> Callable[..., None]:
    """Return a noun's `add`, which may have another name too."""

    def add(**given: Any) -> None:  # noqa: ANN401 - the options differ by noun
        at = edit_session(given["plan"], day(given["today"]), given["color"], dry_run=given["dry_run"])
        _add_entry(at, noun, given)

    what = f"Add {with_article(noun)}."
    rest = "A field that is missing is asked for on a terminal, and named elsewhere."
    named = "Its id is made from its title, unless one is given.\n\n" if noun.title else ""
    return give_signature(add, f"{what}\n\n{named}{rest}\n\nExample: revplan {noun.example}", add_parameters(noun))


def _add_entry(at: EditSession, noun: Noun, given: Mapping[str, Any]) -> None:
    """Add an entry as a command line says it."""
    from revplan.app.entries import declared_ids, default_fields, new_entry, propose_id
    from revplan.app.fields import body_of

    found = [*settings(noun, given)]
    said = {setting.keys[0] for setting in found}
    found += [setting for setting in default_fields(noun.kind, at.today) if setting.keys[0] not in said]
    found += ask_missing(noun, found)
    body = body_of(noun.kind, found)
    own_id = given["id"] if noun.title else given["name"]
    own_id = own_id or propose_id(str(body.get(noun.title)), noun.kind, declared_ids(at.plan, noun.kind))
    at.make(new_entry(at.plan, noun.kind, own_id, body, given.get("file")), f"added {noun.kind} {own_id}")


def _edit(noun: Noun) -> Callable[..., None]:
    def edit(**given: Any) -> None:  # noqa: ANN401 - the options differ by noun
        from revplan.app.entries import edit_entry

        at = edit_session(given["plan"], day(given["today"]), given["color"], dry_run=given["dry_run"])
        changes = edit_entry(at.plan, noun.kind, given["id"], [*settings(noun, given)])
        at.make(changes, f"edited {noun.kind} {given['id']}")

    what = f"Change fields of {with_article(noun)}."
    rest = "An option that may be given several times sets the whole list. An empty value removes a field."
    example = f"revplan {noun.name} edit {_EXAMPLES.get(noun.name, 'ID')} --set notes='Asked again in May'"
    own_title = Flag(noun.title) if noun.title else None
    parameters = [entry_id(noun), *fields(noun, own_title), *SETTING]
    return give_signature(edit, f"{what}\n\n{rest}\n\nExample: {example}", parameters)


def _drop(noun: Noun) -> Callable[..., None]:
    def drop(**given: Any) -> None:  # noqa: ANN401 - the options differ by noun
        from revplan.app.entries import drop_entry

        at = edit_session(given["plan"], day(given["today"]), given["color"], dry_run=given["dry_run"])
        at.make(drop_entry(at.plan, noun.kind, given["id"]), f"dropped {noun.kind} {given['id']}")

    what = f"Remove {with_article(noun)} from its file."
    rest = f"Refused where something still refers to it; `revplan refs {noun.kind} ID` lists what does."
    example = f"revplan {noun.name} drop {_EXAMPLES.get(noun.name, 'ID')} --dry-run"
    return give_signature(drop, f"{what}\n\n{rest}\n\nExample: {example}", [entry_id(noun), *COMMON])


def _list(noun: Noun) -> Callable[..., None]:
    def list_entries(
        where: Annotated[
            list[str] | None, typer.Option("--where", metavar="FIELD=VALUE", help="Only those of which this is so.")
        ] = None,
        every: Annotated[bool, typer.Option("--all", help="Also those that are done, dropped or over.")] = False,
        output_format: documents.FormatChoice = documents.DocumentFormatName.TERMINAL,
        output: documents.Output = None,
        plan: PlanFolder = None,
        today: Today = None,
        color: ColorChoice = Color.AUTO,
    ) -> None:
        from revplan.reports.listing import Filter, build, layout

        chosen = Filter(wheres(where or ()), every)
        documents.show(
            layout(build(edit_session(plan, day(today)).context, noun.kind, chosen)), output_format, output, color
        )

    list_entries.__doc__ = f"List them.\n\nExample: revplan {noun.name} list --format json"
    return list_entries


def _show(noun: Noun) -> Callable[..., None]:
    def show(**given: Any) -> None:  # noqa: ANN401 - the id's completion differs by noun
        from revplan.app.entries import require
        from revplan.model.base import Ref
        from revplan.store.where import text_of

        at = edit_session(given["plan"], None)
        console.out(text_of(at.loaded, Ref(noun.kind, require(at.plan, noun.kind, given["id"]))))

    doc = f"Show one as it stands in its file.\n\nExample: revplan {noun.name} show {_EXAMPLES.get(noun.name, 'ID')}"
    return give_signature(show, doc, [entry_id(noun), keyword("plan", PlanFolder, None)])


_EXAMPLES = {
    "tactic": "pricing-page",
    "task": "pricing-page/write",
    "todo": "price-list",
    "team": "priya",
    "persona": "cfo",
}
"""Ids that the examples of help name."""
