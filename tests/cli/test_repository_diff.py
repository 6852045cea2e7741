from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.gits import ISOLATED, commit, git, repository
from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

GOLDEN = Path(__file__).parent / "golden"
SETTINGS = (
    "revplan: {format: 1, company: Test, currency: USD, today: 2026-12-01, sprint: {focus_factor: 1, reserve: 0}}\n"
)
TEAM = "team:\n  ana: {name: Ana Alt, kind: employee, function: marketing, hours_per_week: 2, skills: {copy: 3}}\n"
TACTICS = """\
tactics:
  flyer: {title: Flyer, function: marketing, impact: 6, tasks: {write: {skill: copy, hours: 8}}}
  poster: {title: Poster, function: marketing, impact: 5, tasks: {write: {skill: copy, hours: 6}}}
  radio: {title: Radio, function: marketing, impact: 2, status: idea, tasks: {write: {skill: copy, hours: 2}}}
"""
PLAN = {"revplan.yaml": SETTINGS, "team.yaml": TEAM, "tactics.yaml": TACTICS}


@pytest.fixture(autouse=True)
def _isolated(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ISOLATED.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A repository with a small plan on its main branch, and a branch of work checked out."""
    folder = repository(tmp_path / "top")
    commit(folder, PLAN)
    git(folder, "switch", "--quiet", "-c", "work")
    return folder


def data(ran: Ran) -> Any:
    assert ran.code == 0, ran.err
    return json.loads(ran.out)["data"]


def entities(found: Any) -> list[tuple[str, str, str]]:
    return [(each["change"], each["kind"], each["id"]) for each in found["entities"]]


def test_a_branch_on_the_screen_and_in_a_comment(top: Path, run: Run, golden: Callable[[Path, str], None]) -> None:
    tactics = TACTICS.replace("impact: 5", "impact: 9").replace("status: idea, ", "")
    tactics += "  news: {title: 'News | <b>@ana</b>', function: marketing, impact: 3,\n"
    tactics += "    tasks: {write: {skill: copy, hours: 1}, film: {skill: film, hours: 4}}}\n"
    goal = "goals:\n  2027: {measure: revenue, start_revenue: 1M, target_revenue: 2M, acv: 10k, close_rate: 20%}\n"
    commit(top, {"tactics.yaml": tactics, "team.yaml": TEAM.replace("_week: 2", "_week: 1.5"), "goals.yaml": goal})
    for form in ("terminal", "markdown"):
        ran = run("diff", "-C", top, "--format", form)
        assert ran.code == 0, ran.err
        name = git(top, "rev-parse", "main")[:10]
        shown = ran.out.replace(f"{name[:6]}&#8203;{name[6:]}", name).replace(name, "0123456789")
        golden(GOLDEN / f"diff.{form}.txt", shown)


def test_the_same_meaning_in_another_text(top: Path, run: Run) -> None:
    commit(top, {"tactics.yaml": None, "moved/all.yml": "# moved\n" + TACTICS.replace("hours: 8", "hours: 480m")})
    ran = run("diff", "-C", top)
    assert ran.out.splitlines()[1] == "The plan means the same."


def test_what_is_not_committed_counts(top: Path, run: Run) -> None:
    (top / "new.yaml").write_text(
        "tactics: {tv: {title: TV, function: sales, impact: 1, tasks: {a: {skill: x, hours: 1}}}}"
    )
    assert entities(data(run("diff", "-C", top, "--format", "json"))) == [("added", "tactic", "tv")]


def test_the_base_is_where_the_branch_left_it(top: Path, run: Run) -> None:
    commit(top, {"team.yaml": TEAM.replace("Ana Alt", "Ana Neu")})
    git(top, "switch", "--quiet", "main")
    commit(top, {"tactics.yaml": TACTICS.replace("Poster", "Banner")})
    git(top, "switch", "--quiet", "work")
    changed = [("changed", "member", "ana")]
    assert entities(data(run("diff", "-C", top, "--format", "json"))) == changed
    assert entities(data(run("diff", "main", "-C", top, "--format", "json"))) == changed
    both = entities(data(run("diff", "main", "work", "-C", top, "--format", "json")))
    assert both == [("changed", "tactic", "poster"), *changed]
    back = data(run("diff", "work", "main~1", "-C", top, "--format", "json"))
    assert entities(back) == changed
    assert back["after"]["commit"] == git(top, "rev-parse", "main~1")


def test_a_plan_that_begins_with_the_branch(tmp_path: Path, run: Run) -> None:
    top = repository(tmp_path / "top")
    commit(top, {"README": "Hello"})
    git(top, "switch", "--quiet", "-c", "work")
    commit(top, {f"plan/{name}": text for name, text in PLAN.items()})
    found = data(run("diff", "-C", top / "plan", "--format", "json"))
    assert {what for what, *_ in entities(found)} == {"added"}
    assert found["sprint"]["before"] == {"planned": False, "why_not": "there was no plan yet"}
    assert found["sprint"]["after"]["planned"]


def test_a_plan_with_errors_is_compared_as_far_as_it_goes(top: Path, run: Run) -> None:
    commit(top, {"tactics.yaml": TACTICS.replace("impact: 5", "impact: five")})
    found = data(run("diff", "-C", top, "--format", "json"))
    assert entities(found) == [("broken", "tactic", "poster")]
    assert not found["sprint"]["after"]["planned"]
    assert [each["code"] for each in found["findings"]["new"]] == ["RP103"]
    assert "Now it cannot be planned: the plan has 1 error" in run("diff", "-C", top).out
    back = data(run("diff", "work", "main", "-C", top, "--format", "json"))
    assert entities(back) == [("mended", "tactic", "poster")]
    assert [each["code"] for each in back["findings"]["gone"]] == ["RP103"]


def test_a_finding_that_only_moved_is_neither_new_nor_gone(top: Path, run: Run) -> None:
    git(top, "mv", "tactics.yaml", "other.yaml")
    (top / "other.yaml").write_text("# a line more\n" + TACTICS)
    found = data(run("diff", "-C", top, "--format", "json"))
    assert found["findings"] == {"new": [], "gone": []}


def test_both_sides_are_of_the_same_day(top: Path, run: Run) -> None:
    commit(top, {"revplan.yaml": SETTINGS.replace("2026-12-01", "2027-01-15")})
    found = data(run("diff", "-C", top, "--format", "json"))
    assert (found["today"], found["today_pinned"], found["sprint"]["id"]) == ("2027-01-15", True, "2027-01")
    assert found["sprint"]["in"] == found["sprint"]["out"] == []
    asked = data(run("diff", "-C", top, "--format", "json", "--today", "2026-12-24"))
    assert (asked["today"], asked["today_pinned"]) == ("2026-12-24", False)


def test_why_a_tactic_comes_into_the_sprint_or_goes_out(top: Path, run: Run) -> None:
    commit(top, {"team.yaml": TEAM.replace("_week: 2", "_week: 20")}, "Hours for all")
    git(top, "branch", "--force", "main", "work")
    tactics = TACTICS.replace("title: Flyer", "status: dropped, title: Flyer").replace("status: idea, ", "")
    poster = next(line for line in tactics.splitlines(keepends=True) if "Poster" in line)
    tv = "  tv: {title: TV, function: marketing, impact: 9, tasks: {write: {skill: copy, hours: 1}}}\n"
    commit(top, {"tactics.yaml": tactics.replace(poster, tv)})
    ran = run("diff", "-C", top)
    assert [line.strip(" -") for line in ran.out.splitlines() if line.strip(" -").startswith(("in:", "out:"))] == [
        "in: TV, new",
        "in: Radio, was still an idea (status idea → ready)",
        "out: Poster, no longer in the plan",
        "out: Flyer, now dropped (status ready → dropped)",
    ]
    assert "Tactics: 1 added, 1 changed, 1 dropped, 1 removed; sprint 2026-12: 2 in, 2 out" in ran.out
    found = data(run("diff", "-C", top, "--format", "json"))["sprint"]
    assert found["in"][1]["before"] == {"place": "left-out", "reason": "idea", "of": []}
    assert found["out"][0] == {"tactic": "poster", "before": {"place": "sprint"}, "after": {"place": "absent"}}


def test_what_cannot_be_compared_is_named(top: Path, tmp_path: Path, run: Run) -> None:
    other = repository(tmp_path / "other")
    commit(other, {"a.yaml": "nonsense: 1"})
    git(top, "-c", "protocol.file.allow=always", "submodule", "add", "--quiet", str(other), "vendor")
    commit(top, {})
    assert "repositories of their own: vendor." in run("diff", "main", "work", "-C", top).out


def test_many_fields_are_counted_rather_than_listed(top: Path, run: Run) -> None:
    days = ", ".join(f"2027-02-{day:02}: Off" for day in range(1, 16))
    commit(top, {"team.yaml": TEAM.replace("hours_per_week", f"time_off: {{{days}}}, hours_per_week")})
    assert "; and 3 more" in " ".join(run("diff", "-C", top).out.split())
    assert len(data(run("diff", "-C", top, "--format", "json"))["entities"][0]["fields"]) == 15


def test_since_the_last_meeting(top: Path, run: Run) -> None:
    commit(top, {"team.yaml": TEAM.replace("Ana Alt", "Ana Neu")}, day="2026-11-08")
    commit(top, {"tactics.yaml": TACTICS.replace("Poster", "Banner")}, day="2026-11-10")
    found = data(run("diff", "--since", "2026-11-09", "-C", top, "--format", "json"))
    assert entities(found) == [("changed", "tactic", "poster")]
    assert found["before"]["name"].startswith("2026-11-09 (")
    assert run("diff", "--since", "2020-01-01", "-C", top).err.startswith("error: nothing was committed by 2020-01-01")
    assert run("diff", "main", "--since", "2026-11-09", "-C", top).code == 2


def test_from_a_hook(top: Path, run: Run) -> None:
    commit(top, {"team.yaml": TEAM.replace("Ana Alt", "Ana Neu")})
    hook = {"GIT_DIR": str(top / ".git"), "GIT_INDEX_FILE": ".git/index", "GIT_PREFIX": ""}
    assert run("diff", "-C", top, environment=hook).code == 0


def test_what_stands_in_the_way_is_said(tmp_path: Path, run: Run) -> None:
    shutil.copytree(EXAMPLES / "minimal", tmp_path / "plan")
    alone = {"GIT_CEILING_DIRECTORIES": str(tmp_path.resolve())}
    ran = run("diff", "-C", tmp_path / "plan", environment=alone)
    assert (ran.code, ran.out) == (2, "")
    assert "is in no git repository" in ran.err
    assert "hint: " in ran.err
    repository(tmp_path / "plan")
    assert "nothing is committed yet" in run("diff", "-C", tmp_path / "plan").err
    commit(tmp_path / "plan", {})
    ran = run("diff", "man", "-C", tmp_path / "plan")
    assert (ran.code, ran.err) == (2, 'error: there is no revision "man"\n  hint: did you mean "main"?\n')
    assert "no git on this machine" in run("diff", "-C", tmp_path / "plan", environment={"PATH": ""}).err
