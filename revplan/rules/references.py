"""Every id that names nothing, for all kinds in one pass; the rules of RP2xx hold the manuals."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from revplan.diagnostics import CODE_BY_NAME, Finding
from revplan.model.base import Ref
from revplan.model.plan import KIND_BY_NAME
from revplan.model.references import are_known, references
from revplan.model.sprints import Sprint
from revplan.nouns import NOUN_BY_KIND, how_to_make
from revplan.spelling import hint_and_match

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from revplan.model.plan import Plan
    from revplan.model.references import Reference


def dangling(plan: Plan) -> Iterator[Finding]:
    """Yield a finding for every reference to something that is not in the plan."""
    known = _Known(plan)
    for ref, reference in _references(plan):
        kind, wanted = _target(reference, ref)
        if not known.has(kind, wanted):
            yield _finding(known, ref, reference, kind, wanted)
    yield from _unknown_tasks(plan)


def way_out(plan: Plan, kind: str, own: str) -> tuple[str, str | None]:
    """Return the hint for an id that names nothing of a kind, and the id that must have been meant, if it is sure."""
    return _Known(plan).way_out(kind, "", own)


def _references(plan: Plan) -> Iterator[tuple[Ref, Reference]]:
    """Yield the references that are judged; a closed sprint is history, and may name what is gone.

    Parts all of whose references are known are passed over: that is quicker than to look at each.
    """
    known = _Ids(plan)
    for ref, part in plan.parts():
        is_history = isinstance(part, Sprint) and part.status == "closed"
        own = part.__dict__
        known["sibling-task"], known["variant"] = own.get("tasks", ()), own.get("variants", ())
        if not is_history and not are_known(part, known):
            for reference in references(part):
                yield ref, reference
    yield from plan.broken_references


def _unknown_tasks(plan: Plan) -> Iterator[Finding]:
    """Yield a finding for every task of a sprint that its tactic lacks; what is closed or dropped is history."""
    for sprint in plan.sprints.values():
        open_rows = {} if sprint.status == "closed" else sprint.tactics
        for name, row in open_rows.items():
            tactic = plan.tactics.get(name)
            if tactic is None or row.dropped is not None:
                continue
            present = {task for task, own in row.tasks.items() if own.dropped is None}
            for task in sorted(present - tactic.tasks.keys()):
                ref = Ref("sprint", sprint.id, ("tactics", name, "tasks", task))
                options = list(tactic.tasks)
                hint, fix = hint_and_match(task, options)
                message = f'the tactic "{name}" has no task "{task}"'
                off = f"if the work is off, `revplan sprint drop {name}/{task}` drops it, and keeps its hours"
                hint = f"{hint or _what_there_is('task', options)}; {off}"
                yield Finding(_UNKNOWN_TASK, ref, message, hint, on_key=True, fix=fix)


def _target(reference: Reference, owner: Ref) -> tuple[str, str]:
    """Return the kind and id meant; some ids are those of siblings within the same entity."""
    if reference.kind == "sibling-task":
        return "task", f"{owner.id}/{reference.id}"
    if reference.kind == "variant":
        return "variant", f"{owner.id}/{reference.id}"
    return reference.kind, reference.id


def _finding(known: _Known, ref: Ref, reference: Reference, kind: str, wanted: str) -> Finding:
    code = CODE_BY_NAME[f"unknown-{kind}"]
    prefix, slash, own = wanted.rpartition("/") if wanted != reference.id else ("", "", reference.id)
    hint, fix = known.way_out(kind, prefix + slash, own)
    message = f'no {kind.replace("-", " ")} "{own}"'
    return Finding(code.code, ref.at(*reference.keys), message, hint, reference.on_key, fix=fix)


MOST_OPTIONS = 6


def _what_there_is(kind: str, options: list[str]) -> str:
    name = kind.replace("-", " ")
    if not options:
        return f"the plan has no {name} yet{f': {how_to_make(kind)}' if kind in NOUN_BY_KIND else ''}"
    if len(options) <= MOST_OPTIONS:
        return "there is " + ", ".join(sorted(options))
    noun = NOUN_BY_KIND.get(kind)
    adds = f", `revplan {noun.command} add` makes one" if noun is not None and noun.flags else ""
    listed = f"; `revplan {noun.command} list` names them{adds}" if noun is not None and noun.command else ""
    return f"the plan has {len(options)} of the kind {name}, none with a similar id{listed}"


class _Ids(dict[str, "Collection[str]"]):
    """Every id of the plan by kind, gathered when it is first asked for."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan

    def __missing__(self, kind: str) -> Collection[str]:
        self[kind] = found = self.plan.ids(kind)
        return found


class _Known:
    """What there is in the plan, and what may be."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.ids = _Ids(plan)
        self.ways_out: dict[tuple[str, str, str], tuple[str, str | None]] = {}
        self.known: dict[tuple[str, str], list[str]] = {}
        self.names: dict[tuple[str, str], defaultdict[str, list[str]]] = {}

    def has(self, kind: str, wanted: str) -> bool:
        """Tell whether there is such a thing, or may be in what could not be read."""
        if wanted in self.ids[kind] or (kind == "calendar" and not _UNREADABLE.isdisjoint(self.plan.broken)):
            return True
        owner, slash, own = wanted.partition("/")
        if self.plan.unread and (own if slash else owner) in self.plan.unread:
            return True
        return bool(slash) and (_OWNER.get(kind), owner) in self.plan.broken

    def way_out(self, kind: str, prefix: str, own: str) -> tuple[str, str | None]:
        """Return the hint for an id that names nothing, and what must have been meant; the same id is told often."""
        asked = (kind, prefix, own)
        if asked not in self.ways_out:
            options = self.options(kind, prefix)
            named = self.ids_by_name(kind, prefix).get(own.strip().casefold(), ())
            hint, fix = (f'did you mean "{named[0]}"?', named[0]) if len(named) == 1 else hint_and_match(own, options)
            self.ways_out[asked] = (hint or _what_there_is(kind, options), fix)
        return self.ways_out[asked]

    def ids_by_name(self, kind: str, prefix: str) -> Mapping[str, Sequence[str]]:
        """Return the ids of a kind by the names that people know the things by, and by their addresses of mail."""
        if (kind, prefix) not in self.names:
            found = self.names[kind, prefix] = defaultdict(list)
            for own_id, part in self.plan.entries(kind).items() if kind in KIND_BY_NAME else ():
                for field in _NAMES if own_id.startswith(prefix) else ():
                    name = getattr(part, field, None)
                    if name is not None:
                        found[name.strip().casefold()].append(own_id.removeprefix(prefix))
        return self.names[kind, prefix]

    def options(self, kind: str, prefix: str) -> list[str]:
        """Return the ids of a kind that begin so, without the beginning; many ids ask for the same."""
        if (kind, prefix) not in self.known:
            found = [option.removeprefix(prefix) for option in self.ids[kind] if option.startswith(prefix)]
            self.known[kind, prefix] = found
        return self.known[kind, prefix]


_UNKNOWN_TASK = CODE_BY_NAME["unknown-task"].code
_UNREADABLE = frozenset((("revplan", ""), ("revplan", "calendars")))
"""Settings that are broken so far that no calendar of theirs is known."""
_NAMES = ("name", "title", "email")
"""Fields by which people know a thing."""
_OWNER = {"task": "tactic", "asset": "campaign", "variant": "campaign"}
