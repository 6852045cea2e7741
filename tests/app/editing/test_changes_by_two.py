"""Two who write at once: both changes land where both hold, and the second is refused where it does not."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.app.editing.changes import Proposal, RefusedChangeError, carry_out, propose
from revplan.app.open import context_of
from revplan.errors import WriteRefusedError
from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.store.load import read
from tests.support.disks import contents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from revplan.model.change import Data

    MakePlan = Callable[..., Path]

MEMBER = "  {id}: {{name: {id}, kind: employee, function: marketing, hours_per_week: 40}}\n"
TEAM = "team:\n" + MEMBER.format(id="ana") + MEMBER.format(id="ben")
TODOS = "todos:\n  call: {title: Call, owner: ana, due: 2026-12-01}\n"
TODAY = date(2026, 11, 28)


@pytest.fixture
def root(make_plan: MakePlan) -> Path:
    return make_plan({"team.yaml": TEAM, "todos.yaml": TODOS})


def proposal(root: Path, *changes: Change) -> Proposal:
    loaded = read(root)
    return propose(loaded, context_of(loaded, TODAY, TODAY), changes)


def new_todo(name: str, owner: str = "ana") -> Change:
    return Change(Ref("todo", name), {"title": name.title(), "owner": owner, "due": "2026-12-24"})


def test_a_change_of_another_place_in_the_same_file_is_made_too(root: Path) -> None:
    one, other = proposal(root, new_todo("mail")), proposal(root, Change(Ref("todo", "call", ("title",)), "Ring"))
    carry_out(one)
    written = carry_out(other)
    assert written.files == ("todos.yaml",)
    text = (root / "todos.yaml").read_text()
    assert "mail:" in text
    assert "title: Ring" in text


@pytest.mark.parametrize(
    "change", [Change(Ref("todo", "call", ("title",)), "Ring"), Change(Ref("todo", "call"), None), new_todo("mail")]
)
def test_a_change_of_the_same_place_is_refused(root: Path, change: Change) -> None:
    waiting = proposal(root, change)
    theirs: Data = {"title": "Theirs", "owner": "ana", "due": "2026-12-24"}
    carry_out(proposal(root, Change(change.ref, "Theirs" if change.ref.keys else theirs)))
    before = contents(root)
    with pytest.raises(WriteRefusedError, match="changed meanwhile; nothing was written"):
        carry_out(waiting)
    assert contents(root) == before


def test_two_sound_changes_of_different_files_do_not_break_the_plan(root: Path) -> None:
    dropping, needing = proposal(root, Change(Ref("member", "ben"), None)), proposal(root, new_todo("mail", "ben"))
    carry_out(needing)
    before = contents(root)
    with pytest.raises(RefusedChangeError) as refused:
        carry_out(dropping)
    assert {each.code for each in refused.value.diagnostics} == {"RP207"}
    assert contents(root) == before


def test_the_same_change_twice_is_written_once(root: Path) -> None:
    one, other = (proposal(root, Change(Ref("member", "ben", ("name",)), "Ben")) for _ in range(2))
    carry_out(one)
    with pytest.raises(WriteRefusedError, match=r"member ben name changed meanwhile"):
        carry_out(other)


@pytest.mark.parametrize(
    "other",
    [
        "currency: EUR, today: 2026-11-28",
        "currency: USD, today: 2026-11-29",
        "currency: USD, today: 2026-11-28, currencies: {EUR: {2026-01: 1.1}}",
        "currency: USD, today: 2026-11-28, sprint: {hours_per_day: 7}",
        "currency: USD, today: 2026-11-28, sprint: {workdays: mon-thu}",
        "currency: USD, today: 2026-11-28, fiscal_year_start: 7",
        "currency: USD, today: 2026-11-28, holidays: {2026-12-24: Christmas Eve}",
    ],
)
def test_settings_that_a_change_was_written_by_refuse_it_once_they_changed(root: Path, other: str) -> None:
    waiting = proposal(root, new_todo("mail"))
    settings = root / "revplan.yaml"
    settings.write_text(settings.read_text().replace("currency: USD, today: 2026-11-28", other))
    before = contents(root)
    with pytest.raises(WriteRefusedError, match="the settings changed meanwhile; nothing was written"):
        carry_out(waiting)
    assert contents(root) == before


def test_a_change_lands_beside_one_of_other_settings(root: Path) -> None:
    waiting = proposal(root, new_todo("mail"))
    more = "company: Other, scoring: {method: ice}, sprint: {budget: 9000}, rules: {RP501: ignore}"
    settings = root / "revplan.yaml"
    settings.write_text(settings.read_text().replace("company: Test", more))
    assert carry_out(waiting).files == ("todos.yaml",)
    plan = read(root).plan
    assert ("mail" in plan.todos, plan.settings.company) == (True, "Other")


TWENTY = textwrap.dedent("""
    import os, sys
    from pathlib import Path

    from revplan.model.change import Data
    sys.path[:0] = sys.argv[1].split(os.pathsep)
    from test_changes_by_two import carry_out, new_todo, proposal

    root, children = Path(sys.argv[2]), []
    waiting, gate = os.pipe()
    for number in range(20):
        child = os.fork()
        if child == 0:
            os.close(gate)
            ready = proposal(root, new_todo(f"todo-{number}"))
            os.read(waiting, 1)
            carry_out(ready)
            os._exit(0)
        children.append(child)
    os.close(gate)
    print(*(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children))
""")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the writers are copies of one process")
def test_twenty_changes_at_the_same_moment_all_land(root: Path) -> None:
    here = os.path.dirname(__file__)  # noqa: PTH120 - handed to another process
    paths = os.pathsep.join((here, os.path.dirname(os.path.dirname(os.path.dirname(here)))))  # noqa: PTH120
    done = subprocess.run([sys.executable, "-c", TWENTY, paths, str(root)], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["0"] * 20, done.stderr
    todos = read(root).plan.todos
    assert sorted(todos) == sorted(["call", *(f"todo-{number}" for number in range(20))])
