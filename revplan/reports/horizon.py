"""Several sprints in a row: what each holds, when the parked have their turn, and what never fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.reports import names, suggestions
from revplan.reports.document import Document, Items, Line, Section, Table, dim, strong, warn, words
from revplan.reports.look import look
from revplan.reports.names import short_names
from revplan.reports.sprint_plan import WHAT_IS_IN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from revplan.model.plan import Plan
    from revplan.planning.answer import PlacedTactic, SprintPlan
    from revplan.planning.horizon import Horizon, TooLarge, Waiting
    from revplan.reports.document import Words

SCHEMA = "revplan/horizon/2"


def layout(plan: Plan, found: Horizon) -> Document:
    """Lay out sprints that were planned one after another."""
    first, last = found.sprints[0].period, found.sprints[-1].period
    count = wording.plural(len(found.sprints), "sprint")
    return Document(
        title=f"{plan.settings.company} · {count} · {wording.period(first.start, last.end)}",
        lead=(words("Each is planned as if those before it were carried out as planned. Nothing is written."),),
        sections=tuple(_sections(plan, found)),
        close=(words("Value in all: ", strong(wording.score(found.value))),),
        contract=data(found),
        look=look(plan),
    )


def _sections(plan: Plan, found: Horizon) -> Iterator[Section]:
    for number, sprint in enumerate(found.sprints):
        rows = table(plan, sprint, found.tactics_from_before(number))
        yield Section(title(sprint), (rows if sprint.placed else Line(words(dim("Nothing."))),))
    if found.later:
        items = (words(strong(names.tactic(plan, tactic)), f": {sprint}") for tactic, sprint in found.later)
        yield Section(words(f"Parked in {found.sprints[0].period.id}, placed later"), (Items(tuple(items)),))
    if found.waiting:
        items = (words(strong(each.entry.title), ": ", *why(plan, len(found.sprints), each)) for each in found.waiting)
        yield Section(words("In none of these sprints"), (Items(tuple(items)),))


def title(sprint: SprintPlan) -> Words:
    """Return a planned sprint's totals in one line."""
    allocated = sum(load.allocated for load in sprint.members)
    free = sum(load.for_tactics for load in sprint.members)
    is_open = sprint.policy == "value" and not sprint.proven
    possible = f"up to {wording.score(sprint.bound)} is possible" if sprint.bound > sprint.value else "not proven best"
    return words(
        f"{sprint.period.id}: {wording.plural(len(sprint.placed), 'tactic')}, value {wording.score(sprint.value)}, "
        f"{wording.about(allocated)} of {wording.about(free)} h",
        warn(f"; {possible}") if is_open else "",
    )


def table(plan: Plan, sprint: SprintPlan, going_on: Collection[str] = ()) -> Table:
    """Return a table of a planned sprint's tactics, the most valuable first.

    Args:
        plan: the plan.
        sprint: the sprint.
        going_on: tactics that a sprint before it has begun.
    """
    rows = tuple(
        (
            words(entry.title, dim(_marks(entry, going_on))),
            words(wording.score(entry.value)),
            words(", ".join(owners(plan, entry))),
            words(wording.hours(entry.minutes)),
            words(wording.short_date(max(task.due for task in entry.tasks))),
        )
        for entry in sprint.by_value
    )
    return Table(WHAT_IS_IN, rows)


def _marks(entry: PlacedTactic, going_on: Collection[str]) -> str:
    marks = [mark for mark, is_so in (("must", entry.tier == "must"), ("goes on", entry.tactic in going_on)) if is_so]
    if entry.continues:
        marks.append(f"{wording.hours(entry.continues)} h more go on in the next sprint")
    return f" ({', '.join(marks)})" if marks else ""


def owners(plan: Plan, entry: PlacedTactic) -> tuple[str, ...]:
    """Return who works on a placed tactic, in the order of its tasks."""
    called = short_names(plan)
    return tuple(dict.fromkeys(called[task.owner] for task in entry.tasks))


