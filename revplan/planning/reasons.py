"""Why a tactic is not in the sprint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from revplan.model.sprints import ReasonWord  # noqa: TC001 - part of the public signature, read by dataclass tools

LeftOutWord = Literal["idea", "dropped", "not-before", "blocked-by", "done", "in-sprint", "recurring"]


@dataclass(frozen=True, slots=True)
class Short:
    """What is lacking.

    Attributes:
        kind: hours or cash.
        of: the skill, member, share or budget line it is short of.
        at_least: minutes or cents; with less than this the tactic cannot be placed beside the others.
    """

    kind: Literal["hours", "cash"]
    of: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a tactic is parked.

    Attributes:
        code: the reason's word.
        short: what is lacking, sorted; where there are several, so much in all. Empty where it is not worked out.
        blockers: tactics that stand in the way, sorted; where hours are short, all the others do, and none is named.
    """

    code: ReasonWord
    short: tuple[Short, ...] = ()
    blockers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A tactic that does not compete for the sprint.

    Attributes:
        tactic: its id.
        why: the reason's word.
        of: the tactics it waits for, or the sprint it is in.
    """

    tactic: str
    why: LeftOutWord
    of: tuple[str, ...] = ()
