from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.model.plan import COLLECTIONS, PARTS
from revplan.store.edit.apply import rewrite
from revplan.store.edit.plan import edit
from revplan.store.load import read, read_over
from revplan.store.yaml.events import parse
from revplan.store.yaml.tree import tree
from tests.support.plans import HARBOURLINE

LOADED = read(HARBOURLINE)
KINDS = {kind.path: kind.name for kind in (*COLLECTIONS, *PARTS) if kind.name != "sprint"}
HOMES = sorted((keys, file) for keys, file in LOADED.homes.items() if keys[:-1] in KINDS)


@settings(max_examples=40)
@given(st.sampled_from(HOMES))
def test_what_is_added_and_dropped_leaves_no_trace(home: tuple[tuple[str, ...], str]) -> None:
    keys, file = home
    body = parse(LOADED.sources[file].text).data
    for key in keys:
        assert isinstance(body, dict)
        body = body[key]
    ref = Ref(KINDS[keys[:-1]], "quite-new")
    there = edit(LOADED, [Change(ref, body)])
    after = read_over(LOADED, there.overlay)
    back = edit(after, [Change(ref, None)])
    new_files = {each.name for each in there.files if each.old is None}
    assert {each.name: each.new for each in back.files if each.name not in new_files} == {
        each.name: each.old for each in there.files if each.old is not None
    }


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("{owner: ana, hours: 4}", "{owners: {ana: 2, ben: 2}, hours: 4}"),
        ("{owner: ana, hours: 4, start: 2026-12-01}", "{owners: {ana: 2, ben: 2}, hours: 4, start: 2026-12-01}"),
        ("{owner: ana,\n    hours: 4}", "{owners: {ana: 2, ben: 2}, hours: 4}"),
        (
            "{\n    # mine\n    owner: ana,\n    hours: 4\n  }",
            "{\n    # mine\n    owners: {ana: 2, ben: 2}, hours: 4\n  }",
        ),
        ("{hours: 4}", "{owners: {ana: 2, ben: 2}, hours: 4}"),
        ("{? hours : 4}", "{? hours : 4, owners: {ana: 2, ben: 2}}"),
    ],
)
def test_a_new_key_in_braces_stands_where_the_format_has_it(text: str, new: str) -> None:
    """A task that several now share: `owners` comes where `owner` was, before all that stays."""
    old = f"row: {text}\n"
    data = parse(old).data
    assert isinstance(data, dict)
    row = data["row"]
    assert isinstance(row, dict)
    kept = {key: value for key, value in row.items() if key != "owner"}
    found = rewrite(old, tree(old), {"row": {"owners": {"ana": "2", "ben": "2"}, **kept}})
    assert found == f"row: {new}\n"
