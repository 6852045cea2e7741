"""What a real browser makes of the site: where texts come to lie, what the keyboard reaches, and what axe finds.

The browser is any Chromium on the PATH. axe is skipped where it is not there: `npm install --no-save axe-core` in the
repository's folder, or REVPLAN_AXE with the path of an axe.min.js.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from datetime import date
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from revplan.app.open import context_of, open_plan
from revplan.app.reporting.agenda import quarter, weekly
from revplan.app.reporting.report import all_reports, first_page, site_title
from revplan.formats import mail
from revplan.formats.site import Page, site
from tests.bench import report_bench
from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).parents[2]
WIDTHS = (360, 800, 1280)
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = Path(os.environ.get("REVPLAN_AXE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --virtual-time-budget=120000"
)
_LARGEST_PAGE = 500_000
"""Bytes of a page of a plan with a thousand tactics."""
NAME = "Supercalifragilisticexpialidocious-without-any-space-at-all-for-a-hundred-characters-" + "x" * 40
ALIKE = "kind: employee\n    function: marketing\n    hours_per_week: 40\n    skills: {copy: 3}"
ODD = f"""\
revplan:
  format: 1
  company: "</title><script>alert(1)</script> & Söhne GmbH & Co. KG with a name that goes on and on"
  currency: EUR
  today: 2026-12-10
  site: {{title: "<b>Week</b> {NAME}", color: "#ffee00"}}
budget:
  a-very-long-budget-line-name-that-nobody-would-have:
    {{function: marketing, category: programs, annual: 120000, actual: {{2026-01: 10000}}}}
team:
  ana:
    name: "Anastasia-Wilhelmina {NAME}"
    {ALIKE}
  ben:
    name: 営業部門の四半期計画と予算の配分について
    {ALIKE}
metrics:
  m:
    name: "{NAME}"
    owner: ana
    unit: n
    cadence: weekly
    direction: up
    kind: lagging
    target: 12
    readings: {{2026-11-20: 9}}
issues:
  i: {{title: "<img src=x onerror=alert(1)> {NAME}", raised: 2026-10-01}}
tactics:
  page:
    title: "{NAME}"
    function: marketing
    impact: 8
    tasks: {{a-task-with-a-very-long-id-indeed-and-more: {{skill: copy, hours: 30}}, b: {{skill: copy, hours: 40}}}}
  film:
    title: "{NAME} two"
    function: marketing
    impact: 1
    tier: must
    tasks: {{shoot: {{skill: copy, hours: 10}}}}
  x: {{title: Video 影片 🎬, function: sales, impact: 5, tasks: {{w: {{skill: video, hours: 10}}}}}}
sprints:
  2026-12:
    start: 2026-12-01
    end: 2026-12-31
    status: active
    tactics:
      page:
        tasks:
          a-task-with-a-very-long-id-indeed-and-more: {{owner: ana, hours: 30, start: 2026-12-02, due: 2026-12-08}}
          b: {{owner: ben, hours: 40, start: 2026-12-09, due: 2026-12-20}}
    parked:
      film: {{reason: capacity, review: 2026-12-05}}
