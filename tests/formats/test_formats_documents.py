from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rich.console import Console
from rich.table import Table as RichTable

from revplan.formats import terminal
from revplan.formats.markdown import escape
from revplan.formats.table import DocumentFormat, Screen
from revplan.formats.text import width as columns
from revplan.reports.document import (
    Align,
    Bar,
    Bars,
    Blank,
    Chart,
    Column,
    Document,
    Items,
    Line,
    Run,
    Section,
    Spark,
    Table,
    Tone,
    bad,
    dim,
    strong,
    words,
)
from revplan.reports.figures import Fan, FunnelFigure, FunnelStage, Gantt, Point, Scatter, Spread, Stretch

if TYPE_CHECKING:
    from revplan.reports.figures import Figure

SCREEN = Screen(80, color=False)
DOCUMENT = Document(
    title="Harbourline | goals",
    lead=(words("Goal: ", strong("be found ")), words(dim("as of 2026-11-28"))),
    sections=(
        Section(
            words("Who"),
            (
                Table((Column("Name"), Column("h", Align.RIGHT)), ((words("a|b"), words("4")), (words(), words("5")))),
                Bars((Bar("Dana", 3, 4, words("3 of 4 h")), Bar("Over", 5, 4, words("5 of 4 h")))),
                Items((words("first"), words("- second"))),
                Line(words("2. nothing is ", bad("late"))),
            ),
        ),
    ),
    close=(words("End."),),
    data={"schema": "revplan/test/1", "hours": 4},
)


def test_markdown_is_what_forges_draw() -> None:
    assert DocumentFormat.MARKDOWN.draw(DOCUMENT, SCREEN).decode() == (
        "## Harbourline \\| goals\n\nGoal: **be found** \n\nas of 2026-11-28\n\n### Who\n\n"
        "| Name | h |\n| --- | ---: |\n| a\\|b | 4 |\n|  | 5 |\n\n"
        "|  |  |  |\n| --- | --- | --- |\n| Dana | █████████░░░ | 3 of 4 h |\n| Over | ████████████ | 5 of 4 h |\n\n"
        "- first\n- \\- second\n\n2\\. nothing is **late**\n\nEnd.\n"
    )


def test_json_is_a_contract_with_the_figures_behind_the_text() -> None:
    drawn: dict[str, Any] = json.loads(DocumentFormat.JSON.draw(DOCUMENT, SCREEN))
    assert drawn == {
        "schema": "revplan/document/2",
        "title": "Harbourline | goals",
        "data": {"schema": "revplan/test/1", "hours": 4},
    }


