"""`revplan schema`: the JSON Schema of plan files, alone or with a plan's own ids."""

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
    """Return the schema of any plan's files."""
    return _with_rules(plan_schema())


def schema_with_ids(plan: Plan) -> Schema:
    """Return the schema of a plan's files, whose references are the plan's own ids and no others.

    Where a file could not be read, any id may be in it, and none is refused.
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
    """Yield the ids of a kind that lives in others, with the owner and without."""
    paths = sorted(plan.ids(kind.name))
    alone = tuple(sorted({path.partition("/")[2] for path in paths}))
    if kind.name == "task":
        yield "task", tuple(paths)
        yield "sibling-task", alone
    else:
        yield kind.name, alone


def _with_rules(document: Schema) -> Schema:
    """Let the settings name the rules there are, with the severities that each may have."""
    rules = document["$defs"]["Settings"]["properties"]["rules"]
    severities = get_args(SeverityWord)
    words = {name: {"enum": [word for word in severities if may_be(code, word)]} for name, code in CODE_BY_NAME.items()}
    rules.update(notation.nullable(notation.fixed_mapping(words)))
    return document
