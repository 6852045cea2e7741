"""HTML made of elements, and the one style sheet of pages.

Text becomes markup in one place only, and is made harmless there.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, NewType

from revplan.formats.text import split_commands, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

Markup = NewType("Markup", str)
"""HTML that is safe to put into a page."""

_NO_BREAK = "\N{NO-BREAK SPACE}"
_WITHOUT_CONTENT = frozenset(("circle", "img", "line", "path", "rect"))
"""Elements that end where they begin."""
_OPTION = re.compile(r"((?<!\S)--?\w[\w-]*)")
_DAY = re.compile(r"(\b\d{4}-\d\d(?:-\d\d)?\b)")
_MONTHS = "Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|August|September|October"
_UNITS = "h|d|min|minutes?|hours?|days?|weeks?|months?"
_TOGETHER = re.compile(
    rf"(?<=\d) (?=(?:{_UNITS}|{_MONTHS}|November|December)\b)| (?=[·%](?:\W|$))|(?<=[a-z]) (?=\d(?:[,.;)]|$))"
)
"""The spaces at which no line ends: between a number and its unit, within a day, before a dot between two names, and
before the one figure with which a phrase ends."""


def text(plain: str) -> Markup:
    """Return text as it is to be read; nothing in it can become markup."""
    return Markup(escape(visible(plain)))


def prose(plain: str) -> Markup:
    """Return text as it is to be read, with the commands in it as code; a number stays with its unit."""
    if "`" not in plain:
        return _prose(plain)
    return join(*(_command(said) if is_command else _prose(said) for said, is_command in split_commands(plain)))


def lines(plain: str, **kept: str) -> Markup:
    """Return text like `prose` that may take several lines: none ends within a day or a sprint's id.

    Args:
        plain: the text.
        kept: attributes of what stays on one line; the style sheet's class where there are none.
    """
    pieces = split_commands(plain)
    return join(*(_command(said) if is_command else _whole(_DAY, together(said), kept) for said, is_command in pieces))


def together(plain: str) -> str:
    """Return text in which a number stays on one line with its unit, and a day with its month."""
    return _TOGETHER.sub(_NO_BREAK, plain) if " " in plain else plain


def _prose(said: str) -> Markup:
    return Markup(together(text(said)))


def _command(said: str) -> Markup:
    return element("code", _whole(_OPTION, said))


def _whole(kind: re.Pattern[str], plain: str, kept: Mapping[str, str] | None = None) -> Markup:
    """Return text in which what is of a kind stays on one line: a browser may else end a line behind any hyphen."""
    if "-" not in plain:
        return text(plain)
    marks = kept or {"class_": "unbroken"}
    pieces = enumerate(kind.split(plain))
    return join(*(element("span", text(said), **marks) if place % 2 else text(said) for place, said in pieces))


def element(name: str, *content: Markup, **attributes: str | float | None) -> Markup:
    """Return an element.

    Args:
        name: its tag.
        content: what stands in it, one after the other.
        attributes: those that are None are left out; an underscore stands for a hyphen, and one at the end for nothing.
    """
    said = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None)
    if name in _WITHOUT_CONTENT:
        return Markup(f"<{name}{said}/>")
    return Markup(f"<{name}{said}>{''.join(content)}</{name}>")


def join(*parts: Markup) -> Markup:
    """Return markup that follows one another."""
    return Markup("".join(parts))


def number(value: float) -> str:
    """Return a coordinate, to a hundredth."""
    shown = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def percent(part: float) -> str:
    """Return a part of the width, from 0 to 1, as a coordinate."""
    return f"{number(100 * part)}%"


@lru_cache(maxsize=1024)
def _attribute(key: str, value: str | float | None) -> str:
    shown = value if isinstance(value, str) else number(value or 0)
    return f' {key.rstrip("_").replace("_", "-")}="{escape(visible(shown))}"'


def _row_by_row(kind: str, width: str) -> str:
    """Return the style by which tables of a kind show row by row on screens up to a width.

    The name of the row comes first, then what each column says behind the column's name.
    """
    return f"""@media screen and (max-width: {width}) {{
  .{kind}, .{kind} tbody {{ display: block; min-width: 0; }}
  .{kind} thead {{ position: absolute; clip-path: inset(50%); }}
  .{kind} tr {{ display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .4rem 0; border-bottom: 1px solid var(--edge); }}
  .{kind} tbody > tr > * {{ display: block; border: 0; padding: 0; text-align: left; white-space: normal;
    min-width: 0; }}
  .{kind} tbody th {{ flex: 0 0 100%; order: -1; font-weight: 600; }}
  .{kind} .right + :not(.right) {{ padding: 0; }}
  .{kind} code {{ display: inline-block; max-width: 100%; font-size: .82em; white-space: normal; }}
  .{kind} td:empty {{ display: none; }}
  .{kind}.board td {{ flex: 1 1 14rem; }}
  .{kind}.board tbody th {{ position: static; }}
  .{kind} td::before {{ color: var(--dim); font-size: .8125rem; content: var(--column) ' '; }}
}}
"""


STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --dim: #57606a; --paper: #fff; --edge: #d0d7de; --link: #0b57d0;
  --good: #116329; --warn: #7d4e00; --bad: #a40e26; --part: #3a6ea5; --done: #8a949e; --band: #c8d9ec;
  --soft-good: #d5edda; --soft-warn: #fbe8c3; --soft-bad: #f8d7da; --aim: #a8480b;
    --h0: #f3f5f7; --h1: #dce8f5; --h2: #b3cde8; --h3: #3f74ad; --h4: #2b5b90; --h5: #16406f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --dim: #a3adb8; --paper: #12161b; --edge: #3a424b; --link: #8ab4f8; --good: #6fdd8b;
    --warn: #f0c25a; --bad: #ff9a94; --part: #6ea3db; --done: #78828c; --band: #2c4460;
    --soft-good: #1d4429; --soft-warn: #4d3a10; --soft-bad: #58211f; --aim: #f0a45d;
    --h0: #1c2229; --h1: #21364d; --h2: #2d4f74; --h3: #6ea3db; --h4: #94bdea; --h5: #c2dcf7; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 76rem; margin: 0 auto; padding: 0 1rem; overflow-wrap: break-word; }
.logo { display: block; max-width: 12rem; max-height: 2.5rem; margin: 0 0 .25rem; }
header { border-bottom: 1px solid var(--edge); padding: .5rem 1rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem .75rem; margin: 0; padding: 0; list-style: none;
  font-size: .875rem; }
nav li a { display: inline-block; padding: .25rem 0; }
a { color: var(--link); }
a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link);
  outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; background: var(--paper); padding: .5rem; }
h1, h2, h3, p, li, tbody th, figcaption, .bar span { text-wrap: pretty; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 1.25rem 0 .75rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
.unbroken { white-space: nowrap; }
code { font-family: ui-monospace, monospace; font-size: .92em; }
h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
p { margin: .5rem 0; max-width: 48rem; }
ul { margin: .5rem 0; padding-left: 1.25rem; }
.dim { color: var(--dim); }
.good { color: var(--good); }
.warn { color: var(--warn); }
.bad { color: var(--bad); }
.scroll { overflow-x: auto; margin: .5rem 0; }
table { border-collapse: collapse; min-width: min(100%, 44rem); font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0;
  border-bottom: 1px solid var(--edge); }
thead th, thead td { color: var(--dim); font-weight: 600; font-size: .875rem; vertical-align: bottom; }
tbody th { font-weight: 400; }
td, tbody th { white-space: nowrap; }
td.fair, td.long, td.text, tbody th.fair, tbody th.long { min-width: 9rem; white-space: normal;
  overflow-wrap: anywhere; }
td code, th code { white-space: nowrap; }
.right { text-align: right; }
.right + :not(.right) { padding-left: .5rem; }
.board tbody td { white-space: normal; min-width: 7rem; overflow-wrap: anywhere; }
.board ul { margin: 0; padding: 0; list-style: none; font-size: .875rem; }
.board li { margin: 0 0 .25rem; padding: .1rem .4rem; border-left: 3px solid var(--part); }
.board .good { display: block; }
.board tbody th { position: sticky; left: 0; background: var(--paper); }
figure { margin: .75rem 0; }
figcaption { color: var(--dim); margin: 0 0 .5rem; }
summary { cursor: pointer; padding: .25rem 0; }
.rows { display: grid; gap: .3rem; max-width: 54rem; margin: .5rem 0; padding: 0; list-style: none; }
.bar { display: grid; grid-template-columns: minmax(7rem, 14rem) minmax(6rem, 1fr) minmax(7rem, 16rem);
  gap: 0 1rem; align-items: center; }
svg { display: block; }
svg text { fill: var(--dim); font: .75rem system-ui, sans-serif; }
.pic { width: 100%; height: auto; overflow: hidden; }
.pic text { font: 12px system-ui, sans-serif; }
.desk { max-width: 54rem; }
.phone { display: none; max-width: 26rem; }
.full { display: none; }
.pic .ink, .pic .value, .pic .plain, .pic .strong { fill: var(--ink); }
.pic .lifted { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; }
.pic .value { font-variant-numeric: tabular-nums; }
.pic .good { fill: var(--good); }
.pic .warn { fill: var(--warn); }
.pic .bad { fill: var(--bad); }
.whole { fill: var(--edge); }
.part { fill: var(--part); }
.over { fill: var(--bad); }
.loss { fill: var(--done); }
.gain, .fine { fill: var(--good); }
.amber { fill: var(--warn); }
.done { fill: var(--done); }
.open { fill: var(--band); stroke: var(--part); }
.week, .split, .rule { stroke: var(--edge); }
.axis { stroke: var(--dim); }
.aim { stroke: var(--aim); stroke-width: 2; }
.mark { stroke: var(--ink); stroke-width: 2; }
.today { stroke: var(--bad); stroke-width: 2; }
.join { fill: none; stroke: var(--dim); }
.band { fill: var(--band); }
.drawn { fill: none; stroke-width: 2; }
.line0 { stroke: var(--part); }
.line1 { stroke: var(--dim); }
.line2 { stroke: var(--good); }
.may { stroke-dasharray: 1 3; stroke-linecap: round; }
.edge { stroke: var(--band); stroke-width: 6; }
.planned { stroke: var(--aim); stroke-dasharray: 6 4; }
.dot { fill: var(--paper); stroke-width: 2; }
text.name { fill: var(--ink); stroke: none; }
.state { stroke: var(--ink); }
.state.plain, .state.dim { fill: var(--paper); }
.link { fill: none; stroke: var(--part); opacity: .45; }
.link.wanted { stroke: var(--warn); stroke-dasharray: 6 4; }
.link.bad { fill: none; stroke: var(--bad); stroke-dasharray: 2 4; }
.h0, .tone { fill: var(--h0); stroke: var(--edge); }
.h1 { fill: var(--h1); }
.h2 { fill: var(--h2); }
.h3 { fill: var(--h3); }
.h4 { fill: var(--h4); }
.h5 { fill: var(--h5); }
.hx { fill: var(--bad); }
.pic rect.tone.good { fill: var(--soft-good); }
.pic rect.tone.warn { fill: var(--soft-warn); }
.pic rect.tone.bad { fill: var(--soft-bad); }
.pic rect.tone.plain, .pic rect.tone.dim, .pic rect.tone.strong { fill: var(--h0); }
.pic text.on { fill: var(--ink); stroke: none; }
.pic text.on.h3, .pic text.on.h4, .pic text.on.h5, .pic text.on.hx { fill: var(--paper); }
.faint { fill: none; stroke: var(--edge); }
.faint.area { fill: var(--h0); }
.empty { max-width: 54rem; border: 1px dashed var(--dim); border-radius: 6px; padding: .8rem .8rem .3rem; }
.empty .phone, .empty p { max-width: none; }
.plot { border: 1px solid var(--edge); border-radius: 4px; }
.plot circle { fill: var(--paper); stroke: var(--part); stroke-width: 1; }
.plot .mark { fill: var(--ink); stroke: none; text-anchor: middle; font-size: .6875rem; }
.spark { display: inline-block; vertical-align: middle; }
.spark path { fill: none; stroke: var(--part); stroke-width: 1.5; }
.spark circle { fill: var(--part); }
.spark .aim { stroke-width: 1; stroke-dasharray: 3 2; }
.blank { margin: .75rem 0; }
.blank i { display: block; height: 2rem; border-bottom: 1px solid var(--dim); }
.heard { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }
.headline h1 { margin: .5rem 0 .25rem; font-size: 1.3rem; }
.headline p { max-width: none; margin: .15rem 0; font-size: .875rem; line-height: 1.35; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); gap: .6rem;
  margin: .6rem 0; }
.tiles section { border: 1px solid var(--edge); border-radius: 6px; padding: .4rem .7rem; min-width: 0;
  font-size: .8125rem; line-height: 1.4; }
.tiles h2 { font-size: .9375rem; margin: 0 0 .15rem; }
.tiles p { margin: 0 0 .15rem; }
.tiles ul { margin: .15rem 0; padding-left: 1rem; }
.tiles figure { margin: .15rem 0 0; position: relative; }
.contents { border-top: 1px solid var(--edge); margin-top: 1.5rem; }
.contents > section > ul { columns: 18rem; column-gap: 2rem; }
footer { color: var(--dim); padding: 2rem 1rem; }
@media screen {
  td.text { min-width: 18rem; }
}
@media screen and (min-width: 72rem) {
  td.fair, tbody th.fair { white-space: nowrap; }
  .fits > .desk:not(:last-child) { display: none; }
  .full { display: block; }
  .rows, .empty { max-width: none; }
}
"""
STYLE += (
    "".join(f"td:nth-child({n}) {{ --column: var(--c{n}); }}\n" for n in range(1, 17))
    + _row_by_row("cards", "40rem")
    + _row_by_row("slim", "49.9rem")
    + _row_by_row("wide", "56rem")
    + _row_by_row("vast", "68rem")
    + """@media screen and (min-width: 49.9rem) and (max-width: 68rem) {
  .tight { font-size: .875rem; }
  .small { font-size: .8125rem; }
  .tight th, .tight td, .small th, .small td { padding-right: .5rem; }
  .tight thead th, .tight thead td, .small thead th, .small thead td { font-size: .8125rem; }
  .tight td.fair, .tight td.long, .tight tbody th.fair, .tight tbody th.long { min-width: 8rem; }
  .small td.fair, .small td.long, .small tbody th.fair, .small tbody th.long { min-width: 7rem; }
  .tight td.text { min-width: 12rem; }
  .small td.text { min-width: 10.5rem; }
  .small .right + :not(.right) { padding-left: .25rem; }
  .close td:not(.right), .close tbody th { white-space: normal; }
}
"""
    + """@media (max-width: 40rem) {
  .desk { display: none; }
  .phone { display: block; }
  .bar { grid-template-columns: 1fr 1fr; }
  .bar svg { grid-column: 1 / -1; grid-row: 2; }
  .bar > :last-child { text-align: right; color: var(--dim); }
}
@media print {
  .contents { display: none; }
  .tiles { grid-template-columns: repeat(3, 1fr); gap: .3rem; }
  .tiles section { break-inside: avoid; font-size: 7.5pt; padding: .25rem .4rem; }
  @page { margin: 15mm; }
  @page sheet { size: landscape; margin: 12mm; }
  body:has(.tiles) { page: sheet; }
  :root { color-scheme: light; --ink: #000; --dim: #444; --paper: #fff; --edge: #bbb; --link: #0b57d0;
    --good: #116329; --warn: #7d4e00; --bad: #a40e26; --part: #2f5f94; --done: #8a949e; --band: #c8d9ec;
    --soft-good: #d5edda; --soft-warn: #fbe8c3; --soft-bad: #f8d7da; --aim: #a8480b;
    --h0: #f3f5f7; --h1: #dce8f5; --h2: #b3cde8; --h3: #3f74ad; --h4: #2b5b90; --h5: #16406f; }
  body { font-size: 10pt; }
  nav, .skip, details:not([open]) { display: none; }
  header { border: 0; }
  .scroll { overflow: visible; }
  td:not(.right), tbody th { white-space: normal; }
  td code, th code { white-space: normal; overflow-wrap: anywhere; }
  td.fair, td.long, td.text, tbody th.fair, tbody th.long { min-width: 7rem; }
  .tight, .small { font-size: 8.5pt; }
  .tight th, .tight td, .small th, .small td { padding-right: .5rem; }
  .pic { max-height: 22cm; }
  .pic.tall { max-height: 17cm; }
  .fits:has(> .full):has(> .desk > .long) > .desk { display: none; }
  .fits:has(> .desk > .long) > .full { display: block; }
  h2, h3, h3 + p, h3 + p + p, h3 + p + p + p, h3 + p + p + p + p, h3 + p + p + p + p + p { break-after: avoid; }
  tr, figure, .bar, .blank { break-inside: avoid; }
  thead { display: table-header-group; }
  rect, circle, path { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
)
