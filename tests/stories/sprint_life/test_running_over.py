"""Work that has begun goes on to its end: a replan never parks it, and runs it over into the next sprint."""

from __future__ import annotations

import json
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from revplan.model.base import Ref
from revplan.model.change import Change

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

HEAD = "revplan: {format: 1, company: Test, currency: USD, sprint: {focus_factor: 1, reserve: 0}}\n"
PLAN = """team:
  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}
tactics:
  book: {title: Book, function: sales, impact: 5, deadline: DEADLINE, tasks: {write: {skill: copy, hours: 60}}}
  page: {title: Page, function: sales, impact: 9, tasks: {write: {skill: copy, hours: 8}}}
"""
TASK = ("tactics", "book", "tasks", "write")


@pytest.fixture
def begun(run: Run, make_plan: MakePlan) -> Callable[[str], Path]:
    """Write January, begin the book on the 5th, and find on the 25th that 50 hours of it are left."""

    def make(deadline: str) -> Path:
        from revplan.app.open import open_plan
        from tests.support.plans import save

        root = make_plan({"revplan.yaml": HEAD, "plan.yaml": PLAN.replace("DEADLINE", deadline)})
        assert run("sprint", "plan", "2027-01", "-C", root, "--today", "2027-01-01", "--write").code == 0
        assert run("sprint", "start", "-C", root, "--today", "2027-01-01").code == 0
        values = (("status", "started"), ("spent", "13"), ("left", "50"))
        ref = Ref("sprint", "2027-01")
        save(open_plan(root, root), tuple(Change(ref.at(*TASK, key), value) for key, value in values))
        return root

    return make


