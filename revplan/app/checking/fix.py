"""`revplan validate --fix` and `revplan fmt`.

`--fix` makes corrections that are the only possible ones. `fmt` brings files into canonical order and spacing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from revplan.app.checking.validate import FIRST_SUPPRESSIBLE, UNUSED_IGNORE, is_in, name_in_plan
from revplan.diagnostics import TextFix, TextPlace
from revplan.errors import WriteRefusedError
from revplan.store.disk.edits import BYTE_ORDER_MARK, Edits, FileEdit, basis_of, bytes_of
from revplan.store.disk.transaction import commit
from revplan.store.edit.canonical import reformat
from revplan.store.load import read_over
from revplan.store.yaml.spans import SourceLines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from revplan.app.checking.validate import Validation
    from revplan.diagnostics import Diagnostic, Fix
    from revplan.store.loaded import Loaded, SourceFile

    Check = Callable[[Loaded], Validation]
    Narrow = Callable[[Validation], Validation]


class Reformatting(NamedTuple):
    """The proposed reformatting of a plan's files, not yet written.

    Attributes:
        edits: the edits that bring files into canonical form.
        broken: names of files whose text has faults. These files stay unchanged.
    """

    edits: Edits
    broken: tuple[str, ...]


def reformatting(loaded: Loaded, paths: Sequence[Path]) -> Reformatting:
    """Return the reformatting of the files that paths name, or of all the plan's files without paths.

    Raises:
        UnknownPathError: a path does not exist, or is not part of the plan.
    """
    return reformatting_of(loaded, [name_in_plan(path, loaded.root) for path in paths])


def reformatting_of(loaded: Loaded, names: Sequence[str]) -> Reformatting:
    """Return the reformatting of files and folders by their names in the plan, or of all files without names."""
    faulty = {found.place.file for found in loaded.findings if isinstance(found.place, TextPlace)}
    broken = tuple(sorted(file for file in faulty if is_in(file, names)))
    sound = [source for name, source in loaded.sources.items() if name not in faulty and is_in(name, names)]
    return Reformatting(reformat(loaded.root, sound), broken)


def write_reformatted(loaded: Loaded, paths: Sequence[Path]) -> Reformatting:
    """Write a reformatting, and return it. If the files changed since they were read, those of now are reformatted.

    Raises:
        UnknownPathError: a path does not exist, or is not part of the plan.
        WriteRefusedError: the files cannot be written. No file was written.
    """
    found: list[Reformatting] = []

    def edits_from(now: Loaded) -> Edits:
        found.append(reformatting(now, paths))
        return replace(found[-1].edits, basis=basis_of(now))

    commit(edits_from(loaded), again=lambda: edits_from(read_over(loaded, {})))
    return found[-1]


ROUNDS = 8
"""Largest number of rounds. Each round fixes the findings that the round before has revealed."""

MOST_TRIES = 100
"""Largest number of checks of the whole plan in one round, if some fixes bring other faults."""


@dataclass(frozen=True, slots=True)
class Done:
    """A fix that was made: its finding, and the text before the fix."""

    finding: Diagnostic
    fix: Fix
    before: str

    def __str__(self) -> str:
        place = f"{self.fix.location.file}:{self.fix.location.line}:{self.fix.location.column}"
        what = f"{self.before.strip()} → {self.fix.text}" if self.fix.text else f"removed {self.before.strip()}"
        return f"{place} {self.finding.slug}: {what}"


def fix_plan(loaded: Loaded, check: Check, narrow: Narrow) -> tuple[Loaded, tuple[Done, ...]]:
    """Make and write all possible fixes of a plan; return the fixed plan and the fixes.

    If the files changed since they were read, those of now are fixed.

    Args:
        loaded: the plan.
        check: returns all findings about a plan.
        narrow: selects the findings to fix.

    Raises:
        WriteRefusedError: the files cannot be written. No file has changed.
    """
    fixed: list[Fixes] = []

    def edits_from(now: Loaded) -> Edits:
        fixed.append(fixes_of(now, check, narrow))
        return fixed[-1].edits

    commit(edits_from(loaded), again=lambda: edits_from(read_over(loaded, {})))
    return fixed[-1].loaded, fixed[-1].done


class Fixes(NamedTuple):
    """The possible fixes of a plan, not yet written.

    Attributes:
        loaded: the plan with the fixes made.
        done: the fixes, in the order in which they were made.
        edits: the edits of the plan's files.
    """

    loaded: Loaded
    done: tuple[Done, ...]
    edits: Edits


def fixes_of(loaded: Loaded, check: Check, narrow: Narrow) -> Fixes:
    """Return all possible fixes of a plan. Nothing is written.

    A fix is made only if it removes its finding and brings no new finding of text, shape or reference. A fix may
    reveal findings of other rules: the rules now check an entry that could not be read before.

    Args:
        loaded: the plan.
        check: returns all findings about a plan.
        narrow: selects the findings to fix.
    """
    fixing = _Fixing(loaded, check, narrow)
    done: list[Done] = []
    for _ in range(ROUNDS):
        made = fixing.step()
        if not made:
            break
        done += made
    return Fixes(fixing.loaded, tuple(done), fixing.edits())


def text_fix(loaded: Loaded, fix: Fix) -> TextFix:
    """Return a fix by the offsets of its stretch in its file's text."""
    return TextFix(*_offsets(SourceLines(loaded.sources[fix.location.file].text), fix), fix.text)


