"""Tactics that require each other.

What: following `requires` from a tactic leads back to it.
Why: none of them could ever start.

Bad:
    tactics:
      outreach:
        title: Call the list
        function: sales
        impact: 7
        requires: [list]
        tasks: {call: {skill: outreach, hours: 8}}
      list:
        title: Build the list
        function: marketing
        impact: 6
        requires: [outreach]
        tasks: {research: {skill: research, hours: 6}}

Good:
    tactics:
      outreach:
        title: Call the list
        function: sales
        impact: 7
        requires: [list]
        tasks: {call: {skill: outreach, hours: 8}}
      list:
        title: Build the list
        function: marketing
        impact: 6
        tasks: {research: {skill: research, hours: 6}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.rules.cycles import chain, cycles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP230"
SLUG = "requires-cycle"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding at the first tactic of each cycle."""
    for cycle in cycles({tactic.id: tactic.requires for tactic in context.plan.tactics.values()}):
        message = f"these tactics require each other: {chain(cycle)}"
        yield Finding(CODE, Ref("tactic", cycle[0], ("requires",)), message, "remove one of the links")
