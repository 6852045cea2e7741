"""The figures of `report results`, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from revplan.model.campaigns import Campaign
from revplan.model.metrics import Metric
from revplan.model.playbooks import Playbook
from revplan.reports.document import Items, Line, Picture, Table, plain
from revplan.reports.figures import Ranking, Scatter
from revplan.reports.results import build
from tests.support.plans import on, plan

if TYPE_CHECKING:
    from revplan.model.context import Context
    from revplan.reports.document import Section

LEADS = Metric.model_validate(
    {
        "id": "leads", "name": "Leads", "unit": "leads", "direction": "up", "owner": "ana", "cadence": "weekly",
        "target": "40",
        "readings": {
            "2026-09-10": "10", "2026-09-17": "12", "2026-09-24": "14", "2026-10-01": "16",
            "2026-10-08": "20", "2026-10-15": "22", "2026-10-22": "24", "2026-10-29": "26",
        },
    }
)  # fmt: skip


def done(moved: str, confidence: str, **more: str) -> dict[str, Any]:
    return {"status": "done", "confidence": confidence, "result": {"moved": moved}, **more}


def test_hits_are_counted_beside_the_confidence_that_was_stated() -> None:
    tactics = {
        "a": done("yes", "0.9", cost="100"),
        "b": done("no", "0.5"),
        "c": done("unclear", "1"),
        "d": done("yes", "1", function="sales", cost="200"),
        "open": {},
    }
    data = build(on("2026-11-28", plan(tactics=tactics))).data
    found = data["all"]
    assert (found["done"], found["moved"], found["not_moved"], found["unclear"]) == (4, 2, 1, 1)
    assert (found["hit_rate"], found["stated_confidence"], found["cost"]) == (0.6667, 0.8, 300)
    functions = {own["id"]: (own["done"], own["moved"]) for own in data["groups"] if own["by"] == "function"}
    assert functions == {"marketing": (3, 1), "sales": (1, 1)}


def test_readings_after_are_held_against_the_trend_before() -> None:
    """The line 10, 12, 14, 16 goes on as 18, 20, 22, 24, which is 21 on average; the readings are 23 on average."""
    what = plan(tactics={"guide": {"status": "done", "done": "2026-10-01", "metric": "leads"}})
    data = build(on("2026-11-28", replace(what, metrics={"leads": LEADS}))).data
    (found,) = data["tactics"]
    assert (found["readings_after"], found["mean_after"], found["expected"], found["difference"]) == (4, 23, 21, 2)
    assert data["waiting"] == ["guide"]


CHURN = Metric.model_validate(
    {
        "id": "churn", "name": "Churn", "unit": "%", "direction": "down", "owner": "ana", "cadence": "weekly",
        "target": "2",
        "readings": {
            "2026-09-17": "10", "2026-09-24": "10", "2026-10-01": "10",
            "2026-10-08": "9", "2026-10-15": "9", "2026-10-22": "9", "2026-10-29": "9",
        },
    }
)  # fmt: skip


def section(context: Context, title: str) -> Section:
    (found,) = (each for each in build(context).sections if plain(each.title) == title)
    return found


def rows(context: Context, title: str) -> list[dict[str, str]]:
    (table,) = (block for block in section(context, title).blocks if isinstance(block, Table))
    names = [column.title for column in table.columns]
    return [dict(zip(names, map(plain, row), strict=True)) for row in table.rows]


def lines(context: Context, title: str) -> list[str]:
    found: list[str] = []
    for block in section(context, title).blocks:
        if isinstance(block, Items):
            found += map(plain, block.items)
        elif isinstance(block, Line):
            found.append(plain(block.words))
    return found


def looked_at(**tactics: dict[str, Any]) -> Context:
    return on("2026-11-28", replace(plan(tactics=tactics), metrics={"leads": LEADS, "churn": CHURN}))


def spent(hours: str) -> dict[str, Any]:
    """Return the sprint of October, in which the task of each tactic took so long."""
    row = {"owner": "ana", "hours": "8", "spent": hours, "status": "done", "done": "2026-10-01"}
    return {"start": "2026-10-01", "end": "2026-10-31", "tactics": {"guide": {"tasks": {"write": row}}}}


def test_the_verdict_adds_up_to_all_that_is_done() -> None:
    """Two moved, one did not, one is unclear, three are not judged: seven."""
    judged = {"a": done("yes", "1"), "b": done("yes", "1"), "c": done("no", "1"), "d": done("unclear", "1")}
    at = on("2026-11-28", plan(tactics={**judged, **{name: {"status": "done"} for name in "efg"}}))
    (said,) = lines(at, "Did it work?")
    assert said.startswith(
        "7 tactics done: 2 moved what was to move, 1 did not, 1 unclear, 3 not judged. Hit rate 66.7%"
    )
    (drawn,) = (block for block in section(at, "Did it work?").blocks if isinstance(block, Picture))
    assert isinstance(drawn.drawing, Ranking)
    assert [bar.value for bar in drawn.drawing.measures] == [2, 1, 1, 3]


def test_effects_are_per_cent_of_what_the_trend_would_have_been() -> None:
    """Leads are 23 where 21 were due: 9.5% better. Churn is 9 where 10 was due, and less is better: 10% better."""
    work = {"owner": "ana", "hours": "8", "status": "done", "done": "2026-10-01"}
    took = {
        "guide": {"tasks": {"write": {**work, "spent": "6"}}},
        "care": {"tasks": {"write": {**work, "spent": "10"}}},
    }
    sprint = {"start": "2026-10-01", "end": "2026-10-31", "tactics": took}
    made = plan(tactics={"guide": {"metric": "leads"}, "care": {"metric": "churn"}}, sprints={"2026-10": sprint})
    at = on("2026-11-28", replace(made, metrics={"leads": LEADS, "churn": CHURN}))
    (drawn,) = (block for block in section(at, "Effort and effect").blocks if isinstance(block, Picture))
    assert isinstance(drawn.drawing, Scatter)
    points = {point.name[3:]: (point.x, round(point.y, 2)) for point in drawn.drawing.points}
    assert points == {"Guide": (6, round(100 * 2 / 21, 2)), "Care": (10, 10)}
    assert drawn.drawing.x_split == (6 + 10) / 2


@pytest.mark.parametrize(
    ("name", "metric", "told"), [("guide", LEADS, "10% better than"), ("guide", CHURN, "10% better than")]
)
def test_one_alone_is_told_and_not_drawn(name: str, metric: Metric, told: str) -> None:
    made = plan(tactics={name: {"metric": metric.id}}, sprints={"2026-10": spent("6.5")})
    at = on("2026-11-28", replace(made, metrics={metric.id: metric}))
    (said,) = lines(at, "Effort and effect")
    assert said == f"Guide: 6.5 h worked, {told} the trend before. Two and more are drawn."
    assert not any(isinstance(block, Picture) for block in section(at, "Effort and effect").blocks)


def test_the_question_says_which_way_is_better() -> None:
    late = {"status": "done", "done": "2026-10-01"}
    at = looked_at(guide={**late, "metric": "leads"}, care={**late, "metric": "churn"})
    asked = {text.split(" ", 1)[0]: text for text in lines(at, "To be judged")}
    assert "would be 21 on average, so it is 2 better, give or take 0." in asked["Guide"]
    assert "would be 10 on average, so it is 1 better, give or take 0." in asked["Care"]
    steady = CHURN.model_copy(update={"readings": dict.fromkeys(CHURN.readings, 10)})
    same = on("2026-11-28", replace(plan(tactics={"care": {**late, "metric": "churn"}}), metrics={"churn": steady}))
    assert "so it is the same, give or take 0." in lines(same, "To be judged")[0]
    two = dict([*CHURN.readings.items()][1:])
    short = CHURN.model_copy(update={"readings": two})
    few = on("2026-11-28", replace(plan(tactics={"care": {**late, "metric": "churn"}}), metrics={"churn": short}))
    assert "the mean before was 10 on average, so it is 1 better." in lines(few, "To be judged")[0], "two make no trend"


def test_tactic_by_tactic_from_the_oldest_on() -> None:
    late = {"status": "done", "metric": "leads"}
    at = looked_at(
        zoo={**late, "done": "2026-10-01", "cost": "300"},
        ant={**late, "done": "2026-10-15"},
        cat={"status": "done", "metric": "leads"},
        dog={"status": "done", "done": "2026-09-01", "result": {"moved": "yes", "by": "3", "learnt": "Ask early"}},
    )
    told = rows(at, "Tactic by tactic")
    assert [(row["Tactic"], row["Done"], row["Result"], row["Cost"]) for row in told] == [
        ("Dog", "1 Sep", "moved", "–"),
        ("Zoo", "1 Oct", "to be judged", "$300"),
        ("Ant", "15 Oct", "2 of 4 readings", "–"),
        ("Cat", "–", "no day", "–"),
    ]
    assert (told[0]["By"], told[0]["Learnt"]) == ("3", "Ask early")
    bare = on("2026-11-28", plan(tactics={"a": {"status": "done"}}))
    assert rows(bare, "Tactic by tactic")[0]["Result"] == "no metric"


def test_an_answer_given_later_than_today_is_not_told_yet() -> None:
    later = {"moved": "yes", "by": "3", "learnt": "Ask early", "on": "2026-12-20"}
    at = on("2026-11-28", plan(tactics={"a": {"status": "done", "done": "2026-09-01", "result": later}}))
    (told,) = rows(at, "Tactic by tactic")
    assert (told["By"], told["Learnt"]) == ("–", "")


def test_each_playbook_has_the_factor_of_its_own_results() -> None:
    """Three of three talks hit, none of three letters: the factors lie on both sides of the function's."""
    good = {f"talk-{number}": done("yes", "0.5", playbook="talk") for number in range(3)}
    bad = {f"letter-{number}": done("no", "0.5", playbook="letter") for number in range(3)}
    at = on("2026-11-28", plan(tactics={**good, **bad}))
    found = {(own["by"], own["id"]): own["factor"] for own in build(at).data["groups"]}
    assert found["playbook", "letter"] < found["function", "marketing"] < found["playbook", "talk"]
    # 3 hits of 3 at 50% in the function: (3 + 3) / (3 + 3) = 1. Without the talks the letters: (0 + 3) / (1.5 + 3).
    assert found["function", "marketing"] == 1
    objective = on("2026-11-28", plan(tactics={"a": done("yes", "0.5", playbook="talk", objective="talk")}))
    assert {own["by"]: own["factor"] for own in build(objective).data["groups"]}["objective"] is None


