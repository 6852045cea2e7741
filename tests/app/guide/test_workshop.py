"""Workshops: the same answers give the same plan, on a terminal and on paper; nothing that was said is lost."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.app.guide import answers
from revplan.app.guide.facts import facts
from revplan.app.guide.outcome import changes
from revplan.app.guide.questions import next_place, places
from revplan.app.guide.session import begin, find_workshop
from revplan.app.guide.sheets import read_sheet
from revplan.app.open import context_of, open_plan
from revplan.errors import RevplanError
from revplan.model.workshops import workshop_names
from revplan.store.edit.plan import edit
from revplan.store.load import read_over
from revplan.store.workshops import workshops
from tests.support.room import ROOM, on_a_terminal, typed, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from revplan.app.guide.session import Session
    from tests.support.shell import Ran

    Run = Callable[..., Ran]

TODAY = "2026-12-01"


def sit_down(root: Path, name: str, subject: str | None = None, *, every: bool = False) -> Session:
    """Open a workshop on a plan."""
    loaded = open_plan(root, root)
    context = context_of(loaded, date.fromisoformat(TODAY), date.fromisoformat(TODAY))
    return begin(loaded, context, find_workshop(name), subject, every=every)


def files(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text() for path in sorted(root.rglob("*.yaml"))}


@pytest.fixture
def begun(run: Run, tmp_path: Path) -> Callable[[str], Path]:
    """Begin a plan of a company under a name."""

    def make(name: str) -> Path:
        people = ("--company", "Copper Kettle", "--person", "Ann Lee", "--colleague", "Bo Dahl")
        assert run("init", tmp_path / name, *people, "--yes", "--today", TODAY).code == 0
        return tmp_path / name

    return make


def hold_on_paper(run: Run, root: Path, name: str, sheet: Path) -> Ran:
    """Print a workshop's sheet, fill it in, and hand it over."""
    printed = run("workshop", name, "-C", root, "--today", TODAY, "--format", "markdown")
    assert printed.code == 0, printed.err
    sheet.write_text(written(printed.out, ROOM[name]), encoding="utf-8")
    return run("workshop", name, "-C", root, "--today", TODAY, "--from", sheet)


# --- the same answers, the same plan --------------------------------------------------------------------------------


def test_what_is_said_on_a_terminal_and_written_on_a_sheet_makes_the_same_plan(
    run: Run, begun: Callable[[str], Path], tmp_path: Path
) -> None:
    here, there = begun("here"), begun("there")
    for name, script in ROOM.items():
        lines = typed(sit_down(here, name), script)
        code, screen = on_a_terminal(here, [*lines, ""], "workshop", name, "--today", TODAY)
        assert code == 0, screen[-2000:]
        back = hold_on_paper(run, there, name, tmp_path / "sheet.md")
        assert back.code == 0, back.err
        assert files(here) == files(there), name
        assert not (here / ".revplan" / "drafts" / f"{name}.json").exists()
    assert run("validate", "-C", here, "--today", TODAY).code == 0


def test_what_the_plan_knows_is_not_asked_again(run: Run, begun: Callable[[str], Path], tmp_path: Path) -> None:
    root = begun("plan")
    for name in ROOM:
        assert hold_on_paper(run, root, name, tmp_path / "sheet.md").code == 0, name
    before = files(root)
    for workshop in workshops():
        subject = {"persona": "first-buyer", "campaign": "a-calm-monday"}.get(workshop.name)
        open_questions = [place.key for place in places(sit_down(root, workshop.name, subject))]
        known_gap = ["money/gap"] if workshop.name == "goals" else []
        assert [key for key in open_questions if key not in known_gap] == [], workshop.name
    assert files(root) == before


# --- broken off ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 4, 8])
def test_a_killed_workshop_goes_on_where_it_was(begun: Callable[[str], Path], count: int) -> None:
    killed, whole = begun("killed"), begun("whole")
    lines = typed(sit_down(whole, "story"), ROOM["story"])
    before = files(killed)
    assert on_a_terminal(killed, lines, "workshop", "story", "--today", TODAY, kill_at=count)[0] == -9
    assert files(killed) == before
    code, screen = on_a_terminal(killed, [*lines[count:], "y"], "workshop", "story", "--today", TODAY)
    assert code == 0, screen[-2000:]
    assert "going on where it was broken off" in screen
    assert on_a_terminal(whole, [*lines, "y"], "workshop", "story", "--today", TODAY)[0] == 0
    assert files(killed) == files(whole)


