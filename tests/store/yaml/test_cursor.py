from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.store.yaml.cursor import word_at, words, writing_at
from revplan.store.yaml.spans import places

TEXT = """\
tactics:
  page:
    title: "A page"
    requires: [one, two]
    tasks:
      write: {skill: copy, hours: 6}
"""


def test_every_word_has_its_keys_and_its_span() -> None:
    found = [(word.keys, word.is_key, TEXT[word.span.start : word.span.end]) for word in words(TEXT)]
    assert (("tactics", "page", "title"), True, "title") in found
    assert (("tactics", "page", "title"), False, '"A page"') in found
    assert (("tactics", "page", "requires", 1), False, "two") in found
    assert (("tactics", "page", "tasks", "write", "hours"), False, "6") in found


def test_words_stand_where_places_says() -> None:
    found = list(words(TEXT))
    spans = places(TEXT, [word.keys for word in found])
    for word in found:
        own = spans[word.keys]
        assert word.span == (own.key if word.is_key else own.value)


@pytest.mark.parametrize(
    ("at", "keys"), [("ti|tle", ("tactics", "page", "title")), ("|one", ("tactics", "page", "requires", 0))]
)
def test_a_word_is_found_by_an_offset(at: str, keys: tuple[str | int, ...]) -> None:
    before, _, after = at.partition("|")
    found = word_at(TEXT, TEXT.index(before + after) + len(before))
    assert found is not None
    assert found.keys == keys


def test_a_key_without_a_word_yet_belongs_to_the_mapping_of_its_line() -> None:
    text = "tactics:\n  a:\n    title: x\n    \n  b:\n    title: y\n"
    found = writing_at(text, text.index("    \n") + 4)
    assert found is not None
    assert (found.keys, found.is_key, found.siblings) == (("tactics", "a"), True, {"title"})


@given(st.text(alphabet="ab:{}[], \n-#'\"|>&*!?", max_size=60), st.integers(0, 60))
def test_nothing_that_can_be_typed_raises(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    assert all(0 <= word.span.start <= word.span.end <= len(text) for word in words(text))
    found = writing_at(text, offset)
    assert found is None or found.span.start <= offset <= found.span.end
    word_at(text, offset)