def replanned(run: Run, root: Path, day: str = "2027-01-25") -> str:
    """Replan on a day, write it, and return January's file; it must validate."""
    result = run("sprint", "plan", "-C", root, "--today", day, "--write")
    assert result.code == 0, result.err
    checked = run("validate", "-C", root, "--today", day)
    assert "error" not in checked.out, checked.out
    return (root / "sprints" / "2027-01.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("deadline", ["2027-02-12", "2027-01-29", "2027-01-20"])
def test_it_runs_over_whatever_its_deadline(run: Run, begun: Callable[[str], Path], deadline: str) -> None:
    # From Monday 25 to Friday 29 January there are 40 h; 10 of the 50 that are left go on in February, to the 2nd.
    root = begun(deadline)
    text = replanned(run, root)
    book = text[text.index("book:") :]
    assert "due: 2027-02-02, continues: 10, " in book
    assert "dropped" not in book
    planned = json.loads(run("sprint", "plan", "-C", root, "--today", "2027-01-25", "--format", "json").out)
    (placed,) = (entry for entry in planned["placed"] if entry["tactic"] == "book")
    assert (placed["tasks"][0]["hours"], placed["tasks"][0]["continues"]) == (50, 10)
    assert [(entry["tactic"], entry["reason"]) for entry in planned["parked"]] == [("page", "capacity")]
    (ana,) = planned["members"]
    assert (ana["plannable"], ana["allocated"]) == (40, 40)
    assert max(ana["days"]) == "2027-01-29", "the days of February are the next sprint's"


def test_the_screen_says_so(run: Run, begun: Callable[[str], Path]) -> None:
    shown = " ".join(run("sprint", "plan", "-C", begun("2027-02-12"), "--today", "2027-01-25").out.split())
    assert "10 h more go on in the next sprint" in shown
    assert "40 of 40 h" in shown


def test_explain_says_what_goes_on(run: Run, begun: Callable[[str], Path]) -> None:
    shown = " ".join(run("explain", "book", "-C", begun("2027-02-12"), "--today", "2027-01-25").out.split())
    assert "40 h, due 2 Feb. 10 h more go on in the next sprint" in shown


def test_what_ends_in_time_does_not_run_over(run: Run, begun: Callable[[str], Path]) -> None:
    assert "continues" not in replanned(run, begun("2027-02-12"), "2027-01-20")


def test_the_next_sprint_takes_it_first(run: Run, begun: Callable[[str], Path]) -> None:
    root = begun("2027-02-12")
    replanned(run, root)
    ahead = json.loads(run("sprint", "plan", "2027-02", "-C", root, "--today", "2027-01-25", "--format", "json").out)
    book = next(entry for entry in ahead["placed"] if entry["tactic"] == "book")
    assert (book["carried"], [(task["owner"], task["hours"]) for task in book["tasks"]]) == (True, [("ana", 10)])
    run("sprint", "plan", "2027-02", "-C", root, "--today", "2027-01-25", "--write")
    assert "error" not in run("validate", "-C", root, "--today", "2027-01-25").out
    replanned(run, root, "2027-01-26")


def test_closed_it_goes_on_with_all_that_is_left(run: Run, begun: Callable[[str], Path]) -> None:
    root = begun("2027-02-12")
    replanned(run, root)
    closed = run("sprint", "close", "2027-01", "-C", root, "--today", "2027-02-01")
    assert closed.code == 0, closed.err
    ahead = json.loads(run("sprint", "plan", "2027-02", "-C", root, "--today", "2027-02-01", "--format", "json").out)
    book = next(entry for entry in ahead["placed"] if entry["tactic"] == "book")
    assert [task["hours"] for task in book["tasks"]] == [50], "nobody has logged the week's 40 h"


def test_status_and_brief_are_drawn(run: Run, begun: Callable[[str], Path]) -> None:
    root = begun("2027-02-12")
    replanned(run, root)
    for command in (("status",), ("show",), ("brief", "ana")):
        result = run("sprint", *command, "-C", root, "--today", "2027-01-26")
        assert (result.code, "2 Feb" in result.out) == (0, True), result.out + result.err
        assert "10 h go on" in " ".join(result.out.split()), result.out
    shown = json.loads(run("sprint", "status", "-C", root, "--today", "2027-01-26", "--format", "json").out)
    assert [(own["left_hours"], own["free_hours"]) for own in shown["data"]["members"]] == [(40, 32)], (
        "10 h of 50 go on"
    )


# --- over two sprints ----------------------------------------------------------------------------------------------

TWO = """team:
  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}
tactics:
  film: {title: Film, function: sales, impact: 5, OVER tasks: {shoot: {skill: copy, hours: 200}}}
"""


def january(run: Run, make_plan: MakePlan, text: str, day: str = "2027-01-01") -> tuple[Path, dict[str, Any]]:
    root = make_plan({"revplan.yaml": HEAD, "plan.yaml": text})
    return root, json.loads(run("sprint", "plan", "2027-01", "-C", root, "--today", day, "--format", "json").out)


def test_a_tactic_may_be_planned_over_two_sprints(run: Run, make_plan: MakePlan) -> None:
    # January has 21 workdays of 8 h: 168 of the 200 h at most, and the rest in February.
    assert january(run, make_plan, TWO.replace("OVER ", ""))[1]["placed"] == []
    root, found = january(run, make_plan, TWO.replace("OVER", "over: 2,"))
    (film,) = found["placed"]
    (task,) = film["tasks"]
    assert (task["hours"], task["start"][:7], task["due"][:7]) == (200, "2027-01", "2027-02")
    here = sum(hours for day, hours in task["days"].items() if day < "2027-02")
    assert task["continues"] == 200 - here >= 32
    assert found["members"][0]["allocated"] == here
    assert run("sprint", "plan", "2027-01", "-C", root, "--today", "2027-01-01", "--write").code == 0
    assert run("sprint", "plan", "--check", "-C", root, "--today", "2027-01-01").code == 0
    assert "error" not in run("validate", "-C", root, "--today", "2027-01-01").out
    ahead = json.loads(run("sprint", "plan", "2027-02", "-C", root, "--today", "2027-01-01", "--format", "json").out)
    assert [entry["tactic"] for entry in ahead["placed"]] == ["film"]
    assert ahead["placed"][0]["tasks"][0]["hours"] == task["continues"]


def test_it_is_begun_in_the_first(run: Run, make_plan: MakePlan) -> None:
    other = "  must: {title: Must, function: sales, impact: 9, tier: must, tasks: {write: {skill: copy, hours: 168}}}\n"
    _, found = january(run, make_plan, TWO.replace("OVER", "over: 2,").replace("200", "40") + other)
    assert [entry["tactic"] for entry in found["placed"]] == ["must"]
    assert [(entry["tactic"], entry["reason"]) for entry in found["parked"]] == [("film", "capacity")]


def test_a_deadline_in_the_next_sprint_counts(run: Run, make_plan: MakePlan) -> None:
    # February's first week has 40 h: 208 h in all by its Friday.
    fits = TWO.replace("OVER", "over: 2, deadline: 2027-02-05,")
    (film,) = january(run, make_plan, fits)[1]["placed"]
    assert film["tasks"][0]["due"] <= "2027-02-05"
    assert january(run, make_plan, fits.replace("200", "209"))[1]["placed"] == []


def test_three_sprints_are_none_of_it(run: Run, make_plan: MakePlan) -> None:
    root = make_plan({"revplan.yaml": HEAD, "plan.yaml": TWO.replace("OVER", "over: 3,")})
    assert "error[RP104]" in run("validate", "-C", root, "--today", "2027-01-01").out


def test_each_sprint_counts_its_own_part(run: Run, begun: Callable[[str], Path]) -> None:
    """60 h are planned: 50 are January's, and 10 are February's once it turns out on the 25th that they go on."""
    root = begun("2027-02-12")
    replanned(run, root)
    assert "continues_since: 2027-01-25" in (root / "sprints" / "2027-01.yaml").read_text(encoding="utf-8")

    def told(*command: str, day: str = "2027-01-25") -> Any:
        ran = run("sprint", *command, "-C", root, "--today", day, "--format", "json")
        assert ran.code == 0, ran.err
        data = json.loads(ran.out)
        return data.get("data", data)

    status = told("status")
    (task,) = status["tasks"]
    assert (task["planned_hours"], task["left_hours"], task["continues_hours"]) == (50, 40, 10)
    (ana,) = status["members"]
    assert (ana["planned_hours"], ana["left_hours"], ana["free_hours"], ana["over_hours"]) == (50, 40, 40, 0)
    assert task["done_hours"] == pytest.approx(50 * 13 / 53, abs=0.02)
    commitment = status["commitment"]
    assert (commitment["committed_hours"], commitment["continued_hours"], commitment["planned_hours"]) == (68, 10, 50)
    assert [(step["task"], step["change"], step["hours"]) for step in commitment["changes"]] == [
        ("page/write", "dropped", -8),
        ("book/write", "continued", -10),
    ]
    closed = told("close", "--dry-run", day="2027-01-29")
    assert [closed["total"][f"{key}_hours"] for key in ("committed", "planned", "left", "continues")] == [
        68,
        50,
        40,
        10,
    ]
    assert closed["returned"] == [{"tactic": "book", "left_hours": 50, "first": True}], "all 50 h of it go on"
    ahead = told("plan", "2027-02")
    (placed,) = (entry for entry in ahead["placed"] if entry["tactic"] == "book")
    assert placed["tasks"][0]["hours"] == 10


def test_screens_say_what_goes_on(run: Run, begun: Callable[[str], Path]) -> None:
    root = begun("2027-02-12")
    replanned(run, root)
    shown = " ".join(run("sprint", "close", "--dry-run", "-C", root, "--today", "2027-01-29").out.split())
    assert (
        "68 h committed at the start; since then 8 h dropped and 10 h moved on to the next sprint: 50 h now." in shown
    )
    assert "13 h spent, 40 h left; 10 h go on in the next sprint." in shown


# --- whoever has it keeps it -----------------------------------------------------------------------------------------

SLOWER = """team:
  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 20, skills: {copy: 3}}
  ben: {name: Ben, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}
tactics:
  book: {title: Book, function: sales, impact: 5, tasks: {write: {skill: copy, hours: 60, owner: ana}}}
"""


def begin(root: Path, sprint: str, spent: dict[tuple[str, str], float]) -> None:
    """Note work on tasks of a written sprint as begun."""
    from revplan.app.open import open_plan
    from tests.support.plans import save

    changes = []
    for (tactic, task), hours in spent.items():
        at = Ref("sprint", sprint).at("tactics", tactic, "tasks", task)
        changes += [Change(at.at("status"), "started"), Change(at.at("spent"), str(hours))]
    save(open_plan(root, root), tuple(changes))


def test_it_goes_on_with_who_began_it_though_a_colleague_would_be_sooner(run: Run, make_plan: MakePlan) -> None:
    # Nobody ends the 58 h that are left in January's last week. Ben would on 2 February; Ana, who has it, does 4 h a
    # day: 20 in January, and the 38 after it until the tenth workday of February.
    root = make_plan({"revplan.yaml": HEAD, "plan.yaml": SLOWER})
    assert run("sprint", "plan", "2027-01", "-C", root, "--today", "2027-01-01", "--write").code == 0
    assert run("sprint", "start", "-C", root, "--today", "2027-01-01").code == 0
    begin(root, "2027-01", {("book", "write"): 2})
    plan = root / "plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace(", owner: ana", ""), encoding="utf-8")
    text = replanned(run, root)
    assert "owner: ana" in text
    assert "due: 2027-02-12, continues: 38, " in text


@pytest.mark.parametrize("seed", range(8))
def test_no_begun_work_is_parked_late_in_the_month(run: Run, make_plan: MakePlan, seed: int) -> None:
    luck = Random(seed)  # noqa: S311 - plans to try
    days = ("mon", "tue", "wed", "thu", "fri")
    team = "".join(
        f"  m{number}: {{name: M{number}, kind: employee, function: sales,"
        f" week: {{{', '.join(f'{day}: {luck.choice((3, 5, 8))}' for day in sorted(luck.sample(days, 3)))}}},"
        f" skills: {{{', '.join(f'{skill}: 3' for skill in sorted(luck.sample(('copy', 'art', 'code'), 2)))}}}}}\n"
        for number in range(5)
    )
    tactics = ""
    for number in range(9):
        tasks = []
        for task in range(luck.choice((1, 2, 3))):
            after = f", after: [s{task - 1}]" if task and luck.random() < 0.7 else ""
            skill, hours = luck.choice(("copy", "art", "code")), luck.choice((4, 8, 12, 16))
            tasks.append(f"s{task}: {{skill: {skill}, hours: {hours}{after}}}")
        impact = luck.randint(1, 10)
        tactics += f"  t{number}: {{title: T, function: sales, impact: {impact}, tasks: {{{', '.join(tasks)}}}}}\n"
    root = make_plan({"revplan.yaml": HEAD, "plan.yaml": f"team:\n{team}tactics:\n{tactics}"})
    written = json.loads(
        run("sprint", "plan", "2027-01", "-C", root, "--today", "2027-01-11", "--write", "--format", "json").out
    )
    assert run("sprint", "start", "-C", root, "--today", "2027-01-11").code == 0
    names = [entry["tactic"] for entry in written["placed"]]
    started = luck.sample(names, min(4, len(names)))
    begin(root, "2027-01", {(name, "s0"): 1 for name in started})
    planned = json.loads(run("sprint", "plan", "-C", root, "--today", "2027-01-27", "--format", "json").out)
    parked = {entry["tactic"] for entry in planned["parked"]}
    assert not parked & set(started)
    replanned(run, root, "2027-01-27")


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "over and unclosed"])
def test_the_next_sprint_leaves_it_with_who_began_it(run: Run, make_plan: MakePlan, closed: bool) -> None:
    # Begun by Ana and left on 31 January; Ben has as much time as she has and twice over.
    root = make_plan({"revplan.yaml": HEAD, "plan.yaml": SLOWER})
    assert run("sprint", "plan", "2027-01", "-C", root, "--today", "2027-01-01", "--write").code == 0
    assert run("sprint", "start", "-C", root, "--today", "2027-01-01").code == 0
    begin(root, "2027-01", {("book", "write"): 2})
    plan = root / "plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace(", owner: ana", ""), encoding="utf-8")
    if closed:
        assert run("sprint", "close", "2027-01", "-C", root, "--today", "2027-02-01").code == 0
    ahead = json.loads(run("sprint", "plan", "2027-02", "-C", root, "--today", "2027-02-01", "--format", "json").out)
    (book,) = ahead["placed"]
    assert [(task["owner"], task["hours"]) for task in book["tasks"]] == [("ana", 58)]


