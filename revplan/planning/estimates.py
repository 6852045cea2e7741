"""Estimates by their record: where the plan asks for it, new work is taken to last as such work has lasted."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.analysis.calibration import known_skills
from revplan.model.numbers import half_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.analysis.progress import Progress
    from revplan.model.plan import Plan
    from revplan.model.tactics import Tactic


def by_record(plan: Plan, standing: Mapping[str, Progress]) -> Mapping[str, Progress]:
    """Return the tactics' progress with the minutes that are left as the record of their skills has them.

    Without `calibrate: true` they stay as estimated; so does what has begun, which its owner knows better, and
    what recurs.
    """
    if not plan.settings.sprint.calibrate:
        return standing
    factors = {skill: own.factor for skill, own in known_skills(plan).items()}
    return {name: _by_record(plan.tactics[name], factors, progress) for name, progress in standing.items()}


def estimates(tactic: Tactic, progress: Progress) -> dict[str, int]:
    """Return the backlog's own minutes of the tasks that take others by their record."""
    return {
        name: tactic.tasks[name].work
        for name, minutes in progress.left.items()
        if name not in progress.begun and minutes != tactic.tasks[name].work
    }


def _by_record(tactic: Tactic, factors: Mapping[str, Fraction], progress: Progress) -> Progress:
    if tactic.recurring is not None:
        return progress
    as_estimated = Fraction(1)
    left = {
        name: minutes
        if name in progress.begun
        else _longer(minutes, factors.get(tactic.tasks[name].skill, as_estimated), tactic.tasks[name].people)
        for name, minutes in progress.left.items()
    }
    return replace(progress, left=left)


def _longer(minutes: int, factor: Fraction, people: int) -> int:
    """Return minutes of so many people together by a record: whole minutes for each of them, one at least."""
    return people * max(1, half_up(Fraction(minutes, people) * factor))
