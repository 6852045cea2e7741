"""The commands that every noun has (add, edit, drop, list, show), with options for the noun's fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Annotated, Any

import typer

from revplan.cli import complete, console
from revplan.cli import output as documents
from revplan.cli.asking import ask_about_skills, ask_missing, keep_typed
from revplan.cli.editing import DryRun, EditSession, edit_session, settings
from revplan.cli.options import DAY_LIKE, Color, ColorChoice, PlanFolder, Today, day, open_plan
from revplan.formats.table import DocumentFormat
from revplan.nouns import EDITED, Flag, Noun, label, with_article

if TYPE_CHECKING:
    from revplan.app.editing.entries import Setting

Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help="Any field, such as tasks.write.hours=6, in YAML notation."),
]
_FILE_HELP = "The plan file it goes to; else beside others of its kind."
_METAVARS = (
    ("a day", "DATE"),
    ("a month", "MONTH"),
    ("a fiscal quarter", "QUARTER"),
    ("hours by weekday", "WEEK"),
    ("hours", "HOURS"),
    ("an amount of money", "MONEY"),
    ("a whole number", "NUMBER"),
    ("a number", "NUMBER"),
    ("a part of a whole", "RATE"),
    ("a rate", "RATE"),
    ("true or false", "true|false"),
    ("3d for days", "3d|3w"),
    ("a list of tasks", "TASK[:3d]"),
)
"""Metavariables of field values, by the words for the field's type."""


def give_signature(function: Callable[..., None], doc: str, parameters: Sequence[Parameter]) -> Callable[..., None]:
    """Give a function the signature and the docstring that typer reads."""
    function.__doc__ = doc
    function.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    function.__annotations__ = {each.name: each.annotation for each in parameters}
    return function


def keyword(name: str, annotation: Any, default: Any) -> Parameter:  # noqa: ANN401 - types are data here
    """Return a keyword-only parameter of a command."""
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def entry_id(noun: Noun) -> Parameter:
    """Return the argument that names an entry."""
    help_text = f"Which {label(noun.kind)}."
    argument = typer.Argument(metavar="ID", help=help_text, autocompletion=complete.of_kind(noun.kind))
    return keyword("id", Annotated[str, argument], Parameter.empty)


def add_parameters(noun: Noun) -> list[Parameter]:
    """Return the parameters of a noun's `add`."""
    where = keyword("file", Annotated[str | None, typer.Option(metavar="FILE", help=_FILE_HELP)], None)
    if not noun.title:
        help_text = (
            "Its id, with that of what it belongs to." if noun.is_owned else "Its id: lower-case words and hyphens."
        )
        own = keyword("name", Annotated[str, typer.Argument(metavar="ID", help=help_text)], Parameter.empty)
        return [own, *fields(noun), where, *SETTING]
    made_from = MADE_FROM if noun.kind == "playbook" else ()
    title = typer.Argument(metavar=f"[{noun.title.upper()}]", help=_words(noun, noun.title)[1], show_default=False)
    own_id = typer.Option(metavar="ID", help=f"Its id; else one made from its {noun.title}.")
    return [
        keyword("title", Annotated[str | None, title], None),
        keyword("id", Annotated[str | None, own_id], None),
        *made_from,
        *fields(noun),
        where,
        *SETTING,
    ]


def fields(noun: Noun, title: Flag | None = None) -> Iterator[Parameter]:
    """Yield the options of a noun's fields; `title` replaces the option of the title field."""
    if title is not None:
        yield keyword("title", Annotated[str | None, _option(noun, title)], None)
    for flag in noun.flags:
        kind = list[str] | None if flag.several else str | None
        yield keyword(f"field_{flag.field}", Annotated[kind, _option(noun, flag)], None)


def _option(noun: Noun, flag: Flag) -> Any:  # noqa: ANN401 - typer's own type
    completer = complete.of_kind(flag.kind) if flag.kind else None
    metavar, described = _words(noun, flag.field)
    name = flag.kind.upper() if flag.kind else metavar
    return typer.Option(flag.option, metavar=name, help=described, autocompletion=completer)


