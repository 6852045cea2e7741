"""Every edit from the terminal: worked out, checked as `validate` would check it, and only then written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from revplan.app.checking.validate import validate
from revplan.diagnostics import Severity
from revplan.errors import UnsoundPlanError, WriteRefusedError
from revplan.model.plan import text_path
from revplan.store.disk.transaction import commit
from revplan.store.edit.plan import edit
from revplan.store.load import read_over
from revplan.store.loaded import merge_files
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.diagnostics import Diagnostic
    from revplan.model.base import Keys
    from revplan.model.change import Change, Data
    from revplan.model.context import Context
    from revplan.store.disk.edits import Edits
    from revplan.store.loaded import Loaded


def save(loaded: Loaded, changes: Sequence[Change]) -> tuple[str, ...]:
    """Make the plan's files say the changes; return those that were written, none where nothing changes.

    Raises:
        WriteRefusedError: the files changed meanwhile or cannot be written; nothing was.
    """
    edits = edit(loaded, changes)
    commit(edits)
    return tuple(file.name for file in edits.files)


def preview(loaded: Loaded, changes: Sequence[Change]) -> str:
    """Return what the changes would do to the plan's files as a unified diff; nothing is written.

    Raises:
        WriteRefusedError: they cannot be made without a hand.
    """
    return edit(loaded, changes).diff()


class RefusedChangeError(UnsoundPlanError):
    """A change would bring errors into the plan.

    Attributes:
        diagnostics: these errors, at their places in the text as it would be.
    """

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        count = plural(len(diagnostics), "error")
        super().__init__(f"this would bring {count} into the plan; nothing was written")
        self.diagnostics = diagnostics


OUTGROWN = frozenset(("RP301", "RP302", "RP303"))
"""Errors of a written sprint that planning it anew mends: people have fewer hours, other days or other skills now."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A plan, and the changes that were asked for when it was read."""

    loaded: Loaded
    context: Context
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that brings no error but what planning anew mends, and is not written yet.

    Attributes:
        warnings: what `validate` would warn of after it, and did not before.
        outgrown: where written sprints no longer fit the people after it.
        sprints: the ids of these sprints.
        origin: what it was worked out from, where it can be worked out anew.
    """

    edits: Edits
    warnings: tuple[Diagnostic, ...]
    outgrown: tuple[Diagnostic, ...] = ()
    sprints: tuple[str, ...] = ()
    origin: Origin | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """The files that it changes, by name."""
        return tuple(file.name for file in self.edits.files)


def propose(loaded: Loaded, context: Context, changes: Sequence[Change]) -> Proposal:
    """Work out the edits that make changes, and check the plan as it would be after them.

    Raises:
        WriteRefusedError: a change cannot be made without a hand.
        RefusedChangeError: the plan would have an error that it has not now.
    """
    proposal = check_edits(loaded, context, edit(loaded, changes))
    return replace(proposal, origin=Origin(loaded, context, tuple(changes)))


def check_edits(loaded: Loaded, context: Context, edits: Edits) -> Proposal:
    """Check the plan as it would be after edits.

    That somebody is ill is so, whatever a sprint says: a sprint that no longer fits the people refuses no change.

    Raises:
        RefusedChangeError: it would have an error that it has not now.
    """
    if not edits.files:
        return Proposal(edits, ())
    after = read_over(loaded.root, edits.overlay)
    found = validate(after, replace(context, plan=after.plan)).diagnostics
    brought = tuple(_new_findings(validate(loaded, context).diagnostics, found))
    errors = _of(Severity.ERROR, brought)
    outgrown = tuple(found for found in errors if found.code in OUTGROWN)
    if len(errors) > len(outgrown):
        raise RefusedChangeError(errors)
    files = {found.location.file for found in outgrown}
    sprints = tuple(sorted(each for each in after.plan.sprints if after.home(("sprints", each)) in files))
    return Proposal(edits, _of(Severity.WARNING, brought), outgrown, sprints)


def check_renaming(loaded: Loaded, context: Context, edits: Edits) -> Proposal:
    """Check that edits which only rename leave as many findings of each kind in each file as there were.

    Raises:
        RefusedChangeError: there would be more errors of a kind.
    """
    after = read_over(loaded.root, edits.overlay)
    found = _of(Severity.ERROR, validate(after, replace(context, plan=after.plan)).diagnostics)
    before = validate(loaded, context).diagnostics
    known = Counter((each.code, each.location.file) for each in before)
    more = Counter((each.code, each.location.file) for each in found) - known
    if more:
        raise RefusedChangeError(tuple(each for each in found if (each.code, each.location.file) in more))
    return Proposal(edits, ())


def carry_out(proposal: Proposal) -> Proposal:
    """Write a change; return it as it was written.

    Where somebody else has written to the plan since it was read, it is read again under the lock, and the change is
    worked out and checked anew: it is refused only where what it changes is not as it was.

    Raises:
        WriteRefusedError: the files changed meanwhile or cannot be written; none was.
        RefusedChangeError: the change would bring an error into the plan as it is now.
    """
    written = [proposal]

    def again() -> Edits:
        assert proposal.origin is not None
        written.append(_anew(proposal.origin))
        return written[-1].edits

    commit(proposal.edits, again=again if proposal.origin is not None else None)
    return written[-1]


def _anew(origin: Origin) -> Proposal:
    """Return a change of the plan as it stands now.

    Raises:
        WriteRefusedError: the places that it changes, or the plan's settings, are not as they were.
        RefusedChangeError: it would bring an error into the plan.
    """
    now = read_over(origin.loaded.root, {})
    before, after = merge_files(origin.loaded), merge_files(now)
    for change in origin.changes:
        keys = text_path(change.ref)
        if _at(before, keys) != _at(after, keys):
            raise WriteRefusedError(
                f"{change.ref} changed meanwhile; nothing was written", hint="run the command again"
            )
    if now.plan.settings != origin.loaded.plan.settings:
        raise _stale("the settings")
    return propose(now, replace(origin.context, plan=now.plan), origin.changes)


def _stale(what: str) -> WriteRefusedError:
    return WriteRefusedError(f"{what} changed meanwhile; nothing was written", hint="run the command again")


def _at(data: Data | _Nothing, keys: Keys) -> Data | _Nothing:
    """Return what stands at keys; in a list, all of it counts."""
    for key in keys:
        if isinstance(data, list):
            return data
        if not isinstance(data, dict) or key not in data:
            return _NOTHING
        data = data[str(key)]
    return data


class _Nothing:
    """Stands for what is not there, which is another thing than nothing written."""


_NOTHING = _Nothing()


def _new_findings(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield what is found after a change and was not before: neither at its line, nor, in other lines, in its words."""
    places_before, places_after = set(map(_place, before)), set(map(_place, after))
    known = Counter(_words(found) for found in before if _place(found) not in places_after)
    for found in after:
        if _place(found) in places_before:
            continue
        if known[_words(found)] == 0:
            yield found
        known[_words(found)] -= 1


def _place(found: Diagnostic) -> tuple[str, str, str, int]:
    return found.code, found.location.file, found.excerpt, found.location.column


def _words(found: Diagnostic) -> tuple[str, str, str]:
    return found.code, found.location.file, found.message


def _of(severity: Severity, found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(each for each in found if each.severity is severity)
