"""A goal that is set in the middle of its year: what came in so far is asked, written, and part of the verdict."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from revplan.analysis.levers import judge
from revplan.app.guide import answers
from revplan.app.guide.outcome import preview
from revplan.app.guide.questions import next_place
from revplan.app.guide.session import begin, find_workshop
from revplan.app.guide.setup import setup
from revplan.app.guide.workshop import page
from revplan.app.open import context_of, open_plan
from revplan.errors import InputError
from revplan.formats.table import DocumentFormat, Screen
from revplan.model.goals import OpenDeals
from tests.support.room import on_a_terminal, typed, written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from revplan.app.guide.session import Place, Session
    from tests.support.shell import Ran

    Run = Callable[..., Ran]

DAY = "2026-11-29"
SAID = {
    "year/measure": ("recurring",),
    "year/start": ("1.2M",),
    "year/target": ("1.5M",),
    "year/so-far": ("£1.1M",),
    "deals/acv": ("12k",),
    "deals/close": ("25%",),
    "deals/lag": ("1",),
    "deals/open": ("20",),
    "money/cost": ("500",),
    "money/programs": ("60k",),
    "money/gap": ("Maya accepts it until January",),
    "objectives/1/title": ("Every deli knows us",),
    "objectives/1/owner": ("Maya",),
    "examples/more-conversations/keep": ("no",),
}
"""Behind: 100k went since July, and the year is to bring 300k more than it began with."""


@pytest.fixture
def begun(run: Run, tmp_path: Path) -> Callable[[str], Path]:
    def make(name: str) -> Path:
        company = ("--company", "Salt & Cedar", "--currency", "GBP", "--fiscal-year-start", "July")
        people = ("--person", "Maya Ortiz", "--colleague", "Tom Reed", "--yes", "--today", DAY)
        assert run("init", tmp_path / name, *company, *people).code == 0
        return tmp_path / name

    return make


def sit_down(root: Path, day: str = DAY, *, every: bool = False) -> Session:
    loaded, today = open_plan(root, root), date.fromisoformat(day)
    return begin(loaded, context_of(loaded, today, today), find_workshop("goals"), "2027", every=every)


def come_to(session: Session, key: str, said: Mapping[str, tuple[str, ...]]) -> tuple[Session, Place | None]:
    """Answer up to a question; None where it is not asked."""
    while (place := next_place(session)) is not None and place.key != key:
        session = session.answer(place.key, answers.read(session, place, said.get(place.key, ())))
    return session, place


def screen_of(session: Session, place: Place) -> str:
    return " ".join(DocumentFormat.TERMINAL.draw(page(session, place), Screen(100, color=False)).decode().split())


def test_on_a_terminal_it_is_asked_for_by_month_written_and_part_of_the_verdict(begun: Callable[[str], Path]) -> None:
    root = begun("plan")
    lines = [*typed(sit_down(root), SAID), "y"]
    code, screen = on_a_terminal(root, lines, "workshop", "goals", "--today", DAY)
    words = " ".join(screen.split())
    assert code == 0, screen
    assert "Asked for: the yearly revenue at the end of October 2026" in words
    assert (
        "£1,100,000 a year at the end of October 2026: customers won since have to bring £400,000 by the end of June"
        " 2027."
    ) in words
    text = (root / "goals.yaml").read_text()
    assert "actual: {2026-10: 1.1M}" in text
    assert open_plan(root, root).plan.goals["2027"].pipeline == {date.fromisoformat(DAY): OpenDeals(count=20)}
    assert "open_opportunities" not in text.partition("\ngoals:\n")[2]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "2026-10 104k",
            "Of what came in, July 2026, August 2026 and September 2026 are missing: without them there is",
        ),
        ("2026-07 90k, 2026-08 95k, 2026-10 104k", "Of what came in, September 2026 is missing: without it there is"),
        ("90k 95k 101k 104k", ""),
        ("2026-10 104k, 2026-09 0, 2026-08 1, 2026-07 2", ""),
        ("", ""),
    ],
)
def test_months_that_were_left_out_are_told_from_the_next_question_on(
    said: str, told: str, begun: Callable[[str], Path]
) -> None:
    answered = SAID | {"year/measure": ("revenue",), "year/so-far": (said,)}
    for key in ("deals/acv", "money/gap"):
        session, place = come_to(sit_down(begun(key.replace("/", "-"))), key, answered)
        assert place is not None
        screen = screen_of(session, place)
        assert told in screen
        assert ("of what came in" in screen.casefold()) is bool(told)


def test_of_recurring_revenue_no_month_is_missing(begun: Callable[[str], Path]) -> None:
    session, place = come_to(sit_down(begun("plan")), "money/gap", SAID)
    assert place is not None
    assert "missing:" not in screen_of(session, place)


def test_the_verdict_counts_from_the_last_whole_month(begun: Callable[[str], Path]) -> None:
    """£400k are missing, 33.3 customers; in 8 months 80 opportunities and the 20 open ones bring 25: 75%."""
    session, _ = come_to(sit_down(begun("plan")), "money/gap", SAID)
    behind = preview(session)
    assert behind is not None
    assert judge(behind, behind.plan.goals["2027"]).outlook.attainment == Fraction(25 * 12_000, 400_000)
    blind = preview(come_to(sit_down(begun("blind")), "money/gap", SAID | {"year/so-far": ()})[0])
    assert blind is not None
    assert judge(blind, blind.plan.goals["2027"]).outlook.attainment == Fraction(35 * 12_000, 300_000)
    assert judge(behind, behind.plan.goals["2027"]).verdict == "red"


@pytest.mark.parametrize("measure", ["recurring", "revenue"])
def test_a_sheet_asks_for_it_too_and_brings_the_same(
    measure: str, run: Run, begun: Callable[[str], Path], tmp_path: Path
) -> None:
    here, there, sheet = begun("here"), begun("there"), tmp_path / "sheet.md"
    amounts = "1.1M" if measure == "recurring" else "90k 95k; £101.5k 104k"
    said = SAID | {"year/measure": (measure,), "year/so-far": (amounts,)}
    code, screen = on_a_terminal(here, [*typed(sit_down(here), said), "y"], "workshop", "goals", "--today", DAY)
    assert code == 0, screen
    printed = run("workshop", "goals", "-C", there, "--today", DAY, "--format", "markdown").out
    plain = " ".join(printed.split())
    assert "For recurring: the yearly revenue at the end of October 2026" in plain
    assert "For revenue: what the 4 months from July 2026 to October 2026 brought, one amount each, in this" in plain
    sheet.write_text(written(printed, said), encoding="utf-8")
    for count in (1, 2):
        ran = run("workshop", "goals", "-C", there, "--today", DAY, "--from", sheet)
        assert ran.code == 0, ran.err
        assert (there / "goals.yaml").read_bytes() == (here / "goals.yaml").read_bytes(), count
    assert "nothing to write" in ran.err


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("90k 95k 101.5k £104k", ("2026-07 90k", "2026-08 95k", "2026-09 101.5k", "2026-10 104k")),
        ("90k, 95k, 101k, 104k", ("2026-07 90k", "2026-08 95k", "2026-09 101k", "2026-10 104k")),
        ("2026-09 101,5k; 2026-10: 104k", ("2026-09 101.5k", "2026-10 104k")),
        ("2026-10=104k, 2026-07 90k", ("2026-10 104k", "2026-07 90k")),
    ],
)
def test_amounts_in_a_row_are_those_of_the_months_in_order_or_have_their_months(
    said: str, kept: tuple[str, ...], begun: Callable[[str], Path]
) -> None:
    session, place = come_to(sit_down(begun("plan")), "year/so-far", SAID | {"year/measure": ("revenue",)})
    assert place is not None
    assert answers.read(session, place, (said,)) == kept
    assert answers.read(session, place, kept) == kept, "a draft is read again"


@pytest.mark.parametrize(
    ("measure", "said", "message"),
    [
        ("revenue", "90k 95k", "4 amounts are asked for, not 2"),
        ("revenue", "2026-11 90k", "2026-11 is no whole month of the year so far"),
        ("revenue", "2026-06 90k", "2026-06 is no whole month of the year so far"),
        ("revenue", "2026-10 90k 95k", "has amounts with a month and without"),
        ("revenue", "90k 95k much 104k", '"much" is no amount of money'),
        ("recurring", "90k 95k", '"90k 95k" is no amount of money'),
    ],
)
def test_what_tells_no_month_or_no_amount_is_refused(
    measure: str, said: str, message: str, begun: Callable[[str], Path]
) -> None:
    session, place = come_to(sit_down(begun("plan")), "year/so-far", SAID | {"year/measure": (measure,)})
    assert place is not None
    with pytest.raises(InputError) as error:
        answers.read(session, place, (said,))
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("day", "is_asked"),
    [("2026-06-30", False), ("2026-07-31", False), ("2026-08-01", True), ("2027-06-30", True), ("2027-07-20", True)],
)
def test_it_is_asked_from_the_end_of_the_first_month_on(day: str, is_asked: bool, begun: Callable[[str], Path]) -> None:
    _, place = come_to(sit_down(begun("plan"), day), "year/so-far", SAID)
    assert (place is not None) == is_asked


@pytest.mark.parametrize(
    ("measure", "actual", "asked"),
    [
        ("recurring", "{2026-10: 1.1M}", None),
        ("recurring", "{2026-09: 1.1M}", "the yearly revenue at the end of October 2026"),
        ("revenue", "{2026-07: 90k, 2026-09: 99k}", "what August 2026 and October 2026 brought, one amount each"),
        ("revenue", "{2026-07: 90k, 2026-08: 95k, 2026-09: 99k, 2026-10: 104k}", None),
    ],
)
def test_only_what_the_plan_does_not_know_is_asked(
    measure: str, actual: str, asked: str | None, begun: Callable[[str], Path]
) -> None:
    root = begun("plan")
    goal = f"{{measure: {measure}, start_revenue: 1.2M, target_revenue: 1.5M, acv: 12k, close_rate: 25%"
    text = (root / "goals.yaml").read_text()
    (root / "goals.yaml").write_text(f"{text}goals:\n  2027: {goal}, actual: {actual}}}\n")
    session, place = come_to(sit_down(root), "year/so-far", SAID)
    assert (place is None) == (asked is None)
    if place is not None and asked is not None:
        assert asked in screen_of(session, place)
    again, place = come_to(sit_down(root, every=True), "year/so-far", SAID)
    assert place is not None
    assert "October 2026" in screen_of(again, place)


def test_a_year_that_has_not_begun_counts_its_open_opportunities_at_its_start(begun: Callable[[str], Path]) -> None:
    root = begun("plan")
    said = {key: texts for key, texts in SAID.items() if key not in ("year/so-far", "money/gap")}
    lines = [*typed(sit_down(root, "2026-06-20"), said), "y"]
    code, screen = on_a_terminal(root, lines, "workshop", "goals", "--for", "2027", "--today", "2026-06-20")
    assert code == 0, screen
    text = (root / "goals.yaml").read_text()
    assert "open_opportunities: 20" in text
    assert "pipeline: {" not in text.partition("\ngoals:\n")[2]


def test_revenue_that_a_goal_tells_is_no_metric_that_was_never_read(begun: Callable[[str], Path]) -> None:
    root = begun("plan")

    def unread() -> str:
        found = setup(sit_down(root).loaded, sit_down(root).context)
        return next(fact.found for fact in found if fact.id == "readings")

    assert unread() == "never read: conversations and revenue"
    assert on_a_terminal(root, [*typed(sit_down(root), SAID), "y"], "workshop", "goals", "--today", DAY)[0] == 0
    assert unread() == "never read: conversations"


def test_the_start_that_is_offered_is_of_before_the_year_and_not_of_now(begun: Callable[[str], Path]) -> None:
    root = begun("plan")
    metrics = (root / "metrics" / "pipeline.yaml").read_text()
    assert "readings" not in metrics.partition("revenue:")[2]
    readings = "    readings: {2026-06-30: 1180000, 2026-07-31: 1170000, 2026-10-31: 1100000}\n"
    (root / "metrics" / "pipeline.yaml").write_text(metrics.rstrip("\n") + "\n" + readings)
    session, place = come_to(sit_down(root), "year/start", SAID)
    assert place is not None
    assert "Without an answer: 1180000 (recurring revenue at the end of 2026-06)" in screen_of(session, place)
    assert come_to(sit_down(root), "year/so-far", SAID)[1] is None, "the metric tells what came in"
