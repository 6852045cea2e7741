"""What the format has learnt since its first version: each addition is told, taken, refused where it is wrong, shown
in an example, tested for what it does, and written by a command.

One row is one addition. Its plan is a small sound one with one line more.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from jsonschema import Draft202012Validator

from revplan.app.checking.validate import validate
from revplan.app.open import context_of
from revplan.app.repository.schema import schema
from revplan.diagnostics import Severity
from revplan.store.load import read
from tests.support.editor import as_editor_reads
from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.support.shell import Ran

TESTS = Path(__file__).parents[1]
TODAY = date(2026, 11, 28)

PLAN = """\
team:
  tessa:
    name: Tessa
    kind: employee
    function: marketing
    skills: {copy: 3}
    hours_per_week: 40
    # member
  bo:
    name: Bo
    kind: employee
    function: sales
    skills: {copy: 3}
    # week
budget:
  ads:
    category: programs
    function: marketing
    # line
metrics:
  calls:
    name: Calls
    unit: "%"
    direction: up
    owner: tessa
    cadence: weekly
    # metric
  won: {name: Won, unit: deals, direction: up, owner: tessa, cadence: weekly, target: 5}
  met: {name: Met, unit: deals, direction: up, owner: tessa, cadence: weekly, target: 5}
tactics:
  one:
    title: One
    done_when: It is live
    function: marketing
    impact: 7
    tasks:
      first: {skill: copy, hours: 2, owner: tessa}
      do:
        skill: copy
        hours: 4
        # task
    # tactic
  two: {title: Two, function: marketing, impact: 5, tasks: {do: {skill: copy, hours: 4}}}
campaigns:
  spring:
    title: Spring
    target: {segment: plants}
    pillar: fresh
    message: Come in
    start: 2027-01-11
    end: 2027-02-26
    assets:
      page:
        channel: website
        # asset
    # campaign
strategy:
  segments: {plants: {name: Plants}}
  big_story: {narrative: Work that holds, pillars: {fresh: {claim: Fresh, proof: A date}}}
  # strategy
goals:
  "2026":
    measure: recurring
    start_revenue: 1M
    target_revenue: 2M
    acv: 10k
    close_rate: 20%
    # goal
stack:
  tools:
    hub:
      name: Hub
      category: crm
      owner: bo
      # tool
playbooks:
  talk:
    title: Talk
    function: marketing
    stage: lead
    tasks:
      first: {skill: copy, hours: 2}
      do:
        skill: copy
        hours: 4
        # mould