"""
EMPTY = "revplan: {format: 1, company: New, currency: USD, today: 2026-11-28}\n"
LAYOUT = """
for (const frame of frames) {
  const page = frame.contentDocument, name = frame.title;
  if (page.documentElement.scrollWidth > frame.clientWidth) found.push(name + ": wider than the page");
  for (const picture of page.querySelectorAll("svg.pic")) {
    const edge = picture.getBoundingClientRect();
    if (!edge.width) continue;
    const texts = [...picture.querySelectorAll("text")].map((text) => {
      const own = text.getBoundingClientRect(), said = [...text.childNodes].at(-1).textContent;
      const air = own.height * 0.2;
      return { said, left: own.left, right: own.right, top: own.top + air, bottom: own.bottom - air };
    });
    for (const [place, one] of texts.entries()) {
      const aside = one.left < edge.left - 1 || one.right > edge.right + 1;
      if (aside || one.top < edge.top - 1 || one.bottom > edge.bottom + 1)
        found.push(name + ": outside: " + one.said);
      for (const other of texts.slice(place + 1)) {
        const across = one.left < other.right - 1 && other.left < one.right - 1;
        if (across && one.top < other.bottom - 1 && other.top < one.bottom - 1)
          found.push(name + ": on one another: " + one.said + " | " + other.said);
      }
    }
  }
}
"""
KEYBOARD = """
for (const frame of frames) {
  const page = frame.contentDocument, name = frame.title;
  for (const box of page.querySelectorAll("*")) {
    const style = frame.contentWindow.getComputedStyle(box);
    const scrolls = /auto|scroll/.test(style.overflowX) && box.scrollWidth > box.clientWidth + 1;
    if (scrolls && box.tabIndex !== 0) found.push(name + ": scrolls, but not by keyboard: " + box.className);
  }
  const stops = [...page.querySelectorAll("a[href], summary, [tabindex]")].filter((one) =>
    one.tabIndex === 0 && one.checkVisibility());
  for (const stop of stops) {
    stop.focus();
    if (page.activeElement !== stop) found.push(name + ": no focus: " + stop.textContent);
    const style = frame.contentWindow.getComputedStyle(stop);
    const unseen = stop.matches(":focus") && parseFloat(style.outlineWidth) < 2;
    if (unseen) found.push(name + ": focus unseen: " + stop.textContent);
    const said = (stop.getAttribute("aria-label") || stop.textContent).trim();
    if (!said) found.push(name + ": says nothing: " + stop.outerHTML.slice(0, 80));
  }
  const skip = stops[0];
  const leads = skip.matches(".skip") && page.querySelector(skip.getAttribute("href"));
  if (!leads) found.push(name + ": no way past the links");
}
"""
ONE_SCREEN = """
for (const frame of frames) {
  const low = Math.max(...[...frame.contentDocument.querySelectorAll(".tiles > section")].map((tile) =>
    tile.getBoundingClientRect().bottom));
  if (low > 800) found.push(frame.title + ": tiles end at " + low);
}
"""
LOOKED_AT_FIRST = """
for (const frame of frames) {
  const page = frame.contentDocument;
  const drawn = [...page.querySelectorAll("main .pic, main .rows")].find((one) => one.checkVisibility());
  if (!drawn) { found.push(frame.title + ": has no picture"); continue; }
  const top = drawn.getBoundingClientRect().top;
  if (top > 700) found.push(frame.title + ": its picture begins at " + top);
  for (const told of page.querySelectorAll("main section p, main section li, main section table"))
    if (!told.closest(".rows") && told.compareDocumentPosition(drawn) & Node.DOCUMENT_POSITION_FOLLOWING)
      found.push(frame.title + ": reads first: " + told.textContent.slice(0, 60));
}
"""
CELLS = """
const lines = (box) => {
  const range = box.ownerDocument.createRange();
  range.selectNodeContents(box);
  const style = box.ownerDocument.defaultView.getComputedStyle(box);
  return range.getBoundingClientRect().height / parseFloat(style.lineHeight);
};
for (const frame of frames) {
  const page = frame.contentDocument, name = frame.title + ": ";
  for (const said of page.querySelectorAll("td code, th code"))
    if (said.checkVisibility() && new Set([...said.getClientRects()].map((box) => Math.round(box.top))).size > 1)
      found.push(name + "broken: " + said.textContent);
  for (const cell of page.querySelectorAll(":not(.board) > tbody > tr > *")) {
    if (!cell.checkVisibility()) continue;
    const most = frame.clientWidth > 1200 && cell.textContent.length <= 24 ? 1 : cell.matches("td") ? 8 : 99;
    if (lines(cell) > most + 0.5)
      found.push(name + lines(cell) + " lines: " + cell.textContent.slice(0, 80));
  }
}
"""
NO_TABLE_SCROLLS = """
for (const frame of frames)
  for (const box of frame.contentDocument.querySelectorAll(".scroll"))
    if (box.scrollWidth > box.clientWidth + 1)
      found.push(frame.title + ": " + box.scrollWidth + " wide: " + box.ariaLabel);
"""
WIDER_THAN_THE_SHEET = """
for (const frame of frames)
  for (const table of frame.contentDocument.querySelectorAll("table"))
    if (table.getBoundingClientRect().right > frame.clientWidth + 1)
      found.push(frame.title + ": " + table.getBoundingClientRect().right + " wide: " + table.textContent.slice(0, 60));
"""
ROW_BY_ROW = """
for (const frame of frames)
  for (const table of frame.contentDocument.querySelectorAll(".scroll table"))
    if (frame.contentWindow.getComputedStyle(table).display !== "table")
      found.push(frame.title + ": row by row: " + table.parentElement.ariaLabel);
"""
READ_ON_A_PHONE = """
for (const frame of frames)
  for (const told of frame.contentDocument.querySelectorAll("h1, h2, p, li, td, th"))
    if (told.getBoundingClientRect().right > frame.clientWidth)
      found.push(frame.title + ": wider than the phone: " + told.textContent.slice(0, 60));
