from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from revplan.model.fields import type_of
from revplan.model.goals import BudgetLine, Goal
from revplan.model.metrics import Metric
from revplan.model.money import Currency
from revplan.model.settings import Settings
from revplan.model.tactics import Tactic
from revplan.model.team import Member
from revplan.reports.values import Speaker, as_data, as_written, shape_of
from tests.support.plans import member, tactic

if TYPE_CHECKING:
    from revplan.model.change import Data

GOAL = Goal.model_validate(
    {
        "id": "2027",
        "measure": "revenue",
        "start_revenue": "1M",
        "target_revenue": "1.2345M",
        "monthly": {"2027-01": "10.50"},
        "acv": "24k",
        "close_rate": "12.25%",
        "close_lag": ["0.5", "0.5"],
        "funnel": {"lead_to_mql": "30%"},
    }
)
SETTINGS = Settings.model_validate(
    {"format": "1", "company": "T", "currency": "USD", "sprint": {"calibrate": "yes", "hours_per_day": "7.5"}}
)
WEEK = {"week": {"2026-01-05": {"mon": "8", "wed": "4.5"}}}
OFF = {"time_off": {"2026-12-21..2026-12-23": "Skiing", "2026-12-01": {"hours": "4"}, "2026-12-02": None}}
TASK = {"skill": "writing", "hours": "1.5", "after": ["draw"]}


@pytest.mark.parametrize(
    ("part", "kind", "keys", "words", "data"),
    [
        (tactic("a"), "tactic", ("impact",), "5", 5),
        (tactic("a"), "tactic", ("objective",), "–", None),
        (tactic("a"), "tactic", ("tags",), "–", []),
        (tactic("a", confidence="0.5"), "tactic", ("confidence",), "50%", 0.5),
        (tactic("a", deadline="2026-12-15"), "tactic", ("deadline",), "2026-12-15", "2026-12-15"),
        (tactic("a", cost="1.2k"), "tactic", ("cost",), "$1,200", 1200),
        (tactic("a", cost="9.99"), "tactic", ("cost",), "9.99 USD", 9.99),
        (tactic("a", personas=["x", "y"]), "tactic", ("personas",), "x, y", ["x", "y"]),
        (tactic("a", notes="One\n two " + "x" * 80), "tactic", ("notes",), "One two " + "x" * 52 + "…", ...),
        (
            tactic("a", tasks={"write": TASK}),
            "tactic",
            ("tasks", "write"),
            "skill writing, hours 1.5 h, after draw",
            {"skill": "writing", "hours": 1.5, "after": ["draw"]},
        ),
        (tactic("a", tasks={"w": {**TASK, "hours": "100m"}}), "tactic", ("tasks", "w", "hours"), "100 min", 1.6667),
        (GOAL, "goal", ("target_revenue",), "$1,234,500", 1234500),
        (GOAL, "goal", ("close_rate",), "12.25%", 0.1225),
        (GOAL, "goal", ("close_lag",), "50%, 50%", [0.5, 0.5]),
        (GOAL, "goal", ("monthly",), "2027-01 10.5 USD", {"2027-01": 10.5}),
        (GOAL, "goal", ("funnel",), "lead_to_mql 30%", {"lead_to_mql": 0.3}),
        (SETTINGS, "revplan", ("sprint", "calibrate"), "yes", True),
        (SETTINGS, "revplan", ("sprint", "hours_per_day"), "7.5", 7.5),
        (member("a"), "member", ("hours_per_week",), "40 h", [{"from": None, "hours": 40}]),
        (
            member("a", **WEEK),
            "member",
            ("week",),
            "mon 8 wed 4.5 h from 2026-01-05",
            [{"from": "2026-01-05", "week": {"mon": 8, "tue": 0, "wed": 4.5, "thu": 0, "fri": 0, "sat": 0, "sun": 0}}],
        ),
        (
            member("a", **OFF),
            "member",
            ("time_off",),
            "2026-12-21..2026-12-23 Skiing, 2026-12-01 4 h, 2026-12-02 all day",
            {
                "2026-12-21..2026-12-23": {"hours": None, "reason": "Skiing"},
                "2026-12-01": {"hours": 4, "reason": None},
                "2026-12-02": {"hours": None, "reason": None},
            },
        ),
    ],
)
def test_a_value_in_words_and_as_data(part: Any, kind: str, keys: tuple[str, ...], words: str, data: object) -> None:
    value = part
    for key in keys:
        value = value[key] if isinstance(value, dict) else value.value_at(key)
    shape = shape_of(kind, keys)
    assert Speaker(Currency("USD")).say(value, shape) == words
    if data is not ...:
        assert as_data(value, shape) == data


@pytest.mark.parametrize(("monthly", "words"), [("20k", "$20,000"), ({"2027-01": "5k"}, "2027-01 $5,000")])
def test_money_by_month(monthly: Any, words: str) -> None:
    line = BudgetLine.model_validate({"id": "a", "category": "programs", "function": "marketing", "monthly": monthly})
    assert Speaker(Currency("USD")).say(line.monthly, shape_of("budget-line", ("monthly",))) == words
    assert shape_of("budget-line", ("monthly", "2027-01")) == shape_of("goal", ("acv",))


def test_every_field_of_a_tactic_has_a_shape() -> None:
    assert all(shape_of("tactic", (field.alias or name,)) for name, field in Tactic.model_fields.items())


def test_what_is_written_is_a_number_where_the_field_is_one() -> None:
    written: Data = {
        "title": "2026",
        "impact": "8",
        "confidence": "0.50",
        "value": "20",
        "cost": "1.2k",
        "requires": ["1"],
        "tasks": {"write": {"skill": "3", "hours": "4h", "level": "2", "split": "true"}},
    }
    assert as_written(written, type_of(Tactic)) == {
        "title": "2026",
        "impact": 8,
        "confidence": 0.5,
        "value": 20,
        "cost": "1.2k",
        "requires": ["1"],
        "tasks": {"write": {"skill": "3", "hours": "4h", "level": 2, "split": True}},
    }
    assert as_written({"hours_per_week": "40", "skills": {"web": "3"}}, type_of(Member)) == {
        "hours_per_week": 40,
        "skills": {"web": 3},
    }
    assert as_written({"target": {"2026-01": "3350000"}}, type_of(Metric)) == {"target": {"2026-01": 3350000}}
    long = "0.1234567890123456789"
    assert as_written({"value": long}, type_of(Tactic)) == {"value": long}, "no digit is lost"
