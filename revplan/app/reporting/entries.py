"""`list` and `show` of every noun, `skill list`, and the proposals of `stack plan`: the plan's entries as pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.app.editing.entries import require
from revplan.errors import InputError
from revplan.model.base import Ref
from revplan.reports import listing, skills, stack
from revplan.store.yaml.spans import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.reports.document import Document
    from revplan.store.loaded import Loaded


def entries_page(context: Context, kind: str, where: Mapping[str, str], *, every: bool) -> Document:
    """Return a table of a kind's entries.

    Args:
        context: the plan and the day.
        kind: the kind.
        where: the values that entries must have, by field; see `conditions`.
        every: also entries that are done, dropped or over.
    """
    return listing.layout(listing.build(context, kind, listing.Filter(where, every)))


def conditions(written: Sequence[str]) -> dict[str, str]:
    """Read conditions, each written FIELD=VALUE.

    Raises:
        InputError: there is no =.
    """
    pairs = [each.partition("=") for each in written]
    if not all(name and equals for name, equals, _ in pairs):
        raise InputError("--where is written FIELD=VALUE", hint="such as --where function=sales")
    return {name: value for name, _, value in pairs}


def entry_text(loaded: Loaded, kind: str, entry_id: str) -> str:
    """Return an entry as it stands in its file, under a comment with its file and line.

    Raises:
        UnknownIdError: there is no such entry.
    """
    return text_of(loaded, Ref(kind, require(loaded.plan, kind, entry_id)))


def skills_page(context: Context) -> Document:
    """Return the skills: who has which, and the hours that the next sprint asks for."""
    return skills.layout(skills.build(context))


def rollouts_page(plan: Plan) -> Document:
    """Return the missing stages of rollouts, proposed as tactics."""
    return stack.layout(plan)
