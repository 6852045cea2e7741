from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from revplan.app.checking.validate import validate
from revplan.errors import NoPlanError, UnreadablePlanError
from revplan.model.context import Context
from revplan.store.files import find_plan, plan_at, plan_files
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable

    MakePlan = Callable[..., Path]

TACTIC = "{title: A, function: sales, impact: 5, tasks: {do: {skill: copy, hours: 4}}}"


def found(root: Path) -> list[str]:
    """Return the findings as `file:line:column code message (hint)`."""
    loaded = read(root)
    result = validate(loaded, Context(loaded.plan, date(2026, 11, 28)))
    return [
        f"{each.location.file}:{each.location.line}:{each.location.column} {each.code} {each.message}"
        + (f" ({each.hint})" if each.hint else "")
        for each in result.diagnostics
        if re.match("RP[0-2]", each.code)
    ]


def test_a_plan_is_the_union_of_its_files(make_plan: MakePlan) -> None:
    root = make_plan(
        {
            "a.yaml": f"tactics: {{first: {TACTIC}}}\n",
            "deep/er/b.yml": f"tactics: {{second: {TACTIC}}}\nstrategy: {{vision: Far}}\n",
            "c.yaml": "strategy: {big_story: {narrative: N, pillars: {one: {claim: C}}}}\n",
            "d.yaml": "strategy: {big_story: {pillars: {two: {claim: D}}}}\n",
        }
    )
    plan = read(root).plan
    assert list(plan.tactics) == ["first", "second"]
    assert plan.strategy.vision == "Far"
    assert plan.strategy.big_story is not None
    assert list(plan.strategy.big_story.pillars) == ["one", "two"]
    assert found(root) == []


