"""What sources said last, kept beside the plan: what moved there since is told from what moved here.

One line a value, sorted, so that two branches that import merge as text does:

    jira:MK-4	deadline	"2026-12-10"
"""

from __future__ import annotations

import json
from collections import ChainMap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from revplan.errors import InputError
from revplan.store.disk.output import write_folder

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from pathlib import Path

    from revplan.app.exchange.files import Fault
    from revplan.app.exchange.fingerprints import OtherValue
    from revplan.model.change import Change, Data
    from revplan.reports.import_preview import Preview

FILE = ".revplan/imports.tsv"
"""The file, in the plan's folder."""
Prefer = Literal["theirs", "ours"]
"""Which side is taken where both moved."""
Verdict = Literal["same", "take", "keep", "differ"]
"""What becomes of a field: it is the same on both sides; theirs is taken; ours stays; or both moved."""


class Unknown:
    """Stands for what the source was never asked, which is another thing than that it said nothing."""


BOTH_MOVED = "both sides moved: --theirs or --ours decides"
UNKNOWN = Unknown()


@dataclass(slots=True)
class Memory:
    """What sources said last, by key and field."""

    said: MutableMapping[tuple[str, str], Data] = field(default_factory=dict)

    def last(self, key: str, name: str) -> Data | Unknown:
        """Return what a source said last of a field; UNKNOWN where it never said anything."""
        return self.said.get((key, name), UNKNOWN)

    def remember(self, key: str, name: str, value: Data) -> None:
        """Note what a source says of a field now."""
        self.said[key, name] = value

    def fork(self) -> Memory:
        """Return what sources said last, to which a row's own is added: it counts once it joins."""
        return Memory(ChainMap({}, self.said))

    def join(self, fork: Memory) -> None:
        """Take what was noted in a fork."""
        assert isinstance(fork.said, ChainMap)
        self.said.update(fork.said.maps[0])

    def text(self) -> str:
        """Return the file's text."""
        lines = (
            f"{key}\t{name}\t{json.dumps(value, ensure_ascii=False, sort_keys=True)}\n"
            for (key, name), value in self.said.items()
        )
        return "".join(sorted(lines))


@dataclass(frozen=True, slots=True)
class Import:
    """What a table brings.

    Attributes:
        preview: what becomes of each row or figure, with values.
        faults: what is refused.
        changes: the edits of the plan.
        memory: what the source says now, to be kept once the changes are written.
    """

    preview: Preview
    faults: tuple[Fault, ...]
    changes: tuple[Change, ...]
    memory: Memory


def read_memory(root: Path) -> Memory:
    """Read what sources said last; nothing where there is no such file.

    Raises:
        InputError: the file cannot be read.
    """
    path = root / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Memory()
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read: {error}") from None
    memory = Memory()
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), start=1):
        parts = line.split("\t")
        try:
            key, name, value = parts
            memory.remember(key, name, json.loads(value))
        except ValueError:
            hint = "resolve the conflict there, or delete the file: then nothing that is here is overwritten"
            raise InputError(f"{path}, line {number}: this is no line of what imports remember", hint=hint) from None
    return memory


def write_memory(root: Path, memory: Memory) -> None:
    """Keep what a source said for the next import; write nothing where the file says so already.

    Raises:
        OutputError: the file cannot be written.
    """
    folder, _, name = FILE.rpartition("/")
    if memory.said != read_memory(root).said:
        write_folder(root / folder, {name: memory.text().encode()})


def prefer_side(*, theirs: bool, ours: bool) -> Prefer | None:
    """Return which side is taken where both moved; None if the user says nothing.

    Raises:
        InputError: both sides are asked for.
    """
    if theirs and ours:
        raise InputError("--theirs and --ours exclude each other")
    return "theirs" if theirs else "ours" if ours else None


def decide(
    last: Data | Unknown | OtherValue, ours: Data, theirs: Data, prefer: Prefer | None, empty: Data = None
) -> Verdict:
    """Return what becomes of a field.

    Args:
        last: what the source said last.
        ours: what the plan says.
        theirs: what the source says.
        prefer: which side is taken where both moved.
        empty: what the plan says where it says nothing.
    """
    if ours == theirs:
        return "same"
    if isinstance(last, Unknown):
        moved_both = ours != empty
    elif last == theirs:
        return "keep"
    else:
        moved_both = last != ours
    if not moved_both:
        return "take"
    return {"theirs": "take", "ours": "keep", None: "differ"}[prefer]  # type: ignore[return-value]
