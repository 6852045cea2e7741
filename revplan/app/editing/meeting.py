"""`revplan meeting close`.

Reads the record of a meeting from options or a filled-in agenda, and turns the record into changes of the plan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from revplan.app.editing.company import finish_todo, solve_issue, usual_due
from revplan.app.editing.entries import declared_ids, new_entry, propose_id
from revplan.errors import InputError, UnknownIdError
from revplan.reports import names
from revplan.reports.agenda import (
    ATTENDED,
    BLANKS,
    DECISIONS,
    DONE,
    HEADLINES,
    HORIZONS,
    ISSUES,
    MESSAGES,
    RATING,
    SOLVED,
    TODOS,
    open_issues,
    open_todos,
)
from revplan.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.model.change import Change, Data
    from revplan.model.meetings import MeetingKind as MeetingKind  # noqa: PLC0414 - handed on: whose record it is
    from revplan.model.plan import Plan

_LABEL = re.compile(r"\*\*(?P<label>[^*]+)\*\*")
_ENTRY = re.compile(r"[-*+](?:\s+\[[ xX]\])?\s+(?P<text>\S.*)")
_LABELS = frozenset(blank.label for blank in BLANKS)


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """The record of a meeting, as people wrote it.

    Attributes:
        attended: members by id or first name; one text may name several, with commas between them.
        rating: ratings as `who: 8`, from 1 to 10.
        done: ids of finished to-dos.
        solved: solved issues as `issue: what was decided`.
        issues: new issues, each with the member who raises it in brackets.
        todos: new to-dos, each with its owner and due day in brackets.
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
    """Return the record written into the blanks of an agenda's Markdown. Other text is ignored."""
    entries: dict[str, list[str]] = {}
    for label, entry in _entries(text):
        entries.setdefault(_FIELDS[label], []).append(entry)
    return MeetingRecord(**{name: tuple(said) for name, said in entries.items()})


def merge_records(first: MeetingRecord, second: MeetingRecord) -> MeetingRecord:
    """Return one record with the entries of both records."""
    return MeetingRecord(*((*getattr(first, each.name), *getattr(second, each.name)) for each in fields(MeetingRecord)))


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """Yield (label, entry) for each entry below a blank's label. An indented line continues the entry above."""
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
    """Return the label of the blank that a line belongs to; None after a heading or other text."""
    found = _LABEL.match(line)
    if found is not None and found["label"] in _LABELS:
        return found["label"]
    return before if not line.strip() or line.strip() in {"-", "*", "+"} else None


_IN_BRACKETS = re.compile(r"(?P<title>.*\S)\s*\((?P<inside>[^()]*)\)")
_MARKS = frozenset(str(mark) for mark in range(1, 11))


def changes(plan: Plan, kind: MeetingKind, day: date, record: MeetingRecord) -> tuple[Change, ...]:
    """Return the changes that record a meeting and its to-dos and issues.

    Raises:
        InputError: the meeting is recorded already, or an entry cannot be read.
        UnknownIdError: a named member, to-do or issue is not in the plan.
    """
    return (
        *new_entry(plan, "meeting", f"{day}-{kind}", _body(plan, kind, day, record)),
        *(change for each in record.done for change in finish_todo(plan, each, day)),
        *(change for each in record.solved for change in _solve_issues(plan, each, day)),
        *_new(plan, "issue", [_issue(plan, kind, day, each) for each in record.issues]),
        *_new(plan, "todo", [_todo(plan, day, each) for each in record.todos]),
    )


# --- the meeting --------------------------------------------------------------------------------------------------


def _body(plan: Plan, kind: MeetingKind, day: date, record: MeetingRecord) -> dict[str, Data]:
    body: dict[str, Data] = {
        "kind": kind,
        "date": day.isoformat(),
        "attended": [*attendees(plan, record.attended)],
        "rating": dict(_rating(plan, said) for said in record.rating),
        "decisions": [*record.decisions],
        "headlines": [*record.headlines],
        "cascading_messages": [*record.messages],
    }
    return {key: value for key, value in body.items() if value}


