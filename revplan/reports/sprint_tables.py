"""Tables and sentences of a sprint that several screens show."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from revplan import wording
from revplan.analysis.outcome import velocity as team_velocity
from revplan.reports import names
from revplan.reports.document import Align, Column, Document, Section, Table, bad, dim, good, strong, words
from revplan.wording import as_hours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from revplan.analysis.capacity import Reserve
    from revplan.analysis.commitment import Commitment
    from revplan.analysis.outcome import Figures, Outcome, TacticOutcome
    from revplan.analysis.workload import LoggedWork
    from revplan.model.plan import Plan
    from revplan.planning.answer import SprintPlan
    from revplan.reports.document import Run, Words

_FIGURES = (
    Column("Committed h", Align.RIGHT),
    Column("Planned h", Align.RIGHT),
    Column("Spent h", Align.RIGHT),
    Column("Left h", Align.RIGHT),
)


def reserve(found: Reserve | None) -> Words | None:
    """Say what is left of a reserve that planned or unforeseen work may take; None where no such work takes any."""
    if found is None or not (found.is_used or found.unforeseen):
        return None
    whole, left = wording.hours(found.minutes), wording.hours(found.left)
    said = [f"of which unforeseen work takes {wording.hours(found.unforeseen)} h"] if found.unforeseen else []
    said += ["which planned work may take"] if found.is_used else []
    return words(f"Reserve: {whole} h, {' and '.join(said)}; {left} h of it are left.")


def instalments(plan: Plan, sprint: SprintPlan) -> Iterator[Words]:
    """Say what the sprint pays, where some of it is by instalments, and what sprints after it will have to pay."""
    say = plan.settings.currency.say_cents
    later: dict[str, int] = {}
    for month, cents in (due for tactic in sprint.placed for due in tactic.later):
        later[str(month)] = later.get(str(month), 0) + cents
    if not later and not sprint.committed:
        return
    own = sprint.committed + sprint.finished + sum(tactic.cost for tactic in sprint.placed)
    limit = plan.settings.sprint.budget
    said = f"Cash: {say(own)}" + (f" of {plan.settings.currency.say(limit)}" if limit is not None else "")
    begun = f", {say(sprint.committed)} of it instalments for what has begun" if sprint.committed else ""
    months = wording.join_names([f"{say(cents)} in {month}" for month, cents in sorted(later.items())])
    yield words(f"{said}{begun}.", f" Instalments to come: {months}." if later else "")


def reserve_data(found: Reserve | None) -> dict[str, Any] | None:
    """Return a reserve as plain data, in hours."""
    if found is None:
        return None
    return {
        "hours": as_hours(found.minutes),
        "left": as_hours(found.left),
        "used": found.is_used,
        "unforeseen": as_hours(found.unforeseen),
    }


def by_tactic(plan: Plan, outcome: Outcome) -> Section:
    """Return planned against actual by tactic."""
    columns = (Column("Tactic", share=3), Column("Came in"), *_FIGURES, Column("Stands", share=2))
    rows = tuple(
        (
            words(names.tactic(plan, entry.tactic)),
            words(entry.origin),
            *_cells(entry.figures),
            words(_stands(entry)),
        )
        for entry in outcome.tactics
    )
    return Section(words("By tactic"), (Table(columns, rows),))


def by_member(plan: Plan, outcome: Outcome) -> Section:
    """Return planned against actual by member."""
    named = [(names.member(plan, name), figures) for name, figures in outcome.members]
    return _by("member", named)


def by_skill(outcome: Outcome) -> Section:
    """Return planned against actual by skill."""
    return _by("skill", outcome.skills)


def data(outcome: Outcome) -> dict[str, Any]:
    """Return planned against actual as plain data; what was not logged is null."""
    return {
        "total": _data(outcome.total),
        "commitment": commitment_data(outcome.commitment),
        "tactics": [
            {
                "tactic": entry.tactic,
                "origin": entry.origin,
                "dropped": entry.dropped.isoformat() if entry.dropped is not None else None,
                "stands": entry.fate,
                **_data(entry.figures),
            }
            for entry in outcome.tactics
        ],
        "members": [{"member": name, **_data(figures)} for name, figures in outcome.members],
        "skills": [{"skill": name, **_data(figures)} for name, figures in outcome.skills],
        "recurring": [{"tactic": name, **_data(figures)} for name, figures in outcome.recurring],
    }


def commitment(found: Commitment) -> Words:
    """Return the first commitment in words, and what changed since."""
    since = [
        f"{wording.hours(minutes)} h {what}"
        for minutes, what in ((found.added, "added"), (found.dropped, "dropped"))
        if minutes
    ]
    if found.re_estimated:
        way = "up" if found.re_estimated > 0 else "down"
        since.append(f"estimates {way} by {wording.hours(abs(found.re_estimated))} h")
    if found.continued:
        since.append(f"{wording.hours(found.continued)} h moved on to the next sprint")
    committed = strong(f"{wording.hours(found.committed)} h committed")
    if not since:
        return words(committed, " at the start, and nothing changed since.")
    return words(
        committed, f" at the start; since then {wording.join_names(since)}: {wording.hours(found.planned)} h now."
    )


def velocity(plan: Plan) -> Iterator[Words]:
    """Yield what the last closed sprints got done, in a sentence; nothing where none is closed."""
    found = team_velocity(plan)
    if found is None:
        return
    size = strong(f"{wording.about(found.minutes)} h")
    each = [f"{sprint} {wording.about(minutes)} h" for sprint, minutes in found.sprints]
    if len(each) == 1:
        yield words(
            "Velocity: ", size, f" of planned work done in {found.sprints[0][0]}, the one sprint that is closed."
        )
    else:
        yield words("Velocity: ", size, f" of planned work done in a sprint, the median of {wording.join_names(each)}.")


def velocity_data(plan: Plan) -> dict[str, Any] | None:
    """Return what the last closed sprints got done as plain data; None where none is closed."""
    found = team_velocity(plan)
    if found is None:
        return None
    return {
        "hours": as_hours(found.minutes),
        "sprints": {sprint: as_hours(minutes) for sprint, minutes in found.sprints},
    }


def changes(plan: Plan, found: Commitment) -> Iterator[Section]:
    """Yield a table of what changed since the start, day by day; nothing where nothing did."""
    steps = [step for step in found.steps if step.kind != "committed"]
    if not steps:
        return
    columns = (Column("Day"), Column("What"), Column("Task", share=2), Column("h", Align.RIGHT))
    rows = tuple(
        (
            words(wording.short_date(step.day) if step.day is not None else dim(wording.MISSING)),
            words(step.kind),
            words(f"{names.task(plan, step.tactic, step.task)} ({names.tactic(plan, step.tactic)})"),
            words(f"{'+' if step.minutes > 0 else '−'}{wording.hours(abs(step.minutes))}"),
        )
        for step in steps
    )
    title = words(f"Changed since the start: {wording.plural(len(rows), 'task')}")
    yield Section(title, (Table(columns, rows),))


def log_sections(plan: Plan, work: Sequence[LoggedWork], when: str = "") -> Iterator[Section]:
    """Yield a table of hours worked, by day, person and task; nothing where there are none. `when` ends the title."""
    if not work:
        return
    columns = (Column("Day"), Column("Who"), Column("Task", share=1), Column("h", Align.RIGHT))
    rows = tuple(
        (
            words(wording.short_date(one.day)),
            words(names.member(plan, one.member)),
            words(one.on),
            words(wording.hours(one.minutes)),
        )
        for one in work
    )
    total = wording.hours(sum(one.minutes for one in work))
    yield Section(words(f"Logged{when}: {total} h"), (Table(columns, rows),))


def log_data(work: Sequence[LoggedWork]) -> list[dict[str, Any]]:
    """Return hours worked as plain data."""
    return [
        {"task": one.on, "member": one.member, "day": one.day.isoformat(), "hours": as_hours(one.minutes)}
        for one in work
    ]


def recurring(plan: Plan, outcome: Outcome) -> Iterator[Section]:
    """Yield planned against logged hours of recurring tactics; nothing where there are none."""
    if outcome.recurring:
        columns = (Column("Tactic", share=1), Column("Planned h", Align.RIGHT), Column("Spent h", Align.RIGHT))
        rows = tuple(
            (words(names.tactic(plan, name)), words(wording.hours(figures.planned)), words(spent_cell(figures)))
            for name, figures in outcome.recurring
        )
        yield Section(words("Recurring work"), (Table(columns, rows),))


def commitment_data(found: Commitment) -> dict[str, Any]:
    """Return the first commitment and its changes as plain data, in hours."""
    return {
        "committed_hours": as_hours(found.committed),
        "added_hours": as_hours(found.added),
        "dropped_hours": as_hours(found.dropped),
        "re_estimated_hours": as_hours(found.re_estimated),
        "continued_hours": as_hours(found.continued),
        "planned_hours": as_hours(found.planned),
        "changes": [
            {
                "day": step.day.isoformat() if step.day is not None else None,
                "change": step.kind,
                "task": f"{step.tactic}/{step.task}",
                "hours": as_hours(step.minutes),
            }
            for step in found.steps
            if step.kind != "committed"
        ],
    }


def spent_cell(figures: Figures) -> str:
    """Return the hours spent; `–` where none were logged."""
    return wording.hours(figures.spent) if figures.spent is not None else wording.MISSING


def _by(what: str, rows: Sequence[tuple[str, Figures]]) -> Section:
    columns = (Column(what.capitalize(), share=1), *_FIGURES)
    table = Table(columns, tuple((words(name), *_cells(figures)) for name, figures in rows))
    return Section(words(f"By {what}"), (table,))


def _cells(figures: Figures) -> tuple[Words, ...]:
    over = figures.spent is not None and figures.spent + figures.left > figures.planned
    spent_hours = bad(spent_cell(figures)) if over and figures.planned else spent_cell(figures)
    return (
        words(wording.hours(figures.committed)),
        words(wording.hours(figures.planned)),
        words(spent_hours),
        words(wording.hours(figures.left)),
    )


def _stands(entry: TacticOutcome) -> Run | str:
    if entry.fate == "dropped":
        return dim(f"dropped {wording.short_date(entry.dropped)}" if entry.dropped is not None else "dropped")
    if entry.fate == "done":
        return good("done")
    on = f"; {wording.hours(entry.figures.continues)} h go on" if entry.figures.continues else ""
    return f"{entry.done} of {entry.tasks} done{on}" if entry.fate == "begun" else dim(f"not begun{on}")


def _data(figures: Figures) -> dict[str, Any]:
    logged = as_hours(figures.spent) if figures.spent is not None else None
    return {
        "committed_hours": as_hours(figures.committed),
        "planned_hours": as_hours(figures.planned),
        "spent_hours": logged,
        "left_hours": as_hours(figures.left),
        "continues_hours": as_hours(figures.continues),
    }


SCHEMA = "revplan/sprint-log/2"


class Logged(NamedTuple):
    """An entry in a sprint's log and where its task stands then, in minutes.

    Attributes:
        member: who worked; None where no hours were logged.
        minutes: logged by this entry; negative where they were taken back.
        left: None where that follows from the hours planned.
        status: of the task; None for recurring work.
        waits_for: unfinished tasks that this one follows, as `tactic/task`.
    """

    sprint: str
    task: str
    day: date
    member: str | None
    minutes: int
    planned: int
    spent: int
    left: int | None
    status: str | None
    waits_for: tuple[str, ...] = ()


def sentence(plan: Plan, logged: Logged) -> str:
    """Return the state of a task. Hours left that somebody stated take precedence over planned less spent."""
    spent = f"{wording.hours(logged.spent)} h spent" if logged.spent else "no hours logged"
    so_far = f"{logged.task}: {_entry(plan, logged)}{spent} of {wording.hours(logged.planned)} h planned"
    if logged.status is None:
        return so_far
    if logged.status == "done":
        return f"{so_far}, done"
    still = max(0, logged.planned - logged.spent) if logged.left is None else logged.left
    end = "" if still else "; is it done? Then log it with --done"
    return f"{so_far}, {wording.hours(still)} h left{end}"


def layout(plan: Plan, logged: Logged) -> Document:
    """Lay out an entry for a page or a program."""
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "sprint": logged.sprint,
        "task": logged.task,
        "day": logged.day.isoformat(),
        "member": logged.member,
        "hours": as_hours(logged.minutes),
        "planned_hours": as_hours(logged.planned),
        "spent_hours": as_hours(logged.spent),
        "left_hours": as_hours(logged.left) if logged.left is not None else None,
        "status": logged.status,
        "waits_for": list(logged.waits_for),
    }
    title = names.sprint(plan, logged.sprint)
    return Document(title=title, lead=(words(sentence(plan, logged)),), sections=(), data=data)


def _entry(plan: Plan, logged: Logged) -> str:
    """Return whose hours were logged on which day."""
    if logged.member is None or not logged.minutes:
        return ""
    what = "logged for" if logged.minutes > 0 else "taken back from"
    size = wording.hours(abs(logged.minutes))
    on = f" on {wording.short_date(logged.day)}" if logged.minutes > 0 else ""
    return f"{size} h {what} {names.member(plan, logged.member)}{on}; "


LEFT_OUT_WORDS = {
    "idea": "still an idea",
    "dropped": "dropped",
    "aside": "set aside for this sprint",
    "not-before": "not to start yet",
    "blocked-by": "waiting for what is not to be planned",
    "done": "done",
    "in-sprint": "in another sprint",
    "recurring": "recurring, taken off the hours first",
}
"""What is said of a tactic that does not compete, by the reason's word."""


def left_out_in_words(sprint: SprintPlan) -> str:
    """Say how many tactics did not compete for a sprint, and why."""
    counts = Counter(tactic.why for tactic in sprint.left_out)
    unmet = (
        f"pinned all the same: {entry.tactic} ({LEFT_OUT_WORDS[entry.why]})"
        for entry in sprint.left_out
        if entry.tactic in sprint.pins and entry.why != "done"
    )
    return "; ".join((*(f"{count} {LEFT_OUT_WORDS[why]}" for why, count in sorted(counts.items())), *unmet))
