"""Reads the picture that the settings name for the head of pages: from the plan's folder alone, and never by a link.

A plan may be somebody else's. What its settings name is copied into pages that go to others, so no file outside the
plan can be named, be it by a path or by a link, and nothing is copied that is not a picture.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath

from revplan.model.plan import Logo

LARGEST = 50_000
"""Bytes: every page of a site carries its own copy."""
_SVG_WITHIN = 2_000
"""Bytes at the start of an SVG file within which its element begins."""
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
_BEFORE = ((b"<?", b"?>"), (b"<!--", b"-->"), (b"<!", b">"))
"""How what may stand before the element of an SVG file begins and ends."""


def read_logo(root: Path, name: str) -> Logo:
    """Return a picture by its path from the plan's folder, or why it cannot be used.

    Args:
        root: the plan's folder.
        name: what the settings name, with forward slashes.
    """
    if not _is_inside(name):
        return Logo(fault="is not a path inside the plan's folder")
    place = root
    for part in PurePosixPath(name).parts:
        place /= part
        if place.is_symlink():
            return Logo(fault="is a link, or lies behind one")
    try:
        content = _content(place)
    except OSError as error:
        return Logo(fault=f"cannot be read: {error.strerror or error}")
    return _logo_of(content)


def _is_inside(name: str) -> bool:
    """Tell whether a path stays below the folder that it starts from, on any system."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and not set(name) & set("\\:\0")


def _logo_of(content: bytes | None) -> Logo:
    if content is None:
        return Logo(fault="is no regular file")
    if len(content) > LARGEST:
        return Logo(fault=f"has more than {LARGEST // 1000} kB")
    media_type = _media_type(content)
    return Logo(media_type, content) if media_type else Logo(fault="is no PNG, JPEG, WebP or SVG picture")


def _content(path: Path) -> bytes | None:
    """Return a regular file's bytes, a few more than are used at most; None where it is something else."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        return file.read(LARGEST + 1)


def _media_type(content: bytes) -> str | None:
    """Return what kind of picture a file is, by how it begins; None where it is none."""
    known = next((kind for beginning, kind in _BEGINNINGS if content.startswith(beginning)), None)
    if known is not None:
        return known
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "image/svg+xml" if _is_svg(content[:_SVG_WITHIN]) else None


def _is_svg(head: bytes) -> bool:
    """Tell whether a file's first element is `svg`, after what may stand before it in XML."""
    left = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    while True:
        end = next((end for start, end in _BEFORE if left.startswith(start)), None)
        if end is None:
            return left[:4] == b"<svg" and left[4:5] in (b" ", b"\t", b"\n", b"\r", b">", b"/")
        left = left.partition(end)[2].lstrip()
