"""Commands that write side by side: each lands on top of the others, or is refused and says why; nothing is lost.

A command reads the plan, and another one writes before it does. So a plan that was read earlier stands for a command
that runs at the same moment.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.app.checking.fix import fix_plan, write_reformatted
from revplan.app.checking.validate import validate
from revplan.app.editing.changes import carry_out, check_renaming, propose, propose_computed, save_computed
from revplan.app.editing.rename import rename
from revplan.app.open import OpenPlan, context_of, open_plan
from revplan.app.sprint.life import close, close_and_carry, reopen, write_closure, write_reopening
from revplan.app.sprint.log import WorkEntry, log_work
from revplan.app.sprint.pages import consequences
from revplan.app.sprint.plan import Request, plan_sprint, write_sprint
from revplan.app.sprint.what_if import what_if, write_what_if
from revplan.errors import SprintError, UnknownIdError, WriteRefusedError
from revplan.model.base import Ref
from revplan.model.change import Change
from tests.support.disks import contents
from tests.support.plans import UNDER_WAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from revplan.app.checking.validate import Validation
    from revplan.app.editing.changes import Proposal
    from revplan.app.sprint.life import Closure
    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.store.loaded import Loaded

TODAY = date(2026, 12, 2)
TODO: dict[str, Data] = {"title": "T", "owner": "sam", "due": "2026-12-04"}
SPRINT = UNDER_WAY["sprints/2026-12.yaml"]
PLAN = {
    "revplan.yaml": UNDER_WAY["revplan.yaml"],
    "team.yaml": UNDER_WAY["team.yaml"],
    "tactics.yaml": """\
tactics:
  a: {title: A, function: marketing, impact: 7, done_when: It is, tasks: {do: {skill: web, hours: 8}}}
  b: {title: B, function: marketing, impact: 6, tasks: {do: {skill: web, hours: 100}}}
  c: {title: C, function: marketing, impact: 5, tasks: {do: {skill: web, hours: 100}}}