def test_a_playbook_whose_tactics_nobody_timed_has_no_hours_to_tell() -> None:
    talk = Playbook.model_validate(
        {
            "id": "talk",
            "title": "A talk",
            "function": "marketing",
            "stage": "lead",
            "tasks": {"write": {"skill": "writing", "hours": "8"}},
        }
    )
    made = plan(tactics={"guide": done("yes", "1", playbook="talk")})
    at = on("2026-11-28", replace(made, playbooks={"talk": talk}))
    assert [(own["playbook"], own["timed"], own["hours_factor"]) for own in build(at).data["playbooks"]] == [
        ("talk", 0, None)
    ]
    assert "What playbooks took" not in [plain(each.title) for each in build(at).sections]
    timed = replace(
        plan(tactics={"guide": {"playbook": "talk"}}, sprints={"2026-10": spent("12")}), playbooks={"talk": talk}
    )
    (row,) = rows(on("2026-11-28", timed), "What playbooks took")
    assert (row["Usual h"], row["Took h"]) == ("8", "12")


def test_campaigns_without_deals_are_left_out_of_what_campaigns_won() -> None:
    body = {"title": "Any", "message": "M", "start": "2026-09-01", "end": "2026-10-01"}
    won = {"created": "10", "won": "2", "lost": "3"}
    campaigns = {
        "quiet": Campaign.model_validate({"id": "quiet", **body}),
        "loud": Campaign.model_validate({"id": "loud", **body, "title": "Loud", "deals": won}),
    }
    at = on("2026-11-28", replace(plan(), campaigns=campaigns))
    assert [own["campaign"] for own in build(at).data["campaign_deals"]] == ["loud"]
    assert [row["Campaign"] for row in rows(at, "What campaigns won")] == ["Loud"]
