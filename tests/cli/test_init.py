from __future__ import annotations

import json
import os
import re
import shlex
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

import revplan
from revplan.app.repository.init import TEMPLATE, Answers, _fill, _places, examples
from revplan.cli.init import _ask
from revplan.store.yaml.events import parse
from tests.support.plans import EXAMPLES, value_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

FOR_OTHERS = {
    ".gitattributes",
    ".gitignore",
    ".github/workflows/revplan.yml",
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
    ".revplan.schema.json",
    ".nvim.lua",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    "AGENTS.md",
}


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_plan_that_validates_clean_and_plans_a_sprint(run: Run, here: Path) -> None:
    result = run("init", "our-plan", "--yes")
    assert result.code == 0
    assert result.err == (
        f"wrote 21 files in {here / 'our-plan'}\n"
        "revplan -C our-plan guide          says what to do next, and leads through it question by question\n"
        "revplan -C our-plan validate       tells what does not hang together yet\n"
        "revplan -C our-plan sprint plan    fills the next sprint\n"
        "or open our-plan/revplan.yaml, and put in your own people, goals and tactics\n"
    )
    assert "company: Our Plan\n" in (here / "our-plan" / "revplan.yaml").read_text()
    checked = run("-C", "our-plan", "validate")
    assert (checked.code, checked.out) == (0, "")
    planned = run("-C", "our-plan", "sprint", "plan", "--today", "2026-12-01")
    assert (planned.code, "A page that says what" in planned.out) == (0, True)
    assert set(files(here / "our-plan")) >= FOR_OTHERS
    assert json.loads((here / "our-plan" / ".revplan.schema.json").read_text())["title"] == "revplan plan file"


@pytest.mark.parametrize("name", ["plan", "our plan"])
def test_what_assistants_are_told_to_run_runs(run: Run, here: Path, name: str) -> None:
    """AGENTS.md lies at the top of the repository, and its commands name the plan's folder."""
    (here / ".git").mkdir()
    assert run("init", name, "--yes").code == 0
    text = (here / "AGENTS.md").read_text(encoding="utf-8")
    commands = [line.partition("#")[0] for line in text.splitlines() if line.startswith("    revplan ")]
    assert len(commands) == 6
    for command in commands:
        words = shlex.split(command)
        assert words[1:3] == ["-C", name]
        assert run(*words[1:]).code == 0, command
    assert "@" not in text


def test_what_assistants_are_told_stays_as_people_write_it(run: Run, here: Path) -> None:
    (here / "AGENTS.md").write_text("Ours.\n", encoding="utf-8")
    ran = run("init", "--yes")
    assert ran.code == 0
    assert "AGENTS.md was there already, and is as it was" in ran.err
    assert (here / "AGENTS.md").read_text(encoding="utf-8") == "Ours.\n"


def test_what_is_asked_and_answered(run: Run, here: Path) -> None:
    given = ("--company", "Fenn: #1", "--currency", "EUR", "--person", "Zoë O'Neill", "--colleague", "[Max]")
    assert run("init", ".", *given).code == 0
    assert 'company: "Fenn: #1"\n' in (here / "revplan.yaml").read_text()
    assert "  zoe-oneill:\n    name: Zoë O'Neill\n" in (here / "team.yaml").read_text()
    assert run("validate").out == ""


def test_nothing_is_overwritten(run: Run, here: Path) -> None:
    (here / "team.yaml").write_text("team: {}\n")
    result = run("init", "--yes")
    assert (result.code, "team.yaml is in" in result.err) == (2, True)
    assert files(here) == {"team.yaml": b"team: {}\n"}
    assert run("init", "new", "--yes").code == 0
    before = files(here)
    assert run("init", "new", "--yes").code == 2
    assert files(here) == before


def test_files_for_other_programs_are_left_as_they_are(run: Run, here: Path) -> None:
    (here / ".git").mkdir()
    (here / ".gitattributes").write_text("*.png binary\n")
    result = run("init", "sub dir", "--yes")
    assert (result.code, ".gitattributes was there already, and is as it was" in result.err) == (0, True)
    assert (here / ".gitattributes").read_text() == "*.png binary\n"
    for name in (".github/workflows/revplan.yml", ".gitlab-ci.yml"):
        assert 'REVPLAN_PLAN: "sub dir"\n' in (here / name).read_text()
    assert "./sub dir/.revplan.schema.json" in json.loads((here / ".vscode/settings.json").read_text())["yaml.schemas"]


