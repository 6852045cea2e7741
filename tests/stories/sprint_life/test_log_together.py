"""Work that several people log at the same moment all counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.app.editing.changes import save_computed
from revplan.app.open import OpenPlan, context_of, open_plan
from revplan.app.sprint.life import start
from revplan.app.sprint.log import WorkEntry, log_work
from revplan.errors import SprintError
from tests.support.disks import contents
from tests.support.plans import UNDER_WAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def root(make_plan: Callable[..., Path]) -> Path:
    return make_plan(UNDER_WAY)


def read_plan(root: Path) -> OpenPlan:
    """Read the plan as a command does that has not written yet."""
    loaded = open_plan(root, root)
    return OpenPlan(loaded, context_of(loaded, None, date(2026, 12, 2)))


def log(at: OpenPlan, hours: str) -> str | None:
    """Log work from a plan that may be older than its files; return what was spent then, as the answer says."""
    entry = WorkEntry("a/do", hours, None, False, None, None, None)
    logged, _ = save_computed(at.loaded, at.context, lambda _, now: log_work(now, entry))
    return str(logged.spent)


def test_each_entry_comes_on_top_of_what_was_logged_meanwhile(root: Path) -> None:
    waiting = [read_plan(root) for _ in range(3)]
    assert [log(at, hours) for at, hours in zip(waiting, ("1", "2", "30m"), strict=True)] == ["60", "180", "210"]
    assert read_plan(root).context.plan.sprints["2026-12"].tactics["a"].tasks["do"].spent == 210


def test_what_can_no_longer_be_done_is_refused(root: Path) -> None:
    file = root / "sprints" / "2026-12.yaml"
    planned = file.read_text().replace("status: active", "status: planned")
    file.write_text(planned)
    first, second = read_plan(root), read_plan(root)
    start(first.loaded, first.context, None)
    before = contents(root)
    with pytest.raises(SprintError):
        start(second.loaded, second.context, None)
    assert contents(root) == before
