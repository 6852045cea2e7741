"""Computes an edit from the command line, checks the edited plan like `validate`, and writes the edit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from revplan.app.checking.validate import validate
from revplan.diagnostics import Severity
from revplan.errors import UnsoundPlanError, WriteRefusedError
from revplan.model.plan import text_path
from revplan.store.disk.edits import Edits, basis_of, find_changed_file
from revplan.store.disk.transaction import commit
from revplan.store.edit.plan import edit
from revplan.store.load import read_over
from revplan.store.loaded import merge_files
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from revplan.diagnostics import Diagnostic as Diagnostic  # noqa: PLC0414 - handed on: what a refused change names
    from revplan.model.base import Keys
    from revplan.model.change import Change as Change  # noqa: PLC0414 - handed on: what every edit is made of
    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.store.loaded import Loaded

Result = TypeVar("Result")


def save_computed(
    loaded: Loaded, context: Context, compute: Callable[[Loaded, Context], tuple[Result, Sequence[Change]]]
) -> tuple[Result, tuple[str, ...]]:
    """Write the changes that a function computes from the plan; return its result, and the names of the files written.

    If another program has written to the plan since it was read, the plan is read again, under the lock too, and the
    function computes from that. So work that several people log at the same moment all counts.

    Raises:
        WriteRefusedError: the files changed meanwhile or cannot be written. Nothing was written.
    """
    found: list[tuple[Result, Edits]] = []

    def edits_from(now: Loaded) -> Edits:
        result, changes = compute(now, context if now is loaded else replace(context, plan=now.plan))
        found.append((result, edit(now, changes)))
        return found[-1][1]

    is_old = find_changed_file(Edits(loaded.root, (), basis_of(loaded))) is not None
    commit(edits_from(read_over(loaded, {}) if is_old else loaded), again=lambda: edits_from(read_over(loaded, {})))
    result, edits = found[-1]
    return result, tuple(file.name for file in edits.files)


def preview(loaded: Loaded, changes: Sequence[Change]) -> str:
    """Return the changes of the plan's files as a unified diff. Nothing is written.

    Raises:
        WriteRefusedError: only a person can make the changes.
    """
    return edit(loaded, changes).diff()


def require_readable(loaded: Loaded, why: str) -> None:
    """Refuse to add to a plan of which parts cannot be read: what is missing may stand there.

    Raises:
        UnsoundPlanError: parts of the plan cannot be read; `why` says what they may do, such as name it too.
    """
    if not loaded.is_faultless:
        hint = "correct what `revplan validate` finds first"
        raise UnsoundPlanError(f"parts of the plan cannot be read, and may {why}", hint=hint)


class RefusedChangeError(UnsoundPlanError):
    """A change would bring errors into the plan.

    Attributes:
        diagnostics: the new errors, with their locations in the changed text.
    """

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        count = plural(len(diagnostics), "error")
        super().__init__(f"this would bring {count} into the plan; nothing was written")
        self.diagnostics = diagnostics


OUTGROWN = frozenset(("RP301", "RP302", "RP303"))
"""Errors of a written sprint that planning it again removes: a member now has fewer hours, other days or skills."""


class Origin(NamedTuple):
    """A plan as it was read, and the changes that the user asked for."""

    loaded: Loaded
    context: Context
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A checked change that is not yet written. Its only new errors are those of OUTGROWN.

    Attributes:
        edits: the edits of the plan's files.
        warnings: the warnings that are new after the change.
        outgrown: errors of written sprints that no longer fit the members after the change.
        sprints: the ids of these sprints.
        again: reads the plan again and computes the proposal from it; None if it cannot be computed again.
    """

    edits: Edits
    warnings: tuple[Diagnostic, ...]
    outgrown: tuple[Diagnostic, ...] = ()
    sprints: tuple[str, ...] = ()
    again: Callable[[], Proposal] | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files that the change edits."""
        return tuple(file.name for file in self.edits.files)


def propose(loaded: Loaded, context: Context, changes: Sequence[Change]) -> Proposal:
    """Compute the edits that make changes, and check the changed plan.

    Raises:
        WriteRefusedError: only a person can make a change.
        RefusedChangeError: the change would bring a new error into the plan.
    """
    proposal = check_edits(loaded, context, edit(loaded, changes))
    origin = Origin(loaded, context, tuple(changes))
    return replace(proposal, again=lambda: _recompute(origin))


def propose_computed(loaded: Loaded, context: Context, compute: Callable[[Loaded, Context], Proposal]) -> Proposal:
    """Return the proposal that a function computes from the plan. `carry_out` computes it again from a changed plan."""

    def again() -> Proposal:
        now = read_over(loaded, {})
        return compute(now, replace(context, plan=now.plan))

    return replace(compute(loaded, context), again=again)


def check_edits(loaded: Loaded, context: Context, edits: Edits) -> Proposal:
    """Check the plan after edits.

    A written sprint that no longer fits the members does not block a change: an illness, for example, is a fact.

    Raises:
        RefusedChangeError: the edits would bring a new error into the plan.
    """
    if not edits.files:
        return Proposal(edits, ())
    after = read_over(loaded, edits.overlay)
    found = validate(after, replace(context, plan=after.plan)).diagnostics
    brought = tuple(_new_findings(validate(loaded, context).diagnostics, found))
    errors = _with_severity(Severity.ERROR, brought)
    outgrown = tuple(found for found in errors if found.code in OUTGROWN)
    if len(errors) > len(outgrown):
        raise RefusedChangeError(errors)
    files = {found.location.file for found in outgrown}
    sprints = tuple(sorted(each for each in after.plan.sprints if after.home(("sprints", each)) in files))
    return Proposal(edits, _with_severity(Severity.WARNING, brought), outgrown, sprints)


def check_renaming(loaded: Loaded, context: Context, edits: Edits) -> Proposal:
    """Check that a renaming leaves the number of findings of each code in each file the same.

    Raises:
        RefusedChangeError: there would be more errors of a code.
    """
    after = read_over(loaded, edits.overlay)
    found = _with_severity(Severity.ERROR, validate(after, replace(context, plan=after.plan)).diagnostics)
    before = validate(loaded, context).diagnostics
    known = Counter((each.code, each.location.file) for each in before)
    more = Counter((each.code, each.location.file) for each in found) - known
    if more:
        raise RefusedChangeError(tuple(each for each in found if (each.code, each.location.file) in more))
    return Proposal(edits, ())


def carry_out(proposal: Proposal) -> Proposal:
    """Write a proposed change; return the proposal that was written.

    If another program has written to the plan since it was read, the plan is read again under the lock, and the
    change is computed and checked again. It is refused then only if the values that it changes are different now, or
    if its own function refuses.

    Raises:
        WriteRefusedError: the files changed meanwhile or cannot be written. No file was written.
        RefusedChangeError: the change would bring an error into the present plan.
    """
    written = [proposal]

    def again() -> Edits:
        assert proposal.again is not None
        written.append(proposal.again())
        return written[-1].edits

    commit(proposal.edits, again=again if proposal.again is not None else None)
    return written[-1]


def _recompute(origin: Origin) -> Proposal:
    """Compute a change again from the plan as it is now.

    Raises:
        WriteRefusedError: the values that the change replaces, or the settings that it was written by, have changed.
        RefusedChangeError: the change would bring an error into the plan.
    """
    now = read_over(origin.loaded, {})
    before, after = merge_files(origin.loaded), merge_files(now)
    for change in origin.changes:
        keys = text_path(change.ref)
        if _at(before, keys) != _at(after, keys):
            raise stale(str(change.ref))
    if now.plan.settings.editing_context() != origin.loaded.plan.settings.editing_context():
        raise stale("the settings")
    return propose(now, replace(origin.context, plan=now.plan), origin.changes)


def stale(what: str) -> WriteRefusedError:
    """Return the refusal of a change that was computed, or agreed to, from something that is different now."""
    return WriteRefusedError(f"{what} changed meanwhile; nothing was written", hint="run the command again")


def _at(data: Data | _Nothing, keys: Keys) -> Data | _Nothing:
    """Return the value at a path of keys; if the path leads into a list, return the whole list."""
    for key in keys:
        if isinstance(data, list):
            return data
        if not isinstance(data, dict) or key not in data:
            return _NOTHING
        data = data[str(key)]
    return data


class _Nothing:
    """Marks a missing value, which differs from an empty one."""


_NOTHING = _Nothing()


def _new_findings(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the findings that are new: no finding before has the same place, or the same words on another line."""
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


def _with_severity(severity: Severity, found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(each for each in found if each.severity is severity)