""",
}


@pytest.fixture
def planned(make_plan: Callable[..., Path]) -> Path:
    return make_plan(PLAN)


@pytest.fixture
def running(make_plan: Callable[..., Path]) -> Path:
    return make_plan({**PLAN, "sprints/2026-12.yaml": SPRINT})


def read_plan(root: Path) -> OpenPlan:
    """Read the plan as a command does that has not written yet."""
    loaded = open_plan(root, root)
    return OpenPlan(loaded, context_of(loaded, TODAY, TODAY))


def quiet(_: str) -> None:
    """Say nothing of the progress."""


def add_todo(root: Path, number: int) -> None:
    """Let another command add a todo."""
    at = read_plan(root)
    carry_out(propose(at.loaded, at.context, [Change(Ref("todo", f"t-{number}"), TODO)]))


def log_hour(root: Path) -> None:
    """Let another command log an hour."""
    at = read_plan(root)
    entry = WorkEntry("a/do", "1", None, False, None, None, None)
    save_computed(at.loaded, at.context, lambda _, now: log_work(now, entry))


def is_same(at: OpenPlan, agreed: Closure) -> Callable[[Context, Closure], bool]:
    """Tell of a closing whether it is the one that was agreed to on a terminal."""
    return lambda now, other: consequences(now, other) == consequences(at.context, agreed)


@pytest.mark.parametrize("end", [close, close_and_carry])
def test_a_sprint_is_closed_beside_another_edit(running: Path, end: Callable[..., Closure]) -> None:
    at = read_plan(running)
    agreed = end(at.loaded, at.context, None)
    add_todo(running, 1)
    write_closure(at.loaded, at.context, agreed, end, is_same(at, agreed))
    plan = read_plan(running).plan
    assert (plan.sprints["2026-12"].status, list(plan.todos)) == ("closed", ["t-1"])


def test_a_sprint_that_is_closed_twice_is_refused_once(running: Path) -> None:
    waiting = [read_plan(running) for _ in range(3)]
    agreed = [close(at.loaded, at.context, None) for at in waiting]
    write_closure(waiting[0].loaded, waiting[0].context, agreed[0], close, lambda *_: True)
    before = contents(running)
    for at, one in zip(waiting[1:], agreed[1:], strict=True):
        with pytest.raises(SprintError, match="closed"):
            write_closure(at.loaded, at.context, one, close, lambda *_: True)
    assert contents(running) == before


def test_what_was_agreed_to_is_what_is_closed(running: Path) -> None:
    """Work is done meanwhile: the question on the terminal had told another end."""
    at = read_plan(running)
    agreed = close(at.loaded, at.context, None)
    other = read_plan(running)
    entry = WorkEntry("a/do", "1", None, True, None, None, None)
    save_computed(other.loaded, other.context, lambda _, now: log_work(now, entry))
    before = contents(running)
    with pytest.raises(WriteRefusedError, match="what closing sprint 2026-12 means changed meanwhile") as refused:
        write_closure(at.loaded, at.context, agreed, close, is_same(at, agreed))
    assert (contents(running), refused.value.hint) == (before, "run the command again")
    closure, _ = write_closure(at.loaded, at.context, agreed, close, lambda *_: True)  # as --yes says
    assert closure.unfinished == ()
    assert read_plan(running).plan.sprints["2026-12"].tactics["a"].tasks["do"].spent == 60


def test_a_close_is_undone_beside_another_edit_and_once(running: Path) -> None:
    at = read_plan(running)
    write_closure(at.loaded, at.context, close(at.loaded, at.context, None), close, lambda *_: True)
    waiting = [read_plan(running) for _ in range(2)]
    undone = [reopen(at.context, None) for at in waiting]
    add_todo(running, 1)
    write_reopening(waiting[0].loaded, waiting[0].context, undone[0])
    with pytest.raises(SprintError, match="not closed"):
        write_reopening(waiting[1].loaded, waiting[1].context, undone[1])
    plan = read_plan(running).plan
    assert (plan.sprints["2026-12"].status, list(plan.todos)) == ("active", ["t-1"])


def test_a_sprint_is_written_beside_an_edit_that_it_does_not_follow_from(planned: Path) -> None:
    waiting = [read_plan(planned) for _ in range(3)]
    request = Request("2026-12")
    found = [plan_sprint(at.loaded, at.context, request, quiet) for at in waiting]
    add_todo(planned, 1)
    assert write_sprint(waiting[0].loaded, waiting[0].context, request, found[0]) == ("sprints/2026-12.yaml",)
    before = contents(planned)
    for at, one in zip(waiting[1:], found[1:], strict=True):
        with pytest.raises(WriteRefusedError, match="what sprint 2026-12 is planned from changed meanwhile"):
            write_sprint(at.loaded, at.context, request, one)
    assert contents(planned) == before
    plan = read_plan(planned).plan
    assert (list(plan.sprints), list(plan.todos)) == (["2026-12"], ["t-1"])


def test_a_sprint_from_data_that_changed_is_not_written(planned: Path) -> None:
    at = read_plan(planned)
    found = plan_sprint(at.loaded, at.context, Request("2026-12"), quiet)
    other = read_plan(planned)
    carry_out(propose(other.loaded, other.context, [Change(Ref("tactic", "c", ("impact",)), "9")]))
    before = contents(planned)
    with pytest.raises(WriteRefusedError, match="what sprint 2026-12 is planned from changed meanwhile"):
        write_sprint(at.loaded, at.context, Request("2026-12"), found)
    assert contents(planned) == before


def test_a_sprint_in_which_work_was_logged_meanwhile_is_not_written(running: Path) -> None:
    at = read_plan(running)
    found = plan_sprint(at.loaded, at.context, Request("2026-12"), quiet)
    log_hour(running)
    before = contents(running)
    with pytest.raises(WriteRefusedError, match="what sprint 2026-12 is planned from changed meanwhile"):
        write_sprint(at.loaded, at.context, Request("2026-12"), found)
    assert contents(running) == before


SWAP = Request("2026-12", pins=("c",), aside=("b",))


@pytest.mark.parametrize(
    ("request_", "words"), [(SWAP, ()), (Request("2026-12"), ("team.sam.hours_per_week=30",))], ids=["swap", "change"]
)
def test_a_what_if_is_written_beside_an_edit_that_it_does_not_follow_from(
    planned: Path, request_: Request, words: tuple[str, ...]
) -> None:
    at, late = read_plan(planned), read_plan(planned)
    tried = what_if(at.loaded, at.context, request_, words, quiet)
    same = what_if(late.loaded, late.context, request_, words, quiet)
    add_todo(planned, 1)
    assert "sprints/2026-12.yaml" in write_what_if(at.loaded, at.context, tried)
    before = contents(planned)
    with pytest.raises(WriteRefusedError, match="is planned from changed meanwhile"):
        write_what_if(late.loaded, late.context, same)
    assert contents(planned) == before
    plan = read_plan(planned).plan
    assert list(plan.todos) == ["t-1"]
    assert ("c" in plan.sprints["2026-12"].tactics) == (request_ is SWAP)
    week = plan.team["sam"].minutes_per_week
    assert [each.minutes for each in week or ()] == [40 * 60 if request_ is SWAP else 30 * 60]


def test_a_renaming_renames_what_names_the_thing_by_now(planned: Path) -> None:
    at = read_plan(planned)

    def compute(loaded: Loaded, context: Context) -> Proposal:
        return check_renaming(loaded, context, rename(loaded, "member", "sam", "sue").edits)

    wanted = [propose_computed(at.loaded, at.context, compute) for _ in range(2)]
    add_todo(planned, 1)
    carry_out(wanted[0])
    with pytest.raises(UnknownIdError):
        carry_out(wanted[1])
    plan = read_plan(planned).plan
    assert (list(plan.team), plan.todos["t-1"].owner) == (["sue"], "sue")


def test_files_are_formatted_as_they_are_by_now(planned: Path) -> None:
    (planned / "tactics.yaml").write_text((planned / "tactics.yaml").read_text() + "\n\n\n")
    at = read_plan(planned)
    (planned / "todos.yaml").write_text("todos:\n    call: {title: Call, owner: sam}\n")
    before = read_plan(planned).plan
    assert {"tactics.yaml", "todos.yaml"} <= {file.name for file in write_reformatted(at.loaded, []).edits.files}
    assert read_plan(planned).plan == before
    assert (planned / "todos.yaml").read_text() == "todos:\n  call: {title: Call, owner: sam}\n"


def test_files_are_fixed_as_they_are_by_now(planned: Path) -> None:
    tactics, todos = planned / "tactics.yaml", planned / "todos.yaml"
    tactics.write_text(tactics.read_text().replace("impact: 5", "impct: 5"))
    at = read_plan(planned)
    todos.write_text("todos: {call: {titel: Call, owner: sam, due: 2026-12-04}}\n")

    def check(loaded: Loaded) -> Validation:
        return validate(loaded, context_of(loaded, TODAY, TODAY))

    fixed, done = fix_plan(at.loaded, check, lambda found: found)
    assert (len(done), fixed.plan.todos["call"].title, fixed.plan.tactics["c"].impact) == (2, "Call", 5)
    assert read_plan(planned).plan == fixed.plan
