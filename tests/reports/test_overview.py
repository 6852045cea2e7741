from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.app.open import context_of, open_plan
from revplan.app.reporting.report import first_page
from revplan.formats.site import Page, site
from revplan.reports.catalog import NAMES
from revplan.reports.document import Document, Picture
from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EMPTY = "revplan: {format: 1, company: New, currency: USD, today: 2026-11-28}\n"
DECISIONS = """\
revplan: {format: 1, company: Quay, currency: EUR, today: 2026-11-28}
company:
  functions: {sales: {name: Sales}, support: {name: Support}}
  cover: {c: {for: support, by: sales, what: calls, since: 2026-09-01, until: 2026-11-18}}
issues:
  old: {title: "Who <b>answers</b> mail?", raised: 2026-10-01}
  new: {title: Too young to tell, raised: 2026-11-20}
  solved: {title: Behind us, raised: 2026-01-01, status: solved, solution: done, solved: 2026-02-01}
"""

MONEY = """\
revplan: {format: 1, company: Quay, currency: EUR, today: 2026-11-16}
budget:
  ads: {function: marketing, category: programs, annual: 120000, actual: {2026-01: 10000, 2026-02: 20000}}
team:
  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {copy: 3}}
tactics:
  page: {title: Page, function: marketing, impact: 2, value: 2, tasks: {write: {skill: copy, hours: 30}}}
  film:
    {title: Film, function: marketing, impact: 1, value: 1, cost: 20000, budget: ads,
     tasks: {shoot: {skill: copy, hours: 10}}}
sprints:
  2026-11:
    start: 2026-11-01
    end: 2026-11-30
    status: active
    tactics:
      page:
        tasks:
          write: {owner: ana, hours: 30, start: 2026-11-02, due: 2026-11-10, status: done, done: 2026-11-09}
      film: {tasks: {shoot: {owner: ana, hours: 10, start: 2026-11-11, due: 2026-11-13}}}
"""


def overview(folder: Path) -> Document:
    return first_page(context_of(open_plan(folder, folder), None, date(2026, 11, 28)))


def text(document: Document, title: str) -> str:
    section = next(each for each in document.sections if each.title[0].text == title)
    lines = [item for block in section.blocks for item in getattr(block, "items", (getattr(block, "words", ()),))]
    return "\n".join("".join(run.text for run in line) for line in lines)


@pytest.mark.parametrize("example", ["harbourline", "agency", "minimal"])
def test_every_tile_leads_to_a_report(example: str) -> None:
    found = overview(EXAMPLES / example)
    assert len(found.sections) == 9
    assert {section.page for section in found.sections} <= set(NAMES)
    assert all(section.blocks for section in found.sections)


def test_the_example_shows_pictures_of_revenue_sprint_hours_money_and_funnel() -> None:
    drawn = [
        any(isinstance(block, Picture) for block in each.blocks) for each in overview(EXAMPLES / "harbourline").sections
    ]
    assert drawn == [True] * 5 + [False] * 4


def test_an_empty_plan_says_what_is_not_there_yet(make_plan: Callable[..., Path]) -> None:
    found = overview(make_plan({"revplan.yaml": EMPTY}))
    assert text(found, "Is revenue growing?") == "No revenue goal for this year yet: `revplan workshop goals` sets one."
    assert text(found, "To decide today") == "Nothing waits for a decision."
    assert not any(isinstance(block, Picture) for section in found.sections for block in section.blocks)


def test_what_needs_a_decision(make_plan: Callable[..., Path]) -> None:
    found = overview(make_plan({"revplan.yaml": DECISIONS}))
    assert text(found, "To decide today") == (
        "10 days past its limit: Sales for Support\nopen for 58 days: Who <b>answers</b> mail?"
    )


def test_the_index_escapes_it_and_links_to_the_pages_there_are(make_plan: Callable[..., Path]) -> None:
    first = overview(make_plan({"revplan.yaml": DECISIONS}))
    files = site("Quay", [Page("sprint", Document("Sprint", (), ()))], first)
    index = files["index.html"].decode()
    assert "Who &lt;b&gt;answers&lt;/b&gt; mail?" in index
    assert '<a href="sprint.html">Is the sprint on course?</a>' in index
    assert 'href="company.html"' not in index


def test_the_money_tile_tells_what_is_spent_committed_and_left(make_plan: Callable[..., Path]) -> None:
    found = text(overview(make_plan({"revplan.yaml": MONEY})), "Where is the money?").strip()
    assert found == "€30K spent, €20K committed, €70K left; the mark is the year's pace."


def test_the_sprint_tile_tells_hours_value_and_the_half_value_day(make_plan: Callable[..., Path]) -> None:
    found = text(overview(make_plan({"revplan.yaml": MONEY})), "Is the sprint on course?").strip()
    assert found == "2026-11: 75% of 40 h and 67% of the value done, 1 task late; half of the value is due by 10 Nov"
