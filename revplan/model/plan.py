"""The plan: every collection, and the look-ups over them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from revplan.model.base import Entity, Part, Ref
from revplan.model.campaigns import Asset, Campaign, Variant
from revplan.model.company import BUILT_IN_FUNCTIONS, Company, Cover, Function, Process, Touchpoint
from revplan.model.goals import BudgetLine, Goal
from revplan.model.meetings import Issue, Meeting, Todo
from revplan.model.metrics import Metric
from revplan.model.personas import Client, Persona
from revplan.model.playbooks import Playbook, catalogue_ids
from revplan.model.settings import Settings
from revplan.model.sprints import Sprint
from revplan.model.stack import Integration, Rollout, Stack, Tool
from revplan.model.strategy import Competitor, Differentiator, Input, Objective, Pillar, Segment, Strategy
from revplan.model.tactics import Tactic, Task
from revplan.model.team import Member
from revplan.nouns import NOUN_BY_KIND, NOUNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from revplan.model.references import Reference


T = TypeVar("T")


class Kind(NamedTuple):
    """A kind of thing that a plan file holds, with its model.

    Attributes:
        name: its singular, as commands and references say it.
        path: top-level key of a plan file, then the keys down to the map of ids; empty below an owner.
        model: what an entry is.
        owner: the kind whose entries hold such things, for kinds written `owner/id`.
        within: the owner's key that holds them.
    """

    name: str
    path: tuple[str, ...]
    model: type[Part]
    owner: str | None = None
    within: str | None = None


MODELS: Mapping[str, type[Part]] = {
    "persona": Persona,
    "client": Client,
    "goal": Goal,
    "budget-line": BudgetLine,
    "tactic": Tactic,
    "playbook": Playbook,
    "campaign": Campaign,
    "member": Member,
    "metric": Metric,
    "issue": Issue,
    "todo": Todo,
    "meeting": Meeting,
    "sprint": Sprint,
    "pillar": Pillar,
    "differentiator": Differentiator,
    "segment": Segment,
    "competitor": Competitor,
    "objective": Objective,
    "input": Input,
    "tool": Tool,
    "integration": Integration,
    "rollout": Rollout,
    "function": Function,
    "touchpoint": Touchpoint,
    "cover": Cover,
    "process": Process,
    "task": Task,
    "asset": Asset,
    "variant": Variant,
}
"""The model of each noun of `revplan.nouns`, in the order of the format."""


def _kind(name: str, model: type[Part]) -> Kind:
    path = NOUN_BY_KIND[name].path
    if not NOUN_BY_KIND[name].is_owned:
        return Kind(name, path, model)
    owner = next(noun.kind for noun in NOUNS if noun.path == path[:1])
    return Kind(name, (), model, owner, within=path[-1])


SINGLETONS: tuple[Kind, ...] = (
    Kind("revplan", ("revplan",), Settings),
    Kind("strategy", ("strategy",), Strategy),
    Kind("stack", ("stack",), Stack),
    Kind("company", ("company",), Company),
)
"""What there is one of."""
_NAMED = tuple(_kind(name, model) for name, model in MODELS.items())
COLLECTIONS: tuple[Kind, ...] = tuple(kind for kind in _NAMED if len(kind.path) == 1)
"""Kinds that are a top-level key of a plan file."""
PARTS: tuple[Kind, ...] = tuple(kind for kind in _NAMED if len(kind.path) > 1)
"""Kinds that live in a map of a singleton."""
OWNED: tuple[Kind, ...] = tuple(kind for kind in _NAMED if kind.owner is not None)
"""Kinds that live in an entity, and are written `owner/id`."""

KINDS: tuple[Kind, ...] = (*SINGLETONS, *COLLECTIONS, *PARTS, *OWNED)
KIND_BY_NAME: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}
COLLECTION_BY_KEY: Mapping[str, Kind] = {kind.path[0]: kind for kind in COLLECTIONS}
SINGLETON_BY_KEY: Mapping[str, Kind] = {kind.path[0]: kind for kind in SINGLETONS}
TOP_LEVEL_KEYS: tuple[str, ...] = (*SINGLETON_BY_KEY, *COLLECTION_BY_KEY)


def built_in_ids(kind: str) -> frozenset[str]:
    """Return the ids of a kind that every plan may name without declaring them."""
    if kind == "function":
        return frozenset(BUILT_IN_FUNCTIONS)
    return catalogue_ids() if kind == "playbook" else frozenset()


def text_path(ref: Ref) -> tuple[str | int, ...]:
    """Return the keys from the top of a plan file down to the place a reference names."""
    kind = KIND_BY_NAME[ref.kind]
    if kind.owner is not None and kind.within is not None:
        owner_id, _, own_id = ref.id.partition("/")
        return (*KIND_BY_NAME[kind.owner].path, owner_id, kind.within, own_id, *ref.keys)
    return (*kind.path, ref.id, *ref.keys) if ref.id else (*kind.path, *ref.keys)


class Logo(NamedTuple):
    """The picture that the settings name for the head of pages, as its file has it.

    Attributes:
        media_type: such as image/png.
        content: the file's bytes; empty where it cannot be used.
        fault: why it cannot be used, as the end of a sentence about it; empty where it can.
    """

    media_type: str = ""
    content: bytes = b""
    fault: str = ""


@dataclass(frozen=True)
class Plan:
    """All entries that could be read. A broken entry is left out; only its id is known.

    Attributes:
        broken: (kind, id) of entries that could not be read; rules treat their absence as nobody's fault.
        broken_references: references in what could not be read, each with the entry it stands in.
        catalogue: playbooks that revplan brings and that tactics name; those of the plan itself are not among them.
        logo: the picture that the settings name; None where they name none.
        unread: keys seen in files whose text could not be read at all; any of them may be any id.
    """

    settings: Settings
    strategy: Strategy = field(default_factory=Strategy)
    stack: Stack = field(default_factory=Stack)
    company: Company = field(default_factory=Company)
    personas: Mapping[str, Persona] = field(default_factory=dict)
    clients: Mapping[str, Client] = field(default_factory=dict)
    goals: Mapping[str, Goal] = field(default_factory=dict)
    budget: Mapping[str, BudgetLine] = field(default_factory=dict)
    tactics: Mapping[str, Tactic] = field(default_factory=dict)
    playbooks: Mapping[str, Playbook] = field(default_factory=dict)
    campaigns: Mapping[str, Campaign] = field(default_factory=dict)
    team: Mapping[str, Member] = field(default_factory=dict)
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    issues: Mapping[str, Issue] = field(default_factory=dict)
    todos: Mapping[str, Todo] = field(default_factory=dict)
    meetings: Mapping[str, Meeting] = field(default_factory=dict)
    sprints: Mapping[str, Sprint] = field(default_factory=dict)
    broken: frozenset[tuple[str, str]] = frozenset()
    broken_references: tuple[tuple[Ref, Reference], ...] = ()
    unread: frozenset[str] = frozenset()
    catalogue: Mapping[str, Playbook] = field(default_factory=dict)
    logo: Logo | None = None

    def entities(self, kind: str) -> Mapping[str, Entity]:
        """Return the entries of a collection by its kind's name."""
        entries: Mapping[str, Entity] = getattr(self, KIND_BY_NAME[kind].path[0])
        return entries

    def singleton(self, kind: str) -> Part:
        """Return a singleton by its name."""
        part: Part = getattr(self, "settings" if kind == "revplan" else kind)
        return part

    def part_map(self, kind: str) -> Mapping[str, Part]:
        """Return a singleton's map of ids by its kind's name; empty where nothing is given."""
        first, *rest = KIND_BY_NAME[kind].path
        place: object = self.singleton(first)
        for key in rest:
            place = getattr(place, key, None)
        return place if isinstance(place, dict) else {}

    def playbook(self, playbook_id: str) -> Playbook | None:
        """Return a playbook of the plan, or one of the catalogue that a tactic of the plan names."""
        return self.playbooks.get(playbook_id) or self.catalogue.get(playbook_id)

    def with_status(self, *statuses: str) -> tuple[Tactic, ...]:
        """Return the tactics of some statuses, in order; gathered once, because many rules ask."""
        if statuses not in self._gathered:
            found = tuple(tactic for tactic in self.tactics.values() if tactic.status in statuses)
            self._gathered[statuses] = found
        return self._gathered[statuses]

    @cached_property
    def _gathered(self) -> dict[tuple[str, ...], tuple[Tactic, ...]]:
        return {}

    def once(self, key: tuple[object, ...], compute: Callable[[], T]) -> T:
        """Return a value computed from the plan. It is computed once for each key, because many ask for the same."""
        if key not in self._computed:
            self._computed[key] = compute()
        found: T = self._computed[key]
        return found

    @cached_property
    def _computed(self) -> dict[tuple[object, ...], Any]:
        return {}

    def parts(self) -> Iterator[tuple[Ref, Part]]:
        """Return every singleton and every entry of a collection, with what it is called by."""
        for kind in SINGLETONS:
            yield Ref(kind.name), self.singleton(kind.name)
        for kind in COLLECTIONS:
            for entry_id, entity in self.entities(kind.name).items():
                yield Ref(kind.name, entry_id), entity

    def entries(self, kind: str) -> Mapping[str, Part]:
        """Return every entry of a kind by its id; what belongs to another is named `owner/id`."""
        found = KIND_BY_NAME[kind]
        if found.owner is not None and found.within is not None:
            owners = self.entities(found.owner).items()
            return {f"{own}/{part}": body for own, it in owners for part, body in getattr(it, found.within).items()}
        return self.entities(kind) if found in COLLECTIONS else self.part_map(kind)

    def ids(self, kind: str) -> frozenset[str]:
        """Return every id of a kind: those of broken entries too, and those that revplan itself brings."""
        if kind == "calendar":
            return frozenset((*self.settings.calendars, *(entry for own, entry in self.broken if own == "revplan")))
        found = frozenset(entry for broken_kind, entry in self.broken if broken_kind == kind)
        return found | self.entries(kind).keys() | built_in_ids(kind)

    def is_whole(self, *kinds: str) -> bool:
        """Tell whether every entry of these kinds could be read, so that what is absent is absent indeed."""
        return not self.unread and not any(kind in kinds for kind, _ in self.broken)
