from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.model.plan import COLLECTIONS, PARTS
from revplan.store.edit.plan import edit
from revplan.store.load import read, read_over
from revplan.store.yaml.events import parse

ROOT = Path(__file__).parents[3] / "examples" / "harbourline"
LOADED = read(ROOT)
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
