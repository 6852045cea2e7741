"""What is to be written for how often something comes round, said in other words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from revplan.app.editing.entries import yaml_value
from revplan.model.tactics import Recurrence, RecurrenceValue
from revplan.notations import how_often

READ: TypeAdapter[object] = TypeAdapter(RecurrenceValue)


def meant(text: str) -> list[str]:
    """Return what the hint says may be written, as the plan reads it."""
    hint = how_often(text)
    written = re.findall(r"\{[^}]*\}", hint) or [hint.removeprefix("write ")]
    found = [READ.validate_python(yaml_value(each)) for each in written]
    return [str(each) if isinstance(each, Recurrence) else each for each in found if isinstance(each, str | Recurrence)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("every 3rd week", ["every 3 weeks"]),
        ("every third week", ["every 3 weeks"]),
        ("every other week", ["every 2 weeks"]),
        ("every 2 weeks", ["every 2 weeks"]),
        ("3 months", ["every 3 months"]),
        ("3w", ["every 3 weeks"]),
        ("Fortnightly", ["every 2 weeks"]),
        ("half-yearly", ["every 2 quarters"]),
        ("semi-annually", ["every 2 quarters"]),
        ("once a month", ["monthly"]),
        ("each quarter", ["quarterly"]),
        ("anually", ["yearly"]),
        ("weekdays", ["daily"]),
        ("every Monday", ["weekly, on Mon"]),
        ("Mon, Wed", ["weekly, on Mon"]),
        ("tuesdays and thursdays", ["weekly, on Tue"]),
        ("1st of the month", ["monthly, on day 1"]),
        ("the 15th", ["monthly, on day 15"]),
        ("twice a week", ["weekly, on Mon", "weekly, on Thu"]),
        ("semimonthly", ["monthly, on day 1", "monthly, on day 15"]),
        ("triweekly", ["every 3 weeks"]),
        ("bi-weekly", ["every 2 weeks"]),
        ("bimonthly", ["every 2 months"]),
    ],
)
def test_other_words_are_told_in_the_plans_own(text: str, read: list[str]) -> None:
    assert meant(text) == read


@pytest.mark.parametrize("text", ["triweekly", "tri-weekly", "biweekly", "bimonthly", "biannual"])
def test_what_may_mean_two_things_is_told_with_both(text: str) -> None:
    assert "; for " in how_often(text)


WORDS = "every each third 3rd 0 40 99 other week weeks bi tri semi monthly mon 31st 32nd of the month half x"


@given(st.lists(st.sampled_from(WORDS.split()), max_size=4).map(" ".join) | st.text(max_size=20))
def test_what_is_told_can_be_read(text: str) -> None:
    if "write one of these" not in how_often(text):
        assert meant(text)
