"""Where each tactic stands. Every report takes it from here, so that all reports say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from revplan.analysis.periods import in_order
from revplan.analysis.progress import progress

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from revplan.analysis.progress import Progress
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint
    from revplan.model.tactics import Tactic

    State = Literal["done", "dropped", "recurring", "in-sprint", "idea", "parked", "unfinished", "ready"]

_NO_SPRINT = ""
"""No sprint's id: how far tactics are is asked of all sprints alike."""


class TacticStanding(NamedTuple):
    """The state of a tactic today, by the backlog and the written sprints.

    Attributes:
        state: in-sprint where a sprint that is neither closed nor over has it unfinished; parked where the last
            written sprint could not hold it; unfinished where a sprint that is closed or over left it so.
        sprint: the sprint it is in, was done in or is parked by; None where the state has none.
        due: the last day of work on it in the sprint it is in.
        minutes: the work that is left in it; of a recurring tactic, each time.
    """

    state: State
    sprint: str | None
    due: date | None
    minutes: int

    def __str__(self) -> str:
        match self.state:
            case "in-sprint":
                return f"in sprint {self.sprint}"
            case "done":
                return f"done in {self.sprint}" if self.sprint is not None else "done"
            case _:
                return self.state


def standings(context: Context) -> Mapping[str, TacticStanding]:
    """Return where every tactic stands, by its id."""
    found = progress(context.plan, _NO_SPRINT, context.today)
    last = last_written(context.plan)
    return {name: _standing(tactic, found[name], last) for name, tactic in context.plan.tactics.items()}


def last_written(plan: Plan) -> Sprint | None:
    """Return the written sprint that starts last: its parking lot is the one that counts. None where none is."""
    return next(reversed(in_order(plan)), None)


def is_parked_by(sprint: Sprint, tactic: str) -> bool:
    """Tell whether a written sprint parks a tactic, one that was taken out of it among them."""
    row = sprint.tactics.get(tactic)
    return tactic in sprint.parked and (row is None or row.dropped is not None)


def _standing(tactic: Tactic, way: Progress, last: Sprint | None) -> TacticStanding:
    state = _state(tactic, way, last)
    sprint = {
        "done": way.finished_in,
        "in-sprint": way.open_in,
        "parked": last.id if last is not None else None,
    }.get(state)
    return TacticStanding(
        state, sprint, way.due if state == "in-sprint" else None, way.minutes if state != "done" else 0
    )


def _state(tactic: Tactic, way: Progress, last: Sprint | None) -> State:  # noqa: PLR0911 - one return a state
    if tactic.status == "done" or way.is_done:
        return "done"
    if tactic.status == "dropped":
        return "dropped"
    if tactic.recurring is not None:
        return "recurring"
    if way.open_in is not None:
        return "in-sprint"
    if tactic.status == "idea":
        return "idea"
    if last is not None and is_parked_by(last, tactic.id):
        return "parked"
    return "unfinished" if way.carried else "ready"
