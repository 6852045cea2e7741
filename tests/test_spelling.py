"""What was probably meant, also among thousands of ids."""

from __future__ import annotations

from difflib import get_close_matches
from random import Random

import pytest

from revplan import spelling
from revplan.spelling import did_you_mean, hint_and_match, nearest

WORDS = (
    "plant",
    "manager",
    "buyer",
    "north",
    "launch",
    "webinar",
    "pricing",
    "page",
    "case",
    "study",
    "partner",
    "mail",
)


def ids(count: int) -> list[str]:
    """Return so many ids, as people write them."""
    random = Random(1)  # noqa: S311 - any words do; the same each time
    found = {f"{'-'.join(random.sample(WORDS, 3))}-{number}" for number in range(count)}
    return sorted(found)


def slips(word: str, random: Random) -> list[str]:
    """Return a word with one slip of the hand each: a letter left out, doubled, or swapped with the next."""
    at = random.randrange(1, len(word) - 2)
    return [
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ]


@pytest.mark.parametrize("count", [50, 300, 301, 3000])
def test_a_slip_is_understood_as_if_every_word_were_compared(count: int) -> None:
    known, random = ids(count), Random(2)  # noqa: S311 - slips of each kind, in words of each length
    for word in random.sample(known, 15):
        for slip in slips(word, random):
            assert nearest(slip, known) == get_close_matches(slip, known, n=1, cutoff=0.7)[0]


def test_few_words_are_compared_among_many(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    def count(_: str, options: list[str], **__: float) -> list[str]:
        compared.append(len(options))
        return []

    monkeypatch.setattr(spelling, "get_close_matches", count)
    for word in ("plant-manager-page-17", "tactic-99", "x", ""):
        nearest(word, ids(5000))
    for word in (f"tactic-{number}x" for number in range(10)):
        nearest(word, [f"tactic-{number}" for number in range(5000)])
    assert max(compared) <= 3 * spelling._COMPARED


def test_spelling_alone_leaves_no_doubt() -> None:
    known = ids(1000)
    assert hint_and_match(known[7].upper().replace("-", "_"), known) == (f'did you mean "{known[7]}"?', known[7])


def test_nothing_near_is_nothing() -> None:
    assert did_you_mean("zzzzzzzzzz", ids(1000)) is None
