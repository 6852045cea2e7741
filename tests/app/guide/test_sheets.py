"""Sheets of workshops: what is marked on them, handed in with gaps, handed in twice, and into a broken plan."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from revplan.analysis.budgets import program_budget
from revplan.app.guide.session import find_workshop
from revplan.app.guide.sheets import read_sheet
from revplan.app.open import open_plan
from revplan.errors import RevplanError
from revplan.model.workshops import workshop_names
from tests.app.guide.test_workshop import TODAY, begun, files, hold_on_paper, sit_down
from tests.support.room import ROOM, on_a_terminal, typed, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    Begun = Callable[[str], Path]

__all__ = ["begun"]
LATER = "2026-12-09"


def print_sheet(run: Run, root: Path, name: str) -> str:
    printed = run("workshop", name, "-C", root, "--today", TODAY, "--format", "markdown")
    assert printed.code == 0, printed.err
    return printed.out


def hand_in(run: Run, root: Path, name: str, sheet: Path, text: str, day: str = TODAY) -> Ran:
    sheet.write_text(text, encoding="utf-8")
    return run("workshop", name, "-C", root, "--today", day, "--from", sheet)


def marked(sheet: str) -> set[str]:
    """Return the keys of the blanks whose question is marked needed."""
    parts = re.split(r"^#### ", sheet, flags=re.MULTILINE)[1:]
    return {re.findall(r"\*\*Answer\*\*: \(([^)]+)\)", part)[0] for part in parts if "· needed" in part.split("\n")[0]}


# --- what is marked, is needed; what is not, is not -------------------------------------------------------------------


@pytest.mark.parametrize("name", [*ROOM])
def test_without_what_is_marked_it_is_unfinished_and_without_the_rest_it_is_not(
    name: str, run: Run, begun: Begun, tmp_path: Path
) -> None:
    root, sheet = begun("plan"), tmp_path / "sheet.md"
    for each in ROOM:
        if each == name:
            break
        assert hold_on_paper(run, root, each, sheet).code == 0
    blank = print_sheet(run, root, name)
    needed = marked(blank)
    said = ROOM[name]
    for key in needed & said.keys():
        session = sit_down(root, name)
        try:
            read = read_sheet(session, written(blank, {own: texts for own, texts in said.items() if own != key}))
        except RevplanError:
            assert key == "for" or key.endswith(("/name", "/claim", "/title")), f"{key} opens an entry"
            continue
        assert [message for _, message in read.missing], f"{key} is marked needed, and is not missed"
    least = {key: texts for key, texts in said.items() if key in needed or key in _opening(name, said)}
    found = read_sheet(sit_down(root, name), written(blank, least))
    assert found.missing == (), f"{name}: what is not marked is missed"


def _opening(name: str, said: dict[str, tuple[str, ...]]) -> set[str]:
    """Return the keys that begin an entry, and those that others hang on: what is needed there follows from them."""
    stems = {key.rpartition("/")[0] for key in said if key.count("/") == 2}
    hung_on = {other for step in find_workshop(name).steps for question in step.questions for other in question.only}
    first = {next(key for key in said if key.startswith(f"{stem}/")) for stem in stems}
    return first | {key for key in said if key.rpartition("/")[2] in hung_on}


def test_the_sheet_says_what_happens_to_gaps(run: Run, begun: Begun) -> None:
    root = begun("plan")
    text = print_sheet(run, root, "story")
    assert "What is marked needed has to be filled in; all else may stay empty" in text
    assert "the rest of it is kept as a draft" in text
    assert marked(text) == {
        "world/change", "pillars/1/proof", "pillars/2/proof", "pillars/3/proof",
    }  # fmt: skip


# --- gaps --------------------------------------------------------------------------------------------------------


def test_a_sheet_with_gaps_is_a_draft_that_the_terminal_or_the_sheet_completes(
    run: Run, begun: Begun, tmp_path: Path
) -> None:
    here, there, sheet = begun("here"), begun("there"), tmp_path / "sheet.md"
    script, gaps = ROOM["goals"], ("year/target", "money/cost")
    part = {key: said for key, said in script.items() if key not in gaps}
    for root in (here, there):
        before = files(root)
        ran = hand_in(run, root, "goals", sheet, written(print_sheet(run, root, "goals"), part))
        assert ran.code == 1
        lines = sheet.read_text().splitlines()
        named = [lines[int(line.split(":")[1]) - 1] for line in ran.err.splitlines() if line.startswith(str(sheet))]
        assert named == ["**Answer**: (year/target)", "**Answer**: (money/cost)"]
        assert "2 needed answers are missing; nothing is written into the plan yet" in ran.err
        assert "14 answers are kept as a draft" in ran.err
        assert "`revplan workshop goals` asks for what is missing" in ran.err
        assert files(root) == before
    code, screen = on_a_terminal(here, ["1.6M", "600", ""], "workshop", "goals", "--today", TODAY)
    assert (code, "going on where it was broken off" in screen) == (0, True), screen[-3000:]
    whole = hand_in(run, there, "goals", sheet, written(print_sheet(run, there, "goals"), script))
    assert whole.code == 0, whole.err
    assert files(here) == files(there)
    assert not (there / ".revplan" / "drafts" / "goals.json").exists(), "the draft of the sheet has done its work"


def test_a_sheet_with_gaps_puts_no_other_draft_away(run: Run, begun: Begun, tmp_path: Path) -> None:
    root, sheet = begun("plan"), tmp_path / "sheet.md"
    on_a_terminal(root, ["Said before", "/quit"], "workshop", "story", "--today", TODAY)
    part = {key: said for key, said in ROOM["story"].items() if key != "pillars/1/proof"}
    text = written(print_sheet(run, root, "story"), part)
    ran = hand_in(run, root, "story", sheet, text)
    assert (ran.code, "--fresh puts it away" in ran.err) == (2, True)
    draft = root / ".revplan" / "drafts" / "story.json"
    assert json.loads(draft.read_text())["answers"]["world/change"] == ["Said before"]
    assert run("workshop", "story", "-C", root, "--today", TODAY, "--from", sheet, "--fresh").code == 1
    assert json.loads(draft.read_text())["answers"]["world/change"] == [*ROOM["story"]["world/change"]]


def test_an_empty_sheet_is_no_draft(run: Run, begun: Begun, tmp_path: Path) -> None:
    root = begun("plan")
    ran = hand_in(run, root, "story", tmp_path / "sheet.md", print_sheet(run, root, "story"))
    assert (ran.code, "1 needed answer is missing" in ran.err, "draft" in ran.err) == (1, True, False)
    assert not (root / ".revplan").exists()


def test_enter_passes_over_what_is_not_marked_and_the_screen_says_so(begun: Begun) -> None:
    root = begun("plan")
    lines = ["", "A change", "", "/quit"]
    _, screen = on_a_terminal(root, lines, "workshop", "story", "--today", TODAY, size="80x24")
    assert "Enter alone passes a question over that is not marked needed" in screen
    assert "What has changed in your customers' world? · needed" in screen
    assert "Who wins by the change, and who loses?\r" in screen
    assert "this one is needed" in screen


# --- twice -------------------------------------------------------------------------------------------------------


def test_a_sheet_that_is_handed_in_twice_is_in_the_plan(run: Run, begun: Begun, tmp_path: Path) -> None:
    root, sheet = begun("plan"), tmp_path / "sheet.md"
    for name, said in ROOM.items():
        first = hand_in(run, root, name, sheet, written(print_sheet(run, root, name), said))
        assert first.code == 0, first.err
        before = files(root)
        again = hand_in(run, root, name, sheet, sheet.read_text(), LATER)
        assert again.code == 0, again.err
        count = len(said.keys() - {"for"})
        assert f"{count} answers are in the plan already; nothing to write" in again.err, name
        assert files(root) == before, name


def test_one_line_more_on_a_sheet_that_was_handed_in_is_taken(run: Run, begun: Begun, tmp_path: Path) -> None:
    root, sheet = begun("plan"), tmp_path / "sheet.md"
    text = print_sheet(run, root, "story")
    assert hand_in(run, root, "story", sheet, written(text, ROOM["story"])).code == 0
    more = {"pillars/3/claim": ("Nobody counts cups",), "pillars/3/proof": ("The machine does",)}
    ran = hand_in(run, root, "story", sheet, written(text, {**ROOM["story"], **more}))
    assert ran.code == 0, ran.err
    assert "9 answers are in the plan already" in ran.err
    assert (root / "strategy.yaml").read_text().count("claim: Nobody counts cups") == 1
    assert (root / "strategy.yaml").read_text().count("claim: A machine is swapped before it fails") == 1


def test_what_the_plan_says_otherwise_is_named_with_the_way_to_change_it(
    run: Run, begun: Begun, tmp_path: Path
) -> None:
    root, sheet = begun("plan"), tmp_path / "sheet.md"
    text = print_sheet(run, root, "story")
    assert hand_in(run, root, "story", sheet, written(text, ROOM["story"])).code == 0
    part = " ".join(ROOM["story"]["land/value"]).removesuffix(", without a contract")
    for key, said in (("land/value", part), ("world/obstacles", "Nobody owns")):
        ran = hand_in(run, root, "story", sheet, written(text, {**ROOM["story"], key: (said,)}))
        assert (ran.code, "`revplan workshop story --all --from FILE.md`" in ran.err) == (1, True), "a part is not it"
    other = {**ROOM["story"], "land/vision": ("By 2031 nobody waits for a cup",)}
    ran = hand_in(run, root, "story", sheet, written(text, other))
    assert (ran.code, "`revplan workshop story --all --from FILE.md`" in ran.err) == (1, True)
    assert run("workshop", "story", "-C", root, "--today", TODAY, "--from", sheet, "--all").code == 0
    assert "By 2031 nobody waits for a cup" in (root / "strategy.yaml").read_text()


def test_the_sheet_of_another_workshop_is_named(run: Run, begun: Begun, tmp_path: Path) -> None:
    root = begun("plan")
    ran = hand_in(run, root, "story", tmp_path / "sheet.md", print_sheet(run, root, "stack"))
    assert (ran.code, "this is a sheet of the workshop stack, not story" in ran.err) == (2, True)
    html = run("workshop", "story", "-C", root, "--today", TODAY, "--format", "html").out
    ran = hand_in(run, root, "story", tmp_path / "sheet.html", html)
    assert (ran.code, "a sheet in HTML cannot be read back" in ran.err) == (2, True)


# --- a broken plan -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", workshop_names())
def test_nothing_is_asked_of_or_written_into_a_plan_that_cannot_be_read(
    name: str, run: Run, begun: Begun, tmp_path: Path
) -> None:
    root, sheet = begun("plan"), tmp_path / "sheet.md"
    sheet.write_text(print_sheet(run, root, name))
    metrics = root / "metrics" / "pipeline.yaml"
    metrics.write_text(metrics.read_text() + "  broken: [x\n")
    before = files(root)
    ran = run("workshop", name, "-C", root, "--today", TODAY, "--from", sheet)
    assert (ran.code, "parts of the plan cannot be read" in ran.err) == (1, True)
    assert "`revplan validate`" in ran.err
    code, screen = on_a_terminal(root, ["/quit"], "workshop", name, "--today", TODAY)
    assert (code, "parts of the plan cannot be read" in screen) == (1, True)
    for words in (("campaign", "plan", "first-campaign", "--write"), ("stack", "plan", "--write")):
        ran = run(*words, "-C", root, "--today", TODAY)
        assert (ran.code, "`revplan validate`" in ran.err) == (1, True), words
    assert files(root) == before


# --- words in place of an id ---------------------------------------------------------------------------------------


def test_ids_and_the_words_in_their_place_are_both_named(run: Run, begun: Begun, tmp_path: Path) -> None:
    root = begun("plan")
    for name in ("story", "persona", "goals", "tactics", "remarkable"):
        assert hold_on_paper(run, root, name, tmp_path / "sheet.md").code == 0
    lines = typed(sit_down(root, "align"), ROOM["align"])
    _, screen = on_a_terminal(root, lines[:12], "workshop", "align", "--today", TODAY, size="80x24")
    assert "Or, in place of an id: all or none" in screen
    assert "There is marketing, sales, billing\r" in screen
    assert "One of: all" not in screen


def test_a_place_that_nobody_owns_yet_names_no_owner(run: Run, begun: Begun) -> None:
    root = begun("plan")
    sheet = print_sheet(run, root, "campaign")
    assert "Without an answer: **whoever answers for the campaign**" in sheet
    proofread = sheet.split("Someone else has proofread everything")[1].split("(launch/proofread/owner)")[0]
    assert "Without an answer: **somebody else than the campaign's owner, who has the skill**" in proofread
    assert "Enter alone" not in sheet


def test_a_sheet_has_a_line_for_each_who_scores(run: Run, begun: Begun) -> None:
    root = begun("plan")
    body = "kind: employee, function: sales, hours_per_week: 40, skills: {calls: 2}"
    team = "".join(f"  m{number}: {{name: Mo {number}, {body}}}\n" for number in range(3))
    (root / "more.yaml").write_text(f"team:\n{team}")
    blank = print_sheet(run, root, "tactics").split("(chosen/1/scores)\n\n")[1].split("\n\n")[0]
    assert blank.split("\n") == ["-"] * 5, "Ann, Bo and the three"


def test_a_new_year_beside_lines_of_every_year_asks_for_more(run: Run, begun: Begun, tmp_path: Path) -> None:
    """Lines that hold for every year have 24,000; what is said besides comes on top, in a line of the year's own."""
    root = begun("plan")
    goals = root / "goals.yaml"
    goals.write_text(goals.read_text() + "\nbudget:\n  ads: {category: programs, function: marketing, monthly: 2k}\n")
    blank = print_sheet(run, root, "goals")
    assert "Every year: $24,000, by ads" in blank
    script = {key: said for key, said in ROOM["goals"].items() if key != "money/programs"}
    ran = hand_in(run, root, "goals", tmp_path / "sheet.md", written(blank, {**script, "money/more": ("36k",)}))
    assert ran.code == 0, ran.err
    assert program_budget(open_plan(root, root).plan, 2027) == 60_000
    again = hand_in(run, root, "goals", tmp_path / "sheet.md", (tmp_path / "sheet.md").read_text())
    assert (again.code, "16 answers are in the plan already" in again.err) == (0, True), again.err


