"""What a plan must be to hang together: one rule a file, and the table of them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from revplan.rules import after_cycle, drives_cycle, requires_cycle
from revplan.rules.references import dangling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.diagnostics import Problem
    from revplan.model.context import Context


class Rule(Protocol):
    """A rule's module: its manual is the docstring, with What, Why, Bad and Good."""

    CODE: str
    __doc__: str | None

    def check(self, context: Context) -> Iterator[Problem]:
        """Yield what is wrong."""
        ...


RULES: tuple[Rule, ...] = (
    requires_cycle,
    after_cycle,
    drives_cycle,
)
"""Every rule, in the order of their codes."""


def check(context: Context) -> Iterator[Problem]:
    """Yield what is wrong with a plan, in no order."""
    yield from dangling(context.plan)
    for rule in RULES:
        yield from rule.check(context)