def _words(noun: Noun, field: str) -> tuple[str, str]:
    """Return the metavariable and the description of a field."""
    from revplan.app.reporting.reference import fields_of_kind

    if field == "tasks":
        how = (
            "A task: its id, skill and hours, whom it is pinned to; then after=TASK, wait=3d, level=N, people=N, "
            "not_before=DATE and deadline=DATE, with spaces between."
        )
        return "ID=SKILL:HOURS[:OWNER]", how
    if field == "skills":
        return "SKILL:LEVEL", "Skills with their levels: 1 learning, 2 works alone, 3 leads, 4 teaches."
    found = next(each for each in fields_of_kind(noun.kind) if each.name == field)
    metavar = _metavar(found.holds)
    return metavar, f"{found.description} {DAY_LIKE.capitalize()}." if metavar == "DATE" else found.description


def _metavar(holds: str) -> str:
    known = next((name for words, name in _METAVARS if holds.startswith(words)), None)
    if known is not None:
        return known
    holds = holds.partition(", or a mapping")[0]
    is_choice = " or " in holds and not holds.startswith(("a ", "an ", "the ", "text"))
    return holds.replace(" or ", "|").replace(", ", "|") if is_choice else "TEXT"


COMMON = [
    keyword("dry_run", DryRun, False),
    keyword("plan", PlanFolder, None),
    keyword("today", Today, None),
    keyword("color", ColorChoice, Color.AUTO),
]
"""The options of every editing command."""
SETTING = [keyword("sets", Sets, None), *COMMON]
"""The options of the editing commands that set fields."""


MADE_FROM = [
    keyword(
        "from_tactic",
        Annotated[
            str | None,
            typer.Option(
                metavar="ID",
                help="A done tactic that it is made of, with the hours it took.",
                autocompletion=complete.of_kind("tactic"),
            ),
        ],
        None,
    ),
    keyword(
        "from_playbook",
        Annotated[
            str | None,
            typer.Option(
                metavar="ID",
                help="A playbook that it is a copy of, to be changed.",
                autocompletion=complete.of_kind("playbook"),
            ),
        ],
        None,
    ),
]
"""Options of `playbook add` that name the thing to make the playbook from."""


def group(noun: Noun) -> typer.Typer:
    """Return the group of a noun's commands."""
    app = editing_group(noun)
    app.command("list")(_list(noun))
    app.command("show")(_show(noun))
    return app


def editing_group(noun: Noun) -> typer.Typer:
    """Return the commands of a noun that change the plan, for one that has lists of its own."""
    app = typer.Typer(help=noun.help, no_args_is_help=True, rich_markup_mode=None)
    app.command("add")(adder(noun))
    app.command("edit")(_edit(noun))
    app.command("drop")(_drop(noun))
    return app


def __getattr__(name: str) -> typer.Typer:
    """Return the group of a noun that has only the common commands, by the noun's name."""
    if name not in EDITED:
        raise AttributeError(name)
    return group(EDITED[name])


def adder(noun: Noun) -> Callable[..., None]:
    """Return a noun's `add` command, which may also be registered under another name."""

    def add(**given: Any) -> None:  # noqa: ANN401 - the options differ by noun
        at = edit_session(given["plan"], day(given["today"]), given["color"], dry_run=given["dry_run"])
        _add_entry(at, noun, given)

    what = f"Add {with_article(noun.kind)}."
    rest = "A field that is missing is asked for on a terminal, and named elsewhere."
    named = "Its id is made from its title, unless one is given.\n\n" if noun.title else ""
    return give_signature(add, f"{what}\n\n{named}{rest}\n\nExample: revplan {noun.example}", add_parameters(noun))


def _add_entry(at: EditSession, noun: Noun, given: Mapping[str, Any]) -> None:
    """Add an entry with the fields of a command line."""
    from revplan.app.editing.days import with_days
    from revplan.app.editing.entries import body_of, declared_ids, new_entry, propose_id
    from revplan.errors import RevplanError

    said = [*with_days(noun.kind, settings(noun, given), at.today)]
    whole = {setting.keys for setting in said}
    found = [setting for setting in _defaults(at, noun, given, said) if setting.keys not in whole] + said
    asked = ask_missing(at, noun, found)
    found = ask_about_skills(at, noun, found + asked)
    body = body_of(noun.kind, found)
    own_id = given["id"] if noun.title else given["name"]
    is_moulded = noun.kind == "tactic" and "playbook" in body and (noun.title,) not in whole
    named = body.get("playbook" if is_moulded else noun.title)
    own_id = own_id or propose_id(str(named), noun.kind, declared_ids(at.plan, noun.kind))
    try:
        changes = new_entry(at.plan, noun.kind, own_id, body, given.get("file"))
        at.apply_typed(changes, f"added {noun.kind} {own_id}", (*said, *asked))
    except RevplanError:
        if asked:
            keep_typed(noun, found)
        raise


