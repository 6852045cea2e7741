"""The tasks of a tactic that comes from elsewhere: parts of its row, and what moves in them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.app.editing.entries import propose_id
from revplan.app.exchange.memory import UNKNOWN, decide
from revplan.app.exchange.plan_notation import as_text, say_minutes, split_list
from revplan.app.exchange.sheet import task_values
from revplan.errors import InputError
from revplan.model.base import Ref, keys_by_name
from revplan.model.change import Change
from revplan.model.tactics import Task
from revplan.reports.import_preview import Difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from revplan.app.exchange.fingerprints import OtherValue
    from revplan.app.exchange.memory import Memory, Prefer, Unknown
    from revplan.app.exchange.rows import Row
    from revplan.app.exchange.tactics import Options
    from revplan.model.change import Data
    from revplan.model.tactics import Tactic

TASK = "do"
"""The task of a tactic that comes from elsewhere and has no parts."""
_FIELDS = ("skill", "hours", "owner", "deadline")
"""What a part says of its task; the deadline only where the format has one for tasks."""


@dataclass(slots=True)
class Moves:
    """What an import finds of a tactic that is here: what is taken, moved on both sides or here, and the edits."""

    taken: list[Difference]
    differing: list[Difference]
    kept: list[Difference]
    changes: list[Change]


def new_tasks(row: Row, usual: Mapping[str, str], memory: Memory, source: str) -> dict[str, Data]:
    """Return the tasks of a new tactic: its own work, where it says so or has no parts, and its open parts."""
    open_parts = [part for part in row.parts if not part.over]
    tasks: dict[str, Data] = {}
    if row.said.get("hours") or not open_parts:
        tasks[TASK] = _task(row, usual)
    ids: dict[str, str] = {}
    for part in open_parts:
        own_id = propose_id(part.title, "task", tasks, instead=part.key)
        tasks[own_id] = {**_task(part, usual), **({"title": part.title} if _says_more(part.title, own_id) else {})}
        ids |= dict.fromkeys(part.names, own_id)
        _remember(memory, f"{source}:{part.key}", own_id, part)
    for part in open_parts:
        after = [ids[name] for name in _blockers(part, ids) if ids[name] != ids[part.key]]
        body = tasks[ids[part.key]]
        assert isinstance(body, dict)
        if after:
            body["after"] = [*after]
    return tasks


def _blockers(part: Row, ids: Mapping[str, str]) -> list[str]:
    names = [part.blocked_by] if part.blocked_by in ids else split_list(part.blocked_by)
    return [name for name in names if name in ids]


def _task(row: Row, usual: Mapping[str, str]) -> dict[str, Data]:
    values = {name: row.said.get(name) or usual.get(name) for name in ("skill", "hours", "owner")}
    return {name: value for name, value in values.items() if value is not None} | _deadline(row)


def _deadline(row: Row) -> dict[str, Data]:
    day = row.said.get("deadline")
    return {"deadline": day} if day and row.parent else {}


def _says_more(title: str, own_id: str) -> bool:
    return own_id.replace("-", " ") != title.casefold()


def _remember(memory: Memory, key: str, task: str, part: Row) -> None:
    memory.remember(key, "task", task)
    for name in _FIELDS:
        if name in part.said:
            memory.remember(key, name, part.said[name])
    memory.remember(key, "status", part.over or "ready")


def part_task(
    tactic: Tactic,
    part: Row,
    source: str,
    memory: Memory,
    options: Options,
    found: Moves,
) -> Iterator[Change]:
    """Yield what a part of a row changes in its task; a part that is new there is a new task."""
    key = f"{source}:{part.key}"
    last_id = memory.last(key, "task")
    proposed = propose_id(part.title, "task", (), instead=part.key)
    task_id = last_id if isinstance(last_id, str) and last_id in tactic.tasks else proposed
    ref = Ref("tactic", tactic.id).at("tasks", task_id)
    if task_id not in tactic.tasks:
        if part.over or isinstance(last_id, str):
            return  # it ended before it came here, or somebody took it out
        body = {**_task(part, options.usual), "title": part.title}
        _remember(memory, key, task_id, part)
        found.taken.append(
            Difference(f"tasks.{task_id}", None, "; ".join(f"{one}: {two}" for one, two in body.items()))
        )
        yield Change(ref, body)
        return
    memory.remember(key, "task", task_id)
    if part.over and memory.last(key, "status") not in (part.over, UNKNOWN):
        found.taken.append(Difference(f"tasks.{task_id}", "open", part.over))
    memory.remember(key, "status", part.over or "ready")
    task = tactic.tasks[task_id]
    for name in _FIELDS:
        if part.said.get(name) is None:
            continue
        ours, theirs = task_text(task, name), part.said[name]
        last = memory.last(key, name)
        verdict = decide(last, ours, theirs, options.prefer)
        difference = Difference(f"tasks.{task_id}.{name}", ours, str(theirs))
        if verdict == "keep" and last is not UNKNOWN:
            found.kept.append(difference)
        if verdict == "differ":
            found.differing.append(difference)
            continue
        memory.remember(key, name, theirs)
        if verdict == "take":
            found.taken.append(difference)
            yield Change(ref.at(name), theirs)


def task_text(task: Task, name: str) -> str | None:
    """Return what a task says of a field, as text: its hours, and its owners; None where it says nothing."""
    if name == "owner":
        return "; ".join(task.owners) or None
    value = say_minutes(task.minutes) if name == "hours" else getattr(task, name)
    return None if value is None else str(value)


def tasks_of_cell(cell: str) -> dict[str, Data]:
    """Return the tasks that a cell of our own export holds.

    Raises:
        InputError: it holds none.
    """
    try:
        data = as_text(json.loads(cell))
    except ValueError:
        data = None
    if not isinstance(data, dict) or not all(isinstance(body, dict) for body in data.values()):
        hint = "leave the column tasks as the export wrote it, or edit it as JSON"
        raise InputError(f'"{cell[:80]}" holds no tasks', hint=hint)
    return data


def moved_tasks(tactic: Tactic, tasks: Mapping[str, Data]) -> bool:
    """Tell whether the tasks of our own export are others than the tactic has."""
    return tasks.keys() != tactic.tasks.keys() or any(
        Task.model_validate(body) != tactic.tasks[own_id] for own_id, body in tasks.items()
    )


def said_tasks(tasks: Mapping[str, Data]) -> Data:
    """Return tasks of our own export as the plan's own are compared with them."""
    return task_values({own_id: Task.model_validate(body) for own_id, body in tasks.items()})


