"""Revenue by month, and what customers' months say: movements and retention, against sums by hand."""

from __future__ import annotations

import json
from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING

import pytest

from revplan.app.exchange.revenue import ratio_and_error
from revplan.model.base import Month
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from revplan.model.goals import Goal
    from tests.support.shell import Ran

SETTINGS = "revplan: {format: 1, company: Test, currency: USD, today: 2026-11-28}\n"
GOALS = """goals:
  "2026": {measure: recurring, start_revenue: 24k, target_revenue: 60k, acv: 6k, close_rate: 20%,
    net_revenue_retention: 80%}
"""
LONG = """\
Customer Id,Month,MRR,Currency
Zebra,2025-12,1000,USD
Yak,2025-12,600,USD
Xerus,2025-12,400,USD
Zebra,2026-01,1500,USD
Yak,2026-01,500,USD
Wolf,2026-01,200,USD
Zebra,2026-02,1500,USD
Yak,2026-02,500,USD
Wolf,2026-02,300,USD
Zebra,2026-03,1500,USD
Yak,2026-03,500,USD
Wolf,2026-03,300,USD
"""
WIDE = """\
customer_id,customer_email,2025-12,2026-01,2026-02,2026-03
cus_1,zoe@zebra.example,1000,1500,1500,1500
cus_2,yann@yak.example,600,500,500,500
cus_3,x@xerus.example,400,0,,
cus_4,w@wolf.example,,200,300,300
"""


@pytest.fixture
def root(make_plan: Callable[..., Path]) -> Path:
    return make_plan({"revplan.yaml": SETTINGS, "goals.yaml": GOALS})


@pytest.fixture
def take(run: Callable[..., Ran], root: Path, tmp_path: Path) -> Callable[..., Ran]:
    def taken(text: str, *words: str) -> Ran:
        (tmp_path / "revenue.csv").write_text(text, encoding="utf-8")
        return run("-C", root, "import", "revenue", tmp_path / "revenue.csv", *words)

    return taken


def goal(root: Path) -> Goal:
    return read(root).plan.goals["2026"]


@pytest.mark.parametrize(("text", "words"), [(LONG, ()), (WIDE, ("--as", "mrr"))])
def test_customers_months_say_what_came_and_went(
    take: Callable[..., Ran], root: Path, text: str, words: tuple[str, ...]
) -> None:
    """December: 2,000 a month. January: Zebra + 500, Yak − 100, Xerus gone with 400, Wolf new with 200."""
    ran = take(text, *words, "--write")
    assert ran.code == 0, ran.err
    own = goal(root)
    history = own.history
    assert history is not None
    actual = {str(month): int(each) for month, each in own.actual.items()}
    assert actual == {"2025-12": 24_000, "2026-01": 26_400, "2026-02": 27_600, "2026-03": 27_600}
    january, *_ = (movement for _, movement in sorted(history.movements.items()))
    moved = tuple(map(int, (january.new or 0, january.expansion or 0, january.contraction or 0, january.churn or 0)))
    assert moved == (2_400, 6_000, 1_200, 4_800)
    assert 24_000 + moved[0] + moved[1] - moved[2] - moved[3] == 26_400
    assert (history.customers, history.lost_customers) == (3, {(2026, 1): 1, (2026, 2): 0, (2026, 3): 0})
    assert history.new_customers == {(2026, 1): 1, (2026, 2): 0, (2026, 3): 0}
    (month, kept), *_ = history.retention.items()
    assert (str(month), kept.months, kept.customers, kept.kept) == ("2026-03", 3, 3, 2)
    assert float(kept.net) == pytest.approx(2_000 / 2_000)
    assert float(kept.gross) == pytest.approx((1_000 + 500) / 2_000)


