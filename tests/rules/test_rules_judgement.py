"""What rules say, and what they leave unsaid: each test carries its plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.analysis.workload import content_digest
from revplan.app.checking.validate import validate
from revplan.model.context import Context
from revplan.model.sprints import Sprint
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    MakePlan = Callable[[Mapping[str, str] | str], Path]

ANA = "team: {ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}}\n"
GUIDE = "tactics: {guide: {title: G, function: marketing, impact: 7, tasks: {write: {skill: writing, hours: 8}}}}\n"
TODAY = date(2026, 11, 28)


def told(root: Path, only: Iterable[str] = (), today: date = TODAY) -> list[str]:
    """Return the findings as `CODE message`, of all codes or of some."""
    loaded = read(root)
    found = validate(loaded, Context(loaded.plan, today)).diagnostics
    return [f"{each.code} {each.message}" for each in found if not only or each.code in only]


# --- a plan that has only begun ----------------------------------------------------------------------------------


def test_ten_lines_are_a_plan_without_findings(make_plan: MakePlan) -> None:
    assert told(make_plan(ANA + GUIDE)) == []


def test_tactics_alone_are_no_finding(make_plan: MakePlan) -> None:
    assert told(make_plan(GUIDE)) == []


def test_two_people_and_a_few_tactics_are_no_finding(make_plan: MakePlan) -> None:
    task = "tasks: {do: {skill: writing, hours: 8}}"
    rows = "".join(f"  t{number}: {{title: T, function: sales, impact: 8, {task}}}\n" for number in range(4))
    ben = "  ben: {name: Ben, kind: employee, function: sales, hours_per_week: 40, skills: {writing: 2}}\n"
    ana = "  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {writing: 2}}\n"
    assert told(make_plan(f"team:\n{ana}{ben}tactics:\n{rows}")) == []


def test_a_strategy_that_has_begun_is_one_warning(make_plan: MakePlan) -> None:
    (found,) = told(make_plan(ANA + GUIDE + "strategy: {vision: Far}\n"))
    assert found.startswith("RP505 the strategy has no Big Story, value proposition, differentiators, ideal customer,")


# --- one fault, one finding --------------------------------------------------------------------------------------


def test_a_broken_member_takes_no_skill_away(make_plan: MakePlan) -> None:
    ben = "  ben: {name: Ben, kind: boss, function: marketing, hours_per_week: 40, skills: {design: 3}}\n"
    ana = "  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}\n"
    draw = "tactics: {logo: {title: L, function: marketing, impact: 3, tasks: {draw: {skill: design, hours: 8}}}}\n"
    found = told(make_plan(f"team:\n{ana}{ben}{draw}"))
    assert [line[:5] for line in found] == ["RP105"]


def test_a_broken_tactic_does_not_leave_its_persona_unserved(make_plan: MakePlan) -> None:
    persona = "{name: C, segment: s, buying_role: user, goals: [g], pains: [p], channels: [email]}"
    tactics = "  a: {title: A, function: sales, impact: 11, personas: [cfo], tasks: {do: {skill: calls, hours: 1}}}\n"
    segments = "strategy: {segments: {s: {name: S}}}\n"
    found = told(make_plan(f"personas: {{cfo: {persona}}}\n{segments}tactics:\n{tactics}"), {"RP104", "RP501"})
    assert [line[:5] for line in found] == ["RP104"]


def test_a_dangling_reference_has_no_echo(make_plan: MakePlan) -> None:
    root = make_plan(
        "strategy: {objectives: {one: {title: One}}}\n"
        "tactics:\n  guide: {title: G, function: marketing, impact: 7, objective: two,\n"
        "          tasks: {write: {skill: writing, hours: 8, owner: nobody}}}\n"
        "sprints:\n  2026-12:\n    start: 2026-12-01\n    end: 2026-12-31\n"
        "    tactics: {guide: {tasks: {write: {owner: noone, hours: 8, due: 2026-12-03}}}}\n"
    )
    found = told(root)
    assert [line[:5] for line in found if line[:5] != "RP505"] == ["RP205", "RP207", "RP207"]


@pytest.mark.parametrize("member_skills", ["{design: 2}", "{design: 1}"])
def test_a_pinned_owner_below_the_level_is_told_once(make_plan: MakePlan, member_skills: str) -> None:
    team = f"team: {{ana: {{name: A, kind: employee, function: sales, hours_per_week: 40, skills: {member_skills}}}}}\n"
    task = "{draw: {skill: design, hours: 8, level: 3, owner: ana}}"
    root = make_plan(f"{team}tactics: {{logo: {{title: L, function: sales, impact: 3, tasks: {task}}}}}\n")
    assert [line[:5] for line in told(root)] == ["RP401"]


def test_a_skill_nobody_has_is_told_once_even_where_it_is_pinned(make_plan: MakePlan) -> None:
    task = "{draw: {skill: design, hours: 8, owner: ana}}"
    root = make_plan(f"{ANA}tactics: {{logo: {{title: L, function: sales, impact: 3, tasks: {task}}}}}\n")
    assert [line[:5] for line in told(root)] == ["RP410"]


# --- sprints -----------------------------------------------------------------------------------------------------


def sprint(body: str, sprint_id: str = "2026-12", **more: str) -> str:
    """Return a sprint of a calendar month of 30 days, with its tactics."""
    extra = "".join(f"    {key}: {value}\n" for key, value in more.items())
    return f"  {sprint_id}:\n    start: {sprint_id}-01\n    end: {sprint_id}-30\n{extra}    tactics: {{{body}}}\n"


ROW = "guide: {{tasks: {{write: {{owner: ana, hours: {hours}, due: {due}, status: {status}}}}}}}"


@pytest.mark.parametrize(("status", "codes"), [("planned", ["RP301"]), ("active", ["RP301"]), ("closed", [])])
def test_closed_sprints_are_history(make_plan: MakePlan, status: str, codes: list[str]) -> None:
    row = ROW.format(hours=900, due="2026-12-03", status="planned")
    root = make_plan(f"{ANA}{GUIDE}sprints:\n{sprint(row, status=status)}")
    assert [line[:5] for line in told(root)] == codes


def test_a_done_task_counts_for_what_it_took(make_plan: MakePlan) -> None:
    row = "guide: {tasks: {write: {owner: ana, hours: 200, due: 2026-12-03, status: done, spent: 20}}}"
    root = make_plan(f"{ANA}{GUIDE}sprints:\n{sprint(row, status='active')}")
    assert told(root, {"RP301"}, date(2026, 12, 7)) == []


@pytest.mark.parametrize(
    "settings",
    [
        "currency: EUROS, calendars: {bavaria: {2027-01-06: Epiphany}}",
        "currency: EUR, calendars: {bavaria: {2027-01-36: Epiphany}}",
        "currency: EUR, calendars: bavaria",
    ],
)
def test_a_calendar_that_cannot_be_read_is_told_once(make_plan: MakePlan, settings: str) -> None:
    member = "{name: Ana, kind: employee, function: sales, hours_per_week: 40, calendar: bavaria}"
    root = make_plan({"revplan.yaml": f"revplan: {{format: 1, company: T, {settings}}}\nteam:\n  ana: {member}\n"})
    (found,) = told(root)
    assert found.startswith(("RP103", "RP104"))


def test_half_a_day_off_is_no_absence(make_plan: MakePlan) -> None:
    team = ANA.replace("skills:", "time_off: {2026-12-03: {hours: 4}}, skills:")
    row = ROW.format(hours=8, due="2026-12-03", status="planned")
    assert told(make_plan(f"{team}{GUIDE}sprints:\n{sprint(row)}")) == []


def test_work_on_a_holiday_of_ones_own_place_is_told(make_plan: MakePlan) -> None:
    """The company's own holidays have never been told: whoever writes a sprint by hand may mean to work then."""
    settings = (
        "revplan: {format: 1, company: T, currency: EUR, holidays: {2026-12-02: Ours}, "
        "calendars: {oslo: {2026-12-03: A day there}}}\n"
    )
    row = ROW.format(hours=8, due="2026-12-03", status="planned")
    for calendar, found in (("", []), ("calendar: oslo, ", ["RP302"])):
        team = ANA.replace("skills:", f"{calendar}skills:")
        root = make_plan({"revplan.yaml": settings, "a.yaml": f"{team}{GUIDE}sprints:\n{sprint(row)}"})
        assert [each.partition(" ")[0] for each in told(root)] == found


