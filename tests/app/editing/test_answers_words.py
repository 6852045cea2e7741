"""What a question for a field names, and how numbers may be typed there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from revplan.app.editing.answers import known_ids
from revplan.app.editing.entries import option_value
from revplan.app.open import open_plan
from revplan.errors import InputError
from tests.app.guide.test_sheets import hand_in, print_sheet
from tests.app.guide.test_workshop import begun
from tests.support.room import ROOM, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

__all__ = ["begun"]


def test_a_question_for_an_id_names_the_ids_there_are(begun: Callable[[str], Path]) -> None:
    root = begun("plan")
    plan = open_plan(root, root).plan
    functions = known_ids(plan, "member", "function")
    assert len(functions.replace(" or ", ", ").split(", ")) == len(plan.ids("function")) > 1
    assert "marketing" in functions
    assert known_ids(plan, "member", "name") == "", "a text is no id"


@pytest.mark.parametrize(
    ("kind", "field", "typed", "value"),
    [
        ("member", "hours_per_week", "12,5", "12.5"),
        ("member", "hours_per_week", "12.5", "12.5"),
        ("member", "role", "Sales, 12,5", "Sales, 12,5"),
        ("member", "role", "12,5", "12,5"),
        ("budget-line", "monthly", "1,200,000", "1200000"),
    ],
)
def test_a_decimal_comma_is_read_where_a_number_is_asked_for(kind: str, field: str, typed: str, value: str) -> None:
    assert option_value(kind, field, typed) == value


def test_a_number_that_may_be_two_is_refused() -> None:
    with pytest.raises(InputError, match="may be"):
        option_value("member", "hours_per_week", "12,500")


@pytest.mark.parametrize("key", ["money/cost", "deals/close", "deals/acv"])
@pytest.mark.parametrize("zero", ["0", "0,0", "0%", "0k"])
def test_a_figure_of_0_is_refused_where_no_verdict_could_be_told(
    key: str, zero: str, run: Callable[..., Ran], begun: Callable[[str], Path], tmp_path: Path
) -> None:
    root = begun("plan")
    text = written(print_sheet(run, root, "goals"), {**ROOM["goals"], key: (zero,)})
    ran = hand_in(run, root, "goals", tmp_path / "sheet.md", text)
    assert (ran.code, f'"{zero}" tells nothing' in ran.err) == (1, True)
    assert "write a number above 0" in ran.err