def settle_tasks(
    tactic: Tactic,
    tasks: Mapping[str, Data],
    last: Data | Unknown | OtherValue,
    prefer: Prefer | None,
    found: Moves,
) -> Iterator[Change]:
    """Yield the changes that make a tactic's tasks those of our own export, unless they moved here since.

    Args:
        tactic: the tactic.
        tasks: its tasks in the table.
        last: what the table said last, or what was exported.
        prefer: which side is taken where both moved.
        found: what is found of the tactic so far.
    """
    if not moved_tasks(tactic, tasks):
        return
    verdict = decide(last, task_values(tactic.tasks), said_tasks(tasks), prefer)
    differences: list[Difference] = []
    changes = [*replace_tasks(tactic, tasks, differences)]
    if verdict == "differ":
        found.differing += differences
    elif verdict == "keep":
        found.kept += differences
    elif verdict == "take":
        found.taken += differences
        yield from changes


def replace_tasks(tactic: Tactic, tasks: Mapping[str, Data], differences: list[Difference]) -> Iterator[Change]:
    """Yield the changes that make a tactic's tasks those of our own export, and no more than these."""
    ref = Ref("tactic", tactic.id).at("tasks")
    for own_id in tactic.tasks.keys() - tasks.keys():
        differences.append(Difference(f"tasks.{own_id}", "there", None))
        yield Change(ref.at(own_id), None)
    for own_id, body in tasks.items():
        assert isinstance(body, dict)
        known = tactic.tasks.get(own_id)
        if known is None:
            differences.append(Difference(f"tasks.{own_id}", None, _as_text(body)))
            yield Change(ref.at(own_id), body)
        elif Task.model_validate(body) != known:
            yield from _edit(ref.at(own_id), known, body, differences)


def _edit(ref: Ref, known: Task, body: Mapping[str, Data], differences: list[Difference]) -> Iterator[Change]:
    wanted = Task.model_validate(body)
    for field, name in keys_by_name(Task).items():
        if getattr(wanted, field) != getattr(known, field):
            before = task_text(known, name)
            differences.append(Difference(f"{'.'.join(map(str, ref.keys))}.{name}", before, _as_text(body.get(name))))
            yield Change(ref.at(name), body.get(name))


def _as_text(value: Data) -> str | None:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_as_text(each)}" for name, each in value.items())
    return None if value is None else str(value)
