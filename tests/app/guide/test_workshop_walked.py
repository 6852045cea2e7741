"""What a company with recurring revenue met as it went from `init` to its first sprint, and what is right there."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from revplan.app.guide import answers, defaults
from revplan.app.guide import facts as facts_of_workshops
from revplan.app.guide.facts import facts
from revplan.app.guide.playbooks import all_playbooks
from revplan.app.guide.programme import find_lead
from revplan.app.guide.questions import minutes_left
from revplan.app.guide.setup import setup
from revplan.app.open import context_of, open_plan
from revplan.errors import InputError
from revplan.formats.table import DocumentFormat, Screen
from revplan.reports.document import plain
from revplan.reports.playbooks import fitting
from tests.app.guide.test_workshop import TODAY, begun, hold_on_paper, sit_down
from tests.app.guide.test_workshop_offers import WHOLE
from tests.app.guide.test_workshop_words import come_to, screen_of
from tests.support.room import ROOM, on_a_terminal, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from revplan.app.guide.session import Place, Session
    from revplan.reports.guide import SetupFact
    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    Begun = Callable[[str], Path]

__all__ = ["begun"]


def told(session: Session, place: Place, name: str) -> str:
    return " ".join(plain(line) for line in facts(session, (name,), place))


# --- at the terminal -----------------------------------------------------------------------------------------------


def test_what_looks_like_a_command_is_one_or_is_said_to_be_none(begun: Begun) -> None:
    """A beginning is enough, capitals do not matter, and one goes back to whom the workshop is about."""
    root = begun("plan")
    lines = ["Olga", "/B", "Olga, office manager", "/done", "champion", "/q"]
    code, screen = on_a_terminal(root, lines, "workshop", "persona", "--today", TODAY)
    seen = " ".join(screen.split())
    assert code == 2
    assert "You said: Olga (Enter alone keeps it)" in seen
    assert "error: /done is no command hint: there are /back, /skip, /quit and /help; as an answer, write" in seen
    assert "In which part of the market do they work?" in seen, "champion was read as the answer after the error"
    again, screen = on_a_terminal(root, ["/quit"], "workshop", "persona", "--today", TODAY)
    assert again == 2
    assert "going on where it was broken off, Olga, office manager, with 1 answer" in " ".join(screen.split())


def test_at_the_first_question_there_is_no_way_back(begun: Begun) -> None:
    _, screen = on_a_terminal(begun("plan"), ["/back", "/quit"], "workshop", "persona", "--today", TODAY)
    assert "this is the first question" in screen


def test_a_word_in_place_of_ids_ends_the_list(begun: Begun) -> None:
    session, place = come_to(sit_down(begun("plan"), "remarkable"), "claims/1/too", ROOM["remarkable"])
    assert [
        answers.stands_alone(place, text) for text in ("nobody", " Nobody ", "bean-brothers", "nobody, do-nothing")
    ] == [
        True,
        True,
        False,
        False,
    ]
    assert not answers.stands_alone(come_to(session, "claims/1/proof", {"claims/1/too": ("nobody",)})[1], "nobody")


@pytest.mark.parametrize("text", [".", "...", "!?", "·", "- , -", "—"])
def test_signs_alone_are_no_answer(text: str, begun: Begun) -> None:
    session, place = come_to(sit_down(begun("plan"), "story"), "world/change", {})
    with pytest.raises(InputError, match="is no answer"):
        answers.read(session, place, [text])


@pytest.mark.parametrize("text", ["x", "7", "職場", "C++", "no, or later"])
def test_letters_or_digits_are_an_answer(text: str, begun: Begun) -> None:
    session, place = come_to(sit_down(begun("plan"), "story"), "world/change", {})
    assert answers.read(session, place, [text]) == (text,)


# --- what a workshop says ------------------------------------------------------------------------------------------


def test_the_verdict_names_what_it_still_lacks(begun: Begun) -> None:
    session = sit_down(begun("plan"), "goals")
    seen = []
    for key in ("year/measure", "year/target", "deals/acv", "deals/close", "deals/lag"):
        session, place = come_to(session, key, ROOM["goals"])
        seen.append(told(session, place, "verdict"))
    names = ["measure, start, target, ACV and close rate are", "target, ACV and close rate are"]
    names += ["ACV and close rate are", "close rate is", "what an opportunity costs and the money for programs are"]
    assert seen == [f"The verdict is told once {each} there." for each in names]


def test_minutes_of_what_a_claim_will_be_asked_count_before_it_is_known_whose_it_is(begun: Begun) -> None:
    session, place = come_to(sit_down(begun("plan"), "remarkable"), "claims/1/too", ROOM["remarkable"])
    before = minutes_left(session)
    assert minutes_left(session.answer(place.key, ("nobody",))) == before - place.question.minutes
    assert minutes_left(session.answer(place.key, ("bean-brothers",))) < before - place.question.minutes


def test_playbooks_lack_no_skill_that_was_named_in_an_answer(begun: Begun) -> None:
    session, place = come_to(sit_down(begun("plan"), "tactics"), "chosen/1/playbook", ROOM["tactics"])
    assert "nobody has strategy" in told(session, place, "playbooks")
    later = session.answer("chosen/1/playbook", ("newsletter-launch",))
    later = later.answer("chosen/1/skills", ("strategy writing",))
    listed = told(later, place, "playbooks")
    assert "strategy" not in listed
    assert "nobody has" in listed, "other skills are still lacking"


def test_playbooks_for_those_whom_nobody_has_met_come_last(begun: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts_of_workshops, "_ON_PAPER", 500)
    root = begun("plan")
    everybody = read_facts(root)
    assert not any("no whole persona" in line for line in everybody), "there is none yet"
    (root / "personas" / "uma.yaml").write_text(WHOLE.format(name="uma", role="user"))
    lines = read_facts(root)
    assert sorted(line.partition(":")[0] for line in lines) == sorted(line.partition(":")[0] for line in everybody)
    is_unmet = ["no whole persona" in line for line in lines]
    assert is_unmet == sorted(is_unmet)
    assert 0 < sum(is_unmet) < len(lines)


def test_what_came_of_a_playbook_here_stands_beside_it(begun: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts_of_workshops, "_ON_PAPER", 500)
    root = begun("plan")
    done = "".join(DONE.format(number=number, moved=moved) for number, moved in enumerate(("yes", "no", "unclear")))
    (root / "tactics" / "done.yaml").write_text(f"tactics:\n{done}")
    beside = [line for line in read_facts(root) if "done here" in line]
    assert len(beside) == 1
    assert beside[0].startswith("webinar: ")
    assert beside[0].endswith("; of 2 done here 1 moved what it was to move)")


DONE = """  talk-{number}:
    {{title: T, function: marketing, impact: 5, playbook: webinar, status: done, metric: conversations,
    objective: more-conversations, tasks: {{do: {{skill: writing, hours: 4}}}},
    result: {{moved: {moved}, on: 2026-11-30}}}}
