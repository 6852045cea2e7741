"""Completion: keys with what they mean, required ones first; words, ids with their titles, skills and dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import (
    CompletionItem,
    CompletionItemKind,
    CompletionList,
    MarkupContent,
    MarkupKind,
    TextEdit,
)

from revplan import wording
from revplan.app.editor.meaning import forms, single_forms, type_at
from revplan.app.editor.navigation import has_letters
from revplan.app.editor.summaries import summary_line
from revplan.app.reporting.reference import fields_of
from revplan.formats.markdown import escape
from revplan.model.base import ONE_WEEK, Date, Days, Flag, MonthValue
from revplan.model.plan import COLLECTION_BY_KEY, SINGLETON_BY_KEY, TOP_LEVEL_KEYS
from revplan.store.yaml.cursor import words, writing_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsprotocol.types import Position

    from revplan.app.editor.workspace import EditorPlan
    from revplan.model.base import Keys
    from revplan.model.context import Context
    from revplan.model.fields import FieldType
    from revplan.store.yaml.cursor import Writing

TRIGGERS = (" ", ":", "/", "-", "[", "{", ",")
"""Characters after which an editor asks without being told to."""
MOST = 1000
"""Items of one answer; while more fit what is typed, the editor asks again with every key."""
_WEEKS_AHEAD = 4


def complete(plan: EditorPlan, name: str, position: Position) -> CompletionList | None:
    """Return what may be written at a position of a file; None where nothing can be told."""
    positions, text = plan.positions(name), plan.text(name)
    offset = positions.offset(position)
    writing = writing_at(text, offset)
    if writing is None:
        return None
    typed = text[writing.span.start : offset]
    items = _siblings(text, writing) or _items(plan.context, writing)
    found = [item for item in items if has_letters(item.label, typed)]
    place = positions.range(writing.span.start, writing.span.end)
    for item in found[:MOST]:
        if item.data is not None:
            item.detail, item.data = summary_line(plan.context, *item.data) or None, None
        item.sort_text = f"{0 if item.label.startswith(typed) else 1}{item.sort_text}"
        item.text_edit = TextEdit(place, item.insert_text or item.label)
        item.insert_text = None
    return CompletionList(is_incomplete=len(found) > MOST, items=found[:MOST])


def _siblings(text: str, writing: Writing) -> list[CompletionItem]:
    """Return the other tasks of the tactic, or variants of the campaign, where one is named without its owner.

    They are taken from the text: the entry is seldom whole while somebody writes in it.
    """
    found = type_at(writing.keys) if not writing.is_key and writing.keys else None
    kind = next((each.refers_to for each in single_forms(found)), None) if found is not None else None
    if kind not in _WITHIN:
        return []
    above = (*writing.keys[:_OWNER], _WITHIN[kind])
    rest = text[: writing.span.start] + text[writing.span.end :]
    named = (word.text for word in words(rest) if word.is_key and word.keys[:-1] == above)
    return [_item(each, CompletionItemKind.Reference) for each in sorted({*named} - {*writing.keys})]


_WITHIN = {"sibling-task": "tasks", "variant": "variants"}
"""The key that holds what may be named without its owner, by the kind of the reference."""
_OWNER = 2
"""Keys down to the owner."""


def _items(context: Context, writing: Writing) -> Iterator[CompletionItem]:
    found = type_at(writing.keys)
    if not writing.keys:
        yield from _top_level(writing)
    elif found is not None and writing.is_key:
        yield from _keys(context, found, writing)
    elif found is not None:
        for each in single_forms(found):
            yield from _values(context, each, writing.keys)
        yield from _keys(context, found, writing)


# --- keys ----------------------------------------------------------------------------------------------------------


def _top_level(writing: Writing) -> Iterator[CompletionItem]:
    for place, key in enumerate(TOP_LEVEL_KEYS):
        if key not in writing.siblings:
            kind = SINGLETON_BY_KEY.get(key) or COLLECTION_BY_KEY[key]
            yield _item(key, CompletionItemKind.Module, about=kind.model.__doc__ or "", order=place, writing=writing)


def _keys(context: Context, found: FieldType, writing: Writing) -> Iterator[CompletionItem]:
    """Yield the keys of a mapping that may be written: fields, or ids where the keys are ids."""
    for form in forms(found):
        model = form.model or (form.item.model if form.item is not None and form.keys is None else None)
        for place, field in enumerate(fields_of(model) if model is not None else ()):
            if field.name not in writing.siblings:
                holds = f"{field.holds}{', required' if field.required else ''}"
                kind = CompletionItemKind.Property
                yield _item(field.name, kind, holds, field.description, place, writing)
        if form.keys is not None:
            if form.keys.refers_to is not None:
                yield from _ids(context, form.keys.refers_to, writing.keys, writing)
            elif writing.keys[-1:] == ("skills",):
                yield from _skills(context, writing)


# --- values --------------------------------------------------------------------------------------------------------


def _values(context: Context, found: FieldType, keys: Keys) -> Iterator[CompletionItem]:
    for place, word in enumerate(found.choices):
        yield _item(str(word), CompletionItemKind.EnumMember, order=place)
    if found.is_one_of(Flag):
        yield from (_item(word, CompletionItemKind.Keyword) for word in ("true", "false"))
    elif found.refers_to is not None:
        yield from _ids(context, found.refers_to, keys)
    elif found.is_one_of(Date, Days):
        yield from _days(context)
    elif found.is_one_of(MonthValue):
        yield _item(context.today.strftime("%Y-%m"), CompletionItemKind.Value, "this month")
    elif keys[-1] == "skill":
        yield from _skills(context)


def _ids(context: Context, kind: str, keys: Keys, writing: Writing | None = None) -> Iterator[CompletionItem]:
    """Yield the ids of a kind; what they are is said of those that are shown."""
    taken = writing.siblings if writing is not None else frozenset()
    for each in sorted(context.plan.ids(kind) - taken) if kind not in _WITHIN else ():
        if each not in keys:  # nothing refers to itself
            item = _item(each, CompletionItemKind.Reference, writing=writing)
            item.data = (kind, each)
            yield item


def _skills(context: Context, writing: Writing | None = None) -> Iterator[CompletionItem]:
    """Yield the skills that somebody has, or that a task takes."""
    plan, who = context.plan, dict[str, list[str]]()
    for member in plan.team.values():
        for skill, level in member.skills.items():
            who.setdefault(skill, []).append(f"{member.id} {level}")
    for tactic in plan.tactics.values():
        for task in tactic.tasks.values():
            who.setdefault(task.skill, [])
    for skill in sorted(who):
        held = ", ".join(who[skill]) or "nobody has it"
        yield _item(skill, CompletionItemKind.Value, held, writing=writing)


def _days(context: Context) -> Iterator[CompletionItem]:
    """Yield today, and the same weekday of the weeks after."""
    for weeks in range(_WEEKS_AHEAD + 1):
        day = context.today + weeks * ONE_WEEK
        about = "today" if not weeks else f"in {wording.plural(weeks, 'week')}"
        yield _item(day.isoformat(), CompletionItemKind.Value, about, order=weeks)


def _item(
    label: str,
    kind: CompletionItemKind,
    detail: str = "",
    about: str = "",
    order: int = 0,
    writing: Writing | None = None,
) -> CompletionItem:
    """Return an item; of a key that is written, with the colon that it lacks."""
    colon = ": " if writing is not None and writing.needs_colon else ""
    return CompletionItem(
        label=label,
        kind=kind,
        detail=detail or None,
        documentation=MarkupContent(MarkupKind.Markdown, escape(about)) if about else None,
        sort_text=f"{order:04}{label}",
        insert_text=label + colon,
    )
