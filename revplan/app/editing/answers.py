"""Reads and checks an answer to the question for one field of a new entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from revplan import wording
from revplan.app.editing.days import with_days
from revplan.app.editing.entries import Setting, option_value, skills_of, tasks_of, yaml_value
from revplan.errors import InputError
from revplan.model.base import Ref
from revplan.model.fields import type_of
from revplan.model.plan import KIND_BY_NAME
from revplan.model.references import written_references
from revplan.nouns import label
from revplan.rules import missing_key
from revplan.rules.references import way_out
from revplan.spelling import did_you_mean, nearest
from revplan.store.shape import shape_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.plan import Plan

_OF_SIBLINGS = frozenset(("sibling-task", "variant", "task"))
"""Kinds of ids that may belong to the new entry itself."""


def read_answer(context: Context, kind: str, field: str, answer: str, *, several: bool, plain: bool) -> Data:
    """Return an answer as plain data, checked as `validate` would check the field. A name is taken for its id.

    Args:
        context: the plan, and the day from which words for a day count.
        kind: the kind of the new entry.
        field: the field's name.
        answer: what was typed.
        several: the field is a list; its items are joined by semicolons, those of ids by commas too.
        plain: a value that is no list is text, not YAML.

    Raises:
        InputError: the field cannot be that. The message says why, and the hint what it may be.
    """
    data = _as_data(kind, field, answer, several=several, plain=plain)
    dated = next(with_days(kind, [Setting((field,), data)], context.today)).value
    checked = with_ids(context.plan, kind, field, dated)
    _check_shape(context.plan, kind, field, checked)
    if field == "tasks" and isinstance(checked, dict):
        _check_order(checked)
    return checked


def known_ids(plan: Plan, kind: str, field: str) -> str:
    """Return the ids that a field may be, in words; empty where it is no id, or there are too many for a glance."""
    shape = type_of(KIND_BY_NAME[kind].model).at(field)
    of = shape.refers_to if shape is not None else None
    known = sorted(plan.ids(of)) if of is not None and of not in _OF_SIBLINGS else []
    return wording.join_names(known, "or") if 0 < len(known) <= _AT_A_GLANCE else ""


_AT_A_GLANCE = 12
"""Ids that are named beside a question."""


def _check_order(tasks: Mapping[str, Data]) -> None:
    """Refuse tasks of which one follows a task that is not among them.

    Raises:
        InputError: there is no such task.
    """
    for name, task in tasks.items():
        after = task.get("after") if isinstance(task, dict) else None
        unknown = [str(first) for first in after if first not in tasks] if isinstance(after, list | dict) else []
        if unknown:
            hint = did_you_mean(unknown[0], tasks) or f"there is {', '.join(tasks)}"
            raise InputError(f'{name} follows "{unknown[0]}", which is not among the tasks', hint=hint)


def _as_data(kind: str, field: str, answer: str, *, several: bool, plain: bool) -> Data:
    if field in ("tasks", "skills"):
        parts = [part for part in answer.replace(";", ",").split(",") if part.strip()]
        return tasks_of(parts) if field == "tasks" else skills_of(parts)
    if several:
        return [part.strip() for part in answer.split(";") if part.strip()]
    return option_value(kind, field, answer) if plain else yaml_value(answer)


def with_ids(plan: Plan, kind: str, field: str, data: Data) -> Data:
    """Return a field's data with ids in place of names.

    Raises:
        InputError: an id names nothing in the plan.
    """
    for reference in written_references(KIND_BY_NAME[kind].model, {field: data}):
        if reference.kind in _OF_SIBLINGS or reference.id in plan.ids(reference.kind) or not plan.is_whole(kind):
            continue
        hint, meant = way_out(plan, reference.kind, reference.id)
        if meant is None:
            raise InputError(f'no {label(reference.kind)} "{reference.id}"', hint=hint)
        data = _replace(data, reference.keys[1:], meant)
    return data


def _replace(data: Data, keys: tuple[str | int, ...], value: str) -> Data:
    """Return data with another value at the keys; position 0 of a text is the text itself."""
    if isinstance(data, list) and keys:
        return [_replace(each, keys[1:], value) if place == keys[0] else each for place, each in enumerate(data)]
    if isinstance(data, dict) and keys:
        return {key: _replace(each, keys[1:], value) if key == keys[0] else each for key, each in data.items()}
    return value


def _check_shape(plan: Plan, kind: str, field: str, data: Data) -> None:
    model = KIND_BY_NAME[kind].model
    context = plan.settings.reading_context()
    try:
        model.model_validate({"id": "new", field: data}, context=context)
    except ValidationError as error:
        for found in shape_findings(error, model, Ref(kind, "new"), plan.settings.currency):
            keys = found.place.keys if isinstance(found.place, Ref) else ()
            if keys[:1] == (field,) and not (found.code == missing_key.CODE and len(keys) == 1):
                raise InputError(found.message, hint=found.hint) from None


def new_skills(plan: Plan, said: Iterable[Setting]) -> dict[str, str | None]:
    """Return the skills among a member's fields that no member has and no task takes, each with the known one like it.

    The first skills of a plan are not told: there is nothing that they could be misspelt from.
    """
    takes = (task.skill for tactic in plan.tactics.values() for task in tactic.tasks.values())
    has = (skill for member in plan.team.values() for skill in member.skills)
    known = {*takes, *has, *plan.settings.playbook_skills.values()}
    named = dict.fromkeys(skill for setting in said for skill in _skills_in(setting))
    return {skill: nearest(skill, known) for skill in named if skill not in known} if known else {}


def _skills_in(setting: Setting) -> tuple[str, ...]:
    if setting.keys[:1] != ("skills",) or setting.value is None:
        return ()
    return setting.keys[1:2] or (tuple(setting.value) if isinstance(setting.value, dict) else ())


def with_skill(said: Iterable[Setting], old: str, new: str) -> list[Setting]:
    """Return a member's fields with another name for a skill."""
    return [_with_skill(setting, old, new) if old in _skills_in(setting) else setting for setting in said]


def _with_skill(setting: Setting, old: str, new: str) -> Setting:
    if setting.keys[1:]:
        return Setting(("skills", new), setting.value)
    levels = setting.value if isinstance(setting.value, dict) else {}
    return Setting(setting.keys, {new if skill == old else skill: level for skill, level in levels.items()})
