from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.sprint_due import due_sprint
from revplan.model.plan import Plan
from revplan.model.waits import Wait
from revplan.planning.backlog import Formulation, formulate
from revplan.planning.digest import digest
from revplan.planning.explain.claims import LeftOut, Reason, Short
from tests.support.filling import planned
from tests.support.plans import on, plan

if TYPE_CHECKING:
    import random

PRIYA = {"priya": {"skills": {"writing": "3"}}}
Body = dict[str, Any]


def formulated(what: Plan, day: str = "2026-11-28", sprint_id: str | None = "2026-12") -> Formulation:
    context = on(day, what)
    return formulate(context, due_sprint(context, sprint_id).period)


def writing(hours: str, **more: Any) -> Body:
    return {"tasks": {"write": {"skill": "writing", "hours": hours, **more}}}


def sprint(month: str, status: str, **more: Any) -> Body:
    return {"start": f"{month}-01", "end": f"{month}-{31 if month == '2026-12' else 30}", "status": status, **more}


# --- parked before anything is solved ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seo", "reason"),
    [
        ({"tasks": {"film": {"skill": "video", "hours": "6"}}}, Reason("no-skill", (Short("hours", "video", 360),))),
        (
            {"tasks": {"film": {"skill": "video", "hours": "6", "level": "1"}}},
            Reason("no-skill", (Short("hours", "video", 360),)),
        ),
        (writing("6", level="4"), Reason("no-skill", (Short("hours", "writing", 360),))),
        (writing("6", owner="dana"), Reason("no-skill", (Short("hours", "writing", 360),))),
        ({"deadline": "2026-11-30"}, Reason("no-time")),
        (
            {"tasks": {name: {"skill": "writing", "hours": "1", "after": [other]} for name, other in ("ab", "ba")}},
            Reason("no-time"),
        ),
        ({"requires": ["gone"]}, Reason("requires", blockers=("gone",))),
        ({"requires": ["film"]}, Reason("requires", blockers=("film",))),
        ({"excludes": ["old"]}, Reason("excludes", blockers=("old",))),
        ({"cost": "1500"}, Reason("budget", (Short("cash", "sprint", 50000),))),
        ({"cost": "900", "budget": "ads"}, Reason("budget", (Short("cash", "ads", 10000),))),
        (writing("200", owner="priya"), Reason("capacity", (Short("hours", "priya", 960),))),
        (writing("8", owner="nobody"), Reason("capacity", (Short("hours", "nobody", 480),))),
    ],
)
def test_arithmetic_parks(seo: Body, reason: Reason) -> None:
    what = plan(
        {"sprint": {"focus_factor": "1", "reserve": "0", "budget": "1000"}},
        team=PRIYA | {"dana": {"skills": {}}},
        tactics={
            "seo": seo,
            "film": {"tasks": {"film": {"skill": "video", "hours": "6"}}},
            "old": {"status": "done"},
        },
        budget={"ads": {"category": "programs", "function": "marketing", "monthly": "800"}},
    )
    assert formulated(what).parked["seo"] == reason


def test_what_parks_a_tactic_is_told_by_name() -> None:
    lost = {name: {"tasks": {"do": {"skill": name, "hours": "1"}}} for name in ("video", "audio", "radio")}
    both = {"tasks": {"a": {"skill": "video", "hours": "1"}, "b": {"skill": "audio", "hours": "1"}}}
    what = plan(team=PRIYA, tactics={**lost, "both": both, "seo": {"requires": list(lost)}})
    parked = formulated(what).parked
    assert parked["both"].short == (Short("hours", "audio", 60), Short("hours", "video", 60))
    assert parked["seo"].blockers == ("audio", "radio", "video")
    unknown = formulated(plan(team=PRIYA, tactics={"seo": {"requires": ["no", "gone", "away"]}})).parked
    assert unknown["seo"].blockers == ("away", "gone", "no")


def test_a_month_that_a_line_says_nothing_of_has_no_money() -> None:
    line = {"category": "programs", "function": "marketing", "monthly": {"2026-11": "500"}}
    what = plan(team=PRIYA, tactics={"seo": {"cost": "1", "budget": "ads"}}, budget={"ads": line})
    assert formulated(what).parked == {"seo": Reason("budget", (Short("cash", "ads", 100),))}


