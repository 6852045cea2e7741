"""Cells and tables that say something else than they seem to: read exactly, or refused; never taken in silence."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from revplan.app.exchange.columns import Asked, read_fields, without_twins
from revplan.app.exchange.dates import read_dates, read_months
from revplan.app.exchange.fields import Field
from revplan.app.exchange.files import parse_table
from revplan.app.exchange.numbers import read_durations
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal
    from pathlib import Path

    from tests.support.shell import Ran

READ_LONG = """\
import resource
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
from revplan.app.exchange.files import parse_table
from revplan.app.exchange.numbers import read_durations
for digits in ("9", "1.", "1,", "1h ", "9 "):
    read_durations([digits * 100_000, digits * 100_000 + "x"])
table = parse_table("key,hours" + "," * 130_000 + chr(10) + "a,5" + chr(10), "t.csv")
assert table.header == ("key", "hours")
"""


def test_a_long_cell_and_a_wide_header_take_no_longer_than_their_length() -> None:
    """Work that grows with the square of either would take hours: the system ends it after 30 seconds of work."""
    ended = subprocess.run([sys.executable, "-c", READ_LONG], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


FIELDS = (Field("key", "key"), Field("amount", "amount", ("ACV", "Amount")), Field("day", "date", ("Closed", "Day")))


def faults(text: str) -> list[str]:
    return [str(fault) for fault in read_fields(parse_table(text, "t.csv"), FIELDS, Asked()).faults]


def amounts(text: str) -> list[Decimal | None]:
    return [record.amount("amount") for record in read_fields(parse_table(text, "t.csv"), FIELDS, Asked()).records]


def test_a_column_that_is_empty_gives_way_to_one_that_is_filled() -> None:
    assert amounts("key,ACV,Amount\na,,5\nb,-,7\n") == [5, 7]
    assert amounts("key,ACV,Amount\na,1,5\nb,,7\n") == [1, None]
    assert amounts("key,ACV,Amount\na,,\n") == [None]


def test_a_per_cent_is_no_amount() -> None:
    assert faults("key,amount\na,12%\nb,12\n") == ['row 2, amount: "12%" is a per cent, and no amount']


def test_a_last_row_with_fewer_cells_than_all_others_is_refused() -> None:
    whole = "key,amount,day\na,1,2026-10-01\nb,2,2026-10-02\n"
    assert faults(whole + "c,30") == ["row 4: ends after 2 of 3 cells: the file may be cut off here"]
    assert not faults("key,amount,day\na,1\nb,2,2026-10-02\nc,30")  # a program that leaves empty cells out at the end


@pytest.mark.parametrize("key", ["1.20235E+15", "1,2E+12", "5E+09"])
def test_a_key_that_a_spreadsheet_shortened_is_refused(key: str) -> None:
    (said,) = faults(f'key;amount\n"{key}";1\n')
    assert said.startswith(f'row 2, key: "{key}" is a number whose digits a spreadsheet has not kept')
    assert not faults("key,amount\n1E5,1\nE+10,2\n0012,3\n")


def test_rows_that_are_there_twice_are_told() -> None:
    table = parse_table("key,amount\na,1\na,1\na,2\na,1\n", "t.csv")
    every, once = read_fields(table, FIELDS, Asked()), read_fields(without_twins(table), FIELDS, Asked())
    assert every.notes == ("2 rows exactly like another one of the table, each counts",)
    assert once.notes == ("2 rows exactly like another one of the table, read once",)
    assert [record.number for record in every.records] == [2, 3, 4, 5]
    assert [record.number for record in once.records] == [2, 4]


@pytest.mark.parametrize("cells", [("26-01-05", "26-01-17"), ("28-11-26", "01-12-26")])
def test_a_short_year_between_dashes_may_stand_at_either_end(cells: tuple[str, ...]) -> None:
    read = read_dates(cells)
    assert read.values == (None, None)
    assert "--dates ymd" in read.refusals[0].reason
    assert "--dates dmy" in read.refusals[0].reason


def test_a_short_year_is_read_where_one_end_alone_can_be_it() -> None:
    assert read_dates(("31-11-28", "26-01-05")).values == (date(2031, 11, 28), date(2026, 1, 5))  # no 31 November
    assert read_dates(("11-28-26", "01-12-26")).values == (date(2026, 11, 28), date(2026, 1, 12))
    assert read_dates(("26-01-05", "26-01-17"), "ymd").values == (date(2026, 1, 5), date(2026, 1, 17))
    assert read_dates(("28.11.26", "01.12.26")).values == (date(2026, 11, 28), date(2026, 12, 1))


def test_a_moment_is_on_the_day_of_the_plans_zone() -> None:
    """ClickUp puts a due date at four in the morning of whoever set it: in Tokyo that is the day before in UTC."""
    due, day = str(1_796_929_200_000), str(1_796_860_800_000)  # 10 December 2026, 19:00 and 00:00 UTC
    assert read_dates((due, day), "ms").values == (date(2026, 12, 10), date(2026, 12, 10))
    assert read_dates((due, day), "ms", ZoneInfo("Asia/Tokyo")).values == (date(2026, 12, 11), date(2026, 12, 10))
    assert read_dates((due, day), "ms", ZoneInfo("America/New_York")).values == (date(2026, 12, 10), date(2026, 12, 10))


@pytest.mark.parametrize("cell", ["9999-12-31", "0001-01-01", "31 December 9999", "1 January 1899"])
def test_a_day_that_means_never_is_refused(cell: str) -> None:
    read = read_dates((cell, "2026-12-10"))
    assert read.values == (None, date(2026, 12, 10))
    assert read.refusals[0].reason == "is before 1900 or after 2199"
    assert read_months((cell, "2026-12", "9999-12")).values == (None, date(2026, 12, 1), None)


def test_a_duration_that_nobody_works_is_refused() -> None:
    read = read_durations(("20000000000000", "100000", "2"), "h")
    assert read.values == (None, 6_000_000, 120)
    assert read.refusals[0].reason == "is longer than 100,000 hours"
    assert read_durations(("6000000", "6000001"), "m").values == (6_000_000, None)


def test_two_dashes_say_that_nothing_is_known() -> None:
    assert amounts("key,amount\na,--\nb,1\n") == [None, 1]


# --- nothing twice, nothing undone ---------------------------------------------------------------------------------


def test_a_plan_that_cannot_be_read_whole_takes_no_table(
    run: Callable[..., Ran], make_plan: Callable[..., Path], tmp_path: Path
) -> None:
    """What a broken tactic hides would come in a second time."""
    (tmp_path / "t.csv").write_text("id,title,key\n1,Pricing page,A-1\n", encoding="utf-8")
    words = ("import", "tactics", tmp_path / "t.csv", "--function", "marketing", "--impact", "5", "--skill", "web")
    root = make_plan({})
    assert run("-C", root, *words, "--hours", "4", "--write").code == 0
    (file,) = (each for each in root.rglob("*.yaml") if "Pricing page" in each.read_text("utf-8"))
    file.write_text(file.read_text("utf-8").replace("impact: 5", "impact: five"), encoding="utf-8")
    ran = run("-C", root, *words, "--hours", "4", "--write")
    assert ran.code == 1
    assert "parts of the plan cannot be read, and may hold what this brings already" in ran.err
    assert file.read_text("utf-8").count("Pricing page") == 1


TEAM = "team: {sam: {name: Sam, kind: employee, function: marketing, hours_per_week: 40}}\n"
METRICS = """metrics:
  leads: {name: Leads, unit: leads, direction: up, owner: sam, cadence: weekly, target: 40, drives: revenue,
    readings: {2026-11-01: 12}}
  revenue: {name: Revenue, unit: USD, direction: up, owner: sam, cadence: monthly, target: 60000, revenue: true}