def test_a_plan_is_the_same_from_wherever_its_folder_is_named(
    make_plan: MakePlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_plan({"deep/a.yaml": f"tactics: {{first: {TACTIC}}}\n"})
    monkeypatch.chdir(root.parent)
    assert found(Path(root.name)) == found(root) == []
    link = tmp_path / "by-a-link"
    try:
        link.symlink_to(root)
    except OSError:
        pytest.skip("links are not permitted here")
    assert found(link) == []


def test_what_is_left_out(make_plan: MakePlan) -> None:
    root = make_plan(
        {
            "revplan.yaml": "revplan: {format: 1, company: T, currency: USD, exclude: [drafts, 'old-*.yaml']}\n",
            ".hidden/a.yaml": "nonsense: 1",
            "other/revplan.yaml": "nonsense: 1",
            "other/below/a.yaml": "nonsense: 1",
            "drafts/a.yaml": "nonsense: 1",
            "old-1.yaml": "nonsense: 1",
            "notes.txt": "nonsense",
            "in.yaml": "personas: {}",
        }
    )
    assert [file.name for file in plan_files(root, ("drafts", "old-*.yaml"))] == ["in.yaml", "revplan.yaml"]
    assert found(root) == []


def test_every_fault_is_told_in_one_run_with_its_place(make_plan: MakePlan) -> None:
    root = make_plan(
        {
            "a.yaml": "tactics:\n  one:\n    titel: A\n    function: sales\n    impact: eleven\n"
            "    tasks: {do: {skill: copy, hours: 4x}}\n",
            "b.yaml": "team:\n  ana: {name: Ana, kind: boss, function: sales, hours_per_week: 40}\n",
            "broken.yaml": "personas:\n  cfo: {name: [\n",
            "c.yaml": "tacticts: {}\n",
        }
    )
    assert found(root) == [
        'a.yaml:3:5 RP101 unknown key "titel" (did you mean "title"?)',
        'a.yaml:5:13 RP103 "eleven" is not a whole number from 1 to 10; write it like 1',
        'a.yaml:6:38 RP103 "4x" is not hours; write them like 1.5, 90m, 12h or 2d',
        'b.yaml:2:26 RP105 "boss" is none of employee, contractor or agency',
        "broken.yaml:3:1 RP002 a value is missing here, or a [ or { is never closed",
        'c.yaml:1:1 RP101 unknown key "tacticts" (did you mean "tactics"?)',
    ]


def test_a_key_without_a_value_is_known_or_told(make_plan: MakePlan) -> None:
    root = make_plan(f"tactics: {{one: {TACTIC[:-1]}, deadline: , to book}}}}\n")
    assert found(root)[0].startswith('plan.yaml:1:105 RP101 unknown key "to book" (a comma in braces')


def test_a_misspelled_key_is_told_once(make_plan: MakePlan) -> None:
    root = make_plan(f"tactics: {{one: {TACTIC.replace('title', 'titel')}}}\n")
    assert found(root) == ['plan.yaml:1:17 RP101 unknown key "titel" (did you mean "title"?)']


def test_what_a_broken_thing_refers_to_is_told_too(make_plan: MakePlan) -> None:
    root = make_plan(
        "tactics:\n  one: {titel: A, function: salse, impact: 5, personas: [cfo], tasks: {}}\n"
        "strategy: {objectives: {grow: {owner: ann}}}\nteam: {ana: {name: Ana, kind: employee, function: sales}}\n"
    )
    assert [line.split()[1] for line in found(root)] == ["RP101", "RP206", "RP201", "RP102", "RP102", "RP207", "RP112"]


def test_what_a_closed_sprint_names_may_be_gone(make_plan: MakePlan) -> None:
    sprint = "{start: 2026-10-01, end: 2026-10-31, status: closed, capacity: {gone: 12}, tactics: {gone: {}}}"
    assert found(make_plan(f"sprints: {{2026-10: {sprint}}}\n")) == []


def test_what_a_merge_key_may_hold_is_not_missed(make_plan: MakePlan) -> None:
    root = make_plan(f"tactics:\n  one: &one {TACTIC}\n  two: {{<<: *one}}\n")
    assert [line.split()[1] for line in found(root)] == ["RP006"]


def test_a_broken_thing_is_still_a_known_id(make_plan: MakePlan) -> None:
    root = make_plan(
        {
            "a.yaml": f"tactics:\n  one: {{title: 1, function: sales}}\n  two: {TACTIC[:-1]}, requires: [one]}}\n",
            "b.yaml": "personas:\n  cfo: {name: CFO\n",
            "c.yaml": f"tactics: {{three: {TACTIC[:-1]}, personas: [cfo]}}}}\n",
        }
    )
    assert [line.split()[1] for line in found(root)] == ["RP102", "RP102", "RP002"]


def test_the_same_id_in_two_files_shows_both(make_plan: MakePlan) -> None:
    root = make_plan({"a.yaml": f"tactics: {{one: {TACTIC}}}\n", "b.yaml": f"tactics:\n  one: {TACTIC}\n"})
    loaded = read(root)
    (finding,) = validate(loaded, Context(loaded.plan, date(2026, 11, 28))).diagnostics[:1]
    assert (finding.code, finding.location.file, finding.location.line) == ("RP107", "b.yaml", 2)
    assert [(place.file, place.line, place.column) for place in finding.related] == [("a.yaml", 1, 11)]


def test_a_singletons_leaf_twice_is_told(make_plan: MakePlan) -> None:
    root = make_plan({"a.yaml": "strategy: {vision: Far}\n", "b.yaml": "strategy: {vision: Near}\n"})
    assert found(root) == ['b.yaml:1:12 RP109 "vision" is set in two files']
    assert read(root).plan.strategy.vision == "Far"


def test_a_broken_part_of_a_singleton_costs_only_itself(make_plan: MakePlan) -> None:
    root = make_plan(
        "strategy:\n  vision: Far\n  objectives:\n    good: {title: G}\n    bad: {titel: B}\n  competitors: 7\n"
        f"tactics: {{one: {TACTIC[:-1]}, objective: bad}}}}\n"
    )
    assert [line.split()[1] for line in found(root)] == ["RP101", "RP103"]
    plan = read(root).plan
    assert (plan.strategy.vision, list(plan.strategy.objectives)) == ("Far", ["good"])
    assert ("objective", "bad") in plan.broken


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "revplan.yaml:1:1 RP102 the settings are missing"),
        ("# nothing yet\n", "revplan.yaml:1:1 RP102 the settings are missing"),
        ("- a\n", "revplan.yaml:1:1 RP103 a plan file is a mapping"),
        ("revplan: {company: T, currency: USD}\n", 'revplan.yaml:1:1 RP102 "format" is missing'),
        ("revplan: {format: 2, company: T, currency: USD}\n", 'revplan.yaml:1:19 RP111 format "2" is not known'),
        ("revplan: {format: 1, company: T, currency: dollars}\n", "revplan.yaml:1:44 RP103 a currency is written"),
        ("revplan: 7\n", "revplan.yaml:1:10 RP103 a mapping is expected here"),
    ],
)
def test_settings_that_are_not_right(make_plan: MakePlan, text: str, expected: str) -> None:
    first = found(make_plan({"revplan.yaml": text}))[0]
    assert first.startswith(expected)