"""
RUN_AXE = """
for (const frame of frames) {
  const script = frame.contentDocument.createElement("script");
  script.textContent = document.getElementById("axe").textContent;
  frame.contentDocument.head.append(script);
  const options = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
  const result = await frame.contentWindow.axe.run(frame.contentDocument, options);
  for (const one of result.violations)
    for (const node of one.nodes) found.push(frame.title + ": " + one.id + ": " + node.html.slice(0, 120));
}
"""

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium here")


def faults(
    files: Mapping[str, bytes],
    folder: Path,
    script: str,
    widths: tuple[int, ...] = WIDTHS,
    *,
    by_night: bool = False,
    library: str = "",
) -> list[str]:
    """Return what a script finds wrong with pages as a browser lays them out, at every width."""
    assert BROWSER is not None
    bare = {name: escape(_POLICY.sub("", page.decode())) for name, page in files.items()}
    frames = "".join(
        f'<iframe title="{name} at {width}" width="{width}" height="800" srcdoc="{page}"></iframe>'
        for name, page in bare.items()
        for width in widths
    )
    run = f"""onload = async () => {{
      const found = [], frames = document.querySelectorAll("iframe");
      try {{ {script} }} catch (error) {{ found.push("error: " + error); }}
      document.title = "seen " + frames.length + JSON.stringify(found.slice(0, 40));
    }}"""
    axe = f'<script id="axe" type="text/plain">{library}</script>'
    driver = folder / "driver.html"
    driver.write_text(f"<meta charset=utf-8>{axe}{frames}<script>{run}</script>", encoding="utf-8")
    night = ["--blink-settings=preferredColorScheme=0"] if by_night else []
    profile = f"--user-data-dir={folder / 'profile'}"
    command = [BROWSER, *_OPTIONS.split(), *night, profile, "--dump-dom", driver.as_uri()]
    dumped = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout
    title = re.search(r"<title>seen (\d+)(\[.*?\])</title>", dumped, flags=re.DOTALL)
    assert title is not None
    assert int(title[1]) == len(files) * len(widths)
    found: list[str] = json.loads(unescape(title[2]))
    return found


SHEET = 680
"""A sheet of A4 is 180 mm wide between its margins: so many pixels at 96 an inch."""


def as_printed(pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return pages that look on a screen as they do on paper."""
    on_paper = {name: page.replace(b"@media screen", b"@media print") for name, page in pages.items()}
    return {name: page.replace(b"@media print {", b"@media all {") for name, page in on_paper.items()}


def pages_of(root: Path, today: date) -> Mapping[str, bytes]:
    """Return the site of a plan, every page by its file's name."""
    loaded = open_plan(root, root)
    context = context_of(loaded, None, today)
    reports = all_reports(loaded, context, lambda _step: None)
    pages = [Page(name, document) for name, document in reports.items()]
    return site(site_title(context.plan), pages, first_page(context))


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Mapping[str, bytes]]:
    """Return a function from a plan's name to its site, which is built once."""
    built: dict[str, Mapping[str, bytes]] = {}

    def site_of(name: str) -> Mapping[str, bytes]:
        if name not in built:
            root = EXAMPLES / name
            if not root.is_dir():
                root = tmp_path_factory.mktemp(name)
                (root / "revplan.yaml").write_text(ODD if name == "odd" else EMPTY, encoding="utf-8")
            built[name] = pages_of(root, date(2026, 11, 28))
        return built[name]

    return site_of


Sites = Any


@pytest.mark.parametrize("plan", ["harbourline", "agency", "minimal", "odd", "empty"])
def test_no_text_of_a_drawing_lies_on_another_or_outside(plan: str, sites: Sites, tmp_path: Path) -> None:
    assert faults(sites(plan), tmp_path, LAYOUT) == []


def test_a_thousand_tactics_make_small_pages_that_fit(tmp_path: Path) -> None:
    root = tmp_path / "plan"
    shutil.copytree(EXAMPLES / "harbourline", root)
    report_bench.write(root, 1000)
    pages = pages_of(root, report_bench.TODAY)
    assert max(map(len, pages.values())) < _LARGEST_PAGE
    few = {name: pages[name] for name in ("index.html", "backlog.html", "parking-lot.html", "sprint.html")}
    assert faults(few, tmp_path, LAYOUT) == []


@pytest.mark.parametrize("plan", ["harbourline", "agency", "minimal", "empty"])
def test_a_page_begins_with_its_picture_on_the_first_screen(plan: str, sites: Sites, tmp_path: Path) -> None:
    pages = {name: page for name, page in sites(plan).items() if name != "index.html"}
    assert faults(pages, tmp_path, LOOKED_AT_FIRST) == []


