"""One fact, all pages: what two reports both tell, they tell alike, whatever the day.

The plans are Harbourline with its December written and begun, the agency, the smallest plan, what `init` lays out, and
a company whose year begins in July; the days lie before, in and after their sprints and around both kinds of New Year.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from revplan.analysis.scorecard import scorecard
from revplan.analysis.standing import standings
from revplan.analysis.strategy import random_acts
from revplan.app.open import context_of, open_plan
from revplan.app.reporting.agenda import quarter, sprint, weekly
from revplan.app.reporting.report import all_reports
from revplan.formats.table import DocumentFormat, Screen
from revplan.reports import listing
from revplan.reports.document import Table
from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from revplan.model.context import Context
    from revplan.reports.document import Document, Words
    from tests.support.shell import Ran

    Run = Callable[..., Ran]

JULY = """\
revplan: {format: 1, company: July, currency: EUR, fiscal_year_start: 7}
strategy:
  objectives:
    spring: {title: Sold out in spring, owner: ana, quarter: 2026-Q4, weight: 2}
    summer: {title: Ten new partners, owner: ben, quarter: 2027-Q1, weight: 1.5}
    won: {title: A name in the trade, owner: ana, quarter: 2027-Q1, weight: 3, status: reached}
team:
  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 20, skills: {writing: 3, web: 2}}
  ben: {name: Ben, kind: employee, function: leadership, hours_per_week: 10, skills: {sales: 3}}
goals:
  2027: {measure: recurring, start_revenue: 400000, target_revenue: 500000, acv: 10000, close_rate: 20%,
    close_lag: [0.5, 0.5], cost_per_opportunity: 500, net_revenue_retention: 95%}
metrics:
  calls: {name: Calls, unit: calls, direction: up, owner: ben, cadence: weekly, target: 10,
    readings: {2026-06-25: 4, 2026-07-09: 12}}
company:
  functions:
    marketing: {name: Brand and demand, accountable: ana, measurables: [calls]}
tactics:
  page:
    {title: A page for partners, function: marketing, objective: spring, impact: 8, confidence: 0.5,
    tasks: {write: {skill: writing, hours: 8}, build: {skill: web, hours: 1, after: [write]}}}
  visits:
    {title: Visit ten partners, function: leadership, objective: summer, impact: 6, deadline: 2026-07-08,
    tasks: {visit: {skill: sales, hours: 12}}}
  book: {title: A book, function: marketing, objective: won, impact: 4, tasks: {write: {skill: writing, hours: 40}}}
  talk: {title: A talk, function: leadership, status: idea, impact: 3, tasks: {hold: {skill: sales, hours: 2}}}
  letter:
    {title: A letter to all partners, function: marketing, objective: summer, impact: 5, done_when: It is sent,
    tasks: {write: {skill: writing, hours: 6}}}
campaigns:
  partners:
    title: Partners first
    owner: ana
    message: We sell more with you.
    start: 2026-07-16
    end: 2026-09-30
    assets:
      letter: {channel: post, task: letter/write, status: draft, due: 2026-07-10}
      page: {channel: website, task: page/write, due: 2026-07-14}
sprints:
  2026-06:
    {start: 2026-06-01, end: 2026-06-30, status: planned,
    tactics: {page: {origin: committed, tasks: {write: {owner: ana, hours: 8, status: started, spent: 3, left: 5}}}}}
  2026-07:
    start: 2026-07-01
    end: 2026-07-31
    status: active
    tactics:
      letter: {tasks: {write: {owner: ana, hours: 6, start: 2026-07-01, due: 2026-07-06, status: done, spent: 6}}}
      visits: {tasks: {visit: {owner: ben, hours: 12, start: 2026-07-01, due: 2026-07-08}}}
    parked:
      book: {reason: capacity, short: {writing: 12}, review: 2026-07-31, since: 2026-07-01}
"""


@dataclass(frozen=True)
class Seen:
    """A plan on a day, with every page of it."""

    context: Context
    pages: Mapping[str, Document]

    def data(self, page: str) -> Mapping[str, Any]:
        """Return a page's figures."""
        found = self.pages[page].data
        assert found is not None, page
        return found


