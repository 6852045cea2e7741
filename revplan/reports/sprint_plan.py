"""The screen a team reads in its planning meeting: what is in the sprint, who is how full, and what is parked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from revplan import wording
from revplan.analysis.workload import by_member
from revplan.model.context import Context
from revplan.model.numbers import MINUTES_PER_HOUR
from revplan.planning.hours_left import has_hours_left
from revplan.reports import (
    frame,
    names,
    sprint_check,
    sprint_close,
    sprint_plan_json,
    sprint_tables,
    suggestions,
    verdict,
    which_sprint,
)
from revplan.reports.document import (
    Align,
    Bar,
    Bars,
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
from revplan.reports.look import look
from revplan.reports.names import short_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from revplan.model.plan import Plan
    from revplan.planning.answer import MemberLoad, ParkedCandidate, ParkedTask, PlacedTactic, PlacedTask, SprintPlan
    from revplan.reports.document import Words


def layout(plan: Plan, sprint: SprintPlan) -> Document:
    """Lay out a planned sprint on one screen."""
    return Document(
        title=f"{plan.settings.company} · sprint {sprint.period.id} · "
        + wording.period(sprint.period.start, sprint.period.end),
        lead=tuple(_lead(plan, sprint)),
        sections=tuple(_sections(plan, sprint)),
        close=tuple(verdict.lines(plan, sprint)),
        contract=sprint_plan_json.document(plan, sprint),
        look=look(plan),
    )


def layout_with_tasks(plan: Plan, sprint: SprintPlan) -> Document:
    """Lay out a planned sprint with every task: who does it, from when to when."""
    document = layout(plan, sprint)
    pairs = ((task, tactic) for tactic in sprint.placed for task in tactic.tasks)
    own = by_member(pairs, lambda pair: (pair[0].owner,))
    tasks = tuple(_tasks_of(plan, member, own.get(member.member, ())) for member in sprint.members if member.allocated)
    return replace(document, sections=(*document.sections, *tasks))


def _lead(plan: Plan, sprint: SprintPlan) -> Iterator[Words]:
    if sprint.due is not None:
        yield from which_sprint.lines(Context(plan, sprint.today), sprint.due)
    if sprint.goal is not None:
        yield words("Goal: ", strong(sprint.goal))
    else:
        yield words(dim("No goal yet: say in a sentence what the sprint is to achieve, with --goal."))
    yield from frame.lines(plan, sprint.period, sprint.today)
    yield from sprint_tables.velocity(plan)
    yield from sprint_tables.instalments(plan, sprint)
    if rates := frame.say_rates(plan):
        yield words(dim(f"Amounts in {plan.settings.currency}{rates}."))
    if sprint.is_today_pinned:
        yield words(dim(f"The plan pins today to {sprint.today}."))
    if sprint.today > sprint.period.start:
        yield words(f"Under way: planned from {wording.short_date(sprint.today)} on.")
    if (reserve := sprint_tables.reserve(sprint.reserve)) is not None:
        yield reserve


def _sections(plan: Plan, sprint: SprintPlan) -> Iterator[Section]:
    if sprint.moves:
        yield sprint_check.section(plan, sprint.moves)
    yield _placed_section(plan, sprint)
    if sprint.members:
        yield _members(plan, sprint)
    if sprint.parked:
        yield _parked_section(plan, sprint)
    if sprint.best is not None:
        yield _against_best(plan, sprint)
    if sprint.left_out:
        yield _left_out_section(sprint)
    if sprint.calibrations:
        show = sprint_close.calibration_section if sprint.is_calibrated else sprint_close.section
        yield show(sprint.calibrations)


# --- what is in ----------------------------------------------------------------------------------------------------


WHAT_IS_IN = (
    Column("Tactic", share=3),
    Column("Value", Align.RIGHT),
    Column("Who", share=2),
    Column("h", Align.RIGHT),
    Column("Due"),
)
"""What is told first of each tactic that is in a sprint."""


def _placed_section(plan: Plan, sprint: SprintPlan) -> Section:
    allocated = sum(member.allocated for member in sprint.members)
    free = sum(member.for_tactics for member in sprint.members)
    say = wording.about if _adds_up(sprint) else wording.hours
    title = words(
        f"In the sprint: {wording.plural(len(sprint.placed), 'tactic')}, "
        f"{say(allocated)} of {say(free)} h ({wording.percent(allocated, free)})"
    )
    if not sprint.placed:
        return Section(title, (Line(words(dim(why_empty(plan, sprint)))),))
    columns = (*WHAT_IS_IN, Column("Objective"), Column("Tasks", share=3, roomy=True))
    return Section(
        title, (Table(columns, tuple(_placed_row(plan, tactic, sprint.today) for tactic in sprint.by_value)),)
    )


def _placed_row(plan: Plan, tactic: PlacedTactic, today: date) -> tuple[Words, ...]:
    marks = [*_why_first(tactic), *(["carried"] if tactic.is_carried else [])]
    if tactic.continues:
        marks.append(f"{wording.hours(tactic.continues)} h more go on in the next sprint")
    return (
        words(tactic.title, dim(f" ({', '.join(marks)})" if marks else "")),
        words(wording.score(tactic.value)),
        words(_owners(plan, tactic.tasks)),
        words(wording.hours(tactic.minutes)),
        words(wording.short_date(max(task.due for task in tactic.tasks))),
        names.objective(plan, tactic.tactic, today),
        words("; ".join(_task_in_words(plan, task) for task in tactic.tasks)),
    )


def _why_first(tactic: PlacedTactic | ParkedCandidate) -> list[str]:
    return [mark for mark, is_so in (("must", tactic.tier == "must"), ("pinned", tactic.is_pinned)) if is_so]


def _owners(plan: Plan, tasks: Sequence[PlacedTask]) -> str:
    """Return who does how much of a tactic, in the order in which they begin."""
    minutes: dict[str, int] = {}
    for task in sorted(tasks, key=lambda task: (task.start, task.due, task.task)):
        minutes[task.owner] = minutes.get(task.owner, 0) + task.minutes
    called = short_names(plan)
    if len(minutes) == 1:
        return called[next(iter(minutes))]
    return ", ".join(f"{called[owner]} {wording.hours(own)}" for owner, own in minutes.items())


def _task_in_words(plan: Plan, task: PlacedTask) -> str:
    owner = short_names(plan)[task.owner]
    return f"{task.task}: {owner} {wording.hours(task.minutes)} h, {wording.span(task.start, task.due)}"


def why_empty(plan: Plan, sprint: SprintPlan) -> str:
    """Say why nothing is in a sprint, and what to add."""
    if not plan.tactics:
        return "The backlog is empty: `revplan tactic add` adds one, with a title, a function, an impact and its tasks."
    if not plan.team:
        return "There is no team yet: nobody can do the work. `revplan team add` adds who can."
    return "Nothing fits." if sprint.parked else "Nothing is ready to be planned."


# --- who is how full -----------------------------------------------------------------------------------------------


def _members(plan: Plan, sprint: SprintPlan) -> Section:
    shown = [member for member in sprint.members if member.plannable or member.allocated or member.overload]
    called, load = short_names(plan), _load if _adds_up(sprint) else _exact_load
    bars = tuple(Bar(called[member.member], _taken_minutes(member), member.plannable, load(member)) for member in shown)
    left = Items(tuple(_hours_left(plan, sprint)))
    return Section(words("Who has how much of their plannable hours"), (Bars(bars), *([left] if left.items else [])))


def _hours_left(plan: Plan, sprint: SprintPlan) -> Iterator[Words]:
    """Yield who has half a day or more left, and what of the parking lot they could take."""
    called = short_names(plan)
    idle = [member for member in sprint.members if has_hours_left(member.for_tactics, member.left)]
    able = sorted((member for member in idle if member.could_take), key=lambda member: -member.left)
    for member in able[:_MOST_IDLE]:
        yield words(f"{called[member.member]} could take {_parked_tasks(plan, member.could_take)}")
    if more := able[_MOST_IDLE:]:
        yield words(f"{wording.plural(len(more), 'other')} could take some of what is parked too")
    waiting = [called[member.member] for member in idle if not member.could_take and member.could_do_more]
    if waiting:
        have = wording.verb(len(waiting), "has", "have")
        yield words(f"{wording.list_some(waiting)} {have} time for parked work that lacks something else")
    others = [called[member.member] for member in idle if not member.could_take and not member.could_do_more]
    if others and sprint.parked:
        yield words(f"{wording.list_some(others)} could take nothing of what is parked")
    elif others:
        yield words(
            f"{wording.list_some(others)} {'has' if len(others) == 1 else 'have'} hours left; nothing is parked"
        )


def _parked_tasks(plan: Plan, tasks: Sequence[ParkedTask]) -> str:
    """Return tasks of the parking lot, tactic by tactic; those of all but the first tactics are counted."""
    of: dict[str, list[str]] = {}
    for one in tasks:
        said = f"{names.task(plan, one.tactic, one.task)} ({wording.hours(one.minutes)} h)"
        of.setdefault(one.tactic, []).append(said)
    shown = [f"{' or '.join(of[name])} of {plan.tactics[name].title}" for name in tuple(of)[:_MOST_TACTICS]]
    more = sum(len(own) for own in tuple(of.values())[_MOST_TACTICS:])
    return "; or ".join([*shown, wording.plural(more, "other task")] if more else shown)


_MOST_IDLE = 6
"""Members named who have hours left and could take something, those with the most hours first."""
_MOST_TACTICS = 2
"""Tactics named for each member who has hours left; what is in others is counted, and data formats have all."""


def _adds_up(sprint: SprintPlan) -> bool:
    """Tell whether members' hours to the half hour add up to what they have in all, but for a little."""
    free = sum(member.for_tactics for member in sprint.members)
    rounded = sum((Decimal(wording.about(member.for_tactics)) for member in sprint.members), Decimal(0))
    return abs(rounded * MINUTES_PER_HOUR - free) * _A_LITTLE <= free


