"""Lists the playbooks of the plan and the catalogue, makes tactics from playbooks, and playbooks from tactics."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from revplan.analysis.capacity import WORKS_ALONE
from revplan.analysis.playbooks import own_skill, stage_of
from revplan.analysis.progress import finished_tactics
from revplan.analysis.staffing import best_levels
from revplan.app.editing.entries import NO_WAIT, Setting, default_fields, require_among, require_read
from revplan.errors import InputError
from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.model.numbers import QUARTER_HOUR
from revplan.model.playbooks import STAGES
from revplan.reports import playbooks as pages
from revplan.spelling import did_you_mean
from revplan.store.catalogue import catalogue, read_playbooks
from revplan.wording import hours

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.playbooks import Playbook, PlaybookTask
    from revplan.model.tactics import Tactic, Task
    from revplan.reports.document import Document

_USUAL_LEVEL = 2


def all_playbooks(plan: Plan) -> Mapping[str, Playbook]:
    """Return the playbooks of the plan and the catalogue, sorted by id. Of two with one id, return the plan's."""
    return dict(sorted({**catalogue(), **plan.playbooks}.items()))


def find_playbook(plan: Plan, playbook_id: str) -> Playbook:
    """Return a playbook of the plan, or else of the catalogue.

    Raises:
        UnknownIdError: neither the plan nor the catalogue has the playbook.
    """
    require_among(plan.ids("playbook"), "playbook", playbook_id)
    if playbook_id in plan.playbooks:
        return plan.playbooks[playbook_id]
    found = read_playbooks([playbook_id])
    if playbook_id not in found:
        raise InputError(f'the playbook "{playbook_id}" cannot be read', hint="`revplan validate` tells what is wrong")
    return found[playbook_id]


def playbook_page(context: Context, playbook_id: str) -> Document:
    """Return a playbook as a document. Errors are those of `find_playbook`."""
    return pages.page(context, find_playbook(context.plan, playbook_id))


def list_page(context: Context, chosen: Sequence[Playbook]) -> Document:
    """Return the list of playbooks."""
    return pages.listing(context, chosen)


def fitting_page(context: Context, chosen: Sequence[Playbook]) -> Document:
    """Return the list of playbooks, the best first: where the plan is short, by what team and stack can do."""
    return pages.fitting(context, chosen)


def choose_playbooks(plan: Plan, stage: str | None, function: str | None, *, own: bool) -> tuple[Playbook, ...]:
    """Return the playbooks of a stage and a function; None means all. With `own`, leave out the catalogue.

    Raises:
        InputError: there is no such stage.
        UnknownIdError: there is no such function.
    """
    if stage is not None and stage not in STAGES:
        hint = did_you_mean(stage, STAGES) or f"there are {', '.join(STAGES)}"
        raise InputError(f'there is no stage "{stage}"', hint=hint)
    if function is not None:
        require_among(plan.ids("function"), "function", function)
    return tuple(
        each
        for each in (plan.playbooks if own else all_playbooks(plan)).values()
        if stage in (None, each.stage) and function in (None, each.function)
    )


# --- a tactic of a playbook ----------------------------------------------------------------------------------------


def fields_of_new_entry(
    plan: Plan,
    kind: str,
    today: date,
    mould: str | None,
    from_tactic: str | None = None,
    from_playbook: str | None = None,
) -> Iterator[Setting]:
    """Yield the fields that a new entry has by default: those of its kind, and those of what it is made from.

    Args:
        plan: the plan.
        kind: the entry's kind.
        today: the day to use as today.
        mould: the playbook that a new tactic names; None for no playbook.
        from_tactic: the done tactic that a new playbook is made of; None for none.
        from_playbook: the playbook that a new playbook is a copy of; None for none.

    Raises:
        UnknownIdError: there is no such playbook or tactic.
    """
    yield from default_fields(kind, today)
    if kind == "tactic" and mould is not None:
        yield from fields_of_tactic(plan, mould)
    if from_tactic is not None:
        yield from fields_from_tactic(plan, from_tactic, today)
    elif from_playbook is not None:
        yield from fields_from_playbook(plan, from_playbook)