def listed_todos(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return the open to-dos by id and title, the first due first."""
    return tuple((todo.id, todo.title) for todo in open_todos(plan))


def listed_issues(plan: Plan, kind: MeetingKind) -> tuple[tuple[str, str], ...]:
    """Return the open issues of a meeting's horizon by id and title, the most important first."""
    return tuple((issue.id, issue.title) for issue in open_issues(plan, kind))


def name_of(plan: Plan, member: str) -> str:
    """Return what people call a member."""
    return names.member(plan, member)


def attendees(plan: Plan, said: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the members named, each once. One text may hold several names, with commas between them.

    Raises:
        UnknownIdError: a name fits no member, or several.
    """
    named = (name.strip() for each in said for name in each.split(",") if name.strip())
    return tuple(dict.fromkeys(find_member(plan, name) for name in named))


def _rating(plan: Plan, said: str) -> tuple[str, str]:
    name, mark, value = re.sub(r"\s*[=:]\s*", ":", said, count=1).partition(":")
    if not mark or value.strip() not in _MARKS:
        raise InputError(f'"{said}" is no rating', hint="write it like dana: 8, from 1 to 10")
    return find_member(plan, name), value.strip()


def find_member(plan: Plan, name: str) -> str:
    """Return the id of the member with an id, a full name, or a first name that only one member has.

    Raises:
        UnknownIdError: the name fits no member, or several.
    """
    wanted = name.strip().casefold()
    found = [
        member.id
        for member in plan.team.values()
        if wanted in (member.id, member.name.casefold(), member.name.casefold().split()[0])
    ]
    exact = [each for each in found if each == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        raise UnknownIdError(f'"{name}" may be {" or ".join(found)}', hint="name the member by id")
    raise UnknownIdError(f'no member "{name}"', hint=did_you_mean(wanted, plan.team))


# --- what came of it ----------------------------------------------------------------------------------------------


def _solve_issues(plan: Plan, said: str, day: date) -> tuple[Change, ...]:
    issue, colon, solution = said.partition(":")
    if not colon or not solution.strip():
        raise InputError(f'"{said}" does not say what was decided', hint="write it like leads-wait: Dana calls first")
    return solve_issue(plan, issue.strip(), solution.strip(), day, None)


class _MeetingItem(NamedTuple):
    """An entry, and the member and day in its brackets."""

    title: str
    who: str | None = None
    by: date | None = None


def _issue(plan: Plan, kind: MeetingKind, day: date, said: str) -> dict[str, Data]:
    entry = _read_entry(plan, said)
    body: dict[str, Data] = {"title": entry.title, "raised": day.isoformat(), "horizon": HORIZONS[kind]}
    return {**body, **({"raised_by": entry.who} if entry.who is not None else {})}


def _todo(plan: Plan, day: date, said: str) -> dict[str, Data]:
    entry = _read_entry(plan, said)
    if entry.who is None:
        raise InputError(f'nobody is to do "{said}"', hint="say who in brackets: (dana) or (dana, 2026-12-07)")
    return {"title": entry.title, "owner": entry.who, "due": (entry.by or usual_due(day)).isoformat()}


def _read_entry(plan: Plan, said: str) -> _MeetingItem:
    """Return an entry with the member and day of its last brackets. Other brackets are part of the title."""
    match = _IN_BRACKETS.fullmatch(said.strip())
    if match is None:
        return _MeetingItem(said.strip())
    parts = [part.strip() for part in match["inside"].split(",")]
    days = [part for part in parts if _day(part) is not None]
    people = [part for part in parts if part not in days]
    if not days and not any(_is_member(plan, part) for part in people):
        return _MeetingItem(said.strip())
    strange = [part for part in people if not _is_member(plan, part)]
    if strange and len(people) > 1:
        raise InputError(f'"{strange[0]}" is neither a member nor a day', hint="write it like (dana, 2026-12-07)")
    if len(days) > 1 or len(people) > 1:
        raise InputError(f'"{said}" names several people or days', hint="one person does a to-do, by one day")
    who = find_member(plan, people[0]) if people else None
    return _MeetingItem(match["title"], who, _day(days[0]) if days else None)


def _is_member(plan: Plan, name: str) -> bool:
    try:
        find_member(plan, name)
    except UnknownIdError:
        return False
    return True


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _new(plan: Plan, kind: str, bodies: Sequence[dict[str, Data]]) -> Iterator[Change]:
    taken = set(declared_ids(plan, kind))
    for body in bodies:
        entry_id = propose_id(str(body["title"]), kind, taken)
        taken.add(entry_id)
        yield from new_entry(plan, kind, entry_id, body)
