"""Code actions: the fixes of `validate --fix`, what was probably meant, ignoring a finding, and rollout stages."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from lsprotocol.types import CodeAction, CodeActionKind, TextEdit

from revplan.app.checking.fix import fixes_of, text_fix
from revplan.app.checking.validate import can_be_ignored
from revplan.app.editing.changes import propose
from revplan.app.editing.rollouts import rollout_changes
from revplan.app.editor.edits import as_workspace_edit, workspace_edit
from revplan.app.editor.findings import SOURCE
from revplan.app.editor.summaries import one_line
from revplan.diagnostics import CODE_BY_NAME, TextFix
from revplan.errors import RevplanError
from revplan.spelling import word_asked_for
from revplan.store.yaml.comments import additions, ignore_comments
from revplan.store.yaml.cursor import word_at
from revplan.store.yaml.events import parse
from revplan.store.yaml.scalars import plain_or_quoted_in_flow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lsprotocol.types import Diagnostic as EditorDiagnostic
    from lsprotocol.types import Range

    from revplan.app.checking.validate import Validation
    from revplan.app.editor.workspace import EditorPlan
    from revplan.diagnostics import Diagnostic

FIX_ALL = f"{CodeActionKind.SourceFixAll.value}.{SOURCE}"
"""The kind of the action that makes every fix of a file; editors run it when a file is saved, if told to."""
KINDS = (CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, CodeActionKind.SourceFixAll, FIX_ALL)
_WORD = re.compile(r"[\w./-]+|'[\w./-]+'|\"[\w./-]+\"")


def code_actions(
    plan: EditorPlan,
    name: str,
    place: Range,
    told: Sequence[EditorDiagnostic],
    only: Sequence[str] | None,
    *,
    is_versioned: bool,
) -> list[CodeAction]:
    """Return what can be done at a place of a file.

    Args:
        plan: the plan.
        name: the file.
        place: the place.
        told: the findings that the client shows there.
        only: the kinds of actions that the client asks for; None for all but those of the whole file.
        is_versioned: whether the client takes edits of a document's version.
    """
    positions = plan.positions(name)
    start, end = positions.offset(place.start), positions.offset(place.end)
    found: list[CodeAction] = []
    if _wants(only, CodeActionKind.QuickFix.value):
        placed = plan.locations(name)
        for diagnostic in islice(_findings_in(plan, name, start, end), MOST_FINDINGS):
            at = placed.range(diagnostic.location)
            own = [each for each in told if each.code == diagnostic.code and each.range == at]
            found += _of_finding(plan, diagnostic, own, is_versioned=is_versioned)
    if _wants(only, CodeActionKind.RefactorRewrite.value):
        found += _of_rollout(plan, name, start, is_versioned=is_versioned)
    if only is not None and _wants(only, FIX_ALL):
        found += _fix_all(plan, name, is_versioned=is_versioned)
    return found


MOST_FINDINGS = 50
"""Findings for which an answer holds actions: each is tried on the text, and nobody reads through more."""


def _wants(only: Sequence[str] | None, kind: str) -> bool:
    """Tell whether a client asks for a kind of actions: for the kind itself, or for one that holds it."""
    return only is None or any(kind == each or kind.startswith(f"{each}.") for each in only)


def _findings_in(plan: EditorPlan, name: str, start: int, end: int) -> Iterator[Diagnostic]:
    placed = plan.locations(name)
    for found in plan.validation.diagnostics:
        if found.location.file == name and name in plan.loaded.sources:
            first, last = placed.offsets(found.location)
            if first <= end and start <= last:
                yield found


def _of_finding(
    plan: EditorPlan, found: Diagnostic, told: list[EditorDiagnostic], *, is_versioned: bool
) -> Iterator[CodeAction]:
    fix, meant, ignored = _fix(plan, found), _word_meant(plan, found), _ignore_comment(plan, found)
    actions = (
        (fix, f"Write {one_line(fix.text, _LONGEST)}" if fix is not None and fix.text.strip() else "Remove it", True),
        (meant if fix is None else None, f"Write {one_line(meant.text, _LONGEST)}" if meant is not None else "", False),
        (ignored, f"Ignore {found.slug} on this line", False),
    )
    for edit, title, is_preferred in actions:
        if edit is not None:
            changes = {found.location.file: [_text_edit(plan, found.location.file, edit)]}
            yield CodeAction(
                title=title,
                kind=CodeActionKind.QuickFix,
                diagnostics=told or None,
                is_preferred=is_preferred or None,
                edit=as_workspace_edit(plan, changes, is_versioned=is_versioned),
            )


def _fix(plan: EditorPlan, found: Diagnostic) -> TextFix | None:
    return text_fix(plan.loaded, found.fix) if found.fix is not None else None


def _word_meant(plan: EditorPlan, found: Diagnostic) -> TextFix | None:
    """Return the word that a finding's hint asks for in place of the word that stands there."""
    word = word_asked_for(found.hint)
    start, end = plan.locations(found.location.file).offsets(found.location)
    written = plan.text(found.location.file)[start:end]
    if word is None or _WORD.fullmatch(written) is None:
        return None
    quote = written[0] if written[0] in "'\"" else ""
    return TextFix(start, end, plain_or_quoted_in_flow(word, like=quote))


