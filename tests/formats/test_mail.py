from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.formats import mail
from revplan.formats.text import visible
from revplan.reports.document import (
    Align,
    Bar,
    Bars,
    Blank,
    Chart,
    Column,
    Document,
    Heading,
    Items,
    Line,
    Look,
    Picture,
    Section,
    Table,
    bad,
    words,
)
from revplan.reports.figures import Measure, Ranking

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EVIL = "</title></table><script>alert(1)</script><img src=x onerror=alert(1)>\" onclick='alert(1)' &lt;b&gt;"
ALLOWED = {
    "html",
    "head",
    "meta",
    "title",
    "body",
    "table",
    "tr",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "p",
    "ul",
    "li",
    "span",
    "code",
}
AS_WIDE = str.maketrans("<>&\"'/!=-", "MMMfifiMf")
"""Letters as wide as the signs of markup: by its width a table is drawn row by row."""
EXAMPLE = "examples/harbourline"


class Seen(HTMLParser):
    """The elements, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def document(text: str) -> Document:
    table = Table((Column(text), Column("B", Align.RIGHT)), ((words(text), words(bad(text))),))
    drawing = Ranking((Measure(text, 1, text),))
    blocks = (
        table,
        Chart(text, drawing, table),
        Picture(text, drawing, Items((words(text), words(text)), (0, 1))),
        Picture(text, drawing),
        Bars((Bar(text, 1, 2, words(text)), Bar(text, 3, 2, words(text)))),
        Heading(words(text)),
        Line(words(text)),
        Blank(text, text),
    )
    drawn = Section(words(text), (Picture(text, drawing),))
    return Document(text, (words(text),), (Section(words(text), blocks), drawn), (words(text),))


@given(st.one_of(st.just(EVIL), st.text(alphabet="<>&\"'/=!- aZ\n", min_size=1, max_size=40)))
def test_plan_text_cannot_become_markup(text: str) -> None:
    harmless, drawn = Seen(mail.draw(document(text.translate(AS_WIDE)))), Seen(mail.draw(document(text)))
    assert drawn.tags == harmless.tags
    assert drawn.names == harmless.names


def test_it_holds_nothing_that_mail_programs_drop() -> None:
    page = mail.draw(document("Renewals"))
    seen = Seen(page)
    assert set(seen.tags) <= ALLOWED | {"strong"}
    assert not seen.names & {"class", "id", "href", "src"}
    assert "var(" not in page
    assert "http" not in page
    assert seen.text.count("Renewals") == 21


def test_no_line_ends_within_a_day_of_a_mail() -> None:
    page = mail.draw(Document("Sprint 2026-11", (), (Section(words("2026-11 on"), (Line(words("12 h in 2026-11")),)),)))
    assert page.count('<span style="white-space: nowrap">2026-11</span>') == 3
    assert "12\N{NO-BREAK SPACE}h in" in page


def test_agendas_and_briefs_are_pages_to_send(run: Callable[..., object], tmp_path: Path) -> None:
    agenda, brief, folder = tmp_path / "monday.html", tmp_path / "priya.html", tmp_path / "briefs"
    run("agenda", "weekly", "--mail", "-o", str(agenda), "-C", EXAMPLE)
    run("sprint", "brief", "priya", "--mail", "-o", str(brief), "-C", EXAMPLE)
    run("sprint", "brief", "--all", "--mail", "-o", str(folder), "-C", EXAMPLE)
    assert "<svg" not in agenda.read_text() + brief.read_text()
    assert brief.read_text() == (folder / "priya.html").read_text()
    assert set(Seen(agenda.read_text()).tags) <= ALLOWED | {"strong"}


@pytest.mark.parametrize(("name", "is_wide"), [("New leads", False), ("Supercalifragilisticexpialidocious " * 2, True)])
def test_a_table_too_wide_for_a_phone_is_told_row_by_row(name: str, *, is_wide: bool) -> None:
    columns = (Column("#", Align.RIGHT), Column("State"), Column("Metric"), Column("Now", Align.RIGHT), Column("Owner"))
    rows = tuple(
        tuple(map(words, (place, "green", f"{name} {place}", "37", "–" if place == "2" else "Priya"))) for place in "12"
    )
    seen = Seen(mail.draw(Document("d", (), (Section(words("s"), (Table(columns, rows),)),))))
    assert ("th" not in seen.tags) == is_wide
    said = seen.text.replace("\N{NO-BREAK SPACE}", " ")
    if is_wide:
        assert f"{name} 1# 1; State green; Now 37; Owner Priya{name} 2# 2; State green; Now 37" in said
    else:
        assert "#StateMetricNowOwner1greenNew leads 137Priya" in said


STYLES = {
    "background", "border-bottom", "border-collapse", "border-top", "color", "font-family", "font-size", "font-weight",
    "height", "line-height", "margin", "margin-left", "padding", "padding-left", "text-align", "vertical-align",
    "white-space",
}  # fmt: skip
"""What mail programs keep of inline styles, Outlook among them."""
FIT = "border-collapse: collapse; table-layout: fixed; width: 100%; max-width: 640px"
"""The one style that Outlook keeps a part of: its page is then as wide as the window, or as its attribute says."""


@pytest.mark.parametrize("command", ["agenda weekly", "agenda sprint", "agenda quarter", "sprint brief priya"])
def test_what_is_sent_keeps_the_rules_of_mail_programs(
    run: Callable[..., object], tmp_path: Path, command: str
) -> None:
    page = tmp_path / "page.html"
    run(*command.split(), "--mail", "-o", str(page), "-C", EXAMPLE)
    text = page.read_text(encoding="utf-8")
    assert len(text.encode()) < 100_000, "Gmail cuts off what is longer"
    seen = Seen(text)
    assert set(seen.tags) <= ALLOWED | {"strong"}
    assert seen.names <= {"lang", "charset", "style", "align", "width", "role", "bgcolor", "cellspacing", "cellpadding"}
    assert text.count(FIT) == 1
    own = re.findall(r'style="([^"]*)"', text.replace(FIT, ""))
    styles = [pair.split(":")[0].strip() for style in own for pair in style.split(";")]
    assert set(filter(None, styles)) <= STYLES
    without = Seen(re.sub(r' (style|bgcolor)="[^"]*"', "", text))
    assert without.text == seen.text, "nothing is said by style alone"
    assert max(map(len, re.findall(r"[^\n]+", text))) < 100_000


def test_the_company_s_color_heads_a_mail() -> None:
    colored = mail.draw(Document("Renewals", (), (), look=Look("Quay", "#2f6f8f", "data:image/png;base64,AAAA")))
    assert 'style="border-top: 6px solid #2f6f8f; padding: 16px;' in colored
    assert "data:" not in colored, "mail programs drop pictures that a mail holds in its text"
    assert "border-top" not in mail.draw(Document("Renewals", (), ()))


@pytest.mark.parametrize("kind", ["weekly", "sprint", "quarter"])
def test_a_message_has_text_and_html_and_its_headers_are_ascii(
    run: Callable[..., Any], tmp_path: Path, kind: str
) -> None:
    """Read as a mail program does; whoever sends it gives sender, recipients and day."""
    file = tmp_path / "agenda.eml"
    words = ("-C", EXAMPLE, "agenda", kind, "--mail", "--today", "2026-11-28")
    assert run(*words, "-o", file).code == 0
    content = file.read_bytes()
    assert run(*words, "-o", file).code == 0
    assert file.read_bytes() == content
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 78
    message = message_from_bytes(content, policy=default)
    assert message.get_content_type() == "multipart/alternative"
    plain, page = message.iter_parts()
    assert (plain.get_content_type(), page.get_content_type()) == ("text/plain", "text/html")
    assert {part.get_content_charset() for part in (plain, page)} == {"utf-8"}
    html = run(*words).out
    assert page.get_content().replace("\r\n", "\n").strip() == html.strip()
    assert str(message["Subject"]) in plain.get_content()
    assert "\x1b" not in plain.get_content()
    assert {name.lower() for name in message} == {"subject", "x-unsent", "mime-version", "content-type"}


@pytest.mark.parametrize("title", ["Größe & Café · 会議", "a\r\nBcc: x@example.org", "\u202eevil", "x" * 300])
def test_a_title_is_one_header_whatever_it_holds(title: str) -> None:
    message = message_from_bytes(mail.draw_message(Document(title, (), ())), policy=default)
    assert [name.lower() for name in message if name.lower() in ("subject", "bcc", "to")] == ["subject"]
    assert str(message["Subject"]) == " ".join(visible(title).split())
    assert mail.draw_message(Document(title, (), ())).isascii()
