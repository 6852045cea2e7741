"""What people met who held the workshops with nothing but what the tool says, and what is right there."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.app.guide import answers
from revplan.app.guide.defaults import usual
from revplan.app.guide.outcome import changes
from revplan.app.guide.questions import next_place
from revplan.app.guide.session import FOR
from revplan.app.guide.setup import setup
from revplan.app.guide.workshop import page
from revplan.app.open import context_of, open_plan
from revplan.app.repository.init import check_currency
from revplan.cli.asking import ask_word
from revplan.errors import InputError
from revplan.formats.table import DocumentFormat, Screen
from revplan.model.calendar import company_calendar
from tests.app.guide.test_workshop import TODAY, sit_down
from tests.support.room import ROOM, on_a_terminal, typed, written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from revplan.app.guide.session import Session
    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]


@pytest.fixture
def begun(run: Run, tmp_path: Path) -> Path:
    people = ("--company", "Copper Kettle", "--person", "Ann Lee", "--colleague", "Bo Dahl")
    assert run("init", tmp_path / "plan", *people, "--yes", "--today", TODAY).code == 0
    return tmp_path / "plan"


def say(session: Session, said: Mapping[str, str]) -> Session:
    """Return the session with answers; what is not said is passed over."""
    while (place := next_place(session)) is not None:
        texts = said[place.key].split("\n") if place.key in said else ()
        session = session.answer(place.key, answers.read(session, place, texts))
    return session


def asked(session: Session, said: Mapping[str, str]) -> list[str]:
    return list(say(session, said).answers)


# --- at the end of a workshop --------------------------------------------------------------------------------------


def test_at_the_end_one_goes_back_and_what_is_no_answer_is_asked_again(begun: Path) -> None:
    lines = typed(sit_down(begun, "story"), ROOM["story"])
    ends = ["maybe", "/back", "It costs a day less", "A customer's log", "", "y"]
    code, screen = on_a_terminal(begun, [*lines, *ends], "workshop", "story", "--today", TODAY)
    assert code == 0
    assert '"maybe" is none of yes, no, /back' in screen
    assert "It costs a day less" in (begun / "strategy.yaml").read_text()


@pytest.mark.parametrize(("text", "word"), [("y", "yes"), ("YES", "yes"), ("n", "no"), ("", "no"), ("b", "/back")])
def test_a_word_is_known_by_its_beginning(text: str, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.prompt", lambda *_, **__: text)
    assert ask_word("Write?", ("yes", "no", "/back"), "no") == word


# --- technology ----------------------------------------------------------------------------------------------------

SUITE = {
    "tools/marketing-automation/name": "HubBoard",
    "tools/marketing-automation/owner": "Ann",
    "tools/sales-automation/name": "hubboard",
    "tools/crm/name": "HubBoard",
    "tools/service-automation/name": "A shared mailbox",
    "tools/service-automation/owner": "Bo",
    "tools/cms/name": "A new site",
    "tools/cms/owner": "Bo",
    "tools/cms/status": "wanted",
    "tools/cms/by": "2027-03-31",
}


def test_one_tool_that_fills_several_categories_is_one_tool_and_asked_about_once(begun: Path) -> None:
    session = say(sit_down(begun, "stack"), SUITE)
    assert "tools/crm/owner" not in session.answers
    made = {change.ref.id: change.value for change in changes(session) if change.ref.kind == "tool"}
    assert list(made) == ["hubboard", "a-shared-mailbox", "a-new-site"]
    assert made["hubboard"] == {
        "name": "HubBoard",
        "category": "marketing-automation",
        "owner": "ann-lee",
        "status": "deployed",
        "also": ["sales-automation", "crm"],
    }


def test_a_category_that_a_known_tool_fills_is_added_to_it(begun: Path, run: Run) -> None:
    tool = ("tool", "add", "HubBoard", "--id", "hub", "--set", "category=crm", "--set", "owner=ann-lee")
    assert run("-C", begun, *tool, "--set", "status=deployed", "--today", TODAY).code == 0
    session = say(
        sit_down(begun, "stack"),
        {key: text for key, text in SUITE.items() if "owner" not in key or "cms" in key or "service" in key},
    )
    own = [change for change in changes(session) if change.ref.id == "hub"]
    assert [(change.ref.keys, change.value) for change in own] == [
        (("also",), ["marketing-automation", "sales-automation"])
    ]


def test_a_tool_that_is_crm_and_marketing_automation_needs_no_integration(run: Run, make_plan: MakePlan) -> None:
    text = """\
