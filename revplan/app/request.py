"""What a user asks of a sprint plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asks of a sprint plan.

    Attributes:
        sprint: the sprint's id; None for the one that is due.
        policy: value for the best plan, rank to fill down the ranked list.
        goal: the sprint's new goal; None to keep the written one.
        drop: tactics to let go that are in the written sprint, also where work on them has begun.
        pins: tactics that must be in, as far as they can be.
        without: members who are away for the whole sprint.
        aside: tactics that do not compete.
    """

    sprint: str | None = None
    policy: Literal["value", "rank"] = "value"
    goal: str | None = None
    drop: tuple[str, ...] = ()
    pins: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
