"""`revplan validate`: everything that is wrong with a plan, in one run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan import rules
from revplan.store.place import locate

if TYPE_CHECKING:
    from revplan.diagnostics import Diagnostic, Severity
    from revplan.model.context import Context
    from revplan.store.read import Loaded


@dataclass(frozen=True, slots=True)
class Validation:
    """What was found.

    Attributes:
        diagnostics: sorted by file, line, column and code.
        files: how many files the plan has.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: int

    def has(self, severity: Severity) -> bool:
        """Tell whether anything of this severity was found."""
        return any(diagnostic.severity is severity for diagnostic in self.diagnostics)


def validate(loaded: Loaded, context: Context) -> Validation:
    """Check a plan that has been read, and give every finding its place."""
    found = [loaded.at(problem) for problem in rules.check(context)]
    return Validation(locate(loaded, (*loaded.findings, *found)), loaded.count)