def _defaults(at: EditSession, noun: Noun, given: Mapping[str, Any], said: Sequence[Setting]) -> Iterator[Setting]:
    """Yield the default fields of a new entry: those of its kind, and those of the thing that it is made from."""
    from revplan.app.guide.playbooks import fields_of_new_entry

    mould = next((setting.value for setting in said if setting.keys == ("playbook",)), None)
    yield from fields_of_new_entry(
        at.plan,
        noun.kind,
        at.today,
        mould if isinstance(mould, str) else None,
        given.get("from_tactic"),
        given.get("from_playbook"),
    )


def _edit(noun: Noun) -> Callable[..., None]:
    def edit(**given: Any) -> None:  # noqa: ANN401 - the options differ by noun
        from revplan.app.editing.days import with_days
        from revplan.app.editing.entries import edit_entry

        at = edit_session(given["plan"], day(given["today"]), given["color"], dry_run=given["dry_run"])
        said = ask_about_skills(at, noun, [*with_days(noun.kind, settings(noun, given), at.today)])
        changes = edit_entry(at.plan, noun.kind, given["id"], said)
        at.apply_typed(changes, f"edited {noun.kind} {given['id']}", said)

    what = f"Change fields of {with_article(noun.kind)}."
    rest = "An option that may be given several times sets the whole list. An empty value removes a field."
    example = f"revplan {noun.command} edit {noun.example_id} --set notes='Asked again in May'"
    own_title = Flag(noun.title) if noun.title else None
    parameters = [entry_id(noun), *fields(noun, own_title), *SETTING]
    return give_signature(edit, f"{what}\n\n{rest}\n\nExample: {example}", parameters)


def _drop(noun: Noun) -> Callable[..., None]:
    def drop(**given: Any) -> None:  # noqa: ANN401 - the options differ by noun
        from revplan.app.editing.entries import drop_entry

        at = edit_session(given["plan"], day(given["today"]), given["color"], dry_run=given["dry_run"])
        at.apply(drop_entry(at.plan, noun.kind, given["id"]), f"dropped {noun.kind} {given['id']}")

    what = f"Remove {with_article(noun.kind)} from its file."
    rest = f"Refused where something still refers to it; `revplan refs {noun.kind} ID` lists what does."
    example = f"revplan {noun.command} drop {noun.example_id} --dry-run"
    return give_signature(drop, f"{what}\n\n{rest}\n\nExample: {example}", [entry_id(noun), *COMMON])


def _list(noun: Noun) -> Callable[..., None]:
    def list_entries(
        where: Annotated[
            list[str] | None, typer.Option("--where", metavar="FIELD=VALUE", help="Only those of which this is so.")
        ] = None,
        every: Annotated[bool, typer.Option("--all", help="Also those that are done, dropped or over.")] = False,
        output_format: documents.FormatChoice = DocumentFormat.TERMINAL,
        output: documents.Output = None,
        plan: PlanFolder = None,
        today: Today = None,
        color: ColorChoice = Color.AUTO,
    ) -> None:
        from revplan.app.reporting.entries import conditions, entries_page

        met = conditions(where or ())
        page = entries_page(open_plan(plan, today).context, noun.kind, met, every=every)
        documents.show(page, output_format, output, color)

    list_entries.__doc__ = f"List them.\n\nExample: revplan {noun.command} list --format json"
    return list_entries


def _show(noun: Noun) -> Callable[..., None]:
    def show(**given: Any) -> None:  # noqa: ANN401 - the id's completion differs by noun
        from revplan.app.reporting.entries import entry_text

        console.out_lines(entry_text(open_plan(given["plan"], None).loaded, noun.kind, given["id"]))

    doc = f"Show one as it stands in its file.\n\nExample: revplan {noun.command} show {noun.example_id}"
    return give_signature(show, doc, [entry_id(noun), keyword("plan", PlanFolder, None)])