def test_the_error_of_retention_is_that_of_a_ratio() -> None:
    """Of 1,000 → 1,500, 600 → 500, 400 → 0: the ratio is 1, residues 500, −100, −400; √(3/2 × 420,000) / 2,000."""
    pairs = [(Fraction(1000), Fraction(1500)), (Fraction(600), Fraction(500)), (Fraction(400), Fraction(0))]
    ratio, error = ratio_and_error(pairs)
    assert ratio == 1
    assert float(error or 0) == pytest.approx(sqrt(1.5 * 420_000) / 2_000)
    assert ratio_and_error(pairs[:1])[1] is None


def test_again_adds_nothing_and_a_month_more_is_one_month_more(take: Callable[..., Ran], root: Path) -> None:
    take(LONG, "--write")
    before = (root / "goals.yaml").read_text()
    assert "nothing to change" in take(LONG, "--write").err
    assert (root / "goals.yaml").read_text() == before
    more = LONG + "Zebra,2026-04,1500,USD\nYak,2026-04,500,USD\n"
    rows = json.loads(take(more, "--write", "--format", "json").out)["data"]["rows"]
    moved = {row["id"]: sorted(row["fields"]) for row in rows if row["how"] != "same"}
    assert moved == {
        "2026 actual": ["2026-04"],
        "2026 history movements": ["2026-04"],
        "2026 history new_customers": ["2026-04"],
        "2026 history lost_customers": ["2026-04"],
        "2026 history retention": ["2026-04"],
    }


def test_a_part_of_the_customers_is_not_taken_for_all(take: Callable[..., Ran], root: Path) -> None:
    take(LONG, "--write")
    part = "\n".join(line for line in LONG.splitlines() if "Wolf" not in line)
    ran = take(part, "--write")
    assert (ran.code, "this table has 3 customers, and the last one had 4" in ran.err) == (2, True)
    assert take(part, "--write", "--theirs").code == 0
    assert int(goal(root).actual[Month(2026, 2)]) == 24_000


def test_no_customer_is_kept(take: Callable[..., Ran], root: Path) -> None:
    take(LONG, "--write")
    take(WIDE, "--as", "mrr", "--write")
    kept = "\n".join(path.read_text(encoding="utf-8") for path in root.rglob("*") if path.is_file()).casefold()
    assert [name for name in ("zebra", "yak", "xerus", "wolf", "cus_1", "@") if name in kept] == []


def test_whether_it_is_of_a_month_or_a_year_is_asked(take: Callable[..., Ran]) -> None:
    ran = take("month,amount\n2026-09,2000\n2026-10,2100\n")
    assert (ran.code, "a month's recurring revenue or a year's" in ran.err) == (2, True)
    assert take("month,ARR\n2026-09,24000\n").code == 0
    assert take("month,amount\n2026-09,2000\n", "--as", "revenue").code == 2


def test_months_and_amounts_alone_are_actuals(take: Callable[..., Ran], root: Path) -> None:
    ran = take('month,amount\nSep 2026,2000\nOct 2026,"2,100.50"\nNov 2026,900\n', "--as", "mrr", "--write")
    assert {str(month): str(each) for month, each in goal(root).actual.items()} == {
        "2026-09": "24000",
        "2026-10": "25206",
    }
    assert "of months that are not over, left out" in " ".join(ran.out.split())
    assert goal(root).history is None


def test_another_currency_is_taken_at_the_rate_of_its_month(take: Callable[..., Ran], root: Path) -> None:
    rates = "currency: USD, currencies: {EUR: {2026-01: 1.08, 2026-10: 1.2}}"
    (root / "revplan.yaml").write_text(SETTINGS.replace("currency: USD", rates))
    ran = take("month,amount\nSep 2026,1000 EUR\nOct 2026,1000 EUR\n", "--as", "mrr", "--write")
    assert "EUR is taken at 1.08 USD, the rate of 2026-01" in " ".join(ran.out.split())
    assert list(goal(root).actual.values()) == [12 * 1080, 12 * 1200]


def test_a_month_without_a_row_is_missing_and_never_zero(take: Callable[..., Ran], root: Path) -> None:
    text = "\n".join(line for line in LONG.splitlines() if "2026-02" not in line)
    take(text, "--write")
    history = goal(root).history
    assert "2026-02" not in {str(month) for month in goal(root).actual}
    assert history is None or not history.movements


