"""The first commitment stays: a replan adds, drops and re-estimates, each on its day, and nothing is forgotten."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.calibration import calibrations
from revplan.analysis.commitment import commitment
from revplan.analysis.outcome import outcome
from tests.support.plans import plan
from tests.support.quay import COMPANY

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.quay import Company

    Found = Callable[..., Company]

RUSH = "  rush: {title: Rush, function: marketing, impact: 10, tasks: {write: {skill: writing, hours: 50}}}\n"
DAYS = st.dates(date(2026, 12, 1), date(2026, 12, 31))
HOURS = st.integers(1, 40)


def data(quay: Company, *arguments: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(quay.done(*arguments, "--format", "json").out)["data"]
    return document


def test_what_was_committed_stays_committed_after_a_replan(company: Found) -> None:
    quay = company().started()
    (quay.root / "plan.yaml").write_text(COMPANY + RUSH)
    quay.on("2026-12-16").done("plan", "--write")
    closed = data(quay.on("2026-12-31"), "close")
    # 20 + 10 of the guide, 8 of the page, 60 of the book; the rush came in with 50, the book went with its 60
    assert closed["commitment"]["committed_hours"] == 98
    assert (
        closed["commitment"]["added_hours"],
        closed["commitment"]["dropped_hours"],
        closed["commitment"]["planned_hours"],
    ) == (
        50,
        60,
        88,
    )
    assert {(step["day"], step["change"], step["task"], step["hours"]) for step in closed["commitment"]["changes"]} == {
        ("2026-12-16", "added", "rush/write", 50),
        ("2026-12-16", "dropped", "book/write", -60),
    }
    by_tactic = {entry["tactic"]: (entry["committed_hours"], entry["planned_hours"]) for entry in closed["tactics"]}
    assert by_tactic == {"guide": (30, 30), "page": (8, 8), "book": (60, 0), "rush": (0, 50)}


def test_a_new_estimate_is_told_with_its_day_and_the_old_one(company: Found) -> None:
    quay = company().started()
    backlog = quay.root / "plan.yaml"
    backlog.write_text(backlog.read_text().replace("web, hours: 8", "web, hours: 13"))
    quay.on("2026-12-02").done("plan", "--write")
    backlog.write_text(backlog.read_text().replace("web, hours: 13", "web, hours: 11"))
    quay.on("2026-12-03").done("plan", "--write")
    row = quay.row("page", "build")
    assert (row.minutes, dict(row.was)) == (11 * 60, {date(2026, 12, 2): 8 * 60, date(2026, 12, 3): 13 * 60})
    told = data(quay.on("2026-12-03"), "status")["commitment"]
    assert (told["committed_hours"], told["re_estimated_hours"], told["planned_hours"]) == (98, 3, 101)
    assert [(step["day"], step["hours"]) for step in told["changes"]] == [("2026-12-02", 5), ("2026-12-03", -2)]
    assert "estimates up by 3 h: 101 h now" in quay.on("2026-12-03").done("status").out
    assert "wrote nothing" in quay.on("2026-12-03").done("plan", "--write").err


def test_a_task_that_leaves_or_joins_its_tactic_is_told(company: Found) -> None:
    quay = company().started()
    backlog = quay.root / "plan.yaml"
    joined = backlog.read_text().replace(
        "draw: {skill: design, hours: 10, after: [write]}", "print: {skill: design, hours: 4, after: [write]}"
    )
    backlog.write_text(joined)
    file = quay.root / "sprints" / "2026-12.yaml"
    file.write_text(file.read_text().replace("draw: {owner: ben,", "draw: {owner: ben, dropped: 2026-12-02,"))
    quay.on("2026-12-03").done("plan", "--write")
    told = data(quay.on("2026-12-03"), "show")["commitment"]
    assert (told["committed_hours"], told["added_hours"], told["dropped_hours"], told["planned_hours"]) == (
        98,
        4,
        10,
        92,
    )
    assert str(quay.row("guide", "draw").dropped) == "2026-12-02"
    assert "guide/draw" not in {one["task"] for one in data(quay, "show")["tasks"]}
    assert quay.invoke("validate", "-C", str(quay.root), "--today", "2026-12-02").code == 0
    assert "guide/draw was dropped" in quay.on("2026-12-02").refused("log", "guide/draw", "--done")
    assert "wrote nothing" in quay.on("2026-12-03").done("plan", "--write").err


def test_before_the_start_a_plan_is_no_commitment(company: Found) -> None:
    quay = company()
    quay.done("plan", "--write")
    (quay.root / "plan.yaml").write_text(COMPANY + RUSH.replace("50", "110"))
    quay.on("2026-11-30").done("plan", "--write")
    told = data(quay, "show")["commitment"]
    assert (told["committed_hours"], told["changes"]) == (148, [])


def test_a_sprint_that_nobody_started_is_committed_from_its_first_day(company: Found) -> None:
    quay = company()
    quay.done("plan", "--write")
    (quay.root / "plan.yaml").write_text(COMPANY + RUSH)
    quay.on("2026-12-16").done("plan", "2026-12", "--write")
    told = data(quay, "show", "2026-12")["commitment"]
    assert (told["committed_hours"], told["added_hours"], told["dropped_hours"]) == (98, 50, 60)


def test_a_fresh_plan_of_a_running_month_is_made_again_on_its_day(company: Found) -> None:
    quay = company().on("2026-12-09")
    quay.done("plan", "2026-12", "--write")
    (quay.root / "plan.yaml").write_text(COMPANY + RUSH)
    quay.done("plan", "2026-12", "--write")
    assert data(quay, "show", "2026-12")["commitment"]["changes"] == []


def test_what_was_dropped_and_comes_back_is_in_the_sprint_again(company: Found) -> None:
    quay = company().started().on("2026-12-02")
    quay.done("plan", "--drop", "book", "--write")
    assert data(quay, "show")["commitment"]["planned_hours"] == 38
    file = quay.root / "sprints" / "2026-12.yaml"
    file.write_text(file.read_text().replace("        dropped: 2026-12-02\n", ""))
    told = data(quay, "show")["commitment"]
    assert (told["committed_hours"], told["planned_hours"], told["changes"]) == (98, 98, [])


def test_an_old_plan_means_what_it_meant() -> None:
    tasks = {"write": {"hours": "8", "owner": "ann", "spent": "14", "status": "done"}}
    old = plan(
        tactics={"seo": {"tasks": {"write": {"skill": "writing", "hours": "8"}}}},
        sprints={"2026-12": {"start": "2026-12-01", "end": "2026-12-31", "tactics": {"seo": {"tasks": tasks}}}},
    )
    found = outcome(old, old.sprints["2026-12"])
    assert (found.total.committed, found.total.planned, found.total.spent) == (480, 480, 840)


def test_estimates_are_learned_from_what_was_committed() -> None:
    row = {"hours": "20", "was": {"2026-12-04": "8"}, "owner": "ann", "spent": "16", "status": "done"}
    told = plan(
        tactics={"seo": {"tasks": {"write": {"skill": "writing", "hours": "8"}}}},
        sprints={
            "2026-12": {"start": "2026-12-01", "end": "2026-12-31", "tactics": {"seo": {"tasks": {"write": row}}}}
        },
    )
    assert calibrations(told)["writing"].ratio == 2


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    dropped = draw(st.none() | DAYS)
    was = draw(st.dictionaries(DAYS, HOURS, max_size=3))
    row: dict[str, Any] = {"hours": str(draw(HOURS)), "owner": "ann"}
    if was:
        row["was"] = {str(day): str(hours) for day, hours in was.items()}
    return row | ({"dropped": str(dropped)} if dropped else {})


@st.composite
def tactics(draw: st.DrawFn) -> dict[str, Any]:
    body: dict[str, Any] = {"tasks": draw(st.dictionaries(st.sampled_from("abc"), rows(), min_size=1))}
    added, dropped = draw(st.none() | DAYS), draw(st.none() | DAYS)
    return (
        body
        | ({"origin": "added", "added": str(added)} if added else {})
        | ({"dropped": str(dropped)} if dropped else {})
    )


@given(st.dictionaries(st.sampled_from("xyz"), tactics()))
def test_the_steps_add_up_to_what_is_in_the_sprint(bodies: dict[str, Any]) -> None:
    sprint = plan(sprints={"2026-12": {"start": "2026-12-01", "end": "2026-12-31", "tactics": bodies}}).sprints[
        "2026-12"
    ]
    found = commitment(sprint)
    now = sum(
        int(row["hours"]) * 60
        for body in bodies.values()
        for row in body["tasks"].values()
        if "dropped" not in body and "dropped" not in row
    )
    first = sum(
        int(row["was"][min(row["was"])] if "was" in row else row["hours"]) * 60
        for body in bodies.values()
        for row in body["tasks"].values()
        if "added" not in body
    )
    assert found.committed + found.added - found.dropped + found.re_estimated == found.planned == now
    assert found.committed == first
    total = outcome(
        plan(sprints={"2026-12": {"start": "2026-12-01", "end": "2026-12-31", "tactics": bodies}}), sprint
    ).total
    assert (total.committed, total.planned) == (first, now)
