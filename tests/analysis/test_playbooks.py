"""Which playbooks fit: where the plan is short, what the team can do, and what the stack has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.playbooks import (
    CREATION,
    PlaybookRecord,
    fit,
    missing_tasks,
    rank_by_fit,
    records,
    shortages,
    stage_of,
)
from revplan.analysis.results import Tally, done_tactics
from revplan.model.context import Context
from revplan.model.goals import Goal
from revplan.model.metrics import Metric
from revplan.model.plan import Plan
from revplan.model.playbooks import Playbook
from revplan.model.stack import Stack
from revplan.store.catalogue import catalogue
from tests.support.plans import member, plan, tactic

if TYPE_CHECKING:
    from collections.abc import Mapping

TODAY = date(2026, 11, 28)
PLAYBOOKS = catalogue()
SKILLS = sorted({skill for playbook in PLAYBOOKS.values() for skill in playbook.skills})
CATEGORIES = ("marketing-automation", "crm", "cms")


def playbook(name: str, stage: str = "lead", **body: Any) -> Playbook:
    tasks = {"tasks": {"write": {"skill": "writing", "hours": "6"}, "build": {"skill": "web", "hours": "2"}}}
    return Playbook.model_validate(
        {"id": name, "title": name, "function": "marketing", "stage": stage, **tasks, **body}
    )


def metric(name: str, target: str, reading: str, direction: str = "up") -> Metric:
    body = {"name": name, "unit": "leads", "direction": direction, "owner": "ana", "cadence": "weekly"}
    return Metric.model_validate({**body, "id": name, "target": target, "readings": {"2026-11-27": reading}})


def context(skills: Mapping[str, int], categories: tuple[str, ...] = (), *metrics: Metric) -> Context:
    tools = {each: {"name": each, "category": each, "status": "deployed", "owner": "ana"} for each in categories}
    return Context(
        Plan(
            settings=plan().settings,
            team={"ana": member("ana", skills={skill: str(level) for skill, level in skills.items()})},
            stack=Stack.model_validate({"tools": tools}),
            metrics={each.id: each for each in metrics},
        ),
        TODAY,
    )


def with_goals(budget: str | None, *goals: Mapping[str, Any]) -> Context:
    lines = {"ads": {"category": "programs", "function": "marketing", "annual": budget}} if budget is not None else {}
    made = [Goal.model_validate({**GOAL, "id": str(2027 + number), **each}) for number, each in enumerate(goals)]
    return Context(replace(plan(budget=lines), goals={each.id: each for each in made}), TODAY)


GOAL = {
    "measure": "recurring",
    "start_revenue": "1M",
    "target_revenue": "1.24M",
    "acv": "12k",
    "close_rate": "25%",
    "cost_per_opportunity": "1000",
}
"""240k are 20 customers of 12k, 80 opportunities of which one in four is won, 80k of programs."""


def test_a_budget_that_pays_for_three_quarters_leaves_every_stage_of_creation_a_quarter_short() -> None:
    found = shortages(with_goals("60k", {}))
    assert {stage: short.part for stage, short in found.items()} == dict.fromkeys(CREATION, Fraction(1, 4))
    assert {short.why for short in found.values()} == {"the budget of 2027 pays for 75% of the opportunities it needs"}
    assert shortages(with_goals("80k", {})) == {}


def test_the_first_goal_that_is_ahead_is_the_one_that_counts() -> None:
    found = shortages(with_goals("60k", {}, {"target_revenue": "2M"}))
    assert {short.part for short in found.values()} == {Fraction(1, 4)}
    assert shortages(with_goals("80k", {}, {"target_revenue": "2M"})) == {}


def test_what_closes_after_the_year_leaves_customers_short() -> None:
    """By hand: 80 / 12 opportunities a month win 5 / 3; of December's half closes in January: 5 / 6 of 20 is 1 / 24."""
    at = with_goals("80k", {"close_lag": ["0.5", "0.5"], "open_opportunities": "0"})
    found = shortages(replace(at, today=date(2027, 1, 4)))
    assert found["customer"].part == Fraction(1, 24)
    assert found["customer"].why == "what closes in 2027 brings 96% of what is missing"


