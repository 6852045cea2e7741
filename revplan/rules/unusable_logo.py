"""A logo that pages cannot show.

What: the file that `site: {logo: …}` names is missing, larger than 50 kB, no picture, not inside the plan's folder, or
behind a link.
Why: reports are written without it. A copy of it stands in every page, and a page goes to people who have nothing else
of the plan; so no file outside the plan is read for it.

Bad:
    revplan: {format: 1, company: Example, currency: EUR, site: {logo: ../logo.png}}

Good:
    revplan: {format: 1, company: Example, currency: EUR}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP319"
SLUG = "unusable-logo"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding if the logo of the settings cannot be used."""
    logo, name = context.plan.logo, context.plan.settings.site.logo
    if logo is not None and logo.fault:
        hint = "a PNG, JPEG, WebP or SVG file of at most 50 kB in the plan's folder, such as brand/logo.svg"
        yield Finding(CODE, Ref("revplan", "", ("site", "logo")), f'the logo "{name}" {logo.fault}', hint)