"""
SETTINGS = "revplan:\n  format: 1\n  company: Test\n  currency: USD\n  today: 2026-11-28\n  # settings\n"
NEEDED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "line": ("monthly: 10", ("monthly",)),
    "metric": ("target: 5", ("target", "keep")),
    "week": ("hours_per_week: 40", ("week",)),
    "task": ("owner: tessa", ("owner", "people")),
}
"""The line that a place needs, and the keys that stand in place of it."""


class Row(NamedTuple):
    """An addition.

    Attributes:
        place: the mark in the plan where its line stands.
        line: the line as it is right.
        topic: what `revplan explain` is asked about it, and after a | what the answer has to say.
        wrong: the line as it is wrong, the finding's code, and words of its message or hint.
        shown: a pattern of the line in an example.
        tested: a test of what it does.
        command: what writes the line; none where only a program or a hand does.
        fields: fields that are new, as Model.key.
        besides: another line of the place that it needs.
    """

    place: str
    line: str
    topic: str
    wrong: tuple[str, str, str]
    shown: str
    tested: str
    command: tuple[str, ...]
    fields: tuple[str, ...] = ()
    besides: str = ""


TASK, TACTIC = ("task", "edit", "one/do"), ("tactic", "edit", "one")
ROWS = (
    # people's time
    Row("member", "time_off: {2026-12-21: 4h}", "team.time_off|4h", ("time_off: {2026-12-21: {hour: 4}}", "RP101",
        "hours"),
        r"2026-12-16: 3h", "test_time_off_and_holidays_are_written_alike",
        ("team", "edit", "tessa", "--set", "time_off.2026-12-21=4h")),
    Row("member", "time_off: {2026-12-23: {hours: half, reason: Move}}", "team.time_off|half day",
        ("time_off: {2026-12-23: {hours: halve}}", "RP103", "is not hours"),
        r"2026-12-23: half day", "test_half_a_day_is_half_of_ones_own",
        ("team", "time-off", "tessa", "2026-12-23", "--hours", "half", "--reason", "Move")),
    Row("week", "week: {even: {mon: 8}, odd: {fri: 8}}", "team.week|ISO calendar", ("week: {even: {mon: 8}}", "RP102",
        '"odd" is missing'),
        r"week: \{even: \{", "test_two_weeks_by_turns_follow_the_iso_weeks",
        ("team", "edit", "bo", "--week", "{even: {mon: 8}, odd: {fri: 8}}", "--hours-per-week", "")),
    Row("settings", "holidays: {2026-12-24: {hours: 4, name: Christmas Eve}}", "revplan.holidays|{hours, name}",
        ("holidays: {2026-12-24: {hours: 4, nam: Eve}}", "RP101", "name"),
        r"2026-12-24: \{hours: 4", "test_the_company_works_on_half_a_holiday",
        ("set", "holidays.2026-12-24", "{hours: 4, name: Christmas Eve}")),
    Row("settings", "holidays: {2026-12-28..2026-12-31: Closed}", "revplan.holidays|a range of days",
        ("holidays: {2026-12-31..2026-12-28: Closed}", "RP108", "comes before"),
        r"2026-12-30\.\.2026-12-31: ", "test_time_off_and_holidays_are_written_alike",
        ("set", "holidays.2026-12-28..2026-12-31", "Closed")),
    Row("settings", "calendars: {bavaria: {2027-01-06: Epiphany}}", "revplan.calendars",
        ("calendars: {bavaria: {alsö: true}}", "RP101", "also"),
        r"also: true", "test_a_place_has_its_own_holidays_instead_of_the_companys_or_besides_them",
        ("set", "calendars.bavaria", "{2027-01-06: Epiphany}"), ("Settings.calendars",)),
    Row("member", "calendar: bavaria", "team.calendar", ("calendar: bavria", "RP217", 'did you mean "bavaria"?'),
        r"calendar: denmark", "test_a_member_in_another_country_is_away_from_a_meeting_of_the_company",
        ("team", "edit", "tessa", "--calendar", "bavaria"), ("Member.calendar",)),
    Row("settings", "timezone: Europe/Berlin", "revplan.timezone", ("timezone: Berlin Time", "RP103", "Europe/Berlin"),
        r"timezone: Europe/Berlin", "test_overdue_work_stays_and_meetings_have_times",
        ("set", "timezone", "Europe/Berlin"), ("Settings.timezone",)),
    Row("settings", 'meetings: {weekly: {time: "09:30"}}', "revplan.meetings.weekly.time",
        ("meetings: {weekly: {time: half nine}}", "RP103", "09:30"),
        r'time: "09:00"', "test_time_and_minutes_are_told",
        ("set", "meetings.weekly.time", "09:30"),
        ("WeeklyMeeting.time", "SprintMeeting.time", "QuarterMeeting.time")),
    Row("settings", "meetings: {quarter: {day: wed}}", "revplan.meetings.quarter.day",
        ("meetings: {quarter: {day: 32}}", "RP103", "1 to 31"),
        r"quarter:\n.*\n\s+day: wed", "test_the_strategy_session_has_a_day_of_the_quarter",
        ("set", "meetings.quarter.day", "wed"), ("SprintMeeting.day", "QuarterMeeting.day")),
    # work's time
    Row("task", "wait: 3d", "task.wait|workdays", ("wait: 2 weeks", "RP103", "14d"),
        r"after: \[plan\], wait: 5w", "test_waits_change_what_fits",
        (*TASK, "--wait", "3d"), ("Task.wait",), "after: [first]"),
    Row("task", "after: {first: 2w}", "task.after|{write: 3d}", ("after: {fist: 2w}", "RP209", 'did you mean "first"?'),
        r"after: \{write: 2w\}", "test_waits_change_what_fits", (*TASK, "--after",
        "first:2w")),
    Row("task", "people: 2", "task.people|at once", ("people: 0", "RP104", "less than 1"),
        r"people: 2, owner", "test_people_change_what_fits",
        (*TASK, "--people", "2", "--owner", ""), ("Task.people",)),
    Row("task", "owner: [tessa, bo]", "task.owner|as many members as it takes people", ("owner: [tessa, tessa]",
        "RP406", "twice"),
        r"owner: \[ada, bruno\]", "test_as_many_as_it_takes_are_named_and_edited",
        (*TASK, "--owner", "tessa", "--owner", "bo"), (), "people: 2"),
    Row("task", "not_before: 2026-12-10", "task.not_before", ("not_before: Dec 10", "RP103", "2026-12-01"),
        r"\{skill: [^}]*not_before: 20", "test_tiny_sprints_with_dated_tasks_get_the_best_plan_there_is",
        (*TASK, "--not-before", "2026-12-10"), ("Task.not_before",)),
    Row("task", "deadline: 2026-12-18", "task.deadline", ("deadline: soon", "RP103", "2026-12-01"),
        r"\{skill: [^}]*deadline: 20", "test_tiny_sprints_with_dated_tasks_get_the_best_plan_there_is",
        (*TASK, "--deadline", "2026-12-18"), ("Task.deadline",)),
    Row("tactic", "recurring: quarterly", "tactic.recurring|quarterly", ("recurring: bi-weekly", "RP105",
        "{every: 2, unit: week}"),
        r"recurring: quarterly", "test_quarters_and_years_are_fiscal",
        (*TACTIC, "--recurring", "quarterly")),
    Row("tactic", "recurring: {every: 3, unit: week, day: thu}", "tactic.recurring|{every: 3",
        ("recurring: {every: 3, unit: weeks}", "RP105", 'did you mean "week"?'),
        r"recurring: \{every: 3, unit: week", "test_every_third_week_is_counted_from_the_first_day",
        (*TACTIC, "--recurring", "{every: 3, unit: week, day: thu}")),
    Row("tactic", "over: 2", "tactic.over", ("over: 3", "RP104", "more than 2"),
        r"over: 2", "test_a_tactic_may_be_planned_over_two_sprints",
        (*TACTIC, "--over", "2"), ("Tactic.over",)),
    Row("tactic", "unforeseen: true", "tactic.unforeseen", ("unforeseen: maybe", "RP103", "true nor false"),
        r"unforeseen: true", "test_it_comes_in_beside_a_full_sprint",
        (*TACTIC, "--unforeseen", "true"), ("Tactic.unforeseen",)),
    Row("tactic", "requires: two", "tactic.requires|a list", ("requires: two, three", "RP103", "[two, three]"),
        r"skill: \S+", "test_one_value_is_a_list_of_one", (*TACTIC, "--set", "requires=two")),
    Row("tactic", "objective: null", "tactic.objective", ("objective: nil", "RP205", "nil"),
        r"skill: \S+", "test_a_key_without_a_value_is_known_or_told",
        (*TACTIC, "--set", "objective=null")),
    # money
    Row("tactic", "cost: {2027-01: 4000, 2027-02: 4000}", "tactic.cost|instalments", ("cost: {2027-13: 4000}",
        "RP103", "2026-12"),
        r"cost: \{2026-12: 1100", "test_sprints_pay_each_instalment_once",
        (*TACTIC, "--cost", "{2027-01: 4000, 2027-02: 4000}")),
    Row("tactic", "cost: 500 EUR", "budget.annual|500 EUR", ("cost: 500 CHF", "RP113", "currencies"),
        r"cost: 750 GBP", "test_a_rate_is_set_and_then_amounts_are_taken",
        (*TACTIC, "--cost", "500 EUR")),
    Row("settings", "currencies: {EUR: {2026-01: 1.08}}", "revplan.currencies",
        ("currencies: {EUR: {2026-01: 0}}", "RP104", "more than 0"),
        r"currencies: \{GBP: \{2026-11", "test_an_amount_of_a_month_takes_the_last_rate_by_then",
        ("set", "currencies.EUR.2026-01", "1.08"), ("Settings.currencies",)),
    Row("line", "monthly: {from 2026-07: 1000, from 2027-07: 1500}", "budget.monthly|in steps",
        ("monthly: {frm 2026-07: 1000}", "RP103", "from 2026-07"),
        r"monthly: \{from 2026-01: 10k", "test_a_budget_in_steps_worked_out_by_hand",
        ("budget", "edit", "ads", "--monthly", "{from 2026-07: 1000, from 2027-07: 1500}")),
    Row("line", "actual: {2026-10: -300}", "budget.actual|credits", ("actual: {2026-10: minus 300}", "RP103", "amount"),
        r"2026-08: -0\.3k", "test_a_credit_comes_off_what_was_spent",
        ("budget", "record", "ads", "--month", "2026-10", "--", "-300")),
    Row("line", 'accounts: ["6110", Google Ads]', "budget.accounts", ("accounts: {a: b}", "RP103", "list"),
        r'accounts: \["6110"', "test_a_ledger_is_booked_by_the_accounts_of_the_lines",
        ("budget", "edit", "ads", "--set", 'accounts=["6110", Google Ads]'), ("BudgetLine.accounts",)),
    # metrics
    Row("metric", "baseline: 8", "metric.baseline", ("baseline: eight", "RP103", "eight"),
        r"baseline: 70", "test_progress_is_measured_from_the_baseline",
        ("metric", "edit", "calls", "--baseline", "8"), ("Metric.baseline",)),
    Row("metric", "keep: 2..4", "metric.keep", ("keep: 2-4", "RP103", "2..4"),
        r"keep: 85\.\.100", "test_a_range_is_met_within_its_ends",
        ("metric", "edit", "calls", "--keep", "2..4", "--target", ""), ("Metric.keep",)),
    Row("metric", "ratio: {of: won, to: met}", "metric.ratio", ("ratio: {of: won, too: met}",
        "RP101", 'did you mean "to"?'),
        r"ratio: \{of: proposals", "test_a_ratio_worked_out_by_hand",
        ("metric", "edit", "calls", "--ratio", "{of: won, to: met}"), ("Metric.ratio", "Ratio.of", "Ratio.to")),
    Row("metric", "target: 2.5%", "metric.target|20% where the unit is %", ("target: 2.5 per cent", "RP103",
        "is not a number"),
        r"visitor_to_lead: 2\.5%", "test_a_per_cent_is_a_number_of_per_cents",
        ("metric", "edit", "calls", "--target", "2.5%")),
    # playbooks
    Row("mould", "people: 2", "playbook.tasks.people", ("people: 0", "RP104", "less than 1"),
        r"hours: 1\.5, people: 2\}",
        "test_people_of_a_playbook_stay_in_tactics_made_of_it_and_in_playbooks_made_of_those",
        ("playbook", "edit", "talk", "--set", "tasks.do.people=2"), ("PlaybookTask.people",)),
    Row("mould", "wait: 3w", "playbook.tasks.wait", ("wait: 3x", "RP103", "3w for workdays"),
        r"after: \[write\], wait: 3w",
        "test_waits_of_a_playbook_stay_in_tactics_made_of_it_and_in_playbooks_made_of_those",
        ("playbook", "edit", "talk", "--set", "tasks.do.wait=3w"), ("PlaybookTask.wait", "PlaybookTask.after"),
        "after: [first]"),
    Row("tactic", "playbook: talk", "tactic.playbook", ("playbook: tlak", "RP218", 'did you mean "talk"?'),
        r"playbook: client-story", "test_a_tactic_of_a_playbook_has_its_tasks",
        (*TACTIC, "--playbook", "talk"), ("Tactic.playbook",)),
    Row("settings", "playbook_skills: {research: writing}", "revplan.playbook_skills",
        ("playbook_skills: {research: Copy Writing}", "RP106", "copy-writing"),
        r"playbook_skills: \{", "test_a_playbooks_skills_are_called_as_the_plan_calls_them",
        ("set", "playbook_skills.research", "writing"), ("Settings.playbook_skills",)),
    Row("mould", "least: 3", "playbook.tasks.least", ("least: 5", "RP405", "the usual hours lie between"),
        r"least: 6, most: 12", "test_usual_hours_and_their_range_add_up",
        ("playbook", "edit", "talk", "--set", "tasks.do.least=3"), ("Plan.playbooks",)),
    # results
    Row("tactic", "done: 2026-11-20", "tactic.done", ("done: yesterday", "RP103", "write it like 2026-12-01"),
        r"done: 2026-11-24", "test_it_is_asked_after_four_readings_and_not_before_nor_twice",
        (*TACTIC, "--set", "done=2026-11-20"), ("Tactic.done",), "status: done"),
    Row("tactic", "result: {moved: yes, by: 5, learnt: Call, on: 2026-11-28}", "tactic.result",
        ("result: {moved: perhaps}", "RP105", "unclear"),
        r"result: \{moved: yes", "test_hit_rate_beside_the_stated_confidence",
        ("tactic", "result", "one", "--moved", "yes", "--by", "5", "--learnt", "Call"),
        ("Tactic.result", *(f"TacticResult.{name}" for name in ("moved", "by", "learnt", "on"))), "status: done"),
    Row("settings", "scoring: {learn: true}", "revplan.scoring.learn", ("scoring: {learn: much}", "RP103",
        "true nor false"),
        r"learn: true", "test_the_backlog_is_ranked_by_what_came_of_it",
        ("set", "scoring.learn", "true"), ("ScoringSettings.learn",)),
    # the stack, campaigns and pages
    Row("tool", "also: [cms]", "tool.also", ("also: [blog]", "RP105", "cms"),
        r"also: \[analytics\]", "test_a_tool_that_is_crm_and_marketing_automation_needs_no_integration",
        ("tool", "edit", "hub", "--set", "also=[cms]"), ("Tool.also",)),
    Row("tool", "used_by: [marketing]", "tool.used_by", ("used_by: {a: b}", "RP103", "list"),
        r"used_by: \[marketing, sales, service\]", "test_a_tool_names_the_functions_that_work_with_it",
        ("tool", "edit", "hub", "--set", "used_by=[marketing]"), ("Tool.used_by",)),
    Row("settings", "site: {color: 7a2e4d}", "revplan.site.color", ("site: {color: pale}", "RP103", "six digits"),
        r"color: 7a2e4d", "test_links_have_the_color_where_it_can_be_read_and_the_edge_as_it_is",
        ("set", "site.color", "7a2e4d"),
        ("Settings.site", *(f"SiteSettings.{name}" for name in ("color", "title", "logo")))),
    Row("campaign", "aliases: [Q1 Spring]", "campaign.aliases", ("aliases: {a: b}", "RP103", "list"),
        r"aliases: \[", "test_won_and_pipeline_by_campaign_and_by_source",
        ("campaign", "edit", "spring", "--set", "aliases=[Q1 Spring]"), ("Campaign.aliases",)),
    Row("asset", "utm: {campaign: spring}", "asset.utm|a map", ("utm: [spring]", "RP103", "not a list"),
        r"utm: \{campaign: any-tuesday\}", "test_links_carry_what_is_given_and_the_usual_for_the_rest",
        ("asset", "edit", "spring/page", "--utm", "{campaign: spring}")),
    Row("campaign", "url: https://example.org/spring", "campaign.url", ("url: example", "RP103", "https://"),
        r"url: https://", "test_an_address_that_is_none_is_refused_where_it_stands",
        ("campaign", "edit", "spring", "--set", "url=https://example.org/spring"), ("Campaign.url", "Asset.url")),
    Row("strategy", "tone: Dry", "strategy.tone", ("tone: [Dry]", "RP103", "text"),
        r"  tone: Plain", "test_harbourlines_pages", (), ("Strategy.tone",)),
    Row("strategy", "avoid: [Seamless]", "strategy.avoid", ("avoid: {a: b}", "RP103", "list"),
        r"  avoid: \[", "test_harbourlines_pages", (), ("Strategy.avoid",)),
    Row("campaign", "tension: We are never ready", "campaign.tension", ("tension: [Fear]", "RP103", "text"),
        r"tension: They are ready", "test_the_brief_says_the_tension_of_the_campaign_and_of_no_variant",
        ("campaign", "edit", "spring", "--set", "tension=We are never ready"), ("Campaign.tension",)),
    Row("campaign", "tone: Dry", "campaign.tone", ("tone: [Dry]", "RP103", "text"),
        r"  tone: Plain", "test_harbourlines_pages",
        ("campaign", "edit", "spring", "--set", "tone=Dry"), ("Campaign.tone",)),
    Row("campaign", "avoid: [Seamless]", "campaign.avoid", ("avoid: {a: b}", "RP103", "list"),
        r"  avoid: \[", "test_harbourlines_pages",
        ("campaign", "edit", "spring", "--set", "avoid=[Seamless]"), ("Campaign.avoid",)),
)  # fmt: skip
WRITTEN_BY_COMMANDS = frozenset(("Sprint", "PlanStamp", "SprintTactic", "SprintTask", "Closing"))
"""Models of what the tool writes into sprints: no hand types these fields."""
OTHERS = frozenset(("DealCounts", "Movement", "Retained", "History", "RolloutDates", "Playbook", "PlaybookTask"))
"""Models of what imports write, of rollouts, which had another name, and of playbooks, which are new as a whole."""
IDS = [f"{row.place}, {row.line}" for row in ROWS]
each_row = pytest.mark.parametrize("row", ROWS, ids=IDS)


def files_of(row: Row, line: str | None) -> dict[str, str]:
    """Return the files of the plan with the row's line, or with another in place of it; without any for None."""
    settings = (
        ""
        if row.place == "settings"
        else "  currencies: {EUR: {2026-01: 1.08}}\n  calendars: {bavaria: {2027-01-06: Epiphany}}\n"
    )
    return {"revplan.yaml": filled(SETTINGS, row, line) + settings, "plan.yaml": filled(PLAN, row, line)}