def test_revenue_that_goes_leaves_what_is_kept_and_what_grows_short() -> None:
    """With 90% kept, 340k are missing and 113.3 opportunities needed, which 120k pay for."""
    found = shortages(with_goals("120k", {"net_revenue_retention": "90%"}))
    assert {stage: short.part for stage, short in found.items()} == dict.fromkeys(
        ("retention", "expansion"), Fraction(1, 10)
    )
    assert found["retention"].why == found["expansion"].why == "90% of last year's revenue stays in 2027"
    assert shortages(with_goals("120k", {"net_revenue_retention": "100%"})) == {}


def test_a_pipeline_of_three_times_what_is_missing_is_a_quarter_short_of_the_four_times_it_takes() -> None:
    """Missing in the quarter are 100k, of which one in four is won: it takes 400k, and there are 300k."""
    year = {"id": "2026", "target_revenue": "1.6M", "actual": {"2026-10": "1.5M"}}
    found = shortages(with_goals(None, {**year, "pipeline": "300k"}))
    assert {stage: short.part for stage, short in found.items()} == {"opportunity": Fraction(1, 4)}
    assert found["opportunity"].why == "the pipeline of 2026-Q4 is 75% of what it takes"
    assert shortages(with_goals(None, {**year, "pipeline": "400k"})) == {}


def test_a_target_below_zero_is_missed_by_part_of_its_size() -> None:
    assert shortages(context({}, (), metric("net-churn", "-4", "-1", "down")))["retention"].part == Fraction(3, 4)


def test_a_reading_is_told_without_zeros_at_its_end_and_per_cent_without_a_space() -> None:
    rate = metric("churn-rate", "4.0", "5.50", "down").model_copy(update={"unit": "%"})
    assert shortages(context({}, (), rate))["retention"].why == "churn-rate: 5.5% against 4"


def test_the_stage_where_the_plan_is_shortest_comes_first() -> None:
    at = context({"writing": 3, "web": 3}, (), metric("new-leads", "40", "30"), metric("churn-rate", "5", "9", "down"))
    short = shortages(at)
    assert {stage: found.part for stage, found in short.items()} == {
        "lead": Fraction(1, 4),
        "retention": Fraction(4, 5),
    }
    assert short["lead"].why == "new-leads: 30 leads against 40"
    order = rank_by_fit(at, [playbook("a", "visitor"), playbook("b", "lead"), playbook("c", "retention")])
    assert [each.playbook.id for each in order] == ["c", "b", "a"]
    assert [each.score for each in order] == [Fraction(9, 5), Fraction(5, 4), Fraction(1)]


def test_a_metric_that_meets_its_target_makes_nothing_short() -> None:
    assert shortages(context({}, (), metric("new-leads", "40", "40"), metric("churn-rate", "5", "5", "down"))) == {}


def test_a_metrics_id_tells_its_stage_by_the_longest_word() -> None:
    known = {
        "new-leads": "lead",
        "speed-to-lead": "sal",
        "website-visits": "visitor",
        "net-revenue-retention": "retention",
    }
    assert {name: stage_of(metric(name, "1", "1")) for name in known} == known
    assert stage_of(metric("arr", "1", "1")) is None


def test_what_the_team_can_do_is_the_part_of_the_hours() -> None:
    at = context({"writing": 2})
    found = fit(at, playbook("a"), {})
    assert (found.able, found.lacking_skills, found.can_be_done) == (Fraction(3, 4), ("web",), False)


def test_a_level_that_nobody_has_is_lacking() -> None:
    hard = playbook("a", tasks={"write": {"skill": "writing", "hours": "6", "level": "4"}})
    assert fit(context({"writing": 3}), hard, {}).lacking_skills == ("writing",)
    assert fit(context({"writing": 4}), hard, {}).lacking_skills == ()


def test_a_plan_that_tells_of_no_tools_lacks_none() -> None:
    needs = playbook("a", stack=["crm", "cms"])
    assert fit(context({"writing": 3, "web": 3}), needs, {}).lacking_stack == ()
    found = fit(context({"writing": 3, "web": 3}, ("crm",)), needs, {})
    assert (found.lacking_stack, found.score, found.can_be_done) == (("cms",), Fraction(1, 2), False)


def test_what_is_begun_already_is_told() -> None:
    whole = plan(tactics={"ours": {"playbook": "a"}, "old": {"playbook": "a", "status": "dropped"}})
    assert fit(Context(whole, TODAY), playbook("a"), {}).backlog == ("ours",)