class _Fixing:
    """Fixes a plan in memory."""

    def __init__(self, loaded: Loaded, check: Check, narrow: Narrow) -> None:
        self.before = loaded
        self.loaded = loaded
        self.check = check
        self.narrow = narrow
        self.basic_faults: Counter[tuple[str, str]] = Counter()
        self.tries = 0

    def step(self) -> list[Done]:
        """Make every helpful fix; return the fixes made."""
        found_now = self.check(self.loaded)
        self.basic_faults, self.tries = _count_basic_faults(found_now), MOST_TRIES
        fixes = [(found, found.fix) for found in self.narrow(found_now).diagnostics if found.fix is not None]
        writable = {name for name in {fix.location.file for _, fix in fixes} if self.may_write(name)}
        offered = _without_overlaps((found, fix) for found, fix in fixes if fix.location.file in writable)
        kept = self.select_helpful(offered)
        before = _replaced_texts(self.loaded, (fix for _, fix in kept))
        done = [Done(found, fix, text) for (found, fix), text in zip(kept, before, strict=True)]
        self.loaded = self.plan_with(kept)
        return done

    def may_write(self, file: str) -> bool:
        """Tell whether a file's bytes can be restored from its text, so that the file can be written."""
        try:
            bytes_of(self.loaded.sources[file])
        except WriteRefusedError:
            return False
        return True

    def select_helpful(self, offered: Sequence[tuple[Diagnostic, Fix]]) -> Sequence[tuple[Diagnostic, Fix]]:
        """Return a set of fixes that help when made together. The set may be incomplete after MOST_TRIES checks."""
        if not offered or self.tries <= 0:
            return ()
        if self.helps(offered):
            return offered
        if len(offered) == 1:
            return ()
        half = len(offered) // 2
        first, second = self.select_helpful(offered[:half]), self.select_helpful(offered[half:])
        if not first or not second:
            return (*first, *second)
        return (*first, *second) if self.helps((*first, *second)) else first

    def helps(self, fixes: Sequence[tuple[Diagnostic, Fix]]) -> bool:
        """Tell whether fixes remove their findings and bring no new fault of text, shape or reference.

        A fault that has a fix of its own is none: of `due: 12/15/2026` the key is corrected first, and then the date.
        """
        self.tries -= 1
        checked = self.check(self.plan_with(fixes))
        before, after = self.basic_faults, _count_basic_faults(checked)
        lasting = _count_basic_faults(checked, fixable=False)
        made = Counter((found.code, found.location.file) for found, _ in fixes)
        is_new = {code for code, _ in lasting - before} - {UNUSED_IGNORE}
        return not is_new and all(after[each] <= before[each] - count for each, count in made.items())

    def plan_with(self, fixes: Iterable[tuple[Diagnostic, Fix]]) -> Loaded:
        """Return the plan with some fixes made."""
        by_file: dict[str, list[Fix]] = defaultdict(list)
        for _, fix in fixes:
            by_file[fix.location.file].append(fix)
        written = {name: _apply_fixes(self.loaded.sources[name], found) for name, found in by_file.items()}
        return read_over(self.loaded, {**self.overlay(), **written})

    def overlay(self) -> dict[str, bytes]:
        """Return the new contents of the files changed so far, by name."""
        return {edit.name: edit.new for edit in self.edits().files}

    def edits(self) -> Edits:
        """Return the edits to write."""
        sources = self.before.sources
        known = [now for name, now in self.loaded.sources.items() if name in sources]  # others may add files meanwhile
        changed = [now for now in known if now.digest != sources[now.name].digest]
        files = (FileEdit(now.name, now.path, bytes_of(sources[now.name]), bytes_of(now)) for now in changed)
        return Edits(self.before.root, tuple(files), basis_of(self.before))


def _without_overlaps(offered: Iterable[tuple[Diagnostic, Fix]]) -> list[tuple[Diagnostic, Fix]]:
    """Return the fixes without those that overlap an earlier fix. The next round makes these."""
    kept: list[tuple[Diagnostic, Fix]] = []
    for found, fix in sorted(offered, key=lambda each: each[1].location):
        last = kept[-1][1].location if kept else None
        here = fix.location
        if last is None or last.file != here.file or (last.end_line, last.end_column) <= (here.line, here.column):
            kept.append((found, fix))
    return kept


def _count_basic_faults(validation: Validation, *, fixable: bool = True) -> Counter[tuple[str, str]]:
    """Count the findings of text, shape and reference, by code and file; if not `fixable`, those without a fix."""
    return Counter(
        (found.code, found.location.file)
        for found in validation.diagnostics
        if found.code < FIRST_SUPPRESSIBLE and (fixable or found.fix is None)
    )


def _apply_fixes(source: SourceFile, fixes: Sequence[Fix]) -> bytes:
    """Return a file's bytes with fixes made. The fixes do not overlap."""
    mark = BYTE_ORDER_MARK if bytes_of(source).startswith(BYTE_ORDER_MARK) else b""
    pieces, done, lines = [], 0, SourceLines(source.text)
    for fix in sorted(fixes, key=lambda each: each.location):
        start, end = _offsets(lines, fix)
        pieces += [source.text[done:start], fix.text]
        done = end
    return mark + "".join((*pieces, source.text[done:])).encode()


def _replaced_texts(loaded: Loaded, fixes: Iterable[Fix]) -> Iterator[str]:
    """Yield the text that each fix replaces."""
    lines = {}
    for fix in fixes:
        text = loaded.sources[fix.location.file].text
        if fix.location.file not in lines:
            lines[fix.location.file] = SourceLines(text)
        start, end = _offsets(lines[fix.location.file], fix)
        yield text[start:end]


def _offsets(lines: SourceLines, fix: Fix) -> tuple[int, int]:
    location = fix.location
    return lines.offset(location.line, location.column), lines.offset(location.end_line, location.end_column)
