"""`revplan explain`: shows a rule's manual, or describes a kind or field of the plan format."""

from __future__ import annotations

from textwrap import indent, wrap
from typing import TYPE_CHECKING

from revplan.app.checking.validate import can_be_ignored
from revplan.app.reporting.reference import fields_of
from revplan.diagnostics import CODE_BY_NAME, CODES
from revplan.errors import UnknownTopicError
from revplan.model.plan import KIND_BY_NAME, KINDS
from revplan.rules import rule
from revplan.rules.manual import manual
from revplan.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from revplan.app.reporting.reference import FieldReference
    from revplan.diagnostics import Code
    from revplan.model.base import Part
    from revplan.model.plan import Kind

_KIND_BY_WORD = {**KIND_BY_NAME, **{kind.path[0]: kind for kind in KINDS if len(kind.path) == 1}}


def is_manual(topic: str) -> bool:
    """Tell whether a topic is a rule or begins with a kind. Rules and kinds take precedence over tactics."""
    return topic in CODE_BY_NAME or topic.split(".", maxsplit=1)[0] in _KIND_BY_WORD


def overview(width: int) -> str:
    """Return a list of all rules and kinds, one or two lines each; `width` is the line width in columns."""
    return _text(_overview(width))


def explain(topic: str, width: int) -> str:
    """Return the explanation of a rule (code or slug), a kind such as tactic, or a field such as tactic.tasks.

    Raises:
        UnknownTopicError: the topic is none of these.
    """
    if topic in CODE_BY_NAME:
        return _text(_manual(CODE_BY_NAME[topic], width))
    word, *fields = topic.split(".")
    kind = _KIND_BY_WORD.get(word)
    if kind is None:
        raise unknown(topic)
    return _text(_field(topic, kind.model, fields, width) if fields else _kind(kind, width))


def unknown(topic: str, tactics: Iterable[str] = ()) -> UnknownTopicError:
    """Return the error for a topic that is no rule, no kind and not one of these tactics."""
    return _unknown(topic, {*CODE_BY_NAME, *_KIND_BY_WORD, *tactics})


def _unknown(topic: str, known: set[str]) -> UnknownTopicError:
    match = nearest(topic, known)
    hint = f'did you mean "{match}"?' if match is not None else "`revplan explain` alone lists all there is"
    return UnknownTopicError(f'there is no rule and no part of a plan called "{topic}"', hint=hint)


# --- rules -------------------------------------------------------------------------------------------------------


def _overview(width: int) -> Iterator[str]:
    yield "What validate can find:"
    for code in CODES:
        yield f"  {code.code} {code.slug} ({code.severity})"
        yield from _wrap(manual(rule(code)).fault, width, "        ")
    yield ""
    yield "What a plan is made of:"
    for kind in KINDS:
        yield f"  {kind.name}"
        yield from _wrap(_about(kind.model), width, "        ")
    yield ""
    yield from _wrap("revplan explain CODE, KIND or KIND.FIELD says more.", width)


def _manual(code: Code, width: int) -> Iterator[str]:
    own = manual(rule(code))
    yield f"{code.code} {code.slug} ({code.severity})"
    yield from _wrap(own.fault, width)
    for title, text in (("What", own.what), ("Why", own.why)):
        yield ""
        yield from _wrap(f"{title}: {text}", width)
    for title, example in (("Bad", own.bad), ("Good", own.good)):
        if example is not None:
            yield ""
            yield f"{title}, what cannot be shown written as Python escapes:" if example.escaped else f"{title}:"
            yield indent(example.text.rstrip("\n"), "    ")
    yield ""
    yield from _wrap(_way_to_ignore(code), width)


def _way_to_ignore(code: Code) -> str:
    if not can_be_ignored(code):
        return "It cannot be ignored."
    return (
        f"To set it aside on one line: # revplan: ignore[{code.slug}] and the reason."
        f" For the whole plan, under revplan.rules: {code.slug}: ignore, or another severity."
    )


# --- the format --------------------------------------------------------------------------------------------------


def _kind(kind: Kind, width: int) -> Iterator[str]:
    yield from _wrap(f"{kind.name}: {_about(kind.model)}", width)
    yield from _wrap(_where(kind), width)
    yield ""
    yield from _fields(kind.name, kind.model, width)


def _where(kind: Kind) -> str:
    if kind.owner is not None:
        return f"Stands under {kind.within} of a {kind.owner}, by id."
    place = ".".join(kind.path)
    is_one = len(kind.path) == 1 and kind.path[0] == kind.name
    return f"Stands under {place}." if is_one else f"Stands under {place}, by id."


def _field(topic: str, model: type[Part], names: list[str], width: int) -> Iterator[str]:
    name, *deeper = names
    fields = {field.name: field for field in fields_of(model)}
    if name not in fields:
        path = topic.rsplit(".", len(names))[0]
        raise _unknown(topic, {f"{path}.{field}" for field in fields})
    field = fields[name]
    if deeper:
        if field.model is None:
            raise _unknown(topic, {topic.rsplit(".", len(deeper))[0]})
        yield from _field(topic, field.model, deeper, width)
        return
    yield from _describe(field, width, "")
    if field.model is not None:
        yield ""
        yield from _wrap(_about(field.model), width)
        yield ""
        yield from _fields(topic, field.model, width)


def _fields(path: str, model: type[Part], width: int) -> Iterator[str]:
    fields = fields_of(model)
    for field in fields:
        yield from _describe(field, width, "  ")
    inside = next((field.name for field in fields if field.model is not None), None)
    if inside is not None or any(field.required for field in fields):
        yield ""
    if any(field.required for field in fields):
        yield "* is required"
    if inside is not None:
        yield from _wrap(f"revplan explain {path}.{inside} says what is in it, and so for others.", width)


def _describe(field: FieldReference, width: int, margin: str) -> Iterator[str]:
    default = f"; {field.default} where not given" if field.default is not None else ""
    head = f"{field.name}{'*' if field.required else ''}: {field.holds}{default}"
    yield from _wrap(head, width, margin, f"{margin}    ")
    yield from _wrap(field.description, width, f"{margin}    ")


def _about(model: type[Part]) -> str:
    """Return the first line of a model's docstring."""
    return (model.__doc__ or "").split("\n", 1)[0]


def _wrap(text: str, width: int, margin: str = "", hanging: str | None = None) -> list[str]:
    rest = margin if hanging is None else hanging
    return wrap(text, width, initial_indent=margin, subsequent_indent=rest, break_on_hyphens=False)


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"
