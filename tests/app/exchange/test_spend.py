"""What finance booked, by budget line and month; the mapping stays in the plan."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from revplan.model.base import Month
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

SETTINGS = "revplan: {format: 1, company: Test, currency: EUR, today: 2026-11-28}\n"
BUDGET = """budget:
  ads: {category: programs, function: marketing, monthly: 10k, accounts: ["6100", Google Ads]}
  events: {category: events, function: marketing, annual: 40k}
"""
LEDGER = """\
Posting Date;Account;Account Name;Cost Centre;Vendor;Amount
01.09.2026;6100;Advertising;Marketing;Google Ads;1.250,00
15.09.2026;6100;Advertising;Marketing;LinkedIn;800,00
30.09.2026;6100;Advertising;Marketing;Google Ads;-250,00
02.10.2026;6200;Trade fairs;Marketing;Messe Bremen;4.000,00
05.10.2026;7000;Rent;Office;Hausbau;2.000,00
"""


@pytest.fixture
def root(make_plan: Callable[..., Path]) -> Path:
    return make_plan({"revplan.yaml": SETTINGS, "budget.yaml": BUDGET})


@pytest.fixture
def take(run: Callable[..., Ran], root: Path, tmp_path: Path) -> Callable[..., Ran]:
    def taken(text: str, *words: str) -> Ran:
        (tmp_path / "ledger.csv").write_text(text, encoding="utf-8")
        return run("-C", root, "import", "spend", tmp_path / "ledger.csv", *words)

    return taken


def spent(root: Path, line: str) -> dict[str, int]:
    return {str(month): int(amount) for month, amount in read(root).plan.budget[line].actual.items()}


def test_a_ledger_is_booked_by_the_accounts_of_the_lines(take: Callable[..., Ran], root: Path) -> None:
    """September: 1,250 + 800 − 250 = 1,800 under account 6100."""
    ran = take(LEDGER, "--write")
    assert ran.code == 0, ran.err
    assert spent(root, "ads") == {"2026-09": 1800}
    assert spent(root, "events") == {}
    said = " ".join(ran.out.split())
    assert "1 credit comes off" in said
    assert 'in no budget line: 6200, 1 row, €4,000; --book "6200=LINE"' in said
    assert "in no budget line: 7000, 1 row, €2,000" in said


def test_a_booking_is_kept_in_the_plan(take: Callable[..., Ran], root: Path) -> None:
    take(LEDGER, "--book", "Trade fairs=events", "--write")
    assert spent(root, "events") == {"2026-10": 4000}
    assert read(root).plan.budget["events"].accounts == ("Trade fairs",)
    more = LEDGER + "09.11.2026;6200;Trade fairs;Marketing;Messe Ulm;500,00\n"
    assert take(more, "--write").code == 0
    assert spent(root, "events") == {"2026-10": 4000, "2026-11": 500}
    assert take(LEDGER, "--book", "Rent=rent").code == 2


def test_again_adds_nothing_and_less_is_not_taken_unasked(take: Callable[..., Ran], root: Path) -> None:
    take(LEDGER, "--write")
    before = (root / "budget.yaml").read_text()
    assert "nothing to change" in take(LEDGER, "--write").err
    part = "\n".join(line for line in LEDGER.splitlines() if "LinkedIn" not in line)
    row = json.loads(take(part, "--write", "--format", "json").out)["data"]["rows"][0]
    assert (row["how"], row["fields"]["2026-09"]) == ("differing", {"here": "1800", "there": "1000", "last": "1800"})
    assert "may be a part only" in row["hint"]
    assert (root / "budget.yaml").read_text() == before
    take(part, "--write", "--theirs")
    assert spent(root, "ads") == {"2026-09": 1000}


def test_credits_above_what_was_spent_make_a_negative_month(take: Callable[..., Ran], root: Path) -> None:
    text = "Date,Account,Amount\n2026-08-25,events,-10\n2026-09-01,events,150\n2026-09-09,events,-50\n"
    assert take(text, "--spent", "positive", "--write").code == 0
    assert spent(root, "events") == {"2026-08": -10, "2026-09": 100}
    assert "nothing to change" in take(text, "--spent", "positive", "--write").err


def test_debit_and_credit(take: Callable[..., Ran], root: Path) -> None:
    text = 'Date,Account,Debit,Credit\n2026-09-01,6100,"1,250.00",\n2026-09-02,6100,,250.00\n'
    assert take(text, "--write").code == 0
    assert spent(root, "ads") == {"2026-09": 1000}


def test_a_card_that_writes_spending_as_negative_is_asked_about(take: Callable[..., Ran], root: Path) -> None:
    text = "Date,Merchant,Amount,Status\n2026-09-01,Google Ads,-120.50,Cleared\n2026-09-03,Google Ads,-80,Pending\n"
    ran = take(text, "--write")
    assert (ran.code, "2 of 2 amounts are negative" in ran.err) == (2, True)
    assert take(text, "--spent", "negative", "--write").code == 0
    assert read(root).plan.budget["ads"].actual[Month(2026, 9)] == pytest.approx(120.5)


def test_other_currencies_are_taken_at_the_rate_of_their_month(take: Callable[..., Ran], root: Path) -> None:
    """In July 100 × 0.9; in September 200 × 0.8 less a credit of 50 × 0.8, and 10 of the plan's own."""
    settings = root / "revplan.yaml"
    rates = "currencies: {USD: {2026-06: 0.9, 2026-08: 0.8}}"
    settings.write_text(settings.read_text().replace("currency: EUR", f"currency: EUR, {rates}"))
    text = """Date,Account,Amount,Currency
2026-07-24,6100,100,USD
2026-09-24,6100,200,USD
2026-09-25,6100,-50,USD
2026-09-26,6100,10,EUR
"""
    ran = take(text, "--spent", "positive", "--write")
    assert ran.code == 0, ran.err
    said = " ".join(ran.out.split())
    assert "USD is taken at 0.9 EUR, the rate of 2026-06" in said
    assert "USD is taken at 0.8 EUR, the rate of 2026-08" in said
    actual = read(root).plan.budget["ads"].actual
    assert (actual[Month(2026, 7)], actual[Month(2026, 9)]) == (90, 160 - 40 + 10)


