"""A plan that is read again from what its files were read as before is the plan as it is read afresh."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from revplan import rules
from revplan.app.checking.validate import validate
from revplan.app.editing.changes import propose
from revplan.app.open import context_of
from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.model.context import Context
from revplan.store import cache
from revplan.store.edit import plan
from revplan.store.files import FilesOnDisk, FilesOver
from revplan.store.load import read, read_from, read_over
from revplan.store.loaded import merge_files
from revplan.store.yaml.events import parse
from tests.support.plans import HARBOURLINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pytest

    from revplan.diagnostics import Finding
    from revplan.model.plan import Plan
    from revplan.store.loaded import Loaded
    from revplan.store.yaml.events import Parsed
LOADED = read(HARBOURLINE)
NAMES = sorted(LOADED.sources)
LINES = (
    "",
    "  x: 1\n",
    "    impact: x\n",
    "tactics:\n",
    "  <<: *a\n",
    "  other: {title: T}\n",
    "\t- a\n",
    "key: [",
    "# end\n",
)


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file of the plan, or a new one, with some of its lines gone, doubled, or followed by another one."""
    name = draw(st.sampled_from((*NAMES, "new.yaml")))
    text = LOADED.sources[name].text if name in LOADED.sources else ""
    lines = text.splitlines(keepends=True)
    start, length = draw(st.integers(0, len(lines))), draw(st.integers(0, 4))
    before = lines[:start] + draw(st.sampled_from(([], lines[start : start + length])))
    after = lines[start + draw(st.integers(0, 4)) :]
    return name, "".join((*before, draw(st.sampled_from(LINES)), *after)).encode() + draw(
        st.sampled_from((b"", b"\xff"))
    )


def everything(loaded: Loaded) -> tuple[object, ...]:
    """Return all that was read, places in the text included."""
    found = tuple(loaded.findings)
    return loaded.plan, loaded.sources, loaded.homes, found, loaded.count, merge_files(loaded)


@settings(max_examples=60)
@given(st.lists(edits(), min_size=1, max_size=4))
def test_a_plan_read_over_is_the_plan_read_afresh(steps: list[tuple[str, bytes]]) -> None:
    again = LOADED
    overlay: dict[str, bytes] = {}
    for name, content in steps:
        overlay[name] = content
        again = read_over(again, overlay)
        assert everything(again) == everything(read_from(FilesOver(FilesOnDisk(HARBOURLINE), overlay)))
    assert everything(read_over(again, {})) == everything(LOADED)


SETTINGS = "revplan: {format: 1, company: C, currency: USD, sprint: {hours_per_day: 8}}\n"
TACTIC = "tactics:\n  page: {title: Page, function: marketing, impact: 5, tasks: {do: {skill: copy, hours: 2d}}}\n"


def test_other_settings_read_every_entry_again(make_plan: Callable[..., Path]) -> None:
    before = read(make_plan({"revplan.yaml": SETTINGS, "tactics.yaml": TACTIC}))
    after = read_over(before, {"revplan.yaml": SETTINGS.replace("8}", "6}").encode()})
    assert [each.plan.tactics["page"].tasks["do"].minutes for each in (before, after)] == [16 * 60, 12 * 60]


def test_an_edit_parses_the_new_text_of_its_file_once_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = read(HARBOURLINE)
    tactic = next(iter(loaded.plan.tactics))
    parsed: list[str] = []

    def count(text: str) -> Parsed:
        parsed.append(text)
        return parse(text)

    for module in (cache, plan):
        monkeypatch.setattr(module, "parse", count)
    change = Change(Ref("tactic", tactic, ("notes",)), "Changed.")
    proposal = propose(loaded, Context(loaded.plan, date(2026, 11, 28)), (change,))
    assert [text.encode() for text in parsed] == [file.new for file in proposal.edits.files]


def test_an_edit_runs_the_rules_once_before_and_once_after(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = read(HARBOURLINE)
    checked: list[Plan] = []
    check = rules.check

    def count(context: Context) -> Iterator[Finding]:
        checked.append(context.plan)
        return check(context)

    monkeypatch.setattr(rules, "check", count)
    change = Change(Ref("tactic", next(iter(loaded.plan.tactics)), ("notes",)), "Changed.")
    propose(loaded, Context(loaded.plan, date(2026, 11, 28)), (change,))
    assert [each is loaded.plan for each in checked] == [False, True]


TODAY = date(2026, 11, 28)
MERGED = """\
x-usual: &usual {function: sales, impact: 5}
tactics:
  base: {title: Base, <<: *usual, tasks: {do: {skill: web, hours: 4}}}
  next: {title: Next, function: sales, impact: 5, requires: [base], tasks: {do: {skill: web, hours: 4}}}
"""


def test_an_entry_that_a_merge_key_leaves_incomplete_is_known_however_often_it_is_read(
    make_plan: Callable[..., Path],
) -> None:
    loaded = read(make_plan(MERGED))
    again = read_over(loaded, {})
    assert loaded.plan.broken == again.plan.broken == {("tactic", "base")}
    for each in (loaded, again):
        assert [found.code for found in validate(each, context_of(each, None, TODAY)).diagnostics] == ["RP006"]
