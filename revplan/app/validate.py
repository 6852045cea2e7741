"""`revplan validate`: everything that is wrong with a plan, in one run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan import rules
from revplan.app.ignores import judged, misnamed
from revplan.store.place import locate

if TYPE_CHECKING:
    from revplan.diagnostics import Diagnostic, Severity
    from revplan.model.context import Context
    from revplan.store.loaded import Loaded


@dataclass(frozen=True, slots=True)
class Validation:
    """What was found.

    Attributes:
        diagnostics: sorted by file, line, column and code.
        files: how many files the plan has.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: int

    def has(self, *severities: Severity) -> bool:
        """Tell whether anything of these severities was found."""
        return any(diagnostic.severity in severities for diagnostic in self.diagnostics)


def validate(loaded: Loaded, context: Context) -> Validation:
    """Check a plan that has been read, give every finding its place, and heed what the plan says of findings."""
    problems = (*rules.check(context), *misnamed(context.plan.settings))
    found = [loaded.at(problem) for problem in problems]
    return Validation(judged(loaded, locate(loaded, (*loaded.findings, *found))), loaded.count)
