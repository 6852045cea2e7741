"""`campaign plan`, `campaign brief` and `campaign links`."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from revplan.analysis.launch import item_days, work_to_launch
from revplan.analysis.launch_moulds import ASSET_MOULDS, ITEM_MOULDS
from revplan.analysis.readiness import ready
from revplan.analysis.tracking import tag
from revplan.app.guide.campaigns import changes_of_launch
from revplan.model.campaigns import LAUNCH_CHECKLIST, Campaign
from tests.support.plans import HARBOURLINE, on, plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

GOLDEN = Path(__file__).parent / "golden"
BASE = {
    "id": "audit", "title": "Audit week", "message": "Be ready", "owner": "ana", "start": "2027-02-01",
    "end": "2027-02-26", "pillar": "trust", "call_to_action": "Book a visit", "target": {"persona": "cfo"},
}  # fmt: skip
CLOSED = {item: "done" for item, _ in LAUNCH_CHECKLIST}
PERSONAS = """personas:
  cfo: {name: Meg, segment: plants, buying_role: economic-buyer, goals: [Margin], pains: [Stops], channels: [Email]}
  tech: {name: Theo, segment: plants, buying_role: user, goals: [Quiet], pains: [Paper], channels: [print]}
"""
CAMPAIGN = """# The audit.
campaigns:
  audit:
    title: Audit week
    owner: ana
    message: Be ready
    start: 2027-02-01
    end: 2027-02-26
    target: {persona: cfo}
    pillar: ready
    assets:
      mail: {channel: email, title: Three emails, owner: ben, utm: {campaign: audit}}
      card: {channel: print, owner: ben, due: 2027-01-04}
      page: {channel: website, status: ready}
    variants:
      floor: {persona: tech, message: No paper, design: Large print}
    checklist: {approved: done, baseline-recorded: done, consent-and-unsubscribe: done, crm-routing-tested: done,
      sales-briefed: done, landing-page-live: done, proofread: open, tracking-tested: not-applicable}
"""
SETTINGS = "revplan: {format: 1, company: Test, currency: USD, today: 2026-12-14}\n"
TEAM = """team:
  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3, strategy: 3}}
  ben: {name: Ben, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 2, graphic-design: 3}}
"""
STRATEGY = """strategy:
  segments: {plants: {name: Plants}}
  avoid: [Naming customers]
  big_story: {narrative: Audits changed., pillars: {ready: {claim: Ready on any day, proof: 31 plants}}}
  competitors: {other: {name: Other, claims: [Up and running the same day]}}
  differentiators: {same-day: {claim: Running on the same day, proof: 19 plants}}
