"""What a word must have been meant to be: slips of the finger, and the words of other tools.

`validate --fix` writes what is found here, so nothing here guesses; `did_you_mean` only asks. A word with a meaning of
its own is no slip: `leads-2027-q1` is not `leads-2026-q4`, `cto` is not `cfo`, and `triweekly` is not `weekly`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from difflib import get_close_matches
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from revplan.notations import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

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
    "who": "owner attendees",
    "estimate": "hours",
    "estimated-hours": "hours",
    "effort": "hours",
    "time": "hours time",
    "at": "time",
    "start-time": "time",
    "begins": "time",
    "clock": "time",
    "length": "minutes",
    "participants": "attendees",
    "invitees": "attendees",
    "people": "attendees team",
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
    "start": "not_before from starts time baseline",
    "not-before": "start from",
    "begin": "start not_before from",
    "end-date": "end until deadline",
    "end": "until deadline due",
    "allocate": "owner",
    "allocated": "owner",
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
    "weekday": "day",
    "lag": "wait",
    "delay": "wait",
    "wait-after": "wait",
    "interval": "every",
    "members": "team",
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
    "people": (frozenset(("skill",)), "write one task for each of them, with their owners"),
    "persons": (frozenset(("skill",)), "write one task for each of them, with their owners"),
    **dict.fromkeys(
        ("assignee", "assigned-to", "owner", "responsible"),
        (frozenset(("tasks",)), "people have tasks: tasks: {write: {skill: writing, hours: 8, owner: ana}}"),
    ),
    **dict.fromkeys(
        ("done", "complete", "completed", "progress", "percent-complete", "status"),
        (frozenset(("skill",)), "how far work is stands in its sprint: `revplan sprint log TACTIC/TASK --done`"),
    ),
    **dict.fromkeys(
        ("country", "location", "place", "region", "city"),
        (frozenset(("calendar",)), "write calendar: NAME; `revplan import holidays DE-BY` makes one of a place"),
    ),
    **dict.fromkeys(
        ("min", "max", "range", "minimum", "maximum"),
        (frozenset(("keep",)), "write keep: 2..4, a range to stay within"),
    ),
    "formula": (frozenset(("ratio",)), "write ratio: {of: won, to: decided}, of two other metrics"),
    "section": (frozenset(("tags",)), "write tags: [words to group by]"),
    "milestone": (frozenset(("deadline",)), "write deadline: 2026-12-01; a launch is a campaign's start"),
    "salary": (frozenset(("rate",)), "salaries stay out of a plan; rate is for contractors and agencies"),
}
"""What is to be written in place of words that are no other words for one field."""
_LENGTHS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "duration": (
        ("hours", "write the work in it, not the time from its first to its last day: hours: 6"),
        ("minutes", "write minutes: 60"),
    ),
    "hours": (("minutes", "write minutes: 60 for an hour"),),
}
"""The same for lengths of time, whose numbers would be of another unit; by the field that may stand there."""
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
    "every-day": "daily",
    "every-quarter": "quarterly",
    "every-year": "yearly",
    "annually": "yearly",
    "annual": "yearly",
    "full-time": "employee",
    "part-time": "employee",
    "fulltime": "employee",
    "parttime": "employee",
    "permanent": "employee",
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
    length = next((advice for field, advice in _LENGTHS.get(word, ()) if field in names), None)
    if length is not None:
        return length, None
    found = [name for name in _KEYS.get(word, "").split() if name in names]
    return (f'did you mean "{found[0]}"?', found[0]) if found else (None, None)


_VALUE_ADVICE: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(
        (
            "in-progress",
            "doing",
            "wip",
            "started",
            "active",
            "to-do",
            "todo",
            "backlog",
            "open",
            "not-started",
            "planned",
        ),
        ("ready", "write ready; sprints tell what is planned and begun"),
    ),
    **dict.fromkeys(("blocked", "on-hold", "paused"), ("ready", "write not_before: DATE, or status: idea until then")),
    **dict.fromkeys(("daily", "quarterly", "yearly"), ("weekly", "write weekly or monthly; readings may be more")),
}
"""What is to be written in place of values that other tools have; by a value that may stand there."""


def value_advice(word: str, words: Collection[str]) -> str | None:
    """Return what to write in place of another tool's value, of the values that may stand there; None if unknown."""
    value, advice = _VALUE_ADVICE.get(fold(word), ("", ""))
    return advice if value in words else None


