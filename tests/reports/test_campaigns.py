"""The figures of `report campaigns`, counted by hand."""

from __future__ import annotations

from dataclasses import replace

from revplan.model.campaigns import LAUNCH_CHECKLIST, Campaign
from revplan.reports.campaigns import build
from tests.support.plans import on, plan

CAMPAIGN = Campaign.model_validate(
    {
        "id": "audit", "title": "Audit week", "message": "Be ready", "owner": "ana", "start": "2026-12-08",
        "end": "2026-12-31", "pillar": "trust", "call_to_action": "Book a visit", "metrics": {"leads": "40"},
        "target": {"persona": "cfo"},
        "assets": {
            "page": {"channel": "web", "status": "live"},
            "mail": {"channel": "email", "status": "draft", "due": "2026-11-30", "pillar": "price"},
            "card": {"channel": "Email", "status": "ready"},
        },
        "checklist": {"approved": "done", "proofread": "done"},
    }
)  # fmt: skip


def test_a_campaign_counts_what_is_ready_and_names_what_is_not() -> None:
    (found,) = build(on("2026-12-01", replace(plan(), campaigns={"audit": CAMPAIGN}))).data["campaigns"]
    assert (found["days_to_launch"], found["assets"], found["assets_finished"], found["ready"]) == (7, 3, 2, False)
    assert len(found["items_open"]) == len(LAUNCH_CHECKLIST) - 2
    assert len(found["missing"]) == 1 + len(found["items_open"]), "the mail, and what is open of the launch list"
    (late,) = (lack for lack in found["missing"] if lack["what"].startswith("mail"))
    assert (late["what"], late["owner"], late["late"]) == ("mail, still a draft", "ana", True)


def test_a_channel_names_the_assets_that_tell_another_story() -> None:
    (found,) = build(on("2026-12-01", replace(plan(), campaigns={"audit": CAMPAIGN}))).data["campaigns"]
    channels = {own["channel"].lower(): (own["assets"], own["off_pillar"]) for own in found["channels"]}
    assert channels == {"web": (["page"], []), "email": (["mail", "card"], ["mail"])}
