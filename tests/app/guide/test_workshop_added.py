"""A workshop is one data file: another file beside them is held in every way, with no line of code for it."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.app.guide import answers
from revplan.app.guide.outcome import changes
from revplan.app.guide.questions import next_place
from revplan.app.guide.session import begin, find_workshop
from revplan.app.open import context_of, open_plan
from revplan.model import workshops as model
from revplan.store import workshops
from revplan.store.edit.plan import edit
from tests.support.room import written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

TODAY = "2026-12-01"
VOICE = """\
order: 9
title: How we sound
part: strategy
purpose: Everybody who writes for the company sounds like one.
gives: a tone, words that nobody uses, and who keeps watch over both
right_when: Two people would change the same sentence of a page in the same way.
people: Whoever writes to customers
bring: Three mails to customers, from three people
steps:
  - id: voice
    title: The voice
    purpose: A voice is a choice of what not to sound like.
    exercise: Read the three mails aloud, and say who wrote which.
    room_minutes: 20
    questions:
      - id: tone
        ask: How do you sound?
        help: Three words, and what each does not mean.
        example: Plain, not blunt
        needed: true
        into: strategy.tone
      - id: avoid
        ask: Which words do you never use?
        help: One a line.
        example: seamless
        takes: names
        into: strategy.avoid
  - id: watch
    title: Who keeps watch
    purpose: What nobody answers for is forgotten.
    exercise: Each function names one person.
    room_minutes: 10
    entries: company.functions
    named_by: name
    least: 1
    most: 5
    blanks: 2
    questions:
      - id: name
        ask: Which function writes to customers?
        help: Its name.
        example: Marketing
        into: company.functions.{id}.name
      - id: accountable
        ask: Who answers for it?
        help: One member, by id or name.
        example: marcus
        takes: id
        of: member
        needed: true
        into: company.functions.{id}.accountable
"""
SAID = {
    "voice/tone": ("Plain, not blunt",),
    "voice/avoid": ("seamless", "leverage"),
    "watch/1/name": ("Front desk",),
    "watch/1/accountable": ("Bo",),
}


@pytest.fixture(autouse=True)
def voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put a file beside those of the workshops."""
    folder = tmp_path / "workshops"
    shutil.copytree(model.WORKSHOP_FOLDER, folder)
    (folder / "voice.yaml").write_text(VOICE, encoding="utf-8")
    monkeypatch.setattr(model, "WORKSHOP_FOLDER", folder)
    monkeypatch.setattr(workshops, "WORKSHOP_FOLDER", folder)
    model.workshop_names.cache_clear()
    yield
    model.workshop_names.cache_clear()
    workshops.read_workshop.cache_clear()


def begin_plan(run: Run, root: Path) -> Path:
    people = ("--company", "Copper Kettle", "--person", "Ann Lee", "--colleague", "Bo Dahl")
    assert run("init", root, *people, "--yes", "--today", TODAY).code == 0
    return root


def files(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text() for path in sorted(root.rglob("*.yaml"))}


def hold_by_questions(root: Path) -> None:
    """Answer one question after the other, as a terminal does, and write what comes of it."""
    loaded = open_plan(root, root)
    day = date.fromisoformat(TODAY)
    session = begin(loaded, context_of(loaded, day, day), find_workshop("voice"), None, every=False)
    while (place := next_place(session)) is not None:
        session = session.answer(place.key, answers.read(session, place, SAID.get(place.key, ())))
    for file in edit(loaded, changes(session)).files:
        (root / file.name).write_bytes(file.new)


def test_it_is_listed_with_what_it_gives(run: Run, tmp_path: Path) -> None:
    listed = run("workshop", "-C", begin_plan(run, tmp_path / "plan"), "--today", TODAY)
    assert listed.code == 0, listed.err
    assert "voice" in listed.out
    assert "words that nobody uses" in " ".join(listed.out.split())


def test_on_a_sheet_and_by_questions_it_makes_the_same_plan(run: Run, tmp_path: Path) -> None:
    asked, paper = begin_plan(run, tmp_path / "asked"), begin_plan(run, tmp_path / "paper")
    hold_by_questions(asked)
    printed = run("workshop", "voice", "-C", paper, "--today", TODAY, "--format", "markdown")
    assert printed.code == 0, printed.err
    sheet = tmp_path / "voice.md"
    sheet.write_text(written(printed.out, SAID), encoding="utf-8")
    taken = run("workshop", "voice", "-C", paper, "--today", TODAY, "--from", sheet)
    assert taken.code == 0, taken.err
    assert files(asked) == files(paper)
    plan = open_plan(paper, paper).plan
    assert plan.strategy.tone == "Plain, not blunt"
    assert plan.strategy.avoid == ("seamless", "leverage")
    assert plan.company.functions["front-desk"].accountable == "bo-dahl"


def test_what_is_missing_on_its_sheet_is_named_with_its_line(run: Run, tmp_path: Path) -> None:
    root = begin_plan(run, tmp_path / "plan")
    printed = run("workshop", "voice", "-C", root, "--today", TODAY, "--format", "markdown").out
    sheet = tmp_path / "voice.md"
    sheet.write_text(written(printed, {key: said for key, said in SAID.items() if key != "voice/tone"}))
    refused = run("workshop", "voice", "-C", root, "--today", TODAY, "--from", sheet)
    assert refused.code == 1
    assert "How do you sound?" in refused.err


@pytest.mark.parametrize("form", ["html", "markdown", "terminal", "json"])
def test_its_sheet_is_drawn_in_every_format(run: Run, tmp_path: Path, form: str) -> None:
    drawn = run("workshop", "voice", "-C", begin_plan(run, tmp_path / "plan"), "--today", TODAY, "--format", form)
    assert drawn.code == 0, drawn.err
    assert "How do you sound?" in drawn.out