"""


@pytest.fixture
def root(make_plan: MakePlan) -> Path:
    files = {"team.yaml": TEAM, "personas.yaml": PERSONAS, "campaigns.yaml": CAMPAIGN, "strategy.yaml": STRATEGY}
    return make_plan({"revplan.yaml": SETTINGS, **files})


def campaign(**more: object) -> Campaign:
    return Campaign.model_validate(BASE | {"checklist": CLOSED} | more)


def test_days_are_counted_back_from_the_launch_by_hand() -> None:
    """One asset on a platform that looks at it, and one item; Monday to Friday, 8 hours, all of them plannable.

    Launch on Monday, 1 February. The item (1.5 h of 4 a day) ends on Friday, 29 January, and so begins that day. Two
    workdays are spare: the launch list begins on the 27th. Two days of approval and two of the platform lie before:
    the ads end on Wednesday, 20 January (21, 22, 25 and 26 January lie between). 5 h at 4 h a day begin on the 19th.
    """
    own = campaign(checklist=CLOSED | {"proofread": "open"}, assets={"ads": {"channel": "LinkedIn"}})
    team = {"ana": {"skills": {"advertising": "3", "writing": "2"}}}
    work = work_to_launch(on("2026-12-14", plan(team=team)), own)
    production, launch = work.groups
    assert (production.name, launch.name) == ("production", "launch")
    assert launch.deadline == date(2027, 1, 29)
    assert launch.not_before == date(2027, 1, 27)
    assert (production.tasks[0].start, production.tasks[0].finish) == (date(2027, 1, 19), date(2027, 1, 20))
    assert (work.late, work.possible) == (0, date(2027, 2, 1))


def test_a_holiday_moves_everything_before_it() -> None:
    own = campaign(checklist=CLOSED | {"proofread": "open"})
    without = work_to_launch(on("2026-12-14", plan()), own)
    holiday = plan({"holidays": {"2027-01-28": "Closed"}})
    with_it = work_to_launch(on("2026-12-14", holiday), own)
    assert without.groups[0].not_before == date(2027, 1, 27)
    assert with_it.groups[0].not_before == date(2027, 1, 26)


def test_too_late_is_said_with_the_first_day_that_can_be_kept() -> None:
    """Printed matter of 8 h at 4 h a day: 2 days, 10 of print, 2 of approval: begun 14 workdays before the launch."""
    own = campaign(start="2026-12-21", assets={"card": {"channel": "Print"}})
    work = work_to_launch(on("2026-12-14", plan()), own)
    assert work.late == 9, "five workdays are left of fourteen"
    assert work.possible == date(2027, 1, 1), "nine workdays behind 21 December"
    assert work.groups[0].deadline == date(2026, 12, 18), "the past is no deadline"
    again = work_to_launch(on("2026-12-14", plan()), campaign(start="2027-01-01", assets=own.model_dump()["assets"]))
    assert again.late == 0


def test_a_day_earlier_would_be_late() -> None:
    for days in range(40):
        start = date(2027, 1, 4) + timedelta(days=days)
        own = campaign(start=start.isoformat(), end="2027-03-31", assets={"card": {"channel": "Print"}})
        work = work_to_launch(on("2026-12-14", plan()), own)
        assert (work.late == 0) == (min(task.start for task in work.tasks) >= date(2026, 12, 14))


def test_everything_that_is_made_or_finished_is_left_out() -> None:
    tactics = {
        "emails": {"campaign": "audit", "tasks": {"proofread": {"skill": "writing", "hours": "2"}}},
        "old": {"campaign": "audit", "status": "dropped", "tasks": {"approved": {"skill": "writing", "hours": "2"}}},
    }
    assets = {
        "made": {"channel": "email", "task": "emails/proofread"},
        "live": {"channel": "email", "status": "live"},
        "read": {"channel": "email", "status": "review"},
        "open": {"channel": "email"},
    }
    own = campaign(assets=assets, checklist=CLOSED | {"proofread": "open", "approved": "open", "ours": "open"})
    work = work_to_launch(on("2026-12-14", plan(tactics=tactics)), own)
    assert [task.id for task in work.tasks] == ["open", "approved", "ours"]


def test_every_item_of_the_launch_list_has_a_mould_and_channels_have_one_meaning() -> None:
    assert ITEM_MOULDS.keys() == {item for item, _ in LAUNCH_CHECKLIST}
    seen: list[str] = []
    for item, (_, before) in ITEM_MOULDS.items():
        assert set(before) <= set(seen), "what comes before stands before"
        seen.append(item)
    known = [word for words, _ in ASSET_MOULDS for word in words]
    assert len(known) == len(set(known))


def test_it_is_written_into_backlog_and_campaign_once(run: Run, root: Path) -> None:
    before = run("-C", root, "campaign", "plan", "audit")
    assert before.code == 0, before.err
    assert "--write" in before.out
    assert (root / "campaigns.yaml").read_text(encoding="utf-8") == CAMPAIGN, "a preview writes nothing"
    written = run("-C", root, "campaign", "plan", "audit", "--write")
    assert written.code == 0, written.err
    after = (root / "campaigns.yaml").read_text(encoding="utf-8")
    assert after.startswith("# The audit.\n")
    assert "task: audit-assets/mail" in after
    assert "due: 2027-01-04" in after, "a day that was given stays"
    assert "card-floor" in after, "the variant's persona reads print alone"
    assert "Differs: message, design." in after
    tactics = (root / "tactics/marketing.yaml").read_text(encoding="utf-8")
    assert "requires: [audit-production, audit-assets]" in tactics
    launch = tactics.partition("  audit-launch:")[2]
    assert "wait: 2w" in launch, "two workdays for approval, after the assets"
    assert "wait" not in tactics.partition("  audit-launch:")[0], "assets wait for nothing"
    assert "skill: graphic-design" in tactics, "design in a skill's name will do"
    assert run("-C", root, "validate").code == 0
    again = run("-C", root, "campaign", "plan", "audit", "--write")
    assert "Nothing is to be planned" in again.out
    assert (root / "campaigns.yaml").read_text(encoding="utf-8") == after


def test_what_is_written_can_be_planned(run: Run, root: Path) -> None:
    assert run("-C", root, "campaign", "plan", "audit", "--write").code == 0
    found = json.loads(run("-C", root, "sprint", "plan", "2027-01", "--format", "json").out)
    assert {each["tactic"] for each in found["placed"]} == {"audit-production", "audit-assets", "audit-launch"}


def test_the_brief_says_what_is_not_said(run: Run, root: Path) -> None:
    found = json.loads(run("-C", root, "campaign", "brief", "audit", "--variant", "floor", "--format", "json").out)[
        "data"
    ]
    assert found["message"] == "No paper"
    assert found["personas"] == ["tech"]
    assert found["not_said"] == ["Naming customers", "Running on the same day (Other claims it too)"]
    unknown = run("-C", root, "campaign", "brief", "audit", "--variant", "flor")
    assert unknown.code == 2
    assert "its variants: floor" in unknown.err


def test_the_brief_says_the_tension_of_the_campaign_and_of_no_variant(run: Run, root: Path) -> None:
    path = root / "campaigns.yaml"
    tense = path.read_text().replace(
        "    message: Be ready", "    tension: The visit is never announced\n    message: Be ready"
    )
    path.write_text(tense)
    assert "Tension: The visit is never announced" in run("-C", root, "campaign", "brief", "audit").out
    of_variant = run("-C", root, "campaign", "brief", "audit", "--variant", "floor", "--format", "json").out
    assert json.loads(of_variant)["data"]["tension"] is None


@pytest.mark.parametrize("name", ["plan", "brief", "links"])
def test_harbourlines_pages(run: Run, golden: Callable[[Path, str], None], name: str) -> None:
    result = run("-C", HARBOURLINE, "campaign", name, "any-tuesday", "--color", "never")
    assert result.code == 0, result.err
    golden(GOLDEN / f"campaign-{name}.txt", result.out)


def test_links_carry_what_is_given_and_the_usual_for_the_rest(run: Run, root: Path) -> None:
    page = "https://test.example/a?x=1&utm_source=old#part"
    found = json.loads(run("-C", root, "campaign", "links", "audit", "--to", page, "--format", "json").out)["data"]
    links = {each["asset"]: each["link"] for each in found["links"]}
    assert links == {
        "mail": "https://test.example/a?x=1&utm_source=email&utm_medium=email&utm_campaign=audit&utm_content=mail#part",
        "card": "https://test.example/a?x=1&utm_source=print&utm_medium=qr&utm_campaign=audit&utm_content=card#part",
    }
    bare = run("-C", root, "campaign", "links", "audit")
    assert "2 assets without a page" in bare.out
    refused = run("-C", root, "campaign", "links", "audit", "--to", "javascript:alert(1)")
    assert refused.code == 2
    assert "Traceback" not in refused.err


def test_a_tag_never_breaks_out_of_its_address() -> None:
    odd = "a&utm_source=b#c?d e/ü%\n"
    address = tag("https://test.example/?q=1&q=2", {"utm_content": odd})
    assert address == (
        "https://test.example/?q=1&q=2&utm_content=a%26utm_source%3Db%23c%3Fd%20e%2F%C3%BC%25%0A"
    )  # fmt: skip


@pytest.mark.parametrize(
    "url", ["harbourline.example", "ftp://a.example", "https://", "https://a b", "javascript:alert(1)", "https://[1"]
)
def test_an_address_that_is_none_is_refused_where_it_stands(run: Run, make_plan: MakePlan, url: str) -> None:
    text = CAMPAIGN.replace("    owner: ana\n", f"    owner: ana\n    url: '{url}'\n", 1)
    files = {"team.yaml": TEAM, "personas.yaml": PERSONAS, "campaigns.yaml": text, "strategy.yaml": STRATEGY}
    result = run("-C", make_plan({"revplan.yaml": SETTINGS, **files}), "validate")
    assert result.code == 1
    assert "is no address of a page" in result.out


# --- who proofreads -------------------------------------------------------------------------------------------------

OPEN = {item: "open" if item == "proofread" else "done" for item, _ in LAUNCH_CHECKLIST}


@pytest.mark.parametrize(
    ("skills", "writers", "who"),
    [
        ({"ana": {"writing": "4"}, "ben": {"writing": "2"}}, (), "ben"),
        ({"ana": {"writing": "4"}, "ben": {"writing": "2"}, "eva": {"content-writing": "3"}}, (), "ben"),
        ({"ana": {"writing": "4"}, "ben": {"writing": "2"}, "eva": {"writing": "3"}}, (), "eva"),
        ({"ana": {"writing": "4"}, "ben": {"writing": "2"}, "eva": {"writing": "3"}}, ("eva",), "ben"),
        ({"ana": {"writing": "4"}, "ben": {"writing": "1"}}, (), None),
        ({"ana": {"writing": "4"}}, (), None),
        ({"ben": {"writing": "2"}}, ("ben",), "ben"),
    ],
)
def test_somebody_else_proofreads(skills: dict[str, dict[str, str]], writers: tuple[str, ...], who: str | None) -> None:
    """Somebody else than the owner who can do it alone; a writer only where nobody else can; else it stays open."""
    assets = {f"made-{name}": {"channel": "email", "owner": name, "status": "ready"} for name in writers}
    team = {name: {"skills": {"strategy": "2", **own}} for name, own in {"ana": {}, "ben": {}, **skills}.items()}
    work = work_to_launch(on("2026-12-14", plan(team=team)), campaign(checklist=OPEN, assets=assets))
    assert [(task.id, task.owner) for task in work.tasks] == [("proofread", who)]


def test_a_day_that_leaves_no_time_is_said_beside_the_one_that_does(run: Run, make_plan: MakePlan) -> None:
    """The card is due on 4 January; three weeks of print and approval before the list end it earlier or later."""
    late = CAMPAIGN.replace("due: 2027-01-04", "due: 2027-01-29")
    for text, said in ((CAMPAIGN, False), (late, True)):
        files = {"team.yaml": TEAM, "personas.yaml": PERSONAS, "campaigns.yaml": text, "strategy.yaml": STRATEGY}
        root = make_plan({"revplan.yaml": SETTINGS, **files})
        out = " ".join(run("-C", root, "campaign", "plan", "audit").out.split())
        assert ("card is due on 29 Jan by the plan; counted back from the launch," in out) is said


def test_the_source_is_no_medium(run: Run, make_plan: MakePlan) -> None:
    for utm, said in (("utm_medium=email", False), ("{medium: print}", True), ("{medium: qr}", False)):
        asset = "print, owner: ben, due: 2027-01-04" if "email" not in utm else "email, owner: ben"
        text = CAMPAIGN.replace("channel: print, owner: ben, due: 2027-01-04", f"channel: {asset}, utm: {utm}")
        files = {"team.yaml": TEAM, "personas.yaml": PERSONAS, "campaigns.yaml": text, "strategy.yaml": STRATEGY}
        out = run("-C", make_plan({"revplan.yaml": SETTINGS, **files}), "validate").out
        assert ("utm_medium is print, which is the source" in out) is said
        assert ("leave it out for the usual one, qr" in out) is said


ITEMS = {"proofread": "open", "approved": "open"}


def written(own: Campaign, **tactics: Any) -> dict[str, dict[str, Any]]:
    """Return the tactics that the work before a launch is written as, by their group."""
    team = {"ana": {"skills": {"advertising": "3", "writing": "2"}}}
    at = on("2026-12-14", plan(team=team, tactics=tactics))
    changes = changes_of_launch(at, work_to_launch(at, own))
    found = [change for change in changes if change.ref.kind == "tactic"]
    return {change.ref.id.removeprefix("audit-"): change.value for change in found if isinstance(change.value, dict)}


def test_the_launch_list_waits_for_what_is_made_and_its_later_tasks_for_the_first() -> None:
    own = campaign(checklist=CLOSED | ITEMS, assets={"ads": {"channel": "LinkedIn"}})
    production, launch = (written(own)[name] for name in ("production", "launch"))
    assert launch["requires"] == ["audit-production"]
    tasks = launch["tasks"]
    assert isinstance(tasks, dict)
    assert {name: (task.get("wait"), task.get("after")) for name, task in tasks.items()} == {
        "proofread": ("2w", None),
        "approved": (None, ["proofread"]),
    }
    work = work_to_launch(on("2026-12-14", plan(team={"ana": {"skills": {"advertising": "3"}}})), own)
    assert [production["deadline"], launch["deadline"]] == [str(group.deadline) for group in work.groups]
    alone = written(campaign(checklist=CLOSED | ITEMS))["launch"]
    assert "requires" not in alone
    assert all("wait" not in task for task in alone["tasks"].values())


def test_a_launch_counts_as_the_campaigns_other_tactics_do() -> None:
    """The campaign's own have impacts of 9, 4 and 4: 5.67, so 6; another campaign's are not asked. None at all: 6."""
    own = campaign(checklist=CLOSED | ITEMS)
    alike = {name: {"campaign": "audit", "impact": impact} for name, impact in (("a", "9"), ("b", "4"), ("c", "4"))}
    assert written(own, **alike)["launch"]["impact"] == "6"
    alike["c"]["impact"] = "1"
    others = {f"o-{number}": {"campaign": "other", "impact": "10"} for number in range(5)}
    assert written(own, **alike, **others)["launch"]["impact"] == "5", "14 / 3"
    assert written(own, **others)["launch"]["impact"] == "6"


def test_the_days_of_an_open_item_do_not_hang_on_its_task() -> None:
    own = campaign(checklist=CLOSED | ITEMS)
    team = {"ana": {"skills": {"writing": "2"}}}
    free = on("2026-12-14", plan(team=team))
    task = {"skill": "writing", "hours": "2", "owner": "ana"}
    planned = plan(team=team, tactics={"l": {"campaign": "audit", "tasks": {"proofread": task, "approved": task}}})
    done_by = {task.id: task.finish for task in work_to_launch(free, own).tasks}
    assert item_days(free, own) == done_by
    assert item_days(on("2026-12-14", planned), own) == done_by
    assert work_to_launch(on("2026-12-14", planned), own).tasks == ()


def test_what_a_launch_waits_for_has_a_day_and_whoever_does_it() -> None:
    """Launched on Monday, 1 February: approved on Friday, 29 January, proofread the workday before."""
    own = campaign(
        checklist=CLOSED | ITEMS, metrics={"leads": "3"}, assets={"page": {"channel": "web", "status": "live"}}
    )
    task = {"skill": "writing", "hours": "2", "owner": "ben"}
    made = plan(team={"ana": {}, "ben": {}}, tactics={"l": {"campaign": "audit", "tasks": {"proofread": task}}})

    def told(today: str) -> dict[str, tuple[str | None, str, bool]]:
        lacks = ready(on(today, replace(made, campaigns={"audit": own})), own).lacks
        return {each.what.removeprefix("Launch list: "): (each.owner, str(each.due), each.is_late) for each in lacks}

    assert told("2026-12-14") == {
        "someone else has proofread everything": ("ben", "2027-01-28", False),
        "whoever answers for it has approved it": ("ana", "2027-01-29", False),
    }
    assert [late for _, _, late in told("2027-01-29").values()] == [True, False]


def test_the_page_says_when_to_begin_and_what_is_waited_for(run: Run, root: Path) -> None:
    shown = json.loads(run("-C", root, "campaign", "plan", "audit", "--format", "json").out)["data"]
    for group in shown["groups"]:
        for task in group["tasks"]:
            assert task["begin_by"] <= task["done_by"]
    mail = next(task for group in shown["groups"] for task in group["tasks"] if task["task"] == "mail")
    assert mail["begin_by"] < mail["done_by"], "three emails take more than a day"
    page = " ".join(run("-C", root, "campaign", "plan", "audit").out.split())
    waits = next(group["waits_for"] for group in shown["groups"] if group["waits_for"])
    assert f"Then {waits}; and 2 workdays for approval" in page
    day = next(task["done_by"] for group in shown["groups"] for task in group["tasks"] if task["task"] == "card")
    path = root / "campaigns.yaml"
    path.write_text(CAMPAIGN.replace("due: 2027-01-04", f"due: {day}"))
    assert "counted back from the launch" not in run("-C", root, "campaign", "plan", "audit").out, "the same day does"
