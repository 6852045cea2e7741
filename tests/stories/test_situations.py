"""Situations that teams have, each as somebody wrote it down, and what is right in it."""

from __future__ import annotations

import json
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

BARE = "revplan: {format: 1, company: X, currency: EUR, today: 2026-11-28, sprint: {focus_factor: 1, reserve: 0}%s}\n"
ANA = "team:\n  ana: {name: Ana, kind: employee, function: marketing, skills: {writing: 3}, %s}\n"
KETTLE = """\
revplan: {format: 1, company: Copper Kettle, currency: EUR, today: 2026-11-28}
strategy:
  big_story: {narrative: n, pillars: {fresh: {claim: Fresh, proof: A date on every bag}}}
  objectives: {more: {title: More offices, owner: noor, quarter: 2026-Q4, metric: leads}}
metrics:
  leads: {name: Leads, unit: leads, direction: up, owner: noor, cadence: weekly, target: 10, drives: revenue}
  conv: {name: Conversion, unit: "%", direction: up, owner: noor, cadence: weekly, target: 2.5%, drives: revenue}
  revenue: {name: Revenue, unit: EUR, direction: up, owner: noor, cadence: monthly, target: 60000, revenue: true}
team:
  sam: {name: Sam, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3, web: 3, calls: 2}}
  noor: {name: Noor, kind: employee, function: sales, hours_per_week: 40, skills: {calls: 4, writing: 2, web: 2}}
"""


@pytest.fixture
def plannable(run: Run, make_plan: MakePlan) -> Callable[..., float]:
    """Return the hours of December that Ana can be planned for, by her line and further settings."""

    def hours(ana: str, settings: str = "") -> float:
        root = make_plan({"revplan.yaml": BARE % settings, "team.yaml": ANA % ana})
        assert run("validate", "-C", root).code == 0
        told = json.loads(run("sprint", "plan", "2026-12", "-C", root, "--format", "json").out)
        return float(told["members"][0]["plannable"])

    return hours


def placed(run: Run, root: Path) -> dict[str, list[tuple[str, str, str, float]]]:
    """Return by task who does it from when until when, and the hours, in December's sprint."""
    told = json.loads(run("sprint", "plan", "2026-12", "-C", root, "--format", "json").out)
    found: dict[str, list[tuple[str, str, str, float]]] = {}
    for task in (task for tactic in told["placed"] for task in tactic["tasks"]):
        found.setdefault(task["task"], []).append((task["owner"], task["start"], task["due"], task["hours"]))
    return found


def test_the_same_day_as_a_day_and_as_a_range_is_off_once(plannable: Callable[..., float]) -> None:
    week = "week: {mon: 8, tue: 8, wed: 4}"
    assert plannable(week) == 92
    twice = "time_off: {2026-12-15: Vacation, 2026-12-15..2026-12-15: {hours: 2, reason: Call}}"
    assert plannable(f"{week}, {twice}") == 84


def test_four_hours_are_four_hours(plannable: Callable[..., float]) -> None:
    assert plannable("hours_per_week: 40") == 184
    assert plannable("hours_per_week: 40, time_off: {2026-12-21: 4h}") == 180
    assert plannable("hours_per_week: 40, time_off: {2026-12-24: half day}") == 180
    holidays = ", holidays: {2026-12-24: {hours: 4, reason: Christmas Eve}, 2026-12-28..2026-12-31: Closed}"
    assert plannable("hours_per_week: 40", holidays) == 184 - 4 - 32


def test_weeks_by_turns(plannable: Callable[..., float]) -> None:
    # Of the weeks that December touches, 49, 51 and 53 are odd: Fridays of 4, 18 December; Mondays of 7, 21 December.
    assert plannable("week: {even: {mon: 8}, odd: {fri: 6}}") == 2 * 8 + 2 * 6


def test_an_unknown_day_of_the_week_is_one(run: Run, make_plan: MakePlan) -> None:
    root = make_plan({"revplan.yaml": BARE % "", "team.yaml": ANA % "week: {mon: 8, tues: 8, wed: 8}"})
    told = run("validate", "-C", root)
    assert 'unknown key "tues"' in told.out
    assert 'did you mean "tue"?' in told.out


