"""`revplan fmt`: plan files in their canonical order and spacing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.app.selection import is_in, name_in_plan
from revplan.store.canonical import reformat
from revplan.store.loaded import TextFinding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from revplan.store.edits import Edits
    from revplan.store.loaded import Loaded


@dataclass(frozen=True, slots=True)
class Reformatting:
    """What would be written.

    Attributes:
        broken: names of files whose text has faults; they are left as they are.
    """

    edits: Edits
    broken: tuple[str, ...]


def reformatting(loaded: Loaded, paths: Sequence[Path]) -> Reformatting:
    """Work out what is written to make a plan's files canonical; those that paths name, or all of them.

    Raises:
        UnknownPathError: a path does not exist, or is no part of the plan.
    """
    names = [name_in_plan(path, loaded.root) for path in paths]
    faulty = {finding.file for finding in loaded.findings if isinstance(finding, TextFinding)}
    broken = tuple(sorted(file for file in faulty if is_in(file, names)))
    sound = [source for name, source in loaded.sources.items() if name not in faulty and is_in(name, names)]
    return Reformatting(reformat(loaded.root, sound), broken)
