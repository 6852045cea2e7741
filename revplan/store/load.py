"""Reads a plan from its files. Reports every fault and continues past it."""

from __future__ import annotations

import gc
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from revplan.analysis.progress import settle
from revplan.diagnostics import Finding, KeyPlace, TextPlace
from revplan.model.base import Keys, Part, Ref, bad_id_message, is_id
from revplan.model.money import Currency
from revplan.model.numbers import DEFAULT_HOURS_PER_DAY
from revplan.model.plan import COLLECTIONS, PARTS, SINGLETON_BY_KEY, SINGLETONS, TOP_LEVEL_KEYS, Kind, Plan, text_path
from revplan.model.references import written_references
from revplan.model.settings import Settings, context_of_settings
from revplan.store import shape
from revplan.store.cache import FileCache, ReadEntry, read_file
from revplan.store.catalogue import read_playbooks
from revplan.store.disk.logo import read_logo
from revplan.store.disk.written import is_pending
from revplan.store.files import FilesOnDisk, FilesOver, digest
from revplan.store.ids import SETTINGS_FILE
from revplan.store.loaded import Loaded, SourceFile, home
from revplan.store.yaml.comments import hint_of_comment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from revplan.model.references import Reference
    from revplan.store.cache import ReadFile
    from revplan.store.files import Files, FoundFile
    from revplan.store.yaml.events import Parsed

_ID_MAPS = frozenset(kind.path for kind in PARTS)
_ANY_KEY = re.compile(r"^[ \t]*[\"']?([a-z0-9]+(?:-[a-z0-9]+)*)[\"']?[ \t]*:", re.MULTILINE)


def read(root: Path) -> Loaded:
    """Read the plan in a folder, after completing a write that was interrupted there.

    Raises:
        UnreadablePlanError: the folder itself cannot be listed. Every other fault becomes a finding.
        WriteRefusedError: a write is under way, or an interrupted write cannot be completed.
    """
    if is_pending(root):
        from revplan.store.disk.transaction import recover  # noqa: PLC0415 - hardly ever, and slow to import

        recover(root)
    return read_from(FilesOnDisk(root))


def read_over(loaded: Loaded, overlay: Mapping[str, bytes]) -> Loaded:
    """Read a plan again, with some of its files replaced by new contents, or with files added.

    Only files whose content is new are parsed. The result is the same as that of reading every file. An
    editor's buffers (`Loaded.buffers`) stay over the files that the overlay does not replace.

    Args:
        loaded: the plan as it was read before.
        overlay: contents by file name, as in `SourceFile`.

    Raises:
        UnreadablePlanError: the folder itself cannot be listed. Every other fault becomes a finding.
    """
    files = FilesOver(FilesOnDisk(loaded.root), {**loaded.buffers, **overlay})
    return replace(read_from(files, loaded.cache), buffers=loaded.buffers)


def read_from(files: Files, cache: FileCache | None = None) -> Loaded:
    """Read the plan from any source of files: disk, overlay or git.

    Args:
        files: the plan's files.
        cache: what the plan's files were read as before.

    Raises:
        UnreadablePlanError: the files cannot be listed. Every other fault becomes a finding.
    """
    collecting = gc.isenabled()
    gc.disable()  # the plan stays alive as a whole, so garbage collection finds nothing and only costs time
    try:
        return _PlanReader(files, cache or FileCache()).read()
    finally:
        if collecting:
            gc.enable()


