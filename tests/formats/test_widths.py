"""How wide tables are at least, and how they show by it."""

from __future__ import annotations

import pytest

from revplan.formats import widths
from revplan.reports.document import Align, Column, Table, words


def table(*columns: tuple[str, str], align: Align = Align.LEFT) -> Table:
    """Return a table of one row, given as the name and the cell of each column."""
    names = tuple(Column(name, align) for name, _ in columns)
    return Table(names, (tuple(words(said) for _, said in columns),))


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        (3, None),
        (7, "cards"),
        (9, "slim"),
        (10, "slim tight"),
        (11, "slim small"),
        (12, "wide tight"),
        (13, "vast"),
    ],
)
def test_a_table_shows_in_the_largest_letters_in_which_it_fits(columns: int, kind: str | None) -> None:
    assert widths.kind_of(table(*[("A", "1" * 7)] * columns)) == kind


def test_a_long_name_takes_no_more_room_than_the_style_gives_it() -> None:
    name = "a name of many words " * 4
    text, few = [("N", name), *[("A", "1" * 7)] * 6], [("N", "12 45 78 12 45 78 1"), *[("A", "1" * 7)] * 6]
    assert widths.kind_of(table(*text)) == widths.kind_of(table(*few)) == "slim"


def test_figures_do_not_wrap() -> None:
    long = [("A", "123456789 123456789")] * 4
    assert widths.kind_of(table(*long)) == "slim"
    assert widths.kind_of(table(*long, align=Align.RIGHT)) == "slim tight"


def test_short_cells_of_words_wrap_before_a_table_goes_row_by_row() -> None:
    columns = [("Column", "Customer success")] * 8
    assert widths.kind_of(table(*columns)) == "slim small close"
    assert widths.kind_of(table(*columns, align=Align.RIGHT)) == "vast"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("`revplan workshop goals` (about 18 min)", "fair"),
        ("`revplan workshop goals` asks for what is missing from it", "long"),
        ("`revplan workshop goals` asks for what is missing from it, and for much more", "text"),
        ("`goals` and `team` (about 18 min)", "long"),
    ],
)
def test_a_few_words_stay_on_the_line_of_a_command_where_the_screen_is_wide(said: str, kind: str) -> None:
    assert widths.text_width(said) == kind