revplan: {format: 1, company: Alone, currency: EUR}
team: {kim: {name: Kim, kind: employee, function: sales, hours_per_week: 40, skills: {calls: 3}}}
stack:
  tools:
    hub: {name: Hub, category: crm, also: [marketing-automation], owner: kim, status: deployed}
"""
    root = make_plan(text)
    assert "RP802" not in run("-C", root, "validate", "--today", TODAY).out
    assert "marketing automation: Hub" in run("-C", root, "report", "stack", "--today", TODAY).out
    apart = text.replace("also: [marketing-automation], ", "") + (
        "    mail: {name: Mail, category: marketing-automation, owner: kim, status: deployed}\n"
    )
    assert "RP802" in run("-C", make_plan(apart), "validate", "--today", TODAY).out


def test_stages_of_a_rollout_fall_on_workdays_and_the_last_one_on_its_day(begun: Path) -> None:
    session = say(sit_down(begun, "stack"), SUITE | {"tools/cms/by": "2027-03-28"})
    days = {
        name: date.fromisoformat(stage["due"])
        for change in changes(session)
        if change.ref.kind == "rollout" or change.ref.keys[:1] == ("rollouts",)
        for name, stage in rollout_of(change.value).items()
    }
    company = company_calendar(session.plan.settings)
    assert days["deploy"] == date(2027, 3, 28)  # a Sunday, but somebody said so
    assert len(days) == 5
    assert all(company.is_workday(day) for name, day in days.items() if name != "deploy")
    assert sorted(days.values()) == [days[name] for name in ("purchase", "install", "configure", "train", "deploy")]


def rollout_of(value: object) -> dict[str, dict[str, str]]:
    assert isinstance(value, dict)
    return value


# --- nothing that the plan knows -----------------------------------------------------------------------------------


def test_where_only_one_can_be_meant_it_is_taken(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "alone"
    words = ("--company", "Solo", "--person", "Kim Ray", "--colleague", "nobody", "--yes", "--today", TODAY)
    assert run("init", root, *words).code == 0
    session = sit_down(root, "campaign").answer("for", ("Spring",))
    while (place := next_place(session)) is not None and place.key != "dates/owner":
        session = session.answer(place.key, ())
    assert place is not None
    assert usual(session, place) == (("kim-ray",), "there is no other")


def test_of_several_none_is_taken(begun: Path) -> None:
    session = sit_down(begun, "campaign").answer("for", ("Spring",))
    while (place := next_place(session)) is not None and place.key != "dates/owner":
        session = session.answer(place.key, ())
    assert place is not None
    assert usual(session, place) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [("Offer", "offer-page"), ("A page that", "offer-page"), ("call", "call-old-leads"), ("newsletter-", None)],
)
def test_the_first_words_of_one_alone_name_it(text: str, found: str | None, begun: Path) -> None:
    session = sit_down(begun, "tactics")
    if found is None:
        with pytest.raises(InputError, match="no tactic"):
            answers.find(session, "tactic", text)
    else:
        assert answers.find(session, "tactic", text) == found


# --- the example that the plan began with --------------------------------------------------------------------------

GOALS = {key: "\n".join(texts) for key, texts in ROOM["goals"].items() if not key.startswith("examples/")}


def test_an_example_goes_with_its_tactics_where_there_are_objectives_of_ones_own(begun: Path, run: Run) -> None:
    session = say(sit_down(begun, "goals"), GOALS)
    removed = {
        (change.ref.kind, change.ref.id) for change in changes(session) if change.value is None and not change.ref.keys
    }
    assert removed == {
        ("objective", "more-conversations"),
        *(("tactic", name) for name in ("offer-page", "newsletter-issue", "call-old-leads")),
    }
    lines = typed(sit_down(begun, "goals"), {key: tuple(text.split("\n")) for key, text in GOALS.items()})
    code, _ = on_a_terminal(begun, [*lines, "y"], "workshop", "goals", "--today", TODAY)
    assert code == 0
    assert run("-C", begun, "validate", "--today", TODAY).code == 0
    assert "more-conversations" not in run("-C", begun, "backlog", "--today", TODAY).out


def test_an_example_that_is_ones_own_stays_and_is_not_asked_about_again(begun: Path, run: Run) -> None:
    script = {**ROOM["goals"]}
    lines = typed(sit_down(begun, "goals"), script)
    assert on_a_terminal(begun, [*lines, "y"], "workshop", "goals", "--today", TODAY)[0] == 0
    assert "examples/more-conversations/keep" not in asked(sit_down(begun, "goals"), {})
    assert "2 objectives of your own" in run("-C", begun, "guide", "--today", TODAY, environment={"COLUMNS": "120"}).out


def test_an_example_that_a_sprint_has_is_not_asked_about(begun: Path, run: Run) -> None:
    assert run("-C", begun, "sprint", "plan", "--write", "--goal", "Ten", "--today", TODAY).code == 0
    assert "examples/more-conversations/keep" not in asked(sit_down(begun, "goals"), GOALS)


# --- what the guide says -------------------------------------------------------------------------------------------


def facts_of(root: Path, day: str = TODAY) -> dict[str, tuple[bool, str]]:
    loaded, when = open_plan(root, root), date.fromisoformat(day)
    return {fact.id: (fact.is_done, fact.found) for fact in setup(loaded, context_of(loaded, when, when))}


GOAL = """\
revplan: {{format: 1, company: Odds, currency: EUR}}
goals:
  2027: {{measure: revenue, start_revenue: 620k, target_revenue: 750k, acv: 24k, close_rate: 25.5%,
    close_lag: [0.2, 0.3, 0.25, 0.15, 0.1], net_revenue_retention: 85%, cost_per_opportunity: 750.5,
    open_opportunities: 4}}
