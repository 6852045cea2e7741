"""Pages and drawings as a browser paints them, compared with kept ones so coarsely that fonts may differ.

A picture is kept as a grid of cells, each with two figures from 0 to 35: how light it is, and how colorful. A cell is
as it was where it or a neighbour is; a picture is as it was where most cells that show something are. So text may
run a little further, and a blank drawing, a page without its style or the wrong colors at night are told.
"""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import zlib
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from revplan.app.open import context_of, open_plan
from revplan.app.reporting.report import first_page, report, site_title
from revplan.app.repository.init import Answers, begin
from revplan.formats.markup import STYLE
from revplan.formats.site import Page, site
from tests.bench import report_bench
from tests.formats.test_site_in_browser import _OPTIONS, BROWSER, EMPTY, pages_of
from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Grid = tuple[tuple[tuple[int, int], ...], ...]

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
GOLDEN = Path(__file__).parent / "golden" / "pictures"
OTHERS = ("agency", "init", "empty", "thousand")
"""Plans beside Harbourline that are looked at by day, without the pages for which a sprint is planned."""
LOOKED_AT = ("scoreboard", "goals", "sprint", "backlog", "strategy", "stack", "company", "team")
"""Their pages; the drawings of each are looked at."""
SHOWN = ("index.html", "capacity.html")
"""Pages that are looked at from their top: the overview, and one that begins with wide pictures."""
DRAWN = ("index.html", "capacity.html", *(f"{name}.html" for name in LOOKED_AT))
"""Pages whose drawings are looked at one by one, apart from the text around them."""
WIDTHS, HEIGHT = (360, 800, 1280), 800
SCALE = 0.5
"""Pixels that are painted for one of the page."""
CELL = {True: 40, False: 20}
"""Pixels of a cell's side, of a page and of a drawing."""
MOST_OFF = 0.3
"""The part of the cells that show something which may differ."""
LEVELS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PICTURE = re.compile(r'<svg class="pic (\w+)(?: tall| long)?" viewBox="0 0 ([\d.]+) ([\d.]+)".*?</svg>', re.DOTALL)


def shots(files: Mapping[str, bytes]) -> dict[str, tuple[int, int, str]]:
    """Return what is painted, by name: width, height and page."""
    found: dict[str, tuple[int, int, str]] = {}
    for name in filter(files.__contains__, SHOWN):
        page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", files[name].decode())
        found |= {f"{name} at {width}": (width, HEIGHT, page) for width in WIDTHS}
    for name in filter(files.__contains__, DRAWN):
        for number, drawn in enumerate(_PICTURE.finditer(files[name].decode()), start=1):
            kind, width, height = drawn[1], int(float(drawn[2])), int(float(drawn[3])) + 1
            page = f"<meta charset=utf-8><style>{STYLE} body {{ width: {width}px; }}</style>{drawn[0]}"
            found[f"{name} {number} {kind}"] = (width, height, page)
    return found


def paint(files: Mapping[str, bytes], folder: Path, *, by_night: bool) -> dict[str, Grid]:
    """Return every picture as a grid."""
    assert BROWSER is not None
    taken = shots(files)
    frames: list[str] = []
    places: dict[str, int] = {}
    y = 0
    for name, (width, height, page) in taken.items():
        at = f"position:absolute;left:0;top:{y}px;border:0;background:Canvas"
        frames.append(f'<iframe style="{at}" width="{width}" height="{height}" srcdoc="{escape(page)}"></iframe>')
        places[name], y = y, y + (height + 3) // 4 * 4
    driver, shot = folder / "driver.html", folder / "shot.png"
    head = "<meta charset=utf-8><meta name=color-scheme content='light dark'><body style='margin:0'>"
    driver.write_text(f"{head}{''.join(frames)}", encoding="utf-8")
    night = ["--blink-settings=preferredColorScheme=0"] if by_night else []
    size = f"--window-size={max(WIDTHS)},{y}"
    flags = [f"--user-data-dir={folder / 'profile'}", size, f"--force-device-scale-factor={SCALE}", "--hide-scrollbars"]
    command = [BROWSER, *_OPTIONS.split(), *night, *flags, f"--screenshot={shot}", driver.as_uri()]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
    rows = pixels(shot.read_bytes())
    assert (len(rows[0]) - 1) // rows[0][0] == round(max(WIDTHS) * SCALE)
    assert len(rows) >= round(y * SCALE) - 1
    return {
        name: grid(rows, round(places[name] * SCALE), width, height, CELL[" at " in name])
        for name, (width, height, _) in taken.items()
    }


