"""The ids in a plan's files, found by a scan of their lines, fast enough for shell completion.

The scan checks nothing and misses ids that no single line shows; `store.load.read` reads a plan in full. Every import
here delays every press of Tab, so this module imports neither pathlib nor typing.
"""

from __future__ import annotations

import os
import re
import stat
from functools import cache

from revplan.nouns import PATHS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.nouns import Keys

SETTINGS_FILE = "revplan.yaml"
_BRACE = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\n[ \t]*(?:#[^\n]*)?)*[{\[]")
_IN_BRACES = re.compile(
    r"(?<=[\s,{\[])(?:\"(?:[^\"\\]|\\.)*\"|'[^']*')|(?<=\s)#[^\n]*|([A-Za-z0-9_][A-Za-z0-9_.-]*)[ \t]*:(?=\s)|[{}\[\]]"
)
_ANY_COLUMN = 100


@cache
def _line(most: int) -> re.Pattern[str]:
    """Return the pattern of the next line with a key that is indented at most `most` columns."""
    return re.compile(rf"^( {{0,{most}}})[\"']?([A-Za-z0-9_][A-Za-z0-9_.-]*)[\"']?[ \t]*:(?=\s|$)", re.MULTILINE)


def plan_above(folder: str) -> str | None:
    """Return the nearest folder at or above a folder that holds a plan; None if there is none."""
    while not os.path.exists(os.path.join(folder, SETTINGS_FILE)):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


def ids(root: str, path: Keys) -> tuple[str, ...]:
    """Return the ids right below a path of keys in any file of a plan, sorted; see `ids_below`."""
    catalogue = _in_catalogue() if path == PATHS["playbook"] else ()
    return tuple(sorted({*catalogue, *(found for text in _texts(root, path[0]) for found in ids_below(text, path))}))


def _in_catalogue() -> Iterator[str]:
    """Yield the ids of the playbooks that ship with revplan."""
    folder = os.path.join(os.path.dirname(os.path.dirname(__file__)), "_playbooks")
    return (name.removesuffix(".yaml") for name in os.listdir(folder) if name.endswith(".yaml"))


def ids_below(text: str, path: Keys) -> Iterator[str]:
    """Yield the ids below a path of keys in a text. A key that `*` matches precedes the id: `a/b`."""
    above: list[tuple[int, str]] = []
    line = _line(_ANY_COLUMN).search(text)
    while line is not None:
        column, key, position = len(line[1]), line[2], line.end()
        while above and above[-1][0] >= column:
            above.pop()
        keys = (*(each for _, each in above), key)
        fits = _fits(keys, path)
        if fits and len(keys) > len(path):
            yield _entry_name(keys, path)
        brace = _BRACE.match(text, line.end(2) + 1)
        if brace:
            position = _close(text, brace.end() - 1)
            yield from _ids_in_braces(text[brace.end() - 1 : position], keys, path)
        above.append((column, key))
        leads_below = fits and len(keys) <= len(path)  # otherwise the path leads nowhere below this key
        line = _line(_ANY_COLUMN if leads_below else column).search(text, position)


def _close(text: str, start: int) -> int:
    """Return the offset where the brace at `start` is closed."""
    depth = 0
    for token in _IN_BRACES.finditer(text, start):
        depth += (token[0] in "{[") - (token[0] in "}]")
        if depth == 0:
            return token.end()
    return len(text)


def _ids_in_braces(text: str, above: Keys, path: Keys) -> Iterator[str]:
    """Yield the ids in a mapping in braces; `above` is the path of keys to that mapping."""
    if len(above) > len(path) or not _fits(above, path):
        return
    keys: list[str] = []
    last = ""
    for token in _IN_BRACES.finditer(text):
        if token[0] in "{[":
            keys.append(last)
        elif token[0] in "}]":
            keys.pop()
        elif token[1]:
            last = token[1]
            whole = (*above, *keys[1:], last)
            if len(whole) == len(path) + 1 and _fits(whole, path):
                yield _entry_name(whole, path)


def _fits(keys: Keys, path: Keys) -> bool:
    """Tell whether the keys are a prefix of the path, or the path and one key more."""
    return len(keys) <= len(path) + 1 and all(wanted in ("*", key) for key, wanted in zip(keys, path, strict=False))


def _entry_name(keys: Keys, path: Keys) -> str:
    return "/".join((*(key for key, wanted in zip(keys, path, strict=False) if wanted == "*"), keys[-1]))


def _texts(root: str, top: str) -> Iterator[str]:
    """Yield the texts of the plan's files that may hold a top-level key, until _MOST bytes are read."""
    real, left = os.path.realpath(root), _MOST
    for folder, folders, files in os.walk(root):
        if folder != root and SETTINGS_FILE in files:
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if name.endswith((".yaml", ".yml")) and not name.startswith("."):
                text = _text(os.path.join(folder, name), real, left)
                left -= len(text)
                if top in text:
                    yield text


_MOST = 4 * 1024 * 1024
"""Bytes of a plan that are scanned; ten thousand tactics take three million."""


def _text(path: str, real: str, most: int) -> str:
    """Return a file's text; empty for a device, a link out of the plan, or a file of more than `most` bytes."""
    try:
        if os.path.islink(path) and not os.path.realpath(path).startswith(os.path.join(real, "")):
            return ""
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(descriptor, encoding="utf-8", errors="replace") as file:
            found = os.fstat(descriptor)
            return file.read() if stat.S_ISREG(found.st_mode) and found.st_size <= most else ""
    except OSError:
        return ""
