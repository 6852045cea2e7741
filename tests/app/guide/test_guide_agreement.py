"""Guide, workshops and findings say the same, and go by the plan as its files are now."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from revplan.app.checking.validate import validate
from revplan.app.guide.defaults import default
from revplan.app.guide.playbooks import all_playbooks
from revplan.app.guide.questions import next_place
from revplan.app.guide.session import begin, find_workshop, read_anew
from revplan.app.open import context_of, open_plan
from revplan.cli.editing import EditSession
from revplan.cli.interview import Interview
from revplan.cli.options import Color
from revplan.errors import InputError
from revplan.formats.table import DocumentFormat, Screen
from revplan.model.money import Currency
from revplan.reports.goals import verdict_lines
from revplan.reports.playbooks import fitting
from revplan.wording import about, hours

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from revplan.app.guide.session import Place, Session
    from revplan.reports.document import Words
    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

DAY = date(2026, 12, 1)
GOAL = """goals:
  "2027": {{measure: recurring, start_revenue: 1.2M, target_revenue: {target}, acv: 12k, close_rate: 20%,
    cost_per_opportunity: 600{more}}}
budget:
  programs: {{category: programs, function: marketing, annual: 60k}}
"""
KNOWN = ", close_lag: [0.2, 0.5, 0.3], open_opportunities: 10, net_revenue_retention: 97%"
LATE = ", close_lag: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], open_opportunities: 0"


def text_of(line: Words) -> str:
    return "".join(run.text for run in line)


def said(root: Path) -> tuple[str, str]:
    """Return the hint of RP710, and the verdict as the goals workshop tells it."""
    loaded = open_plan(root, root)
    context = context_of(loaded, DAY, DAY)
    found = [each for each in validate(loaded, context).diagnostics if each.code == "RP710"]
    verdict = " ".join(map(text_of, verdict_lines(context, context.plan.goals["2027"])))
    return found[0].hint or "", verdict


@pytest.mark.parametrize(("target", "more"), [("1.6M", KNOWN), ("1.9M", KNOWN), ("1.6M", LATE), ("9M", LATE)])
def test_the_finding_names_money_where_the_workshop_does(target: str, more: str, make_plan: MakePlan) -> None:
    hint, verdict = said(make_plan(GOAL.format(target=target, more=more)))
    assert ("no budget alone would do" in hint) is ("No budget alone would do" in verdict)
    level = re.search(r"budget from \$[\d.,]+[KM]? to \$([\d.,]+)([KM]?)", verdict)
    if "more" in hint.split(", or make")[0] and level is not None:
        factor = {"": 1, "K": 1_000, "M": 1_000_000}[level[2]]
        named = re.search(r"find \$([\d,]+) more", hint)
        assert named is not None
        whole = 60_000 + int(named[1].replace(",", ""))
        assert abs(whole - float(level[1].replace(",", "")) * factor) <= 0.01 * whole


def test_where_everything_closes_after_the_year_no_money_is_named(make_plan: MakePlan) -> None:
    hint, verdict = said(make_plan(GOAL.format(target="1.9M", more=LATE)))
    assert "No budget alone would do" in verdict
    assert "$" not in hint


LAG = "how long it takes to close (close_lag, adding up to 100%)"
OPEN = "how many opportunities are open (open_opportunities, or a pipeline as counted)"


@pytest.mark.parametrize(
    ("more", "lacks"),
    [
        ("", f": add to the goal {LAG} and {OPEN}."),
        (", close_lag: [0.2, 0.8]", f": add to the goal {OPEN}."),
        (", open_opportunities: 10", f": add to the goal {LAG}."),
    ],
)
def test_what_is_not_known_names_the_way_to_know_it(more: str, lacks: str, make_plan: MakePlan) -> None:
    _, verdict = said(make_plan(GOAL.format(target="1.6M", more=more)))
    assert f"attainment and odds not known{lacks}" in verdict


# --- the plan as it is now -------------------------------------------------------------------------------------------


def place_of(session: Session, key: str) -> tuple[Session, Place]:
    while (place := next_place(session)) is not None and place.key != key:
        session = session.answer(place.key, ())
    assert place is not None
    return session, place


def test_a_rate_that_a_colleague_sets_meanwhile_is_known(run: Run, make_plan: MakePlan) -> None:
    root = make_plan("")
    loaded = open_plan(root, root)
    context = context_of(loaded, DAY, DAY)
    session, place = place_of(begin(loaded, context, find_workshop("goals"), None, every=False), "deals/acv")
    interview = Interview(EditSession(loaded, context, Color.NEVER, dry_run=False), session)
    with pytest.raises(InputError, match="no exchange rate of EUR") as refused:
        interview._read_answer(place, ["500 EUR"])
    assert "`revplan set currencies.EUR." in str(refused.value.hint)
    assert run("-C", root, "set", "currencies.EUR.2026-12", "1.1").code == 0
    assert interview._read_answer(place, ["500 EUR"]) == ("500 EUR",)
    assert interview.session.plan.settings.currencies[Currency("EUR")].popitem()[1] == Decimal("1.1")
    assert interview.at.loaded is interview.session.loaded
    assert interview.session.answers == session.answers


def test_a_plan_that_cannot_be_read_now_stays_as_it_was_read(make_plan: MakePlan) -> None:
    root = make_plan("")
    loaded = open_plan(root, root)
    session = begin(loaded, context_of(loaded, DAY, DAY), find_workshop("goals"), None, every=False)
    assert read_anew(session) is session
    (root / "plan.yaml").write_text("team: [", encoding="utf-8")
    assert read_anew(session) is session
    (root / "plan.yaml").write_text("competitors: x\nteam: {ann: {hours: }}\n", encoding="utf-8")
    assert read_anew(session) is session


# --- figures that add up ------------------------------------------------------------------------------------------

BODY = "{kind: employee, function: marketing, hours_per_week: 9, skills: {writing: 3}, name: M}"
ONE_DAY = "".join(f"  m{number}: {BODY}\n" for number in range(7))


def test_hours_of_a_short_sprint_add_up_to_the_heading(run: Run, make_plan: MakePlan) -> None:
    root = make_plan({"plan.yaml": f"team:\n{ONE_DAY}"})
    out = run("-C", root, "sprint", "plan", "2027-01", "--today", "2027-01-29").out
    whole = re.search(r"0 tactics, 0 of ([\d.]+) h", out)
    each = re.findall(r"0 of ([\d.]+) h, [\d.]+ h left", out)
    assert whole is not None
    assert len(each) == 7
    total = sum(map(Decimal, each))
    assert abs(total - Decimal(whole[1])) <= Decimal(whole[1]) / 50
    minutes = round(float(each[0]) * 60)
    assert hours(minutes) != about(minutes), "to the half hour they would not add up"


@pytest.mark.parametrize("columns", [80, 100])
def test_playbooks_that_fit_are_told_in_whole_words(columns: int, make_plan: MakePlan) -> None:
    root = make_plan("")
    context = context_of(open_plan(root, root), DAY, DAY)
    document = fitting(context, tuple(all_playbooks(context.plan).values()))
    drawn = DocumentFormat.TERMINAL.draw(document, Screen(columns, color=False)).decode()
    wide = DocumentFormat.TERMINAL.draw(document, Screen(400, color=False)).decode()
    assert set(drawn.split()) <= set(wide.split()), "no word is broken"
    assert max(map(len, drawn.splitlines())) <= columns


LONG_IDS = """strategy:
  objectives:
    drei-neue-stammkunden-bis-ostern: {title: Three, owner: ann}
team:
  ann: {name: Ann, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
tactics:
  call-everybody-who-asked-last-year: {title: Call everybody who asked last year and did not buy, impact: 7,
    function: marketing, objective: drei-neue-stammkunden-bis-ostern, tasks: {call: {skill: writing, hours: 4}}}
"""


@pytest.mark.parametrize("columns", [72, 80, 100])
def test_a_table_that_has_no_room_breaks_no_word(
    columns: int, run: Run, make_plan: MakePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = run("-C", make_plan(LONG_IDS), "tactic", "list", "--today", "2026-12-01").out
    for word in ("everybody", "marketing", "drei-neue-stammkunden-bis-ostern", "call-everybody-who-asked-last-year"):
        assert word in out, out


def test_a_campaign_serves_ones_own_objective_before_that_of_the_template(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "plan"
    assert run("init", root, "--yes", "--today", DAY.isoformat()).code == 0
    added = run("-C", root, "objective", "add", "Three new customers", "--owner", "you")
    assert added.code == 0, added.err
    loaded = open_plan(root, root)
    session = begin(loaded, context_of(loaded, DAY, DAY), find_workshop("campaign"), "Spring", every=False)
    _, place = place_of(session, "dates/objective")
    assert default(session, place) == ("three-new-customers",)
