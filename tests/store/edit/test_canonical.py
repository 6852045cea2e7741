from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.store.edit import canonical as canonical_module
from revplan.store.edit.canonical import canonical, squeeze
from revplan.store.yaml.comments import comments
from revplan.store.yaml.events import parse
from revplan.store.yaml.tree import tree
from tests.support.messy import BODIES, Hand, messy

if TYPE_CHECKING:
    from revplan.model.change import Data

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").rglob("*.yaml"))
FIELDS = ("tasks", "title", "impact", "x-mine", "objective", "titel", "function", "notes", "personas")


@st.composite
def tactics(draw: st.DrawFn) -> str:
    bodies: st.SearchStrategy[Data] = st.dictionaries(st.sampled_from(FIELDS), BODIES, min_size=1, max_size=6)
    data: dict[str, Data] = {
        "tactics": draw(st.dictionaries(st.sampled_from(("one", "two", "x-three")), bodies, max_size=3))
    }
    return Hand(draw(st.randoms(use_true_random=False))).file(data)


def meaning(text: str) -> object:
    root = tree(text)
    return root.data if root is not None else None


@given(tactics() | messy().map(lambda pair: pair[0]))
def test_meaning_and_comments_stay_and_twice_is_once(text: str) -> None:
    if parse(text).faults:
        return
    once = canonical(text)
    assert meaning(once) == meaning(text)
    assert sorted(map(str.rstrip, comments(once))) == sorted(map(str.rstrip, comments(text)))
    assert canonical(once) == once


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_examples_are_canonical(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert canonical(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("\n\ntodos:", "todos:\n"),
        ("# only this", "# only this\n"),
        ("todos:  \n\n\n  call: {title: Call}\n\n\n", "todos:\n\n  call: {title: Call}\n"),
        ("todos:\n    call:\n        title: Call\n", "todos:\n  call:\n    title: Call\n"),
        ("todos:\r\n  call: {owner: ana, title: Call}", "todos:\r\n  call: {title: Call, owner: ana}\r\n"),
        ("todos:\n  call: {owner: , title: Call}\n", "todos:\n  call: {title: Call , owner: }\n"),
        ("todos:\n  call: {owner: , title: , due:\n    }\n", "todos:\n  call: {title: , owner: , due:\n    }\n"),
        ("todos:\n  call: {title: , due: , owner: }\n", "todos:\n  call: {title: , owner: , due: }\n"),
        ("todos:\n  call: {owner: ana, # she knows\n    title: Call}\n", None),
        ("todos:\n  call:\n    title: >\n      One  \n\n\n      two\n    owner: ana\n", None),
        ("meetings:\n  m:\n    decisions:\n    - One\n    - Two\n", None),
        ("todos:\n  # About the call.\n  call: {title: Call}\n\n  # By itself.\n\n  mail: {title: Mail}\n", None),
    ],
)
def test_spacing(text: str, expected: str | None) -> None:
    assert canonical(text) == (text if expected is None else expected)


def test_comments_go_with_their_keys() -> None:
    text = (
        "tactics:\n"
        "  page:\n"
        "    # two people, one week\n"
        "    tasks:\n"
        "      do: {skill: copy, hours: 4}  # at least\n"
        "      # and nothing else\n"
        "    impact: 5  # a guess\n"
        "    title: |\n"
        "      New page\n"
    )
    assert canonical(text) == (
        "tactics:\n"
        "  page:\n"
        "    title: |\n"
        "      New page\n"
        "    impact: 5  # a guess\n"
        "    # two people, one week\n"
        "    tasks:\n"
        "      do: {skill: copy, hours: 4}  # at least\n"
        "      # and nothing else\n"
    )


def test_own_keys_follow_the_key_they_stood_after() -> None:
    text = "todos:\n  call:\n    owner: ana\n    x-since: May\n    title: Call\n    notes: N\n    due: 2026-12-01\n"
    assert [line.strip().partition(":")[0] for line in canonical(text).splitlines()[2:]] == [
        *("title", "owner", "x-since", "due", "notes"),
    ]


def test_keys_that_a_comment_sets_apart_stay() -> None:
    text = "todos:\n  call:\n    owner: ana\n\n    # From here on it is Kim's.\n\n    title: Call\n"
    assert canonical(text) == text


@given(tactics() | messy().map(lambda pair: pair[0]), st.data())
def test_many_empty_lines_are_taken_out_first_with_the_same_result(text: str, draw: st.DataObject) -> None:
    pieces = text.split("\n")
    place = draw.draw(st.integers(0, len(pieces)))
    empty = draw.draw(st.lists(st.sampled_from(("", "  ", "\t")), min_size=2, max_size=6))
    text = "\n".join([*pieces[:place], *empty, *pieces[place:]])
    if parse(text).faults:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(canonical_module, "_MANY", 1)
        squeezed = squeeze(text)
        assert meaning(squeezed) == meaning(text)
        assert [*comments(squeezed)] == [*comments(text)]
        early = canonical(text)
    assert early == canonical(text)


def test_a_file_of_empty_lines_is_short_work() -> None:
    text = "todos:\n" + "\n" * 300_000 + "  call: {title: Call}\n" + " \r\n" * 300_000
    assert squeeze(text).count("\n") < 10
    assert canonical(text) == "todos:\n\n  call: {title: Call}\n"
    kept = "todos:\n  call:\n    notes: |+\n      a" + "\n" * 5_000 + "    title: Call\n"
    assert squeeze(kept) == kept


def calls_of(text: str) -> int:
    """Return how many functions are called to bring a text into its canonical form."""
    count = 0

    def see(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(see)
    try:
        canonical(text)
    finally:
        sys.setprofile(None)
    return count


def test_small_collections_in_small_collections_cost_by_their_number() -> None:
    """Twice as many side by side, or one in another, are never much more than twice the calls."""
    one = "t{}: {{skill: a, after: [b, {{c: [d, {{e: f}}]}}]}}"
    for count in (40, 80, 160):
        few, many = (f"x: {{{', '.join(map(one.format, range(each)))}}}\n" for each in (count, 2 * count))
        assert calls_of(many) < 2.2 * calls_of(few)
    nested = ["x"]
    for _ in range(64):
        nested.append(f"{{b: [x, y], a: {nested[-1]}}}")
    assert calls_of(f"x: {nested[64]}\n") < 3 * calls_of(f"x: {nested[32]}\n")
