from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from revplan.app.open import context_of, open_plan
from revplan.app.reporting.agenda import quarter, sprint, weekly
from revplan.app.reporting.report import all_reports, first_page
from revplan.formats import mail
from revplan.formats.markup import STYLE
from revplan.formats.table import DocumentFormat, Screen
from revplan.formats.text import width as columns
from revplan.reports.catalog import NAMES
from revplan.reports.document import (
    Column,
    Document,
    Empty,
    Outline,
    Section,
    Table,
    dim,
    empty,
    is_drawing,
    strong,
    words,
)
from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.support.shell import Ran

GOLDEN = Path(__file__).parent / "golden"
WIDTHS = {"terminal": 100, "markdown": 80, "html": 80, "json": 80, "csv": 80}
ENDINGS = {"terminal": "txt", "markdown": "md", "html": "html", "json": "json", "csv": "csv"}
AGENDAS = ("weekly", "sprint", "quarter")
EMPTY = "revplan: {format: 1, company: New, currency: USD, today: 2026-11-28}\n"
TEN_LINES = """\
revplan: {format: 1, company: Ten Lines, currency: EUR, today: 2026-11-28}
team:
  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
tactics:
  landing-page:
    title: A landing page that says what we do
    function: marketing
    impact: 8
    tasks: {write: {skill: writing, hours: 12}}
"""


def documents(folder: Path) -> dict[str, Document]:
    """Return every report of a plan, and every agenda."""
    loaded = open_plan(folder, folder)
    context = context_of(loaded, None, date(2026, 11, 28))
    agendas = (weekly(context, None), sprint(loaded, context, None, lambda _step: None), quarter(context, None))
    named = zip((f"agenda-{kind}" for kind in AGENDAS), agendas, strict=True)
    return {**all_reports(loaded, context, lambda _step: None), **dict(named)}


@pytest.fixture(scope="module")
def harbourline() -> dict[str, Document]:
    return documents(EXAMPLES / "harbourline")


def drawn(document: Document, name: DocumentFormat) -> str:
    text = name.draw(document, Screen(WIDTHS[name], color=False)).decode()
    return text.replace(STYLE, "…").replace("\r\n", "\n")


@pytest.mark.parametrize("output_format", DocumentFormat)
@pytest.mark.parametrize("report", [*NAMES, *(f"agenda-{kind}" for kind in AGENDAS)])
def test_what_is_brought_to_the_meeting(
    harbourline: Mapping[str, Document], report: str, output_format: DocumentFormat, golden: Callable[[Path, str], None]
) -> None:
    golden(GOLDEN / f"{report}.{ENDINGS[output_format]}", drawn(harbourline[report], output_format))


@pytest.mark.parametrize("output_format", DocumentFormat)
def test_every_format_draws_every_report(harbourline: Mapping[str, Document], output_format: DocumentFormat) -> None:
    for name, document in harbourline.items():
        text = output_format.draw(document, Screen(80, color=True)).decode()
        assert text.endswith("\n"), name
        assert len(text.encode()) < 500_000, name


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(harbourline: Mapping[str, Document], width: int) -> None:
    for name, document in harbourline.items():
        text = DocumentFormat.TERMINAL.draw(document, Screen(width, color=False)).decode()
        assert max(columns(line) for line in text.splitlines()) <= width, name


@pytest.mark.parametrize(("name", "text"), [("empty", EMPTY), ("ten-lines", TEN_LINES)])
def test_a_plan_just_begun_gives_short_documents_that_say_what_to_add(
    make_plan: Callable[..., Path], name: str, text: str, golden: Callable[[Path, str], None]
) -> None:
    found = documents(make_plan({"revplan.yaml": text}))
    golden(GOLDEN / f"{name}.txt", "\n".join(drawn(document, DocumentFormat.TERMINAL) for document in found.values()))