_A_LITTLE = 50
"""The part that rounding may be off by: one in so many."""


def _taken_minutes(member: MemberLoad) -> int:
    return member.plannable - member.for_tactics + member.allocated


def _load(member: MemberLoad) -> Words:
    said = wording.done_whole_left(_taken_minutes(member), member.plannable, member.left)
    return _load_in_words(member, said, wording.about)


def _exact_load(member: MemberLoad) -> Words:
    """Return a member's load to the tenth of an hour: of a day or two, halves are too coarse."""
    taken, whole, rest = map(wording.hours, (_taken_minutes(member), member.plannable, member.left))
    return _load_in_words(member, (taken, whole, rest), wording.hours)


def _load_in_words(member: MemberLoad, said: tuple[str, str, str], say: Callable[[int], str]) -> Words:
    recurring = member.taken
    taken, whole, rest_text = said
    figures = f"{taken} of {whole} h"
    standing = dim(f", {say(recurring)} h recurring" if recurring else "")
    if member.overload:
        return words(figures, standing, bad(f", recurring work exceeds it by {say(member.overload)} h"))
    rest = good(", full") if not member.left else words(f", {rest_text} h left")[0]
    return words(figures, rest, standing)


# --- what is parked ------------------------------------------------------------------------------------------------


def _parked_section(plan: Plan, sprint: SprintPlan) -> Section:
    minutes = sum(tactic.minutes for tactic in sprint.parked)
    title = words(f"Parking lot: {wording.plural(len(sprint.parked), 'tactic')}, {wording.about(minutes)} h")
    columns = (
        Column("Tactic", share=2),
        Column("Value", Align.RIGHT),
        Column("h", Align.RIGHT),
        Column("Why", share=3),
    )
    rows = tuple(_parked_row(plan, tactic) for tactic in sprint.musts_first)
    return Section(title, (Table(columns, rows),))


