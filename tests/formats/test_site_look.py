"""How pages look: the company's color and logo, and the contrast of everything that has a color."""

from __future__ import annotations

import re
import shutil
from base64 import b64decode
from dataclasses import replace
from html import unescape
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.colors import DARK_PAPER, PAPER, READABLE, contrast, readable
from revplan.formats.markup import STYLE
from revplan.formats.site import Page, site
from revplan.formats.table import DocumentFormat, Screen
from revplan.reports.document import Document, Look
from revplan.reports.look import look, site_title
from tests.support.plans import plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

EXAMPLE = "examples/harbourline"
SCREEN = Screen(80, color=False)
COLORS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
SETTINGS = "revplan: {{format: 1, company: 'Quay <b>', currency: EUR, today: 2026-11-28, site: {{{}}}}}\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'

VISIBLE = 3.0
"""The least contrast of what has to be seen in a drawing, by WCAG 2.1."""


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#ffffff", "#000000", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
        ("#123456", "#123456", 1),
    ],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@given(COLORS, st.sampled_from([PAPER, DARK_PAPER]))
def test_any_color_becomes_one_that_can_be_read(color: str, paper: str) -> None:
    found = readable(color, paper)
    assert contrast(found, paper) >= READABLE
    assert found == color or contrast(color, paper) < READABLE


# --- the colors of pages --------------------------------------------------------------------------------------------


def tokens() -> dict[str, dict[str, str]]:
    """Return the colors of the style sheet by day, by night and in print."""
    day, night, print_ = re.findall(r":root \{(.*?)\}", STYLE, flags=re.DOTALL)
    found = {}
    for name, block in (("day", day), ("night", night), ("print", print_)):
        pairs = re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block)
        found[name] = {key: "#" + ("".join(2 * part for part in value[1:]) if len(value) == 4 else value[1:])
                       for key, value in pairs}  # fmt: skip
    return found


TEXT = [*product(("ink", "dim", "good", "warn", "bad", "link", "aim"), ("paper",)),
        *product(("ink",), ("h0", "h1", "h2", "soft-good", "soft-warn", "soft-bad")),
        *product(("paper",), ("h3", "h4", "h5", "bad"))]  # fmt: skip
SEEN = [*product(("part", "aim", "dim", "good", "warn", "bad", "done"), ("paper",)), ("part", "edge")]


@pytest.mark.parametrize("scheme", ["day", "night", "print"])
def test_text_can_be_read_and_drawings_can_be_seen(scheme: str) -> None:
    colors = tokens()[scheme]
    assert set(colors) == set(tokens()["day"])
    for one, other in TEXT:
        assert contrast(colors[one], colors[other]) >= READABLE, (one, other)
    for one, other in SEEN:
        assert contrast(colors[one], colors[other]) >= VISIBLE, (one, other)


def test_papers_are_those_that_colors_are_made_readable_on() -> None:
    assert (tokens()["day"]["paper"], tokens()["night"]["paper"]) == (PAPER, DARK_PAPER)


# --- the company's look ---------------------------------------------------------------------------------------------


def test_a_plan_that_says_nothing_has_the_usual_look() -> None:
    assert look(plan()) is None
    page = DocumentFormat.HTML.draw(Document("Report", (), ()), SCREEN).decode()
    assert "<img" not in page
    assert "img-src" not in page


def test_links_have_the_color_where_it_can_be_read_and_the_edge_as_it_is() -> None:
    page = DocumentFormat.HTML.draw(Document("Report", (), (), look=Look("Quay", "#ffcc00")), SCREEN).decode()
    assert f":root {{ --link: {readable('#ffcc00', PAPER)}; }}" in page
    assert "border-top: .375rem solid #ffcc00" in page
    assert f"  :root {{ --link: {readable('#ffcc00', DARK_PAPER)}; }}" in page


def test_a_logo_heads_every_page_and_runs_nothing(run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    root = make_plan({"revplan.yaml": SETTINGS.format("logo: logo.svg, title: Our week, color: '#123'")})
    (root / "logo.svg").write_text(SVG)
    out = root / "out"
    assert run("report", "--all", "--format", "html", "-o", out, "-C", root).code == 0
    for page in sorted(out.iterdir()):
        text = page.read_text(encoding="utf-8")
        source = re.search(r'<img src="data:image/svg\+xml;base64,([^"]+)" alt="Quay &lt;b&gt;" class="logo"/>', text)
        assert source is not None, page
        assert b64decode(source[1]).decode() == SVG
        assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in unescape(text)
        assert "<script" not in text
    index = (out / "index.html").read_text(encoding="utf-8")
    assert "<title>Our week</title>" in index
    assert "<h1>Our week</h1>" in index
    assert ":root { --link: #112233; }" in index


@pytest.mark.parametrize(
    "command",
    [
        "sprint plan 2027-01",
        "sprint show 2026-11",
        "sprint status 2026-11",
        "sprint list",
        "sprint brief priya",
        "campaign brief any-tuesday",
        "campaign check",
        "campaign plan any-tuesday",
        "stack plan",
        "agenda weekly",
        "workshop story",
    ],
)
def test_every_page_of_the_plan_has_its_look(run: Callable[..., Ran], tmp_path: Path, command: str) -> None:
    root, page = tmp_path / "plan", tmp_path / "page.html"
    shutil.copytree(EXAMPLE, root)
    settings = root / "revplan.yaml"
    head = "revplan:\n"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace(head, f"{head}  site: {{color: '#2f6f8f', logo: logo.svg}}\n"), encoding="utf-8")
    (root / "logo.svg").write_text(SVG)
    run(*command.split(), "--format", "html", "-o", page, "-C", root)
    text = page.read_text(encoding="utf-8")
    assert "border-top: .375rem solid #2f6f8f" in text
    assert text.count('class="logo"') == 1


def test_a_site_without_a_title_is_called_by_the_company() -> None:
    assert site_title(plan()).endswith(" · reports")


def test_pages_of_a_site_share_the_look_of_the_first() -> None:
    document = Document("Report", (), (), look=Look("Quay", "#112233"))
    files = site("Site", [Page("one", document), Page("two", replace(document, look=None))])
    assert all(b"#112233" in page for page in files.values())


@pytest.mark.parametrize("color", ["red", "'#12345'", "'12 34 56'", "rgb(1,2,3)", "'#123456; } body { x'"])
def test_what_is_no_color_is_refused(run: Callable[..., Ran], make_plan: Callable[..., Path], color: str) -> None:
    ran = run("validate", "-C", make_plan({"revplan.yaml": SETTINGS.format(f"color: {color}")}))
    assert ran.code == 1
    assert "RP103" in ran.out


def test_a_color_with_its_sign_can_be_set(run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    root = make_plan({"revplan.yaml": SETTINGS.format("title: One")})
    assert run("set", "site.color", "#2f6f8f", "-C", root).code == 0
    assert run("set", "site.color", "-C", root).out == 'site.color: "#2f6f8f"\n'


def test_a_color_that_is_a_comment_is_told(run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    settings = "revplan:\n  format: 1\n  company: Quay\n  currency: EUR\n  site:\n    color: #2f6f8f\n"
    ran = run("validate", "-C", make_plan({"revplan.yaml": settings}))
    assert ran.code == 1
    assert 'what follows # is a comment; write color: "#2f6f8f"' in ran.out
