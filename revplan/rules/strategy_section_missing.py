"""The strategy lacks one of the seven sections a revenue strategy needs.

What: a strategy has been begun, and one or more of these are not written: `vision`, `big_story`,
`value_proposition`, `differentiators`, `ideal_customer`, `competitors`, `objectives`. All that are missing are told in
one finding.
Why: they answer, in this order, where to, with what story, what for, why us, for whom, against whom, and what next.
Whoever writes a page or makes a call needs all seven answers, and makes up the ones that are missing. Segments and
personas refine the ideal customer; swot and inputs are material for the quarterly session. So these four may be
absent.

Bad:
    strategy:
      vision: No food plant learns about a failed seal from its customer.

Good:
    strategy:
      vision: No food plant learns about a failed seal from its customer.
      big_story: {narrative: Auditors come unannounced now.}
      value_proposition: A maintenance record that stands up in any audit.
      differentiators: {audit-pack: {claim: One button gathers the evidence, proof: 112 audits}}
      ideal_customer: {description: Food plants of 80 to 600 people}
      competitors: {paper: {name: Paper and spreadsheets}}
      objectives: {win-more: {title: Win one in five}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.strategy import SECTIONS, has_begun, missing_sections
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP505"
SLUG = "strategy-section-missing"
SEVERITY = Severity.WARNING
IN_ENTRIES = ("differentiator", "competitor", "objective")
"""Kinds whose entries make a section."""


def check(context: Context) -> Iterator[Finding]:
    """Yield one finding that names every missing section."""
    plan = context.plan
    if not has_begun(plan) or not plan.is_whole("strategy", *IN_ENTRIES):
        return
    missing = missing_sections(plan)
    if missing:
        message = f"the strategy has no {' or '.join(_commas([SECTIONS[key] for key in missing]))}"
        hint = f"write {', '.join(missing)}; a sentence each is a beginning"
        yield Finding(CODE, Ref("strategy"), message, hint, on_key=True)


def _commas(words: list[str]) -> list[str]:
    """Return the words as what stands before the last one, and the last one."""
    return [", ".join(words[:-1]), words[-1]] if len(words) > 1 else words