teams = st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 4), max_size=len(SKILLS))
stacks = st.lists(st.sampled_from(CATEGORIES), unique=True).map(tuple)


@given(teams, stacks, st.sampled_from(sorted(PLAYBOOKS)), st.integers(1, 60))
def test_one_whose_skills_nobody_has_never_comes_before_the_same_with_skills_there(
    team: dict[str, int], tools: tuple[str, ...], name: str, target: int
) -> None:
    at = context({**team, "here": 4}, tools, metric("new-leads", str(target), "30"))
    same = PLAYBOOKS[name]
    tasks = {key: task.model_copy(update={"skill": "here"}) for key, task in same.tasks.items()}
    nobodys = {key: task.model_copy(update={"skill": "nobody"}) for key, task in same.tasks.items()}
    able = same.model_copy(update={"id": "z-able", "tasks": tasks})
    unable = same.model_copy(update={"id": "a-unable", "tasks": nobodys})
    order = [each.playbook.id for each in rank_by_fit(at, [unable, same, able])]
    assert order.index("z-able") < order.index("a-unable")


@given(teams, st.sampled_from(SKILLS), stacks)
def test_a_skill_gained_moves_a_playbook_that_needs_it_up_against_those_that_do_not(
    team: dict[str, int], skill: str, tools: tuple[str, ...]
) -> None:
    before = [each.playbook for each in rank_by_fit(context(team, tools), PLAYBOOKS.values())]
    after = [each.playbook for each in rank_by_fit(context({**team, skill: 4}, tools), PLAYBOOKS.values())]
    wanting = [each for each in before if skill in each.skills]
    others = [each for each in before if skill not in each.skills]
    assert [each for each in after if skill not in each.skills] == others
    for one in wanting[:3]:
        ahead = {each.id for each in before[: before.index(one)] if skill not in each.skills}
        assert {each.id for each in after[: after.index(one)] if skill not in each.skills} <= ahead


def test_tasks_that_are_optional_are_not_missed() -> None:
    mould = playbook(
        "a",
        tasks={
            "write": {"skill": "writing", "hours": "6"},
            "thank": {"skill": "writing", "hours": "1", "optional": "true"},
            "call": {"skill": "calls", "hours": "2"},
        },
    )
    assert missing_tasks(mould, tactic("x", playbook="a")) == ("call",)


def test_usual_hours_and_their_range_add_up() -> None:
    mould = playbook(
        "a",
        confidence="50%",
        tasks={
            "write": {"skill": "writing", "hours": "6", "least": "4", "most": "9"},
            "call": {"skill": "calls", "hours": "2"},
        },
    )
    assert (mould.minutes, mould.range_minutes) == (480, (360, 660))
    assert mould.confidence == Decimal("0.5")
    assert mould.skills == {"writing": 2, "calls": 2}


def test_of_what_cannot_be_done_the_higher_score_comes_first() -> None:
    at = context({"writing": 3}, ("crm",), metric("churn-rate", "5", "9", "down"))
    needs = playbook("stack", "lead", stack=["crm", "cms"], tasks={"write": {"skill": "writing", "hours": "6"}})
    order = rank_by_fit(at, [needs, playbook("skill", "retention")])
    assert [(each.playbook.id, each.able, each.score) for each in order] == [
        ("skill", Fraction(3, 4), Fraction(27, 20)),
        ("stack", Fraction(1), Fraction(1, 2)),
    ]


def test_the_worst_fact_of_a_stage_is_told_and_none_is_short_of_more_than_all() -> None:
    for pair in (("30", "10"), ("10", "30")):
        at = context({}, (), metric("new-leads", "40", pair[0]), metric("paid-leads", "40", pair[1]))
        assert shortages(at)["lead"].part == Fraction(3, 4)
    assert shortages(context({}, (), metric("churn-rate", "5", "20", "down")))["retention"].part == 1


def test_hours_of_a_playbook_are_shrunk_toward_what_it_says() -> None:
    nothing = Tally(2, 0, 0, 0, Fraction(0), 0, Fraction(0))
    # Half as much again, twice: (1.5 × 2 + 3) / (2 + 3).
    assert PlaybookRecord(nothing, timed=2, usual=600, actual=900).factor == Fraction(6, 5)
    assert PlaybookRecord(nothing, timed=0, usual=0, actual=0).factor == 1