def test_the_last_day_of_the_sprint_is_time_enough() -> None:
    assert formulated(plan(team=PRIYA, tactics={"seo": {"not_before": "2026-12-31"}})).parked == {}


def dated(**dates: str) -> Body:
    return {
        "tasks": {
            "send": {"skill": "writing", "hours": "1"},
            "read": {"skill": "writing", "hours": "2", "after": ["send"], **dates},
        }
    }


def test_a_task_has_dates_of_its_own() -> None:
    seo = {**dated(not_before="2026-12-10", deadline="2026-12-15"), "deadline": "2026-12-18"}
    found = formulated(plan(team=PRIYA, tactics={"seo": seo}))
    read, send = found.problem.candidate("seo").jobs
    assert (send.release, send.deadline) == (0, None)
    assert (read.release, read.deadline) == (9, 14)


def waiting(after: Any, **more: Any) -> Body:
    tasks = {name: {"skill": "writing", "hours": "1"} for name in ("print", "write")}
    return {"tasks": {**tasks, "send": {"skill": "writing", "hours": "1", "after": after, **more}}}


@pytest.mark.parametrize(
    ("tactic", "waits"),
    [
        (waiting({"print": "3d", "write": None}), (("print", Wait(3)),)),
        (waiting(["print", "write"], wait="2w"), (("print", Wait(2, True)), ("write", Wait(2, True)))),
        (waiting({"print": "3d", "write": None}, wait="1 d"), (("print", Wait(3)), ("write", Wait(1)))),
        (waiting("print", wait="2d"), (("print", Wait(2)),)),
        ({**waiting([], wait="2d"), "requires": ["brief"]}, (("", Wait(2)),)),
        (waiting([], wait="2d"), ()),
    ],
)
def test_tasks_wait_after_what_they_follow(tactic: Body, waits: tuple[tuple[str, Wait], ...]) -> None:
    found = formulated(plan(team=PRIYA, tactics={"brief": {}, "seo": tactic}))
    assert next(job.waits for job in found.problem.candidate("seo").jobs if job.id == "send") == waits
    workdays = [day.day for day in found.problem.days if day.weekday() < 5]
    assert [number + 1 for number in found.problem.workdays] == (workdays if "2w" in str(tactic) else [])


@pytest.mark.parametrize(("wait", "first"), [("3d", "2026-12-06"), ("3w", "2026-12-08")])
def test_a_wait_goes_on_after_a_task_that_is_done(wait: str, first: str) -> None:
    row = {"owner": "priya", "hours": "1", "status": "done", "done": "2026-12-03", "due": "2026-12-02"}
    december = sprint("2026-12", "active", tactics={"seo": {"tasks": {"print": row}}})
    what = plan(team=PRIYA, tactics={"seo": waiting({"print": wait})}, sprints={"2026-12": december})
    found = formulated(what, "2026-12-04", "2026-12")
    send = next(job for job in found.problem.candidate("seo").jobs if job.id == "send")
    assert (send.waits, found.problem.days[send.release].isoformat()) == ((), first)


def test_a_wait_counts_from_the_tactic_that_another_sprint_has() -> None:
    row = {"owner": "priya", "hours": "4", "due": "2026-12-01"}
    november = sprint("2026-11", "active", tactics={"brief": {"tasks": {"write": row}}})
    what = plan(
        team=PRIYA,
        tactics={"brief": {}, "seo": {**waiting([], wait="4d"), "requires": ["brief"]}},
        sprints={"2026-11": november | {"end": "2026-12-02"}},
    )
    found = formulated(what, "2026-11-30", "2026-12")
    send = next(job for job in found.problem.candidate("seo").jobs if job.id == "send")
    assert found.problem.days[send.release].isoformat() == "2026-12-05"


def test_a_tactic_waits_where_a_task_of_it_may_not_start_in_the_sprint() -> None:
    found = formulated(plan(team=PRIYA, tactics={"seo": dated(not_before="2027-01-04")}))
    assert found.left_out == (LeftOut("seo", "not-before"),)


