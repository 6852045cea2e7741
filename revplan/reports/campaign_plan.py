"""`revplan campaign plan`: the work before a launch, counted back from its day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.launch import APPROVAL, SPARE
from revplan.reports import names
from revplan.reports.document import (
    Align,
    Column,
    Document,
    Line,
    Section,
    Table,
    bad,
    dim,
    good,
    strong,
    warn,
    words,
)
from revplan.reports.look import look

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from revplan.analysis.launch import LaunchGroup, LaunchTask, LaunchWork
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.reports.document import Block, Words

SCHEMA = "revplan/campaign-plan/1"

_GROUPS = {
    "production": "Print and production",
    "assets": "Assets",
    "launch": "Launch list",
}


def plan_page(context: Context, work: LaunchWork, *, written: bool = False) -> Document:
    """Lay out the work that a launch still needs, counted back from its day.

    Args:
        context: the plan and the day.
        work: the work.
        written: whether the work has just been written; else the page says how to write it.
    """
    campaign = work.campaign
    return Document(
        title=f"{campaign.title} · work before the launch on {wording.long_date(campaign.start)}",
        lead=tuple(_plan_lead(work, written=written)),
        sections=tuple(_plan_sections(context.plan, work)),
        data=_plan_data(work),
        look=look(context.plan),
    )


def _plan_lead(work: LaunchWork, *, written: bool) -> Iterator[Words]:
    tasks = work.tasks
    if not tasks:
        yield words(good("Nothing is to be planned"), ": every asset and every open item has its task.")
        return
    minutes = sum(task.minutes for task in tasks)
    first = min(task.start for task in tasks)
    yield words(
        strong(f"{wording.plural(len(tasks), 'task')}, {wording.hours(minutes)} h"),
        f"; the first is to begin on {wording.short_date(first)} at the latest.",
    )
    if work.late:
        yield words(
            bad(f"{wording.plural(work.late, 'workday')} late"),
            f": with the usual times, {wording.short_date(work.possible)} is the first launch day that can be kept. "
            "Move the launch, or leave something out.",
        )
    if not written:
        yield words(dim(f"Hours are starting guesses. `revplan campaign plan {work.campaign.id} --write` writes them."))


def _plan_sections(plan: Plan, work: LaunchWork) -> Iterator[Section]:
    for group in work.groups:
        minutes = sum(task.minutes for task in group.tasks)
        title = words(f"{_GROUPS[group.name]}: {wording.hours(minutes)} h{_until(group)}")
        yield Section(title, (_task_table(plan, group.tasks), *_waiting(group), *_too_late(group)))
    if work.variant_assets:
        rows = tuple(
            (words(each.id), words(each.variant), words(each.of), words(_in_words(each.differs) or wording.MISSING))
            for each in work.variant_assets
        )
        columns = (Column("New asset", share=1), Column("Variant"), Column("After", share=1), Column("What differs"))
        yield Section(words("Variants without an asset of their own"), (Table(columns, rows),))
    lacking = sorted({task.skill for task in work.tasks if not task.is_held})
    if lacking:
        text = f"Nobody in the team can work alone at {wording.join_names(lacking)}: name the skill that is meant."
        yield Section(words(warn("Skills that are missing")), (Line(words(text)),))


def _until(group: LaunchGroup) -> str:
    return f", by {wording.short_date(group.deadline)}" if group.deadline is not None else ", its day is past"


def _waiting(group: LaunchGroup) -> Iterator[Block]:
    if group.name == "launch":
        yield Line(words(dim(f"{wording.plural(SPARE, 'workday')} are spare.")))
        return
    reading = f"{wording.plural(APPROVAL, 'workday')} for approval and corrections"
    text = f"then {group.why}; and {reading}" if group.why else f"then {reading}"
    yield Line(words(dim(f"{text.capitalize()}.")))


def _too_late(group: LaunchGroup) -> Iterator[Block]:
    """Yield which assets the plan wants later than the launch leaves time for: two days stand on two pages."""
    for task in group.tasks:
        if task.due is not None and task.due > task.finish:
            own, last = wording.short_date(task.due), wording.short_date(task.finish)
            text = f"{task.asset} is due on {own} by the plan; counted back from the launch, {last} is the last day."
            yield Line(words(warn(text)))


def _task_table(plan: Plan, tasks: Iterable[LaunchTask]) -> Table:
    columns = (
        Column("Task", share=3),
        Column("Skill", share=1),
        Column("h", Align.RIGHT),
        Column("Who", share=1),
        Column("Begin by"),
        Column("Done by"),
    )
    rows = tuple(
        (
            words(task.title),
            words(task.skill if task.is_held else warn(task.skill)),
            words(wording.hours(task.minutes)),
            words(names.member(plan, task.owner) if task.owner is not None else dim("whoever has the skill")),
            words(wording.short_date(task.start)),
            words(wording.short_date(task.finish)),
        )
        for task in tasks
    )
    return Table(columns, rows)


def _in_words(fields: Iterable[str]) -> str:
    return wording.join_names([each.replace("_", " ") for each in fields])


def _plan_data(work: LaunchWork) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "campaign": work.campaign.id,
        "launch": work.campaign.start.isoformat(),
        "workdays_late": work.late,
        "possible_launch": work.possible.isoformat(),
        "groups": [_group_data(group) for group in work.groups],
        "variant_assets": [
            {"asset": each.id, "of": each.of, "variant": each.variant, "differs": list(each.differs)}
            for each in work.variant_assets
        ],
    }


def _group_data(group: LaunchGroup) -> dict[str, Any]:
    return {
        "group": group.name,
        "deadline": group.deadline.isoformat() if group.deadline is not None else None,
        "not_before": group.not_before.isoformat() if group.not_before is not None else None,
        "waits_for": group.why or None,
        "tasks": [
            {
                "task": task.id,
                "title": task.title,
                "asset": task.asset,
                "skill": task.skill,
                "skill_held": task.is_held,
                "hours": wording.as_hours(task.minutes),
                "owner": task.owner,
                "after": list(task.after),
                "begin_by": task.start.isoformat(),
                "done_by": task.finish.isoformat(),
            }
            for task in group.tasks
        ],
    }
