"""Facts of a system that is set up which tell of campaigns, and what is found of any fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.launch import work_to_launch
from revplan.wording import join_names, plural

if TYPE_CHECKING:
    from revplan.app.guide.session import Session
    from revplan.model.campaigns import Campaign


class FactStanding(NamedTuple):
    """Whether a fact holds, and what the plan says of it.

    Attributes:
        command: what mends it, where that is not the fact's usual workshop or command.
    """

    is_done: bool
    text: str
    command: str | None = None


def _running(session: Session) -> list[Campaign]:
    return [own for own in session.plan.campaigns.values() if own.status != "ended"]


def find_campaign_fact(session: Session) -> FactStanding:
    """Tell whether every campaign that has not ended is whole, and there is one."""
    running = _running(session)
    part = [
        own.id
        for own in running
        if not (own.target and own.pillar and own.metrics and own.assets and all(a.owner for a in own.assets.values()))
    ]
    if part:
        return FactStanding(False, f"not whole: {join_names(part)}", _mend_campaign(session.plan.campaigns[part[0]]))
    if not running:
        return FactStanding(False, "no campaign is on its way")
    return FactStanding(True, f"{join_names([own.id for own in running])}, with target, pillar, metrics and assets")


def _mend_campaign(own: Campaign) -> str:
    """Return what mends a campaign that is not whole."""
    nobody = [name for name, asset in own.assets.items() if asset.owner is None]
    if nobody and own.target and own.pillar and own.metrics:
        return f"revplan asset edit {own.id}/{nobody[0]} --owner MEMBER"
    return f"revplan workshop campaign --for {own.id}"


def find_launch_fact(session: Session) -> FactStanding:
    """Tell whether a task makes every asset and clears every item of the campaigns before their launch."""
    waiting = [own for own in _running(session) if own.status in ("draft", "ready")]
    for own in waiting:
        count = len(work_to_launch(session.context, own).tasks)
        if count:
            text = f"{own.id}: {plural(count, 'asset or item', 'assets and items')} that no task makes"
            return FactStanding(False, text, f"revplan campaign plan {own.id} --write")
    if not _running(session):
        return FactStanding(False, "no campaign is on its way", "revplan workshop campaign")
    return FactStanding(True, "everything before the launch has a task")