@pytest.mark.parametrize("plan", ["harbourline", "agency", "minimal"])
def test_no_command_in_a_table_breaks_and_no_row_grows_tall(plan: str, sites: Sites, tmp_path: Path) -> None:
    assert faults(sites(plan), tmp_path, CELLS) == []


@pytest.mark.parametrize("plan", ["harbourline", "agency", "minimal", "odd", "empty"])
def test_no_table_is_wider_than_its_screen(plan: str, sites: Sites, tmp_path: Path) -> None:
    pages = {name: page.replace(b"<details>", b"<details open>") for name, page in sites(plan).items()}
    assert faults(pages, tmp_path, NO_TABLE_SCROLLS, (360, 641, 720, 800, 897, 1089)) == []


@pytest.mark.parametrize("plan", ["harbourline", "agency", "odd"])
def test_no_table_is_wider_than_its_sheet(plan: str, sites: Sites, tmp_path: Path) -> None:
    """What lies beyond a sheet is not printed, and cannot be scrolled to."""
    assert faults(as_printed(sites(plan)), tmp_path, WIDER_THAN_THE_SHEET, (SHEET,)) == []


def test_a_word_without_a_break_makes_no_table_wider_than_its_sheet(tmp_path: Path) -> None:
    root = tmp_path / "plan"
    shutil.copytree(EXAMPLES / "harbourline", root)
    file, title = root / "tactics" / "sales.yaml", "Routing that reaches Ingrid within minutes"
    written = file.read_text(encoding="utf-8")
    assert title in written
    file.write_text(written.replace(title, title.replace(" ", "") * 3), encoding="utf-8")
    printed = as_printed(pages_of(root, date(2026, 11, 28)))
    assert faults(printed, tmp_path, WIDER_THAN_THE_SHEET, (SHEET,)) == []


@pytest.mark.parametrize("plan", ["harbourline", "agency", "minimal", "empty"])
def test_tables_are_tables_on_a_tablet(plan: str, sites: Sites, tmp_path: Path) -> None:
    pages = {name: page.replace(b"<details>", b"<details open>") for name, page in sites(plan).items()}
    assert faults(pages, tmp_path, ROW_BY_ROW, (800,)) == []


@pytest.mark.parametrize("plan", ["harbourline", "odd"])
def test_the_keyboard_reaches_everything_and_is_seen(plan: str, sites: Sites, tmp_path: Path) -> None:
    assert faults(sites(plan), tmp_path, KEYBOARD, (360, 1280)) == []


@pytest.mark.parametrize("plan", ["harbourline", "agency", "minimal", "empty"])
def test_the_overview_is_one_screen_and_one_sheet(plan: str, sites: Sites, tmp_path: Path) -> None:
    index = sites(plan)["index.html"]
    assert faults({"index.html": index}, tmp_path, ONE_SCREEN, (1280,)) == []
    (tmp_path / "index.html").write_bytes(index)
    printed = tmp_path / "index.pdf"
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    address = (tmp_path / "index.html").as_uri()
    assert BROWSER is not None
    command = [BROWSER, *_OPTIONS.split(), profile, f"--print-to-pdf={printed}", address]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    assert len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes())) == 1
    box = re.search(rb"/MediaBox \[0 0 (\d+)[.\d]* (\d+)", printed.read_bytes())
    assert box is not None
    assert int(box[1]) > int(box[2]), "its drawings are too small to read on a sheet that stands upright"


def test_the_text_of_a_mail_is_no_wider_than_a_phone(tmp_path: Path) -> None:
    loaded = open_plan(EXAMPLES / "harbourline", EXAMPLES / "harbourline")
    context = context_of(loaded, None, date(2026, 11, 28))
    sent = {"weekly.html": weekly(context, None), "quarter.html": quarter(context, None)}
    pages = {name: mail.draw(document).encode() for name, document in sent.items()}
    assert faults(pages, tmp_path, READ_ON_A_PHONE, (360,)) == []


@pytest.mark.skipif(not AXE.is_file(), reason="no axe-core here")
@pytest.mark.parametrize("by_night", [False, True])
@pytest.mark.parametrize("plan", ["harbourline", "odd", "empty"])
def test_axe_finds_nothing(plan: str, sites: Sites, tmp_path: Path, *, by_night: bool) -> None:
    library = AXE.read_text(encoding="utf-8").replace("</script", "<\\/script")
    assert faults(sites(plan), tmp_path, RUN_AXE, (1280,), by_night=by_night, library=library) == []
