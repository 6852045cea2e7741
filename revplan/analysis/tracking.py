"""Tagged addresses: the tracking parameters of a campaign's assets, and the links that carry them.

The names are those that web analytics reads from an address: utm_source, utm_medium, utm_campaign and so on. Analytics
takes `Email` and `email` for two sources, so values are written in small letters.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from revplan.analysis.campaigns import normalise_text
from revplan.wording import transliterate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from revplan.model.campaigns import Asset, Campaign

PARAMETERS = (
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_term",
    "utm_content",
    "utm_id",
    "utm_source_platform",
    "utm_creative_format",
    "utm_marketing_tactic",
)
"""The parameters that web analytics reads, in the order in which a link carries them."""
_PREFIX = "utm_"
_MEDIA: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("email", ("email", "mail", "newsletter")),
    ("cpc", ("search", "adwords", "sea", "ppc", "ads")),
    ("paid-social", ("linkedin", "facebook", "instagram", "tiktok", "youtube", "reddit", "x")),
    ("display", ("display", "banner", "programmatic")),
    ("qr", ("print", "letter", "postcard", "brochure", "poster", "flyer")),
    ("event", ("event", "booth", "fair", "show", "webinar", "conference")),
    ("referral", ("partner", "press", "directory", "referral")),
)
"""The usual medium of a channel: the first of whose words the channel's name has one."""
OWN_SITE = frozenset(("website", "web", "site", "landing", "page", "homepage", "blog"))
"""Words of channels that are the company's own pages. Links lead there; links between own pages carry no parameters."""


WITHOUT_LINKS = frozenset(("phone", "call", "calls", "radio", "sms"))
"""Words of channels on which nobody follows a link."""


class TaggedLink(NamedTuple):
    """The link of an asset.

    Attributes:
        asset: the asset's id.
        page: the page it leads to; None where the plan names none.
        parameters: its tracking parameters, in the order of PARAMETERS.
    """

    asset: str
    page: str | None
    parameters: Mapping[str, str]

    @property
    def text(self) -> str:
        """The address to use; the query alone where the page is not known."""
        return tag(self.page, self.parameters)


def tagged_links(campaign: Campaign, page: str | None = None) -> tuple[TaggedLink, ...]:
    """Return the links of a campaign's assets, in the order of the assets.

    An asset on the company's own pages, or spoken on the phone, has one only where the plan gives it parameters.

    Args:
        campaign: the campaign.
        page: where links lead; None for the page that the plan names.
    """
    found = []
    for name, asset in campaign.assets.items():
        if asset.utm is not None or not (OWN_SITE | WITHOUT_LINKS) & set(normalise_text(asset.channel).split()):
            leads_to = page or asset.url or campaign.url
            found.append(TaggedLink(name, leads_to, link_parameters(campaign, name, asset)))
    return tuple(found)


def link_parameters(campaign: Campaign, name: str, asset: Asset) -> dict[str, str]:
    """Return an asset's tracking parameters: those that the plan gives, and the usual ones for the rest.

    The usual ones: the channel is the source, its kind the medium, the asset's id the content.
    """
    usual = {
        "utm_source": _slug(asset.channel),
        "utm_medium": _medium(asset.channel),
        "utm_campaign": campaign_name(campaign),
        "utm_content": name,
    }
    found = usual | {key: value for key, value in given_parameters(asset) if value}
    order = {key: place for place, key in enumerate(PARAMETERS)}
    return dict(sorted(found.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[0])))


def given_parameters(asset: Asset) -> tuple[tuple[str, str], ...]:
    """Return the parameters that the plan gives an asset, with whole names, in the plan's order."""
    if asset.utm is None:
        return ()
    if isinstance(asset.utm, str):
        query = asset.utm.strip().lstrip("?&")
        pairs = parse_qsl(query, keep_blank_values=True) if "=" in query else [(query, "")]
    else:
        pairs = [*asset.utm.items()]
    return tuple((_whole_name(key.strip()), value.strip()) for key, value in pairs)


def _whole_name(key: str) -> str:
    """Return a parameter's whole name: in a map, `source` stands for `utm_source`."""
    whole = _PREFIX + key
    return whole if whole in PARAMETERS else key


def _medium(channel: str) -> str:
    words = set(normalise_text(channel).split())
    return next((medium for medium, known in _MEDIA if words & set(known)), "other")


def _slug(text: str) -> str:
    return re.sub(r"[^\w]+", "-", transliterate(text).casefold()).strip("-") or "other"


def tag(page: str | None, parameters: Mapping[str, str]) -> str:
    """Return a page's address with parameters behind its own; those that it has already give way.

    Args:
        page: the address; None returns the query alone, from its question mark.
        parameters: names and values, as text that is not yet escaped.
    """
    if page is None:
        return f"?{_query(parameters.items())}"
    parts = urlsplit(page)
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in parameters]
    return urlunsplit(parts._replace(query=_query([*kept, *parameters.items()])))


def _query(parameters: Iterable[tuple[str, str]]) -> str:
    return urlencode([*parameters], quote_via=quote)


# --- what is wrong with them -------------------------------------------------------------------------------------


def tracking_faults(campaign: Campaign, asset: Asset) -> Iterator[tuple[str, str]]:
    """Yield what analytics would not read, or would read as something else: what is wrong, and the way out."""
    given = given_parameters(asset)
    times = Counter(key for key, _ in given)
    for key, value in dict(given).items():
        if key not in PARAMETERS:
            yield f'"{key}" is no tracking parameter', f"there are {', '.join(PARAMETERS[:5])}"
        elif times[key] > 1:
            yield f"{key} stands there {times[key]} times", "write it once"
        elif not value:
            yield f"{key} has no value", "write one, or leave it out for the usual one"
        elif value != value.casefold() or any(letter.isspace() for letter in value):
            small = re.sub(r"\s+", "-", value.casefold())
            yield f'{key} is "{value}"', f"write {small}: analytics takes other letters for another {key[4:]}"
        elif key == "utm_medium" and value == _slug(asset.channel) and value not in dict(_MEDIA):
            usual = _medium(asset.channel)
            yield f"utm_medium is {value}, which is the source", f"leave it out for the usual one, {usual}"
        elif key == "utm_campaign" and value != campaign_name(campaign):
            yield f"utm_campaign is {value}, another asset has {campaign_name(campaign)}", "give all assets one name"


def campaign_name(campaign: Campaign) -> str:
    """Return the utm_campaign that all links of a campaign carry: the first that an asset gives, or the id."""
    given = (dict(given_parameters(asset)).get("utm_campaign") for asset in campaign.assets.values())
    return next((name for name in given if name), campaign.id)
