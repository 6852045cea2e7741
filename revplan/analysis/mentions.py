"""Who refers to what: every place in the plan that names a thing by its id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.model.base import Ref
from revplan.model.references import references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.plan import Plan

_SIBLINGS = {"sibling-task": "task", "variant": "variant"}
"""Kinds that are named without their owner inside of it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names a thing.

    Attributes:
        ref: the place.
        on_key: the place's key is the name, not its value.
        text: the name as it stands there: an id, or `owner/id`.
    """

    ref: Ref
    on_key: bool
    text: str


def mentions(plan: Plan, kind: str, entry_id: str) -> Iterator[Mention]:
    """Yield every place that names a thing, or something that belongs to it; history included."""
    for ref, part in plan.parts():
        for reference in references(part):
            sibling = _SIBLINGS.get(reference.kind)
            named = (sibling, f"{ref.id}/{reference.id}") if sibling else (reference.kind, reference.id)
            if sibling is not None and kind != sibling:
                continue
            if _names(*named, kind, entry_id):
                yield Mention(ref.at(*reference.keys), reference.on_key, reference.id)
    yield from _in_sprints(plan, kind, entry_id)


def _names(named_kind: str, named: str, kind: str, entry_id: str) -> bool:
    """Tell whether a reference names a thing, or a task of it."""
    if named_kind == kind:
        return named == entry_id
    return kind == "tactic" and named_kind == "task" and named.startswith(f"{entry_id}/")


def _in_sprints(plan: Plan, kind: str, entry_id: str) -> Iterator[Mention]:
    """Yield the places of sprints whose meaning their type does not tell: rows of tasks, and what was short."""
    for sprint in plan.sprints.values():
        ref = Ref("sprint", sprint.id)
        if kind == "task":
            tactic, _, task = entry_id.partition("/")
            if tactic in sprint.tactics and task in sprint.tactics[tactic].tasks:
                yield Mention(ref.at("tactics", tactic, "tasks", task), on_key=True, text=task)
        elif kind in ("member", "budget-line") and entry_id not in _skills(plan):
            for tactic, parked in sprint.parked.items():
                if entry_id in parked.short:
                    yield Mention(ref.at("parked", tactic, "short", entry_id), on_key=True, text=entry_id)


def _skills(plan: Plan) -> frozenset[str]:
    held = (skill for member in plan.team.values() for skill in member.skills)
    asked = (task.skill for tactic in plan.tactics.values() for task in tactic.tasks.values())
    return frozenset((*held, *asked))
