from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]
    Golden = Callable[[Path, str], None]

GOLDEN = EXAMPLES.parent / "tests" / "golden"
PLAN = """team:
  # Ana is the only one who writes.
  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3, outreach: 2}}
  bo: {name: Bo, kind: contractor, function: marketing, hours_per_week: 20, rate: 80, skills: {design: 3}}
strategy:
  objectives: {found: {title: Be found, metric: leads, owner: ana, quarter: 2026-Q4}}
metrics:
  leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 9}
tactics:
  page:
    title: New page
    function: marketing
    objective: found
    impact: 8
    cost: 300
    tasks: {write: {skill: copy, hours: 60}, draw: {skill: design, hours: 10, after: [write]}}
  calls: {title: Call the list, function: sales, impact: 6, tasks: {call: {skill: outreach, hours: 60}}}
  mails: {title: Mail the list, function: sales, impact: 5, tasks: {write: {skill: copy, hours: 20}}}
"""


def compared(run: Run, root: Path, *more: str) -> dict[str, Any]:
    result = run("sprint", "plan", "-C", root, "--format", "json", *more)
    assert result.code == 0, result.err
    document: dict[str, Any] = json.loads(result.out)
    assert document["schema"] == "revplan/what-if/2"
    return document


def files(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def moves(document: dict[str, Any]) -> set[tuple[str, str]]:
    return {(move["change"], move["tactic"]) for move in document["moves"] if move["change"] != "moved"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("tactics.mails.impact=10", {("in", "mails"), ("out", "calls")}),
        ("tactics.-calls", {("in", "mails"), ("out", "calls")}),
        ("tactics.calls.tasks.call.hours=20h", {("in", "mails")}),
        ("team.ana.hours_per_week=20", {("out", "page")}),
        ("revplan.sprint.budget=100", {("out", "page"), ("in", "mails")}),
        ("sprint.budget=100", {("out", "page"), ("in", "mails")}),
        ("team.ana.time_off.2026-12-01..2026-12-31=away", {("out", "page"), ("out", "calls")}),
        (
            "team.+cy={name: Cy, kind: employee, function: sales, hours_per_week: 20, skills: {copy: 2}}",
            {("in", "mails")},
        ),
    ],
)
def test_a_change_in_the_plans_own_words(
    run: Run, december_plan: MakePlan, change: str, said: set[tuple[str, str]]
) -> None:
    root = december_plan(PLAN)
    before = files(root)
    assert moves(compared(run, root, "--what-if", change)) == said
    assert files(root) == before


def test_a_file_laid_over_the_plan(run: Run, december_plan: MakePlan, tmp_path: Path) -> None:
    overlay = tmp_path / "lean.yaml"
    overlay.write_text(
        "tactics:\n  calls:\n  mails: {impact: 3}\nteam:\n  ana: {skills: {copy: 4}}\n", encoding="utf-8"
    )
    document = compared(run, december_plan(PLAN), "--what-if", str(overlay))
    assert moves(document) == {("in", "mails"), ("out", "calls")}
    assert (document["before"]["value"], document["after"]["value"]) == (14, 11)


