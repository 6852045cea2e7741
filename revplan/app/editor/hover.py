"""Hover: the manual of a key, what a thing of the plan is, and why something is found there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import Hover, MarkupContent, MarkupKind

from revplan.app.editor.meaning import Named, field_at, thing_named_by
from revplan.app.editor.summaries import facts, title_of
from revplan.app.reporting.reference import fields_of, in_words
from revplan.diagnostics import CODE_BY_NAME
from revplan.formats.markdown import escape
from revplan.model.plan import COLLECTION_BY_KEY, SINGLETON_BY_KEY, TOP_LEVEL_KEYS
from revplan.model.schema import summary
from revplan.nouns import label
from revplan.rules import rule
from revplan.rules.manual import manual
from revplan.store.yaml.cursor import word_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsprotocol.types import Position

    from revplan.app.editor.workspace import EditorPlan
    from revplan.store.yaml.cursor import Word


def hover(plan: EditorPlan, name: str, position: Position) -> Hover | None:
    """Return what is to be said of what stands at a position of a file; None if nothing is."""
    positions, text = plan.positions(name), plan.text(name)
    offset = positions.offset(position)
    word = word_at(text, offset)
    said = [*_of_word(plan, word, text, offset)] if word is not None else []
    said += _of_findings(plan, name, offset)
    if not said:
        return None
    place = positions.range(word.span.start, word.span.end) if word is not None else None
    return Hover(MarkupContent(MarkupKind.Markdown, "\n\n".join(said)), place)


def _of_word(plan: EditorPlan, word: Word, text: str, offset: int) -> Iterator[str]:
    named = thing_named_by(word, text, offset)
    if named is not None:
        yield from _of_thing(plan, named)
    if word.is_key:
        yield from _of_key(word)


def _of_thing(plan: EditorPlan, named: Named) -> Iterator[str]:
    context = plan.context
    title = title_of(context.plan, named.kind, named.id)
    yield f"**{escape(title or named.id)}** · {label(named.kind)} `{_code(named.id)}`"
    lines = facts(context, named.kind, named.id)
    if lines:
        yield "\n".join(f"- {escape(line)}" for line in lines)


def _of_key(word: Word) -> Iterator[str]:
    field = field_at(word.keys)
    if field is not None:
        yield field_manual(word)
    elif len(word.keys) == 1 and word.text in TOP_LEVEL_KEYS:
        kind = SINGLETON_BY_KEY.get(word.text) or COLLECTION_BY_KEY[word.text]
        yield f"**{word.text}**: {escape(summary(kind.model))}"


def field_manual(word: Word) -> str:
    """Return the manual of a field: what it holds, what counts where it is not given, and what it means."""
    field = field_at(word.keys)
    assert field is not None
    required = ", required" if field.is_required else ""
    lines = [f"**{field.key}**: {escape(in_words(field.type))}{required}", escape(field.description)]
    model = field.type.first_model()
    if model is not None:
        inside = ", ".join(f"`{each.name}`{'*' if each.required else ''}" for each in fields_of(model))
        lines.append(f"{escape(summary(model))} It holds {inside}.")
    return "\n\n".join(lines)


def _of_findings(plan: EditorPlan, name: str, offset: int) -> Iterator[str]:
    """Yield the manual of each rule that finds something at an offset."""
    placed, codes = plan.locations(name), dict[str, None]()
    for found in plan.validation.diagnostics:
        if found.location.file == name:
            start, end = placed.offsets(found.location)
            if start <= offset <= max(start + 1, end):
                codes[found.code] = None
    for code in codes:
        own = manual(rule(CODE_BY_NAME[code]))
        yield f"**{code} {CODE_BY_NAME[code].slug}**: {escape(own.fault)}\n\n{escape(own.why)}"


def _code(text: str) -> str:
    """Return a text that cannot end the code it stands in."""
    return "".join(character if character.isprintable() and character != "`" else "·" for character in text)
