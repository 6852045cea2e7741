"""The figures of `report strategy`: the backlog is divided among objectives, quarters to come and none."""

from __future__ import annotations

from typing import Any

from revplan.reports.document import Table, plain
from revplan.reports.figures import Grid
from revplan.reports.strategy import build
from revplan.reports.work_pictures import draw_strategy
from tests.support.plans import on, plan

OBJECTIVES = {
    "now": {"title": "N", "quarter": "2026-Q4", "commitments": {"sales": "2026-10-02", "service": None}},
    "soon": {"title": "S", "quarter": "2027-Q1"},
    "old": {"title": "O", "quarter": "2026-Q3"},
}


def tactic(hours: int, objective: str | None, **more: str) -> dict[str, Any]:
    body = {"tasks": {"write": {"skill": "writing", "hours": str(hours)}}, **more}
    return {**body, "objective": objective} if objective is not None else body


def test_the_hours_behind_objectives_add_up_to_the_ready_backlog() -> None:
    tactics = {
        "a": tactic(10, "now", cost="500", budget="ads"),
        "b": tactic(20, "now"),
        "c": tactic(15, "soon"),
        "d": tactic(3, "old"),
        "e": tactic(12, None),
        "done": tactic(40, "now", status="done"),
        "idea": tactic(40, "now", status="idea"),
    }
    data = build(on("2026-12-01", plan(tactics=tactics, strategy={"objectives": OBJECTIVES}))).data
    (now,) = data["objectives"]
    assert (now["objective"], now["tactics"], now["hours"], now["share"]) == ("now", ["a", "b"], 30, 0.5)
    assert (now["cash"], now["tactics_done"]) == (500, 1)
    assert (data["later"]["tactics"], data["later"]["hours"], data["later"]["share"]) == (["c"], 15, 0.25)
    assert (data["random"]["tactics"], data["random"]["hours"], data["random"]["share"]) == (["d", "e"], 15, 0.25)


def test_more_than_a_thousand_tactics_are_counted_with_commas() -> None:
    tactics = {f"t{n}": tactic(1, "now") for n in range(1018)}
    report = build(on("2026-12-01", plan(tactics=tactics, strategy={"objectives": OBJECTIVES})))
    tables = [block for section in report.sections for block in section.blocks if isinstance(block, Table)]
    assert [plain(row[1]) for row in tables[-1].rows] == ["1,018", "0"]


def test_a_function_without_a_date_has_not_committed() -> None:
    (now,) = build(on("2026-12-01", plan(strategy={"objectives": OBJECTIVES}))).data["objectives"]
    assert (now["functions_asked"], now["uncommitted"], now["shared"]) == (2, ["service"], False)


def test_a_grid_shows_the_first_forty_and_says_of_how_many() -> None:
    competitors = {f"rival-{number:02}": {"name": f"Rival {number}"} for number in range(41)}
    claims = {"fast": {"claim": "Fast."}}
    [picture] = draw_strategy(plan(strategy={"differentiators": claims, "competitors": competitors}))
    assert isinstance(picture.drawing, Grid)
    assert picture.drawing.columns == tuple(f"Rival {number}" for number in range(40))
    assert picture.caption.endswith("competitor says (the first 40 of 41 competitors).")