def _parked_row(plan: Plan, tactic: ParkedCandidate) -> tuple[Words, ...]:
    first = ", ".join(_why_first(tactic))
    title = bad(f"{tactic.title} ({first})") if first else tactic.title
    marks = [mark for mark in ("carried" if tactic.is_carried else "", wording.work_so_far(tactic.spent)) if mark]
    return (
        words(title, dim(f" ({'; '.join(marks)})" if marks else "")),
        words(wording.score(tactic.value)),
        words(wording.hours(tactic.minutes)),
        _why(plan, tactic),
    )


def _why(plan: Plan, tactic: ParkedCandidate) -> Words:
    """Say why a tactic is parked, and what would bring it in."""
    way = suggestions.in_words(plan, tactic.brings_in) if tactic.brings_in is not None else ""
    if suggestions.says_what_is_short(tactic.reason, tactic.brings_in):
        return words("; ".join(said for said in (suggestions.why_by_tier(plan, tactic.reason.above), way) if said))
    reason = suggestions.why(plan, tactic.reason)
    return words(warn(reason) if tactic.reason.code == "no-skill" else reason, f"; {way}" if way else "")


def _against_best(plan: Plan, sprint: SprintPlan) -> Section:
    """Return in words how the best plan differs from filling the ranked list from the top."""
    placed = {entry.tactic for entry in sprint.placed}
    best = sprint.best or ()
    besides = [name for name in best if name not in placed]
    without = [entry.tactic for entry in sprint.placed if entry.tactic not in best]
    items = [
        words(f"{label}: ", strong(suggestions.titles(plan, tactics)))
        for label, tactics in (("it has besides", besides), ("it does without", without))
        if tactics
    ]
    title = words("The best plan instead")
    return Section(title, (Items(tuple(items)) if items else Line(words(dim("It has the same tactics."))),))


# --- what did not compete ------------------------------------------------------------------------------------------


def _left_out_section(sprint: SprintPlan) -> Section:
    return Section(
        words(f"Not considered: {len(sprint.left_out):,}"), (Line(words(sprint_tables.left_out_in_words(sprint))),)
    )


# --- every task ----------------------------------------------------------------------------------------------------


def _tasks_of(plan: Plan, member: MemberLoad, own: Iterable[tuple[PlacedTask, PlacedTactic]]) -> Section:
    in_order = sorted(own, key=lambda pair: (pair[0].start, pair[0].due, pair[1].rank, pair[0].task))
    columns = (
        Column("Task", share=2),
        Column("Of", share=3),
        Column("h", Align.RIGHT),
        Column("Start"),
        Column("Due"),
    )
    rows = tuple(
        (
            words(_task_title(plan, tactic.tactic, task.task)),
            words(tactic.title),
            words(wording.hours(task.minutes)),
            words(wording.short_date(task.start)),
            words(wording.short_date(task.due)),
        )
        for task, tactic in in_order
    )
    return Section(words(f"{member.name}: {wording.hours(member.allocated)} h"), (Table(columns, rows),))


def _task_title(plan: Plan, tactic: str, task: str) -> str:
    return plan.tactics[tactic].tasks[task].title or task
