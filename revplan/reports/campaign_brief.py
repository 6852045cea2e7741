"""`revplan campaign brief` and `links`: a campaign for those who make its assets, and the links that they carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.campaigns import target_personas
from revplan.analysis.launch import differences
from revplan.analysis.strategy import shared_claims
from revplan.analysis.tracking import tagged_links
from revplan.errors import UnknownIdError
from revplan.reports import names
from revplan.reports.document import (
    Column,
    Document,
    Items,
    Line,
    Section,
    Table,
    dim,
    strong,
    warn,
    words,
)
from revplan.reports.look import look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.campaigns import Asset, Campaign, Variant
    from revplan.model.context import Context
    from revplan.model.personas import Persona
    from revplan.model.plan import Plan
    from revplan.reports.document import Block, Words

BRIEF_SCHEMA = "revplan/campaign-brief/1"
LINKS_SCHEMA = "revplan/campaign-links/1"

# --- the brief ---------------------------------------------------------------------------------------------------


def brief(context: Context, campaign: Campaign, variant_id: str | None = None) -> Document:
    """Lay out one page for a designer or an agency: for whom, what is said, on which channels, by when.

    Args:
        context: the plan and the day.
        campaign: the campaign.
        variant_id: one of its variants, whose message and assets are shown in place of the campaign's.

    Raises:
        UnknownIdError: the campaign has no such variant.
    """
    if variant_id is not None and variant_id not in campaign.variants:
        known = ", ".join(campaign.variants) or "none"
        raise UnknownIdError(f'{campaign.id} has no variant "{variant_id}"', hint=f"its variants: {known}")
    variant = campaign.variants[variant_id] if variant_id is not None else None
    sections = (
        _reader_section(context.plan, campaign, variant),
        _story_section(context.plan, campaign, variant),
        _form_section(context.plan, campaign, variant_id),
        _dates_section(context, campaign),
    )
    return Document(
        title=f"{campaign.title} · brief" + (f" · {variant_id}" if variant_id is not None else ""),
        lead=(words(strong(_say(campaign, variant, "message") or "")),),
        sections=tuple(section for section in sections if section.blocks),
        data=_brief_data(context, campaign, variant_id),
        look=look(context.plan),
    )


def _say(campaign: Campaign, variant: Variant | None, field: str) -> str | None:
    """Return what a variant says in a field; the campaign's words where it has none of its own."""
    own: str | None = getattr(variant, field) if variant is not None else None
    of_all: str | None = getattr(campaign, field)
    return own or of_all


def _readers(plan: Plan, campaign: Campaign, variant: Variant | None) -> list[Persona]:
    ids = [variant.persona] if variant is not None else [*dict.fromkeys(target_personas(plan, campaign))]
    return [plan.personas[each] for each in ids if each in plan.personas]


def _reader_section(plan: Plan, campaign: Campaign, variant: Variant | None) -> Section:
    blocks: list[Block] = []
    for persona in _readers(plan, campaign, variant):
        role = persona.buying_role.replace("-", " ")
        segment = plan.strategy.segments.get(persona.segment)
        where = segment.name if segment is not None else persona.segment
        blocks.append(Line(words(strong(persona.name), f", {role}, {where}")))
        blocks.append(Items(tuple(_facts(persona))))
    return Section(words("For whom, and what they live with"), tuple(blocks))


def _facts(persona: Persona) -> Iterator[Words]:
    for label, said in (
        ("Wants", persona.goals),
        ("Is held up by", persona.pains),
        ("Starts looking when", persona.triggers),
        ("Objects", persona.objections),
        ("Judges by", persona.criteria),
        ("Reads and watches", persona.channels),
    ):
        if said:
            yield words(f"{label}: ", "; ".join(said))


def _story_section(plan: Plan, campaign: Campaign, variant: Variant | None) -> Section:
    story = plan.strategy.big_story
    pillar = story.pillars.get(campaign.pillar) if story is not None and campaign.pillar is not None else None
    said: list[tuple[str, str | None]] = [
        ("Tension", campaign.tension if variant is None else None),
        ("Message", _say(campaign, variant, "message")),
        ("Part of our story", pillar.claim if pillar is not None else None),
        ("Proof", pillar.proof if pillar is not None else None),
        ("What they gain", _say(campaign, variant, "value_proposition")),
        ("Offer", _say(campaign, variant, "offer")),
        ("Call to action", campaign.call_to_action),
        ("Looks different", variant.design if variant is not None else None),
        ("Tone", campaign.tone or plan.strategy.tone),
        ("Page", campaign.url),
    ]
    items = [words(f"{label}: ", text) for label, text in said if text]
    items += [words(warn("Not said: "), text) for text in not_to_say(plan, campaign)]
    return Section(words("What is said"), (Items(tuple(items)),) if items else ())


def not_to_say(plan: Plan, campaign: Campaign) -> tuple[str, ...]:
    """Return what a campaign must not say: what it and the company avoid, and what a competitor claims as well."""
    strategy = plan.strategy
    shared = (
        f"{strategy.differentiators[name].claim} ({strategy.competitors[competitor].name} claims it too)"
        for name, competitor in shared_claims(plan)
    )
    return tuple(dict.fromkeys((*campaign.avoid, *strategy.avoid, *shared)))