@pytest.mark.parametrize(
    ("often", "hours"),
    [("daily", 23 * 2), ("weekly", 4 * 2), ("{every: 3, unit: week}", 2), ("quarterly", 0), ("yearly", 0)],
)
def test_rituals_come_off_first(run: Run, make_plan: MakePlan, often: str, hours: int) -> None:
    # Mondays of December are 7, 14, 21 and 28; every third from 30 November on is the 21st.
    ritual = (
        "tactics: {demo: {title: Demo, function: marketing, impact: 5, not_before: 2026-11-30, recurring: %s,"
        " tasks: {do: {skill: writing, hours: 2, owner: ana}}}}\n"
    )
    root = make_plan({"revplan.yaml": BARE % "", "team.yaml": ANA % "hours_per_week: 40", "a.yaml": ritual % often})
    told = json.loads(run("sprint", "plan", "2026-12", "-C", root, "--format", "json").out)
    assert told["members"][0]["recurring"] == hours


def test_no_word_for_how_often_is_made_another(run: Run, make_plan: MakePlan) -> None:
    for word in ("triweekly", "bi-weekly"):
        task = "{do: {skill: x, hours: 1}}"
        text = f"tactics: {{a: {{title: A, function: sales, impact: 5, recurring: {word}, tasks: {task}}}}}\n"
        root = make_plan({"a.yaml": text})
        run("validate", "--fix", "-C", root)
        assert (root / "a.yaml").read_text(encoding="utf-8") == text


def test_answers_are_waited_for(run: Run, make_plan: MakePlan) -> None:
    survey = (
        "tactics: {survey: {title: Survey, function: marketing, impact: 8, tasks: {send: {skill: writing, hours: 4},"
        " evaluate: {skill: web, hours: 4, after: [send]%s}}}}\n"
    )
    found = {
        wait: placed(run, make_plan({"revplan.yaml": KETTLE, "a.yaml": survey % wait}))["evaluate"][0][1]
        for wait in ("", ", not_before: 2026-12-10", ", wait: 7d", ", wait: 3w")
    }
    # Sent on Tuesday the first: seven days later is the eighth, three workdays later the fourth.
    assert list(found.values()) == ["2026-12-01", "2026-12-10", "2026-12-08", "2026-12-04"]


def test_a_workshop_of_two_books_both(run: Run, make_plan: MakePlan) -> None:
    task = "{meet: {skill: writing, hours: 8, people: 2}}"
    meet = f"tactics: {{w: {{title: Workshop, function: marketing, impact: 8, tasks: {task}}}}}\n"
    found = placed(run, make_plan({"revplan.yaml": KETTLE, "a.yaml": meet}))["meet"]
    assert found == [("noor", "2026-12-01", "2026-12-02", 8), ("sam", "2026-12-01", "2026-12-02", 8)]


@pytest.mark.parametrize(
    ("said", "written"), [("friday", "2026-12-04"), ("+7d", "2026-12-05"), ("end of week", "2026-12-04")]
)
def test_days_may_be_said(run: Run, make_plan: MakePlan, said: str, written: str) -> None:
    root = make_plan({"revplan.yaml": KETTLE})
    day = ("--today", "2026-11-30") if said == "end of week" else ()
    told = run("todo", "add", "Call", "--owner", "sam", "--due", said, "-C", root, *day)
    assert told.code == 0, told.err
    assert f"due: {written}" in "".join(path.read_text(encoding="utf-8") for path in root.rglob("*.yaml"))


def test_key_results_have_a_way_and_a_range(run: Run, make_plan: MakePlan) -> None:
    metrics = (
        "metrics:\n"
        "  churn: {name: Churn, unit: '%', direction: down, owner: ana, cadence: monthly, baseline: 8, target: 4,\n"
        "    readings: {2026-11-25: 6}}\n"
        "  reply: {name: Reply time, unit: h, direction: down, owner: ana, cadence: weekly, keep: 2..4,\n"
        "    readings: {2026-11-23: 0.2}}\n"
    )
    root = make_plan({"revplan.yaml": BARE % "", "team.yaml": ANA % "hours_per_week: 40", "metrics.yaml": metrics})
    told = run("report", "scoreboard", "-C", root).out
    lines = {line.split(",")[0].strip(): line for line in told.splitlines() if line.startswith(("  Churn,", "  Reply"))}
    assert "50%" in lines["Churn"]
    assert "red" in lines["Reply time"]


@pytest.mark.parametrize("nothing", ["null", "~", "", "Null"])
def test_nothing_is_not_given(run: Run, make_plan: MakePlan, nothing: str) -> None:
    text = (
        f"tactics: {{a: {{title: A, function: marketing, impact: 7, objective: {nothing}, cost: {nothing},"
        f" tags: {nothing}, deadline: {nothing},"
        f" tasks: {{do: {{skill: writing, hours: 4, owner: {nothing}, after: {nothing}}}}}}}}}\n"
    )
    told = run("validate", "-C", make_plan({"revplan.yaml": KETTLE, "a.yaml": text}))
    assert "error" not in told.out


