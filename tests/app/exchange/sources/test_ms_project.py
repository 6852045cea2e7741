"""Microsoft Project's tasks: structure by outline level, work of tasks alone, and links from end to beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Take = Callable[..., Ran]

SETTINGS = "revplan: {format: 1, company: Test, currency: EUR, today: 2026-11-28}\n"
TEAM = "team: {sam: {name: Sam West, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}}\n"
USUAL = ("--function", "marketing", "--impact", "5", "--skill", "writing")
HEADER = (
    "ID,Unique_ID,Active,Task_Mode,Name,Duration,Start_Date,Finish_Date,Predecessors,Resource_Names,Work,%_Complete,"
    "Deadline,Outline_Level\n"
)
PROJECT = HEADER + (
    "1,100,Yes,Auto Scheduled,Relaunch,30 days?,12/1/26,1/15/27,,,90 hrs,20%,NA,1\n"
    "2,101,Yes,Auto Scheduled,Landing page,8 days,12/1/26,12/10/26,,,40 hrs,50%,12/18/26,2\n"
    "3,102,Yes,Auto Scheduled,Copy,3 days,12/1/26,12/3/26,,Sam West[50%],16 hrs,100%,NA,3\n"
    "4,103,Yes,Auto Scheduled,Build,5 days,12/4/26,12/10/26,3FS+2 days,Dev,24 hrs?,0%,NA,3\n"
    '5,104,Yes,Auto Scheduled,Launch,2 days,12/11/26,12/14/26,"2,4SS",Sam West,1.5 days,0%,12/20/26,2\n'
    "6,105,Yes,Auto Scheduled,Live,0 days,12/14/26,12/14/26,5,,0 hrs,0%,NA,2\n"
    "7,106,No,Manually Scheduled,Old idea,5 days,12/1/26,12/7/26,,,10 hrs,0%,NA,2\n"
)  # fmt: skip

GERMAN = (
    "Nr.;Eindeutige_Nr;Aktiv;Vorgangsmodus;Vorgangsname;Dauer;Anfang;Ende;Vorgänger;Ressourcennamen;Arbeit;"
    "%_Abgeschlossen;Stichtag;Gliederungsebene\n"
    "1;100;Ja;Automatisch geplant;Relaunch;30 Tage?;Di 01.12.26;Fr 15.01.27;;;1.090 Std.;20%;NV;1\n"
    "2;101;Ja;Automatisch geplant;Landing page;8 Tage;Di 01.12.26;Do 10.12.26;;;40 Std.;50%;Fr 18.12.26;2\n"
    "3;102;Ja;Automatisch geplant;Copy;3 Tage;Di 01.12.26;Do 03.12.26;;Sam West[50%];16 Std.;100%;NV;3\n"
    "4;103;Ja;Automatisch geplant;Build;5 Tage;Fr 04.12.26;Do 10.12.26;3EA+2 Tage;Dev;24 Std.?;0%;NV;3\n"
    '5;104;Ja;Automatisch geplant;Launch;2 Tage;Fr 11.12.26;Mo 14.12.26;"2;4AA";Sam West;1,5 Tage;0%;So 20.12.26;2\n'
    "6;105;Ja;Automatisch geplant;Live;0 Tage;Mo 14.12.26;Mo 14.12.26;5;;0 Std.;0%;NV;2\n"
    "7;106;Nein;Manuell geplant;Old idea;5 Tage;Di 01.12.26;Mo 07.12.26;;;10 Std.;0%;NV;2\n"
)


@pytest.fixture
def root(make_plan: Callable[..., Path]) -> Path:
    return make_plan({"revplan.yaml": SETTINGS, "team.yaml": TEAM})


@pytest.fixture
def take(run: Callable[..., Ran], root: Path, tmp_path: Path) -> Take:
    def taken(text: str, *words: str) -> Ran:
        (tmp_path / "project.csv").write_text(text, encoding="cp1252")
        return run("-C", root, "import", "tactics", tmp_path / "project.csv", *USUAL, *words)

    return taken


def test_summaries_have_no_work_of_their_own_and_the_project_is_no_tactic(take: Take, root: Path) -> None:
    """The page is 24 h that are open of 40; the launch is 1.5 days of 8 h and follows the page."""
    ran = take(PROJECT, "--hours", "4", "--write")
    assert ran.code == 0, ran.err
    tactics = read(root).plan.tactics
    assert {own: tactic.minutes for own, tactic in tactics.items()} == {"landing-page": 1440, "launch": 720}
    assert (tactics["launch"].requires, str(tactics["landing-page"].deadline)) == (("landing-page",), "2026-12-18")
    assert tactics["launch"].tasks["do"].owners == ("sam",)
    said = " ".join(ran.out.split())
    assert "read as Microsoft Project" in said
    assert "1 milestone without work, left out" in said
    assert "row 6: the link 4SS is not from an end to a beginning, and not taken" in said
    assert "row 5: of the link 3FS+2 days, the waiting is not taken" in said


def test_the_german_program_says_the_same(take: Take, root: Path) -> None:
    assert take(GERMAN, "--hours", "4", "--write").code == 0
    german = read(root).plan.tactics
    (root / "tactics" / "marketing.yaml").unlink()
    (root / ".revplan" / "imports.tsv").unlink()
    assert take(PROJECT, "--hours", "4", "--write").code == 0
    assert read(root).plan.tactics == german
    said = " ".join(take(GERMAN, "--hours", "4").out.split())
    assert "row 6: the link 4AA is not from an end to a beginning, and not taken" in said


def test_a_german_view_without_work_is_refused_with_the_fields_to_export(take: Take) -> None:
    """A duration is no work, and a row's number is another one next week."""
    ran = take(
        "Vorgangsname;Dauer;Anfang;Fertig stellen;Vorgänger;Ressourcennamen\nCopy;5 Tage;01.12.26;07.12.26;;Sam\n"
    )
    assert ran.code == 2
    assert "has no Eindeutige Nr" in ran.err
    assert "Gliederungsebene, Arbeit" in ran.err


