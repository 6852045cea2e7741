"""What advertising programs export: totals, summaries and titles are no spending, and months stay apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

SETTINGS = "revplan: {format: 1, company: Test, currency: EUR, today: 2026-11-28}\n"
BUDGET = "budget: {ads: {category: programs, function: marketing, monthly: 10k, accounts: [Brand, Spring]}}\n"
GOOGLE_ADS = """\
Campaign performance
"September 1, 2026 - October 31, 2026"
Month,Campaign,Currency code,Cost,Clicks
2026-09,Brand,EUR,"1,000.50",10
2026-10,Brand,EUR, --,0
2026-10,Spring,EUR,500.00,10
Total: Campaigns, --,EUR,"1,500.50",20
Total: Account, --,EUR,"1,500.50",20
"""
META_ADS = """\
Reporting starts,Reporting ends,Campaign name,Campaign delivery,Amount spent (EUR),Impressions
2026-09-01,2026-10-31,,,1500.50,300
2026-09-01,2026-09-30,Brand,active,1000.50,100
2026-10-01,2026-10-31,Spring,inactive,500,200
"""
LINKEDIN_ADS = """\
Campaign Performance Report (in UTC)
Report Start: September 1, 2026, 12:00 AM
Report End: October 31, 2026, 11:59 PM
Date Generated: November 28, 2026, 8:15 AM

Start Date (in UTC)\tAccount Name\tCurrency\tCampaign Group Name\tCampaign Name\tCampaign ID\tTotal Spent\tImpressions
9/14/2026\tAcme\tEUR\tAll\tBrand\t1\t1000.50\t10
10/2/2026\tAcme\tEUR\tAll\tSpring\t2\t500.00\t10
"""
EXPORTS = {
    "Google Ads": GOOGLE_ADS.encode(),
    "Meta Ads Manager": META_ADS.encode(),
    "LinkedIn Campaign Manager": LINKEDIN_ADS.encode("utf-16"),
}


@pytest.fixture
def root(make_plan: Callable[..., Path]) -> Path:
    return make_plan({"revplan.yaml": SETTINGS, "budget.yaml": BUDGET})


@pytest.fixture
def take(run: Callable[..., Ran], root: Path, tmp_path: Path) -> Callable[..., Ran]:
    def taken(content: bytes, *words: str) -> Ran:
        (tmp_path / "spend.csv").write_bytes(content)
        return run("-C", root, "import", "spend", tmp_path / "spend.csv", *words)

    return taken


def spent(root: Path) -> dict[str, str]:
    return {str(month): str(amount) for month, amount in read(root).plan.budget["ads"].actual.items()}


@pytest.mark.parametrize("name", EXPORTS)
def test_each_says_the_same_of_the_same_spending(take: Callable[..., Ran], root: Path, name: str) -> None:
    ran = take(EXPORTS[name], "--write")
    assert ran.code == 0, ran.err
    assert f"read as {name}" in ran.out
    assert "in no budget line" not in ran.out
    assert spent(root) == {"2026-09": "1000.5", "2026-10": "500"}
    again = take(EXPORTS[name], "--write")
    assert "0 new, 0 changed" in again.out


def test_a_row_of_several_months_is_refused(take: Callable[..., Ran], root: Path) -> None:
    """Nobody can tell how much of it was spent in which month."""
    ran = take(META_ADS.replace("2026-09-30,Brand", "2026-10-31,Brand").encode(), "--write")
    assert ran.code == 1
    said = " ".join(ran.err.split())
    assert "row 3, Reporting ends: 2026-09-01 to 2026-10-31 is in several months: export it by day or month" in said
    assert spent(root) == {}


def test_a_column_named_like_another_programs_is_not_taken(take: Callable[..., Ran]) -> None:
    """The account of Google Ads is the advertiser's, and its status that of a campaign."""
    text = GOOGLE_ADS.replace("Clicks", "Status").replace(",10\n", ",Paused\n")
    assert "Status" in take(text.encode()).out.partition("Columns not read")[2]


def test_what_two_programs_spent_on_one_line_adds_up(take: Callable[..., Ran], root: Path) -> None:
    """1,000.50 by Google and 2,000 by LinkedIn are 3,000.50, whichever comes again."""
    google = GOOGLE_ADS.encode()
    linkedin = LINKEDIN_ADS.replace("1000.50", "2000").encode("utf-16")
    take(google, "--write")
    assert "2026-09: 1000.5 → 3000.5" in take(linkedin, "--write").out
    assert spent(root) == {"2026-09": "3000.5", "2026-10": "1000"}
    for again in (google, linkedin):
        assert "0 new, 0 changed" in take(again, "--write").out
    take(GOOGLE_ADS.replace("1,000.50", "1,100.50").encode(), "--write")
    assert spent(root) == {"2026-09": "3100.5", "2026-10": "1000"}


def test_a_ledger_that_may_hold_what_a_program_booked_is_asked_about(take: Callable[..., Ran], root: Path) -> None:
    ledger = b"Date,Vendor,Amount\n2026-09-30,Brand,1200\n"
    take(GOOGLE_ADS.encode(), "--write")
    assert "1 differing" in take(ledger, "--write").out
    assert spent(root)["2026-09"] == "1000.5"
    take(ledger, "--write", "--theirs")
    assert spent(root)["2026-09"] == "1200"
    assert "0 new, 0 changed" in take(GOOGLE_ADS.encode(), "--write").out
    assert spent(root)["2026-09"] == "1200"
