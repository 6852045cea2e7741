"""A tactic's fields in an import: what is here, what becomes of it, and what the format refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from revplan.app.exchange.files import Fault
from revplan.app.exchange.fingerprints import OtherValue
from revplan.app.exchange.memory import UNKNOWN, Unknown, decide
from revplan.app.exchange.plan_notation import in_notation
from revplan.app.exchange.rows import LISTS
from revplan.app.exchange.source import WORK_FIELDS
from revplan.app.exchange.tasks import TASK, task_text
from revplan.model.base import Ref
from revplan.model.tactics import Tactic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from revplan.app.exchange.memory import Prefer, Verdict
    from revplan.model.change import Data
    from revplan.model.settings import Settings

_LEAST: Mapping[str, Data] = {
    "id": "a",
    "title": "t",
    "function": "f",
    "impact": "1",
    "tasks": {"do": {"skill": "s", "hours": "1"}},
}
"""The least that is a tactic."""


def refuse_tactic(settings: Settings, number: int, body: Mapping[str, Data]) -> Iterator[Fault]:
    """Yield everything that the format refuses of a tactic, which stands in the row of a number."""
    try:
        Tactic.model_validate(body, context=settings.reading_context())
    except ValidationError as error:
        for each in error.errors(include_url=False, include_context=False, include_input=False):
            name = str(each["loc"][-1])
            verb = "are" if name == "hours" else "is"
            place = "" if each["type"] == "missing" else ".".join(map(str, each["loc"]))
            reason = f"the {name} {verb} missing" if each["type"] == "missing" else each["msg"]
            yield Fault(number, place, reason)


def refuse_field(settings: Settings, number: int, header: str, name: str, value: Data) -> Iterator[Fault]:
    """Yield what the format refuses of a field's new value, which stands in the column of a header."""
    if value is None or name in WORK_FIELDS:
        return
    try:
        Tactic.model_validate({**_LEAST, name: value}, context=settings.reading_context())
    except ValidationError as error:
        for each in error.errors(include_url=False, include_context=False, include_input=False):
            yield Fault(number, header, each["msg"])


def field_here(tactic: Tactic, name: str, *, is_own: bool) -> tuple[Ref | None, Data, Data]:
    """Return the place of a field in the plan, what it says there, and what it says where nothing is said.

    Args:
        tactic: the tactic.
        name: the field.
        is_own: whether our own export says it, which may say it of any single task.
    """
    ref = Ref("tactic", tactic.id)
    if name not in WORK_FIELDS:
        return ref.at(name), in_notation(getattr(tactic, name)), in_notation(Tactic.model_fields[name].default)
    task = TASK if TASK in tactic.tasks else next(iter(tactic.tasks)) if len(tactic.tasks) == 1 else None
    if task is None or (not is_own and task != TASK):
        return None, None, None
    said = tactic.tasks[task]
    value = task_text(said, name)
    return ref.at("tasks", task, name), value, None


def decide_field(
    name: str, last: Data | Unknown | OtherValue, ours: Data, there: Data, prefer: Prefer | None, empty: Data
) -> Verdict:
    """Return what becomes of a field: as `decide` does, whatever a list's order, and what is over there is over."""
    if last is UNKNOWN and there == empty:
        return "same" if ours == there else "keep"
    if name == "status" and last is UNKNOWN and ours in ("ready", "idea"):
        return "take" if ours != there else "same"
    if name in LISTS:
        before = last if isinstance(last, Unknown | OtherValue) else _in_order(last)
        return decide(before, _in_order(ours), _in_order(there), prefer, empty)
    return decide(last, ours, there, prefer, empty)


def _in_order(value: Data) -> Data:
    """Return a list whatever its order."""
    return [*sorted(map(str, value))] if isinstance(value, list) else value
