"""Titles that mean something to what shows them: in every output they are text, and nothing else."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from revplan.formats.csv_table import neutralise_formula
from revplan.formats.markdown import escape
from revplan.formats.table import DocumentFormat, Screen
from revplan.formats.text import inert
from revplan.reports.document import Column, Document, Heading, Items, Line, Section, Table, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

TITLES = (
    "::error file=a::b",
    "  ::stop-commands::x",
    "##[error]x",
    "\x1b[31mred\x1b]0;title\x07",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp; &#60;",
    '"><svg onload=alert(1)>',
    "[click](javascript:alert(1))",
    "![x](http://example.com/x.png)",
    "_http://example.com",
    "éhttp://example.com www.example.com HTTPS://EXAMPLE.COM",
    "GH-3 gh-4 !5 &9 #7 @anybody %3",
    "`code` ~~~ ```\n# heading\n- item\n1. one\n> quote\n---\n===\n|a|b|",
    "=1+1",
    "@SUM(A1)",
    "-2+3|cmd",
    "\u202egnidda\u2066",
    "a\r\nEND:VEVENT\r\nBEGIN:VALARM",
    "%%{init: {}}%%\nclick a call b()",
    "]]> --> {{7*7}} ${jndi:ldap://x}",
    "\ud83d half",
)
SCREENS = (Screen(80, color=False), Screen(80, color=True), Screen(30, color=False))


def document(title: str) -> Document:
    table = Table((Column(title), Column("Two")), ((words(title), words("2")),))
    blocks = (Line(words(title)), Heading(words(title)), Items((words(title),)), table)
    return Document(title, (words(title),), (Section(words(title), blocks),), (words(title),))


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("name", sorted(DocumentFormat))
def test_every_format_of_documents(name: DocumentFormat, title: str) -> None:
    for screen in SCREENS:
        drawn = name.draw(document(title), screen).decode()
        bare = re.sub(r"\x1b\[[\d;]*m", "", drawn) if name == "terminal" and screen.color else drawn
        assert not set(bare) & {"\x1b", "\x07", "\u202e"} or name in ("csv", "json")
        assert not [line for line in drawn.splitlines() if line.lstrip().startswith(("::", "##[")) and name != "html"]
        assert "##[" not in drawn or name in ("html", "csv", "json", "svg")
        if name == "html":
            assert "<script>alert" not in bare
            assert "<img src=x" not in bare
            assert "<svg onload" not in bare
        drawn.encode("utf-8", errors="backslashreplace")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::error::x", r"\x3a:error::x"),
        ("   ::error::x", r"   \x3a:error::x"),
        ("##[error]x", r"\x23#[error]x"),
        ("a ::error::x", "a ::error::x"),
        ("a ##[error]x ###[y", r"a \x23#[error]x #\x23#[y"),
        (":: ", r"\x3a: "),
        ("", ""),
    ],
)
def test_a_command_is_spelled_out(text: str, shown: str) -> None:
    assert inert(text) == shown


def test_a_cell_begins_no_command() -> None:
    assert neutralise_formula("::error::x") == "'::error::x"


@pytest.mark.parametrize(
    "link",
    [
        *("_http://a.b", "éhttp://a.b", "http://a.b", "xwww.a.b", "FTP://a.b", "GH-3", "gh-3", "!5", "&9", "%3", "@a"),
        *(
            "#7",
            "o/r#7",
            "o/r!7",
            "a@b.c",
            "deadbeef",
            "0a1b2c3",
            "see 1234567a.",
            f"o/r@{'0a' * 20}",
            "abcdef1..0123abc",
        ),
    ],
)
def test_a_forge_makes_no_link_of(link: str) -> None:
    assert not re.search(r"(?i)://|www\.", escape(link))
    assert not re.search(r"(?i)GH-\d|[!&%@#]\w|\b[0-9a-f]{7,40}\b", html.unescape(escape(link)))


@pytest.mark.parametrize("text", ["1234567", "added cafe", "2026-11-28", "0a" * 21, "abcdefg", "facade0x"])
def test_what_is_no_name_of_a_commit_is_left_alone(text: str) -> None:
    assert escape(text) == text


@pytest.mark.parametrize("title", ["\\e[31mred", "\\a", "::error::x"])
def test_a_table_on_a_terminal_steers_nothing(
    run: Callable[..., Ran], make_plan: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, title: str
) -> None:
    root = make_plan(f'todos: {{a: {{title: "{title}"}}}}\n')
    monkeypatch.setattr("revplan.cli.console.sys.stdout.isatty", lambda: True)
    for command in (("export", "csv", "todo"), ("todo", "list", "--format", "csv")):
        out = run("-C", root, *command, environment={"PAGER": "cat"}).out
        assert out
        assert not set(out) & {"\x1b", "\x07", "\r"}


COMMANDS_WITHIN = """\
todos:
  a:
    title: "{title}"
    owner: sam
    due: 2026-12-04
    notes: |
      ::error::x
      ##[error]x
team: {{sam: {{name: Sam, kind: employee, function: sales, hours_per_week: 40}}}}
"""


@pytest.mark.parametrize(
    "command",
    [
        ("todo", "show", "a"),
        ("todo", "edit", "a", "--set", "title=B", "--dry-run"),
        ("rename", "todo", "a", "b", "--dry-run"),
        ("export", "ics"),
    ],
    ids=" ".join,
)
def test_lines_of_the_plan_are_no_commands(
    run: Callable[..., Ran], make_plan: Callable[..., Path], command: tuple[str, ...]
) -> None:
    """A title is folded wherever a line of a calendar ends; a diff and an entry are shown with their lines."""
    for begin in range(60, 75):
        ran = run("-C", make_plan(COMMANDS_WITHIN.format(title="t" * begin + "::error::x ##[y")), *command)
        assert ran.code == 0
        assert "error" in ran.out.replace("\r\n ", "")
        lines = re.split(r"\r\n|\r|\n", ran.out)
        assert not [line for line in lines if line.lstrip().startswith("::") or "##[" in line]


def test_a_folded_line_unfolds_to_what_it_was(run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    title = "t" * 60 + "::error::x" * 20 + "##[a" * 20
    out = run("-C", make_plan(COMMANDS_WITHIN.format(title=title)), "export", "ics").out
    assert title in out.replace("\r\n ", "")
    assert max(len(line.encode()) for line in out.split("\r\n")) <= 75
