"""The figures of `report parking-lot`, as the sprints that parked a tactic have them."""

from __future__ import annotations

from typing import Any

from revplan.analysis.calibration import parking_lot
from revplan.reports.document import Line, Table, plain
from revplan.reports.parking_lot import build, section
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


def test_an_agenda_shows_what_is_due_and_what_is_worth_most_and_says_where_the_rest_is() -> None:
    reviews = {"a": "2026-12-28", "b": "2026-12-28", "c": "2026-12-28", "d": "2026-12-01"}
    entries = {name: {"reason": "capacity", "review": review} for name, review in reviews.items()}
    tactics = {name: {"title": name, "impact": impact} for impact, name in enumerate(reviews.keys(), start=1)}
    tactics["d"]["impact"] = 1
    context = on("2026-12-02", plan(tactics=tactics, sprints={"2026-12": sprint("2026-12", 31, **entries)}))
    lot = parking_lot(context)
    shown, rest, *_ = section(context, lot, 2).blocks
    assert isinstance(shown, Table)
    assert [plain(row[0]) for row in shown.rows] == ["d", "c"], "due first, then the most valuable"
    assert isinstance(rest, Line)
    assert plain(rest.words) == "And 2 more: `revplan report parking-lot`."
    whole = section(context, lot, 4).blocks[0]
    assert isinstance(whole, Table)
    assert [plain(row[0]) for row in whole.rows] == ["d", "c", "b", "a"]