def test_a_task_without_a_day_between_its_dates_has_no_time() -> None:
    found = formulated(plan(team=PRIYA, tactics={"seo": dated(deadline="2026-11-30")}))
    assert found.parked == {"seo": Reason("no-time")}


def test_a_task_that_has_begun_goes_on_before_its_first_day() -> None:
    row = {"owner": "priya", "hours": "2", "status": "started", "spent": "1", "start": "2026-12-01"}
    december = sprint("2026-12", "active", tactics={"seo": {"tasks": {"read": row}}})
    what = plan(team=PRIYA, tactics={"seo": dated(not_before="2026-12-20")}, sprints={"2026-12": december})
    found = formulated(what, "2026-12-07", "2026-12")
    assert [(job.id, job.release) for job in found.problem.candidate("seo").jobs] == [("read", 0), ("send", 0)]


def test_cash_may_be_spent_to_the_cent() -> None:
    what = plan(
        {"sprint": {"budget": "1000"}},
        team=PRIYA,
        tactics={"seo": {"cost": "800", "budget": "ads"}, "fair": {"cost": "1000"}},
        budget={"ads": {"category": "programs", "function": "marketing", "monthly": "800"}},
    )
    assert formulated(what).parked == {}


def test_an_alternative_that_is_unknown_excludes_nothing() -> None:
    assert formulated(plan(team=PRIYA, tactics={"seo": {"excludes": ["gone"]}})).parked == {}


def test_hours_of_a_named_owner_count_until_the_deadline() -> None:
    # Tuesday and Wednesday are sixteen hours.
    for hours, short in (("16", {}), ("17", {"seo": Reason("capacity", (Short("hours", "priya", 60),))})):
        what = plan(team=PRIYA, tactics={"seo": {"deadline": "2026-12-02", **writing(hours, owner="priya")}})
        assert formulated(what).parked == short


def test_parked_tactics_are_told_by_name() -> None:
    tactics = {"late": {"requires": ["plan"]}, "plan": {"requires": ["idea"]}, "idea": writing("6", level="4"), "a": {}}
    what = plan(team=PRIYA, tactics={"zoo": writing("6", level="4"), **tactics})
    assert list(formulated(what).parked) == ["idea", "late", "plan", "zoo"]


def test_what_it_requires_ends_too_late_elsewhere() -> None:
    row = {"tasks": {"write": {"hours": "8", "due": "2026-12-10"}}}
    november = sprint("2026-11", "active", tactics={"brief": row})
    tactics = {"brief": {}, "seo": {"requires": ["brief"]}, "ads": {"requires": ["brief"], "deadline": "2026-12-09"}}
    what = plan(team=PRIYA, tactics=tactics, sprints={"2026-11": november})
    found = formulated(what, sprint_id="2026-12")
    assert found.problem.candidate("seo").release == 9
    assert found.parked == {"ads": Reason("no-time", blockers=("brief",))}
    january = sprint("2027-01", "planned", tactics={"brief": {"tasks": {"write": {"hours": "8"}}}})
    found = formulated(plan(team=PRIYA, tactics=tactics, sprints={"2027-01": january}), sprint_id="2026-12")
    assert found.parked["seo"] == Reason("requires", blockers=("brief",))


def test_an_alternative_under_way_in_another_sprint_excludes() -> None:
    november = sprint("2026-11", "active", tactics={"ads": {}})
    what = plan(team=PRIYA, tactics={"ads": {"excludes": ["seo"]}, "seo": {}}, sprints={"2026-11": november})
    assert formulated(what, sprint_id="2026-12").parked == {"seo": Reason("excludes", blockers=("ads",))}


# --- left out ----------------------------------------------------------------------------------------------------