def fields_of_tactic(plan: Plan, playbook_id: str) -> Iterator[Setting]:
    """Yield the default fields of a tactic that is made from a playbook.

    Raises:
        UnknownIdError: there is no such playbook.
    """
    playbook = find_playbook(plan, playbook_id)
    yield Setting(("title",), playbook.title)
    yield Setting(("function",), playbook.function)
    yield Setting(("impact",), str(playbook.impact))
    if playbook.confidence is not None:
        yield Setting(("confidence",), _plain(playbook.confidence))
    if playbook.cost:
        yield Setting(("cost",), _plain(playbook.cost))
    if playbook.done_when is not None:
        yield Setting(("done_when",), playbook.done_when)
    yield Setting(("tasks",), {name: _task(plan, task) for name, task in playbook.tasks.items()})


def _task(plan: Plan, task: PlaybookTask) -> Data:
    body: dict[str, Data] = {}
    if task.title is not None:
        body["title"] = task.title
    body |= {**_skill(task), "skill": own_skill(plan, task.skill)}
    body["hours"] = _written_hours(task.minutes)
    body |= _people(task)
    body |= _order(task)
    if task.waits is not None:
        body["notes"] = f"Waits: {task.waits}"
    return body


def _order(task: PlaybookTask | Task) -> dict[str, Data]:
    """Return what a task follows, with its waits, in the plan's notation."""
    body: dict[str, Data] = {}
    if isinstance(task.after, dict) and any(task.after.values()):
        body["after"] = {name: str(wait) if wait is not None else NO_WAIT for name, wait in task.after.items()}
    elif task.after:
        body["after"] = [*task.after]
    if task.wait is not None:
        body["wait"] = str(task.wait)
    return body


def _skill(task: PlaybookTask | Task) -> dict[str, Data]:
    level: dict[str, Data] = {"level": str(task.level)} if task.level != _USUAL_LEVEL else {}
    return {"skill": task.skill, **level}


def _people(task: PlaybookTask | Task) -> dict[str, Data]:
    return {"people": str(task.people)} if task.people > 1 else {}


def _written_hours(minutes: int) -> str:
    return f"{minutes}m" if minutes % QUARTER_HOUR else hours(minutes)