def filled(text: str, row: Row, line: str | None) -> str:
    """Return a text with every mark replaced by the lines of its place."""

    def lines(mark: re.Match[str]) -> str:
        indent, place = mark.groups()
        own = [row.besides, line or ""] if place == row.place else []
        needed, others = NEEDED.get(place, ("", ()))
        stands = any(each.partition(":")[0] in others for each in own)
        return "".join(f"{indent}{each}\n" for each in (*([] if stands else [needed]), *own) if each)

    return re.sub(r"^( *)# (\w+)\n", lines, text, flags=re.MULTILINE)


@cache
def editors_schema() -> Draft202012Validator:
    return Draft202012Validator(schema())


def underlined(files: Mapping[str, str]) -> bool:
    """Tell whether an editor underlines something by the schema."""
    return any(list(editors_schema().iter_errors(as_editor_reads(text))) for text in files.values())


@each_row
def test_the_manual_tells_of_it(row: Row, run: Callable[..., Ran]) -> None:
    topic, _, says = row.topic.partition("|")
    told = run("explain", topic)
    assert told.code == 0
    assert topic.rpartition(".")[2] in told.out
    assert says in " ".join(told.out.split())


@each_row
def test_it_is_taken_by_validator_and_schema(row: Row, make_plan: Callable[..., Path]) -> None:
    files = files_of(row, row.line)
    loaded = read(make_plan(files))
    found = validate(loaded, context_of(loaded, None, TODAY)).diagnostics
    assert [each for each in found if each.severity is Severity.ERROR] == []
    assert not underlined(files)


