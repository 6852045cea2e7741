"""`export csv` of what has no id of its own, and `export json` with numbers as numbers."""

from __future__ import annotations

import csv
import io
import json
import shutil
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from revplan.store.load import read
from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]


def rows(run: Run, kind: str, *more: str) -> list[dict[str, str]]:
    result = run("-C", EXAMPLES / "harbourline", "export", "csv", kind, *more)
    assert result.code == 0, result.err
    return [*csv.DictReader(io.StringIO(result.out))]


def test_assignments_are_the_rows_of_every_sprint(run: Run) -> None:
    sprints = read(EXAMPLES / "harbourline").plan.sprints.values()
    found = rows(run, "assignment")
    planned = sum(
        minutes
        for sprint in sprints
        for tactic in sprint.tactics.values()
        if tactic.dropped is None
        for task in tactic.tasks.values()
        if task.dropped is None
        for minutes in task.people.values()
    )
    assert sum(Decimal(row["hours"]) for row in found) * 60 == planned
    assert {row["status"] for row in found} <= {"planned", "started", "done"}


def test_readings_and_actuals_are_those_of_the_plan(run: Run) -> None:
    plan = read(EXAMPLES / "harbourline").plan
    readings = {(row["metric"], row["day"]): Decimal(row["value"]) for row in rows(run, "reading")}
    assert readings == {
        (metric.id, str(day)): value
        for metric in plan.metrics.values()
        for day, value in metric.readings.items()
        if value is not None
    }
    actuals = {row["month"]: row["actual"] for row in rows(run, "actual") if row["goal"] == "2026"}
    assert (len(actuals), actuals["2026-10"], actuals["2026-12"]) == (12, "4150000", "")
    assert [*rows(run, "spending", "--only", "month,amount")[0]] == ["month", "amount"]


def test_an_unknown_list_is_refused(run: Run) -> None:
    result = run("-C", EXAMPLES / "harbourline", "export", "csv", "readings")
    assert result.code == 2
    assert 'did you mean "reading"' in result.err


@pytest.mark.parametrize("name", ["harbourline", "agency", "minimal"])
def test_the_whole_plan_as_json_is_a_plan_and_its_numbers_are_numbers(run: Run, tmp_path: Path, name: str) -> None:
    found = json.loads(run("-C", EXAMPLES / name, "export", "json").out)["plan"]
    (tmp_path / "revplan.yaml").write_text(json.dumps(found), encoding="utf-8")
    if (EXAMPLES / name / "brand").is_dir():  # a logo is a file beside the plan
        shutil.copytree(EXAMPLES / name / "brand", tmp_path / "brand")
    assert read(tmp_path).plan == read(EXAMPLES / name).plan
    assert all(isinstance(tactic["impact"], int) for tactic in found["tactics"].values())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("reading", ("metric", "import")),
        ("spending", ("import", "spend")),
        ("actual", ("import", "revenue", "--map", "amount=actual", "--as", "arr")),
    ],
)
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_records_are_taken_back_and_change_nothing(
    run: Run, tmp_path: Path, name: str, words: tuple[str, ...], suffix: str
) -> None:
    file = tmp_path / f"out.{suffix}"
    assert run("-C", EXAMPLES / "harbourline", "export", suffix, name, "-o", file).code == 0
    ran = run("-C", EXAMPLES / "harbourline", *words, file)
    assert ran.code == 0, ran.err
    assert "0 new, 0 changed" in ran.out
    assert "0 the same" not in ran.out
