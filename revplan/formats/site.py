"""Many Documents as one site: an index, a page each, and the way between them on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.formats import html
from revplan.formats.markup import Markup, element, join, lines, text
from revplan.formats.table import encode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from revplan.reports.document import Document, Look, Section

INDEX = "index.html"


class Page(NamedTuple):
    """A page of the site.

    Attributes:
        name: its file's name without the ending, and what the navigation calls it.
    """

    name: str
    document: Document


def site(title: str, pages: Sequence[Page], first: Document | None = None) -> Mapping[str, bytes]:
    """Return the content of every file of a site by its name.

    Args:
        title: what the site is called.
        pages: in the order of the navigation.
        first: what the index shows above the list of what there is, each of its sections a tile that leads to a page.
    """
    look = pages[0].document.look if pages else None
    files = {INDEX: html.page(title, _navigation(pages, INDEX, look), _index(title, pages, first), look)}
    for page in pages:
        name, head = _file(page), _navigation(pages, _file(page), look)
        files[name] = html.page(page.document.title, head, html.body(page.document), look)
    return {name: encode(content) for name, content in files.items()}


def _file(page: Page) -> str:
    return f"{page.name}.html"


def _page_name(page: Page) -> str:
    return page.name.replace("-", " ").capitalize()


def _navigation(pages: Sequence[Page], here: str, look: Look | None) -> Markup:
    skip = element("a", text("Skip to the content"), href="#content", class_="skip")
    links = [_link("Overview", INDEX, here), *(_link(_page_name(page), _file(page), here) for page in pages)]
    bar = element("nav", element("ul", *(element("li", link) for link in links)), aria_label="Reports")
    return join(element("header", skip, html.logo(look), bar), Markup("\n"))


def _link(called: str, file: str, here: str) -> Markup:
    return element("a", text(called), href=file, aria_current="page" if file == here else None)


def _index(title: str, pages: Sequence[Page], first: Document | None) -> Markup:
    if first is None:
        lead = pages[0].document.lead if pages else ()
        head = join(element("h1", lines(title)), *(element("p", html.words(line, lines)) for line in lead))
        return join(head, element("ul", *_contents(pages)))
    lead_lines = (element("p", html.words(line, lines)) for line in first.lead)
    head = element("div", element("h1", lines(title)), *lead_lines, class_="headline")
    known = {page.name for page in pages}
    tiles = (_tile(section, number, known) for number, section in enumerate(first.sections, start=1))
    contents = element(
        "section", element("h2", text("All that there is"), id="contents"), element("ul", *_contents(pages))
    )
    return join(head, element("div", *tiles, class_="tiles"), element("div", contents, class_="contents"))


def _tile(section: Section, number: int, known: AbstractSet[str]) -> Markup:
    """Return a part of the overview, its title a link to the page that says more."""
    name = html.anchor(number)
    said = html.words(section.title, lines)
    title = element("a", said, href=f"{section.page}.html") if section.page in known else said
    blocks = (html.small(block) for block in section.blocks)
    return join(Markup("\n"), element("section", element("h2", title, id=name), *blocks, aria_labelledby=name))


def _contents(pages: Sequence[Page]) -> Iterator[Markup]:
    """Yield what each page is about: its name, and what its sections are called."""
    for page in pages:
        titles = [
            element("li", element("a", html.words(section.title, lines), href=f"{_file(page)}#{html.anchor(number)}"))
            for number, section in enumerate(page.document.sections, start=1)
        ]
        below = element("ul", *titles) if titles else Markup("")
        yield element("li", element("a", text(_page_name(page)), href=_file(page)), below)
