"""What the parser would misread is looked for at length only where a text can hold it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from revplan.store.yaml import parser

PATTERNS = (parser._UNREAD, parser._UNREAD_IN_PYTHON)


@given(st.text(alphabet="?:,[]{} a\n\x85\u2028\u2029é-"))
@example("[ :b]")
@example("{a: ?b}")
@example("a:?")
@example("é\u2028")
def test_no_stretch_that_the_parser_misreads_is_passed_over(text: str) -> None:
    if any(pattern.search(text) for pattern in PATTERNS):
        assert parser._may_be_misread(text)


@pytest.mark.parametrize("text", ["title: Ring\n", "é: [a, {b: c}, 'd']\n", "a:\n  - b: {c: 1, d: [2, 3]}\n"])
def test_a_usual_text_is_not_looked_through(text: str) -> None:
    assert not parser._may_be_misread(text)
