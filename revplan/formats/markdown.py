"""A Document as Markdown that GitHub and GitLab draw alike: for pull requests, comments and wikis.

What comes from the plan is text and nothing else: it draws no table of its own, makes no link, calls nobody by an @
and gives no command to the forge.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from revplan.formats.text import split_commands, visible
from revplan.reports.document import Align, Bars, Blank, Chart, Heading, Items, Line, Picture, Table, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.formats.table import Screen
    from revplan.reports.document import Bar, Block, Document, Section, Words

BAR_WIDTH = 12
_STANDS_OUT = frozenset((Tone.STRONG, Tone.BAD))
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~]|\$(?!\d)|&(?=#?\w+;)")
_AT_THE_START = re.compile(r"( *)(#+ |[-+=/:]|\d+(?=[.)]))")
_CALLS = re.compile(r"((?<!&)[@#](?=\w)|[!&%](?=\d)|(?i:GH-)(?=\d))")
_COMMIT = re.compile(r"\b(?=\d*[a-f])[0-9a-f]{7,40}\b")
"""What may be a commit's name, of which a forge reads seven letters or more; what is a number alone stays one."""
_SIX = re.compile(r"\w{6}(?=\w)")
_ADDRESS = re.compile(r"(?i)(https?|ftp)://|www\.")
_SPACES = re.compile(r"[^\S\u00a0]+")
"""Spaces and line ends, which Markdown would not keep; those that hold together or indent it does."""
_NOTHING = "&#8203;"
"""A space of no width, which keeps a forge from reading a name or a number as a reference."""


def draw(document: Document, _screen: Screen) -> str:
    """Return a document as Markdown, its title a heading of the second level."""
    blocks = [f"## {_text_of(document.title)}", *(_line(line) for line in document.lead)]
    for section in (each for each in document.sections if not each.is_drawn):
        blocks += _section(section)
    blocks += [_line(line) for line in document.close]
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    """Return plan text so that Markdown shows it as it is, wherever in a line it comes to stand."""
    plain = visible(_SPACES.sub(" ", text))
    safe = _SPECIAL.sub(lambda found: "&amp;" if found[0] == "&" else f"\\{found[0]}", plain)
    safe = _CALLS.sub(rf"\1{_NOTHING}", safe)
    safe = _COMMIT.sub(lambda found: _SIX.sub(rf"\g<0>{_NOTHING}", found[0]), safe)
    return _ADDRESS.sub(_break_up, safe)


def _break_up(found: re.Match[str]) -> str:
    return f"{found[1]}&#58;//" if found[1] else f"{found[0][:-1]}&#46;"


def _section(section: Section) -> Iterator[str]:
    said = (block.said if isinstance(block, Picture) else block for block in section.blocks)
    blocks = (_block(block) for block in said if block is not None)
    if section.is_detail:
        yield from (f"<details><summary>{_words_as_html(section.title)}</summary>", *blocks, "</details>")
    else:
        yield from (f"### {_words(section.title)}", *blocks)


def _words_as_html(words: Words) -> str:
    """Return words for the inside of an HTML tag, where forges read mentions and references but no Markdown."""
    text = html.escape(visible("".join(run.text for run in words)), quote=False)
    return _CALLS.sub(rf"\1{_NOTHING}", text)


def _block(block: Block) -> str:  # noqa: PLR0911 - one a kind of block
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Bars):
        return _bars(block)
    if isinstance(block, Chart):
        return _table(block.table)
    if isinstance(block, Blank):
        return _blank(block)
    if isinstance(block, Heading):
        return f"#### {_words(block.words)}"
    if isinstance(block, Items):
        return "\n".join(f"{'  ' * depth}- {_line(item)}" for item, depth in block.with_depths)
    assert isinstance(block, Line)
    return _line(block.words)


def _blank(blank: Blank) -> str:
    hint = f": {escape(blank.hint)}" if blank.hint else ""
    return f"**{escape(blank.label)}**{hint}\n\n" + "\n".join(["-"] * blank.lines)


def _words(words: Words) -> str:
    return "".join(_bold(run.text) if run.tone in _STANDS_OUT else _prose(run.text) for run in words)


def _prose(text: str) -> str:
    """Return text with the commands in it as code; those with a `|` would end a cell of a table, and are text."""
    pieces = split_commands(text)
    if any("|" in said for said, is_command in pieces if is_command):
        return escape(text)
    return "".join(
        f"`{visible(_SPACES.sub(' ', said))}`" if is_command else escape(said) for said, is_command in pieces
    )


def _bold(text: str) -> str:
    """Return text in bold; the marks stand close to it, or they would be shown."""
    bare = text.strip()
    if not bare:
        return escape(text)
    before, _, after = text.partition(bare)
    shown = _prose(bare) if bare.startswith("`") and bare.endswith("`") else escape(bare)
    return f"{before}**{shown}**{after}"


def _line(words: Words) -> str:
    return _text_at_start(_words(words))


def _text_of(text: str) -> str:
    return _text_at_start(escape(text))


def _text_at_start(text: str) -> str:
    """Return escaped text so that nothing at the start of a line is taken for a list, a heading or a command."""
    return (
        _AT_THE_START.sub(lambda found: found[1] + _escape_start(found[2]), text, count=1)
        if _AT_THE_START.match(text)
        else text
    )


def _escape_start(start: str) -> str:
    return f"{start}\\" if start[0].isdigit() else f"\\{start}"


def _table(table: Table) -> str:
    marks = ["---:" if column.align is Align.RIGHT else "---" for column in table.columns]
    titles = [escape(column.title) for column in table.columns]
    return "\n".join(map(_row, (titles, marks, *([_words(cell) for cell in row] for row in table.rows))))


def _bars(bars: Bars) -> str:
    rows = ([escape(bar.label), _bar(bar), _words(bar.text)] for bar in bars.bars)
    return "\n".join(map(_row, (["", "", ""], ["---"] * 3, *rows)))


def _bar(bar: Bar) -> str:
    filled = bar.cells_filled(BAR_WIDTH)
    return "█" * filled + "░" * (BAR_WIDTH - filled)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
