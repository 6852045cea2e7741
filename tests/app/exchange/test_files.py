"""Tables as they come: what is no row is told, and never read as one."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from revplan.app.exchange.columns import Asked, read_fields
from revplan.app.exchange.dates import parse_order
from revplan.app.exchange.fields import Field, known_headers
from revplan.app.exchange.files import parse_table, read_table
from revplan.app.exchange.numbers import parse_decimal, read_numbers
from revplan.errors import InputError
from revplan.formats.xlsx import draw
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

FIELDS = (Field("day", "date", ("Date",), is_required=True), Field("value", "number"), Field("time", "duration"))


def rows(text: str) -> list[tuple[object, ...]]:
    return [row.cells for row in parse_table(text, "t.csv").rows]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("date,value\n2026-10-05,5\n", ""),
        ("date;value\n2026-10-05;5\n", "cells are parted by semicolons"),
        ("sep=;\ndate;value\n2026-10-05;5\n", "cells are parted by semicolons"),
        ("date\tvalue\r\n2026-10-05\t5\r\n", "cells are parted by tabs"),
        ("Leads per week 2026;;\n;;\ndate;value;\n2026-10-05;5;\n", "the header is row 3; what stands above it"),
        ("Leads, week by week\n\ndate,value\n2026-10-05,5\n", "the header is row 3"),
        ("# from: crm\n# ----\ndate,value\n2026-10-05,5\n# end\n", "3 lines with # left out"),
        ("date,value\n2026-10-05,5\nTotal,5\n", "left out as totals: row 3"),
        ("date,value\n2026-10-05,5\n,\nSumme:,5\nGesamt,5\n", "left out as totals: row 4 and 5"),
    ],
)
def test_what_stands_around_the_rows(text: str, note: str) -> None:
    table = parse_table(text, "t.csv", ("Date", "Value"))
    assert (table.header, [row.cells for row in table.rows]) == (("date", "value"), [("2026-10-05", "5")])
    assert any(each.startswith(note) for each in (*table.notes, ""))


def test_the_header_among_titles_is_known_by_its_names() -> None:
    text = "Report,Leads\nFrom,2026-10-01\nDate,Value\n2026-10-05,5\n"
    assert parse_table(text, "t.csv", known_headers(FIELDS)).header == ("Date", "Value")


def test_a_row_with_a_cell_too_many_is_a_fault() -> None:
    table = parse_table("date,value\n2026-10-05,1,234\n2026-10-06,5\n2026-10-07\n", "t.csv")
    assert [str(fault) for fault in table.faults] == [
        "row 2: has 3 cells where the header has 2; a cell with a separator in it needs quotes"
    ]
    assert [row.cells for row in table.rows] == [("2026-10-06", "5"), ("2026-10-07", "")]


def test_a_number_sign_in_a_row_is_kept() -> None:
    assert rows("#,title\n#12,First\n") == [("#12", "First")]
    assert rows("value,day\n#DIV/0!,\n") == [("#DIV/0!", "")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes("date,größe\n2026-10-05,ß\n".encode(encoding))
    table = read_table(file)
    assert (table.header, table.rows[0].cells) == (("date", "größe"), ("2026-10-05", "ß"))
    assert any("UTF-16" in note for note in table.notes) == encoding.startswith("utf-16")


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(b"date,value\n2026-10-05,\x81\x8d\n")
    with pytest.raises(InputError, match="an encoding that is not known"):
        read_table(file)


def test_a_workbook(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Date", "Value", "Time"])
    book.active.append([datetime(2026, 10, 5), 1250.5, timedelta(hours=1, minutes=30)])  # noqa: DTZ001
    book.active.append(["06.10.2026", "1.250,5", "2h"])
    book.active.append([date(2026, 10, 7), 10004, None])
    book.create_sheet("Notes").append(["more"])
    book.save(tmp_path / "t.xlsx")
    reading = read_fields(read_table(tmp_path / "t.xlsx"), FIELDS, Asked())
    assert [(record.day("day"), record.amount("value"), record.minutes("time")) for record in reading.records] == [
        (date(2026, 10, 5), Decimal("1250.5"), 90),
        (date(2026, 10, 6), Decimal("1250.5"), 120),
        (date(2026, 10, 7), Decimal(10004), None),
    ]
    assert reading.notes == ('the sheet "Sheet" is read; not Notes',)


def in_per_cent(book: bytes, cells: dict[str, str], formats: str = "") -> bytes:
    """Return a workbook whose cells have number formats: 3 is 0.00%, 4 one of the workbook's own, if that is given."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            for cell, style in cells.items():
                text = text.replace(f'<c r="{cell}">', f'<c r="{cell}" s="{style}">')
            text = text.replace("</cellXfs>", '<xf numFmtId="10"/><xf numFmtId="165"/></cellXfs>')
            text = text.replace("</numFmts>", f'<numFmt numFmtId="165" formatCode="{formats}"/></numFmts>')
            new.writestr(name, text)
    return written.getvalue()


@pytest.mark.parametrize(("own", "second"), [("0.0%", "4.25%"), ("0 &quot;% of all&quot;", "0.0425")])
def test_a_cell_of_a_workbook_that_is_shown_as_a_per_cent_is_one(tmp_path: Path, own: str, second: str) -> None:
    pytest.importorskip("python_calamine")
    values = (Decimal("0.031"), Decimal("0.0425"), Decimal(3))
    lines = [(date(2026, 10, 5 + at), value) for at, value in enumerate(values)]
    book = in_per_cent(draw("Rates", ["date", "value"], lines), {"B2": "3", "B3": "4"}, own)
    (tmp_path / "t.xlsx").write_bytes(book)
    reading = read_fields(read_table(tmp_path / "t.xlsx"), FIELDS, Asked())
    assert [str(record.number_of("value")) for record in reading.records] == ["3.1%", second, "3"]