def test_a_draft_that_cannot_be_read_is_named(begun: Callable[[str], Path]) -> None:
    root = begun("plan")
    draft = root / ".revplan" / "drafts" / "story.json"
    draft.parent.mkdir(parents=True)
    draft.write_text('{"answers": ')
    code, screen = on_a_terminal(root, [], "workshop", "story", "--today", TODAY)
    assert (code, "cannot be read" in screen, "--fresh" in screen) == (2, True, True)
    assert on_a_terminal(root, ["/quit"], "workshop", "story", "--fresh", "--today", TODAY)[0] == 2
    assert not draft.exists()


def test_drafts_are_nobody_elses_business(begun: Callable[[str], Path]) -> None:
    root = begun("plan")
    on_a_terminal(root, ["A change", "/quit"], "workshop", "story", "--today", TODAY)
    assert json.loads((root / ".revplan/drafts/story.json").read_text())["answers"] == {"world/change": ["A change"]}
    assert (root / ".revplan/drafts/.gitignore").read_text().endswith("*\n")


def test_one_goes_back_and_keeps_or_changes_what_was_said(begun: Callable[[str], Path]) -> None:
    root = begun("plan")
    lines = ["The first", "The second", "/back", "/back", "", "Another second", "/quit"]
    code, screen = on_a_terminal(root, lines, "workshop", "story", "--today", TODAY, size="80x24")
    assert (code, "You said: The first" in screen) == (2, True)
    said = json.loads((root / ".revplan/drafts/story.json").read_text())["answers"]
    assert said == {"world/change": ["The first"], "world/stakes": ["Another second"]}


def test_what_was_taken_back_or_half_said_is_asked_again_and_not_lost(begun: Callable[[str], Path]) -> None:
    root = begun("plan")
    on_a_terminal(root, ["The first", "The second", "/back", "/back", "/quit"], "workshop", "story", "--today", TODAY)
    draft = json.loads((root / ".revplan/drafts/story.json").read_text())
    assert (draft["answers"], draft["unfinished"]["world/change"]) == ({}, ["The first"])
    lines = ["", "", "A third", "/quit"]
    code, screen = on_a_terminal(root, lines, "workshop", "story", "--today", TODAY)
    assert (code, "You said: The first" in screen, "You said: The second" in screen) == (2, True, True)
    draft = json.loads((root / ".revplan/drafts/story.json").read_text())
    assert list(draft["answers"].values()) == [["The first"], ["The second"], ["A third"]]
    lines = ["newsletter-launch", "Ann 7 3", "Bo 3 8"]
    assert on_a_terminal(root, lines, "workshop", "tactics", "--today", TODAY, kill_at=3)[0] == -9
    code, screen = on_a_terminal(root, ["", "/quit"], "workshop", "tactics", "--today", TODAY)
    assert "You said: Ann 7 3; Bo 3 8" in screen
    said = json.loads((root / ".revplan/drafts/tactics.json").read_text())["answers"]["chosen/1/scores"]
    assert said == ["ann-lee 7 3", "bo-dahl 3 8"]


def test_nothing_is_written_where_the_change_is_declined(begun: Callable[[str], Path]) -> None:
    root = begun("plan")
    before = files(root)
    lines = typed(sit_down(root, "story"), ROOM["story"])
    code, screen = on_a_terminal(root, [*lines, "n"], "workshop", "story", "--today", TODAY)
    assert (code, "nothing is written, what was said is kept" in screen) == (2, True)
    assert files(root) == before


# --- without a terminal ---------------------------------------------------------------------------------------------


def test_without_a_terminal_the_way_by_paper_is_named(run: Run, begun: Callable[[str], Path]) -> None:
    ran = run("workshop", "story", "-C", begun("plan"))
    assert (ran.code, "--format markdown" in ran.err, "--from" in ran.err) == (2, True, True)


