"""People answer in their own habits: decimal commas, days with the day first, years that do not begin in January."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.app.guide import answers
from revplan.app.guide.questions import next_place
from revplan.app.guide.session import begin, find_workshop
from revplan.app.guide.setup import setup
from revplan.app.guide.workshop import page, sheet
from revplan.app.open import context_of, open_plan
from revplan.errors import InputError
from revplan.formats.table import DocumentFormat, Screen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from revplan.app.guide.session import Place, Session
    from revplan.reports.document import Document
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
    [
        ("15.2.2027", "2027-02-15"),
        ("15. 02. 2027", "2027-02-15"),
        ("+3d", "2027-01-14"),
        ("15/2/2027", "2027-02-15"),
        ("15 February", "2027-02-15"),
    ],
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


# --- a first afternoon ---------------------------------------------------------------------------------------------


def drawn(document: Document) -> str:
    return " ".join(DocumentFormat.TERMINAL.draw(document, Screen(100, color=False)).decode().split())


@pytest.mark.parametrize(("typed", "read"), [("1.200.000 $", "1200000"), ("$1.2M", "1.2M"), ("$ 12,50", "12.50")])
def test_the_sign_of_the_plans_own_currency_is_read(typed: str, read: str, begun: Callable[..., Path]) -> None:
    session, place = place_of(sit_down(begun(), "goals"), "year/start")
    assert answers.read(session, place, [typed]) == (read,)
    with pytest.raises(InputError, match="is not an amount"):
        answers.read(session, place, ["12 €"])


def test_names_in_a_row_are_several(begun: Callable[..., Path]) -> None:
    session, place = place_of(sit_down(begun(), "persona", "Petra"), "reach/channels")
    assert answers.read(session, place, ["linkedin, email", "a fair; email"]) == ("linkedin", "email", "a fair")


def test_the_verdict_is_said_to_wait_for_what_is_asked_next(begun: Callable[..., Path]) -> None:
    session = sit_down(begun(), "goals")
    given = {"year/measure": "recurring", "year/start": "1M", "year/target": "2M", "deals/acv": "9k"}
    for key, said in {**given, "deals/close": "20%"}.items():
        session = session.answer(key, (said,))
    session, place = place_of(session, "money/cost")
    assert "told once what an opportunity costs and the money for programs are there" in drawn(page(session, place))
    session, place = place_of(session.answer("money/cost", ("500",)), "money/programs")
    assert "told once the money for programs is there" in drawn(page(session, place))


def test_the_verdict_of_the_last_answer_is_seen(begun: Callable[..., Path]) -> None:
    session = sit_down(begun(), "goals")
    given = {"year/measure": "recurring", "year/start": "1M", "year/target": "1.1M", "deals/acv": "9k"}
    more = {"deals/close": "20%", "deals/lag": "1", "deals/open": "9", "money/cost": "50", "money/programs": "90k"}
    for key, said in {**given, **more}.items():
        session = session.answer(key, (said,))
    session, place = place_of(session, "objectives/1/title")
    assert "green: The budget of $90K buys" in drawn(page(session, place))
    session, place = place_of(session.answer("objectives/1/title", ("It is so",)), "objectives/1/owner")
    assert "green:" not in drawn(page(session, place))


def test_a_list_says_how_it_ends(begun: Callable[..., Path]) -> None:
    session, place = place_of(sit_down(begun(), "persona", "Petra"), "life/goals")
    assert "One a line; Enter alone ends the list." in drawn(page(session, place))
    assert "Enter alone ends the list." not in drawn(page(session, next_asked(session, "text")))


def test_the_second_of_a_row_of_entries_says_how_the_row_ends(begun: Callable[..., Path]) -> None:
    session, first = place_of(sit_down(begun(), "remarkable"), "others/1/name")
    assert "there are no more" not in drawn(page(session, first))
    session, second = place_of(session, "others/2/name", name="Paper", claims="It works")
    assert "Enter alone: there are no more of them." in drawn(page(session, second))


@pytest.mark.parametrize(("status", "flow"), [("wanted", "wanted"), ("installed", "wanted"), ("deployed", "live")])
def test_nothing_passes_by_itself_to_a_tool_that_is_not_in_use_yet(
    status: str, flow: str, begun: Callable[..., Path]
) -> None:
    said = {"name": "Postwing", "status": status, "by": "2027-03-31", "from": "postwing", "to": "postwing"}
    session, place = place_of(sit_down(begun(), "stack"), "flows/1/status", **said, owner="anybody", objects="contacts")
    assert answers.read(session, place, []) == (flow,)
    assert ("Postwing is not in use yet" in drawn(page(session, place))) == (flow == "wanted")


def test_categories_of_tools_are_named_as_people_call_them(begun: Callable[..., Path]) -> None:
    session, place = place_of(sit_down(begun(), "stack"), "tools/crm/name")
    assert ". CRM ." in drawn(page(session, place)).replace("·", ".")


def next_asked(session: Session, takes: str) -> Place:
    """Return the next question that takes a kind of answer."""
    while (place := next_place(session)) is not None and place.question.takes != takes:
        session = session.answer(place.key, ())
    assert place is not None
    return place


SHEET = """**Answer**: (world/change)

