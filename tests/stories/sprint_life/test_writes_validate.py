"""What `sprint plan --write` writes validates: new plans and replans, shared tasks and people away among them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revplan.app.checking.validate import validate
from revplan.app.open import context_of, open_plan
from revplan.app.sprint.horizon import check_sprint
from revplan.app.sprint.plan import Request, plan_sprint, write_sprint
from revplan.diagnostics import Severity
from revplan.model.base import Ref
from revplan.model.change import Change
from tests.support.plans import save

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

HEAD = "revplan: {format: 1, company: Test, currency: USD, sprint: {focus_factor: 1, reserve: 0}}\n"
SHARED = """team:
  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}, time_off: {2026-12-01: off}}
  bo: {name: Bo, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}, time_off: {2026-12-04: off}}
tactics:
  book:
    title: Book
    function: sales
    impact: 5
    deadline: 2026-12-04
    tasks: {write: {skill: copy, hours: 48, split: true}}
"""


def quiet(_: str) -> None:
    """Say nothing."""


def plan_on(root: Path, day: date) -> list[str]:
    """Plan the sprint of December on a day, write it, and return the errors that the plan has then."""
    loaded = open_plan(root, root)
    context = context_of(loaded, day, day)
    write_sprint(loaded, context, Request("2026-12"), plan_sprint(loaded, context, Request("2026-12"), quiet))
    loaded = open_plan(root, root)
    context = context_of(loaded, day, day)
    assert not check_sprint(loaded, context, Request("2026-12"), quiet).errors
    found = validate(loaded, context).diagnostics
    return [f"{one.code}: {one.message}" for one in found if one.severity is Severity.ERROR]


def test_each_piece_of_a_shared_task_has_its_owners_days(
    run: Callable[..., Ran], make_plan: Callable[..., Path]
) -> None:
    root = make_plan({"revplan.yaml": HEAD, "plan.yaml": SHARED})
    run("sprint", "plan", "-C", root, "--today", "2026-12-01", "--write")
    text = (root / "sprints" / "2026-12.yaml").read_text(encoding="utf-8")
    assert "days: {bo: 2026-12-01..2026-12-03, ana: 2026-12-02..2026-12-04}" in text
    assert run("validate", "-C", root, "--today", "2026-12-01").code == 0
    assert run("sprint", "plan", "--check", "-C", root, "--today", "2026-12-01").code == 0
    assert run("fmt", "--check", "-C", root).code == 0


def test_a_check_notices_what_validate_rejects(run: Run, make_plan: Callable[..., Path]) -> None:
    root = make_plan({"revplan.yaml": HEAD, "plan.yaml": SHARED})
    run("sprint", "plan", "-C", root, "--today", "2026-12-01", "--write")
    path = root / "sprints" / "2026-12.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "days:" not in line), encoding="utf-8")
    assert "error[RP302]" in run("validate", "-C", root, "--today", "2026-12-01").out
    checked = run("sprint", "plan", "--check", "-C", root, "--today", "2026-12-01")
    assert (checked.code, "ana is off on 2026-12-01" in checked.out) == (1, True), checked.out
    run("sprint", "plan", "-C", root, "--today", "2026-12-01", "--write")
    assert run("validate", "-C", root, "--today", "2026-12-01").code == 0


# --- the law -----------------------------------------------------------------------------------------------------

DAYS = st.integers(1, 31)


@st.composite
def plans(draw: st.DrawFn) -> str:
    """Return a team that is away now and then; tasks may be shared, and tactics be unforeseen."""
    lines = ["team:"]
    for name in ("ana", "bo", "cy")[: draw(st.integers(2, 3))]:
        first = draw(DAYS)
        last = min(31, first + draw(st.integers(0, 9)))
        off = f"{{2026-12-{first:02}..2026-12-{last:02}: away}}" if first < last else f"{{2026-12-{first:02}: away}}"
        hours = draw(st.sampled_from((10, 25, 40)))
        about = f"name: {name.title()}, kind: employee, function: sales, hours_per_week: {hours}"
        lines.append(f"  {name}: {{{about}, skills: {{copy: {draw(st.integers(2, 4))}}}, time_off: {off}}}")
    lines.append("tactics:")
    for number in range(draw(st.integers(1, 5))):
        deadline = f", deadline: 2026-12-{draw(st.integers(4, 31)):02}" if draw(st.booleans()) else ""
        tasks = []
        for task in range(draw(st.integers(1, 2))):
            share = ", split: true" if draw(st.booleans()) else ""
            after = ", after: [t0]" if task else ""
            tasks.append(f"t{task}: {{skill: copy, hours: {draw(st.integers(1, 60))}{share}{after}}}")
        unforeseen = ", unforeseen: true" if draw(st.booleans()) else ""
        about = f"title: T{number}, function: sales, impact: {draw(st.integers(1, 9))}{deadline}{unforeseen}"
        lines.append(f"  t{number}: {{{about}, tasks: {{{', '.join(tasks)}}}}}")
    return "\n".join(lines) + "\n"


@st.composite
def work(draw: st.DrawFn) -> list[tuple[int, float, int, int | None]]:
    """Return what is done between replans: (days later, which task, hours spent, hours left where they are told)."""
    entry = st.tuples(st.integers(1, 9), st.floats(0, 0.999), st.integers(0, 30), st.none() | st.integers(0, 60))
    return draw(st.lists(entry, min_size=1, max_size=3))


@pytest.mark.parametrize("is_active", [False, True])
@settings(max_examples=25, deadline=None)
@given(plans(), work(), st.sampled_from(("0", "20%")))
def test_what_is_written_validates(
    is_active: bool, text: str, done: list[tuple[int, float, int, int | None]], reserve: str
) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "revplan.yaml").write_text(HEAD.replace("reserve: 0", f"reserve: {reserve}"), encoding="utf-8")
        (root / "plan.yaml").write_text(text, encoding="utf-8")
        day = 1
        assert plan_on(root, date(2026, 12, day)) == []
        if is_active:
            change(root, ("status",), "active")
        for later, which, spent, left in done:
            log(root, which, spent, left)
            day = min(31, day + later)
            assert plan_on(root, date(2026, 12, day)) == []
            assert let_go(root) == [], "what has begun goes on"


def let_go(root: Path) -> list[str]:
    """Return the tactics that have begun and are not in the sprint any more, although nobody dropped them."""
    sprint = open_plan(root, root).plan.sprints["2026-12"]
    begun = {
        name for name, row in sprint.tactics.items() if any(task.status == "started" for task in row.tasks.values())
    }
    return sorted(name for name in begun if sprint.tactics[name].dropped is not None)


def change(root: Path, keys: tuple[str, ...], value: Any) -> None:
    """Change one value in December's file."""
    save(open_plan(root, root), (Change(Ref("sprint", "2026-12", keys), value),))


def log(root: Path, which: float, spent: int, left: int | None) -> None:
    """Let work be done on one of the tasks that are in the sprint."""
    sprint = open_plan(root, root).plan.sprints["2026-12"]
    tasks = [(name, task) for name, row in sprint.tactics.items() if row.dropped is None for task in row.tasks]
    if tasks:
        tactic, task = tasks[int(which * len(tasks))]
        change(root, ("tactics", tactic, "tasks", task, "status"), "started")
        change(root, ("tactics", tactic, "tasks", task, "spent"), str(spent))
        if left is not None:
            change(root, ("tactics", tactic, "tasks", task, "left"), str(left))
