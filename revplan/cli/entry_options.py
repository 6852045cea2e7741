"""The options of a noun's commands, made of the noun's fields: what typer would read from a function's signature."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from revplan.cli import complete
from revplan.cli.changing import DryRun
from revplan.cli.nouns import Flag, Noun
from revplan.cli.options import Color, ColorChoice, PlanFolder, Today

Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help="Any field, such as tasks.write.hours=6, in YAML notation."),
]
_FILE_HELP = "The plan file it goes to; else beside others of its kind."
_METAVARS = (
    ("a day", "DATE"),
    ("a month", "MONTH"),
    ("a fiscal quarter", "QUARTER"),
    ("hours", "HOURS"),
    ("an amount of money", "MONEY"),
    ("a whole number", "NUMBER"),
    ("a number", "NUMBER"),
    ("a part of a whole", "RATE"),
    ("a rate", "RATE"),
    ("true or false", "true|false"),
)
"""How a field's value is called, by the words for what it holds."""


def give_signature(function: Callable[..., None], doc: str, parameters: Sequence[Parameter]) -> Callable[..., None]:
    """Give a function the parameters that typer is to read from it."""
    function.__doc__ = doc
    function.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    function.__annotations__ = {each.name: each.annotation for each in parameters}
    return function


def keyword(name: str, annotation: Any, default: Any) -> Parameter:  # noqa: ANN401 - types are data here
    """Return a parameter of a command."""
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def entry_id(noun: Noun) -> Parameter:
    """Return the argument that names an entry."""
    help_text = f"Which {noun.kind.replace('-', ' ')}."
    argument = typer.Argument(metavar="ID", help=help_text, autocompletion=complete.of_kind(noun.kind))
    return keyword("id", Annotated[str, argument], Parameter.empty)


def add_parameters(noun: Noun) -> list[Parameter]:
    """Return the parameters of a noun's `add`."""
    where = keyword("file", Annotated[str | None, typer.Option(metavar="FILE", help=_FILE_HELP)], None)
    if not noun.title:
        owner = noun.kind in ("task", "asset", "variant")
        help_text = "Its id, with that of what it belongs to." if owner else "Its id: lower-case words and hyphens."
        own = keyword("name", Annotated[str, typer.Argument(metavar="ID", help=help_text)], Parameter.empty)
        return [own, *fields(noun), where, *SETTING]
    title = typer.Argument(metavar=f"[{noun.title.upper()}]", help=_words(noun, noun.title)[1], show_default=False)
    own_id = typer.Option(metavar="ID", help=f"Its id; else one made from its {noun.title}.")
    return [
        keyword("title", Annotated[str | None, title], None),
        keyword("id", Annotated[str | None, own_id], None),
        *fields(noun),
        where,
        *SETTING,
    ]


def fields(noun: Noun, title: Flag | None = None) -> Iterator[Parameter]:
    """Yield the options of a noun's fields; the title's is read by another name."""
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
    """Return how a field's value is called, and its description."""
    from revplan.app.reference import fields_of
    from revplan.model.plan import KIND_BY_NAME

    if field == "tasks":
        return "ID=SKILL:HOURS[:OWNER]", "A task: its id, skill and hours, and whom it is pinned to."
    if field == "skills":
        return "SKILL:LEVEL", "A skill with its level: 1 learning, 2 works alone, 3 leads, 4 teaches."
    found = next(each for each in fields_of(KIND_BY_NAME[noun.kind].model) if each.name == field)
    return _metavar(found.holds), found.description


def _metavar(holds: str) -> str:
    known = next((name for words, name in _METAVARS if holds.startswith(words)), None)
    if known is not None:
        return known
    is_choice = " or " in holds and not holds.startswith(("a ", "an ", "the ", "text"))
    return holds.replace(" or ", "|").replace(", ", "|") if is_choice else "TEXT"


COMMON = [
    keyword("dry_run", DryRun, False),
    keyword("plan", PlanFolder, None),
    keyword("today", Today, None),
    keyword("color", ColorChoice, Color.AUTO),
]
"""The options of every command that edits."""
SETTING = [keyword("sets", Sets, None), *COMMON]
"""The same, of those that set fields."""
