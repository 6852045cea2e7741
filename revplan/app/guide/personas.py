"""Which personas are whole, in words of the company's own, and which roles of a buying group none of those has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.app.guide.session import is_starter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.app.guide.session import Session
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


_DECIDING: Sequence[BuyingRole] = ("champion", "economic-buyer", "user")