- Offices measure how people feel on Mondays

**Answer**: (pillars/1/claim)

- A machine is swapped before it fails

**Answer**: (pillars/1/proof)

- 94 of 97 swaps
"""


def test_a_workshop_that_ends_names_what_comes_next(begun: Callable[..., Path], run: Run, tmp_path: Path) -> None:
    root = begun()
    (tmp_path / "sheet.md").write_text(SHEET, encoding="utf-8")
    ran = run("-C", root, "workshop", "story", "--from", tmp_path / "sheet.md", "--today", DAY.isoformat())
    assert ran.code == 0
    loaded = open_plan(root, root)
    facts = setup(loaded, context_of(loaded, DAY, DAY))
    first = next(fact for fact in facts if not fact.is_done)
    assert f"Next: `{first.mend}`, about {first.minutes} min" in ran.err


def test_a_persona_of_ones_own_leaves_that_of_the_template_aside(begun: Callable[..., Path]) -> None:
    root = begun()
    own = (
        "personas:\n  petra: {name: Petra, segment: first-market, buying_role: champion, goals: [a], pains: [b], "
        "triggers: [c], objections: [d], criteria: [e], channels: [f], evidence: {interviews: 5}}\n"
    )
    (root / "personas" / "petra.yaml").write_text(own, encoding="utf-8")
    loaded = open_plan(root, root)
    found = {fact.id: fact for fact in setup(loaded, context_of(loaded, DAY, DAY))}
    assert found["persona"].is_done, found["persona"].found
    (root / "personas" / "ann.yaml").write_text(
        "personas:\n  ann: {name: Ann, segment: first-market, buying_role: user, goals: [a], pains: [b], "
        "channels: [c]}\n",
        encoding="utf-8",
    )
    loaded = open_plan(root, root)
    found = {fact.id: fact for fact in setup(loaded, context_of(loaded, DAY, DAY))}
    assert found["persona"].found == "not whole yet: ann; whole: champion"


def test_the_first_sprint_is_near_no_more_once_it_is_written(begun: Callable[..., Path], run: Run) -> None:
    root = begun()
    assert "The first sprint is about" in run("-C", root, "guide", "--today", DAY.isoformat()).out
    assert run("-C", root, "sprint", "plan", "--write", "--today", DAY.isoformat()).code == 0
    assert "The first sprint is about" not in run("-C", root, "guide", "--today", DAY.isoformat()).out


def test_a_goal_of_a_later_year_is_named(run: Run, make_plan: Callable[..., Path]) -> None:
    goal = "goals:\n  '2028': {measure: recurring, start_revenue: 1M, target_revenue: 1.2M, acv: 9k, close_rate: 20%}\n"
    out = run("-C", make_plan(goal), "guide", "--today", DAY.isoformat()).out
    assert "The revenue goal is for 2028: $1.2M. This year has none." in out
    assert "sets one" not in out


def test_a_year_without_any_budget_can_be_accepted(make_plan: Callable[..., Path]) -> None:
    goal = (
        "goals:\n  '2027': {measure: recurring, start_revenue: 60k, target_revenue: 80k, acv: 5k, close_rate: 30%, "
        "cost_per_opportunity: 0, notes: NOTES}\n"
        "budget:\n  programs: {category: programs, function: marketing, annual: 0}\n"
    )
    found = []
    for notes in ("Nothing", "'Accepted gap: Kim accepts it'"):
        loaded = open_plan(root := make_plan(goal.replace("NOTES", notes)), root)
        facts = setup(loaded, context_of(loaded, DAY, DAY))
        found.append(next(fact.is_done for fact in facts if fact.id == "budget"))
    assert found == [False, True]
