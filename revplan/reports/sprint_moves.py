"""What planning a written sprint anew changes in it, in words and as plain data."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from revplan import phrases
from revplan.analysis.progress import work_done
from revplan.reports import names
from revplan.reports.document import Items, Section, strong, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.plan import Plan
    from revplan.planning.answer import Moved, Moves, Place
    from revplan.reports.document import Words


def section(plan: Plan, moves: Moves) -> Section:
    """Return the moves as a section: what moved, what came in, what went out."""
    return Section(words("Against the written sprint"), (Items(tuple(items(plan, moves))),))


def data(moves: Moves) -> list[dict[str, Any]]:
    """Return the moves as plain data."""
    return [
        *(_moved_data(move) for move in moves.moved),
        *({"change": "in", "tactic": name} for name in moves.came_in),
        *({"change": "out", "tactic": name} for name in moves.went_out),
    ]


def items(plan: Plan, moves: Moves) -> Iterator[Words]:
    """Yield the moves: a line for each tactic with tasks that moved, one for what came in and one for what went out."""
    for tactic, own in groupby(moves.moved, key=lambda move: move.tactic):
        yield words(
            "moved: ", strong(names.tactic(plan, tactic)), f": {'; '.join(_describe_move(plan, move) for move in own)}"
        )
    for label, tactics in (("in", moves.came_in), ("out", moves.went_out)):
        if tactics:
            yield words(f"{label}: ", strong("; ".join(_with_work_done(plan, name) for name in tactics)))


def _with_work_done(plan: Plan, tactic: str) -> str:
    mark = phrases.spent_so_far(work_done(plan, tactic))
    return f"{names.tactic(plan, tactic)} ({mark})" if mark else names.tactic(plan, tactic)


def _describe_move(plan: Plan, move: Moved) -> str:
    before, after = move.before, move.after
    whose = ""
    if before.owners != after.owners:
        to = names.members(plan, after.owners)
        whose = f" from {names.members(plan, before.owners)} to {to}" if before.owners else f" to {to}"
    due = f" due {phrases.short_date(after.due)}" if after.due is not None else ""
    if before.due is not None and before.due != after.due:
        due += f" instead of {phrases.short_date(before.due)}"
    joint = "," if whose and due else ""
    return f"{names.task(plan, move.tactic, move.task)}{whose}{joint}{due}"


def _moved_data(move: Moved) -> dict[str, Any]:
    place = {"from": _place(move.before), "to": _place(move.after)}
    return {"change": "moved", "tactic": move.tactic, "task": move.task, **place}


def _place(place: Place) -> dict[str, Any]:
    return {"owners": list(place.owners), "due": place.due.isoformat() if place.due is not None else None}
