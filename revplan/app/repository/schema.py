"""`revplan schema`: the JSON Schema of plan files, with or without a plan's own ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from revplan.app.checking.validate import may_be
from revplan.diagnostics import CODE_BY_NAME
from revplan.model import notation
from revplan.model.plan import COLLECTIONS, OWNED, PARTS
from revplan.model.schema import plan_schema
from revplan.model.settings import SeverityWord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.notation import Schema
    from revplan.model.plan import Kind, Plan


def schema() -> Schema:
    """Return the schema of the files of any plan."""
    return _with_rules(plan_schema())


def schema_with_ids(plan: Plan) -> Schema:
    """Return the schema of one plan's files, whose references allow only the plan's own ids.

    If a file could not be read, the schema allows any id, because the file may contain any id.
    """
    return _with_rules(plan_schema({} if plan.unread else dict(_ids(plan))))


def _ids(plan: Plan) -> Iterator[tuple[str, tuple[str, ...]]]:
    for kind in (*COLLECTIONS, *PARTS):
        yield kind.name, tuple(sorted(plan.ids(kind.name)))
    yield "calendar", tuple(sorted(plan.ids("calendar")))
    for kind in OWNED:
        if plan.is_whole(str(kind.owner)):
            yield from _owned_ids(plan, kind)


def _owned_ids(plan: Plan, kind: Kind) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the ids of a kind whose things belong to entries of another kind, with and without the owner's id."""
    paths = sorted(plan.ids(kind.name))
    alone = tuple(sorted({path.partition("/")[2] for path in paths}))
    if kind.name == "task":
        yield "task", tuple(paths)
        yield "sibling-task", alone
    else:
        yield kind.name, alone


def _with_rules(document: Schema) -> Schema:
    """Return the schema with the names of all rules in the settings, and the severities that each rule allows."""
    rules = document["$defs"]["Settings"]["properties"]["rules"]
    severities = get_args(SeverityWord)
    words = {name: {"enum": [word for word in severities if may_be(code, word)]} for name, code in CODE_BY_NAME.items()}
    rules.update(notation.nullable(notation.fixed_mapping(words)))
    return document
