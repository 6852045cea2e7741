from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from revplan.diagnostics import Finding, KeyPlace, TextPlace
from revplan.store.yaml import parser
from revplan.store.yaml.events import MAX_EXPANSION, parse
from revplan.store.yaml.parser import MAX_DEPTH

SAMPLES = (
    "name: no\nempty:\nquoted: ''\nlist: [a, {b: *x}]\n",
    "a: &team [dana, priya]\nb: *team\nx-mine: {a: 1}\n",
    "a: 1\nb: 2\na: 3\n'<<': 4\nc: {<<: *b}\n",
    "a: !python/object x\nb: !!int 6\n",
    "a: é\x07\n",
    "a: 1\n---\nb: 2\n",
    "- - a\n  - b:\n      - c\n- |\n  text\n",
)


def start_of(fault: Finding) -> int:
    assert isinstance(fault.place, TextPlace)
    return fault.place.start


def place_of(fault: Finding) -> tuple[str, int]:
    return fault.code, start_of(fault)


def codes(text: str) -> list[str]:
    return [fault.code for fault in parse(text).faults]


def test_scalars_stay_text_and_empty_is_not_given() -> None:
    data = parse("name: no\nimpact: 8\nat: 12:30\nempty:\nquoted: ''\nnothing: ~\n").data
    assert data == {"name": "no", "impact": "8", "at": "12:30", "empty": None, "quoted": "", "nothing": None}


def test_own_keys_are_left_out_with_all_below() -> None:
    assert parse("x-mine: {a: [1, {b: 2}]}\na: {x-b: 1, c: 2}\n").data == {"a": {"c": "2"}}


def test_aliases_stand_for_their_values() -> None:
    assert parse("a: &team [dana, priya]\nb: *team\n").data == {"a": ["dana", "priya"], "b": ["dana", "priya"]}


@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
def test_a_plain_word_for_nothing_is_not_given(word: str) -> None:
    assert parse(f"a: {word}\nb: [{word}]\nc: {{d: {word} }}\n").data == {
        "a": None,
        "b": [None] if word else [],
        "c": {"d": None},
    }
    assert parse(f"a: '{word}'\nb: \"{word}\"\n").data == {"a": word, "b": word}


@pytest.mark.parametrize("text", ["a: [!, b]\n", "a: {b: ! }\n", "a: !\n"])
def test_a_lone_exclamation_mark_is_not_lost(text: str) -> None:
    assert codes(text) == ["RP005"]


PLAIN_IN_BRACES = (
    *(
        "Why us?",
        "see https://example.org/a?b=1#c",
        "12:30",
        "q4:launch",
        "?what",
        ":smile:x",
        "::x",
        "::?",
        "a:?",
        "a:? b",
        "a?b",
        "-1",
        "100%",
    ),
    *("a#b", 'say "hello"', "it's", "x\x85y", "x\u2028y", "x\u2029y", "a\tb", "\u00a05"),
)


@pytest.mark.parametrize("text", PLAIN_IN_BRACES)
def test_plain_scalars_of_yaml_1_2_are_read_in_braces_too(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    files = (f"a: {text}\n", f"- {{a: {text}, b: [{text}, {{c: {text} }}]}}\n")
    expected = ({"a": text}, [{"a": text, "b": [text, {"c": text}]}])
    assert tuple(parse(file).data for file in files) == expected
    monkeypatch.setattr(parser, "_C_LOADER", None)
    if "\t" not in text:  # the parser in pure Python takes a tab in a plain text for a fault
        assert tuple(parse(file).data for file in files) == expected


def test_characters_for_private_use_stay_what_they_are() -> None:
    assert parse("a: [?b, \ue000\ue001\ue002, :c]\n").data == {"a": ["?b", "\ue000\ue001\ue002", ":c"]}


@pytest.mark.parametrize(
    ("text", "code", "start"),
    [
        ("a: 1\nb: 2\na: 3\n", "RP003", 10),
        ("a:\n\tb: 1\n", "RP004", 3),
        ("a: !python/object x\n", "RP005", 3),
        ("a: &x {b: 1}\nc: {<<: *x}\n", "RP006", 17),
        ("a: &x [*x]\n", "RP007", 7),
        ("a: b: c\n", "RP002", 4),
        ("a: é\x07\n", "RP010", 4),
        ("a: 1\n---\nb: 2\n", "RP012", 5),
        ("? [a]\n: 1\n", "RP013", 2),
        ("a: 'b\n", "RP002", 3),
    ],
)
def test_faults_have_their_code_and_place(text: str, code: str, start: int) -> None:
    assert [*map(place_of, parse(text).faults)] == [(code, start)]


def test_a_duplicate_key_names_the_first_and_keeps_it() -> None:
    parsed = parse("tactics:\n  a: {t: 1}\n  b: [{c: 1, c: 2}]\n")
    assert parsed.data == {"tactics": {"a": {"t": "1"}, "b": [{"c": "1"}]}}
    assert parsed.faults[0].related == (KeyPlace("", ("tactics", "b", 0, "c")),)


def test_core_tags_change_nothing() -> None:
    assert parse("a: !!str 5\nb: !!int 6\n").data == {"a": "5", "b": "6"}


def test_nesting_is_bounded() -> None:
    assert codes("[" * (MAX_DEPTH + 1)) == ["RP008"]
    assert codes("[" * 100_000) == ["RP008"]
    assert codes("{a: " * 100_000) == ["RP008"]


def test_an_alias_bomb_is_refused_before_it_goes_off() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 12)]
    parsed = parse("\n".join(lines))
    assert [fault.code for fault in parsed.faults] == ["RP007"]
    assert f"{MAX_EXPANSION:,}" in parsed.faults[0].message


@given(st.text(alphabet=st.characters(codec="utf-8")))
@example("\ud800")
@example("a: \u2028 b")
@example("%YAML 9.9\n---\n")
@example("%TAG ! tag:x,2000:\n---\n!foo a")
def test_reading_never_raises(text: str) -> None:
    parsed = parse(text)
    assert parsed.whole or parsed.faults
    for fault in parsed.faults:
        assert 0 <= start_of(fault) <= len(text)


YAMLISH = st.text(alphabet=st.sampled_from(list("ab:,-[]{}&*!#|>'\"%@` \n\t?~<1é\U0001f600")), max_size=60)


@given(YAMLISH)
def test_reading_yaml_like_text_never_raises(text: str) -> None:
    parsed = parse(text)
    assert parsed.whole or parsed.faults


@pytest.mark.parametrize("text", SAMPLES)
def test_without_a_c_parser_the_same_is_read(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = parse(text)
    monkeypatch.setattr(parser, "_C_LOADER", None)
    slow = parse(text)
    assert (slow.data, slow.whole) == (fast.data, fast.whole)
    assert [(fault.code, start_of(fault)) for fault in slow.faults] == [
        (fault.code, start_of(fault)) for fault in fast.faults
    ]


def test_a_key_in_quotes_does_not_make_a_merge_key_plain() -> None:
    assert codes("a: {'<<': 1}\nb: {<<: {c: 1}}\n") == ["RP006"]
