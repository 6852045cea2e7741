"""Whatever stands in the cells of a table, it is read or refused in words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from revplan.app.exchange.columns import Asked, read_fields
from revplan.app.exchange.dates import read_dates, read_dates_as, read_months, read_period_ends
from revplan.app.exchange.fields import Field
from revplan.app.exchange.files import parse_table
from revplan.app.exchange.numbers import read_durations, read_numbers, read_seconds
from revplan.errors import RevplanError

PIECES = st.sampled_from(
    (
        *(
            "1",
            "12",
            "2026",
            "000",
            "9" * 30,
            "9" * 5000,
            "e",
            "E",
            "e999999",
            "1e-999999",
            "1E+400",
            ".",
            ",",
            "'",
            " ",
        ),
        *(
            "-",
            "−",
            "(",
            ")",
            "%",
            "$",
            "€",
            "USD",
            "CHF",
            "k",
            "M",
            "h",
            "m",
            "d",
            "w",
            "ms",
            ":",
            "/",
            "T",
            "Z",
            "+01",
        ),
        *("Jan", "March", "Q3", "W53", "2026-02-30", "31.12.", "12/13/", "23:59:60", "nan", "Infinity", "null", "\xa0"),
        *("٣", " ", "+01", "²", "½", "\ud800", "\0", "\u202e", "=1+1", "—", "n/a"),
    )
)
TEXTS = st.lists(PIECES, max_size=5).map("".join) | st.text(max_size=12)
CELLS = TEXTS | st.decimals(-(10**308), 10**308) | st.dates() | st.timedeltas(timedelta(-9999), timedelta(9999))
FIELDS = (Field("key", "key"), Field("amount", "amount", ("Amount",)), Field("day", "date", ("Day",)))
FORMS = st.sampled_from(("%d.%m.%Y", "%m/%d/%y", "%d %b %Y", "%Y-%m-%d %H:%M"))


@settings(max_examples=200)
@given(st.lists(CELLS, max_size=4), FORMS)
@example(["1e999999"], "%d.%m.%Y")
@example(["1e-999999", "5"], "%d.%m.%Y")
@example([Decimal("1e308"), Decimal("-1e308"), Decimal("1e-300")], "%d.%m.%Y")
@example([date(1, 1, 1), date(9999, 12, 31)], "%d.%m.%Y")
def test_any_cells(cells: list[str | Decimal | date | timedelta], form: str) -> None:
    for reader in (read_numbers, read_durations, read_seconds, read_dates, read_months, read_period_ends):
        assert len(reader(cells).values) == len(cells)
    assert len(read_dates_as(cells, form).values) == len(cells)


ROWS = st.lists(st.lists(TEXTS, max_size=4).map(",".join), max_size=5).map("\n".join)


@settings(max_examples=200)
@given(ROWS, st.sampled_from(("key,Amount,Day\n", "Amount;Day\n", "key\tDay\n", "")))
@example("a,1e999999,9999-12-31", "key,Amount,Day\n")
def test_any_rows(rows: str, header: str) -> None:
    try:
        table = parse_table(header + rows, "table.csv")
    except RevplanError:
        return
    try:
        read_fields(table, FIELDS, Asked())
    except RevplanError:
        return
