"""What would bring a parked tactic in: others leave for it, or hours, cash or days are added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - part of the public signature, read by dataclass tools


@dataclass(frozen=True, slots=True)
class Swap:
    """Others leave for it.

    Attributes:
        out: the tactics that leave, sorted.
        value_change: of the whole sprint, in thousandths of a score point; below 0 where the swap costs value.
        together: parked tactics that come in with it because it requires them, sorted.
    """

    out: tuple[str, ...]
    value_change: int
    together: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Addition:
    """Something is added, and nothing leaves.

    Attributes:
        hours: (skill, or member where one is named, minutes): work on its tasks that others do, or that those who
            have the skill do beyond their hours, in the days of these tasks.
        cash: (budget line or `sprint`, cents): beyond what may be spent.
        deadline: the day by which it can end; None where that is not what it takes.
        together: parked tactics that come in with it because it requires them, sorted.
        work: (tactic, task, minutes): which work the hours are.
    """

    hours: tuple[tuple[str, int], ...] = ()
    cash: tuple[tuple[str, int], ...] = ()
    deadline: date | None = None
    together: tuple[str, ...] = ()
    work: tuple[tuple[str, str, int], ...] = ()


Way = Swap | Addition
"""One change that would bring a tactic in, verified by a plan that holds it."""
