"""How somebody writes their files, seen from one: an edit should look as if they had made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.store.emit import CANONICAL, Habits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.store.lines import Lines
    from revplan.store.tree import Node


def habits_of(lines: Lines, root: Node | None) -> Habits:
    """Return how a file is written, going by the first mapping and the first list in a block of it."""
    steps = {"mapping": CANONICAL.step, "list": CANONICAL.list_step}
    missing = set(steps)
    for kind, step in _steps(lines, root) if root is not None else ():
        if kind in missing:
            steps[kind] = step
            missing.remove(kind)
        if not missing:
            break
    return Habits(steps["mapping"], steps["list"], literals=not lines.open_end)


def _steps(lines: Lines, node: Node) -> Iterator[tuple[str, int]]:
    """Yield how far in each mapping and list of a block stands from its key."""
    if node.style == "[":
        return
    for entry in node.entries:
        below = entry.value
        if node.kind == "mapping" and below.entries and below.style != "[":
            yield below.kind, lines.column(below.entries[0].start) - lines.column(entry.start)
        yield from _steps(lines, below)