APART = """team:
  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}
  ben: {name: Ben, kind: employee, function: sales, hours_per_week: 40, skills: {web: 3}}
tactics:
  book: {title: Book, function: sales, impact: 5, tasks: {write: {skill: copy, hours: 60}}}
  memo: {title: Memo, function: sales, impact: 5, tasks: {write: {skill: copy, hours: 20}}}
  site: {title: Site, function: sales, impact: 5, tasks: {build: {skill: web, hours: 60}}}
  shop: {title: Shop, function: sales, impact: 9, tasks: {build: {skill: web, hours: 8}}}
"""


def test_begun_work_of_other_people_stays_in_its_sprint(run: Run, make_plan: MakePlan) -> None:
    """Ana's 60 h left do not fit into her last 40, so her work runs over. Ben's 40 h hold the 40 of the site.

    Were the site to run over too, he could do the shop as well; but what can end in its sprint ends there.
    """
    from revplan.app.open import open_plan
    from tests.support.plans import save

    root = make_plan({"revplan.yaml": HEAD, "plan.yaml": APART})
    assert run("sprint", "plan", "2027-01", "-C", root, "--today", "2027-01-01", "--write").code == 0
    assert run("sprint", "start", "-C", root, "--today", "2027-01-01").code == 0
    ref = Ref("sprint", "2027-01")
    left = {("book", "write"): "50", ("memo", "write"): "30", ("site", "build"): "40"}
    values = (
        Change(ref.at("tactics", tactic, "tasks", task, key), value)
        for (tactic, task), hours in left.items()
        for key, value in (("status", "started"), ("spent", "5"), ("left", hours))
    )
    save(open_plan(root, root), tuple(values))
    replanned(run, root)
    rows = open_plan(root, root).plan.sprints["2027-01"].tactics
    assert {name for name, row in rows.items() if row.dropped is not None} == {"shop"}
    over = {name: row.tasks[next(iter(row.tasks))].continues or 0 for name, row in rows.items()}
    assert over["site"] == 0
    assert rows["site"].tasks["build"].due == date(2027, 1, 29)
    assert over["book"] + over["memo"] == 40 * 60


