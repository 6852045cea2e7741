"""`revplan validate`: everything that is wrong with a plan, in one run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from revplan import rules
from revplan.app.ignores import can_be_ignored, check_codes, finalise
from revplan.diagnostics import CODE_BY_NAME
from revplan.store.loaded import KeyFinding
from revplan.store.place import locate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.diagnostics import Diagnostic, Severity
    from revplan.model.context import Context
    from revplan.store.loaded import Finding, Loaded


MOST_TOLD = 1000
"""Findings of a code that are shown; more of them help nobody, and may be millions."""
_MOST_PLACED = 20_000
"""Findings of a code whose places are looked up, where not all are asked for."""


@dataclass(frozen=True, slots=True)
class Validation:
    """What was found.

    Attributes:
        diagnostics: sorted by file, line, column and code.
        files: how many files the plan has.
        untold: how many more there are, by code.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: int
    untold: Mapping[str, int] = field(default_factory=dict)

    def has(self, *severities: Severity) -> bool:
        """Tell whether anything of these severities was found."""
        return any(diagnostic.severity in severities for diagnostic in self.diagnostics)


def validate(loaded: Loaded, context: Context, most: int | None = None) -> Validation:
    """Check a plan that has been read, give every finding its place, and heed what the plan says of findings.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        most: how many findings of text, shape and reference of a code get a place; None for all.
    """
    problems = (*rules.check(context), *check_codes(context.plan.settings))
    found = (*loaded.findings, *(loaded.at(problem) for problem in problems))
    placed, untold = (found, {}) if most is None else _first(found, most)
    return Validation(finalise(loaded, locate(loaded, placed)), loaded.count, untold)


def validate_to_show(loaded: Loaded, context: Context) -> Validation:
    """Check a plan likewise, without looking up more places than anybody can read."""
    return validate(loaded, context, _MOST_PLACED)


def first_of_each(validation: Validation, most: int = MOST_TOLD) -> Validation:
    """Return the first findings of each code, and count the others."""
    told: Counter[str] = Counter()
    kept: list[Diagnostic] = []
    for found in validation.diagnostics:
        told[found.code] += 1
        if told[found.code] <= most:
            kept.append(found)
    more = Counter({code: count - most for code, count in told.items() if count > most}) + Counter(validation.untold)
    return replace(validation, diagnostics=tuple(kept), untold=dict(sorted(more.items())))


def _first(findings: Sequence[Finding], most: int) -> tuple[Sequence[Finding], Mapping[str, int]]:
    """Return the first findings of each code that no comment can set aside, and count the others."""
    counts = Counter(map(_finding_code, findings))
    if max(counts.values(), default=0) <= most:
        return findings, {}
    told: Counter[str] = Counter()
    kept: list[Finding] = []
    for found in findings:
        code = _finding_code(found)
        told[code] += 1
        if told[code] <= most or can_be_ignored(CODE_BY_NAME[code]):
            kept.append(found)
    cut = {code: count - most for code, count in counts.items() if count > most}
    return kept, {code: count for code, count in cut.items() if not can_be_ignored(CODE_BY_NAME[code])}


def _finding_code(found: Finding) -> str:
    return found.code if isinstance(found, KeyFinding) else found.fault.code
