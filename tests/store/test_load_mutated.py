"""Sound plans and plans with one known fault, changed here and there: findings with places, and never a traceback."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from revplan.app.checking.fix import fixes_of, reformatting_of
from revplan.app.checking.validate import validate
from revplan.app.open import context_of
from revplan.diagnostics import TextPlace
from revplan.formats.table import Findings, FindingsFormat
from revplan.store.load import read, read_over
from tests.support.inputs import any_seed
from tests.support.mutation import mutated
from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    import random

    from revplan.app.checking.validate import Validation
    from revplan.store.loaded import Loaded

TODAY = date(2026, 11, 28)
SETTINGS = "revplan: {format: 1, company: Test, currency: USD, today: 2026-11-28}\n"
LONGEST = 6_000
TEXTS = sorted(
    text
    for folder in (Path(__file__).parents[1] / "broken", EXAMPLES)
    for path in folder.rglob("*.yaml")
    if len(text := path.read_bytes().decode(errors="replace")) < LONGEST
)
FORMATS = tuple(FindingsFormat)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    root = tmp_path_factory.mktemp("plan").resolve()
    (root / "revplan.yaml").write_text(SETTINGS)
    return read(root)


def with_text(empty: Loaded, text: str, name: str = "a.yaml") -> Loaded:
    return read_over(empty, {name: _bytes(text)})


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


def check(loaded: Loaded) -> Validation:
    return validate(loaded, context_of(loaded, None, TODAY))


def mutated_text(seed: random.Random) -> str:
    text = seed.choice(TEXTS)
    return mutated(seed, text if seed.random() < 0.8 else text + seed.choice(TEXTS))


@any_seed(100)
def test_any_file_nearly_right_is_read(empty: Loaded, seed: random.Random) -> None:
    name = seed.choice(("a.yaml", "a.yaml", "a.yaml", "revplan.yaml", "sub/a.yml"))
    loaded = with_text(empty, mutated_text(seed), name)
    assert loaded.count == 1 + (name != "revplan.yaml")
    for found in loaded.findings:
        assert found.message
        if isinstance(found.place, TextPlace):
            assert 0 <= found.place.start <= len(loaded.sources[found.place.file].text)


@any_seed(60)
def test_any_plan_nearly_right_is_judged_and_shown(empty: Loaded, seed: random.Random) -> None:
    found = check(with_text(empty, mutated_text(seed)))
    for each in FORMATS:
        each.draw(Findings(found.diagnostics, found.files, frozenset()))


@any_seed(60)
def test_any_plan_nearly_right_is_fixed_and_set_in_order(empty: Loaded, seed: random.Random) -> None:
    """A fix takes its finding away; a file in order says what it said, and stays as it is the next time."""
    text = mutated_text(seed)
    loaded = with_text(empty, text)
    fixes = fixes_of(loaded, check, lambda found: found)
    told = Counter(found.code for found in check(loaded).diagnostics)
    now = Counter(found.code for found in check(fixes.loaded).diagnostics)
    for done in fixes.done:
        assert now[done.finding.code] <= told[done.finding.code] or now != told, done
    edits = reformatting_of(loaded, ()).edits.files
    again = read_over(with_text(empty, text), {"a.yaml": _bytes(text), **{file.name: file.new for file in edits}})
    assert again.plan == loaded.plan
    assert not reformatting_of(again, ()).edits.files
