"""Which personas are whole, in words of the company's own, and which roles of a buying group none of those has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.app.guide.session import is_starter
from revplan.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.app.guide.session import Place, Session
    from revplan.model.personas import BuyingRole


def is_whole_persona(session: Session, name: str) -> bool:
    """Tell whether a persona has all that one needs, in words of the plan's own."""
    persona = session.plan.personas.get(name)
    if persona is None or is_starter(session, ("personas", name)):
        return False
    lists_filled = (persona.goals, persona.pains, persona.triggers, persona.objections, persona.criteria)
    asked = persona.evidence is not None and persona.evidence.interviews is not None
    return all((*lists_filled, persona.channels, asked))


def whole_personas(session: Session) -> list[str]:
    """Return the personas that have all that one needs, in the plan's order."""
    return [name for name in session.plan.personas if is_whole_persona(session, name)]


def roles_not_met(session: Session) -> list[str]:
    """Return the roles of a buying group that decide most, and that no whole persona has."""
    met = {session.plan.personas[name].buying_role for name in whole_personas(session)}
    return [role for role in _DECIDING if role not in met]


def refuse_told(session: Session, place: Place, persona: str) -> None:
    """Refuse a persona as the reader of a campaign's variant whom the campaign, or another variant, speaks to.

    Raises:
        InputError: it is so; the hint names who is left.
    """
    told = personas_told(session, place)
    if persona in told:
        left = [name for name in session.plan.personas if name not in told]
        hint = f"there is {', '.join(left)}" if left else "/back leaves this version out"
        raise InputError(f'"{persona}" {told[persona]}', hint=hint)


def personas_told(session: Session, place: Place) -> dict[str, str]:
    """Return whom a campaign speaks to already, and how, where a variant's reader is asked for; else nobody."""
    if (session.workshop.name, place.step.id, place.question.id) != ("campaign", "variants", "persona"):
        return {}
    campaign = session.plan.campaigns.get(session.subject())
    target = campaign.target.persona if campaign is not None and campaign.target is not None else None
    own = session.text_of("core/persona") or target
    told = {own: "is whom the campaign itself is for"} if own else {}
    others = [key for key in session.answers if key.startswith("variants/") and key.endswith("/persona")]
    known = [variant.persona for variant in campaign.variants.values()] if campaign is not None else []
    said = [session.text_of(key) for key in others if key != place.key]
    return dict.fromkeys((*known, *said), "has a version already") | told


_DECIDING: Sequence[BuyingRole] = ("champion", "economic-buyer", "user")