def test_faults_of_a_sheet_are_named_by_line(run: Run, begun: Callable[[str], Path], tmp_path: Path) -> None:
    root = begun("plan")
    before = files(root)
    sheet = tmp_path / "sheet.md"
    text = run("workshop", "goals", "-C", root, "--today", TODAY, "--format", "markdown").out
    script = {**ROOM["goals"], "deals/close": ("much",), "objectives/1/owner": ("Zoe",), "year/target": ()}
    sheet.write_text(written(text, script) + "\n**Answer**: (yaer/target)\n\n- 5M\n", encoding="utf-8")
    ran = run("workshop", "goals", "-C", root, "--today", TODAY, "--from", sheet)
    assert ran.code == 1
    lines = sheet.read_text().splitlines()
    named = {int(line.split(":")[1]): line for line in ran.err.splitlines() if line.startswith(str(sheet))}
    assert {lines[number - 1] for number in named} == {"- much", "- Zoe", "**Answer**: (year/target)", "- 5M"}
    assert "3 answers cannot be used, and 1 needed answer is missing; nothing was written" in ran.err
    assert files(root) == before


def test_a_workshop_that_is_none_gets_a_hint(run: Run, begun: Callable[[str], Path]) -> None:
    ran = run("workshop", "stroy", "-C", begun("plan"))
    assert (ran.code, "story" in ran.err) == (2, True)


@pytest.mark.parametrize("name", workshop_names())
@pytest.mark.parametrize("kind", ["markdown", "html", "json"])
def test_every_sheet_is_drawn(run: Run, begun: Callable[[str], Path], name: str, kind: str) -> None:
    assert run("workshop", name, "-C", begun("plan"), "--today", TODAY, "--format", kind).code == 0


# --- data ----------------------------------------------------------------------------------------------------------


def test_every_question_has_help_and_an_example() -> None:
    for workshop in workshops():
        for step in workshop.steps:
            assert step.room_minutes > 0
            for question in step.questions:
                assert question.help.strip(), (workshop.name, question.id)
                assert question.example.strip(), (workshop.name, question.id)


# --- hostile answers ------------------------------------------------------------------------------------------------

HOSTILE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "{a: b}",
            "- x",
            "# c",
            "&a *a",
            "!!python/object",
            "'",
            '"',
            "x: y",
            "%TAG",
            "@h",
            "`x`",
            "\u202e",
            "null",
            "~",
        ]
    ),
    st.sampled_from(
        ["x" * 19_000, "x" * 100_000, "a\nb", "\x1b[2J", "\x00", "yes", "2026-01-01", "=1+1", "[red]x[/red]"]
    ),
)


@given(said=st.lists(HOSTILE, min_size=9, max_size=9))
def test_hostile_answers_are_refused_or_kept_as_text(said: list[str], request: pytest.FixtureRequest) -> None:
    root = request.getfixturevalue("begun_once")
    session = sit_down(root, "story")
    for text in said:
        place = next_place(session)
        if place is None:
            break
        try:
            session = session.answer(place.key, answers.read(session, place, [text]))
        except RevplanError:
            session = session.answer(place.key, answers.read(session, place, ["Said plainly"]))
    after = read_over(session.loaded, edit(session.loaded, changes(session)).overlay)
    assert after.findings == ()
    change = session.text_of("world/change")
    story = after.plan.strategy.big_story
    assert story is not None
    assert story.narrative.startswith(change)


@pytest.fixture(scope="session")
def begun_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from revplan.app.repository.init import Answers
    from revplan.app.repository.init import begin as begin_plan

    root = tmp_path_factory.mktemp("once") / "plan"
    begin_plan(root, Answers("Copper Kettle", person="Ann Lee", colleague="Bo Dahl"), date.fromisoformat(TODAY))
    return root


@given(text=st.text(max_size=300))
def test_any_text_is_a_sheet_or_a_fault(text: str, request: pytest.FixtureRequest) -> None:
    session = sit_down(request.getfixturevalue("begun_once"), "story")
    try:
        read_sheet(session, f"**Answer**: (world/change)\n\n{text}")
    except RevplanError:
        return