# --- campaigns ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("skill", "said", "who"),
    [("writing", (), "bo-dahl"), ("calls", (), None), ("writing", ("anybody",), None), ("calls", ("Ann",), "ann-lee")],
)
def test_enter_alone_gives_proofreading_to_somebody_else_who_can(
    run: Run, begun: Begun, tmp_path: Path, skill: str, said: tuple[str, ...], who: str | None
) -> None:
    root = begun("plan")
    team = root / "team.yaml"
    before = team.read_text()
    bo = before.index("bo-dahl")
    start = before.index("skills: {", bo)
    team.write_text(before[:start] + f"skills: {{{skill}: 3}}" + before[before.index("}", start) + 1 :])
    for each in ("story", "persona"):
        assert hold_on_paper(run, root, each, tmp_path / "sheet.md").code == 0
    script = {key: texts for key, texts in ROOM["campaign"].items() if key != "launch/proofread/owner"}
    script |= {"launch/proofread/owner": said} if said else {}
    ran = hand_in(run, root, "campaign", tmp_path / "sheet.md", written(print_sheet(run, root, "campaign"), script))
    assert ran.code == 0, ran.err
    launch = open_plan(root, root).plan.tactics["a-calm-monday-launch"]
    assert launch.tasks["proofread"].owner == who
    assert {task.owner for name, task in launch.tasks.items() if name != "proofread"} == {"ann-lee"}


def test_a_sheet_without_a_name_is_a_draft_that_asks_for_the_name_alone(run: Run, begun: Begun, tmp_path: Path) -> None:
    root, sheet = begun("plan"), tmp_path / "sheet.md"
    for each in ("story", "persona"):
        assert hold_on_paper(run, root, each, sheet).code == 0
    script = {key: texts for key, texts in ROOM["campaign"].items() if key != "for"}
    ran = hand_in(run, root, "campaign", sheet, written(print_sheet(run, root, "campaign"), script))
    assert (ran.code, "needed: Which campaign do you work on?" in ran.err, "kept as a draft" in ran.err) == (
        1,
        True,
        True,
    )
    said = len(ROOM["campaign"]) - 1
    assert f"the sheet's {said} answers are kept as a draft" in ran.err
    code, screen = on_a_terminal(root, ["A calm Monday", *[""] * 12], "workshop", "campaign", "--today", TODAY)
    assert code == 0, screen[-2500:]
    campaign = open_plan(root, root).plan.campaigns["a-calm-monday"]
    assert (campaign.title, campaign.message) == ("A calm Monday", "Monday comes. The coffee does too.")
    assert len(campaign.assets) == 2
