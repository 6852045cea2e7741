"""Laws of renaming, on a whole company."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from revplan.analysis.changes import mentions
from revplan.app.editing.entries import declared_ids
from revplan.app.editing.rename import NAMED_KINDS, rename
from revplan.model.references import references
from revplan.store.load import read, read_over
from tests.support.plans import HARBOURLINE

LOADED = read(HARBOURLINE)
FIXED = ("sprint", "meeting", "rollout")
NAMES = [(kind, each) for kind in NAMED_KINDS if kind not in FIXED for each in sorted(declared_ids(LOADED.plan, kind))]


@settings(max_examples=40)
@given(st.sampled_from(NAMES))
def test_there_and_back_is_where_one_was(name: tuple[str, str]) -> None:
    kind, old = name
    owner, slash, _ = old.rpartition("/")
    there = rename(LOADED, kind, old, "quite-new")
    after = read_over(LOADED, there.edits.overlay)
    assert after.findings == ()
    back = rename(after, kind, f"{owner}{slash}quite-new", old.rpartition("/")[2])
    assert back.mentions == there.mentions
    assert {**there.edits.overlay, **back.edits.overlay} == {file.name: file.old for file in there.edits.files}


def test_every_reference_of_the_models_is_listed() -> None:
    for ref, part in LOADED.plan.parts():
        for reference in references(part):
            sibling = {"sibling-task": "task", "variant": "variant"}.get(reference.kind)
            kind = sibling or reference.kind
            wanted = f"{ref.id}/{reference.id}" if sibling else reference.id
            found = [(mention.ref, mention.on_key) for mention in mentions(LOADED.plan, kind, wanted)]
            assert (ref.at(*reference.keys), reference.on_key) in found
