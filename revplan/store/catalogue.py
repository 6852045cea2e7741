"""The playbooks that ship with revplan, one plan file each, read on demand."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from revplan.model.playbooks import CATALOGUE_FOLDER, Playbook, catalogue_ids
from revplan.store.yaml.events import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def catalogue() -> Mapping[str, Playbook]:
    """Return every playbook that ships with revplan, by id, sorted by id."""
    return read_playbooks(catalogue_ids())


def read_playbooks(ids: Iterable[str]) -> dict[str, Playbook]:
    """Return the playbooks with these ids, sorted by id. Ids that are not in the catalogue are skipped."""
    return {own: _read(own) for own in sorted(set(ids) & catalogue_ids())}


@cache
def _read(playbook_id: str) -> Playbook:
    """Read one playbook. Its file is part of revplan, so a fault in it is a bug in revplan."""
    text = (CATALOGUE_FOLDER / f"{playbook_id}.yaml").read_text(encoding="utf-8")
    data = parse(text).data
    assert isinstance(data, dict)
    playbooks = data["playbooks"]
    assert isinstance(playbooks, dict)
    body = playbooks[playbook_id]
    assert isinstance(body, dict)
    return Playbook.model_validate({**body, "id": playbook_id})
