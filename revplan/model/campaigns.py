"""Campaigns: one narrow target, one message, assets, metrics, a timeline and a launch list."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, TypeAdapter, model_validator

from revplan.model import notation
from revplan.model.base import (
    BUILT_WHEN_USED,
    Date,
    Entity,
    Id,
    MemberId,
    MetricId,
    Part,
    PersonaId,
    PillarId,
    SegmentId,
    TaskPath,
    Text,
    VariantId,
    in_order,
    quote,
    refuse,
)
from revplan.model.goals import DealCounts
from revplan.model.notation import Notation
from revplan.model.numbers import Quantity

LAUNCH_CHECKLIST: tuple[tuple[str, str], ...] = (
    ("tracking-tested", "Tracking is tested end to end"),
    ("landing-page-live", "The landing page is live"),
    ("crm-routing-tested", "Leads reach the right person in the CRM"),
    ("consent-and-unsubscribe", "Consent is asked for and unsubscribing works"),
    ("proofread", "Someone else has proofread everything"),
    ("sales-briefed", "Sales knows what is said to whom, and when"),
    ("approved", "Whoever answers for it has approved it"),
    ("baseline-recorded", "The metrics' values before the launch are recorded"),
)
"""What blocks a launch while it is open: item id and what it means."""


_TEXT = TypeAdapter(Text, config=BUILT_WHEN_USED)
_PARAMETERS = TypeAdapter(dict[Text, Text], config=BUILT_WHEN_USED)


def read_address(value: object) -> str:
    """Return the address of a page.

    Raises:
        PydanticCustomError: it is no address with http or https.
    """
    text = _TEXT.validate_python(value).strip()
    try:
        parts = urlsplit(text)
        is_page = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_page = False
    if not is_page or any(letter.isspace() or not letter.isprintable() for letter in text):
        raise refuse("wrong_type", f"{quote(text)} is no address of a page, such as https://example.com/checklist")
    return text


WebAddress = Annotated[
    str,
    Notation(
        read_address, {"type": "string", "pattern": notation.whole_text(r"[hH][tT][tT][pP][sS]?://[^/?#:@\s][^\s]*")}
    ),
]
"""The address of a page, with http or https."""


def _read_tracking(value: object) -> str | dict[str, str]:
    return _PARAMETERS.validate_python(value) if isinstance(value, Mapping) else _TEXT.validate_python(value)


Tracking = Annotated[
    str | dict[str, str],
    Notation(_read_tracking, {"anyOf": [notation.TEXT, notation.mapping(notation.TEXT)]}),
]
"""Tracking parameters, as the query of an address or as a map: `{source: linkedin, medium: cpc}`."""


class Target(Part):
    """Whom a campaign is for: exactly one of the two."""

    persona: PersonaId | None = Field(None, description="One persona.")
    segment: SegmentId | None = Field(None, description="One segment.")


AssetStatus = Literal["idea", "draft", "review", "ready", "live"]


class Asset(Part):
    """Something the campaign needs to exist."""

    channel: Text = Field(description="The channel it is used on.")
    title: Text | None = Field(None, description="What it is.")
    owner: MemberId | None = Field(None, description="Who answers for it.")
    due: Date | None = Field(None, description="When it must be ready.")
    task: TaskPath | None = Field(None, description="The task that makes it, as tactic/task.")
    status: AssetStatus = Field(
        "idea", description="How far it is; once the task that makes it is done, it counts as in review at least."
    )
    variant: VariantId | None = Field(None, description="The variant it belongs to.")
    url: WebAddress | None = Field(None, description="Where its link leads, if not to the campaign's page.")
    utm: Tracking | None = Field(
        None, description="The tracking parameters on its links: a query or a map, where not the usual ones."
    )
    pillar: PillarId | None = Field(None, description="The pillar it carries, where not the campaign's.")
    call_to_action: Text | None = Field(None, description="What it asks for, where not what the campaign asks for.")


class Variant(Part):
    """The campaign's story, told to one persona."""

    persona: PersonaId = Field(description="Whom it is for.")
    message: Text | None = Field(None, description="The message in their words.")
    offer: Text | None = Field(None, description="What they are offered.")
    value_proposition: Text | None = Field(None, description="What they gain.")
    design: Text | None = Field(None, description="What looks different for them.")


class Campaign(Entity):
    """A narrow target, one message tied to the Big Story, and all that carries it."""

    title: Text = Field(description="The campaign's name.")
    owner: MemberId | None = Field(None, description="Who answers for it.")
    target: Target | None = Field(None, description="Whom it is for: {persona: ID} or {segment: ID}.")
    pillar: PillarId | None = Field(None, description="The pillar of the Big Story that it carries.")
    tension: Text | None = Field(None, description="What the target fears or wants, and does not have.")
    message: Text = Field(description="The one message.")
    value_proposition: Text | None = Field(None, description="What they gain.")
    offer: Text | None = Field(None, description="What is offered.")
    call_to_action: Text | None = Field(None, description="What people are asked to do.")
    url: WebAddress | None = Field(None, description="The page to which its links lead.")
    tone: Text | None = Field(None, description="How it sounds, where not as the company does.")
    avoid: tuple[Text, ...] = Field((), description="What it does not say or show, besides what the company avoids.")
    status: Literal["draft", "ready", "launched", "ended"] = Field("draft", description="How far it is.")
    start: Date = Field(description="The day of launch.")
    end: Date = Field(description="The last day.")
    milestones: dict[Date, Text | None] = Field(default_factory=dict, description="Days that matter on the way.")
    metrics: dict[MetricId, Quantity | None] = Field(default_factory=dict, description="Metrics with their targets.")
    aliases: tuple[Text, ...] = Field((), description="What other programs call it, where not by its title or id.")
    deals: DealCounts | None = Field(None, description="What came of its opportunities, as the CRM counts them.")
    assets: dict[Id, Asset] = Field(default_factory=dict, description="What must exist, by id.")
    variants: dict[Id, Variant] = Field(default_factory=dict, description="Personalised versions, by id.")
    checklist: dict[Id, Literal["done", "open", "not-applicable"]] = Field(
        default_factory=dict, description="The launch list's state; items not named are open."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        in_order(self.start, self.end)
        return self

    def open_items(self) -> tuple[str, ...]:
        """Return the items of the launch list, the built-in ones first, that still block the launch."""
        own = [item for item in self.checklist if item not in dict(LAUNCH_CHECKLIST)]
        items = [item for item, _ in LAUNCH_CHECKLIST] + sorted(own)
        return tuple(item for item in items if self.checklist.get(item, "open") == "open")