def test_one_line_that_cannot_be_used_is_typed_again_and_the_others_stay(begun: Callable[[str], Path]) -> None:
    root = begun("plan")
    lines = ["newsletter-launch", "Ann 7 3", "Bo 11 3", "Bo 4", "Bo 3 8", "", "/quit"]
    code, screen = on_a_terminal(root, lines, "workshop", "tactics", "--today", TODAY, size="80x24")
    assert (code, "Impact by 2 people: 3 to 7, median 5; Bo and Ann say why" in " ".join(screen.split())) == (2, True)
    said = json.loads((root / ".revplan/drafts/tactics.json").read_text())["answers"]
    assert said["chosen/1/scores"] == ["ann-lee 7 3", "bo-dahl 3 8"]


def test_lines_that_cannot_stand_together_leave_no_answer_that_enter_alone_gives_again(
    begun: Callable[[str], Path],
) -> None:
    """Nobody and a competitor exclude each other; what cannot be used at the end of a list is not offered again."""
    root = begun("plan")
    claim = ["Bean Brothers", "Free machines", "", "", "", "We swap before it fails"]
    lines = [*claim, "bean brothers", "nobody", "", "", "y"]
    code, screen = on_a_terminal(root, lines, "workshop", "remarkable", "--today", TODAY, size="80x24")
    assert code == 0, screen[-3000:]
    assert screen.count("stands beside others") == 1
    assert '"We swap before it fails" (Bean Brothers can say it too' in (root / "strategy.yaml").read_text()


@pytest.mark.parametrize("size", ["80x24", "100x30"])
@pytest.mark.parametrize("name", [*ROOM])
def test_every_question_fits_the_screen(
    begun: Callable[[str], Path], run: Run, tmp_path: Path, name: str, size: str
) -> None:
    columns, rows = map(int, size.split("x"))
    root = begun("plan")
    for each in ROOM:
        if each == name:
            break
        assert hold_on_paper(run, root, each, tmp_path / "sheet.md").code == 0
    lines = typed(sit_down(root, name), ROOM[name])
    code, screen = on_a_terminal(root, [*lines, "n"], "workshop", name, "--today", TODAY, size=size)
    assert code == 2, screen[-2000:]
    shown = re.split(r"\n(?:> |· |Enter shows the rest> )", screen.replace("\r", "").split("---")[0])
    assert max(len(line) for page in shown for line in page.split("\n")[2:]) <= columns, "the first is what was typed"
    assert max(page.count("\n") for page in shown) < rows
    assert "min left" in shown[0]


def test_more_lines_than_the_screen_has_show_the_question_again(begun: Callable[[str], Path]) -> None:
    root = begun("plan")
    scores = [f"guest{number} {number % 10 + 1} 3" for number in range(30)]
    lines = ["newsletter-launch", *scores, "", "/quit"]
    code, screen = on_a_terminal(root, lines, "workshop", "tactics", "--today", TODAY, size="80x24")
    assert code == 2
    told = [int(count) for count in re.findall(r"You said: (\d+) lines, the last of them", screen)]
    assert told == [13, 24], "24 rows, 10 or 12 of them for the question"
    assert "Impact by 30 people: 1 to 10, median 5.5" in " ".join(screen.split())
    said = json.loads((root / ".revplan/drafts/tactics.json").read_text())["answers"]["chosen/1/scores"]
    assert said == scores


def test_a_question_longer_than_the_screen_comes_in_pieces(begun: Callable[[str], Path]) -> None:
    root = begun("plan")
    lines = ["", "A change", "/quit"]
    code, screen = on_a_terminal(root, lines, "workshop", "story", "--today", TODAY, size="40x12")
    assert (code, "Enter shows the rest> " in screen) == (2, True)
    asked = screen.replace("\r", "").partition("stopped half-way")[0]
    pages = re.split(r"\n(?:> |Enter shows the rest> )", asked)
    assert max(page.count("\n") for page in pages[1:]) < 12
    said = json.loads((root / ".revplan/drafts/story.json").read_text())["answers"]
    assert said == {"world/change": ["A change"]}, "what is typed where the rest is to be shown is the answer"


