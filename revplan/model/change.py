"""Intended edits of the plan's text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from revplan.model.base import Ref

Data = str | list["Data"] | dict[str, "Data"] | None
"""Plain data as it stands in a plan file: scalars are text."""


@dataclass(frozen=True, slots=True)
class Change:
    """Set the place to the value, creating it where it is new; a value of None removes it.

    Attributes:
        file: where a new entity goes, relative to the plan; None to leave that to the store.
    """

    ref: Ref
    value: Data
    file: str | None = None
