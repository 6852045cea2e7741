"""`revplan validate --fix`: what can only have been meant otherwise is written as it must be."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.app.ignores import FIRST_THAT_YIELDS, UNUSED_IGNORE
from revplan.errors import WriteRefusedError
from revplan.store.commit import commit
from revplan.store.edits import BYTE_ORDER_MARK, Edits, FileEdit, basis_of, bytes_of
from revplan.store.locate import Lines
from revplan.store.read import read_over

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from revplan.app.validate import Validation
    from revplan.diagnostics import Diagnostic, Fix
    from revplan.store.loaded import Loaded

    Check = Callable[[Loaded], Validation]
    Narrow = Callable[[Validation], Validation]

ROUNDS = 8
"""Times that what a fix has brought to light is fixed too."""


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


def fixed(loaded: Loaded, check: Check, narrow: Narrow) -> tuple[Loaded, tuple[Done, ...]]:
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

    def step(self) -> list[Done]:
        """Make every fix that helps; return them."""
        findings = self.narrow(self.check(self.loaded)).diagnostics
        fixes = ((found, found.fix) for found in findings if found.fix is not None)
        offered = _apart((found, fix) for found, fix in fixes if self.may_write(fix))
        kept = self.helpful(offered)
        done = [Done(found, fix, _stretch(self.loaded, fix)) for found, fix in kept]
        self.loaded = self.having(kept)
        return done

    def may_write(self, fix: Fix) -> bool:
        """Tell whether the file can be written back as it was read."""
        try:
            bytes_of(self.loaded.sources[fix.location.file])
        except WriteRefusedError:
            return False
        return True

    def helpful(self, offered: Sequence[tuple[Diagnostic, Fix]]) -> Sequence[tuple[Diagnostic, Fix]]:
        """Return those fixes that leave less to fix when made together."""
        if not offered or self.helps(offered):
            return offered
        if len(offered) == 1:
            return ()
        half = len(offered) // 2
        first, second = self.helpful(offered[:half]), self.helpful(offered[half:])
        return (*first, *second) if self.helps((*first, *second)) else first

    def helps(self, fixes: Sequence[tuple[Diagnostic, Fix]]) -> bool:
        """Tell whether fixes remove what they fix, and bring no other fault of text, shape or reference."""
        before, after = _hard(self.check(self.loaded)), _hard(self.check(self.having(fixes)))
        made = Counter((found.code, found.location.file) for found, _ in fixes)
        is_new = {code for code, _ in after - before} - {UNUSED_IGNORE}
        return not is_new and all(after[each] <= before[each] - count for each, count in made.items())

    def having(self, fixes: Iterable[tuple[Diagnostic, Fix]]) -> Loaded:
        """Return the plan as it would be with fixes."""
        overlay = self.overlay()
        for found in sorted(fixes, key=lambda each: each[1].location, reverse=True):
            location, text = found[1].location, found[1].text
            source = self.loaded.sources[location.file]
            mark = BYTE_ORDER_MARK if bytes_of(source).startswith(BYTE_ORDER_MARK) else b""
            written = overlay.get(location.file, bytes_of(source)).removeprefix(mark).decode()
            start, end = _offsets(source.text, found[1])
            overlay[location.file] = mark + (written[:start] + text + written[end:]).encode()
        return read_over(self.loaded.root, overlay)

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
        (found.code, found.location.file) for found in validation.diagnostics if found.code < FIRST_THAT_YIELDS
    )


def _offsets(text: str, fix: Fix) -> tuple[int, int]:
    lines, location = Lines(text), fix.location
    return lines.offset(location.line, location.column), lines.offset(location.end_line, location.end_column)


def _stretch(loaded: Loaded, fix: Fix) -> str:
    text = loaded.sources[fix.location.file].text
    start, end = _offsets(text, fix)
    return text[start:end]
