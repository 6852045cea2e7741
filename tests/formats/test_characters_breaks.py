"""Lines break between words, days and numbers with their unit stay whole, and columns share a width fairly."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from revplan.formats import characters, terminal
from revplan.formats.characters.breaks import least_width, share_width, spans_of_lines
from revplan.formats.table import Screen
from revplan.formats.text import width as columns
from revplan.reports.document import Align, Column, Document, Section, Table, words
from revplan.reports.figures import Cell, Grid
from revplan.wording import MONTH_NAMES, short_date


def lines(text: str, room: int) -> list[str]:
    return [text[start:end] for start, end in spans_of_lines(text, room)]


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("due by 14 Nov then", 9, ["due by", "14 Nov", "then"]),
        ("ends 22 December 2026", 16, ["ends 22 December", "2026"]),
        ("ends 22 December 2026", 15, ["ends", "22 December", "2026"]),
        ("Dana 10, Priya 8.5", 13, ["Dana 10,", "Priya 8.5"]),
        ("Focus −16 · Reserve −6.5", 12, ["Focus −16 ·", "Reserve −6.5"]),
        ("👩\u200d👩\u200d👧👩\u200d👩\u200d👧食", 3, ["👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧", "食"]),
        ("spent 287.5 h of it", 11, ["spent", "287.5 h of", "it"]),
        ("call `revplan sprint plan` now", 21, ["call", "`revplan sprint plan`", "now"]),
        ("call `revplan sprint plan` now", 15, ["call `revplan", "sprint plan`", "now"]),
        ("renewal-calendar/reminders", 20, ["renewal-calendar/", "reminders"]),
        ("technician-interviews/prepare", 12, ["technician-", "interviews/", "prepare"]),
        ("in 2026-11-28 and", 11, ["in", "2026-11-28", "and"]),
        ("食品工場の保全担当者向け。調査", 12, ["食品工場の保", "全担当者向", "け。調査"]),
        ("Donaudampfschifffahrt", 8, ["Donaudam", "pfschiff", "fahrt"]),
        ("  indented text", 10, ["  indented", "text"]),
        ("", 5, [""]),
    ],
)
def test_lines_break_where_they_may(text: str, room: int, expected: list[str]) -> None:
    assert lines(text, room) == expected


@pytest.mark.parametrize("month", range(1, 13))
def test_a_day_and_its_month_stay_together(month: int) -> None:
    day = short_date(date(2026, month, 4))
    assert day.split()[1] == MONTH_NAMES[month - 1][:3]
    assert lines(f"dropped {day}", len(day) + 7) == ["dropped", day]


@given(st.text("ab 営-/`\u00a0é4h", max_size=40), st.integers(2, 30))
def test_lines_fit_and_hold_the_whole_text(text: str, room: int) -> None:
    found = lines(text, room)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(columns(line.lstrip()) <= room for line in found)


@given(st.data(), st.integers(1, 60))
def test_columns_get_what_they_need_or_their_share(data: st.DataObject, room: int) -> None:
    cells = st.tuples(st.integers(0, 4), st.integers(0, 10), st.integers(0, 40))
    drawn = data.draw(st.lists(cells, min_size=1, max_size=5))
    shares, least, needed = (
        [share for share, _, _ in drawn],
        [min(low, own) for _, low, own in drawn],
        [own for _, _, own in drawn],
    )
    wide = share_width(shares, least, needed, room)
    floor = [low if share else own for share, low, own in zip(shares, least, needed, strict=True)]
    assert all(low <= got <= own for low, got, own in zip(floor, wide, needed, strict=True))
    if sum(needed) <= room:
        assert wide == needed
    elif sum(floor) <= room:
        assert room - len(wide) <= sum(wide) <= room
    else:
        assert wide == floor


def test_shares_of_equal_weight_are_equal() -> None:
    assert share_width([1, 2, 0], [3, 3, 5], [90, 90, 5], 65) == [20, 40, 5]


@pytest.mark.parametrize("width", range(60, 201))
def test_no_column_breaks_a_word_that_a_screen_has_room_for(width: int) -> None:
    columns_ = (
        Column("Task", share=3),
        Column("Who", share=1),
        Column("Planned h", Align.RIGHT),
        Column("Spent h", Align.RIGHT),
        Column("Left h", Align.RIGHT),
        Column("Due"),
        Column("Stands"),
    )
    cells = ("technician-interviews/prepare", "Brightwater Studio", "8", "8", "0", "14 Nov", "started")
    table = Table(columns_, (tuple(words(cell) for cell in cells),))
    drawn = terminal.draw(Document("T", (), (Section(words("S"), (table,)),)), Screen(width, color=False))
    shown = drawn.split()
    assert {"Brightwater", "Studio", "started"} <= set(shown)
    assert "14 Nov" in drawn
    assert "technician-interviews/prepare" in shown or {"technician-interviews/", "prepare"} <= set(shown)
    assert all(columns(line) <= width for line in drawn.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "食品",
        "👩\u200d👩\u200d👧\u200d👦 family",
        "❤\ufe0f",
        "🇩🇪",
        "👍🏽 ok",
        "हिन्दी",
        "각",
        "e\u0301",
        "1\ufe0f\u20e3",
    ],
)
def test_a_text_is_as_wide_as_the_library_that_draws_tables_takes_it_to_be(text: str) -> None:
    assert columns(text) == cell_len(text)


@pytest.mark.parametrize("width", range(60, 201, 7))
@pytest.mark.parametrize(
    "name", ["Donaudampfschifffahrtsgesellschaftskapitän", "A name of several words " * 3, "食品" * 20]
)
def test_no_number_of_a_heat_map_is_cut_where_names_are_long(name: str, width: int) -> None:
    cells = tuple(Cell(f"{number + 10}.25 h", share=number / 5) for number in range(5))
    grid = Grid(tuple(f"{day} Dec" for day in range(1, 30, 6)), ((name, cells), ("x", cells)))
    drawn = ["".join(run.text for run in line) for line in characters.draw(grid, width)]
    told = "\n".join(drawn)
    assert told.count(".25 h") == 10
    assert "…" not in told
    assert all(columns(line) <= width for line in drawn)
    starts = {columns(line.partition("10.25 h")[0]) for line in drawn if "10.25 h" in line}
    assert starts == {drawn[0].index("1 Dec") + 2}


def test_an_entry_is_headed_by_what_tells_it_from_the_others() -> None:
    table = Table(
        (Column("State"), Column("Fact", share=1), Column("Address", share=1)),
        tuple((words("missing"), words(f"Fact {number}"), words("https://a.example/" + "b" * 50)) for number in (1, 2)),
    )
    drawn = terminal.draw(Document("T", (), (Section(words("S"), (table,)),)), Screen(60, color=False))
    assert [line for line in drawn.splitlines() if line.startswith("  ") and line[2] != " "] == ["  Fact 1", "  Fact 2"]
    assert drawn.count("State missing") == 2


def test_the_least_width_is_that_of_the_longest_word() -> None:
    assert least_width("Clean up contacts") == len("contacts")
    assert least_width("technician-interviews/prepare") == len("technician-interviews/")
    assert least_width("食品工場の保全") == 2
    assert least_width("") == 0
