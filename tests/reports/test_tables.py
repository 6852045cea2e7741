"""Figures of documents as plain tables."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.formats.document_csv import draw, draw_table, main_table
from revplan.formats.table import Screen
from revplan.reports.catalog import NAMES
from revplan.reports.document import Document
from revplan.reports.tables import FIGURES, tables_of
from tests.support.plans import HARBOURLINE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

DATA = {
    "schema": "revplan/test/1",
    "currency": "USD",
    "revenue": {"last": 4150000, "odds": 0.978},
    "goals": [
        {
            "goal": "2026",
            "verdict": "green",
            "stages": {"leads": 12.5, "visitors": None},
            "months": [{"month": "2026-11", "target": 10}, {"month": "2026-12", "target": -20.5, "odds": True}],
        },
        {"goal": "2027", "levers": ["more", "less"], "months": []},
    ],
    "rollouts": {"crm": [{"stage": "buy"}, {"stage": "train"}], "cms": [{"stage": "buy"}]},
    "days": {"2026-12-01": {"plannable": 4, "allocated": 2}, "2026-12-02": {"plannable": 4, "allocated": 4}},
}


def rows(data: Any, name: str) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(draw_table(tables_of(Document("", (), (), data=data))[name])))]


def test_each_list_is_a_table_led_by_what_it_is_in() -> None:
    tables = tables_of(Document("", (), (), data=DATA))
    assert [*tables] == ["goals", "goals.months", "rollouts", "days", FIGURES]
    assert rows(DATA, "goals") == [
        {"goal": "2026", "verdict": "green", "stages_leads": "12.5", "stages_visitors": "", "levers": "", "months": ""},
        {
            "goal": "2027",
            "verdict": "",
            "stages_leads": "",
            "stages_visitors": "",
            "levers": "more; less",
            "months": "",
        },
    ]
    assert rows(DATA, "goals.months") == [
        {"goal": "2026", "month": "2026-11", "target": "10", "odds": ""},
        {"goal": "2026", "month": "2026-12", "target": "-20.5", "odds": "true"},
    ]
    assert [tuple(row.values()) for row in rows(DATA, "rollouts")] == [("crm", "buy"), ("crm", "train"), ("cms", "buy")]
    assert rows(DATA, "days")[1] == {"of": "2026-12-02", "plannable": "4", "allocated": "4"}
    assert [tuple(row.values()) for row in rows(DATA, FIGURES)] == [
        ("currency", "USD"),
        ("revenue.last", "4150000"),
        ("revenue.odds", "0.978"),
    ]


def test_the_main_table_lies_in_no_other() -> None:
    assert main_table(tables_of(Document("", (), (), data={"a": {"b": [{"x": 1}], "n": 1}, "c": [{"y": 2}]}))) == "c"
    assert draw(Document("", (), (), data=DATA), Screen(80, color=False)).startswith("goal,verdict,")


SCALARS = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.sampled_from(("a", "2026-12", "=1+1", "x;y"))
RECORDS = st.lists(st.dictionaries(st.sampled_from("abc"), SCALARS, min_size=1), max_size=4)


@given(st.dictionaries(st.sampled_from("pqr"), RECORDS, max_size=3))
def test_no_record_and_no_value_is_lost(data: dict[str, Any]) -> None:
    tables = tables_of(Document("", (), (), data={"schema": "x", **data}))
    for name, records in data.items():
        if not records:
            continue
        table = tables[name]
        assert len(table.rows) == len(records)
        for record, row in zip(records, table.rows, strict=True):
            assert {**dict.fromkeys(table.columns), **record} == dict(zip(table.columns, row, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_every_list_of_a_reports_json_is_a_table_of_numbers(run: Run, name: str) -> None:
    """A figure in JSON is found in one of the tables, as the same number."""
    data = json.loads(run("-C", HARBOURLINE, "report", name, "--format", "json").out)["data"]
    cells = {
        cell for table in tables_of(Document("", (), (), data=data)).values() for row in table.rows for cell in row
    }
    assert _numbers(data) <= {cell for cell in cells if isinstance(cell, int | float)} | _numbers_in_lists(data)


def _numbers(value: Any) -> set[float]:
    if isinstance(value, bool):
        return set()
    if isinstance(value, int | float):
        return {value}
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*map(_numbers, below))


def _numbers_in_lists(value: Any) -> set[float]:
    """Return the numbers that stand in plain lists, such as a trend: they share a cell."""
    if isinstance(value, list) and not any(isinstance(each, dict) for each in value):
        return _numbers(value)
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*map(_numbers_in_lists, below))


def test_a_table_is_chosen_by_name(run: Run) -> None:
    report = ("-C", HARBOURLINE, "report", "forecast", "--format", "csv")
    assert run(*report).out.startswith("goal,measure,target,odds")
    assert run(*report, "--table", "goals.months").out.startswith("goal,month,p10")
    unknown = run(*report, "--table", "goals.month")
    assert unknown.code == 2
    assert 'did you mean "goals.months"' in unknown.err
    assert run("-C", HARBOURLINE, "report", "forecast", "--table", "goals").code == 2


def test_all_reports_as_csv_are_one_file_a_table(run: Run, tmp_path: Path) -> None:
    result = run("-C", HARBOURLINE, "report", "--all", "--format", "csv", "-o", tmp_path / "data")
    assert result.code == 0, result.err
    names = {path.name for path in (tmp_path / "data").iterdir()}
    assert {"goals.csv", "forecast.csv", "forecast.goals.months.csv", "stack.rollouts.csv", "team.csv"} <= names
    for path in (tmp_path / "data").glob("*.csv"):
        header, *lines = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        assert all(len(line) == len(header) for line in lines), path