def pixels(png: bytes) -> list[bytes]:
    """Return the rows of a picture, three or four bytes a pixel, with the number of them in front of each row."""
    at, data, width, channels = 8, b"", 0, 3
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            width, _, depth, color = struct.unpack(">IIBB", body[:10])
            assert (depth, color) in {(8, 2), (8, 6)}
            channels = 3 if color == 2 else 4
        elif kind == b"IDAT":
            data += body
        at += size + 12
    raw, line = zlib.decompress(data), width * channels + 1
    before, rows = bytearray(line - 1), []
    for start in range(0, len(raw), line):
        before = unfilter(raw[start], bytearray(raw[start + 1 : start + line]), before, channels)
        rows.append(bytes([channels]) + bytes(before))
    return rows


def unfilter(kind: int, row: bytearray, above: bytearray, step: int) -> bytearray:
    """Return a row of a PNG as it was before it was filtered."""
    for place in range(len(row)):
        left = row[place - step] if place >= step else 0
        up, corner = above[place], above[place - step] if place >= step else 0
        if kind == 1:
            row[place] = (row[place] + left) & 255
        elif kind == 2:
            row[place] = (row[place] + up) & 255
        elif kind == 3:
            row[place] = (row[place] + (left + up) // 2) & 255
        elif kind == 4:
            guess = left + up - corner
            near = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))
            row[place] = (row[place] + near[2]) & 255
    return row


