"""What must be sound before a plan is planned with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan import rules
from revplan.app.ignores import apply_overrides
from revplan.diagnostics import CODES, REFERENCE_CODES, Severity
from revplan.errors import UnsoundPlanError
from revplan.phrases import plural
from revplan.store.place import locate

if TYPE_CHECKING:
    from revplan.diagnostics import Diagnostic, Problem
    from revplan.model.context import Context
    from revplan.store.loaded import Loaded

_ALWAYS = frozenset(code.code for code in REFERENCE_CODES)
_STOPPING = tuple(code for code in CODES if code.severity is Severity.ERROR)
_INPUTS = frozenset(("revplan", "member", "tactic", "objective", "client", "budget-line", "sprint"))
"""Kinds that the planning of a sprint is computed from."""


class UnsoundError(UnsoundPlanError):
    """The plan has errors that stop the planning.

    Attributes:
        diagnostics: these errors, with their places.
    """

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        count = plural(len(diagnostics), "error")
        super().__init__(f"the plan has {count}, and only a sound plan can be planned with")
        self.diagnostics = diagnostics


def check_preconditions(loaded: Loaded, context: Context, sprint_id: str) -> None:
    """Refuse a plan with errors of text, shape or reference, or with others in what planning is computed from.

    What is wrong with the sprint that is being planned never stops it: planning mends that.

    Raises:
        UnsoundError: with these errors.
    """
    stopping = [loaded.at(problem) for problem in rules.check(context, _STOPPING) if _stops(problem, sprint_id)]
    findings = (*loaded.findings, *stopping)
    errors = [found for found in apply_overrides(loaded, locate(loaded, findings)) if found.severity is Severity.ERROR]
    if errors:
        raise UnsoundError(tuple(errors))


def sprint_errors(loaded: Loaded, context: Context, sprint_id: str) -> tuple[Diagnostic, ...]:
    """Return the errors of a written sprint itself, which planning it anew mends."""
    own = [problem for problem in rules.check(context, _STOPPING) if _is_of(problem, sprint_id)]
    found = apply_overrides(loaded, locate(loaded, [loaded.at(problem) for problem in own]))
    return tuple(error for error in found if error.severity is Severity.ERROR)


def _stops(problem: Problem, sprint_id: str) -> bool:
    if problem.code in _ALWAYS:
        return True
    return problem.ref.kind in _INPUTS and not _is_of(problem, sprint_id)


def _is_of(problem: Problem, sprint_id: str) -> bool:
    return problem.ref.kind == "sprint" and problem.ref.id == sprint_id
