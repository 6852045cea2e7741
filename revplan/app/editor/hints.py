"""What an editor shows between the lines: hours and score of tactics, commands on sprints, and addresses of pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lsprotocol.types import CodeLens, Command, DocumentLink, InlayHint

from revplan import wording
from revplan.app.editor.summaries import rankings
from revplan.store.yaml.cursor import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsprotocol.types import Range

    from revplan.app.editor.workspace import EditorPlan
    from revplan.store.yaml.cursor import Word

PLAN, STATUS, CLOSE = "revplan.sprint.plan", "revplan.sprint.status", "revplan.sprint.close"
COMMANDS = (PLAN, STATUS, CLOSE)
_DEPTH = 2
"""Keys down to the id of an entry."""
_ADDRESS = re.compile(r"https?://[^\s<>\"'`)\]}]*[^\s<>\"'`)\]}.,;:!?]")


def inlay_hints(plan: EditorPlan, name: str, place: Range) -> list[InlayHint]:
    """Return hours and score of each tactic whose id stands in a range of a file."""
    positions, context = plan.positions(name), plan.context
    start, end = positions.offset(place.start), positions.offset(place.end)
    found = []
    for word in _ids_of(plan, name, "tactics"):
        if not start <= word.span.end <= end or word.text not in context.plan.tactics:
            continue
        ranked = rankings(context).get(word.text)
        said = [f"{wording.hours(context.plan.tactics[word.text].minutes)} h"]
        said += [f"score {wording.measure(ranked.score, 1)}", f"rank {ranked.rank}"] if ranked is not None else []
        colon = plan.text(name).startswith(":", word.span.end)
        found.append(InlayHint(positions.position(word.span.end + colon), ", ".join(said), padding_left=True))
    return found


def code_lenses(plan: EditorPlan, name: str) -> list[CodeLens]:
    """Return the commands on each sprint of a file: plan it and close it where it is open, and how it is going."""
    positions, sprints = plan.positions(name), plan.context.plan.sprints
    found = []
    for word in _ids_of(plan, name, "sprints"):
        if word.text not in sprints:
            continue
        is_open = sprints[word.text].status != "closed"
        wanted = (("Plan", PLAN, is_open), ("Status", STATUS, True), ("Close", CLOSE, is_open))
        for title, command, is_shown in wanted:
            if is_shown:
                place = positions.range(word.span.start, word.span.end)
                found.append(CodeLens(place, Command(title, command, arguments=[plan.uri(name), word.text])))
    return found


def _ids_of(plan: EditorPlan, name: str, collection: str) -> Iterator[Word]:
    """Yield the ids of a collection's entries in a file."""
    for word in words(plan.text(name)):
        if word.is_key and len(word.keys) == _DEPTH and word.keys[0] == collection:
            yield word


def document_links(plan: EditorPlan, name: str) -> list[DocumentLink]:
    """Return the addresses of pages in a file's values."""
    text, positions = plan.text(name), plan.positions(name)
    return [
        DocumentLink(positions.range(word.span.start + found.start(), word.span.start + found.end()), found[0])
        for word in words(text)
        if not word.is_key and "://" in word.text
        for found in _ADDRESS.finditer(text[word.span.start : word.span.end])
    ]
