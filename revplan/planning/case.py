"""The case of one tactic: what it is worth, where it is, and what would change that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from revplan.analysis.scoring import Ranked
    from revplan.analysis.standing import TacticStanding
    from revplan.planning.answer import ParkedTactic, PlacedTactic, SprintPlan
    from revplan.planning.reasons import LeftOut
    from revplan.planning.ways import Addition, Swap


@dataclass(frozen=True, slots=True)
class Case:
    """Why a tactic is where it is.

    Attributes:
        tactic: its id.
        sprint: the sprint as it is planned.
        ranked: its score and rank; None where it does not compete.
        place: where it is.
        standing: where it stands by the plan and the sprints as they are written, which may be elsewhere.
        swap: the cheapest swap, found by planning the sprint of what is placed with it; None where there is none.
        is_cheapest: whether no swap is cheaper; the search may have ended before that was proven.
        addition: the least found that would have to be added; None where that is not worked out.
        is_taken: whether the best plan, given the addition, would place the tactic; None without one.
    """

    tactic: str
    sprint: SprintPlan
    ranked: Ranked | None
    place: PlacedTactic | ParkedTactic | LeftOut
    standing: TacticStanding
    swap: Swap | None = None
    is_cheapest: bool = False
    addition: Addition | None = None
    is_taken: bool | None = None