def harbourline(root: Path, run: Run) -> None:
    shutil.copytree(EXAMPLES / "harbourline", root)
    run("-C", root, "sprint", "plan", "--write")
    run("-C", root, "sprint", "start", "--today", "2026-12-01")


def july(root: Path, _run: Run) -> None:
    root.mkdir()
    (root / "revplan.yaml").write_text(JULY)


def begun(root: Path, run: Run) -> None:
    run("init", root, "--yes", "--today", "2026-12-01")


def example(name: str) -> Callable[[Path, Run], None]:
    def make(root: Path, _run: Run) -> None:
        shutil.copytree(EXAMPLES / name, root)

    return make


CASES = {
    "harbourline": (harbourline, ("2026-11-28", "2026-12-09", "2026-12-31", "2027-01-04")),
    "agency": (example("agency"), ("2026-11-28", "2027-01-11")),
    "minimal": (example("minimal"), ("2026-11-28", "2027-01-01")),
    "init": (begun, ("2026-12-01", "2027-01-04")),
    "july": (july, ("2026-06-30", "2026-07-01", "2026-07-13", "2026-08-03", "2027-01-04")),
}
DAYS = [(name, day) for name, (_, days) in CASES.items() for day in days]


@pytest.fixture(params=DAYS, ids=[f"{name}-{day}" for name, day in DAYS])
def seen(request: pytest.FixtureRequest, tmp_path: Path, run: Run) -> Seen:
    name, day = request.param
    root = tmp_path / "plan"
    CASES[name][0](root, run)
    loaded = open_plan(root, root)
    context = context_of(loaded, date.fromisoformat(day), date(2026, 11, 28))
    agendas = {
        "agenda-weekly": weekly(context, None),
        "agenda-sprint": sprint(loaded, context, None, lambda _step: None),
        "agenda-quarter": quarter(context, None),
    }
    return Seen(context, {**all_reports(loaded, context, lambda _step: None), **agendas})


def test_what_several_pages_tell_they_tell_alike(seen: Seen) -> None:
    for check in (a_state, hours_left, an_objective, a_period, a_campaign, a_metric, a_function, a_count):
        assert list(check(seen)) == [], check.__name__


def a_state(seen: Seen) -> Iterator[object]:
    """A tactic stands alike in the backlog, the list, the parking lot, the sprint and the roadmap."""
    stands = {name: str(each) for name, each in standings(seen.context).items()}
    listed = listing.build(seen.context, "tactic", listing.Filter({}, over=True))
    yield from ((name, listed.text(name, "stands")) for name in stands if listed.text(name, "stands") != stands[name])
    backlog = {entry["tactic"]: entry["stands"] for entry in seen.data("backlog")["tactics"]}
    yield from ((name, said) for name, said in backlog.items() if stands[name] != said)
    yield from (name for name, state in stands.items() if state in {"ready", "idea"} and name not in backlog)
    parked = {entry["tactic"] for entry in seen.data("parking-lot")["parked"]}
    yield from parked ^ {name for name, state in stands.items() if state == "parked"}
    at_hand = seen.data("sprint")
    if at_hand["sprint"] is not None and at_hand["status"] != "closed":
        is_over = seen.context.plan.sprints[at_hand["sprint"]].end < seen.context.today
        for entry in at_hand["tactics"]:
            if entry["dropped"] is None and entry["stands"] in {"untouched", "begun"} and not is_over:
                yield from [entry["tactic"]] * (stands[entry["tactic"]] != f"in sprint {at_hand['sprint']}")
    yield from _called_impossible(seen, {name for name, state in stands.items() if state.startswith("in sprint")})


def _called_impossible(seen: Seen, committed: set[str]) -> Iterator[str]:
    """Yield what a sprint holds and the roadmap lists among what is parked."""
    for section in seen.pages["roadmap"].sections:
        if text(section.title).startswith("Parked"):
            listed = {text(row[0]) for block in section.blocks if isinstance(block, Table) for row in block.rows}
            titles = {name: seen.context.plan.tactics[name].title for name in committed}
            yield from (name for name, title in titles.items() if {title, f"{title} (must)"} & listed)


def text(words: Words) -> str:
    return "".join(run.text for run in words)


