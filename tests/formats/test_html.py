from __future__ import annotations

import re
from datetime import date
from html import escape
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.app.open import context_of, open_plan
from revplan.app.reporting.report import all_reports, first_page
from revplan.formats import html
from revplan.formats.markup import together
from revplan.formats.site import Page, site
from revplan.formats.svg.canvas import Canvas
from revplan.formats.table import Screen
from revplan.reports.document import (
    Bar,
    Bars,
    Blank,
    Chart,
    Column,
    Document,
    Items,
    Line,
    Section,
    Spark,
    Table,
    good,
    warn,
    words,
)
from revplan.reports.figures import Lane, Point, Scatter, SprintBars
from tests.support.plans import EXAMPLES

SCREEN = Screen(80, color=False)
EVIL = "</title></style></svg><script>alert(1)</script><img src=x onerror=alert(1)>\" onclick='alert(1)' &lt;b&gt;"


class Seen(HTMLParser):
    """Everything a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def seen(page: str) -> Seen:
    found = Seen()
    found.feed(page)
    found.close()
    return found


def document(text: str) -> Document:
    table = Table((Column(text), Column("B")), ((words(text), words(text)),))
    plot = Scatter(text, text, 24, 6, (text,) * 4, (Point(text, text, 1, 2),))
    blocks = (table, Line(words(text)), Items((words(text),)), Bars((Bar(text, 1, 2, words(text)),)), Blank(text, text))
    return Document(text, (words(text),), (Section(words(text), (*blocks, Chart(text, plot, table))),), (words(text),))


@given(text=st.one_of(st.just(EVIL), st.text(alphabet="<>&\"'/=!- aZ\n", min_size=1, max_size=40)))
def test_plan_text_cannot_become_markup(text: str) -> None:
    harmless, drawn = seen(html.draw(document("x"), SCREEN)), seen(html.draw(document(text), SCREEN))
    by_length = ("th", "td", "text", "title")  # a name is a heading or not; in a drawing it may be cut, or have no room
    assert [tag for tag in drawn.elements if tag not in by_length] == [
        tag for tag in harmless.elements if tag not in by_length
    ]
    assert {name for name, _ in drawn.attributes} - {"style"} <= {name for name, _ in harmless.attributes}
    styles = [value for name, value in drawn.attributes if name == "style"]  # a wide table names its columns there
    assert all(re.fullmatch(r"(--c\d+:'([\w ]|\\[0-9a-f]+ )*'(;|$))+", style or "") for style in styles)


def test_a_wide_table_names_its_columns_for_a_phone() -> None:
    columns = (Column("Tactic"), Column("What it's worth; }"), Column("h"))
    table = Table(columns, ((words("A page that says what we do at length"), words("x" * 40), words("3")),))
    page = html.draw(Document("T", (), (Section(words("S"), (table,)),)), SCREEN)
    (style,) = (value for name, value in seen(page).attributes if name == "style")
    assert style == "--c1:'Tactic';--c2:'What it\\27 s worth\\3b  \\7d ';--c3:'h'"
    assert 'class="cards"' in page
    assert "td:nth-child(3) { --column: var(--c3); }" in page
    assert ".cards td::before" in page


def test_plan_text_reads_as_it_is_written() -> None:
    assert EVIL in seen(html.draw(document(EVIL), SCREEN)).text


def test_a_page_asks_for_nothing_outside_it() -> None:
    page = html.draw(document("x"), SCREEN)
    assert "http://" not in page.replace("http-equiv", "")
    assert "https://" not in page
    assert "<script" not in page
    assert "default-src 'none'" in page.replace("&#x27;", "'")


def test_every_page_of_a_site_leads_to_every_other() -> None:
    names = ("scoreboard", "parking-lot")
    files = {name: page.decode() for name, page in site("All", [Page(name, document(name)) for name in names]).items()}
    assert list(files) == ["index.html", "scoreboard.html", "parking-lot.html"]
    for name, content in files.items():
        found = seen(content)
        links = [value for key, value in found.attributes if key == "href"]
        assert {"index.html", "scoreboard.html", "parking-lot.html"} <= set(links)
        assert found.attributes.count(("aria-current", "page")) == 1, name


@pytest.mark.parametrize("pages", [[], [Page("empty", Document("Empty", (), ()))]])
def test_a_site_may_be_empty(pages: list[Page]) -> None:
    assert "index.html" in site("Nothing yet", pages)


# --- what those need who hear a page, or go through it by keyboard -------------------------------------------------


class Outline(HTMLParser):
    """A page's elements, each with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag in tags]


@pytest.fixture(scope="module", params=["agency", "minimal"])
def outlines(request: pytest.FixtureRequest) -> dict[str, Outline]:
    folder = EXAMPLES / request.param
    loaded = open_plan(folder, folder)
    context = context_of(loaded, None, date(2026, 11, 28))
    pages = [Page(name, document) for name, document in all_reports(loaded, context, lambda _step: None).items()]
    return {name: Outline(page.decode()) for name, page in site("Reports", pages, first_page(context)).items()}


def test_pages_have_one_title_one_content_and_headings_in_order(outlines: dict[str, Outline]) -> None:
    for name, page in outlines.items():
        assert page.of("html") == [{"lang": "en"}], name
        assert [len(page.of(tag)) for tag in ("h1", "main", "header", "nav")] == [1, 1, 1, 1], name
        levels = [int(tag[1]) for tag, _ in page.found if tag in ("h1", "h2", "h3")]
        assert levels[0] == 1, name
        assert all(after - before <= 1 for before, after in pairwise(levels)), name


