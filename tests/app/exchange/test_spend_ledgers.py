"""Ledgers as DATEV, QuickBooks and Xero export them: what is booked is read, and what is not sure is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from revplan.formats import xlsx
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Take = Callable[..., Ran]

SETTINGS = "revplan: {format: 1, company: Test, currency: EUR, today: 2026-11-28}\n"
BUDGET = """budget:
  ads: {category: programs, function: marketing, monthly: 10k, accounts: ["4610", Advertising]}
  goods: {category: programs, function: marketing, monthly: 5k, accounts: ["3400", "34000", "3125", "3100"]}
  events: {category: events, function: marketing, annual: 40k, accounts: ["4630", Trade Shows]}
"""
HEAD = (
    '"EXTF";700;21;"Buchungsstapel";13;20261020101112000;;"RE";"";"";1001;42;{year};4;{first};{last};"Oktober";"";1;0;0;'
    '"EUR";;"";;;"03";;;"";""\r\n'
)
COLUMNS = (
    '"Umsatz (ohne Soll/Haben-Kz)";"Soll/Haben-Kennzeichen";"WKZ Umsatz";"Kurs";"Basis-Umsatz";"WKZ Basis-Umsatz";'
    '"Konto";"Gegenkonto (ohne BU-Schlüssel)";"BU-Schlüssel";"Belegdatum";"Belegfeld 1";"Belegfeld 2";"Skonto";'
    '"Buchungstext";"KOST1 - Kostenstelle";"Festschreibung"\r\n'
)


def datev(*rows: str, year: str = "20260101", first: str = "20260901", last: str = "20261031") -> bytes:
    """Return a batch of bookings as DATEV writes it."""
    return (HEAD.format(year=year, first=first, last=last) + COLUMNS + "".join(f"{row}\r\n" for row in rows)).encode(
        "cp1252"
    )


BATCH = (
    '1190,00;"S";"EUR";;;"";4610;70001;"9";1509;"R1";"";;"Anzeigen für September";"";0',
    '119,00;"H";"EUR";;;"";4610;70001;"9";3009;"R2";"";;"Gutschrift";"";0',
    '1000,50;"H";"EUR";;;"";70002;4630;"";110;"R3";"";;"Messe";"";0',
    '200,00;"S";"EUR";;;"";1800;8400;"";1510;"R4";"";;"Erlös";"";0',
)
QUICKBOOKS = """\
Acme Ltd,,,,,,,,
Profit and Loss Detail,,,,,,,,
"September 1 - October 31, 2026",,,,,,,,
,,,,,,,,
,Date,Transaction Type,Num,Name,Memo/Description,Split,Amount,Balance
Ordinary Income/Expenses,,,,,,,,
   Income,,,,,,,,
      Services,,,,,,,,
,09/03/2026,Invoice,1001,Customer A,,Accounts Receivable (A/R),"9,000.00","9,000.00"
Total for Services,,,,,,,"$9,000.00",
Total for Income,,,,,,,"$9,000.00",
   Expenses,,,,,,,,
      Advertising,,,,,,,,
,09/15/2026,Bill,77,Google,Ads,Accounts Payable (A/P),"1,000.00","1,000.00"
,09/30/2026,Vendor Credit,,Google,,Accounts Payable (A/P),-100.00,900.00
Total for Advertising,,,,,,,$900.00,
      6200 Trade Shows,,,,,,,,
,10/13/2026,Expense,,Fair Inc,Booth,Checking,"2,000.50","2,000.50"
Total for 6200 Trade Shows,,,,,,,"$2,000.50",
Total for Expenses,,,,,,,"$2,900.50",
Net Income,,,,,,,"$6,099.50",

