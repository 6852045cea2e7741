"""Texts that are not YAML are blamed at the place of the mistake, with its own reason."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from revplan.diagnostics import TextFix, TextPlace
from revplan.store.yaml.events import parse
from revplan.store.yaml.syntax import LONGEST_KEY


class Case(NamedTuple):
    text: str
    line: int
    column: int
    message: str
    fixed: str | None = None


HEAD = "tactics:\n  a:\n    title: A\n"
CASES = {
    "no space after a colon": Case(
        f"{HEAD}    notes:No space\n    impact: 5\n",
        4,
        10,
        'no space after the colon of "notes"',
        "    notes: No space",
    ),
    "no space after a colon, first line": Case(
        "tactics:\n  a:\n    notes:No space\n    impact: 5\n", 3, 10, 'no space after the colon of "notes"'
    ),
    "non-breaking space after a colon": Case(
        f"{HEAD}    impact:\u00a05\n    tier: must\n", 4, 12, "non-breaking space (U+00A0)", "    impact: 5"
    ),
    "non-breaking and plain space after a colon": Case(
        f"{HEAD}    impact:\u00a0 5\n    tier: must\n", 4, 12, "non-breaking space (U+00A0)"
    ),
    "wide space after a colon": Case(f"{HEAD}    impact:\u30005\n    tier: must\n", 4, 12, "wide space (U+3000)"),
    "non-breaking spaces as indentation": Case(
        f"{HEAD}\u00a0\u00a0\u00a0\u00a0impact: 5\n", 4, 1, "non-breaking space (U+00A0) stands beside this key"
    ),
    "text behind quotes": Case('a:\n  title: "Say "hello" to us"\n  b: 1\n', 2, 16, "after the closing quote"),
    "an apostrophe in quotes": Case("a:\n  title: 'It's time'\n  b: 1\n", 2, 14, "after the closing quote"),
    "text behind a bracket": Case("a:\n  title: [x] done\n  b: 1\n", 2, 14, "after the closing ]"),
    "one brace too many": Case("a: {b: 1}}\n", 1, 10, "one } too many"),
    "a line without a colon": Case(f"{HEAD}    function marketing\n    impact: 5\n", 4, 5, "this line has no colon"),
    "the last line without a colon": Case(f"{HEAD}    function marketing\n", 4, 5, "this line has no colon"),
    "the first line without a colon": Case(
        "tactics:\n  a:\n    function marketing\n    impact: 5\n", 3, 5, "this line has no colon"
    ),
    "a link on a line of its own": Case(f"{HEAD}    https://example.org\n    impact: 5\n", 4, 5, "no colon"),
    "a colon in a text": Case(f"{HEAD}    notes: Launch: now\n", 4, 18, "quote text that holds a colon"),
    "a line too deep": Case(f"{HEAD}      impact: 5\n", 4, 7, "indented deeper than the line above"),
    "a quote never closed": Case('a:\n  title: "Say hello\n  b: 1\n', 2, 10, 'this " opens is never closed'),
    "a brace never closed": Case("a:\n  b: {c: 1, d: 2\n  e: {f: 1}\n", 2, 6, "missing its }"),
    "a bracket never closed at the end": Case("a: [b, c\n", 1, 4, "missing its ]"),
    "a comma missing": Case("a: {b: 1 c: 2}\n", 1, 11, "missing its comma"),
    "a comma missing, over lines": Case("a:\n  b: {\n    c: 1\n    d: 2\n  }\n", 4, 6, "missing its comma"),
    "a comma after a colon": Case("a: {cost:, b: 1}\n", 1, 9, "no space after this colon", "a: {cost: , b: 1}"),
    "no space after a colon in braces": Case(
        "a: {b:1, c: 2}\n", 1, 6, 'no space after the colon of "b"', "a: {b: 1, c: 2}"
    ),
    "text after >": Case("a:\n  title: > ten\n", 2, 10, "begins with > needs quotes"),
    "a backslash in quotes": Case('a:\n  path: "C:\\path"\n', 2, 12, "in double quotes begins a sign"),
    "a star before a word": Case("a:\n  title: *bold* text\n", 2, 15, "quote the text"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_mistake_is_told_at_its_own_place(name: str) -> None:
    case = CASES[name]
    fault = parse(case.text).faults[0]
    assert isinstance(fault.place, TextPlace)
    start = fault.place.start
    line, column = case.text.count("\n", 0, start) + 1, start - case.text.rfind("\n", 0, start)
    assert (fault.code, line, column) == ("RP002", case.line, case.column), fault.message
    assert case.message in fault.message
    if case.fixed is not None:
        fix = fault.fix
        assert isinstance(fix, TextFix)
        fixed = case.text[: fix.start] + fix.text + case.text[fix.end :]
        assert fixed.splitlines()[case.line - 1] == case.fixed
        assert parse(fixed).whole


def test_what_a_fix_cannot_know_has_none() -> None:
    for name in ("a line without a colon", "a link on a line of its own", "text behind quotes", "a colon in a text"):
        assert parse(CASES[name].text).faults[0].fix is None


def test_what_has_no_space_after_its_colon_in_braces_is_read_all_the_same() -> None:
    assert parse("a: {b:1, c: 2, 'd:e': , https://x: }\n").data == {
        "a": {"b": "1", "c": "2", "d:e": None, "https://x": None}
    }


@pytest.mark.parametrize("line", ["%s: 1\n", "x-a: {%s: 1}\n", "x-a: {b: 1, %s: 1}\n", "x-a:\n  %s: 1\n"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_key_that_is_too_long_is_told_as_such(line: str, quote: str) -> None:
    def told(length: int) -> list[str]:
        key = quote + "k" * (length - 2 * len(quote)) + quote
        return [found.message for found in parse(line % key).faults]

    assert told(LONGEST_KEY) == []
    assert told(LONGEST_KEY + 1) == ["a key ends here that is longer than 1,024 characters"]
