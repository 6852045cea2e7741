"""The catalogue: the playbooks that revplan brings, one plan file each, read when they are asked for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from revplan.model.playbooks import CATALOGUE_FOLDER, Playbook, catalogue_ids
from revplan.store.yaml.events import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def catalogue() -> Mapping[str, Playbook]:
    """Return every playbook that revplan brings, by its id, sorted."""
    return read_playbooks(catalogue_ids())


def read_playbooks(ids: Iterable[str]) -> dict[str, Playbook]:
    """Return those of the catalogue that are among some ids, sorted; what is not in the catalogue is left out."""
    return {own: _read(own) for own in sorted(set(ids) & catalogue_ids())}


@cache
def _read(playbook_id: str) -> Playbook:
    """Read one; its file is a part of revplan, so that a fault in it is a fault of revplan's own."""
    text = (CATALOGUE_FOLDER / f"{playbook_id}.yaml").read_text(encoding="utf-8")
    data = parse(text).data
    assert isinstance(data, dict)
    playbooks = data["playbooks"]
    assert isinstance(playbooks, dict)
    body = playbooks[playbook_id]
    assert isinstance(body, dict)
    return Playbook.model_validate({**body, "id": playbook_id})
