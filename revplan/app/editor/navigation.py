"""Where things stand: definition, references and rename, the outline of a file, symbols and folding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol.types import (
    DocumentSymbol,
    FoldingRange,
    FoldingRangeKind,
    Location,
    PrepareRenamePlaceholder,
    SymbolKind,
    WorkspaceSymbol,
)

from revplan.app.editing.changes import check_renaming
from revplan.app.editing.entries import declared_ids
from revplan.app.editing.rename import NAMED_KINDS, refs
from revplan.app.editing.rename import rename as rename_everywhere
from revplan.app.editor.edits import workspace_edit
from revplan.app.editor.meaning import entry_at, home_of, thing_at
from revplan.app.editor.summaries import title_of
from revplan.errors import UnknownIdError
from revplan.model.base import Ref
from revplan.nouns import label
from revplan.store.yaml.cursor import words
from revplan.store.yaml.spans import locations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsprotocol.types import Position, WorkspaceEdit

    from revplan.app.editor.meaning import Named
    from revplan.app.editor.positions import TextPositions
    from revplan.app.editor.workspace import EditorPlan
    from revplan.model.base import Keys
    from revplan.store.yaml.spans import Span


def named_thing(plan: EditorPlan, name: str, position: Position) -> Named | None:
    """Return the thing of the plan that is named at a position of a file."""
    return thing_at(plan.text(name), plan.positions(name).offset(position))


def definition(plan: EditorPlan, name: str, position: Position) -> Location | None:
    """Return where the thing stands that is named at a position; None where no file holds it."""
    named = named_thing(plan, name, position)
    home = home_of(plan.loaded, named.kind, named.id) if named is not None else None
    if home is None:
        return None
    file, key, _ = home
    return Location(plan.uri(file), plan.positions(file).range(key.start, key.end))


def references(plan: EditorPlan, name: str, position: Position, *, with_own: bool) -> list[Location]:
    """Return every place that names the thing named at a position.

    Args:
        plan: the plan.
        name: the file.
        position: the position in the file.
        with_own: also where the thing itself stands.
    """
    named = named_thing(plan, name, position)
    if named is None:
        return []
    own = definition(plan, name, position) if with_own else None
    return [*([own] if own is not None else []), *_mentions(plan, named)]


def _mentions(plan: EditorPlan, named: Named) -> Iterator[Location]:
    try:
        found = refs(plan.loaded, named.kind, named.id) if named.kind in NAMED_KINDS else ()
    except UnknownIdError:  # the name of nothing, which `validate` tells
        return
    for _, place in found:
        yield Location(plan.uri(place.file), plan.locations(place.file).range(place))


# --- rename ----------------------------------------------------------------------------------------------------------


def prepare_rename(plan: EditorPlan, name: str, position: Position) -> PrepareRenamePlaceholder | None:
    """Return what of a file is renamed at a position; None where nothing can be."""
    named = named_thing(plan, name, position)
    if named is None or named.kind not in NAMED_KINDS or named.id not in declared_ids(plan.context.plan, named.kind):
        return None
    place = plan.positions(name).range(named.span.start, named.span.end)
    return PrepareRenamePlaceholder(place, named.id.rpartition("/")[2])


def rename(plan: EditorPlan, name: str, position: Position, new: str, *, is_versioned: bool) -> WorkspaceEdit | None:
    """Return the edits that rename the thing named at a position, everywhere in the plan.

    Raises:
        InputError: the new id is taken, or the thing's id follows from something else.
        UnknownIdError: what is named there does not exist.
        UnsoundPlanError: parts of the plan cannot be read, so references in them would be missed.
        RefusedChangeError: there would be more errors.
    """
    named = named_thing(plan, name, position)
    if named is None:
        return None
    edits = rename_everywhere(plan.loaded, named.kind, named.id, new).edits
    check_renaming(plan.loaded, plan.context, edits)
    return workspace_edit(plan, edits, is_versioned=is_versioned)


# --- symbols -------------------------------------------------------------------------------------------------------


def document_symbols(plan: EditorPlan, name: str) -> list[DocumentSymbol]:
    """Return the outline of a file: its top-level keys, their entries, and what belongs to these."""
    text, positions = plan.text(name), plan.positions(name)
    found: dict[Keys, _Outlined] = {}
    for word in words(text):
        if word.is_key and (len(word.keys) == 1 or entry_at(word.keys) is not None):
            found[word.keys] = _Outlined(word.span)
        for length in range(1, len(word.keys) + 1):
            if word.keys[:length] in found:
                found[word.keys[:length]].end = max(found[word.keys[:length]].end, word.span.end)
    context, top = plan.context, list[DocumentSymbol]()
    symbols: dict[Keys, DocumentSymbol] = {}
    for keys, own in found.items():
        kind = entry_at(keys)
        symbols[keys] = DocumentSymbol(
            name=str(keys[-1]) or "?",
            detail=title_of(context.plan, *kind) if kind is not None else None,
            kind=_SYMBOLS.get(len(keys), SymbolKind.Field),
            range=positions.range(own.key.start, max(own.end, own.key.end)),
            selection_range=positions.range(own.key.start, own.key.end),
            children=[],
        )
        above = next((keys[:length] for length in range(len(keys) - 1, 0, -1) if keys[:length] in symbols), None)
        siblings = symbols[above].children if above is not None else top
        assert isinstance(siblings, list)
        siblings.append(symbols[keys])
    return top


_SYMBOLS = {1: SymbolKind.Namespace, 2: SymbolKind.Object}
"""What an editor draws beside a key, by its depth."""


@dataclass(slots=True)
class _Outlined:
    """A key of an outline, and the end of what stands below it."""

    key: Span
    end: int = 0


MOST_SYMBOLS = 500
"""Symbols of one answer; nobody reads more, and the client asks again with every key."""


def workspace_symbols(plan: EditorPlan, query: str) -> list[WorkspaceSymbol]:
    """Return the things of a plan whose id or title holds the letters of a query in their order."""
    plain, found = plan.context.plan, list[tuple[Ref, str]]()
    for kind in NAMED_KINDS:
        for each in sorted(declared_ids(plain, kind)):
            title = title_of(plain, kind, each)
            if has_letters(each, query) or has_letters(title, query):
                found.append((Ref(kind, each), title))
    found = found[:MOST_SYMBOLS]
    places = locations(plan.loaded, [(ref, True) for ref, _ in found])
    placed = {place.file: plan.locations(place.file) for place in places}
    return [
        WorkspaceSymbol(
            location=Location(plan.uri(place.file), placed[place.file].range(place)),
            name=f"{ref.id}: {title}" if title else ref.id,
            kind=SymbolKind.Object,
            container_name=label(ref.kind),
        )
        for (ref, title), place in zip(found, places, strict=True)
    ]


def has_letters(text: str, typed: str) -> bool:
    """Tell whether a text holds the letters typed in their order: what editors let through anyway."""
    letters = iter(text.lower())
    return all(letter in letters for letter in typed.lower())


# --- folding -------------------------------------------------------------------------------------------------------


def folding_ranges(plan: EditorPlan, name: str) -> list[FoldingRange]:
    """Return what can be folded in a file: each line with the lines below that are indented more, and long comments.

    Indentation alone decides, so that a file folds while it is broken too.
    """
    positions = plan.positions(name)
    depths = [_depth(positions.line(number)) for number in range(len(positions.starts))]
    open_lines, found, last = list[tuple[int, int]](), list[FoldingRange](), 0
    for number, depth in enumerate([*depths, 0]):
        if depth is None:
            continue
        while open_lines and open_lines[-1][0] >= depth:
            start = open_lines.pop()[1]
            if last > start:
                found.append(FoldingRange(start, last))
        open_lines.append((depth, number))
        last = number if number < len(depths) else last
    return sorted([*found, *_comments(positions)], key=lambda fold: fold.start_line)


def _depth(line: str) -> int | None:
    """Return how deep a line stands: twice its columns, and one more for an item of a list; None if it is empty."""
    text = line.lstrip(" ")
    if not text or text.startswith("#"):
        return None
    return 2 * (len(line) - len(text)) + text.startswith("- ")


def _comments(positions: TextPositions) -> Iterator[FoldingRange]:
    """Yield runs of lines that are comments."""
    start = None
    for number in range(len(positions.starts) + 1):
        is_comment = positions.line(number).lstrip(" ").startswith("#")
        if is_comment and start is None:
            start = number
        elif not is_comment and start is not None:
            if number - start > 1:
                yield FoldingRange(start, number - 1, kind=FoldingRangeKind.Comment)
            start = None
