"""Differences of texts: as `difflib` has them while texts are short, and in step with their length."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.store.disk import text_diff
from revplan.store.disk.text_diff import unified_diff

if TYPE_CHECKING:
    from collections.abc import Sequence

LINES = st.lists(st.sampled_from([f"{letter}\n" for letter in "abcdefgh"]), max_size=14)
_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n")


def patched(old: Sequence[str], diff: Sequence[str]) -> list[str]:
    """Return what a difference makes of a text; it fails where the difference does not fit."""
    found: list[str] = []
    at = 0
    for line in diff[2:]:
        head = _HUNK.fullmatch(line)
        if head is not None:
            start = int(head[1]) - (head[2] != "0")
            found += old[at:start]
            at = start
        elif line[0] in " -":
            assert old[at] == line[1:]
            at += 1
            found += [line[1:]] if line[0] == " " else []
        else:
            found.append(line[1:])
    return [*found, *old[at:]]


@given(LINES, LINES)
def test_short_texts_differ_as_difflib_says(old: list[str], new: list[str]) -> None:
    assert [*unified_diff(old, new, "a/x", "b/x")] == [*difflib.unified_diff(old, new, "a/x", "b/x")]


@pytest.mark.parametrize("large", [0, 2, 5])
@given(old=LINES, new=LINES)
def test_stretch_by_stretch_it_makes_the_new_text_of_the_old(large: int, old: list[str], new: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_diff, "LARGE", large)
        diff = [*unified_diff(old, new, "a/x", "b/x")]
    assert patched(old, diff) == new
    assert bool(diff) == (old != new)


def test_lines_that_stand_once_hold_a_large_text_together(monkeypatch: pytest.MonkeyPatch) -> None:
    old = [line for number in range(3000) for line in (f"t{number}:\n", "  b: 1\n", "  a: 2\n")]
    new = [line for number in range(3000) for line in (f"t{number}:\n", "  a: 2\n", "  b: 1\n")]
    sizes: list[int] = []

    class Counted(difflib.SequenceMatcher[str]):
        def __init__(self, junk: None, old: Sequence[str], new: Sequence[str]) -> None:
            sizes.append(len(old) * len(new))
            super().__init__(junk, old, new)

    monkeypatch.setattr(text_diff, "SequenceMatcher", Counted)
    diff = [*unified_diff(old, new, "a/x", "b/x")]
    assert patched(old, diff) == new
    assert sum(line.startswith("-") for line in diff[2:]) == 3000
    assert max(sizes) <= 4
    assert len(sizes) == 3000


def test_a_line_without_an_end_is_the_last_of_its_stretch() -> None:
    assert [*unified_diff(["a\n", "b"], ["a\n", "c"], "a/x", "b/x")][2:] == ["@@ -1,2 +1,2 @@\n", " a\n", "-b", "+c"]