def test_what_is_refused_is_told_at_once(take: Callable[..., Ran]) -> None:
    text = """Date,Account,Vendor,Amount,Currency
2026-12-24,6100,,10,EUR
2026-09-24,6100,,10,USD
2026-09-25,6100,events,10,EUR
2026-08-25,events,,-10,EUR
2026-09-26,6100,,x,EUR
"""
    ran = take(text, "--spent", "positive")
    assert [line for line in ran.err.splitlines() if line.startswith("row")] == [
        "row 2, Date: 2026-12-24 has not come yet",
        "row 3, Amount: is in USD, and the plan counts EUR; `revplan set currencies.USD.2026-09 RATE` gives its rate",
        "row 4: belongs to several budget lines: ads by Account and events by Vendor",
        'row 6, Amount: "x" is no number',
    ]


SECOND = """\
Posting Date;Account;Account Name;Cost Centre;Vendor;Amount
03.09.2026;6100;Advertising;Marketing;Bing;2.500,00
08.10.2026;6100;Advertising;Marketing;Bing;300,00
"""


def test_another_ledger_of_the_same_line_and_month_is_no_later_one(take: Callable[..., Ran], root: Path) -> None:
    """1,800 stay until somebody says that the 2,500 of other bookings stand beside them, or in their place."""
    assert take(LEDGER, "--write").code == 0
    ran = take(SECOND, "--write")
    assert "none of the bookings of last time is in it: another ledger has a name" in " ".join(ran.out.split())
    assert spent(root, "ads") == {"2026-09": 1800, "2026-10": 300}
    assert take(SECOND, "--write", "--theirs").code == 0
    assert spent(root, "ads") == {"2026-09": 2500, "2026-10": 300}


def test_ledgers_with_names_stand_beside_one_another(take: Callable[..., Ran], root: Path) -> None:
    for text, name, total in ((LEDGER, "de", 1800), (SECOND, "us", 4300), (LEDGER, "de", 4300), (SECOND, "us", 4300)):
        assert take(text, "--write", "--ledger", name).code == 0
        assert spent(root, "ads")["2026-09"] == total
    more = SECOND.replace("2.500,00", "2.600,00")
    assert take(more, "--write", "--ledger", "us").code == 0
    assert spent(root, "ads") == {"2026-09": 4400, "2026-10": 300}
    assert take(SECOND, "--ledger", "a b").code == 2


def test_a_table_of_sums_by_month_has_other_amounts_next_time(take: Callable[..., Ran], root: Path) -> None:
    text = "Month;Account;Amount\n2026-11;6100;{}\n"
    for amount in (500, 800):
        assert take(text.format(amount), "--write").code == 0
        assert spent(root, "ads") == {"2026-11": amount}