# --- what never has its turn ---------------------------------------------------------------------------------------


def why(plan: Plan, sprints: int, waiting: Waiting) -> Words:
    """Return in words why none of so many sprints contains a tactic, and which change would place it."""
    if waiting.verdict == "waits":
        return words("would fit, but something worth more comes first each time")
    if waiting.verdict == "cannot":
        deadline = plan.tactics[waiting.entry.tactic].deadline
        if waiting.entry.reason.code == "no-time" and deadline is not None and not waiting.entry.reason.apart:
            return words(f"cannot end by its deadline, {wording.long_date(deadline)}")
        return words(suggestions.why(plan, waiting.entry.reason))
    count = wording.plural(sprints, "sprint")
    which = "this sprint" if sprints == 1 else f"any of these {count}"
    return words(warn(f"too large for {which}, even alone"), f"; {_to_split(plan, waiting)}")


def _to_split(plan: Plan, waiting: Waiting) -> str:
    if waiting.split:
        return f"split {wording.join_names([_task(plan, waiting.entry.tactic, each) for each in waiting.split])}"
    if waiting.short:
        called = short_names(plan)
        lacking = [f"{suggestions.up_to_quarter(minutes)} h {called.get(of, of)}" for of, minutes in waiting.short]
        return f"split it in two: {wording.join_names(lacking)} more than there is"
    if waiting.share is not None:
        return f"split it in two: it exceeds a share by itself ({waiting.share})"
    return "split it in two: its tasks follow each other for longer than a sprint"


def _task(plan: Plan, tactic: str, large: TooLarge) -> str:
    most = "nobody can do it"
    if large.member is not None:
        most = f"{short_names(plan)[large.member]} has {wording.about(large.most)} h at most"
    return f"{names.task(plan, tactic, large.task)} ({wording.hours(large.minutes)} h {large.skill}; {most})"


# --- for programs --------------------------------------------------------------------------------------------------


def data(found: Horizon) -> dict[str, Any]:
    """Return sprints in a row as plain data: hours as decimals, values as whole scores."""
    return {
        "schema": SCHEMA,
        **figures(found),
    }


def figures(found: Horizon) -> dict[str, Any]:
    """Return the same without its schema, for documents with one of their own."""
    return {
        "sprints": [
            _sprint_data(sprint, found.tactics_from_before(number)) for number, sprint in enumerate(found.sprints)
        ],
        "value": wording.as_score(found.value),
        "later": [{"tactic": tactic, "sprint": sprint} for tactic, sprint in found.later],
        "waiting": [_waiting_data(each) for each in found.waiting],
    }


def _sprint_data(sprint: SprintPlan, going_on: Collection[str]) -> dict[str, Any]:
    return {
        "id": sprint.period.id,
        "start": sprint.period.start.isoformat(),
        "end": sprint.period.end.isoformat(),
        "value": wording.as_score(sprint.value),
        "bound": wording.as_score(sprint.bound),
        "proven": sprint.proven,
        "placed": [
            {
                "tactic": entry.tactic,
                "value": wording.as_score(entry.value),
                "hours": wording.as_hours(entry.minutes),
                "due": max(task.due for task in entry.tasks).isoformat(),
                "goes_on": entry.tactic in going_on,
            }
            for entry in sprint.placed
        ],
        "parked": [{"tactic": entry.tactic, "reason": entry.reason.code} for entry in sprint.parked],
    }


def _waiting_data(waiting: Waiting) -> dict[str, Any]:
    return {
        "tactic": waiting.entry.tactic,
        "verdict": waiting.verdict,
        "reason": waiting.entry.reason.code,
        "split": [
            {
                "task": each.task,
                "skill": each.skill,
                "hours": wording.as_hours(each.minutes),
                "member": each.member,
                "most_hours": wording.as_hours(each.most),
            }
            for each in waiting.split
        ],
        "share": waiting.share,
        "short": [{"of": of, "hours": wording.as_hours(minutes)} for of, minutes in waiting.short],
    }