def test_what_refers_to_a_place_of_the_page_finds_it_once(outlines: dict[str, Outline]) -> None:
    for name, page in outlines.items():
        ids = [str(attributes["id"]) for _, attributes in page.found if "id" in attributes]
        assert len(ids) == len(set(ids)), name
        labels = {attributes.get("aria-labelledby") for _, attributes in page.found} - {None}
        places = {str(link["href"])[1:] for link in page.of("a") if str(link["href"]).startswith("#")}
        assert labels | places <= set(ids), name


def test_everything_that_is_not_text_says_what_it_is_or_is_silent(outlines: dict[str, Outline]) -> None:
    for name, page in outlines.items():
        for drawing in page.of("svg"):
            assert drawing.get("aria-hidden") == "true" or (drawing["role"] == "img" and drawing["aria-label"]), name
        assert all(picture["alt"] for picture in page.of("img")), name
        assert all(head["scope"] in ("col", "row") for head in page.of("th")), name
        stops = [attributes for _, attributes in page.found if "tabindex" in attributes]
        assert all(stop["tabindex"] == "0" and stop["role"] == "group" and stop["aria-label"] for stop in stops), name
        assert all(bar["aria-label"] for bar in page.of("nav")), name


def test_the_first_stop_of_the_keyboard_leads_past_the_links(outlines: dict[str, Outline]) -> None:
    for page in outlines.values():
        assert page.of("a")[0] == {"href": "#content", "class": "skip"}
        assert [place["aria-current"] for place in page.of("a") if "aria-current" in place] == ["page"]


def test_a_state_heads_no_row() -> None:
    rows = ((words(good("set up")), words("A goal")), (words(warn("missing")), words("A budget")))
    table = Table((Column("State"), Column("What is to be true")), rows)
    assert table.naming_column == 1
    names = Table((Column("Who"), Column("What")), ((words("Ana"), words("sells")), (words("Ben"), words("writes"))))
    assert names.naming_column == 0


def test_a_spark_takes_the_room_that_it_is_drawn_in() -> None:
    spark = Spark("▁▂▃▄▅▆▇█▁▂▃▄▅", values=(1.0, 2.0), spoken="from 1 to 2")
    columns = (Column("Metric"), Column("Now"), Column("Then"), Column("Last 13"))
    cells = (words("n" * 16), words("1" * 16), words("2" * 8))
    drawn, told = (
        html.draw(Document("t", (), (Section(words("s"), (Table(columns, ((*cells, last),)),)),)), SCREEN)
        for last in ((spark,), words(spark.text))
    )
    assert '<table class="cards"' in drawn
    assert '<table class="slim"' in told


def test_an_id_on_a_board_breaks_behind_its_tactic() -> None:
    lanes = (Lane("Ana", ((words("site-move/build"),), (words(good("site-move/test, done")),), ())),)
    board = Chart(
        "c", SprintBars(("1-7 Dec", "8-14 Dec", "15-21 Dec"), lanes), Table((Column("Who"),), ((words("Ana"),),))
    )
    page = html.draw(Document("t", (), (Section(words("s"), (board,)),)), SCREEN)
    assert "<li>site-move/<wbr/>build</li>" in page
    assert '<li><span class="good">site-move/<wbr/>test, done</span></li>' in page
    assert r'class="board cards" style="--c1:&#x27;&#x27;;--c2:&#x27;1\2d 7 Dec&#x27;' in page


def test_no_line_ends_within_a_day_or_an_option_of_a_command() -> None:
    section = Section(words("2026-11: on"), (Line(words("`revplan sprint plan --write` at 2026-11-30")),))
    page = html.draw(Document("Sprint 2026-11-30", (), (section,)), SCREEN)
    assert '<h1>Sprint <span class="unbroken">2026-11-30</span></h1>' in page
    assert '<span class="unbroken">2026-11</span>: on</h2>' in page
    option, day = '<span class="unbroken">--write</span>', '<span class="unbroken">2026-11-30</span>'
    assert f"<p><code>revplan sprint plan {option}</code> at {day}</p>" in page
    assert "<title>Sprint 2026-11-30</title>" in page


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("27,906 h and 3 min", "27,906_h and 3_min"),
        ("9 December 2026 to 1 May", "9_December 2026 to 1_May"),
        ("within 21 days, 4 hundred", "within 21_days, 4 hundred"),
        ("web 2, video 12", "web_2, video 12"),
        ("Harbourline · roadmap, %", "Harbourline_· roadmap,_%"),
        ("10 days a month, 2 Decibels", "10_days a month, 2 Decibels"),
        ("9 h\N{HYPHEN}long", "9_h\N{HYPHEN}long"),
    ],
)
def test_a_number_stays_on_one_line_with_its_unit(said: str, kept: str) -> None:
    assert together(said) == kept.replace("_", "\N{NO-BREAK SPACE}")
    section = Section(words(said), (Line(words(said)), Line(words(said))))
    assert html.draw(Document(said, (), (section,)), SCREEN).count(escape(together(said))) == 4


@pytest.mark.parametrize(("rows", "shape"), [(40, ""), (80, " tall"), (90, " long")])
def test_a_drawing_taller_than_wide_is_printed_smaller(rows: int, shape: str) -> None:
    sheet = Canvas(760)
    assert f'class="pic rows{shape}"' in sheet.finish(12.5 * rows, "rows")
