"""What has changed since a sprint was written, and what planning it anew changes in it."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.progress import work_done
from revplan.analysis.scoring import THOUSANDTHS, value
from revplan.reports import names
from revplan.reports.document import Document, Items, Section, bad, good, strong, warn, words
from revplan.reports.look import look
from revplan.wording import as_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint
    from revplan.planning.answer import MovedTask, SprintMoves, SprintPlan, TaskPlace
    from revplan.reports.document import Words


def section(plan: Plan, moves: SprintMoves) -> Section:
    """Return the moves as a section: what moved, what came in, what went out."""
    return Section(words("Against the written sprint"), (Items(tuple(items(plan, moves))),))


def data(moves: SprintMoves) -> list[dict[str, Any]]:
    """Return the moves as plain data."""
    return [
        *(_moved_data(move) for move in moves.moved),
        *({"change": "in", "tactic": name} for name in moves.came_in),
        *({"change": "out", "tactic": name} for name in moves.went_out),
    ]


def items(plan: Plan, moves: SprintMoves) -> Iterator[Words]:
    """Yield the moves: a line for each tactic with tasks that moved, one for what came in and one for what went out."""
    for tactic, own in groupby(moves.moved, key=lambda move: move.tactic):
        yield words(
            "moved: ", strong(names.tactic(plan, tactic)), f": {'; '.join(_describe_move(plan, move) for move in own)}"
        )
    for label, tactics in (("in", moves.came_in), ("out", moves.went_out)):
        if tactics:
            yield words(f"{label}: ", strong("; ".join(_with_work_done(plan, name) for name in tactics)))


def _with_work_done(plan: Plan, tactic: str) -> str:
    mark = wording.work_so_far(work_done(plan, tactic))
    return f"{names.tactic(plan, tactic)} ({mark})" if mark else names.tactic(plan, tactic)


def _describe_move(plan: Plan, move: MovedTask) -> str:
    before, after = move.before, move.after
    whose = ""
    if before.owners != after.owners:
        to = names.members(plan, after.owners)
        whose = f" from {names.members(plan, before.owners)} to {to}" if before.owners else f" to {to}"
    due = f" due {wording.short_date(after.due)}" if after.due is not None else ""
    if before.due is not None and before.due != after.due:
        due += f" instead of {wording.short_date(before.due)}"
    joint = "," if whose and due else ""
    return f"{names.task(plan, move.tactic, move.task)}{whose}{joint}{due}"


def _moved_data(move: MovedTask) -> dict[str, Any]:
    place = {"from": _place(move.before), "to": _place(move.after)}
    return {"change": "moved", "tactic": move.tactic, "task": move.task, **place}


def _place(place: TaskPlace) -> dict[str, Any]:
    return {"owners": list(place.owners), "due": place.due.isoformat() if place.due is not None else None}


SCHEMA = "revplan/sprint-check/1"


def follows(plan: Plan, sprint: Sprint, errors: Sequence[str]) -> Document:
    """Lay out that the written sprint follows from the plan, with the sprint's own errors."""
    return Document(
        title=names.sprint(plan, sprint.id),
        lead=(words(good("The written sprint follows from the plan.")),),
        sections=tuple(_wrong(errors)),
        close=(words(_way_out(sprint, is_same=False)),) if errors else (),
        data=_data(plan, sprint, None, errors),
        look=look(plan),
    )


def _wrong(errors: Sequence[str]) -> Iterator[Section]:
    if errors:
        yield Section(words(bad("The written sprint has errors")), (Items(tuple(map(words, errors))),))


def differs(plan: Plan, sprint: Sprint, now: SprintPlan, errors: Sequence[str]) -> Document:
    """Lay out how a new plan differs from the written sprint, with the sprint's own errors."""
    changed = tuple(_changed_inputs(plan, sprint, now))
    return Document(
        title=names.sprint(plan, sprint.id),
        lead=(words(warn("The written sprint no longer follows from the plan.")),),
        sections=(
            *_wrong(errors),
            *((section(plan, now.moves),) if now.moves else ()),
            *((Section(words("Figures"), (Items(changed),)),) if changed else ()),
        ),
        close=(words(_way_out(sprint, is_same=not now.moves)),),
        data=_data(plan, sprint, now, errors),
        look=look(plan),
    )


def _way_out(sprint: Sprint, *, is_same: bool) -> str:
    same = "Its tactics, owners and days are still the same. " if is_same else ""
    return f"{same}`revplan sprint plan {sprint.id} --write` writes it anew."


def _changed_inputs(plan: Plan, sprint: Sprint, now: SprintPlan) -> Iterator[Words]:
    if sprint.plan is not None:
        done = _value_done(plan, sprint, now)
        before = int(sprint.plan.value * THOUSANDTHS) - done
        since = f", and {wording.score(done)} is done since" if done else ""
        if before != now.value:
            yield words(f"value {wording.score(now.value)} instead of {wording.score(before)}{since}")
    if sprint.status == "active":
        return
    plannable = {load.member: load.whole_plannable for load in now.members if load.whole_plannable}
    for name in sorted(plannable.keys() | sprint.capacity.keys()):
        before_minutes, minutes = sprint.capacity.get(name, 0), plannable.get(name, 0)
        if before_minutes != minutes:
            figures = f"{wording.hours(minutes)} h instead of {wording.hours(before_minutes)} h"
            yield words(f"{names.member(plan, name)}: {figures} plannable")


def _value_done(plan: Plan, sprint: Sprint, now: SprintPlan) -> int:
    """Return what the written value holds of tactics that are done since, in thousandths: no plan is worth that again.

    A sprint that was planned on the day on which a tactic was done may have been so before or after: whichever comes
    nearer to what was written.
    """
    assert sprint.plan is not None
    written = int(sprint.plan.value * THOUSANDTHS)
    rows = {name: row for name, row in sprint.tactics.items() if row.dropped is None and name in plan.tactics}
    worth = {name: value(plan, plan.tactics[name], now.today) for name in rows}
    done = rows.keys() & {entry.tactic for entry in now.left_out if entry.why == "done"}
    still_open = sum(worth[name] for name in rows.keys() - done)
    ends = {
        name: max((task.done for task in rows[name].tasks.values() if task.done is not None), default=sprint.plan.on)
        for name in done
    }
    after = sum(worth[name] for name in done if ends[name] > sprint.plan.on)
    that_day = sum(worth[name] for name in done if ends[name] == sprint.plan.on)
    return min(after, after + that_day, key=lambda sum_done: abs(written - still_open - sum_done))


def _data(plan: Plan, sprint: Sprint, now: SprintPlan | None, errors: Sequence[str]) -> dict[str, Any]:
    done = _value_done(plan, sprint, now) if now is not None and sprint.plan is not None else 0
    return {
        "schema": SCHEMA,
        "sprint": sprint.id,
        "follows": now is None,
        "written_value": as_number(sprint.plan.value) if sprint.plan is not None else None,
        "value": as_number(Decimal(now.value) / THOUSANDTHS) if now is not None else None,
        "done_value": as_number(Decimal(done) / THOUSANDTHS),
        "errors": list(errors),
        "moves": data(now.moves) if now is not None else [],
    }