def test_left_out_and_why() -> None:
    november = sprint("2026-11", "active", tactics={"webinar": {}})
    october = sprint("2026-10", "closed", tactics={"brief": {"tasks": {"write": {"hours": "8", "status": "done"}}}})
    december = sprint("2026-12", "planned", tactics={"podcast": {"dropped": "2026-11-20"}})
    what = plan(
        team=PRIYA,
        tactics={
            "brief": {},
            "fair": {"not_before": "2027-01-01"},
            "film": {"status": "dropped"},
            "logo": {"status": "idea"},
            "newsletter": {"recurring": "weekly", **writing("1", owner="priya")},
            "old": {"status": "done"},
            "podcast": {},
            "rebrand": {"requires": ["logo", "brief"]},
            "relaunch": {"requires": ["rebrand"]},
            "seo": {"requires": ["brief", "old"]},
            "webinar": {},
        },
        sprints={"2026-10": october, "2026-11": november, "2026-12": december},
    )
    found = formulated(what, sprint_id="2026-12")
    assert found.left_out == (
        LeftOut("brief", "done", ("2026-10",)),
        LeftOut("fair", "not-before"),
        LeftOut("film", "dropped"),
        LeftOut("logo", "idea"),
        LeftOut("newsletter", "recurring"),
        LeftOut("old", "done"),
        LeftOut("podcast", "dropped"),
        LeftOut("rebrand", "blocked-by", ("logo",)),
        LeftOut("relaunch", "blocked-by", ("rebrand",)),
        LeftOut("webinar", "in-sprint", ("2026-11",)),
    )
    assert [candidate.id for candidate in found.problem.candidates] == ["seo"]
    assert found.problem.candidate("seo").requires == ()


def test_what_blocks_a_tactic_is_told_by_name() -> None:
    ideas = [f"idea{number}" for number in range(9)]
    tactics = {"big": {"requires": ideas[::-1]}, **{name: {"status": "idea"} for name in ideas}}
    found = formulated(plan(team=PRIYA, tactics=tactics))
    assert found.left_out[0] == LeftOut("big", "blocked-by", tuple(ideas))


def test_alternatives_exclude_each_other_both_ways_by_name() -> None:
    others = [f"t{number}" for number in range(9)]
    found = formulated(plan(team=PRIYA, tactics={"big": {"excludes": others[::-1]}, **{name: {} for name in others}}))
    assert found.problem.candidate("big").excludes == tuple(others)
    assert {found.problem.candidate(name).excludes for name in others} == {("big",)}


# --- the problem -------------------------------------------------------------------------------------------------


def test_workers_have_what_standing_loads_leave() -> None:
    tactics = {"newsletter": {"recurring": "monthly", **writing("4", owner="priya")}}
    team = PRIYA | {
        "brightwater": {"kind": "agency", "hours_per_month": "46", "rate": "90"},
        "elena": {"kind": "contractor", "rate": "72.505"},
    }
    workers = {worker.id: worker for worker in formulated(plan(team=team, tactics=tactics)).problem.workers}
    assert workers["priya"].minutes[:5] == (240, 480, 480, 480, 0)
    assert [workers[name].rate for name in ("brightwater", "elena", "priya")] == [0, 7251, 0]


def test_members_what_is_required_and_what_tasks_follow_stand_by_name() -> None:
    names = [f"n{number}" for number in range(9)]
    first = {name: {"skill": "writing", "hours": "1"} for name in names}
    last = {"last": {"skill": "writing", "hours": "1", "after": names[::-1]}}
    what = plan(
        team={name: {"skills": {"writing": "2"}} for name in reversed(names)},
        tactics={"big": {"requires": names[::-1], "tasks": {**first, **last}}, **{name: {} for name in names}},
    )
    problem = formulated(what).problem
    assert [worker.id for worker in problem.workers] == names
    assert problem.candidate("big").requires == tuple(names)
    assert {job.id: job.after for job in problem.candidate("big").jobs}["last"] == tuple(names)


def test_shares_are_of_what_is_plannable_less_standing_loads() -> None:
    """23 days of 8 hours less 4 make 180 hours."""
    shares = [{"function": "sales", "most": "50%"}, {"tag": "launch", "least": "0.3", "most": "0.9"}]
    what = plan(
        {"sprint": {"focus_factor": "1", "reserve": "0", "shares": shares}},
        team=PRIYA,
        tactics={
            "calls": {"function": "sales"},
            "newsletter": {"recurring": "monthly", **writing("4", owner="priya")},
            "seo": {"tags": ["launch"], "client": "acme"},
        },
        clients={"acme": {"name": "Acme", "hours_per_month": "23", "from": "2026-12-16"}},
    )
    found = [(share.of, share.candidates, share.limit) for share in formulated(what).problem.shares]
    assert found == [
        ("30% kept for launch", ("calls",), 126 * 60),
        ("hours kept for acme", ("calls",), (180 - 12) * 60),
        ("launch at most 90%", ("seo",), 162 * 60),
        ("sales at most 50%", ("calls",), 90 * 60),
    ]


