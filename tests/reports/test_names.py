from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.reports import names
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

MEMBER = "  {}: {{name: {} Lee, kind: employee, function: marketing, hours_per_week: 40}}\n"


def test_short_names_are_worked_out_once_for_a_plan(
    make_plan: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = read(make_plan("team:\n" + MEMBER.format("ana", "Ana") + MEMBER.format("ben", "Ben"))).plan
    asked, done = list[str](), names._first_name

    def counted(name: str) -> str:
        asked.append(name)
        return done(name)

    monkeypatch.setattr(names, "_first_name", counted)
    assert [names.member(plan, each) for each in ("ana", "ben", "ana", "cid")] == ["Ana", "Ben", "Ana", "cid"]
    assert asked == ["Ana Lee", "Ben Lee"]


def test_no_two_members_are_called_the_same(make_plan: Callable[..., Path]) -> None:
    people = (("ana", "Ana"), ("ben", "Ben"), ("ben-2", "Ben"), ("ann", "Ann"), ("ann-2", "Ann B."))
    plan = read(make_plan("team:\n" + "".join(MEMBER.format(*one) for one in people))).plan
    called = ["Ana", "Ben Lee (ben)", "Ben Lee (ben-2)", "Ann Lee", "Ann B. Lee"]
    assert [names.member(plan, each) for each, _ in people] == called