"""


def read_facts(root: Path) -> list[str]:
    return [plain(line) for line in facts(sit_down(root, "tactics"), ("playbooks",), None)]


def test_a_campaign_may_be_told_otherwise_to_others(run: Run, begun: Begun, tmp_path: Path) -> None:
    """Where there is nobody else to speak to, nobody is asked; what is answered is work before the launch too."""
    root = begun("plan")
    for name in ("story", "persona"):
        assert hold_on_paper(run, root, name, tmp_path / "sheet.md").code == 0
    alone, asked = (run("-C", root, "workshop", "campaign", "--format", "markdown").out, "gets a version of their own")
    assert asked not in alone
    (root / "personas" / "finn.yaml").write_text(WHOLE.format(name="finn", role="economic-buyer"))
    own = {"variants/1/persona": ("finn",), "variants/1/message": ("A calm Monday costs less than a resignation",)}
    told = hand_in(run, root, tmp_path, "campaign", {**ROOM["campaign"], **own})
    assert "written down: workshop campaign" in told, told
    plan = open_plan(root, root).plan
    campaign = plan.campaigns["a-calm-monday"]
    assert {name: variant.persona for name, variant in campaign.variants.items()} == {"finn": "finn"}
    assert campaign.variants["finn"].message == own["variants/1/message"][0]
    assert any(asset.variant == "finn" for asset in campaign.assets.values())
    assert asked not in run("-C", root, "workshop", "campaign", "--for", "a-calm-monday", "--format", "markdown").out
    assert run("-C", root, "validate", "--today", TODAY).code == 0


def test_a_version_is_for_somebody_to_whom_nothing_speaks_yet(run: Run, begun: Begun, tmp_path: Path) -> None:
    root = begun("plan")
    for name in ("story", "persona"):
        assert hold_on_paper(run, root, name, tmp_path / "sheet.md").code == 0
    for name, role in (("finn", "economic-buyer"), ("uma", "user")):
        (root / "personas" / f"{name}.yaml").write_text(WHOLE.format(name=name, role=role))
    said = {**ROOM["campaign"], "variants/1/persona": ("finn",), "variants/1/message": ("It costs less",)}
    session, first = come_to(sit_down(root, "campaign"), "variants/1/persona", said)
    assert first is not None
    olga = session.text_of("core/persona")
    with pytest.raises(InputError, match="is whom the campaign itself is for") as refused:
        answers.read(session, first, [olga])
    assert "finn, uma" in str(refused.value.hint)
    session, second = come_to(sit_down(root, "campaign"), "variants/2/persona", said)
    assert second is not None
    with pytest.raises(InputError, match="has a version already") as refused:
        answers.read(session, second, ["finn"])
    assert str(refused.value.hint).endswith("uma")
    shown = screen_of(session, second)
    assert "There is" in shown
    assert f"There is {olga}" not in shown
    assert "finn" not in shown.partition("There is")[2]


def test_signs_alone_are_no_scores(begun: Begun) -> None:
    session, place = come_to(sit_down(begun("plan"), "tactics"), "chosen/1/scores", ROOM["tactics"])
    assert answers.read(session, place, [";"]) == ()


def test_the_objective_offered_runs_when_the_campaign_is_launched(run: Run, begun: Begun, tmp_path: Path) -> None:
    root = begun("plan")
    for name in ("story", "persona"):
        assert hold_on_paper(run, root, name, tmp_path / "sheet.md").code == 0
    for name, quarter in (("now", "2026-Q4"), ("then", "2027-Q1")):
        words = ("objective", "add", f"Objective {name}", "--id", name, "--quarter", quarter, "--metric", "revenue")
        assert run("-C", root, *words).code == 0
    offered = {}
    for launch, end in (("2026-12-15", "2026-12-30"), ("2027-02-02", "2027-03-26")):
        said = {**ROOM["campaign"], "dates/start": (launch,), "dates/end": (end,)}
        session, place = come_to(sit_down(root, "campaign"), "dates/objective", said)
        assert place is not None
        offered[launch] = defaults.default(session, place)
    assert offered == {"2026-12-15": ("now",), "2027-02-02": ("then",)}


@pytest.mark.parametrize(
    ("name", "status"),
    [("A dialler, to be chosen", "wanted"), ("A CRM, To Be Chosen.", "wanted"), ("HubBoard", "deployed")],
)
def test_what_is_still_to_be_chosen_is_wanted(name: str, status: str, begun: Begun) -> None:
    key = "tools/marketing-automation/status"
    said = {"tools/marketing-automation/name": (name,), "tools/marketing-automation/owner": ("Ann",)}
    session, place = come_to(sit_down(begun("plan"), "stack"), key, said)
    assert defaults.default(session, place) == (status,)


@pytest.mark.parametrize(("typed", "hint"), [("97", "write 97%, or 0.97"), ("104,5", "write 104,5%, or 1.045")])
def test_a_retention_without_its_per_cent_is_asked_about(typed: str, hint: str, begun: Begun) -> None:
    """Taken for 9700%, it would make every number look within reach."""
    session, place = come_to(sit_down(begun("plan"), "goals"), "deals/kept", ROOM["goals"])
    with pytest.raises(InputError) as refused:
        answers.read(session, place, [typed])
    assert refused.value.hint == hint
    assert [answers.read(session, place, [text]) for text in ("97%", "0.97", "5")] == [("97%",), ("0.97",), ("5",)]


@pytest.mark.parametrize("typed", ["Marketing and Sales", "marketing & sales", "marketing, sales", "sales + marketing"])
def test_names_may_be_joined_by_a_word(typed: str, begun: Begun) -> None:
    key = "steps/more-conversations/share"
    session, place = come_to(sit_down(begun("plan"), "align"), key, ROOM["align"])
    assert sorted(answers.read(session, place, [typed])) == ["marketing", "sales"]


def test_one_name_with_an_and_in_it_is_one_name(begun: Begun) -> None:
    said = {**ROOM["align"], "functions/2/name": ("Sales and Service",)}
    session, place = come_to(sit_down(begun("plan"), "align"), "steps/more-conversations/share", said)
    assert answers.read(session, place, ["Sales and Service"]) == ("sales-and-service",)
    assert answers.read(session, place, ["Marketing and Sales and Service"]) == ("marketing", "sales-and-service")
    with pytest.raises(InputError) as refused:
        answers.read(session, place, ["Facilities"])
    assert refused.value.hint == "there is all, none, marketing, sales-and-service, billing"


# --- on paper ------------------------------------------------------------------------------------------------------


def test_a_gap_that_is_accepted_where_there_is_none_is_named(run: Run, begun: Begun, tmp_path: Path) -> None:
    root = begun("plan")
    rich = {**ROOM["goals"], "money/programs": ("900k",), "deals/lag": ("1",)}
    faults = hand_in(run, root, tmp_path, "goals", rich)
    assert "If the verdict is not green" not in faults
    assert "the verdict is green, so there is no gap to accept; leave it empty" in faults


def test_a_sheet_that_asks_for_functions_names_none_that_nobody_wrote(run: Run, begun: Begun) -> None:
    sheet = run("-C", begun("plan"), "workshop", "align", "--format", "markdown", "--today", TODAY).out
    assert "Which functions share it?" in sheet
    assert "provisioning" not in sheet


def hand_in(run: Run, root: Path, folder: Path, name: str, script: dict[str, tuple[str, ...]]) -> str:
    """Return what is said of a sheet that is filled in and handed over."""
    sheet = run("-C", root, "workshop", name, "--format", "markdown", "--today", TODAY).out
    (folder / "sheet.md").write_text(written(sheet, script))
    return run("-C", root, "workshop", name, "--from", folder / "sheet.md", "--today", TODAY).err


@pytest.mark.parametrize("columns", [80, 100])
def test_a_playbook_that_fits_takes_two_lines_at_most_and_says_what_is_open(columns: int, begun: Begun) -> None:
    root = begun("plan")
    when = date.fromisoformat(TODAY)
    context = context_of(open_plan(root, root), when, when)
    document = fitting(context, tuple(all_playbooks(context.plan).values()))
    drawn = DocumentFormat.TERMINAL.draw(document, Screen(columns, color=False)).decode()
    rows = drawn[drawn.index("playbooks by how they fit") :].splitlines()[2:]
    ranked = [number for number, row in enumerate(rows) if row[:6].strip().isdigit()]
    assert len(ranked) == len(all_playbooks(context.plan))
    assert max(after - before for before, after in pairwise([*ranked, len(rows)])) <= 2
    assert "no research or seo" in drawn


# --- the guide -----------------------------------------------------------------------------------------------------


def sprint_fact(root: Path, day: str) -> SetupFact:
    when = date.fromisoformat(day)
    loaded = open_plan(root, root)
    return next(fact for fact in setup(loaded, context_of(loaded, when, when)) if fact.id == "sprint")


def test_a_sprint_that_is_written_is_started_on_its_first_day(begun: Begun, run: Run) -> None:
    root = begun("plan")
    assert run("-C", root, "sprint", "plan", "2026-12", "--write", "--today", "2026-11-30").code == 0
    before, then = (sprint_fact(root, day) for day in ("2026-11-30", "2026-12-01"))
    assert (before.is_done, before.found) == (True, "2026-12 is written, and begins on 1 Dec")
    assert (then.is_done, then.mend) == (False, "revplan sprint start 2026-12")
    assert run("-C", root, *then.mend.split()[1:], "--today", "2026-12-01").code == 0
    started = sprint_fact(root, "2026-12-01")
    assert (started.is_done, started.found) == (True, "2026-12 has been started")


@pytest.mark.parametrize(
    ("functions", "lead"),
    [
        ({"jonas": "sales", "mira": "marketing"}, "mira"),
        ({"jonas": "leadership", "mira": "marketing"}, "jonas"),
        ({"jonas": "sales", "mira": "sales"}, "jonas"),
    ],
)
def test_the_programme_is_led_by_leadership_or_else_by_marketing(
    functions: dict[str, str], lead: str, make_plan: Callable[..., Path]
) -> None:
    body = "{{name: {name}, kind: employee, function: {function}, hours_per_week: 40, skills: {{writing: 3}}}}"
    team = "".join(f"  {name}: {body.format(name=name, function=function)}\n" for name, function in functions.items())
    root = make_plan({"plan.yaml": f"team:\n{team}"})
    assert find_lead(open_plan(root, root).plan).member == lead


GOAL = "{{measure: recurring, start_revenue: 1M, target_revenue: {target}, acv: 10k, close_rate: 25%{actual}}}"


@pytest.mark.parametrize(
    ("actual", "said"),
    [
        ({2025: "2025-12", 2026: "2026-11"}, "1100000"),
        ({2025: "2025-12"}, "1250000"),
        ({}, "1250000"),
    ],
)
def test_the_start_is_what_was_counted_in_the_year_before_or_else_where_that_is_to_end(
    actual: dict[int, str], said: str, make_plan: Callable[..., Path]
) -> None:
    """What was counted in an earlier year says less than the number of the year before."""
    rows = {2025: "1.2M", 2026: "1250000"}
    told = {year: f", actual: {{{month}: 1.1M}}" for year, month in actual.items()}
    goals = (f"  {year}: {GOAL.format(target=target, actual=told.get(year, ''))}\n" for year, target in rows.items())
    session, place = come_to(sit_down(make_plan({"plan.yaml": f"goals:\n{''.join(goals)}"}), "goals"), "year/start", {})
    assert session.subject() == "2027"
    assert defaults.default(session, place) == (said,)
