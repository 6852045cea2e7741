"""The figures of `report parking-lot`, as the sprints that parked a tactic have them."""

from __future__ import annotations

from typing import Any

from revplan.reports.parking_lot import build
from tests.support.plans import on, plan


def sprint(month: str, last: int, **parked: Any) -> dict[str, Any]:
    return {"start": f"{month}-01", "end": f"{month}-{last}", "parked": parked}


def test_a_tactic_counts_the_sprints_that_parked_it_one_after_the_other() -> None:
    page = {"reason": "capacity", "short": {"writing": "2.5"}, "since": "2026-10-28", "review": "2026-12-28"}
    sprints = {
        "2026-09": sprint("2026-09", 30, page=page),
        "2026-10": sprint("2026-10", 31),
        "2026-11": sprint("2026-11", 30, page=page),
        "2026-12": sprint("2026-12", 31, page=page, fair={"reason": "budget", "short": {"events": "1200"}}),
    }
    what = plan(tactics={"page": {}, "fair": {}}, sprints=sprints)
    found = {own["tactic"]: own for own in build(on("2026-12-01", what)).data["parked"]}
    assert found["page"]["sprints"] == ["2026-11", "2026-12"], "October did not park it"
    assert (found["page"]["short"], found["page"]["hours"]) == ({"writing": 2.5}, 8)
    assert (found["page"]["since"], found["page"]["review"]) == ("2026-10-28", "2026-12-28")
    assert (found["fair"]["reason"], found["fair"]["short"]) == ("budget", {"events": 1200})
    assert not found["page"]["begun"]
