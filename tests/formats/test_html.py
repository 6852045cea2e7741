from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.formats import html
from revplan.formats.site import Page, site
from revplan.formats.table import Screen
from revplan.reports.document import Bar, Bars, Blank, Chart, Column, Document, Items, Line, Section, Table, words
from revplan.reports.figures import Point, Scatter

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
    assert {name for name, _ in drawn.attributes} <= {name for name, _ in harmless.attributes}


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
