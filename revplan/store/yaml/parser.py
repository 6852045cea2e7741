"""Yields the parser's events of a YAML text, with all of YAML 1.2's plain scalars.

libyaml, the C parser below PyYAML, follows YAML 1.1 in two places. It takes U+0085, U+2028 and U+2029 for ends of
lines. In brackets and braces it takes a `?` or `:` for a mark where YAML 1.2 begins a plain scalar, as in `[?a, :b]`.
Where a text has one of these, the parser reads a text with other characters in their places, and the scalars get the
real ones back. No offset changes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml
from yaml.events import ScalarEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 64
"""Levels of nesting in a plan file; the format itself needs eight."""
_C_LOADER: Any = getattr(yaml, "CSafeLoader", None)
"""PyYAML's loader above libyaml; None where PyYAML was built without libyaml."""
_BREAKS = "\x85\u2028\u2029"
_UNREAD = re.compile(rf"[{_BREAKS}]|[\[{{,:]\s*[?:](?=[^\s,\[\]{{}}])|(?<=:)\?")
_UNREAD_IN_PYTHON = re.compile(rf"{_UNREAD.pattern}|\?(?=[^\s,\[\]{{}}])|(?<=[^\s\[{{,])\?")
"""Stretches whose last character the parser takes for a mark; the parser in pure Python does so with more of them."""
_TIGHT_COLON = re.compile(r":[^\s,\[\]{}]")
_SPARE = range(0xE000, 0xF900)
"""Characters for private use, which stand for others while a text is parsed."""


def nesting_message() -> str:
    """Say that a text is nested too deeply."""
    return f"this is nested more than {MAX_DEPTH} levels deep"


def events(text: str) -> Iterator[Any]:
    """Yield the parser's events.

    Raises:
        YAMLError: the text is not YAML.
        UnicodeEncodeError: the text holds half a character.
    """
    unread = _UNREAD if _C_LOADER is not None else _UNREAD_IN_PYTHON
    is_misread = _may_be_misread(text) and unread.search(text) is not None
    return _parse_disguised(text, unread) if is_misread else _parse(text)


def _may_be_misread(text: str) -> bool:
    """Tell whether a text has what every misread stretch has.

    A file of 1,000 tactics has none of it, and to look for whole stretches took a sixth of the work of reading it.
    """
    has_breaks = not text.isascii() and any(each in text for each in _BREAKS)
    return has_breaks or "?" in text or _TIGHT_COLON.search(text) is not None


def _parse(text: str) -> Iterator[Any]:
    if _C_LOADER is None:
        return yaml.parse(text, Loader=yaml.SafeLoader)  # type: ignore[no-any-return]
    return iter(_C_LOADER(text).get_event, None)


def _parse_disguised(text: str, unread: re.Pattern[str]) -> Iterator[Any]:
    """Yield the events of a text in which the characters that the parser would misread are replaced."""
    spare = (chr(number) for number in _SPARE if chr(number) not in text)
    disguise = dict(zip(f"{_BREAKS}?:", spare, strict=False))
    disguised = unread.sub(lambda found: found[0][:-1] + disguise[found[0][-1]], text)
    real = str.maketrans({mask: character for character, mask in disguise.items()})
    for event in _parse(disguised):
        if event.__class__ is ScalarEvent:
            event.value = event.value.translate(real)
        yield event