"Saturday, November 28, 2026 09:12 AM GMT+01:00 - Accrual Basis",,,,,,,,
"""
QUICKBOOKS_DESKTOP = """\
"","","","","Type","","Date","","Num","","Name","","Memo","","Clr","","Split","","Amount","","Balance"
"","Ordinary Income/Expense","","","","","","","","","","","","","","","","","","",""
"","","Income","","","","","","","","","","","","","","","","","",""
"","","","Services","","","","","","","","","","","","","","","","",""
"","","","","Invoice","","09/03/2026","","1001","","Customer A","","","","","","Receivable","","9,000.00","","9,000.00"
"","","","Total Services","","","","","","","","","","","","","","","9,000.00","","9,000.00"
"","","Total Income","","","","","","","","","","","","","","","","9,000.00","","9,000.00"
"","","Expense","","","","","","","","","","","","","","","","","",""
"","","","Advertising","","","","","","","","","","","","","","","","",""
"","","","","Bill","","09/15/2026","","77","","Google","","Ads","","","","Payable","","1,000.00","","1,000.00"
"","","","","Credit","","09/30/2026","","","","Google","","","","","","Payable","","-100.00","","900.00"
"","","","Total Advertising","","","","","","","","","","","","","","","900.00","","900.00"
"","","","6200 Trade Shows","","","","","","","","","","","","","","","","",""
"","","","","Check","","10/13/2026","","","","Fair Inc","","","","","","Checking","","2,000.50","","2,000.50"
"","","","Total 6200 Trade Shows","","","","","","","","","","","","","","","2,000.50","","2,000.50"
"","","Total Expense","","","","","","","","","","","","","","","","2,900.50","","2,900.50"
"Net Income","","","","","","","","","","","","","","","","","","6,099.50","","6,099.50"
"""
XERO = """\
Account Transactions
Acme Ltd
For the period 1 September 2026 to 31 October 2026

Date,Source,Description,Reference,Debit,Credit,Running Balance,Gross,Tax
4610 - Advertising,,,,,,,,
Opening Balance,,,,0.00,0.00,100.00,0.00,0.00
15 Sep 2026,Payable Invoice,Google - Ads,77,1000.00,0.00,1100.00,1200.00,200.00
30 Sep 2026,Payable Credit Note,Google,78,0.00,100.00,1000.00,-120.00,-20.00
Total 4610 - Advertising,,,,1000.00,100.00,900.00,1080.00,180.00
Closing Balance,,,,0.00,0.00,1000.00,0.00,0.00
Trade Shows,,,,,,,,
13 Oct 2026,Spend Money,Fair Inc,,2000.50,0.00,2000.50,2000.50,0.00
Total Trade Shows,,,,2000.50,0.00,2000.50,2000.50,0.00
"""
WANTED = {"ads": {"2026-09": 900}, "events": {"2026-10": 2000.5}}


@pytest.fixture
def root(make_plan: Callable[..., Path]) -> Path:
    return make_plan({"revplan.yaml": SETTINGS, "budget.yaml": BUDGET})


@pytest.fixture
def take(run: Callable[..., Ran], root: Path, tmp_path: Path) -> Take:
    def taken(content: bytes | str, *words: str) -> Ran:
        (tmp_path / "ledger.csv").write_bytes(content.encode() if isinstance(content, str) else content)
        return run("-C", root, "import", "spend", tmp_path / "ledger.csv", *words)

    return taken


def spent(root: Path) -> dict[str, dict[str, Decimal]]:
    lines = read(root).plan.budget.items()
    return {line: {str(month): amount for month, amount in own.actual.items()} for line, own in lines if own.actual}


def test_a_batch_of_datev_is_booked_on_both_accounts_without_its_tax(take: Take, root: Path) -> None:
    """1190 − 119 gross are 900 net; the fair is on the second account's debit side, on 1 October, written 110."""
    ran = take(datev(*BATCH), "--write")
    assert ran.code == 0, ran.err
    assert spent(root) == {"ads": {"2026-09": 900}, "events": {"2026-10": 1000.5}}
    said = " ".join(ran.out.split())
    assert "read as DATEV (Buchungsstapel)" in said
    assert "bookings of 2026-09-01 to 2026-10-31, each on two accounts" in said
    assert "2 amounts with the tax key 8 or 9 taken without that tax of 7% or 19%" in said
    assert "columns of the batch that are not read: Belegfeld 1, Festschreibung" in said
    assert "0 new, 0 changed" in take(datev(*BATCH), "--write").out


