"""Whatever is written, the way out is told or there is none; what is to be written can be read."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from revplan.model.tactics import Tactic
from revplan.store.ways_out import days_to_write, way_out

EXPECTED = ("hours", "a date", "a rate", "a whole number from 1 to 10", "a number", "an amount of money", "a week is")
KEYS = ("hours", "hours_per_week", "mon", "level", "deadline")
LIKELY = st.from_regex(r"~?[0-9]{0,4}[ kM]?(-|/|:|%| to |FTE|Q|W|\\.)?[0-9]{0,4}(:[0-9]{2})?", fullmatch=True)


@given(st.sampled_from(EXPECTED), st.sampled_from(KEYS), st.text() | LIKELY)
def test_no_text_breaks_it(expected: str, key: str, text: str) -> None:
    found = way_out(expected, key, text)
    assert found.fix is None or found.hint == f"write {found.fix}"
    days_to_write(text)


@given(st.integers(1, 10), st.integers(1, 20))
def test_a_score_out_of_as_many_is_that_score(got: int, of: int) -> None:
    fix = way_out("a whole number from 1 to 10", "impact", f"{got}/{of}").fix
    assert fix == (str(got) if of == 10 else None)
    body = {"id": "a", "title": "A", "function": "sales", "tasks": {"do": {"skill": "copy", "hours": "1"}}}
    assert fix is None or Tactic.model_validate({**body, "impact": fix}).impact == got


@given(st.dates(min_value=date(1970, 1, 1), max_value=date(2199, 12, 31)))
def test_the_days_of_a_months_hint_are_its_first_and_last(day: date) -> None:
    hint = way_out("a date", "deadline", str(day)[:7]).hint or ""
    first, last = re.findall(r"\d{4}-\d{2}-\d{2}", hint)
    assert (first[8:], first[:7], last[:7]) == ("01", str(day)[:7], str(day)[:7])
    assert first <= str(day) <= last
