"""The public API for scripts and notebooks (`import revplan`)."""

from __future__ import annotations

import time
from datetime import date
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
    """Read the plan that contains a folder. Faults of its text become findings and are never raised.

    >>> import revplan
    >>> loaded = revplan.load("examples/minimal")
    >>> loaded.plan.settings.company
    'Copper Kettle'
    >>> loaded.plan.tactics["call-old-leads"].impact
    7
    >>> loaded.is_faultless
    True

    Raises:
        NoPlanError: the folder is in no plan.
        UnreadablePlanError: the plan's folder cannot be read.
    """
    return open_plan(None, Path(folder))


def validate(loaded: Loaded, today: date | None = None) -> Validation:
    """Return every finding about a plan, with its location.

    >>> import revplan
    >>> found = revplan.validate(revplan.load("examples/harbourline"))
    >>> found.has("error")
    False
    >>> {finding.location.file for finding in found.diagnostics if finding.code == "RP310"}
    {'team.yaml'}

    Args:
        loaded: the plan.
        today: the day to use as today; None for the day that the plan sets, or else the machine's day.
    """
    return _validate(loaded, _context(loaded, today))


def plan_sprint(
    loaded: Loaded,
    sprint: str | None = None,
    *,
    today: date | None = None,
    policy: Literal["value", "rank"] = "value",
) -> SprintPlan:
    """Plan a sprint and return the plan. Nothing is written. Times are in minutes, values in thousandths.

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
        sprint: the sprint's id; None for the sprint that is due.
        today: the day to use as today, as for `validate`.
        policy: `value` for the plan of greatest value, `rank` to fill strictly down the ranked list.

    Raises:
        UnknownIdError: no sprint can have this id.
        SprintError: the sprint is past or closed.
        UnsoundPlanError: the plan has errors in data that planning uses.
    """
    return _plan_sprint(loaded, _context(loaded, today), Request(sprint, policy), _ignore_progress)


def _context(loaded: Loaded, today: date | None) -> Context:
    """Return the plan with its day. Like the command line, the public API may ask the clock."""
    return context_of(loaded, today, date(*time.localtime()[:3]))


def _ignore_progress(_step: str) -> None:
    """Ignore a progress message."""
