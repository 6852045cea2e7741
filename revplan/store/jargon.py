"""The words of other tools: for keys, and for values that are one of several words.

`validate --fix` writes a key or a value where the word for it cannot mean anything else; the rest is advice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.notations import WEEKDAYS
from revplan.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

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
    "type": "kind channel",
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
    "target": "target_revenue",
    "revenue-target": "target_revenue",
    "win-rate": "close_rate",
    "conversion-rate": "close_rate",
    "deal-size": "acv",
    "average-deal-size": "acv",
    "contract-value": "acv",
    "nrr": "net_revenue_retention",
    "grr": "gross_revenue_retention",
    "net-retention": "net_revenue_retention",
    "gross-retention": "gross_revenue_retention",
    "margin": "gross_margin",
    "actuals": "actual",
    "spent": "actual",
    "spending": "actual",
    "per-month": "monthly",
    "per-year": "annual",
    "yearly": "annual",
    "launch": "start",
    "launch-date": "start",
    "tagline": "message",
    "slogan": "message",
    "medium": "channel",
    "platform": "channel",
    "link": "url",
    "pain-points": "pains",
    "challenges": "pains",
    "date": "raised",
    "created": "raised",
    "reported": "raised",
    "tools": "stack",
}
"""Fields by the words that other tools have for them, in order of likeness."""
_OTHER_MEETING = (
    "there are weekly, sprint and quarter; another meeting is work that recurs: a tactic with recurring: daily "
    "or the like, and a task for each who is there"
)
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
    **dict.fromkeys(
        ("amount", "total", "limit", "planned", "budget"),
        (frozenset(("accounts",)), "write monthly: 5k, or annual: 60k"),
    ),
    **dict.fromkeys(
        ("audience", "persona", "personas", "segment"),
        (frozenset(("call_to_action",)), "write target: {persona: ID} or {segment: ID}"),
    ),
    **dict.fromkeys(
        ("channels", "channel"),
        (frozenset(("checklist",)), "each asset has its channel: assets: {page: {channel: website}}"),
    ),
    **dict.fromkeys(
        ("headline", "subject", "slogan"),
        (frozenset(("message",)), "write message: what it says, in a sentence"),
    ),
    "effort": (frozenset(("tasks",)), "effort is the hours of its tasks: tasks: {write: {skill: writing, hours: 8}}"),
    **dict.fromkeys(("cost", "price", "fee"), (frozenset(("annual_cost",)), "write annual_cost: what it costs a year")),
    "due": (frozenset(("raised_by",)), "write horizon: week, sprint or quarter; what has a day is a to-do"),
    "level": (frozenset(("skills",)), "levels stand with the skills: skills: {writing: 3}"),
    "growth": (frozenset(("target_revenue",)), "write what the year is to reach: target_revenue: 1.3M"),
    "churn": (frozenset(("gross_revenue_retention",)), "write what stays: gross_revenue_retention: 95% for 5% lost"),
    "currency": (
        frozenset(("target_revenue", "accounts", "cost")),
        "the plan's currency stands in revplan.yaml; an amount may have another: 500 EUR",
    ),
    **dict.fromkeys(
        ("seats", "licences", "licenses"),
        (frozenset(("adoption",)), "write the part of the seats in use: adoption: 40%"),
    ),
    "users": (
        frozenset(("adoption",)),
        "write the functions that work with it: used_by: [marketing, sales]; of seats, the part in use: adoption: 40%",
    ),
    **dict.fromkeys(
        (
            "standup",
            "stand-up",
            "daily",
            "monthly",
            "retro",
            "retrospective",
            "review",
            "all-hands",
            "one-on-one",
            "1-1",
        ),
        (frozenset(("weekly", "quarter")), _OTHER_MEETING),
    ),
    "salary": (frozenset(("rate",)), "salaries stay out of a plan; rate is for contractors and agencies"),
}
"""What is to be written in place of words that are no other words for one field."""
_NO_OWNER = (("accounts", "a budget line belongs to a function; write who answers for it in notes"),)
_OF_FIELDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "duration": (
        ("hours", "write the work in it, not the time from its first to its last day: hours: 6"),
        ("minutes", "write minutes: 60"),
    ),
    "hours": (("minutes", "write minutes: 60 for an hour"),),
    **dict.fromkeys(("owner", "assignee", "responsible", "assigned-to", "lead"), _NO_OWNER),
}
"""The same for words of several meanings, such as lengths of time of another unit; by a field that may stand there."""
_VALUES: Mapping[str, str] = {
    **WEEKDAYS,
    "in-progress": "started active",
    "doing": "started",
    "wip": "started",
    "completed": "done ended",
    "complete": "done ended",
    "finished": "done ended",
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
    "arr": "recurring",
    "mrr": "recurring",
    "subscription": "recurring",
    "ads": "programs",
    "advertising": "programs",
    "software": "tools",
    "saas": "tools",
    "payroll": "people",
    "salaries": "people",
    "trade-shows": "events",
    "published": "live launched",
    "live": "launched deployed",
    "in-use": "deployed",
    "resolved": "solved",
    "decision-maker": "economic-buyer",
    "lower-is-better": "down",
    "higher-is-better": "up",
    "minimize": "down",
    "maximize": "up",
    "running": "launched",
}
"""Values by other words for them."""


def other_key(key: str, names: Collection[str]) -> tuple[str | None, str | None]:
    """Return (hint, field) for a key of other tools, of the fields that may stand there; (None, None) if none."""
    word = fold(key)
    fields, advice = _ADVICE.get(word, (frozenset(), ""))
    if not fields.isdisjoint(names):
        return advice, None
    of_field = next((advice for field, advice in _OF_FIELDS.get(word, ()) if field in names), None)
    if of_field is not None:
        return of_field, None
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
    "closed": ("solved", "write solved, or dropped where it was let go"),
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
