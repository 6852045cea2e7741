from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

PLAN = """\
team:
  ana: {name: Ana Lind, kind: employee, function: marketing, hours_per_week: 40, skills: {copy: 3, web: 1},
    time_off: {2026-12-03..2026-12-04: Travel, 2026-12-08: {hours: 4, reason: Dentist}}}
  ben: {name: Ben Roy, kind: contractor, function: marketing, hours_per_month: 20, until: 2026-12-20, skills: {web: 3}}
strategy:
  inputs:
    fair: {kind: event, title: The fair, date: 2026-12-15, lead_days: 14}
tactics:
  page:
    {title: A page, function: sales, impact: 8, tasks: {write: {skill: copy, hours: 6}, build: {skill: web, hours: 8}}}
  talk: {title: A talk, function: sales, impact: 3, status: idea, tasks: {hold: {skill: copy, hours: 30}}}
  film: {title: A film, function: marketing, impact: 7, tasks: {cut: {skill: web, hours: 90}}}
  news:
    {title: News, function: sales, impact: 5, recurring: weekly, tasks: {write: {skill: copy, hours: 1, owner: ana}}}
campaigns:
  soon: {title: Soon, message: Be ready, start: 2026-12-10, end: 2026-12-31, target: {segment: all}}
sprints:
  2026-12:
    start: 2026-12-01
    end: 2026-12-31
    status: active
    tactics:
      page:
        tasks:
          write: {owner: ana, hours: 6, start: 2026-12-01, due: 2026-12-02, spent: 2, status: started}
          build: {owners: {ben: 5, ana: 3}, hours: 8}
    parked:
      film: {reason: no-skill, short: {web: 70}, review: 2026-12-05}
"""


@pytest.fixture
def root(make_plan: Callable[..., Path]) -> Path:
    return make_plan(PLAN)


def test_the_sprint_at_hand_by_tactic_member_and_week(run: Callable[..., Ran], root: Path) -> None:
    out = run("report", "sprint", "-C", root, "--today", "2026-12-03").out
    assert "1–31 December 2026, active\n" in out
    assert "\n  It has no goal yet." in out
    assert "Ana  1–6 Dec    page/write, page/build" in out
    assert "28–31 Dec  page/build" in out


def test_a_sprint_as_a_page_marks_today(run: Callable[..., Ran], root: Path) -> None:
    page = run("report", "sprint", "-C", root, "--today", "2026-12-03", "--format", "html").out
    assert 'class="today"' in page
    assert 'class="today"' not in run("report", "sprint", "-C", root, "--today", "2027-01-03", "--format", "html").out


def test_the_backlog_says_where_each_tactic_stands(run: Callable[..., Ran], root: Path) -> None:
    data = json.loads(run("report", "backlog", "-C", root, "--today", "2026-12-03", "--format", "json").out)["data"]
    stands = {entry["tactic"]: entry["stands"] for entry in data["tactics"]}
    assert stands == {"page": "in sprint 2026-12", "talk": "idea", "film": "parked"}


def test_the_team_tells_who_is_away_and_whose_contract_ends(run: Callable[..., Ran], root: Path) -> None:
    out = run("report", "team", "-C", root, "--today", "2026-12-01").out
    assert "web 1 (learning)" in " ".join(out.split())
    assert "20 a month" in out
    assert "- Ana Lind: 3–4 Dec, Travel\n  - Ana Lind: 8 Dec, 4 h, Dentist" in out
    assert "- Ben Roy: 20 December 2026" in out


def test_the_weekly_agenda_looks_ahead(run: Callable[..., Ran], root: Path) -> None:
    out = " ".join(run("agenda", "weekly", "-C", root, "--today", "2026-12-03").out.split())
    assert "Away this week: Ana Lind (3–4 Dec)." in out
    assert "Late: page/write, Ana, 4 h left" in out
    assert "Soon launches in 7 days; not ready, 13 things missing, 8 of them on the launch list." in out
    assert "The fair: 15 December 2026; to be ready, begin by 1 December 2026. Nothing answers it yet." in out
    assert "Parked, and to be looked at again by 17 Dec: A film." in out


def test_the_parking_lot_gives_reasons_in_words(run: Callable[..., Ran], root: Path) -> None:
    out = " ".join(run("report", "parking-lot", "-C", root, "--today", "2026-12-06").out.split())
    assert "A film 7 90 nobody has the skill 70 h web 1 5 Dec" in out


def test_a_diagram_has_a_section_for_each_member(run: Callable[..., Ran], root: Path) -> None:
    out = run("export", "mermaid", "2026-12", "-C", root).out
    assert "    section Ana\n    page/write :t1, 2026-12-01, 2026-12-02\n" in out
    assert "    section Ben\n    page/build :t3, 2026-12-01, 2026-12-31\n" in out


def test_a_calendar_has_what_is_due(run: Callable[..., Ran], root: Path) -> None:
    out = run("export", "ics", "-C", root, "--today", "2026-12-01").out
    for entry in ("task-2026-12-page-write", "launch-soon", "input-fair", "begin-fair"):
        assert f"UID:{entry}@test.revplan" in out
