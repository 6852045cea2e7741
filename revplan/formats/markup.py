"""HTML made of elements. Text becomes markup in one place only, and is made harmless there."""

from __future__ import annotations

from html import escape
from typing import NewType

from revplan.formats.paint import visible

Markup = NewType("Markup", str)
"""HTML that is safe to put into a page."""

_WITHOUT_CONTENT = frozenset(("circle", "line", "path", "rect"))
"""Elements of a drawing, which end where they begin."""


def text(plain: str) -> Markup:
    """Return text as it is to be read; nothing in it can become markup."""
    return Markup(escape(visible(plain)))


def element(name: str, *content: Markup, **attributes: str | float | None) -> Markup:
    """Return an element.

    Args:
        name: its tag.
        content: what stands in it, one after the other.
        attributes: those that are None are left out; an underscore stands for a hyphen, and one at the end for nothing.
    """
    said = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None)
    if name in _WITHOUT_CONTENT:
        return Markup(f"<{name}{said}/>")
    return Markup(f"<{name}{said}>{''.join(content)}</{name}>")


def join(*parts: Markup) -> Markup:
    """Return markup that follows one another."""
    return Markup("".join(parts))


def number(value: float) -> str:
    """Return a coordinate, to a hundredth."""
    shown = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def percent(part: float) -> str:
    """Return a part of the width, from 0 to 1, as a coordinate."""
    return f"{number(100 * part)}%"


def _attribute(key: str, value: str | float | None) -> str:
    shown = value if isinstance(value, str) else number(value or 0)
    return f' {key.rstrip("_").replace("_", "-")}="{escape(visible(shown))}"'
