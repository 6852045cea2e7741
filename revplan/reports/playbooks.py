"""`revplan playbook list` and `show`: playbooks as tables, by how they fit, and one of them whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.playbooks import open_of, rank_by_fit, records, shortages
from revplan.analysis.waiting import in_words
from revplan.reports import names
from revplan.reports.document import (
    Align,
    Column,
    Document,
    Items,
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
from revplan.wording import as_hours, as_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from revplan.analysis.playbooks import Fit, PlaybookRecord
    from revplan.model.context import Context
    from revplan.model.playbooks import Playbook, PlaybookTask
    from revplan.reports.document import Words

LIST_SCHEMA = "revplan/playbooks/1"
PAGE_SCHEMA = "revplan/playbook/1"
_GUESS = "Hours of the catalogue are starting guesses; `playbook add --from-tactic` keeps what your own work took."


# --- lists ---------------------------------------------------------------------------------------------------------


def listing(context: Context, playbooks: Sequence[Playbook]) -> Document:
    """Return playbooks as a table, in the order in which they are given."""
    columns = (
        Column("Playbook"),
        Column("What is done", share=1),
        Column("Function", roomy=True),
        Column("Stage"),
        Column("h", Align.RIGHT),
        Column("Range", Align.RIGHT),
        Column("From", roomy=True),
    )
    rows = tuple(
        (
            words(strong(each.id)),
            words(each.title),
            words(names.function(context.plan, each.function)),
            words(each.stage),
            words(wording.hours(each.minutes)),
            words(dim(_range(each))),
            words("plan" if each.id in context.plan.playbooks else dim("catalogue")),
        )
        for each in playbooks
    )
    section = Section(words(f"{len(playbooks)} shown"), (Table(columns, rows),) if rows else _none(context))
    data = {"schema": LIST_SCHEMA, "playbooks": [_summary(context, each) for each in playbooks]}
    return Document("Playbooks", (words(dim(_GUESS)),), (section,), data=data)


def fitting(context: Context, playbooks: Sequence[Playbook]) -> Document:
    """Return playbooks with how they fit the plan today, the best first."""
    fits = rank_by_fit(context, playbooks)
    is_short = any(each.shortage is not None for each in fits)
    is_open = any(each.backlog or not each.can_be_done for each in fits)
    columns = (
        Column("#", Align.RIGHT),
        Column("Playbook"),
        Column("What is done", share=5, roomy=is_open),
        Column("Stage", roomy=True),
        *((Column("Short", Align.RIGHT),) if is_short else ()),
        Column("Team can", Align.RIGHT, roomy=True),
        Column("h", Align.RIGHT),
        *((Column("Open", share=6),) if is_open else ()),
    )
    rows = tuple(
        (
            words(str(rank)),
            words(strong(each.playbook.id)),
            words(each.playbook.title),
            words(each.playbook.stage),
            *((_part_short(each),) if is_short else ()),
            words((good if each.able == 1 else warn)(wording.rate(each.able, 0))),
            words(wording.hours(each.playbook.minutes)),
            *((_lacking(each),) if is_open else ()),
        )
        for rank, each in enumerate(fits, start=1)
    )
    ranked = (Table(columns, rows),) if rows else _none(context)
    sections = (*_short(context), Section(words(f"{wording.plural(len(fits), 'playbook')} by how they fit"), ranked))
    data = {
        "schema": LIST_SCHEMA,
        "short": [
            {"stage": stage, "part": as_number(found.part), "why": found.why}
            for stage, found in shortages(context).items()
        ],
        "playbooks": [{**_summary(context, each.playbook), **_fit(each)} for each in fits],
    }
    return Document("Playbooks that fit", (words(dim(_GUESS)),), sections, data=data)


def _part_short(fit: Fit) -> Words:
    return words(warn(wording.rate(fit.shortage.part, 0)) if fit.shortage is not None else dim(wording.MISSING))


def _none(context: Context) -> tuple[Line]:
    """Say what shows or makes playbooks where none is shown."""
    make = "`revplan playbook add --from-tactic TACTIC` makes one of work that went well"
    none = "None of these is there" if context.plan.playbooks else "The plan has no playbook of its own yet"
    return (Line(words(dim(f"{none}. {make}; `revplan playbook list` shows all."))),)


def _short(context: Context) -> Iterator[Section]:
    found = shortages(context)
    if found:
        alike: dict[tuple[Fraction, str], list[str]] = {}
        for stage, short in sorted(found.items(), key=lambda pair: (-pair[1].part, pair[0])):
            alike.setdefault((short.part, short.why), []).append(stage)
        items = tuple(
            words(strong(wording.join_names(stages)), f", {wording.rate(part, 0)} short: {why}")
            for (part, why), stages in alike.items()
        )
        yield Section(words("Where the plan is short"), (Items(items),))
    else:
        text = "Nothing in the plan says where it is short: metrics with targets and readings would, and a goal."
        yield Section(words("Where the plan is short"), (Line(words(dim(text))),))


def _lacking(fit: Fit) -> Words:
    skills = f"no {wording.join_names(fit.lacking_skills, 'or')}" if fit.lacking_skills else ""
    stack = f"no tool for {wording.join_names(fit.lacking_stack, 'or')}" if fit.lacking_stack else ""
    lacking = "; ".join(part for part in (skills, stack) if part)
    begun = f"in the backlog as {wording.join_names(fit.backlog)}" if fit.backlog else ""
    return words(bad(lacking), "; " if lacking and begun else "", dim(begun))


def _range(playbook: Playbook) -> str:
    least, most = playbook.range_minutes
    return f"{wording.hours(least)}–{wording.hours(most)}" if least != most else ""


def _summary(context: Context, playbook: Playbook) -> dict[str, Any]:
    least, most = playbook.range_minutes
    return {
        "playbook": playbook.id,
        "title": playbook.title,
        "function": playbook.function,
        "stage": playbook.stage,
        "hours": as_hours(playbook.minutes),
        "least_hours": as_hours(least),
        "most_hours": as_hours(most),
        "impact": playbook.impact,
        "confidence": as_number(playbook.confidence),
        "skills": playbook.skills,
        "stack": list(playbook.stack),
        "basis": playbook.basis,
        "from": "plan" if playbook.id in context.plan.playbooks else "catalogue",
    }


def _fit(fit: Fit) -> dict[str, Any]:
    return {
        "score": as_number(fit.score),
        "short": as_number(fit.shortage.part) if fit.shortage is not None else None,
        "able": as_number(fit.able),
        "lacking_skills": list(fit.lacking_skills),
        "lacking_stack": list(fit.lacking_stack),
        "backlog": list(fit.backlog),
    }


# --- one of them ---------------------------------------------------------------------------------------------------


def page(context: Context, playbook: Playbook) -> Document:
    """Return one playbook whole: what it is for, needs and takes, and what came of the tactics made from it."""
    least, most = playbook.range_minutes
    takes = f"{wording.hours(playbook.minutes)} h, {wording.hours(least)} to {wording.hours(most)}"
    basis = f"measured on {wording.plural(playbook.measured or 1, 'tactic')}"
    lead = (
        *((words(playbook.purpose),) if playbook.purpose is not None else ()),
        words(
            f"{names.function(context.plan, playbook.function)}, for {playbook.stage}; {takes} (",
            warn("a starting guess") if playbook.basis == "starting-guess" else good(basis),
            ").",
        ),
    )
    record = records(context).get(playbook.id)
    return Document(
        f"{playbook.title} ({playbook.id})",
        lead,
        tuple(_sections(context, playbook, record)),
        data={"schema": PAGE_SCHEMA, **_summary(context, playbook), **_details(playbook, record)},
    )


def _sections(context: Context, playbook: Playbook, record: PlaybookRecord | None) -> Iterator[Section]:
    yield Section(words("Needs and moves"), (Items(tuple(_needs(playbook))),))
    columns = (
        Column("Task"),
        Column("What is done", share=2),
        Column("Skill", share=1),
        Column("h", Align.RIGHT),
        Column("Range", Align.RIGHT),
        Column("After", share=1),
        Column("Waits for", share=2),
    )
    rows = tuple(_task(name, task) for name, task in playbook.tasks.items())
    yield Section(words("Tasks"), (Table(columns, rows),))
    if playbook.pitfalls:
        yield Section(
            words("What it usually goes wrong on"), (Items(tuple(words(each) for each in playbook.pitfalls)),)
        )
    came = tuple(_came(context, playbook, record))
    if came:
        yield Section(words("What came of it here"), (Items(came),))
    if playbook.id not in context.plan.playbooks:
        how = f"revplan tactic add --playbook {playbook.id}"
        change = f"revplan playbook add --from-playbook {playbook.id} --id {playbook.id}"
        uses = (words("Make a tactic of it: ", strong(how)), words("Make it your own, to change: ", strong(change)))
        yield Section(words("Use it"), (Items(uses),))


def _needs(playbook: Playbook) -> Iterator[Words]:
    skills = [f"{skill} at level {level}" if level > 2 else skill for skill, level in playbook.skills.items()]  # noqa: PLR2004 - 2 works alone: the usual
    yield words(strong("Skills: "), wording.join_names(skills))
    if playbook.stack:
        yield words(strong("Tools: "), wording.join_names(playbook.stack))
    if playbook.roles:
        yield words(strong("Speaks to: "), wording.join_names(playbook.roles))
    if playbook.metrics:
        yield words(strong("Should move: "), wording.join_names(playbook.metrics))
    sure = f", confidence {wording.rate(playbook.confidence)}" if playbook.confidence is not None else ""
    yield words(strong("Impact: "), f"{playbook.impact}{sure}, to start with")
    if playbook.done_when is not None:
        yield words(strong("Done when: "), playbook.done_when)


def _task(name: str, task: PlaybookTask) -> tuple[Words, ...]:
    least, most = task.range_minutes
    level = f" {task.level}" if task.level > 2 else ""  # noqa: PLR2004 - 2 works alone: the usual
    return (
        words(name, dim(" (optional)") if task.optional else ""),
        words(task.title or ""),
        words(f"{task.skill}{level}"),
        words(f"{task.people} × " if task.people > 1 else "", wording.hours(task.minutes)),
        words(dim(f"{wording.hours(least)}–{wording.hours(most)}" if least != most else "")),
        words(", ".join(task.after)),
        words(_waits(task)),
    )


def _waits(task: PlaybookTask) -> str:
    """Return what a task waits for and how long, in words."""
    said = [(first, wait) for first in task.after if (wait := task.wait_after(first)) is not None]
    if task.wait is not None and {wait for _, wait in said} <= {task.wait} and len(said) == len(task.after):
        timed = [in_words(task.wait)]
    else:
        timed = [f"{in_words(wait)} after {first}" for first, wait in said]
    return "; ".join((*timed, *([task.waits] if task.waits is not None else ())))


def _came(context: Context, playbook: Playbook, record: PlaybookRecord | None) -> Iterator[Words]:
    begun = open_of(context.plan, playbook.id)
    if begun:
        yield words(f"In the backlog: {wording.join_names([names.tactic(context.plan, each) for each in begun])}")
    if record is None:
        return
    own = record.tally
    yield words(f"Done: {own.done}; moved their metric: {own.yes}, did not: {own.no}, unclear: {own.unclear}")
    if own.hit_rate is not None:
        yield words(f"Hit rate {wording.rate(own.hit_rate)}, stated confidence {wording.rate(own.confidence)}")
    if record.timed:
        took = f"{wording.hours(record.actual)} h for the usual {wording.hours(record.usual)} h"
        yield words(f"Took {took}; its hours × {wording.measure(record.factor, 2)} is the better guess")


def _details(playbook: Playbook, record: PlaybookRecord | None) -> dict[str, Any]:
    return {
        "purpose": playbook.purpose,
        "roles": list(playbook.roles),
        "metrics": list(playbook.metrics),
        "done_when": playbook.done_when,
        "pitfalls": list(playbook.pitfalls),
        "tasks": [
            {
                "task": name,
                "title": task.title,
                "skill": task.skill,
                "level": task.level,
                "hours": as_hours(task.minutes),
                "people": task.people,
                "least_hours": as_hours(task.range_minutes[0]),
                "most_hours": as_hours(task.range_minutes[1]),
                "after": list(task.after),
                "wait": {first: str(wait) for first in task.after if (wait := task.wait_after(first)) is not None},
                "waits": task.waits,
                "optional": task.optional,
            }
            for name, task in playbook.tasks.items()
        ],
        "done": record.tally.done if record is not None else 0,
        "moved": record.tally.yes if record is not None else 0,
        "hit_rate": as_number(record.tally.hit_rate) if record is not None else None,
        "hours_factor": as_number(record.factor) if record is not None and record.timed else None,
    }
