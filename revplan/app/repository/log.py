"""`revplan log`: lists the commits that changed the meaning of one thing of the plan."""

from __future__ import annotations

import shlex
from itertools import islice
from typing import TYPE_CHECKING

from revplan.analysis.changes import EntityChange, changes, field_changes, renames
from revplan.app.editing.entries import declared_ids
from revplan.app.editing.rename import NAMED_KINDS, require_kind
from revplan.errors import InputError, UnknownIdError
from revplan.model.base import Part, Ref
from revplan.model.plan import KIND_BY_NAME
from revplan.nouns import label
from revplan.reports.log import HistoryEntry, Log, layout
from revplan.spelling import did_you_mean
from revplan.store.git.commits import commits, touches
from revplan.store.git.history import UNREADABLE, PastEntities, history
from revplan.wording import join_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.plan import Plan
    from revplan.reports.document import Document
    from revplan.store.git.commits import FileChange, Touch
    from revplan.store.git.history import PastEntity, PlanHistory
    from revplan.store.loaded import Loaded

_FEW = 3
"""Tasks that a hint names."""
_AT_ONCE = 64
"""Number of commits whose files are in memory together."""


def kind_of(plan: Plan, entry_id: str) -> str:
    """Return the only kind that has a thing with this id.

    Raises:
        UnknownIdError: no kind has this id.
        InputError: several kinds have this id.
    """
    kinds = [kind for kind in NAMED_KINDS if entry_id in declared_ids(plan, kind)]
    if not kinds:
        known = {name for kind in NAMED_KINDS for name in declared_ids(plan, kind)}
        raise UnknownIdError(f'there is nothing called "{entry_id}"', hint=_way_to_find(entry_id, known))
    if len(kinds) > 1:
        raise InputError(
            f'"{entry_id}" is {" and ".join(map(label, kinds))}', hint=f"revplan log {kinds[0]} {entry_id}"
        )
    return kinds[0]


def _way_to_find(entry_id: str, known: set[str]) -> str:
    """Return what may have been meant: an id, a task without its tactic, a file, or something that is gone."""
    tasks = [f"`revplan log {name}`" for name in sorted(known) if name.endswith(f"/{entry_id}")]
    if tasks:
        return f"of a task, name its tactic too: {join_names(tasks[:_FEW], 'or')}"
    if entry_id.endswith((".yaml", ".yml")):
        return f"that is a file: `git log {shlex.quote(entry_id)}` tells what was changed in it"
    return did_you_mean(entry_id, known) or f"of what is gone, name the kind too: revplan log tactic {entry_id}"


def log(loaded: Loaded, kind: str, entry_id: str) -> Log:
    """Return one thing's history, the latest change first. Hours are converted with the present settings.

    Raises:
        UnknownIdError: there is no such kind, or no such thing has ever existed.
        GitError: there is no git, no repository, or nothing is committed yet.
    """
    require_kind(kind)
    past = history(loaded.root)
    head = past.commit("HEAD")
    pending = _pending(loaded, past, head, Ref(kind, entry_id))
    name = pending.was if pending is not None and pending.was is not None else entry_id
    told = list(_find_touches(loaded, past, head, kind, name))
    if pending is None and not told and entry_id not in declared_ids(loaded.plan, kind):
        hint = did_you_mean(entry_id, declared_ids(loaded.plan, kind))
        raise UnknownIdError(f'there is no {label(kind)} "{entry_id}", and there was none', hint=hint)
    known = commits(past, [touch.commit for touch, _ in told])
    entries = [HistoryEntry(known[touch.commit], change) for touch, change in told]
    if pending is not None:
        entries.insert(0, HistoryEntry(None, pending))
    return Log(Ref(kind, entry_id), loaded.plan.settings, tuple(entries), past.is_shallow)


def log_page(loaded: Loaded, kind: str, entry_id: str) -> Document:
    """Return one thing's history as a document. Errors are those of `log`."""
    return layout(log(loaded, kind, entry_id))


def _pending(loaded: Loaded, past: PlanHistory, head: str, ref: Ref) -> EntityChange | None:
    """Return the uncommitted change of a thing: the present files against the last commit; None if there is none."""
    if past.files(head) is None:
        return None
    committed = past.read(head).loaded.plan
    if KIND_BY_NAME[ref.kind].owner is None:
        return next((change for change in changes(committed, loaded.plan) if change.ref == ref), None)
    before, after = _find_part(committed, ref), _find_part(loaded.plan, ref)
    return _change(ref, before, after) if before != after else None


def _find_part(plan: Plan, ref: Ref) -> Part | None:
    """Return an entity or a part of one, such as a tactic's task; None if it does not exist."""
    kind = KIND_BY_NAME[ref.kind]
    assert kind.owner is not None
    assert kind.within is not None
    owner_id, _, own_id = ref.id.partition("/")
    owner = plan.entities(kind.owner).get(owner_id)
    found: Part | None = getattr(owner, kind.within).get(own_id) if owner is not None else None
    return found


def _find_touches(
    loaded: Loaded, past: PlanHistory, head: str, kind: str, name: str
) -> Iterator[tuple[Touch, EntityChange]]:
    """Yield the commits that changed the meaning of a thing, under its present and its former ids."""
    context = loaded.plan.settings.reading_context()
    entities = PastEntities(past.git, KIND_BY_NAME[kind], context)
    files = past.files(head)
    rest = touches(past, head)
    while chunk := list(islice(rest, _AT_ONCE)):
        entities.fetch(each for touch in chunk for file in touch.files for each in (*file.before, file.after))
        for touch in chunk:
            exclude = loaded.plan.settings.exclude
            held = [file for file in touch.files if files is None or files.is_of_plan(file.name, exclude)]
            change = _change_in_commit(entities, Ref(kind, name), held)
            if change is not None:
                yield touch, change
                name = change.was or name


def _change_in_commit(entities: PastEntities, ref: Ref, files: list[FileChange]) -> EntityChange | None:
    """Return the change that a commit made to a thing; None if one of the commit's parents has an equal thing."""
    if not files:
        return None
    after = entities.find((file.after for file in files), ref.id)
    parents = range(len(files[0].before))
    before = [entities.find((file.before[parent] for file in files), ref.id) for parent in parents]
    if any(each == after for each in before):
        return None
    former = _former(entities, ref, files, after) if before[0] is None and isinstance(after, Part) else None
    return former or _change(ref, before[0], after)


def _former(entities: PastEntities, ref: Ref, files: list[FileChange], after: Part) -> EntityChange | None:
    """Return the change that renamed a thing to its present id; None if the thing had no other id before."""
    stayed = entities.all_in((file.after for file in files), ref.id)
    before = entities.all_in((file.before[0] for file in files), ref.id)
    gone = {name: part for name, part in before.items() if name not in stayed}
    was = renames(gone, {ref.id: after}).get(ref.id)
    return EntityChange(ref, "renamed", field_changes(gone[was], after), was) if was is not None else None


def _change(ref: Ref, before: PastEntity, after: PastEntity) -> EntityChange:
    if after is None:
        return EntityChange(ref, "removed")
    if after is UNREADABLE:
        return EntityChange(ref, "broken")
    if before is None:
        return EntityChange(ref, "added")
    if before is UNREADABLE:
        return EntityChange(ref, "mended")
    assert isinstance(before, Part)
    assert isinstance(after, Part)
    return EntityChange(ref, "changed", field_changes(before, after))
