from __future__ import annotations

from io import StringIO

import pytest

from revplan.cli.output import ProgressLine


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _somebody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")


def told(stream: StringIO) -> str:
    clock = Clock()
    with ProgressLine(stream, clock) as on_progress:
        on_progress("at once")
        clock.now = 2.4
        on_progress("later")
    return stream.getvalue()


def test_what_takes_more_than_a_second_is_told_and_cleared() -> None:
    assert told(Terminal()) == "\r\x1b[2Klater … 2 s (Ctrl-C: the best plan so far)\r\x1b[2K"


def test_nobody_is_told_in_a_pipe() -> None:
    assert told(StringIO()) == ""


@pytest.mark.parametrize(("name", "value"), [("CI", "true"), ("TERM", "dumb")])
def test_nobody_is_told_where_nobody_looks(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert told(Terminal()) == ""


@pytest.mark.parametrize(
    ("columns", "shown"), [(30, "later … 2 s"), (10, "later … …"), (80, "later … 2 s (Ctrl-C: the best plan so far)")]
)
def test_what_is_told_fits_the_line_that_is_cleared(monkeypatch: pytest.MonkeyPatch, columns: int, shown: str) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert told(Terminal()) == f"\r\x1b[2K{shown}\r\x1b[2K"