@pytest.mark.parametrize("name", [*ROOM])
def test_enter_alone_through_all_that_is_asked_again_changes_nothing(
    run: Run, begun: Callable[[str], Path], tmp_path: Path, name: str
) -> None:
    root = begun("plan")
    for each in ROOM:
        assert hold_on_paper(run, root, each, tmp_path / "sheet.md").code == 0, each
    subject = {"persona": "first-buyer", "campaign": "a-calm-monday", "goals": "2027"}.get(name)
    session = sit_down(root, name, subject, every=True)
    while (place := next_place(session)) is not None:
        session = session.answer(place.key, answers.read(session, place, []))
    assert changes(session) == ()


def test_the_end_says_whether_the_outcome_is_right(run: Run, begun: Callable[[str], Path], tmp_path: Path) -> None:
    root = begun("plan")
    said = hold_on_paper(run, root, "story", tmp_path / "sheet.md").err
    assert "It is right when: Every pillar has a proof" in said
    assert "set up: One Big Story, every pillar with a proof (2 pillars, each with a proof)" in said
    assert run("guide", "-C", root, "--today", TODAY, "--write").code == 0
    said = hold_on_paper(run, root, "persona", tmp_path / "sheet.md").err
    assert "`revplan tactic edit set-up-persona --status done`" in said
    sheet = tmp_path / "sheet.md"
    text = run("workshop", "stack", "-C", root, "--today", TODAY, "--format", "markdown").out
    script = {key: ROOM["stack"][key] for key in ROOM["stack"] if key.startswith("tools/")}
    sheet.write_text(written(text, script), encoding="utf-8")
    said = run("workshop", "stack", "-C", root, "--today", TODAY, "--from", sheet).err
    assert "set up: A tool in every core category" in said
    assert "not yet: What passes between the tools (nothing is written down; what is typed by hand" in said


def test_a_playbooks_skills_are_called_as_the_plan_calls_them(run: Run, begun: Callable[[str], Path]) -> None:
    root = begun("plan")
    settings = root / "revplan.yaml"
    settings.write_text(settings.read_text() + "  playbook_skills: {research: writing}\n")
    assert run("tactic", "add", "--playbook", "forum-answers", "-C", root, "--today", TODAY).code == 0
    assert "research" not in run("tactic", "show", "forum-answers", "-C", root).out
    fits = json.loads(run("playbook", "list", "--fits", "-C", root, "--today", TODAY, "--format", "json").out)
    own = next(each for each in fits["data"]["playbooks"] if each["playbook"] == "forum-answers")
    assert own["lacking_skills"] == []
    settings.write_text(settings.read_text().replace("{research: writing}", "{research: writting}"))
    found = run("validate", "-C", root, "--today", TODAY).out
    assert 'nobody has the skill "writting", which stands for the research of playbooks' in found
    assert 'did you mean "writing"?' in found


def test_a_playbook_of_the_catalogue_is_copied_before_it_is_edited(run: Run, begun: Callable[[str], Path]) -> None:
    ran = run("playbook", "edit", "webinar", "--impact", "8", "-C", begun("plan"))
    assert (ran.code, "playbook add --from-playbook webinar --id webinar" in ran.err) == (2, True)


@pytest.mark.parametrize("year", ["next year", "27", "\x1b[2J", "2027 or so"])
def test_what_is_no_year_is_named(run: Run, begun: Callable[[str], Path], tmp_path: Path, year: str) -> None:
    root = begun("plan")
    assert run("workshop", "goals", "--for", year, "-C", root, "--today", TODAY, "--format", "markdown").code == 2
    sheet = tmp_path / "sheet.md"
    text = run("workshop", "goals", "-C", root, "--today", TODAY, "--format", "markdown").out
    sheet.write_text(text.replace("\n- 2027\n", f"\n- {year}\n"), encoding="utf-8")
    ran = run("workshop", "goals", "-C", root, "--today", TODAY, "--from", sheet)
    assert (ran.code, f"{sheet}:19: " in ran.err, "\x1b" in ran.err) == (1, True, False), ran.err


