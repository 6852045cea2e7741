"""What proves, cheaply, that the frozen set is frozen, and that the engine's version says when answers change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from revplan.planning.problem import ENGINE, Allocation, Candidate, Job, SprintProblem, TaskAssignment, Worker
from revplan.planning.solve import best

from . import answers, run
from .dispatch import has_days
from .instances import find_digest, list_instances
from .knapsacks import QUARTER, read_published, spread
from .measures import measure
from .plain_model import PlainModel

if TYPE_CHECKING:
    from pathlib import Path

INSTANCES = list_instances()
RECORDS = run.read_records()


def test_records_are_of_instances_there_are() -> None:
    assert RECORDS.keys() <= INSTANCES.keys()


@pytest.mark.parametrize("name", RECORDS)
def test_instances_have_not_changed(name: str) -> None:
    assert find_digest(INSTANCES[name]()) == RECORDS[name].digest


def test_the_engine_version_changes_when_an_answer_does() -> None:
    engine, stored = answers.read_answers()
    found = answers.find_answers()
    changed = [name for name in answers.ASKED if stored.get(name) != found[name]]
    if changed and engine == ENGINE:
        pytest.fail(f"other answers than engine {ENGINE} gave ({', '.join(changed)}): change ENGINE, then --answers")
    assert (engine, stored) == (ENGINE, found), "run `python -m tests.bench.frozen --answers` and commit answers.json"


def test_answers_are_not_written_under_the_same_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(answers, "ANSWERS", tmp_path / "answers.json")
    monkeypatch.setattr(answers, "ASKED", ("published-1",))
    assert answers.write_answers() == f"wrote the answers of engine {ENGINE}"
    monkeypatch.setattr(answers, "find_answers", lambda: {"published-1": "other"})
    with pytest.raises(SystemExit, match="published-1"):
        answers.write_answers()


@pytest.mark.parametrize("number", range(5))
def test_published_optima_come_out(number: int) -> None:
    optimum = read_published()[number].optimum
    found = best(INSTANCES[f"published-{number + 1}"]())
    assert (found.value, found.bound) == (optimum, optimum)


@pytest.mark.parametrize("number", range(7))
def test_the_yardstick_knows_published_optima(number: int) -> None:
    optimum = read_published()[number].optimum
    found = PlainModel(INSTANCES[f"published-{number + 1}"]()).solve(60)
    assert (sum(found.reached), found.is_proven) == (optimum, True)


def _sprint(*tactics: Candidate) -> SprintProblem:
    days = INSTANCES["published-1"]().days[:4]
    return SprintProblem("s", days, (Worker("ann", (("copy", 2),), (60, 60, 0, 60)),), tactics)


def _tactic(name: str, minutes: int, **more: object) -> Candidate:
    return Candidate(name, "should", 1000, 1, (Job("do", "copy", minutes),), deadline=3, **more)  # type: ignore[arg-type]


def test_the_yardstick_keeps_every_row() -> None:
    three = (_tactic("a", 60, cost=500), _tactic("b", 60, cost=500), _tactic("c", 60, cost=500))
    assert PlainModel(_sprint(*three)).solve(9).reached == (0, 3000, 0)
    assert PlainModel(replace(_sprint(*three), budget=1000)).solve(9).reached == (0, 2000, 0)
    one, two, other = three
    excluding = (replace(one, excludes=("b",)), replace(two, excludes=("a",)), other)
    assert PlainModel(_sprint(*excluding)).solve(9).reached == (0, 2000, 0)
    needing = (replace(one, value=0, jobs=(Job("do", "copy", 180),)), replace(two, requires=("a",)), other)
    assert PlainModel(_sprint(*needing)).solve(9).reached == (0, 1000, 0)
    must = (replace(one, tier="must", value=1, jobs=(Job("do", "copy", 180),)), two, other)
    assert PlainModel(_sprint(*must)).solve(9).reached == (1, 0, 0)


def test_half_weeks_tighten_the_yardstick() -> None:
    early = replace(_sprint(_tactic("a", 150)), days=INSTANCES["published-1"]().days[:4])
    early = replace(early, candidates=(replace(early.candidates[0], deadline=2),))
    assert PlainModel(early).solve(9).reached == (0, 1000, 0)
    assert not has_days(early, PlainModel(early).solve(9).owners)
    assert PlainModel(early, half_weeks=True).solve(9).reached == (0, 0, 0)


def test_days_follow_what_comes_first() -> None:
    problem = _sprint(_tactic("a", 90), _tactic("b", 90, requires=("a",)))
    owners: dict[tuple[str, str], tuple[tuple[str, int], ...]] = {
        ("a", "do"): (("ann", 90),),
        ("b", "do"): (("ann", 90),),
    }
    assert has_days(problem, owners)
    assert not has_days(
        replace(problem, candidates=(replace(problem.candidates[0], release=3), *problem.candidates[1:])), owners
    )


def test_measures_are_those_of_a_sum_by_hand() -> None:
    problem = _sprint(_tactic("a", 75), _tactic("b", 60))
    problem = replace(problem, workers=(replace(problem.workers[0], rate=6000),))
    parts = (
        TaskAssignment("a", "do", "ann", 75, ((0, 5), (3, 70))),
        TaskAssignment("b", "do", "ann", 60, ((0, 55), (1, 5))),
    )
    found = measure(problem, Allocation(parts, 2000, 0, 2000, 0, "exact"))
    assert found.tiers == (0, 2000, 0)
    assert found.finish == pytest.approx((3 + 2) / 2)
    assert found.pieces == pytest.approx(3 / 2)
    assert (found.crumbs, found.spend) == (2, 13_500)


def test_capacity_is_spread_over_workdays_to_the_quarter() -> None:
    days = INSTANCES["published-1"]().days
    minutes = spread(33, days)
    assert sum(minutes) == 33 * QUARTER
    assert {minute for minute, day in zip(minutes, days, strict=True) if day.weekday() > 4} == {0}
    assert max(minutes) - min(m for m, day in zip(minutes, days, strict=True) if day.weekday() < 5) == QUARTER