def grid(rows: Sequence[bytes], top: int, width: int, height: int, cell: int) -> Grid:
    """Return the cells of a part of the picture: light and colorful from 0 to 35."""
    side = round(cell * SCALE)
    found = []
    for y in range(top, top + round(height * SCALE) // side * side, side):
        line = []
        for x in range(0, round(width * SCALE) // side * side, side):
            light = color = count = 0
            for row in rows[y : y + side]:
                step = row[0]
                for place in range(1 + x * step, 1 + (x + side) * step, step):
                    part = row[place : place + 3]
                    light, color, count = light + sum(part), color + max(part) - min(part), count + 1
            line.append((min(35, light * 36 // (768 * count)), min(35, color * 36 // (128 * count))))
        found.append(tuple(line))
    return tuple(found)


def part_off(kept: Grid, now: Grid) -> float:
    """Return the part of the cells that show something, in either picture, which differ from all cells about them."""
    if [len(row) for row in kept] != [len(row) for row in now]:
        return 1.0
    paper = max((cell for row in kept for cell in row), key=[cell for row in kept for cell in row].count)
    shown = off = 0
    for one, other in ((kept, now), (now, kept)):
        for y, row in enumerate(one):
            for x, cell in enumerate(row):
                if differ(cell, paper):
                    near = [each for line in other[max(0, y - 1) : y + 2] for each in line[max(0, x - 1) : x + 2]]
                    shown += 1
                    off += all(differ(cell, each) for each in near)
    return off / max(1, shown)


def differ(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return abs(one[0] - other[0]) > 3 or abs(one[1] - other[1]) > 3


def spell(pictures: Mapping[str, Grid]) -> str:
    """Return pictures as text: of each row the light of its cells, and how colorful they are."""
    said = []
    for name, rows in pictures.items():
        lines = ["".join(LEVELS[a] for a, _ in row) + " " + "".join(LEVELS[b] for _, b in row) for row in rows]
        said.append("\n".join([f"# {name}", *lines]))
    return "\n".join(said) + "\n"


def read(text: str) -> dict[str, Grid]:
    """Return the pictures of a text that `spell` wrote."""
    found = {}
    for part in text.split("# ")[1:]:
        name, *lines = part.splitlines()
        halves = [line.split(" ") for line in lines if line]
        found[name] = tuple(
            tuple((LEVELS.index(a), LEVELS.index(b)) for a, b in zip(*half, strict=True)) for half in halves
        )
    return found


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    return pages_of(EXAMPLES / "harbourline", date(2026, 11, 28))


def faults(now: Mapping[str, Grid], kept: Mapping[str, Grid]) -> dict[str, float]:
    """Return the pictures that are not as they were, with the part that is off."""
    assert list(now) == list(kept)
    off = {name: part_off(kept[name], picture) for name, picture in now.items()}
    return {name: round(part, 2) for name, part in off.items() if part > MOST_OFF}


@pytest.mark.parametrize("scheme", ["day", "night"])
def test_pages_and_drawings_look_as_they_did(
    files: Mapping[str, bytes], tmp_path: Path, scheme: str, pytestconfig: pytest.Config
) -> None:
    now = paint(files, tmp_path, by_night=scheme == "night")
    kept = GOLDEN / f"{scheme}.txt"
    if pytestconfig.getoption("--update-golden"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(spell(now), encoding="utf-8")
    assert faults(now, read(kept.read_text(encoding="utf-8"))) == {}


@pytest.fixture(scope="module")
def other_files(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Mapping[str, bytes]]:
    """Return a function from a plan's name to some pages of its site."""

    def files_of(name: str) -> Mapping[str, bytes]:
        root, today = EXAMPLES / name, date(2026, 11, 28)
        if not root.is_dir():
            root = tmp_path_factory.mktemp(name)
            if name == "thousand":
                today = report_bench.TODAY
                shutil.copytree(EXAMPLES / "harbourline", root, dirs_exist_ok=True)
                report_bench.write(root, 1000)
            elif name == "init":
                begin(root, Answers("Copper Kettle", "USD", "You"), today)
            else:
                (root / "revplan.yaml").write_text(EMPTY, encoding="utf-8")
        loaded = open_plan(root, root)
        context = context_of(loaded, None, today)
        pages = [Page(one, report(loaded, context, one, lambda _step: None)) for one in LOOKED_AT]
        return site(site_title(context.plan), pages, first_page(context))

    return files_of


@pytest.mark.parametrize("plan", OTHERS)
def test_other_plans_look_as_they_did(
    other_files: Callable[[str], Mapping[str, bytes]], tmp_path: Path, plan: str, pytestconfig: pytest.Config
) -> None:
    now = paint(other_files(plan), tmp_path, by_night=False)
    kept = GOLDEN / f"{plan}.txt"
    if pytestconfig.getoption("--update-golden"):
        kept.write_text(spell(now), encoding="utf-8")
    assert faults(now, read(kept.read_text(encoding="utf-8"))) == {}


def without_style(page: str) -> str:
    return re.sub(r"<style>.*?</style>", "<style></style>", page, flags=re.DOTALL)


def in_day_colors(page: str) -> str:
    return page.replace("(prefers-color-scheme: dark)", "(prefers-color-scheme: none)")


def with_blank_drawings(page: str) -> str:
    return re.sub(r"(<svg class=\"pic[^>]*>).*?</svg>", r"\1</svg>", page, flags=re.DOTALL)


def on_one_another(page: str) -> str:
    return page.replace(".tiles section {", ".tiles section { grid-area: 1 / 1;")


def in_other_fonts(page: str) -> str:
    return page.replace("system-ui, sans-serif", "serif")


@pytest.mark.parametrize(
    ("change", "scheme", "told"),
    [
        (without_style, "day", [f"index.html at {width}" for width in WIDTHS]),
        (in_day_colors, "night", [f"{name} at {width}" for name in SHOWN for width in WIDTHS]),
        (with_blank_drawings, "day", ["scoreboard.html 1 columns", "goals.html 1 funnel", "index.html 1 fan"]),
        (on_one_another, "day", ["index.html at 800", "index.html at 1280"]),
        (in_other_fonts, "day", []),
    ],
)
def test_what_is_broken_is_told_and_another_font_is_not(
    files: Mapping[str, bytes], tmp_path: Path, change: Callable[[str], str], scheme: str, told: list[str]
) -> None:
    changed = {name: change(page.decode()).encode() for name, page in files.items()}
    now = paint(changed, tmp_path, by_night=scheme == "night")
    found = faults(now, read((GOLDEN / f"{scheme}.txt").read_text(encoding="utf-8")))
    assert set(told) <= set(found)
    assert bool(found) == bool(told)
