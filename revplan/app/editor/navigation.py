"""Where things stand: definition, references, symbols, and rename."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import Location

from revplan.app.editing.rename import NAMED_KINDS, refs
from revplan.app.editor.meaning import home_of, named_at
from revplan.errors import UnknownIdError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsprotocol.types import Position

    from revplan.app.editor.meaning import Named
    from revplan.app.editor.workspace import EditorPlan


def named_thing(plan: EditorPlan, name: str, position: Position) -> Named | None:
    """Return the thing of the plan that is named at a position of a file."""
    return named_at(plan.text(name), plan.positions(name).offset(position))


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
        yield Location(plan.uri(place.file), plan.placed(place.file).range(place))