def test_the_second_sprint_is_the_last_whatever_else_is_worth_more(run: Run, make_plan: MakePlan) -> None:
    """Of 200 h January does 100; those left end in February, which has 160 h, and leave no room for 130 h of fun."""
    fun = "  fun: {title: Fun, function: sales, impact: 9, tier: nice, tasks: {do: {skill: copy, hours: 130}}}\n"
    root, _ = january(run, make_plan, TWO.replace("OVER", "over: 2,") + fun)
    assert run("sprint", "plan", "2027-01", "-C", root, "--today", "2027-01-01", "--write").code == 0
    assert run("sprint", "start", "-C", root, "--today", "2027-01-01").code == 0
    for week, hours in (("01-08", "20"), ("01-15", "20"), ("01-22", "20"), ("01-28", "20"), ("01-29", "20")):
        did = ("--hours", hours, "--date", f"2027-{week}", "--today", "2027-01-29")
        assert run("sprint", "log", "film/shoot", *did, "-C", root).code == 0
    closing = run("sprint", "close", "2027-01", "-C", root, "--today", "2027-02-01").out
    assert "comes first" in closing[closing.index("Back to the backlog: 1 tactic, 100 h") :]
    for day in ("2027-02-01", "2027-02-03"):
        found = run("sprint", "plan", "2027-02", "-C", root, "--today", day, "--write", "--format", "json")
        placed = json.loads(found.out)["placed"]
        assert [(entry["tactic"], entry["tasks"][0]["continues"]) for entry in placed] == [("film", 0)]


def test_a_second_sprint_that_is_too_short_runs_over_once_more(run: Run, make_plan: MakePlan) -> None:
    """February has 160 h: of 170 h that are left 10 go on in March, though nothing else could."""
    root, _ = january(run, make_plan, TWO.replace("OVER", "over: 2,"))
    assert run("sprint", "plan", "2027-01", "-C", root, "--today", "2027-01-01", "--write").code == 0
    assert run("sprint", "start", "-C", root, "--today", "2027-01-01").code == 0
    did = ("--hours", "8", "--left", "170", "--today", "2027-01-29")
    assert run("sprint", "log", "film/shoot", *did, "-C", root).code == 0
    assert run("sprint", "close", "2027-01", "-C", root, "--today", "2027-02-01").code == 0
    found = run("sprint", "plan", "2027-02", "-C", root, "--today", "2027-02-01", "--format", "json")
    assert [entry["tasks"][0]["continues"] for entry in json.loads(found.out)["placed"]] == [10]