def test_a_new_persona_and_one_that_is_named(run: Run, begun: Callable[[str], Path], tmp_path: Path) -> None:
    root, sheet = begun("plan"), tmp_path / "sheet.md"
    text = run("workshop", "persona", "--for", "Carl, CFO", "-C", root, "--today", TODAY, "--format", "markdown").out
    script = {key: said for key, said in ROOM["persona"].items() if key != "who/name"}
    sheet.write_text(written(text, {**script, "who/role": ("Economic buyer",)}), encoding="utf-8")
    ran = run("workshop", "persona", "-C", root, "--today", TODAY, "--from", sheet)
    assert ran.code == 0, ran.err
    assert "name: Carl, CFO\n" in (root / "personas" / "carl-cfo.yaml").read_text()
    again = run("workshop", "persona", "--for", "carl-cfo", "-C", root, "--today", TODAY, "--format", "json")
    assert [step["questions"] for step in json.loads(again.out)["data"]["steps"]] == [[], [], [], []]


def test_a_sheet_about_another_than_the_command_names_is_refused(
    run: Run, begun: Callable[[str], Path], tmp_path: Path
) -> None:
    root, sheet = begun("plan"), tmp_path / "sheet.md"
    text = run("workshop", "persona", "--for", "Carl, CFO", "-C", root, "--today", TODAY, "--format", "markdown").out
    script = {key: said for key, said in ROOM["persona"].items() if key != "who/name"}
    sheet.write_text(written(text, {**script, "who/role": ("Economic buyer",)}), encoding="utf-8")
    before = files(root)
    ran = run("workshop", "persona", "--for", "head-of-ops", "-C", root, "--today", TODAY, "--from", sheet)
    assert (ran.code, files(root)) == (1, before)
    assert f'{sheet}:19: the sheet is about "Carl, CFO", and --for names "head-of-ops"; leave one out' in ran.err
    assert run("workshop", "persona", "--for", "carl-cfo", "-C", root, "--today", TODAY, "--from", sheet).code == 0


@pytest.mark.parametrize("place", [".revplan", ".revplan/drafts", ".revplan/drafts/story.json"])
def test_no_link_is_followed_to_a_draft(begun: Callable[[str], Path], tmp_path: Path, place: str) -> None:
    root, elsewhere = begun("plan"), tmp_path / "elsewhere"
    (elsewhere / "drafts").mkdir(parents=True)
    for name in ("story.json", "drafts/story.json"):
        (elsewhere / name).write_text('{"answers": {"world/change": ["Theirs"]}}')
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).symlink_to(elsewhere if "json" not in place else elsewhere / "story.json")
    before = {path: path.read_text() for path in elsewhere.rglob("*.json")}
    code, screen = on_a_terminal(root, ["Ours", "/quit"], "workshop", "story", "--fresh", "--today", TODAY)
    assert (code, "is a link, and is not followed" in " ".join(screen.split())) == (2, True)
    assert {path: path.read_text() for path in elsewhere.rglob("*.json")} == before


def test_the_verdict_is_told_after_each_answer(begun: Callable[[str], Path]) -> None:
    session = sit_down(begun("plan"), "goals")
    told = []
    while (place := next_place(session)) is not None and place.step.id != "objectives":
        told.append("\n".join("".join(run.text for run in line) for line in facts(session, ("verdict",), place)))
        session = session.answer(place.key, answers.read(session, place, ROOM["goals"].get(place.key, ())))
    assert told[0].startswith("The verdict is told once")
    assert told[-2] == "The verdict is told once the money for programs is there."
    # (1.6M - 97% x 1.2M) / 12k / 25% = 145.3 opportunities at 600; 60k buys 100; 87.2k would do, in steps of 0.1%
    assert "60K buys 100 of the 145.3 opportunities it takes. Funding 68.8%" in told[-1]
    assert "budget $87,240, not $60,000: funding 100%" in told[-1]
    assert "Cheapest lever: " in told[-1]


def test_what_an_answer_may_name_is_shown_where_it_is_asked(begun: Callable[[str], Path]) -> None:
    """The first question of the step is not asked, since the campaign is named; what stands beside it is shown."""
    root = begun("plan")
    lines = ["first-buyer", "/quit"]
    _, screen = on_a_terminal(root, lines, "workshop", "campaign", "--for", "Calm", "--today", TODAY, size="80x24")
    persona, pillar = screen.replace("\r", "").split("\n> ")[:2]
    assert "Personas: first-buyer (Whoever has the problem)" in persona
    assert "There is sooner" in pillar
