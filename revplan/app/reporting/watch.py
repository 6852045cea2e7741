"""`revplan report --watch`: writes anew when the plan changes; polls files, for no system tells of changes alike."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from revplan.errors import RevplanError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from revplan.store.loaded import Loaded

    Marks = Mapping[str, tuple[int, int]]

ENDINGS = (".yaml", ".yml")
MOST_FILES = 20_000
"""Files of a folder that are looked at: a plan has far fewer, and a folder with more is no plan's."""


def logo_files(loaded: Loaded) -> tuple[Path, ...]:
    """Return where the plan's logo lies, whether it is there or not; nothing where the plan names none."""
    name = loaded.plan.settings.site.logo
    return (loaded.root / name,) if name else ()


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
                found |= look_at((entry,))
    return found


def look_at(files: Iterable[Path]) -> Marks:
    """Return when each file that is there was changed (nanoseconds) and how large it is, by its path."""
    found: dict[str, tuple[int, int]] = {}
    for file in files:
        with suppress(OSError, ValueError):
            seen = file.stat()
            found[str(file)] = (seen.st_mtime_ns, seen.st_size)
    return found


def watch(
    root: Path,
    write: Callable[[], None],
    tell: Callable[[RevplanError], object],
    wait: Callable[[], bool],
    others: Callable[[], Iterable[Path]] = tuple,
) -> None:
    """Write each time the plan's files differ from when they were last looked at; the first look is at the call.

    Args:
        root: the plan's folder.
        write: reads the plan and writes what is wanted.
        tell: receives what is wrong with the plan, such as a file that is being edited; watching goes on.
        wait: waits a while, and returns whether to go on.
        others: returns what is looked at beside the YAML: the logo that the plan named when it was last read.
    """
    before, pictures = look(root), look_at(others())
    while wait():
        now, seen = look(root), look_at(others())
        if (now, seen) == (before, pictures):
            continue
        before = now
        try:
            write()
        except RevplanError as error:
            tell(error)
        pictures = {name: seen.get(name, mark) for name, mark in look_at(others()).items()}
