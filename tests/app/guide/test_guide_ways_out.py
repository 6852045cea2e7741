"""What is refused, or is empty, names the command that goes on from there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from revplan.app.guide.setup import setup
from revplan.app.open import context_of, open_plan
from revplan.model.plan import Plan
from revplan.model.team import Member
from revplan.reports.names import short_names
from tests.support.plans import on, plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

EMPTY = {"revplan.yaml": "revplan: {format: 1, company: Nothing, currency: USD, today: 2026-12-01}\n"}


@pytest.mark.parametrize(
    ("words", "way_out"),
    [
        ("campaign plan spring", "`revplan workshop campaign`"),
        ("campaign brief spring", "`revplan workshop campaign`"),
        ("campaign links spring", "`revplan campaign add`"),
        ("campaign checklist spring", "`revplan workshop campaign`"),
        ("campaign check spring", "`revplan workshop campaign`"),
        ("campaign check", "`revplan workshop campaign`"),
        ("campaign list", "`revplan workshop campaign`"),
        ("persona list", "`revplan workshop persona`"),
        ("goal list", "`revplan workshop goals`"),
        ("tactic list", "`revplan tactic add`"),
        ("report campaigns", "`revplan workshop campaign`"),
        ("report campaigns", "`revplan workshop goals`"),
        ("playbook show spring", "`revplan playbook list`"),
        ("playbook list --own", "`revplan playbook add --from-tactic TACTIC`"),
        ("playbook list --own --fits", "`revplan playbook list`"),
        ("playbook add --from-tactic spring", "`revplan tactic add`"),
        ("tactic add --playbook spring", "`revplan playbook list`"),
        ("tactic result spring --moved yes", "`revplan tactic add`"),
    ],
)
def test_where_there_is_nothing_a_command_is_named(words: str, way_out: str, run: Run, make_plan: MakePlan) -> None:
    ran = run("-C", make_plan(EMPTY), *words.split())
    assert way_out in " ".join(f"{ran.out} {ran.err}".split())
    assert "by then" not in ran.out


TACTIC = """metrics:
  leads: {name: Leads, unit: leads, cadence: weekly, owner: ana}
team:
  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
tactics:
  page: {title: A page, function: marketing, impact: 5, done_when: It is live, metric: leads,
    tasks: {write: {skill: writing, hours: 2}}}
"""


@pytest.mark.parametrize("words", ["tactic result page --moved yes", "playbook add --from-tactic page"])
def test_what_is_not_done_can_be_said_to_be_done(words: str, run: Run, make_plan: MakePlan) -> None:
    root = make_plan({**EMPTY, "tactics.yaml": TACTIC})
    ran = run("-C", root, *words.split())
    assert (ran.code, "`revplan tactic edit page --status done`" in ran.err) == (2, True)
    assert run("-C", root, "tactic", "edit", "page", "--status", "done").code == 0
    again = (
        run("-C", root, *words.split(), "--set", "stage=lead")
        if "playbook" in words
        else run("-C", root, *words.split())
    )
    assert again.code == 0, again.err


@pytest.mark.parametrize(
    "words",
    [
        "campaign check spring",
        "campaign checklist spring",
        "campaign checklist spring approved",
        "campaign plan spring",
    ],
)
def test_a_campaign_that_cannot_be_read_is_said_to_be(words: str, run: Run, make_plan: MakePlan) -> None:
    broken = "campaigns:\n  spring: {title: Spring, message: Be ready, start: 2027-02-01, end: soon}\n"
    ran = run("-C", make_plan({**EMPTY, "campaigns.yaml": broken}), *words.split())
    assert (ran.code, "`revplan validate`" in ran.err, "Traceback" in ran.err) == (2, True, False)


def test_the_next_launch_is_named_where_none_is_near(run: Run, make_plan: MakePlan) -> None:
    campaign = "campaigns:\n  spring: {title: Spring, message: Be ready, start: 2026-12-31, end: 2027-02-01}\n"
    root = make_plan({**EMPTY, "campaigns.yaml": campaign})
    out = " ".join(run("-C", root, "campaign", "check", "--within", "3").out.split())
    assert "in the next 3 days; the next is spring, in 30 days: `revplan campaign check spring`" in out


def test_of_a_plan_with_nothing_in_it_nothing_is_set_up(make_plan: MakePlan) -> None:
    loaded = open_plan(make_plan(EMPTY), make_plan(EMPTY))
    day = on("2026-12-01", plan()).today
    assert [fact.id for fact in setup(loaded, context_of(loaded, day, day)) if fact.is_done] == []


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ann Lee", "Ann"),
        ("Your colleague", "Your colleague"),
        ("Dr. Lee", "Dr. Lee"),
        ("The Bakery", "The Bakery"),
        ("Anna van der Berg", "Anna"),
        ("Jo", "Jo"),
        ("李 娜", "李"),
    ],
)
def test_a_member_is_called_by_a_first_name_where_it_is_one(name: str, short: str) -> None:
    body = {"id": "one", "name": name, "kind": "employee", "function": "marketing", "hours_per_week": "40"}
    member = Member.model_validate(body)
    assert short_names(Plan(settings=plan().settings, team={"one": member})) == {"one": short}


def test_all_skills_that_nobody_has_are_brought_by_one_command(run: Run, make_plan: Callable[..., Path]) -> None:
    team = "team:\n  ann: {name: Ann, kind: employee, function: sales, hours_per_week: 40, skills: {calls: 2}}\n"
    task = "{{skill: {}, hours: 2, level: {}}}"
    work = {"a": task.format("web", 2), "b": task.format("design", 3), "c": task.format("web", 3)}
    tasks = ", ".join(f"{name}: {body}" for name, body in work.items())
    tactics = f"tactics:\n  own: {{title: Own, function: sales, impact: 5, tasks: {{{tasks}}}}}\n"
    root = make_plan({"team.yaml": team, "tactics.yaml": tactics})

    def skills() -> tuple[str, str | None]:
        data = json.loads(run("guide", "-C", root, "--today", "2026-12-01", "--format", "json").out)["data"]
        fact = next(fact for part in data["parts"] for fact in part["facts"] if fact["fact"] == "skills")
        return fact["found"], fact["mend"]

    assert skills() == (
        "nobody has design and web; somebody learns it, or `revplan team add` brings it",
        "revplan team edit ann --set skills.design=3 --set skills.web=3",
    )
    assert run(*str(skills()[1]).split()[1:], "-C", root).code == 0
    assert skills() == ("somebody has every skill that ready work asks for", None)
