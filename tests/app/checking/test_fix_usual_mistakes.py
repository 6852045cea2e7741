"""What people usually write instead: the way out that each mistake is told with, and what `validate --fix` makes of it.

One row is one mistake: where it stands, as it was typed, words of the message or hint, and the line after --fix (None:
the line stays, because it may mean something else).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pytest

from revplan.app.checking.fix import fix_plan
from revplan.app.checking.validate import validate
from revplan.app.open import context_of
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from revplan.app.checking.validate import Validation
    from revplan.store.loaded import Loaded

    MakePlan = Callable[..., Path]

SOUND: Mapping[str, Mapping[str, str]] = {
    "tactic": {
        "title": "Pricing page",
        "function": "marketing",
        "impact": "7",
        "tasks": "{do: {skill: copy, hours: 4}}",
    },
    "task": {"skill": "copy", "hours": "4"},
    "member": {"name": "Bo", "kind": "employee", "function": "marketing", "hours_per_week": "40"},
    "week": {"mon": "8"},
    "todo": {"title": "Call", "owner": "tessa", "due": "2026-12-04"},
    "metric": {
        "name": "Calls",
        "unit": "calls",
        "direction": "up",
        "owner": "tessa",
        "cadence": "weekly",
        "target": "5",
    },
    "settings": {"company": "Copper Kettle", "currency": "EUR"},
    "goal": {
        "measure": "recurring",
        "start_revenue": "1M",
        "target_revenue": "2M",
        "acv": "10k",
        "close_rate": "20%",
    },
    "budget": {"category": "programs", "function": "marketing", "monthly": "10"},
    "campaign": {
        "title": "Spring",
        "target": "{persona: pat}",
        "message": "Come in",
        "start": "2027-01-11",
        "end": "2027-02-26",
    },
    "asset": {"channel": "website"},
    "persona": {
        "name": "Kim",
        "segment": "plants",
        "buying_role": "champion",
        "goals": "[g]",
        "pains": "[p]",
        "channels": "[c]",
    },
    "issue": {"title": "Wall", "raised": "2026-11-20"},
    "tool": {"name": "Hub", "category": "crm", "owner": "tessa"},
}
"""The fields of sound things, by where a mistake stands."""
FRAMES = {
    "tactic": "tactics:\n  one:\n{}",
    "task": "tactics:\n  one:\n    title: A\n    function: marketing\n    impact: 7\n    tasks:\n"
    "      first: {{skill: copy, hours: 2}}\n      do:\n{}",
    "member": "team:\n  bo:\n{}",
    "week": "team:\n  bo:\n    name: Bo\n    kind: employee\n    function: marketing\n    week:\n{}",
    "todo": "todos:\n  call:\n{}",
    "metric": "metrics:\n  calls:\n{}",
    "settings": "revplan:\n  format: 1\n  today: 2026-11-28\n{}",
    "goal": 'goals:\n  "2026":\n{}',
    "budget": "budget:\n  ads:\n{}",
    "campaign": "campaigns:\n  spring:\n{}",
    "asset": "campaigns:\n  spring:\n    title: Spring\n    target: {{persona: pat}}\n    message: Come in\n"
    "    start: 2027-01-11\n    end: 2027-02-26\n    assets:\n      page:\n{}",
    "persona": "personas:\n  kim:\n{}",
    "issue": "issues:\n  wall:\n{}",
    "tool": "stack:\n  tools:\n    hub:\n{}",
}
OTHERS = (
    "team: {tessa: {name: Tessa Moreau, kind: employee, function: marketing, hours_per_week: 40, skills: {copy: 3},"
    " email: tessa@example.org}}\n"
    "personas: {pat: {name: Pat, segment: plants, buying_role: champion, goals: [g], pains: [p], channels: [c]}}\n"
    "metrics: {leads-us: {name: Leads US, unit: leads, direction: up, owner: tessa, cadence: weekly, target: 5}}\n"
    "strategy: {objectives: {leads-2026-q4: {title: More leads, owner: tessa, quarter: 2026-Q4, metric: leads-us}}}\n"
    "tactics: {a1: {title: Other, function: marketing, impact: 5, tasks: {do: {skill: copy, hours: 4}}}}\n"
)


class Row(NamedTuple):
    place: str
    typed: str
    told: str
    fixed: str | None = None
    without: str = ""  # a required field that the typed one stands for


ROWS = (
    # hours, days, scores and amounts in people's own ways
    Row("week", "tue: 9-17", "write how many hours, less the break: 9-17 is 8 with it"),
    Row("week", "tue: 9:00-17:30", "9:00-17:30 is 8.5 with it"),
    Row("week", "tue-thu: 8", "write each day, such as {tue: 8, wed: 8, thu: 8}"),
    Row("task", "hours: 2-4", "write one number, such as 3, the middle"),
    Row("task", "hours: ~4", "write 4"),
    Row("task", "skill: [copy, design]", "a task has one skill: make a task for each"),
    Row("task", "skill: copy, design", "a task has one skill: make a task for each"),
    Row("task", "level: senior", "1 learning, 2 works alone"),
    Row("task", "people: 1-2", "write one number: 1 or 2"),
    Row("member", "hours_per_week: {mon: 8}", "hours by weekday stand in week, in place of hours_per_week"),
    Row("member", "hours_per_week: 80%", "80% of a week of 40 h is 32"),
    Row("member", "hours_per_week: 0.8 FTE", "0.8 FTE of a week of 40 h is 32"),
    Row("tactic", "deadline: Q1", "Q1 ends on 31 March"),
    Row("tactic", "deadline: 2027-Q1", "2027-01-01 is its first, 2027-03-31 its last"),
    Row("tactic", "deadline: 2026-12", "2026-12-01 is its first, 2026-12-31 its last"),
    Row("tactic", "deadline: 2026-W50", "that week is 2026-12-07 to 2026-12-13"),
    Row("tactic", "deadline: KW 50", "write a day of that week, with its year"),
    Row("tactic", "deadline: asap", "leave it out until there is a day"),
    Row("tactic", "deadline: end of month", "commands take words such as tomorrow"),
    Row("tactic", "impact: 5/10", "write 5", "impact: 5"),
    Row("tactic", "impact: 4/5", "4/5 is about 8"),
    Row("tactic", "impact: 7.5", "write 7 or 8"),
    Row("tactic", "confidence: 4/5", "write 80%", "confidence: 80%"),
    Row("tactic", "confidence: 1/3", "such as 33.3%"),
    Row("tactic", "cost: 1k-2k", '"1k-2k" is not an amount of money'),
    Row("tactic", "cost: 1k-2k", "write one number, such as 1.5k, the middle"),
    Row("tactic", "cost: tbd", "leave it out until it is known"),
    Row("tactic", "function: revops", "`revplan function add` makes one"),
    Row("metric", "target: 2-4", "write one number, such as 3, the middle"),
    # the year's goal and the budget
    Row("goal", "target: 2M", 'did you mean "target_revenue"?', "target_revenue: 2M", "target_revenue"),
    Row("goal", "win_rate: 20%", 'did you mean "close_rate"?', "close_rate: 20%", "close_rate"),
    Row("goal", "close_rate: 20", "did you mean 20%?", None, "close_rate"),
    Row("goal", "close_rate: 1:5", "write 20%", "close_rate: 20%", "close_rate"),
    Row("goal", "measure: ARR", 'did you mean "recurring"?', "measure: recurring", "measure"),
    Row("goal", "start_revenue: 1 million", "write 1M", "start_revenue: 1M", "start_revenue"),
    Row("goal", "start_revenue: 1,2M", "write 1.2m", "start_revenue: 1.2m", "start_revenue"),
    Row("goal", "close_lag: 60 days", "write what part closes after 0, 1, 2, … months"),
    Row("goal", "close_lag: [30%, 40%, 20%]", "10% is missing"),
    Row("goal", "monthly: {January: 100k}", "write it with its year, such as 2026-01"),
    Row("goal", "monthly: {01/2026: 100k}", "write 2026-01", "monthly: {2026-01: 100k}"),
    Row("goal", "actual: {2026-Q1: 100k}", "write each month: 2026-01, 2026-02, 2026-03"),
    Row("goal", "growth: 30%", "write what the year is to reach"),
    Row("goal", "churn: 5%", "gross_revenue_retention: 95% for 5% lost"),
    Row("goal", "currency: USD", "an amount may have another: 500 EUR"),
    Row("budget", "amount: 5k", "write monthly: 5k, or annual: 60k", None, "monthly"),
    Row("budget", "monthly: 5k per month", "write 5k, without how often", None, "monthly"),
    Row("budget", "annual: 60k/year", "write 60k, without how often", None, "monthly"),
    Row("budget", "spent: {2026-10: 4k}", 'did you mean "actual"?', "actual: {2026-10: 4k}"),
    Row("budget", "actual: 4000", "write the month to each: actual: {2026-10: 4000}"),
    Row("budget", "actual: {Oct 2026: 4k}", "write 2026-10", "actual: {2026-10: 4k}"),
    Row("budget", "category: software", 'did you mean "tools"?', "category: tools", "category"),
    # campaigns, personas, issues and tools
    Row("campaign", "target: pat", "write target: {persona: pat} or {segment: pat}", None, "target"),
    Row("campaign", "audience: pat", "write target: {persona: ID} or {segment: ID}", None, "target"),
    Row("campaign", "channels: [email]", "each asset has its channel"),
    Row("campaign", "headline: Come in", "write message: what it says", None, "message"),
    Row("campaign", "launch: 2027-01-11", 'did you mean "start"?', "start: 2027-01-11", "start"),
    Row("campaign", "start: Jan 11", "write it with its year", None, "start"),
    Row("campaign", "status: live", 'did you mean "launched"?', "status: launched"),
    Row("asset", "type: email", 'did you mean "channel"?', "channel: email", "channel"),
    Row("asset", "status: published", 'did you mean "live"?', "status: live"),
    Row("persona", "pain_points: [p]", 'did you mean "pains"?', "pains: [p]", "pains"),
    Row(
        "persona",
        "buying_role: decision maker",
        'did you mean "economic-buyer"?',
        "buying_role: economic-buyer",
        "buying_role",
    ),
    Row("issue", "date: 2026-11-20", 'did you mean "raised"?', "raised: 2026-11-20", "raised"),
    Row("issue", "due: 2026-12-01", "write horizon: week, sprint or quarter"),
    Row("issue", "status: closed", "write solved, or dropped where it was let go"),
    Row("tool", "cost: 5k", "write annual_cost: what it costs a year"),
    Row("tool", "annual_cost: 500/month", "write what it is in twelve months"),
    Row("tool", "renewal: 03/2027", "2027-03-01 is its first, 2027-03-31 its last"),
    Row("tool", "status: in use", 'did you mean "deployed"?', "status: deployed"),
    # more of people, work and settings
    Row("member", "skills: copy", "write the level to each, 1 to 4: skills: {copy: 3}"),
    Row("member", "skills: {copy: expert}", "1 learning, 2 works alone"),
    Row("member", "time_off: 2026-12-24", "time_off: {2026-12-24: Away}"),
    Row("member", "level: senior", "levels stand with the skills"),
    Row("member", "hours_per_week: 9-17", "write the hours of a week, such as 40", None, "hours_per_week"),
    Row("goal", "net_revenue_retention: 98", "write 98% if per cents are meant"),
    Row("member", "hours_per_week: 40h/week", "write 40", None, "hours_per_week"),
    Row("settings", "timezone: CET+1", "write the place, such as Europe/Berlin: hours after"),
    Row("settings", "timezone: UTC+5", "write the place, such as Europe/Berlin: hours after"),
    Row("settings", "timezone: UTC+5:30", "as the time zone database names it, such as Europe/Berlin"),
    Row("settings", "timezone: PST", "write the place, such as America/Los_Angeles"),
    Row("settings", "timezone: Munich", "a region and a city, as in Europe/Berlin"),
    Row("settings", "meetings: {standup: {day: mon}}", "another meeting is work that recurs"),
    Row("tool", "seats: 5", "write the part of the seats in use: adoption: 40%"),
    Row("budget", "owner: tessa", "a budget line belongs to a function"),
    Row("budget", "monthly: [2k, 3k]", "steps: monthly: {from 2027-07: 2k}", None, "monthly"),
    Row("budget", "actual: [2k, 3k]", "write the month to each: actual: {2026-10: 2k}"),
    Row("goal", "actual: [100k, 120k]", "write the month to each: actual: {2026-10: 100k}"),
    Row("tactic", "cost: [1k, 2k]", "each instalment with its month: cost: {2027-01: 1k}"),
    Row("task", "hours: [2, 3]", "write one number of hours, or a task for each", None, "hours"),
    Row("goal", "acv: [1k, 2k]", "write one amount", None, "acv"),
    Row("member", "hours_per_week: full-time", "40 where that is full time", None, "hours_per_week"),
    Row("member", "rate: 80/h", "write 80"),
    Row("task", "hours: half a day", "write 0.5d", None, "hours"),
    Row("task", "hours: 1w", "write the hours: 40", None, "hours"),
    Row("task", "people: two", "write 2", "people: 2"),
    Row("tactic", "effort: low", "effort is the hours of its tasks"),
    Row("tactic", "cost: free", "write 0", "cost: 0"),
    Row("todo", "due: 4.12.", "write it with its year", None, "due"),
    Row("metric", "target: 5+", "write 5; direction says which way is better", None, "target"),
    Row("metric", "target: >5", "a > or | at the start begins a text", None, "target"),
    Row("metric", "direction: lower is better", 'did you mean "down"?', "direction: down", "direction"),
    Row("settings", "currency: €", "write EUR", "currency: EUR", "currency"),
    Row("settings", "fiscal_year_start: April", "write 4", "fiscal_year_start: 4"),
    Row("settings", "sprint: {length: 2 weeks}", "write 14, and in starts the day"),
    Row("settings", "meetings: {weekly: monday}", "write weekly: {day: mon"),
    # other tools' words for keys
    Row("tactic", "due: 2026-12-15", 'did you mean "deadline"?', "deadline: 2026-12-15"),
    Row("tactic", "due_date: 2026-12-15", 'did you mean "deadline"?', "deadline: 2026-12-15"),
    Row("tactic", "name: Pricing page", 'did you mean "title"?', "title: Pricing page", "title"),
    Row("tactic", "summary: Pricing page", 'did you mean "title"?', "title: Pricing page", "title"),
    Row("tactic", "description: Why and how", 'did you mean "notes"?', "notes: Why and how"),
    Row("tactic", "labels: [q4]", 'did you mean "tags"?', "tags: [q4]"),
    Row("tactic", "depends_on: [a1]", 'did you mean "requires"?', "requires: [a1]"),
    Row("tactic", "blocked_by: a1", 'did you mean "requires"?', "requires: a1"),
    Row("tactic", "kpi: leads-us", 'did you mean "metric"?', "metric: leads-us"),
    Row("tactic", "department: marketing", 'did you mean "function"?', "function: marketing", "function"),
    Row("tactic", "start_date: 2026-12-01", 'did you mean "not_before"?', "not_before: 2026-12-01"),
    Row("tactic", "definition_of_done: It is live", 'did you mean "done_when"?', "done_when: It is live"),
    Row("tactic", "priority: high", "write tier (must, should, nice) or impact (1 to 10)"),
    Row("tactic", "story_points: 5", 'unknown key "story_points"'),
    Row("tactic", "colour: red", "there can be title, function"),
    Row("task", "assignee: tessa", 'did you mean "owner"?', "owner: tessa"),
    Row("task", "assigned_to: tessa", 'did you mean "owner"?', "owner: tessa"),
    Row("task", "responsible: tessa", 'did you mean "owner"?', "owner: tessa"),
    Row("task", "depends_on: [first]", 'did you mean "after"?', "after: [first]"),
    Row("task", "predecessors: first", 'did you mean "after"?', "after: first"),
    Row("task", "estimate: 6", 'did you mean "hours"?', "hours: 6", "hours"),
    Row("task", "effort: 6h", 'did you mean "hours"?', "hours: 6h", "hours"),
    Row("task", "points: 5", "write the hours it takes", None, "hours"),
    Row("member", "fte: 0.5", "hours_per_week: 20 is half of 40", None, "hours_per_week"),
    Row("member", "capacity: 32", 'did you mean "hours_per_week"?', "hours_per_week: 32", "hours_per_week"),
    Row("member", "vacation: {2026-12-21: Skiing}", 'did you mean "time_off"?', "time_off: {2026-12-21: Skiing}"),
    Row("member", "department: marketing", 'did you mean "function"?', "function: marketing", "function"),
    Row("member", "salary: 60000", "salaries stay out of a plan"),
    Row("member", "mail: bo@example.org", 'did you mean "email"?', "email: bo@example.org"),
    Row("todo", "assignee: tessa", 'did you mean "owner"?', "owner: tessa", "owner"),
    Row("todo", "deadline: 2026-12-04", 'did you mean "due"?', "due: 2026-12-04", "due"),
    Row("metric", "frequency: weekly", 'did you mean "cadence"?', "cadence: weekly", "cadence"),
    # slips of the finger
    Row("tactic", "titel: Pricing page", 'did you mean "title"?', "title: Pricing page", "title"),
    Row("tactic", "functoin: marketing", 'did you mean "function"?', "function: marketing", "function"),
    Row("tactic", "Title: Pricing page", 'did you mean "title"?', "title: Pricing page", "title"),
    Row("tactic", "done-when: It is live", 'did you mean "done_when"?', "done_when: It is live"),
    Row("task", "hour: 4", 'did you mean "hours"?', None, "hours"),
    Row("todo", "onwer: tessa", 'did you mean "owner"?', "owner: tessa", "owner"),
    # ids: names, other things' ids, and ids in other letters
    Row("todo", "owner: Tessa Moreau", 'did you mean "tessa"?', "owner: tessa", "owner"),
    Row("todo", "owner: tessa moreau", 'did you mean "tessa"?', "owner: tessa", "owner"),
    Row("todo", "owner: tessa@example.org", 'did you mean "tessa"?', "owner: tessa", "owner"),
    Row("todo", "owner: Tessa", 'did you mean "tessa"?', "owner: tessa", "owner"),
    Row("todo", "owner: tess", 'did you mean "tessa"?', None, "owner"),
    Row("tactic", "metric: Leads US", 'did you mean "leads-us"?', "metric: leads-us"),
    Row("tactic", "metric: leads_us", 'did you mean "leads-us"?', "metric: leads-us"),
    Row("tactic", "metric: leads-uk", 'did you mean "leads-us"?'),
    Row("tactic", "metric: lead-us", 'did you mean "leads-us"?'),
    Row("tactic", "objective: leads-2027-q1", 'did you mean "leads-2026-q4"?'),
    Row("tactic", "objective: More leads", 'did you mean "leads-2026-q4"?', "objective: leads-2026-q4"),
    Row("tactic", "requires: [a2]", 'no tactic "a2"'),
    Row("task", "skill: Copy Writing", "write it as copy-writing", None, "skill"),
    Row("task", "skill: LandingPage", "write it as landing-page", None, "skill"),
    Row("task", "skill: landing_page", "write it as landing-page", None, "skill"),
    Row("task", "skill: Über-Seite", "write it as ueber-seite", None, "skill"),
    Row("task", "skill: Straßenfest", "write it as strassenfest", None, "skill"),
    # words for values
    Row("tactic", "status: redy", 'did you mean "ready"?', "status: ready"),
    Row("tactic", "status: completed", 'did you mean "done"?', "status: done"),
    Row("tactic", "status: Ready", 'did you mean "ready"?', "status: ready"),
    Row("tactic", "status: canceled", 'did you mean "dropped"?', "status: dropped"),
    Row("tactic", "tier: Must-have", 'did you mean "must"?', "tier: must"),
    Row("tactic", "tier: most", 'did you mean "must"?'),
    Row("tactic", "impact: high", "a whole number from 1 to 10", None, "impact"),
    Row("tactic", "impact: 11", "11 is more than 10", None, "impact"),
    Row("tactic", "confidence: 80", "did you mean 80%?"),
    Row("tactic", "confidence: 0,8", "write 0.8", "confidence: 0.8"),
    Row("tactic", "requires: a1, a3", "write it in brackets: [a1, a3]"),
    Row("member", "kind: freelancer", 'did you mean "contractor"?', "kind: contractor", "kind"),
    Row("member", "kind: Employee", 'did you mean "employee"?', "kind: employee", "kind"),
    Row("metric", "direction: increase", 'did you mean "up"?', "direction: up", "direction"),
    Row("metric", "cadence: every month", 'did you mean "monthly"?', "cadence: monthly", "cadence"),
    Row("metric", "cadence: biweekly", 'did you mean "weekly"?', None, "cadence"),
    # weekdays
    Row("week", "Monday: 8", 'did you mean "mon"?', "mon: 8", "mon"),
    Row("week", "Mon: 8", 'did you mean "mon"?', "mon: 8", "mon"),
    Row("week", "tues: 8", 'did you mean "tue"?', "tue: 8"),
    Row("week", "THURSDAY: 8", 'did you mean "thu"?', "thu: 8"),
    Row(
        "settings",
        "sprint: {workdays: Monday-Friday}",
        "workdays are written like mon-fri",
        "sprint: {workdays: mon-fri}",
    ),
    # dates
    Row("tactic", "deadline: 12/15/2026", "write 2026-12-15", "deadline: 2026-12-15"),
    Row("tactic", "deadline: 15/12/2026", "write 2026-12-15", "deadline: 2026-12-15"),
    Row("tactic", "deadline: 15.12.2026", "write 2026-12-15", "deadline: 2026-12-15"),
    Row("tactic", "deadline: 2026/12/15", "write 2026-12-15", "deadline: 2026-12-15"),
    Row("tactic", "deadline: 2026-12-5", "write 2026-12-05", "deadline: 2026-12-05"),
    Row("tactic", "deadline: 2026-12-24T00:00:00Z", "write 2026-12-24", "deadline: 2026-12-24"),
    Row("tactic", "deadline: Dec 15, 2026", "write 2026-12-15", "deadline: 2026-12-15"),
    Row("tactic", "deadline: 15 December 2026", "write 2026-12-15", "deadline: 2026-12-15"),
    Row("tactic", "deadline: 1/2/2026", "write 2026-01-02 or 2026-02-01"),
    Row("tactic", "deadline: 15.12.26", "is not a date"),
    Row("tactic", "due: 12/15/2026", 'did you mean "deadline"?', "deadline: 2026-12-15"),
    Row("member", "time_off: {24.12.2026: Skiing}", "write 2026-12-24", "time_off: {2026-12-24: Skiing}"),
    Row(
        "member",
        "time_off: {2026-12-21 - 2026-12-23: Skiing}",
        "write 2026-12-21..2026-12-23",
        "time_off: {2026-12-21..2026-12-23: Skiing}",
    ),
    # hours and amounts
    Row("task", "hours: 4 hours", "write 4h", "hours: 4h", "hours"),
    Row("task", "hours: 2h 30m", "write 150m", "hours: 150m", "hours"),
    Row("task", "hours: 1h30", "write 90m", "hours: 90m", "hours"),
    Row("task", "hours: 4,5", "write 4.5", "hours: 4.5", "hours"),
    Row("task", "hours: half a day", "is not hours", None, "hours"),
    Row("tactic", "cost: 1.500,00 €", "write 1500.00", "cost: 1500.00"),
    Row("tactic", "cost: € 1500", "write 1500", "cost: 1500"),
    Row("tactic", "cost: EUR 1500", "write 1500", "cost: 1500"),
    Row("tactic", "cost: 1,500.00", "write 1500.00", "cost: 1500.00"),
    Row("tactic", "cost: 1 500", "write 1500", "cost: 1500"),
    Row("tactic", "cost: 12,50", "write 12.50", "cost: 12.50"),
    Row("tactic", "cost: $1,500", "the plan's currency, EUR"),
    Row("tactic", "cost: €1,500", "is not an amount of money"),
    Row("tactic", "cost: 1,500", "write 1500 or 1.5"),
    Row("tactic", "cost: 1.500", "1.5, not 1500"),
    Row("tactic", "cost: -50", "-50 is less than 0"),
)


def plan_text(row: Row) -> str:
    indent = FRAMES[row.place].split("\n")[-2]
    column = len(indent) - len(indent.lstrip()) + (0 if row.place == "settings" else 2)
    key = row.typed.partition(":")[0]
    fields = [f"{name}: {value}" for name, value in SOUND[row.place].items() if name not in (key, row.without)]
    return FRAMES[row.place].format("".join(f"{' ' * column}{line}\n" for line in (*fields, row.typed)))


def check(loaded: Loaded) -> Validation:
    return validate(loaded, context_of(loaded, None, date(2026, 11, 28)))


def everything(found: Validation) -> Validation:
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.place}, {row.typed}")
def test_a_usual_mistake_is_told_so_that_one_can_go_on(make_plan: MakePlan, row: Row) -> None:
    name = "revplan.yaml" if row.place == "settings" else "typed.yaml"
    files = {"others.yaml": OTHERS, name: plan_text(row)}
    root = make_plan({"revplan.yaml": "revplan: {format: 1, company: X, currency: EUR}\n", **files})
    told = [found for found in check(read(root)).diagnostics if found.location.file == name]
    texts = [f"{found.message} ({found.hint})" for found in told]
    assert any(row.told in text for text in texts), texts
    fix_plan(read(root), check, everything)
    last = (root / name).read_text(encoding="utf-8").splitlines()[-1].strip()
    assert last == (row.fixed or row.typed)


def test_an_amount_in_the_plans_dollars_is_read(make_plan: MakePlan) -> None:
    row = Row("tactic", "cost: $1,500", "")
    root = make_plan(
        {"revplan.yaml": "revplan: {format: 1, company: X, currency: USD}\n", "typed.yaml": plan_text(row)}
    )
    fix_plan(read(root), check, everything)
    assert (root / "typed.yaml").read_text(encoding="utf-8").splitlines()[-1].strip() == "cost: 1500"


def test_a_foreign_file_is_told_once_and_names_the_way_out(make_plan: MakePlan) -> None:
    root = make_plan({"compose.yaml": "version: 3\nservices: {web: {image: nginx}}\n", "ci.yaml": "- run: make\n"})
    found = [each for each in check(read(root)).diagnostics if each.location.file in ("compose.yaml", "ci.yaml")]
    assert [each.message for each in found] == [
        "a plan file is a mapping",
        'unknown key "version", like all others in this file',
    ]
    assert all(f"exclude: [{each.location.file}]" in (each.hint or "") for each in found)


def test_what_belongs_below_another_key_is_told_where(make_plan: MakePlan) -> None:
    root = make_plan({"okr.yaml": "objectives: {leads: {title: More leads}}\n"})
    assert [each.hint for each in check(read(root)).diagnostics if each.code == "RP101"] == [
        "it stands below strategy: strategy: {objectives: …}"
    ]


def test_what_lacks_many_keys_is_told_once_with_an_example(make_plan: MakePlan) -> None:
    root = make_plan("personas: {cfo: {name: CFO}}\ntactics: {a: {title: A, function: sales}}\n")
    found = [each for each in check(read(root)).diagnostics if each.code == "RP102"]
    assert [(each.message, each.hint) for each in found] == [
        (
            '"segment", "buying_role", "goals", "pains" and "channels" are missing',
            "fill in: segment: …, buying_role: champion, goals: […], pains: […], channels: […]",
        ),
        ('"impact" is missing', ""),
        ('"tasks" is missing', "write what it takes, such as tasks: {write: {skill: writing, hours: 8}}"),
    ]
    whole = make_plan(
        "personas: {cfo: {name: CFO, segment: s, buying_role: champion, goals: [g], pains: [p],\n  channels: [c]}}\n"
    )
    assert [each for each in check(read(whole)).diagnostics if each.code == "RP102"] == []


def test_a_week_that_is_no_mapping_is_told_what_to_write(make_plan: MakePlan) -> None:
    text = plan_text(Row("member", "week: 40", "")).replace("    hours_per_week: 40\n", "")
    assert [each.hint for each in check(read(make_plan({"typed.yaml": text}))).diagnostics if each.code == "RP103"] == [
        "write hours_per_week: 40"
    ]


def test_a_comma_in_braces_is_told_as_that(make_plan: MakePlan) -> None:
    root = make_plan(
        "tactics: {a: {title: A, function: marketing, impact: 5, cost: 1,500, notes: one, and more,"
        " tasks: {do: {skill: x, hours: 1}}}}\n"
    )
    hints = [each.hint for each in check(read(root)).diagnostics if each.code == "RP101"]
    assert (
        hints == ["a comma in braces begins a new entry: write 1500 for 1,500, and quotes around text with commas"] * 2
    )


def test_a_text_that_is_a_comment_is_told_as_that(make_plan: MakePlan) -> None:
    text = plan_text(Row("tactic", "title: #1 priority", ""))
    found = [each for each in check(read(make_plan({"typed.yaml": text}))).diagnostics if each.code == "RP102"]
    assert [each.hint for each in found] == ['what follows # is a comment; write title: "#1 priority"']
    text = (
        plan_text(Row("tactic", "tasks: #ours\n      do: {skill: copy, hours: 4}\n    notes: x", ""))
        + "  two: {title: B}\n"
    )
    found = [each for each in check(read(make_plan({"typed.yaml": text}))).diagnostics if each.code == "RP102"]
    assert ["comment" in (each.hint or "") for each in found] == [False]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("time_off: {2026-12-01: {hour: 4}}", 'did you mean "hours"?'),
        ("time_off: {2026-12-01: {hours: 4, reson: Dentist}}", 'did you mean "reason"?'),
        ("time_off: {2026-12-01: {hours: 4, because: Dentist}}", "there can be hours, reason, name"),
        ("time_off: {2026-12-01: {reason: Dentist}}", "a day off is written as"),
        ("week: {mon: 8, evn: {mon: 4}}", 'did you mean "even"?'),
    ],
)
def test_near_keys_of_what_may_be_written_in_several_ways_have_their_own_hint(
    make_plan: MakePlan, typed: str, told: str
) -> None:
    root = make_plan({"typed.yaml": plan_text(Row("member", typed, ""))})
    texts = [f"{found.message} ({found.hint})" for found in check(read(root)).diagnostics]
    assert any(told in text for text in texts), texts