def test_a_share_may_be_of_an_objective_or_a_client() -> None:
    shares = [{"objective": "grow", "most": "10%"}, {"client": "acme", "most": "20%"}]
    what = plan(
        {"sprint": {"shares": shares}},
        team=PRIYA,
        tactics={"ads": {"objective": "grow"}, "seo": {"client": "acme"}},
        clients={"acme": {"name": "Acme"}},
    )
    found = formulated(what).problem.shares
    assert [(share.of, share.candidates) for share in found] == [
        ("acme at most 20%", ("seo",)),
        ("grow at most 10%", ("ads",)),
    ]


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ({"monthly": "1000"}, 1000 - 300),
        ({"monthly": {"2026-12": "500"}}, 500 - 300),
        ({"monthly": {"2026-11": "500"}}, 0),
        ({"monthly": "1000", "actual": {"2026-12": "150"}}, 1000 - 150),
        ({"annual": "5000"}, 5000 - 300),
        ({"annual": "5000", "actual": {"2026-11": "700", "2025-12": "900"}}, 5000 - 700 - 300),
        ({"annual": "5000", "year": "2027"}, 0),
    ],
)
def test_what_is_left_on_a_budget_line(line: Body, left: int) -> None:
    """A tactic of 300 is in another sprint of December, so in the same month and year."""
    what = plan(
        {"sprint": {"length": "10", "starts": "2026-12-01"}},
        team=PRIYA,
        tactics={"fair": {"cost": "300", "budget": "ads"}, "seo": {"cost": "1", "budget": "ads"}},
        budget={"ads": {"category": "programs", "function": "marketing", **line}},
        sprints={"2026-12-11": {"start": "2026-12-11", "end": "2026-12-20", "tactics": {"fair": {}}}},
    )
    found = formulated(what, sprint_id="2026-12-01")
    reason = found.parked.get("seo")
    assert dict(found.problem.lines).get("ads", 0) == left * 100
    assert reason == (None if left else Reason("budget", (Short("cash", "ads", 100),)))


def test_a_line_bears_what_open_sprints_and_this_one_have_taken_from_it_and_nothing_else() -> None:
    elsewhere = {"fair": {}, "off": {"dropped": "2026-12-11"}, "other": {}, "unknown": {}}
    finished = {"tasks": {"write": {"hours": "8", "status": "done"}}}
    what = plan(
        {"sprint": {"length": "10", "starts": "2026-12-01", "budget": "1000"}},
        team=PRIYA,
        tactics={
            "ads": {"cost": "50", "budget": "ads"},
            "fair": {"cost": "300", "budget": "ads"},
            "off": {"cost": "200", "budget": "ads"},
            "other": {"cost": "100", "budget": "print"},
            "over": {"cost": "20", "budget": "ads"},
            "past": {"cost": "25", "budget": "ads"},
            "seo": {"cost": "1", "budget": "print"},
            "zoo": {"cost": "1", "budget": "ads"},
        },
        budget={name: {"category": "programs", "function": "marketing", "annual": "1000"} for name in ("ads", "print")},
        sprints={
            "2026-11-21": {"start": "2026-11-21", "end": "2026-11-30", "status": "closed"}
            | {"tactics": {"past": {}, "over": finished}},
            "2026-12-01": {"start": "2026-12-01", "end": "2026-12-10", "tactics": {"ads": finished}},
            "2026-12-11": {"start": "2026-12-11", "end": "2026-12-20", "tactics": elsewhere},
        },
    )
    found = formulated(what, sprint_id="2026-12-01").problem
    assert found.lines == (("ads", (1000 - 300 - 50) * 100), ("print", (1000 - 100) * 100))
    assert found.budget == (1000 - 50) * 100