def other_value(word: str, words: Collection[str]) -> str | None:
    """Return the value that another word stands for, of the values that may stand there; None if none."""
    return next((value for value in _VALUES.get(fold(word), "").split() if value in words), None)


# --- near words ---------------------------------------------------------------------------------------------------


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like a word; None if no known word is similar."""
    return next(iter(_near_matches(word, known)), None)


def single_near_match(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that a word must have been meant to be; None if it may mean something else."""
    return hint_and_match(word, known)[1]


def _near_matches(word: str, known: Iterable[str]) -> list[str]:
    """Return up to two known words most like a word, the most similar first; one if only case or separators differ."""
    words = _words(tuple(known))
    exact = words.folded.get(fold(word))
    if exact is not None:
        return [exact]
    return get_close_matches(word[:_LONGEST], words.like(word[:_LONGEST]), n=2, cutoff=0.7)


_LONGEST = 80
"""Number of letters of a word that are compared."""
_FEW = 300
"""Largest number of known words that are all compared. Of more words, those that share letters are compared."""
_COMPARED = 16
_STRETCH = 3
_COMMON = 100
"""Largest number of known words that a stretch of letters may occur in and still select words to compare."""


class _Words:
    """Known words with an index that finds the words similar to another word without comparing all of them."""

    def __init__(self, known: tuple[str, ...]) -> None:
        self.options = sorted(known)
        self.folded = {fold(option): option for option in reversed(self.options)}
        self.by_stretch: dict[str, list[str]] = {}
        self.backwards = sorted(option[::-1] for option in self.options) if len(self.options) > _FEW else []
        for option in self.options if self.backwards else ():
            for stretch in _stretches(option[:_LONGEST]):
                self.by_stretch.setdefault(stretch, []).append(option)

    @cached_property
    def parts(self) -> frozenset[str]:
        """The words that the known words are made of."""
        return frozenset(part for option in self.options for part in fold(option).split("-"))

    def like(self, word: str) -> list[str]:
        """Return the words to compare: neighbours by first or last letters, and words that share rare stretches."""
        if not self.backwards:
            return self.options
        near = {*_neighbours(self.options, word), *(each[::-1] for each in _neighbours(self.backwards, word[::-1]))}
        lists = (self.by_stretch.get(stretch, ()) for stretch in _stretches(word))
        shared = Counter(option for found in lists if len(found) <= _COMMON for option in found)
        most = sorted(shared, key=lambda option: (-shared[option], abs(len(option) - len(word)), option))
        return sorted(near.union(most[:_COMPARED]))


_words = lru_cache(maxsize=16)(_Words)


def _stretches(word: str) -> set[str]:
    around = f" {word} "
    return {around[start : start + _STRETCH] for start in range(len(around) - _STRETCH + 1)}


def _neighbours(options: list[str], word: str) -> list[str]:
    place = bisect_left(options, word)
    return options[max(0, place - _COMPARED // 4) : place + _COMPARED // 4]


def hint_and_match(word: str, known: Iterable[str]) -> tuple[str | None, str | None]:
    """Return the results of `did_you_mean` and `single_near_match` from one search."""
    known = tuple(known)
    matches = _near_matches(word, known)
    is_sure = len(matches) == 1 and is_slip(word, matches[0], _words(known).parts)
    return _question(matches), matches[0] if is_sure else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return a hint that names the known word most like a word; None if no known word is similar."""
    return _question(_near_matches(word, known))


def word_asked_for(hint: str | None) -> str | None:
    """Return the word that a hint of `did_you_mean` asks for; None if the hint is another one, or none."""
    asked = _ASKED.fullmatch(hint or "")
    return asked[1] if asked is not None else None


_ASKED = re.compile(r'did you mean "([^"]+)"\?')


def _question(matches: list[str]) -> str | None:
    return f'did you mean "{matches[0]}"?' if matches else None