def test_json_of_a_document_without_figures_is_its_text() -> None:
    drawn: dict[str, Any] = json.loads(DocumentFormat.JSON.draw(replace(DOCUMENT, data=None), SCREEN))
    assert drawn["lead"][0] == [{"text": "Goal: "}, {"text": "be found ", "tone": "strong"}]
    assert [block["kind"] for block in drawn["sections"][0]["blocks"]] == ["table", "bars", "items", "line"]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a | b", "a \\| b"),
        ("`code` *bold* _it_", "\\`code\\` \\*bold\\* \\_it\\_"),
        ("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"),
        ("[here](https://example.com)", "\\[here\\](https&#58;//example.com)"),
        ("see www.example.com", "see www&#46;example.com"),
        ("ask @dana about #12", "ask @&#8203;dana about #&#8203;12"),
        ("R&D &amp; &lt;", "R&D &amp;amp; &amp;lt;"),
        ("$4.15M of $4.13M", "$4.15M of $4.13M"),
        ("$x$", "\\$x\\$"),
        ("two\nlines\tand", "two lines and"),
        ("turned \u202e round", "turned \\\\u202e round"),
    ],
)
def test_plan_text_is_text(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@pytest.mark.parametrize("start", ["# a", "- a", "+ a", "/close", "1. a", "12) a", "=== "])
def test_nothing_begins_a_line_that_means_something(start: str) -> None:
    drawn = DocumentFormat.MARKDOWN.draw(Document("T", (words(start),), ()), SCREEN).decode()
    assert "\\" in drawn.splitlines()[2]


def figures(name: str) -> tuple[Figure, ...]:
    day = date(2026, 12, 1)
    return (
        Gantt(
            day, date(2026, 12, 31), day, (Stretch(name, name, day, day), Stretch(name, name, day, date(2027, 1, 5)))
        ),
        Gantt(day, day, day, ()),
        Scatter(name, name, 24, 6, (name,) * 4, (Point(name, name, 1, 2), Point("", name, 1, 2))),
        FunnelFigure((FunnelStage(name, 100, name), FunnelStage(name, 0, name))),
        FunnelFigure((FunnelStage(name, 0, name),)),
        Fan((Spread(name, 1, 2, 3, None), Spread(name, 1, 2, 4, 3)), name, name),
        Fan((), name, name),
    )


RUNS = st.builds(Run, st.text(max_size=30), st.sampled_from(Tone))
WORDS = st.lists(RUNS, max_size=3).map(tuple)


@pytest.mark.parametrize("name", DocumentFormat)
@given(text=WORDS, title=st.text(max_size=30))
def test_every_format_draws_any_text(name: DocumentFormat, text: tuple[Run, ...], title: str) -> None:
    table = Table((Column("A"), Column("B", share=1)), ((text, text),))
    charts = tuple(Chart(title, figure, table) for figure in figures(title))
    spark = words(Spark(title, values=(1, None, 3), spoken=title))
    blocks = (table, Line(text), Line(spark), Items((text,)), Bars((Bar(title, 1, 0, text),)), Blank(title, title))
    section = Section(text, (*blocks, *charts))
    drawn = name.draw(Document(title, (text,), (section,), (text,)), SCREEN).decode()
    assert drawn.endswith("\n")
    drawn.encode()


@given(text=st.text(max_size=60))
def test_a_cell_never_leaves_its_row(text: str) -> None:
    table = Table((Column("A"), Column("B")), ((words(text), words("end")),))
    drawn = DocumentFormat.MARKDOWN.draw(Document("T", (), (Section(words("S"), (table,)),)), SCREEN).decode()
    row = drawn.rstrip("\n").splitlines()[-1]
    assert row.startswith("| ")
    assert row.endswith(" | end |")
    assert (
        len([position for position, character in enumerate(row) if character == "|" and row[position - 1] != "\\"]) == 3
    )


@pytest.mark.parametrize("width", [60, 200])
def test_wide_characters_keep_their_columns(width: int) -> None:
    title = "監査チェックリスト 工場長 ✅ é"
    table = Table(
        (Column("項目", share=2), Column("h", Align.RIGHT), Column("誰")),
        ((words(title), words("12"), words("花子")), (words("plain"), words("3"), words("Dana"))),
    )
    blocks = (
        table,
        Items((words(title * 5),)),
        Bars((Bar("花子", 3, 4, words("3 h")), Bar("Dana", 1, 4, words("1 h")))),
    )
    drawn = DocumentFormat.TERMINAL.draw(
        Document(title, (), (Section(words(title), blocks),)), Screen(width, color=False)
    ).decode()
    lines = drawn.splitlines()
    assert max(map(columns, lines)) <= width
    cells = [line for line in lines if line.endswith(("花子", "  Dana"))]
    assert len({columns(line.removesuffix("花子").removesuffix("Dana")) for line in cells}) == 1
    bars = [line for line in lines if "█" in line]
    assert len({columns(line.partition("█")[0]) for line in bars}) == 1


def test_a_table_whose_words_would_break_is_drawn_entry_by_entry() -> None:
    columns = (Column("#", Align.RIGHT), Column("Who"), Column("Work", share=1), Column("Left", Align.RIGHT, share=1))
    rows = (
        (words("1"), words("Someone with a long name"), words("Communication everywhere"), words("12")),
        (words("2"), words(""), words("Telecommunication"), words("–")),
    )
    document = Document("D", (), (Section(words("S"), (Table(columns, rows),)),))
    assert terminal.draw(document, Screen(44, color=False)).splitlines()[2:] == [
        "S",
        "  Someone with a long name",
        "    # 1 · Work Communication everywhere ·",
        "    Left 12",
        "    # 2 · Work Telecommunication",
    ]
    assert "  #  Who " in terminal.draw(document, Screen(72, color=False))


def test_titles_break_before_text_has_too_little_room() -> None:
    columns = (Column("Tactic", share=1), Column("Hours that were planned", Align.RIGHT))
    document = Document("D", (), (Section(words("S"), (Table(columns, ((words("Write the page"), words("8")),)),)),))
    assert terminal.draw(document, Screen(40, color=False)).splitlines()[-1] == "  Write the page        8"


def test_titles_break_between_words_before_they_break_words() -> None:
    """Nine columns whose titles take more than the screen has: "Beyond hours" and "As usual" go on two lines each."""
    titles = ("Gross", "Away", "Meetings", "Beyond hours", "As usual", "Focus", "Reserve", "Plannable")
    table = Table(
        (Column("Hours of", share=1), *(Column(title, Align.RIGHT) for title in titles)),
        ((words("Bo Q"), *(words("−13.4") for _ in titles)),),
    )
    text = terminal.draw(Document("T", (), (Section(words("S"), (table,)),)), SCREEN)
    shown = text.split()
    assert all(word in shown for title in titles for word in title.split())
    assert all(columns(line) <= 80 for line in text.splitlines())


_CELLS = st.lists(
    st.tuples(
        st.sampled_from(["a", "word ", " ", "営業", "long" * 9, "\n", "\t", "e\u0301", ""]), st.sampled_from(Tone)
    ),
    max_size=4,
).map(lambda runs: words(*(Run(said, tone) for said, tone in runs)))


@given(st.data(), st.lists(st.tuples(st.sampled_from(Align), st.integers(0, 2)), min_size=1, max_size=4), st.booleans())
def test_rows_are_laid_out_as_the_library_lays_out_its_tables(
    data: st.DataObject, kinds: list[tuple[Align, int]], color: bool
) -> None:
    columns_ = tuple(Column(f"column {n}", align, share) for n, (align, share) in enumerate(kinds))
    rows = data.draw(st.lists(st.tuples(*(_CELLS for _ in kinds)), max_size=4))
    texts = [[terminal._text(cell) for cell in row] for row in rows]
    widths = terminal._widths(columns_, texts, 80)
    assume(sum(widths) + 2 * (len(widths) - 1) <= 80)
    expected = RichTable(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    for column, wide in zip(columns_, widths, strict=True):
        side: Any = "right" if column.align is Align.RIGHT else "left"
        expected.add_column(justify=side, overflow="fold", width=wide)
    for row in texts:
        expected.add_row(*row)
    justified: list[Any] = ["right" if column.align is Align.RIGHT else "left" for column in columns_]
    console = Console(width=80, force_terminal=color, color_system="standard" if color else None, _environ={})
    found = []
    for drawn in (expected, terminal._Rows(texts, widths, justified)):
        with console.capture() as captured:
            console.print(drawn)
        found.append([line.rstrip() for line in captured.get().rstrip("\n").split("\n")])
    assert found[0] == found[1]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
@pytest.mark.parametrize(
    "address", ["https://harbourline.example/audit?" + "utm_source=mail&" * 8, "?" + "utm_a=b&" * 15]
)
def test_an_address_is_whole_on_a_line_of_its_own_however_narrow_the_screen(width: int, address: str) -> None:
    table = Table((Column("Asset"), Column("Link", share=1)), ((words("mail"), words(address)),))
    document = Document("Links", (), (Section(words("Tagged links"), (table,)),))
    lines = terminal.draw(document, Screen(width, color=False)).split("\n")
    assert [line.split()[-1] for line in lines if address in line] == [address]
    assert all(columns(line) <= width for line in lines if address not in line)
