"""A CRM and a marketing automation that do not talk to each other.

What: the plan has a tool of each category in use, and no integration between them, in either direction, that is live or
being built.
Why: leads are copied by hand, sales does not see what they read, and marketing does not see what they bought.

Bad:
    stack:
      tools:
        lantern: {name: Lantern, category: marketing-automation, owner: ana, status: deployed}
        keel: {name: Keel, category: crm, owner: ana, status: deployed}

Good:
    stack:
      tools:
        lantern: {name: Lantern, category: marketing-automation, owner: ana, status: deployed}
        keel: {name: Keel, category: crm, owner: ana, status: deployed}
      integrations:
        leads: {from: lantern, to: keel, direction: two-way, objects: [contacts], status: live}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.stack import CONNECTED, in_category, integrations_between
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP802"
SLUG = "crm-not-integrated"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield one finding where no CRM is joined to any marketing automation."""
    stack = context.plan.stack
    crm = in_category(stack, "crm")
    automation = in_category(stack, "marketing-automation")
    ends = {end for integration in stack.integrations.values() for end in (integration.from_, integration.to)}
    if not crm or not automation or crm.keys() & automation.keys():
        return
    if not context.plan.is_whole("tool", "integration") or not ends <= stack.tools.keys():
        return
    between = integrations_between(stack, frozenset(crm), frozenset(automation))
    if any(integration.status in CONNECTED for integration in between.values()):
        return
    first, second = min(crm), min(automation)
    if between:
        name = min(between)
        message = f'the only integration between CRM and marketing automation, "{name}", is {between[name].status}'
        yield Finding(CODE, Ref("integration", name), message, "build or mend it", on_key=True)
    else:
        message = f'"{first}" and "{second}" are not integrated'
        hint = f"add an integration from {second} to {first}"
        yield Finding(CODE, Ref("tool", first), message, hint, on_key=True)
