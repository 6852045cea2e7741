"""Closed sprints: the digest that shows whether one was edited afterwards."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic.main import IncEx

    from revplan.model.sprints import Sprint

_EACH = "__all__"
_NOTES: IncEx = {"notes": True}
_TASKS: IncEx = {_EACH: _NOTES}
_TACTIC: IncEx = {"notes": True, "tasks": _TASKS}
_NO_PART_OF_IT: IncEx = {
    "closed": True,
    "notes": True,
    "plan": _NOTES,
    "tactics": {_EACH: _TACTIC},
    "parked": {_EACH: _NOTES},
}


def content_digest(sprint: Sprint) -> str:
    """Return `sha256:` and the digest of everything a sprint says, but for its seal (`closed`) and its notes.

    It is taken of the values, as JSON with sorted keys and without what is as it would be anyway (a task's status
    `planned`, say). So comments, the order of keys and ways of writing a value (`90m` or `1.5`) make no difference,
    and neither does a field that a later version adds.
    """
    content = sprint.model_dump(by_alias=True, exclude_defaults=True, exclude=_NO_PART_OF_IT)
    text = json.dumps(
        _with_text_keys(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain
    )
    return f"sha256:{sha256(text.encode()).hexdigest()}"


def _with_text_keys(value: object) -> object:
    """Return plain data with every key as text: days are keys of logs."""
    if isinstance(value, dict):
        return {str(key): _with_text_keys(below) for key, below in value.items()}
    return value


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a sprint")
