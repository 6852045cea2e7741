from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.store.edit.amend import amend, without_own
from revplan.store.edit.apply import rewrite
from revplan.store.yaml import events, parser, tree
from revplan.store.yaml.emit import file_text, flow
from revplan.store.yaml.events import parse
from revplan.store.yaml.scalars import plain_or_quoted, plain_or_quoted_in_flow
from tests.support.messy import MAPPINGS, TEXTS, edits, messy, paths
from tests.support.plans import value_at

if TYPE_CHECKING:
    from revplan.model.change import Data

Messy = tuple[str, dict[str, "Data"]]
COMMENT = re.compile(r"remark \d+\.")


def changed(text: str, data: dict[str, Data]) -> str:
    """Return the text edited so that it says the data, having checked that it does."""
    new = rewrite(text, tree.tree(text), data)
    parsed = parse(new)
    assert parsed.faults == ()
    assert parsed.data == data
    return new


def amend_file(data: Data, place: tuple[str | int, ...], value: Data) -> dict[str, Data]:
    """Return the data of a file with another value at a place below its top."""
    amended = amend(data, place, value)
    assert isinstance(amended, dict)
    return amended


@given(messy())
def test_the_tree_says_what_the_reader_reads(file: Messy) -> None:
    text, data = file
    root = tree.tree(text)
    assert root is not None
    assert root.data == parse(text).data == data


@given(messy())
def test_without_changes_a_text_stays_as_it_is(file: Messy) -> None:
    text, data = file
    assert changed(text, data) == text


@given(messy(), st.data())
def test_a_text_says_the_old_data_plus_the_changes(file: Messy, draw: st.DataObject) -> None:
    text, data = file
    for _ in range(draw.draw(st.integers(1, 4))):
        data = amend_file(data, *draw.draw(edits(data)))
    new = changed(text, data)
    assert new.endswith("\n") or not text.endswith("\n")
    assert ("\n" in new.replace("\r\n", "")) <= ("\r\n" not in text)


@given(messy(), st.data())
def test_one_scalar_change_touches_its_span_alone(file: Messy, draw: st.DataObject) -> None:
    text, data = file
    spots = [(path, node) for path, node in scalars(tree.tree(text)) if node.style not in ("|", ">")]
    if not spots:
        return
    path, node = draw.draw(st.sampled_from(spots))
    value = draw.draw(TEXTS.filter(lambda each: "\n" not in each))
    new = changed(text, amend_file(data, path, value))
    assert new.startswith(text[: node.start])
    assert new.endswith(text[node.end :])


def scalars(node: tree.Node | None, above: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], tree.Node]]:
    """List every text of a tree with its path."""
    if node is None or node.kind == "text":
        return [(above, node)] if node else []
    keys = [entry.name or index if node.kind == "mapping" else index for index, entry in enumerate(node.entries)]
    pairs = zip(keys, node.entries, strict=True)
    return [each for key, entry in pairs for each in scalars(entry.value, (*above, key))]


@given(messy(), st.data())
def test_what_is_only_added_or_set_loses_no_comment(file: Messy, draw: st.DataObject) -> None:
    text, data = file
    path = draw.draw(st.sampled_from(paths(data)))
    value = draw.draw(TEXTS)
    before: Data = value_at(data, *path)
    place = (*path, "new") if isinstance(before, dict) else (*path, len(before)) if isinstance(before, list) else path
    if isinstance(before, dict | list) and not before:
        return
    new = changed(text, amend_file(data, place, value))
    if not (isinstance(before, str) and "\n" in before):
        assert COMMENT.findall(new) == COMMENT.findall(text)


@given(messy(), st.data())
def test_edits_one_by_one_and_at_once_say_the_same(file: Messy, draw: st.DataObject) -> None:
    text, data = file
    step = text
    for _ in range(3):
        data = amend_file(data, *draw.draw(edits(data)))
        step = changed(step, data)
    assert parse(step).data == parse(changed(text, data)).data


@given(TEXTS)
def test_every_text_is_read_back_to_the_letter(text: str) -> None:
    for like in ("", "'", '"'):
        assert parse(f"a: {plain_or_quoted(text, like=like)}\n").data == {"a": text}
        assert parse(f"a: {{b: {plain_or_quoted_in_flow(text, like=like)}}}\n").data == {"a": {"b": text}}
    assert parse(f"a: {flow([text, text])}\n").data == {"a": [text, text]}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_read_back_as_a_key_too(text: str) -> None:
    if not text.startswith("x-"):
        assert parse(file_text({text: {text: text}})).data == {text: {text: text}}


@given(MAPPINGS)
def test_a_new_file_says_its_data(data: dict[str, Data]) -> None:
    assert parse(file_text(data)).data == data
    assert parse(file_text(data, "\r\n")).data == data


@given(messy(), st.data())
def test_the_parser_in_pure_python_leads_to_the_same_edits(file: Messy, draw: st.DataObject) -> None:
    text, data = file
    new_data: dict[str, Data] = amend(data, *draw.draw(edits(data)))  # type: ignore[assignment]
    by_c = rewrite(text, tree.tree(text), new_data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser, "_C_LOADER", None)
        tree.tree.cache_clear()
        assert rewrite(text, tree.tree(text), new_data) == by_c
    assert events.parse(by_c).data == new_data


@given(messy(), st.data())
def test_own_keys_are_never_lost(file: Messy, draw: st.DataObject) -> None:
    text, data = file
    owned = rewrite(text, tree.tree(text), {**data, "x-mine": {"x-a": "1"}})
    root = tree.tree(owned)
    assert root is not None
    new = amend_file(root.data, *draw.draw(edits(data)))
    edited = tree.tree(rewrite(owned, root, new))
    assert edited is not None
    assert edited.data == new
    assert without_own(new) == parse(rewrite(owned, root, new)).data
