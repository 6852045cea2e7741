"""Revenue and spend of a month, noted from the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

SETTINGS = "revplan: {format: 1, company: Test, currency: EUR, today: 2026-11-28, fiscal_year_start: 7}\n"
GOALS = """\
goals:
  "2027": {measure: recurring, start_revenue: 1M, target_revenue: 2M, acv: 10k, close_rate: 20%}
budget:
  ads:
    category: programs
    function: marketing
    monthly: 2k   # a month
    actual: {2026-10: 1200.50}
"""


@pytest.fixture
def root(make_plan: MakePlan) -> Path:
    return make_plan({"revplan.yaml": SETTINGS, "goals.yaml": GOALS})


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        (("goal", "record", "1.2M"), "2M,", "2M, actual: {2026-10: 1.2M},"),
        (("goal", "record", "1.200.000,50 €", "--month", "2026-09"), "2M,", "2M, actual: {2026-09: 1200000.50},"),
        (("goal", "record", "5", "--month", "2026-11"), "2M,", "2M, actual: {2026-11: 5},"),
        (("budget", "record", "ads", "800"), "1200.50", "800"),
        (("budget", "record", "ads", "99,50", "--more"), "1200.50", "1300"),
        (("budget", "record", "ads", "--more", "--", "-300"), "1200.50", "900.5"),
        (("budget", "record", "ads", "--month", "2026-09", "--", "-1.5k"), "50}", '50, 2026-09: "-1.5k"}'),
        (("budget", "record", "ads", "0.25", "--month", "2026-10", "--more"), "1200.50", "1200.75"),
        (("budget", "record", "ads", "1k", "--month", "2026-11", "--more"), "1200.50}", "1200.50, 2026-11: 1000}"),
    ],
)
def test_a_months_figure_is_noted(run: Run, root: Path, words: tuple[str, ...], old: str, new: str) -> None:
    result = run("-C", root, *words)
    assert result.code == 0, result.err
    assert (root / "goals.yaml").read_text(encoding="utf-8") == GOALS.replace(old, new)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("goal", "record", "5", "--month", "2026-06"), "no goal 2026, the fiscal year of 2026-06"),
        (("goal", "record", "5", "--month", "2026-12"), "has not begun"),
        (("goal", "record", "5", "--month", "October"), "is not a month"),
        (("goal", "record", "much"), "write it like 1200"),
        (("goal", "record", "$5"), "the plan's currency, EUR"),
        (("goal", "record", "1,500"), "write 1500 or 1.5"),
        (("budget", "record", "adds", "5"), 'did you mean "ads"?'),
    ],
)
def test_what_cannot_be_noted_is_refused(run: Run, root: Path, words: tuple[str, ...], said: str) -> None:
    result = run("-C", root, *words)
    assert (result.code, said in result.err) == (2, True), result.err
    assert (root / "goals.yaml").read_text(encoding="utf-8") == GOALS


def test_explain_says_what_a_fiscal_year_is_named_by(run: Run) -> None:
    assert "the year in which it ends" in " ".join(run("explain", "goal").out.split())
    assert "the year in which it ends" in " ".join(run("explain", "revplan.fiscal_year_start").out.split())