def test_pins_and_people_away(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(PLAN)
    assert moves(compared(run, root, "--pin", "mails")) == {("in", "mails"), ("out", "calls")}
    assert moves(compared(run, root, "--without", "bo")) == {("out", "page"), ("in", "mails")}


def test_what_it_makes_in_value_hours_and_cash(run: Run, december_plan: MakePlan) -> None:
    document = compared(run, december_plan(PLAN), "--without", "bo")
    assert document["before"] | {"placed": 0, "parked": 0} == {
        "value": 14, "tactics": 2, "hours": 130, "cash": 300, "bound": 14, "proven": True, "placed": 0, "parked": 0,
    }  # fmt: skip
    assert [pair["objective"] for pair in document["objectives"]] == [None, "found"]
    assert [pair["member"] for pair in document["members"]] == ["ana", "bo"]


def test_somebody_who_comes_is_compared_with_nobody(run: Run, december_plan: MakePlan) -> None:
    come = "team.+cy={name: Cy, kind: employee, function: marketing, hours_per_week: 10, skills: {juggling: 2}}"
    pairs = {pair["member"]: pair for pair in compared(run, december_plan(PLAN), "--what-if", come)["members"]}
    assert pairs["cy"]["before"] == {"plannable_hours": 0, "allocated_hours": 0}
    assert pairs["cy"]["after"]["plannable_hours"] > 0


def test_a_swap_says_what_its_value_change_is(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(PLAN)
    planned = json.loads(run("sprint", "plan", "-C", root, "--format", "json").out)
    way = next(entry["brings_in"] for entry in planned["parked"] if entry["tactic"] == "mails")
    swapped = json.loads(run("swap", "mails", *way["out"], "-C", root, "--format", "json").out)
    assert swapped["after"]["value"] - swapped["before"]["value"] == way["value_change"]


def test_a_bad_change_is_found_as_validate_finds_it(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(PLAN)
    before = files(root)
    result = run("sprint", "plan", "-C", root, "--what-if", "tactics.calls.impact=80")
    assert (result.code, result.out) == (1, "")
    assert "error[RP104]" in result.err
    assert "plan.yaml:" in result.err
    assert "with --what-if tactics.calls.impact=80 the plan would have 1 error" in result.err
    assert files(root) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("tactics.clals.impact=8", 'did you mean "calls"?'),
        ("tactic.calls.impact=8", 'did you mean "tactics"?'),
        ("team.+ana={}", 'there is a member "ana" already'),
        ("tactics.calls", "says no change of the plan"),
        ("nowhere.yaml", "nowhere.yaml cannot be read"),
        ("tactics.calls.impact={", "cannot be read"),
        ("tactics.calls.title.x=1", "there is no"),
    ],
)
def test_changes_that_are_none(run: Run, december_plan: MakePlan, change: str, said: str) -> None:
    result = run("sprint", "plan", "-C", december_plan(PLAN), "--what-if", change)
    assert result.code == 2, result.err
    assert said in result.err


@pytest.mark.parametrize("arguments", [("--pin", "nothing"), ("--without", "nobody")])
def test_ids_that_are_not_there(run: Run, december_plan: MakePlan, arguments: tuple[str, str]) -> None:
    result = run("sprint", "plan", "-C", december_plan(PLAN), *arguments)
    assert (result.code, f'"{arguments[1]}"' in result.err) == (2, True)


def test_what_is_left_out_cannot_be_pinned(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(PLAN.replace("title: Mail the list", "status: idea, title: Mail the list"))
    result = run("sprint", "plan", "-C", root, "--pin", "mails")
    assert (result.code, "left out (idea)" in result.err) == (2, True)


def test_a_change_is_written_with_the_sprint(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(PLAN)
    result = run("sprint", "plan", "-C", root, "--what-if", "team.ana.hours_per_week=20", "--write")
    assert result.code == 0, result.err
    assert {"wrote plan.yaml", "wrote sprints/2026-12.yaml"} <= set(result.err.splitlines())
    text = (root / "plan.yaml").read_text(encoding="utf-8")
    assert "# Ana is the only one who writes." in text
    assert text == PLAN.replace("hours_per_week: 40", "hours_per_week: 20")
    assert run("sprint", "plan", "-C", root, "--check").code == 0


def placed(run: Run, root: Path) -> dict[str, bool]:
    """Return the tactics of the sprint as it is planned now, each with whether it is pinned."""
    document = json.loads(run("sprint", "plan", "-C", root, "--format", "json").out)
    return {entry["tactic"]: entry["pinned"] for entry in document["placed"]}


def test_a_pin_stands_in_the_written_sprint_until_it_is_undone(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(PLAN)
    run("sprint", "plan", "-C", root, "--write")
    assert run("sprint", "plan", "-C", root, "--pin", "mails", "--write").code == 0
    sprint = root / "sprints" / "2026-12.yaml"
    text = sprint.read_text(encoding="utf-8")
    assert "pins:" in text
    assert text.index("mails:") < text.index("parked:") < text.index("calls:")
    assert "up to date" in run("sprint", "plan", "-C", root, "--write").err
    assert placed(run, root) == {"mails": True, "page": False}  # what is shown is what is written
    assert "proven best with what is pinned" in run("sprint", "plan", "-C", root).out
    assert run("sprint", "plan", "-C", root, "--check").code == 0
    assert (root / "plan.yaml").read_text(encoding="utf-8") == PLAN

    changed = PLAN.replace("impact: 6", "impact: 7")
    (root / "plan.yaml").write_text(changed, encoding="utf-8")
    assert run("sprint", "plan", "-C", root, "--write").code == 0
    assert placed(run, root) == {"mails": True, "page": False}  # a change of other data undoes no pin

    assert run("sprint", "plan", "-C", root, "--unpin", "mails", "--write").code == 0
    assert "pins" not in sprint.read_text(encoding="utf-8")
    assert placed(run, root) == {"page": False, "calls": False}


def test_a_swap_stands_in_the_written_sprint_until_it_is_undone(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(PLAN)
    assert run("swap", "mails", "page", "-C", root, "--write").code == 0
    assert set(placed(run, root)) == {"mails", "calls"}
    assert "`revplan sprint plan 2026-12 --unpin page`" in " ".join(run("explain", "page", "-C", root).out.split())
    assert "1 set aside for this sprint" in run("sprint", "plan", "-C", root).out
    assert run("sprint", "plan", "-C", root, "--unpin", "page", "--write").code == 0
    assert placed(run, root) == {"mails": True, "page": False}


def test_a_pinned_tactic_that_is_dropped_is_pinned_no_more(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(PLAN)
    run("sprint", "plan", "-C", root, "--pin", "mails", "--write")
    assert run("sprint", "plan", "-C", root, "--drop", "mails", "--write").code == 0
    assert "pins" not in (root / "sprints" / "2026-12.yaml").read_text(encoding="utf-8")
    assert placed(run, root) == {"page": False, "calls": False}
    assert "--unpin mails" in " ".join(run("explain", "mails", "-C", root).out.split())
    assert run("sprint", "plan", "-C", root, "--pin", "mails", "--write").code == 0
    assert placed(run, root) == {"mails": True, "page": False}


def test_a_pin_that_cannot_be_met_is_told_first(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(PLAN)
    run("sprint", "plan", "-C", root, "--pin", "mails", "--write")
    (root / "plan.yaml").write_text(PLAN.replace("hours: 20}", "hours: 900}"), encoding="utf-8")
    out = run("sprint", "plan", "-C", root).out
    assert "Mail the list (pinned)" in out[out.index("Parking lot") :]
    (root / "plan.yaml").write_text(PLAN.replace("impact: 5,", "impact: 5, status: idea,"), encoding="utf-8")
    assert "pinned all the same: mails (still an idea)" in run("sprint", "plan", "-C", root).out


def test_a_swap_in_a_running_sprint_is_undone_too(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(PLAN)
    run("sprint", "plan", "-C", root, "--write")
    run("sprint", "start", "-C", root)
    run("sprint", "log", "-C", root, "calls/call", "--hours", "4")
    sprint = root / "sprints" / "2026-12.yaml"
    assert run("swap", "mails", "calls", "-C", root, "--write").code == 0
    assert "dropped: 2026-12-01" in sprint.read_text(encoding="utf-8")
    assert set(placed(run, root)) == {"mails", "page"}
    assert run("sprint", "plan", "-C", root, "--unpin", "calls", "--unpin", "mails", "--write").code == 0
    assert placed(run, root) == {"page": False, "calls": False}
    text = sprint.read_text(encoding="utf-8")
    assert "aside" not in text
    assert "dropped" not in text[text.index("calls:") : text.index("mails:")]


def test_only_what_is_pinned_or_set_aside_can_be_undone(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(PLAN)
    refused = run("sprint", "plan", "-C", root, "--unpin", "mails")
    assert (refused.code, 'neither pins "mails" nor sets it aside' in refused.err) == (2, True)
    run("sprint", "plan", "-C", root, "--pin", "mails", "--write")
    assert 'did you mean "mails"' in run("sprint", "plan", "-C", root, "--unpin", "mail").err


def test_who_is_away_is_said_in_the_plan(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(PLAN)
    before = files(root)
    result = run("sprint", "plan", "-C", root, "--without", "bo", "--write")
    assert (result.code, "team.bo.time_off" in result.err) == (2, True)
    assert files(root) == before


def test_a_change_to_the_example_on_a_screen(run: Run, golden: Golden) -> None:
    result = run(
        "sprint", "plan", "-C", EXAMPLES / "harbourline", "--what-if", "tactics.-podcast", "--without", "kwame"
    )
    assert result.code == 0, result.err
    golden(GOLDEN / "harbourline-what-if.txt", result.out)


def test_a_swap_in_the_example_on_a_screen(run: Run, golden: Golden) -> None:
    result = run("swap", "case-studies", "onboarding-playbook", "-C", EXAMPLES / "harbourline")
    assert result.code == 0, result.err
    golden(GOLDEN / "harbourline-swap.txt", result.out)


LARGE = "  tour: {title: A tour, function: sales, impact: 9, tasks: {call: {skill: outreach, hours: 400}}}\n"


@pytest.mark.parametrize("command", [("sprint", "plan", "--pin", "tour"), ("swap", "tour", "calls")])
def test_what_cannot_be_met_says_what_is_short(run: Run, december_plan: MakePlan, command: tuple[str, ...]) -> None:
    root = december_plan(PLAN + LARGE)
    before = files(root)
    result = run(*command, "-C", root, "--write")
    assert (result.code, "No plan has it in" in result.out) == (1, True), result.out
    assert "A tour: at least 267.75 h" in result.out, "400 h less the 132.48 h that Ana has, to the quarter"
    assert files(root) == before, "and nothing is written"
    unmet = json.loads(run(*command, "-C", root, "--format", "json").out)["unmet"]
    assert [(entry["tactic"], entry["reason"]) for entry in unmet] == [("tour", "capacity")]


def test_explain_sends_nobody_into_nothing(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(PLAN + LARGE)
    assert "--pin tour" not in run("explain", "tour", "-C", root).out
    assert "too large for this sprint, even alone" in run("explain", "tour", "-C", root).out
    assert "--pin mails" in run("explain", "mails", "-C", root).out
    assert run("sprint", "plan", "-C", root, "--pin", "mails").code == 0


def test_two_that_fit_alone_and_not_together(run: Run, december_plan: MakePlan) -> None:
    result = run(
        "sprint", "plan", "-C", december_plan(PLAN + LARGE.replace("400", "120")), "--pin", "tour", "--pin", "page"
    )
    assert result.code == 1
    said = "not beside New page, which is pinned too; without --pin page it is in"
    assert said in " ".join(result.out.split()), result.out


def test_a_pin_does_not_put_out_an_earlier_one(run: Run, december_plan: MakePlan) -> None:
    """Ana has the hours for the tour or for her part of the page, and the page is worth less."""
    root = december_plan(PLAN + LARGE.replace("400", "120"))
    assert run("sprint", "plan", "-C", root, "--pin", "page", "--write").code == 0
    before = files(root)
    result = run("sprint", "plan", "-C", root, "--pin", "tour", "--write")
    assert (result.code, files(root)) == (1, before)
    assert "not beside New page, which is pinned too; --unpin page lets go of it" in result.out, result.out
    (unmet,) = json.loads(run("sprint", "plan", "-C", root, "--pin", "tour", "--format", "json").out)["unmet"]
    assert {unmet["tactic"], *unmet["beside"]} == {"tour", "page"}
    out = run("explain", "tour", "-C", root).out
    assert "is pinned." in out
    assert "revplan sprint plan --unpin page --pin tour shows" in out
    assert run("sprint", "plan", "-C", root, "--unpin", "page", "--pin", "tour", "--write").code == 0


def test_what_the_written_sprint_would_change_anyway_is_told_beside_it(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(PLAN)
    assert run("sprint", "plan", "-C", root, "--write").code == 0
    (root / "plan.yaml").write_text(PLAN.replace("impact: 5", "impact: 10"), encoding="utf-8")
    found = compared(run, root, "--pin", "page")
    assert moves(found) == set()
    assert {(each["change"], each["tactic"]) for each in found["against_written"]} == {
        ("in", "mails"),
        ("out", "calls"),
    }
    assert "Against the written sprint" in run("sprint", "plan", "-C", root, "--pin", "page").out


def test_what_is_parked_cannot_leave_for_another(run: Run, december_plan: MakePlan) -> None:
    result = run("swap", "calls", "mails", "-C", december_plan(PLAN))
    assert (result.code, '"mails" is parked' in result.err) == (2, True)


def test_arguments_of_a_swap_the_wrong_way_round(run: Run, december_plan: MakePlan) -> None:
    result = run("swap", "calls", "mails", "-C", december_plan(PLAN))
    assert "`revplan swap mails calls`" in result.err


NEEDED = """  base: {title: A base, function: sales, tier: must, impact: 1, tasks: {do: {skill: outreach, hours: 2}}}
  upon: {title: Upon it, function: sales, impact: 9, requires: [base], tasks: {do: {skill: outreach, hours: 2}}}
"""


def test_what_leaves_is_told_with_its_tier_and_what_it_took_along(run: Run, december_plan: MakePlan) -> None:
    change = ("--what-if", "tactics.base.status=dropped")
    out = run("sprint", "plan", "-C", december_plan(PLAN + NEEDED), *change).out
    assert "out: A base, a must (left out)" in out
    assert "out: Upon it (left out, since it needs A base)" in out


def test_a_tactic_that_others_name_is_dropped_rather_than_removed(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(PLAN + NEEDED)
    result = run("sprint", "plan", "-C", root, "--what-if", "tactics.-base")
    assert (result.code, "--what-if tactics.base.status=dropped" in result.err) == (1, True)
    assert run("sprint", "plan", "-C", root, "--what-if", "tactics.base.status=dropped").code == 0


def test_values_of_tiers_are_told_where_one_pays_for_another(run: Run, december_plan: MakePlan) -> None:
    tiers = PLAN + LARGE.replace("400", "120").replace("impact: 9", "impact: 1, tier: nice")
    out = run("sprint", "plan", "-C", december_plan(tiers), "--pin", "tour").out
    assert "Tier by tier: shoulds −" in out
    assert "nice-to-haves +1." in out


def test_the_agency_with_half_of_dov_s_hours(run: Run) -> None:
    """Proven best. Three tasks of its last selection are late with owners that know no days of hand-over."""
    document = compared(run, EXAMPLES / "agency", "--today", "2026-11-27", "--what-if", "team.dov.hours_per_week=20")
    assert (document["after"]["value"], document["after"]["proven"]) == (66.88, True)


def test_work_on_what_was_set_aside_is_refused_with_the_way_back(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(PLAN)
    for arguments in (("sprint", "plan"), ("sprint", "start")):
        assert run(*arguments, "-C", root, *(("--write",) if "plan" in arguments else ())).code == 0
    assert run("swap", "mails", "calls", "-C", root, "--write", "--today", "2026-12-02").code == 0
    refused = run("sprint", "log", "calls/call", "--hours", "2", "-C", root, "--today", "2026-12-03")
    assert (refused.code, "calls was set aside in sprint 2026-12 on 2026-12-02" in refused.err) == (2, True)
    assert "`revplan sprint plan 2026-12 --unpin calls --write`" in refused.err
    document = json.loads(run("sprint", "plan", "-C", root, "--format", "json", "--today", "2026-12-03").out)
    assert (document["pins"], document["aside"]) == (["mails"], ["calls"])