@pytest.mark.parametrize(
    ("line", "message", "column"),
    [
        ("notes:No space", 'there is no space after the colon of "notes"', 10),
        ('notes: "Say "hello" to us"', "text stands here after the closing quote", 18),
        ("notes:\u00a0Pasted", "a non-breaking space (U+00A0) stands after the colon", 11),
    ],
)
def test_pasted_text_is_blamed_at_its_own_place(
    run: Run, make_plan: MakePlan, line: str, message: str, column: int
) -> None:
    root = make_plan(f"tactics:\n  a:\n    function: marketing\n    {line}\n    impact: 5\n")
    told = run("validate", "-C", root).out
    assert message in told
    assert f"plan.yaml:4:{column}" in told


def test_a_month_that_begins_on_a_free_day_is_the_one_due(run: Run, make_plan: MakePlan) -> None:
    january = KETTLE.replace(
        "today: 2026-11-28", "holidays: {2027-01-01: New Year}, meetings: {sprint: {minutes: 240}}"
    )
    root = make_plan({"revplan.yaml": january})
    for command in (("sprint", "plan"), ("agenda", "sprint")):
        told = " ".join(run(*command, "-C", root, "--today", "2027-01-04").out.split())
        assert "2027-01 is under way and has no sprint yet" in told


def test_what_stands_in_braces_is_text(run: Run, make_plan: MakePlan) -> None:
    text = (
        "tactics: {a: {title: Why us?, function: marketing, impact: 5, notes: see https://example.org/a at 12:30,"
        " tags: [q4:launch, https://example.org], tasks: {do: {skill: web, hours: 6}}}}\n"
    )
    root = make_plan({"revplan.yaml": KETTLE, "a.yaml": text})
    assert "error" not in run("validate", "-C", root).out
    shown = json.loads(run("export", "json", "-C", root).out)["plan"]["tactics"]["a"]
    assert (shown["title"], shown["notes"]) == ("Why us?", "see https://example.org/a at 12:30")


def test_per_cents_are_taken_wherever_a_metric_counts_them(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    root = make_plan({"revplan.yaml": KETTLE})
    assert run("metric", "record", "conv", "2.7%", "--date", "2026-11-20", "-C", root).code == 0
    table = tmp_path / "c.csv"
    table.write_text("date,conv\n2026-11-27,2.9%\n2026-11-20,2.7%\n", encoding="utf-8")
    told = run("metric", "import", table, "-C", root, "--write")
    assert "1 new, 0 changed, 1 the same" in told.out
    assert "2026-11-27: 2.9" in (root / "revplan.yaml").read_text(encoding="utf-8")
    mixed = tmp_path / "mixed.csv"
    mixed.write_text("date,conv\n2026-11-13,2.9%\n2026-11-06,0.027\n", encoding="utf-8")
    refused = run("metric", "import", mixed, "-C", root, "--write")
    assert refused.code != 0
    assert '"0.027" may be 0.027% or 2.7%' in " ".join((refused.out + refused.err).split())


@pytest.mark.parametrize("fault", ["objective: leads-2027-q1", "metric: leads-uk", "personas: [cto]", "requires: [a2]"])
def test_an_id_is_never_taken_for_another(run: Run, make_plan: MakePlan, tmp_path: Path, fault: str) -> None:
    near = (
        "personas: {cfo: {name: CFO, segment: smb, buying_role: economic-buyer, goals: [g], pains: [p],"
        " channels: [c]}}\n"
        "strategy: {segments: {smb: {name: Small}}, objectives: {leads-2026-q4: {title: Leads, owner: ana,"
        " quarter: 2026-Q4, metric: leads-us}}}\n"
        "metrics: {leads-us: {name: Leads, unit: n, direction: up, owner: ana, cadence: weekly, target: 5}}\n"
        f"tactics: {{a1: {{title: A, function: marketing, impact: 5, {fault},"
        " tasks: {do: {skill: writing, hours: 4}}}}\n"
    )
    root = make_plan({"revplan.yaml": BARE % "", "team.yaml": ANA % "hours_per_week: 40", "near.yaml": near})
    before = copytree(root, tmp_path / "before")
    assert run("validate", "--fix", "-C", root).code == 1
    assert (root / "near.yaml").read_bytes() == (before / "near.yaml").read_bytes()
