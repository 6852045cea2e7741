from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.gits import ISOLATED, commit, git, repository

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

SETTINGS = "revplan: {format: 1, company: Test, currency: USD, today: 2026-11-28}\n"


def tactic(name: str = "flyer", **fields: str) -> str:
    given = {"title": "Flyer", "function": "sales", "impact": "5", **fields}
    body = "".join(f"    {key}: {value}\n" for key, value in given.items())
    return f"tactics:\n  {name}:\n{body}    tasks: {{write: {{skill: copy, hours: 4}}}}\n"


@pytest.fixture(autouse=True)
def _isolated(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ISOLATED.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def top(tmp_path: Path) -> Path:
    folder = repository(tmp_path / "top")
    commit(folder, {"revplan.yaml": SETTINGS, "a.yaml": tactic()}, "Begin", day="2026-11-01")
    return folder


def told(run: Run, top: Path, *what: str) -> list[str]:
    """Return a thing's history, a line each."""
    ran = run("log", *what, "-C", top, "--format", "json")
    assert ran.code == 0, ran.err
    found: Any = json.loads(ran.out)["data"]
    assert found["schema"] == "revplan/log/1"
    return [
        (f"{entry['commit']['date']} {entry['commit']['subject']}" if entry["commit"] else "pending")
        + f": {entry['change']}"
        + "".join(f" {each['field']} {each['before']} > {each['after']}" for each in entry["fields"])
        + (f" from {entry['was']}" if "was" in entry else "")
        for entry in found["entries"]
    ]


def test_the_commits_that_changed_what_it_means(top: Path, run: Run) -> None:
    commit(top, {"a.yaml": tactic(impact="8")}, "Raise the impact", day="2026-11-02")
    commit(top, {"a.yaml": "# said otherwise\n" + tactic(impact="'8'")}, "A comment", day="2026-11-03")
    commit(top, {"a.yaml": None, "deep/b.yml": tactic(impact="8")}, "Move it", day="2026-11-04")
    commit(top, {"c.yaml": tactic("poster")}, "Another one", day="2026-11-05")
    commit(top, {"deep/b.yml": tactic(impact="8", cost="1.2k")}, "What it costs", day="2026-11-06")
    (top / "deep/b.yml").write_text(tactic(impact="7", cost="1.2k"))
    assert told(run, top, "tactic", "flyer") == [
        "pending: changed impact 8 > 7",
        "2026-11-06 What it costs: changed cost 0 > 1200",
        "2026-11-02 Raise the impact: changed impact 5 > 8",
        "2026-11-01 Begin: added",
    ]
    assert told(run, top, "flyer") == told(run, top, "tactic", "flyer")


def test_on_the_screen(top: Path, run: Run) -> None:
    last = commit(top, {"a.yaml": tactic(impact="8", cost="1.2k")}, "Raise it: <b>*now*</b>\n\nBody", day="2026-11-02")
    (top / "a.yaml").write_text(tactic(impact="7", cost="1.2k"))
    ran = run("log", "flyer", "-C", top, environment={"COLUMNS": "200"})
    first = git(top, "rev-parse", "HEAD~1")
    assert ran.out == (
        "Test · tactic flyer\n\n"
        "3 changes, the latest first\n"
        "  - not committed changed: impact 8 → 7\n"
        f"  - 2026-11-02 changed: impact 5 → 8; cost $0 → $1,200 · Dana: Raise it: <b>*now*</b> ({last[:10]})\n"
        f"  - 2026-11-01 added · Dana: Begin ({first[:10]})\n"
    )
    assert "\\<b\\>\\*now" in run("log", "flyer", "-C", top, "--format", "markdown").out


def test_a_rename_is_followed(top: Path, run: Run) -> None:
    commit(top, {"a.yaml": tactic(impact="8")}, "Raise the impact", day="2026-11-02")
    commit(top, {"a.yaml": None, "b.yaml": tactic("leaflet", impact="8")}, "Another name", day="2026-11-03")
    assert told(run, top, "leaflet") == [
        "2026-11-03 Another name: renamed from flyer",
        "2026-11-02 Raise the impact: changed impact 5 > 8",
        "2026-11-01 Begin: added",
    ]
    (top / "b.yaml").write_text(tactic("flyer-2", impact="8"))
    assert told(run, top, "tactic", "flyer-2")[:2] == [
        "pending: renamed from leaflet",
        "2026-11-03 Another name: renamed from flyer",
    ]


def test_what_is_gone_has_a_history(top: Path, run: Run) -> None:
    commit(top, {"a.yaml": None}, "Let it go", day="2026-11-02")
    assert told(run, top, "tactic", "flyer") == ["2026-11-02 Let it go: removed", "2026-11-01 Begin: added"]
    ran = run("log", "flyer", "-C", top)
    assert (ran.code, ran.err.splitlines()[0]) == (2, 'error: there is nothing called "flyer"')


def test_what_could_not_be_read_for_a_while(top: Path, run: Run) -> None:
    commit(top, {"a.yaml": tactic(impact="high")}, "Break it", day="2026-11-02")
    commit(top, {"a.yaml": tactic(impact="6")}, "Mend it", day="2026-11-03")
    assert told(run, top, "flyer") == [
        "2026-11-03 Mend it: mended",
        "2026-11-02 Break it: broken",
        "2026-11-01 Begin: added",
    ]


def test_a_merge_counts_where_it_says_what_no_parent_did(top: Path, run: Run) -> None:
    git(top, "switch", "--quiet", "-c", "work")
    commit(top, {"a.yaml": tactic(impact="8")}, "Theirs", day="2026-11-02")
    git(top, "switch", "--quiet", "main")
    commit(top, {"c.yaml": tactic("poster")}, "Beside", day="2026-11-03")
    git(top, "merge", "--quiet", "--no-edit", "work", day="2026-11-04")
    assert told(run, top, "flyer") == ["2026-11-02 Theirs: changed impact 5 > 8", "2026-11-01 Begin: added"]
    git(top, "switch", "--quiet", "work")
    commit(top, {"a.yaml": tactic(impact="9")}, "Theirs again", day="2026-11-05")
    git(top, "switch", "--quiet", "main")
    commit(top, {"a.yaml": tactic(impact="7")}, "Ours", day="2026-11-06")
    git(top, "merge", "--quiet", "--no-commit", "--strategy=ours", "work")
    commit(top, {"a.yaml": tactic(impact="8", cost="5")}, "Settle", day="2026-11-07")
    found = told(run, top, "flyer")
    assert found[0] == "2026-11-07 Settle: changed impact 7 > 8 cost 0 > 5"
    assert sorted(found[1:3]) == [
        "2026-11-05 Theirs again: changed impact 8 > 9",
        "2026-11-06 Ours: changed impact 8 > 7",
    ]


def test_parts_of_singletons_and_of_entities(top: Path, run: Run) -> None:
    strategy = "strategy: {{objectives: {{grow: {{title: Grow, weight: {}}}}}}}\n"
    commit(top, {"s.yaml": strategy.format(1)}, "An objective", day="2026-11-02")
    commit(top, {"s.yaml": strategy.format(3)}, "Weigh it", day="2026-11-03")
    commit(top, {"a.yaml": tactic().replace("hours: 4", "hours: 6")}, "More work", day="2026-11-04")
    (top / "a.yaml").write_text(tactic().replace("hours: 4", "hours: 9"))
    assert told(run, top, "grow") == [
        "2026-11-03 Weigh it: changed weight 1 > 3",
        "2026-11-02 An objective: added",
    ]
    assert told(run, top, "task", "flyer/write") == [
        "pending: changed hours 6 > 9",
        "2026-11-04 More work: changed hours 4 > 6",
        "2026-11-01 Begin: added",
    ]


def test_a_plan_in_a_folder_of_its_repository(tmp_path: Path, run: Run) -> None:
    top = repository(tmp_path / "top")
    commit(top, {"a.yaml": tactic(), "my plan/revplan.yaml": SETTINGS, "my plan/ä.yaml": tactic()}, "Begin")
    commit(top, {"a.yaml": tactic(impact="9"), "my plan/.old/a.yaml": tactic(impact="1")}, "Elsewhere")
    commit(top, {"my plan/ä.yaml": tactic(impact="6")}, "Here")
    found = told(run, top / "my plan", "flyer")
    assert [line.partition(" ")[2] for line in found] == ["Here: changed impact 5 > 6", "Begin: added"]


def test_a_long_history_is_read_in_pieces(top: Path, run: Run) -> None:
    for number in range(140):
        (top / "a.yaml").write_text(tactic(cost=str(number + 1)))
        git(top, "commit", "--quiet", "--all", "-m", f"Cost {number + 1}")
    found = told(run, top, "flyer")
    assert len(found) == 141
    assert found[-2] == "2026-11-01 Cost 1: changed cost 0 > 1"


def test_a_shallow_clone_says_what_it_cannot_know(top: Path, tmp_path: Path, run: Run) -> None:
    commit(top, {"a.yaml": tactic(impact="8")}, "Raise the impact")
    git(tmp_path, "clone", "--quiet", "--depth=1", top.as_uri(), str(tmp_path / "clone"))
    assert "This clone is shallow" in run("log", "flyer", "-C", tmp_path / "clone").out


def test_ids_of_several_kinds_and_of_none(top: Path, run: Run) -> None:
    commit(top, {"m.yaml": "issues: {flyer: {title: Late, raised: 2026-11-02}}\n"})
    ran = run("log", "flyer", "-C", top)
    assert ran.err == 'error: "flyer" is tactic and issue\n  hint: revplan log tactic flyer\n'
    ran = run("log", "tactic", "flier", "-C", top)
    assert ran.err == 'error: there is no tactic "flier", and there was none\n  hint: did you mean "flyer"?\n'
    assert run("log", "tactik", "flyer", "-C", top).code == 2


def test_whoever_wants_to_note_hours_is_told_where(top: Path, run: Run) -> None:
    ran = run("log", "audit-checklist/write", "--hours", "2", "-C", top)
    assert ran.code != 0
    assert "`revplan log` tells what was changed in the plan, and takes no hours" in ran.err
    assert "`revplan sprint log audit-checklist/write --hours 2` notes work on a task" in ran.err
    for words, way in (
        (("--done",), "revplan sprint log audit-checklist/write --done`"),
        (("2h",), "revplan sprint log audit-checklist/write --hours 2h`"),
    ):
        ran = run("log", "audit-checklist/write", *words, "-C", top)
        assert (ran.code, way in ran.err) == (2, True), ran.err


def test_the_history_of_a_task_names_what_notes_work_on_it(top: Path, run: Run) -> None:
    ran = run("log", "flyer/write", "-C", top)
    assert ran.code == 0
    assert ran.err == "work on it is noted by `revplan sprint log flyer/write --hours NUMBER`\n"


@pytest.mark.parametrize(
    ("said", "way"),
    [("write", "of a task, name its tactic too: `revplan log flyer/write`"), ("plan.yaml", "`git log plan.yaml`")],
)
def test_a_task_without_its_tactic_and_a_file_are_told_a_way(said: str, way: str, top: Path, run: Run) -> None:
    ran = run("log", said, "-C", top)
    assert (ran.code, way in ran.err) == (2, True), ran.err