def test_what_nobody_logged_hours_on_says_nothing_of_a_playbooks_hours() -> None:
    whole = plan(tactics={"ours": {"playbook": "webinar", "status": "done", "done": "2026-11-01"}})
    found = records(Context(whole, TODAY))["webinar"]
    assert (found.tally.done, found.timed, found.usual) == (1, 0, 0)


def test_those_that_fit_alike_go_by_impact_and_confidence_a_day() -> None:
    """By hand: in a day of 8 h, 6 × 0.5 = 3, 5 × 0.8 = 4, 4 × 1 = 4; what takes half as long, 3 × 1 × 2 = 6."""
    half = {"write": {"skill": "writing", "hours": "3"}, "build": {"skill": "web", "hours": "1"}}
    own = [
        playbook("a", impact="6", confidence="0.5"),
        playbook("b", impact="5", confidence="0.8"),
        playbook("c", impact="4", confidence="1"),
        playbook("d", impact="3", confidence="1", tasks=half),
    ]
    found = rank_by_fit(context({"writing": 3, "web": 3}), own)
    assert [(each.playbook.id, each.worth) for each in found] == [("d", 6), ("b", 4), ("c", 4), ("a", 3)]


def test_what_can_be_done_comes_before_what_is_worth_more_and_cannot() -> None:
    """Churn is 9/10 above its target: (1 + 9/10) × 19/20 of the hours, since nobody draws, and still not first."""
    at = context({"writing": 3, "web": 3}, ("crm",), metric("churn-rate", "10", "19", "down"))
    short = shortages(at)
    tasks = {"write": {"skill": "writing", "hours": "19"}, "draw": {"skill": "design", "hours": "1"}}
    cannot, can = playbook("a", "retention", tasks=tasks), playbook("b")
    assert fit(at, cannot, short).score == Fraction(19, 10) * Fraction(19, 20)
    assert fit(at, can, short).score == 1
    assert [each.playbook.id for each in rank_by_fit(at, [cannot, can])] == ["b", "a"]


def test_hours_at_a_level_that_nobody_has_cannot_be_done() -> None:
    tasks = {
        "write": {"skill": "writing", "hours": "6", "level": "4"},
        "build": {"skill": "web", "hours": "2", "level": "3"},
    }
    assert fit(context({"writing": 3, "web": 3}), playbook("a", tasks=tasks), {}).able == Fraction(1, 4)


def test_a_skill_of_playbooks_is_the_teams_own_by_another_name() -> None:
    at = context({"copy": 3, "web": 3})
    settings = at.plan.settings.model_copy(update={"playbook_skills": {"writing": "copy"}})
    named = Context(replace(at.plan, settings=settings), TODAY)
    assert (fit(at, playbook("a"), {}).able, fit(named, playbook("a"), {}).able) == (Fraction(1, 4), 1)
    assert fit(named, playbook("a"), {}).lacking_skills == ()


def test_hours_that_were_logged_are_held_against_those_tactics_usual_hours_alone() -> None:
    """Two of a playbook of 8 h are done, one of them with 10 h: 10 / 8, weighed 1 to 3 with 1."""
    done = {"playbook": "own", "status": "done", "done": "2026-11-01"}
    own = playbook("own")
    whole = plan(tactics={"one": done, "other": done})
    logged = tuple(each._replace(minutes=600) if each.tactic.id == "one" else each for each in done_tactics(whole))
    with_own = replace(whole, playbooks={"own": own})
    assert with_own.once(("done-tactics",), lambda: logged) == logged
    found = records(Context(with_own, TODAY))["own"]
    assert (found.tally.done, found.timed, found.usual, found.actual) == (2, 1, 480, 600)
    assert found.factor == Fraction(10 + 3 * 8, 4 * 8)


def test_of_those_that_score_alike_the_one_that_the_team_can_do_comes_before_the_one_that_is_worth_more() -> None:
    """One of two categories is there: 1 × 1 / 2. Of the hours somebody can do half: 1 / 2 × 1."""
    tasks = {"write": {"skill": "writing", "hours": "4"}, "draw": {"skill": "design", "hours": "4"}}
    both = [
        playbook("a", impact="9", tasks=tasks),
        playbook("b", impact="1", stack=["crm", "cms"]),
    ]
    found = rank_by_fit(context({"writing": 3, "web": 3}, ("crm",)), both)
    assert [(each.playbook.id, each.score) for each in found] == [("b", Fraction(1, 2)), ("a", Fraction(1, 2))]


