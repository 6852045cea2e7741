"""A header that names a currency says what its column is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from revplan.app.exchange.numbers import take_header_currency

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

PLAN = {
    "revplan.yaml": "revplan: {format: 1, company: Test, currency: USD, today: 2026-12-05}\n",
    "goals.yaml": "budget: {ads: {category: programs, function: marketing, monthly: 2k, accounts: [Google Ads]}}\n",
}
LEDGER = "Date,Vendor,{header}\n2026-11-03,Google Ads,{cell}\n"


@pytest.mark.parametrize(
    ("header", "name", "currency"),
    [
        ("Amount (EUR)", "Amount", "EUR"),
        ("Amount [€]", "Amount", "EUR"),
        ("Amount in GBP", "Amount", "GBP"),
        ("Amount, USD", "Amount", "USD"),
        ("Net amount EUR", "Net amount", "EUR"),
        ("Amount (TRY)", "Amount", "TRY"),
        ("Worth a TRY", "Worth a TRY", ""),
        ("Amount", "Amount", ""),
        ("EUR", "EUR", ""),
        ("Neur", "Neur", ""),
        ("Amount (net)", "Amount (net)", ""),
    ],
)
def test_the_currency_at_its_end_is_no_part_of_its_name(header: str, name: str, currency: str) -> None:
    assert take_header_currency(header) == (name, currency)


@pytest.mark.parametrize(
    ("header", "cell", "told"),
    [
        ("Amount (USD)", "12.50", "2026-11 12.5"),
        ("Amount in USD", "$12.50", "2026-11 12.5"),
        ("Amount (EUR)", "12.50", "row 2, Amount (EUR): is in EUR, and the plan counts USD"),
        ("Amount (USD)", "€12.50", 'row 2, Amount (USD): "EUR" stands under a header that says USD'),
    ],
)
def test_amounts_in_another_currency_are_refused(
    run: Callable[..., Ran], make_plan: Callable[..., Path], tmp_path: Path, header: str, cell: str, told: str
) -> None:
    root = make_plan(PLAN)
    (tmp_path / "ledger.csv").write_text(LEDGER.format(header=header, cell=cell).replace("Amount, ", "Amount "))
    ran = run("import", "spend", tmp_path / "ledger.csv", "-C", root)
    assert told in " ".join((ran.out + ran.err).split())