def test_settings_elsewhere_are_told(make_plan: MakePlan) -> None:
    root = make_plan("revplan: {format: 1}\n")
    assert [line.split()[:2] for line in found(root)] == [["plan.yaml:1:1", "RP110"]]


def test_a_day_is_the_plans_own(make_plan: MakePlan) -> None:
    root = make_plan(
        {
            "revplan.yaml": "revplan: {format: 1, company: T, currency: USD, sprint: {hours_per_day: 6}}\n",
            "a.yaml": "tactics: {one: {title: A, function: sales, impact: 5, tasks: {do: {skill: a, hours: 2d}}}}\n",
        }
    )
    assert read(root).plan.tactics["one"].minutes == 12 * 60


def test_a_file_that_is_not_utf8(make_plan: MakePlan) -> None:
    root = make_plan()
    (root / "a.yaml").write_bytes("tactics:\n  é".encode() + b"\xe9: 1\n")
    assert found(root) == ["a.yaml:2:4 RP001 the byte 0xE9 is not UTF-8 (save the file as UTF-8)"]


def test_a_byte_order_mark_and_windows_line_ends_are_read(make_plan: MakePlan) -> None:
    root = make_plan()
    (root / "a.yaml").write_bytes(b"\xef\xbb\xbfpersonas:\r\n  cfo: {nam: CFO}\r\n")
    assert [line.split()[0] for line in found(root)] == ["a.yaml:2:3", "a.yaml:2:9"]


def test_odd_files_are_findings(make_plan: MakePlan) -> None:
    root = make_plan()
    os.mkfifo(root / "fifo.yaml")
    (root / "outside.yaml").symlink_to("/etc/hosts")
    (root / "circle.yaml").symlink_to("circle.yaml")
    (root / "gone.yaml").symlink_to("nowhere.yaml")
    (root / "loop").symlink_to(root)
    assert [line.split()[:2] for line in found(root)] == [
        ["circle.yaml:1:1", "RP011"],
        ["fifo.yaml:1:1", "RP011"],
        ["gone.yaml:1:1", "RP011"],
        ["outside.yaml:1:1", "RP014"],
    ]


def test_a_file_too_large_is_not_read(make_plan: MakePlan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("revplan.store.files.LARGEST_FILE", 1024 * 1024)
    root = make_plan({"a.yaml": "personas: " + " " * 1024 * 1024})
    assert [line.split()[:2] for line in found(root)] == [["a.yaml:1:1", "RP009"]]


def test_a_plan_is_found_from_below(make_plan: MakePlan, tmp_path: Path) -> None:
    root = make_plan({"deep/er/a.yaml": ""})
    assert find_plan(root / "deep" / "er") == root
    assert plan_at(root) == root
    with pytest.raises(NoPlanError, match="no plan in"):
        plan_at(root / "deep")
    with pytest.raises(NoPlanError, match="no folder"):
        find_plan(tmp_path / "nowhere")
    with pytest.raises(NoPlanError, match="no plan in"):
        find_plan(tmp_path)


def test_a_file_in_place_of_a_folder(make_plan: MakePlan) -> None:
    root = make_plan()
    with pytest.raises((UnreadablePlanError, NoPlanError)):
        plan_at(root / "revplan.yaml")


def test_a_merge_that_is_not_finished_is_told_at_each_of_its_places(make_plan: MakePlan) -> None:
    both = "<<<<<<< HEAD\n{0}  # ours\n=======\n{0}  # theirs\n>>>>>>> priya\n"
    text = f"todos:\n  one:\n{both.format('    title: One')}  two:\n{both.format('    title: Two')}"
    hint = "write what is to stay, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
    told = f"RP002 a merge is not finished here: both sides stand in the file ({hint})"
    for line_end in ("\n", "\r\n"):
        root = make_plan({"todos.yaml": text.replace("\n", line_end)})
        assert found(root) == [f"todos.yaml:3:1 {told}", f"todos.yaml:9:1 {told}"]
    root = make_plan({"todos.yaml": "todos: {\n<<<<<<< is what git writes\n"})
    assert "a merge" not in found(root)[0]