"""


def test_a_reading_that_was_corrected_here_stays(
    run: Callable[..., Ran], make_plan: Callable[..., Path], tmp_path: Path
) -> None:
    root = make_plan({"metrics.yaml": METRICS, "team.yaml": TEAM})
    table = tmp_path / "t.csv"

    def take(text: str, *words: str) -> Ran:
        table.write_text(f"date,leads\n{text}", encoding="utf-8")
        return run("-C", root, "metric", "import", table, "--write", *words)

    def now() -> dict[str, int]:
        return {str(day): int(value or 0) for day, value in read(root).plan.metrics["leads"].readings.items()}

    first = take("2026-11-01,99\n2026-11-08,20\n")
    assert "1 new, 0 changed, 0 the same, 1 differing" in first.out
    assert now() == {"2026-11-01": 12, "2026-11-08": 20}
    assert run("-C", root, "metric", "record", "leads", "21", "--date", "2026-11-08").code == 0
    take("2026-11-08,20\n2026-11-15,30\n")  # it did not move there: what was corrected here stays
    assert now() == {"2026-11-01": 12, "2026-11-08": 21, "2026-11-15": 30}
    assert "1 differing" in take("2026-11-08,22\n2026-11-15,31\n").out  # one moved there, one on both sides
    assert now() == {"2026-11-01": 12, "2026-11-08": 21, "2026-11-15": 31}
    take("2026-11-08,22\n", "--theirs")
    assert now()["2026-11-08"] == 22
