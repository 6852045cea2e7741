"""What the files of one reading were read as, so that the next reading parses only the files that changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from revplan.diagnostics import text_finding
from revplan.store.yaml.events import parse

if TYPE_CHECKING:
    from revplan.diagnostics import Finding
    from revplan.model.base import Keys, Part, Ref
    from revplan.model.references import Reference
    from revplan.store.yaml.events import Parsed


class ReadEntry(NamedTuple):
    """What one entry of a file was read as.

    Attributes:
        entity: the entry; None if it has faults.
        findings: the entry's faults of shape.
        broken_references: the references that are written in an entry with faults, each with the place of the entry.
    """

    entity: Part | None
    findings: tuple[Finding, ...]
    broken_references: tuple[tuple[Ref, Reference], ...]


class ReadFile(NamedTuple):
    """What a content of a file was read as. It follows from the file's name, the content and the reading's context.

    Attributes:
        text: the content's text without a byte order mark.
        fault: the fault of the content's encoding; None if it is UTF-8.
        parsed: the data and faults of the text; of an empty text where the content is not UTF-8.
        entries: the entries that were read so far, by their keys. Reading adds to them.
    """

    text: str
    fault: Finding | None
    parsed: Parsed
    entries: dict[Keys, ReadEntry]


@dataclass(frozen=True, slots=True)
class FileCache:
    """What the files of one reading were read as.

    A file is known by its name and its digest, so nothing in the cache is ever out of date. Each reading makes a cache
    of its own files alone; what no file holds any more is forgotten with the plan that it was read into.

    Attributes:
        files: what was read, by (name, digest).
        context: the settings that the reading of entries depends on.
    """

    files: dict[tuple[str, str], ReadFile] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)

    def without_entries(self) -> FileCache:
        """Return the same files without their entries, which other settings may read otherwise."""
        return FileCache({key: file._replace(entries={}) for key, file in self.files.items()})


def read_file(content: bytes) -> ReadFile:
    """Return what a file's content is read as, entries aside."""
    text, fault = _decode(content)
    return ReadFile(text, fault, parse(text if fault is None else ""), {})


def _decode(content: bytes) -> tuple[str, Finding | None]:
    """Return a file's text without a byte order mark, and the fault of its encoding, if any."""
    try:
        return content.decode("utf-8").removeprefix("\ufeff"), None
    except UnicodeDecodeError as error:
        readable = content[: error.start].decode("utf-8").removeprefix("\ufeff")
        text = content.decode("utf-8", errors="replace").removeprefix("\ufeff")
        message = f"the byte 0x{content[error.start]:02X} is not UTF-8"
        return text, text_finding("RP001", message, len(readable), hint="save the file as UTF-8")
