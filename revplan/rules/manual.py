"""A rule's manual, read from its module's docstring."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import TYPE_CHECKING, NamedTuple

from revplan.diagnostics import CODE_BY_NAME
from revplan.errors import UnknownTopicError

if TYPE_CHECKING:
    from revplan.diagnostics import Code
    from revplan.rules import Rule

_SECTION = re.compile(r"^(What|Why|Bad|Good)( \(escaped\))?:[ \n]", re.MULTILINE)
_FILE = re.compile(r"^# file: (\S+)\n", re.MULTILINE)
_SETTINGS = re.compile("^revplan:", re.MULTILINE)


class Example(NamedTuple):
    """Plan files that show a fault, or its absence.

    Attributes:
        text: as it is printed; a line `# file: NAME` begins another file.
        escaped: bytes and characters that text cannot show are written as Python escapes.
    """

    text: str
    escaped: bool = False

    def files(self) -> dict[str, bytes]:
        """Return the example's files by name, as they would lie on disk."""
        first, *rest = _FILE.split(self.text)
        parts = {_home(first): first} if first.strip() else {}
        parts.update(zip(rest[::2], rest[1::2], strict=True))
        return {name: self._content(text) for name, text in parts.items()}

    def _content(self, text: str) -> bytes:
        if not self.escaped:
            return text.encode()
        return text.encode("ascii").decode("unicode_escape").encode("latin-1")


def _home(text: str) -> str:
    """Return the file an example's lines stand in that come before any `# file:` line."""
    return "revplan.yaml" if _SETTINGS.search(text) else "plan.yaml"


class Manual(NamedTuple):
    """What a rule has to say of itself.

    Attributes:
        fault: the fault in a sentence.
        what: when it is told.
        why: why that matters.
        bad: a plan that has the fault; None where the fault is not one of a file's text.
        good: the same plan without it; None likewise.
    """

    code: Code
    fault: str
    what: str
    why: str
    bad: Example | None
    good: Example | None


def manual(rule: Rule) -> Manual:
    """Return a rule's manual.

    Raises:
        UnknownTopicError: Python runs without docstrings, which hold the manual.
    """
    if rule.__doc__ is None:
        hint = "run it without -OO and with an empty PYTHONOPTIMIZE"
        raise UnknownTopicError("the manual is left out by Python's optimisation", hint=hint)
    text = rule.__doc__
    fault, *parts = _SECTION.split(text)
    sections = {name: (body, bool(mark)) for name, mark, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True)}
    return Manual(
        code=CODE_BY_NAME[rule.CODE],
        fault=_paragraph(fault),
        what=_paragraph(sections["What"][0]),
        why=_paragraph(sections["Why"][0]),
        bad=_example(*sections["Bad"]) if "Bad" in sections else None,
        good=_example(*sections["Good"]) if "Good" in sections else None,
    )


def _paragraph(text: str) -> str:
    return " ".join(text.split())


def _example(text: str, escaped: bool) -> Example:
    return Example(dedent(text.strip("\n")) + "\n", escaped)
