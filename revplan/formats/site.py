"""Many Documents as one site: an index, a page each, and the way between them on every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.formats import html
from revplan.formats.markup import Markup, element, join, text
from revplan.formats.table import encode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from revplan.reports.document import Document

INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site.

    Attributes:
        name: its file's name without the ending, and what the navigation calls it.
    """

    name: str
    document: Document


def site(title: str, pages: Sequence[Page]) -> Mapping[str, bytes]:
    """Return the content of every file of a site by its name."""
    files = {INDEX: html.page(title, _navigation(pages, INDEX), _index(title, pages))}
    for page in pages:
        name = _file(page)
        files[name] = html.page(page.document.title, _navigation(pages, name), html.body(page.document))
    return {name: encode(content) for name, content in files.items()}


def _file(page: Page) -> str:
    return f"{page.name}.html"


def _page_name(page: Page) -> str:
    return page.name.replace("-", " ").capitalize()


def _navigation(pages: Sequence[Page], here: str) -> Markup:
    skip = element("a", text("Skip to the content"), href="#content", class_="skip")
    links = [_link("Overview", INDEX, here), *(_link(_page_name(page), _file(page), here) for page in pages)]
    bar = element("nav", element("ul", *(element("li", link) for link in links)), aria_label="Reports")
    return join(element("header", skip, bar), Markup("\n"))


def _link(called: str, file: str, here: str) -> Markup:
    return element("a", text(called), href=file, aria_current="page" if file == here else None)


def _index(title: str, pages: Sequence[Page]) -> Markup:
    lead = pages[0].document.lead if pages else ()
    return join(
        element("h1", text(title)),
        *(element("p", html.words(line)) for line in lead),
        element("ul", *_contents(pages)),
    )


def _contents(pages: Sequence[Page]) -> Iterator[Markup]:
    """Yield what each page is about: its name, and what its sections are called."""
    for page in pages:
        titles = [
            element("li", element("a", html.words(section.title), href=f"{_file(page)}#{html.anchor(number)}"))
            for number, section in enumerate(page.document.sections, start=1)
        ]
        below = element("ul", *titles) if titles else Markup("")
        yield element("li", element("a", text(_page_name(page)), href=_file(page)), below)
