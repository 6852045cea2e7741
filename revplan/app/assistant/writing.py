"""Tools that edit: entries, settings and ids, what a week brings, and files' spelling; each is a dry run by default."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from revplan.app.assistant.arguments import (
    AnyKind,
    Day,
    EditedKind,
    Fields,
    Figure,
    Id,
    Ids,
    LongText,
    as_data,
    as_text,
    day_of,
)
from revplan.app.assistant.asking import Codes
from revplan.app.assistant.change import DryRun, PlanEdit, editing_tools
from revplan.app.assistant.tool import Answer, PlanAccess
from revplan.app.checking.fix import fixes_of, reformatting
from revplan.app.checking.validate import Selection, narrow_findings
from revplan.app.checking.validate import validate as check
from revplan.app.editing import actuals, company
from revplan.app.editing.changes import Proposal, check_renaming
from revplan.app.editing.entries import (
    Setting,
    body_of,
    declared_ids,
    drop_entry,
    edit_entry,
    keys_at,
    missing,
    new_entry,
    propose_id,
)
from revplan.app.editing.plan_settings import keys_of
from revplan.app.editing.rename import rename as renaming
from revplan.app.guide.playbooks import fields_of_new_entry, record_result
from revplan.errors import InputError
from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.model.tactics import Moved
from revplan.nouns import NOUN_BY_KIND, with_article

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.app.checking.validate import Validation
    from revplan.model.context import Context
    from revplan.store.loaded import Loaded

Values = Annotated[
    Fields,
    Field(
        description="By field, or by keys joined by points such as tasks.write.hours; null removes. `explain` with the"
        " kind tells the fields."
    ),
]
OfMonth = Annotated[Id | None, Field(description="Such as 2026-11; else the last one that is over.")]


# --- entries -------------------------------------------------------------------------------------------------------


def add(
    at: PlanAccess,
    kind: EditedKind,
    fields: Values,
    id: Annotated[Id | None, Field(description="Else made from its title; a task is tactic/task.")] = None,
    from_tactic: Annotated[Id | None, Field(description="Of a playbook: the done tactic that it is made of.")] = None,
    from_playbook: Annotated[Id | None, Field(description="Of a playbook: the one that it is a copy of.")] = None,
    dry_run: DryRun = True,
) -> Answer:
    """Add an entry of a kind, such as a tactic with {title, function, impact, tasks: {write: {skill, hours}}}."""
    own = PlanEdit(at, dry_run=dry_run)
    plan, noun = own.context.plan, NOUN_BY_KIND[kind]
    said = settings_of(fields)
    given = {setting.keys for setting in said}
    mould = fields.get("playbook")
    usual = fields_of_new_entry(
        plan, kind, own.context.today, mould if isinstance(mould, str) else None, from_tactic, from_playbook
    )
    found = [*(setting for setting in usual if setting.keys not in given), *said]
    lacking = missing(kind, found, noun.asked)
    if lacking:
        names = ", ".join(field.name for field in lacking)
        hint = f"{lacking[0].name}: {lacking[0].description} ({lacking[0].holds})"
        raise InputError(f"{with_article(kind)} needs {names}", hint=hint)
    body = body_of(kind, found)
    is_moulded = kind == "tactic" and "playbook" in body and (noun.title,) not in given
    named = body.get("playbook" if is_moulded else noun.title)
    if id is None and not isinstance(named, str):
        raise InputError(f"{with_article(kind)} needs an id", hint="lower-case words and hyphens")
    new = id or propose_id(str(named), kind, declared_ids(plan, kind))
    return own.apply(new_entry(plan, kind, new, body), f"added {kind} {new}")


def settings_of(fields: Mapping[str, Any]) -> list[Setting]:
    """Return fields as settings; an empty text removes a field, as null does.

    Raises:
        InputError: a field has no name.
    """
    found = [Setting(keys_at(name), None if value == "" else as_data(value)) for name, value in fields.items()]
    if not all(all(setting.keys) for setting in found):
        raise InputError("a field has no name", hint="keys are joined by single points, such as tasks.write.hours")
    return found


def edit(at: PlanAccess, kind: EditedKind, id: Id, fields: Values, dry_run: DryRun = True) -> Answer:
    """Change fields of an entry; a list or a mapping is set whole, keys joined by points set a part of it."""
    own = PlanEdit(at, dry_run=dry_run)
    return own.apply(edit_entry(own.context.plan, kind, id, settings_of(fields)), f"edited {kind} {id}")


def drop(at: PlanAccess, kind: EditedKind, id: Id, dry_run: DryRun = True) -> Answer:
    """Remove an entry from its file. Refused where something still refers to it; `refs` lists what does."""
    own = PlanEdit(at, dry_run=dry_run)
    return own.apply(drop_entry(own.context.plan, kind, id), f"dropped {kind} {id}")


def rename(
    at: PlanAccess, kind: AnyKind, id: Id, new: Annotated[Id, Field(description="Its new id.")], dry_run: DryRun = True
) -> Answer:
    """Give a thing another id, everywhere in the plan: references, sprints and history too."""
    own = PlanEdit(at, dry_run=dry_run)

    def compute(loaded: Loaded, context: Context) -> tuple[Proposal, str]:
        found = renaming(loaded, kind, id, new)
        sealed = f"; the seals of {', '.join(found.sealed)} are made anew" if found.sealed else ""
        done = f"renamed {kind} {id} to {new}, with {found.mentions} references{sealed}"
        return check_renaming(loaded, context, found.edits), done

    return own.apply_computed(compute)


def set_(
    at: PlanAccess,
    key: Annotated[Id, Field(description="Such as sprint.focus_factor or holidays.2026-12-24.")],
    value: Annotated[Any, Field(description="What it is to be; null removes it.")],  # noqa: ANN401 - JSON
    dry_run: DryRun = True,
) -> Answer:
    """Change a setting of the plan: holidays, meetings, the sprint and more. `explain` with revplan tells them."""
    own = PlanEdit(at, dry_run=dry_run)
    data = None if value == "" else as_data(value)
    return own.apply((Change(Ref("revplan", "", keys_of(key)), data),), f"{key} is set")


# --- what a week brings --------------------------------------------------------------------------------------------


def todo_done(at: PlanAccess, ids: Ids, dry_run: DryRun = True) -> Answer:
    """Check to-dos off."""
    own = PlanEdit(at, dry_run=dry_run)
    changes = [change for each in ids for change in company.finish_todo(own.context.plan, each, own.context.today)]
    return own.apply(changes, f"done: {', '.join(ids)}")


def issue_solve(
    at: PlanAccess,
    id: Id,
    solution: Annotated[LongText, Field(description="What was decided.")],
    todo: Annotated[LongText | None, Field(description="The title of a to-do that comes of it.")] = None,
    owner: Annotated[Id | None, Field(description="Who does the to-do.")] = None,
    due: Annotated[Day | None, Field(description="By when; in a week where it is not given.")] = None,
    dry_run: DryRun = True,
) -> Answer:
    """Solve an issue: what was decided, and who does what about it."""
    if (todo is None) != (owner is None):
        raise InputError("a to-do needs todo and owner", hint="one person does it, and is named")
    own = PlanEdit(at, dry_run=dry_run)
    new = company.NewTodo(todo, owner, day_of(due)) if todo is not None and owner is not None else None
    changes = company.solve_issue(own.context.plan, id, solution, own.context.today, new)
    return own.apply(changes, f"solved issue {id}")


def tactic_result(
    at: PlanAccess,
    id: Id,
    moved: Annotated[Moved, Field(description="Whether it moved its metric.")],
    by: Annotated[Figure | None, Field(description="By how much, in the metric's unit.")] = None,
    learnt: Annotated[LongText | None, Field(description="For those who do the like again.")] = None,
    dry_run: DryRun = True,
) -> Answer:
    """Note whether a done tactic moved its metric, and what was learnt."""
    own = PlanEdit(at, dry_run=dry_run)
    amount = as_text(by) if by is not None else None
    changes = record_result(own.context.plan, id, moved, amount, learnt, own.context.today)
    return own.apply(changes, f"{id} moved its metric: {moved}")


def metric_record(
    at: PlanAccess,
    id: Id,
    value: Figure,
    day: Annotated[Day | None, Field(description="When; today where it is not given.")] = None,
    dry_run: DryRun = True,
) -> Answer:
    """Record a reading of a metric."""
    own = PlanEdit(at, dry_run=dry_run)
    when = day_of(day) or own.context.today
    changes = company.record_reading(own.context.plan, id, as_text(value), when)
    return own.apply(changes, f"{id} was {as_text(value)} on {when}")


def goal_record(at: PlanAccess, amount: Figure, month: OfMonth = None, dry_run: DryRun = True) -> Answer:
    """Record a month's revenue in the goal of its fiscal year; an amount is such as 347k."""
    own = PlanEdit(at, dry_run=dry_run)
    when = actuals.month_of(month, own.context.today)
    changes = actuals.record_revenue(own.context.plan, as_text(amount), when)
    return own.apply(changes, f"revenue of {when} is {as_text(amount)}")


