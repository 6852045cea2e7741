"""Refuses to plan a sprint of a plan that has errors in what planning uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan import rules
from revplan.app.checking.validate import apply_overrides
from revplan.diagnostics import REFERENCE_CODES, Severity
from revplan.errors import UnsoundPlanError
from revplan.model.base import Ref
from revplan.store.yaml.spans import locate
from revplan.wording import plural

if TYPE_CHECKING:
    from revplan.diagnostics import Diagnostic, Finding
    from revplan.model.context import Context
    from revplan.store.loaded import Loaded

_ALWAYS = frozenset(code.code for code in REFERENCE_CODES)
_INPUTS = frozenset(("revplan", "member", "tactic", "objective", "client", "budget-line", "sprint"))
"""Kinds whose data planning uses."""


class UnsoundError(UnsoundPlanError):
    """The plan has errors that prevent planning.

    Attributes:
        diagnostics: the errors with their locations.
    """

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        count = plural(len(diagnostics), "error")
        super().__init__(f"the plan has {count}, and only a sound plan can be planned with")
        self.diagnostics = diagnostics


def check_preconditions(loaded: Loaded, context: Context, sprint_id: str) -> None:
    """Refuse a plan with errors of text, shape or reference, or with other errors in data that planning uses.

    Errors of the sprint that is being planned are allowed, because planning replaces that sprint.

    Raises:
        UnsoundError: the plan has such errors.
    """
    stopping = (found for found in rules.check_errors(context) if _stops(found, sprint_id))
    findings = (*loaded.findings, *stopping)
    errors = [found for found in apply_overrides(loaded, locate(loaded, findings)) if found.severity is Severity.ERROR]
    if errors:
        raise UnsoundError(tuple(errors))


def sprint_errors(loaded: Loaded, context: Context, sprint_id: str) -> tuple[Diagnostic, ...]:
    """Return the errors of a written sprint itself. Planning the sprint again removes these errors."""
    own = (found for found in rules.check_errors(context) if _is_of(found, sprint_id))
    found = apply_overrides(loaded, locate(loaded, own))
    return tuple(error for error in found if error.severity is Severity.ERROR)


def _stops(found: Finding, sprint_id: str) -> bool:
    if found.code in _ALWAYS:
        return True
    return isinstance(found.place, Ref) and found.place.kind in _INPUTS and not _is_of(found, sprint_id)


def _is_of(found: Finding, sprint_id: str) -> bool:
    return isinstance(found.place, Ref) and (found.place.kind, found.place.id) == ("sprint", sprint_id)