def test_the_year_of_a_booking_is_that_of_the_batch(take: Take, root: Path) -> None:
    """A fiscal year from July has two calendar years; the first line says of which days the batch is."""
    rows = ('100,00;"S";"EUR";;;"";4610;1800;"";3112;;;;;;', '50,00;"S";"EUR";;;"";4610;1800;"";0201;;;;;;')
    assert take(datev(*rows, year="20250701", first="20251201", last="20260131"), "--write").code == 0
    assert spent(root) == {"ads": {"2025-12": 100, "2026-01": 50}}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('100,00;"S";"EUR";;;"";4610;1800;"";0111;;;;;;', 'Belegdatum: "0111" is no day from 2026-09-01 to 2026-10-31'),
        ('100,00;"X";"EUR";;;"";4610;1800;"";0110;;;;;;', '"X" is neither S nor H'),
        ('100.00;"S";"EUR";;;"";4610;1800;"";0110;;;;;;', '"100.00" is no amount with a decimal comma'),
        ('100,00;"S";"EUR";;;"";4610;1800;"95";0110;;;;;;', "with the tax key 95"),
        ('100,00;"S";"EUR";;;"";3125;1800;"";0110;;;;;;', "the account 3125 may split tax off by itself"),
        ('100,00;"S";"EUR";;;"";4610;;"";0110;;;;;;', "has not both accounts"),
        ('100,00;"S";"GBP";;;"";4610;1800;"";0110;;;;;;', "GBP"),
    ],
)
def test_a_booking_that_is_not_surely_read_is_refused(take: Take, root: Path, row: str, reason: str) -> None:
    ran = take(datev(row), "--write")
    assert ran.code == 1
    assert reason in " ".join(ran.err.split())
    assert spent(root) == {}


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ('119,00;"S";"EUR";;;"";3400;70001;"";0110;;;;;;', {"goods": {"2026-10": 100}}),
        ('119,00;"S";"EUR";;;"";3400;70001;"40";0110;;;;;;', {"goods": {"2026-10": 119}}),
        ('50,00;"H";"EUR";;;"";1800;3100;"";0110;;;;;;', {"goods": {"2026-10": 50}}),
        ('100,00;"S";"EUR";;;"";4610;1800;"94";0110;;;;;;', {"ads": {"2026-10": 100}}),
        ('100,00;"S";"EUR";;;"";4985;8125;"77";0110;;;;;;', {}),
        ('100,00;"S";"EUR";;;"";4610;8125;"";0110;;;;;;', {"ads": {"2026-10": 100}}),
    ],
    ids=["splits tax off", "not with key 40", "splits none off", "owes the tax oneself", "no line", "the other side"],
)
def test_tax_is_taken_off_by_key_or_account_where_it_is_sure(take: Take, root: Path, row: str, wanted: object) -> None:
    """What nobody budgets needs no known tax: a whole company's bookings come in one batch."""
    ran = take(datev(row), "--write")
    assert (ran.code, spent(root)) == (0, wanted), ran.err


def test_accounts_of_more_digits_and_of_another_chart(take: Take, root: Path) -> None:
    row = '119,00;"S";"EUR";;;"";{};700001;"";0110;;;;;;'
    longer = datev(row.format("34000")).replace(b";20260101;4;", b";20260101;5;")
    assert take(longer, "--write").code == 0
    assert spent(root) == {"goods": {"2026-10": 100}}
    other = datev(row.format("3400")).replace(b'"03"', b'"04"')
    ran = take(other, "--write", "--theirs")
    assert spent(root) == {"goods": {"2026-10": 119}}, ran.err
    ran = take(datev(row.format("3400")).replace(b'"03"', b'""'))
    assert "names no chart of accounts, 03 or 04" in " ".join(ran.out.split())


def test_an_amount_in_another_currency_is_taken_as_the_books_have_it(take: Take, root: Path) -> None:
    assert take(datev('100,00;"S";"USD";1,10;90,91;"EUR";4610;1800;"";0110;;;;;;'), "--write").code == 0
    assert [*map(str, spent(root)["ads"].values())] == ["90.91"]