def budget_record(
    at: PlanAccess,
    id: Annotated[Id, Field(description="Which budget line.")],
    amount: Figure,
    month: OfMonth = None,
    more: Annotated[bool, Field(description="It comes besides what is recorded for the month.")] = False,
    dry_run: DryRun = True,
) -> Answer:
    """Record what a budget line took in a month; a credit is negative."""
    own = PlanEdit(at, dry_run=dry_run)
    when = actuals.month_of(month, own.context.today)
    changes = actuals.record_spend(own.context.plan, id, as_text(amount), when, more=more)
    return own.apply(changes, f"{id} took {as_text(amount)}{' more' if more else ''} in {when}")


def team_time_off(
    at: PlanAccess,
    member: Id,
    days: Annotated[Id, Field(description="A day or a range, such as 2026-12-21..2026-12-23.")],
    hours: Annotated[Figure | None, Field(description="How much of each day, such as 4; else all of it.")] = None,
    reason: Annotated[LongText | None, Field(description="Such as Vacation.")] = None,
    remove: Annotated[bool, Field(description="Take these days off the list again.")] = False,
    dry_run: DryRun = True,
) -> Answer:
    """Note when a member does not work."""
    own = PlanEdit(at, dry_run=dry_run)
    plan = own.context.plan
    if remove:
        return own.apply(company.remove_time_off(plan, member, days), f"{member} is at work {days}")
    part = as_text(hours) if hours is not None else None
    return own.apply(company.add_time_off(plan, member, days, part, reason), f"{member} is off {days}")