@each_row
def test_where_it_is_wrong_it_is_told_at_its_line(row: Row, make_plan: Callable[..., Path]) -> None:
    line, code, told = row.wrong
    files = files_of(row, line)
    loaded = read(make_plan(files))
    found = validate(loaded, context_of(loaded, None, TODAY)).diagnostics
    own = [each for each in found if each.code == code]
    assert own, [(each.code, each.message) for each in found]
    texts = [f"{each.message} ({each.hint})" for each in own]
    assert any(told in text for text in texts), texts
    assert any(line in files[each.location.file].splitlines()[each.location.line - 1] for each in own)
    assert underlined(files) == (code.startswith("RP1") and code not in ("RP108", "RP113"))


@each_row
def test_an_example_has_it(row: Row) -> None:
    assert re.search(row.shown, examples())


@cache
def examples() -> str:
    texts = (path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.rglob("*.yaml")))
    return re.sub(r"(^|\s)#.*", "", "\n".join(texts), flags=0)


@each_row
def test_what_it_does_is_tested(row: Row) -> None:
    assert row.tested in names_of_tests()


@cache
def names_of_tests() -> frozenset[str]:
    texts = (path.read_text(encoding="utf-8") for path in sorted(TESTS.rglob("test_*.py")))
    return frozenset(name for text in texts for name in re.findall(r"^def (test_\w+)\(", text, re.MULTILINE))