def test_a_day_off_that_is_past_is_not_told(make_plan: MakePlan) -> None:
    team = ANA.replace("skills:", "time_off: {2026-12-03: Ill}, skills:")
    row = ROW.format(hours=8, due="2026-12-03", status="started")
    root = make_plan(f"{team}{GUIDE}sprints:\n{sprint(row)}")
    assert told(root, {"RP302"}) == ["RP302 ana is off on 2026-12-03; guide/write is due then"]
    assert told(root, {"RP302"}, date(2026, 12, 4)) == []


def test_what_a_closed_sprint_left_undone_may_be_assigned_again(make_plan: MakePlan) -> None:
    before = sprint(ROW.format(hours=8, due="2026-11-20", status="started"), "2026-11", status="closed")
    after = sprint(ROW.format(hours=4, due="2026-12-03", status="planned"))
    assert told(make_plan(f"{ANA}{GUIDE}sprints:\n{before}{after}")) == []


def test_what_a_closed_sprint_has_done_may_not(make_plan: MakePlan) -> None:
    before = sprint(ROW.format(hours=8, due="2026-11-20", status="done"), "2026-11", status="closed")
    after = sprint(ROW.format(hours=4, due="2026-12-03", status="planned"))
    found = told(make_plan(f"{ANA}{GUIDE}sprints:\n{before}{after}"), {"RP305"})
    assert found == ["RP305 guide/write is in 2026-12, and in 2026-11 already"]


