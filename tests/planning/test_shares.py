from __future__ import annotations

from dataclasses import replace
from typing import Any

from revplan.analysis.sprint_due import due_sprint
from revplan.planning.backlog import formulate
from revplan.planning.explain.bottleneck import add
from revplan.planning.problem import Share
from tests.support.plans import on, plan

PRIYA = {"priya": {"skills": {"writing": "3"}, "hours_per_week": "40"}}
SHARES = [{"function": "sales", "most": "50%"}, {"tag": "launch", "least": "30%"}]
SPRINT = {"focus_factor": "1", "reserve": "0"}


def half_way(**logs: Any) -> tuple[Share, ...]:
    """Return the shares of a December half of which is over: 14 days of 8 hours are ahead."""
    done = {"tasks": {"write": {"hours": "6", "owner": "priya", "status": "done"}}}
    begun = {
        name: {"tasks": {"write": {"hours": "60", "owner": "priya", "log": {"2026-12-04": {"priya": hours}}}}}
        for name, hours in logs.items()
    }
    what = plan(
        {"sprint": {**SPRINT, "shares": SHARES}},
        team=PRIYA,
        tactics={
            "ad": {},
            "calls": {"function": "sales", "tasks": {"write": {"skill": "writing", "hours": "60"}}},
            "seo": {
                "tags": ["launch"], "client": "acme", "tasks": {"write": {"skill": "writing", "hours": "60"}},
            },
        },
        clients={"acme": {"name": "Acme", "hours_per_month": "46", "from": "2026-12-16"}},
        sprints={
            "2026-12": {
                "start": "2026-12-01", "end": "2026-12-31", "status": "active", "tactics": {"ad": done, **begun},
            },
        },
    )  # fmt: skip
    context = on("2026-12-14", what)
    return formulate(context, due_sprint(context, "2026-12").period).problem.shares


def test_a_share_is_of_the_whole_sprint_and_what_is_worked_counts_in_both() -> None:
    """Of 112 h ahead, 30 of sales, 20 of launch and 6 more that are done: 168 h. Acme has bought 24 h from the 16th on.

    Sales has 84 h less 30. Others than launch have 70% of 168 h, and others than Acme 144 h, each less 36 h.
    """
    assert [(share.of, share.limit) for share in half_way(calls="30", seo="20")] == [
        ("30% kept for launch", 168 * 42 - 36 * 60),
        ("hours kept for acme", (144 - 36) * 60),
        ("sales at most 50%", 54 * 60),
    ]


def test_what_a_group_has_had_comes_off_its_share() -> None:
    """The whole is 112 + 58 + 6 = 176 h; sales has had 58 of its 88 h, so that 30 h are left."""
    (*_, sales) = half_way(calls="58")
    assert (sales.limit, sales.worked) == (30 * 60, (58 * 60, 64 * 60))


def test_more_hours_add_their_part_to_a_share_of_which_some_is_worked() -> None:
    context = on("2026-12-01", plan({"sprint": SPRINT}, team=PRIYA, tactics={"ad": {}}))
    problem = formulate(context, due_sprint(context, "2026-12").period).problem
    before = sum(problem.workers[0].minutes)
    half = Share("half", ("ad",), before // 2 + 300 - 600, (600, 600))
    more = add(replace(problem, shares=(half,)), "skill", "copy", 480)
    assert more is not None
    assert more.shares[0].limit == half.limit + 240