@dataclass(slots=True)
class _PlanReader:
    files: Files
    before: FileCache
    cache: FileCache = field(default_factory=FileCache)
    sources: dict[str, SourceFile] = field(default_factory=dict)
    data: dict[str, dict[str, Any]] = field(default_factory=dict)
    homes: dict[Keys, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    broken: set[tuple[str, str]] = field(default_factory=set)
    broken_references: list[tuple[Ref, Reference]] = field(default_factory=list)
    merged: set[tuple[str, Keys]] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    context: dict[str, Any] = field(default_factory=lambda: {"hours_per_day": DEFAULT_HOURS_PER_DAY})

    def read(self) -> Loaded:
        settings = self.settings()
        self.forget_entries_of_other_settings()
        files = self.files.plan_files(settings.exclude)
        for file in files:
            self.load(file)
        parts: dict[str, Any] = {kind.name: self.singleton(kind) for kind in SINGLETONS if kind.name != "revplan"}
        parts |= {kind.path[0]: self.collection(kind) for kind in COLLECTIONS}
        self.data.clear()
        parts["sprints"] = {name: settle(sprint, parts["tactics"]) for name, sprint in parts["sprints"].items()}
        named = {tactic.playbook for tactic in parts["tactics"].values() if tactic.playbook is not None}
        plan = Plan(
            settings,
            **parts,
            broken=frozenset(self.broken),
            broken_references=tuple(self.broken_references),
            unread=frozenset(self.unread),
            catalogue=read_playbooks(named - parts["playbooks"].keys()),
            logo=read_logo(self.files.root, settings.site.logo) if settings.site.logo is not None else None,
        )
        return Loaded(self.files.root, plan, self.sources, self.homes, tuple(self.findings), len(files), self.cache)

    # --- files -------------------------------------------------------------------------------------------------

    def load(self, file: FoundFile) -> None:
        """Read one file's text into data, once."""
        if file.name in self.sources:
            return
        if file.fault is not None:
            self.findings.append(Finding(file.fault[0], TextPlace(0, file=file.name), file.fault[1]))
            return
        try:
            content = self.files.content(file)
        except OSError as error:
            message = f"the file cannot be read: {error.strerror}"
            self.findings.append(Finding("RP011", TextPlace(0, file=file.name), message))
            return
        known = self.read_content(file.name, content)
        self.sources[file.name] = SourceFile(file.name, file.path, known.text, digest(content))
        if known.fault is not None:
            self.findings.append(known.fault.with_file(file.name))
            self.unread.update(_ANY_KEY.findall(known.text))
            return
        self.add_data(file.name, known.text, known.parsed)

    def read_content(self, name: str, content: bytes) -> ReadFile:
        """Return what a file's content is read as, from the cache if it was read before."""
        key = (name, digest(content))
        known = self.before.files.get(key)
        if known is None:
            known = read_file(content)
        self.cache.files[key] = known
        return known

    def forget_entries_of_other_settings(self) -> None:
        """Keep no entries of the cache that other settings may read otherwise."""
        if self.before.context != self.context:
            self.before, self.cache = self.before.without_entries(), self.cache.without_entries()
        self.cache = replace(self.cache, context=self.context)

    def add_data(self, name: str, text: str, parsed: Parsed) -> None:
        """Add a file's data: the top-level keys that the format knows."""
        self.findings.extend(fault.with_file(name) for fault in parsed.faults)
        self.merged.update((name, path) for path in parsed.merged)
        if not parsed.whole:
            self.unread.update(_ANY_KEY.findall(text))
        if parsed.data is None:
            return
        if not isinstance(parsed.data, dict):
            hint = "begin it with one of " + ", ".join(TOP_LEVEL_KEYS)
            hint += f"; if it belongs to something else, write revplan: {{exclude: [{name}]}} in {SETTINGS_FILE}"
            self.add_finding(name, (), "RP103", "a plan file is a mapping", hint)
            return
        if self.is_foreign(name, parsed.data):
            return
        self.data[name] = {key: body for key, body in parsed.data.items() if self.is_known_key(name, key)}

    def is_known_key(self, name: str, key: str) -> bool:
        """Tell whether the format knows a top-level key; report the key if not."""
        if key == "revplan" and name != SETTINGS_FILE:
            hint = f"move them to {SETTINGS_FILE} in the plan's folder"
            self.add_finding(name, (key,), "RP110", "the settings stand in the wrong file", hint, on_key=True)
            return False
        if key not in TOP_LEVEL_KEYS:
            way_out, fix = shape.top_level_hint(key)
            self.add_finding(name, (key,), "RP101", f'unknown key "{key}"', way_out, on_key=True, fix=fix)
            return False
        return True

    def is_foreign(self, name: str, keys: Mapping[str, Any]) -> bool:
        """Tell whether a file holds nothing that any plan file holds; report it once, not by each of its keys."""
        if name == SETTINGS_FILE or not shape.are_foreign(keys):
            return False
        first = next(iter(keys))
        message = f'unknown key "{first}"' + (", like all others in this file" if len(keys) > 1 else "")
        hint = f"if it belongs to something else, write revplan: {{exclude: [{name}]}} in {SETTINGS_FILE}"
        self.add_finding(name, (first,), "RP101", message, hint, on_key=True)
        return True

    def add_finding(self, file: str, keys: Keys, code: str, message: str, hint: str | None = None, **more: Any) -> None:
        self.findings.append(Finding(code, KeyPlace(file, keys), message, hint, **more))

    def bodies(self, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield (file name, mapping) for each file with a top-level key; report values that are not mappings."""
        for file in sorted(self.data):
            body = self.data[file].get(key)
            if isinstance(body, dict):
                yield file, body
            elif body is not None:
                self.add_finding(file, (key,), "RP103", *_NO_MAPPING)

    # --- collections -------------------------------------------------------------------------------------------

    def collection(self, kind: Kind) -> dict[str, Any]:
        """Read every entry of a collection, sorted by id."""
        key, entries = kind.path[0], {}
        for file, bodies in self.bodies(key):
            for entry_id, body in bodies.items():
                place = (key, entry_id)
                if place in self.homes:
                    first = (KeyPlace(self.homes[place], place),)
                    message = f'{kind.name} "{entry_id}" stands in two files'
                    self.add_finding(file, place, "RP107", message, on_key=True, related=first)
                    continue
                self.homes[place] = file
                entity = self.entity(kind, entry_id, body)
                if entity is not None:
                    entries[entry_id] = entity
        return dict(sorted(entries.items()))

    def entity(self, kind: Kind, entry_id: str, body: Any) -> Part | None:
        """Return one entry, from the cache if its file was read before; only if it has no faults. Report its faults."""
        place = (kind.path[0], entry_id)
        file = self.homes[place]
        entries = self.cache.files[file, self.sources[file].digest].entries
        known = entries.get(place)
        if known is None:
            before, first = len(self.findings), len(self.broken_references)
            entity = self.read_entity(kind, entry_id, body)
            entries[place] = ReadEntry(entity, tuple(self.findings[before:]), tuple(self.broken_references[first:]))
            return entity
        self.findings += known.findings
        self.broken_references += known.broken_references
        if known.entity is None:
            self.broken.add((kind.name, entry_id))
        return known.entity

    def read_entity(self, kind: Kind, entry_id: str, body: Any) -> Part | None:
        """Read one entry. Report its faults; return the entry only if it has none."""
        place = (kind.path[0], entry_id)
        if body is not None and body.__class__ is not dict:
            self.add_finding(self.homes[place], place, "RP103", *_NO_MAPPING)
            self.broken.add((kind.name, entry_id))
            return None
        faults = len(self.findings)
        body = body or {}
        if not is_id(entry_id):
            hint = shape.propose_id(entry_id)
            self.add_finding(self.homes[place], place, "RP106", bad_id_message(entry_id), hint, on_key=True)
        if "id" in body:
            message = 'unknown key "id"'
            self.add_finding(
                self.homes[place], (*place, "id"), "RP101", message, "an entry's id is its key", on_key=True
            )
        entity = None
        try:
            entity = kind.model.model_validate({**body, "id": entry_id}, context=self.context)
        except ValidationError as error:
            ref = Ref(kind.name, entry_id)
            self.report(shape.shape_findings(error, kind.model, ref, self.context.get("currency")))
        if entity is None or len(self.findings) > faults:  # without a finding where a merge key is told instead
            self.mark_broken(Ref(kind.name, entry_id), kind, body)
            return None
        return entity

    def mark_broken(self, ref: Ref, kind: Kind, body: Any) -> None:
        """Record that an entry could not be read, and record the references in it."""
        self.broken.add((ref.kind, ref.id))
        self.broken_references.extend((ref, reference) for reference in written_references(kind.model, body))

    # --- singletons --------------------------------------------------------------------------------------------

    def settings(self) -> Settings:
        """Read revplan.yaml before the other files: it says which files make the plan, and how long a day is."""
        self.load(self.files.settings_file())
        kind = SINGLETON_BY_KEY["revplan"]
        body = self.data.get(SETTINGS_FILE, {}).get("revplan")
        self.context |= context_of_settings(body)
        found = self.salvage(kind, _copy(body)) if body.__class__ is dict else None
        if isinstance(found, Settings):
            self.context |= found.reading_context()
            return found
        self.broken.add((kind.name, ""))
        if body is None and (SETTINGS_FILE in self.data or not self.findings):
            hint = "begin it with revplan: {format: 1, company: …, currency: USD}"
            self.add_finding(SETTINGS_FILE, (), "RP102", "the settings are missing", hint)
        elif body is not None and body.__class__ is not dict:
            self.add_finding(SETTINGS_FILE, kind.path, "RP103", *_NO_MAPPING)
        return _NO_SETTINGS

    def singleton(self, kind: Kind) -> Part:
        """Read a singleton, such as the settings, from every file that holds a part of it."""
        merged: dict[str, Any] = {}
        for file, body in self.bodies(kind.path[0]):
            self.merge(merged, body, kind.path, file)
        return self.salvage(kind, merged) or kind.model()

    def merge(self, into: dict[str, Any], body: dict[str, Any], path: Keys, file: str) -> None:
        """Merge a file's part of a singleton into `into`, maps of ids by id. A value set twice is a fault."""
        for key, value in body.items():
            place = (*path, key)
            if key not in into:
                into[key] = self.record_home(value, place, file)
            elif into[key].__class__ is dict and value.__class__ is dict and path not in _ID_MAPS:
                self.merge(into[key], value, place, file)
            else:
                code, what = ("RP107", "stands in two files") if path in _ID_MAPS else ("RP109", "is set in two files")
                first = (KeyPlace(self.home(place), place),)
                self.add_finding(file, place, code, f'"{key}" {what}', on_key=True, related=first)

    def record_home(self, value: Any, place: Keys, file: str) -> Any:
        """Record which file holds a value and everything in it; return a copy that a merge may extend."""
        self.homes[place] = file
        if value.__class__ is not dict:
            return value
        return {key: self.record_home(below, (*place, key), file) for key, below in value.items()}

    def salvage(self, kind: Kind, body: dict[str, Any]) -> Part | None:
        """Read a singleton. Report its faults, remove the faulty parts, and read the rest again."""
        told = False
        while True:
            try:
                return kind.model.model_validate(body, context=self.context)
            except ValidationError as error:
                if not told:
                    currency = body.get("currency") if kind.name == "revplan" else self.context.get("currency")
                    self.report(shape.shape_findings(error, kind.model, Ref(kind.name), currency))
                    told = True
                if not self.remove_faulty(kind, body, error):
                    return None

    def remove_faulty(self, kind: Kind, body: dict[str, Any], error: ValidationError) -> bool:
        """Remove the faulty parts from a singleton's body; return whether anything was removed."""
        removed = False
        for detail in error.errors(include_url=False, include_context=False, include_input=False):
            keys = detail["loc"][:-1] if detail["type"] in _LACKING else detail["loc"]
            removed |= self.remove(kind, body, [str(key) for key in keys])
        return removed

    def remove(self, kind: Kind, body: dict[str, Any], keys: list[str]) -> bool:
        """Remove the entry of a map of ids that the keys lead into, or else the value of the first key."""
        path: Keys = kind.path
        for depth, key in enumerate(keys):
            if path in _ID_MAPS or depth == len(keys) - 1 or not isinstance(body.get(key), dict):
                broken = _PART_BY_PATH[path] if path in _ID_MAPS else kind
                self.mark_broken(Ref(broken.name, key), broken, body.get(key) if path in _ID_MAPS else None)
                return body.pop(key, _ABSENT) is not _ABSENT
            path, body = (*path, key), body[key]
        return False

    def report(self, findings: Iterator[Finding]) -> None:
        """Record an entry's findings."""
        for found in findings:
            assert isinstance(found.place, Ref)
            keys = text_path(found.place)
            if found.code == "RP102" and (self.home(keys), keys[:-1]) in self.merged:
                continue  # a merge key may provide the field, and is reported already
            source = self.sources.get(self.home(keys)) if found.code == "RP102" else None
            hint = hint_of_comment(source.text, str(keys[-1])) if source is not None else None
            self.findings.append(found._replace(hint=hint) if hint else found)

    def home(self, keys: Keys) -> str:
        """Return the name of the file that holds the value at these keys."""
        return home(self.homes, keys)


def _copy(value: Any) -> Any:
    """Return a copy of data whose mappings may be changed."""
    return {key: _copy(below) for key, below in value.items()} if value.__class__ is dict else value


_NO_MAPPING = ("a mapping is expected here", "write it as key: value lines")
_ABSENT = object()
_LACKING = ("missing",)
_PART_BY_PATH: dict[Keys, Kind] = {kind.path: kind for kind in PARTS}
_NO_SETTINGS = Settings(format=1, company="?", currency=Currency("USD"))
