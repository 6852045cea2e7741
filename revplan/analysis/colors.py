"""Contrast of colors, by the Web Content Accessibility Guidelines 2.2.

Source: W3C, WCAG 2.2, "relative luminance" and "contrast ratio"; success criteria 1.4.3 (text, 4.5 to 1) and 1.4.11
(parts of graphics, 3 to 1).
"""

from __future__ import annotations

PAPER, DARK_PAPER = "#ffffff", "#12161b"
"""What pages of reports are written on, by day and by night."""
READABLE = 4.5
"""The least contrast of text."""
_STEPS = 20


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colors, from 1 to 21.

    Args:
        one: a color as `#rrggbb`.
        other: another.
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(color: str, paper: str) -> str:
    """Return a color, darker or lighter by twentieths until text in it can be read on a paper."""
    end = "#000000" if _luminance(paper) > _luminance("#777777") else "#ffffff"
    for step in range(_STEPS):
        mixed = _mix(color, end, step / _STEPS)
        if contrast(mixed, paper) >= READABLE:
            return mixed
    return end


def _mix(color: str, other: str, part: float) -> str:
    """Return a color with a part, 0 to 1, of another in it."""
    pairs = zip(_parts(color), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * part):02x}" for one, two in pairs)


def _parts(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - of the formula
