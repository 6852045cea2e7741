"""One entity as it stood in files of the past, without reading the whole plan of each commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from revplan.model.base import Entity, Part, Ref
from revplan.model.plan import text_path
from revplan.store.events import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from revplan.model.plan import Kind
    from revplan.store.git import Git


class Unreadable:
    """Stands for an entity that is written, but cannot be read."""


UNREADABLE = Unreadable()
PastEntity = Part | Unreadable | None


class PastEntities:
    """Entities of a kind, by the objects that hold the texts they are written in."""

    def __init__(self, git: Git, kind: Kind, context: Mapping[str, Any]) -> None:
        self.git = git
        self.kind = kind
        self.context = dict(context)
        self.texts: dict[str, bytes] = {}
        self.known: dict[tuple[str, str], PastEntity] = {}

    def fetch(self, objects: Iterable[str | None]) -> None:
        """Make the texts of objects ready, in place of those made ready before."""
        self.texts = self.git.blobs(name for name in objects if name is not None)

    def find(self, objects: Iterable[str | None], entry_id: str) -> PastEntity:
        """Return an entity as the first of these objects has it; None where none has."""
        found = (self._in(name, entry_id) for name in objects if name is not None)
        return next((each for each in found if each is not None), None)

    def all_in(self, objects: Iterable[str | None], like: str) -> dict[str, Part]:
        """Return the readable entities that stand beside one of an id, or would."""
        *way, _ = text_path(Ref(self.kind.name, like))
        prefix = f"{like.rpartition('/')[0]}/" if "/" in like else ""
        found: dict[str, Part] = {}
        for name in objects:
            beside = _at(self._data(name), way) if name is not None else None
            for own, body in beside.items() if isinstance(beside, dict) else ():
                entity = self._entity(own, body)
                if isinstance(entity, Part):
                    found[f"{prefix}{own}"] = entity
        return found

    def _in(self, name: str, entry_id: str) -> PastEntity:
        key = (name, entry_id)
        if key not in self.known:
            self.known[key] = self._read(name, entry_id)
        return self.known[key]

    def _read(self, name: str, entry_id: str) -> PastEntity:
        way = text_path(Ref(self.kind.name, entry_id))
        own, text = str(way[-1]), self.texts.get(name, b"")
        if own.encode() not in text or str(way[0]).encode() not in text:
            return None
        holder = _at(self._data(name), way[:-1])
        return self._entity(own, holder[own]) if isinstance(holder, dict) and own in holder else None

    def _data(self, name: str) -> Any:
        return parse(self.texts.get(name, b"").decode(errors="replace").removeprefix("\ufeff")).data

    def _entity(self, own_id: str, body: Any) -> PastEntity:
        given = {**body, "id": own_id} if issubclass(self.kind.model, Entity) and isinstance(body, dict) else body
        try:
            return self.kind.model.model_validate(given, context=self.context)
        except ValidationError:
            return UNREADABLE


def _at(data: Any, way: Iterable[str | int]) -> Any:
    for key in way:
        if not isinstance(data, dict):
            return None
        data = data.get(key)
    return data
