"""What a word must have been meant to be: slips of the finger, and the words of other tools.

`validate --fix` writes what is found here, so nothing here guesses. A word with a meaning of its own is no slip:
`leads-2027-q1` is not `leads-2026-q4`, `cto` is not `cfo`, and `triweekly` is not `weekly`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.notations import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# --- slips -------------------------------------------------------------------------------------------------------

_SHORTEST = 4
"""Fewest letters of a word that may be a slip for another."""
_REPLACED = 6
"""Fewest letters of a word in which one letter may stand for another."""


def fold(word: str) -> str:
    """Return a word in small letters, with hyphens for spaces and underscores."""
    return word.strip().lower().replace("_", "-").replace(" ", "-")


def is_slip(word: str, meant: str, words: Collection[str] = ()) -> bool:
    """Tell whether a word can only be another one, mistyped: in one letter of one part, and in no digit.

    Args:
        word: the word as it is written.
        meant: the known word.
        words: parts of known words. What is one of them has a meaning of its own.
    """
    written, wanted = fold(word), fold(meant)
    if written == wanted:
        return True
    pairs = list(zip(written.split("-"), wanted.split("-"), strict=False))
    differing = [(one, other) for one, other in pairs if one != other]
    same_parts = written.count("-") == wanted.count("-")
    return same_parts and len(differing) == 1 and differing[0][0] not in words and _is_one_slip(*differing[0])


def _is_one_slip(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST or one[0] != other[0] or not (one + other).isalpha():
        return False
    start = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):  # a letter is missing or too much, within the word or doubled at its end
        inside = start < len(short) or long[-1] == long[-2]
        return short[start:] == long[start + 1 :] and inside
    swapped = short[start + 1 : start + 2] + short[start] + short[start + 2 :] == long[start:]
    replaced = short[start + 1 :] == long[start + 1 :] and len(short) >= _REPLACED and start < len(short) - 1
    return swapped or replaced


# --- other tools' words ------------------------------------------------------------------------------------------

_KEYS: Mapping[str, str] = {
    "due": "deadline end due",
    "due-date": "due deadline end",
    "duedate": "due deadline end",
    "deadline": "due end until",
    "depends-on": "after requires",
    "dependencies": "after requires",
    "depends": "after requires",
    "blocked-by": "after requires",
    "predecessors": "after requires",
    "needs": "after requires",
    "after": "requires",
    "requires": "after",
    "conflicts-with": "excludes",
    "assignee": "owner",
    "assigned-to": "owner",
    "assigned": "owner",
    "responsible": "owner accountable",
    "lead": "owner accountable",
    "who": "owner",
    "estimate": "hours",
    "estimated-hours": "hours",
    "effort": "hours",
    "duration": "hours",
    "time": "hours",
    "name": "title",
    "title": "name",
    "summary": "title name",
    "description": "notes",
    "desc": "notes",
    "details": "notes",
    "comment": "notes",
    "comments": "notes",
    "note": "notes",
    "labels": "tags",
    "label": "tags",
    "tag": "tags",
    "subtasks": "tasks",
    "steps": "tasks",
    "state": "status",
    "type": "kind",
    "start-date": "start not_before from",
    "start": "not_before from starts",
    "not-before": "start from",
    "begin": "start not_before from",
    "end-date": "end until deadline",
    "finish": "end until",
    "team": "function",
    "department": "function",
    "role": "function",
    "mail": "email",
    "e-mail": "email",
    "vacation": "time_off",
    "vacations": "time_off",
    "pto": "time_off",
    "leave": "time_off",
    "holidays": "time_off",
    "absences": "time_off",
    "days-off": "time_off",
    "capacity": "hours_per_week",
    "weekly-hours": "hours_per_week",
    "hours": "hours_per_week",
    "hourly-rate": "rate",
    "bau": "business_as_usual",
    "kpi": "metric",
    "acceptance-criteria": "done_when",
    "definition-of-done": "done_when",
    "dod": "done_when",
    "cta": "call_to_action",
    "spend": "cost",
    "price": "cost",
    "goal": "objective target",
    "frequency": "recurring cadence",
    "repeat": "recurring",
    "members": "team",
    "people": "team",
    "staff": "team",
    "backlog": "tactics",
    "initiatives": "tactics",
    "projects": "tactics",
    "kpis": "metrics",
    "settings": "revplan",
    "config": "revplan",
    "budgets": "budget",
    "customers": "clients",
    "tools": "stack",
}
"""Fields by the words that other tools have for them, in order of likeness."""
_ADVICE: Mapping[str, tuple[frozenset[str], str]] = {
    "priority": (frozenset(("tier", "impact")), "write tier (must, should, nice) or impact (1 to 10)"),
    "importance": (frozenset(("tier", "impact")), "write tier (must, should, nice) or impact (1 to 10)"),
    "rank": (frozenset(("tier", "impact")), "write tier (must, should, nice) or impact (1 to 10)"),
    "fte": (frozenset(("hours_per_week",)), "write the hours: hours_per_week: 20 is half of 40"),
    "story-points": (frozenset(("hours",)), "write the hours it takes: hours: 6"),
    "points": (frozenset(("hours",)), "write the hours it takes: hours: 6"),
    "salary": (frozenset(("rate",)), "salaries stay out of a plan; rate is for contractors and agencies"),
}
"""What is to be written in place of words that are no other words for one field."""
_VALUES: Mapping[str, str] = {
    **WEEKDAYS,
    "in-progress": "started active",
    "doing": "started",
    "wip": "started",
    "completed": "done",
    "complete": "done",
    "finished": "done",
    "cancelled": "dropped",
    "canceled": "dropped",
    "must-have": "must",
    "should-have": "should",
    "nice-to-have": "nice",
    "increase": "up",
    "higher": "up",
    "decrease": "down",
    "lower": "down",
    "every-week": "weekly",
    "every-month": "monthly",
    "freelancer": "contractor",
    "freelance": "contractor",
    "retired": "ended",
}
"""Values by other words for them."""


def other_key(key: str, names: Collection[str]) -> tuple[str | None, str | None]:
    """Return (hint, field) for a key of other tools, of the fields that may stand there; (None, None) if none."""
    word = fold(key)
    fields, advice = _ADVICE.get(word, (frozenset(), ""))
    if not fields.isdisjoint(names):
        return advice, None
    found = [name for name in _KEYS.get(word, "").split() if name in names]
    return (f'did you mean "{found[0]}"?', found[0]) if found else (None, None)


def other_value(word: str, words: Collection[str]) -> str | None:
    """Return the value that another word stands for, of the values that may stand there; None if none."""
    return next((value for value in _VALUES.get(fold(word), "").split() if value in words), None)