def test_whatever_a_plan_does_not_have_yet_its_reports_name_a_command_that_brings_it(
    make_plan: Callable[..., Path], run: Callable[..., Ran]
) -> None:
    folder = make_plan({"revplan.yaml": EMPTY})
    context = context_of(open_plan(folder, folder), None, date(2026, 11, 28))
    pages = {name: each for name, each in documents(folder).items() if name in NAMES and name != "guide"}
    sections = [(name, section) for name, page in pages.items() for section in page.sections if not section.is_drawn]
    sections += [("overview", section) for section in first_page(context).sections[:-1]]
    named: dict[str, str] = {}
    for name, section in sections:
        said = drawn(Document("", (), (section,)), DocumentFormat.MARKDOWN)
        found = re.findall(r"`revplan ([a-z-]+(?: [a-z-]+)?)", said)
        assert found, (name, said)
        named |= dict.fromkeys(found, name)
    for command, name in named.items():
        assert run(*command.split(), "--help").code == 0, (command, name)


@pytest.mark.parametrize("text", [EMPTY, TEN_LINES])
def test_a_page_begins_with_a_picture_or_the_outline_of_one(make_plan: Callable[..., Path], text: str) -> None:
    folder = make_plan({"revplan.yaml": text})
    for name, document in documents(folder).items():
        first = document.sections[0].blocks[0]
        assert name.startswith("agenda") or is_drawing(first) or isinstance(first, Empty), name
    tiles = first_page(context_of(open_plan(folder, folder), None, date(2026, 11, 28))).sections
    bare = [tile.page for tile in tiles if not any(is_drawing(one) or isinstance(one, Empty) for one in tile.blocks)]
    assert bare == ["parking-lot"], "nothing to decide is no drawing"


def test_the_words_of_an_outline_are_a_line_where_nothing_is_drawn() -> None:
    told = Document("T", (), (Section(words("S"), (empty(Outline.FAN, "`revplan team add` <b>"),)),))
    page = drawn(told, DocumentFormat.HTML)
    assert re.search(r'class="empty">.*<svg class="pic outline".*<code>revplan team add</code> &lt;b&gt;', page)
    for name in (DocumentFormat.TERMINAL, DocumentFormat.MARKDOWN, DocumentFormat.JSON):
        assert "revplan team add" in drawn(told, name)
    assert "<svg" not in mail.draw(told)
    assert "revplan team add" in mail.draw(told)


def test_a_command_in_a_sentence_is_shown_as_code_and_other_backticks_as_they_are() -> None:
    line = words("Say `revplan team add <b>`, not `team`.", dim("`revplan fmt`"))
    told = Document("T", (line,), (Section(words("S"), (Table((Column("A"),), ((line,),)),)),))
    page = drawn(told, DocumentFormat.HTML)
    assert page.count("Say <code>revplan team add &lt;b&gt;</code>, not `team`.") == 2
    assert '<span class="dim"><code>revplan fmt</code></span>' in page
    assert drawn(told, DocumentFormat.MARKDOWN).count(r"Say `revplan team add <b>`, not \`team\`.`revplan fmt`") == 2
    assert "<code>revplan team add &lt;b&gt;</code>" in mail.draw(told)


def test_a_bold_command_is_code_in_markdown_and_other_backticks_are_as_they_are() -> None:
    told = Document("T", (words(strong("`revplan fmt`"), " and ", strong("`team`"), strong(" `x` ")),), ())
    assert r"**`revplan fmt`** and **\`team\`** **\`x\`**" in drawn(told, DocumentFormat.MARKDOWN)


def test_a_command_with_a_bar_does_not_end_a_cell_of_markdown() -> None:
    told = Document("T", (words("`revplan tactic result ID --moved yes|no`"),), ())
    assert r"\`revplan tactic result ID --moved yes\|no\`" in drawn(told, DocumentFormat.MARKDOWN)


class Parts(HTMLParser):
    """Headings by level, and elements that were opened and not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("h1", "h2", "h3"):
            self.levels.append(int(tag[1]))
        if tag != "meta":
            self.open.append(tag)
        self.ids += [value for key, value in attrs if key == "id" and value is not None]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element of a drawing, which ends where it begins."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_pages_are_well_formed(harbourline: Mapping[str, Document]) -> None:
    for name, document in harbourline.items():
        outline = Parts()
        outline.feed(DocumentFormat.HTML.draw(document, Screen(80, color=False)).decode())
        assert not outline.open, name
        assert outline.levels[0] == 1, name
        assert outline.levels.count(1) == 1, name
        assert len(set(outline.ids)) == len(outline.ids), name
