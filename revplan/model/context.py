"""What a rule or a report may look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from revplan.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Context:
    """The plan and the day it is looked at.

    Attributes:
        today: the day that counts as today.
        pinned: whether the plan pins it.
    """

    plan: Plan
    today: date
    pinned: bool = False