def hours_left(seen: Seen) -> Iterator[object]:
    """The hours left of a tactic are the same in the backlog, the parking lot and behind the objectives."""
    backlog = {entry["tactic"]: entry["hours"] for entry in seen.data("backlog")["tactics"]}
    for entry in seen.data("parking-lot")["parked"]:
        yield from [entry] * (entry["hours"] != backlog[entry["tactic"]])
    strategy = seen.data("strategy")
    for work in (*strategy["objectives"], strategy["later"], strategy["random"]):
        own = [name for name in work["tactics"] if name in backlog]
        if own == work["tactics"]:
            yield from [work] * (Fraction(str(work["hours"])) != sum(Fraction(str(backlog[name])) for name in own))


def an_objective(seen: Seen) -> Iterator[object]:
    """An objective that has ended has no weight: the backlog says so of what the strategy says serves none."""
    ended = {entry["tactic"] for entry in seen.data("backlog")["tactics"] if entry["objective_ended"]}
    random = {tactic.id for tactic in random_acts(seen.context)}
    yield from random ^ set(seen.data("strategy")["random"]["tactics"])
    for name in ended:
        yield from [name] * (name not in random and seen.context.plan.tactics[name].status == "ready")


def a_period(seen: Seen) -> Iterator[object]:
    """Capacity is told of the sprint that the roadmap begins with, and so is who has how much of it."""
    sprints = seen.data("roadmap")["sprints"]
    if sprints:
        yield from [sprints[0]["id"]] * (sprints[0]["id"] != seen.data("capacity")["period"])


def a_campaign(seen: Seen) -> Iterator[object]:
    """What is missing of a campaign are the assets that the list does not call ready or live."""
    listed = listing.build(seen.context, "asset", listing.Filter({}, over=True))
    for campaign in seen.data("campaigns")["campaigns"]:
        own = [name for name in listed.entries if name.startswith(f"{campaign['campaign']}/")]
        finished = sum(listed.text(name, "status") in {"ready", "live"} for name in own)
        yield from [campaign["campaign"]] * (finished != campaign["assets_finished"])
        states = sum(any(word in lack["what"] for word in ("draft", "idea", "review")) for lack in campaign["missing"])
        yield from [campaign["missing"]] * (states != len(own) - finished)
        agenda = DocumentFormat.TERMINAL.draw(seen.pages["agenda-weekly"], Screen(200, color=False)).decode()
        title = seen.context.plan.campaigns[campaign["campaign"]].title
        when = rf"{re.escape(title)} (?:launches|was to be launched) [^;]*; "
        told = re.search(rf"{when}(?:ready|not ready, (\d+) things? missing)", agenda)
        if told is not None:
            yield from [told.group()] * (int(told.group(1) or 0) != len(campaign["missing"]))


def a_metric(seen: Seen) -> Iterator[object]:
    """A measurable has the colour that the scoreboard gives it."""
    colors = {entry.metric.id: entry.color for entry in scorecard(seen.context.plan, seen.context.today)}
    for function in seen.data("company")["functions"]:
        yield from (
            metric for metric, color in function["measurables"].items() if metric in colors and color != colors[metric]
        )


def a_function(seen: Seen) -> Iterator[object]:
    """People read a function's name, never its id."""
    names = {name: each.name for name, each in seen.context.plan.company.functions.items()}
    for page in ("capacity", "team", "backlog", "company"):
        drawn = DocumentFormat.MARKDOWN.draw(seen.pages[page], Screen(80, color=False)).decode()
        for cell in re.findall(r"(?<=\| )[^|]+(?= \|)", drawn):
            yield from [(page, cell)] * (cell in names and cell not in names.values())


_ONE = re.compile(
    r"(?<![\d.,/–−-])\b1 (days|hours|minutes|months|weeks|workdays|sprints|tactics|tasks|things|items|assets|metrics|"
    r"issues|members|files|findings|readings|campaigns|functions|objectives|customers|opportunities|to-dos|times|sections)\b"
)


def a_count(seen: Seen) -> Iterator[object]:
    """One of a thing is said in the singular."""
    for name, page in seen.pages.items():
        text = DocumentFormat.TERMINAL.draw(page, Screen(200, color=False)).decode()
        yield from (
            (name, found.group()) for found in _ONE.finditer(text) if "of 1 " not in found.string[: found.start()][-5:]
        )