def test_a_review_is_settled_by_the_next_sprint(make_plan: MakePlan) -> None:
    parked = "{guide: {reason: capacity, review: 2026-10-30}}"
    october = sprint("", "2026-10", status="closed", parked=parked)
    again = parked.replace("2026-10-30", "2026-12-30")
    assert told(make_plan(f"{GUIDE}sprints:\n{october}{sprint('', parked=again)}"), {"RP312"}) == []
    assert told(make_plan(f"{GUIDE}sprints:\n{october}"), {"RP312"}) == [
        "RP312 the review of 2026-10-30 is past, and guide is still parked"
    ]


# --- objectives --------------------------------------------------------------------------------------------------


def test_where_no_objective_runs_any_more_it_is_told_once(make_plan: MakePlan) -> None:
    tactics = GUIDE.replace("impact: 7", "impact: 7, objective: one")
    root = make_plan(f"strategy: {{objectives: {{one: {{title: One, quarter: 2026-Q3}}}}}}\n{tactics}")
    assert told(root, {"RP412"}) == ["RP412 no objective runs in 2026-Q4 that 1 ready tactic could serve"]


def test_an_objective_of_a_later_quarter_may_be_served_now(make_plan: MakePlan) -> None:
    tactics = GUIDE.replace("impact: 7", "impact: 7, objective: one")
    root = make_plan(f"strategy: {{objectives: {{one: {{title: One, quarter: 2027-Q1}}}}}}\n{tactics}")
    assert told(root, {"RP412"}) == []