def test_a_metric_in_per_cent_reads_what_is_seen(
    make_plan: Callable[..., Path], run: Callable[..., Ran], tmp_path: Path
) -> None:
    pytest.importorskip("python_calamine")
    root = make_plan(
        "metrics: {rate: {name: Rate, unit: '%', direction: up, owner: sam, cadence: weekly, target: 4}}\n"
        "team: {sam: {name: Sam, kind: employee, function: sales, hours_per_week: 8, skills: {calls: 2}}}\n"
    )
    book = in_per_cent(draw("Rates", ["date", "value"], [[date(2026, 10, 5), Decimal("0.031")]]), {"B2": "3"}, "0")
    (tmp_path / "t.xlsx").write_bytes(book)
    assert run("-C", root, "metric", "import", tmp_path / "t.xlsx", "--metric", "rate", "--write").code == 0
    assert read(root).plan.metrics["rate"].readings == {date(2026, 10, 5): Decimal("3.1")}


def test_money_with_one_point_and_three_digits_has_two_readings() -> None:
    """`$1.250` is 1250 in Chile and 1.25 elsewhere: the column decides, else nobody does."""
    alone, beside = read_numbers(["$1.250"]), read_numbers(["$1.250", "$2,5"])
    assert "1.25 (decimal point) or 1250 (decimal comma)" in alone.refusals[0].reason
    assert [number.value for number in beside.values if number is not None] == [1250, Decimal("2.5")]
    assert [str(number) for number in read_numbers(["$1.250", "$12.50"]).values] == ["1.25", "12.5"]


def test_what_one_column_decides_holds_for_the_others_of_its_table() -> None:
    fields = (Field("start", "date"), Field("end", "date"), Field("amount", "number"), Field("fee", "number"))
    table = parse_table("start;end;amount;fee\n03/04/2026;25/04/2026;1.250;2,50\n", "t.csv")
    reading = read_fields(table, fields, Asked())
    (record,) = reading.records
    assert (record.day("start"), record.amount("amount")) == (date(2026, 4, 3), 1250)
    assert {column.notation for column in reading.columns} == {"day first", "decimal comma"}
    contradiction = "start;end;amount;fee\n03/04/2026;25/04/2026;1.250;2.50\n;04/25/2026;1;2,5\n"
    refused = read_fields(parse_table(contradiction, "t.csv"), fields, Asked()).faults
    assert [(fault.row, fault.column) for fault in refused] == [
        *((2, "start"), (2, "end"), (2, "amount"), (2, "fee"), (3, "end"), (3, "fee")),
    ]


def test_what_is_no_workbook(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    (tmp_path / "t.xlsx").write_bytes(b"PK\x03\x04nothing")
    with pytest.raises(InputError, match="is no workbook"):
        read_table(tmp_path / "t.xlsx")


def test_fields_and_all_faults_at_once() -> None:
    table = parse_table("DATE;Value;Spent Time;Who\n05.10.2026;1,5;7200;Sam\nsoon;much;x;\n", "t.csv")
    reading = read_fields(table, FIELDS, Asked(maps=("time=spent time:s",)))
    assert [(each.field.name, each.header, each.notation) for each in reading.columns] == [
        ("day", "DATE", "day first"),
        ("value", "Value", "decimal comma"),
        ("time", "Spent Time", "plain numbers are seconds"),
    ]
    assert reading.unread == ("Who",)
    assert [str(fault) for fault in reading.faults] == [
        'row 3, DATE: "soon" is no date',
        'row 3, Value: "much" is no number',
        'row 3, Spent Time: "x" is no duration, such as 2.5, 2h 30m or 1:30',
    ]
    assert (reading.records[0].minutes("time"), reading.records[1].refused) == (120, {"day", "value", "time"})


@pytest.mark.parametrize(
    ("maps", "said"),
    [
        (("tiem=Date",), 'did you mean "time"'),
        (("time",), "maps no field"),
        (("time=Dote",), 'did you mean "Date"'),
        (("value=Date:s",), '"s" is no unit of the value'),
        (("time=Date:years",), '"years" is no unit'),
    ],
)
def test_maps_that_say_nothing(maps: tuple[str, ...], said: str) -> None:
    with pytest.raises(InputError) as told:
        read_fields(parse_table("Date,Value\n", "t.csv"), FIELDS, Asked(maps=maps))
    assert said in f"{told.value} {told.value.hint}"


def test_a_column_with_a_colon_in_its_name() -> None:
    reading = read_fields(parse_table("Date,Time: s\n2026-10-05,2\n", "t"), FIELDS, Asked(maps=("time=Time: s",)))
    assert reading.records[0].minutes("time") == 120


def test_a_required_column_that_is_missing() -> None:
    with pytest.raises(InputError, match="no column is known to be the day"):
        read_fields(parse_table("Value,Time\n1,2\n", "t.csv"), FIELDS, Asked())


def test_columns_of_one_name_are_read_together() -> None:
    table = parse_table("Date,Labels,labels\n2026-10-05,a,b\n2026-10-06,,c\n", "t.csv")
    reading = read_fields(table, (Field("labels"),), Asked())
    assert [record.text("labels") for record in reading.records] == ["a; b", "c"]


def test_what_the_user_says_of_notations() -> None:
    assert [parse_decimal(each) for each in (".", ",", "comma", None)] == [".", ",", ",", None]
    assert [parse_order(each) for each in ("dmy", None)] == ["dmy", None]
    for wrong in (parse_decimal, parse_order):
        with pytest.raises(InputError):
            wrong("x")
