"""What a real browser makes of the site: where its texts come to lie, at a phone's, a tablet's and a desk's width."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date
from html import escape, unescape
from pathlib import Path

import pytest

from revplan.app.open import context_of, open_plan
from revplan.app.reporting.report import all_reports, first_page
from revplan.formats.site import Page, site

EXAMPLES = Path(__file__).parents[2] / "examples"
WIDTHS = (360, 800, 1280)
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
SCRIPT = """
const found = [];
for (const frame of document.querySelectorAll("iframe")) {
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
document.title = "seen " + document.querySelectorAll("iframe").length + JSON.stringify(found.slice(0, 40));
"""


def layout_faults(files: dict[str, bytes], folder: Path) -> list[str]:
    """Return what lies wrongly when a browser lays out pages, at every width."""
    assert BROWSER is not None
    bare = {name: escape(_POLICY.sub("", page.decode())) for name, page in files.items()}
    frames = "".join(
        f'<iframe title="{name} at {width}" width="{width}" height="600" srcdoc="{page}"></iframe>'
        for name, page in bare.items()
        for width in WIDTHS
    )
    driver = folder / "driver.html"
    driver.write_text(f"<meta charset=utf-8>{frames}<script>onload = () => {{{SCRIPT}}}</script>", encoding="utf-8")
    options = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
        f" --disable-component-update --disable-sync --user-data-dir={folder / 'profile'} --dump-dom"
    )
    command = [BROWSER, *options.split(), driver.as_uri()]
    dumped = subprocess.run(command, capture_output=True, text=True, check=True, timeout=180).stdout
    title = re.search(r"<title>seen (\d+)(\[.*?\])</title>", dumped, flags=re.DOTALL)
    assert title is not None
    assert int(title[1]) == len(files) * len(WIDTHS)
    faults: list[str] = json.loads(unescape(title[2]))
    return faults


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
@pytest.mark.parametrize("example", ["harbourline", "agency", "minimal"])
def test_no_text_of_a_drawing_lies_on_another_or_outside(example: str, tmp_path: Path) -> None:
    folder = EXAMPLES / example
    loaded = open_plan(folder, folder)
    context = context_of(loaded, None, date(2026, 11, 28))
    reports = all_reports(loaded, context, lambda _step: None)
    files = site("Reports", [Page(name, document) for name, document in reports.items()], first_page(context))
    assert layout_faults(dict(files), tmp_path) == []
