"""The minutes of a meeting: as they are said on the command line, or written into an agenda's Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from revplan.reports.minutes import (
    ATTENDED,
    BLANKS,
    DECISIONS,
    DONE,
    HEADLINES,
    ISSUES,
    MESSAGES,
    RATING,
    SOLVED,
    TODOS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABEL = re.compile(r"\*\*(?P<label>[^*]+)\*\*")
_ENTRY = re.compile(r"[-*+](?:\s+\[[ xX]\])?\s+(?P<text>\S.*)")
_LABELS = frozenset(blank.label for blank in BLANKS)


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """What was said in a meeting, as people wrote it.

    Attributes:
        attended: members, by id or first name, several with commas between them.
        rating: `who: 8`.
        done: ids of to-dos that are done.
        solved: `issue: what was decided`.
        issues: new ones, with who raises each in brackets.
        todos: new ones, with who and by when in brackets.
    """

    attended: tuple[str, ...] = ()
    headlines: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    solved: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    todos: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    rating: tuple[str, ...] = ()


_FIELDS = {
    ATTENDED.label: "attended",
    HEADLINES.label: "headlines",
    DONE.label: "done",
    SOLVED.label: "solved",
    ISSUES.label: "issues",
    TODOS.label: "todos",
    DECISIONS.label: "decisions",
    MESSAGES.label: "messages",
    RATING.label: "rating",
}


def read_record(text: str) -> MeetingRecord:
    """Return what was written into the blanks of an agenda's Markdown; everything else in it is left alone."""
    entries: dict[str, list[str]] = {}
    for label, entry in _entries(text):
        entries.setdefault(_FIELDS[label], []).append(entry)
    return MeetingRecord(**{name: tuple(said) for name, said in entries.items()})


def together(first: MeetingRecord, second: MeetingRecord) -> MeetingRecord:
    """Return what was said in both."""
    return MeetingRecord(*((*getattr(first, each.name), *getattr(second, each.name)) for each in fields(MeetingRecord)))


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """Yield (label, entry) for each line that is written below a blank's label; lines set in go on with theirs."""
    label, entry = None, ""
    for line in (*text.splitlines(), ""):
        written = _ENTRY.match(line)
        goes_on = bool(entry) and line[:1].isspace() and bool(line.strip())
        if goes_on:
            entry = f"{entry} {line.strip()}"
            continue
        if label is not None and entry:
            yield label, entry
        entry = written["text"].strip() if written is not None and label is not None else ""
        if written is None:
            label = _label_of(line, label)


def _label_of(line: str, before: str | None) -> str | None:
    """Return the blank that a line opens; a heading or another text closes the one before it."""
    found = _LABEL.match(line)
    if found is not None and found["label"] in _LABELS:
        return found["label"]
    return before if not line.strip() or line.strip() in {"-", "*", "+"} else None
