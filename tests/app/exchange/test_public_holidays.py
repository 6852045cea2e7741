"""Public holidays of places, written into the settings as dates; the library is asked for what it knows."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

SETTINGS = "revplan: {format: 1, company: Test, currency: EUR, today: 2026-11-28}\n"


@pytest.fixture
def root(make_plan: Callable[..., Path]) -> Path:
    return make_plan({"revplan.yaml": SETTINGS})


def days(root: Path, calendar: str) -> dict[date, str | None]:
    own = read(root).plan.settings.calendars[calendar]
    return {span.first: absence.reason for span, absence in own.days.items()}


def test_places_of_three_countries(run: Callable[..., Ran], root: Path) -> None:
    ran = run("-C", root, "import", "holidays", "bavaria=DE-BY", "US-CA", "IN-KA", "--write")
    assert ran.code == 0, ran.err
    bavaria = days(root, "bavaria")
    assert bavaria[date(2027, 1, 6)] == "Epiphany"
    assert date(2027, 6, 20) not in bavaria
    assert bavaria[date(2027, 3, 29)] == "Easter Monday", "the Monday after 28 March, Easter of 2027"
    assert days(root, "us-ca")[date(2027, 11, 25)] == "Thanksgiving Day", "the fourth Thursday of November"
    assert date(2027, 11, 1) in days(root, "in-ka"), "Karnataka's own day"
    assert {day.year for day in bavaria} == {2026, 2027}


def test_each_year_again_and_what_was_changed_here_stays(run: Callable[..., Ran], root: Path) -> None:
    words = ("-C", root, "import", "holidays", "bavaria=DE-BY", "--year")
    run(*words, "2026", "--write")
    text = (root / "revplan.yaml").read_text()
    assert "2026-01-06: Epiphany" in text
    (root / "revplan.yaml").write_text(text.replace("2026-01-06: Epiphany", "2026-01-06: Three Kings"))
    run(*words, "2026", "--write")
    run(*words, "2027", "--language", "de", "--write")
    known = days(root, "bavaria")
    assert known[date(2026, 1, 6)] == "Three Kings"
    assert known[date(2027, 1, 6)] == "Heilige Drei Könige"
    assert "nothing to change" in run(*words, "2027", "--language", "de", "--write").err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("XX",), 'no country "XX" is known'),
        (("DE-XX",), 'no part "XX" of DE is known'),
        (("D1",), '"D1" names no place'),
        (("Großes Bayern=DE-BY",), '"Großes Bayern=DE-BY" names no place'),
        (("DE-BY", "--year", "1066"), "the year 1066 is outside"),
        (("DE-BY", "--language", "tlh"), 'no language "tlh" is known of DE'),
    ],
)
def test_what_is_not_known_is_said(run: Callable[..., Ran], root: Path, words: tuple[str, ...], message: str) -> None:
    ran = run("-C", root, "import", "holidays", *words)
    assert (ran.code, message in ran.err) == (2, True)


def test_without_the_library_the_way_out_is_named(
    run: Callable[..., Ran], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    ran = run("-C", root, "import", "holidays", "DE-BY")
    assert (ran.code, "pip install 'revplan[holidays]'" in ran.err) == (2, True)
