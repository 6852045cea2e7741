"""What a thing of the plan is, in a line and in a few, by the reports' figures: for completion and hover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan import wording
from revplan.analysis.progress import open_tactics
from revplan.analysis.scorecard import scorecard
from revplan.analysis.scoring import rank
from revplan.analysis.sprint_due import due_sprint
from revplan.analysis.staffing import staffing
from revplan.analysis.standing import last_written, standings
from revplan.analysis.workload import assignments
from revplan.errors import RevplanError
from revplan.nouns import NOUN_BY_KIND
from revplan.reports import names
from revplan.reports.listing import Filter, build
from revplan.reports.parking_lot import REASONS
from revplan.reports.scoreboard import aim, state

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from revplan.analysis.scoring import RankedTactic
    from revplan.analysis.standing import TacticStanding
    from revplan.model.context import Context
    from revplan.model.plan import Plan

_TITLES = ("title", "name", "claim", "what", "message", "goal")
_LONGEST = 80


def title_of(plan: Plan, kind: str, entry_id: str) -> str:
    """Return what people call a thing; empty where it has no name besides its id."""
    part = plan.entries(kind).get(entry_id) if kind in NOUN_BY_KIND else None
    if part is None:
        known = plan.playbook(entry_id) if kind == "playbook" else None
        return known.title if known is not None else ""
    found = (part.value_at(name) for name in _TITLES)
    return next((text for text in found if isinstance(text, str)), "")


def summary_line(context: Context, kind: str, entry_id: str) -> str:
    """Return a thing in one line, such as `Priya Nair, content, 95 h`."""
    plan = context.plan
    parts = [title_of(plan, kind, entry_id)]
    if kind == "member" and entry_id in plan.team:
        parts.append(names.function(plan, plan.team[entry_id].function))
        hours = _plannable(context).get(entry_id)
        parts += [f"{wording.hours(hours)} h"] if hours is not None else []
    elif kind == "tactic" and entry_id in plan.tactics:
        parts += [f"{wording.hours(plan.tactics[entry_id].minutes)} h", str(_standings(context)[entry_id])]
    elif kind == "task" and entry_id in plan.entries("task"):
        tactic, _, own = entry_id.partition("/")
        task = plan.tactics[tactic].tasks[own]
        parts += [task.skill, wording.work(task.minutes, task.people)]
    return one_line(", ".join(part for part in parts if part))


def facts(context: Context, kind: str, entry_id: str) -> tuple[str, ...]:
    """Return what the plan knows of a thing, a fact a line; none where the plan does not have the thing."""
    plan = context.plan
    if kind not in NOUN_BY_KIND or entry_id not in plan.entries(kind):
        return ()
    match kind:
        case "tactic":
            return tuple(_of_tactic(context, entry_id))
        case "member":
            return tuple(_of_member(context, entry_id))
        case "metric":
            return tuple(_of_metric(context, entry_id))
        case "task":
            return tuple(_of_task(context, entry_id))
        case _:
            return tuple(_of_any(context, kind, entry_id))


def _of_tactic(context: Context, entry_id: str) -> Iterator[str]:
    found, last = _standings(context)[entry_id], last_written(context.plan)
    ranked = rankings(context).get(entry_id)
    if ranked is not None:
        place = f"rank {ranked.rank} of {len(rankings(context))}"
        yield f"Score {wording.measure(ranked.score, 1)}, {place}, value {wording.score(ranked.value)}"
    yield f"{wording.hours(found.minutes)} h left of {wording.hours(context.plan.tactics[entry_id].minutes)} h"
    entry = last.parked.get(entry_id) if last is not None and found.state == "parked" else None
    why = f": {REASONS[entry.reason]}" if entry is not None else ""
    by = f" by sprint {found.sprint}" if entry is not None else ""
    yield f"Stands: {found}{by}{why}"
    if found.due is not None:
        yield f"Due {wording.long_date(found.due)}"


def _of_member(context: Context, entry_id: str) -> Iterator[str]:
    member = context.plan.team[entry_id]
    yield f"{member.kind.capitalize()}, {names.function(context.plan, member.function)}"
    plannable = _plannable(context).get(entry_id)
    if plannable is not None:
        period = due_sprint(context).period.id
        allocated = _minutes_allocated(context, period).get(entry_id, 0)
        hours = [wording.hours(minutes) for minutes in (plannable, allocated, plannable - allocated)]
        yield f"Sprint {period}: {hours[0]} h plannable, {hours[1]} h allocated, {hours[2]} h left"
    skills = ", ".join(f"{skill} {level}" for skill, level in sorted(member.skills.items()))
    if skills:
        yield f"Skills: {skills}"


def _of_metric(context: Context, entry_id: str) -> Iterator[str]:
    entry = next(each for each in scorecard(context.plan, context.today) if each.metric.id == entry_id)
    unit = entry.metric.unit
    if entry.reading is not None:
        yield f"Last reading {wording.reading(entry.reading.value)} {unit} on {wording.long_date(entry.reading.day)}"
    if entry.metric.keep is not None:
        yield f"To stay within {aim(entry)} {unit}"
    elif entry.target is not None:
        yield f"Target {aim(entry)} {unit}"
    yield f"State: {state(entry).text}"


def _of_task(context: Context, entry_id: str) -> Iterator[str]:
    tactic, _, own = entry_id.partition("/")
    task = context.plan.tactics[tactic].tasks[own]
    owner = f", pinned to {wording.join_names(task.owners)}" if task.owners else ""
    yield f"{task.skill} at level {task.level}, {wording.work(task.minutes, task.people)}{owner}"
    yield f"Of {context.plan.tactics[tactic].title}"


def _of_any(context: Context, kind: str, entry_id: str) -> Iterator[str]:
    """Yield the fields that the lists of the kind show."""
    listing = build(context, kind, Filter({}, over=True))
    for name in NOUN_BY_KIND[kind].columns:
        text = listing.text(entry_id, name)
        if text and name not in _TITLES:
            yield f"{name.replace('_', ' ').capitalize()}: {one_line(text)}"


# --- figures of the whole plan, worked out once ----------------------------------------------------------------------


def _standings(context: Context) -> Mapping[str, TacticStanding]:
    return context.plan.once(("editor-standings", context.today), lambda: standings(context))


def rankings(context: Context) -> Mapping[str, RankedTactic]:
    """Return the place of each open tactic in the ranked backlog, as `report backlog` shows it."""

    def compute() -> Mapping[str, RankedTactic]:
        stands = _standings(context)
        work = {each.id: max(1, stands[each.id].minutes) for each in open_tactics(context.plan) if not each.recurring}
        return {entry.tactic: entry for entry in rank(context.plan, work, context.today)}

    return context.plan.once(("editor-rankings", context.today), compute)


def _plannable(context: Context) -> Mapping[str, int]:
    """Return each member's plannable minutes in the sprint that is due, standing loads taken off."""

    def compute() -> Mapping[str, int]:
        try:
            found = staffing(context, due_sprint(context).period)
        except RevplanError:
            return {}
        return {each.member: max(0, each.plannable - found.standing.get(each.member, 0)) for each in found.members}

    return context.plan.once(("editor-plannable", context.today), compute)


def _minutes_allocated(context: Context, period: str) -> Mapping[str, int]:
    """Return the minutes that a written sprint gives each member."""
    sprint, minutes = context.plan.sprints.get(period), dict[str, int]()
    for one in assignments(sprint) if sprint is not None else ():
        for member, part in one.row.people.items():
            minutes[member] = minutes.get(member, 0) + part
    return minutes


def one_line(text: str, longest: int = _LONGEST) -> str:
    """Return a text of the plan in one line of so many characters at most."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest]}…"