def _ignore_comment(plan: EditorPlan, found: Diagnostic) -> TextFix | None:
    """Return the comment that ignores a finding on its line; None if it cannot be ignored, or not there."""
    if not can_be_ignored(CODE_BY_NAME[found.code]):
        return None
    source = plan.loaded.sources[found.location.file]
    before = parse(source.text)
    for offset, text in additions(source, found.location.line, found.slug):
        changed = source.text[:offset] + text + source.text[offset:]
        line = found.location.line + (offset <= plan.locations(source.name).lines.starts[found.location.line - 1])
        ignored = {(each.name, each.line) for each in ignore_comments(source._replace(text=changed))}
        after = parse(changed)
        if (after.data, len(after.faults)) == (before.data, len(before.faults)) and (found.slug, line) in ignored:
            return TextFix(offset, offset, text)
    return None


def _of_rollout(plan: EditorPlan, name: str, offset: int, *, is_versioned: bool) -> Iterator[CodeAction]:
    """Yield the action that makes a tactic of the stages of a tool that the backlog does not hold."""
    word = word_at(plan.text(name), offset)
    if word is None or word.keys[:2] not in (("stack", "rollouts"), ("stack", "tools")) or len(word.keys) < _OF_TOOL:
        return
    tool = str(word.keys[2])
    try:
        changes = rollout_changes(plan.context.plan, tool)
        edits = propose(plan.loaded, plan.context, changes).edits if changes else None
    except RevplanError:  # the plan cannot be edited there; nothing is offered that would fail
        return
    if edits is not None:
        yield CodeAction(
            title=f"Make a tactic of the stages of {one_line(tool, _LONGEST)} that nobody has planned",
            kind=CodeActionKind.RefactorRewrite,
            edit=workspace_edit(plan, edits, is_versioned=is_versioned),
        )


_OF_TOOL = 3
"""Keys down to a tool."""


def _fix_all(plan: EditorPlan, name: str, *, is_versioned: bool) -> Iterator[CodeAction]:
    """Yield the action that makes every fix of a file, as `validate --fix` does."""

    def narrow(found: Validation) -> Validation:
        return replace(found, diagnostics=tuple(each for each in found.diagnostics if each.location.file == name))

    fixed = fixes_of(plan.loaded, plan.check, narrow)
    if fixed.done:
        edit = workspace_edit(plan, fixed.edits, is_versioned=is_versioned)
        yield CodeAction(title="Fix all that revplan can fix", kind=FIX_ALL, edit=edit)


def _text_edit(plan: EditorPlan, name: str, fix: TextFix) -> TextEdit:
    return TextEdit(plan.positions(name).range(fix.start, fix.end), fix.text)


_LONGEST = 40