@each_row
def test_a_command_writes_it(row: Row, run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    if not row.command:
        return
    wanted = read(make_plan(files_of(row, row.line))).plan
    root = make_plan(files_of(row, None))
    told = (
        run(*row.command[:2], "-C", root, *row.command[2:])
        if row.command[0] != "set"
        else run("set", "-C", root, *row.command[1:])
    )
    assert told.code == 0, told.err
    written = read(root).plan
    assert written.settings == wanted.settings
    for kind in ("member", "budget-line", "metric", "tactic", "campaign", "playbook", "tool"):
        assert written.entries(kind) == wanted.entries(kind)


def test_every_field_that_is_new_has_a_row() -> None:
    known = {field for row in ROWS for field in row.fields}
    new = fields_of_schema() - fields_of_version_1()
    besides = {each for each in new if each.partition(".")[0] in WRITTEN_BY_COMMANDS | OTHERS or ".notes" in each}
    assert new - besides - {"Campaign.deals"} <= known <= new
    assert fields_of_version_1() - fields_of_schema() == {
        f"Stage.{name}" for name in ("notes", "owner", "due", "done", "task")
    }


def fields_of_schema() -> set[str]:
    return {f"{name}.{key}" for name, model in schema()["$defs"].items() for key in model["properties"]} | {
        f"Plan.{key}" for key in schema()["properties"]
    }


def fields_of_version_1() -> set[str]:
    """Return the fields that the format's first version had, as Model.key."""
    text = (TESTS / "model/fields_of_version_1.txt").read_text(encoding="utf-8")
    lines = re.sub(r"\n  ", " ", text).splitlines()
    return {f"{model}.{key}" for model, _, keys in (line.partition(": ") for line in lines) for key in keys.split()}
