"""What a plan must be to hang together: one rule a file, named by its slug in the table of codes.

A rule is imported when it is asked: planning a sprint asks those alone that could stop it, and reading a plan none.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from revplan.diagnostics import CODES, DANGLING_CODES, SHAPE_CODES, TEXT_CODES
from revplan.rules.references import dangling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.diagnostics import Code, Problem
    from revplan.model.context import Context


class Rule(Protocol):
    """A rule's module: its manual is the docstring, with What, Why, Bad and Good."""

    CODE: str
    __doc__: str | None

    def check(self, context: Context) -> Iterator[Problem]:
        """Yield what is wrong."""
        ...


TOLD_ELSEWHERE = frozenset((*TEXT_CODES, *SHAPE_CODES, *DANGLING_CODES))
"""What reading tells, and what one pass over all references tells: such a rule is a manual alone."""


def rule(code: Code) -> Rule:
    """Return the rule of a code."""
    return cast("Rule", import_module(f"{__name__}.{code.slug.replace('-', '_')}"))


def check(context: Context, codes: tuple[Code, ...] = CODES) -> Iterator[Problem]:
    """Yield what is wrong with a plan, in no order.

    Args:
        context: the plan and its day.
        codes: the rules to ask; references that name nothing are told in any case.
    """
    yield from dangling(context.plan)
    for code in codes:
        if code not in TOLD_ELSEWHERE:
            yield from rule(code).check(context)
