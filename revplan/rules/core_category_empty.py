"""A core category of the stack without a tool.

What: one of marketing automation, sales automation, CRM, service automation and CMS has no tool in `stack.tools`. One
that is wanted counts; one that is retired does not. Not told while the stack has no tools at all.
Why: a revenue system needs all five; what is missing is done by hand, or not at all.

Bad:
    stack:
      tools:
        lantern: {name: Lantern, category: marketing-automation, owner: ana, status: deployed}
        bell: {name: Bell, category: sales-automation, owner: ana, status: deployed}
        keel: {name: Keel, category: crm, owner: ana, status: deployed}
        slip: {name: Slip, category: cms, owner: ana, status: deployed}

Good:
    stack:
      tools:
        lantern: {name: Lantern, category: marketing-automation, owner: ana, status: deployed}
        bell: {name: Bell, category: sales-automation, owner: ana, status: deployed}
        keel: {name: Keel, category: crm, owner: ana, status: deployed}
        desk: {name: Desk, category: service-automation, owner: ana, status: deployed}
        slip: {name: Slip, category: cms, owner: ana, status: deployed}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.stack import empty_categories
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import list_some

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP801"
SLUG = "core-category-empty"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield one finding that names every core category without a tool."""
    stack = context.plan.stack
    empty = empty_categories(stack)
    if stack.tools and empty and context.plan.is_whole("tool"):
        message = f"no tool for {list_some(empty)}"
        hint = "add the tool that does it; status: wanted where it is still to be bought"
        yield Finding(CODE, Ref("stack", "", ("tools",)), message, hint, on_key=True)
