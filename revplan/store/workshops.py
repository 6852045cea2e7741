"""The workshops that ship with revplan, one file of data each, read on demand."""

from __future__ import annotations

from functools import cache

from revplan.model.workshops import WORKSHOP_FOLDER, Workshop, workshop_names
from revplan.store.yaml.events import parse


@cache
def read_workshop(name: str) -> Workshop:
    """Return a workshop. Its file is part of revplan, so a fault in it is a bug in revplan."""
    data = parse((WORKSHOP_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")).data
    assert isinstance(data, dict)
    return Workshop.model_validate({**data, "name": name})


def workshops() -> tuple[Workshop, ...]:
    """Return every workshop, in the order in which they are held."""
    return tuple(sorted(map(read_workshop, workshop_names()), key=lambda workshop: workshop.order))