# --- thousands ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("unit", "is_money"), [("EUR", True), ("eur", True), ("€", True), ("%", False), ("x", False)])
def test_values_of_metrics_in_the_plans_currency_are_amounts(make_plan: MakePlan, unit: str, is_money: bool) -> None:
    settings = "revplan: {format: 1, company: Test, currency: EUR, today: 2026-11-28}\n"
    head = f'{{name: M, unit: "{unit}", direction: up, owner: ana, cadence: monthly'
    metrics = (
        f"  one: {head}, target: 60.000, baseline: 55.500, readings: {{2026-10-31: 58.250, 2026-11-27: 61.50}}}}\n"
        f"  two: {head}, target: {{2026-11: 7.125, 2026-12: 7125}}}}\n"
        f"  three: {head}, keep: 1.500..2.250}}\n"
    )
    root = make_plan({"revplan.yaml": settings, "plan.yaml": f"{ANA}metrics:\n{metrics}"})
    written = ["60.000 is 60", "55.500 is 55.5", "58.250 is 58.25", "7.125 is 7.125", "1.500 is 1.5", "2.250 is 2.25"]
    expected = [f"RP719 {each}, not {each.split()[0].replace('.', '')}" for each in written]
    assert sorted(told(root, ["RP719"])) == sorted(expected if is_money else [])


def test_thousands_by_their_letter_have_no_decimals_that_nobody_wrote(make_plan: MakePlan) -> None:
    settings = "revplan: {format: 1, company: Test, currency: EUR, today: 2026-11-28}\n"
    cost = "title: A, function: marketing, impact: 5, tasks: {do: {skill: writing, hours: 1}}"
    tactics = "tactics:\n" + "".join(
        f"  {name}: {{{cost}, cost: {written}}}\n"
        for name, written in (("one", "0.500k"), ("two", "1.250k"), ("three", "1.250"))
    )
    root = make_plan({"revplan.yaml": settings, "plan.yaml": f"{ANA}{tactics}"})
    assert told(root, ["RP719"]) == ["RP719 1.250 is 1.25, not 1250"]


# --- the digest of a closed sprint -------------------------------------------------------------------------------


def a_sprint(**body: object) -> Sprint:
    return Sprint.model_validate({"id": "2026-11", "start": "2026-11-01", "end": "2026-11-30", **body})


def rows(**task: str) -> dict[str, object]:
    return {"guide": {"tasks": {"write": {"owner": "ana", "hours": "8", **task}}}}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"notes": "It rained."}, {}),
        ({"closed": {"on": "2026-11-27", "of": "sha256:0"}}, {}),
        ({"tactics": rows(notes="Slow start")}, {"tactics": rows()}),
        ({"tactics": rows(status="planned")}, {"tactics": rows()}),
        ({"tactics": rows(hours="480m")}, {"tactics": rows()}),
        ({"parked": {"a": {"reason": "budget"}, "b": {"reason": "share"}}},
         {"parked": {"b": {"reason": "share"}, "a": {"reason": "budget"}}}),
        ({"parked": {"a": {"reason": "budget", "short": {"ads": "10.0"}}}},
         {"parked": {"a": {"reason": "budget", "short": {"ads": "10"}}}}),
    ],
)  # fmt: skip
def test_what_does_not_change_the_digest(one: dict[str, object], other: dict[str, object]) -> None:
    assert content_digest(a_sprint(**one)) == content_digest(a_sprint(**other))


@pytest.mark.parametrize(
    "body",
    [
        {"goal": "More"},
        {"status": "closed"},
        {"capacity": {"ana": "40"}},
        {"tactics": rows()},
        {"tactics": rows(spent="9")},
        {"tactics": {"notes": {"tasks": {}}}},
        {"parked": {"a": {"reason": "budget"}}},
    ],
)
def test_what_changes_the_digest(body: dict[str, object]) -> None:
    assert content_digest(a_sprint(**body)) != content_digest(a_sprint())


def test_a_seal_of_today_can_be_checked_for_ever() -> None:
    """Closed sprints carry this digest in their files, so it never changes."""
    sealed = a_sprint(goal="Mehr Aufträge", status="closed", tactics=rows(spent="7.5", status="done"))
    assert content_digest(sealed) == "sha256:cb0cb428d156212e7ec968f3c2513658a1e7478b2c698a6cea21c95f8a14ada4"
