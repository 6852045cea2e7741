"""`revplan report --watch`: writes anew when the plan changes; polls files, for no system tells of changes alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.errors import RevplanError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Marks = Mapping[str, tuple[int, int]]

ENDINGS = (".yaml", ".yml")
MOST_FILES = 20_000
"""Files of a folder that are looked at: a plan has far fewer, and a folder with more is no plan's."""


def look(root: Path) -> Marks:
    """Return when each YAML file below a folder was changed (nanoseconds) and how large it is, by its path.

    Hidden folders and links are left out, as the plan's reading leaves them out. A file that goes while it is looked at
    is left out too.
    """
    found: dict[str, tuple[int, int]] = {}
    folders = [root]
    while folders and len(found) < MOST_FILES:
        folder = folders.pop()
        try:
            entries = sorted(folder.iterdir())
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            if entry.is_dir():
                folders.append(entry)
            elif entry.suffix in ENDINGS:
                try:
                    seen = entry.stat()
                except OSError:
                    continue
                found[str(entry)] = (seen.st_mtime_ns, seen.st_size)
    return found


def watch(
    root: Path, write: Callable[[], None], tell: Callable[[RevplanError], object], wait: Callable[[], bool]
) -> None:
    """Write each time the plan's files differ from when they were last looked at; the first look is at the call.

    Args:
        root: the plan's folder.
        write: reads the plan and writes what is wanted.
        tell: receives what is wrong with the plan, in the middle of an edit say; watching goes on.
        wait: waits a while, and returns whether to go on.
    """
    before = look(root)
    while wait():
        now = look(root)
        if now == before:
            continue
        before = now
        try:
            write()
        except RevplanError as error:
            tell(error)
