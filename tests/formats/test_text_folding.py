"""Messages break between words at the terminal's width; what is piped stays whole."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.cli import console
from revplan.diagnostics import Diagnostic, Location, Severity
from revplan.errors import InputError
from revplan.formats.text import ansi, findings, fold, plain, width

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran


def test_a_line_breaks_between_words_and_goes_on_indented() -> None:
    assert fold("error: there is no such thing as a free lunch", 24) == (
        "error: there is no such\n  thing as a free lunch"
    )
    assert fold("  hint: go to the baker and buy one", 24) == "  hint: go to the baker\n    and buy one"
    assert fold("short", 24) == "short"
    assert fold("a\n\n  b  c", 24) == "a\n\n  b  c"


def test_a_command_and_a_path_stay_whole() -> None:
    assert fold("say `revplan workshop goals` to go on", 24) == "say `revplan workshop\n  goals` to go on"
    assert fold("or you say `revplan guide` to go on", 24) == "or you say\n  `revplan guide` to go\n  on"
    path = "/home/somebody/a-folder/another-folder/revplan.yaml"
    assert fold(f"wrote the file {path} now", 24) == f"wrote the file\n  {path}\n  now"


def test_a_second_column_stays_a_column() -> None:
    line = "revplan guide    says what to do next and leads through it"
    assert fold(line, 40) == f"revplan guide    says what to do next\n{' ' * 17}and leads through it"


def test_colour_and_wide_letters_are_measured_by_what_is_seen() -> None:
    assert fold(f"{ansi('error', 'error')}: a thing that fits", 24) == f"{ansi('error', 'error')}: a thing that fits"
    assert fold("四四四四四 四四四四四 四四四四四", 24) == "四四四四四 四四四四四\n  四四四四四"


@given(st.text("ab`- \x1b\u56db", max_size=120), st.integers(1, 90))
def test_nothing_is_lost_and_what_can_break_does(text: str, columns: int) -> None:
    folded = fold(text, columns)
    assert folded.split() == text.split()
    for line in folded.split("\n"):
        assert width(line.strip()) <= max(columns, 20) or " " not in line.strip() or line == text


FOUND = Diagnostic(
    "RP201",
    Severity.ERROR,
    Location("personas.yaml", 14, 101, 14, 106),
    "there is no persona of this name in any of the files of the plan that were read",
    "did you mean the one that is called plant-manager, in the file beside it?",
    "a" * 100 + "wrong" + "b" * 100,
)


def test_a_finding_breaks_in_its_prose_and_its_excerpt_fits() -> None:
    lines = findings([FOUND], ansi, 60).splitlines()
    assert all(width(line.replace("\x1b", "").replace("[0m", "")) < 90 for line in lines)
    bare = findings([FOUND], plain, 60).splitlines()
    assert max(map(width, bare)) <= 60
    marked = next(line for line in bare if "^" in line)
    shown = bare[bare.index(marked) - 1]
    assert shown[marked.index("^") : marked.rindex("^") + 1] == "wrong"
    assert findings([FOUND], plain).splitlines()[0].endswith("that were read")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("stream", [Terminal, io.StringIO])
def test_what_is_said_breaks_on_a_terminal_alone(stream: type[io.StringIO], monkeypatch: pytest.MonkeyPatch) -> None:
    shown = stream()
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setenv("COLUMNS", "40")
    error = InputError("an answer that is rather long for it", hint="shorten what is said to a few words only")
    rows = console.fail(error)
    lines = shown.getvalue().splitlines()
    assert rows == len(lines) == (4 if stream is Terminal else 2)
    assert (max(map(len, lines)) <= 40) is (stream is Terminal)


@pytest.mark.parametrize("said", ["", "0", "wide"])
def test_a_terminal_that_does_not_tell_its_width_has_eighty_columns(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", said)
    assert console.terminal_columns(Terminal()) == 80


def test_what_the_parser_says_is_folded_too(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "terminal_columns", lambda _stream: 40)
    for words in (["validate", "--no-such-option-is-there-anywhere", "x"], ["-C", str(tmp_path), "guide"]):
        ran = run(*words)
        assert all(len(line) <= 40 or " " not in line.strip() for line in ran.err.splitlines()), ran.err
