"""What workshops say where somebody is stuck or has to go on: ids to type, minutes left, ideas, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from revplan.app.guide import answers
from revplan.app.guide.questions import minutes_left, next_place
from revplan.app.guide.setup import setup
from revplan.app.guide.workshop import page
from revplan.errors import InputError
from revplan.formats.table import DocumentFormat, Screen
from tests.app.guide.test_workshop import TODAY, begun, hold_on_paper, sit_down
from tests.support.room import ROOM, on_a_terminal, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from revplan.app.guide.session import Place, Session
    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    Begun = Callable[[str], Path]

__all__ = ["begun"]


def come_to(session: Session, key: str, said: Mapping[str, tuple[str, ...]]) -> tuple[Session, Place]:
    while (place := next_place(session)) is not None and place.key != key:
        session = session.answer(place.key, answers.read(session, place, said.get(place.key, ())))
    assert place is not None
    return session, place


def screen_of(session: Session, place: Place) -> str:
    drawn = DocumentFormat.TERMINAL.draw(page(session, place), Screen(100, color=False))
    return " ".join(drawn.decode().split())


@pytest.mark.parametrize(
    ("name", "key", "ids"),
    [
        ("goals", "objectives/1/owner", "there is ann-lee, bo-dahl; /help"),
        ("persona", "who/role", "there is champion, economic-buyer, user, technical, influencer, gatekeeper; /help"),
        ("remarkable", "claims/1/too", "there is nobody, bean-brothers; /help"),
        ("story", "world/change", "/help says how to find the answer"),
        ("persona", "who/segment", "there is first-market; /help"),
    ],
)
def test_enter_alone_where_an_answer_is_needed_names_what_can_be_typed(
    name: str, key: str, ids: str, begun: Begun
) -> None:
    session, place = come_to(sit_down(begun("plan"), name), key, ROOM[name])
    with pytest.raises(InputError) as error:
        answers.read(session, place, ())
    assert (error.value.hint or "").startswith(ids)


@pytest.mark.parametrize("name", [*ROOM])
def test_the_minutes_that_are_left_never_rise_within_an_entry(
    name: str, run: Run, begun: Begun, tmp_path: Path
) -> None:
    root = begun("plan")
    for each in ROOM:
        if each == name:
            break
        assert hold_on_paper(run, root, each, tmp_path / "sheet.md").code == 0
    session = sit_down(root, name)
    before = minutes_left(session)
    while (place := next_place(session)) is not None:
        texts = ROOM[name].get(place.key, ())
        session = session.answer(place.key, answers.read(session, place, texts))
        left = minutes_left(session)
        if not place.opens_entry and place.question.takes not in ("verdict", "choice", "ids"):
            assert left <= before, place.key
        before = left
    assert before == 0


def test_the_questions_behind_a_verdict_count_before_it_is_given(run: Run, begun: Begun, tmp_path: Path) -> None:
    root = begun("plan")
    for each in ("story", "persona", "goals"):
        assert hold_on_paper(run, root, each, tmp_path / "sheet.md").code == 0
    session, place = come_to(sit_down(root, "tactics"), "chosen/1/verdict", ROOM["tactics"])
    before = minutes_left(session)
    said_in, said_out = (session.answer(place.key, (word,)) for word in ("in", "out nobody would come"))
    assert minutes_left(said_in) == before - place.question.minutes
    assert minutes_left(said_out) < minutes_left(said_in)


def test_each_further_playbook_is_chosen_from_those_that_are_left(run: Run, begun: Begun, tmp_path: Path) -> None:
    root = begun("plan")
    for each in ("story", "persona", "goals"):
        assert hold_on_paper(run, root, each, tmp_path / "sheet.md").code == 0
    session, place = come_to(sit_down(root, "tactics"), "chosen/1/playbook", ROOM["tactics"])
    first = next(name for name in screen_of(session, place).split() if name.endswith(":") and "-" in name)
    said = {"chosen/1/playbook": (first.rstrip(":"),), "chosen/1/verdict": ("out not now",)}
    session, place = come_to(session, "chosen/2/playbook", said)
    assert first not in screen_of(session, place)
    assert " h (" in screen_of(session, place)


def test_an_idea_that_a_gap_becomes_is_named_with_what_lets_it_be_planned(
    run: Run, begun: Begun, tmp_path: Path
) -> None:
    root = begun("plan")
    for each in ("story", "persona", "goals"):
        assert hold_on_paper(run, root, each, tmp_path / "sheet.md").code == 0
    code, screen = on_a_terminal(
        root, [*typed(sit_down(root, "align"), ROOM["align"]), "y"], "workshop", "align", "--today", TODAY
    )
    words = " ".join(screen.split())
    assert code == 0
    assert "a-page-of-notes-for-each-call is a new idea in the backlog: correct its hours and impact, then" in words
    assert "`revplan tactic edit a-page-of-notes-for-each-call --status ready` lets it be planned" in words
    assert run("tactic", "edit", "a-page-of-notes-for-each-call", "--status", "ready", "-C", root).code == 0


def test_work_that_a_workshop_writes_needs_no_word_on_its_waits(run: Run, begun: Begun, tmp_path: Path) -> None:
    root = begun("plan")
    for each in ROOM:
        ran = hold_on_paper(run, root, each, tmp_path / "sheet.md")
        assert (ran.code, "would be" in ran.err) == (0, False), ran.err
        if each == "campaign":
            break
    assert "wait: 2w" in "".join(path.read_text() for path in (root / "tactics").glob("*.yaml"))


def found(root: Path, fact: str) -> tuple[bool, str]:
    session = sit_down(root, "story")
    return next((own.is_done, own.found) for own in setup(session.loaded, session.context) if own.id == fact)


def test_where_one_tool_does_everything_nothing_has_to_pass(begun: Begun) -> None:
    root = begun("plan")
    script = {key: ("HubBoard",) for key, _ in ROOM["stack"].items() if key.endswith("/name")}
    script["tools/marketing-automation/owner"] = ("Ann",)
    lines = [*typed(sit_down(root, "stack"), script), "y"]
    code, screen = on_a_terminal(root, lines, "workshop", "stack", "--today", TODAY)
    assert code == 0, screen
    assert found(root, "flows") == (True, "HubBoard does everything: nothing passes between tools")


def test_what_attainment_lacks_is_named_where_the_budget_is_looked_at(begun: Begun) -> None:
    root = begun("plan")
    said = {key: texts for key, texts in ROOM["goals"].items() if key not in ("deals/lag", "deals/open", "money/gap")}
    said["money/programs"] = ("20k",)
    lines = [*typed(sit_down(root, "goals"), said), "y"]
    code, screen = on_a_terminal(root, lines, "workshop", "goals", "--today", TODAY)
    words = " ".join(screen.split())
    assert code == 0, screen
    lag = "attainment not known without how long it takes to close (close_lag, adding up to 100%) and how many"
    assert lag in found(root, "budget")[1]
    assert "A budget of $87,200 would pay for it; whether in time is not known yet" in words
