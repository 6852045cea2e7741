"""People answer in their own habits: decimal commas, days with the day first, years that do not begin in January."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.app.guide import answers
from revplan.app.guide.session import begin, find_workshop, next_place
from revplan.app.guide.setup import setup
from revplan.app.guide.workshop import page, sheet
from revplan.app.open import context_of, open_plan
from revplan.errors import InputError
from revplan.formats.table import DocumentFormat, Screen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from revplan.app.guide.session import Place, Session
    from tests.support.shell import Ran

    Run = Callable[..., Ran]

DAY = date(2027, 1, 11)


def sit_down(root: Path, name: str, subject: str | None = None) -> Session:
    loaded = open_plan(root, root)
    return begin(loaded, context_of(loaded, DAY, DAY), find_workshop(name), subject, every=True)


def place_of(session: Session, key: str, **before: str) -> tuple[Session, Place]:
    """Return the place of a question, everything before it passed over or answered."""
    while (place := next_place(session)) is not None and place.key != key:
        said = (before[place.question.id],) if place.question.id in before else ()
        session = session.answer(place.key, said)
    assert place is not None
    return session, place


@pytest.fixture
def begun(run: Run, tmp_path: Path) -> Callable[..., Path]:
    def make(*more: str) -> Path:
        assert run("init", tmp_path / "plan", "--yes", "--today", DAY.isoformat(), *more).code == 0
        return tmp_path / "plan"

    return make


# --- numbers and days ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "typed", "read"),
    [
        ("year/start", ["1,2M"], ("1.2M",)),
        ("year/start", ["1.200.000"], ("1200000",)),
        ("deals/acv", ["12.500,50"], ("12500.50",)),
        ("deals/close", ["17,5%"], ("17.5%",)),
        ("deals/lag", ["0,2 0,5 0,3"], ("0.2", "0.5", "0.3")),
        ("deals/lag", ["0,2", "0,5", "0,3"], ("0.2", "0.5", "0.3")),
        ("deals/lag", ["20% 50% 30%"], ("20%", "50%", "30%")),
        ("deals/funnel", ["2,5% 35% 70% 75% 70%"], ("2.5%", "35%", "70%", "75%", "70%")),
        ("money/programs", ["4.800,00 USD"], ("4800.00 USD",)),
    ],
)
def test_a_decimal_comma_is_read(key: str, typed: list[str], read: tuple[str, ...], begun: Callable[..., Path]) -> None:
    session, place = place_of(sit_down(begun(), "goals"), key)
    assert answers.read(session, place, typed) == read


@pytest.mark.parametrize(
    ("key", "typed", "message"),
    [
        ("year/start", "25.000", "may be 25 or 25000"),
        ("money/cost", "1,100", "may be 1.1 or 1100"),
        ("deals/lag", "0,2,0,5,0,3", "may be one number or several"),
        ("deals/lag", "0,2 0,5", "the parts add up to 70%, not to 100%"),
        ("deals/lag", "20 50 30", "did you mean 20%"),
        ("deals/funnel", "2,5% 35%", "there are 5 rates, not 2"),
    ],
)
def test_what_is_not_clear_is_said_to_be(key: str, typed: str, message: str, begun: Callable[..., Path]) -> None:
    session, place = place_of(sit_down(begun(), "goals"), key)
    with pytest.raises(InputError, match=message.replace("?", r"\?")):
        answers.read(session, place, [typed])


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Dana 7 3,5", "Dana 7 3.5"),
        ("Dana, 7, 3", "Dana 7 3"),
        ("Dana,7,3", "Dana 7 3"),
        ("Dana: 7,3", "Dana 7 3"),
        ("Dana,7,3,5", "Dana 7 3.5"),
        ("Dana Ruiz = 7 = 0,25", "Dana Ruiz 7 0.25"),
    ],
)
def test_scores_with_commas(typed: str, read: str, begun: Callable[..., Path]) -> None:
    session, place = place_of(sit_down(begun(), "tactics"), "chosen/1/scores", playbook="webinar")
    assert answers.read(session, place, [typed]) == (read,)


@pytest.mark.parametrize("typed", ["Dana 7 3 5", "7 3", "Dana 7", "Dana 7 3,"])
def test_scores_of_too_many_numbers_or_too_few(typed: str, begun: Callable[..., Path]) -> None:
    session, place = place_of(sit_down(begun(), "tactics"), "chosen/1/scores", playbook="webinar")
    if typed.endswith(","):
        assert answers.read(session, place, [typed]) == ("Dana 7 3",)
    else:
        with pytest.raises(InputError, match="is no score"):
            answers.read(session, place, [typed])


@pytest.mark.parametrize(
    ("typed", "day"),
    [("15.2.2027", "2027-02-15"), ("15. 02. 2027", "2027-02-15"), ("+3d", "2027-01-14"), ("15/2/2027", "2027-02-15")],
)
def test_a_day_as_people_write_it(typed: str, day: str, begun: Callable[..., Path]) -> None:
    session, place = place_of(sit_down(begun(), "campaign", "Spring"), "dates/start")
    assert answers.read(session, place, [typed]) == (day,)


@pytest.mark.parametrize("typed", ["31.2.2027", "2/3/2027", "15.2.", "soon"])
def test_a_day_that_is_none_or_one_of_two(typed: str, begun: Callable[..., Path]) -> None:
    session, place = place_of(sit_down(begun(), "campaign", "Spring"), "dates/start")
    with pytest.raises(InputError, match=r"is no day|may be 2027-03-02 or 2027-02-03"):
        answers.read(session, place, [typed])


# --- fiscal years ----------------------------------------------------------------------------------------------------


def test_a_fiscal_year_from_july_is_said_with_its_months(begun: Callable[..., Path]) -> None:
    root = begun("--fiscal-year-start", "July")
    months = "2027 (July 2026 to June 2027)"
    session = sit_down(root, "goals")
    place = next_place(session)
    assert place is not None
    screen = DocumentFormat.TERMINAL.draw(page(session, place), Screen(100, color=False)).decode()
    assert months in screen
    assert "The year 2027: July 2026 to June 2027\n" in screen
    paper = DocumentFormat.MARKDOWN.draw(sheet(session), Screen(100, color=False)).decode()
    assert months in paper
    goal = next(fact for fact in setup(session.loaded, session.context) if fact.id == "goal")
    assert goal.found == f"no goal for {months}"
    assert not [word for word in ("autumn", "spring", "January") if word in screen + paper]


def test_a_year_that_nobody_has_spoken_of_names_the_way_to_change_it(begun: Callable[..., Path], run: Run) -> None:
    root = begun()
    session = sit_down(root, "goals")
    place = next_place(session)
    assert place is not None
    screen = DocumentFormat.TERMINAL.draw(page(session, place), Screen(100, color=False)).decode()
    assert "2027: January 2027 to December 2027; `revplan set fiscal_year_start 7` where" in screen
    assert run("-C", root, "set", "fiscal_year_start", "7").code == 0
    said = DocumentFormat.TERMINAL.draw(
        page(again := sit_down(root, "goals"), place), Screen(100, color=False)
    ).decode()
    assert again.subject() == "2027"
    assert "2027: July 2026 to June 2027\n" in said