def test_a_batch_that_a_spreadsheet_saved_as_a_workbook_is_the_same(
    root: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    """Numbers lose their commas and days their leading noughts."""
    head = tuple(HEAD.format(year="20260101", first="20260901", last="20261031").strip().replace('"', "").split(";"))
    columns = tuple(COLUMNS.strip().replace('"', "").split(";"))
    numbers = {0: Decimal("1000.5"), 6: Decimal(70002), 7: Decimal(4630), 9: Decimal(110)}
    cells = [numbers.get(at, "H" if at == 1 else "EUR" if at == 2 else "") for at in range(len(columns))]
    (tmp_path / "batch.xlsx").write_bytes(xlsx.draw("t", head, [columns, cells]))
    ran = run("-C", root, "import", "spend", tmp_path / "batch.xlsx", "--write")
    assert ran.code == 0, ran.err
    assert spent(root) == {"events": {"2026-10": Decimal("1000.5")}}


@pytest.mark.parametrize(
    "content",
    [
        (HEAD.format(year="", first="", last="") + COLUMNS + BATCH[0]).encode("cp1252"),
        (COLUMNS + BATCH[0]).encode("cp1252"),
        datev(BATCH[0]).replace(b";21;", b";16;"),
    ],
)
def test_bookings_without_the_first_line_have_no_year(take: Take, content: bytes) -> None:
    ran = take(content)
    assert ran.code == 2
    assert "first line" in ran.err


def test_transactions_for_quickbooks_desktop_to_read_are_refused_with_the_way_out(take: Take) -> None:
    ran = take("!TRNS\tTRNSID\tTRNSTYPE\tDATE\tACCNT\tNAME\tAMOUNT\nTRNS\t1\tBILL\t9/15/2026\tAdvertising\tG\t-10\n")
    assert ran.code == 2
    assert "Profit & Loss Detail" in ran.err


@pytest.mark.parametrize("ledger", [QUICKBOOKS, QUICKBOOKS_DESKTOP, XERO])
def test_accounts_that_are_headings_are_read_and_totals_hold(take: Take, root: Path, ledger: str) -> None:
    ran = take(ledger, "--write", *(("--book", "6200 Trade Shows=events") if ledger is not XERO else ()))
    assert ran.code == 0, ran.err
    assert {line: {month: float(each) for month, each in own.items()} for line, own in spent(root).items()} == WANTED
    assert "0 new, 0 changed" in take(ledger, "--write").out


@pytest.mark.parametrize("ledger", [QUICKBOOKS, QUICKBOOKS_DESKTOP, XERO])
def test_a_total_that_its_bookings_do_not_add_up_to_is_refused(take: Take, root: Path, ledger: str) -> None:
    """A filter, or a row deleted by hand, leaves the total as it was."""
    credits_ = ("Vendor Credit", "Credit Note", '"Credit"')
    cut = "".join(line for line in ledger.splitlines(keepends=True) if not any(map(line.__contains__, credits_)))
    ran = take(cut, "--write")
    assert ran.code == 1
    assert "its bookings add up to another amount" in ran.err
    assert spent(root) == {}


def test_accounts_below_an_account_are_their_own(take: Take, root: Path) -> None:
    text = QUICKBOOKS.replace(
        "Total for Expenses", "Total for Advertising with sub-accounts,,,,,,,900.00,\nTotal for Expenses"
    )
    assert take(text, "--write").code == 1  # the fair stands between, so the whole is another
    text = QUICKBOOKS.replace(
        "Total for Advertising,,,,,,,$900.00,\n",
        "Total for Advertising,,,,,,,$900.00,\n   Print,,,,,,,,\n,10/02/2026,Bill,9,Mill,,A/P,50.00,50.00\n"
        "Total for Print,,,,,,,50.00,\nTotal for Advertising with sub-accounts,,,,,,,950.00,\n",
    ).replace("$2,900.50", "$2,950.50")
    ran = take(text, "--write")
    assert ran.code == 0, ran.err
    assert spent(root)["ads"] == {"2026-09": 900}
    assert "in no budget line: Print, 1 row, €50" in " ".join(ran.out.split())


def test_a_list_that_does_not_say_the_side_is_refused_with_the_way_out(take: Take) -> None:
    text = "Date,Transaction Type,Num,Posting,Name,Memo/Description,Account,Split,Amount\n"
    text += "09/15/2026,Bill,7,Yes,Google,,A/P,Advertising,100\n"
    ran = take(text)
    assert (ran.code, "export the profit and loss detail instead" in " ".join(ran.err.split())) == (2, True)
