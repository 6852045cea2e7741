"""Rows that add up others count once: as a total that says so, or not at all."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.app.exchange.files import parse_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

HEADER = "Customer,2026-08,2026-09,2026-10\n"
ANN, BOB = "Ann,100,100,120\n", "Bob,50,60,60\n"


def kept(text: str) -> list[int]:
    return [row.number for row in parse_table(text, "t.csv").rows]


@pytest.mark.parametrize(
    "rows",
    [
        (ANN, BOB, "Total,1,2,3\n"),  # the last row says so
        (ANN, BOB, "Total: all customers,1,2,3\n"),
        (ANN, BOB, "Total MRR,150,160,180\n"),
        (ANN, BOB, "Grand total (USD),150,160,180\n"),
        (ANN, BOB, "MRR total:,150,160,180\n"),
        (ANN, BOB, "Gesamtsumme EUR,150,160,180\n"),
        (ANN, BOB, ",150,160,180\n"),  # nobody's row
        (ANN, BOB, "Total MRR,,,180\n"),
    ],
)
def test_a_total_at_the_end_is_left_out(rows: tuple[str, ...]) -> None:
    table = parse_table(HEADER + "".join(rows), "t.csv")
    assert [row.number for row in table.rows] == [2, 3]
    assert table.notes == ("left out as totals: row 4",)


def test_a_summary_above_and_subtotals_between_are_left_out() -> None:
    assert kept(HEADER + ",150,160,180\n" + ANN + BOB) == [3, 4]
    assert kept(HEADER + ANN + "Subtotal A,100,100,120\n" + BOB + "Eve,1,1,1\nSubtotal B,51,61,61\n") == [2, 3, 4, 5]
    assert kept(HEADER + ANN + "Subtotal,100,100,120\n" + BOB + "Eve,1,1,1\nSubtotal B,51,61,61\n") == [2, 4, 5]


@pytest.mark.parametrize("row", ["Total Wine,7,7,7\n", "Totalenergies,150,160,180\n", "Sum & Co,150,160,181\n"])
def test_who_is_called_so_and_is_no_sum_is_kept(row: str) -> None:
    table = parse_table(HEADER + ANN + BOB + row, "t.csv")
    assert [each.number for each in table.rows] + [each.row for each in table.faults] == [2, 3, 4]
    assert not table.notes


def test_a_row_with_a_name_of_its_own_and_the_sums_of_all_is_refused() -> None:
    table = parse_table(HEADER + ANN + BOB + "All customers,150,160,180\n", "t.csv")
    assert [row.number for row in table.rows] == [2, 3]
    assert [str(fault) for fault in table.faults] == [
        "row 4: has the sums of the other rows: take it out, if it is a total"
    ]


def test_readings_of_days_are_no_totals() -> None:
    assert kept("date,leads,calls\n2026-10-01,1234,2345\n2026-10-02,2345,1234\n2026-10-03,3579,3579\n") == [2, 3, 4]
    assert kept("value\n1000\n2000\n3000\n") == [2, 3, 4]


BOOKED = "Date,Account,Amount\n2026-11-02,Ads,1204.50\n2026-11-09,Ads,310.25\n2026-11-16,Fair,2100.00\n"


def test_a_last_row_with_a_day_and_the_sum_of_all_others_is_refused() -> None:
    table = parse_table(BOOKED + "2026-11-30,Marketing,3614.75\n", "t.csv")
    assert [row.number for row in table.rows] == [2, 3, 4]
    assert [str(fault) for fault in table.faults] == [
        "row 5: has the sums of the other rows: take it out, if it is a total"
    ]


@pytest.mark.parametrize("last", ["2026-11-30,Ads,3614.76", "2026-11-30,Ads,310.25"])
def test_a_booking_at_the_end_is_no_total(last: str) -> None:
    assert kept(f"{BOOKED}{last}\n") == [2, 3, 4, 5]


def test_round_amounts_may_be_sums_by_chance() -> None:
    assert kept("Date,Amount\n2026-11-02,10000\n2026-11-09,20000\n2026-11-16,30000\n2026-11-23,60000\n") == [2, 3, 4, 5]


def test_an_epic_with_the_hours_of_its_parts_is_no_total() -> None:
    assert kept("Key,Title,Hours,Parent\n1,Whole,12,\n2,Part,4,1\n3,Part too,8,1\n") == [2, 3, 4]


AMOUNT = st.integers(1, 10**9).map(lambda cents: Decimal(cents) / 100)


@given(st.lists(st.tuples(AMOUNT, AMOUNT, AMOUNT), min_size=2, max_size=8), st.sampled_from([".", ","]))
def test_sums_are_found_in_any_notation(rows: list[tuple[Decimal, ...]], mark: str) -> None:
    def line(name: str, amounts: tuple[Decimal, ...]) -> str:
        return ";".join([name, *(f"{amount:.2f}".replace(".", mark) for amount in amounts)]) + "\n"

    total = tuple(sum(column, Decimal(0)) for column in zip(*rows, strict=True))
    text = "Who;A;B;C\n" + "".join(line(f"c{at}x", row) for at, row in enumerate(rows)) + line("Total EUR", total)
    table = parse_table(text, "t.csv")
    assert len(table.rows) == len(rows)


def test_a_total_is_no_customer(run: Callable[..., Ran], make_plan: Callable[..., Path], tmp_path: Path) -> None:
    goals = 'goals: {"2026": {measure: recurring, start_revenue: 1k, target_revenue: 9k, acv: 1k, close_rate: 20%}}\n'
    root = make_plan({"goals.yaml": goals})
    (tmp_path / "t.csv").write_text(HEADER + ANN + BOB + "Total MRR,150,160,180\n", encoding="utf-8")
    ran = run("-C", root, "import", "revenue", tmp_path / "t.csv", "--as", "mrr", "--today", "2026-11-28")
    assert "2026-08 1800; 2026-09 1920; 2026-10 2160" in " ".join(ran.out.split())
    assert "2 customers" in ran.out
