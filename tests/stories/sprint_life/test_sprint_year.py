"""A year of planning, logging, planning anew and closing, by whatever people do: the plan stays sound."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as some

from revplan.analysis.calibration import calibrations
from revplan.analysis.progress import has_begun, progress
from revplan.analysis.workload import assignments, content_digest
from revplan.app.checking.validate import validate
from revplan.app.open import context_of, open_plan
from revplan.app.sprint.life import close, close_and_carry, start
from revplan.app.sprint.log import WorkEntry, log_work
from revplan.app.sprint.plan import Request, plan_sprint, write_sprint
from revplan.diagnostics import Severity
from revplan.errors import LogError
from revplan.model.base import Month
from tests.support.plans import save
from tests.support.quay import TEAM, settings, year

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from revplan.analysis.workload import Assignment
    from revplan.app.sprint.life import Closure
    from revplan.model.context import Context
    from revplan.model.sprints import SprintTask
    from revplan.store.loaded import Loaded


@dataclass(frozen=True)
class Work:
    """What somebody logs: on which task (a part of the way through the list), and what."""

    day: int
    task: float
    quarters: int
    left: int | None
    is_done: bool


WORK = some.builds(
    Work,
    day=some.integers(1, 28),
    task=some.floats(0, 0.999),
    quarters=some.integers(-8, 60),
    left=some.none() | some.integers(0, 40),
    is_done=some.booleans(),
)
MONTH = some.tuples(some.lists(WORK, max_size=4), some.none() | some.integers(2, 28), some.booleans())
"""What is logged in a month, the day on which it is planned anew, if any, and whether what is left is carried first."""


@hypothesis_settings(max_examples=2)
@given(some.lists(MONTH, min_size=12, max_size=12), some.booleans())
def test_a_year_of_work_never_makes_an_unsound_plan(
    months: list[tuple[list[Work], int | None, bool]], calibrate: bool
) -> None:
    root = Path(mkdtemp())
    try:
        sprint = f"{{focus_factor: 1, reserve: 0, calibrate: {str(calibrate).lower()}}}"
        (root / "revplan.yaml").write_text(settings(sprint=sprint))
        (root / "plan.yaml").write_text(TEAM + year(16))
        for number, (work, anew, carry) in enumerate(months):
            _month(root, Month(2027, 1).plus(number), sorted(work, key=lambda one: one.day), anew, carry=carry)
    finally:
        shutil.rmtree(root)


def _month(root: Path, month: Month, work: Sequence[Work], anew: int | None, *, carry: bool) -> None:
    name = str(month)
    _plan(root, month.first - timedelta(days=1), name)
    loaded, context = _open(root, month.first)
    start(loaded, context, name)
    for one in work:
        _log(root, month.first.replace(day=one.day), name, one)
    if anew is not None and anew >= max((one.day for one in work), default=1):
        _plan_anew(root, month.first.replace(day=anew), name)
    _close(root, month.last, name, close_and_carry if carry else close)


def _open(root: Path, day: date) -> tuple[Loaded, Context]:
    loaded = open_plan(root, root)
    return loaded, context_of(loaded, day, day)


def _require_sound(root: Path, day: date) -> Context:
    loaded, context = _open(root, day)
    found = validate(loaded, context).diagnostics
    assert [one for one in found if one.severity is Severity.ERROR] == []
    return context


def _plan(root: Path, day: date, name: str) -> None:
    loaded, context = _open(root, day)
    write_sprint(loaded, context, Request(name), plan_sprint(loaded, context, Request(name), lambda _: None))
    _require_sound(root, day)


def _plan_anew(root: Path, day: date, name: str) -> None:
    """Plan a running sprint from a day on: what has begun keeps its row, whatever becomes of the rest."""
    before = _begun(_open(root, day)[1], name)
    _plan(root, day, name)
    after = _begun(_open(root, day)[1], name)
    assert after.keys() == before.keys()
    for task, one in before.items():
        own = after[task]
        assert (own.status, own.spent, own.left, own.minutes) == (one.status, one.spent, one.left, one.minutes)


def _begun(context: Context, name: str) -> dict[tuple[str, str], SprintTask]:
    tactics = context.plan.sprints[name].tactics.items()
    return {(tactic, task): row for tactic, own in tactics for task, row in own.tasks.items() if has_begun(row)}


def _log(root: Path, day: date, name: str, work: Work) -> None:
    loaded, context = _open(root, day)
    tasks = list(assignments(context.plan.sprints[name]))
    if not tasks:
        return
    one = tasks[int(work.task * len(tasks))]
    left = None if work.left is None else str(work.left / 4)
    entry = WorkEntry(str(one), str(work.quarters / 4), left, work.is_done, by=next(iter(one.row.people)))
    try:
        logged, changes = log_work(context, entry)
    except LogError:
        assert work.quarters < 0 or (work.is_done and work.left)
        return
    save(loaded, changes)
    after = _require_sound(root, day).plan.sprints[name].tactics[one.tactic].tasks[one.task]
    assert (after.spent or 0) == (one.row.spent or 0) + work.quarters * 15 == logged.spent
    assert after.minutes == one.row.minutes
    assert (after.done is not None) == (after.status == "done")
    assert _left_is_right(one, work, after.left)


def _left_is_right(before: Assignment, work: Work, left: int | None) -> bool:
    if work.is_done or (before.row.status == "done" and not work.left):
        return left is None
    if work.left is not None:
        return left == work.left * 15
    return left == (None if before.row.left is None else max(0, before.row.left - work.quarters * 15))


def _close(root: Path, day: date, name: str, end: Callable[..., Closure]) -> None:
    """Close a sprint: not a minute of what is left is lost, and it is sealed as it stands."""
    loaded, context = _open(root, day)
    before = progress(context.plan, "2028-01", day)
    save(loaded, end(loaded, context, name).changes)
    context = _require_sound(root, day)
    after = progress(context.plan, "2028-01", day)
    assert {task: one.left for task, one in after.items()} == {task: one.left for task, one in before.items()}
    closed = context.plan.sprints[name]
    assert closed.closed is not None
    assert closed.closed.of == content_digest(closed)
    assert all(own.factor > 0 for own in calibrations(context.plan).values())