def test_a_profit_and_loss_by_month_is_not_added_up(take: Callable[..., Ran]) -> None:
    ran = take("Line,2026-09,2026-10\nSales,100,110\nRent,40,40\n", "--as", "mrr")
    assert (ran.code, "no column is known to be the customer" in ran.err) == (2, True)


def test_recognised_revenue_compares_two_years(
    make_plan: Callable[..., Path], run: Callable[..., Ran], tmp_path: Path
) -> None:
    goals = GOALS.replace("measure: recurring", "measure: revenue")
    root = make_plan({"revplan.yaml": SETTINGS, "goals.yaml": goals})
    rows = ["Customer,Date (UTC),Amount Paid,Currency,Status"]
    for number in range(24):
        year, month = divmod(2024 * 12 + 10 + number, 12)
        rows += [f"a,{year}-{month + 1:02}-03 10:00,100,usd,paid", f"b,{year}-{month + 1:02}-03 10:00,50,usd,void"]
        if number != 20:
            rows.append(f"c,{year}-{month + 1:02}-20 10:00,{200 if number < 12 else 150},usd,paid")
    rows.append("c,2026-07-21 10:00,-30,usd,paid")
    (tmp_path / "invoices.csv").write_text("\n".join(rows))
    ran = run("-C", root, "import", "revenue", tmp_path / "invoices.csv", "--write")
    assert ran.code == 0, ran.err
    own = read(root).plan.goals["2026"]
    assert own.history is not None
    (kept,) = own.history.retention.values()
    assert (kept.months, kept.customers, kept.kept) == (12, 2, 2)
    assert float(kept.net) == pytest.approx((1200 + 11 * 150 - 30) / (1200 + 2400), abs=1e-4)
    assert int(own.actual[Month(2026, 7)]) == 100 - 30


def test_the_rule_tells_of_a_retention_that_was_not_measured_so(
    take: Callable[..., Ran], run: Callable[..., Ran], root: Path
) -> None:
    rows = ["customer,month,mrr"]
    for number in range(30):
        rows += [f"c{number},2026-0{month},{100 + number % 3 * month}" for month in range(1, 8)]
    take("\n".join(rows), "--write")
    found = run("-C", root, "validate")
    assert "2026 plans with 80% as net revenue retention; 30 customers say" in found.out


def test_months_that_a_workbook_holds_as_days(take: Callable[..., Ran]) -> None:
    said = take("Customer,2026-08-01,2026-09-01 00:00:00\nAnn,100,110\nBob,50,50\n", "--as", "mrr").out
    assert "2 columns are months" in said
    assert "2026-08 1800; 2026-09 1920" in " ".join(said.split())
    assert "are months" not in take("Customer,2026-08-02,2026-09-02\nAnn,100,110\nBob,50,50\n", "--as", "mrr").out


@pytest.mark.parametrize(
    ("table", "code", "said"),
    [
        ("Date,MRR\n2026-08-01,1000\n2026-08-02,1010\n", 1, "row 3, Date: 2026-08 stands in the table twice"),
        ("Date,MRR,Customers\n2026-08-01,1000,5\n2026-08-02,1010,5\n", 1, "a level of revenue does not add up"),
        ("Month,MRR,Plan\n2026-08,1000,Basic\n2026-08,1010,Pro\n", 0, "1 month with several rows, which are added up"),
        ("Month,Amount\n2026-08,1000\n2026-08,1010\n", 0, "1 month with several rows, which are added up"),
    ],
)
def test_a_level_does_not_add_up_over_the_days_of_a_month(
    take: Callable[..., Ran], table: str, code: int, said: str
) -> None:
    """Each day's recurring revenue, added up, would be thirty times what it is; plans and payments add up."""
    ran = take(table, "--as", "mrr")
    assert (ran.code, said in " ".join((ran.out + ran.err).split())) == (code, True), ran.err
