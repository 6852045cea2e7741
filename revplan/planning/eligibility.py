"""The tactics that do not compete for the sprint, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.explain.claims import LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from revplan.planning.situation import Situation

NEVER_COMPLETE = frozenset(("idea", "dropped", "aside", "not-before", "blocked-by", "recurring"))
"""Left out so that what requires them has to wait as well."""


def ineligible(situation: Situation) -> dict[str, LeftOut]:
    """Return what does not compete, by tactic."""
    found = {}
    for name in situation.plan.tactics:
        entry = _of_itself(situation, name)
        if entry is not None:
            found[name] = entry
    return dict(sorted(_with_followers(situation, found).items()))


def is_finished(situation: Situation, tactic: str) -> bool:
    """Tell whether the tactic is done, in a sprint or outside any."""
    return situation.plan.tactics[tactic].status == "done" or situation.progress[tactic].is_done


def _of_itself(situation: Situation, name: str) -> LeftOut | None:
    tactic, progress = situation.plan.tactics[name], situation.progress[name]
    if is_finished(situation, name):
        return LeftOut(name, "done", (progress.finished_in,) if progress.finished_in else ())
    if tactic.status == "idea":
        return LeftOut(name, "idea")
    is_aside = name in situation.aside
    if tactic.status == "dropped" or situation.is_dropped(name) or is_aside:
        return LeftOut(name, "aside" if is_aside else "dropped")
    if tactic.recurring is not None:
        return LeftOut(name, "recurring")
    if progress.open_in is not None:
        return LeftOut(name, "in-sprint", (progress.open_in,))
    waits = any(day > situation.period.end for day in _first_days(situation, name))
    return LeftOut(name, "not-before") if waits and not situation.is_kept(name) else None


def _first_days(situation: Situation, name: str) -> Iterator[date]:
    """Yield the days before which the tactic cannot start, or cannot be complete where it takes one sprint."""
    tactic = situation.plan.tactics[name]
    if tactic.not_before is not None:
        yield tactic.not_before
    if tactic.over == 1:
        days = (tactic.tasks[task].not_before for task in situation.progress[name].left)
        yield from (day for day in days if day is not None)


def _with_followers(situation: Situation, found: dict[str, LeftOut]) -> dict[str, LeftOut]:
    """Leave out, too, whatever requires something that cannot be complete in this sprint."""
    followers: dict[str, list[str]] = {}
    for name, tactic in situation.plan.tactics.items():
        for required in tactic.requires:
            followers.setdefault(required, []).append(name)
    waiting = [name for name, entry in found.items() if entry.why in NEVER_COMPLETE]
    for blocker in waiting:
        for name in followers.get(blocker, ()):
            if name not in found and not situation.is_kept(name):
                found[name] = LeftOut(name, "blocked-by")
                waiting.append(name)
    return {name: _naming_blockers(situation, found, entry) for name, entry in found.items()}


def _naming_blockers(situation: Situation, found: dict[str, LeftOut], entry: LeftOut) -> LeftOut:
    if entry.why != "blocked-by":
        return entry
    requires = situation.plan.tactics[entry.tactic].requires
    blockers = {name for name in requires if name in found and found[name].why in NEVER_COMPLETE}
    return LeftOut(entry.tactic, "blocked-by", tuple(sorted(blockers)))
