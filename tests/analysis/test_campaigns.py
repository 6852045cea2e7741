from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from revplan.analysis.campaigns import audience, personas_served, running_campaigns, target_personas

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.model.context import Context

PERSONAS = """strategy: {segments: {plants: {name: Plants}, shops: {name: Shops}}}
personas:
  cfo: {name: CFO, segment: plants, buying_role: economic-buyer, goals: [Margin], pains: [Stops], channels: [email]}
  coo: {name: COO, segment: plants, buying_role: champion, goals: [Output], pains: [Stops], channels: [email]}
  own: {name: Owner, segment: shops, buying_role: economic-buyer, goals: [Sleep], pains: [Rent], channels: [email]}
"""
CAMPAIGN = """campaigns:
  tuesday:
    {title: Tuesday, message: M, start: 2026-12-05, end: 2026-12-31, variants: {small: {persona: own, message: S}},
     assets: {letter: {channel: email}, card: {channel: email, variant: small}}"""


@pytest.mark.parametrize(
    ("target", "found"),
    [("", []), (", target: {persona: cfo}", ["cfo"]), (", target: {segment: plants}", ["cfo", "coo"])],
)
def test_a_campaign_is_for_the_persona_or_for_all_of_the_segment_it_targets(
    read_plan: Callable[[str], Context], target: str, found: list[str]
) -> None:
    what = read_plan(f"{PERSONAS}{CAMPAIGN}{target}}}\n").plan
    campaign = what.campaigns["tuesday"]
    assert list(target_personas(what, campaign)) == found
    assert list(personas_served(what, campaign)) == [*found, "own"]
    assert [persona.id for persona in audience(what, campaign, campaign.assets["letter"])] == found
    assert [persona.id for persona in audience(what, campaign, campaign.assets["card"])] == ["own"]


def test_a_campaign_runs_until_it_is_ended(read_plan: Callable[[str], Context]) -> None:
    days = "title: T, message: M, start: 2026-09-05, end: 2026-10-31"
    text = f"campaigns:\n  over: {{{days}}}\n  ended: {{{days}, status: ended}}\n  live: {{{days}, status: launched}}\n"
    assert [campaign.id for campaign in running_campaigns(read_plan(text).plan)] == ["live", "over"]