budget: {{programs: {{category: programs, function: marketing, year: 2027, annual: {budget}}}}}
"""


@pytest.mark.parametrize(("budget", "is_done", "found"), [("60k", True, "odds"), ("15k", False, "nobody")])
def test_a_budget_that_fits_by_the_plan_is_set_up_and_its_odds_are_told(
    budget: str, is_done: bool, found: str, make_plan: MakePlan
) -> None:
    done, text = facts_of(make_plan(GOAL.format(budget=budget)))["budget"]
    assert (done, found in text) == (is_done, True), text


def test_the_minutes_of_a_workshop_are_those_of_what_it_asks(begun: Path, run: Run) -> None:
    told = json.loads(run("-C", begun, "guide", "--today", TODAY, "--format", "json").out)["data"]["next"]
    stack = next(step["minutes"] for step in told if step["command"] == "revplan workshop stack")
    screen = on_a_terminal(begun, ["/quit"], "workshop", "stack", "--today", TODAY)[1]
    assert f"about {stack} min" in " ".join(screen.split())


def test_the_first_sprint_is_not_first_twice(begun: Path, run: Run) -> None:
    assert "The first sprint is" in run("-C", begun, "guide", "--today", TODAY).out
    assert run("-C", begun, "sprint", "plan", "--write", "--goal", "Ten", "--today", TODAY).code == 0
    assert "The next sprint is" in run("-C", begun, "guide", "--today", "2027-01-04").out


# --- on paper ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["n/a", "see above", "Same as above.", "tbd", "?", "none", "—", "ditto", "yes", "Y", "ok"]
)
def test_what_says_that_there_is_no_answer_is_not_kept_as_one(text: str, begun: Path) -> None:
    session = sit_down(begun, "story")
    place = next_place(session)
    assert place is not None
    with pytest.raises(InputError, match="is no answer"):
        answers.read(session, place, [text])


@pytest.mark.parametrize("text", ["nobody; nobody", "n/a, n/a", "none; tbd; none", "No one, nobody"])
def test_no_answer_said_several_times_is_none(text: str, begun: Path) -> None:
    session = sit_down(begun, "story")
    place = next_place(session)
    assert place is not None
    with pytest.raises(InputError, match="is no answer"):
        answers.read(session, place, [text])
    assert answers.read(session, place, ["Nobody"]) == ("Nobody",)
    assert answers.read(session, place, ["Nobody, not even finance"]) == ("Nobody, not even finance",)


def test_several_scores_or_pairs_stand_on_a_line_with_semicolons(begun: Path) -> None:
    session = sit_down(begun, "tactics")
    while (place := next_place(session)) is not None and place.question.id != "scores":
        session = session.answer(place.key, (ROOM["tactics"].get(place.key) or ("",)))
    assert place is not None
    assert answers.read(session, place, ["Ann 7 3; Bo Dahl 4 5;", "ann-lee 2 1"]) == (
        "ann-lee 7 3",
        "bo-dahl 4 5",
        "ann-lee 2 1",
    )
    one = session.answer(place.key, ("ann-lee 7 3",))
    after = next_place(one)
    assert after is not None
    drawn = " ".join(DocumentFormat.TERMINAL.draw(page(one, after), Screen(100, color=False)).decode().split())
    assert "Impact by 1 person: 7 - Effort by 1 person: 3 days" in drawn
    while (place := next_place(session)) is not None and place.question.id != "skills":
        session = session.answer(place.key, (ROOM["tactics"].get(place.key) or ("",)))
    assert place is not None
    assert answers.read(session, place, ["strategy writing; design: web"]) == ("strategy writing", "design web")


def test_the_guide_names_the_roles_that_no_whole_persona_has(begun: Path, run: Run) -> None:
    said = {key: value for key, value in ROOM["persona"].items() if key != "who/name"} | {
        FOR: ("Olga, office manager",)
    }
    lines = [*typed(sit_down(begun, "persona"), said), "y"]
    code, screen = on_a_terminal(begun, lines, "workshop", "persona", "--today", TODAY)
    assert code == 0, screen
    told = " ".join(run("-C", begun, "guide", "--today", TODAY, "--format", "json").out.split())
    assert (
        "1 whole persona: champion; none yet of economic-buyer or user: `revplan workshop persona --for NAME`" in told
    )
    assert "`revplan persona drop first-buyer` takes the example of the start away" in told
    assert run("-C", begun, "guide", "--today", TODAY).code == 0


def test_a_word_in_place_of_ids_stands_alone(begun: Path) -> None:
    session = sit_down(begun, "align")
    while (place := next_place(session)) is not None and place.question.id != "share":
        session = session.answer(place.key, (ROOM["align"].get(place.key) or ("",)))
    assert place is not None
    for text in ("none, marketing", "marketing; all", "all none"):
        with pytest.raises(InputError):
            answers.read(session, place, [text])
    assert answers.read(session, place, ["all; all"]) == ("all",)
    assert answers.read(session, place, ["marketing, Sales"]) == ("marketing", "sales")


def test_a_list_that_ends_too_soon_is_told_how_many_are_needed(begun: Path) -> None:
    """Two functions at least: after one, one more; after two, none. What the plan has counts."""
    session = sit_down(begun, "align")
    seen = []
    while (place := next_place(session)) is not None and place.step.id == "functions":
        if place.opens_entry:
            drawn = DocumentFormat.TERMINAL.draw(page(session, place), Screen(100, color=False)).decode()
            seen.append(" ".join(drawn.split()))
        said = ROOM["align"].get(place.key) or ("",)
        session = session.answer(place.key, answers.read(session, place, said))
    first, second, third, *_ = seen
    assert "Enter alone: there" not in first
    assert "Enter alone: there are no more of them, though 1 more is needed." in second
    assert "Enter alone: there are no more of them." in third


def test_a_word_that_the_question_offers_is_an_answer(begun: Path) -> None:
    session = sit_down(begun, "align")
    while (place := next_place(session)) is not None and place.question.id != "share":
        session = session.answer(place.key, (ROOM["align"].get(place.key) or ("",)))
    assert place is not None
    assert answers.read(session, place, ["none"]) == ("none",)


# --- the beginning -------------------------------------------------------------------------------------------------


def test_what_options_leave_open_is_asked_on_a_terminal(tmp_path: Path) -> None:
    root = tmp_path / "plan"
    code, screen = on_a_terminal(
        root, ["€", "Julia", "July", "Kim Ray", "nobody"], "init", str(root), "--company", "Solo"
    )
    assert code == 0, screen
    settings, team = (root / "revplan.yaml").read_text(), (root / "team.yaml").read_text()
    assert "company: Solo\n" in settings
    assert "currency: EUR\n" in settings
    assert "\n  fiscal_year_start: 7 " in settings
    assert "name: Kim Ray" in team
    assert team.count("kind: employee") == 1


@pytest.mark.parametrize(("text", "code"), [("£", "GBP"), ("euro", "EUR"), ("chf", "CHF")])
def test_a_sign_that_one_currency_has_is_that_currency(text: str, code: str) -> None:
    assert check_currency(text) == code


@pytest.mark.parametrize("text", ["$", "¥", "dollars"])
def test_a_sign_of_several_currencies_is_asked_about(text: str) -> None:
    with pytest.raises(InputError, match="is no currency"):
        check_currency(text)


@pytest.mark.parametrize(("own", "goes"), [(True, True), (False, False)])
def test_on_a_sheet_the_example_goes_where_other_objectives_are_written(
    own: bool, goes: bool, begun: Path, run: Run, tmp_path: Path
) -> None:
    blank = run("-C", begun, "workshop", "goals", "--format", "markdown", "--today", TODAY).out
    assert "no where there are others of your own, else yes" in blank
    said = {key: said for key, said in ROOM["goals"].items() if own or not key.startswith("objectives/")}
    said.pop("examples/more-conversations/keep")
    sheet = tmp_path / "sheet.md"
    sheet.write_text(written(blank, said))
    ran = run("-C", begun, "workshop", "goals", "--from", sheet, "--yes", "--today", TODAY)
    assert ran.code == 0, ran.err
    assert ("more-conversations" not in (begun / "strategy.yaml").read_text()) == goes
    again = run("-C", begun, "workshop", "goals", "--from", sheet, "--yes", "--today", TODAY)
    assert (again.code, "nothing to write" in again.err) == (0, True), again.err


@pytest.mark.parametrize("line", ["- ____________", "- –", "- ...", "—"])
def test_a_line_that_was_struck_out_is_no_answer(line: str, begun: Path, run: Run, tmp_path: Path) -> None:
    blank = run("-C", begun, "workshop", "story", "--format", "markdown", "--today", TODAY).out
    text = written(blank, ROOM["story"] | {"pillars/2/claim": ("x",), "pillars/2/proof": ("x",)})
    text = text.replace("- x\n", f"{line}\n")
    sheet = tmp_path / "sheet.md"
    sheet.write_text(text)
    ran = run("-C", begun, "workshop", "story", "--from", sheet, "--yes", "--today", TODAY)
    assert ran.code == 0, ran.err
    story = open_plan(begun, begun).plan.strategy.big_story
    assert story is not None
    assert [pillar.claim for pillar in story.pillars.values()] == list(ROOM["story"]["pillars/1/claim"])


def test_one_tool_is_written_down_in_full_at_each_of_its_categories(begun: Path, run: Run, tmp_path: Path) -> None:
    blank = run("-C", begun, "workshop", "stack", "--format", "markdown", "--today", TODAY).out
    names = ("marketing-automation", "sales-automation", "crm", "service-automation", "cms")
    said = {
        f"tools/{name}/{field}": (text,)
        for name in names
        for field, text in (("name", "Hub"), ("owner", "Ann"), ("status", "deployed"))
    }
    sheet = tmp_path / "sheet.md"
    sheet.write_text(written(blank, said))
    ran = run("-C", begun, "workshop", "stack", "--from", sheet, "--yes", "--today", TODAY)
    assert ran.code == 0, ran.err
    written_down = (begun / "stack.yaml").read_text()
    assert written_down.count("Hub") == 1
    assert "also: [sales-automation, crm, service-automation, cms]" in written_down


def test_a_tool_with_two_owners_on_one_sheet_is_asked_about(begun: Path, run: Run, tmp_path: Path) -> None:
    blank = run("-C", begun, "workshop", "stack", "--format", "markdown", "--today", TODAY).out
    said = {f"tools/{name}/name": ("Hub",) for name in ("marketing-automation", "crm")}
    owners = {"tools/marketing-automation/owner": ("Ann",), "tools/crm/owner": ("Bo",)}
    sheet = tmp_path / "sheet.md"
    sheet.write_text(written(blank, said | owners))
    before = (begun / "stack.yaml").read_text()
    ran = run("-C", begun, "workshop", "stack", "--from", sheet, "--yes", "--today", TODAY)
    assert (ran.code, "the plan says something else" in ran.err or "not asked" in ran.err) == (1, True), ran.err
    assert (begun / "stack.yaml").read_text() == before


# --- skills and their levels ---------------------------------------------------------------------------------------

CLUSTER = {
    "chosen/1/playbook": "topic-cluster",
    "chosen/1/skills": "seo web\nresearch writing",
    "chosen/1/verdict": "in",
}


def test_a_skill_that_is_called_otherwise_is_asked_for_at_the_level_that_is_there(begun: Path) -> None:
    session = say(sit_down(begun, "tactics"), CLUSTER)
    made = next(change.value for change in changes(session) if change.ref.id == "topic-cluster")
    assert isinstance(made, dict)
    assert isinstance(made["tasks"], dict)
    task = made["tasks"]["map"]
    assert isinstance(task, dict)
    assert (task["skill"], task["level"]) == ("web", "2")
    assert "map: level 2 in web, where the playbook asks for 3" in str(made["notes"])


def test_what_the_guide_says_of_a_level_that_is_missing_mends_it(begun: Path, run: Run) -> None:
    words = (
        "--set",
        "tasks.read={skill: web, hours: 4, level: 3}",
        "--objective",
        "more-conversations",
        "--impact",
        "5",
    )
    added = run("-C", begun, "tactic", "add", "Ours", "--function", "marketing", *words, "--today", TODAY)
    assert added.code == 0, added.err
    loaded, day = open_plan(begun, begun), date.fromisoformat(TODAY)
    fact = next(each for each in setup(loaded, context_of(loaded, day, day)) if each.id == "skills")
    assert fact.mend == "revplan task edit ours/read --level 2"
    assert run("-C", begun, *fact.mend.split()[1:], "--today", TODAY).code == 0
    assert facts_of(begun)["skills"][0]


def test_an_example_that_work_of_ones_own_serves_is_not_asked_about(begun: Path, run: Run) -> None:
    words = ("--function", "marketing", "--set", "tasks.read={skill: web, hours: 4}", "--impact", "5")
    more = ("--objective", "more-conversations", "--today", TODAY)
    assert run("-C", begun, "tactic", "add", "Ours", *words, *more).code == 0
    assert "examples/more-conversations/keep" not in asked(sit_down(begun, "goals"), GOALS)


def test_what_passes_from_a_tool_to_another_than_before_is_new_on_a_sheet(
    begun: Path, run: Run, tmp_path: Path
) -> None:
    blank = run("-C", begun, "workshop", "stack", "--format", "markdown", "--today", TODAY).out
    names = ("marketing-automation", "sales-automation", "crm", "service-automation", "cms")
    said = {f"tools/{name}/name": (name.upper(),) for name in names} | {
        f"tools/{name}/owner": ("Ann",) for name in names
    }
    flow = {"flows/1/from": ("CMS",), "flows/1/to": ("CRM",), "flows/1/objects": ("contacts",)}
    other = {"flows/2/from": ("CMS",), "flows/2/to": ("SERVICE-AUTOMATION",), "flows/2/objects": ("tickets",)}
    sheet = tmp_path / "sheet.md"
    for more, count in ((flow, 1), (flow | other, 2)):
        sheet.write_text(written(blank, said | more))
        ran = run("-C", begun, "workshop", "stack", "--from", sheet, "--yes", "--today", TODAY)
        assert ran.code == 0, ran.err
        assert len(open_plan(begun, begun).plan.stack.integrations) == count