@pytest.mark.parametrize(
    ("stage", "names"),
    [
        ("visitor", "site-visits organic-traffic"),
        ("lead", "new-leads guide-downloads event-registrations trial-signups"),
        ("mql", "mqls-a-month nurtured-contacts"),
        ("sal", "sal-rate speed-to-lead first-meetings accepted-by-the-team"),
        ("sql", "sqls-a-month demos-held first-talks"),
        ("opportunity", "new-opportunities pipeline-created"),
        ("customer", "new-customers win-rate close-rate won-this-month deals-closed"),
        (
            "retention",
            "net-retention logo-churn at-risk-accounts onboarding-days nps renewals reply-hours disputes adoption",
        ),
        ("expansion", "expansion-revenue upsells cross-sells plan-upgrades"),
    ],
)
def test_each_word_of_a_metrics_id_tells_its_stage(stage: str, names: str) -> None:
    assert {name: stage_of(metric(name, "1", "1")) for name in names.split()} == dict.fromkeys(names.split(), stage)


def test_a_budget_that_falls_short_is_felt_from_visitors_to_opportunities() -> None:
    assert [*shortages(with_goals("60k", {}))] == ["visitor", "lead", "mql", "sal", "sql", "opportunity"]


def test_retention_that_was_measured_counts_before_the_one_that_is_assumed() -> None:
    """Assumed is 95%, and 80% of the customers' revenue of a year before is there at the end of October."""
    kept = {"months": "12", "customers": "40", "kept": "34", "net": "80%", "gross": "78%"}
    at = with_goals("1M", {"net_revenue_retention": "95%", "history": {"retention": {"2026-10": kept}}})
    found = shortages(at)
    assert (found["retention"].part, found["expansion"].part) == (Fraction(1, 5), Fraction(1, 5))
    assert found["retention"].why == "80% of last year's revenue stays in 2027"


def test_what_is_done_in_a_sprint_is_no_longer_in_the_backlog() -> None:
    row = {"owner": "ana", "hours": "8", "status": "done", "done": "2026-11-10", "spent": "9"}
    sprint = {"start": "2026-11-01", "end": "2026-11-30", "tactics": {"ours": {"tasks": {"write": row}}}}
    tactics = {name: {"playbook": "a"} for name in ("ours", "theirs", "again")}
    whole = plan(tactics=tactics, sprints={"2026-11": sprint})
    assert fit(Context(whole, TODAY), playbook("a"), {}).backlog == ("again", "theirs")


def test_what_has_no_confidence_is_worth_its_impact() -> None:
    """In a day of 8 h: 5 × 1 = 5 is less than 9 × 0.9 = 8.1."""
    own = [playbook("a", impact="5"), playbook("b", impact="9", confidence="0.9")]
    found = rank_by_fit(context({"writing": 3, "web": 3}), own)
    assert [(each.playbook.id, each.worth) for each in found] == [("b", Fraction(81, 10)), ("a", 5)]


def test_hours_of_a_playbook_that_is_gone_say_nothing() -> None:
    nothing = Tally(2, 0, 0, 0, Fraction(0), 0, Fraction(0))
    assert PlaybookRecord(nothing, timed=2, usual=0, actual=900).factor == 1


def test_what_a_beginner_could_do_is_lacking_where_nobody_has_begun_in_order_of_name() -> None:
    tasks = {
        "write": {"skill": "writing", "hours": "6", "level": "1"},
        "build": {"skill": "design", "hours": "2", "level": "1"},
    }
    found = fit(context({"web": 3}), playbook("a", tasks=tasks), {})
    assert (found.able, found.lacking_skills) == (0, ("design", "writing"))


def test_a_metric_of_no_known_stage_or_without_a_reading_makes_nothing_short() -> None:
    unread = metric("new-leads", "10", "1").model_copy(update={"readings": {}})
    assert shortages(context({}, (), metric("arr", "10", "1"), unread)) == {}


def test_of_facts_that_are_equally_bad_the_first_is_told() -> None:
    at = context({}, (), metric("new-leads", "40", "10"), metric("paid-leads", "40", "10"))
    assert shortages(at)["lead"].why == "new-leads: 10 leads against 40"
