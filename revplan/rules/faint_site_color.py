"""A color for pages in which links could not be read.

What: the contrast of `site: {color: …}` with a white page is below 4.5 to 1, which is the least for text (WCAG 2.2).
Why: links in it would be hard to read, in print and for many people at all. Pages use a darker one in its place for
links, which may not be what the company calls its color; the edge above the page keeps it.

Bad:
    revplan: {format: 1, company: Example, currency: EUR, site: {color: ffcc00}}

Good:
    revplan: {format: 1, company: Example, currency: EUR, site: {color: 2f6f8f}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.colors import PAPER, READABLE, contrast, readable
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP322"
SLUG = "faint-site-color"
SEVERITY = Severity.ADVICE


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding if links in the site's color have too little contrast on white."""
    color = context.plan.settings.site.color
    if color is not None and contrast(color, PAPER) < READABLE:
        message = f"{color} has a contrast of {contrast(color, PAPER):.1f} with a white page; text needs {READABLE}"
        hint = f"pages write links in {readable(color, PAPER)}; name a darker color where another is meant"
        yield Finding(CODE, Ref("revplan", "", ("site", "color")), message, hint)
