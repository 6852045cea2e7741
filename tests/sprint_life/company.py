"""A small company with a backlog for a year, in text as a plan file holds it."""

from __future__ import annotations

TEAM = """team:
  ana: {name: Ana Ruiz, kind: employee, function: marketing, hours_per_week: 30, skills: {writing: 3, web: 2}}
  ben: {name: Ben Okoye, kind: employee, function: marketing, hours_per_week: 20, skills: {design: 3, web: 3}}
"""
GUIDE = """  guide:
    title: Buyer's guide
    function: marketing
    impact: 9
    done_when: Three buyers have it
    tasks:
      write: {skill: writing, hours: 20}
      draw: {skill: design, hours: 10, after: [write]}
"""
PAGE = """  page:
    title: Page of the guide
    function: marketing
    impact: 8
    requires: [guide]
    done_when: It is live
    tasks: {build: {skill: web, hours: 8, title: Build the page}}
"""
BOOK = """  book: {title: A book, function: marketing, impact: 2, tasks: {write: {skill: writing, hours: 60}}}
"""
BACKLOG = f"tactics:\n{GUIDE}{PAGE}{BOOK}"
COMPANY = TEAM + BACKLOG


def settings(today: str = "2026-11-28", sprint: str = "{focus_factor: 1, reserve: 0}") -> str:
    return f"revplan: {{format: 1, company: Quay, currency: USD, today: {today}, sprint: {sprint}}}\n"


def year(count: int) -> str:
    """Return a backlog of many tactics of two tasks each, all of them with a definition of done."""
    tactics = (
        f"  t{number:02}:\n    title: Tactic {number}\n    function: marketing\n    impact: {1 + number % 10}\n"
        f"    done_when: It is used\n    tasks:\n"
        f"      write: {{skill: writing, hours: {4 + number % 7 * 3}}}\n"
        f"      draw: {{skill: design, hours: {2 + number % 5 * 4}, after: [write]}}\n"
        for number in range(count)
    )
    return "tactics:\n" + "".join(tactics)
