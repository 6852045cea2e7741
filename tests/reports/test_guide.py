"""What `report guide` counts: facts by part, and the time of what is still to do, each command once."""

from __future__ import annotations

import pytest

from revplan.reports.guide import PARTS, SetupFact, build, mends


def fact(name: str, part: str, mend: str, minutes: int, *, done: bool = False) -> SetupFact:
    return SetupFact(name, part, f"Title of {name}", done, "found", mend, minutes)


FACTS = (
    fact("one", "process", "workshop goals", 30),
    fact("two", "process", "workshop goals", 30),
    fact("three", "strategy", "workshop story", 45),
    fact("four", "strategy", "workshop story", 45, done=True),
)


def test_a_command_counts_once_and_what_is_done_not_at_all() -> None:
    assert [each.id for each in mends(FACTS)] == ["one", "three"]
    assert sum(each.minutes for each in mends(FACTS)) == 30 + 45


@pytest.mark.parametrize(("facts", "done"), [(FACTS, 1), (FACTS[:3], 0), (FACTS[3:], 1)])
def test_the_head_counts_the_facts(facts: tuple[SetupFact, ...], done: int) -> None:
    report = build(facts, has_sprints=False)
    count = f"{len(facts)} facts" if len(facts) > 1 else "1 fact"
    assert "".join(run.text for run in report.sections[0].title) == f"Set up: {done} of {count} of the plan"
    assert len(report.sections) == 2 + len(PARTS)
