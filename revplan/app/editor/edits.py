"""Edits of plan files as edits that the client makes: the server writes no file."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from lsprotocol.types import (
    CreateFile,
    OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)

from revplan.app.checking.fix import reformatting_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from revplan.app.editor.positions import TextPositions
    from revplan.app.editor.workspace import EditorPlan
    from revplan.store.disk.edits import Edits

MOST_COMPARED = 4000
"""Lines that are compared one by one; where more differ, they are replaced as a whole."""


def workspace_edit(plan: EditorPlan, edits: Edits, *, is_versioned: bool) -> WorkspaceEdit:
    """Return edits of plan files as edits of the client's documents.

    Args:
        plan: the plan that the edits were computed from, buffers included.
        edits: the edits.
        is_versioned: whether the client takes edits of a document's version, and new files.
    """
    new = {file.name: file.new.decode("utf-8-sig") for file in edits.files}
    found = {name: text_edits(plan.positions(name), plan.text(name), text) for name, text in new.items()}
    return as_workspace_edit(plan, found, is_versioned=is_versioned)


def as_workspace_edit(plan: EditorPlan, found: Mapping[str, list[TextEdit]], *, is_versioned: bool) -> WorkspaceEdit:
    """Return edits by file name as edits of the client's documents."""
    if not is_versioned:
        return WorkspaceEdit(changes={plan.uri(name): edits for name, edits in found.items()})
    return WorkspaceEdit(
        document_changes=[each for name in sorted(found) for each in _of_file(plan, name, found[name])]
    )


def _of_file(plan: EditorPlan, name: str, edits: list[TextEdit]) -> Iterator[CreateFile | TextDocumentEdit]:
    if name not in plan.loaded.sources:
        yield CreateFile(plan.uri(name))
    version = plan.buffers[name].version if name in plan.buffers else None
    document = OptionalVersionedTextDocumentIdentifier(uri=plan.uri(name), version=version)
    yield TextDocumentEdit(document, list(edits))


def format_file(plan: EditorPlan, name: str) -> list[TextEdit] | None:
    """Return the edits that bring a file into canonical form, as `revplan fmt` does; None if its text has faults."""
    wanted = reformatting_of(plan.loaded, [name])
    if wanted.broken or name not in plan.loaded.sources:
        return None
    new = wanted.edits.overlay.get(name)
    return text_edits(plan.positions(name), plan.text(name), new.decode("utf-8-sig")) if new is not None else []


def text_edits(positions: TextPositions, old: str, new: str) -> list[TextEdit]:
    """Return the edits that make one text of another, line by line, so that the cursor stays where it is."""
    before, after = _lines(old), _lines(new)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    before_middle, after_middle = before[start : len(before) - end], after[start : len(after) - end]
    offset = sum(map(len, before[:start]))
    return list(_changes(positions, offset, before_middle, after_middle))


def _changes(positions: TextPositions, offset: int, before: list[str], after: list[str]) -> Iterator[TextEdit]:
    if max(len(before), len(after)) > MOST_COMPARED:
        yield TextEdit(positions.range(offset, offset + sum(map(len, before))), "".join(after))
        return
    starts = [offset]
    for line in before:
        starts.append(starts[-1] + len(line))
    for tag, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            text = "".join(after[new_start:new_end])
            yield _shortest(positions, starts[start], "".join(before[start:end]), text)


def _shortest(positions: TextPositions, offset: int, old: str, new: str) -> TextEdit:
    """Return the edit of a stretch without what stays as it is at its start and end."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    return TextEdit(positions.range(offset + start, offset + len(old) - end), new[start : len(new) - end])


def _lines(text: str) -> list[str]:
    """Return a text's lines with their ends, which are LF as the comparison goes; a CR stays with its line."""
    return [line for line in re.split(r"(?<=\n)", text) if line]


def _common(one: list[str] | str, other: list[str] | str) -> int:
    """Return how many lines or characters two texts begin with alike."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
