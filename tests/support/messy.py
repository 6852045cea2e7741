"""Plan files as people write them: any indentation, any quotes, comments in awkward places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from revplan.store.yaml.emit import flow
from revplan.store.yaml.scalars import plain_or_quoted, plain_or_quoted_in_flow
from tests.support.plans import value_at

if TYPE_CHECKING:
    import random

    from revplan.model.change import Data

WORDS = st.sampled_from(
    ["a", "no", "8", "12:30", "2026-12-01", "20%", "don't", 'say "yes"',
     "a: b", "a #b", "#x", "- x", "-", "[x", "{", "~",
     "", " ", " x", "x ", "back\\slash", "Tomás – Q4",
     "two\nlines", "two\nlines\n", "\nx", "a\n\nb", " a\nb", "a\n b\n",
     "x\n\n", "tab\there", "& *", "*x", "!y", "%z", "@", "`", "? q", ": r", "s:", "...", "---", "a, b", "x]", "|", ">-",
     "\u202eturned", "\u2028", "\x85", "bell\x07", "\ufeff", "🙂", "null", "=", "<<", "http://x.y/?a=b&c#d", "a" * 120]
)  # fmt: skip
TEXTS = WORDS | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
KEYS = st.sampled_from(
    ["a", "b", "c", "d", "e", "start", "2026-12", "2026-12-21..2026-12-23", "on", "owner", "a b", "k:"]
)
BODIES: st.SearchStrategy[Data] = st.recursive(
    TEXTS,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=4),
    max_leaves=12,
)
MAPPINGS = st.dictionaries(KEYS, BODIES, min_size=1, max_size=5)


def _joined(pieces: list[str]) -> str:
    """Join pieces; a zero byte at the end still forbids comments there."""
    return "".join(pieces).replace("\x00", "") + "\x00" * pieces[-1].endswith("\x00")


@dataclass
class Hand:
    """Somebody who writes YAML; each comment they write has a number of its own."""

    random: random.Random
    comments: int = 0

    def file(self, data: dict[str, Data]) -> str:
        """Return the text of a file."""
        self.step = self.random.choice([1, 2, 2, 4])
        self.list_step = self.random.choice([0, 2, self.step])
        return (self.comment_lines(0) + self.mapping(data, 0)).replace("\x00", "")

    def comment(self) -> str:
        self.comments += 1
        return f"# {self.random.choice(['', '- ', 'x: ', '} ', chr(39)])}remark {self.comments}."

    def comment_lines(self, column: int) -> str:
        lines = ["", " " * column + self.comment(), " " * self.random.randrange(column + 3) + self.comment(), "  "]
        return "".join(self.random.choice(lines) + "\n" for _ in range(self.random.choice([0, 0, 0, 1, 2])))

    def tail(self) -> str:
        return self.random.choice(["", "", "", " ", f"  {self.comment()}"]) + "\n"

    def mapping(self, data: dict[str, Data], column: int) -> str:
        pieces = []
        for key, value in data.items():
            quoted = self.random.choice(["", "", "", "'", '"'])
            head = " " * column + plain_or_quoted(key, like=quoted) + self.random.choice(["", "", " "]) + ":"
            pieces.append(head + self.value(value, column))
            if not pieces[-1].endswith("\x00"):
                pieces.append(self.comment_lines(column))
        return _joined(pieces)

    def listing(self, data: list[Data], column: int) -> str:
        pieces = []
        for value in data:
            pieces.append(" " * column + "-" + self.item(value, column))
            if not pieces[-1].endswith("\x00"):
                pieces.append(self.comment_lines(column))
        return _joined(pieces)

    def item(self, value: Data, column: int) -> str:
        inside = column + self.random.choice([2, 3])
        if isinstance(value, dict | list) and value and self.random.random() < 0.5:
            text = self.mapping(value, inside) if isinstance(value, dict) else self.listing(value, inside)
            return text[column + 1 :]
        return self.value(value, column)

    def value(self, value: Data, column: int) -> str:
        """Return what follows a colon or a dash, to the end of its last line; a zero byte forbids comments there."""
        if isinstance(value, str):
            return self.text(value, column)
        if not value or self.random.random() < 0.3:
            return " " + self.in_flow(value, column) + self.tail()
        below = self.comment_lines(column + self.step)
        if isinstance(value, dict):
            return self.tail() + below + self.mapping(value, column + self.step)
        return self.tail() + below + self.listing(value, column + self.step)

    def text(self, value: str, column: int) -> str:
        inside = column + self.step
        lines = value.split("\n")
        shown = all(line == line.strip() and line.isprintable() for line in lines)
        if shown and len(lines) > 1 and lines[0] and lines[-2:] != ["", ""] and self.random.random() < 0.7:
            mark = "|" if lines[-1] == "" else "|-"
            body = lines[:-1] if lines[-1] == "" else lines
            return f" {mark}{self.tail()}" + "".join(" " * inside * bool(line) + line + "\n" for line in body) + "\x00"
        word = plain_or_quoted(value, like=self.random.choice(["", "", "'", '"']))
        below = self.random.random() < 0.1
        return (self.tail() + " " * inside if below else " " * self.random.choice([1, 1, 1, 3])) + word + self.tail()

    def in_flow(self, value: Data, column: int) -> str:
        if isinstance(value, str):
            return plain_or_quoted_in_flow(value, like=self.random.choice(["", "", "'", '"']))
        if not value or self.random.random() < 0.4:
            return flow(value)
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        pieces = []
        for key, below in value.items() if isinstance(value, dict) else [("", each) for each in value]:
            head = plain_or_quoted_in_flow(key) + ": " if isinstance(value, dict) else ""
            pieces.append(self.gap(column) + head + self.in_flow(below, column))
        end = "," * self.random.choice([0, 0, 1]) + self.gap(column)
        return opening + ",".join(pieces) + end + closing

    def gap(self, column: int) -> str:
        inside = "\n" + " " * (column + self.step + self.random.randrange(3))
        return self.random.choice(["", " ", " ", inside, f"  {self.comment()}" + inside])


@st.composite
def messy(draw: st.DrawFn) -> tuple[str, dict[str, Data]]:
    """Draw the text of a file and what it says."""
    data = draw(MAPPINGS)
    text = Hand(draw(st.randoms(use_true_random=False))).file(data)
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    keeps_its_end = _last_text(data).endswith("\n")  # a block's last line end belongs to what the block says
    return (text.rstrip("\r\n") if draw(st.booleans()) and not keeps_its_end else text), data


def _last_text(data: Data) -> str:
    """Return the text that a file ends with; empty where it ends with an empty list or mapping."""
    while not isinstance(data, str):
        if not data:
            return ""
        data = list(data.values())[-1] if isinstance(data, dict) else data[-1]
    return data


def paths(data: Data, above: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """List every place in some data."""
    below: list[tuple[str | int, Data]] = []
    if isinstance(data, dict):
        below = list(data.items())
    elif isinstance(data, list):
        below = list(enumerate(data))
    return [each for key, value in below for each in [(*above, key), *paths(value, (*above, key))]]


@st.composite
def edits(draw: st.DrawFn, data: dict[str, Data]) -> tuple[tuple[str | int, ...], Data]:
    """Draw a place in some data, or a new one in it, and what is to stand there."""
    places = [(), *paths(data)]
    place = draw(st.sampled_from(places))
    found: Data = value_at(data, *place)
    if isinstance(found, dict) and (not place or draw(st.booleans())):
        return (*place, draw(KEYS)), draw(BODIES)
    if isinstance(found, list) and draw(st.booleans()):
        return (*place, len(found)), draw(BODIES)
    return place, draw(st.none() | BODIES)
