from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from revplan.analysis.campaigns import Channel, channel_matrix, item_in_words
from revplan.analysis.readiness import Lack, readiness

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.model.context import Context

STORY = """strategy: {segments: {plants: {name: Plants}}}
personas:
  cfo: {name: CFO, segment: plants, buying_role: economic-buyer, goals: [Margin], pains: [Stops], channels: [email]}
"""
CHECKLIST = """
      tracking-tested: done
      landing-page-live: not-applicable
      crm-routing-tested: done
      consent-and-unsubscribe: done
      proofread: done
      sales-briefed: done
      approved: done
"""
CAMPAIGN = (
    STORY
    + """campaigns:
  tuesday:
    title: Tuesday
    owner: ana
    target: {persona: cfo}
    pillar: ready
    message: Be ready.
    call_to_action: Get the list
    metrics: {leads: 40}
    start: 2026-12-05
    end: 2026-12-31
    checklist:"""
    + CHECKLIST
)
TEAM = """team: {ana: {name: Ana, kind: employee, function: sales, hours_per_week: 8}}
metrics: {leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 4}}
"""
ASSETS = """    assets:
      letter: {channel: Email, status: ready}
      advert: {channel: Radio, status: draft, due: 2026-11-20, pillar: other, call_to_action: Buy now}
"""


def test_a_campaign_that_is_ready_but_for_two_things(read_plan: Callable[[str], Context]) -> None:
    (found,) = readiness(read_plan(TEAM + CAMPAIGN + ASSETS))
    assert found.days == 7
    assert found.lacks == (
        Lack("advert, still a draft", "ana", date(2026, 11, 20), is_late=True),
        Lack("Launch list: the metrics' values before the launch are recorded", "ana", date(2026, 12, 4)),
    )
    assert (found.assets_finished, found.items_open, found.is_ready) == (1, 1, False)


def test_the_next_launch_comes_first(read_plan: Callable[[str], Context]) -> None:
    days = {"later": "2026-12-09", "soon": "2026-12-01", "also": "2026-12-09"}
    bodies = (f"  {name}: {{title: T, message: M, start: {day}, end: 2026-12-31}}\n" for name, day in days.items())
    found = readiness(read_plan("campaigns:\n" + "".join(bodies)))
    assert [own.campaign.id for own in found] == ["soon", "also", "later"]


def test_items_of_the_launch_list_are_told_as_clauses_and_own_ones_as_they_stand() -> None:
    assert item_in_words("approved") == "whoever answers for it has approved it"
    assert item_in_words("FAQ is online") == "FAQ is online"


def test_nothing_is_missing(read_plan: Callable[[str], Context]) -> None:
    whole = CAMPAIGN + "      baseline-recorded: done\n    assets: {letter: {channel: email, status: live}}\n"
    (found,) = readiness(read_plan(TEAM + whole))
    assert found.is_ready


def test_a_campaign_of_a_few_words_lacks_its_foundations(read_plan: Callable[[str], Context]) -> None:
    text = "campaigns: {early: {title: Early, message: Soon., start: 2026-11-20, end: 2026-12-31}}\n"
    (found,) = readiness(read_plan(text))
    assert [lack.what for lack in found.lacks[:6]] == [
        "an owner",
        "a target: one persona or segment",
        "a pillar of the Big Story",
        "a call to action",
        "a metric with a target",
        "assets",
    ]
    assert (found.days, found.is_ahead, found.items_open) == (-8, True, 8)
    assert {lack.owner for lack in found.lacks} == {None}


def test_a_story_channel_by_channel(read_plan: Callable[[str], Context]) -> None:
    context = read_plan(TEAM + CAMPAIGN + ASSETS)
    assert channel_matrix(context.plan, context.plan.campaigns["tuesday"]) == (
        Channel("Email", ("letter",), (), (), ()),
        Channel("Radio", ("advert",), ("advert",), ("advert",), ("advert",)),
    )