def test_what_follows_a_milestone_follows_what_is_before_it(take: Take, root: Path) -> None:
    """A milestone is left out, and the order of the work stays; milestones in a ring end."""
    rows = (
        "1,1,Yes,A,Draft,1 day,,,,,8 hrs,0%,NA,1\n2,2,Yes,A,Signed,0 days,,,1;4,,0 hrs,0%,NA,1\n"
        "3,3,Yes,A,Print,1 day,,,2,,8 hrs,0%,NA,1\n4,4,Yes,A,Known,0 days,,,2,,0 hrs,0%,NA,1\n"
    )
    assert take(HEADER + rows, "--write").code == 0
    assert {own: tactic.requires for own, tactic in read(root).plan.tactics.items()} == {
        "draft": (),
        "print": ("draft",),
    }


def test_again_what_moved_there_moves_here_though_the_rows_are_counted_anew(take: Take, root: Path) -> None:
    assert take(PROJECT, "--hours", "4", "--write").code == 0
    assert "0 new, 0 changed" in take(PROJECT, "--hours", "4", "--write").out
    moved = PROJECT.replace("5,104,", "9,104,").replace("1.5 days", "2 days").replace("12/18/26", "12/17/26")
    assert take(moved, "--hours", "4", "--write").code == 0
    tactics = read(root).plan.tactics
    assert {own: tactic.minutes for own, tactic in tactics.items()} == {"landing-page": 1440, "launch": 960}
    assert str(tactics["landing-page"].deadline) == "2026-12-17"


def test_several_rows_at_the_top_are_the_tactics(take: Take, root: Path) -> None:
    rows = "1,1,Yes,A,One,1 day,,,,,8 hrs,0%,NA,1\n2,2,Yes,A,Two,1 day,,,,,8 hrs,0%,NA,1\n"
    rows += "3,3,Yes,A,Part,1 day,,,1,,8 hrs,0%,NA,2\n"
    assert take(HEADER + rows, "--write").code == 0
    assert {own: [*tactic.tasks] for own, tactic in read(root).plan.tactics.items()} == {"one": ["do"], "two": ["part"]}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Unique_ID", "Number", "Microsoft Project's table has no Unique ID"),
        ("Work,", "Cost,", "Microsoft Project's table has no Work"),
        ("3FS+2 days", "33", '"33" is no link to a row of the table'),
        ("24 hrs?", "3 edays", '"3 edays" is no duration'),
    ],
)
def test_what_is_not_surely_read_is_refused(take: Take, root: Path, old: str, new: str, reason: str) -> None:
    ran = take(PROJECT.replace(old, new), "--hours", "4", "--write")
    assert ran.code != 0
    assert reason in " ".join(ran.err.split())
    assert not read(root).plan.tactics
