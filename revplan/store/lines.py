"""The lines of a text, walked by offsets."""

from __future__ import annotations

import re


class Lines:
    """A text and where its lines begin and end, whatever their line ends are."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = _BREAK.search(text)
        self.line_end = found[0] if found else "\n"
        self.open_end = bool(text) and text[-1] not in "\r\n"

    def start(self, position: int) -> int:
        """Return where the line of a position begins."""
        newline = self.text.rfind("\n", 0, position)
        return max(newline, self.text.rfind("\r", newline + 1, position)) + 1

    def stop(self, position: int) -> int:
        """Return where the line of a position ends, before its line end."""
        found = _BREAK.search(self.text, position)
        return found.start() if found else len(self.text)

    def next(self, position: int) -> int:
        """Return where the line after that of a position begins."""
        found = _BREAK.search(self.text, position)
        return found.end() if found else len(self.text)

    def above(self, position: int) -> int:
        """Return where the line above that of a position begins."""
        start = self.start(position)
        return self.start(start - (2 if self.text[start - 2 : start] == "\r\n" else 1))

    def column(self, position: int) -> int:
        """Return how far in a position stands, from 0."""
        return position - self.start(position)

    def before(self, position: int) -> str:
        """Return what stands before a position on its line."""
        return self.text[self.start(position) : position]

    def comment_column(self, start: int) -> int:
        """Return the column of the comment that fills the line beginning at an offset; -1 where none does."""
        found = _COMMENT.match(self.text, start)
        return found.end() - 1 - start if found else -1

    def is_blank(self, start: int) -> bool:
        """Tell whether the line that begins at an offset is empty, or the text ends there."""
        return not self.text[start : self.stop(start)].strip()

    def indentation(self, start: int) -> int:
        """Return how many spaces a line begins with."""
        return len(self.text[start : self.stop(start)]) - len(self.text[start : self.stop(start)].lstrip(" "))

    def past_comma(self, position: int) -> int:
        """Return where the comma right after a position ends; the position itself where there is none."""
        found = _COMMA.match(self.text, position)
        return found.end() if found else position

    def broken(self, start: int, end: int) -> bool:
        """Tell whether a stretch of text runs over the end of a line."""
        return _BREAK.search(self.text, start, end) is not None


_BREAK = re.compile(r"\r\n|\r|\n")
_COMMA = re.compile(r"[ \t]*,")
_COMMENT = re.compile(r"[ \t]*#")