def campaign_checklist(
    at: PlanAccess,
    campaign: Id,
    items: Annotated[Ids, Field(description="Items that are done; or ITEM=done, ITEM=open, ITEM=not-applicable.")],
    dry_run: DryRun = True,
) -> Answer:
    """Check items of a campaign's launch list off."""
    own = PlanEdit(at, dry_run=dry_run)
    return own.apply(company.check_off(own.context.plan, campaign, items), f"{campaign}: {', '.join(items)}")


# --- spelling ------------------------------------------------------------------------------------------------------


def fmt(at: PlanAccess, dry_run: DryRun = True) -> Answer:
    """Write plan files in their canonical order and spacing; comments, quotes and meaning stay."""
    own = PlanEdit(at, dry_run=dry_run)
    return own.apply_computed(lambda loaded, _: (Proposal(reformatting(loaded, []).edits, ()), "formatted"))


def fix(at: PlanAccess, select: Codes = [], dry_run: DryRun = True) -> Answer:  # noqa: B006
    """Correct what can only have been meant otherwise: slips in one letter, dates and hours in another notation."""
    own = PlanEdit(at, dry_run=dry_run)

    def look(loaded: Loaded) -> Validation:
        return check(loaded, replace(own.context, plan=loaded.plan))

    def narrow(found: Validation) -> Validation:
        return narrow_findings(found, Selection((*select,)), own.loaded.root)

    def compute(loaded: Loaded, _: Context) -> tuple[Proposal, str]:
        found = fixes_of(loaded, look, narrow)
        return Proposal(found.edits, ()), f"{len(found.done)} fixed"

    return own.apply_computed(compute)


_EDITS = (add, edit, drop, rename, set_, todo_done, issue_solve, tactic_result, metric_record, goal_record)
_MORE_EDITS = (budget_record, team_time_off, campaign_checklist, fmt, fix)
WRITING = editing_tools(*_EDITS, *_MORE_EDITS)
"""The tools that edit entries, settings and files."""