def test_what_was_begun_is_taken_back_where_it_cannot_be_finished(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("revplan.store.disk.new_plan.commit", full)
    result = run("init", "new", "--yes")
    assert (result.code, "nothing was written: No space left" in result.err) == (2, True)
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["a: b", "it's", '"quoted"', "# one", "[x]", "ünï ☃ 😀", "a\\b", "- a", "@b", "%c", "a  b", "{d", "true"]
)
def test_odd_folders_are_written_soundly(run: Run, here: Path, name: str) -> None:
    (here / ".git").mkdir()
    assert run("init", f"./{name}", "--yes").code == 0
    assert run("-C", name, "validate").code == 0
    for path in (".github/workflows/revplan.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"):
        written = YAML(typ="safe").load((here / path).read_text(encoding="utf-8"))
        if "repos" in written:
            entry = written["repos"][0]["hooks"][0]["entry"]
            assert shlex.split(entry) == ["revplan", "-C", name, "validate"]
        else:
            assert (written.get("env") or written["variables"])["REVPLAN_PLAN"] == name
    schemas = json.loads((here / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert list(schemas) == [f"./{name}/.revplan.schema.json"]


@pytest.mark.parametrize("name", ["a\nb", "\x1b[31m", "a\u202eb", os.fsdecode(b"\xff")])
def test_folders_that_cannot_be_written_down_are_refused(run: Run, here: Path, name: str) -> None:
    (here / ".git").mkdir()
    ran = run("init", name, "--yes")
    assert ran.code == 2
    assert "the folder's name cannot be written down" in ran.err or "holds half a character" in ran.err
    assert files(here) == {}


def test_what_runs_in_ci_is_pinned(run: Run, here: Path) -> None:
    assert run("init", "--yes").code == 0
    workflow = (here / ".github/workflows/revplan.yml").read_text()
    assert all(re.search(r"@[0-9a-f]{40} # v\d", line) for line in workflow.splitlines() if "uses:" in line)
    for name in (".github/workflows/revplan.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"):
        asked = re.findall(r"pip install.* (revplan\S*)|\[(revplan.*)\]", (here / name).read_text())
        assert asked
        assert {"".join(each) for each in asked} == {f"revplan=={revplan.__version__}"}


@pytest.mark.parametrize("example", examples())
def test_examples_are_copied_to_the_letter(run: Run, here: Path, example: str) -> None:
    assert run("init", "copy", "--example", example).code == 0
    copied = files(here / "copy")
    own = files(EXAMPLES / example)
    assert {name: copied[name] for name in own} == own
    assert set(copied) - set(own) == FOR_OTHERS


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "add --yes or --company NAME"),
        (("--example", "harborline"), 'did you mean "harbourline"?'),
        (("--yes", "--currency", "dollars"), "no currency"),
        (("--yes", "--person", " "), "a name is empty"),
    ],
)
def test_what_cannot_be_begun(run: Run, here: Path, words: tuple[str, ...], said: str) -> None:
    result = run("init", "new", *words)
    assert (result.code, said in result.err) == (2, True)
    assert list(here.iterdir()) == []


def test_a_currency_that_is_none_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = iter(["$", "dollars", "EUR"])
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(said))
    assert _ask("currency", "The currency", "USD") == "EUR"
    assert capsys.readouterr().err.count("its three letters are meant") == 2


@pytest.mark.parametrize(("said", "code"), [("eur", "EUR"), (" CHF ", "CHF")])
def test_a_currency_in_small_letters_is_one(said: str, code: str, run: Run, here: Path) -> None:
    assert run("init", "new", "--yes", "--currency", said).code == 0
    assert f"currency: {code}\n" in (here / "new" / "revplan.yaml").read_text()


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("July", "\n  fiscal_year_start: 7 "),
        ("jul", "\n  fiscal_year_start: 7 "),
        ("12", "\n  fiscal_year_start: 12 "),
        ("1", "\n  # fiscal_year_start: 7 "),
        ("january", "\n  # fiscal_year_start: 7 "),
    ],
)
def test_the_month_in_which_the_year_begins(said: str, line: str, run: Run, here: Path) -> None:
    assert run("init", "new", "--yes", "--fiscal-year-start", said).code == 0
    assert line in (here / "new" / "revplan.yaml").read_text()
    assert run("-C", "new", "validate").code == 0


@pytest.mark.parametrize("said", ["13", "0", "ju", "ma", "", "month", "007", "٧"])
def test_what_is_no_month_begins_no_plan(said: str, run: Run, here: Path) -> None:
    ran = run("init", "new", "--yes", "--fiscal-year-start", said)
    assert (ran.code, "is no month" in ran.err, list(here.iterdir())) == (2, True, [])


def test_a_month_that_is_none_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    said = iter(["summer", "Ju", "July"])
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(said))
    assert _ask("fiscal_year_start", "The month", "January") == "July"


@pytest.mark.parametrize("said", ["nobody", "Nobody "])
@pytest.mark.usefixtures("here")
def test_who_works_alone_begins_alone(said: str, run: Run) -> None:
    assert run("init", "new", "--yes", "--person", "Kim Ode", "--colleague", said).code == 0
    assert run("-C", "new", "validate", "--strict").out.count("\nerror") == 0
    listed = run("-C", "new", "team", "list").out
    assert ("kim-ode" in listed, "nobody" in listed.lower()) == (True, False)
    planned = run("-C", "new", "sprint", "plan", "--today", "2026-12-01")
    assert (planned.code, "Kim" in planned.out) == (0, True)
    guide = json.loads(run("-C", "new", "guide", "--format", "json", "--today", "2026-12-01").out)
    assert "1 member with hours and skills" in json.dumps(guide)


@settings(max_examples=30)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_any_name_can_begin_a_plan(name: str) -> None:
    places = _places(Answers(name, person=name, colleague=name), date(2026, 11, 28))
    for path in TEMPLATE.rglob("[!.]*.yaml"):
        parsed = parse(_fill(path.read_text(encoding="utf-8"), places).decode())
        assert parsed.faults == ()
        if path.name == "team.yaml":
            assert [member["name"] for member in value_at(parsed.data, "team").values()] == [name, name]