def test_a_fiscal_year_bounds_an_annual_line() -> None:
    line = {"annual": "5000", "actual": {"2026-06": "900", "2026-07": "50"}}
    what = plan(
        {"fiscal_year_start": "7"},
        team=PRIYA,
        tactics={"seo": {"cost": "1", "budget": "ads"}},
        budget={"ads": {"category": "programs", "function": "marketing", **line}},
    )
    assert formulated(what).problem.lines == (("ads", 495000),)


# --- the month under way -----------------------------------------------------------------------------------------


def under_way(status: str = "active", task: Body | None = None, **tactic: Any) -> Plan:
    """Return December with a tactic of 10 hours written for priya and due on the 4th."""
    row = {"owner": "priya", "hours": "10", "start": "2026-12-01", "due": "2026-12-04", **(task or {})}
    december = sprint("2026-12", status, tactics={"seo": {"tasks": {"write": row}}})
    team = PRIYA | {"marcus": {"skills": {"writing": "2"}}}
    return plan(team=team, tactics={"seo": {**writing("10"), **tactic}, "ads": {}}, sprints={"2026-12": december})


def test_written_owners_are_told_but_do_not_bind() -> None:
    seo = formulated(under_way("planned")).problem.candidate("seo")
    assert (seo.jobs[0].owner, seo.jobs[0].written, seo.kept) == (None, (("priya", 600),), False)
    unassigned = formulated(under_way("planned", task={"owner": None})).problem.candidate("seo")
    assert unassigned.jobs[0].written == ()


def test_what_has_begun_is_kept_with_its_owner_and_what_is_left() -> None:
    what = under_way(task={"status": "started", "spent": "4"})
    found = formulated(what, "2026-12-14")
    seo = found.problem.candidate("seo")
    assert seo.kept
    assert (seo.jobs[0].owner, seo.jobs[0].minutes, seo.jobs[0].written) == ("priya", 360, (("priya", 360),))
    assert seo.release == 13
    assert found.problem.worker("priya").minutes[:14] == (0,) * 13 + (480,)


def test_what_has_begun_stays_in_after_its_deadline_and_without_cash() -> None:
    begun = {"status": "started", "spent": "4"}
    what = under_way(task=begun, deadline="2026-12-04", cost="99")
    what = replace(what, settings=plan({"sprint": {"budget": "10"}}).settings)
    found = formulated(what, "2026-12-14")
    assert found.problem.candidate("seo").deadline == 30
    assert found.problem.budget == 9900
    assert found.parked == {}


def test_what_is_shared_keeps_its_proportions() -> None:
    shared = {"owners": {"marcus": "4", "priya": "6"}, "owner": None, "status": "started", "left": "5"}
    job = formulated(under_way(task=shared), "2026-12-14").problem.candidate("seo").jobs[0]
    assert (job.owner, job.written) == (None, (("marcus", 120), ("priya", 180)))


def test_whose_part_rounds_to_nothing_has_none() -> None:
    shared = {"owners": {"marcus": "0.1", "priya": "9.9"}, "owner": None, "status": "started", "left": "0.5"}
    job = formulated(under_way(task=shared), "2026-12-14").problem.candidate("seo").jobs[0]
    assert job.written == (("priya", 30),)


def test_an_owner_who_cannot_go_on_is_not_held_to_it() -> None:
    what = under_way(task={"status": "started", "left": "100"})
    assert formulated(what, "2026-12-28").problem.candidate("seo").jobs[0].owner is None


@pytest.mark.parametrize(
    ("day", "left", "owner"),
    [
        ("2026-12-28", "32", "priya"),
        ("2026-12-28", "33", None),
        ("2026-12-01", "184", "priya"),
        ("2026-12-01", "185", None),
    ],
)
def test_an_owner_goes_on_where_the_hours_from_today_to_the_last_day_are_enough(
    day: str, left: str, owner: str | None
) -> None:
    # December has 23 workdays of eight hours; from Monday the 28th on they are four.
    what = under_way(task={"status": "started", "left": left})
    assert formulated(what, day).problem.candidate("seo").jobs[0].owner == owner


