"""How the pages of a company look by its settings: title, color and logo."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from revplan.reports.document import Look

if TYPE_CHECKING:
    from revplan.model.plan import Plan


def look(plan: Plan) -> Look | None:
    """Return how the pages of a company look by its settings; None where they say nothing."""
    site, logo = plan.settings.site, plan.logo
    picture = None
    if logo is not None and logo.content:
        picture = f"data:{logo.media_type};base64,{b64encode(logo.content).decode()}"
    return Look(plan.settings.company, site.color, picture) if site.color or picture else None


def site_title(plan: Plan) -> str:
    """Return what the site of all reports is called."""
    return plan.settings.site.title or f"{plan.settings.company} · reports"
