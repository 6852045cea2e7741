"""What scripts and notebooks use (`import revplan`), and the first step of every command.

Open the plan and know its day.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from revplan.app.checking.validate import validate as _validate
from revplan.app.open import context_of, open_plan
from revplan.app.sprint.plan import Request
from revplan.app.sprint.plan import plan_sprint as _plan_sprint

if TYPE_CHECKING:
    from revplan.app.checking.validate import Validation
    from revplan.model.context import Context
    from revplan.planning.answer import SprintPlan
    from revplan.store.loaded import Loaded


def load(folder: str | Path = ".") -> Loaded:
    """Read the plan that a folder lies in. What is wrong with its text is kept beside it, and never raised.

    >>> import revplan
    >>> loaded = revplan.load("examples/minimal")
    >>> loaded.plan.settings.company
    'Copper Kettle'
    >>> loaded.plan.tactics["call-old-leads"].impact
    7
    >>> loaded.sound
    True

    Raises:
        NoPlanError: there is no plan there.
        UnreadablePlanError: its folder cannot be read.
    """
    return open_plan(None, Path(folder))


def validate(loaded: Loaded, today: date | None = None) -> Validation:
    """Return everything that is wrong with a plan, each finding with its place.

    >>> import revplan
    >>> found = revplan.validate(revplan.load("examples/harbourline"))
    >>> found.has("error")
    False
    >>> {finding.location.file for finding in found.diagnostics if finding.code == "RP310"}
    {'team.yaml'}

    Args:
        loaded: the plan.
        today: the day that counts as today; else the one that the plan pins, else the machine's.
    """
    return _validate(loaded, _context(loaded, today))


def plan_sprint(
    loaded: Loaded,
    sprint: str | None = None,
    *,
    today: date | None = None,
    policy: Literal["value", "rank"] = "value",
) -> SprintPlan:
    """Return the sprint as it would be planned; nothing is written. Times are in minutes, values in thousandths.

    >>> import revplan
    >>> sprint = revplan.plan_sprint(revplan.load("examples/minimal"), "2026-12")
    >>> sprint.value, sprint.proven
    (21000, True)
    >>> [(tactic.tactic, tactic.minutes // 60) for tactic in sprint.placed]
    [('referral-bags', 8), ('call-old-leads', 12), ('tasting-page', 14)]
    >>> [(tactic.tactic, tactic.reason.code) for tactic in sprint.parked]
    [('street-fair', 'budget')]

    Args:
        loaded: the plan.
        sprint: its id; else the one that is due.
        today: as `validate` has it.
        policy: value for the best plan, rank to fill strictly down the ranked list.

    Raises:
        UnknownIdError, SprintError: no sprint can have this id, or it is past or closed.
        UnsoundPlanError: the plan has errors in what planning is computed from.
    """
    return _plan_sprint(loaded, _context(loaded, today), Request(sprint, policy), _tell_nobody)


def _context(loaded: Loaded, today: date | None) -> Context:
    """Return the plan with its day. Like the command line, this is a way in, and may ask the clock."""
    return context_of(loaded, today, datetime.now().astimezone().date())


def _tell_nobody(_step: str) -> None:
    """Nobody waits for progress."""