def test_alternatives_that_have_both_begun_both_stay() -> None:
    row = {"tasks": {"write": {"hours": "8", "owner": "priya", "status": "started"}}}
    december = sprint("2026-12", "active", tactics={"seo": row, "ads": row})
    tactics = {"seo": {"excludes": ["ads", "fair"]}, "ads": {}, "fair": {}}
    what = plan(team=PRIYA, tactics=tactics, sprints={"2026-12": december})
    problem = formulated(what, "2026-12-02").problem
    assert {one.id: one.excludes for one in problem.candidates} == {"ads": (), "fair": ("seo",), "seo": ("fair",)}


def test_an_owner_who_has_left_is_not_held_to_it() -> None:
    what = under_way(task={"owner": "quinn", "status": "started", "left": "2"})
    job = formulated(what, "2026-12-14").problem.candidate("seo").jobs[0]
    assert (job.owner, job.written) == (None, (("quinn", 120),))


def test_finished_work_is_fixed() -> None:
    found = formulated(under_way(task={"status": "done"}), "2026-12-14")
    assert found.left_out == (LeftOut("seo", "done", ("2026-12",)),)


def test_carried_work_comes_back_without_its_cost() -> None:
    row = {"tasks": {"write": {"hours": "8", "owner": "priya", "status": "started", "spent": "3"}}}
    what = plan(
        team=PRIYA,
        tactics={"seo": {"cost": "500"}},
        sprints={"2026-11": sprint("2026-11", "closed", tactics={"seo": row})},
    )
    found = formulated(what)
    seo = found.problem.candidate("seo")
    assert (seo.minutes, seo.cost, seo.kept, seo.jobs[0].written) == (300, 0, False, ())
    assert found.situation.progress["seo"].carried


# --- the digest --------------------------------------------------------------------------------------------------


def test_a_planned_sprint_has_one_digest_whatever_the_day() -> None:
    what = under_way("planned")
    days = ("2026-11-28", "2026-12-02", "2026-12-14")
    assert len({formulated(what, day, "2026-12").digest for day in days}) == 1
    assert len({formulated(what, day, "2026-12").problem for day in days}) == 3
    active = under_way("active")
    assert len({formulated(active, day, "2026-12").digest for day in days}) == 3


def test_writing_owners_does_not_change_the_digest() -> None:
    written, other = under_way("planned"), under_way("planned", task={"owner": "marcus"})
    assert formulated(written).digest == formulated(other).digest
    longer = under_way("planned", **writing("11"))
    assert formulated(written).digest != formulated(longer).digest


@pytest.mark.parametrize(
    "settings",
    [
        {"sprint": {"length": "30", "starts": "2026-12-02"}},
        {"sprint": {"reserve": "0.1"}},
        {"sprint": {"budget": "100"}},
        {"sprint": {"shares": [{"function": "marketing", "most": "50%"}]}},
    ],
)
def test_what_a_plan_is_computed_from_changes_the_digest(settings: Body) -> None:
    what = plan(team=PRIYA, tactics={"seo": {}})
    other = replace(what, settings=plan(settings).settings)
    assert formulated(what).digest != formulated(other, sprint_id=None).digest


def test_the_same_days_of_another_month_have_another_digest() -> None:
    problem = formulated(plan(team=PRIYA, tactics={"seo": {}})).problem
    later = replace(problem, days=tuple(day.replace(year=day.year + 1) for day in problem.days))
    assert digest(problem, {}, {}) != digest(later, {}, {})


def test_only_what_a_problem_holds_has_a_digest() -> None:
    problem = formulated(plan(team=PRIYA)).problem
    with pytest.raises(TypeError, match="Decimal has no place in a sprint problem"):
        digest(replace(problem, budget=cast("int", Decimal(1))), {}, {})


# --- laws --------------------------------------------------------------------------------------------------------

NAMES = ("ads", "brief", "calls", "demo", "email", "fair")


