"""`revplan diff`: compares two revisions by the plan's meaning and by the sprint they lead to, not by their text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.sprint_due import due_sprint
from revplan.app.checking.validate import validate
from revplan.app.open import context_of
from revplan.app.sprint.plan import Request, work_out
from revplan.errors import GitError, SprintError, UnknownIdError, UnsoundPlanError
from revplan.model.context import Context
from revplan.model.plan import Plan
from revplan.reports.diff import Side, build
from revplan.reports.diff_layout import layout
from revplan.reports.log import SHORT_NAME
from revplan.store.git.history import history
from revplan.store.load import read
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from revplan.reports.diff import Diff
    from revplan.reports.document import Document
    from revplan.store.git.history import PlanHistory
    from revplan.store.loaded import Loaded

_NO_PLAN = "there was no plan yet"


class RevisionPair(NamedTuple):
    """The two revisions to compare, as the user named them.

    Attributes:
        base: the earlier revision; None for the main branch.
        since: a day whose end replaces the base; None for no day.
        head: the later revision; None for the work tree, which is compared with its fork from the base.
        today: the day to use as today; None for the day that the plan sets, or else the clock's day.
        clock: the machine's day.
    """

    base: str | None
    since: date | None
    head: str | None
    today: date | None
    clock: date


class _Revision(NamedTuple):
    """A revision of the plan.

    Attributes:
        name: the name to show.
        commit: the commit's object name; None for the work tree.
        loaded: the plan at the revision; None if there was no plan.
        submodules: folders that are submodules, whose files are not in the history.
    """

    name: str
    commit: str | None
    loaded: Loaded | None
    submodules: tuple[str, ...] = ()


def diff(root: Path, asked: RevisionPair, on_progress: Callable[[str], None]) -> Diff:
    """Compare two revisions of the plan in a folder, both as of the same day.

    Args:
        root: the plan's folder.
        asked: the revisions to compare.
        on_progress: receives progress messages.

    Raises:
        GitError: there is no git, no repository, no such revision, not enough history, or not the whole plan in the
            work tree.
        NoPlanError: the later revision has no plan.
    """
    past = history(root)
    before, after = _before(past, asked), _after(past, asked)
    assert after.loaded is not None
    context = context_of(after.loaded, asked.today, asked.clock)
    now = _plan_side(after.name, after.commit, after.loaded, context, on_progress)
    period = due_sprint(context).period
    then = _earlier(before, now, on_progress)
    return build(then, now, period, tuple(sorted({*before.submodules, *after.submodules})))


def diff_page(root: Path, asked: RevisionPair, on_progress: Callable[[str], None]) -> Document:
    """Return the comparison of two revisions as a document. Arguments and errors are those of `diff`."""
    return layout(diff(root, asked, on_progress))


def _before(past: PlanHistory, asked: RevisionPair) -> _Revision:
    """Return the earlier revision; its plan is None if the branch creates the plan."""
    base = asked.base if asked.since is None else asked.since.isoformat()
    commit = _base(past, asked)
    short = commit[:SHORT_NAME]
    name = f"{base} ({short})" if base is not None and not commit.startswith(base) else short
    if past.files(commit) is None:
        return _Revision(name, commit, None)
    snapshot = past.read(commit)
    return _Revision(name, commit, snapshot.loaded, snapshot.submodules)


def _base(past: PlanHistory, asked: RevisionPair) -> str:
    """Return the commit of the earlier revision."""
    if asked.since is not None:
        return past.last_on(asked.since)
    if asked.base is not None and asked.head is not None:
        return past.commit(asked.base)
    return past.fork(asked.base)


def _after(past: PlanHistory, asked: RevisionPair) -> _Revision:
    if asked.head is None:
        loaded = read(past.root)
        _require_whole(past.missing_files(loaded.plan.settings.exclude))
        return _Revision("the work tree", None, loaded)
    commit = past.commit(asked.head)
    snapshot = past.read(commit)
    return _Revision(f"{asked.head} ({commit[:SHORT_NAME]})", commit, snapshot.loaded, snapshot.submodules)


def _require_whole(missing: tuple[str, ...]) -> None:
    """Refuse to compare a work tree in which plan files are missing that nobody has removed.

    Raises:
        GitError: a sparse checkout leaves plan files out.
    """
    if missing:
        count = plural(len(missing), "file")
        message = f"a sparse checkout leaves {count} of the plan out, so the work tree is not the whole plan"
        hint = "`git sparse-checkout disable` brings them; or name two revisions: `revplan diff BASE HEAD`"
        raise GitError(message, hint=hint)


def _earlier(before: _Revision, now: Side, on_progress: Callable[[str], None]) -> Side:
    """Return the earlier side, planned for the sprint and the day of the later side."""
    if before.loaded is None:
        nothing = replace(now.context, plan=Plan(now.plan.settings))
        return Side(before.name, before.commit, nothing, why_not=_NO_PLAN)
    context = Context(before.loaded.plan, now.context.today)
    if before.loaded.plan == now.plan:  # equal plans give equal sprints
        found = validate(before.loaded, context).diagnostics
        return replace(now, name=before.name, commit=before.commit, context=context, diagnostics=found)
    return _plan_side(
        before.name, before.commit, before.loaded, context, on_progress, due_sprint(now.context).period.id
    )


def _plan_side(
    name: str,
    commit: str | None,
    loaded: Loaded,
    context: Context,
    on_progress: Callable[[str], None],
    sprint_id: str | None = None,
) -> Side:
    """Return a side of the comparison with its planned sprint, or with the reason why planning failed."""
    side = Side(name, commit, context, validate(loaded, context).diagnostics)
    try:
        return replace(side, sprint=work_out(loaded, context, Request(sprint_id), on_progress).plan)
    except (UnsoundPlanError, SprintError, UnknownIdError) as error:
        return replace(side, why_not=str(error))
