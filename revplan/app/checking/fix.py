"""`revplan validate --fix` and `revplan fmt`.

What can only have been meant otherwise, and the canonical order and spacing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.app.checking.validate import FIRST_SUPPRESSIBLE, UNUSED_IGNORE, is_in, name_in_plan
from revplan.errors import WriteRefusedError
from revplan.store.disk.edits import BYTE_ORDER_MARK, Edits, FileEdit, basis_of, bytes_of
from revplan.store.disk.transaction import commit
from revplan.store.edit.canonical import reformat
from revplan.store.load import read_over
from revplan.store.loaded import TextFinding
from revplan.store.yaml.spans import SourceLines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

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


if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from revplan.app.checking.validate import Validation
    from revplan.diagnostics import Diagnostic, Fix
    from revplan.store.loaded import Loaded, SourceFile

    Check = Callable[[Loaded], Validation]
    Narrow = Callable[[Validation], Validation]

ROUNDS = 8
"""Times that what a fix has brought to light is fixed too."""

MOST_TRIES = 100
"""Checks of the whole plan in one round, where some of many fixes bring other faults."""


@dataclass(frozen=True, slots=True)
class Done:
    """A fix that was made: of which finding, and what stood there before."""

    finding: Diagnostic
    fix: Fix
    before: str

    def __str__(self) -> str:
        place = f"{self.fix.location.file}:{self.fix.location.line}:{self.fix.location.column}"
        what = f"{self.before.strip()} → {self.fix.text}" if self.fix.text else f"removed {self.before.strip()}"
        return f"{place} {self.finding.slug}: {what}"


def fix_plan(loaded: Loaded, check: Check, narrow: Narrow) -> tuple[Loaded, tuple[Done, ...]]:
    """Fix what can be fixed in a plan, write it, and return the plan as it is then.

    A fix is made only where it removes its finding and brings no other of text, shape or reference. What a fault
    had hidden may come to light: an entry that could not be read is judged by the rules now.

    Args:
        loaded: the plan.
        check: finds what is wrong with a plan.
        narrow: leaves of that what is to be fixed.

    Raises:
        WriteRefusedError: the files cannot be written; none of them has changed then.
    """
    fixing = _Fixing(loaded, check, narrow)
    done: list[Done] = []
    for _ in range(ROUNDS):
        made = fixing.step()
        if not made:
            break
        done += made
    commit(fixing.edits())
    return fixing.loaded, tuple(done)


class _Fixing:
    """A plan that is being fixed, in memory."""

    def __init__(self, loaded: Loaded, check: Check, narrow: Narrow) -> None:
        self.before = loaded
        self.loaded = loaded
        self.check = check
        self.narrow = narrow
        self.hard: Counter[tuple[str, str]] = Counter()
        self.tries = 0

    def step(self) -> list[Done]:
        """Make every fix that helps; return them."""
        found_now = self.check(self.loaded)
        self.hard, self.tries = _hard(found_now), MOST_TRIES
        fixes = [(found, found.fix) for found in self.narrow(found_now).diagnostics if found.fix is not None]
        writable = {name for name in {fix.location.file for _, fix in fixes} if self.may_write(name)}
        offered = _apart((found, fix) for found, fix in fixes if fix.location.file in writable)
        kept = self.helpful(offered)
        before = _stretches(self.loaded, (fix for _, fix in kept))
        done = [Done(found, fix, text) for (found, fix), text in zip(kept, before, strict=True)]
        self.loaded = self.having(kept)
        return done

    def may_write(self, file: str) -> bool:
        """Tell whether a file can be written back as it was read."""
        try:
            bytes_of(self.loaded.sources[file])
        except WriteRefusedError:
            return False
        return True

    def helpful(self, offered: Sequence[tuple[Diagnostic, Fix]]) -> Sequence[tuple[Diagnostic, Fix]]:
        """Return those fixes that leave less to fix when made together; fewer where too many would have to be tried."""
        if not offered or self.tries <= 0:
            return ()
        if self.helps(offered):
            return offered
        if len(offered) == 1:
            return ()
        half = len(offered) // 2
        first, second = self.helpful(offered[:half]), self.helpful(offered[half:])
        if not first or not second:
            return (*first, *second)
        return (*first, *second) if self.helps((*first, *second)) else first

    def helps(self, fixes: Sequence[tuple[Diagnostic, Fix]]) -> bool:
        """Tell whether fixes remove what they fix, and bring no other fault of text, shape or reference."""
        self.tries -= 1
        before, after = self.hard, _hard(self.check(self.having(fixes)))
        made = Counter((found.code, found.location.file) for found, _ in fixes)
        is_new = {code for code, _ in after - before} - {UNUSED_IGNORE}
        return not is_new and all(after[each] <= before[each] - count for each, count in made.items())

    def having(self, fixes: Iterable[tuple[Diagnostic, Fix]]) -> Loaded:
        """Return the plan as it would be with fixes."""
        by_file: dict[str, list[Fix]] = defaultdict(list)
        for _, fix in fixes:
            by_file[fix.location.file].append(fix)
        written = {name: _written(self.loaded.sources[name], found) for name, found in by_file.items()}
        return read_over(self.loaded.root, {**self.overlay(), **written})

    def overlay(self) -> dict[str, bytes]:
        """Return the new contents of the files that have changed so far."""
        return {edit.name: edit.new for edit in self.edits().files}

    def edits(self) -> Edits:
        """Return what is to be written."""
        sources = self.before.sources
        changed = [now for name, now in self.loaded.sources.items() if now.digest != sources[name].digest]
        files = (FileEdit(now.name, now.path, bytes_of(sources[now.name]), bytes_of(now)) for now in changed)
        return Edits(self.before.root, tuple(files), basis_of(self.before))


def _apart(offered: Iterable[tuple[Diagnostic, Fix]]) -> list[tuple[Diagnostic, Fix]]:
    """Return the fixes without those that overlap an earlier one: their turn comes in the next round."""
    kept: list[tuple[Diagnostic, Fix]] = []
    for found, fix in sorted(offered, key=lambda each: each[1].location):
        last = kept[-1][1].location if kept else None
        here = fix.location
        if last is None or last.file != here.file or (last.end_line, last.end_column) <= (here.line, here.column):
            kept.append((found, fix))
    return kept


def _hard(validation: Validation) -> Counter[tuple[str, str]]:
    """Count the findings of text, shape and reference."""
    return Counter(
        (found.code, found.location.file) for found in validation.diagnostics if found.code < FIRST_SUPPRESSIBLE
    )


def _written(source: SourceFile, fixes: Sequence[Fix]) -> bytes:
    """Return a file's bytes with fixes, none of which overlaps another."""
    mark = BYTE_ORDER_MARK if bytes_of(source).startswith(BYTE_ORDER_MARK) else b""
    pieces, done, lines = [], 0, SourceLines(source.text)
    for fix in sorted(fixes, key=lambda each: each.location):
        start, end = _offsets(lines, fix)
        pieces += [source.text[done:start], fix.text]
        done = end
    return mark + "".join((*pieces, source.text[done:])).encode()


def _stretches(loaded: Loaded, fixes: Iterable[Fix]) -> Iterator[str]:
    """Yield what stands in the places of fixes."""
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
