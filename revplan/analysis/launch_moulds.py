"""The work that assets and launch-list items usually take, and what is waited for once they are made.

Hours and waiting times are starting guesses of ours, for a team that has done the like before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.analysis.campaigns import normalise_text
from revplan.model.numbers import MINUTES_PER_HOUR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.model.campaigns import Asset


@dataclass(frozen=True, slots=True)
class Mould:
    """The work that a kind of asset or item usually takes.

    Attributes:
        skills: skills that would do, the best first; the first that the team has is taken.
        minutes: the work.
        wait: workdays to wait once it is made.
        why: what is waited for.
    """

    skills: tuple[str, ...]
    minutes: int
    wait: int = 0
    why: str = ""


def _minutes(hours: float) -> int:
    return int(hours * MINUTES_PER_HOUR)


ASSET_MOULDS: tuple[tuple[tuple[str, ...], Mould], ...] = (
    (
        ("trade", "booth", "fair", "exhibition", "event", "conference"),
        Mould(("events", "design"), _minutes(16), 15, "the stand and what is on it are ordered"),
    ),
    (
        ("print", "letter", "brochure", "flyer", "poster", "postcard", "post"),
        Mould(("design", "writing"), _minutes(8), 10, "print and post"),
    ),
    (("webinar",), Mould(("webinars", "events", "content", "writing"), _minutes(12))),
    (("video", "youtube"), Mould(("video", "design", "content"), _minutes(16))),
    (("podcast", "audio", "radio"), Mould(("podcast", "content", "writing"), _minutes(10))),
    (
        ("email", "mail", "newsletter"),
        Mould(("email", "marketing-automation", "copy", "writing"), _minutes(5)),
    ),
    (
        ("search", "ads", "sea", "ppc", "display", "banner", "linkedin", "facebook", "instagram", "social", "paid"),
        Mould(("advertising", "ads", "paid", "social", "content"), _minutes(5), 2, "the platform looks at the ads"),
    ),
    (
        ("website", "web", "site", "landing", "page", "homepage", "blog"),
        Mould(("web", "development", "copy", "writing", "content"), _minutes(10)),
    ),
    (
        ("phone", "call", "calls", "outbound", "sales"),
        Mould(("enablement", "prospecting", "outbound", "sales", "writing"), _minutes(3)),
    ),
    (("press", "pr"), Mould(("pr", "press", "writing", "content"), _minutes(6))),
)
"""What assets take, by a word of their channel."""
_ANY_ASSET = Mould(("content", "copy", "writing", "design"), _minutes(6))
ITEM_MOULDS: Mapping[str, tuple[Mould, tuple[str, ...]]] = {
    "landing-page-live": (Mould(("web", "development", "content", "writing"), _minutes(1)), ()),
    "tracking-tested": (Mould(("analytics", "marketing-automation", "web"), _minutes(1)), ("landing-page-live",)),
    "crm-routing-tested": (Mould(("crm", "marketing-automation", "sales-operations"), _minutes(1)), ()),
    "consent-and-unsubscribe": (Mould(("marketing-automation", "email", "crm", "web"), _minutes(0.5)), ()),
    "proofread": (Mould(("writing", "copy", "content"), _minutes(1.5)), ()),
    "sales-briefed": (Mould(("enablement", "sales", "sales-process", "strategy"), _minutes(1)), ("proofread",)),
    "approved": (Mould(("strategy", "content", "writing"), _minutes(0.5)), ("proofread",)),
    "baseline-recorded": (Mould(("analytics", "crm", "marketing-automation"), _minutes(0.5)), ()),
}
"""What items of the built-in launch list take, and which come before each; in an order in which they may be done."""
ANY_ITEM = Mould(("strategy", "content", "writing"), _minutes(1))
"""What an item of the campaign's own takes."""


def mould_of(asset: Asset) -> Mould:
    """Return what an asset usually takes, by its channel."""
    words = set(normalise_text(asset.channel).split())
    return next((mould for known, mould in ASSET_MOULDS if words & set(known)), _ANY_ASSET)