def _form_section(plan: Plan, campaign: Campaign, variant: str | None) -> Section:
    chosen = _assets(campaign, variant)
    columns = (
        Column("Channel", share=1),
        Column("What", share=2),
        Column("Version"),
        Column("Due"),
        Column("Who", share=1),
    )
    rows = tuple(
        (
            words(asset.channel),
            words(asset.title or name),
            words(asset.variant or dim("all")),
            words(wording.short_date(asset.due) if asset.due is not None else wording.MISSING),
            words(names.member(plan, asset.owner) if asset.owner is not None else wording.MISSING),
        )
        for name, asset in chosen.items()
    )
    return Section(words("Channels and formats"), (Table(columns, rows),) if rows else ())


def _assets(campaign: Campaign, variant: str | None) -> dict[str, Asset]:
    return {
        name: asset for name, asset in campaign.assets.items() if variant is None or asset.variant in (None, variant)
    }


def _dates_section(context: Context, campaign: Campaign) -> Section:
    days = {**campaign.milestones, campaign.start: campaign.milestones.get(campaign.start) or "Launch"}
    days[campaign.end] = campaign.milestones.get(campaign.end) or "Last day"
    columns = (Column("Day"), Column("What", share=1))
    rows = tuple(
        (words(wording.long_date(day) if day >= context.today else dim(wording.long_date(day))), words(what or ""))
        for day, what in sorted(days.items())
    )
    blocks: list[Block] = [Table(columns, rows)]
    if campaign.owner is not None:
        blocks.append(
            Line(words(f"Questions to {names.member(context.plan, campaign.owner)}{_address(context, campaign)}."))
        )
    return Section(words("Dates"), tuple(blocks))


def _address(context: Context, campaign: Campaign) -> str:
    owner = context.plan.team.get(campaign.owner) if campaign.owner is not None else None
    return f", {owner.email}" if owner is not None and owner.email is not None else ""


def _brief_data(context: Context, campaign: Campaign, variant_id: str | None) -> dict[str, Any]:
    plan = context.plan
    variant = campaign.variants[variant_id] if variant_id is not None else None
    return {
        "schema": BRIEF_SCHEMA,
        "campaign": campaign.id,
        "variant": variant_id,
        "personas": [persona.id for persona in _readers(plan, campaign, variant)],
        "tension": campaign.tension if variant is None else None,
        "message": _say(campaign, variant, "message"),
        "value_proposition": _say(campaign, variant, "value_proposition"),
        "offer": _say(campaign, variant, "offer"),
        "call_to_action": campaign.call_to_action,
        "differs": list(differences(variant)) if variant is not None else [],
        "pillar": campaign.pillar,
        "tone": campaign.tone or plan.strategy.tone,
        "not_said": list(not_to_say(plan, campaign)),
        "url": campaign.url,
        "start": campaign.start.isoformat(),
        "end": campaign.end.isoformat(),
        "assets": [
            {
                "asset": name,
                "channel": asset.channel,
                "title": asset.title,
                "variant": asset.variant,
                "due": asset.due.isoformat() if asset.due is not None else None,
                "owner": asset.owner,
            }
            for name, asset in _assets(campaign, variant_id).items()
        ],
    }


# --- the links ---------------------------------------------------------------------------------------------------


def links_page(campaign: Campaign, page: str | None = None) -> Document:
    """Lay out the tagged links of a campaign's assets.

    Args:
        campaign: the campaign.
        page: where links lead; None for the pages that the plan names.
    """
    links = tagged_links(campaign, page)
    columns = (Column("Asset"), Column("Channel"), Column("Link", share=1))
    rows = tuple((words(link.asset), words(campaign.assets[link.asset].channel), words(link.text)) for link in links)
    blocks: tuple[Block, ...] = (Table(columns, rows),) if rows else (Line(words(dim("No asset has a link."))),)
    return Document(
        title=f"{campaign.title} · links",
        lead=tuple(_links_lead(campaign, [link.asset for link in links if link.page is None])),
        sections=(Section(words("Tagged links"), blocks),),
        data={
            "schema": LINKS_SCHEMA,
            "campaign": campaign.id,
            "links": [
                {
                    "asset": link.asset,
                    "channel": campaign.assets[link.asset].channel,
                    "variant": campaign.assets[link.asset].variant,
                    "page": link.page,
                    "parameters": dict(link.parameters),
                    "link": link.text,
                }
                for link in links
            ],
        },
    )


def _links_lead(campaign: Campaign, without_page: list[str]) -> Iterator[Words]:
    if without_page:
        yield words(
            warn(f"{wording.plural(len(without_page), 'asset')} without a page"),
            f": `revplan campaign edit {campaign.id} --set url=https://…` names it for all, "
            f"`revplan asset edit {campaign.id}/{without_page[0]} --set url=https://…` for one.",
        )
    yield words(dim("`--format csv` gives each link on one line."))