def _plain(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


# --- a playbook of a tactic, or of another playbook ----------------------------------------------------------------


def fields_from_tactic(plan: Plan, tactic_id: str, today: date) -> Iterator[Setting]:
    """Yield the default fields of a playbook that is made from a done tactic, with the hours that the tactic took.

    Raises:
        UnknownIdError: there is no such tactic.
        InputError: the tactic is not done, so its hours are unknown.
    """
    tactic = plan.tactics[require_read(plan, "tactic", tactic_id)]
    if tactic.id not in finished_tactics(plan):
        raise InputError(
            f"{tactic.id} is not done", hint=f"a playbook is made of what it took; {_mark_done(tactic.id)}"
        )
    mould = find_playbook(plan, tactic.playbook) if tactic.playbook in plan.ids("playbook") else None
    yield Setting(("title",), tactic.title)
    yield Setting(("function",), tactic.function)
    yield from _stage(plan, tactic, mould)
    roles = [plan.personas[each].buying_role for each in tactic.personas if each in plan.personas]
    if roles:
        yield Setting(("roles",), [*dict.fromkeys(roles)])
    metric = plan.metrics.get(tactic.metric) if tactic.metric is not None else None
    if metric is not None:
        yield Setting(("metrics",), [metric.name])
    yield Setting(("impact",), str(tactic.impact))
    if tactic.confidence != 1:
        yield Setting(("confidence",), _plain(tactic.confidence))
    if tactic.cash:
        yield Setting(("cost",), _plain(tactic.cash))
    if tactic.done_when is not None:
        yield Setting(("done_when",), tactic.done_when)
    yield Setting(("basis",), "measured")
    yield Setting(("measured",), "1")
    yield Setting(("notes",), _where_from(tactic, today))
    yield Setting(("tasks",), {name: _task_with_hours_taken(plan, tactic, name, mould) for name in tactic.tasks})


def _stage(plan: Plan, tactic: Tactic, mould: Playbook | None) -> Iterator[Setting]:
    metric = plan.metrics.get(tactic.metric) if tactic.metric is not None else None
    stage = mould.stage if mould is not None else stage_of(metric) if metric is not None else None
    if stage is not None:
        yield Setting(("stage",), stage)
    if mould is not None and mould.stack:
        yield Setting(("stack",), [*mould.stack])
    if mould is not None and mould.pitfalls:
        yield Setting(("pitfalls",), [*mould.pitfalls])


def _where_from(tactic: Tactic, today: date) -> str:
    learnt = tactic.result.learnt if tactic.result is not None else None
    return f"Made of {tactic.id} on {today.isoformat()}." + (f" Learnt: {learnt}" if learnt is not None else "")


def _task_with_hours_taken(plan: Plan, tactic: Tactic, name: str, mould: Playbook | None) -> Data:
    """Return a task whose range of hours runs between its estimate and the hours that it took of each person."""
    task = tactic.tasks[name]
    took = max(1, (spent_minutes(plan, tactic.id, name) or task.work) // task.people)
    body: dict[str, Data] = {}
    if task.title is not None:
        body["title"] = task.title
    body |= _skill(task)
    body["hours"] = _written_hours(took)
    body |= _people(task)
    if task.minutes < took:
        body["least"] = _written_hours(task.minutes)
    if task.minutes > took:
        body["most"] = _written_hours(task.minutes)
    body |= _order(task)
    known = mould.tasks.get(name) if mould is not None else None
    if known is not None and known.waits is not None:
        body["waits"] = known.waits
    return body


def at_own_levels(plan: Plan, tasks: Data, named: set[str]) -> tuple[dict[str, Data], list[str]]:
    """Return a tactic's tasks with no more than the team's best level in some skills, and what was lowered in words."""
    assert isinstance(tasks, dict)
    best = best_levels(plan)
    lowered: dict[str, Data] = {}
    notes = []
    for name, body in tasks.items():
        assert isinstance(body, dict)
        skill, asked = str(body["skill"]), int(str(body.get("level", WORKS_ALONE)))
        have = best.get(skill, asked) if skill in named else asked
        if have < asked:
            notes.append(f"{name}: level {have} in {skill}, where the playbook asks for {asked}")
        lowered[name] = {**body, "level": str(have)} if have < asked else body
    return lowered, notes


def spent_minutes(plan: Plan, tactic: str, task: str) -> int | None:
    """Return the minutes logged on a task in all sprints; None if there are none."""
    rows = (sprint.tactics[tactic].tasks.get(task) for sprint in plan.sprints.values() if tactic in sprint.tactics)
    spent = [row.spent for row in rows if row is not None and row.spent is not None]
    return sum(spent) if spent else None


def fields_from_playbook(plan: Plan, playbook_id: str) -> Iterator[Setting]:
    """Yield the fields of a playbook, for an editable copy in the plan.

    Raises:
        UnknownIdError: there is no such playbook.
    """
    playbook = find_playbook(plan, playbook_id)
    for name in type(playbook).model_fields:
        value = getattr(playbook, name)
        if name in playbook.model_fields_set and name not in ("id", "tasks"):
            yield Setting((name,), [*value] if isinstance(value, tuple) else _plain(value))
    yield Setting(("tasks",), {name: _copy(task) for name, task in playbook.tasks.items()})


def _copy(task: PlaybookTask) -> Data:
    body: dict[str, Data] = {"title": task.title} if task.title is not None else {}
    body |= _skill(task)
    body["hours"] = _written_hours(task.minutes)
    body |= _people(task)
    if task.least_minutes is not None:
        body["least"] = _written_hours(task.least_minutes)
    if task.most_minutes is not None:
        body["most"] = _written_hours(task.most_minutes)
    body |= _order(task)
    if task.waits is not None:
        body["waits"] = task.waits
    if task.optional:
        body["optional"] = "true"
    return body


def _mark_done(tactic: str) -> str:
    return f"`revplan tactic edit {tactic} --status done` says that it is, or `revplan sprint log` in its sprint"


# --- did it work ---------------------------------------------------------------------------------------------------


def record_result(
    plan: Plan, tactic_id: str, moved: str, by: str | None, learnt: str | None, today: date
) -> tuple[Change, ...]:
    """Return the change that records whether a done tactic moved its metric.

    Raises:
        UnknownIdError: there is no such tactic.
        InputError: the tactic is not done.
    """
    tactic = plan.tactics[require_read(plan, "tactic", tactic_id)]
    if tactic.id not in finished_tactics(plan):
        raise InputError(f"{tactic.id} is not done", hint=f"what came of it can be said then; {_mark_done(tactic.id)}")
    given = {"moved": moved, "by": by, "learnt": learnt, "on": today.isoformat()}
    body: dict[str, Data] = {name: value for name, value in given.items() if value is not None}
    return (Change(Ref("tactic", tactic_id, ("result",)), body),)
