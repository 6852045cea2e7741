from __future__ import annotations

from datetime import date

import pytest

from revplan.analysis.staffing import SinglePoint, able, holders, lacks, single_points, working
from tests.support.plans import member, on, plan, tactic

WRITING = tactic("seo", tasks={"write": {"skill": "writing", "hours": "8", "level": "2"}}).tasks["write"]
ANY_WRITING = tactic("seo", tasks={"write": {"skill": "writing", "hours": "8", "level": "1"}}).tasks["write"]


def test_what_a_member_lacks_of_a_skill_is_told_by_its_level() -> None:
    assert lacks(member("ann", skills={"writing": "2"}), WRITING) is None
    assert lacks(member("ann", skills={"writing": "1"}), WRITING) == "writing at level 1"
    assert lacks(member("ann", skills={"design": "4"}), ANY_WRITING) == "no writing"


def test_who_is_able_has_the_skill_at_the_level_or_above() -> None:
    levels = {"dan": "4", "cas": "2", "bob": "1"}
    what = plan(team={name: {"skills": {"writing": level}} for name, level in levels.items()} | {"ann": {"skills": {}}})
    assert able(what, WRITING) == ("cas", "dan")
    assert able(what, ANY_WRITING) == ("bob", "cas", "dan")


@pytest.mark.parametrize(
    ("hours", "works"),
    [
        ({"hours_per_week": "8"}, True),
        ({"hours_per_week": "0"}, False),
        ({"week": {"mon": "4"}}, True),
        ({"week": {"mon": "0"}}, False),
        ({"kind": "agency", "hours_per_month": "10"}, True),
        ({"kind": "agency", "hours_per_month": "0"}, False),
    ],
)
def test_who_has_no_hours_does_not_work(hours: dict[str, object], works: bool) -> None:
    assert bool(working(plan(team={"ann": hours}), date(2026, 12, 1))) == works


def test_a_contracts_last_day_is_worked() -> None:
    what = plan(team={"ann": {"until": "2026-12-01"}})
    assert working(what, date(2026, 12, 1))
    assert not working(what, date(2026, 12, 2))


def test_a_skill_is_held_by_those_who_work_alone_at_it() -> None:
    team = {"ann": {"skills": {"writing": "2", "design": "1"}}, "bob": {"skills": {"writing": "3"}}}
    assert holders(plan(team=team), date(2026, 12, 1)) == {"writing": ("ann", "bob")}


def test_skills_that_rest_on_one_person_are_told_by_name_of_a_team_of_two_or_more() -> None:
    ann = {"skills": {"writing": "2", "design": "2", "sales": "2", "video": "2"}}
    bob = {"skills": {"sales": "2", "video": "1"}}
    wanted = [("a", "writing"), ("b", "sales"), ("c", "design"), ("d", "writing"), ("e", "unknown"), ("f", "video")]
    tactics = {name: {"tasks": {"do": {"skill": skill, "hours": "1"}}} for name, skill in wanted}
    context = on("2026-12-01", plan(team={"ann": ann, "bob": bob}, tactics=tactics))
    assert single_points(context) == (
        SinglePoint("design", "ann", 1),
        SinglePoint("video", "ann", 1),
        SinglePoint("writing", "ann", 2),
    )
    assert single_points(on("2026-12-01", plan(team={"ann": ann}, tactics=tactics))) == ()