@st.composite
def backlogs(draw: st.DrawFn) -> Body:
    """Anything a backlog may hold, and a sprint that has some of it done, begun or written."""
    names = st.sampled_from(NAMES)
    tasks = st.fixed_dictionaries(
        {"skill": st.sampled_from(["writing", "design", "video"]), "hours": st.integers(1, 120).map(str)},
        optional={"owner": st.sampled_from(["priya", "elena"]), "split": st.just("true")},
    )
    tactic = st.fixed_dictionaries(
        {"impact": st.integers(1, 10).map(str), "tasks": st.dictionaries(st.sampled_from("ab"), tasks, min_size=1)},
        optional={
            "status": st.sampled_from(["idea", "ready", "dropped", "done"]),
            "requires": st.lists(names, max_size=2),
            "excludes": st.lists(names, max_size=1),
            "cost": st.integers(0, 900).map(str),
            "budget": st.just("ads"),
            "deadline": st.integers(1, 31).map(lambda day: f"2026-12-{day:02}"),
            "recurring": st.sampled_from(["weekly", "monthly"]),
            "tags": st.just(["launch"]),
        },
    )
    row = st.fixed_dictionaries(
        {"hours": st.integers(1, 90).map(str), "owner": st.just("priya")},
        optional={"status": st.sampled_from(["planned", "started", "done"]), "spent": st.integers(0, 90).map(str)},
    )
    rows = st.dictionaries(names, st.fixed_dictionaries({"tasks": st.dictionaries(st.sampled_from("ab"), row)}))
    december = sprint("2026-12", draw(st.sampled_from(["planned", "active"])), tactics=draw(rows))
    november = sprint("2026-11", draw(st.sampled_from(["active", "closed"])), tactics=draw(rows))
    return {
        "tactics": draw(st.fixed_dictionaries(dict.fromkeys(NAMES, tactic))),
        "sprints": {"2026-11": november, "2026-12": december},
    }


def team_plan(backlog: Body) -> Plan:
    shares = [{"tag": "launch", "least": "20%", "most": "60%"}]
    return plan(
        {"sprint": {"budget": "1000", "shares": shares}},
        team={
            "elena": {"kind": "contractor", "rate": "80", "skills": {"design": "3"}, "hours_per_week": "20"},
            "priya": {"skills": {"writing": "3", "design": "2"}},
        },
        budget={"ads": {"category": "programs", "function": "marketing", "monthly": "800"}},
        **backlog,
    )


@given(backlogs(), st.sampled_from(["2026-11-28", "2026-12-15"]))
def test_every_tactic_ends_in_exactly_one_place(backlog: Body, day: str) -> None:
    found = planned(team_plan(backlog), day, "2026-12")
    ends = [entry.tactic for group in (found.placed, found.parked, found.left_out) for entry in group]
    assert sorted(ends) == sorted(NAMES)


@given(backlogs(), st.sampled_from(["2026-11-28", "2026-12-15"]))
def test_the_problem_keeps_its_contract(backlog: Body, day: str) -> None:
    problem = formulated(team_plan(backlog), day, "2026-12").problem
    workers = {worker.id: worker for worker in problem.workers}
    names = [candidate.id for candidate in problem.candidates]
    assert names == sorted(names)
    assert len({candidate.rank for candidate in problem.candidates}) == len(names)
    for candidate in problem.candidates:
        assert candidate.jobs
        assert all(job.minutes >= 1 for job in candidate.jobs)
        assert all(job.owner is None or workers[job.owner].has(job.skill, job.level) for job in candidate.jobs)
        assert {*candidate.requires, *candidate.excludes} <= set(names)
        assert all(candidate.id in problem.candidate(other).excludes for other in candidate.excludes)
        assert 0 <= candidate.release <= candidate.deadline < len(problem.days)
    assert all(min(worker.minutes) >= 0 for worker in problem.workers)


@given(backlogs(), st.randoms(use_true_random=False))
def test_the_digest_does_not_depend_on_the_order_of_keys(backlog: Body, chance: random.Random) -> None:
    what = team_plan(backlog)

    def shuffled(entries: dict[str, Any]) -> dict[str, Any]:
        return dict(chance.sample(sorted(entries.items()), len(entries)))

    other = Plan(
        settings=what.settings,
        team=shuffled(dict(what.team)),
        tactics=shuffled(dict(what.tactics)),
        sprints=shuffled(dict(what.sprints)),
        budget=what.budget,
    )
    first, second = (formulated(one, sprint_id="2026-12") for one in (what, other))
    assert first.digest == second.digest
    assert first.problem == second.problem
    assert (first.parked, first.left_out) == (second.parked, second.left_out)
