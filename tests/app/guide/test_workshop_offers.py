"""What a workshop offers for an answer: nothing that `init` wrote, nobody that a playbook does not speak to."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
import typer

from revplan.app.guide import answers, defaults
from revplan.app.guide.questions import next_place
from revplan.app.guide.workshop import card
from revplan.cli import asking
from revplan.cli.interview import Interview
from revplan.errors import InputError
from tests.app.guide.test_workshop import begun, sit_down

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from revplan.app.guide.session import Place, Session

    Begun = Callable[[str], Path]

__all__ = ["begun"]
WHOLE = """personas:
  {name}: {{name: {name}, segment: first-market, buying_role: {role}, goals: [a], pains: [b], triggers: [c],
    objections: [d], criteria: [e], channels: [f], evidence: {{interviews: 5}}}}
"""


def asked(session: Session, question: str, said: Mapping[str, tuple[str, ...]]) -> tuple[Session, Place]:
    """Return the place of a question after answers by question; what is needed gets its default."""
    while (place := next_place(session)) is not None and place.question.id != question:
        given = said.get(place.question.id, ())
        session = session.answer(place.key, given or defaults.default(session, place) or ())
    assert place is not None
    return session, place


def for_whom(root: Path, playbook: str) -> tuple[Session, Place]:
    return asked(sit_down(root, "tactics"), "personas", {"serves": ("drop no",), "playbook": (playbook,)})


@pytest.mark.parametrize(
    ("roles", "playbook", "usual"),
    [
        ({}, "webinar", None),
        ({"meg": "technical"}, "customer-story", ("meg",)),
        ({"meg": "champion"}, "customer-story", ("meg",)),
        ({"meg": "champion", "theo": "technical"}, "customer-story", ("meg",)),
        ({"meg": "champion", "sam": "economic-buyer", "theo": "user"}, "customer-story", ("meg", "sam")),
        ({"meg": "technical", "theo": "gatekeeper"}, "customer-story", None),
        ({"meg": "champion"}, "crm-clean-up", None),
    ],
)
def test_a_tactic_is_for_those_whom_its_playbook_speaks_to(
    roles: dict[str, str], playbook: str, usual: tuple[str, ...] | None, begun: Begun
) -> None:
    """A customer's story speaks to champion and economic buyer; a clean CRM speaks to nobody."""
    root = begun("plan")
    for name, role in roles.items():
        (root / "personas" / f"{name}.yaml").write_text(WHOLE.format(name=name, role=role))
    session, place = for_whom(root, playbook)
    assert defaults.default(session, place) == usual
    assert answers.read(session, place, []) == (usual or ())
    assert answers.read(session, place, ["nobody"]) == ("nobody",)
    assert card(session, place).usual.startswith(", ".join(usual or ()))


def test_a_skill_that_a_playbook_does_not_ask_for_means_none_of_ours(begun: Begun) -> None:
    said = {"serves": ("drop no",), "playbook": ("customer-story",)}
    session, place = asked(sit_down(begun("plan"), "tactics"), "skills", said)
    assert answers.read(session, place, ["research writing"]) == ("research writing",)
    with pytest.raises(InputError, match='the playbook customer-story asks for no "video-production"'):
        answers.read(session, place, ["video-production writing"])


def test_functions_and_competitors_are_offered_as_the_company_has_them(begun: Begun) -> None:
    root = begun("plan")
    said = {"name": ("Marketing",), "claims": ("cheap",)}
    session, place = asked(sit_down(root, "align"), "share", said)
    assert defaults.ids_to_offer(session, "function") == ("marketing",)
    with pytest.raises(InputError) as refused:
        answers.read(session, place, [])
    assert str(refused.value.hint).startswith("there is all, none, marketing; ")
    fresh = sit_down(root, "remarkable")
    assert defaults.ids_to_offer(fresh, "competitor") == ("do-nothing",), "there is no other yet"
    fresh = fresh.answer("others/1/name", ("HelioTop",)).answer("others/1/claims", ("cheap",))
    assert defaults.ids_to_offer(fresh, "competitor") == ("heliotop",)


def test_an_answer_in_place_of_an_id_may_be_written_with_blanks(begun: Begun) -> None:
    said = {"for": ("Winter",), "assets": ("Page",), "title": ("Page",), "channel": ("web",), "start": ("2027-01-05",)}
    said |= {"owner": ("ann-lee",), "end": ("2027-02-05",), "metric": ("conversations",), "goal": ("9",)}
    session = sit_down(begun("plan"), "campaign", "Winter")
    while (place := next_place(session)) is not None and place.step.id != "launch":
        used = place.step.id == "assets" and place.number > 1
        session = session.answer(place.key, () if used else said.get(place.question.id, ("first-buyer",)))
    assert place is not None
    for typed in ("not applicable", "Not-applicable", "not applicable."):
        assert answers.read(session, place, [typed]) == ("not-applicable",)
    with pytest.raises(InputError) as refused:
        answers.read(session, place, ["n/a"])
    assert "not-applicable: the campaign does without" in str(refused.value.hint), "the help says what to write"


@pytest.mark.parametrize("typed", ["mon", "Monday", "mondays", "Mondays"])
def test_a_weekday_may_be_said_in_the_plural(typed: str, begun: Begun) -> None:
    said = {"name": ("Marketing",), "share": ("all",), "process": ("3",), "capability": ("3",)}
    session = sit_down(begun("plan"), "align")
    while (place := next_place(session)) is not None and place.step.id != "rhythm":
        session = session.answer(place.key, said.get(place.question.id, ("ann-lee",)) if place.number < 2 else ())
    assert place is not None
    assert answers.read(session, place, [typed]) == ("mon",)


def test_quit_leaves_at_the_last_question_too(begun: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    session = sit_down(begun("plan"), "align")
    offered: list[str] = []

    def ask(_question: str, words: tuple[str, ...], _usual: str) -> str:
        offered.extend(words)
        return "/quit"

    monkeypatch.setattr(asking, "ask_word", ask)
    monkeypatch.setattr("revplan.app.editing.changes.preview", lambda *_: "")
    interview = Interview(SimpleNamespace(loaded=session.loaded), session)  # type: ignore[arg-type]
    with pytest.raises(typer.Abort):
        interview.confirm([object()])
    assert "/quit" in offered
